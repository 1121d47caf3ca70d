"""Pages are read from the snapshot of the newest act; each test starts with none, because its writes are rolled back."""

import copy
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from canbo.access.queries import forget_units
from canbo.snapshot.holder import HOLDER
from tests.standing import standing
from tests.web.world import World, build


@pytest.fixture(autouse=True)
def fresh_snapshot() -> Iterator[None]:
    forget_units()
    HOLDER.forget()
    yield
    forget_units()
    HOLDER.forget()


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    yield from standing(django_db_blocker, build)


@pytest.fixture
def world(standing_world: World, db: None) -> World:
    """The small world, made once for the file; the test has the rows for itself."""
    return copy.deepcopy(standing_world)
