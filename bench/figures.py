"""The statistics desk as pages: queries, processor time and size of every kind of table, on facts already built."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.generate import ON
from bench.record import Figure, at_most, cpu_seconds
from canbo.access.models import User

DAY = ("ngay", f"{ON:%d/%m/%Y}")
ASKED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "six measures": ("statistics", [("ct", m) for m in ("nu", "duoi-35", "dai-hoc-tro-len", "thac-si", "dang-vien", "chu-chot")]),
    "degree by kind of staff": ("statistics", [("theo", "staff_kind"), ("cot", "degree")]),
    "three facts crossed": ("statistics", [("theo", "unit_level"), ("theo", "sex"), ("cot", "political_theory")]),
    "units by measures": ("statistics", [("theo", "unit"), ("ct", "nu"), ("ct", "duoi-35"), ("kieu", "ngang")]),
    "age pyramid": ("statistics", [("hinh", "thap")]),
    "two dates": ("statistics", [("ct", "nu"), ("so", "31/12/2020")]),
    "five years in a row": ("statistics", [("ct", "hoan-thanh-tot-tro-len"), ("moc", "2020-2024"), ("hinh", "duong")]),
    "turns and people": ("statistics", [("dt", "luot"), ("theo", "training_kind")]),
    "people behind a number": ("statistics-people", [("ct", "nu"), ("la", "yes")]),
    "BM01": ("statistics-form", []),
}


def figures() -> Iterator[Figure]:
    """200 ms are what a page may take with 20,000 people; with 100,000 it is allowed half as much again."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="tochuc.tinh"))
    for name, (route, pairs) in ASKED.items():
        address = f"{reverse(route)}?{urlencode([DAY, *pairs])}"
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        body = answer.getvalue()
        rows = len(re.findall(rb"<tr", body))
        yield at_most(f"{name}: queries", len(caught), "queries", 12)
        yield at_most(f"{name}: size", len(body) / 1024, "KiB", 1500, note=f"{rows} table rows, uncompressed")
        yield at_most(f"{name}: processor time", 1000 * cpu_seconds(lambda a=address: client.get(a), repeat=5), "ms", 300)
