"""A small world for the pages: two communes, three people, and in every field of every group a value that gives itself away.

A marker is `z`, whose it is (i inside, o outside, w own), two digits of the field group, `x`, three digits. Dates are
days of November 1911, one for each group.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import models

from canbo.access.models import Grant, User
from canbo.access.policy import GROUPS, ROLES
from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.changes import act, keyring
from canbo.documents.paper import Document, Letterhead, Paragraph
from canbo.documents.word import to_docx
from canbo.dossier.changes import id_index
from canbo.dossier.declarations.items import TABLES, Said, sealed_said, sections_asked
from canbo.dossier.files import MEDIA, keep
from canbo.dossier.models import (
    Attachment,
    Declaration,
    DeclarationItem,
    DeclarationRound,
    DisputedValue,
    Employment,
    Paper,
    PaperTemplate,
    Person,
    Qualification,
)
from canbo.dossier.papers.changes import Issue, draft_paper, issue_paper
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, sealed_place
from canbo.evaluation.models import (
    Campaign,
    CampaignUnit,
    Evaluation,
    FollowUpNote,
    HandOver,
    Objection,
    OutsideComment,
)
from canbo.imports.results import TABS, store_result
from canbo.jobs.files import sealed
from canbo.jobs.models import Job, Upload
from canbo.kernel.actors import Actor
from canbo.kernel.dates import PartialDate
from canbo.organization.fields import PartialDateField
from canbo.organization.models import Body, Post, Seat, Term, Title, Unit

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ORDER = list(GROUPS)
MARKER = re.compile(r"z([iow])(\d\d)x\d\d\d", re.IGNORECASE)
# From the year backwards: what begins with a literal is found a hundred times quicker, and every answer is searched.
DAY = re.compile(r"1911(?:(?<=\b(\d\d)/11/1911)|-11-(\d\d))")
IDS = {"i": "001199000001", "o": "001199000002", "w": "001199000003"}
_numbers = count(1)


@dataclass
class World:
    """Units, people by where they stand to the roles' grants (`i`, `o`, `w`), and an account for each role."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, User] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    rounds: dict[str, DeclarationRound] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    items: dict[str, DeclarationItem] = field(default_factory=dict)

    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    templates: dict[str, PaperTemplate] = field(default_factory=dict)

    def papers_of(self, role: str, whose: str) -> list[Paper]:
        """Papers the role sees (`i`), else those it does not: of the other commune, or printing a group it does not read."""
        seen = role not in ROLES or "discipline" in ROLES[role].groups
        if whose == "i":
            return [self.papers["i"], self.papers["issued"], *([self.papers["discipline"]] if seen else [])]
        return [self.papers["o"], *([] if seen else [self.papers["discipline"]])]

    def campaign_unit(self, whose: str) -> CampaignUnit:
        return self.evaluations[whose].campaign_unit

    def job_of(self, role: str, whose: str) -> Job:
        """The import of the role's own account, or of a colleague's."""
        return self.jobs["colleague" if whose == "o" or role not in ROLES else role]


def marker(whose: str, group: str) -> str:
    return f"z{whose}{ORDER.index(group):02}x{next(_numbers) % 1000:03}"


def day_of_group(group: str) -> str:
    return f"1911-11-{10 + ORDER.index(group):02}"


def found_in(text: str) -> set[tuple[str, str]]:
    """(whose, group) of every marker in a text; a date tells only its group, so its owner is `?`."""
    found = {(m[1].lower(), ORDER[int(m[2])]) for m in MARKER.finditer(text)}
    days = {int(m[1] or m[2]) - 10 for m in DAY.finditer(text)}
    return found | {("?", ORDER[day]) for day in days if 0 <= day < len(ORDER)}


def build() -> World:
    """Everything in one act, so that the snapshot and the log know it."""
    world = World()
    with act(actor=LOCAL_ACCESS.actor, action="dossier.write", at=AT, reason="thế giới để thử") as log:
        _units(world, log)
        for whose, unit in (("i", "in"), ("o", "out"), ("w", "out")):
            world.people[whose] = _person(whose, world.units[unit], log)
        _accounts(world, log)
        _declarations(world)
    _evaluations(world)
    _papers(world)
    _jobs(world)
    return world


