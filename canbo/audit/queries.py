"""Reading the log: the check of the whole chain, and what happened to one dossier."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from canbo.audit.changes import require
from canbo.audit.checking import ChainReport, check
from canbo.audit.models import Change, Head, Read
from canbo.kernel.actors import Actor, Scope

_FEW = 500


def last_seq() -> int:
    """The newest act's seq; 0 for an empty folder. Polled by the snapshot before every read."""
    return Head.objects.values_list("seq", flat=True).get(pk=1)


def check_chain(*, actor: Actor, scope: Scope) -> ChainReport:
    """Recompute every hash and compare with the head and with the anchors outside the database."""
    require(actor, "system.check")
    return check()


def changes_of(*, person: int, actor: Actor, scope: Scope) -> QuerySet[Change]:
    """Change rows of one dossier, newest first, for who keeps it or who watches the log; the caller read it in her scope."""
    if not actor.may("dossier.write"):
        require(actor, "log.read")
    return Change.objects.filter(person=person).order_by("-act")


def touched_since(*, people: Iterable[int], seq: int, actor: Actor, scope: Scope) -> dict[int, int]:
    """Of these people, those changed after act `seq` → the last act that did."""
    wanted = set(people)
    rows = Change.objects.filter(act__gt=seq, person__isnull=False)
    if len(wanted) <= _FEW:
        rows = rows.filter(person__in=wanted)
    found = rows.order_by().values_list("person").annotate(Max("act"))
    return {person: last for person, last in found if person in wanted}


def reads_of(*, person: int, actor: Actor, scope: Scope) -> QuerySet[Read]:
    """Who opened this dossier, newest first."""
    require(actor, "log.read")
    return Read.objects.filter(person=person).order_by("-at")


__all__ = ["ChainReport", "changes_of", "check_chain", "last_seq", "reads_of", "touched_since"]
