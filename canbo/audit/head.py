"""The lock of the one writer."""

from django.db import connection

from canbo.audit.models import Head


def lock_head() -> Head:
    """One writer at a time, until the transaction ends: acts are numbered without holes, in the order of their commits."""
    heads = Head.objects.all()
    if connection.vendor == "postgresql":
        heads = heads.select_for_update()  # SQLite's transaction holds the writer's lock already
    return heads.get(pk=1)
