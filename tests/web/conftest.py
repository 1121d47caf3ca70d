"""Pages are read from the snapshot of the newest act; each test starts with none, because its writes are rolled back."""

from collections.abc import Iterator

import pytest

from canbo.access.queries import forget_units
from canbo.snapshot.holder import HOLDER
from tests.web.world import World, build


@pytest.fixture(autouse=True)
def fresh_snapshot() -> Iterator[None]:
    forget_units()
    HOLDER.forget()
    yield
    forget_units()
    HOLDER.forget()


@pytest.fixture
def world(db: None) -> World:
    return build()
