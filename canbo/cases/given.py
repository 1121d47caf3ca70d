"""What is handed to the writer of cases: who opens what, who was called, what is filed, who is introduced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Secrecy:
    """Who found, on which day, that nothing here is on a list of state secrets – or that it is, or may be."""

    level: str
    by: str
    on: date
    item: str = ""
    held_number: str = ""
    held_by: str = ""


@dataclass(frozen=True)
class Named:
    """Somebody to be considered: a person of the dossiers, or a name where there is none."""

    person: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody called to a step."""

    name: str
    capacity: str = ""
    person: int | None = None
    present: bool = True
    excused: str = ""
    votes: bool = True


@dataclass(frozen=True)
class Filed:
    """A paper filed in a case, with its scan."""

    kind: str
    dated: date
    number: str = ""
    issuer: str = ""
    name: int | None = None
    scan: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Opening:
    """What a case is opened with. `basis` = the document that prescribes the steps known from memory alone, where there are any."""

    kind: str
    procedure: str
    unit: int
    name: str
    group: str
    names: Sequence[Named]
    secrecy: Secrecy
    on: date
    seats: int = 1
    title: int | None = None
    basis: str = ""
