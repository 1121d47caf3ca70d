"""The compiled language against a naive reading and against SQL: not one verdict may differ."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache
from typing import Any

import polars as pl
import pytest

from canbo.engine.compiler import compile
from canbo.engine.language import Expr, parse
from canbo.engine.syntax import And, Not, Or, refs

from . import naive, sql
from .expressions import atoms, batches, deep, logic, nested
from .world import DTYPES, FACTS, POLITICAL_THEORY, POSTS, SEX, VOCABULARY, Row, frame_of, pairwise_rows, product_rows

Verdicts = list[bool | None]
Oracle = Callable[[Sequence[Expr]], list[Verdicts]]


@cache
def parsed(text: str) -> Expr:
    return parse(text, vocabulary=VOCABULARY)


def read(texts: Iterable[str]) -> list[Expr]:
    return [parsed(text) for text in texts]


def by_polars(frame: pl.DataFrame) -> Oracle:
    def verdicts(exprs: Sequence[Expr]) -> list[Verdicts]:
        found = frame.select(compile(expr).alias(str(at)) for at, expr in enumerate(exprs))
        assert found.height == frame.height and set(found.dtypes) == {pl.Boolean}
        return [column.to_list() for column in found]

    return verdicts


def by_naive(rows: list[Row]) -> Oracle:
    """Row by row; an atom is read once per combination of the values it sees."""

    number_of = {fact: numbered([repr(row[fact]) for row in rows]) for fact in FACTS}

    @cache
    def atom(expr: Expr) -> list[bool | None]:
        names = sorted({ref.name for ref in refs(expr) if ref.entry.kind == "fact"})
        keys = list(zip(*(number_of[name] for name in names))) if names else [()] * len(rows)
        seen = {key: naive.verdict(expr, row) for key, row in dict(zip(keys, rows)).items()}
        return [seen[key] for key in keys]

    def verdicts_of(expr: Expr) -> Sequence[bool | None]:
        match expr:
            case Not(part):
                return [naive.opposite(found) for found in verdicts_of(part)]
            case And(parts) | Or(parts):
                choose = min if isinstance(expr, And) else max
                columns = [verdicts_of(part) for part in parts]
                return [choose(column, key=naive._TRUTH.__getitem__) for column in zip(*columns)]
        return atom(expr)

    return lambda exprs: [list(verdicts_of(expr)) for expr in exprs]


def numbered(values: list[str]) -> list[int]:
    numbers = {value: at for at, value in enumerate(dict.fromkeys(values))}
    return [numbers[value] for value in values]


def differences(texts: Iterable[str], *, engine: Oracle, oracle: Oracle, rows: list[Row]) -> tuple[int, list[Any]]:
    """How many verdicts were compared, and the first that differ."""
    compared, found = 0, []
    for batch in batches(texts):
        exprs = read(batch)
        for text, ours, theirs in zip(batch, engine(exprs), oracle(exprs), strict=True):
            assert len(ours) == len(theirs) == len(rows)
            compared += len(ours)
            if ours != theirs:
                at = next(i for i, (a, b) in enumerate(zip(ours, theirs)) if a is not b)
                names = [ref.name for ref in refs(parse(text, vocabulary=VOCABULARY)) if ref.entry.kind == "fact"]
                found.append((text, {name: rows[at][name] for name in names}, ours[at], theirs[at]))
    return compared, found[:5]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return pairwise_rows()


@pytest.fixture(scope="module")
def frame(rows: list[Row]) -> pl.DataFrame:
    return frame_of(rows)


@pytest.fixture(scope="module")
def engine(frame: pl.DataFrame) -> Oracle:
    """Our reading, each expression read once for all the oracles it is held against."""
    ours, known = by_polars(frame), {}

    def verdicts(exprs: Sequence[Expr]) -> list[Verdicts]:
        new = [expr for expr in exprs if expr not in known]
        known.update(zip(new, ours(new), strict=True) if new else ())
        return [known[expr] for expr in exprs]

    return verdicts


@pytest.fixture(scope="module")
def sqlite(rows: list[Row]) -> Iterable[Oracle]:
    with closing(sqlite3.connect(":memory:")) as base:
        yield sqlite_oracle(base, rows)


def sqlite_oracle(base: sqlite3.Connection, rows: list[Row]) -> Oracle:
    def fill(table: str, values: list[tuple[Any, ...]]) -> None:
        if values:
            base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)

    sql.load(rows, run=base.execute, fill=fill, of=sql.SQLITE)
    return lambda exprs: sql.verdicts(exprs, run=lambda text: base.execute(text).fetchall(), of=sql.SQLITE)


@pytest.mark.slow
def test_every_operator_type_and_value_reads_as_the_naive_reading(rows, engine, compared) -> None:
    number, found = differences(atoms(), engine=engine, oracle=by_naive(rows), rows=rows)
    assert found == []
    compared["the naive reading, every atom"] = number


def test_every_operator_type_and_value_reads_as_sqlite(rows, engine, sqlite, compared) -> None:
    number, found = differences(atoms(), engine=engine, oracle=sqlite, rows=rows)
    assert found == []
    compared["SQLite, every atom"] = number


@pytest.mark.slow
def test_not_and_or_to_depth_2_read_as_the_naive_reading_and_sqlite(rows, engine, sqlite, compared) -> None:
    number, found = differences(nested(), engine=engine, oracle=by_naive(rows), rows=rows)
    assert found == []
    compared["the naive reading, nested"] = number
    number, found = differences(nested(), engine=engine, oracle=sqlite, rows=rows)
    assert found == []
    compared["SQLite, nested"] = number


def test_all_logic_of_three_booleans_to_depth_2_reads_as_the_naive_reading(compared) -> None:
    rows = product_rows("party_member", "key_post", "sex")
    number, found = differences(logic(), engine=by_polars(frame_of(rows)), oracle=by_naive(rows), rows=rows)
    assert found == []
    assert len(rows) == 27
    compared["the naive reading, logic of three Booleans"] = number


@pytest.mark.slow
def test_deep_drawn_expressions_read_as_both_oracles(rows, engine, sqlite, compared) -> None:
    texts = list(deep(number=300, seed=20260426))
    number, found = differences(texts, engine=engine, oracle=by_naive(rows), rows=rows)
    assert found == []
    compared["the naive reading, deep"] = number
    number, found = differences(texts, engine=engine, oracle=sqlite, rows=rows)
    assert found == []
    compared["SQLite, deep"] = number


CATEGORIES = {"sex": SEX, "spouse_sex": SEX, "political_theory": POLITICAL_THEORY, "required_theory": POLITICAL_THEORY}
STEPS = [step.code for step in POLITICAL_THEORY.steps]
OTHER_DTYPES: dict[str, dict[str, pl.DataType]] = {
    "categories, small numbers": {
        **dict.fromkeys(CATEGORIES, pl.Categorical()),
        **dict.fromkeys(("age", "age_joined", "service", "months_left"), pl.Int8()),
        **dict.fromkeys(("planned_for", "lists"), pl.List(pl.Categorical())),
        "coefficient": pl.Decimal(38, 6),
        "field": pl.Categorical(),
    },
    "enums of reversed order, unsigned numbers": {
        "sex": pl.Enum(["nu", "nam"]),
        "spouse_sex": pl.Enum(["nam", "nu", "khac"]),
        "political_theory": pl.Enum(STEPS[::-1]),
        "required_theory": pl.Enum(STEPS),
        "planned_for": pl.List(pl.Enum([code for code, _ in POSTS.values])),
        "months_left": pl.UInt8(),
        "age": pl.UInt32(),
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("variant", OTHER_DTYPES)
def test_how_a_column_is_stored_changes_no_verdict(variant, rows, frame, engine, compared) -> None:
    stored = frame_of(rows, dtypes=OTHER_DTYPES[variant])
    assert stored.schema != frame.schema
    number, found = differences(atoms(), engine=by_polars(stored), oracle=engine, rows=rows)
    assert found == []
    compared[f"itself, stored as {variant}"] = number


@pytest.mark.postgres
def test_every_atom_and_deep_expressions_read_as_postgresql(rows, engine, postgres_url, compared) -> None:
    psycopg = pytest.importorskip("psycopg")
    try:
        base = psycopg.connect(postgres_url, connect_timeout=2)
    except psycopg.OperationalError as why:
        pytest.skip(f"PostgreSQL does not answer: {why}")
    with base:
        base.execute("CREATE SCHEMA canbo_engine_oracle; SET search_path = canbo_engine_oracle")

        def fill(table: str, values: list[tuple[Any, ...]]) -> None:
            with base.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)

        sql.load(rows, run=base.execute, fill=fill, of=sql.POSTGRES)
        oracle = lambda exprs: sql.verdicts(exprs, run=lambda q: base.execute(q).fetchall(), of=sql.POSTGRES)  # noqa: E731
        texts = [*atoms(), *deep(number=200, seed=5)]
        number, found = differences(texts, engine=engine, oracle=oracle, rows=rows)
        base.rollback()
    assert found == []
    compared["PostgreSQL"] = number


def test_the_stored_types_of_the_world_are_those_of_the_language() -> None:
    assert set(DTYPES) == {name for name, entry in VOCABULARY.items() if entry.kind == "fact"}
