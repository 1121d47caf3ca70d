"""Pages are read from the snapshot of the newest act; each test starts with none, because its writes are rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from canbo.snapshot.holder import HOLDER
from tests.web.world import World, build


@pytest.fixture(autouse=True)
def fresh_snapshot() -> Iterator[None]:
    HOLDER.forget()
    yield
    HOLDER.forget()


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, written once for a file's tests and rolled back after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield build()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def world(built: World) -> Iterator[World]:
    """The world; what the test writes is undone after it."""
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)
