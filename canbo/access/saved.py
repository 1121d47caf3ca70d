"""Views people keep: columns, filters, tables of figures. A kept view never widens what its reader may see."""

from typing import Any

from django.db.models import Q, QuerySet

from canbo.access.models import SavedView, User
from canbo.access.queries import units_under
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean

KINDS = ("list", "statistics", "trich-ngang")
MOST = 200


class ViewRefused(Exception):
    """A view that cannot be kept; the text says what to do."""


def saved_views(*, kind: str, actor: Actor, scope: Scope) -> QuerySet[SavedView]:
    """The reader's own views of a kind, and those shared with the unit she acts for or one above it."""
    shared = Q(shared_with_all=True)
    if actor.unit is not None:
        above = list(SavedView.objects.exclude(shared_with=None).values_list("shared_with", flat=True).distinct())
        shared |= Q(shared_with__in=[pk for pk in above if actor.unit in units_under([pk])])
    return SavedView.objects.filter(Q(owner=actor.user) | shared, kind=kind).select_related("owner").order_by("name", "pk")


def saved_view(*, pk: int, actor: Actor, scope: Scope) -> SavedView | None:
    found = SavedView.objects.filter(pk=pk).first()
    return found if found and saved_views(kind=found.kind, actor=actor, scope=scope).filter(pk=pk).exists() else None


def save_view(
    *, kind: str, name: str, spec: dict[str, Any], share: bool, actor: Actor, scope: Scope
) -> SavedView:
    """Keep a view under a name; the owner's view of that name is replaced. Sharing is with the unit acted for and below.

    A preference of one account: no act of the log, nobody's data changes.
    """
    name = clean(name)[:120]
    if not name:
        raise ViewRefused("Hãy đặt tên để lưu.")
    if kind not in KINDS or not User.objects.filter(pk=actor.user).exists():
        raise ViewRefused("Không lưu được mục này; hãy đăng nhập bằng tài khoản của bạn.")
    if SavedView.objects.filter(owner=actor.user, kind=kind).exclude(name=name).count() >= MOST:
        raise ViewRefused(f"Bạn đã lưu {MOST} mục; hãy xóa bớt trước khi lưu thêm.")
    values = {"spec": spec, "shared_with_id": actor.unit if share else None, "shared_with_all": share and actor.unit is None}
    return SavedView.objects.update_or_create(owner_id=actor.user, kind=kind, name=name, defaults=values)[0]


def rename_view(*, pk: int, name: str, actor: Actor, scope: Scope) -> bool:
    """Give one's own view another name; ViewRefused when it is empty or another of one's views has it."""
    name = clean(name)[:120]
    if not name:
        raise ViewRefused("Hãy đặt tên mới.")
    found = SavedView.objects.filter(pk=pk, owner=actor.user).first()
    if found is None:
        return False
    if SavedView.objects.filter(owner=actor.user, kind=found.kind, name=name).exclude(pk=pk).exists():
        raise ViewRefused(f"Bạn đã có mục tên “{name}”; hãy đặt tên khác.")
    found.name = name
    found.save(update_fields=["name"])
    return True


def drop_view(*, pk: int, actor: Actor, scope: Scope) -> bool:
    """Delete one's own view; somebody else's stays."""
    return SavedView.objects.filter(pk=pk, owner=actor.user).delete()[0] > 0