def _units(world: World, log: Any) -> None:
    top = Unit.objects.create(code="tinh-thu", name="Tỉnh Thử", kind="tinh", level="tinh")
    inside = Unit.objects.create(code="xa-trong", name="Xã Trong", kind="xa", level="xa", parent=top)
    outside = Unit.objects.create(code="xa-ngoai", name="Xã Ngoài", kind="xa", level="xa", parent=top)
    office = Unit.objects.create(code="vp-trong", name="Văn phòng xã Trong", level="xa", parent=inside)
    world.units = {"top": top, "grant": inside, "in": office, "out": outside}
    for unit in world.units.values():
        log.inserted(unit)


def _person(whose: str, unit: Unit, log: Any) -> Person:
    person = Person(key=f"{whose * 4}{'0' * 28}")
    for name, group in PERSON_FIELD_GROUP.items():
        setattr(person, name, _value(Person, name, whose, group, person.key))
    person.full_name = f"Thử Văn {marker(whose, 'basic')}"
    person.personal_id_sealed = keyring().seal(IDS[whose], place=sealed_place("person", "personal_id", person.key))
    person.personal_id_index = id_index(IDS[whose])
    person.sex, person.retired_on, person.died_on, person.party_left = "nu", None, None, None
    person.save()
    log.inserted(person, person=person.pk)
    for section in RECORD_SECTIONS:
        row = _record(section.model, section.group, whose, person, unit)
        log.inserted(row, person=person.pk)
    _claims_and_files(whose, person)
    return person


def _claims_and_files(whose: str, person: Person) -> None:
    """An open dispute, and a scan on a qualification; their texts are markers of the groups they belong to."""
    said = {"value": marker(whose, "career"), "said_by": marker(whose, "career")}
    DisputedValue.objects.create(person=person, field="strength", **said)
    content = f"%PDF-1.4 {marker(whose, 'qualification')}".encode()
    record = Qualification.objects.filter(person=person).values_list("pk", flat=True).get()
    Attachment.objects.create(
        person=person, record_table="qualification", record_id=record, filename=f"{marker(whose, 'qualification')}.pdf",
        media_type="application/pdf", size=len(content), sha256=keep(content=content, media_type="application/pdf", at=AT), added_at=AT,
    )  # fmt: skip


def _record(model: type[models.Model], group: str, whose: str, person: Person, unit: Unit) -> models.Model:
    values: dict[str, Any] = {"person": person}
    for of in model._meta.concrete_fields:
        if of.name in ("id", "person", "source", "decision", "end", "valid_until", "replaced_by", "post", "seat"):
            continue
        values[of.name] = _related(of, unit) if of.is_relation else _value(model, of.name, whose, group, person.key)
    if model is Employment:
        values |= {"start": PartialDate(2001), "staff_kind": "cong-chuc"}
    return model._default_manager.create(**values)


def _related(of: Any, unit: Unit) -> models.Model | None:
    """A row of the organisation; its own names are no secret of a group."""
    match of.related_model:
        case model if model is Unit:
            return unit
        case model if model is Title:
            return Title.objects.get_or_create(code="chuyen-vien-thu", defaults={"name": "Chuyên viên thử"})[0]
        case model if model is Body:
            return Body.objects.get_or_create(code="bch-thu", defaults={"unit": unit, "kind": "bch", "name": "BCH thử"})[0]
        case model if model is Term:
            start = PartialDate(2025)
            return Term.objects.get_or_create(code="2025-2030", defaults={"side": "dang", "start": start})[0]
        case model if model in (Post, Seat):
            return None
    return None


