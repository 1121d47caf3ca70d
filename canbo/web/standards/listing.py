"""What the lists beside a review share: people as lines, tables as files, one sentence for a question that cannot be read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse

from canbo.assess.due import names_of
from canbo.assess.law_sets import Law
from canbo.assess.placing import Placing, placing
from canbo.documents.grid import Grid, Head
from canbo.documents.paper import Document, Letterhead, Paragraph
from canbo.documents.tables import Table
from canbo.documents.word import to_docx
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import slug
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.exports import as_file, attached
from canbo.web.figures.letterhead import agency_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import title_labels

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEVELS = (("", "Đơn vị đang công tác"), ("xa", "Xã, phường"), ("huyen", "Huyện (đến 30/6/2025)"), ("tinh", "Tỉnh"))
WIDE = 5  # columns from which a paper lies on its side


@dataclass(frozen=True, slots=True)
class Who:
    """A person as a line of a list."""

    key: int
    name: str
    birth: str
    unit: str


def placed_on(on: date, *, level: str, snapshot: Snapshot, desk: Desk) -> Placing:
    """Kept until the next act: every page of a list asks for the same."""
    make = lambda: placing(on=on, level=level, snapshot=snapshot, actor=desk.actor, scope=desk.scope)  # noqa: E731
    return SHELF.get(snapshot=snapshot, key=("placing", on, level, desk.scope), make=make)


def people_of(keys: Collection[int], *, placed: Placing, snapshot: Snapshot) -> list[Who]:
    """In Vietnamese order by given name, each with the unit of the day."""
    names, ranks = names_of(keys, snapshot=snapshot), SHELF.names(snapshot)
    ordered = ranks.filter(pl.col("id").is_in(list(keys))).sort("rank")["id"].to_list()
    return [Who(key, names[key][0], _day(names[key][1]), placed.name(placed.of_person.get(key, 0))) for key in ordered]


def _day(birth: str | None) -> str:
    return PartialDate.from_iso(birth).display if birth and "/" not in birth else ""


def taken(table: Table, *, kind: str, name: str, desk: Desk) -> HttpResponse:
    """The table as on the screen: xlsx, csv, or a paper of the agency's side."""
    if kind != "docx":
        return as_file(table, kind=kind, name=name)
    agency, side = agency_of(desk)
    heads = tuple(Head(text, align=_align(table, n), width=12 if text == "STT" else None) for n, text in enumerate(table.heads))
    notes = tuple(Paragraph(note, italic=True, indent=False, size=11) for note in table.notes if note)
    paper = Document(
        letterhead=Letterhead(side, agency or "CƠ QUAN", on=desk.today), kind="DANH SÁCH", title=table.title, lines=table.lines,
        blocks=(Grid(heads, [list(row) for row in table.rows]), *notes), landscape=len(heads) >= WIDE, numbered=False, text_size=11,
    )  # fmt: skip
    filename = f"{slug(name).replace('_', '-')}.docx"
    return attached(to_docx(paper), filename=filename, media_type=DOCX)


def _align(table: Table, column: int) -> str:
    return "right" if table.rows and all(isinstance(row[column], int) for row in table.rows) else "left"


def title_name(title: str, law: Law) -> str:
    """A title's label; that of the standard where a standard alone was asked for."""
    standard = next((laws.standards[title] for laws in (law.central, *law.local) if title in laws.standards), None)
    return title_labels().get(title) or (standard.label if standard else title)


def with_(base: str, **more: Any) -> str:
    """The address with these values added; empty ones left out."""
    return "?" + "&".join(filter(None, (base, urlencode({name: value for name, value in more.items() if value not in ("", None)}))))


def numbered(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [[n, *row] for n, row in enumerate(rows, 1)]
