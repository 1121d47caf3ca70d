"""Reading units, titles and posts of a day."""

from datetime import date

from django.db.models import QuerySet

from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Succession, Title, Unit


class UnitNotVisible(Exception):
    """Text for the user: there is no such unit for her."""


def units(*, on: date | None, actor: Actor, scope: Scope) -> QuerySet[Unit]:
    """Units of the scope that hold on the day (None = of all times)."""
    rows = Unit.objects.all() if on is None else Unit.objects.holding(on)  # type: ignore[attr-defined]
    if scope.units is not None:
        rows = rows.filter(pk__in=scope.units)
    found: QuerySet[Unit] = rows.order_by("order", "code")
    return found


def unit_by_code(*, code: str, actor: Actor, scope: Scope) -> Unit | None:
    return units(on=None, actor=actor, scope=scope).filter(code=code).first()


def unit_seen(*, pk: int, actor: Actor, scope: Scope) -> Unit:
    """A unit of any time by id; UnitNotVisible for one outside the scope, in the words of one that does not exist."""
    found = units(on=None, actor=actor, scope=scope).select_related("parent").filter(pk=pk).first()
    if found is None:
        raise UnitNotVisible("Không tìm thấy đơn vị này trong phạm vi bạn được giao.")
    return found


def successors(*, unit: Unit, actor: Actor, scope: Scope) -> list[Succession]:
    """Who took this unit over, when and by which paper; a taker outside the scope is named, its page stays closed."""
    return list(Succession.objects.filter(old=unit).select_related("new").order_by("on", "new__code"))


def predecessors(*, unit: Unit, actor: Actor, scope: Scope) -> list[Succession]:
    """What this unit took over: always within the scope of who sees the unit."""
    return list(Succession.objects.filter(new=unit).select_related("old").order_by("on", "old__code"))


def titles(*, actor: Actor, scope: Scope) -> QuerySet[Title]:
    return Title.objects.order_by("protocol_order", "code")
