"""Ready-made tables on the desk: one click fills it."""

from urllib.parse import urlencode

from django.http import QueryDict

from canbo.assess.tables import ShippedTable
from canbo.assess.tables import shipped_tables as all_tables
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.figures.asked import read_data
from canbo.web.shelf import SHELF

Offered = tuple[ShippedTable, str]


def shipped_tables(snapshot: Snapshot, desk: Desk) -> list[tuple[str, list[Offered]]]:
    """The tables this reader may count, by group, each with its query; those over hidden fields are left out."""
    allowed = SHELF.get(snapshot=snapshot, key=("shipped", desk.scope.groups), make=lambda: _allowed(snapshot, desk))
    groups: dict[str, list[Offered]] = {}
    for table in all_tables().values():
        if table.name in allowed:
            groups.setdefault(table.group, []).append((table, query(table, year=desk.today.year)))
    return list(groups.items())


def query(table: ShippedTable, *, year: int) -> str:
    """The fields of the desk this table fills in; `year` is the one that is not over yet."""
    days = f"{year - table.years}-{year - 1}" if table.years else ""
    single = [
        ("ten", table.title), ("dt", table.subject), ("doi", table.population), ("tap", table.where), ("cot", table.column),
        ("pt", table.share), ("kieu", table.layout), ("hinh", table.chart), ("moc", days),
    ]  # fmt: skip
    several = [*(("ct", name) for name in table.measures), *(("theo", name) for name in table.by)]
    return urlencode([pair for pair in single if pair[1]] + several)


def _allowed(snapshot: Snapshot, desk: Desk) -> frozenset[str]:
    asked = {table.name: QueryDict(query(table, year=desk.today.year)) for table in all_tables().values()}
    return frozenset(name for name, data in asked.items() if not read_data(data, desk, snapshot).errors)
