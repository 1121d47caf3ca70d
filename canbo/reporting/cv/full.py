"""The CV as a document and as JSON: only items of groups the reader sees; the numbers left out are named at the end."""

from dataclasses import dataclass
from typing import Any

from canbo.documents.grid import Grid, Head
from canbo.documents.paper import STATE, Beside, Block, Document, Letterhead, Paragraph, Photo, Run, Signature
from canbo.dossier.cv.values import ON_PAPER, CvValues
from canbo.reporting.cv.forms import CvForm, Item, values_named

BLANK = "…………"
SWORN = "Tôi xin cam đoan những lời khai trên đây là đúng sự thật."
_WIDTHS = {
    "span": 36.0, "began": 23.0, "obtained": 24.0, "institution": 36.0, "subject": 36.0, "form": 20.0, "level_text": 26.0,
    "year": 16.0, "step": 14.0, "coefficient": 18.0, "percent": 14.0,
}  # fmt: skip


@dataclass(frozen=True)
class Agencies:
    """Who keeps the dossier and where the person serves: the head of the form."""

    issuer: str
    superior: str = ""
    serving: str = ""


def as_document(*, form: CvForm, values: CvValues, agencies: Agencies, photo: bytes | None) -> Document:
    """The form with this person's values, photo beside the name, signatures at the end."""
    blocks: list[Block] = [_opening(form, values, agencies, photo)]
    for item in form.items[1:]:
        blocks += _item(item, values)
    blocks += _left_out(form, values)
    blocks.append(
        Paragraph("………, ngày …… tháng …… năm ……", align="right", italic=True, space_after=0, keep_with_next=True)
    )
    return Document(
        Letterhead(STATE, agencies.issuer, agencies.superior), form.title, lines=(f"({form.label})",), blocks=tuple(blocks),
        signature=Signature(("Thủ trưởng cơ quan, đơn vị",), note="(Ký tên, đóng dấu)"),
        second_signature=Signature(("Người khai",), name="", note=f"({SWORN[:-1]}. Ký tên)"), numbered=False, text_size=13,
    )  # fmt: skip


def as_json(*, form: CvForm, values: CvValues) -> dict[str, Any]:
    """The same items with their identifiers; `value` null = not known, absent items = not within the reader's rights."""
    items = [_item_json(item, values) for item in form.items if _is_seen(item, values)]
    return {
        "form": form.code, "document": form.document, "on": values.on.isoformat(), "items": items,
        "left_out": [item.number for item in form.items if not _is_seen(item, values)],
    }  # fmt: skip


def _opening(form: CvForm, values: CvValues, agencies: Agencies, photo: bytes | None) -> Block:
    """Photo left; agencies, number and the first item right of it."""
    lines = [
        _line("Cơ quan quản lý", agencies.issuer),
        _line("Cơ quan, đơn vị sử dụng", values.texts.get("unit", "") or agencies.serving),
        _line("Số hiệu", values.texts.get("staff_number", "")),
    ]
    first = form.items[0]
    name = values.texts.get("full_name", "").upper()
    rest = [
        (label, values.texts.get(atom, ""))
        for label, atom in zip(values_named(first.label, len(first.values)), first.values)
    ]
    runs = (Run(f"{first.number}. {rest[0][0]}: "), Run(name or BLANK, bold=True), *_runs(rest[1:]))
    return Beside((Photo(photo),), (*lines, Paragraph(runs, align="left", space_after=4)), left_mm=48)


def _item(item: Item, values: CvValues) -> list[Block]:
    if not _is_seen(item, values):
        return []
    if not item.table:
        return [_texts(item, values)]
    table = values.tables[item.table]
    label = Paragraph(
        (Run(f"{item.number}. "), Run(item.label)), align="left", space_after=3, keep_with_next=bool(table.rows)
    )
    if not table.rows:
        return [Paragraph((Run(f"{item.number}. {item.label}: "), Run(BLANK)), align="left", space_after=4)]
    heads = tuple(Head(label, width=_WIDTHS.get(name)) for name, label in table.heads)
    return [label, Grid(heads, list(table.rows))]


def _texts(item: Item, values: CvValues) -> Paragraph:
    """`15. Ngày vào Đảng: 03/02/2005; ngày chính thức: …`: a value of a group not seen is skipped with its name."""
    named = zip(values_named(item.label, len(item.values)), item.values)
    seen = [(label, values.texts[atom]) for label, atom in named if atom in values.texts]
    if len({text for _, text in seen}) == 1 and seen[0][1] == ON_PAPER:
        seen = [(item.label, ON_PAPER)]
    first, rest = seen[0], [pair for pair in seen[1:] if pair[0] or pair[1]]
    label = first[0] or item.label
    return Paragraph(
        (Run(f"{item.number}. {label}: "), Run(first[1] or BLANK, bold=bool(first[1])), *_runs(rest)),
        align="left",
        space_after=4,
    )


def _runs(pairs: list[tuple[str, str]]) -> list[Run]:
    found = []
    for label, text in pairs:
        found += [Run(f"; {label[:1].lower() + label[1:]}: " if label else "; "), Run(text or BLANK, bold=bool(text))]
    return found


def _line(label: str, text: str) -> Paragraph:
    return Paragraph((Run(f"{label}: "), Run(text or BLANK, bold=bool(text))), align="left", space_after=4)


def _left_out(form: CvForm, values: CvValues) -> list[Block]:
    numbers = [item.number for item in form.items if not _is_seen(item, values)]
    if not numbers:
        return []
    text = f"Bản in này không gồm các mục {', '.join(numbers)} (ngoài quyền xem của người in)."
    return [Paragraph(text, italic=True, align="left", size=11)]


def _is_seen(item: Item, values: CvValues) -> bool:
    return item.table in values.tables if item.table else any(atom in values.texts for atom in item.values)


def _item_json(item: Item, values: CvValues) -> dict[str, Any]:
    head = {"item": item.number, "label": item.label, "identifier": item.identifier}
    if item.table:
        table = values.tables[item.table]
        names = [name for name, _ in table.heads]
        return head | {"rows": [dict(zip(names, row)) for row in table.rows]}
    seen = {atom: values.texts[atom] or None for atom in item.values if atom in values.texts}
    return head | {"values": seen}
