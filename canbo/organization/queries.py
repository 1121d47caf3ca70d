"""Reading units, titles and posts of a day."""

from datetime import date

from django.db.models import QuerySet

from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Title, Unit


def units(*, on: date | None, actor: Actor, scope: Scope) -> QuerySet[Unit]:
    """Units of the scope that hold on the day (None = of all times)."""
    rows = Unit.objects.all() if on is None else Unit.objects.holding(on)  # type: ignore[attr-defined]
    if scope.units is not None:
        rows = rows.filter(pk__in=scope.units)
    found: QuerySet[Unit] = rows.order_by("order", "code")
    return found


def unit_by_code(*, code: str, actor: Actor, scope: Scope) -> Unit | None:
    return units(on=None, actor=actor, scope=scope).filter(code=code).first()


def titles(*, actor: Actor, scope: Scope) -> QuerySet[Title]:
    return Title.objects.order_by("protocol_order", "code")
