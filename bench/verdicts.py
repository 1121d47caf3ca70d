"""Verdicts of everybody against forty standards; beside it the same in openfisca-core and as SQL; one person explained."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from bench.generate import ON
from bench.laws import needed, plans
from bench.plain import as_sql, counts, numbers, trees
from bench.record import Figure, at_most, cpu_seconds, plain, seconds
from bench.sql_twin import SERVER
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import law_in_force
from canbo.assess.verdicts import explanation, rows_of
from canbo.engine.law.verdicts import judge
from canbo.facts.registry import Ask
from canbo.snapshot import queries
from canbo.snapshot.store import Snapshot

CANDIDACIES, TITLE, MISSING = 5_000, "bi-thu-xa", -(2**31)
OPENFISCA = "CANBO_BENCH_OPENFISCA"  # an interpreter that has openfisca-core
Counts = list[tuple[int, int]]


def verdicts() -> Iterator[Figure]:
    """Every side is given the same facts and must count the same; a difference stops the run."""
    snapshot = queries.current()
    frame = queries.facts_frame(snapshot=snapshot, ask=Ask(on=ON), names=needed(), scope=LOCAL_ACCESS.scope)
    yield from judged(frame)
    yield from candidacies(frame)
    yield from explained(snapshot, frame["key"].gather_every(max(1, frame.height // 40)).to_list())
    yield from beside(frame)


def judged(frame: pl.DataFrame) -> Iterator[Figure]:
    asked = plans()
    criteria = sum(len(plan.blocking) for plan in asked)
    note = f"{len(asked)} titles, {criteria} criteria, {frame.height} people"
    yield at_most("verdicts of everybody on cached facts", seconds(lambda: judge(frame, asked), repeat=15), "s", 0.15, note=note)
    yield plain("the same, processor time of all cores", cpu_seconds(lambda: judge(frame, asked)), "s", note=note)


def candidacies(frame: pl.DataFrame) -> Iterator[Figure]:
    """Each with the criteria that fail and the papers that are missing, as a review lists them."""
    few, asked = frame.head(CANDIDACIES), [(plan.standard.titles[0], plan) for plan in plans()]

    def once() -> int:
        return len(rows_of(few, asked, ""))

    note = f"{once()} rows with what fails and what is missing"
    yield at_most("forty titles of 5.000 candidacies", seconds(once, repeat=5), "s", 1, note=note)
    yield plain("the same candidacies, processor time of all cores", cpu_seconds(once, repeat=5), "s", note=note)


def explained(snapshot: Snapshot, keys: list[int]) -> Iterator[Figure]:
    law = law_in_force(None)

    def once(person: int) -> float:
        began = time.perf_counter()
        found = explanation(
            person=person, title=TITLE, on=ON, law=law, snapshot=snapshot, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope
        )
        spent = 1000 * (time.perf_counter() - began)
        if not found:
            raise AssertionError(f"nobody of key {person} is explained")
        return spent

    yield plain("explanation, the first of a process", once(keys[0]), "ms")
    worked = time.process_time()
    cold = sorted(once(person) for person in keys[1:])
    worked = 1000 * (time.process_time() - worked) / len(cold)
    warm = sorted(once(keys[-1]) for _ in cold)
    yield at_most("explanation of a person not asked about before", cold[len(cold) // 2], "ms", 60, note=f"worst {cold[-1]:.0f} ms")
    yield plain("such an explanation, processor time of all cores", worked, "ms")
    yield at_most("explanation asked for again", warm[len(warm) // 2], "ms", 20, note=f"worst {warm[-1]:.0f} ms")


# --- the same elsewhere


def beside(frame: pl.DataFrame) -> Iterator[Figure]:
    ours = counts(judge(frame, plans()).get_columns())
    facts, standards = numbers(frame, plans()), trees(plans())
    note = f"{sum(yes for yes, _ in ours)} yes, {sum(no for _, no in ours)} no on every side; {facts.width} columns of facts given"
    with sqlite3.connect(":memory:") as base:
        fill_sqlite(base, facts)
        taken = _same("SQLite", ours, lambda: base.execute(as_sql(standards)).fetchone())
        yield plain("the same standards as SQL on SQLite", taken, "s", note=note)
    with psycopg.connect(SERVER) as server:
        fill_postgres(server, facts)
        taken = _same("PostgreSQL", ours, lambda: server.execute(as_sql(standards).encode()).fetchone())
        yield plain("the same standards as SQL on PostgreSQL", taken, "s", note=note)
    yield from openfisca(facts, standards, ours, note)


def _same(name: str, ours: Counts, ask: Any) -> float:
    """Seconds of a question to another side, which must answer what we do."""
    found = ask()
    agree(name, ours, [(yes, known - yes) for known, yes in zip(found[::2], found[1::2])])
    return seconds(ask, repeat=3, warm=0)


def agree(name: str, ours: Counts, theirs: Counts) -> None:
    if ours != theirs:
        differing = [(n, a, b) for n, (a, b) in enumerate(zip(ours, theirs)) if a != b]
        raise AssertionError(f"{name} counts otherwise (standard, ours, theirs): {differing[:3]}")


def fill_sqlite(base: sqlite3.Connection, facts: pl.DataFrame) -> None:
    base.execute(f"CREATE TABLE fact ({', '.join(f'{name} INTEGER' for name in facts.columns)})")
    base.executemany(f"INSERT INTO fact VALUES ({', '.join('?' * facts.width)})", facts.iter_rows())


def fill_postgres(server: psycopg.Connection[Any], facts: pl.DataFrame) -> None:
    """A temporary table: gone with the connection."""
    columns = sql.SQL(", ").join(sql.SQL("{} INTEGER").format(sql.Identifier(name)) for name in facts.columns)
    server.execute(sql.SQL("CREATE TEMPORARY TABLE fact ({})").format(columns))
    with server.cursor() as cursor, cursor.copy("COPY fact FROM STDIN") as copy:
        for row in facts.iter_rows():
            copy.write_row(row)
    server.execute("ANALYZE fact")


def openfisca(facts: pl.DataFrame, standards: list[list[Any]], ours: Counts, note: str) -> Iterator[Figure]:
    """Run by an interpreter of its own: openfisca-core is no dependency of the project."""
    interpreter = os.environ.get(OPENFISCA)
    if not interpreter:
        print("bench: openfisca-core not measured; --openfisca PYTHON names an interpreter that has it", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in facts.columns:
            (folder / f"{name}.i4").write_bytes(array("i", facts[name].fill_null(MISSING)).tobytes())
        told = {"standards": standards, "columns": facts.columns, "people": facts.height, "on": ON.isoformat()}
        (folder / "standards.json").write_text(json.dumps(told))
        script = Path(__file__).with_name("openfisca_twin.py")
        done = subprocess.run([interpreter, str(script), str(folder)], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    agree("openfisca-core", ours, [tuple(pair) for pair in found["counts"]])
    yield plain("the same standards in openfisca-core", found["seconds"], "s", note=note)
