"""Reviews kept: what was found, when, by which law – and what changed since the one before, with its cause."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from canbo.assess.models import Review, ReviewLine
from canbo.assess.verdicts import AssessReport
from canbo.audit.changes import act
from canbo.engine.law.conditions import needed
from canbo.engine.law.verdicts import VERDICTS, Plan
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.numbers import percent_text, thousands

CHUNK = 2000
AGEING = frozenset({"age", "months_left", "retires_on"})  # facts that change with the day alone


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that is another one now. `cause`: quy định mới, tuổi, or giấy tờ mới."""

    key: int
    title: str
    standard: str
    before: str
    after: str
    cause: str

    @property
    def kind(self) -> str:
        """`met` (newly meets), `lost` (no longer meets), or `other`."""
        return "met" if self.after == "yes" else "lost" if self.before == "yes" else "other"


LINE = ("person_key", "title", "standard", "version", "verdict", "failed", "unknown")
NONE: frozenset[str] = frozenset()


class Line(NamedTuple):
    """One person against one title as a kept review has it."""

    key: int
    title: str
    standard: str
    version: str
    verdict: str
    failed: str
    unknown: str


class Compared(NamedTuple):
    """Verdicts that are others now, lines only the later review has, lines only the earlier one has."""

    changes: tuple[Change, ...]
    come: tuple[Line, ...]
    gone: tuple[Line, ...]


def save_review(*, report: AssessReport, unit: int | None, laws: str, actor: Actor, scope: Scope, at: datetime) -> Review:
    """Keep a report. About 2 s for 20,000 lines; the lines are inside the act's transaction, the log names the review."""
    _require_unit(unit, scope)
    request = report.request
    with act(actor=actor, action="standards.read", at=at, reason=f"lưu rà soát {request.title}") as log:
        review = Review.objects.create(
            unit_id=unit, title=request.title, purpose=request.purpose, where=request.where, on=request.on, overlay=request.overlay,
            groups=" ".join(sorted(report.groups)), laws=laws, seq=report.seq, counts=dict(report.counts), user=actor.user, created_at=at,
        )  # fmt: skip
        log.inserted(review)
        lines = [
            ReviewLine(
                review=review, person_key=row.key, title=row.title, standard=row.standard, version=row.version, verdict=row.verdict,
                failed=" ".join(row.failed), unknown=" ".join(row.unknown),
            )
            for row in report.rows
        ]  # fmt: skip
        ReviewLine.objects.bulk_create(lines, batch_size=CHUNK)
    return review


def _require_unit(unit: int | None, scope: Scope) -> None:
    if not (scope.units is None if unit is None else scope.sees_unit(unit)):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")


def reviews(*, actor: Actor, scope: Scope) -> list[Review]:
    """Kept reviews of units of the scope, newest first; one that read a group the reader does not see is not there."""
    rows = Review.objects.select_related("unit").order_by("-created_at", "-pk")
    if not actor.may("standards.read"):
        return []
    seen = rows if scope.units is None else rows.filter(unit__in=scope.units)
    return [review for review in seen if all(scope.sees_group(group) for group in review.groups.split())]


def review_before(*, review: Review, actor: Actor, scope: Scope) -> Review | None:
    """The last one of the same question kept before it."""
    return next(
        (r for r in reviews(actor=actor, scope=scope) if _question(r) == _question(review) and _made(r) < _made(review)), None
    )


def _question(review: Review) -> tuple[int | None, str, str, str, str]:
    return review.unit_id, review.title, review.purpose, review.where, review.overlay


def _made(review: Review) -> tuple[datetime, int]:
    return review.created_at, review.pk


def compare(*, before: Review, after: Review, ageing: Mapping[str, frozenset[str]], actor: Actor, scope: Scope) -> Compared:
    """What the later of two kept reviews says otherwise. `ageing`: standard → its criteria that the day alone decides.

    Under 0.1 s for 20,000 lines in each.
    """
    for review in (before, after):
        _require_unit(review.unit_id, scope)
    rows = [tuple(review.lines.values_list(*LINE)) for review in (before, after)]
    # Most lines are the same in both; only the others are looked at one by one.
    old, new = (_differing(mine, theirs) for mine, theirs in (rows, reversed(rows)))
    same_day = before.on == after.on
    changes = [
        Change(now.key, now.title, now.standard, was.verdict, now.verdict, _cause(was, now, ageing.get(now.standard, NONE), same_day))
        for place, now in new.items() if (was := old.get(place)) is not None and was.verdict != now.verdict
    ]  # fmt: skip
    come = tuple(line for place, line in new.items() if place not in old)
    return Compared(tuple(changes), come, tuple(line for place, line in old.items() if place not in new))


