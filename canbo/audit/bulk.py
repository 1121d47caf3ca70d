"""Many rows as one act: everything is prepared first, then inserted while the writer's lock is held as shortly as can be."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from canbo.audit.chain import RowChange, seal_changes
from canbo.audit.changes import append, keyring, require
from canbo.kernel.actors import Actor

Row = dict[str, Any]


@dataclass
class Batch:
    """Rows to insert and rows to update, all of one act. Values are given as the database stores them."""

    inserts: list[tuple[type[Model], Row, int | None]] = field(default_factory=list)
    updates: list[tuple[type[Model], int, Row, Row, int | None]] = field(default_factory=list)

    def insert(self, model: type[Model], values: Row, *, person: int | None = None) -> None:
        """`values` must hold `id` (see reserve_ids); columns left out get the model's default."""
        self.inserts.append((model, values, person))

    def update(self, model: type[Model], row: int, before: Row, after: Row, *, person: int | None = None) -> None:
        self.updates.append((model, row, before, after, person))

    def row_changes(self) -> Iterable[RowChange]:
        for model, values, person in self.inserts:
            shown = {name: value for name, value in values.items() if value not in (None, "") and name != "id"}
            yield RowChange(model._meta.db_table, values["id"], None, shown, person)
        for model, row, before, after, person in self.updates:
            yield RowChange(model._meta.db_table, row, before, after, person)


def write(
    batch: Batch, *, actor: Actor, action: str, at: datetime, reason: str = "", document: str = "",
    may: str | None = None, check: Any = None,
) -> int | None:  # fmt: skip
    """Write the batch as one act in one transaction; returns its seq, or None when there is nothing to write.

    `check` is called first inside the transaction and may raise (a dossier changed since it was read).
    """
    require(actor, may or action)
    changes = seal_changes(batch.row_changes(), keyring())
    if not changes:
        return None
    tables = _by_table(batch)
    with transaction.atomic():
        if check:
            check()
        for model, columns, rows in tables:
            _insert(model, columns, rows)
        for model, row, _before, after, _person in batch.updates:
            model._default_manager.filter(pk=row).update(**after)
        return append(changes, actor=actor, action=action, at=at, reason=reason, document=document)


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """`count` fresh primary keys, so that rows and their log can be prepared before the lock."""
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
        if found:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        return list(range(last + 1, last + count + 1))


def _by_table(batch: Batch) -> list[tuple[type[Model], list[str], list[tuple[Any, ...]]]]:
    """Inserts grouped by model, each row a tuple over the model's columns, defaults filled in."""
    grouped: dict[type[Model], list[Row]] = {}
    for model, values, _person in batch.inserts:
        grouped.setdefault(model, []).append(values)
    return [(model, *_tuples(model, rows)) for model, rows in grouped.items()]


def _tuples(model: type[Model], rows: Sequence[Row]) -> tuple[list[str], list[tuple[Any, ...]]]:
    fields = list(model._meta.concrete_fields)
    unknown = set().union(*rows) - {f.attname for f in fields}
    if unknown:
        raise ValueError(f"{model.__name__} has no column {', '.join(sorted(unknown))}")
    columns = [f.column for f in fields]
    plans = [(f.attname, f, f.has_default() and callable(f.default)) for f in fields]
    defaults = {f.attname: _default(f) for f in fields}
    made = [
        tuple(row[name] if name in row else (f.get_default() if fresh else defaults[name]) for name, f, fresh in plans)
        for row in rows
    ]
    return columns, made


def _default(f: Any) -> Any:
    value = f.get_default()
    return json.dumps(value) if isinstance(value, dict | list) else value


def _insert(model: type[Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    table, names = model._meta.db_table, ", ".join(f'"{c}"' for c in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
