"""The data folder: made and migrated when that is still to do; a cheap look at the database otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

_MIGRATION_LOCK = 727_001  # any number of ours: PostgreSQL's advisory lock for migrating


def prepare() -> bool:
    """Bring the database to this version's tables; True when there was something to do."""
    if not _pending():
        return False
    with _one_at_a_time():
        if not _pending():
            return False
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return True


def _pending() -> bool:
    """Whether a migration on disk is not in the database: names are compared, Django's loader is not started."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except DatabaseError:
        if "django_migrations" in connection.introspection.table_names():
            raise
        return True
    return bool(_on_disk() - applied)


def _on_disk() -> set[tuple[str, str]]:
    return {
        (app.label, path.stem)
        for app in apps.get_app_configs()
        for path in Path(app.path, "migrations").glob("[0-9]*.py")
    }


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of two first starts at once one migrates and the other waits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
        return
    with open(Path(settings.DATA_DIR) / "migrate.lock", "w") as handle:
        if os.name != "nt":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
