"""What is made known to everybody: the frozen table by its key, without session or cookie, kept in no cache and no search engine."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from canbo.disclosure.public import by_key
from canbo.web.desk import public_day

HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


# Made without the request, so neither a session nor a cookie is read or set.
@require_safe
def public(request: HttpRequest, publication_key: str) -> HttpResponse:
    of = by_key(key=publication_key, on=public_day())
    return HttpResponse(render_to_string("disclosure/public.html", {"of": of}), status=200 if of else 404, headers=HEADERS)
