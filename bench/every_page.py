"""Every page a personnel officer may open, without a number in its address: seconds to answer, the slowest first."""

from collections.abc import Iterator

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from bench.record import Figure, at_most, seconds
from canbo.access.models import User
from canbo.dossier.models import Person
from canbo.organization.models import Unit

BOUND_MS = 200
FILES = (".xlsx", ".csv", ".docx", ".svg", ".zip", ".json")
ASKED = {
    "people": "?tim=nguyen+van", "search": "?tim=nguyen+van", "organization": "?tim=xa",
    "statistics": "?ct=nu&ct=duoi-40&theo=staff_kind",
}  # fmt: skip


def every_page() -> Iterator[Figure]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="tochuc.tinh"))
    taken = {url: 1000 * seconds(lambda url=url: client.get(url), repeat=3) for url in addresses() if _is_page(client, url)}  # type: ignore[misc]
    for url, spent in sorted(taken.items(), key=lambda pair: -pair[1]):
        yield at_most(f"page {url}", spent, "ms", BOUND_MS)


def addresses() -> list[str]:
    """Plain addresses, some with a question, and the pages of one dossier and one unit."""
    found = [url for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern) and (url := _plain(str(pattern.name)))]
    person, unit = Person.objects.values_list("pk", flat=True).first(), Unit.objects.values_list("pk", flat=True).first()
    asked = [reverse(name) + query for name, query in ASKED.items()]
    return [*found, *asked, f"/ho-so/{person}/", f"/ho-so/{person}/sua/", f"/to-chuc/{unit}/"]


def _plain(name: str) -> str:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    return "" if url.endswith(FILES) else url


def _is_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
