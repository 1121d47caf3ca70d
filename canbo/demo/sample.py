"""A roster as offices make them, for a first import: 40 invented people, ten of whom the demonstration has already."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from canbo.demo.geography import geography
from canbo.demo.load import PROVINCE, SEED
from canbo.demo.organization import build_world
from canbo.demo.people import Dossier, people
from canbo.demo.standing import SAMPLE
from canbo.dossier.models import Source
from canbo.engine.codelists import load_codelist

ROWS, KNOWN = 40, 10
NAME = f"{SAMPLE}.xlsx"
DEGREES = (("cao-dang", "CĐ"), ("dai-hoc", "ĐH"), ("thac-si", "Trên ĐH"))
THEORY = (("so-cap", "SC"), ("trung-cap", "TC"), ("cao-cap", "CC"))
GROUPS = ("KHỐI ĐẢNG, ĐOÀN THỂ", "KHỐI CHÍNH QUYỀN")
WIDTHS = (5, 26, 12, 12, 10, 44, 36, 12, *([7] * (len(DEGREES) + len(THEORY))), 14)


def sample_roster() -> bytes:
    """An xlsx with title lines, a merged header, birth dates in a men's and a women's column, and x under the levels.

    Ten rows are people of the demonstration in this data folder, as of the day it was loaded.
    """
    told = Source.objects.filter(kind="trinh-dien").order_by("pk").values_list("on", flat=True).first()
    on = told or date(2026, 6, 30)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Trích ngang")
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
        head = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
        cell = book.add_format({"border": 1, "valign": "vcenter"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        _title(sheet, bold, on=on)
        _header(sheet, head)
        last = _body(sheet, head, cell, on=on)
        sheet.write(last + 1, 10, "NGƯỜI LẬP BIỂU", bold)
    return buffer.getvalue()


def _title(sheet: Any, bold: Any, *, on: date) -> None:
    sheet.merge_range(0, 0, 0, 4, "ĐẢNG ỦY XÃ …", bold)
    sheet.merge_range(2, 0, 2, len(WIDTHS) - 1, "DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC", bold)
    sheet.merge_range(3, 0, 3, len(WIDTHS) - 1, f"(Tính đến ngày {on.strftime('%d/%m/%Y')})", bold)


def _header(sheet: Any, head: Any) -> None:
    """Two header rows, then the row of column numbers."""
    top = 5
    column = 0
    plain = ("STT", "Họ và tên", ("Ngày, tháng, năm sinh", ("Nam", "Nữ")), "Dân tộc", "Quê quán", "Chức vụ", "Ngày vào Đảng",
             ("Trình độ chuyên môn", tuple(t for _, t in DEGREES)), ("Lý luận chính trị", tuple(t for _, t in THEORY)), "Ghi chú")
    for part in plain:
        if isinstance(part, str):
            sheet.merge_range(top, column, top + 1, column, part, head)
            column += 1
            continue
        label, parts = part
        sheet.merge_range(top, column, top, column + len(parts) - 1, label, head)
        for offset, text in enumerate(parts):
            sheet.write(top + 1, column + offset, text, head)
        column += len(parts)
    for number in range(column):
        sheet.write(top + 2, number, f"({number + 1})", head)


def _body(sheet: Any, head: Any, cell: Any, *, on: date) -> int:
    """Two groups under their headings; returns the row after the last."""
    row, chosen = 8, _chosen(on=on)
    half = len(chosen) // 2
    for numeral, label, part in zip(("I", "II"), GROUPS, (chosen[:half], chosen[half:]), strict=True):
        sheet.write(row, 0, numeral, head)
        sheet.merge_range(row, 1, row, len(WIDTHS) - 1, label, head)
        for number, one in enumerate(part, start=1):
            row += 1
            for column, value in enumerate([number, *_values(one)]):
                sheet.write(row, column, value, cell)
        row += 1
    return row


def _chosen(*, on: date) -> list[Dossier]:
    geo = geography(PROVINCE)
    known = build_world(people=1200, seed=SEED, geography=geo)
    mine = people(world=known, total=1200, seed=SEED, on=on, numbers=range(300, 300 + 3 * KNOWN))
    other = build_world(people=1200, seed=SEED + 1, geography=geo)
    new = people(world=other, total=1200, seed=SEED + 1, on=on, numbers=range(200, 200 + ROWS - KNOWN))
    return [one for one in mine if "birth" in one.person and "native_place" in one.person][:KNOWN] + list(new)


def _values(one: Dossier) -> list[str]:
    person = one.person
    birth, joined = (_printed(person.get(name, "")) for name in ("birth", "party_joined"))
    return [
        person["full_name"], birth if person["sex"] == "nam" else "", birth if person["sex"] == "nu" else "",
        _ethnicity(person.get("ethnicity", "")), person.get("native_place", ""), _position(one), joined,
        *_crosses(one, kind="chuyen-mon", levels=DEGREES), *_crosses(one, kind="llct", levels=THEORY), "",
    ]  # fmt: skip


def _printed(iso: str) -> str:
    """`1968-05-12` → `12/05/1968`, as precise as known."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def _ethnicity(code: str) -> str:
    return next((row.label for row in load_codelist("ethnic_groups").rows if row.code == code), "")


def _position(one: Dossier) -> str:
    held = [row["title_text"] for name, row in one.records if name == "holding" and "end" not in row]
    return held[0] if held else ""


def _crosses(one: Dossier, *, kind: str, levels: tuple[tuple[str, str], ...]) -> list[str]:
    """An x under the highest level reached."""
    order = [level for level, _ in levels]
    reached = [r.get("level") for name, r in one.records if name == "qualification" and r["kind"] == kind]
    best = max((order.index(level) for level in reached if level in order), default=None)
    return ["x" if best == n else "" for n in range(len(levels))]


