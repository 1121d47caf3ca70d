"""Every expression of a small space, as text."""

import itertools
import random
from collections.abc import Iterable, Iterator

from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Scale, Text, Type, comparable, pairs

from .world import VOCABULARY

ALL_OPS = ("<", "<=", ">", ">=", "==", "!=")
DATES = ("1985", "1985-05", "1985-05-31", "1985-12-31", "1986", "1984-12")


def literals(of: Type) -> tuple[str, ...]:
    """Written values worth asking a type about."""
    match of:
        case Int():
            return ("-1", "0", "34", "35", "36")
        case Decimal_():
            return ("-2.34", "0.3", "2.34", "2.339999999999", "2")
        case Date():
            return tuple(f"'{day}'" for day in DATES)
        case Code() | Scale():
            return tuple(f"'{code}'" for code, _ in pairs(of))
        case ListOf(item):
            return literals(item) if isinstance(item, Code) else ("'XIV'", "'XV'", "'khác'")
        case Text():
            return ("'Luật'", "'luật'", '"O\'Brien"', "'không ai'")
    return ()


def ops(of: Type) -> tuple[str, ...]:
    return ALL_OPS if isinstance(of, Int | Decimal_ | Date | Scale) else ("==", "!=")


def atoms() -> list[str]:
    """Every operator × type × literal, both ways round, chains, members, known and NAME against NAME."""
    return [text for name in VOCABULARY for text in _about(name)]


def _about(name: str) -> Iterator[str]:
    of = VOCABULARY[name].type
    yield f"known({name})"
    if isinstance(of, Bool):
        yield name
    elif isinstance(of, ListOf):
        yield from (f"{value} {word} {name}" for value in literals(of) for word in ("in", "not in"))
    else:
        yield from _compared(name, of)
        yield from _members(name, of)
        yield from _named(name, of)


def _compared(name: str, of: Type) -> Iterator[str]:
    for value, op in itertools.product(literals(of), ops(of)):
        yield f"{name} {op} {value}"
        yield f"{value} {op} {name}"
    values = literals(of)[:4]
    for a, b in itertools.product(values, values):
        yield from (f"{a} {first} {name} {second} {b}" for first in ops(of)[:3] for second in ops(of)[1:5])


def _members(name: str, of: Type) -> Iterator[str]:
    for size in (1, 2, 3):
        for chosen in itertools.combinations(literals(of), size):
            yield f"{name} in ({', '.join(chosen)})"
            yield f"{name} not in ({', '.join(chosen)},)"


def _named(name: str, of: Type) -> Iterator[str]:
    for other, entry in VOCABULARY.items():
        if other != name and comparable(entry.type, of):
            yield from (f"{name} {op} {other}" for op in ops(of))


SIMPLE = (
    "sex == 'nu'", "party_member", "age < 35", "age == 34", "birth >= '1985'", "birth == '1985'", "party_joined < '1985-06'",
    "political_theory >= 'cu-nhan'", "political_theory != 'cao-cap'", "coefficient <= 2.34", "field in ('Luật', 'khác')",
    "'XIV' in lists", "'bi-thu-xa' not in planned_for", "known(age)", "34 <= age < 36", "age < retirement_age",
    "recruited_on > birth", "service in (34, 35)", "pilot",
)  # fmt: skip


def nested() -> Iterator[str]:
    """not, and, or over the simple ones to depth 2: all of depth 1, and every shape of depth 2 on drawn parts."""
    once = [f"not {a}" for a in SIMPLE]
    once += [f"{a} {word} {b}" for a, b in itertools.product(SIMPLE, SIMPLE) for word in ("and", "or")]
    yield from once
    yield from (f"not ({text})" for text in once)
    chance = random.Random(7)
    for _ in range(800):
        yield f"({chance.choice(once)}) {chance.choice(('and', 'or'))} ({chance.choice(once)})"


def logic() -> Iterator[str]:
    """Everything that three Booleans, not, and, or say to depth 2."""
    level = ["party_member", "key_post", "sex == 'nu'"]
    for _ in range(2):
        deeper = [f"not ({a})" for a in level]
        deeper += [f"({a}) {word} ({b})" for a, b in itertools.product(level, level) for word in ("and", "or")]
        level = [*level, *deeper] if len(level) < 10 else deeper
    yield from level


def deep(*, number: int, seed: int) -> Iterator[str]:
    """Drawn expressions of any atom, up to eight levels deep."""
    chance, every = random.Random(seed), atoms()

    def draw(depth: int) -> str:
        shape = chance.randrange(4)
        if depth == 0 or shape == 0:
            return chance.choice(every)
        if shape == 1:
            return f"not ({draw(depth - 1)})"
        parts = [draw(depth - 1) for _ in range(chance.randrange(2, 4))]
        return "(" + f") {'and' if shape == 2 else 'or'} (".join(parts) + ")"

    found = (draw(chance.randrange(3, 9)) for _ in itertools.count())
    yield from itertools.islice((text for text in found if len(text) < 1900), number)


def batches(items: Iterable[str], *, size: int = 100) -> Iterator[list[str]]:
    rest = iter(items)
    while batch := list(itertools.islice(rest, size)):
        yield batch
