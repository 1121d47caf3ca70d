"""The columns of a list to be edited: what each shows of a dossier, as whom it is read back, and what emptying it means."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from canbo.dossier import models as m
from canbo.engine.codelists import load_codelist
from canbo.imports.reading.fields import Field, Type
from canbo.imports.state import PersonState, Row
from canbo.kernel.text import clean
from canbo.organization.fields import text_holds_on

Clear = Literal["value", "end", ""]
CODE, CHECK = "Mã hồ sơ", "Dấu kiểm (không sửa)"
# What somebody types to say that a value is to go.
DELETE_WORDS = frozenset({"(xóa)", "(xoá)", "xóa giá trị", "xoá giá trị"})
_SEXES = {"nam": "Nam", "nu": "Nữ"}


@dataclass(frozen=True, kw_only=True)
class View:
    """What the columns need to know beside the dossier: the list's day and the names of units and titles."""

    on: str
    units: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EditColumn:
    """`name` is `section.column`; `show` gives what the dossier holds, as stored. `clear`: what emptying the cell may do."""

    name: str
    heading: str
    group: str
    type: Type
    show: Callable[[PersonState, View], Any]
    codelist: str = ""
    clear: Clear = "value"

    @property
    def section(self) -> str:
        return self.name.partition(".")[0]

    @property
    def field(self) -> Field:
        """How the reading of cells sees the column."""
        name = self.name.partition(".")[2]
        return Field(
            name=_READ_AS.get(name, name), label=self.heading, type=self.type, codelist=self.codelist,
            kinds=frozenset(), headings=(), blank=frozenset(),
        )  # fmt: skip

    def text(self, state: PersonState, view: View) -> str:
        """The cell: dates as dd/mm/yyyy, codes as their labels, everything as text."""
        value = self.show(state, view)
        if value in (None, ""):
            return ""
        if self.type in ("date", "year"):
            return "/".join(reversed(str(value).split("-")))
        if self.type == "sex":
            return _SEXES.get(str(value), str(value))
        if self.codelist:
            return label(self.codelist, str(value))
        return str(value).replace(".", ",") if self.type == "number" else clean(str(value))


_READ_AS = {"personal_id_sealed": "personal_id", "phone_sealed": "phone", "religion_sealed": "religion"}


@cache
def _labels(codelist: str) -> dict[str, str]:
    return {row.code: row.label for row in load_codelist(codelist).rows}


def label(codelist: str, code: str) -> str:
    return _labels(codelist).get(code, code)


# --- what the columns show


def _person(name: str) -> Callable[[PersonState, View], Any]:
    return lambda state, view: state.values.get(name)


def current(state: PersonState, model: Any, on: str) -> Row | None:
    """The record of the day that was opened first."""
    return next((row for row in state.records[model] if text_holds_on(row.get("start"), row.get("end"), on)), None)


def _employment(name: str) -> Callable[[PersonState, View], Any]:
    def show(state: PersonState, view: View) -> Any:
        row = current(state, m.Employment, view.on)
        found = row.get(name) if row else None
        return view.units.get(found or 0, "") if name == "unit_id" else found

    return show


def main_holdings(state: PersonState, on: str) -> list[Row]:
    """The holdings the cell of the post stands for: all that were written as the first one is."""
    held = [r for r in state.records[m.Holding] if text_holds_on(r.get("start"), r.get("end"), on)]
    first = next((row for row in held if row.get("kind") == "main"), held[0] if held else None)
    if first is None:
        return []
    return [first, *(r for r in held if r is not first and r.get("title_text") and r["title_text"] == first["title_text"])]


def _position(state: PersonState, view: View) -> str:
    held = main_holdings(state, view.on)
    return (held[0].get("title_text") or view.titles.get(held[0].get("title_id") or 0, "")) if held else ""


def _appointed(state: PersonState, view: View) -> Any:
    held = main_holdings(state, view.on)
    return held[0].get("start") if held and not held[0].get("since_list") else None


def qualification(state: PersonState, kind: str) -> Row | None:
    """The record a column of this kind shows: the highest level, of equals the one known last."""
    rows = [row for row in state.records[m.Qualification] if row.get("kind") == kind]
    if len(rows) < 2:
        return rows[0] if rows else None
    ranks = _ranks(LEVELS.get(kind, ""))
    return max(rows, key=lambda row: (ranks.get(row.get("level") or "", -1), abs(row["id"])), default=None)


