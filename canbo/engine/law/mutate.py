"""Are the cases worth anything? Every threshold is moved by one step; a move that no case notices is a survivor."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from canbo.engine.law.calendars import Calendar, Holiday, WeeklyRest, YearlyHoliday
from canbo.engine.law.cases import EXPECTED, criterion_of, judged, wrong_calendar
from canbo.engine.law.conditions import parsed, words_on
from canbo.engine.law.model import Case, LawSet, Value
from canbo.engine.syntax import Compare, Expr, Holds, Literal, OneOf, Ref
from canbo.engine.types import Name, Scale, Vocabulary
from canbo.kernel.dates import PartialDate

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Move:
    """One threshold one step away from what the law says; `noticed` when some case then fails."""

    where: str
    before: str
    after: str
    noticed: bool


def moves(laws: LawSet, *, vocabulary: Vocabulary) -> Iterator[Move]:
    """All moves of all thresholds in use: of criteria by their cases, of parameters by theirs and by the criteria naming them."""
    by_criterion: dict[tuple[str, str, str], list[Case]] = {}
    for case in laws.cases:
        by_criterion.setdefault((case.standard, case.version, case.criterion), []).append(case)
    for cases in by_criterion.values():
        yield from _of_criterion(laws, cases, vocabulary)
    yield from _of_parameters(laws)
    yield from _of_documents(laws)
    yield from _of_calendar(laws)


def _of_criterion(laws: LawSet, cases: list[Case], vocabulary: Vocabulary) -> Iterator[Move]:
    found = criterion_of(laws, cases[0])
    if isinstance(found, str):
        return
    version, criterion = found
    words = words_on(version.period.start, laws=laws, vocabulary=vocabulary)
    trees = parsed(criterion, words=words, titles=laws.standards[cases[0].standard].titles)
    for place, tree in trees.items():
        for before, after, moved in moved_trees(tree):
            changed = {**trees, place: moved}
            said = [judged(changed, c.gives, exceptions=len(criterion.exceptions), vocabulary=words) is EXPECTED[c.expect] for c in cases]
            where = f"standard[{cases[0].standard}].version[{version.code}].criterion[{criterion.code}].{place}"
            yield Move(where, before, after, not all(said))


def _of_parameters(laws: LawSet) -> Iterator[Move]:
    """A value no case pins down may be moved without anybody noticing."""
    pinned = set()
    for case in laws.parameter_cases:
        of = laws.parameters[case.parameter].on(case.on)
        pinned |= {(case.parameter, case.key, of.period.start)} if of else set()
    for name, parameter in laws.parameters.items():
        for version in parameter.versions:
            for key, value in ({"": version.value} if version.value is not None else dict(version.values)).items():
                if version.cite.verified and value is not None:
                    where = f"parameter[{name}].version[{version.period.start}]{f'.values[{key}]' if key else ''}"
                    yield Move(where, str(value), str(stepped(value)[0]), (name, key, version.period.start) in pinned)


def _of_documents(laws: LawSet) -> Iterator[Move]:
    """The first and the last day of each document; a value resting on it notices a day lost, only a case a day gained."""
    held = {(case.document, day) for case in laws.document_cases for day in (case.period.start, case.period.end)}
    for key, document in laws.documents.items():
        for name, day, moved in (("from", document.period.start, 1), ("to", document.period.end, -1)):
            if day is not None:
                yield Move(f"document[{key}].{name}", str(day), str(day + timedelta(days=moved)), (key, day) in held)


def _of_calendar(laws: LawSet) -> Iterator[Move]:
    """Each day off, each day worked instead, each day of the weekly rest taken away; one that changes nothing is no threshold."""
    of = laws.calendar
    changed: list[tuple[str, Holiday | YearlyHoliday | WeeklyRest, Calendar]] = []
    changed += [(f"holiday[{one.day}]", one, replace(of, holidays=_less(of.holidays, one))) for one in of.holidays]
    changed += [(f"yearly[{one.month:02}-{one.day:02}]", one, replace(of, yearly=_less(of.yearly, one))) for one in of.yearly]
    for rest in of.rests:
        fewer = [replace(rest, days=rest.days - {day}) for day in sorted(rest.days)]
        changed += [("weekly_rest", rest, replace(of, rests=(*_less(of.rests, rest), less))) for less in fewer]
    for where, one, without in changed:
        same = isinstance(one, Holiday) and of.works(one.day) == without.works(one.day)
        if one.cite.verified and not same:
            yield Move(where, "có", "không", any(True for _ in wrong_calendar(without, laws.calendar_cases)))


def _less(parts: tuple[Part, ...], one: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if part is not one)


def stepped(value: Value) -> list[Value]:
    """One step down and up."""
    match value:
        case bool():
            return [not value]
        case int():
            return [value - 1, value + 1]
        case Decimal():
            step = Decimal(1).scaleb(int(value.as_tuple().exponent))
            return [value - step, value + step]
        case date():
            return [value - timedelta(days=1), value + timedelta(days=1)]
        case _:
            return [f"{value}?"]


def moved_trees(tree: Expr) -> Iterator[tuple[str, str, Expr]]:
    """(before, after, tree) for each literal and parameter of a tree moved by one step."""
    for path, node, partner in _thresholds(tree, ()):
        for after in _steps(node, partner):
            yield _said(node), _said(after), _with(tree, path, after)


Place = tuple[Any, ...]


def _thresholds(node: Any, path: Place, partner: Ref | None = None) -> Iterator[tuple[Place, Literal | Ref, Ref | None]]:
    if isinstance(node, Literal) or (isinstance(node, Ref) and node.entry.kind == "parameter"):
        yield path, node, partner
        return
    if isinstance(node, Holds):
        return  # membership of a list is no threshold: there is no next step to it
    if isinstance(node, Compare):
        partner = next((t for t in node.terms if isinstance(t, Ref) and t.entry.kind == "fact"), None)
    if isinstance(node, OneOf):
        partner = node.ref
    if isinstance(node, tuple):
        for number, part in enumerate(node):
            yield from _thresholds(part, (*path, number), partner)
    elif hasattr(node, "__dataclass_fields__") and not isinstance(node, Ref):
        for one in fields(node):
            yield from _thresholds(getattr(node, one.name), (*path, one.name), partner)


def _steps(node: Literal | Ref, partner: Ref | None) -> list[Literal | Ref]:
    if isinstance(node, Ref):
        value = node.entry.value
        return [replace(node, entry=_revalued(node.entry, v)) for v in stepped(value)] if value is not None else []
    match node.value:
        case str() as code:
            return [Literal(other) for other in _beside(code, partner)]
        case PartialDate() as day:
            return [Literal(PartialDate.from_date(day.lo - timedelta(days=1))), Literal(PartialDate.from_date(day.hi + timedelta(days=1)))]
        case value:
            return [Literal(v) for v in stepped(value) if isinstance(v, int | Decimal)]


def _revalued(entry: Name, value: Value) -> Name:
    return replace(entry, value=value)


def _beside(code: str, partner: Ref | None) -> list[str]:
    """The next steps of another rank below and above; for codes without order, something that is not that code."""
    if partner is None or not isinstance(partner.entry.type, Scale):
        return [f"{code}?"]
    ranks = partner.entry.type.ranks
    if code not in ranks:
        return []
    lower = [c for c, rank in ranks.items() if rank < ranks[code]]
    upper = [c for c, rank in ranks.items() if rank > ranks[code]]
    return [*(lower and [max(lower, key=ranks.__getitem__)]), *(upper and [min(upper, key=ranks.__getitem__)])]


def _with(node: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    if not path:
        return leaf
    step, rest = path[0], path[1:]
    if isinstance(node, tuple):
        return (*node[:step], _with(node[step], rest, leaf), *node[step + 1 :])
    return replace(node, **{step: _with(getattr(node, step), rest, leaf)})


def _said(node: Literal | Ref) -> str:
    value = node.value if isinstance(node, Literal) else node.entry.value
    return value.iso if isinstance(value, PartialDate) else str(value)
