"""The tables of a CV: learning, service, ratings and awards, discipline, pay, allowances, remarks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Model

from canbo.dossier import models as m
from canbo.dossier.cv.sources import Sources
from canbo.kernel.text import fold


@dataclass(frozen=True)
class CvTable:
    """Heads (with the identifier of each column) and rows in the order of time."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


def _table(
    read: Sources, model: type[Model], columns: Iterable[tuple[str, str]], rows: Iterable[Any]
) -> CvTable | None:
    if not read.sees_table(model):
        return None
    heads = tuple(columns)
    return CvTable(heads, tuple(tuple(_cell(read, row, name) for name, _ in heads) for row in rows))


def _cell(read: Sources, row: Any, name: str) -> str:
    match name:
        case "span":
            return span_text(read.shown(row, "start"), read.shown(row, "end"))
        case "level_text":
            return read.shown(row, "level") or str(row.text or row.certificate) or read.shown(row, "kind").capitalize()
        case "form_text":
            return read.shown(row, "form") or str(row.text)
        case "grade_text":
            return read.shown(row, "grade") or str(row.text)
        case "coefficient":
            return coefficient_text(row.coefficient)
        case "subject":
            return str(row.field_text) or read.shown(row, "language")
    return read.shown(row, name)


def coefficient_text(value: Decimal | None) -> str:
    """Always two decimals, as pay tables print: `8,00`."""
    return "" if value is None else f"{value:.2f}".replace(".", ",")


def span_text(start: str, end: str) -> str:
    """`03/2010 – 05/2015`; `nay` where no end is known."""
    return f"{start or '…'} – {end or 'nay'}"


_LEARNING = (
    ("began", "Từ"), ("obtained", "Đến (ngày cấp)"), ("institution", "Cơ sở đào tạo, bồi dưỡng"), ("subject", "Chuyên ngành, nội dung"),
    ("form", "Hình thức"), ("level_text", "Văn bằng, chứng chỉ, trình độ"),
)  # fmt: skip


def _learning(read: Sources, *, kinds: tuple[str, ...]) -> CvTable | None:
    rows = [row for row in read.rows(m.Qualification, "obtained") if row.kind in kinds or not kinds]
    return _table(read, m.Qualification, _LEARNING, rows)


def _learning_and_classes(read: Sources, *, kinds: tuple[str, ...]) -> CvTable | None:
    """Levels reached, then classes attended where the reader sees these too."""
    table = _learning(read, kinds=kinds)
    if table is None:
        return None
    names = ("start", "end", "provider", "training", "form", "result")
    classes = [tuple(read.shown(row, name) for name in names) for row in read.rows(m.Attendance, "start")]
    return CvTable(table.heads, (*table.rows, *classes))


def _work(read: Sources) -> CvTable | None:
    """Item 33 as told; where nobody told it, the posts on record."""
    columns = (
        ("span", "Từ – đến"),
        ("title", "Chức danh, chức vụ"),
        ("unit", "Đơn vị công tác (đảng, chính quyền, đoàn thể)"),
    )
    if not read.sees_table(m.WorkHistory):
        return None
    told = [(_cell(read, r, "span"), r.title_text, r.unit_text) for r in read.rows(m.WorkHistory, "start")]
    return CvTable(columns, tuple(told) or tuple(_post(read, row) for row in read.rows(m.Holding, "start")))


def _post(read: Sources, row: Any) -> tuple[str, str, str]:
    title, unit = row.title_text or read.shown(row, "title"), read.shown(row, "unit")
    return _cell(read, row, "span"), title, "" if unit and fold(unit) in fold(title) else unit


def _achievements(read: Sources) -> CvTable | None:
    """One row a year: rating as an official, as a Party member, awards; a column of a group not seen is not there."""
    columns = [("year", "Năm")]
    found: dict[str, dict[str, str]] = {}
    if read.sees_table(m.Rating):
        columns += [("official", "Xếp loại công chức, viên chức"), ("party", "Xếp loại đảng viên")]
        for row in read.rows(m.Rating, "period"):
            _add(found, row.period, row.capacity, _cell(read, row, "grade_text"))
    if read.sees_table(m.Award):
        columns.append(("award", "Khen thưởng"))
        for row in read.rows(m.Award, "on"):
            _add(found, str(row.on.year) if row.on else "", "award", _cell(read, row, "form_text"))
    if len(columns) == 1:
        return None
    rows = [(year, *(found[year].get(name, "") for name, _ in columns[1:])) for year in sorted(found)]
    return CvTable(tuple(columns), tuple(rows))


def _add(found: dict[str, dict[str, str]], year: str, name: str, text: str) -> None:
    here = found.setdefault(year, {})
    here[name] = f"{here[name]}; {text}" if here.get(name) else text


def _plain(read: Sources, *, model: type[Model], columns: tuple[tuple[str, str], ...], order: str) -> CvTable | None:
    return _table(read, model, columns, read.rows(model, order))


_DISCIPLINE = (
    ("decided_on", "Ngày quyết định"), ("ended_on", "Đến"), ("side", "Đảng, chính quyền"), ("form_text", "Hình thức"),
    ("authority", "Cơ quan quyết định"),
)  # fmt: skip
_PAY = (
    ("span", "Từ – đến"),
    ("rank_code", "Mã số"),
    ("rank_text", "Ngạch, chức danh"),
    ("step", "Bậc"),
    ("coefficient", "Hệ số"),
)
_ALLOWANCE = (("span", "Từ – đến"), ("kind", "Loại phụ cấp"), ("percent", "%"), ("coefficient", "Hệ số"))
_REMARK = (("on", "Ngày"), ("author", "Người nhận xét"), ("text_sealed", "Nhận xét"))

TABLES: dict[str, Callable[[Sources], CvTable | None]] = {
    "education": partial(_learning_and_classes, kinds=()),
    "chuyen-mon": partial(_learning, kinds=("chuyen-mon",)),
    "llct": partial(_learning, kinds=("llct",)),
    "qlnn": partial(_learning_and_classes, kinds=("qlnn", "nghiep-vu")),
    "qpan": partial(_learning, kinds=("qpan",)),
    "tin-hoc": partial(_learning, kinds=("tin-hoc",)),
    "ngoai-ngu": partial(_learning, kinds=("ngoai-ngu", "tieng-dan-toc")),
    "work": _work,
    "achievements": _achievements,
    "discipline": partial(_plain, model=m.Discipline, columns=_DISCIPLINE, order="decided_on"),
    "pay": partial(_plain, model=m.Pay, columns=_PAY, order="start"),
    "allowances": partial(_plain, model=m.Allowance, columns=_ALLOWANCE, order="start"),
    "remarks": partial(_plain, model=m.AgencyRemark, columns=_REMARK, order="on"),
}
