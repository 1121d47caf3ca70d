"""What is missing, by unit, title and criterion – and for the people behind a number what would make it "Đạt"."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import polars as pl

from canbo.assess.cells import texts
from canbo.assess.law_sets import TITLE_LISTS, Law
from canbo.assess.placing import Placing
from canbo.assess.reviews import gaps
from canbo.assess.verdicts import AssessReport, AssessRow
from canbo.engine.codelists import load_codelist
from canbo.engine.law.model import Cite, LawSet
from canbo.engine.law.verdicts import needs_of
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot


@dataclass(frozen=True, slots=True)
class GapLine:
    """One criterion for one title in one unit: of `judged` people those who fail it and those whose papers are missing.

    `unit` None = the whole scope; `overlay` is the local law judged by, "" = central law alone.
    """

    unit: int | None
    title: str
    standard: str
    overlay: str
    criterion: str
    label: str
    cite: Cite
    fixable: bool
    judged: int
    failed: tuple[int, ...]
    unknown: tuple[int, ...]

    def keys(self, mark: str) -> tuple[int, ...]:
        """The people behind one number: `no`, `unknown`, else both."""
        return {"no": self.failed, "unknown": self.unknown}.get(mark, self.failed + self.unknown)


def gap_lines(report: AssessReport, placed: Placing) -> list[GapLine]:
    """The whole scope first, then unit by unit in the order of the tree; titles in protocol order, criteria as the law has them."""
    order = {(*key, c.code): n for key, plan in report.plans.items() for n, (c, _) in enumerate(plan.criteria)}
    titles = title_places()

    def place(line: GapLine) -> tuple[object, ...]:
        own = order[line.standard, line.overlay, line.criterion]
        return placed.place(line.unit), titles.get(line.title, len(titles)), line.title, line.standard, line.overlay, own

    by_unit = list(_lines(report, placed.of_person))
    return sorted((*_whole(by_unit, report), *by_unit), key=place)


def _lines(report: AssessReport, units: Mapping[int, int]) -> Iterator[GapLine]:
    parts: dict[tuple[str, str], list[AssessRow]] = defaultdict(list)
    for row in report.rows:
        parts[row.standard, row.overlay].append(row)
    for (standard, overlay), rows in parts.items():
        criteria = {c.code: c for c, _ in report.plans[standard, overlay].criteria}
        judged = Counter((units.get(row.key), row.title) for row in rows)
        for gap in gaps(replace(report, rows=tuple(rows)), units):
            of, many = criteria[gap.criterion], judged[gap.unit, gap.title]
            yield GapLine(
                gap.unit, gap.title, standard, overlay, gap.criterion, gap.label, of.cite, of.fixable_before, many, gap.failed, gap.unknown
            )


def _whole(lines: Iterable[GapLine], report: AssessReport) -> Iterator[GapLine]:
    """The lines of all units put together."""
    judged = Counter((row.title, row.standard, row.overlay) for row in report.rows)
    together: dict[tuple[str, ...], list[GapLine]] = defaultdict(list)
    for line in lines:
        together[line.title, line.standard, line.overlay, line.criterion].append(line)
    for (title, standard, overlay, _), parts in together.items():
        failed, unknown = (tuple(sorted(key for part in parts for key in part.keys(mark))) for mark in ("no", "unknown"))
        yield replace(parts[0], unit=None, judged=judged[title, standard, overlay], failed=failed, unknown=unknown)


@cache
def title_places() -> dict[str, int]:
    """Title → its place in the lists, which are in protocol order: province, district, commune."""
    codes = [row.code for name in reversed(TITLE_LISTS) for row in load_codelist(name).rows]
    return {code: place for place, code in enumerate(codes)}


def needs(
    *, report: AssessReport, line: GapLine, keys: Collection[int], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope
) -> dict[int, str]:
    """Person → what would make the line's criterion "Đạt" for her. Raises Forbidden."""
    plan = report.plans[line.standard, line.overlay]
    people = people_of(plan.on, plan.names, keys=keys, laws=laws_of(line.overlay, law), snapshot=snapshot, scope=scope)
    words = vocabulary(snapshot=snapshot, subject="person", map_on=plan.on)
    shown = {name: texts(frame=people, name=name, words=words) for name in plan.names}
    said = needs_of(people, plan, line.criterion, shown=shown)
    return {key: text for key, text in zip(people["key"].to_list(), said) if text}


def people_of(
    on: date, names: Collection[str], *, keys: Collection[int], laws: LawSet, snapshot: Snapshot, scope: Scope
) -> pl.DataFrame:
    """Facts of some people of the scope on a day."""
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on, laws=laws), names=names, scope=scope)
    return frame.filter(pl.col("key").is_in(list(keys)))


def laws_of(overlay: str, law: Law) -> LawSet:
    return (law.with_overlay(overlay) if overlay else None) or law.central


def cited(cite: Cite, overlay: str, law: Law) -> str:
    """`Nghị định 33/2023/NĐ-CP, Điều 7`."""
    document = laws_of(overlay, law).documents.get(cite.document)
    name = document.name if document else cite.document
    return cite.article if cite.article.startswith(name) else ", ".join(filter(None, (name, cite.article)))
