"""One act for many people of a list: the typed order of a body, the same record for each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from canbo.assess.orders import members_of
from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.changes import require, values_of
from canbo.dossier.models import Attendance, Award, Decision, Membership, Person, Rating
from canbo.dossier.sections import group_of_row
from canbo.dossier.values import check_values, put_values
from canbo.dossier.writing import has_own_day
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

MOST_PLACES = 999
MOST_PEOPLE = 2_000
# Records that many people get alike; others are each their own matter.
SHARED_RECORDS = {model._meta.db_table: model for model in (Award, Attendance, Rating)}


class OrderRefused(Exception):
    """An order of a body that cannot be kept; the text says what to do."""


class ManyRefused(Exception):
    """A record that cannot be given to these people; the text says what to do."""


@dataclass(frozen=True)
class Paper:
    """The decision that stands behind what is written."""

    number: str = ""
    issued_on: PartialDate | None = None
    issuer: str = ""

    @property
    def text(self) -> str:
        parts = [self.number, f"ngày {self.issued_on.display}" if self.issued_on else "", self.issuer]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Planned:
    """What would be written: the people who get the record, and those who have the same one already."""

    people: tuple[int, ...]
    already: tuple[int, ...]


# --- the order of a body


def put_body_order(
    *, body: int, places: Mapping[int, str], document: str, on: date, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> int | None:
    """Keep the typed places of these members as one act under its decision; an empty one stands after all typed ones.

    Returns the act's seq, None when nothing differed. OrderRefused for a place that is no number or stands twice.
    """
    require(actor, "dossier.write")
    if not scope.sees_group("party"):
        raise Forbidden("Bạn chưa được giao quyền sửa nhóm thông tin này.")
    if not document:
        raise OrderRefused("Hãy ghi số, ngày quyết định làm căn cứ cho thứ tự này.")
    wanted = _places(places)
    seen = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=(), scope=scope)["key"]
    members = members_of(body, snapshot=snapshot, on=on).filter(pl.col("person").is_in(seen.implode()))
    batch = Batch()
    for person, row, before in members.select("person", ".membership", ".typed").iter_rows():
        if person in wanted and wanted[person] != before:
            batch.update(Membership, row, {"order": before}, {"order": wanted[person]}, person=person)
    return write(
        batch, actor=actor, action="dossier.order", at=at, reason="ghi thứ tự trong tổ chức", document=document, may="dossier.write"
    )


def _places(typed: Mapping[int, str]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for person, text in typed.items():
        if text and not (text.isdecimal() and 0 < int(text[:4]) <= MOST_PLACES and len(text) < 4):
            raise OrderRefused(f"“{text}” không phải số thứ tự; hãy ghi một số từ 1 đến {MOST_PLACES}.")
        place = int(text) if text else None
        if place is not None and place in found.values():
            raise OrderRefused(f"Số thứ tự {place} ghi cho hai người; mỗi người một số.")
        found[person] = place
    return found


# --- one record for many


def plan_for_many(
    *, people: Collection[int], table: str, values: Mapping[str, Any], on: date, snapshot: Snapshot, actor: Actor, scope: Scope
) -> Planned:
    """Who would get this record. Nothing is written. ManyRefused, ValueRefused, Forbidden as for writing it."""
    require(actor, "dossier.write")
    _refuse(people, table, values, on, snapshot, actor, scope)
    model = SHARED_RECORDS[table]
    put_values(row=(sample := model()), values=values, key="")
    check_values(row=sample, names=values)
    same = model._default_manager.filter(person__in=list(people), **{name: getattr(sample, name) for name in values})
    already = set(same.values_list("person", flat=True))
    return Planned(tuple(p for p in people if p not in already), tuple(p for p in people if p in already))


def add_to_many(
    *, people: Sequence[int], table: str, values: Mapping[str, Any], paper: Paper, reason: str, on: date, snapshot: Snapshot,
    actor: Actor, scope: Scope, at: datetime,
) -> tuple[int | None, int]:  # fmt: skip
    """Write the record for each of these people who has none alike, as one act; (its seq, how many got it)."""
    if not reason:
        raise ManyRefused("Hãy ghi lý do của lần ghi này.")
    planned = plan_for_many(
        people=people, table=table, values=values, on=on, snapshot=snapshot, actor=actor, scope=scope
    )  # fmt: skip
    batch = Batch()
    model = SHARED_RECORDS[table]
    decision = _decision(batch, paper)
    for pk, person in zip(reserve_ids(model, len(planned.people)), planned.people):
        row: Any = model(person_id=person, decision_id=decision)
        put_values(row=row, values=values, key="")
        if not has_own_day(row):
            row.known_from = on  # without a day of its own it is known from the day it was written
        batch.insert(model, values_of(row) | {"id": pk}, person=person)
    if not planned.people:
        return None, 0
    seq = write(batch, actor=actor, action="dossier.many", at=at, reason=reason, document=paper.text, may="dossier.write")
    return seq, len(planned.people)


def _refuse(
    people: Collection[int], table: str, values: Mapping[str, Any], on: date, snapshot: Snapshot, actor: Actor, scope: Scope
) -> None:
    if table not in SHARED_RECORDS:
        raise ManyRefused("Loại bản ghi này không ghi cho nhiều người một lúc được.")
    if not scope.sees_group(group_of_row(table, values)):
        raise Forbidden("Bạn chưa được giao quyền sửa nhóm thông tin này.")
    if not people:
        raise ManyRefused("Chưa chọn ai; hãy chọn người trong danh sách trước.")
    if len(people) > MOST_PEOPLE:
        raise ManyRefused(f"Mỗi lần ghi cho nhiều nhất {MOST_PEOPLE} người; hãy chia danh sách làm nhiều phần.")
    seen = set(facts_frame(snapshot=snapshot, ask=Ask(on=on), names=(), scope=scope)["key"])
    if not set(people) <= seen:
        raise Forbidden("Có người ngoài phạm vi bạn được giao, hoặc không còn công tác; hãy chọn lại.")
    merged = Person.objects.filter(pk__in=list(people), merged_into__isnull=False)
    if scope.own_person in people or merged.exists():
        raise ManyRefused("Danh sách có hồ sơ của chính bạn hoặc hồ sơ đã nhập vào hồ sơ khác; hãy bỏ chọn hồ sơ đó.")


def _decision(batch: Batch, paper: Paper) -> int | None:
    """The decision by its number, day and issuer: one there is, else a new one of this act."""
    if not paper.text:
        return None
    named = {"number": paper.number, "issued_on": paper.issued_on, "issuer": paper.issuer}
    known = Decision.objects.filter(**named).order_by("pk").values_list("pk", flat=True).first()
    if known is not None:
        return known
    [fresh] = reserve_ids(Decision, 1)
    batch.insert(Decision, {"id": fresh, **values_of(Decision(**named))})
    return fresh
