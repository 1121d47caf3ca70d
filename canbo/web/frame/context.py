"""What every page's frame shows: the agency, the menu the role may use, where the page stands, and for whom the account acts."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from canbo.access.models import Grant
from canbo.demo.standing import BANNER, has_demonstration
from canbo.kernel.actors import Actor
from canbo.web.desk import Desk, desk_of, labelled_grants
from canbo.web.frame.crumbs import crumbs_of, help_url
from canbo.web.frame.theme import theme_of

# (label, route, any of these actions), in the order of the menu; each subject adds its line.
MENU: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Tổng quan", "home", ()),
    ("Tổ chức", "organization", ("dossier.read", "statistics.read", "organization.write")),
    ("Hồ sơ", "people", ("dossier.read",)),
    ("Hồ sơ của tôi", "own", ("dossier.read_own",)),
    ("Kê khai", "declarations", ("declaration.run",)),
    ("Kê khai của tôi", "declarations-own", ("dossier.read_own",)),
    ("Hồ sơ trùng", "duplicates", ("dossier.merge",)),
    ("Tiêu chuẩn, rà soát", "review", ("standards.read",)),
    ("Đánh giá", "evaluations", ("cases.read",)),
    ("Tự đánh giá", "evaluations-own", ("cases.own",)),
    ("Quy hoạch", "planning-rounds", ("cases.read",)),
    ("Việc theo quy trình", "cases", ("cases.read",)),
    ("Việc đến hạn", "due", ("dossier.read",)),
    ("Nhập danh sách", "import", ("import.read",)),
    ("Thống kê", "statistics", ("statistics.read",)),
    ("Công khai, góp ý", "disclosures", ("disclosure.read",)),
    ("Tài khoản", "accounts", ("users.write",)),
    ("Nhật ký", "log", ("log.read",)),
    ("Văn bản", "papers", ("papers.read",)),
)
# Entries about the reader's own dossier: for accounts that have one.
OWN = ("own", "declarations-own", "evaluations-own")
# Entries for readers of a field group only.
OF_GROUP = {"planning-rounds": "planning"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The look chosen, for everybody; for accounts the menu of their role and what else the frame says of them."""
    theme = {"theme": theme_of(request), "demonstration": BANNER if has_demonstration() else ""}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return theme
    desk = desk_of(request)
    return theme | {"menu": menu_of(request, desk)} | _acting(request) | _where(request, desk.actor)


def menu_of(request: HttpRequest, desk: Desk) -> list[dict[str, Any]]:
    """The entries this role may open; the one whose address reaches furthest into the page's is the current one."""
    items = [
        {"label": label, "url": reverse(name), "current": False}
        for label, name, actions in MENU
        if (not actions or any(desk.actor.may(a) for a in actions)) and (name not in OWN or desk.scope.own_person)
        and (name not in OF_GROUP or desk.scope.sees_group(OF_GROUP[name]))
    ]
    near = [item for item in items if _is_within(request.path, str(item["url"]))]
    if near:
        max(near, key=lambda item: len(str(item["url"])))["current"] = True
    return items


def _is_within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _acting(request: HttpRequest) -> dict[str, Any]:
    grants = labelled_grants(request)
    acting = acting_grant(grants, request.session.get("grant"))
    return {"grants": grants, "acting_grant": acting, "agency": acting.unit.name if acting and acting.unit else ""}


def acting_grant(grants: list[Grant], chosen: Any) -> Grant | None:
    return next((g for g in grants if g.pk == chosen), grants[0] if grants else None)


def _where(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    return {"crumbs": crumbs_of(request.path, actor), "help_url": help_url(request)}