@cache
def _ranks(codelist: str) -> dict[str, int]:
    return {row.code: row.rank or 0 for row in load_codelist(codelist).rows} if codelist else {}


LEVELS = {
    "pho-thong": "general_education", "chuyen-mon": "degrees", "llct": "political_theory", "qlnn": "state_management",
    "tin-hoc": "it_levels",
}  # fmt: skip


def _level(kind: str) -> Callable[[PersonState, View], Any]:
    def show(state: PersonState, view: View) -> Any:
        row = qualification(state, kind)
        return (row.get("level") or row.get("text")) if row else None

    return show


def _learned(kind: str, name: str) -> Callable[[PersonState, View], Any]:
    def show(state: PersonState, view: View) -> Any:
        row = qualification(state, kind)
        return row.get(name) if row else None

    return show


def _pay(name: str) -> Callable[[PersonState, View], Any]:
    def show(state: PersonState, view: View) -> Any:
        row = current(state, m.Pay, view.on)
        return row.get(name) if row else None

    return show


def rating(state: PersonState, year: str, capacity: str) -> Row | None:
    rows = (r for r in state.records[m.Rating] if (r["period_kind"], r["period"], r["capacity"]) == ("year", year, capacity))
    return next(rows, None)


def _grade(year: str, capacity: str) -> Callable[[PersonState, View], Any]:
    def show(state: PersonState, view: View) -> Any:
        row = rating(state, year, capacity)
        return (row.get("grade") or row.get("text")) if row else None

    return show


def _planned(state: PersonState, view: View) -> Any:
    row = current(state, m.PlanEntry, view.on)
    return (row.get("title_text") or view.titles.get(row.get("title_id") or 0)) if row else None


def last_discipline(state: PersonState) -> Row | None:
    return max(state.records[m.Discipline], key=lambda r: (r.get("decided_on") or "", abs(r["id"])), default=None)


def _discipline(name: str) -> Callable[[PersonState, View], Any]:
    def show(state: PersonState, view: View) -> Any:
        row = last_discipline(state)
        if row is None:
            said = name == "form" and any(r["kind"] == "discipline" for r in state.records[m.DeclaredNone])
            return "khong" if said else None
        return row.get(name) or (row.get("text") if name == "form" else None)

    return show


# --- the table


def edit_columns(*, year: int, groups: frozenset[str]) -> list[EditColumn]:
    """Columns for a list of that year, for a reader of these groups; grades of the three years before."""
    return [column for column in _all(year) if column.group in groups]


@cache
def _all(year: int) -> tuple[EditColumn, ...]:
    return (*_PERSON, *_SERVICE, *_LEARNED, *_PAID, *_grades(year), *_OUTCOMES)


def _p(name: str, heading: str, group: str, type: Type = "text", codelist: str = "", clear: Clear = "value") -> EditColumn:
    return EditColumn(
        name=f"person.{name}", heading=heading, group=group, type=type, show=_person(name), codelist=codelist, clear=clear
    )


_PERSON = (
    _p("full_name", "Họ và tên", "basic", "name", clear=""),
    _p("other_name", "Tên gọi khác", "basic"),
    _p("birth", "Ngày sinh", "basic", "date"),
    _p("sex", "Giới tính", "basic", "sex"),
    _p("ethnicity", "Dân tộc", "basic", "code", "ethnic_groups"),
    _p("religion_sealed", "Tôn giáo", "religion", "code", "religions"),
    _p("birth_place", "Nơi sinh", "basic"),
    _p("native_place", "Quê quán", "basic"),
    _p("permanent_residence", "Nơi đăng ký thường trú", "contact"),
    _p("residence", "Nơi ở hiện nay", "contact"),
    _p("personal_id_sealed", "Số định danh cá nhân", "identity", "id"),
    _p("phone_sealed", "Điện thoại", "contact", "phone"),
    _p("staff_number", "Số hiệu", "basic"),
    _p("job_before", "Nghề nghiệp trước khi được tuyển dụng", "career"),
    _p("recruited_on", "Ngày tuyển dụng lần đầu", "career", "date"),
    _p("recruiting_agency", "Cơ quan tuyển dụng", "career"),
    _p("joined_agency_on", "Ngày về cơ quan hiện nay", "career", "date"),
    _p("party_joined", "Ngày vào Đảng", "party", "date"),
    _p("party_official", "Ngày chính thức vào Đảng", "party", "date"),
    _p("first_organisation_on", "Ngày tham gia tổ chức CT-XH đầu tiên", "party", "date"),
    _p("first_organisation", "Tổ chức CT-XH đầu tiên", "party"),
    _p("enlisted_on", "Ngày nhập ngũ", "career", "date"),
    _p("discharged_on", "Ngày xuất ngũ", "career", "date"),
    _p("military_rank", "Quân hàm cao nhất", "career"),
    _p("academic_title", "Học hàm", "qualification", "code", "academic_titles"),
    _p("main_duty", "Công việc chính được giao", "career"),
    _p("strength", "Sở trường công tác", "career"),
    _p("longest_job", "Công việc làm lâu nhất", "career"),
)


