"""Up to five people side by side, on the screen and on an A3 sheet: the same rows for everybody, no marks, no sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.audit.changes import record_read
from canbo.documents.grid import Grid, Head
from canbo.documents.paper import Document, Letterhead
from canbo.documents.sheets import to_xlsx
from canbo.documents.tables import Table
from canbo.documents.word import to_docx
from canbo.kernel.actors import Forbidden
from canbo.kernel.text import slug
from canbo.planning.comparing import compared
from canbo.planning.judging import Judged, sentences
from canbo.planning.models import Slate
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.exports import TYPES, as_file, attached
from canbo.web.figures.letterhead import agency_of
from canbo.web.planning.view import found_slate, reads, said_of
from canbo.web.standards.asking import law_now
from canbo.web.standards.listing import DOCX

WIDTH_MM = 385  # between the margins of an A3 sheet lying
LABEL_MM = 45


@dataclass(frozen=True)
class Compared:
    """Names over columns, then (label, lines for each person) row by row."""

    slate: Slate
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    people: tuple[int, ...]

    @property
    def title(self) -> str:
        return f"So sánh nguồn quy hoạch {self.slate.title.name}, nhiệm kỳ {self.slate.term.code}"

    @property
    def line(self) -> str:
        of = self.slate.home.round
        return f"{self.slate.home.unit.name}; xét ngày {of.on:%d/%m/%Y}; ô trống là hồ sơ chưa có; thứ tự các cột do người xem chọn"


@page("cases.read")
def compare(request: HttpRequest, desk: Desk, slate: int) -> HttpResponse:
    of = found_slate(slate, desk)
    found, error = _compared(request, desk, of)
    frame = {
        "slate": of, "found": found, "error": error, "query": request.GET.urlencode(), "may_export": desk.actor.may("export"),
        "may_dossier": desk.actor.may("dossier.read"),
    }  # fmt: skip
    return render(request, "planning/compare.html", frame)


@page("export")
def compare_file(request: HttpRequest, desk: Desk, slate: int, kind: str) -> HttpResponse:
    """As on the page; a sheet that says why where nobody can be compared."""
    found, error = _compared(request, desk, found_slate(slate, desk))
    if found is None:
        none = Table("So sánh nguồn quy hoạch", ("Nội dung",), [(error,)])
        return as_file(none, kind="csv" if kind == "csv" else "xlsx", name="so-sanh")
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(found.people), detail=found.title)
    name = f"{found.title} {found.slate.home.unit.name}"
    if kind == "csv":
        rows = [(label, *("; ".join(lines) for lines in cells)) for label, cells in found.rows]
        return as_file(Table(found.title, ("Nội dung", *found.names), rows, (found.line,)), kind=kind, name=name)
    content = (to_xlsx if kind == "xlsx" else to_docx)(_paper(found, desk))
    media = TYPES["xlsx"] if kind == "xlsx" else DOCX
    return attached(content, filename=f"{slug(name).replace('_', '-')}.{kind}", media_type=media)


def _paper(found: Compared, desk: Desk) -> Document:
    agency, side = agency_of(desk)
    wide = (WIDTH_MM - LABEL_MM) / len(found.names)
    heads = (Head("Nội dung", width=LABEL_MM), *(Head(name, width=wide) for name in found.names))
    table = Grid(heads, [[label, *("\n".join(lines) for lines in cells)] for label, cells in found.rows])
    return Document(
        letterhead=Letterhead(side, agency or "CƠ QUAN", on=desk.today), kind="BẢNG SO SÁNH", title=found.title, lines=(found.line,),
        blocks=(table,), landscape=True, size="A3", numbered=False, text_size=11,
    )  # fmt: skip


# --- the answer


def _compared(request: HttpRequest, desk: Desk, of: Slate) -> tuple[Compared | None, str]:
    people = [int(text) for text in request.GET.getlist("nguoi") if text.isdecimal() and len(text) < 10]
    try:
        _, facts, judged = compared(pk=of.pk, people=people, law=law_now(), snapshot=current(), **reads(desk))
    except (PlanningRefused, Forbidden) as error:
        return None, str(error)
    # The name stands over its column.
    names = next(cells for label, cells in facts[:1])
    rows = [(label, tuple((text,) if text else () for text in cells)) for label, cells in facts[1:]]
    return Compared(of, tuple(names), (*rows, *_judged_rows(judged)), tuple(one.person for one in judged)), ""


def _judged_rows(judged: Sequence[Judged]) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    said = [said_of(one) for one in judged]
    parts: list[tuple[str, Any]] = [
        ("Xét theo quy định", lambda one: (one.word,)), ("Không đạt", lambda one: tuple(sentences(one.against))),
        ("Thiếu hồ sơ", lambda one: tuple(sentences(one.open))), ("Còn phải hoàn thiện", lambda one: tuple(sentences(one.later))),
        ("Trường hợp đặc biệt", lambda one: tuple(sentences(one.waived))),
        ("Chưa được bổ nhiệm do kỷ luật", lambda one: tuple(sentences(one.barred))), ("Cần biết", lambda one: tuple(sentences(one.notes))),
    ]  # fmt: skip
    rows = [(label, tuple(of(one) for one in said)) for label, of in parts]
    return [(label, cells) for label, cells in rows if any(cells)]
