"""By which facts a list of sources is ordered: chips in their order, put there by the reader; nothing weighs unseen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from canbo.kernel.actors import Scope
from canbo.planning.sources import ORDER
from canbo.snapshot.queries import current

OFFERED = (*ORDER, "state_management", "months_left", "last_trained_on")


@dataclass(frozen=True)
class Chip:
    """A criterion in use: the address that moves it one place forward and the one that drops it."""

    label: str
    sooner: str
    dropped: str


@dataclass(frozen=True)
class Order:
    """The criteria in use, best first by each in turn, and those that may still be added: (label, address)."""

    by: tuple[str, ...]
    chips: tuple[Chip, ...]
    more: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """What the list is ordered by, in words."""
        named = ", rồi ".join(chip.label.lower() for chip in self.chips)
        return f"Sắp theo: {named}, rồi tên; không có trọng số ẩn." if named else "Sắp theo tên; không có trọng số ẩn."


def order_of(data: QueryDict, scope: Scope, *, anchor: str = "") -> Order:
    """`theo` repeated in the address, else the usual order; only facts of groups the reader sees."""
    facts = current().frames.facts
    seen = [name for name in OFFERED if scope.sees_group(facts[name].group)]
    asked = data.getlist("theo")
    by = tuple(name for name in dict.fromkeys(asked or ORDER) if name in seen)
    chips = tuple(
        Chip(facts[name].label, _url(data, _swapped(by, n), anchor) if n else "", _url(data, [*by[:n], *by[n + 1 :]], anchor))
        for n, name in enumerate(by)
    )
    return Order(by, chips, tuple((facts[name].label, _url(data, [*by, name], anchor)) for name in seen if name not in by))


def _swapped(by: tuple[str, ...], n: int) -> list[str]:
    return [*by[: n - 1], by[n], by[n - 1], *by[n + 1 :]]


def _url(data: QueryDict, by: Sequence[str], anchor: str) -> str:
    query = data.copy()
    query.setlist("theo", list(by) or ["-"])
    query.pop("trang", None)
    return f"?{query.urlencode()}{anchor}"
