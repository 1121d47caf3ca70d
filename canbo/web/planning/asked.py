"""Questions about the plan of a day as typed into an address: unit with those below, title, term, days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from canbo.organization.models import Term
from canbo.planning.order import below
from canbo.planning.strength import STATES
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, day_of
from canbo.web.tree import UnitTree, unit_tree

MARKS = {"ready": "ok", "gap": "warn", "no": "bad", "unknown": "warn"}
CLOSED = "Vai trò đang dùng không xem quy hoạch."


@dataclass
class Asked:
    """What was asked, with what could not be read: field → one sentence."""

    data: Mapping[str, str]
    desk: Desk
    tree: UnitTree
    on: date
    unit: int | None
    title: str
    term: str
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def units(self) -> frozenset[int] | None:
        return None if self.unit is None else below(self.unit, current())

    @property
    def unit_name(self) -> str:
        return self.tree.name(self.unit) or "Mọi đơn vị trong phạm vi của bạn"

    def day(self, name: str, default: date) -> date:
        """A day typed into the address, else the default; what is wrong with it is told beside its field."""
        found, wrong = day_of(self.data.get(name, ""), default)
        if wrong:
            self.errors[name] = wrong
        return found


def ask(data: Mapping[str, str], desk: Desk) -> Asked:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    unit, wrong = tree.find(data.get("dv", "").strip())
    asked = Asked(data, desk, tree, desk.today, unit, data.get("cd", "").strip(), data.get("nk", "").strip())
    if wrong:
        asked.errors["dv"] = wrong
    asked.on = asked.day("ngay", desk.today)
    return asked


def terms() -> list[Term]:
    """Terms in their order, the latest first."""
    return sorted(Term.objects.all(), key=lambda one: one.code, reverse=True)


def next_term_begins(on: date) -> date | None:
    """When the next term known begins: what planned people are looked at before."""
    days = [one.start.lo for one in terms() if one.start and one.start.lo > on]
    return min(days, default=None)


def choices(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each once, in the order first met."""
    return list(dict(pairs).items())


@dataclass(frozen=True)
class Told:
    """How ready somebody is: word, sign, what is not met."""

    state: str
    gaps: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return STATES[self.state]

    @property
    def mark(self) -> str:
        return MARKS[self.state]
