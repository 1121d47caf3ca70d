"""Facts, counts, the statutory form and a changed dossier, on a loaded snapshot."""

import threading
import time
from collections.abc import Iterator

from bench.generate import AT, ON
from bench.questions import COLUMNS, FILTER, POPULATION
from bench.record import Figure, at_most, plain, seconds
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.statistics import StatRequest, statistics
from canbo.audit.bulk import Batch, write
from canbo.dossier.models import Person
from canbo.engine.language import names, parse
from canbo.engine.measures import count, count_many
from canbo.facts.build import build
from canbo.facts.catalogue import facts_in, readable
from canbo.facts.registry import Ask
from canbo.reporting.forms import load_form
from canbo.reporting.queries import fill
from canbo.snapshot import cache, queries
from canbo.snapshot.holder import HOLDER
from canbo.snapshot.store import Snapshot

ASK = Ask(on=ON)


def counting() -> Iterator[Figure]:
    """All figures of this file, in one process on one snapshot."""
    began = time.perf_counter()
    snapshot = queries.current()
    yield plain("snapshot loaded from the database", time.perf_counter() - began, "s")
    yield from restarting()
    yield from building(snapshot)
    yield from counts(snapshot)
    yield from form(snapshot)
    yield from refreshing()


def restarting() -> Iterator[Figure]:
    """What a restarted process pays: the snapshot out of its sealed file."""
    for thread in threading.enumerate():
        if thread.name == "snapshot-cache":
            thread.join()
    if not cache.path().exists():
        return  # so few people are read from the database as quickly
    HOLDER.forget()
    began = time.perf_counter()
    queries.current()
    yield plain("snapshot read from its file after a restart", time.perf_counter() - began, "s")


def building(snapshot: Snapshot) -> Iterator[Figure]:
    """Facts built anew from the tables, without any kept frame."""
    words = queries.vocabulary(snapshot=snapshot, subject="person")
    asked = sorted(names(parse(FILTER, vocabulary=words)))
    everything = sorted(readable(facts_in(snapshot.tables), "person"))
    few = seconds(lambda: build(tables=snapshot.tables, ask=ASK, names=asked))
    yield at_most("facts a question names", few, "s", 0.5, note=", ".join(asked))
    whole = seconds(lambda: build(tables=snapshot.tables, ask=ASK, names=everything), repeat=3)
    yield at_most("all facts of people", whole, "s", 2.5, note=f"{len(everything)} facts")


def counts(snapshot: Snapshot) -> Iterator[Figure]:
    words = queries.vocabulary(snapshot=snapshot, subject="person")
    where = parse(FILTER, vocabulary=words)
    frame = queries.facts_frame(snapshot=snapshot, ask=ASK, names=names(where), scope=LOCAL_ACCESS.scope)
    found = count(frame, that=where)
    note = f"{found.count}/{found.of}, unknown {found.unknown}"
    yield at_most("a filtered count on cached facts", 1000 * seconds(lambda: count(frame, that=where), repeat=15), "ms", 20, note=note)
    request = StatRequest(on=ON, where="", measures=(FILTER,))
    whole = seconds(lambda: statistics(request=request, snapshot=snapshot, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope))
    yield plain("the same through assess.statistics (parsing, rights)", 1000 * whole, "ms")


def form(snapshot: Snapshot) -> Iterator[Figure]:
    """BM01 for every unit, units rolled up; and the columns the SQL twin has, by unit only."""
    bm01 = load_form("bm01")

    def once() -> int:
        filled = fill(form=bm01, on=ON, unit=None, snapshot=snapshot, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope)
        return len(filled.rows)

    rows = once()
    yield at_most("BM01 for all units on cached facts", seconds(once, repeat=5), "s", 0.1, note=f"{rows} units, 38 columns, rolled up")
    yield plain("BM01, twin's columns by unit, in columns", seconds(lambda: twin_counts(snapshot)), "s", note=f"{len(COLUMNS)} columns")


def twin_counts(snapshot: Snapshot) -> tuple[int, dict[int, tuple[int, ...]]]:
    """What bench/questions.py asks in SQL: the filtered count, and per unit id people and columns."""
    words = queries.vocabulary(snapshot=snapshot, subject="person")
    where, population = (parse(text, vocabulary=words) for text in (FILTER, POPULATION))
    thats = [None, *(parse(text, vocabulary=words) for text in COLUMNS.values())]
    needed = {name for expr in (where, population, *thats) if expr for name in names(expr)}
    frame = queries.facts_frame(snapshot=snapshot, ask=ASK, names=needed, scope=LOCAL_ACCESS.scope)
    rows = count_many(frame, where=population, thats=thats, by=["unit_id"])
    by_unit = {row.by[0]: (row.counts[0].of, *(c.count for c in row.counts[1:])) for row in rows if row.counts[0].of}
    return count(frame, that=where).count, by_unit


def refreshing() -> Iterator[Figure]:
    """One dossier is changed; the next request must see it."""
    snapshot = queries.current()
    twin_counts(snapshot)
    person = Person.objects.filter(retired_on=None).exclude(birth=None).order_by("pk")[17]
    taken = []
    for year in range(1970, 1975):
        _rewrite_birth(person, year)
        began = time.perf_counter()
        fresh = queries.current()
        frame = queries.facts_frame(snapshot=fresh, ask=ASK, names=["birth_year"], scope=LOCAL_ACCESS.scope)
        taken.append(time.perf_counter() - began)
        seen = frame.filter(frame["key"] == person.pk)["birth_year.lo"].to_list()
        if seen != [year]:
            raise AssertionError(f"the changed dossier is not visible: {seen} instead of {year}")
    yield at_most("a changed dossier visible on the next request", sorted(taken)[2], "s", 0.5, note="patched snapshot and kept frames")


def _rewrite_birth(person: Person, year: int) -> None:
    batch = Batch()
    batch.update(Person, person.pk, {"birth": str(person.birth)}, {"birth": f"{year}-03-04"}, person=person.pk)
    write(batch, actor=LOCAL_ACCESS.actor, action="dossier.write", at=AT, reason="bench")
