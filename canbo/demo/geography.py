"""One province on the maps of before and after the change of 1/7/2025, from canbo/laws/areas."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune of the map before, with its district and province."""

    code: str
    label: str
    district: str
    district_label: str
    province: str
    province_label: str

    @property
    def text(self) -> str:
        return ", ".join(lowered(part) for part in (self.label, self.district_label, self.province_label))


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the map after, with the old communes that went into it (wholly or in part)."""

    code: str
    label: str
    olds: tuple[OldCommune, ...]


@dataclass(frozen=True)
class Geography:
    """`communes` in the order of their codes; `elsewhere` are old communes of other provinces."""

    province: str
    label: str
    changed_on: date
    communes: tuple[Commune, ...]
    elsewhere: tuple[OldCommune, ...]


def lowered(label: str) -> str:
    """A label as it stands inside a sentence: `xã Phú Đình`."""
    return label[:1].lower() + label[1:]


@cache
def geography(province: str) -> Geography:
    """The province of the map after with this code; KeyError when there is none."""
    label = {r["code"]: r["label"] for r in _rows("provinces.csv") if r["map"] == "after"}[province]
    olds = _old_communes()
    parts: dict[str, list[OldCommune]] = defaultdict(list)
    for row in _rows("commune_succession.csv"):
        if row["before"] in olds:
            parts[row["after"]].append(olds[row["before"]])
    communes = tuple(
        Commune(r["code"], r["label"], tuple(parts[r["code"]]))
        for r in _rows("communes_after.csv")
        if r["province"] == province and parts[r["code"]]
    )
    changed = next(r["valid_from"] for r in _rows("maps.csv") if r["code"] == "after")
    inside = {old.province for commune in communes for old in commune.olds}
    elsewhere = tuple(old for old in olds.values() if old.province not in inside)
    return Geography(province, label, date.fromisoformat(changed), communes, elsewhere)


@dataclass(frozen=True, slots=True)
class Areas:
    """A district of the map before, its communes, and by commune its successors: (code, label, kind of succession)."""

    label: str
    province_before: str
    province_after: str
    before: str
    after: str
    communes: tuple[OldCommune, ...]
    successors: dict[str, tuple[tuple[str, str, str], ...]]


@cache
def areas(district: str) -> Areas:
    """The district of that code on the map before 1/7/2025; KeyError when there is none."""
    found = {row["code"]: row for row in _rows("districts.csv")}[district]
    after = {row["before"]: row["after"] for row in _rows("province_succession.csv")}[found["province"]]
    labels = {(row["map"], row["code"]): row["label"] for row in _rows("provinces.csv")}
    communes = tuple(old for old in _old_communes().values() if old.district == district)
    return Areas(
        found["label"], found["province"], after, labels["before", found["province"]], labels["after", after], communes,
        _successors({old.code for old in communes}),
    )  # fmt: skip


def _successors(olds: set[str]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    label = {row["code"]: row["label"] for row in _rows("communes_after.csv")}
    rows = [row for row in _rows("commune_succession.csv") if row["before"] in olds]
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        kind = "split" if row["kind"] == "split" else "merge"
        found[row["before"]].append((row["after"], label[row["after"]], kind))
    return {code: tuple(successors) for code, successors in found.items()}


@cache
def _old_communes() -> dict[str, OldCommune]:
    provinces = {r["code"]: r["label"] for r in _rows("provinces.csv") if r["map"] == "before"}
    districts = {r["code"]: r for r in _rows("districts.csv")}
    return {
        r["code"]: OldCommune(
            r["code"], r["label"], r["district"], d["label"], d["province"], provinces[d["province"]]
        )
        for r in _rows("communes_before.csv")
        if (d := districts[r["district"]])
    }  # fmt: skip


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (files("canbo.laws") / "areas" / name).open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)
