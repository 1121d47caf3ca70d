"""Run as a process of its own on a data folder: python -m tests.audit.desk ACT ARGUMENTS; prints JSON."""

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from canbo.access.queries import LOCAL_ACCESS  # noqa: E402
from canbo.audit.bulk import Batch, reserve_ids, write  # noqa: E402
from canbo.audit.changes import act  # noqa: E402
from canbo.audit.models import Act, Change  # noqa: E402
from canbo.audit.queries import check_chain, last_seq, touched_since  # noqa: E402
from canbo.cli.folder import prepare  # noqa: E402
from canbo.dossier.changes import StaleDossier, edit_person  # noqa: E402
from canbo.dossier.models import ListEntry, Person  # noqa: E402

AT = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
ON = AT.date()
ACTOR, SCOPE = LOCAL_ACCESS.actor, LOCAL_ACCESS.scope


def meet(folder: Path, me: str, others: int) -> None:
    """Wait until all processes are here, so that they really write at once."""
    (folder / f"here-{me}").touch()
    until = time.monotonic() + 30
    while len(list(folder.glob("here-*"))) < others and time.monotonic() < until:
        time.sleep(0.002)


def start() -> dict[str, Any]:
    prepare()
    with act(actor=ACTOR, action="dossier.write", at=AT) as log:
        person = Person.objects.create(full_name="Nguyễn Văn An", main_duty="0")
        log.inserted(person, person=person.pk)
    return {"person": person.pk, "seq": log.seq}


def write_many(folder: str, me: str, others: str, count: str) -> dict[str, Any]:
    """Acts one by one, batches with reserved ids between them, and plain inserts."""
    meet(Path(folder), me, int(others))
    ids: list[int] = []
    for n in range(int(count)):
        with act(actor=ACTOR, action="dossier.write", at=AT) as log:
            person = Person.objects.create(full_name=f"{me} {n}")
            log.inserted(person, person=person.pk)
        batch, fresh = Batch(), reserve_ids(Person, 3)
        for pk in fresh:
            batch.insert(Person, {"id": pk, "full_name": f"{me} {n} {pk}"}, person=pk)
        write(batch, actor=ACTOR, action="import.write", at=AT)
        ids += [person.pk, *fresh]
    return {"ids": ids}


def edit_until_done(folder: str, me: str, others: str, person: str, count: str) -> dict[str, Any]:
    """Add one to a number in the dossier, as an editor who reads again after each conflict; `bulk` does it in batches."""
    meet(Path(folder), me, int(others))
    done = stale = 0
    while done < int(count):
        seen = last_seq()
        old = Person.objects.get(pk=person).main_duty
        try:
            (_add_in_bulk if me == "bulk" else _add)(int(person), seen, old)
            done += 1
        except StaleDossier:
            stale += 1
    return {"stale": stale}


def _add(person: int, seen: int, old: str) -> None:
    values = {"main_duty": str(int(old) + 1)}
    edit_person(person=person, values=values, seen_seq=seen, on=ON, actor=ACTOR, scope=SCOPE, at=AT)


def _add_in_bulk(person: int, seen: int, old: str) -> None:
    def check() -> None:
        if touched_since(people=[person], seq=seen, actor=ACTOR, scope=SCOPE):
            raise StaleDossier([])

    batch = Batch()
    batch.update(Person, person, {"main_duty": old}, {"main_duty": str(int(old) + 1)}, person=person)
    write(batch, actor=ACTOR, action="import.write", at=AT, check=check)


def die(where: str) -> dict[str, Any]:
    """Killed by the system in the middle of a write."""
    kill = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
    if where == "between rows and act":
        with act(actor=ACTOR, action="dossier.write", at=AT) as log:
            log.inserted(Person.objects.create(full_name="dở"))
            kill()
    if where == "before commit":
        with transaction.atomic():
            with act(actor=ACTOR, action="dossier.write", at=AT) as log:
                log.inserted(Person.objects.create(full_name="dở"))
            kill()
    batch = Batch()
    for pk in reserve_ids(Person, 2000):
        batch.insert(Person, {"id": pk, "full_name": "dở"}, person=pk)
    person = Person.objects.get(full_name="Nguyễn Văn An").pk
    batch.insert(ListEntry, {"id": reserve_ids(ListEntry, 1)[0], "person_id": person, "name": "A", "on": ON.isoformat()})
    with connection.execute_wrapper(_kill_at('INTO "list_entry"', kill)):
        write(batch, actor=ACTOR, action="import.write", at=AT)
    return {}


def _kill_at(sign: str, kill: Any) -> Any:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sign in sql or ("INSERT INTO \"act\"" in sql):
            kill()
        return execute(sql, params, many, context)

    return wrapper


def look() -> dict[str, Any]:
    """What is there now."""
    report = check_chain(actor=ACTOR, scope=SCOPE)
    return {
        "problems": list(report.problems), "acts": report.acts, "anchored": report.anchored, "last": last_seq(),
        "seqs": list(Act.objects.order_by("seq").values_list("seq", flat=True)), "changes": Change.objects.count(),
        "people": sorted(Person.objects.values_list("pk", flat=True)), "half": Person.objects.filter(full_name="dở").count(),
        "number": Person.objects.order_by("pk").values_list("main_duty", flat=True).first(),
    }  # fmt: skip


if __name__ == "__main__":
    ACTS = {"start": start, "write": write_many, "edit": edit_until_done, "die": die, "look": look}
    print(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
