"""Accounts, and from their grants the actor and the scope of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from canbo.access.models import Grant, User
from canbo.access.policy import LOCAL, ROLES
from canbo.audit.queries import last_seq
from canbo.kernel.actors import NOTHING, Actor, Scope
from canbo.organization.models import Succession, Unit


@dataclass(frozen=True)
class Access:
    """An actor, her scope for each kind of right, and her grants of the day."""

    actor: Actor
    scope: Scope
    grants: tuple[Grant, ...] = ()


LOCAL_ACCESS = Access(
    actor=Actor(user=0, role="tai-may", actions=LOCAL.actions), scope=Scope(units=None, groups=LOCAL.groups)
)


def access_of(*, user: User, on: date, grant: int | None = None, own_person: int | None = None) -> Access:
    """What this account may do and see on a day, acting under one grant (default: its first).

    One grant at a time: rights of several roles never mix, so that nobody reads one unit with another unit's rights.
    """
    grants = grants_of(user=user, on=on)
    chosen = next((g for g in grants if g.pk == grant), grants[0] if grants else None)
    if chosen is None or not user.is_active:
        return Access(actor=Actor(user=user.pk, role=""), scope=NOTHING, grants=tuple(grants))
    role = ROLES[chosen.role]
    units = None if chosen.unit_id is None else units_under([chosen.unit_id])
    if "dossier.read" not in role.actions and "statistics.read" not in role.actions:
        units = frozenset()
    return Access(
        actor=Actor(user=user.pk, role=chosen.role, unit=chosen.unit_id, actions=role.actions),
        scope=Scope(units=units, groups=role.groups, own_person=own_person),
        grants=tuple(grants),
    )


def grants_of(*, user: User, on: date) -> list[Grant]:
    """Grants that hold on the day, in the order they were given; unknown roles give nothing."""
    rows = Grant.objects.holding(on).filter(user=user, role__in=list(ROLES)).select_related("unit").order_by("pk")
    return list(rows)


def units_under(roots: Iterable[int]) -> frozenset[int]:
    """These units, all units below them, and the units they took over, whenever these existed.

    A commune that absorbed two communes answers for their history: districts and old communes stay readable.
    """
    return _units_under(frozenset(roots), last_seq())


@lru_cache(maxsize=64)
def _units_under(roots: frozenset[int], seq: int) -> frozenset[int]:
    """The tree as of act `seq`: every request asks, and a province has thousands of units."""
    below: dict[int, list[int]] = defaultdict(list)
    for unit, parent in Unit.objects.filter(parent__isnull=False).values_list("pk", "parent_id"):
        below[parent].append(unit)
    for old, new in Succession.objects.filter(new__isnull=False).values_list("old_id", "new_id"):
        below[new].append(old)
    found: set[int] = set()
    todo = list(roots)
    while todo:
        unit = todo.pop()
        if unit not in found:
            found.add(unit)
            todo.extend(below[unit])
    return frozenset(found)


def forget_units() -> None:
    """For tests, whose rolled-back acts give their numbers again."""
    _units_under.cache_clear()


def users(*, actor: Actor, scope: Scope) -> QuerySet[User]:
    """All accounts, for who manages them."""
    return User.objects.order_by("username") if actor.may("users.write") else User.objects.none()


def user_by_name(username: str) -> User | None:
    return User.objects.filter(username=username).first()
