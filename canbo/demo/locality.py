"""The localities of the demonstration as their data files tell them: counts of people, never shares (localities/*.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from canbo.demo.tables import table

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Group:
    """People of one kind: how many in each title, age band, level …; every count adds up to `size`."""

    name: str
    titles: Counts
    ages: Counts
    sex: Counts
    degree: Counts
    theory: Counts
    party: int
    management: Counts
    units: tuple[str, ...] = ()
    native: Counts | None = None
    ratings: Mapping[str, Counts] | None = None
    recruited_by: date | None = None
    held_by: date | None = None
    appointed: Mapping[str, date] | None = None
    rotated: Mapping[str, Any] | None = None
    left: Mapping[str, Any] | None = None
    stages: tuple[Mapping[str, str], ...] = ()

    @property
    def size(self) -> int:
        return sum(self.titles.values())


@dataclass(frozen=True)
class Course:
    """Classes of one kind: `turns` turns of `people` different people in `classes` classes, or each one by herself."""

    units: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    people: int
    turns: int
    classes: int
    first: date
    last: date
    days: int
    name: str = ""
    one_by_one: bool = False
    form: str = ""
    gives: str = ""
    among: Mapping[str, list[str]] | None = None
    including: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """So many people planned for one title in one term: those of the groups `first`, then some of `among`."""

    title: str
    term: str
    people: int
    first_day: date
    last_day: date
    until: date
    unit: str = ""
    first: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Locality:
    """One district on one day, with what its article counts."""

    code: str
    on: date
    district: str
    names: Mapping[str, str]
    account: str
    officer: str
    account_unit: str
    schools: int
    parts: bool
    ethnicity: Counts
    merged_on: date | None
    earlier: tuple[Mapping[str, str], ...]
    groups: tuple[Group, ...]
    courses: tuple[Course, ...]
    plans: tuple[Plan, ...]
    unit_ratings: tuple[Mapping[str, Any], ...]

    @property
    def people(self) -> int:
        return sum(group.size for group in self.groups)


CODES = ("kim-dong", "chuong-my", "binh-gia", "phuc-yen", "tan-phong")


@cache
def locality(code: str) -> Locality:
    """The locality of that code; KeyError when there is none."""
    if code not in CODES:
        raise KeyError(code)
    told = tomllib.loads((files("canbo.demo") / "localities" / f"{code}.toml").read_text(encoding="utf-8"))
    return Locality(
        code=told["code"], on=told["on"], district=told["district"], names=told["names"], account=told["account"],
        officer=told["officer"], account_unit=told.get("account_unit", f"huyen-{told['district']}"),
        schools=told["schools"], parts=told.get("parts", True), ethnicity=told.get("ethnicity", {"kinh": 1}),
        merged_on=told.get("merged_on"), earlier=tuple(told.get("earlier", ())),
        groups=tuple(_group(row) for row in told["group"]), courses=tuple(_course(row) for row in told.get("class", ())),
        plans=tuple(_plan(row) for row in told.get("plan", ())), unit_ratings=tuple(told.get("unit_rating", ())),
    )  # fmt: skip


def localities() -> tuple[Locality, ...]:
    return tuple(locality(code) for code in CODES)


def local_title(code: str) -> dict[str, str]:
    """What is known of a title: where it stands, what one was before."""
    return _titles()[code]


@cache
def _titles() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in table("local_titles")}


def _group(row: dict[str, Any]) -> Group:
    size = sum(row["titles"].values())
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Group(**({"management": {"": size}} | known))


def _course(row: dict[str, Any]) -> Course:
    people, names = row["people"], tuple(row["names"])
    lists: dict[str, Any] = {name: tuple(row.get(name, ())) for name in ("units", "including", "excluding")}
    kept = {name: row[name] for name in ("name", "one_by_one", "form", "gives", "among", "days") if name in row}
    return Course(
        kinds=tuple(row.get("kinds", [row.get("kind")])), names=names, people=people, turns=row.get("turns", people),
        classes=row.get("classes", 1), first=row["from"], last=row["to"], **lists, **kept,
    )  # fmt: skip


def _plan(row: dict[str, Any]) -> Plan:
    lists = {name: tuple(row.get(name, ())) for name in ("first", "among", "titles")}
    return Plan(
        title=row["title"], term=row["term"], people=row["people"], first_day=row["from"], last_day=row["to"],
        until=row["until"], unit=row.get("unit", ""), **lists,
    )  # fmt: skip
