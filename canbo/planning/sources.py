"""Where successors may come from: who meets what is asked, ordered by criteria everybody sees; beyond one's scope numbers, no names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import polars as pl

from canbo.assess.cells import texts
from canbo.assess.columns import open_groups
from canbo.assess.law_sets import Law
from canbo.audit.changes import act, require, values_of
from canbo.engine.compiler import compile
from canbo.engine.language import names, parse
from canbo.engine.law.model import LawSet
from canbo.engine.law.verdicts import criteria_of
from canbo.engine.types import Scale
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean, collation_key, sort_key
from canbo.planning.judging import AGE, PURPOSES, TITLE, Asked, Judged, laws_at, plans_for
from canbo.planning.ladder import own_ranks, stands_above
from canbo.planning.lines import Brought, added, open_slate
from canbo.planning.models import Introduction, Line, Slate, SourceRequest
from canbo.planning.order import below
from canbo.planning.queries import GROUP, requests
from canbo.planning.review import asked_of, judged_slates
from canbo.planning.rounds import WRITE, PlanningRefused, refuse_closed
from canbo.snapshot.queries import facts_frame, vocabulary, words_of
from canbo.snapshot.store import Snapshot

# What a list is ordered by until its reader chooses: facts shown beside every name, best first.
ORDER = ("political_theory", "degree", "rating_last", "good_years")
FLAGS = {"sex": "nữ", "ethnic_minority": "dân tộc thiểu số"}
SHOWN = ("age", "sex", "ethnic_minority", "position", "degree", "political_theory", "rating_last", "months_left")
FEW = 5  # a number below this is told as "1–4": one person is not to be found by counting
ENDLESS = "–99"  # as facts mark a row of years without a known end


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be brought forward. `values`: fact → text as shown; `own` = serves in the slate's own unit."""

    person: int
    name: str
    unit: int | None
    own: bool
    values: Mapping[str, str]
    judged: Judged


@dataclass(frozen=True)
class Found:
    """Candidates in the order asked for, how many there are in all, and by what they are ordered, in words."""

    rows: tuple[Candidate, ...]
    of: int
    order: tuple[str, ...]


def candidates(
    *, slate: Slate, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, by: Sequence[str] = ORDER, where: str = "", most: int = 50,
    near: bool = True,
) -> Found:  # fmt: skip
    """Who meets what the slate asks, or may still complete it, and is not on it yet: of its own unit, or of all the reader's units.

    Ordered by the facts `by`, best first, then by given name: nothing else weighs. `where` narrows in the rule language.
    Raises LanguageError, Forbidden.
    """
    laws, asked = laws_at(slate.home.unit_id, law, snapshot), asked_of(slate)
    wide = replace(scope, own_person=None)
    keys = fitting(asked=asked, laws=laws, snapshot=snapshot, scope=wide) - set(slate.lines.values_list("person", flat=True))
    needed = {*by, *SHOWN, "name"}
    tree = None
    if where:
        tree = parse(where, vocabulary=vocabulary(snapshot=snapshot, subject="person", map_on=asked.on), may_see=open_groups(scope))
        needed |= set(names(tree))
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=asked.on, laws=laws), names=needed, scope=wide)
    frame = frame.filter(pl.col("key").is_in(list(keys)))
    under = below(slate.home.unit_id, snapshot)
    if near:
        frame = frame.filter(pl.col("unit_id").is_in(list(under)))
    if tree is not None:
        frame = frame.filter(compile(tree))
    ordered = _ordered(frame, by, snapshot)
    shown = ordered.head(most)
    judged = judged_slates(
        slates=[slate], lines={}, law=law, snapshot=snapshot, actor=actor, scope=scope, extra={slate.pk: shown["key"].to_list()}
    )[slate.pk]
    words = words_of({*by, *SHOWN}, snapshot=snapshot, map_on=asked.on)
    columns = {name: told(texts(frame=shown, name=name, words=words)) for name in dict.fromkeys((*by, *SHOWN))}
    rows = tuple(
        Candidate(key, name or "", unit, unit in under, {fact: column[n] for fact, column in columns.items()}, judged[key])
        for n, (key, name, unit) in enumerate(shown.select("key", "name", "unit_id").iter_rows())
    )
    return Found(rows, ordered.height, tuple(words[name].label for name in by))


