"""Many rows as one act: everything is prepared first, then written while the writer's lock is held as shortly as can be."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, JSONField, Model

from canbo.audit.chain import RowChange, seal_changes
from canbo.audit.changes import append, keyring, require
from canbo.audit.head import lock_head
from canbo.kernel.actors import Actor

Row = dict[str, Any]


class RowGone(Exception):
    """A row to be changed is no longer there; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Một dòng cần sửa không còn trong dữ liệu nên chưa ghi gì; hãy đọc lại danh sách rồi ghi lại.")


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
    may: str | None = None, check: Callable[[], None] | None = None,
) -> int | None:  # fmt: skip
    """Write the batch as one act in one transaction; returns its seq, or None when there is nothing to write.

    `check` is called inside the transaction, under the writer's lock, and may raise (a dossier changed since it was
    read): nothing is written then. ValueError for an unknown column, RowGone when a row to update is not there.
    """
    require(actor, may or action)
    changes = seal_changes(batch.row_changes(), keyring())
    if not changes:
        return None
    inserts, updates = _inserts(batch), _updates(batch)
    with transaction.atomic():
        lock_head()
        if check:
            check()
        for model, columns, rows in inserts:
            _insert(model, columns, rows)
        for statement, values in updates:
            _update(statement, values)
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


# --- inserts


def _inserts(batch: Batch) -> list[tuple[type[Model], list[str], list[tuple[Any, ...]]]]:
    """Inserts grouped by model, each row a tuple over the model's columns, defaults filled in."""
    grouped: dict[type[Model], list[Row]] = {}
    for model, values, _person in batch.inserts:
        grouped.setdefault(model, []).append(values)
    return [(model, *_tuples(model, rows)) for model, rows in grouped.items()]


def _tuples(model: type[Model], rows: Sequence[Row]) -> tuple[list[str], list[tuple[Any, ...]]]:
    fields = list(model._meta.concrete_fields)
    _refuse_unknown(model, set().union(*rows))
    plans = [(f.attname, f, _stored_as(f), _default(f)) for f in fields]
    made = []
    for row in rows:
        given = ((row[name] if name in row else default(), stored) for name, _, stored, default in plans)
        made.append(tuple(value if stored is None or value is None else stored(value) for value, stored in given))
    return [str(f.column) for f in fields], made


def _refuse_unknown(model: type[Model], names: set[str]) -> None:
    unknown = names - {f.attname for f in model._meta.concrete_fields}
    if unknown:
        raise ValueError(f"{model.__name__} has no column {', '.join(sorted(unknown))}")


def _default(f: Any) -> Callable[[], Any]:
    """The field's default as a function: called anew for each row where it makes keys, else one value."""
    if f.has_default() and callable(f.default):
        made: Callable[[], Any] = f.get_default
        return made
    value = f.get_default()
    return lambda: value


def _stored_as(f: Field) -> Callable[[Any], Any] | None:
    """What is still done to a value on its way; None for most columns, of which there are millions of values."""
    if isinstance(f, JSONField):
        return lambda value: value if isinstance(value, str) else json.dumps(value)
    made: Callable[[Any], Any] | None = getattr(f, "as_stored", None)
    return made


def _insert(model: type[Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    table, names = model._meta.db_table, ", ".join(f'"{c}"' for c in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django gives back the driver's errors as its own, except those of COPY.
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


# --- updates


def _updates(batch: Batch) -> list[tuple[str, list[list[Any]]]]:
    """Statements with their values, in the order given; neighbours that change the same columns share a statement."""
    grouped: list[tuple[str, list[list[Any]]]] = []
    for model, row, _before, after, _person in batch.updates:
        _refuse_unknown(model, set(after))
        if not after:
            continue
        fields: list[Any] = [model._meta.get_field(name) for name in after]
        columns = ", ".join(f'"{f.column}" = %s' for f in fields)
        statement = f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s'
        values = [f.get_db_prep_save(value, connection) for f, value in zip(fields, after.values())]
        if not grouped or grouped[-1][0] != statement:
            grouped.append((statement, []))
        grouped[-1][1].append([*values, row])
    return grouped


def _update(statement: str, values: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
        if cursor.rowcount != len(values):
            raise RowGone
