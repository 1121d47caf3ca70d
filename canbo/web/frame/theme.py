"""Light or dark: as the machine says, or as chosen once, remembered in a cookie and needing no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from canbo.access.policy import ACTIONS
from canbo.web.desk import Desk, page

COOKIE = "giao_dien"
THEMES = {"may": "Theo máy", "sang": "Sáng", "toi": "Tối"}
YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else "may"


@require_POST
@page(*ACTIONS)
def choose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Remember the look, and back to the page one came from."""
    response = redirect(came_from(request))
    chosen = request.POST.get("giao-dien", "")
    if chosen in THEMES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def came_from(request: HttpRequest) -> str:
    """The page of this server the form stood on; else the overview. Never another server's."""
    url = request.headers.get("Referer", "")
    return url if url.startswith(request.build_absolute_uri("/")) else "/"
