"""Where a page stands: the pages whose addresses lead to it, each under the name its help page gives it."""

from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from canbo.kernel.actors import Actor
from canbo.web.help.pages import PAGES

Crumb = tuple[str, str]


def crumbs_of(path: str, actor: Actor) -> list[Crumb]:
    """(name, address) from the overview down to the page itself; pages the role may not open are left out."""
    parts = path.strip("/").split("/")
    if path == "/":
        return []
    places = ["/", *("/" + "/".join(parts[:n]) + "/" for n in range(1, len(parts))), path]
    return [crumb for place in places if (crumb := _crumb(place, actor))]


def _crumb(path: str, actor: Actor) -> Crumb | None:
    try:
        found = resolve(path)
    except Resolver404:
        return None
    actions: tuple[str, ...] = getattr(found.func, "actions", ())
    name = str(found.url_name)
    return (PAGES[name].title, path) if name in PAGES and any(actor.may(action) for action in actions) else None


def help_url(request: HttpRequest) -> str:
    """The help page of the page shown; the list of all help pages where there is none."""
    found: Any = request.resolver_match
    name = str(found.url_name) if found else ""
    return reverse("help-page", args=[name]) if name in PAGES else reverse("help")
