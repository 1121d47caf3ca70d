"""Rows of the database as columns: text streams that Polars parses, so that no Python object is made per value."""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import polars as pl
from django.apps import apps
from django.db import connection
from django.db.models import Model

from canbo.facts.tables import OF_PERSON, SCHEMA, Kind, dtypes, typed
from canbo.sealing.keyring import Keyring, SealBroken

CHUNK = 50_000  # rows held as text at once
_IDS = 5_000  # people asked for in one statement
_FIELD, _LINE = "\x1f", "\x1e"  # no text holds these two
_LONG = 60  # letters; shorter columns hold codes


def fetch(table: str, *, keyring: Keyring, people: Sequence[int] | None = None) -> pl.DataFrame:
    """A table in its schema: whole, or the rows of these people; religion is opened on the way."""
    parts = [part for where in _wheres(table, people) if (part := _raw(table, where)).height]
    if not parts:
        return pl.DataFrame(schema=dtypes(table))
    raw = pl.concat(parts)
    return typed(table, _opened(raw, keyring) if table == "person" else raw)


def fetch_all(keyring: Keyring) -> dict[str, pl.DataFrame]:
    return {table: fetch(table, keyring=keyring) for table in SCHEMA}


def fetch_people(people: Sequence[int], keyring: Keyring) -> dict[str, pl.DataFrame]:
    """Every record of these people."""
    return {table: fetch(table, keyring=keyring, people=people) for table in ("person", *OF_PERSON)}


@cache
def model_of(table: str) -> type[Model]:
    return next(model for model in apps.get_app_config("canbo").get_models() if model._meta.db_table == table)


def _wheres(table: str, people: Sequence[int] | None) -> Iterable[str]:
    if people is None:
        yield "TRUE"
        return
    owner = "id" if table == "person" else "person_id"
    for start in range(0, len(people), _IDS):
        yield f"{owner} IN ({','.join(str(int(pk)) for pk in people[start : start + _IDS])})"


def _raw(table: str, where: str) -> pl.DataFrame:
    if connection.vendor == "postgresql":
        return _copied(table, where)
    parts = list(_lines(table, where))
    return pl.concat(parts) if parts else _parsed(b"", table)


# --- SQLite: each chunk is glued into one text inside the database


def _lines(table: str, where: str) -> Iterable[pl.DataFrame]:
    line = f" || '{_FIELD}' || ".join(_sqlite_text(table, name, kind) for name, kind in _columns(table))
    inner = f'SELECT id, {line} AS line FROM "{table}" WHERE id > %s AND ({where}) ORDER BY id LIMIT {CHUNK}'
    after, rows = 0, CHUNK
    while rows == CHUNK:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(id), count(*), group_concat(line, '{_LINE}') FROM ({inner})", [after])
            last, rows, text = cursor.fetchone()
        if rows:
            after = last
            yield _parsed(text.encode(), table)


def _sqlite_text(table: str, name: str, kind: Kind | None) -> str:
    column = f'"{_column(table, name)}"'
    if kind == "hundredths":
        column = f"CAST(round({column} * 100) AS INTEGER)"
    elif _is_free_text(table, name):
        column = f"replace(replace({column}, char(30), ' '), char(31), ' ')"
    return f"coalesce({column}, '')"


def _parsed(text: bytes, table: str) -> pl.DataFrame:
    names = _names(table)
    if not text:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    return pl.read_csv(
        text, has_header=False, new_columns=names, separator=_FIELD, eol_char=_LINE, quote_char=None,
        schema_overrides=[pl.String] * len(names), infer_schema=False,
    )  # fmt: skip


# --- PostgreSQL: COPY


def _copied(table: str, where: str) -> pl.DataFrame:
    columns = ", ".join(_postgres_text(table, name, kind) for name, kind in _columns(table))
    text = BytesIO()
    with connection.cursor() as cursor, cursor.copy(
        f'COPY (SELECT {columns} FROM "{table}" WHERE {where} ORDER BY id) TO STDOUT (FORMAT csv)'
    ) as copy:
        for data in copy:
            text.write(data)
    names = _names(table)
    if not text.tell():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    text.seek(0)
    return pl.read_csv(text, has_header=False, new_columns=names, infer_schema=False)


def _postgres_text(table: str, name: str, kind: Kind | None) -> str:
    column = f'"{_column(table, name)}"'
    return f"round({column} * 100)::int" if kind == "hundredths" else column


# --- columns


def _columns(table: str) -> list[tuple[str, Kind | None]]:
    """Columns to fetch: the schema's, but religion as it is stored, with the key it is bound to."""
    if table != "person":
        return list(SCHEMA[table].items())
    stored: list[tuple[str, Kind | None]] = [(n, k) for n, k in SCHEMA[table].items() if n != "religion"]
    return [*stored, ("key", None), ("religion_sealed", None)]


def _names(table: str) -> list[str]:
    return [name for name, _ in _columns(table)]


def _column(table: str, name: str) -> str:
    return str(_field(table, name).column)


def _field(table: str, name: str) -> Any:
    return model_of(table)._meta.get_field(name)


def _is_free_text(table: str, name: str) -> bool:
    return (getattr(_field(table, name), "max_length", 0) or 0) >= _LONG


def _opened(raw: pl.DataFrame, keyring: Keyring) -> pl.DataFrame:
    codes = [_open(keyring, key, sealed) for key, sealed in raw.select("key", "religion_sealed").iter_rows()]
    return raw.drop("key", "religion_sealed").with_columns(pl.Series("religion", codes, dtype=pl.String))


def _open(keyring: Keyring, key: str, sealed: str | None) -> str | None:
    """The religion; None where none is stored, and where the seal is broken: the dossier page says so, a count cannot."""
    if not sealed:
        return None
    try:
        return keyring.open(sealed, place=f"person.religion:{key}")
    except SealBroken:
        return None


__all__ = ["fetch", "fetch_all", "fetch_people"]
