"""The one schema of the columnar tables that facts are computed from, and the frozen container of them.

Kinds of column: `id` (UInt32), `int` (Int32), `code` (category; also texts that repeat), `text`, `bool`, `day` (Date),
`partial` (two Date columns `<col>_lo`, `<col>_hi`, the first and last possible day; both null = unknown), `bound`
(an `end`: the first day outside its half-open span as Date column `<col>_before`; null = until now) and `hundredths`
(Int32, 234 = 2.34). An empty text is null: nobody said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from canbo.facts import dates

Kind = Literal["id", "int", "code", "text", "bool", "day", "partial", "bound", "hundredths"]

_RECORD = "id:id person:id known_from:day"
_SPAN = "start:partial end:bound"
_SCHEMA = {
    "person": "id:id merged_into:id full_name:text birth:partial sex:code ethnicity:code religion:code birth_place:text native_place:text"
    " residence:text personal_id_index:text"
    " native_province:code native_district:code native_commune:code native_map:code recruited_on:partial joined_agency_on:partial"
    " party_joined:partial party_official:partial party_left:partial party_status:code party_known_from:day"
    " enlisted_on:partial discharged_on:partial military_rank:code academic_title:code",
    "employment": f"{_RECORD} {_SPAN} unit:id staff_kind:code workplace:code since_list:bool",
    "holding": f"{_RECORD} {_SPAN} unit:id title:id title_text:code post:id seat:id kind:code key_post:bool"
    " since_list:bool term_end:partial reappointed_on:partial",
    "membership": f"{_RECORD} {_SPAN} body:id role:code order:int",
    "qualification": f"{_RECORD} kind:code level:code field:code field_text:code language:code obtained:partial"
    " valid_until:partial",
    "rating": f"{_RECORD} period_kind:code period:code capacity:code grade:code replaced_by:id",
    "plan_entry": f"{_RECORD} {_SPAN} title:id unit:id body:id term:id plan_class:code origin:code since_list:bool",
    "attendance": f"{_RECORD} training:code kind:code family:code level:code form:code start:partial end:partial"
    " hours:int result:code funding:code",
    "discipline": f"{_RECORD} side:code form:code decided_on:partial ended_on:partial",
    "award": f"{_RECORD} on:partial form:code text:code",
    "pay": f"{_RECORD} {_SPAN} rank_code:code rank_text:code rank_on:partial step:int coefficient:hundredths",
    "list_entry": f"{_RECORD} name:code on:day",
    "extra_value": f"{_RECORD} name:code label:code value:code",
    "declared_none": f"{_RECORD} kind:code",
    "certified_value": f"{_RECORD} field:code value:text",
    "disputed_value": f"{_RECORD} field:code value:text settled_on:day",
    "work_history": f"{_RECORD}",
    "distinction": f"{_RECORD} kind:code code:code on:partial",
    "health_certificate": "id:id person:id known_from:day certified_on:partial",
    "asset_declaration": "id:id person:id known_from:day declared_on:partial",
    "unit": f"id:id {_SPAN} code:text name:text kind:code block:code level:code parent:id province:code commune:code area:code",
    "unit_succession": "id:id old:id new:id on:day kind:code",
    "title": f"id:id {_SPAN} code:text name:text level:code block:code rank:int key_post:bool protocol_order:int",
    "post": f"id:id {_SPAN} unit:id title:id staff_kind:code",
    "seat": f"id:id {_SPAN} post:id number:int",
    "norm": f"id:id {_SPAN} unit:id staff_kind:code count:int",
    "term": f"id:id {_SPAN} code:code side:code",
    "body": f"id:id {_SPAN} unit:id code:code kind:code name:text term:id",
}
SCHEMA: Mapping[str, Mapping[str, Kind]] = {
    table: dict(part.split(":") for part in columns.split())  # type: ignore[misc]
    for table, columns in _SCHEMA.items()
}
ORGANISATION = ("unit", "unit_succession", "title", "post", "seat", "norm", "term", "body")
OF_PERSON = tuple(table for table in SCHEMA if table != "person" and table not in ORGANISATION)
# What the person table held before a certified value took its place; kept readable.
TYPED_VALUE = {"person": pl.UInt32, "field": pl.String, "value": pl.String}

_DTYPES: Mapping[Kind, Any] = {
    "id": pl.UInt32, "int": pl.Int32, "code": pl.Categorical(), "text": pl.String, "bool": pl.Boolean,
    "day": pl.Date, "hundredths": pl.Int32,
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """The tables of one moment. `t["rating"]` is a lazy frame; what several facts share is computed once per `memo`."""

    frames: Mapping[str, pl.DataFrame]
    memo: dict[Any, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, table: str) -> pl.LazyFrame:
        return self.frames[table].lazy()

    def fresh(self) -> "Tables":
        """The same tables with an empty memo, for one round of building."""
        return Tables(self.frames)

    def of_people(self, people: Iterable[int]) -> "Tables":
        """Only the rows of these people, the organisation whole."""
        ids = pl.Series(list(people), dtype=pl.UInt32).implode()
        kept = {name: frame.filter(pl.col("person").is_in(ids)) for name, frame in self.frames.items() if name in OF_PERSON}
        person = self.frames["person"].filter(pl.col("id").is_in(ids))
        return Tables({**self.frames, **kept, "person": person})


def dtypes(table: str) -> dict[str, Any]:
    """Columns of a table and their Polars types."""
    found: dict[str, Any] = {}
    for name, kind in SCHEMA[table].items():
        match kind:
            case "partial":
                found |= {f"{name}_lo": pl.Date, f"{name}_hi": pl.Date}
            case "bound":
                found[f"{name}_before"] = pl.Date
            case _:
                found[name] = _DTYPES[kind]
    return found


def typed(table: str, raw: pl.DataFrame) -> pl.DataFrame:
    """Raw columns (ISO texts, 0/1, empty texts) as the schema's columns; a column left out is null."""
    lazy = raw.lazy().with_columns(pl.lit(None).alias(c) for c in SCHEMA[table] if c not in raw.columns)
    return lazy.select(expr for name, kind in SCHEMA[table].items() for expr in _typed(name, kind, raw)).collect()