def _value(model: type[models.Model], name: str, whose: str, group: str, key: str) -> Any:
    """A telling value for a column of this group, as its type allows."""
    of: Any = model._meta.get_field(name)
    if name.endswith("_sealed"):
        return keyring().seal(marker(whose, group), place=sealed_place(model._meta.db_table, name, key))
    if isinstance(of, PartialDateField):
        return PartialDate.from_iso(day_of_group(group))
    if isinstance(of, models.DateField):
        return date.fromisoformat(day_of_group(group))
    if of.choices:
        return next(iter(of.flatchoices))[0]
    if isinstance(of, models.BooleanField):
        return True
    if isinstance(of, models.CharField | models.TextField):
        return marker(whose, group) if (of.max_length or 99) >= 8 else ""
    return 7


def _declarations(world: World) -> None:
    """A round in each commune asking everything, and what each of the three said: a field of every group, one with a scan."""
    codes = [code for section in sections_asked() for code, _ in section.items]
    for whose, unit in (("i", "grant"), ("o", "out")):
        world.rounds[whose] = DeclarationRound.objects.create(
            unit=world.units[unit], name="Đợt thử", opens_on=date(2020, 1, 1), closes_on=date(2099, 1, 1), items=codes
        )
    for whose, person in world.people.items():
        of = world.rounds["i" if whose == "i" else "o"]
        world.declarations[whose] = made = Declaration.objects.create(round=of, person=person, sent_at=AT)
        for section in sections_asked():
            _said(world, made, whose, section.group, section.items[0][0])


def _evaluations(world: World) -> None:
    """A campaign of each commune with what lies beside the ratings; what the reader wrote of herself is hers in any role."""
    year = {"period": "2026", "opened_on": date(2026, 3, 1), "deadline": date(2099, 1, 1), "rated_on": date(2026, 3, 2)}
    for whose, opener, unit in (("i", "grant", "in"), ("o", "out", "out")):
        campaign = Campaign.objects.create(unit=world.units[opener], name="Đợt đánh giá thử", **year)
        home = CampaignUnit.objects.create(campaign=campaign, unit=world.units[unit])
        for who in ("i",) if whose == "i" else ("o", "w"):
            group = "basic" if who == "w" else "evaluation"
            world.evaluations[who] = made = Evaluation.objects.create(
                campaign_unit=home, person=world.people[who], regime="cong-chuc", months_worked=2, self_grade="hoan-thanh-tot",
                self_sent_at=AT, self_text=marker(who, group), comment=marker(who, "evaluation"), task_group=marker(who, "evaluation"),
            )  # fmt: skip
            Objection.objects.create(evaluation=made, received_on=AT, text=marker(who, "evaluation"), answered_on=AT, answer="đã trả lời")
            for accepted in (True, None):
                OutsideComment.objects.create(
                    person=made.person, year=2026, source="mttq", received_on=AT, text=marker(who, "evaluation"), accepted=accepted
                )
        FollowUpNote.objects.create(unit=world.units[unit], on=AT, text=marker(whose, "evaluation"), user=0)
        HandOver.objects.create(
            unit=world.units[unit], receipt=marker(whose, "evaluation"), received_on=AT, handed_to="Thanh tra", handed_on=AT
        )


# Columns of records that take any text.
_TELLING = ("text", "training", "unit_text", "rank_text", "period", "class_sealed")


def _said(world: World, of: Declaration, whose: str, group: str, code: str) -> None:
    table, _, name = code.partition(".")
    item = DeclarationItem(declaration=of, table=table, seen_seq=0)
    telling = [n for n in TABLES.get(table, ()) if n in _TELLING]
    text = {n: marker(whose, group) for n in ([name] if name else telling)}
    if name and isinstance(Person._meta.get_field(name), PartialDateField):
        text = {name: day_of_group(group)}
    item.values_sealed = sealed_said(Said(text, {}, "giay-to.pdf"), key=item.key)
    if code == "person.full_name":
        content = f"%PDF-1.4 {marker(whose, group)}".encode()
        item.attachment_sha256 = keep(content=content, media_type="application/pdf", at=AT)
        world.items[whose] = item
    item.save()


