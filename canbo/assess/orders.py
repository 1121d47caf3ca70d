"""The orders a list of people stands in. A registry: a later mechanism (votes) adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.assess.columns import UNRANKED, listable
from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Scale, Text, Type, pairs
from canbo.facts.catalogue import Words
from canbo.kernel.actors import Scope
from canbo.kernel.text import collation_key, slug, sort_key
from canbo.snapshot.store import Snapshot

LAST = 9999  # who holds no title of the list comes after all who do
DEFAULT = "chuc-danh"
# Roles in a body, first to last, as their codes or texts begin. A body whose order nobody typed stands in this order.
_ROLES = ("bi-thu", "chu-tich", "chu-nhiem", "truong", "pho-bi-thu-thuong-truc", "pho-bi-thu", "pho-", "uy-vien-thuong-vu", "uy-vien")


@dataclass(frozen=True, kw_only=True)
class People:
    """What an order sorts: a facts frame, the tables of the day, and `ranks` (id, rank) of given names."""

    frame: pl.DataFrame
    snapshot: Snapshot
    on: date
    ranks: pl.DataFrame
    words: Words


Sort = Callable[[People, str], pl.DataFrame]


@dataclass(frozen=True)
class Order:
    """`needs` are the facts it reads for an argument; `sort` gives the frame in order, equal people by given name."""

    code: str
    label: str
    group: str
    needs: Callable[[str], tuple[str, ...]]
    sort: Sort


ORDERS: dict[str, Order] = {}


def register(order: Order) -> Order:
    ORDERS[order.code] = order
    return order


class NoSuchOrder(Exception):
    """An order nobody registered, or one the reader may not use; the text says what to do."""


def parse_order(text: str, *, snapshot: Snapshot, scope: Scope) -> tuple[Order, str]:
    """The order and its argument: `chuc-danh`, `ten`, `to-chuc:12`, `cot:birth`, `cot:-birth`."""
    code, _, argument = (text or DEFAULT).partition(":")
    if code not in ORDERS:
        raise NoSuchOrder("Không có cách xếp thứ tự này; hãy chọn lại ở ô “Thứ tự”.")
    if code == "cot":
        _refuse_column(argument.removeprefix("-"), snapshot, scope)
    found = ORDERS[code]
    # Who may not see titles gets the order of names: protocol order would tell who holds one.
    return (found, argument) if not found.group or scope.sees_group(found.group) else (ORDERS["ten"], "")


def _refuse_column(name: str, snapshot: Snapshot, scope: Scope) -> None:
    facts = listable(snapshot=snapshot, scope=scope)
    if name not in facts:
        raise NoSuchOrder("Không xếp thứ tự theo cột này được; hãy chọn một cột trong danh sách.")
    if name in UNRANKED:
        raise NoSuchOrder(f"Không xếp thứ tự theo “{facts[name].label}”: chỉ dùng cho cơ cấu, thống kê.")


def needs_nothing(argument: str) -> tuple[str, ...]:
    return ()


def sortable(name: str, of: Type) -> bool:
    """Whether a column's head may be clicked to sort by it."""
    return name not in UNRANKED and not isinstance(of, ListOf)


# --- given names


def _by_name(people: People, argument: str) -> pl.DataFrame:
    return _ranked(people).sort(".rank", nulls_last=True)


def _ranked(people: People) -> pl.DataFrame:
    """Helper columns begin with a dot: facts, and columns of lists, may have any other name."""
    ranks = people.ranks.select(pl.col("id").alias("key"), pl.col("rank").alias(".rank"))
    return people.frame.join(ranks, on="key", how="left")


# --- protocol order of titles


def _by_title(people: People, argument: str) -> pl.DataFrame:
    return _titled(people).sort(".protocol", ".rank")


def _titled(people: People) -> pl.DataFrame:
    titles = people.snapshot.tables.frames["title"].select(
        pl.col("code").cast(pl.String).alias("title"), pl.col("protocol_order").alias(".protocol")
    )
    ranked = _ranked(people).with_columns(pl.col("title").cast(pl.String)).join(titles, on="title", how="left")
    return ranked.with_columns(pl.col(".protocol").fill_null(LAST))  # why: without a title of the list she stands after all others


