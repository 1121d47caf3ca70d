"""What is asked of the solver and what it answers. People and slots are numbers: their place in the lists of the problem."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

Pair = tuple[int, int]
"""(person, slot)."""
Kind = Literal["share", "count"]
Status = Literal["optimal", "stopped", "cancelled"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One list (title × unit × term) and how many people it wants; `level` groups lists for the limit per person."""

    code: str
    least: int
    most: int
    level: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the distinct people in these slots (None = all) at least this part, or at least this many, carry the mark.

    A mark that is not known (None) counts as not carried: a list must not rest on papers nobody has seen.
    """

    code: str
    label: str
    marks: tuple[bool | None, ...]
    least: Fraction | int
    slots: tuple[int, ...] | None = None
    kind: Kind = "share"

    @property
    def top(self) -> int:
        return self.least.numerator

    @property
    def bottom(self) -> int:
        return self.least.denominator

    def missing(self, marked: int, total: int) -> int:
        """How many people more with the mark this list would need, people unchanged in number. Whole numbers only."""
        if self.kind == "count":
            return max(0, self.top - marked)
        return max(0, -(-self.top * total // self.bottom) - marked)


@dataclass(frozen=True)
class Problem:
    """`pairs`: only people who meet the standard of that slot; whoever does not is never seen here.

    `costs`: the stated preference, a small whole number per pair, fewer is better; what is not named costs 0.
    `keep` and `ban` are what people have fixed. `most_per_person`: how many slots of a level one person may be in.
    """

    people: int
    slots: tuple[Slot, ...]
    pairs: tuple[Pair, ...]
    present: frozenset[Pair] = frozenset()
    shares: tuple[Share, ...] = ()
    most_per_person: Mapping[str, int] = field(default_factory=dict)
    costs: Mapping[Pair, int] = field(default_factory=dict)
    keep: frozenset[Pair] = frozenset()
    ban: frozenset[Pair] = frozenset()

    @cached_property
    def allowed(self) -> frozenset[Pair]:
        return frozenset(self.pairs) - self.ban

    def slots_of(self, share: Share) -> tuple[int, ...]:
        return tuple(range(len(self.slots))) if share.slots is None else share.slots


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the search stands: changes of the best list so far, changes that no list can do without. None = not known yet."""

    changes: int | None
    bound: int
    gap: float | None
    seconds: float


Ask = tuple[Literal["share", "slot"], str]
"""One thing asked of a list, by its code: a share, or the least number of a slot."""


@dataclass(frozen=True, slots=True)
class Lack:
    """How many people one ask still lacks in the best list there is.

    `alone`: how many it would lack were it the only share asked for (the only slot, for a slot): none = it fails only beside others.
    None = not settled in the time given.
    """

    ask: Ask
    missing: int
    alone: int | None


@dataclass(frozen=True, slots=True)
class Solution:
    """A list that keeps all hard limits. `proven`: no other list lacks less, changes less, is liked better – in this order.

    `bound`: changes no list can do without; `gap`: (changes - bound) / changes. `cost`: the sum of preferences; `cost_bound`: no list
    with as few changes costs less, None while the changes are not proven.
    """

    pairs: frozenset[Pair]
    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]
    proven: bool
    bound: int
    gap: float
    cost: int
    cost_bound: int | None
    seconds: float
    status: Status

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.removed)


@dataclass(frozen=True, slots=True)
class Fault:
    """A contradiction in what was asked, found without search: `code` is what, the rest is where."""

    code: Literal["keep-not-allowed", "keep-over-slot", "keep-over-person", "slot-limits", "count-over-places"]
    slot: str = ""
    person: int | None = None
    share: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Impossible:
    """No list was found that meets everything. `faults`: what was asked contradicts itself, nothing was searched.

    `missing`: what the best list lacks in all; `bound`: what every list lacks. A bound above 0 proves that no list can do it; equal, the
    number is exact. `conflicts`: each a smallest set of asks that cannot be met together – give one up and the others can.
    """

    faults: tuple[Fault, ...] = ()
    best: Solution | None = None
    lacks: tuple[Lack, ...] = ()
    missing: int = 0
    bound: int = 0
    conflicts: tuple[tuple[Ask, ...], ...] = ()
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        return bool(self.faults) or self.bound > 0
