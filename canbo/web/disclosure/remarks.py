"""Remarks: the reader's own with the answers, and those to be read through and answered – never with who said them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.disclosure.changes import DisclosureRefused, answer, moderate
from canbo.disclosure.models import Remark
from canbo.disclosure.queries import own_remarks, remark_counts, remarks
from canbo.documents.tables import Table
from canbo.web.desk import Desk, page
from canbo.web.disclosure.view import found_remark, source_of, standing_of, tabs
from canbo.web.exports import as_file
from canbo.web.pagination import SIZE, pager
from canbo.web.typed import Typed, asks, reads

# Words of the address → state, as it is headed.
TABS = {"": ("waiting", "Chờ xem"), "tra-loi": ("answering", "Chờ trả lời"), "xong": ("done", "Đã xong")}
HEADS = ("STT", "Góp ý", "Về danh sách", "Nơi công khai", "Ngày nhận", "Hình thức", "Tình trạng", "Trả lời, lý do")


@page("disclosure.read")
def own_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = own_remarks(**reads(desk))
    at = pager(request, total=len(found))
    rows = [(row, *standing_of(row)) for row in found[at.first : at.first + SIZE]]
    return render(request, "disclosure/own.html", {"rows": rows, "pager": at, **tabs(desk, "own")})


@page("disclosure.publish")
def remark_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    chosen = _chosen(request)
    found = remarks(state=TABS[chosen][0], **reads(desk))
    counts = remark_counts(**reads(desk))
    at = pager(request, total=counts[TABS[chosen][0]])
    frame = {
        "rows": [(row, source_of(row), *standing_of(row)) for row in found[at.first : at.first + SIZE]], "pager": at, "chosen": chosen,
        "states": [(code, label, counts[state], code == chosen) for code, (state, label) in TABS.items()], **tabs(desk, "remarks"),
    }  # fmt: skip
    return render(request, "disclosure/remarks.html", frame)


@page("disclosure.publish")
def remark_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The remarks of one tab with their answers, as a file; who said them is not in it."""
    state, label = TABS[_chosen(request)]
    rows = [_cells(number, row) for number, row in enumerate(remarks(state=state, **reads(desk)), 1)]
    record_read(actor=desk.actor, what="disclosure.remarks", at=desk.now, count=len(rows), detail=state)
    told = (f"{label}, tính đến ngày {desk.today:%d/%m/%Y}",)
    return as_file(Table("Góp ý về danh sách được công khai", HEADS, rows, told), kind=kind, name="gop y")


def _chosen(request: HttpRequest) -> str:
    asked = request.GET.get("tt", "")
    return asked if asked in TABS else ""


def _cells(number: int, row: Remark) -> tuple[object, ...]:
    of, said = row.publication, row.answer or row.reason
    day = f"{row.received_on:%d/%m/%Y}"
    return number, row.text, of.name, of.unit.name, day, source_of(row), standing_of(row)[1], said


@page("disclosure.publish")
def one(request: HttpRequest, desk: Desk, remark: int) -> HttpResponse:
    """`viec`: nhan (taken up), bo (left, with the reason), tra-loi."""
    row, error = found_remark(remark, desk), ""
    if request.method == "POST":
        try:
            messages.success(request, _done(row, Typed(request.POST, desk), desk))
            return redirect("disclosure-remark", row.pk)
        except DisclosureRefused as refused:
            error = str(refused)
    sign, words = standing_of(row)
    frame = {
        "row": row, "source": source_of(row), "sign": sign, "words": words, "error": error, "typed": request.POST if error else {},
        "today": desk.today, **tabs(desk, "remarks"),
    }  # fmt: skip
    return render(request, "disclosure/remark.html", frame, status=400 if error else 200)


def _done(row: Remark, typed: Typed, desk: Desk) -> str:
    """Does what was asked; the sentence that says so."""
    if typed.text("viec") == "tra-loi":
        on = typed.day("ngay")
        if typed.errors:
            raise DisclosureRefused(typed.errors["ngay"])
        answer(pk=row.pk, text=typed.text("traloi"), on=on, **asks(desk))
        return "Đã ghi trả lời; người góp ý xem được ở mục “Góp ý của tôi”."
    accepted = typed.text("viec") == "nhan"
    moderate(pk=row.pk, accepted=accepted, reason=typed.text("lydo"), **asks(desk))
    return "Đã ghi nhận góp ý; hãy trả lời." if accepted else "Đã ghi: không ghi nhận góp ý này."
