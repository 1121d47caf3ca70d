"""A province and one commune of the example overlay, and people whose papers say everything planning asks."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from canbo.assess.law_sets import EXAMPLES, Law, read_laws
from canbo.audit.changes import keyring
from canbo.cases.models import Case, CaseEntry
from canbo.dossier.models import DeclaredNone, Employment, Holding, PlanEntry, Qualification, Rating
from canbo.engine.law.loader import CENTRAL
from canbo.engine.procedures.replay import Entry, State
from canbo.organization.models import Term, Title, Unit
from canbo.planning.deciding import take_planning_step
from canbo.planning.models import Line, Round, Slate
from canbo.planning.rounds import Opening, Wanted, open_round
from canbo.snapshot.store import load
from tests.cases.world import BOARD, not_secret
from tests.dossier.world import person

AT = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)
ON = date(2026, 6, 15)
NEXT, NOW = "2031-2036", "2026-2031"
AGE_ON = {NEXT: date(2031, 3, 1), NOW: ON}
TITLES = {
    "chu-tich-ubnd-xa": ("Chủ tịch UBND xã", "xa"), "pho-chu-tich-ubnd-xa": ("Phó Chủ tịch UBND xã", "xa"),
    "chu-tich-hdnd-xa": ("Chủ tịch HĐND xã", "xa"), "pho-chu-tich-hdnd-xa": ("Phó Chủ tịch HĐND xã", "xa"),
    "uv-bch-xa": ("Ủy viên Ban Chấp hành Đảng bộ xã", "xa"), "chuyen-vien-xa": ("Chuyên viên", "xa"),
}  # fmt: skip


@cache
def law() -> Law:
    """The shipped law with the example province laid over: the centre leaves numbers and procedures after 08/10/2025 to it."""
    return Law(read_laws([CENTRAL], run_cases=False), (read_laws([CENTRAL, EXAMPLES / "vi-du-tinh"], run_cases=False),))


class World:
    """The places, and short ways to fill them."""

    def __init__(self, who: dict[str, Any]) -> None:
        self.who = who
        self.province = Unit.objects.create(code="tinh-19", name="Tỉnh T", level="tinh")
        self.home = Unit.objects.create(code="xa-1", name="Xã A", level="xa", parent=self.province)
        self.terms = {
            code: Term.objects.create(code=code, side="nha-nuoc", start=code[:4], end=code[5:]) for code in (NOW, NEXT)
        }
        self.titles = {
            code: Title.objects.create(code=code, name=name, level=level, protocol_order=order)
            for order, (code, (name, level)) in enumerate(TITLES.items())
        }

    def official(self, name: str, *, birth: str = "1988-05-10", sex: str = "nam", title: str = "chuyen-vien-xa", **more: Any) -> int:
        """In service at the commune, degree and theory above what is asked, two good years, no discipline."""
        made = person(name, birth=birth, sex=sex, **more)
        Employment.objects.create(person=made, unit=self.home, start="2010", staff_kind="cong-chuc")
        Holding.objects.create(person=made, unit=self.home, title=self.titles[title], start="2015")
        for kind, level in (("chuyen-mon", "dai-hoc"), ("llct", "cao-cap"), ("qlnn", "chuyen-vien-chinh")):
            Qualification.objects.create(person=made, kind=kind, level=level, obtained="2014")
        for year in ("2024", "2025"):
            Rating.objects.create(person=made, period=year, grade="hoan-thanh-tot", period_kind="year", capacity="official")
        DeclaredNone.objects.create(person=made, kind="discipline", known_from="2015-01-01")
        return made.pk

    def planned(self, person: int, *, title: str = "pho-chu-tich-ubnd-xa", term: str = NEXT, start: str = "2025-12-01") -> PlanEntry:
        return PlanEntry.objects.create(
            person_id=person, title=self.titles[title], unit=self.home, term=self.terms[term], start=start, ground_in="QĐ 12-QĐ/TU",
        )

    def round(self, *wanted: tuple[str, str, str], on: date = ON) -> Round:
        """(title, term, kind) each."""
        opening = Opening(
            unit=self.province.pk, name="Rà soát quy hoạch năm 2026", units=[self.home.pk], opened_on=on, deadline=date(2026, 12, 31),
            wanted=[Wanted(title, term, kind, AGE_ON[term]) for title, term, kind in wanted], on=on, order="Kế hoạch 5-KH/TU",
            bands=(40, 45),
        )  # fmt: skip
        return open_round(opening=opening, snapshot=load(keyring()), **self.who)

    def asked(self) -> dict[str, Any]:
        """What most calls take beside their own: law, snapshot of now, who, when."""
        return {"law": law(), "snapshot": load(keyring()), **self.who}

    def line(self, slate: Slate, person: int) -> Line:
        return Line.objects.get(slate=slate, person=person)


class Walk:
    """One slate's case, step by step through its own mechanism."""

    def __init__(self, world: World, slate: Slate, case: Case, on: date = ON) -> None:
        self.world, self.slate, self.case, self.on = world, slate, case, on

    @property
    def names(self) -> dict[int | None, int]:
        return {row.person_id: row.pk for row in self.case.names.all()}

    def take(self, step: str, duty: str, **data: Any) -> State:
        seen = CaseEntry.objects.filter(case=self.case).count()
        entry = Entry(step, duty, self.on, data)
        return take_planning_step(slate_pk=self.slate.pk, pk=self.case.pk, entry=entry, seen=seen, **self.world.asked())

    def vote(self, step: str, votes: dict[int, int], *, present: int = 12) -> State:
        self.take(step, "convene", convened=present, present=present, members=present)
        paper = {
            "issued": present, "collected": present, "valid": present, "board": BOARD,
            "votes": {self.names[person]: n for person, n in votes.items()},
        }  # fmt: skip
        self.take(step, "count", **paper)
        return self.take(step, "recount", **paper)

    def to_submission(self, people: list[int]) -> None:
        """The five steps inside the unit, everybody with all votes."""
        self.take("b1", "submit")
        self.take("b2", "convene", convened=9, present=9, members=9)
        self.take("b2", "conclude", names=[self.names[one] for one in people])
        for step in ("b3", "b4", "b5"):
            self.vote(step, dict.fromkeys(people, 12 if step != "b5" else 9), present=12 if step != "b5" else 9)

    def appraise(self, people: list[int]) -> None:
        self.receive()
        self.case.refresh_from_db()
        if self.case.step == "tiep-nhan":
            self.take("tiep-nhan", "submit")
        self.take("tham-dinh", "opinion", kind="cơ quan, tổ chức liên quan", body="UBKT Tỉnh ủy", number="3-CV", dated=self.on,
                  conclusion="nhất trí")  # fmt: skip
        self.take("tham-dinh", "conclude", names=[self.names[one] for one in people])

    def receive(self) -> None:
        """The level above writes down the day, where that was not done for the whole unit."""
        self.case.refresh_from_db()
        if self.case.step == "tiep-nhan":
            self.take("tiep-nhan", "submit")

    def decide(self, people: list[int], refused: dict[int, str] | None = None, number: str = "40-QĐ/TU") -> State:
        return self.take(
            "quyet-dinh", "decide", names=[self.names[one] for one in people], number=number,
            refused={self.names[one]: why for one, why in (refused or {}).items()},
        )


SECRECY = not_secret(ON)
