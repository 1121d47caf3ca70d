"""The same counts as plain SQL on SQLite and on PostgreSQL, in one run with the columns, answers compared."""

import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.generate import ON, ROOT, environment
from bench.questions import bm01_sql, filter_sql
from bench.record import Figure, plain, seconds

SERVER = os.environ.get("CANBO_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
TABLES = ("unit", "title", "post", "seat", "source", "person", "employment", "qualification")
Query = Callable[[str], list[tuple[Any, ...]]]


def twins() -> Iterator[Figure]:
    """Columns, SQLite, PostgreSQL, one after the other; a difference in any answer stops the run."""
    from bench.counting import ASK, twin_counts
    from canbo.facts.build import build
    from canbo.snapshot import queries

    data = Path(os.environ["CANBO_DATA"])
    snapshot = queries.current()
    answer, by_unit = twin_counts(snapshot)
    names = ["sex", "party_member", "age", "degree", "political_theory", "state_management", "ethnic_minority", "staff_kind"]
    yield plain("twin: facts needed, built from the tables", seconds(lambda: build(tables=snapshot.tables, ask=ASK, names=names)), "s")
    yield plain("twin: both questions in columns, facts cached", seconds(lambda: twin_counts(snapshot)), "s", note=f"count {answer}")
    with sqlite(data) as ask_sqlite:
        yield from _measured("SQLite", ask_sqlite, answer, by_unit)
    with postgres(data) as ask_postgres:
        yield from _measured("PostgreSQL", ask_postgres, answer, by_unit)


def _measured(name: str, ask: Query, answer: int, by_unit: dict[int, tuple[int, ...]]) -> Iterator[Figure]:
    found = ask(filter_sql(ON))[0][0]
    rows = {row[0]: tuple(int(value) for value in row[1:]) for row in ask(bm01_sql(ON))}
    if found != answer or rows != by_unit:
        raise AssertionError(f"{name} answers {found}, the columns {answer}; units that differ: {_differing(rows, by_unit)}")
    yield plain(f"twin: filtered count, {name}", seconds(lambda: ask(filter_sql(ON)), repeat=3), "s", note=f"count {found}")
    yield plain(f"twin: BM01 columns by unit, {name}", seconds(lambda: ask(bm01_sql(ON)), repeat=3), "s", note=f"{len(rows)} units")


def _differing(a: dict[int, tuple[int, ...]], b: dict[int, tuple[int, ...]]) -> list[Any]:
    return [(key, a.get(key), b.get(key)) for key in sorted(a.keys() | b.keys()) if a.get(key) != b.get(key)][:3]


@contextmanager
def sqlite(data: Path) -> Iterator[Query]:
    connection = sqlite3.connect(f"file:{data / 'canbo.sqlite3'}?mode=ro", uri=True)
    try:
        yield lambda text: connection.execute(text).fetchall()
    finally:
        connection.close()


@contextmanager
def postgres(data: Path) -> Iterator[Query]:
    """A database of this run with canbo's own tables and the folder's rows, dropped afterwards."""
    name = "canbo_bench_" + secrets.token_hex(4)
    url = urlunsplit(urlsplit(SERVER)._replace(path="/" + name))
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            _migrate(data, url)
            with psycopg.connect(url, autocommit=True) as connection:
                _copy(data, connection)
                yield lambda text: connection.execute(text.encode()).fetchall()
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(data: Path, url: str) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment(data) | {"DATABASE_URL": url}, check=True, cwd=ROOT)


def _copy(data: Path, target: psycopg.Connection[Any]) -> None:
    """The rows as SQLite has them; foreign keys are checked there already."""
    source = sqlite3.connect(f"file:{data / 'canbo.sqlite3'}?mode=ro", uri=True)
    target.execute("SET session_replication_role = replica")
    for table in TABLES:
        rows = source.execute(f'SELECT * FROM "{table}"')
        columns = sql.SQL(", ").join(sql.Identifier(column[0]) for column in rows.description)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
        with target.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    source.close()
    target.execute("SET session_replication_role = DEFAULT")
    target.execute("VACUUM ANALYZE")
