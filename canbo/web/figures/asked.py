"""The question of the statistics desk, read from the address: nothing typed is lost, each mistake stands beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from canbo.assess.columns import CLOSED
from canbo.assess.measures import Measure, measure_of, named_measures, named_populations
from canbo.assess.parts import UNIT
from canbo.assess.question import read_question
from canbo.assess.statistics import StatRequest
from canbo.assess.units import AT, LEVELS, fact_of
from canbo.engine.language import LanguageError, parse
from canbo.engine.types import Bool, Code, Scale
from canbo.facts.catalogue import Words
from canbo.facts.registry import Subject
from canbo.snapshot.queries import vocabulary
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of
from canbo.web.tree import UnitTree, unit_tree

MOST_ROWS = 2  # facts in the rows; one more stands over the columns
MOST_DAYS = 12
SUBJECTS: dict[str, Subject] = {"": "person", "luot": "attendance"}
LAYOUTS = {"": "mỗi chỉ tiêu một dòng", "ngang": "mỗi chỉ tiêu một cột"}
SHARES = {"": "tổng số", "hang": "tổng của dòng", "cot": "tổng của cột"}
CHARTS = {
    "": "không vẽ", "cot": "cột", "chong": "cột chồng", "ty-le": "cột, theo tỷ lệ", "duong": "đường theo các ngày", "thap": "tháp tuổi",
}  # fmt: skip
SINGLE = ("doi", "dv", "tap", "ngay", "so", "bd", "moc", "tu", "den", "dt", "kieu", "pt", "hinh", "cot", "bt", "ten", "cay")
SEVERAL = ("ct", "theo")
EVERYTHING = "*"
DAYS = {"ngay": "Tính đến ngày", "so": "So với ngày", "bd": "Bản đồ đơn vị ngày", "tu": "Từ ngày", "den": "Đến ngày"}


@dataclass(frozen=True)
class Asked:
    """The form as typed, the request when it could be read, one sentence for each field that could not.

    `request.by` are the facts of the rows; `column` the fact over the columns; `days` the days of a series, in order.
    """

    typed: Mapping[str, Any]
    request: StatRequest
    column: str = ""
    days: tuple[date, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()  # measures that may be counted but name nobody; EVERYTHING where the population is

    def opens(self, measure: str) -> bool:
        """Whether a number of this measure may be opened to the people behind it."""
        return EVERYTHING not in self.closed and measure not in self.closed

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """The parameters of this question, for links, hidden fields and what is kept."""
        found = [(name, self.typed[name]) for name in SINGLE if self.typed[name] and name not in without]
        return found + [(name, value) for name in SEVERAL if name not in without for value in self.typed[name]]

    @property
    def crossed(self) -> StatRequest:
        return replace(self.request, by=(*self.request.by, self.column))


def read(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> Asked:
    return read_data(request.GET, desk, snapshot)


def read_data(data: QueryDict, desk: Desk, snapshot: Snapshot) -> Asked:
    """Days, population, measures and facts, each checked where it was typed."""
    typed = typed_in(data)
    days, errors = _days(typed, desk)
    series, errors["moc"] = series_days(typed["moc"], desk.today)
    # On another map the units of that map are chosen.
    tree = unit_tree(snapshot=snapshot, on=days["bd"] or days["ngay"] or desk.today, scope=desk.scope)
    unit, errors["dv"] = _unit_code(typed["dv"], tree, snapshot)
    rows, column = _facts(typed)
    free = [line.strip() for line in typed["bt"].splitlines() if line.strip()]
    asked = StatRequest(
        on=days["ngay"] or desk.today, subject=SUBJECTS.get(typed["dt"], "person"), population=typed["doi"], unit=unit,
        where=typed["tap"], measures=(*typed["ct"], *free), by=rows, map_on=days["bd"],
        compare_on=None if series or column else days["so"],
        period=(days["tu"], days["den"] or days["ngay"] or desk.today) if days["tu"] else None,
    )  # fmt: skip
    found = Asked(typed, asked, column, series, {})
    errors |= _unreadable(found, snapshot, desk)
    errors = {name: text for name, text in errors.items() if text}
    return replace(found, errors=errors, closed=frozenset() if errors else _closed(found, snapshot, desk))


def _closed(asked: Asked, snapshot: Snapshot, desk: Desk) -> frozenset[str]:
    request = asked.crossed if asked.column else asked.request
    if closed_facts(replace(request, measures=()), snapshot, desk):
        return frozenset({EVERYTHING})
    alone = StatRequest(on=request.on, subject=request.subject, map_on=request.map_on)
    return frozenset(m for m in request.measures if closed_facts(replace(alone, measures=(m,)), snapshot, desk))


def closed_facts(request: StatRequest, snapshot: Snapshot, desk: Desk) -> list[str]:
    """The facts of this question by which nobody is named."""
    found = read_question(request=request, snapshot=snapshot, scope=desk.scope)
    return sorted(name for name in found.facts if found.words[name].group in CLOSED)


def typed_in(data: QueryDict) -> dict[str, Any]:
    """The form's fields as typed; names the form does not have are dropped."""
    single = {name: data.get(name, "").strip() for name in SINGLE}
    return single | {name: [value for value in dict.fromkeys(data.getlist(name)) if value] for name in SEVERAL}


