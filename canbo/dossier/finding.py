"""Finding one dossier by what people have at hand: its number, the personal ID, or name and birth date."""

from datetime import date

from canbo.dossier.changes import id_index
from canbo.dossier.models import Person
from canbo.dossier.queries import NotVisible
from canbo.dossier.queries import person as visible_person
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import read_date
from canbo.kernel.text import fold


class NotFound(Exception):
    """Nobody, or several people; the text says what to write instead."""


def find_person(*, text: str, on: date, actor: Actor, scope: Scope) -> Person:
    """By id, by a 12-digit personal ID (whose reader may see it), or by "Name, dd/mm/yyyy". Raises NotFound, Forbidden."""
    text = text.strip()
    if text.isdecimal() and len(text) != 12:
        rows = Person.objects.filter(pk=int(text))
    elif text.isdecimal():
        if not scope.sees_group("identity"):
            raise Forbidden("Vai trò đang dùng chưa được giao quyền tìm theo số định danh; hãy ghi họ tên và ngày sinh.")
        rows = Person.objects.filter(personal_id_index=id_index(text))
    else:
        return _named(text, on, actor, scope)
    return _one([person for person in rows if _seen(person, on, actor, scope)], text)


def _named(text: str, on: date, actor: Actor, scope: Scope) -> Person:
    name, _, birth = text.partition(",")
    if not birth.strip():
        raise NotFound(f"Hãy ghi cả ngày sinh, như “{name.strip()}, 12/5/1968”, hoặc số hồ sơ, hoặc số định danh 12 chữ số.")
    day, folded = read_date(birth), fold(name)
    near = Person.objects.filter(birth__startswith=day.iso, merged_into=None)
    return _one([p for p in near if fold(p.full_name) == folded and _seen(p, on, actor, scope)], text)


def _seen(person: Person, on: date, actor: Actor, scope: Scope) -> bool:
    try:
        visible_person(pk=person.pk, on=on, actor=actor, scope=scope)
    except NotVisible:
        return False
    return True


def _one(found: list[Person], text: str) -> Person:
    if not found:
        raise NotFound(f"Không tìm thấy “{text}” trong phạm vi bạn được giao; hãy kiểm tra lại họ tên và ngày sinh.")
    if len(found) > 1:
        listed = ", ".join(str(person.pk) for person in found)
        raise NotFound(f"Có {len(found)} người khớp “{text}” (số hồ sơ {listed}); hãy ghi số hồ sơ của người cần xem.")
    return found[0]
