"""Fifty rows at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True)
class Pager:
    """Where in a list the reader is; a page number beyond the end is the last page."""

    total: int
    page: int
    base: str

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // SIZE))

    @property
    def first(self) -> int:
        return (self.page - 1) * SIZE

    @property
    def previous(self) -> str:
        return self._url(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self._url(self.page + 1) if self.page < self.pages else ""

    def _url(self, page: int) -> str:
        return f"?{self.base}{'&' if self.base else ''}trang={page}"


def pager(request: HttpRequest, *, total: int) -> Pager:
    text = request.GET.get("trang", "1")
    last = max(1, -(-total // SIZE))
    page = min(max(int(text), 1), last) if text.isdecimal() and len(text) < 9 else 1
    return Pager(total, page, query_of(request, without=("trang",)))


def query_of(request: HttpRequest, *, without: tuple[str, ...] = ()) -> str:
    """The query string as it stands, empty values and these names left out."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if value and name not in without]
    return urlencode(pairs)
