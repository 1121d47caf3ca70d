"""Standards over a facts frame: yes, no, unknown for everybody; for one person the whole explanation.

Kleene alone decides: any blocking "no" is no, else any "unknown" is unknown. Criteria known from memory alone decide nothing.
A version of which only a part is evidenced can say no; it never says yes: then the ground is not enough.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import polars as pl

from canbo.engine.compiler import compile
from canbo.engine.language import names, to_text
from canbo.engine.law.conditions import Parsed, needed, outcome, parsed, words_on
from canbo.engine.law.model import Criterion, LawSet, Standard, StandardVersion
from canbo.engine.membership import opened, spelt
from canbo.engine.phrases import describe
from canbo.engine.syntax import Expr, refs
from canbo.engine.types import Name, Vocabulary

Verdict = Literal["yes", "no", "unknown", "ungrounded"]
VERDICTS: dict[str, str] = {"yes": "Đạt", "no": "Chưa đạt", "unknown": "Thiếu hồ sơ", "ungrounded": "Chưa đủ căn cứ"}
NOT_APPLIED = "không áp dụng"


@dataclass(frozen=True)
class Plan:
    """One standard on one day, ready to judge: its version (None = none in force) and the parsed criteria."""

    standard: Standard
    version: StandardVersion | None
    on: date
    words: Mapping[str, Name]
    criteria: tuple[tuple[Criterion, Parsed], ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Facts the active criteria read."""
        return frozenset(name for criterion, found in self.criteria if criterion.active for name in needed(found))

    @cached_property
    def blocking(self) -> list[tuple[Criterion, Parsed]]:
        return [(c, found) for c, found in self.criteria if c.active and c.severity == "block"]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Of the blocking criteria, in order."""
        return tuple(criterion.code for criterion, _ in self.blocking)

    @cached_property
    def columns(self) -> tuple[tuple[str, pl.Expr], ...]:
        """Its blocking criteria in order, ready to compute; the same text with the same parameters has one name in every plan."""
        return tuple((_named(found), _column(criterion, found)) for criterion, found in self.blocking)

    @cached_property
    def trees(self) -> tuple[Expr, ...]:
        return tuple(tree for _, found in self.blocking for tree in found.values())

    @cached_property
    def grounded(self) -> bool:
        """Whether a "yes" may be said: the version is whole, and everything it asks is evidenced."""
        return self.version is not None and self.version.complete and all(
            c.active for c, _ in self.criteria if c.severity == "block"
        )  # fmt: skip


def plan_of(standard: Standard, *, laws: LawSet, on: date, vocabulary: Vocabulary, words: Mapping[str, Name] | None = None) -> Plan:
    """The version in force on the day, parsed with the parameters of that day. `words` saves making them again."""
    words = words_on(on, laws=laws, vocabulary=vocabulary) if words is None else words
    version = standard.on(on)
    criteria = () if version is None else tuple(
        (c, parsed(c, words=words, titles=standard.titles)) for c in version.criteria if c.active or _readable(c, words, standard.titles)
    )
    return Plan(standard, version, on, words, criteria)


def _readable(criterion: Criterion, words: Mapping[str, Name], titles: tuple[str, ...]) -> bool:
    """What is known from memory may name parameters that are off as well; it is shown without being judged."""
    try:
        parsed(criterion, words=words, titles=titles)
    except ValueError:
        return False
    return True


def judge(frame: pl.DataFrame, plans: Sequence[Plan]) -> pl.DataFrame:
    """A Boolean column for each plan, in order (`0`, `1` …): true, false, null for unknown.

    A criterion that several standards share is computed once. Whether "yes" is grounded is the plan's, not the row's.
    """
    unique = {name: expr for plan in plans for name, expr in plan.columns}
    said = [_all(plan).alias(str(n)) for n, plan in enumerate(plans)]
    trees = [tree for plan in plans for tree in plan.trees]
    nothing = pl.repeat(None, pl.len(), dtype=pl.Boolean).alias("")
    computed = opened(frame, trees).lazy().select(nothing, *(expr.alias(name) for name, expr in unique.items()))
    return computed.select(said).collect()


def _all(plan: Plan) -> pl.Expr:
    return pl.all_horizontal(list(dict(plan.columns))) if plan.columns else pl.col("")


MET, FAILED, OPEN = "+", "-", "?"  # marks of one criterion


def marks_of(frame: pl.DataFrame, plans: Sequence[Plan]) -> pl.DataFrame:
    """A text column for each plan, in order (`0`, `1` …): for everybody a mark of each blocking criterion.

    One text a person and plan instead of a tuple: few patterns serve many people, each is read once.
    """
    unique = {name: expr for plan in plans for name, expr in plan.columns}
    marks = (_mark(expr).alias(name) for name, expr in unique.items())
    nothing = pl.repeat("", pl.len(), dtype=pl.String).alias("")
    computed = opened(frame, [tree for plan in plans for tree in plan.trees]).lazy().select(nothing, *marks)
    texts = (pl.concat_str("", *(name for name, _ in plan.columns)).alias(str(n)) for n, plan in enumerate(plans))
    return computed.select(texts).collect()


def _mark(said: pl.Expr) -> pl.Expr:
    return pl.when(said).then(pl.lit(MET)).when(~said).then(pl.lit(FAILED)).otherwise(pl.lit(OPEN))


def _named(found: Parsed) -> str:
    return "\0".join(f"{place}={to_text(tree)}={_values(tree)}" for place, tree in sorted(found.items()))


def _column(criterion: Criterion, found: Parsed) -> pl.Expr:
    return outcome({place: spelt(tree) for place, tree in found.items()}, exceptions=len(criterion.exceptions))


def _values(tree: Any) -> str:
    return ",".join(str(ref.entry.value) for ref in refs(tree) if ref.entry.kind == "parameter")


def criteria_of(frame: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """A Boolean column for each active criterion of one plan, named by its code."""
    active = [(c, trees) for c, trees in plan.criteria if c.active]
    wide = opened(frame, (tree for _, trees in active for tree in trees.values()))
    return wide.lazy().select(_column(c, trees).alias(c.code) for c, trees in active).collect()


def verdict_of(said: bool | None, plan: Plan) -> Verdict:
    """One of the four words for a row of `judge`."""
    if plan.version is None or not plan.blocking:
        return "ungrounded"
    if said is False:
        return "no"
    if not plan.grounded:
        return "ungrounded"
    return "unknown" if said is None else "yes"


def explain(row: pl.DataFrame, plan: Plan, *, shown: Mapping[str, str], sources: Mapping[str, str | None]) -> dict[str, Any]:
    """The verdict of one person as architecture.md lays it out, without subject and waiver.

    `row` is her one row of facts; `shown` their values as text by fact (absent = unknown), `sources` `table:id` by fact.
    """
    outcomes = criteria_of(row, plan).row(0, named=True) if plan.criteria else {}
    blocking = [outcomes[c.code] for c, _ in plan.blocking]
    said = False if False in blocking else None if None in blocking else True
    version = plan.version
    return {
        "on": plan.on.isoformat(),
        "standard": {
            "code": plan.standard.code, "label": plan.standard.label, "version": version.code if version else None,
            "document": version.document if version else None, "complete": plan.grounded,
            "from": version.period.start.isoformat() if version else None,
            "to": version.period.end.isoformat() if version and version.period.end else None,
        },
        "verdict": verdict_of(said, plan),
        "criteria": [_criterion(c, found, outcomes, row, plan, shown, sources) for c, found in plan.criteria],
    }  # fmt: skip


def _criterion(
    criterion: Criterion, found: Parsed, outcomes: Mapping[str, bool | None], row: pl.DataFrame, plan: Plan,
    shown: Mapping[str, str], sources: Mapping[str, str | None],
) -> dict[str, Any]:  # fmt: skip
    said = outcomes.get(criterion.code)
    applies = row.select(compile(found["applies"]).alias("a")).item() if "applies" in found else True
    exception = next((e for n, e in enumerate(criterion.exceptions) if _holds(row, found, n)), None)
    place = "require" if exception is None else f"exception[{criterion.exceptions.index(exception)}].require"
    required = describe(found[place])
    facts = sorted(needed(found))
    cite = exception.cite if exception else criterion.cite
    return {
        "code": criterion.code, "label": criterion.label, "severity": criterion.severity,
        "verdict": None if not criterion.active else _word(said), "applies": applies is not False,
        "expr": criterion.require, "at": plan.standard.select_at, "exception": exception.label if exception else None,
        "found": [_found(name, plan, shown, sources) for name in facts],
        "required": required, "gap": _gap(said, required, sorted(names(found[place])), plan, shown) if criterion.active else None,
        "fixable_before": criterion.fixable_before, "waivable_by": criterion.waivable_by or None,
        "cite": {"document": cite.document, "article": cite.article, "evidence": cite.evidence, "says": cite.says},
    }  # fmt: skip


def _holds(row: pl.DataFrame, found: Parsed, number: int) -> bool:
    return row.select(compile(found[f"exception[{number}].when"]).alias("w")).item() is True


def _word(said: bool | None) -> Verdict:
    return "unknown" if said is None else "yes" if said else "no"


def _found(name: str, plan: Plan, shown: Mapping[str, str], sources: Mapping[str, str | None]) -> dict[str, Any]:
    return {"fact": name, "label": plan.words[name].label, "text": shown.get(name), "source": sources.get(name)}


def needs_of(people: pl.DataFrame, plan: Plan, criterion: str, *, shown: Mapping[str, Sequence[str]]) -> list[str | None]:
    """For everybody of a facts frame what would make one criterion "Đạt"; None where it is met.

    `shown`: fact → its text for each row, "" = unknown. Raises KeyError for a criterion the plan does not have.
    """
    of, found = {c.code: (c, found) for c, found in plan.criteria}[criterion]
    marks = criteria_of(people, plan)[criterion].to_list()
    whens = [people.select(compile(found[f"exception[{n}].when"]).alias("w"))["w"].to_list() for n in range(len(of.exceptions))]
    said = []
    for row, mark in enumerate(marks):
        held = next((f"exception[{n}]." for n, when in enumerate(whens) if when[row] is True), "")
        tree = found[f"{held}require"]
        texts = {name: column[row] for name, column in shown.items() if column[row]}
        said.append(_gap(mark, describe(tree), sorted(names(tree)), plan, texts))
    return said


def _gap(said: bool | None, required: str, facts: Iterable[str], plan: Plan, shown: Mapping[str, str]) -> str | None:
    """What would make it "Đạt": the condition to reach, or the papers to bring."""
    if said:
        return None
    if said is None:
        missing = [plan.words[name].label for name in facts if shown.get(name) is None]
        return f"Cần bổ sung giấy tờ về: {', '.join(missing)}" if missing else f"Chưa đủ chính xác để kết luận: {required}"
    now = "; ".join(f"{plan.words[name].label}: {shown[name]}" for name in facts if shown.get(name))
    return f"Cần: {required}" + (f" (hiện nay {now})" if now else "")
