"""Error pages in the frame, each with one sentence; a page that needs nothing when even the frame fails."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return _framed(request, f"{status}.html", status)


def server_error(request: HttpRequest) -> HttpResponse:
    return _framed(request, "500.html", 500)


def _framed(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """The frame asks the database for the menu; when that is what broke, the page stands alone."""
    try:
        return render(request, template, status=status)
    except Exception:
        logging.getLogger(__name__).exception("the frame of an error page failed")
        return HttpResponse(get_template("plain_error.html").render(), status=status)
