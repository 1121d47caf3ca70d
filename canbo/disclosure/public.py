"""What is made known to everybody, found by its key alone; nobody is asked who reads."""

from datetime import date

from canbo.disclosure.frozen import intact
from canbo.disclosure.models import Publication


def by_key(*, key: str, on: date) -> Publication | None:
    """Widely made known, in its period, not withdrawn and still what was frozen; else None, in one word for all."""
    rows = Publication.objects.filter(key=key, reach="public", start__lte=on, end__gte=on, withdrawn_on=None)
    found = rows.select_related("unit").first()
    return found if found is not None and intact(found) else None
