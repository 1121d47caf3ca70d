"""Columns and filters an account keeps: the columns used last, and filters saved under a name, its own or shared with it."""

from dataclasses import dataclass
from typing import Any

from canbo.access.models import SavedView
from canbo.access.saved import ViewRefused, save_view, saved_views
from canbo.web.desk import Desk

LIST = "list"
LAST_USED = "(cột dùng gần nhất)"
KEPT = ("tim", "dv", "pv", "tt", "bo", "loc", "cot", "xep")  # a saved filter keeps no day and nobody picked


@dataclass(frozen=True)
class Shelved:
    """A saved view as a list shows it; `owner` is empty for one's own."""

    pk: int
    name: str
    spec: dict[str, Any]
    owner: str
    shared: bool


def remembered_columns(desk: Desk) -> tuple[str, ...]:
    """Columns this account used last; none for who never chose any."""
    found = SavedView.objects.filter(owner=desk.actor.user, kind=LIST, name=LAST_USED).values_list("spec", flat=True).first()
    return tuple(name for name in str((found or {}).get("cot", "")).split(",") if name)


def remember_columns(names: tuple[str, ...], desk: Desk) -> None:
    """Keep these columns for the next time; an account of the command line has no preferences."""
    try:
        save_view(kind=LIST, name=LAST_USED, spec={"cot": ",".join(names)}, share=False, actor=desk.actor, scope=desk.scope)
    except ViewRefused:
        return


def shelved(kind: str, desk: Desk) -> list[Shelved]:
    """Views the reader may open: her own first, then those shared with her."""
    rows = [view for view in saved_views(kind=kind, actor=desk.actor, scope=desk.scope) if view.name != LAST_USED]
    found = [_shelved(view, desk) for view in rows]
    return sorted(found, key=lambda view: bool(view.owner))


def _shelved(view: SavedView, desk: Desk) -> Shelved:
    own = view.owner_id == desk.actor.user  # type: ignore[attr-defined]
    shared = view.shared_with_all or view.shared_with_id is not None  # type: ignore[attr-defined]
    return Shelved(view.pk, view.name, view.spec, "" if own else view.owner.display_name, shared)
