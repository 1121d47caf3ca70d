"""Which dossier a page is about, what of it is open to the reader, and the head every page of it shows."""

from dataclasses import dataclass, replace

from django.http import HttpRequest

from canbo.dossier.disputes import birth_of
from canbo.dossier.models import Person
from canbo.dossier.queries import NotVisible, post_and_unit
from canbo.dossier.queries import person as visible_person
from canbo.dossier.sensitive import RELATIVE_TABLE, closed_tables
from canbo.kernel.actors import Forbidden
from canbo.web.desk import Desk

# Under this name the session keeps, for each dossier, the purpose for which its relatives were opened.
PURPOSE = "family-purpose"


@dataclass(frozen=True)
class Head:
    """The head of a dossier: who, where, in which post, and which tabs the reader has."""

    person: Person
    post: str
    unit: str
    own: bool
    may_write: bool
    tells: bool
    tab: str
    judges: bool = False
    born: str = ""
    born_disputed: bool = False


def person_of(desk: Desk, pk: int) -> Person:
    return visible_person(pk=pk, on=desk.today, actor=desk.actor, scope=desk.scope)


def kept_by(desk: Desk, pk: int) -> Person:
    """A dossier the reader keeps: that it is her own gives no right to write it."""
    found = person_of(desk, pk)
    if not keeps(desk, found):
        raise Forbidden("Hồ sơ của chính bạn do người khác giữ; hãy gửi giấy tờ cho người phụ trách hồ sơ để sửa.")
    return found


def keeps(desk: Desk, found: Person) -> bool:
    try:
        visible_person(pk=found.pk, on=desk.today, actor=desk.actor, scope=replace(desk.scope, own_person=None))
    except NotVisible:
        return False
    return desk.actor.may("dossier.write")


def head_of(desk: Desk, found: Person, *, tab: str) -> Head:
    """Post and unit are told only to readers of the working life."""
    sees = desk.scope.sees_group("career")
    post, unit = post_and_unit(of=found, on=desk.today, actor=desk.actor, scope=desk.scope) if sees else ("", "")
    tells = desk.actor.may("log.read") or desk.actor.may("dossier.write")
    own = desk.scope.own_person == found.pk
    judges = desk.actor.may("standards.read") or own
    born, disputed = birth_of(of=found, actor=desk.actor, scope=desk.scope)
    return Head(found, post, unit, own, keeps(desk, found), tells, tab, judges, born, disputed)


def hidden_tables(request: HttpRequest, desk: Desk, found: Person) -> frozenset[str]:
    """Closed by the agency; and relatives, unless it is her own dossier: others open them for a stated check."""
    closed = closed_tables(person=found.pk, on=desk.today)
    return closed if desk.scope.own_person == found.pk else closed | {RELATIVE_TABLE}


def purpose_of(request: HttpRequest, person: int) -> str:
    """The check for which this session opened the relatives of this person; "" for none."""
    return str(request.session.get(PURPOSE, {}).get(str(person), ""))


__all__ = ["PURPOSE", "Head", "head_of", "hidden_tables", "keeps", "kept_by", "person_of", "purpose_of"]