def _papers(world: World) -> None:
    """Drafts and an issued paper whose text, title and scan give their group away; a template of each commune."""
    head = Letterhead("nha-nuoc", "Xã thử", symbol="QĐ-UBND")
    officer = LOCAL_ACCESS.actor
    for name, unit, whose, group in (
        ("i", "in", "i", "basic"), ("issued", "in", "i", "basic"), ("o", "out", "o", "basic"), ("discipline", "in", "i", "discipline"),
    ):  # fmt: skip
        title = f"Về việc {marker(whose, group)}"
        world.papers[name] = draft_paper(
            kind="QĐ", unit=world.units[unit].pk, title=title, groups=(group,),
            document=Document(head, "Quyết định", title, blocks=(Paragraph(marker(whose, group)),)),
            actor=officer, scope=LOCAL_ACCESS.scope, at=AT,
        )  # fmt: skip
    issue = Issue(number="1", issued_on=date(2026, 3, 1), signer=f"Thử Văn {marker('i', 'basic')}")
    scan = ("quet.pdf", b"%PDF-1.4 " + marker("i", "basic").encode())
    issue_paper(
        pk=world.papers["issued"].pk, issue=issue, on=date(2026, 3, 2), actor=officer, scope=LOCAL_ACCESS.scope, at=AT, scan=scan
    )
    word = keep(content=to_docx(Document(head, "Mẫu")), media_type=MEDIA["docx"], at=AT)
    for whose, unit in (("i", "in"), ("o", "out")):
        world.templates[whose] = PaperTemplate.objects.create(
            unit=world.units[unit], kind="QĐ", name=f"Mẫu {marker(whose, 'basic')}", created_at=AT,
            file_sha256=word, sample_sha256=word, placeholders=["co_quan"], in_use=False,
        )  # fmt: skip


def _jobs(world: World) -> None:
    """A list each account has read, and one of a colleague in the other commune; the preview names a person of it."""
    colleague = User.objects.create(username="thu.dong-nghiep", display_name="Đồng nghiệp", password="!")
    for role, user in [*((r, world.accounts[r]) for r in ROLES), ("colleague", colleague)]:
        name = f"Thử Văn {marker('o' if role == 'colleague' else 'i', 'basic')}"
        file = Upload.objects.create(
            filename="danh sach.csv", sha256="0" * 64, user=user.pk, created_at=AT,
            content=sealed(f"Họ và tên\n{name}".encode(), sha256="0" * 64),
        )
        payload = {"step": "check", "upload": file.pk, "name": file.filename, "on": "2026-03-02", "unit": None}
        job = Job.objects.create(kind="import", payload=payload, state="done", user=user.pk, created_at=AT)
        row = {
            "sheet": "danh sach", "row": 2, "state": "error", "name": name, "birth": "", "unit": "", "why": "thiếu ngày sinh",
            "cells": [["A", "Họ và tên", name]],
        }  # fmt: skip
        sheet = {
            "name": "danh sach", "kind": "roster", "rows": 1, "title": "", "unit": "", "on": "2026-03-02", "mapping": {}, "samples": {},
            "decodings": {}, "left_out": [], "unplaced": [], "asked": [], "new": 0, "changed": 0, "same": 0, "repeated": 0, "refused": 1,
        }  # fmt: skip
        told: dict[str, Any] = {key: [] for key in ("asked", "new_units", "ignored")}
        told |= {"list": "danh sach", "sheets": [sheet], "tabs": dict.fromkeys(TABS, 0) | {"refused": 1}, "contested": 0, "emptied": 0}
        actor, more = Actor(user=user.pk, role=role), {"refused_file": file.pk, "written": None}
        job.result = store_result(job=job.pk, summary=told, rows={"refused": [row]}, more=more, actor=actor, at=AT)
        job.save()
        world.jobs[role] = job


def _accounts(world: World, log: Any) -> None:
    own = world.people["w"].key
    for role in [*ROLES, "none"]:
        user = User.objects.create(username=f"thu.{role}", display_name=f"Tài khoản {role}", person_key=own, password="!")
        world.accounts[role] = user
        if role in ROLES:
            grant = Grant.objects.create(user=user, role=role, unit=world.units["grant"], start=PartialDate(2020))
            log.inserted(grant)
