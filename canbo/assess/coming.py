"""A coming day – congress, term: who meets the standard today and not then, or the reverse, and by what cause.

Papers as of today, ages and periods as of then, the law as far as it is known now.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import polars as pl

from canbo.assess.cells import UNKNOWN, texts
from canbo.assess.gaps import laws_of, people_of
from canbo.assess.law_sets import Law
from canbo.assess.reviews import AGEING, crossing
from canbo.assess.verdicts import AssessReport, AssessRequest, AssessRow, assess
from canbo.engine.law.conditions import needed
from canbo.engine.law.model import Cite, LawSet
from canbo.engine.law.verdicts import Plan, Verdict, criteria_of
from canbo.facts.catalogue import FACTS
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.queries import vocabulary
from canbo.snapshot.store import Snapshot

# Why a criterion turns: the law, or the records its facts rest on.
CAUSES: dict[str, str] = {
    "law": "quy định khác", "age": "tuổi", "discipline": "thời hạn sau kỷ luật", "rating": "chưa có xếp loại của các năm sau",
    "holding": "chức vụ, thời gian giữ chức vụ", "service": "thời gian công tác", "qualification": "bằng, chứng chỉ",
    "other": "thay đổi theo thời gian",
}  # fmt: skip
_OF_TABLE = {
    "discipline": "discipline", "rating": "rating", "holding": "holding", "plan_entry": "holding", "employment": "service",
    "person": "service", "membership": "service", "qualification": "qualification",
}  # fmt: skip
GROUPS: dict[str, str] = {
    "over-age": "Quá tuổi", "lost": "Không còn đạt", "gained": "Trở thành đạt", "open": "Trở thành chưa rõ", "other": "Thay đổi khác",
}  # fmt: skip
SIDES = {"dang": "Đảng", "nha-nuoc": "Nhà nước"}
# Keys by which dates of the law are told apart, in words; a key not here is shown as it is.
_KEYS = {
    "co-so": "cấp cơ sở", "tren-co-so": "cấp trên trực tiếp cơ sở", "xa": "cấp xã", "tinh": "cấp tỉnh", "nha-nuoc": "cơ quan nhà nước",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cause:
    """One criterion that turns. `kind` is a key of CAUSES; `change` names the facts that differ, with both values.

    `outcome`: what the criterion says on the coming day.
    """

    kind: str
    label: str
    cite: Cite
    change: str
    outcome: bool | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A verdict that is another one on the coming day."""

    key: int
    title: str
    standard: str
    overlay: str
    now: Verdict
    later: Verdict
    causes: tuple[Cause, ...]

    @property
    def group(self) -> str:
        """A key of GROUPS; `over-age`: not failed today, failed then, and by nothing but age."""
        if self.later == "no" and {cause.kind for cause in self.causes if cause.outcome is False} == {"age"}:
            return "over-age"
        if self.later == "yes":
            return "gained"
        if self.now == "yes":
            return "lost" if self.later == "no" else "open"
        return "other"


@dataclass(frozen=True)
class ComingReport:
    """`now` and `later` are whole reports; `gone`: judged today, but no longer in the post or in service on the day, by key and title."""

    now: AssessReport
    later: AssessReport
    moved: tuple[Moved, ...]
    gone: tuple[AssessRow, ...]

    @cached_property
    def groups(self) -> dict[str, list[Moved]]:
        found: dict[str, list[Moved]] = {group: [] for group in GROUPS}
        for moved in self.moved:
            found[moved.group].append(moved)
        return found


def coming(
    *, request: AssessRequest, to: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope
) -> ComingReport:
    """Whom `request` names today, judged today and on the day `to`. Raises what `assess` raises; twice its cost."""
    asked = {"law": law, "snapshot": snapshot, "actor": actor, "scope": scope}
    now = assess(request=request, **asked)  # type: ignore[arg-type]
    # The condition chooses people by what they are today; on the coming day all are judged, and those chosen are kept.
    later = assess(request=replace(request, on=to, where=""), **asked)  # type: ignore[arg-type]
    places = {(row.key, row.title, row.standard) for row in now.rows}
    then = {place: row for row in later.rows if (place := (row.key, row.title, row.standard)) in places}
    later = replace(later, rows=tuple(then.values()))
    today = {(row.key, row.title, row.standard): row for row in now.rows}
    turned = [(today[key, title, code], then[key, title, code]) for key, title, code, _, _ in crossing(now, later)]
    moved = tuple(_moved(turned, now, later, law, snapshot, scope))
    gone = tuple(row for place, row in today.items() if place not in then)
    return ComingReport(now, later, tuple(sorted(moved, key=lambda m: (m.key, m.title, m.standard))), gone)


