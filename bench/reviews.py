"""A review of 20.000 people: computed, kept, and a commune's page of it."""

import re
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.generate import AT, ON
from bench.record import Figure, at_most, cpu_seconds, plain, seconds
from canbo.access.models import User
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import law_in_force
from canbo.assess.models import ReviewLine
from canbo.assess.reviews import save_review
from canbo.assess.verdicts import AssessReport, AssessRequest, assess
from canbo.snapshot import queries

TITLE = "bi-thu-xa"
DAY = ("ngay", f"{ON:%d/%m/%Y}")


def reviews() -> Iterator[Figure]:
    report = computed()
    note = f"{len(report.rows)} people against {TITLE}"
    yield at_most("review computed on cached facts", seconds(computed, repeat=7), "s", 0.5, note=note)
    yield from kept(report)
    yield from pages()


def computed() -> AssessReport:
    law, snapshot = law_in_force(None), queries.current()
    request = AssessRequest(on=ON, title=TITLE)
    return assess(request=request, law=law, snapshot=snapshot, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope)


def kept(report: AssessReport) -> Iterator[Figure]:
    began = time.perf_counter()
    review = save_review(report=report, unit=None, laws="bench", actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    spent, lines = time.perf_counter() - began, ReviewLine.objects.filter(review=review).count()
    if lines != len(report.rows):
        raise AssertionError(f"{lines} lines kept of {len(report.rows)}")
    yield at_most("review kept", spent, "s", 5, note=f"{lines} lines")


def pages() -> Iterator[Figure]:
    """Signed in as a commune's office, and as the province for the whole of it."""
    for name, username, pairs in (
        ("a commune's review, titles held", "tochuc.xa", [("cd", "held")]),
        ("a commune's review, one title", "tochuc.xa", [("cd", TITLE)]),
        ("the province's review, one title", "tochuc.tinh", [("cd", TITLE)]),
    ):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(username=username))
        address = f"{reverse('review')}?{urlencode([DAY, *pairs])}"
        yield plain(f"{name}: first", 1000 * cpu_seconds(lambda c=client, a=address: c.get(a), repeat=1, warm=0), "ms")
        yield from measured(name, client, address)


def measured(name: str, client: Client, address: str) -> Iterator[Figure]:
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    rows = len(re.findall(rb"<tr", answer.getvalue()))
    yield plain(f"{name}: queries", len(caught), "queries", note=f"{rows} table rows")
    yield at_most(f"{name}: processor time", 1000 * cpu_seconds(lambda: client.get(address), repeat=7), "ms", 200)
