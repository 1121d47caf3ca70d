"""The log on the screen: who did what, when, for which unit, by which paper; who looked; whether the chain holds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.access.models import Grant, User
from canbo.access.policy import ACTIONS, ROLES
from canbo.audit.log import LogQuestion, acts, reads
from canbo.audit.queries import check_chain
from canbo.kernel.numbers import thousands
from canbo.organization.models import Unit
from canbo.web.accounts.admin import answered_for
from canbo.web.desk import Desk, day_of, page
from canbo.web.evaluation.acts import DONE as EVALUATED
from canbo.web.evaluation.acts import READ as EVALUATION_READ
from canbo.web.pagination import SIZE, pager
from canbo.web.planning.acts import DONE as PLANNED
from canbo.web.planning.acts import READ as PLANNING_READ
from canbo.web.queries import account_names

WORDS = ACTIONS | {"declaration.fill": "kê khai hồ sơ của mình", "users.own": "tự đổi mật khẩu"} | {
    "disclosure.withdraw": "gỡ danh sách công khai", "disclosure.remark": "góp ý về danh sách công khai",
    "disclosure.moderate": "xem, ghi nhận góp ý", "disclosure.answer": "trả lời góp ý",
} | EVALUATED | PLANNED  # fmt: skip
READS = {
    "dossier": "mở hồ sơ", "declaration": "mở bản kê khai", "declaration.own": "mở bản kê khai của mình",
    "declaration.file": "mở giấy tờ kèm bản kê khai", "export.people": "xuất danh sách người",
    "export.declarations": "xuất danh sách kê khai", "disclosure.notice": "tải thông báo công khai",
    "disclosure.remarks": "xuất danh sách góp ý", "disclosure.table": "xuất danh sách được công khai",
} | EVALUATION_READ | PLANNING_READ  # fmt: skip
# What somebody typed about a dossier may name people: only who reads dossiers reads it.
_ABOUT_PEOPLE = ("dossier.", "import.", "declaration.", "papers.", "evaluation.", "planning.")


@page("log.read")
def log(request: HttpRequest, desk: Desk) -> HttpResponse:
    tab = "xem" if request.GET.get("tt") == "xem" else ""
    question, wrong = _question(request, desk)
    units = answered_for(desk)
    ask: dict[str, Any] = {"question": question, "actor": desk.actor, "scope": desk.scope}
    found: Any = reads(users=_accounts_of(units), **ask) if tab else acts(units=units, **ask)
    pages = pager(request, total=found.count())
    page_of = list(found[pages.first : pages.first + SIZE])
    names = account_names(ids=[row.user for row in page_of], actor=desk.actor, scope=desk.scope)
    rows = [_read(row, names, desk) if tab else _act(row, names, desk) for row in page_of]
    frame = {
        "tab": tab, "rows": _with_units(rows), "pager": pages, "wrong": wrong, "day": request.GET.get("ngay", ""),
        "who": request.GET.get("ai", ""), "action": question.action, "actions": WORDS.items(),
        "may_check": desk.actor.may("system.check"),
    }  # fmt: skip
    return render(request, "accounts/log.html", frame, status=400 if wrong else 200)


def _question(request: HttpRequest, desk: Desk) -> tuple[LogQuestion, dict[str, str]]:
    wrong = {}
    text, who, action = (request.GET.get(name, "").strip() for name in ("ngay", "ai", "viec"))
    day, said = day_of(text, desk.today)
    if said:
        wrong["ngay"] = said
    user = User.objects.filter(username__iexact=who).values_list("pk", flat=True).first() if who else None
    if who and user is None:
        wrong["ai"] = "Không có tài khoản này; hãy ghi đúng tên đăng nhập."
    return LogQuestion(user, day if text and not said else None, action if action in WORDS else ""), wrong


def _accounts_of(units: frozenset[int] | None) -> list[int] | None:
    return None if units is None else list(Grant.objects.filter(unit__in=units).values_list("user", flat=True).distinct())


def _act(row: Any, names: dict[int, str], desk: Desk) -> dict[str, Any]:
    told = desk.actor.may("dossier.read") or not row.action.startswith(_ABOUT_PEOPLE)
    return {
        "seq": row.seq, "at": row.at, "who": names.get(row.user, f"Tài khoản số {row.user}"),
        "role": ROLES[row.role].label if row.role in ROLES else "", "unit": row.unit, "what": WORDS.get(row.action, row.action),
        "reason": row.reason if told else "", "document": row.document if told else "", "changes": thousands(row.changes),
    }  # fmt: skip


def _read(row: Any, names: dict[int, str], desk: Desk) -> dict[str, Any]:
    return {
        "at": row.at, "who": names.get(row.user, f"Tài khoản số {row.user}"), "what": READS.get(row.what, row.what),
        "count": row.count, "unit": None,
    }  # fmt: skip


def _with_units(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = dict(Unit.objects.filter(pk__in={row["unit"] for row in rows if row["unit"]}).values_list("pk", "name"))
    return [row | {"unit": names.get(row["unit"], "")} for row in rows]


@require_POST
@page("system.check")
def log_check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Recompute the whole chain and compare with the anchors outside the database."""
    report = check_chain(actor=desk.actor, scope=desk.scope)
    if report.problems:
        messages.error(request, f"Nhật ký có vấn đề: {' '.join(report.problems[:5])}")
    else:
        messages.success(request, f"Nhật ký toàn vẹn: đã kiểm tra {report.acts} việc, {report.anchored} việc khớp dấu mốc.")
    return redirect("log" if desk.actor.may("log.read") else "home")


__all__ = ["log", "log_check"]
