"""A problem as an integer program: which columns and rows, and why these are enough.

x(pair) = the pair is in the list. y(scope, person) = the person stands in at least one slot of the scope; whoever can stand there only
once needs no y. Where a mark speaks for her, y must not exceed the sum of her x; where a missing mark speaks against her, y must not fall
below any of them: y is then whole by itself and never branched on. A share of one slot is also given as the hull of its whole points,
which closes half of the distance between the relaxed bound and the truth. The marked of a share of all slots may be counted in a whole
column of its own: one branch on it moves many people at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from canbo.engine.optimise.model import Pair, Problem, Share

INFINITE = float("inf")
Terms = dict[int, int]


@dataclass(slots=True)
class Program:
    """Columns and rows as flat lists, ready for any solver; `x`, `y`, `short`, `lacking`, `marked` say which column is what."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    x: dict[Pair, int] = field(default_factory=dict)
    y: dict[tuple[tuple[int, ...], int], int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    lacking: dict[int, int] = field(default_factory=dict)
    marked: dict[int, int] = field(default_factory=dict)
    offset: float = 0.0

    def column(self, lower: float, upper: float, *, whole: bool) -> int:
        self.cost.append(0.0)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Terms, lower: float, upper: float) -> None:
        for column, value in terms.items():
            if value:
                self.indices.append(column)
                self.values.append(value)
        self.starts.append(len(self.indices))
        self.row_lower.append(lower)
        self.row_upper.append(upper)


def program_of(
    problem: Problem, *,
    pairs: Collection[Pair], soft_slots: Collection[int] = (), soft_shares: Collection[int] = (), counted: bool = False,
) -> Program:  # fmt: skip
    """`pairs`: those the solver may use. A soft slot or share may stay short, and has a column that says by how many.

    `counted`: shares of all slots get a column for their marked people. Few pairs are proven sooner with it, many later.
    """
    made = Program()
    for pair in sorted(pairs):
        made.x[pair] = made.column(1 if pair in problem.keep else 0, 1, whole=True)
    by_slot = _grouped(made, 1)
    totals: list[tuple[int, Share, dict[int, int]]] = []
    _slot_rows(made, problem, by_slot, soft_slots)
    _person_rows(made, problem)
    for scope in sorted({problem.slots_of(share) for share in problem.shares}):
        shares = [(n, share) for n, share in enumerate(problem.shares) if problem.slots_of(share) == scope]
        people = _presence(made, scope, by_slot, [share for _, share in shares])
        for number, share in shares:
            _share_row(made, number, share, people, soft=number in soft_shares)
            if counted and share.kind == "share" and len(scope) == len(problem.slots):
                totals.append((number, share, people))
            if len(scope) == 1 and share.kind == "share" and number not in soft_shares and scope[0] not in soft_slots:
                slot = problem.slots[scope[0]]
                _hull_rows(made, share, people, slot.least, min(slot.most, len(people)))
    for number, share, people in totals:
        _marked_row(made, number, share, people)
    return made


def _grouped(made: Program, by: int) -> dict[int, list[Pair]]:
    found: dict[int, list[Pair]] = {}
    for pair in made.x:
        found.setdefault(pair[by], []).append(pair)
    return found


def _slot_rows(made: Program, problem: Problem, by_slot: dict[int, list[Pair]], soft: Collection[int]) -> None:
    for number, slot in enumerate(problem.slots):
        terms = {made.x[pair]: 1 for pair in by_slot.get(number, ())}
        if number in soft and slot.least:
            made.short[number] = made.column(0, slot.least, whole=True)
            made.row(terms | {made.short[number]: 1}, slot.least, INFINITE)
            made.row(terms, -INFINITE, slot.most)
        else:
            made.row(terms, slot.least, slot.most)


def _person_rows(made: Program, problem: Problem) -> None:
    held: dict[tuple[int, str], Terms] = {}
    for (person, slot), column in made.x.items():
        held.setdefault((person, problem.slots[slot].level), {})[column] = 1
    for (_, level), terms in held.items():
        if len(terms) > (most := problem.most_per_person.get(level, len(terms))):
            made.row(terms, -INFINITE, most)