def make(**rows: list[dict[str, Any]]) -> Tables:
    """Tables from rows by hand, dates as ISO text as precise as known; tables left out are empty."""
    frames = {table: typed(table, pl.DataFrame(rows.get(table, []), infer_schema_length=None)) for table in SCHEMA}
    return complete(frames)


def complete(frames: Mapping[str, pl.DataFrame]) -> Tables:
    """Tables as facts read them: certified values in the person table, the typed ones beside it, disputed ones opened."""
    person, typed_value = frames["person"], pl.DataFrame(schema=TYPED_VALUE)
    if not (certified := frames["certified_value"]).is_empty():
        person, typed_value = _with_certified(person, certified)
    person = with_disputes(person, frames["disputed_value"])
    return Tables({**frames, "person": person, "typed_value": typed_value})


def _typed(name: str, kind: Kind, raw: pl.DataFrame) -> list[pl.Expr]:
    column = pl.col(name)
    is_text = raw.schema.get(name) in (pl.String, pl.Categorical)
    match kind:
        case "partial":
            text = _text(column)
            return [dates.lo(text).alias(f"{name}_lo"), dates.hi(text).alias(f"{name}_hi")]
        case "bound":
            return [dates.before(_text(column)).alias(f"{name}_before")]
        case "day":
            return [dates.lo(_text(column)).alias(name)]
        case "code" | "text":
            return [_text(column).cast(_DTYPES[kind]).alias(name)]
        case "bool" if is_text:
            return [column.str.to_lowercase().is_in(["t", "true", "1"]).alias(name)]
        case _:
            return [column.cast(_DTYPES[kind]).alias(name)]


def _text(column: pl.Expr) -> pl.Expr:
    text = column.cast(pl.String)
    return pl.when(text != "").then(text)


# --- certified values


