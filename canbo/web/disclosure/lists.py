"""What is made known to this reader; for who publishes also what is to come, over or withdrawn."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.disclosure.fields import kinds
from canbo.disclosure.frozen import STATES, state_of
from canbo.disclosure.models import Publication
from canbo.disclosure.queries import publications
from canbo.web.desk import Desk, page
from canbo.web.disclosure.view import answers_for, tabs
from canbo.web.pagination import SIZE, pager
from canbo.web.typed import reads

# Words of the address → states shown together.
TABS = {"": ("now",), "sap-toi": ("coming",), "da-het": ("over", "withdrawn")}
LABELS = {"": "Đang công khai", "sap-toi": "Sắp tới", "da-het": "Đã hết hạn, đã gỡ"}


@page("disclosure.read")
def publication_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = list(publications(on=desk.today, **reads(desk)).annotate(said=Count("remarks")).defer("table"))
    states = [(row, state_of(row, desk.today)) for row in found]
    asked = request.GET.get("tt", "")
    chosen = asked if asked in TABS else ""
    shown = [(row, state) for row, state in states if state in TABS[chosen]]
    at = pager(request, total=len(shown))
    counts = [(code, LABELS[code], sum(state in of for _, state in states), code == chosen) for code, of in TABS.items()]
    frame = {
        "rows": [_line(row, state, desk) for row, state in shown[at.first : at.first + SIZE]], "pager": at, "states": counts,
        "chosen": chosen, **tabs(desk, "publications"),
    }  # fmt: skip
    return render(request, "disclosure/list.html", frame)


def _line(row: Publication, state: str, desk: Desk) -> tuple[Publication, str, str, int | None]:
    """Row, kind, state in words, remarks received – their number only for who reads them."""
    label = kinds()[row.kind].label if row.kind in kinds() else row.kind
    said: int = row.said  # type: ignore[attr-defined]
    return row, label, STATES[state], said if answers_for(row, desk) else None
