"""Numbers and structure of slates: the rules of the day over the lists as they stand, with the people behind every figure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from canbo.assess.law_sets import law_vocabulary
from canbo.cases.models import CaseName
from canbo.dossier.models import PlanEntry
from canbo.engine.compiler import compile
from canbo.engine.language import LanguageError, names, parse
from canbo.engine.law.conditions import words_on
from canbo.engine.law.model import Cite, LawSet, ProvisionVersion
from canbo.engine.structures.meter import meter
from canbo.engine.structures.model import Listed, Marks, Number, Reading, Rule, Rules
from canbo.engine.syntax import Expr
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.planning.judging import Reason
from canbo.planning.ladder import own_ranks, stands_above
from canbo.planning.models import Line, Slate
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

STRUCTURE = ("structure", "quy-hoach")
COMMITTEES = ("uv-bch-", "uv-btv-", "uv-ubkt-")
STANDS = ("keep", "add")


@dataclass(frozen=True, slots=True)
class Ruled:
    """The rules of a day for a unit, with what they cite in words."""

    rules: Rules
    version: ProvisionVersion
    numbers: Mapping[str, Number]

    def one(self, kind: str) -> Rule | None:
        return next((rule for rule in self.rules.rules if rule.kind == kind and rule.active), None)


def rules_on(laws: LawSet, on: date) -> Ruled | None:
    """The structure in force on a day with the parameters of that day; None where no text is at hand."""
    provision = laws.provisions.get(STRUCTURE)
    version = provision.on(on) if provision else None
    if version is None or not isinstance(version.content, Rules):
        return None
    return Ruled(version.content, version, _numbers(laws, on))


@lru_cache(maxsize=16)
def _numbers(laws: LawSet, on: date) -> Mapping[str, Number]:
    found: dict[str, Number] = {}
    for name, parameter in laws.parameters.items():
        version = parameter.on(on)
        if version and version.cite.verified and isinstance(version.value, Number):
            found[name] = version.value
    return found


def kind_of(title: str) -> str:
    """`committee` for bodies whose members are elected, `posts` for titles held."""
    return "committee" if title.startswith(COMMITTEES) else "posts"


def stands(line: Line) -> bool:
    """Whether she is counted on her list as far as it is decided: who was to leave and was refused that stays on it."""
    return (line.outcome == "refused") != (line.standing in STANDS)


def stands_with(line: Line, approved: Collection[int | None]) -> bool:
    """Whether she stands in the plan once these come in: who is to leave does until that is decided too."""
    if line.standing == "add":
        return line.person_id in approved
    return line.standing == "keep" or line.outcome != "approved"


def listed(slate: Slate, lines: Iterable[Line]) -> Listed:
    """A slate as the meter sees it: those who stay or come in and were not refused."""
    people = tuple(line.person_id for line in lines if stands(line))
    return Listed(slate.pk, slate.title.level, kind_of(slate.title.code), people, slate.size)


def meter_of(
    *, slates: Sequence[Slate], lines: Mapping[int, Sequence[Line]], laws: LawSet, on: date, bands: Sequence[int], snapshot: Snapshot,
    scope: Scope,
) -> list[tuple[tuple[str, date], tuple[Reading, ...]]]:  # fmt: skip
    """The meter of one unit's slates, term by term: ((term, day ages are counted), readings). Empty where no structure is in force.

    Raises Forbidden where a rule reads a fact of a group the reader does not see.
    """
    ruled = rules_on(laws, on)
    if ruled is None:
        return []
    by_term: dict[tuple[str, date], list[Slate]] = {}
    for one in slates:
        by_term.setdefault((one.term.code, one.age_on), []).append(one)
    return [
        (key, readings([listed(one, lines.get(one.pk, ())) for one in found], ruled, laws, key[1], bands, snapshot, scope))
        for key, found in sorted(by_term.items())
    ]


def readings(
    lists: Sequence[Listed], ruled: Ruled, laws: LawSet, age_on: date, bands: Sequence[int], snapshot: Snapshot, scope: Scope
) -> tuple[Reading, ...]:
    """The meter over any lists: also over those a solver or a person tries out."""
    people = frozenset(person for one in lists for person in one.people)
    marks, aged = marks_of(people, ruled, laws, age_on, bands, snapshot, scope)
    return meter(ruled.rules, lists, marks=marks, numbers=ruled.numbers, bands=aged)


def marks_of(
    people: Collection[int], ruled: Ruled, laws: LawSet, age_on: date, bands: Sequence[int], snapshot: Snapshot, scope: Scope
) -> tuple[dict[str, Marks], list[tuple[str, Marks]]]:
    """For each rule of shares who is counted by it, and the age bands with their people: facts on the day ages are counted."""
    words = words_on(ruled.version.period.start, laws=laws, vocabulary=law_vocabulary())
    trees: dict[str, Expr] = {}
    for rule in ruled.rules.rules:
        if rule.that:
            try:
                trees[rule.code] = parse(rule.that, vocabulary=words)
            except LanguageError:  # a parameter it names is not in force: the rule stays "unset"
                continue
    needed = {name for tree in trees.values() for name in names(tree)} | ({"age"} if bands else set())
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=age_on, laws=laws), names=needed, scope=scope)
    frame = frame.filter(pl.col("key").is_in(list(people)))
    keys = frame["key"].to_list()
    said = frame.select(compile(tree).alias(code) for code, tree in trees.items()) if trees else pl.DataFrame()
    marks: dict[str, Marks] = {code: dict(zip(keys, said[code].to_list())) for code in trees}
    return marks, _bands(frame, keys, bands)


def _bands(frame: pl.DataFrame, keys: Sequence[int], edges: Sequence[int]) -> list[tuple[str, Marks]]:
    if len(edges) != 2:
        return []
    low, high = edges
    names_ = (f"dưới {low} tuổi", f"từ {low} đến dưới {high} tuổi", f"từ {high} tuổi")
    tests = (
        lambda lo, hi: _all(hi < low, lo < low), lambda lo, hi: _all(low <= lo and hi < high, lo < high and hi >= low),
        lambda lo, hi: _all(lo >= high, hi >= high),
    )  # fmt: skip
    ages = list(zip(frame["age.lo"].to_list(), frame["age.hi"].to_list())) if "age.lo" in frame.columns else []
    return [
        (name, {key: None if lo is None else test(lo, hi) for key, (lo, hi) in zip(keys, ages)}) for name, test in zip(names_, tests)
    ]


def _all(surely: bool, possibly: bool) -> bool | None:
    return True if surely else None if possibly else False


# --- what is asked of each person beside the standards


def person_reasons(
    *, slate: Slate, people: Collection[int], ruled: Ruled, laws: LawSet, snapshot: Snapshot, scope: Scope
) -> dict[int, list[Reason]]:
    """Higher title only, so many titles at one level, not together with an appointment: each where the law of the day asks it."""
    found: dict[int, list[Reason]] = {person: [] for person in people}
    higher, most, alone = ruled.one("higher"), ruled.one("titles"), ruled.one("alone")
    if higher:
        _ask_higher(found, higher, slate, laws, snapshot, scope)
    if most and (number := ruled.numbers.get(most.most)) is not None:
        _ask_titles(found, most, int(number), slate, laws)
    if alone:
        _ask_alone(found, alone, slate, laws)
    return found


def _ask_higher(found: dict[int, list[Reason]], rule: Rule, slate: Slate, laws: LawSet, snapshot: Snapshot, scope: Scope) -> None:
    on = slate.home.round.on
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on, laws=laws), names=("titles",), scope=scope)
    frame = frame.filter(pl.col("key").is_in(list(found)))
    table = snapshot.tables.frames["title"]
    ranks = own_ranks(snapshot)
    labels = dict(zip(table["code"].to_list(), table["name"].to_list()))
    for key, titles in frame.select("key", pl.col("titles").cast(pl.List(pl.String))).iter_rows():
        above, other = stands_above(slate.title.code, [one for one in titles or () if one], ranks)
        if not above:
            same = other == slate.title.code
            text = f"đang giữ {labels.get(other, other)}" + ("" if same else ", không thấp hơn chức danh quy hoạch")
            found[key].append(_rule(rule, text, laws, "holds" if same else ""))


def _ask_titles(found: dict[int, list[Reason]], rule: Rule, most: int, slate: Slate, laws: LawSet) -> None:
    """Titles of one level counted once, whatever the term: those in the plan that day and those of slates still open."""
    on, level = slate.home.round.on, slate.title.level
    stands: dict[int, set[str]] = {person: {slate.title.name} for person in found}
    planned = PlanEntry.objects.holding(on).filter(person__in=list(found), title__level=level)  # type: ignore[attr-defined]
    open_ = Line.objects.filter(person__in=list(found), slate__title__level=level, standing="add", outcome="")
    leaving = set(Line.objects.filter(person__in=list(found), standing="remove", outcome="").values_list("entry", flat=True))
    for person, entry, title in planned.values_list("person", "pk", "title__name"):
        if entry not in leaving:
            stands[person].add(title)
    for person, title in open_.filter(slate__home__round__closed_on=None).values_list("person", "slate__title__name"):
        stands[person].add(title)
    for person, titles in stands.items():
        if len(titles) > most:
            said = f"{len(titles)} chức danh cùng cấp ({', '.join(sorted(titles))}), không quá {most}"
            found[person].append(_rule(rule, said, laws))


def _ask_alone(found: dict[int, list[Reason]], rule: Rule, slate: Slate, laws: LawSet) -> None:
    rows = CaseName.objects.filter(case__kind="appointment", case__status="open", person__in=list(found), case__title=slate.title_id)
    for person in rows.values_list("person", flat=True).distinct():
        found[person].append(_rule(rule, "đang được đề nghị bổ nhiệm chức danh này", laws))


def _rule(rule: Rule, text: str, laws: LawSet, code: str = "") -> Reason:
    """`fixable`: too many titles is mended by taking her off any of them, which somebody must choose."""
    return Reason(
        purpose="rule", code=code or rule.code, label=rule.label, verdict="no", severity=rule.severity, text=text,
        cite=cited(rule.cite, laws), fixable=rule.kind == "titles",
    )  # fmt: skip


def cited(cite: Cite, laws: LawSet) -> str:
    return f"{laws.documents[cite.document].name}, {cite.article}"


def seats_left(slate: Slate, lines: Iterable[Line], ruled: Ruled | None) -> int | None:
    """How many more the number of the law lets in beside those who stay; None where there is no number."""
    if ruled is None:
        return None
    one = listed(slate, [line for line in lines if line.standing != "add" and stands(line)])
    limits = [
        reading.most for reading in meter(ruled.rules, [one], marks={}, numbers=ruled.numbers)
        if reading.rule.kind == "people" and reading.rule.severity == "block" and reading.most is not None
    ]  # fmt: skip
    return max(0, min(limits) - len(one.people)) if limits else None
