"""Comments on colleagues who are being rated: whom one may comment on, one comment written, what became of one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.dossier.queries import NotVisible
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.comments import LONGEST, Colleague, colleagues, own_comments, send_comment
from canbo.evaluation.models import OutsideComment
from canbo.kernel.text import fold
from canbo.web.desk import Desk, page
from canbo.web.disclosure.view import tabs
from canbo.web.evaluation.view import asks, reads
from canbo.web.pagination import SIZE, pager


class NobodyToComment(NotVisible):
    """Not being rated where the reader works, or not any more: told in the same words."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy người này trong những người đang được đánh giá ở đơn vị của bạn.")


@page("cases.own")
def comments(request: HttpRequest, desk: Desk) -> HttpResponse:
    words = fold(request.GET.get("tim", "")).split()
    everybody = colleagues(on=desk.today, **reads(desk))
    found = [one for one in everybody if set(words) <= set(fold(one.name).split())]
    at = pager(request, total=len(found))
    mine = [(row, *standing(row)) for row in own_comments(**reads(desk))]
    frame = {
        "rows": found[at.first : at.first + SIZE], "pager": at, "mine": mine, "asked": request.GET.get("tim", ""),
        "known": desk.scope.own_person is not None, "anybody": bool(everybody), **tabs(desk, "comments"),
    }  # fmt: skip
    return render(request, "evaluation/comments.html", frame)


@page("cases.own")
def comment(request: HttpRequest, desk: Desk, commented: int) -> HttpResponse:
    """Write one; what was typed stays when it is refused."""
    one, error = _found(commented, desk), ""
    text = request.POST.get("noidung", "")
    if request.method == "POST":
        try:
            send_comment(pk=commented, text=text, on=desk.today, **asks(desk))
        except EvaluationRefused as refused:
            error = str(refused)
        else:
            messages.success(request, f"Đã gửi góp ý về {one.name}; góp ý chờ người xét đọc.")
            return redirect("evaluation-comments")
    frame = {"one": one, "text": text, "error": error, "longest": LONGEST, **tabs(desk, "comments")}
    return render(request, "evaluation/comment.html", frame, status=400 if error else 200)


def standing(row: OutsideComment) -> tuple[str, str]:
    """(sign, words) of where a comment stands, as its author reads it."""
    if row.accepted is None:
        return "warn", "chờ đọc"
    return ("ok", "đã đưa vào hồ sơ đánh giá") if row.accepted else ("bad", "không đưa vào hồ sơ đánh giá")


def _found(evaluation: int, desk: Desk) -> Colleague:
    found = next((one for one in colleagues(on=desk.today, **reads(desk)) if one.evaluation == evaluation), None)
    if found is None:
        raise NobodyToComment
    return found
