"""A posted form read value by value; what cannot be read is told beside its field. And who asks, as services want to hear it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from canbo.web.desk import Desk, day_of


@dataclass
class Typed:
    """`errors`: field → what is wrong, in one sentence."""

    data: Mapping[str, str]
    desk: Desk
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.data.get(name, "").strip()

    def day(self, name: str, *, default: date | None = None) -> date:
        """A full day; today, or `default`, for a field left empty."""
        found, wrong = day_of(self.data.get(name, ""), default or self.desk.today)
        if wrong:
            self.errors[name] = wrong
        return found


def asks(desk: Desk) -> dict[str, Any]:
    """Actor, scope and moment, as every write is asked."""
    return {"actor": desk.actor, "scope": desk.scope, "at": desk.now}


def reads(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor, "scope": desk.scope}
