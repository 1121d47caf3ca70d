"""Writes one locality of the demonstration as one act: all of it is there, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.changes import require
from canbo.demo.accounts import make_officer
from canbo.demo.district import build_district
from canbo.demo.load import Ids, add_organisation, add_people
from canbo.demo.local_classes import hold_classes, make_plans
from canbo.demo.local_dossiers import dossiers
from canbo.demo.local_lives import settle
from canbo.demo.locality import Locality
from canbo.dossier import models as dossier
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.collection import no_collection
from canbo.kernel.numbers import thousands
from canbo.organization.changes import load_titles
from canbo.organization.models import Unit

Row = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """What was written for one locality."""

    name: str
    people: int
    rows: int
    locality: Locality

    def __str__(self) -> str:
        day = self.locality.on.strftime("%d/%m/%Y")
        return f"Đã nạp {self.name}, đúng ngày {day}: {thousands(self.people)} người hư cấu ({thousands(self.rows)} dòng)."


def is_loaded(locality: Locality) -> bool:
    return Unit.objects.filter(code=f"huyen-{locality.district}").exists()


def load_locality(*, locality: Locality, actor: Actor, at: datetime, seed: int, accounts: bool = True) -> Loaded | None:
    """Write the locality and its officer's account; None when the folder has it already."""
    if is_loaded(locality):
        return None
    require(actor, "organization.write")
    load_titles(actor=actor, scope=Scope(units=None, groups=frozenset()), at=at)
    with no_collection():
        batch, people = _batch(locality, seed=seed)
        write(batch, actor=actor, action="dossier.write", at=at, reason="nạp địa phương trình diễn")
    if accounts:
        make_officer(locality=locality, actor=actor, at=at)
    name = str(Unit.objects.values_list("name", flat=True).get(code=f"huyen-{locality.district}"))
    return Loaded(name, people, len(batch.inserts), locality)


def _batch(locality: Locality, *, seed: int) -> tuple[Batch, int]:
    district = build_district(locality)
    people = settle(district, seed=seed)
    hold_classes(district, people, seed=seed)
    make_plans(district, people, seed=seed)
    made = dossiers(district, people, seed=seed)
    batch = Batch()
    source = _source(locality, batch)
    ids = add_organisation(district.world, batch)
    add_people(made, batch, ids=ids, source=source)
    _unit_ratings(locality, district.world.rows["body"], district.world.units, ids, batch, source=source)
    return batch, len(people)


def _source(locality: Locality, batch: Batch) -> int:
    source = reserve_ids(dossier.Source, 1)[0]
    name = "Dữ liệu trình diễn của một địa phương (người không có thật)"
    batch.insert(dossier.Source, {"id": source, "kind": "trinh-dien", "name": name, "on": locality.on.isoformat()})
    return source


def _unit_ratings(
    locality: Locality, bodies: list[Row], units: dict[str, int], ids: Ids, batch: Batch, *, source: int
) -> None:
    """Ratings of committees and administrations, of the term the year lies in."""
    for told in locality.unit_ratings:
        unit, day = ids["unit"][units[told["unit"]] - 1], f"{told['period']}-12-31"
        for key, body in zip(ids["body"], bodies, strict=True):
            if body["unit_id"] != unit or body["kind"] not in told["bodies"] or not body["start"] <= day < body["end"]:
                continue
            row: Row = {"id": reserve_ids(dossier.UnitRating, 1)[0], "unit_id": unit, "body_id": key, "source_id": source}
            row |= {"period": told["period"], "grade": told["grade"], "regime": "don-vi-hanh-chinh"}
            batch.insert(dossier.UnitRating, row)
