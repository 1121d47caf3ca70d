"""Training against the post: the field studied, postgraduates outside their field, people long without a class.

Three answers: yes, no, unknown – with the reason. A post whose fields nobody recorded is unknown, not a mismatch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import polars as pl

from canbo.assess.columns import open_groups
from canbo.assess.law_sets import Law
from canbo.assess.units import Units, units_of
from canbo.assess.verdicts import unit_laws
from canbo.engine.compiler import compile
from canbo.engine.language import names, parse
from canbo.engine.law.model import Cite, LawSet
from canbo.engine.law.posts import PostFields, post_fields
from canbo.facts import scales
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate, months_back
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot

Question = Literal["post", "postgraduate", "untrained"]
QUESTIONS: dict[str, str] = {
    "post": "Chuyên ngành so với vị trí",
    "postgraduate": "Sau đại học so với vị trí",
    "untrained": "Lâu chưa học, bồi dưỡng",
}
# question → what yes and no are called; {n} = the years chosen
ANSWERS: dict[str, tuple[str, str]] = {
    "post": ("Đúng ngành", "Khác ngành"),
    "postgraduate": ("Dùng đúng ngành", "Chưa dùng đúng ngành"),
    "untrained": ("Có học trong {n} năm", "Không học trong {n} năm"),
}
REASONS: dict[str, str] = {
    "no-post": "Vị trí chưa ghi ngành", "no-title": "Chưa ghi đủ chức danh", "no-field": "Chưa ghi, chưa xếp được ngành đã học",
    "no-class": "Chưa ghi đủ các lớp đã học",
}  # fmt: skip
_FIELD = {"post": "degree_field", "postgraduate": "postgraduate_field"}
FACTS: dict[str, tuple[str, ...]] = {
    "post": ("degree_field", "titles"), "postgraduate": ("degree", "postgraduate_field", "titles"),
    "untrained": ("last_trained_on", "training_count"),
}  # fmt: skip
_LABELS = dict(scales.FIELD.values)


@dataclass(frozen=True, kw_only=True)
class FitRequest:
    """Whom (`where`, empty = everybody of the scope who serves), which question, on a day; `years` for `untrained` only."""

    on: date
    question: Question = "post"
    where: str = ""
    years: int = 5


@dataclass(frozen=True, slots=True)
class FitRow:
    """One person. `reason` is a key of REASONS where unknown; `cite` is the law that names the fields of the post."""

    key: int
    said: bool | None
    reason: str
    found: str
    wanted: str = ""
    cite: Cite | None = None
    overlay: str = ""


@dataclass(frozen=True)
class FitReport:
    request: FitRequest
    rows: tuple[FitRow, ...]
    seq: int


def fit(*, request: FitRequest, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> FitReport:
    """Everybody asked about, by key. Raises LanguageError, Forbidden (a field group the reader does not see)."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=request.on)
    where = parse(request.where, vocabulary=words, may_see=open_groups(scope)) if request.where else None
    needed = {"in_service", *FACTS[request.question], *(names(where) if where else ())}
    people = facts_frame(snapshot=snapshot, ask=Ask(on=request.on), names=needed, scope=scope).filter(pl.col("in_service"))
    if where is not None:
        people = people.filter(compile(where))
    if request.question == "untrained":
        rows = _classes(people, request)
    else:
        if request.question == "postgraduate":
            people = people.filter(compile(parse(_POSTGRADUATE, vocabulary=words)))
        rows = _fields(people, request, law, snapshot)
    return FitReport(request, tuple(sorted(rows, key=lambda row: row.key)), snapshot.seq)


_POSTGRADUATE = "degree > 'dai-hoc'"


# --- the field studied