def fitting(*, asked: Asked, laws: LawSet, snapshot: Snapshot, scope: Scope) -> set[int]:
    """Everybody in service whom no criterion keeps off: what fails may at most be completed before she takes the post. Columns only."""
    fits: set[int] | None = None
    for purpose in (*PURPOSES[asked.kind], TITLE):
        on = asked.age_on if purpose in AGE else asked.on
        for plan in plans_for(purpose, asked.title, laws=laws, on=on):
            blocking = [c.code for c, _ in plan.blocking if not c.fixable_before]
            if not blocking:
                continue
            frame = facts_frame(snapshot=snapshot, ask=Ask(on=on, laws=laws), names=plan.names, scope=scope)
            said = criteria_of(frame, plan).select(pl.all_horizontal(pl.col(code).ne_missing(False) for code in blocking).alias("fits"))
            here = set(frame.filter(said["fits"])["key"].to_list())
            fits = here if fits is None else fits & here
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=asked.on, laws=laws), names=("titles", "in_service"), scope=scope)
    frame = frame.filter(pl.col("in_service").ne_missing(False)).select("key", pl.col("titles").cast(pl.List(pl.String)))
    ranks = own_ranks(snapshot)
    lower: dict[tuple[str, ...], bool] = {}
    found = set()
    for key, titles in frame.iter_rows():
        held = tuple(sorted(one for one in titles or () if one))
        if held not in lower:
            lower[held] = stands_above(asked.title, held, ranks)[0]
        if lower[held] and (fits is None or key in fits):
            found.add(key)
    return found


def _ordered(frame: pl.DataFrame, by: Sequence[str], snapshot: Snapshot) -> pl.DataFrame:
    """Best first by each fact in turn, unknown last; then by Vietnamese given name."""
    facts = snapshot.frames.facts
    keys = []
    for name in by:
        column = pl.col(f"{name}.lo") if f"{name}.lo" in frame.columns else pl.col(name)
        of = facts[name].type
        if isinstance(of, Scale):
            steps = [step.code for step in of.steps]
            column = column.cast(pl.String).replace_strict(steps, list(range(len(steps))), default=None, return_dtype=pl.Int32)
        keys.append(column.alias(f".{name}"))
    given = pl.Series(".given", [sort_key(name or "") for name in frame["name"].to_list()], dtype=pl.Object)
    places = sorted(range(frame.height), key=lambda row: given[row])
    if not keys:
        return frame[places]
    made = frame[places].with_columns(keys)
    order = [f".{name}" for name in by]
    return made.sort(order, descending=[True] * len(order), nulls_last=True, maintain_order=True).drop(order)


# --- beyond one's scope


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A unit outside the reader's scope and how many there fit, told roughly where they are few."""

    unit: int
    name: str
    text: str


def elsewhere(*, slate: Slate, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> list[Elsewhere]:
    """Units beyond the reader's scope with people who fit, each the topmost of its level: numbers only, never names or traits."""
    require(actor, WRITE)
    if not scope.sees_group(GROUP):
        raise Forbidden("Bạn chưa được giao quyền xem quy hoạch.")
    if scope.units is None:
        return []
    everything = Scope(units=None, groups=scope.groups)
    fits = fitting(asked=asked_of(slate), laws=laws_at(slate.home.unit_id, law, snapshot), snapshot=snapshot, scope=everything)
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=slate.home.round.on), names=("in_service",), scope=everything)
    table = snapshot.tables.frames["unit"]
    levels, labels = dict(zip(table["id"].to_list(), table["level"].to_list())), dict(zip(table["id"].to_list(), table["name"].to_list()))
    counts: dict[int, int] = {}
    for unit in frame.filter(pl.col("key").is_in(list(fits)))["unit_id"].to_list():
        home = _root(unit, levels, snapshot)
        if home is not None and home not in scope.units:
            counts[home] = counts.get(home, 0) + 1
    found = [Elsewhere(pk, labels[pk], str(count) if count >= FEW else f"1–{FEW - 1}") for pk, count in counts.items()]
    return sorted(found, key=lambda one: collation_key(one.name))