def _moved(
    turned: Sequence[tuple[AssessRow, AssessRow]], now: AssessReport, later: AssessReport, law: Law, snapshot: Snapshot, scope: Scope
) -> Iterator[Moved]:
    """Facts of both days are read once for each pair of plans, and only for those who cross."""
    parts: dict[tuple[str, str, str], list[tuple[AssessRow, AssessRow]]] = defaultdict(list)
    for pair in turned:
        parts[pair[0].standard, pair[0].overlay, pair[1].overlay].append(pair)
    for (standard, before, after), pairs in parts.items():
        plans = now.plans[standard, before], later.plans[standard, after]
        names, keys = plans[0].names | plans[1].names, {row.key for row, _ in pairs}
        frames = [
            people_of(plan.on, names, keys=keys, laws=laws_of(of, law), snapshot=snapshot, scope=scope).sort("key")
            for plan, of in zip(plans, (before, after))
        ]
        compared = _compared(frames, plans, names, snapshot)
        for row, then in pairs:
            # What fails comes before what is only left open.
            causes = tuple(sorted(_causes(row, then, plans, compared[row.key]), key=lambda cause: cause.outcome is not False))
            yield Moved(row.key, row.title, standard, before, row.verdict, then.verdict, causes)


@dataclass(frozen=True, slots=True)
class _Compared:
    """One person on both days: facts as texts; each criterion by the law of then over the facts of today, then with her age moved on."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    by_law: Mapping[str, bool | None]
    by_age: Mapping[str, bool | None]


def _compared(frames: Sequence[pl.DataFrame], plans: tuple[Plan, Plan], names: frozenset[str], snapshot: Snapshot) -> dict[int, _Compared]:
    before, after = frames
    ageing = [column for column in before.columns if column.partition(".")[0] in AGEING]
    aged = before.with_columns(after[column] for column in ageing)
    nothing: list[dict[str, Any]] = [{}] * before.height
    marks = [criteria_of(frame, plans[1]).rows(named=True) if plans[1].criteria else nothing for frame in (before, aged)]
    told = [_told(frame, plan.on, names, snapshot) for frame, plan in zip(frames, plans)]
    return {key: _Compared(told[0][n], told[1][n], marks[0][n], marks[1][n]) for n, key in enumerate(before["key"].to_list())}


def _told(people: pl.DataFrame, on: date, names: frozenset[str], snapshot: Snapshot) -> list[dict[str, str]]:
    words = vocabulary(snapshot=snapshot, subject="person", map_on=on)
    columns = {name: texts(frame=people, name=name, words=words) for name in sorted(names)}
    return [{name: column[n] for name, column in columns.items()} for n in range(people.height)]


def _causes(row: AssessRow, then: AssessRow, plans: tuple[Plan, Plan], of: _Compared) -> Iterator[Cause]:
    """Each criterion whose outcome is another; where none is, the ground itself is: another version, or one known in full."""
    was, is_ = ({**dict.fromkeys(r.unknown, None), **dict.fromkeys(r.failed, False)} for r in (row, then))
    asked = [{c.code: (c, found) for c, found in plan.blocking} for plan in plans]
    codes = [code for code in dict.fromkeys([*asked[1], *asked[0]]) if was.get(code, True) is not is_.get(code, True)]
    for code in codes:
        criterion, found = asked[1].get(code) or asked[0][code]
        outcome = is_.get(code, True)
        changed = [name for name in sorted(needed(found)) if _parts(of.before[name]) != _parts(of.after[name])]
        if code not in asked[1] or (code in of.by_law and of.by_law[code] is outcome):
            kind = "law"
        else:
            kind = "age" if of.by_age[code] is outcome else _kind(changed)
        yield Cause(kind, criterion.label, criterion.cite, "; ".join(_change(name, of) for name in changed), outcome)
    if not codes:
        version = plans[1].version
        cite = Cite(version.document, "", "text") if version else Cite("", "", "text")
        yield Cause("law", plans[1].standard.label, cite, "" if version else "chưa có văn bản có hiệu lực ngày ấy", None)


def _parts(text: str) -> list[str]:
    """A list says the same in another order."""
    return sorted(text.split("; "))


def _kind(changed: Sequence[str]) -> str:
    tables = {FACTS[name].rests_on[0].partition(".")[0] for name in changed if name not in AGEING and name in FACTS}
    kinds = {_OF_TABLE.get(table, "other") for table in tables}
    return kinds.pop() if len(kinds) == 1 else "other"


def _change(name: str, of: _Compared) -> str:
    label = FACTS[name].label if name in FACTS else name
    return f"{label}: {of.before[name] or UNKNOWN} → {of.after[name] or UNKNOWN}"


# --- days to choose from


def coming_days(*, after: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> list[tuple[date, str]]:
    """(day, what it is) after a day: dates that stand in the law, first and last days of terms, in order."""
    found = {(day, label) for laws in (law.central, *law.local) for day, label in _days_of_law(laws)}
    terms = snapshot.tables.frames["term"].select(pl.col("code").cast(pl.String), pl.col("side").cast(pl.String), "start_lo", "end_before")
    for code, side, start, end in terms.iter_rows():
        name = f"nhiệm kỳ {code} ({SIDES.get(side, side)})"
        found |= {(start, f"Bắt đầu {name}")} if start else set()
        found |= {(end - timedelta(days=1), f"Hết {name}")} if end else set()
    return sorted((day, label) for day, label in found if day > after)


def _days_of_law(laws: LawSet) -> Iterator[tuple[date, str]]:
    for parameter in laws.parameters.values():
        for version in parameter.versions:
            said = {"": version.value} | dict(version.values)
            for key, value in said.items():
                if isinstance(value, date) and version.cite.verified:
                    yield value, f"{parameter.label}{f' – {_KEYS.get(key, key)}' if key else ''}"