def series_days(text: str, today: date) -> tuple[tuple[date, ...], str]:
    """`2016-2020` is the last day of every year, else days with commas between; and what is wrong, in one sentence."""
    found: list[date] = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        first, _, last = (half.strip() for half in part.partition("-"))
        if _is_year(first) and (not last or _is_year(last)):
            found += [date(year, 12, 31) for year in range(int(first), int(last or first) + 1)[: MOST_DAYS + 1]]
            continue
        day, error = day_of(part, today)
        if error:
            return (), error
        found.append(day)
    if len(found) > MOST_DAYS:
        return (), f"Nhiều nhất {MOST_DAYS} mốc ngày trong một bảng; hãy bớt mốc."
    return tuple(sorted(set(found))), ""


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and "1900" <= text <= "2100"


def _days(typed: Mapping[str, Any], desk: Desk) -> tuple[dict[str, date | None], dict[str, str]]:
    days: dict[str, date | None] = {}
    errors: dict[str, str] = {}
    for name in DAYS:
        day, error = day_of(typed[name], desk.today)
        days[name] = day if typed[name] and not error else None
        errors[name] = error
    first, last = days["tu"], days["den"]
    if last and not first and not errors["tu"]:
        errors["tu"] = "Kỳ cần ngày đầu; hãy ghi từ ngày nào, ví dụ 01/01/2021."
    if first and last and last < first:
        errors["den"] = "Ngày cuối kỳ đứng trước ngày đầu kỳ; hãy sửa một trong hai."
    return days, errors


def _unit_code(text: str, tree: UnitTree, snapshot: Snapshot) -> tuple[str, str]:
    pk, error = tree.find(text)
    if pk is None:
        return "", error
    frame = snapshot.tables.frames["unit"]
    return str(frame.filter(frame["id"] == pk)["code"][0]), ""


def _facts(typed: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Facts of the rows and of the columns; a pyramid is bands of age by sex, whatever else was chosen."""
    if typed["hinh"] == "thap":
        return ("age_band",), "sex"
    rows = tuple(typed["theo"][:MOST_ROWS])
    column = "" if typed["cot"] in rows else typed["cot"]
    return (rows, column) if rows else ((column,) if column else (), "")


# --- what cannot be read


def _unreadable(asked: Asked, snapshot: Snapshot, desk: Desk) -> dict[str, str]:
    request, words = asked.request, words_of(asked.request, snapshot)
    population = named_populations().get(request.population)
    errors = {
        "doi": refusal(population.that if population else "", words, desk) if not request.population or population
        else "Không có đối tượng này trong danh sách; hãy chọn lại.",
        "tap": refusal(request.where, words, desk),
        "bt": next(filter(None, (refusal(measure_of(m, request.subject).that, words, desk) for m in request.measures)), ""),
    }  # fmt: skip
    for name, at in (*((name, "theo") for name in request.by), (asked.column, "cot")):
        if name and not _countable(name, words, desk):
            errors[at] = f"Không chia nhóm theo “{name}” được: không có dữ kiện này hoặc bạn chưa được giao quyền xem."
    if fact_of(asked.column) == UNIT and AT not in asked.column:
        errors["cot"] = "Cây đơn vị chỉ xếp được theo dòng; hãy đổi chỗ dòng và cột, hoặc chọn một cấp đơn vị."
    for name, known in (("dt", SUBJECTS), ("kieu", LAYOUTS), ("pt", SHARES), ("hinh", CHARTS)):
        if asked.typed[name] not in known:
            errors[name] = "Không có lựa chọn này; hãy chọn lại."
    return errors


def _countable(name: str, words: Words, desk: Desk) -> bool:
    known = fact_of(name) in words and desk.scope.sees_group(words[fact_of(name)].group)
    return known and (AT not in name or name.partition(AT)[2] in LEVELS)


def words_of(request: StatRequest, snapshot: Snapshot) -> Words:
    return vocabulary(snapshot=snapshot, subject=request.subject, map_on=request.map_on or request.on)


def refusal(text: str, words: Words, desk: Desk) -> str:
    """Why an expression cannot be read by this reader; empty when it can."""
    try:
        if text:
            parse(text, vocabulary=words, may_see=desk.scope.groups)
    except LanguageError as error:
        return str(error)
    return ""


# --- what the form offers


def offered_measures(snapshot: Snapshot, desk: Desk, subject: Subject = "person") -> list[Measure]:
    """Named measures over facts the reader may see."""
    words = words_of(StatRequest(on=desk.today, subject=subject), snapshot)
    return [m for m in named_measures(subject).values() if not refusal(m.that, words, desk)]


def grouped_measures(snapshot: Snapshot, desk: Desk, subject: Subject) -> list[tuple[str, list[Measure]]]:
    found: dict[str, list[Measure]] = {}
    for measure in offered_measures(snapshot, desk, subject):
        found.setdefault(measure.group, []).append(measure)
    return list(found.items())


def offered_populations(snapshot: Snapshot, desk: Desk) -> list[tuple[str, str]]:
    words = words_of(StatRequest(on=desk.today), snapshot)
    return [(name, p.label) for name, p in named_populations().items() if not refusal(p.that, words, desk)]


def offered_facts(snapshot: Snapshot, desk: Desk, *, on: date, subject: Subject = "person") -> list[tuple[str, str]]:
    """Facts with values one can count by, in the order of their labels; units also by level."""
    words = vocabulary(snapshot=snapshot, subject=subject, map_on=on)
    found = [
        (name, of.label)
        for name, of in words.items()
        if isinstance(of.type, Code | Scale | Bool) and desk.scope.sees_group(of.group)
    ]
    levels = set(snapshot.tables.frames["unit"]["level"].cast(str).unique().drop_nulls())
    found += [(f"{UNIT}{AT}{level}", f"Đơn vị {said}") for level, said in LEVELS.items() if level in levels and UNIT in words]
    return sorted(found, key=lambda pair: pair[1])
