"""The help pages, and the guide of the first hour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from canbo.access.policy import ACTIONS
from canbo.web.desk import Desk, page
from canbo.web.help.pages import PAGES


@page(*ACTIONS)
def index(request: HttpRequest, desk: Desk) -> HttpResponse:
    return render(request, "help/index.html", {"pages": [(name, of.title, of.purpose) for name, of in PAGES.items()]})


@page(*ACTIONS)
def help_page(request: HttpRequest, desk: Desk, route: str) -> HttpResponse:
    if route not in PAGES:
        raise Http404
    return render(request, "help/page.html", {"help": PAGES[route], "open_url": _plain_url(route)})


@page(*ACTIONS)
def first_hour(request: HttpRequest, desk: Desk) -> HttpResponse:
    return render(request, "help/first_hour.html", {})


def _plain_url(route: str) -> str:
    """The page's address when it needs no number."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
