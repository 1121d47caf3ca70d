"""A commune's division to be rated in 2026: its head, two officials, one who came in May, one whose kind nobody knows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from canbo.audit.changes import keyring
from canbo.dossier.models import Employment, Holding
from canbo.engine.law.model import LawSet
from canbo.evaluation.campaigns import Opened, Opening, open_campaign
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.tracking import Month, record_months
from canbo.organization.models import Title
from canbo.snapshot.store import load
from tests.cases.world import laws
from tests.dossier.world import person, unit

AT = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
ON = date(2026, 12, 7)
FULL = {"1.a": "5", "1.b": "5", **dict.fromkeys(("2.a", "2.b", "2.c", "2.d", "3.a", "3.b", "3.c", "3.d"), "2.5")}
STAFF, LEADER = ("a", "b", "c"), ("a", "b", "c", "d", "dd", "e")


@dataclass
class Division:
    """The unit, its people by name, and the campaign opened for it."""

    province: int
    home: int
    people: dict[str, int]
    opened: Opened
    who: dict[str, Any]

    @property
    def unit(self) -> CampaignUnit:
        return CampaignUnit.objects.get(campaign=self.opened.campaign)

    def of(self, name: str) -> Evaluation:
        return Evaluation.objects.get(campaign_unit__campaign=self.opened.campaign, person=self.people[name])


def official(name: str, home: Any, *, start: str = "2010", kind: str = "cong-chuc", title: Title | None = None) -> int:
    made = person(name)
    Employment.objects.create(person=made, unit=home, start=start, staff_kind=kind)
    if title is not None:
        Holding.objects.create(person=made, unit=home, title=title, start="2020")
    return made.pk


def division(who: dict[str, Any], *, others: int = 2, law: LawSet | None = None, units: int = 1) -> Division:
    above = unit("T")
    home = unit("P", above)
    head = Title.objects.create(code="truong-phong-vhxh-xa", name="Trưởng phòng Văn hóa – Xã hội")
    people = {"An": official("Lò Thị An", home, title=head)}
    for number in range(others):
        people[f"Bình {number}"] = official(f"Vàng Văn Bình {number}", home)
    people["Chi"] = official("Hà Thị Chi", home, start="2026-05")
    people["Dũng"] = official("Mùa A Dũng", home, kind="")
    opening = Opening(
        unit=above.pk, name="Đánh giá năm 2026", units=[home.pk], period_kind="year", period="2026", opened_on=ON,
        deadline=date(2026, 12, 14), order="Kế hoạch 12/KH-UBND",
    )  # fmt: skip
    opened = open_campaign(opening=opening, laws=law or laws(), snapshot=load(keyring()), **who)
    return Division(above.pk, home.pk, people, opened, who)


def month(person: int, number: int, *, ratio: str = "1", points: dict[str, str] | None = None, leader: bool = False) -> Month:
    ratios = {code: Fraction(ratio) if code in STAFF else Fraction(1) for code in (LEADER if leader else STAFF)}
    given = {code: Decimal(text) for code, text in (points or FULL).items()}
    return Month(person, f"2026-{number:02}", given, ratios, "leader" if leader else "staff")


def score_all(made: Division, ratios: dict[str, str], *, months: int = 12) -> None:
    """The same month, over and over, for each person named."""
    told = [
        month(made.people[name], number, ratio=ratio, leader=name == "An")
        for name, ratio in ratios.items() for number in range(13 - months, 13)
    ]  # fmt: skip
    record_months(unit=made.home, regime="cong-chuc", months=told, laws=laws(), **made.who)
