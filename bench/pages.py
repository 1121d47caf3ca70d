"""The list of people as a page: queries, processor time, size."""

import re
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.generate import ON
from bench.record import Figure, at_most, cpu_seconds, plain
from canbo.access.models import User

LIST = "people"
QUERIES = 11
KIB, MS = 60, 60
COLUMNS = (
    "name", "birth", "age", "sex", "unit", "position", "title", "staff_kind", "key_post", "native_place", "degree",
    "political_theory", "state_management", "foreign_language", "it_level", "party_joined", "party_years", "recruited_on",
    "rating", "completeness",
)  # fmt: skip


def pages() -> Iterator[Figure]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="tochuc.tinh"))
    first = f"{reverse(LIST)}?ngay={ON:%d/%m/%Y}"
    asked = {
        "first page": (first, KIB, MS),
        "search without accents": (f"{first}&tim=nguyen+van", KIB, MS),
        "page 40": (f"{first}&trang=40", KIB, MS),
        "twenty columns": (f"{first}&cot={','.join(COLUMNS)}", 80, MS),
        "sorted by a column, filtered": (f"{first}&xep=cot:-birth&loc=sex+%3D%3D+%27nu%27", KIB, MS),
        # Facts of who has left are not kept as columns: they are gathered from all tables for the fifty shown.
        "those who left": (f"{first}&tt=da-thoi", KIB, 90),
    }
    yield from _cold(client, first)
    for name, (address, kib, ms) in asked.items():
        yield from _measured(client, name, address, kib=kib, ms=ms)


def _cold(client: Client, address: str) -> Iterator[Figure]:
    """The first request of a worker pays for the snapshot."""
    yield plain("list, first request of a process", cpu_seconds(lambda: client.get(address), repeat=1, warm=0), "s CPU")


def _measured(client: Client, name: str, address: str, *, kib: float, ms: float) -> Iterator[Figure]:
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    body = answer.getvalue()
    rows = len(re.findall(rb"<tr", body))
    yield at_most(f"list, {name}: queries", len(caught), "queries", QUERIES)
    yield at_most(f"list, {name}: size", len(body) / 1024, "KiB", kib, note=f"{rows} table rows, uncompressed")
    yield at_most(f"list, {name}: processor time", 1000 * cpu_seconds(lambda: client.get(address), repeat=15), "ms", ms)
