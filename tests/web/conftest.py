"""Pages are read from the snapshot of the newest act; each test starts with none, because its writes are rolled back."""

from collections.abc import Iterator

import pytest

from canbo.snapshot.holder import HOLDER
from tests.web.world import World, build


@pytest.fixture(autouse=True)
def fresh_snapshot() -> Iterator[None]:
    HOLDER.forget()
    yield
    HOLDER.forget()


@pytest.fixture
def world(db: None) -> World:
    return build()