# --- the order of a body: as its decision lists it, else chair roles first


def members_of(body: int, *, snapshot: Snapshot, on: date) -> pl.DataFrame:
    """person, .role, .typed order, .membership of who surely or possibly sits in a body on the day, one row a person."""
    rows = snapshot.tables.frames["membership"].filter(
        pl.col("body") == body,
        pl.col("start_lo").is_null() | (pl.col("start_lo") <= on),
        pl.col("end_before").is_null() | (pl.col("end_before") > on),
    )
    ordered = rows.sort("start_lo", "id", nulls_last=False).unique("person", keep="last", maintain_order=True)
    return ordered.select(
        "person", pl.col("role").cast(pl.String).alias(".role"), pl.col("order").alias(".typed"), pl.col("id").alias(".membership")
    )


def _by_body(people: People, argument: str) -> pl.DataFrame:
    members = members_of(int(argument), snapshot=people.snapshot, on=people.on) if argument.isdigit() else None
    if members is None:
        return _by_title(people, "")
    role = pl.col(".role").map_elements(role_rank, return_dtype=pl.Int64, skip_nulls=False).alias(".role_rank")
    joined = _titled(people).join(members, left_on="key", right_on="person", how="left").with_columns(role)
    return joined.sort(".typed", ".role_rank", ".protocol", ".rank", nulls_last=True)


def role_rank(role: str | None) -> int:
    """Place of a role among those of a body; unknown roles last."""
    code = slug(role or "").replace("_", "-")
    return next((i for i, start in enumerate(_ROLES) if code.startswith(start)), len(_ROLES))


# --- a column


def _by_column(people: People, argument: str) -> pl.DataFrame:
    name, down = argument.removeprefix("-"), argument.startswith("-")
    ranked = _ranked(people).with_columns(_value(people, name).alias(".value"))
    return ranked.sort(".value", ".rank", descending=[down, False], nulls_last=True)


def _value(people: People, name: str) -> pl.Expr:
    """What a column is sorted by: days and numbers as they are, steps by rank, texts in Vietnamese order."""
    match people.words[name].type:
        case Date(interval=True) | Int(interval=True):
            return pl.col(f"{name}.lo")
        case Date() | Int() | Decimal_() | Bool():
            return pl.col(name)
        case Scale() as scale:
            return pl.col(name).cast(pl.String).replace_strict(scale.ranks, default=None, return_dtype=pl.Int32)
        case Code() as code:
            return _collated(people, name, dict(pairs(code)))
        case Text() if name == "name":
            return pl.col(".rank")
        case _:
            return _collated(people, name, {})


def _collated(people: People, name: str, labels: dict[str, str]) -> pl.Expr:
    """The place of each text among those there are."""
    values: list[str] = people.frame[name].cast(pl.String).drop_nulls().unique().to_list()
    ordered = sorted(values, key=lambda value: collation_key(labels.get(value) or value))
    return pl.col(name).cast(pl.String).replace_strict(ordered, range(len(ordered)), default=None, return_dtype=pl.Int32)


register(Order("chuc-danh", "Thứ tự chức danh, rồi tên", "career", lambda argument: ("title",), _by_title))
register(Order("ten", "Tên (a, b, c)", "", needs_nothing, _by_name))
register(Order("to-chuc", "Thứ tự trong tổ chức (cấp ủy, ban)", "party", lambda argument: ("title",), _by_body))
register(Order("cot", "Theo cột", "", lambda argument: (argument.removeprefix("-"),), _by_column))


def ranks_of(frame: pl.DataFrame) -> pl.DataFrame:
    """id and rank by given name of the people of a frame that names them."""
    names = zip(frame["key"].to_list(), frame["name"].cast(pl.String).to_list())
    ordered = sorted(names, key=lambda pair: (sort_key(pair[1] or "", ignore_case=True), pair[0]))
    ids = [key for key, _ in ordered]
    return pl.DataFrame({"id": ids, "rank": range(len(ids))}, schema={"id": pl.UInt32, "rank": pl.UInt32})
