"""What the papers of one unit print, read once: its people with posts and months, the log of its meetings as it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from canbo.cases.models import Case, CaseEntry
from canbo.cases.rules import standing_entries, steps_of
from canbo.documents.paper import PARTY, STATE, Letterhead, Paragraph, Signature
from canbo.dossier.models import Holding
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.model import Step
from canbo.engine.ratings.model import GRADES, NOT_RATED, Regime
from canbo.evaluation.held import CASES, QuotaLine, group_of, lines_of
from canbo.evaluation.models import Campaign, CampaignUnit, Evaluation, TrackedMonth, UnitRegulation
from canbo.evaluation.periods import months_in, period_of
from canbo.evaluation.words import grade_name, period_label, regime_label, regime_of
from canbo.kernel.actors import Scope
from canbo.kernel.numbers import decimal_text
from canbo.organization.issuing import is_committee, place_of, superior_of
from canbo.organization.models import Unit

DOTS = "…" * 31
SHORT = "…" * 12
BEST_FIRST = (*reversed(GRADES), NOT_RATED)
HEAD = ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)


@dataclass(frozen=True)
class Meeting:
    """A unit's case as its log stands: entries of steps sent back do not count. `names`: person → CaseName."""

    case: Case
    steps: tuple[Step, ...]
    entries: Mapping[tuple[str, str], CaseEntry]  # (step, duty) → the entry that stands
    names: Mapping[int, int]

    def entry(self, duty: str) -> CaseEntry | None:
        """The entry of the first step that has this duty."""
        return next((self.entries[step.code, duty] for step in self.steps if (step.code, duty) in self.entries), None)

    def step(self, duty: str) -> Step | None:
        return next((step for step in self.steps if duty in step.duties), None)


@dataclass(frozen=True)
class Held:
    """One unit of a campaign. `months`, `posts` by person; `meetings` by group; the law of the day of rating."""

    unit: CampaignUnit
    rows: tuple[Evaluation, ...]
    laws: LawSet
    scope: Scope
    posts: Mapping[int, str]
    months: Mapping[int, list[TrackedMonth]]
    meetings: Mapping[str, Meeting]
    most_points: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # regime → line → points of the unit's own regulation

    @property
    def campaign(self) -> Campaign:
        return self.unit.campaign

    @property
    def period(self) -> str:
        return period_label(self.campaign.period_kind, self.campaign.period)

    @property
    def wanted_months(self) -> list[str]:
        return months_in(period_of(self.campaign.period_kind, self.campaign.period))

    def regime(self, row: Evaluation) -> Regime | None:
        return regime_of(self.laws, row.regime, self.campaign.rated_on)

    def rests_on(self, row: Evaluation) -> tuple[str, str]:
        """(`công chức`, `Nghị định 335/2025/NĐ-CP`): whom the regime rates and by which document."""
        label, document = regime_label(self.laws, row.regime, self.campaign.rated_on)
        return label.removeprefix("Đánh giá, xếp loại "), document

    def grade(self, row: Evaluation, grade: str) -> str:
        return grade_name(grade, self.regime(row))

    def of_role(self, role: str) -> list[Evaluation]:
        return [row for row in self.rows if group_of(row) == role]

    @property
    def documents(self) -> list[str]:
        """Documents the regimes of these people rest on, each once."""
        return list(dict.fromkeys(filter(None, (self.rests_on(row)[1] for row in self.rows))))

    @property
    def quotas(self) -> list[QuotaLine]:
        return lines_of(self.rows, laws=self.laws, on=self.campaign.rated_on, grades={})


def held(*, unit: CampaignUnit, rows: Iterable[Evaluation], laws: LawSet, scope: Scope) -> Held:
    """From rows that were read within this scope; five queries for any number of people, two more for each meeting."""
    found, on = tuple(rows), unit.campaign.rated_on
    people, wanted = [row.person_id for row in found], months_in(period_of(unit.campaign.period_kind, unit.campaign.period))
    months: dict[int, list[TrackedMonth]] = {}
    for month in TrackedMonth.objects.filter(person__in=people, month__in=wanted).select_related("unit").order_by("month", "pk"):
        months.setdefault(month.person_id, []).append(month)
    regulations = UnitRegulation.objects.filter(unit=unit.unit_id, year=on.year)
    meetings = {group: _meeting(case) for group, column in CASES.items() if (case := getattr(unit, column)) is not None}
    return Held(unit, found, laws, scope, posts_of(people, on), months, meetings, {row.regime: row.points for row in regulations})