def _presence(made: Program, scope: tuple[int, ...], by_slot: dict[int, list[Pair]], shares: list[Share]) -> dict[int, int]:
    """Person → the column that says she stands in the scope."""
    columns: dict[int, list[int]] = {}
    for slot in scope:
        for pair in by_slot.get(slot, ()):
            columns.setdefault(pair[0], []).append(made.x[pair])
    found = {}
    for person, own in columns.items():
        if len(own) == 1:
            found[person] = own[0]
            continue
        serves = any(share.marks[person] for share in shares)
        burdens = any(share.kind == "share" and not share.marks[person] for share in shares)
        if serves or burdens:
            found[person] = made.y[scope, person] = y = made.column(0, 1, whole=False)
            if serves:
                made.row({y: 1} | dict.fromkeys(own, -1), -INFINITE, 0)
            for column in own if burdens else ():
                made.row({y: 1, column: -1}, 0, INFINITE)
    return found


def _share_row(made: Program, number: int, share: Share, people: dict[int, int], *, soft: bool) -> None:
    """bottom × marked ≥ top × all, in whole numbers; or marked ≥ top."""
    if share.kind == "count":
        terms, line, worth = {column: 1 for person, column in people.items() if share.marks[person]}, share.top, 1
    else:
        terms = {column: (share.bottom if share.marks[person] else 0) - share.top for person, column in people.items()}
        line, worth = 0, share.bottom
    if soft:
        made.lacking[number] = made.column(0, max(share.top, len(people)), whole=True)
        terms |= {made.lacking[number]: worth}
    made.row(terms, line, INFINITE)


def _marked_row(made: Program, number: int, share: Share, people: dict[int, int]) -> None:
    terms = {column: 1 for person, column in people.items() if share.marks[person]}
    made.marked[number] = column = made.column(0, len(people), whole=True)
    made.row(terms | {column: -1}, 0, 0)


def _hull_rows(made: Program, share: Share, people: dict[int, int], least: int, most: int) -> None:
    for rise, run, (total, marked) in hull(least, most, Fraction(share.least)):
        terms = {column: (run if share.marks[person] else 0) - rise for person, column in people.items()}
        made.row(terms, run * marked - rise * total, INFINITE)


def hull(least: int, most: int, part: Fraction) -> list[tuple[int, int, tuple[int, int]]]:
    """The lower hull of (total, fewest marked) for whole totals between `least` and `most`: (rise, run, a point) of each side."""
    sides: list[tuple[int, int]] = []
    for total in range(least, most + 1):
        point = (total, -(-part.numerator * total // part.denominator))
        while len(sides) > 1 and _above(sides[-2], sides[-1], point):
            sides.pop()
        sides.append(point)
    return [(b[1] - a[1], b[0] - a[0], a) for a, b in pairwise(sides)] or [(0, 1, point) for point in sides]


def _above(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[1] - a[1]) * (c[0] - a[0]) >= (c[1] - a[1]) * (b[0] - a[0])


def start_of(made: Program, pairs: Collection[Pair], problem: Problem) -> list[float]:
    """The column values of a list: what a solver is given to begin with."""
    values = [0.0] * len(made.cost)
    chosen = set(pairs) & made.x.keys()
    for pair in chosen:
        values[made.x[pair]] = 1.0
    for (scope, person), column in made.y.items():
        values[column] = float(any((person, slot) in chosen for slot in scope))
    for slot, column in made.short.items():
        values[column] = float(max(0, problem.slots[slot].least - sum(1 for pair in chosen if pair[1] == slot)))
    for number, column in made.lacking.items():
        values[column] = float(problem.shares[number].missing(*_standing(problem, number, chosen)))
    for number, column in made.marked.items():
        values[column] = float(_standing(problem, number, chosen)[0])
    return values


def _standing(problem: Problem, number: int, chosen: Collection[Pair]) -> tuple[int, int]:
    """Distinct people of a share: with its mark, all."""
    share = problem.shares[number]
    slots = set(problem.slots_of(share))
    people = {person for person, slot in chosen if slot in slots}
    return sum(1 for person in people if share.marks[person]), len(people)
