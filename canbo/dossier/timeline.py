"""One line of time from recruitment to leaving: every dated record the reader may see, with the decision it rests on."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from canbo.dossier.attachments import Attached, attached_to
from canbo.dossier.labels import label_of_code
from canbo.dossier.models import Person
from canbo.dossier.outline import decision_text
from canbo.dossier.queries import shown_value
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate

_LAST = date.max
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}|Q[1-4]|H[12]|\d{4}))?")


@dataclass(frozen=True)
class Moment:
    """Something that happened: when (as precisely as known), of which kind, what, and by which decision."""

    on: PartialDate | None
    kind: str
    text: str
    until: PartialDate | None = None
    decision: str = ""
    files: tuple[Attached, ...] = ()
    is_end: bool = False

    @property
    def order(self) -> tuple[bool, date, date]:
        """By first possible day, the vaguer date first: what is known to the year opens its year. Undated ones come last."""
        if self.on is None:
            return True, _LAST, _LAST
        return False, self.on.lo, date.fromordinal(_LAST.toordinal() - self.on.hi.toordinal() + 1)

    @property
    def year(self) -> str:
        return str(self.on.year) if self.on else "Chưa rõ ngày"


# Fields of the person that are moments of her working life.
_FIELDS: dict[str, str] = {
    "enlisted_on": "Nhập ngũ",
    "discharged_on": "Xuất ngũ",
    "recruited_on": "Tuyển dụng lần đầu",
    "joined_agency_on": "Vào cơ quan hiện nay",
    "first_organisation_on": "Tham gia tổ chức chính trị – xã hội đầu tiên",
    "party_joined": "Vào Đảng",
    "party_official": "Đảng viên chính thức",
    "party_left": "Ra khỏi Đảng",
    "retired_on": "Nghỉ hưu",
    "died_on": "Mất",
}


def timeline(*, of: Person, on: date, hidden: Collection[str], actor: Actor, scope: Scope) -> list[Moment]:
    """Moments in order of time, of the groups the reader sees; one query a table.

    An end that lies after `on` is foreseen, not past: it stands beside its beginning only.
    """
    files: dict[tuple[str, int | None], list[Attached]] = defaultdict(list)
    for file in attached_to(of=of, actor=actor, scope=scope):
        files[file.table, file.row].append(file)
    moments = list(_of_fields(of, scope))
    for section in RECORD_SECTIONS:
        table = section.model._meta.db_table
        if table in _TELL and table not in hidden and scope.sees_group(section.group):
            rows: Any = section.model._default_manager.filter(person=of).select_related("decision", *_RELATED.get(table, ()))
            moments += [m for row in rows for m in _TELL[table](row, decision_text(row.decision), tuple(files[table, row.pk]))]
    return in_order(moment for moment in moments if not (moment.is_end and moment.on and moment.on.lo > on))


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    return sorted(moments, key=lambda moment: moment.order)


def by_year(moments: Iterable[Moment]) -> list[tuple[str, list[Moment]]]:
    """Years with their moments, in the order given."""
    years: dict[str, list[Moment]] = defaultdict(list)
    for moment in moments:
        years[moment.year].append(moment)
    return list(years.items())


def _of_fields(of: Person, scope: Scope) -> Iterable[Moment]:
    for name, label in _FIELDS.items():
        value = getattr(of, name)
        if value is not None and scope.sees_group(PERSON_FIELD_GROUP[name]):
            more = {"recruited_on": of.recruiting_agency, "first_organisation_on": of.first_organisation}.get(name, "")
            yield Moment(value, label, more)


Tell = Callable[[Any, str, tuple[Attached, ...]], Iterable[Moment]]


def _span(kind: str, ended: str, text: Callable[[Any], str]) -> Tell:
    """A span tells its beginning, and its end by itself when there is one."""

    def tell(row: Any, decision: str, files: tuple[Attached, ...]) -> Iterable[Moment]:
        yield Moment(row.start, kind, text(row), row.end, decision, files)
        if row.end is not None:
            reason = getattr(row, "end_reason", "") or getattr(row, "ground_out", "")
            yield Moment(row.end, ended, _joined(text(row), reason), is_end=True)

    return tell


def _once(kind: str, day: str, text: Callable[[Any], str], *, until: str = "") -> Tell:
    def tell(row: Any, decision: str, files: tuple[Attached, ...]) -> Iterable[Moment]:
        yield Moment(getattr(row, day), kind, text(row), getattr(row, until) if until else None, decision, files)

    return tell


def _joined(*parts: str) -> str:
    return " – ".join(part for part in parts if part)


def _shown(row: Any, *names: str) -> str:
    table = row._meta.db_table
    return _joined(*(shown_value(row, name, table, "") for name in names))


def _post(row: Any) -> str:
    title = row.title_text or (row.title.name if row.title else "")
    kind = "" if row.kind == "main" else row.get_kind_display()
    return _joined(title, row.unit.name if row.unit else "", kind)


def _plan(row: Any) -> str:
    title = row.title_text or (row.title.name if row.title else "")
    return _joined(title, f"nhiệm kỳ {row.term.code}" if row.term else "")


def _level(row: Any) -> str:
    kind = row.get_kind_display()
    level = label_of_code(table="qualification", column="level", code=row.level, kind=row.kind) if row.level else row.text
    return _joined(f"{kind}: {level}" if level else kind, row.field_text, row.institution)


def _rating(row: Any, decision: str, files: tuple[Attached, ...]) -> Iterable[Moment]:
    text = _joined(_shown(row, "grade") or row.text, row.get_capacity_display(), f"kỳ {row.period}")
    yield Moment(period_end(row.period), "Xếp loại", text, None, decision, files)


def period_end(period: str) -> PartialDate | None:
    """When a period of rating was over, as precisely as its name tells: 2022, 2026-03, 2026-Q1, 2020-2025."""
    found = _YEAR.fullmatch(period)
    if found is None:
        return None
    year, part = int(found[1]), found[2] or ""
    if len(part) == 4:
        return PartialDate(int(part))
    month = {"Q": 3, "H": 6}.get(part[:1], 1) * int(part.lstrip("QH") or 0)
    return PartialDate(year, month) if 1 <= month <= 12 else PartialDate(year)


def _discipline(row: Any) -> str:
    return _joined(_shown(row, "form") or row.text, _shown(row, "side"), row.authority)


_RELATED: Mapping[str, tuple[str, ...]] = {
    "employment": ("unit",), "holding": ("unit", "title"), "membership": ("body",), "plan_entry": ("title", "term"),
}  # fmt: skip
_TELL: Mapping[str, Tell] = {
    "employment": _span("Thuộc đơn vị", "Thôi thuộc đơn vị", lambda row: _shown(row, "unit", "staff_kind")),
    "holding": _span("Giữ chức vụ", "Thôi giữ chức vụ", _post),
    "membership": _span("Tham gia", "Thôi tham gia", lambda row: _shown(row, "body", "role")),
    "plan_entry": _span("Đưa vào quy hoạch", "Ra khỏi quy hoạch", _plan),
    "qualification": _once("Trình độ", "obtained", _level),
    "attendance": _once("Đào tạo, bồi dưỡng", "start", lambda row: _shown(row, "training", "provider", "result"), until="end"),
    "rating": _rating,
    "award": _once("Khen thưởng", "on", lambda row: _shown(row, "form") or row.text),
    "discipline": _once("Kỷ luật", "decided_on", _discipline, until="ended_on"),
}

__all__ = ["Moment", "by_year", "in_order", "period_end", "timeline"]
