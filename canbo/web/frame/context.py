"""What every page's frame shows: the agency, the menu the role may use, where the page stands, and for whom the account acts."""

from typing import Any

from django.http import HttpRequest

from canbo.access.models import Grant
from canbo.demo.standing import BANNER, has_demonstration
from canbo.kernel.actors import Actor
from canbo.web.desk import desk_of, labelled_grants
from canbo.web.frame.crumbs import crumbs_of, help_url
from canbo.web.frame.menu import menu_of
from canbo.web.frame.theme import theme_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """The look chosen, for everybody; for accounts the menu of their role and what else the frame says of them."""
    theme = {"theme": theme_of(request), "demonstration": BANNER if has_demonstration() else ""}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return theme
    desk = desk_of(request)
    return theme | {"menu": menu_of(request.path, desk)} | _acting(request) | _where(request, desk.actor)


def _acting(request: HttpRequest) -> dict[str, Any]:
    grants = labelled_grants(request)
    acting = acting_grant(grants, request.session.get("grant"))
    return {"grants": grants, "acting_grant": acting, "agency": acting.unit.name if acting and acting.unit else ""}


def acting_grant(grants: list[Grant], chosen: Any) -> Grant | None:
    return next((g for g in grants if g.pk == chosen), grants[0] if grants else None)


def _where(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    return {"crumbs": crumbs_of(request.path, actor), "help_url": help_url(request)}
