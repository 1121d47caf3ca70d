"""The ballot page for phones: a code, the names, a last look, done. It knows no account and keeps nothing of who asked.

Pages are made without the request, so neither a session nor a cookie is read or set for them; the code travels in the body of
a post, never in an address. Wrong codes are counted for everybody together, so no address of a phone is kept: whoever floods the
page can hold a ballot up for a minute at a time, never read or cast one.
"""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from canbo.cases.changes import CaseRefused
from canbo.cases.screen import Slip, cast, slip_shown

WRONG_A_MINUTE = 100
_WRONG = "ballot-wrong"
NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


# Nothing of the browser speaks for the voter, so there is nothing to forge; a form token would be a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest) -> HttpResponse:
    code, doing = request.POST.get("ma", "").strip()[:40], request.POST.get("viec", "")
    if request.method != "POST":
        return _page("code", {})
    if int(cache.get(_WRONG, 0)) >= WRONG_A_MINUTE:
        return _page("code", {"error": "Có quá nhiều mã sai được gõ vào; hãy đợi một phút rồi thử lại."}, status=429)
    try:
        slip = slip_shown(code=code)
    except CaseRefused as refused:
        _count_wrong()
        return _page("code", {"error": str(refused), "code": code}, status=400)
    return _voted(code, doing, slip, request.POST.getlist("ten"))


def _voted(code: str, doing: str, slip: Slip, ticked: list[str]) -> HttpResponse:
    chosen = tuple(dict.fromkeys(int(pk) for pk in ticked if pk.isdecimal() and len(pk) < 19))
    frame: dict[str, Any] = {"code": code, "slip": slip, "chosen": chosen}
    names = dict(slip.names)
    if doing not in ("xem", "bo"):
        return _page("slip", frame)
    if not set(chosen) <= set(names):
        return _page("slip", frame | {"error": "Phiếu có người không thuộc danh sách; hãy chọn lại."}, status=400)
    if len(chosen) > slip.most:
        return _page("slip", frame | {"error": f"Phiếu chỉ được chọn tối đa {slip.most} người; hãy bỏ bớt."}, status=400)
    if doing == "xem":
        return _page("look", frame | {"names": [names[pk] for pk in chosen]})
    try:
        cast(code=code, names=chosen)
    except CaseRefused as refused:
        return _page("code", {"error": str(refused)}, status=400)
    return _page("done", {})


def _page(name: str, frame: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(render_to_string(f"cases/vote_{name}.html", frame), status=status, headers=NO_STORE)


def _count_wrong() -> None:
    """One number for the minute, nothing else."""
    if not cache.add(_WRONG, 1, timeout=60):
        try:
            cache.incr(_WRONG)
        except ValueError:  # the minute ended in between
            cache.set(_WRONG, 1, timeout=60)
