"""For whom a table is printed: the agency the account acts for, in the layout of its side."""

from canbo.documents.paper import PARTY, STATE
from canbo.organization.models import Unit
from canbo.web.desk import Desk


def agency_of(desk: Desk) -> tuple[str, str]:
    """The agency's name and the layout its papers have."""
    unit = Unit.objects.filter(pk=desk.actor.unit).first() if desk.actor.unit is not None else None
    if unit is None:
        return "", STATE
    return unit.name, PARTY if unit.block == "dang" else STATE
