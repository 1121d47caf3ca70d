"""One list made known: the table as it was frozen, the reader's remark; for who published it the notice and the taking down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.disclosure.changes import ON_SCREEN, SOURCES, DisclosureRefused, receive_remark, withdraw
from canbo.disclosure.frozen import STATES, intact, state_of
from canbo.disclosure.models import Publication
from canbo.disclosure.notice import notice
from canbo.documents.tables import Table
from canbo.documents.word import to_docx
from canbo.kernel.text import slug
from canbo.web.desk import Desk, page
from canbo.web.disclosure.view import NoPublication, answers_for, found_publication, found_published, tabs
from canbo.web.exports import as_file, attached
from canbo.web.typed import Typed, asks

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page("disclosure.read")
def show(request: HttpRequest, desk: Desk, publication: int) -> HttpResponse:
    """`viec`: góp ý của mình, ghi góp ý nhận được, gỡ. What was typed stays when it is refused."""
    of = found_publication(publication, desk)
    if request.method != "POST":
        return _page(request, desk, of, "")
    try:
        messages.success(request, _done(of, Typed(request.POST, desk), desk))
    except DisclosureRefused as refused:
        return _page(request, desk, of, str(refused))
    return redirect("disclosure", of.pk)


def _done(of: Publication, typed: Typed, desk: Desk) -> str:
    """Does what was asked; the sentence that says so."""
    if typed.text("viec") == "go":
        withdraw(pk=of.pk, reason=typed.text("lydo"), on=desk.today, **asks(desk))
        return "Đã gỡ danh sách; từ nay chỉ người phụ trách công khai còn xem được."
    if typed.text("viec") == "ghi":
        received = typed.day("nhan")
        if typed.errors:
            raise DisclosureRefused(typed.errors["nhan"])
        source = typed.text("nguon")
        receive_remark(
            pk=of.pk, text=typed.text("noidung"), source="" if source == ON_SCREEN else source, author=typed.text("nguoi"), on=received,
            **asks(desk),
        )  # fmt: skip
        return "Đã ghi góp ý; họ tên người góp ý được niêm phong."
    receive_remark(pk=of.pk, text=typed.text("gopy"), source=ON_SCREEN, author="", on=desk.today, **asks(desk))
    return "Đã gửi góp ý. Xem kết quả ở mục “Góp ý của tôi”."


def _page(request: HttpRequest, desk: Desk, of: Publication, error: str) -> HttpResponse:
    state, answers, whole = state_of(of, desk.today), answers_for(of, desk), intact(of)
    frame: dict[str, Any] = {
        "of": of, "state": state, "state_name": STATES[state], "intact": whole, "shown": whole or answers, "answers": answers,
        "may_say": state == "now" and whole, "typed": request.POST if error else {}, "error": error, "today": desk.today,
        "sources": [(code, label) for code, label in SOURCES.items() if code != ON_SCREEN], **tabs(desk, "publications"),
    }  # fmt: skip
    if answers and of.reach == "public" and state in ("now", "coming"):
        frame["address"] = request.build_absolute_uri(reverse("disclosure-public", args=[of.key]))
    return render(request, "disclosure/publication.html", frame, status=400 if error else 200)


@page("disclosure.read")
def table_file(request: HttpRequest, desk: Desk, publication: int, kind: str) -> HttpResponse:
    """The frozen table as a workbook, for whom the page shows it to."""
    of = found_publication(publication, desk)
    if not intact(of):
        raise NoPublication
    told = (f"{of.unit.name}, công khai từ {of.start:%d/%m/%Y} đến hết ngày {of.end:%d/%m/%Y}", *filter(None, (of.document,)))
    table = Table(of.name, tuple(of.table["heads"]), of.table["rows"], told, tuple(of.table["notes"]))
    record_read(actor=desk.actor, what="disclosure.table", at=desk.now, count=len(of.table["rows"]), detail=str(of.pk))
    return as_file(table, kind=kind, name=f"cong khai {of.pk}")


@page("disclosure.publish")
def notice_file(request: HttpRequest, desk: Desk, published: int) -> HttpResponse:
    """The notice for the board; not of a list whose content is no longer the one made known."""
    of = found_published(published, desk)
    if not intact(of):
        text = "Nội dung đang lưu không còn đúng như khi công khai nên chưa in được; hãy kiểm tra nhật ký rồi công khai lại."
        return render(request, "refused.html", {"text": text}, status=400)
    record_read(actor=desk.actor, what="disclosure.notice", at=desk.now, detail=str(of.pk))
    name = slug(of.name).replace("_", "-")[:50]
    return attached(to_docx(notice(of)), filename=f"thong-bao-cong-khai-{name}-{of.pk}.docx", media_type=DOCX)
