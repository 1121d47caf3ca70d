"""People put to the units a table has lines for, and those units in the order of the tree."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from canbo.assess.units import LEVELS, Units, units_of
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

ELSEWHERE = 0  # no unit of the level asked for stands above


@dataclass(frozen=True)
class Placing:
    """`level` (`tinh`, `huyen`, `xa`) takes the province, district or commune as a whole; "" = the unit itself."""

    level: str
    units: Units
    codes: Mapping[int, str]
    of_person: Mapping[int, int]

    def place(self, unit: int | None) -> int:
        """Where a unit stands; the whole scope (None) first, ELSEWHERE last."""
        return -1 if unit is None else self.units.places.get(self.codes.get(unit, ""), len(self.codes))

    def code(self, unit: int | None) -> str:
        return "" if unit is None else self.codes.get(unit, "")

    def name(self, unit: int | None) -> str:
        if unit is None:
            return "Toàn phạm vi"
        code = self.code(unit)
        if not code:
            return f"Không thuộc đơn vị {LEVELS.get(self.level, 'nào')}"
        name, above = self.units.names[code], self.units.parents.get(code)
        return f"{name} – {self.units.names[above]}" if above and name in self._shared else name

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Names several units have: "Phòng Kinh tế" of every commune is told with its commune."""
        return frozenset(name for name, many in Counter(self.units.names.values()).items() if many > 1)

    def depth(self, unit: int | None) -> int:
        return self.units.depth(self.code(unit)) if unit in self.codes else 0


def placing(*, on: date, level: str, snapshot: Snapshot, actor: Actor, scope: Scope) -> Placing:
    """Everybody of the scope on the day."""
    units = units_of(snapshot)
    codes = {pk: code for code, pk in units.ids.items()}
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=(), scope=scope)
    stands = {pk: _raised(pk, level, codes, units) for pk in frame["unit_id"].unique().to_list()}
    return Placing(level, units, codes, {key: stands[pk] for key, pk in frame.select("key", "unit_id").iter_rows()})


def _raised(unit: int | None, level: str, codes: Mapping[int, str], units: Units) -> int:
    if unit is None or unit not in codes:
        return ELSEWHERE
    # The rooms of a commune are of its level too: the commune is the first of the level from the top.
    above = next((code for code in units.line(codes[unit]) if units.levels[code] == level), None) if level else codes[unit]
    return ELSEWHERE if above is None else units.ids[above]