def _differing(mine: Sequence[tuple[Any, ...]], theirs: Sequence[tuple[Any, ...]]) -> dict[tuple[int, str, str], Line]:
    """Lines of one review that the other has not or has otherwise, by person, title and standard."""
    return {row[:3]: Line(*row) for row in sorted(set(mine).difference(theirs))}


def _cause(was: Line, now: Line, ageing: frozenset[str], same_day: bool) -> str:
    if was.version != now.version:
        return "quy định mới"
    moved = set(was.failed.split()) ^ set(now.failed.split()) | set(was.unknown.split()) ^ set(now.unknown.split())
    return "tuổi" if moved and moved <= ageing and not same_day else "giấy tờ mới"


def ageing_criteria(plans: Iterable[Plan]) -> dict[str, frozenset[str]]:
    """Criteria whose facts change with the day alone."""
    return {
        plan.standard.code: frozenset(c.code for c, found in plan.criteria if needed({"require": found["require"]}) <= AGEING)
        for plan in plans
    }


# --- what is missing, by title and unit


@dataclass(frozen=True, slots=True)
class Gap:
    """How many people of a unit lack one criterion of a standard."""

    unit: int | None
    title: str
    standard: str
    criterion: str
    label: str
    failed: tuple[int, ...]
    unknown: tuple[int, ...]


def gaps(report: AssessReport, units: Mapping[int, int | None]) -> list[Gap]:
    """Gaps by unit, title, criterion, the most first; `units`: person → unit of the day."""
    lacking: dict[tuple[int | None, str, str, str, str], tuple[list[int], list[int]]] = {}
    for row in report.rows:
        for codes, place in ((row.failed, 0), (row.unknown, 1)):
            for code in codes:
                key = (units.get(row.key), row.title, row.standard, row.overlay, code)
                lacking.setdefault(key, ([], []))[place].append(row.key)
    labels = {key: {c.code: c.label for c, _ in plan.criteria} for key, plan in report.plans.items()}
    found = [
        Gap(unit, title, standard, code, labels[standard, overlay][code], tuple(failed), tuple(unknown))
        for (unit, title, standard, overlay, code), (failed, unknown) in lacking.items()
    ]
    return sorted(found, key=lambda gap: (-len(gap.failed) - len(gap.unknown), gap.title, gap.criterion, gap.unit or 0))


def crossing(now: AssessReport, later: AssessReport) -> list[tuple[int, str, str, str, str]]:
    """(person, title, standard, verdict now, verdict at the coming day) where the two differ: papers as of today, age as of then."""
    then = {(row.key, row.title, row.standard): row.verdict for row in later.rows}
    return [
        (row.key, row.title, row.standard, row.verdict, then[row.key, row.title, row.standard])
        for row in now.rows
        if then.get((row.key, row.title, row.standard), row.verdict) != row.verdict
    ]


def as_text(report: AssessReport, *, scope_name: str) -> tuple[str, ...]:
    """The paragraphs of a review report; every figure with its denominator."""
    of, counts = len(report.rows), report.counts
    people = len({row.key for row in report.rows})
    first = (
        f"Tính đến ngày {_day(report.request.on)}, {scope_name} có {thousands(people)} người được rà soát"
        f" với {thousands(of)} lượt chức danh."
    )
    said = [
        f"{label} {thousands(counts[verdict])}/{thousands(of)} lượt ({percent_text(counts[verdict], of)})"
        for verdict, label in VERDICTS.items()
        if counts[verdict]
    ]
    lacks = Counter(label for gap in gaps(report, {}) for label in [gap.label] * len(gap.failed))
    missing = [f"{label}: {thousands(n)} lượt" for label, n in lacks.most_common()]
    return (first, "; ".join(said) + "." if said else "", f"Nội dung chưa đạt: {'; '.join(missing)}." if missing else "")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


__all__ = [
    "Change", "Compared", "Gap", "Line", "ageing_criteria", "as_text", "compare", "crossing", "gaps", "review_before", "reviews",
    "save_review",
]  # fmt: skip
