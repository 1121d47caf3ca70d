"""What was made known, to whom it is shown: readers during its period, those who publish for the unit always."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from canbo.audit.changes import require
from canbo.disclosure.authors import opened_author, own_mark
from canbo.disclosure.fields import fields_allowed as fields_allowed
from canbo.disclosure.frozen import intact as intact
from canbo.disclosure.models import Publication, Remark
from canbo.dossier.queries import unit_of
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Succession, Unit

READ, PUBLISH = "disclosure.read", "disclosure.publish"
EVERY, NONE = Q(pk__isnull=False), Q(pk__isnull=True)
# Where a remark stands: waiting to be read through, taken and to be answered, done.
REMARK_STATES = {
    "waiting": Q(accepted=None), "answering": Q(accepted=True, answered_on=None),
    "done": Q(accepted=False) | Q(answered_on__isnull=False),
}  # fmt: skip


def publications(*, on: date, actor: Actor, scope: Scope) -> QuerySet[Publication]:
    """What the reader is shown on the day; who publishes for a unit also sees there what is to come, over or withdrawn."""
    require(actor, READ)
    held = Q(start__lte=on, end__gte=on, withdrawn_on=None) & (_in_scope(scope, "unit") | _at_her_place(on, actor, scope))
    kept = _in_scope(scope, "unit") if actor.may(PUBLISH) else NONE
    return Publication.objects.filter(held | kept).select_related("unit__parent").order_by("-start", "-pk")


def publication(*, pk: int, on: date, actor: Actor, scope: Scope) -> Publication:
    """One of those; Publication.DoesNotExist for what the reader is not shown."""
    return publications(on=on, actor=actor, scope=scope).get(pk=pk)


def published(*, pk: int, actor: Actor, scope: Scope) -> Publication:
    """One the reader answers for; Publication.DoesNotExist for any other."""
    require(actor, PUBLISH)
    return Publication.objects.filter(_in_scope(scope, "unit")).select_related("unit__parent").get(pk=pk)


def remarks(*, actor: Actor, scope: Scope, state: str = "") -> QuerySet[Remark]:
    """What was said to publications of the reader's units, the oldest first. Who said it is not among it."""
    require(actor, PUBLISH)
    rows = Remark.objects.filter(_in_scope(scope, "publication__unit"), REMARK_STATES.get(state, EVERY))
    return rows.select_related("publication__unit").defer("author_sealed").order_by("received_on", "pk")


def remark(*, pk: int, actor: Actor, scope: Scope) -> Remark:
    """One of those; Remark.DoesNotExist outside the scope."""
    return remarks(actor=actor, scope=scope).get(pk=pk)


def remark_counts(*, actor: Actor, scope: Scope) -> dict[str, int]:
    """State → remarks of the reader's units; one query."""
    found = remarks(actor=actor, scope=scope).order_by()
    return found.aggregate(**{state: Count("pk", filter=of) for state, of in REMARK_STATES.items()})


def own_remarks(*, actor: Actor, scope: Scope) -> list[Remark]:
    """What the reader herself said from her account, the newest first.

    No column tells who said what, so every seal is opened: some ten microseconds each.
    """
    require(actor, READ)
    rows = Remark.objects.exclude(author_sealed="").select_related("publication__unit").order_by("-received_on", "-pk")
    return [row for row in rows if opened_author(row) == own_mark(actor)]


# --- pieces


def _in_scope(scope: Scope, name: str) -> Q:
    return EVERY if scope.units is None else Q(**{f"{name}__in": scope.units})


def _at_her_place(on: date, actor: Actor, scope: Scope) -> Q:
    """Made known where the reader herself works, or anywhere above."""
    if scope.own_person is None or not actor.may("dossier.read_own"):
        return NONE
    unit = unit_of(scope.own_person, on)
    return NONE if unit is None else Q(unit__in=_at_or_above(unit))


def _at_or_above(unit: int) -> set[int]:
    """The unit, those above it, and those that took them over."""
    found: set[int] = set()
    todo = {unit}
    while todo:
        found |= todo
        above = Unit.objects.filter(pk__in=todo, parent__isnull=False).values_list("parent_id", flat=True)
        after = Succession.objects.filter(old__in=todo, new__isnull=False).values_list("new_id", flat=True)
        todo = {pk for pk in (*above, *after) if pk is not None} - found
    return found