def _c(name: str, heading: str, group: str, type: Type, show: Any, codelist: str = "", clear: Clear = "value") -> EditColumn:
    return EditColumn(name=name, heading=heading, group=group, type=type, show=show, codelist=codelist, clear=clear)


_SERVICE = (
    _c("employment.unit_id", "Đơn vị công tác", "career", "text", _employment("unit_id"), clear=""),
    _c("employment.staff_kind", "Đối tượng", "career", "code", _employment("staff_kind"), "staff_kinds", ""),
    _c("employment.workplace", "Nơi công tác", "career", "text", _employment("workplace")),
    _c("holding.position", "Chức vụ, chức danh", "career", "text", _position, clear="end"),
    _c("holding.appointed_on", "Ngày bổ nhiệm", "career", "date", _appointed, clear=""),
)
_LEARNED = (
    _c("pho-thong.level", "Giáo dục phổ thông", "qualification", "code", _level("pho-thong"), "general_education", ""),
    _c("chuyen-mon.level", "Trình độ chuyên môn", "qualification", "code", _level("chuyen-mon"), "degrees", ""),
    _c("chuyen-mon.field_text", "Chuyên ngành", "qualification", "text", _learned("chuyen-mon", "field_text")),
    _c("chuyen-mon.institution", "Cơ sở đào tạo", "qualification", "text", _learned("chuyen-mon", "institution")),
    _c("chuyen-mon.obtained", "Tốt nghiệp", "qualification", "date", _learned("chuyen-mon", "obtained")),
    _c("llct.level", "Lý luận chính trị", "qualification", "code", _level("llct"), "political_theory", ""),
    _c("qlnn.level", "Quản lý nhà nước", "qualification", "code", _level("qlnn"), "state_management", ""),
    _c("tin-hoc.level", "Tin học", "qualification", "code", _level("tin-hoc"), "it_levels", ""),
    _c("qpan.text", "Quốc phòng, an ninh", "qualification", "text", _learned("qpan", "text")),
)
_PAID = (
    _c("pay.rank_code", "Mã ngạch", "pay", "text", _pay("rank_code")),
    _c("pay.rank_text", "Ngạch", "pay", "text", _pay("rank_text")),
    _c("pay.step", "Bậc lương", "pay", "number", _pay("step")),
    _c("pay.coefficient", "Hệ số lương", "pay", "number", _pay("coefficient")),
    _c("pay.rank_on", "Ngày bổ nhiệm ngạch", "pay", "date", _pay("rank_on")),
)


def _grades(year: int) -> tuple[EditColumn, ...]:
    columns = []
    for capacity, words in (("official", "Xếp loại"), ("party", "Xếp loại đảng viên")):
        for back in (3, 2, 1):
            at = str(year - back)
            name, heading = f"rating-{capacity}-{at}.grade", f"{words} năm {at}"
            columns.append(_c(name, heading, "evaluation", "rating", _grade(at, capacity), "ratings", ""))
    return tuple(columns)


_OUTCOMES = (
    _c("planning.planned_for", "Quy hoạch chức danh", "planning", "text", _planned, clear="end"),
    _c("discipline.form", "Hình thức kỷ luật", "discipline", "code", _discipline("form"), "discipline_forms", ""),
    _c("discipline.decided_on", "Ngày kỷ luật", "discipline", "date", _discipline("decided_on")),
)
