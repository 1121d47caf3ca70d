"""A round of planning in 124 communes, ten titles each, 4,960 people in the plan: opened, reviewed, measured, decided."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bench.record import Figure, plain
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import Law, law_in_force
from canbo.audit.changes import keyring
from canbo.cases.changes import Secrecy
from canbo.cases.rules import state_of, steps_of
from canbo.dossier.models import DeclaredNone, Employment, Person, PlanEntry, Qualification, Rating
from canbo.engine.procedures.replay import Entry, due
from canbo.organization.models import Term, Title, Unit
from canbo.planning.deciding import start_cases, take_planning_step
from canbo.planning.lines import set_standing
from canbo.planning.models import Line, Round, Slate
from canbo.planning.numbers import meter_of
from canbo.planning.queries import lines, progress, slates
from canbo.planning.review import laws_at, proposals
from canbo.planning.rounds import Opening, Wanted, open_round
from canbo.snapshot.store import Snapshot, load

COMMUNES, EACH, TERM = 124, 4, "2025-2030"
TITLES = (
    "bi-thu-xa", "pho-bi-thu-thuong-truc-xa", "pho-bi-thu-xa", "chu-tich-hdnd-xa", "pho-chu-tich-hdnd-xa", "chu-tich-ubnd-xa",
    "pho-chu-tich-ubnd-xa", "uv-btv-xa", "truong-phong-kt-xa", "truong-phong-vhxh-xa",
)  # fmt: skip
PROVINCE = "tinh-19"  # of the generated folder: the example's local law is its own
ON, AT = date(2026, 11, 20), datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
READ: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
WHO: dict[str, Any] = {**READ, "at": AT}


def planning() -> Iterator[Figure]:
    communes = people_of_the_round()
    law, snapshot = law_in_force(None), load(keyring())
    opening = Opening(
        unit=Unit.objects.get(code=PROVINCE).pk, name="Rà soát 2026", units=communes, opened_on=ON, deadline=date(2026, 12, 31), on=ON,
        wanted=[Wanted(title, TERM, "current", ON) for title in TITLES], bands=(40, 45),
    )  # fmt: skip
    wall, cpu, made = timed(lambda: open_round(opening=opening, snapshot=snapshot, **WHO))
    found, rows = listed(made)
    people = sum(map(len, rows.values()))
    if (len(found), people) != (COMMUNES * len(TITLES), COMMUNES * len(TITLES) * EACH):
        raise AssertionError(f"{len(found)} lists, {people} people")
    yield from spent("round opened", wall, cpu, f"{len(found)} lists, {people} people")
    yield from spent("lists read", *timed(lambda: listed(made))[:2])
    yield from reviewed(found, rows, law, snapshot)
    yield from spent("meter of every commune", *timed(lambda: measured(found, rows, law, snapshot))[:2])
    yield from spent("progress of the round", *timed(lambda: progress(round=made, on=ON, **READ))[:2])
    yield from decided(found, rows, law, snapshot)


def people_of_the_round() -> list[int]:
    """Communes under the province and people who stand in their plans, with the papers a review asks for."""
    above = Unit.objects.get(code=PROVINCE)
    communes = Unit.objects.bulk_create(
        Unit(code=f"bench-qh-{n}", name=f"Xã đo {n}", level="xa", kind="xa", parent=above, start="2025-07-01") for n in range(COMMUNES)
    )
    many = COMMUNES * len(TITLES) * EACH
    people = Person.objects.bulk_create(
        Person(full_name=f"Người {n}", sex="nu" if n % 3 == 0 else "nam", birth=f"{1966 + n % 27}-{1 + n % 12:02}-05") for n in range(many)
    )
    home = [communes[n // (many // COMMUNES)] for n in range(many)]
    for model, values in (
        (Employment, {"start": "2025-07-01", "staff_kind": "cong-chuc"}), (Qualification, {"kind": "chuyen-mon", "level": "dai-hoc"}),
        (Qualification, {"kind": "llct", "level": "cao-cap"}), (DeclaredNone, {"kind": "discipline", "known_from": "2025-07-01"}),
        (Rating, {"period": "2025", "period_kind": "year", "capacity": "official", "grade": "hoan-thanh-tot"}),
    ):  # fmt: skip
        placed = model is Employment
        model.objects.bulk_create(  # type: ignore[attr-defined]
            model(person=person, **values, **({"unit": home[n]} if placed else {})) for n, person in enumerate(people)
        )
    titles, term = {row.code: row for row in Title.objects.all()}, Term.objects.get(code=TERM)
    PlanEntry.objects.bulk_create(
        PlanEntry(person=person, unit=home[n], title=titles[TITLES[n // EACH % len(TITLES)]], term=term, start="2025-12-01")
        for n, person in enumerate(people)
    )
    return [commune.pk for commune in communes]


def listed(made: Round) -> tuple[list[Slate], dict[int, list[Line]]]:
    found = slates(round=made, **READ)
    return found, lines(slates=found, **READ)


def reviewed(found: list[Slate], rows: dict[int, list[Line]], law: Law, snapshot: Snapshot) -> Iterator[Figure]:
    def review(**more: bool) -> Any:
        return proposals(slates=found, lines=rows, law=law, snapshot=snapshot, **more, **READ)

    wall, cpu, made = timed(review)
    leaving = sum(one.says == "remove" for group in made.values() for one in group)
    yield from spent("review of everybody, first", wall, cpu, f"{leaving} proposed to leave")
    yield from spent("review of everybody, again", *timed(review)[:2])
    yield from spent("review with its records", *timed(lambda: review(sources=True))[:2])


def measured(found: list[Slate], rows: dict[int, list[Line]], law: Law, snapshot: Snapshot) -> int:
    count = 0
    for home in dict.fromkeys(one.home_id for one in found):
        own = [one for one in found if one.home_id == home]
        laws = laws_at(own[0].home.unit_id, law, snapshot)
        for _, readings in meter_of(
            slates=own, lines=rows, laws=laws, on=ON, bands=own[0].home.round.bands, snapshot=snapshot, scope=READ["scope"]
        ):
            count += len(readings)
    return count


def decided(found: Sequence[Slate], rows: dict[int, list[Line]], law: Law, snapshot: Snapshot) -> Iterator[Figure]:
    """In every commune one list loses one person, from the case's opening to its decision."""
    chosen = [one for one in found if one.title.code == TITLES[0]]
    wall, cpu, _ = timed(lambda: [_decide(one, rows[one.pk][0], law, snapshot) for one in chosen])
    ended = PlanEntry.objects.filter(unit__code__startswith="bench-qh-", end__isnull=False).count()
    if ended != len(chosen):
        raise AssertionError(f"{ended} entries ended, not {len(chosen)}")
    yield from spent("cases carried to their decision", wall, cpu, f"{len(chosen)} cases, {wall / len(chosen):.2f} s each")