def posts_of(people: Iterable[int], on: date) -> dict[int, str]:
    """The main post of each person on the day, as written or by its title; one query."""
    held: dict[int, tuple[tuple[int, int], str]] = {}
    for row in Holding.objects.holding(on).filter(person__in=list(people)).exclude(kind="concurrent").select_related("title"):
        rank = (row.title.protocol_order if row.title else 9999, row.pk)
        if row.person_id not in held or rank < held[row.person_id][0]:
            held[row.person_id] = rank, row.title_text or (row.title.name if row.title else "")
    return {person: text for person, (_, text) in held.items()}


def _meeting(case: Case) -> Meeting:
    return Meeting(case, steps_of(case).steps, standing_entries(case), {row.person_id: row.pk for row in case.names.all() if row.person_id})


# --- pieces of papers


def letterhead(of: Unit, campaign: Campaign, *, number: str = "", on: date | None = None, symbol: str = "") -> Letterhead:
    """The unit under the one above it, in the layout of its side."""
    return Letterhead(side_of(of, campaign), of.name, superior_of(of), place_of(of), on, number, symbol)


def side_of(of: Unit, campaign: Campaign) -> str:
    """The side of its block; Party members are rated on the side of the Party."""
    return PARTY if of.block == "dang" or campaign.capacity == "party" else STATE


def head_of(of: Unit, campaign: Campaign) -> tuple[str, ...]:
    """Who signs, as far as the records tell: a Party committee's papers are signed on its behalf."""
    return ("T/M CẤP ỦY",) if side_of(of, campaign) == PARTY and is_committee(of) else HEAD


def kept_at(of: Unit, campaign: Campaign, *also: str) -> str:
    """The last line of `Nơi nhận`, in the words of its side."""
    opening = "Lưu Văn phòng" if side_of(of, campaign) == PARTY else "Lưu: VT"
    return ", ".join((opening, *also))


def grounds(texts: Sequence[str], of: Unit, campaign: Campaign) -> list[Paragraph]:
    """What a decision rests on: in italics, by the Party upright after dashes."""
    party = side_of(of, campaign) == PARTY
    return [Paragraph(f"- {text}" if party else text, italic=not party, space_after=3) for text in texts]


def line(label: str, value: str = "", *, dots: str = SHORT) -> Paragraph:
    """`Nhãn: giá trị`, or dots to be written on."""
    return Paragraph(f"{label}: {value.strip() or dots}", align="left", indent=False, space_after=3)


def written(text: str, lines: int = 3) -> list[Paragraph]:
    """A text as it was written, paragraph by paragraph; empty lines to write on where there is none."""
    if not text.strip():
        return [Paragraph(DOTS, indent=False, space_after=3)] * lines
    return [Paragraph(part.strip(), space_after=3) for part in text.splitlines() if part.strip()]


def day_text(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else "……/……/………"


def score_text(score: Decimal | None) -> str:
    return "" if score is None else decimal_text(score)


def date_of(said: Any) -> date | None:
    """A day as the log keeps it."""
    return date.fromisoformat(said) if isinstance(said, str) and said else None


def signed(*lines: str, name: str = "", note: str = "(Ký, ghi rõ họ tên)") -> Signature:
    return Signature(tuple(lines) or HEAD, name, note)


__all__ = [
    "BEST_FIRST",
    "DOTS",
    "SHORT",
    "Held",
    "Meeting",
    "date_of",
    "day_text",
    "grounds",
    "head_of",
    "held",
    "kept_at",
    "letterhead",
    "line",
    "posts_of",
    "score_text",
    "side_of",
    "signed",
    "written",
]  # fmt: skip