def _root(unit: int | None, levels: Mapping[int, str | None], snapshot: Snapshot) -> int | None:
    """The topmost unit of the same level: the commune, the agency of the province below its head."""
    here, top = unit, None
    while here is not None and here in snapshot.units:
        parent = snapshot.units[here][0]
        top = here
        if parent is None or levels.get(parent) != levels.get(here):
            return top
        here = parent
    return top


def ask_for_sources(
    *, pk: int, unit: int, text: str, on: date, actor: Actor, scope: Scope, at: datetime
) -> SourceRequest:
    """Ask the level that manages a unit to name people for a slate."""
    with act(actor=actor, action="planning.ask_sources", may=WRITE, at=at) as log:
        row = open_slate(pk, actor, scope)
        if scope.sees_unit(unit):
            raise PlanningRefused("Đơn vị này thuộc phạm vi bạn quản lý; hãy chọn người trong danh sách nguồn.")
        if row.requests.filter(unit=unit).exists():
            raise PlanningRefused("Đã đề nghị đơn vị này; hãy chờ trả lời.")
        made = SourceRequest.objects.create(slate=row, unit_id=unit, asked_on=on, text=clean(text)[:500])
        log.inserted(made)
    return made


def answer_request(
    *, pk: int, people: Collection[int], answer: str, on: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> list[Line]:
    """The managing level names people of its own for another's slate, or none: from now on these, and only these, are seen there.

    Raises PlanningRefused for somebody outside its own scope or who does not fit, Forbidden.
    """
    with act(actor=actor, action="planning.answer_sources", may=WRITE, at=at) as log:
        row: SourceRequest = requests(actor=actor, scope=scope).get(pk=pk)
        if not scope.sees_unit(row.unit_id):
            raise Forbidden("Chỉ nơi quản lý người được đề nghị mới trả lời được.")
        if row.answered_on:
            raise PlanningRefused("Đề nghị này đã được trả lời.")
        refuse_closed(row.slate.home)
        if row.slate.adding_id:
            raise PlanningRefused("Danh sách ấy đã đưa vào quy trình nên không nhận thêm người; hãy trả lời không giới thiệu.")
        if not people and not clean(answer):
            raise PlanningRefused("Không giới thiệu ai thì hãy ghi lý do.")
        _refuse_unfit(row.slate, people, law, snapshot, actor, scope)
        before = values_of(row)
        row.answered_on, row.answer = on, clean(answer)[:500]
        row.save()
        log.updated(before, row)
        made: list[Line] = []
        held = {one.person_id: one for one in row.slate.lines.all()}
        for person in people:
            brought = Brought(person, "don-vi", row.unit.name, on, origin=_origin(row), unit=row.unit_id, ground=clean(answer))
            line = held.get(person) or added(row.slate, brought, len(held) + len(made), log)
            log.inserted(Introduction.objects.create(line=line, kind="don-vi", by=row.unit.name, unit_id=row.unit_id, on=on))
            made.append(line)
    return made


def _refuse_unfit(row: Slate, people: Collection[int], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> None:
    found = judged_slates(slates=[row], lines={}, law=law, snapshot=snapshot, actor=actor, scope=scope, extra={row.pk: list(people)})
    if any(not one.here for one in found[row.pk].values()):
        raise PlanningRefused("Có người không thuộc phạm vi bạn quản lý; hãy chọn lại.")
    if any(one.against for one in found[row.pk].values()):
        raise PlanningRefused("Có người chưa đủ điều kiện quy hoạch chức danh này; hãy chọn lại.")


def _origin(row: SourceRequest) -> str:
    ours, theirs = row.slate.home.unit.level, row.unit.level
    return "giua-cac-xa" if ours == theirs else "tren-xuong" if theirs in ("trung-uong", "tinh", "huyen") and ours == "xa" else "duoi-len"


def told(column: Iterable[str]) -> list[str]:
    """A row of good years that may go on where papers are missing reads "ít nhất 6", not "6–99"; nothing known stays empty."""
    ended = ((text, text.removesuffix(ENDLESS)) for text in column)
    return [text if text == low else "" if low == "0" else f"ít nhất {low}" for text, low in ended]


def flags_of(values: Mapping[str, str]) -> Iterable[str]:
    """What is shown as a flag beside a name and weighs nothing: woman, minority."""
    if values.get("sex") == "Nữ":
        yield FLAGS["sex"]
    if values.get("ethnic_minority") == "Có":
        yield FLAGS["ethnic_minority"]
