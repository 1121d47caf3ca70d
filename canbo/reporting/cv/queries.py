"""A person of the scope as a finished CV: read, printed, and ready to be handed out. The caller notes who took it."""

import json
from collections.abc import Sequence
from datetime import date

from canbo.documents.bundle import to_zip
from canbo.documents.word import to_docx
from canbo.dossier.cv.values import cv_values
from canbo.dossier.files import FileRefused, content_of
from canbo.dossier.models import Person
from canbo.dossier.queries import person as visible_person
from canbo.dossier.queries import unit_of
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.errors import KernelError
from canbo.kernel.text import slug
from canbo.organization.models import Unit
from canbo.reporting.cv.forms import load_cv_form
from canbo.reporting.cv.full import Agencies, as_document, as_json
from canbo.reporting.cv.summary import as_summary

SUMMARY = "tom-tat"
KINDS: dict[str, str] = {
    "38": "Sơ yếu lý lịch 38 mục",
    "2c": "Mẫu 2C-BNV/2008",
    "2c-tctw98": "Mẫu 2C/TCTW-98",
    SUMMARY: "Lý lịch tóm tắt",
}
MOST = 200


class TooMany(KernelError):
    """More people than one file may hold."""


def cv_docx(*, person: int, form: str, on: date, actor: Actor, scope: Scope) -> tuple[str, bytes]:
    """(file name, docx) of a person the actor may open; NotVisible else, KeyError for an unknown form."""
    found = visible_person(pk=person, on=on, actor=actor, scope=scope)
    values = cv_values(person=found, on=on, actor=actor, scope=scope)
    agencies, photo = _agencies(found, on), _photo(values.photo_sha256)
    if form == SUMMARY:
        document = as_summary(values=values, agencies=agencies, photo=photo)
    else:
        document = as_document(form=load_cv_form(form), values=values, agencies=agencies, photo=photo)
    return f"{slug(found.full_name).replace('_', '-')}-{found.pk}-{form}.docx", to_docx(document)


def cv_json(*, person: int, form: str, on: date, actor: Actor, scope: Scope) -> str:
    """The same items as JSON text."""
    found = visible_person(pk=person, on=on, actor=actor, scope=scope)
    values = cv_values(person=found, on=on, actor=actor, scope=scope)
    return json.dumps(as_json(form=load_cv_form(form), values=values), ensure_ascii=False, indent=1)


def cv_zip(*, people: Sequence[int], form: str, on: date, actor: Actor, scope: Scope) -> bytes:
    """One docx a person; TooMany beyond the limit, NotVisible when one of them is not of the scope."""
    wanted = list(dict.fromkeys(people))
    if not wanted:
        raise TooMany("Chưa chọn ai; hãy đánh dấu ít nhất một người.")
    if len(wanted) > MOST:
        raise TooMany(
            f"Mỗi lần in nhiều nhất {MOST} người, đang chọn {len(wanted)}; hãy lọc bớt hoặc in làm nhiều lần."
        )
    return to_zip(cv_docx(person=pk, form=form, on=on, actor=actor, scope=scope) for pk in wanted)


def _agencies(of: Person, on: date) -> Agencies:
    """The unit that keeps the dossier, the one above it."""
    pk = unit_of(of.pk, on)
    unit = Unit.objects.filter(pk=pk).select_related("parent").first() if pk is not None else None
    if unit is None:
        return Agencies("")
    return Agencies(unit.name, unit.parent.name if unit.parent else "", unit.name)


def _photo(sha256: str) -> bytes | None:
    try:
        return content_of(sha256)[0] if sha256 else None
    except FileRefused:
        return None
