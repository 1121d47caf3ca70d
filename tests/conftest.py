"""Fixtures of the whole suite. The data folder is a temporary one (tests/early.py)."""

import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from canbo.kernel.actors import Actor, Scope
from tests.early import ON_POSTGRES, SERVER
from tests.processes import Running, command, copied, fresh_postgres, start_server
from tests.standing import QUICK_HASHERS, refuse_half_standing

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences"}

_SETTLED: set[Path] = set()


# --- which tests run, and where -------------------------------------------------------------------


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        _refuse_flush(item)
    refuse_half_standing(items, _touches_database)
    belongs = _uses_database if ON_POSTGRES else _runs_without_postgres
    config.hook.pytest_deselected(items=[item for item in items if not belongs(item)])
    items[:] = [item for item in items if belongs(item)]


def _refuse_flush(item: pytest.Item) -> None:
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        raise pytest.UsageError(
            f"{item.nodeid}: the log's triggers refuse the flush after a transactional test; "
            "use the `server` fixture or a process of its own (docs/decisions/0005)."
        )


def _touches_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def _uses_database(item: pytest.Item) -> bool:
    return _touches_database(item) and item.get_closest_marker("once") is None


def _runs_without_postgres(item: pytest.Item) -> bool:
    """What only PostgreSQL can show is left to the second run; it counts as chosen there, not as skipped here."""
    return item.get_closest_marker("only_on_postgres") is None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """What a file's first test has loaded stays: the garbage collector, called by every new snapshot, need not walk it again."""
    yield
    if item.path not in _SETTLED:
        _SETTLED.add(item.path)
        gc.collect()
        gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(os.environ["CANBO_DATA"], ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    if ON_POSTGRES and not SERVER:
        raise pytest.UsageError("CANBO_TEST_DATABASE=postgres needs CANBO_TEST_DATABASE_URL")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be skipped: a skip there means that the machine lacks something it must have."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None or not reporter.stats.get("skipped"):
        return
    reporter.write_line("\nCI: tests were skipped, and here none may be (see the list below).", red=True)
    session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process remembers by act number: a rolled-back test gives its numbers again."""
    from canbo.access.queries import forget_units

    forget_units()


@pytest.fixture(autouse=True)
def _quick_passwords(request: pytest.FixtureRequest) -> None:
    if _touches_database(request.node):
        request.getfixturevalue("settings").PASSWORD_HASHERS = QUICK_HASHERS


# --- who acts, and when ---------------------------------------------------------------------------


@pytest.fixture
def actor() -> Actor:
    """The local administrator: may do everything."""
    from canbo.access.queries import LOCAL_ACCESS

    return LOCAL_ACCESS.actor


@pytest.fixture
def scope() -> Scope:
    """Everything may be seen."""
    from canbo.access.queries import LOCAL_ACCESS

    return LOCAL_ACCESS.scope


@pytest.fixture
def at() -> datetime:
    """The moment of every write in the tests."""
    return datetime(2025, 6, 2, 1, 30, tzinfo=UTC)


# --- what stands outside --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The reference data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("không có ../shared/data bên cạnh mã nguồn")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """A PostgreSQL server where databases can be made, as DATABASE_URL."""
    if not SERVER:
        pytest.skip("CANBO_TEST_DATABASE_URL chưa chỉ tới máy chủ PostgreSQL nào")
    return SERVER


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """DATABASE_URL of a fresh database, dropped afterwards."""
    with fresh_postgres(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """DATABASE_URL of a database with its tables made and empty. To be copied, never written."""
    with fresh_postgres(postgres_server) as url:
        done = command(tmp_path_factory.mktemp("postgres"), "check", variables={"DATABASE_URL": url})
        assert done.returncode == 0, done.stderr
        yield url


def _made_once(factory: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """The data folder after that command, made by the first worker that needs it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.with_suffix(".made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            done = command(folder, *arguments)
            assert done.returncode == 0, done.stderr
            folder.with_suffix(".made").touch()
    return folder


@pytest.fixture(scope="session")
def migrated_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first command leaves it. To be copied, never written."""
    return _made_once(tmp_path_factory, "migrated", "check")


@pytest.fixture(scope="session")
def demonstration_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration of today. To be copied, never written."""
    return _made_once(tmp_path_factory, "demonstration", "demo", "load", "--only", "hom-nay")


@pytest.fixture
def fresh_data(migrated_data: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own, its tables made and empty."""
    return copied(migrated_data, tmp_path / "data")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, demonstration_data: Path) -> Iterator[Running]:
    """A real server process with the demonstration data: `.url`, `.data`, `.pid`."""
    running = start_server(copied(demonstration_data, tmp_path_factory.mktemp("server")))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def _browser() -> Iterator[object]:
    """Ended with its file: while it runs, Django takes its loop for asynchronous code and refuses every query of the worker."""
    if not Path(CHROMIUM).exists():
        pytest.skip("không có Chromium tại /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(_browser, server) -> Iterator[object]:
    """A fresh page of Chromium (its own cookies) whose relative addresses are the server's."""
    context = _browser.new_context(base_url=server.url, locale="vi-VN")
    yield context.new_page()
    context.close()
