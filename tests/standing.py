"""Rows made once for a module. Each test runs in a savepoint over them, so none sees what another wrote."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

PREFIX = "standing"
# A third of a second for each password is right for users, and minutes for a suite that signs in all the time.
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def standing(blocker: DjangoDbBlocker, build: Callable[[], Any]) -> Iterator[Any]:
    """The body of a fixture of scope "module": one transaction around the module's tests, rolled back at its end.

    The fixture's name begins with `standing`, and every test of the module that touches the database asks for it
    (`refuse_half_standing`). What it gives is shared: what hands out rows to tests hands out copies.
    """
    outer = transaction.atomic()
    with blocker.unblock():
        outer.__enter__()
    try:
        with blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
            made = build()
            # Once: PostgreSQL would ask every foreign key of these rows anew at the end of each test.
            connection.check_constraints()
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def refuse_half_standing(items: list[pytest.Item], touches: Callable[[pytest.Item], bool]) -> None:
    """Where one test of a file stands on such a fixture all do: otherwise what a test finds would hang on the order."""
    asked = {item: {name for name in getattr(item, "fixturenames", ()) if name.startswith(PREFIX)} for item in items}
    by_file: dict[Any, set[str]] = {}
    for item, names in asked.items():
        by_file.setdefault(item.path, set()).update(names)
    for item, names in asked.items():
        if touches(item) and names != by_file[item.path]:
            raise pytest.UsageError(f"{item.nodeid}: other tests of the file stand on {by_file[item.path]}; let it ask for that too.")
