import os
from collections.abc import Iterator

import pytest

_COMPARED = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_COMPARED] = {}


@pytest.fixture
def compared(request: pytest.FixtureRequest) -> dict[str, int]:
    """How many evaluations agreed, by oracle; printed at the end of the run."""
    return request.config.stash[_COMPARED]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for oracle, number in sorted(config.stash[_COMPARED].items()):
        terminalreporter.write_line(f"language against {oracle}: {number:,} evaluations compared, 0 differences")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    yield os.environ.get("CANBO_TEST_DATABASE_URL", "postgresql://127.0.0.1:5432/postgres")