def _decide(slate: Slate, line: Line, law: Law, snapshot: Snapshot) -> None:
    asked = {"law": law, "snapshot": snapshot, **WHO}
    set_standing(pk=line.pk, standing="remove", ground="Đo", document="", **asked)
    secrecy = Secrecy("none", "Người đo", ON, "danh mục đã đối chiếu")
    [case] = start_cases(pk=slate.pk, procedure="tai-cho", on=ON, secrecy=secrecy, basis="", **asked)
    names = list(case.names.values_list("pk", flat=True))
    data = {
        "convene": {"convened": 9, "present": 9, "members": 9}, "conclude": {"names": names},
        "decide": {"names": names, "refused": {}, "number": "1-QĐ/TU"},
    }  # fmt: skip
    seen = 0
    while now := due(steps_of(case), state_of(case)):
        step, duty = now
        entry = Entry(step.code, duty, ON, data.get(duty, {}))
        take_planning_step(slate_pk=slate.pk, pk=case.pk, entry=entry, seen=seen, **asked)
        seen += 1
        if duty == "decide":
            return


def spent(figure: str, wall: float, cpu: float, note: str = "") -> Iterator[Figure]:
    yield plain(figure, wall, "s", note=note)
    yield plain(f"{figure}, processor", cpu, "s")


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    began, used = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - began, time.process_time() - used, found