def _with_certified(person: pl.DataFrame, certified: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The person table with the newest certified value of each field in place, and what stood there before."""
    newest = certified.sort("id").unique(["person", "field"], keep="last").with_columns(pl.col("field").cast(pl.String))
    kept: list[pl.DataFrame] = []
    for (name,), values in newest.group_by("field"):
        kind = SCHEMA["person"].get(str(name))
        if kind is None or str(name) in ("id", "merged_into"):
            continue
        before = person.filter(pl.col("id").is_in(values["person"].implode()))
        kept.append(before.select(pl.col("id").alias("person"), pl.lit(name).alias("field"), _as_text(str(name), kind)))
        person = _replaced(person, str(name), kind, values)
    return person, pl.concat(kept).cast(TYPED_VALUE) if kept else pl.DataFrame(schema=TYPED_VALUE)  # type: ignore[arg-type]


def _as_text(name: str, kind: Kind) -> pl.Expr:
    if kind == "partial":
        return dates.iso(pl.col(f"{name}_lo"), pl.col(f"{name}_hi")).alias("value")
    return pl.col(name).cast(pl.String).alias("value")


def _replaced(person: pl.DataFrame, name: str, kind: Kind, values: pl.DataFrame) -> pl.DataFrame:
    new = values.lazy().select(pl.col("person").alias("id"), pl.col("value").alias(name)).collect()
    exprs = _typed(name, kind, new)
    columns = [expr.meta.output_name() for expr in exprs]
    return person.update(new.select("id", *exprs), on="id").select(person.columns) if columns else person


# --- disputed values

# What follows from a field: a disputed native place decides nothing about where somebody is from.
_FOLLOWS = {"native_place": ("native_province", "native_district", "native_commune", "native_map")}


def with_disputes(person: pl.DataFrame, disputed: pl.DataFrame) -> pl.DataFrame:
    """The person table while disputes are open: a date becomes the interval of all claims, a code is UNKNOWN.

    Comparisons on which all claims agree stay decided that way. A claim about an empty field is a claim, not a value.
    """
    open_ = disputed.filter(pl.col("settled_on").is_null()).with_columns(pl.col("field").cast(pl.String))
    for (name,), claims in open_.group_by("field", maintain_order=True):
        kind = SCHEMA["person"].get(str(name))
        if kind == "partial":
            person = _spread(person, str(name), claims)
        elif kind == "code":
            person = _blanked(person, [str(name)], claims["person"])
        elif str(name) in _FOLLOWS:
            person = _blanked(person, _FOLLOWS[str(name)], claims["person"])
    return person


def _spread(person: pl.DataFrame, name: str, claims: pl.DataFrame) -> pl.DataFrame:
    lo, hi = f"{name}_lo", f"{name}_hi"
    first, last = dates.lo(_text(pl.col("value"))), dates.hi(_text(pl.col("value")))
    reach = claims.group_by(pl.col("person").alias("id")).agg(first.min().alias(".lo"), last.max().alias(".hi"))
    known = pl.col(lo).is_not_null()
    wider = (pl.when(known).then(pl.min_horizontal(lo, ".lo")).alias(lo), pl.when(known).then(pl.max_horizontal(hi, ".hi")).alias(hi))
    return person.join(reach, on="id", how="left", maintain_order="left").with_columns(wider).drop(".lo", ".hi")


def _blanked(person: pl.DataFrame, names: Iterable[str], people: pl.Series) -> pl.DataFrame:
    theirs = pl.col("id").is_in(people.implode())
    return person.with_columns(pl.when(~theirs).then(pl.col(name)).alias(name) for name in names)


Shared = Callable[[Tables, Any], pl.LazyFrame]


def shared(make_frame: Shared) -> Shared:
    """An intermediate that several facts of one build rest on: computed once."""

    def once(t: Tables, ask: Any) -> pl.LazyFrame:
        key = (make_frame.__module__, make_frame.__qualname__, ask)
        if key not in t.memo:
            t.memo[key] = make_frame(t, ask).collect()
        return t.memo[key].lazy()

    return once

