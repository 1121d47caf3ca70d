"""What the acceptance tests do as an officer does: bring a list in, then ask."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.statistics import StatReport, StatRequest, statistics
from canbo.audit.changes import keyring
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, Plan, plan_list
from canbo.imports.reading import read_list
from canbo.organization.changes import load_titles
from canbo.snapshot.store import load

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
WHO: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}


def bring_in(path: Path, on: date) -> Plan:
    """Import with every proposal taken, as `import FILE --on DAY --yes`."""
    load_titles(**WHO, at=AT)
    data = path.read_bytes()
    reading = read_list(data, filename=path.name, on=on, accept=True)
    request = ListRequest(on=on, name=path.stem, sha256=hashlib.sha256(data).hexdigest(), accept=True)
    plan = plan_list(reading=reading, request=request, **WHO)
    write_plan(plan=plan, **WHO, at=AT)
    return plan


def ask(on: date, **question: Any) -> StatReport:
    """The answer from a snapshot of what is in the database now."""
    return statistics(request=StatRequest(on=on, **question), snapshot=load(keyring()), **WHO)


def texts(report: StatReport) -> list[str]:
    return [row.text.partition(";")[0] for row in report.rows]


def counts(report: StatReport) -> list[tuple[int, int]]:
    return [(row.count.count, row.count.of) for row in report.rows]