def _fields(people: pl.DataFrame, request: FitRequest, law: Law, snapshot: Snapshot) -> Iterator[FitRow]:
    units, numbers = units_of(snapshot), unit_laws(snapshot, law)
    codes = {pk: code for code, pk in units.ids.items()}
    kinds: dict[int, str | None] = dict(snapshot.tables.frames["unit"].select("id", pl.col("kind").cast(pl.String)).iter_rows())
    laws = {unit: law.local[number] for unit, number in numbers.items()}
    posts: dict[Any, list[PostFields]] = {}
    seen: dict[Any, tuple[bool | None, str, str, str, Cite | None]] = {}
    for key, unit, titles, studied in people.select("key", "unit_id", "titles", _FIELD[request.question]).iter_rows():
        of = laws.get(unit, law.central)
        held, fields = (None if listed is None else tuple(listed) for listed in (titles, studied))
        if (unit, held) not in posts:
            posts[unit, held] = _rules(of, request.on, titles, codes.get(unit, ""), kinds.get(unit) or "", units)
        rules = posts[unit, held]
        pattern = (tuple(map(id, rules)), titles is None or None in titles, fields)
        if pattern not in seen:
            seen[pattern] = _judged(rules, titles, studied)
        local = of.overlays[-1].code if of.overlays else ""
        yield FitRow(key, *seen[pattern], local)


def _rules(laws: LawSet, on: date, titles: Sequence[str | None] | None, unit: str, kind: str, units: Units) -> list[PostFields]:
    line = tuple(units.line(unit)) if unit else ()
    held: list[str | None] = [title for title in titles or () if title] or [None]
    return [rule for rule in post_fields(laws, on) if any(rule.wanted.speaks_of(title=t, line=line, unit_kind=kind) for t in held)]


def _judged(
    rules: Sequence[PostFields], titles: Sequence[str | None] | None, studied: Sequence[str | None] | None
) -> tuple[bool | None, str, str, str, Cite | None]:
    """said, reason, found, wanted, cite. Several posts held: a field of any of them is right."""
    wanted = frozenset(field for rule in rules for field in rule.wanted.fields)
    found = "; ".join(_LABELS[field] if field else "chưa xếp được ngành" for field in studied or ())
    said, reason = _said(wanted, titles, studied)
    return said, reason, found, " / ".join(map(_asked, rules)), rules[0].cite if rules else None


@lru_cache(maxsize=512)
def _asked(rule: PostFields) -> str:
    """`Phòng Kinh tế: Kinh tế; Nông, lâm, thủy sản`: whole groups by their name, other fields by theirs."""
    fields = set(rule.wanted.fields)
    said: list[str] = []
    for group, label in scales.FIELD_GROUP.values:
        whole = {field for field, of in scales.GROUP_OF_FIELD.items() if of == group}
        if whole and whole <= fields:
            said, fields = [*said, label], fields - whole
    return f"{rule.label}: {'; '.join([*said, *(label for field, label in scales.FIELD.values if field in fields)])}"


def _said(
    wanted: frozenset[str], titles: Sequence[str | None] | None, studied: Sequence[str | None] | None
) -> tuple[bool | None, str]:
    if not wanted:
        return None, "no-post" if titles is not None and None not in titles else "no-title"
    if studied is None:
        return None, "no-field"
    if wanted & set(studied):
        return True, ""
    if None in studied:
        return None, "no-field"
    # Another post, not yet on paper, might ask for just this field.
    return (None, "no-title") if titles is None or None in titles else (False, "")


# --- long without a class


def _classes(people: pl.DataFrame, request: FitRequest) -> Iterator[FitRow]:
    """Yes: a class surely begun within the years; no: the last one surely before, or "không có" on paper; else unknown."""
    since = months_back(request.on, 12 * request.years)
    columns = [f"{name}.{end}" for name in ("last_trained_on", "training_count") for end in ("lo", "hi")]
    for key, lo, hi, least, most in people.select("key", *columns).iter_rows():
        said = _trained(since, lo, hi, least, most)
        yield FitRow(key, said, "" if said is not None else "no-class", _last(lo, hi, most))


def _trained(since: date, lo: date | None, hi: date | None, least: int | None, most: int | None) -> bool | None:
    if lo is not None and lo >= since:
        return True
    over = hi is not None and hi < since and least == most
    return False if over or most == 0 else None


def _last(lo: date | None, hi: date | None, most: int | None) -> str:
    if most == 0:
        return "Chưa học lớp nào"
    if lo is None or hi is None:
        return ""
    exact = PartialDate.from_date(lo) if lo == hi else PartialDate(lo.year, lo.month) if lo.month == hi.month else PartialDate(lo.year)
    return f"Lớp gần nhất: {exact.display}"


def answer(question: str, said: bool | None, years: int) -> str:
    """What an answer is called."""
    return "Chưa rõ" if said is None else ANSWERS[question][not said].format(n=years)
