"""Writes an invented province into an empty data folder, in batches of one act each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.changes import keyring
from canbo.audit.queries import last_seq
from canbo.demo.accounts import make_accounts
from canbo.demo.geography import geography
from canbo.demo.organization import build_world
from canbo.demo.people import Dossier
from canbo.demo.people import people as invented
from canbo.demo.world import World
from canbo.dossier import models as dossier
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.collection import no_collection
from canbo.kernel.numbers import thousands
from canbo.organization import models as organization
from canbo.organization.changes import load_titles
from canbo.sealing.keyring import Keyring

Row = dict[str, Any]
Ids = dict[str, list[int]]
PROVINCE, SEED = "19", 2026
BATCH = 2_000
SEALED = ("religion", "personal_id", "phone", "social_insurance")
ORGANISATION: dict[str, type[Model]] = {
    "term": organization.Term, "title": organization.Title, "unit": organization.Unit,
    "succession": organization.Succession, "body": organization.Body, "post": organization.Post,
    "seat": organization.Seat, "norm": organization.Norm,
}  # fmt: skip
RECORDS: dict[str, type[Model]] = {
    "qualification": dossier.Qualification, "attendance": dossier.Attendance, "employment": dossier.Employment,
    "holding": dossier.Holding, "membership": dossier.Membership, "work_history": dossier.WorkHistory,
    "pay": dossier.Pay, "rating": dossier.Rating, "plan_entry": dossier.PlanEntry, "award": dossier.Award,
    "discipline": dossier.Discipline, "distinction": dossier.Distinction, "declared_none": dossier.DeclaredNone,
}  # fmt: skip
# Columns that refer to the organisation by place, and the table they refer to.
REFERENCES = {
    "unit_id": "unit", "parent_id": "unit", "old_id": "unit", "new_id": "unit", "title_id": "title", "post_id": "post",
    "seat_id": "seat", "body_id": "body", "term_id": "term",
}  # fmt: skip
_REFERRING = {
    "employment": ("unit_id",), "holding": ("unit_id", "title_id", "post_id", "seat_id"), "membership": ("body_id",),
    "rating": ("unit_id",), "plan_entry": ("unit_id", "title_id", "term_id"),
}  # fmt: skip


class NotEmpty(Exception):
    """Text for the user: the data folder holds units or people already."""


@dataclass(frozen=True)
class Summary:
    """What was written: `rows` counts dossier rows, the people included."""

    people: int
    rows: int
    units: int
    acts: int
    accounts: int
    on: date

    def __str__(self) -> str:
        day = self.on.strftime("%d/%m/%Y")
        return f"Đã nạp {thousands(self.people)} người hư cấu ({thousands(self.rows)} dòng hồ sơ), {self.units} đơn vị, đúng ngày {day}."


def load(*, actor: Actor, at: datetime, people: int = 1200, seed: int = SEED, accounts: bool = True) -> Summary:
    """Fill an empty data folder as it would stand on the day of `at`; NotEmpty when it holds anything.

    The invented province has the communes of 1/7/2025, so an earlier day is told as the end of that year.
    """
    on = max(at.date(), date(2025, 12, 31))
    if organization.Unit.objects.exists() or dossier.Person.objects.exists():
        raise NotEmpty("Thư mục dữ liệu đã có đơn vị hoặc hồ sơ; dữ liệu trình diễn chỉ nạp vào thư mục trống.")
    world = build_world(people=people, seed=seed, geography=geography(PROVINCE))
    before, rows = last_seq(), 0
    load_titles(actor=actor, scope=Scope(units=None, groups=frozenset()), at=at)
    batch = Batch()
    ids = add_organisation(world, batch)
    write(batch, actor=actor, action="organization.write", at=at, reason="nạp tổ chức trình diễn")
    source = _write_source(on=on, actor=actor, at=at)
    for numbers in _batches(people):
        with no_collection():
            made = list(invented(world=world, total=people, seed=seed, on=on, numbers=numbers))
            rows += _write_people(made, ids=ids, source=source, actor=actor, at=at)
    made_accounts = make_accounts(actor=actor, at=at) if accounts else 0
    return Summary(people, rows, len(ids["unit"]), last_seq() - before, made_accounts, on)


def _batches(people: int) -> Iterator[range]:
    for first in range(0, people, BATCH):
        yield range(first, min(first + BATCH, people))


def add_organisation(world: World, batch: Batch) -> Ids:
    """The rows of an organisation with primary keys → keys by table. Titles and terms already in the folder are used."""
    known: dict[str, dict[str, int]] = {
        "title": dict(organization.Title.objects.values_list("code", "pk")),
        "term": dict(organization.Term.objects.values_list("code", "pk")),
    }
    ids: Ids = {}
    for table, model in ORGANISATION.items():
        rows, there = world.rows[table], known.get(table, {})
        missing = [row for row in rows if row.get("code") not in there]
        fresh = iter(reserve_ids(model, len(missing)) if missing else [])
        ids[table] = [there.get(row.get("code", "")) or next(fresh) for row in rows]
        for key, row in zip(ids[table], rows, strict=True):
            if row.get("code") in there:
                continue
            row["id"] = key
            resolve(row, tuple(REFERENCES), ids)
            batch.insert(model, row)
    return ids


def resolve(row: Row, columns: tuple[str, ...], ids: Ids) -> None:
    """Primary keys in place of places; None stays None."""
    for name in columns:
        if row.get(name):
            row[name] = ids[REFERENCES[name]][row[name] - 1]


def _write_source(*, on: date, actor: Actor, at: datetime) -> int:
    batch = Batch()
    source = reserve_ids(dossier.Source, 1)[0]
    row = {"id": source, "kind": "trinh-dien", "name": "Dữ liệu trình diễn (người không có thật)", "on": on.isoformat()}
    batch.insert(dossier.Source, row)
    write(batch, actor=actor, action="dossier.write", at=at, reason="nạp dữ liệu trình diễn")
    return source


def _write_people(made: list[Dossier], *, ids: Ids, source: int, actor: Actor, at: datetime) -> int:
    """One act for these people; returns the number of rows."""
    batch = Batch()
    add_people(made, batch, ids=ids, source=source)
    write(batch, actor=actor, action="dossier.write", at=at, reason="nạp dữ liệu trình diễn")
    return len(batch.inserts)


def add_people(made: list[Dossier], batch: Batch, *, ids: Ids, source: int) -> None:
    """Dossiers with primary keys, their places in the organisation resolved; a `decision` of a record becomes a row."""
    ring = keyring()
    keys = reserve_ids(dossier.Person, len(made))
    counts = dict.fromkeys(RECORDS, 0)
    for one in made:
        for table, _row in one.records:
            counts[table] += 1
    decided = sum("decision" in row for one in made for _, row in one.records)
    papers = iter(reserve_ids(dossier.Decision, decided) if decided else [])
    fresh = {table: iter(reserve_ids(RECORDS[table], count)) for table, count in counts.items() if count}
    for person, one in zip(keys, made, strict=True):
        batch.insert(dossier.Person, {"id": person} | _sealed(one.person, ring), person=person)
        for table, row in one.records:
            row["id"], row["person_id"], row["source_id"] = next(fresh[table]), person, source
            if "decision" in row:
                row["decision_id"] = next(papers)
                batch.insert(dossier.Decision, row.pop("decision") | {"id": row["decision_id"]})
            if table in _REFERRING:
                resolve(row, _REFERRING[table], ids)
            batch.insert(RECORDS[table], row, person=person)


def _sealed(person: Row, ring: Keyring) -> Row:
    """The row as stored: sealed columns bound to the person's key, the blind index of the personal ID."""
    row = {name: value for name, value in person.items() if name not in SEALED}
    for name in SEALED:
        if name in person:
            row[f"{name}_sealed"] = ring.seal(person[name], place=f"person.{name}:{person['key']}")
    if "personal_id" in person:
        row["personal_id_index"] = ring.blind_index(person["personal_id"], purpose="personal_id")
    return row
