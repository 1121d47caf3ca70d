"""What every page's frame shows: the agency, the menu the role may use, and for whom the account acts."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from canbo.web.desk import desk_of, labelled_grants

MENU = (
    ("Tổng quan", "home", ()),
    ("Hồ sơ", "people", ("dossier.read",)),
    ("Hồ sơ của tôi", "own", ("dossier.read_own",)),
    ("Nhập danh sách", "import", ("import.read",)),
    ("Thống kê", "statistics", ("statistics.read",)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing for visitors; for accounts the menu of their role."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    desk = desk_of(request)
    actor = desk.actor
    items = [
        {"label": label, "url": reverse(name), "current": _is_current(request, reverse(name))}
        for label, name, actions in MENU
        if (not actions or any(actor.may(a) for a in actions)) and (name != "own" or desk.scope.own_person)
    ]
    grants = labelled_grants(request)
    chosen = request.session.get("grant")
    acting = next((g for g in grants if g.pk == chosen), grants[0] if grants else None)
    agency = acting.unit.name if acting and acting.unit else ""
    return {"menu": items, "grants": grants, "acting_grant": acting, "agency": agency}


def _is_current(request: HttpRequest, url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(url))
