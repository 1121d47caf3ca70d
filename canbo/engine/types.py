"""The types a fact or a parameter can have, and the vocabulary an expression may use."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

Value = bool | int | Decimal | date | str


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false; stands alone in an expression."""


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number of `unit`; an interval fact is two columns, lowest and highest possible value."""

    unit: str | None = None
    interval: bool = False


@dataclass(frozen=True, slots=True)
class Decimal_:
    """An exact decimal number of `unit`, never a binary float."""

    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day; an interval fact knows the first and the last day it can be."""

    interval: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Free text: equal or not, never ordered."""


@dataclass(frozen=True, slots=True)
class Code:
    """One of named codes without order: (code, label) pairs."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale; steps of one rank differ by == and not by >=."""

    code: str
    label: str
    rank: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Ordered codes, from low to high by rank."""

    steps: tuple[Step, ...]

    @property
    def ranks(self) -> dict[str, int]:
        return {step.code: step.rank for step in self.steps}


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several texts or codes of one subject; only asked by `'x' in fact`."""

    item: Text | Code


Type = Bool | Int | Decimal_ | Date | Text | Code | Scale | ListOf


def Months(*, interval: bool = False) -> Int:
    """A whole number of months."""
    return Int(unit="tháng", interval=interval)


def Years(*, interval: bool = False) -> Int:
    """A whole number of years."""
    return Int(unit="năm", interval=interval)


@dataclass(frozen=True, slots=True)
class Name:
    """What a NAME of the language means: a fact of the subject, or a parameter in force with its value."""

    type: Type
    label: str
    subject: str = "person"
    group: str = "basic"
    kind: Literal["fact", "parameter"] = "fact"
    value: Value | None = None

    def __post_init__(self) -> None:
        if self.kind == "parameter" and not _fits(self.type, self.value):
            raise ValueError(f"parameter “{self.label}”: {self.value!r} is no value of {type(self.type).__name__}")


Vocabulary = Mapping[str, Name]


def is_interval(of: Type) -> bool:
    """Whether a fact of this type is two columns, `f.lo` and `f.hi`."""
    return isinstance(of, Int | Date) and of.interval


def comparable(a: Type, b: Type) -> bool:
    """Whether two NAMEs may be compared: one type and unit, however precisely each is known."""
    return _exact(a) == _exact(b)


def pairs(of: Code | Scale) -> tuple[tuple[str, str], ...]:
    """(code, label) of every value, scales from low to high."""
    if isinstance(of, Scale):
        return tuple((step.code, step.label) for step in of.steps)
    return of.values


def _exact(of: Type) -> Type:
    return replace(of, interval=False) if isinstance(of, Int | Date) else of


def _fits(of: Type, value: Value | None) -> bool:
    match of:
        case Bool():
            return isinstance(value, bool)
        case Int():
            return isinstance(value, int) and not isinstance(value, bool)
        case Decimal_():
            return isinstance(value, Decimal) and value.is_finite()
        case Date():
            return type(value) is date
        case Code() | Scale():
            return value in dict(pairs(of))
        case Text():
            return isinstance(value, str)
        case ListOf():
            return False
