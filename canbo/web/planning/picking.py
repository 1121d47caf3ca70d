"""People looked for as one types, to be brought forward onto a list: of the reader's units, at most twenty."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from canbo.web.desk import Desk, page
from canbo.web.evaluation.picking import candidates


@page("cases.write")
def found(request: HttpRequest, desk: Desk) -> HttpResponse:
    text = request.GET.get("q", "")[:100]
    people = candidates(text, desk) if desk.scope.sees_group("planning") else []
    answer = JsonResponse({"people": [{"key": key, "name": name} for key, name in people]})
    answer.headers["Cache-Control"] = "no-store"
    return answer
