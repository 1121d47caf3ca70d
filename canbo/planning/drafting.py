"""The lists of a unit as a problem for the solver: who may stand where, what is asked of number and structure, what stands now.

Structure never lowers a standard: whoever does not meet it is never shown to the solver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from canbo.assess.law_sets import Law
from canbo.dossier.models import PlanEntry
from canbo.engine.law.model import LawSet
from canbo.engine.optimise.model import Problem, Share, Slot
from canbo.engine.structures.meter import groups, meter
from canbo.engine.structures.model import Listed, Marks, Rule
from canbo.kernel.actors import Actor, Scope
from canbo.planning.judging import laws_at
from canbo.planning.models import Line, Slate
from canbo.planning.numbers import Ruled, kind_of, marks_of, rules_on
from canbo.planning.review import judged_slates
from canbo.planning.rounds import PlanningRefused
from canbo.planning.sources import ORDER, candidates
from canbo.snapshot.store import Snapshot

POOL = 400  # candidates a list, in the stated order
DEAREST = 9


@dataclass(frozen=True)
class Draft:
    """What the solver is asked: the lists, the people by their place in the problem, their names, and the problem itself."""

    slates: tuple[Slate, ...]
    people: tuple[int, ...]
    names: Mapping[int, str]
    problem: Problem
    ruled: Ruled
    rules: Mapping[str, tuple[Rule, str]]


def draft_of(
    *, slates: Sequence[Slate], lines: Mapping[int, Sequence[Line]], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope,
    by: Sequence[str] = ORDER, keep: frozenset[tuple[int, int]] = frozenset(), ban: frozenset[tuple[int, int]] = frozenset(),
) -> Draft:  # fmt: skip
    """The lists of one unit for one term as a problem. `keep`, `ban`: (slate, person) fixed by people.

    Raises PlanningRefused where no structure is in force, Forbidden.
    """
    if not slates:
        raise PlanningRefused("Chưa có danh sách nào để đề xuất.")
    first = slates[0]
    laws = laws_at(first.home.unit_id, law, snapshot)
    ruled = rules_on(laws, first.home.round.on)
    if ruled is None:
        raise PlanningRefused("Chưa có quy định về số lượng, cơ cấu quy hoạch cho ngày này; hãy bổ sung quy định của địa phương.")
    judged = judged_slates(slates=slates, lines=lines, law=law, snapshot=snapshot, actor=actor, scope=scope)
    standing = {
        one.pk: [line.person_id for line in lines.get(one.pk, ()) if line.standing in ("keep", "add") and line.outcome != "refused"]
        for one in slates
    }
    names = {line.person_id: line.person.full_name for one in slates for line in lines.get(one.pk, ())}
    order: dict[int, list[int]] = {}
    for one in slates:
        found = candidates(slate=one, law=law, snapshot=snapshot, actor=actor, scope=scope, by=by, most=POOL)
        names |= {row.person: row.name for row in found.rows}
        order[one.pk] = [row.person for row in found.rows if row.judged.verdict == "yes"]
    order = _within_titles(order, slates, ruled, first)
    people = tuple(dict.fromkeys(person for one in slates for person in (*standing[one.pk], *order[one.pk])))
    place = {person: n for n, person in enumerate(people)}
    fit = {
        one.pk: [p for p in standing[one.pk] if judged[one.pk][p].here and not judged[one.pk][p].against] + order[one.pk] for one in slates
    }
    number = {one.pk: n for n, one in enumerate(slates)}
    problem, rules = _problem(slates, standing, fit, order, place, number, ruled, laws, first, keep, ban, snapshot, scope)
    return Draft(tuple(slates), people, names, problem, ruled, rules)


def _problem(
    slates: Sequence[Slate], standing: Mapping[int, list[int]], fit: Mapping[int, list[int]], order: Mapping[int, list[int]],
    place: Mapping[int, int], number: Mapping[int, int], ruled: Ruled, laws: LawSet, first: Slate, keep: frozenset[tuple[int, int]],
    ban: frozenset[tuple[int, int]], snapshot: Snapshot, scope: Scope,
) -> tuple[Problem, dict[str, tuple[Rule, str]]]:  # fmt: skip
    listed = {one.pk: Listed(one.pk, one.title.level, kind_of(one.title.code), tuple(standing[one.pk]), one.size) for one in slates}
    marks, bands = marks_of(frozenset(place), ruled, laws, first.age_on, first.home.round.bands, snapshot, scope)
    shares, rules = _shares(list(listed.values()), ruled, marks, bands, place, number)
    costs = {
        (place[person], number[pk]): min(DEAREST, at * (DEAREST + 1) // max(1, len(found)))
        for pk, found in order.items() for at, person in enumerate(found)
    }  # fmt: skip
    problem = Problem(
        people=len(place), slots=tuple(_slot(one, listed[one.pk], ruled, len(fit[one.pk])) for one in slates),
        pairs=tuple(sorted({(place[person], number[pk]) for pk, found in fit.items() for person in found})),
        present=frozenset((place[person], number[pk]) for pk, found in standing.items() for person in found), shares=shares,
        most_per_person=_most_per_person(slates, ruled), costs=costs,
        keep=frozenset((place[person], number[pk]) for pk, person in keep if person in place),
        ban=frozenset((place[person], number[pk]) for pk, person in ban if person in place),
    )  # fmt: skip
    return problem, rules


def _slot(slate: Slate, listed: Listed, ruled: Ruled, fit: int) -> Slot:
    """How many the number of the law wants; where it has none, as many as stand there now, or more."""
    least, most = 0, max(fit, len(listed.people))
    for reading in meter(ruled.rules, [listed], marks={}, numbers=ruled.numbers):
        if reading.rule.kind == "people" and reading.rule.active:
            least = max(least, reading.least or 0)
            most = min(most, reading.most) if reading.most is not None else most
    return Slot(str(slate.pk), min(least, most), most, slate.title.level)


def _most_per_person(slates: Sequence[Slate], ruled: Ruled) -> dict[str, int]:
    rule = ruled.one("titles")
    number = ruled.numbers.get(rule.most) if rule else None
    return {one.title.level: int(number) for one in slates} if number is not None else {}


def _within_titles(order: dict[int, list[int]], slates: Sequence[Slate], ruled: Ruled, first: Slate) -> dict[int, list[int]]:
    """Who is planned for other titles of the level already is offered for so many lists fewer, the first ones in protocol order."""
    rule = ruled.one("titles")
    number = ruled.numbers.get(rule.most) if rule else None
    if number is None:
        return order
    ours, everybody = {one.title_id for one in slates}, {person for found in order.values() for person in found}
    rows = PlanEntry.objects.holding(first.home.round.on).filter(person__in=everybody, title__level=first.title.level)  # type: ignore[attr-defined]
    other: dict[int, set[int]] = {}
    for person, title in rows.exclude(title__in=ours).values_list("person", "title"):
        other.setdefault(person, set()).add(title)
    left = {person: int(number) - len(titles) for person, titles in other.items()}
    kept: dict[int, list[int]] = {}
    for pk, found in order.items():
        kept[pk] = [person for person in found if left.get(person, 1) > 0]
        for person in kept[pk]:
            if person in left:
                left[person] -= 1
    return kept


def _shares(
    lists: Sequence[Listed], ruled: Ruled, marks: Mapping[str, Marks], bands: Sequence[tuple[str, Marks]], place: Mapping[int, int],
    number: Mapping[int, int],
) -> tuple[tuple[Share, ...], dict[str, tuple[Rule, str]]]:  # fmt: skip
    """What the structure asks of these lists, where a number of it is in force."""
    found: list[Share] = []
    rules: dict[str, tuple[Rule, str]] = {}
    for rule in ruled.rules.rules:
        if rule.kind not in ("share", "some", "bands") or not rule.active:
            continue
        wanted = ruled.numbers.get(rule.least) if rule.least else 1
        parts = bands if rule.kind == "bands" else [("", marks[rule.code])] if rule.code in marks else []
        for asked in groups(rule, lists, empty=True) if wanted is not None else ():
            for part, said in parts:
                code = f"{rule.code}/{part}/{asked[0].key if len(asked) == 1 else ''}"
                carried = tuple(said.get(person) for person in place)
                least = Fraction(wanted) / 100 if rule.kind == "share" else int(wanted)  # type: ignore[arg-type]
                slots = tuple(number[one.key] for one in asked)
                found.append(Share(code, rule.label, carried, least, slots, "share" if rule.kind == "share" else "count"))
                rules[code] = rule, part
    return tuple(found), rules
