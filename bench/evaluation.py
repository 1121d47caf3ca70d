"""A campaign of 60 units and 6,000 people through the services: opened, filled, decided, closed and reported."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bench.record import Figure, at_most, plain
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import law_in_force
from canbo.audit.changes import keyring
from canbo.cases.changes import Secrecy
from canbo.dossier.models import Employment, Person, Rating
from canbo.engine.procedures.replay import Entry
from canbo.engine.ratings.model import EXCELLENT, GOOD
from canbo.evaluation.campaigns import Opening, close_campaign, open_campaign
from canbo.evaluation.deciding import send_results, start_meetings, take_evaluation_step
from canbo.evaluation.models import Campaign, CampaignUnit
from canbo.evaluation.queries import evaluations_of, progress, quota_of, summary_of
from canbo.evaluation.rating import propose
from canbo.evaluation.tracking import Month, record_months
from canbo.organization.models import Unit
from canbo.snapshot.store import load

UNITS, PEOPLE = 60, 100
ABOVE = "bench-danh-gia"
ON, AT = date(2026, 12, 7), datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
WHO: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
READ: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
LINES = {"1.a": 5, "1.b": 5, **{code: Decimal("2.5") for code in ("2.a", "2.b", "2.c", "2.d", "3.a", "3.b", "3.c", "3.d")}}
POINTS = {code: Decimal(points) for code, points in LINES.items()}


def campaign() -> Iterator[Figure]:
    province, units = people_of_the_campaign()
    laws = law_in_force(None).central
    opening = Opening(
        unit=province, name="Đánh giá năm 2026", units=units, period_kind="year", period="2026", opened_on=ON, deadline=date(2026, 12, 14)
    )
    snapshot = load(keyring())
    spent, opened = timed(lambda: open_campaign(opening=opening, laws=laws, snapshot=snapshot, **WHO))
    if opened.rated != UNITS * PEOPLE:
        raise AssertionError(f"{opened.rated} people rated, not {UNITS * PEOPLE}")
    yield at_most("campaign opened", spent, "s", 10, note=f"{UNITS} units, {opened.rated} people")
    rows = list(CampaignUnit.objects.filter(campaign=opened.campaign).order_by("pk"))
    yield plain("months tracked", timed(lambda: [track(row, laws) for row in rows])[0], "s", note=f"{12 * UNITS * PEOPLE} months")
    yield plain("grades proposed", timed(lambda: [propose(unit=row.pk, laws=laws, **WHO) for row in rows])[0], "s")
    yield plain("meetings and decisions", timed(lambda: [decide(row, laws) for row in rows])[0], "s", note="7 acts a unit")
    yield plain("results sent, campaign closed", timed(lambda: send(opened.campaign, rows))[0], "s")
    yield from reported(opened.campaign, laws)


def people_of_the_campaign() -> tuple[int, list[int]]:
    above = Unit.objects.create(code=ABOVE, name="Tỉnh đo")
    units = Unit.objects.bulk_create(Unit(code=f"bench-dg-{n}", name=f"Đơn vị {n}", parent=above) for n in range(UNITS))
    people = Person.objects.bulk_create(Person(full_name=f"Người {n}") for n in range(UNITS * PEOPLE))
    Employment.objects.bulk_create(
        Employment(person=person, unit=units[n % UNITS], start="2015", staff_kind="cong-chuc") for n, person in enumerate(people)
    )
    return above.pk, [unit.pk for unit in units]


def track(row: CampaignUnit, laws: Any) -> None:
    """Twelve months of everybody; one in seven does everything, the rest seven tenths."""
    told = []
    for place, found in enumerate(evaluations_of(unit=row, **READ)):
        ratio = Fraction(1) if place % 7 == 0 else Fraction(7, 10)
        told += [Month(found.person_id, f"2026-{n:02}", POINTS, dict.fromkeys("abc", ratio)) for n in range(1, 13)]
    record_months(unit=row.unit_id, regime="cong-chuc", months=told, laws=laws, **WHO)


def decide(row: CampaignUnit, laws: Any) -> None:
    secrecy = Secrecy("none", "Người đo", ON, "danh mục đã đối chiếu")
    [case] = start_meetings(unit=row.pk, on=ON, secrecy=secrecy, laws=laws, **WHO)
    names = list(case.names.values_list("pk", flat=True))
    people = evaluations_of(unit=row, **READ)
    grades = {one.pk: EXCELLENT if place % 7 == 0 else GOOD for place, one in enumerate(people)}
    entries = [
        Entry("tu-danh-gia", "submit", ON), Entry("hop", "convene", ON, {"convened": PEOPLE, "present": PEOPLE}),
        Entry("hop", "conclude", ON, {"names": names}), Entry("quyet-dinh", "decide", ON, {"names": names, "number": "20/QĐ"}),
        Entry("thong-bao", "notify", ON),
    ]  # fmt: skip
    for seen, entry in enumerate(entries):
        given = grades if entry.duty == "decide" else None
        take_evaluation_step(unit=row.pk, pk=case.pk, entry=entry, seen=seen, laws=laws, grades=given, **WHO)


def send(campaign: Campaign, rows: list[CampaignUnit]) -> None:
    for row in rows:
        send_results(unit=row.pk, on=ON, **WHO)
    close_campaign(pk=campaign.pk, on=ON, **WHO)


def reported(campaign: Campaign, laws: Any) -> Iterator[Figure]:
    campaign.refresh_from_db()
    summary = dict(summary_of(campaign=campaign, **READ))["Tổng cộng"]
    kept = Rating.objects.filter(grade=EXCELLENT, period="2026", unit__parent__code=ABOVE).count()
    if summary != {EXCELLENT: UNITS * 15, GOOD: UNITS * 85} or kept != UNITS * 15:
        raise AssertionError(f"reported {summary}, {kept} in the dossiers")
    yield at_most("progress of all units", timed(lambda: progress(campaign=campaign, on=ON, **READ))[0], "s", 0.2)
    yield at_most("summary by unit and grade", timed(lambda: summary_of(campaign=campaign, **READ))[0], "s", 0.2)
    one = CampaignUnit.objects.filter(campaign=campaign).first()
    yield at_most("ceiling meter of a unit", timed(lambda: quota_of(unit=one, laws=laws, **READ))[0], "s", 0.1)  # type: ignore[arg-type]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found
