"""Is this row somebody we know? By personal ID, else folded name + compatible birth date + native place.

Nothing is decided on a similarity score: each state has its reason in words, and homonyms are kept apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from canbo.kernel.dates import PartialDate
from canbo.kernel.text import fold

State = Literal["new", "same", "likely", "conflict"]
Agreement = Literal["equal", "compatible", "unknown", "contrary"]
folded = lru_cache(maxsize=65536)(fold)


@dataclass(frozen=True, slots=True)
class Native:
    """A native place for comparing: folded text, province on the later map, commune with the map it is read on."""

    text: str = ""
    province: str = ""
    commune: str = ""
    map: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """What tells people apart. `unit` is any hashable name of the unit; `id` is set for people we know."""

    name: str
    birth: PartialDate | None = None
    sex: str = ""
    id_index: str = ""
    native: Native = Native()
    unit: object = None
    id: int = 0
    number: str = ""  # the personal ID itself, only where a list is made for who may see it


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one row; `known` is who it is or may be; `why` is a Vietnamese sentence when it is not plain."""

    state: State
    known: Face | None = None
    why: str = ""
    others: tuple[Face, ...] = ()  # everybody it may be, where there are several


class Roll:
    """The people known so far, found by ID index and by folded name; new rows join it as they are read."""

    def __init__(self, people: Iterable[Face] = ()) -> None:
        self._by_id: dict[str, list[Face]] = defaultdict(list)
        self._by_name: dict[str, list[Face]] = defaultdict(list)
        self._by_number: dict[int, Face] = {}
        for face in people:
            self.add(face)

    def add(self, face: Face) -> None:
        if face.id_index:
            self._by_id[face.id_index].append(face)
        self._by_name[folded(face.name)].append(face)
        if face.id > 0:
            self._by_number[face.id] = face

    def by_number(self, number: int) -> Face | None:
        """The person of a dossier's id, when she is among the people known."""
        return self._by_number.get(number)

    def find(self, face: Face) -> Match:
        """Who this is among the people known."""
        by_id = self._by_id.get(face.id_index, []) if face.id_index else []
        if by_id:
            return _by_id(face, by_id)
        namesakes = [known for known in self._by_name.get(folded(face.name), []) if not _other_id(face, known)]
        return _by_name(face, namesakes)


def _by_id(face: Face, found: list[Face]) -> Match:
    if len(found) > 1:
        why = "Số định danh này đang có ở hai hồ sơ; hãy kiểm tra hồ sơ trùng trước."
        return Match("conflict", found[0], why, tuple(found))
    known = found[0]
    if folded(known.name) != folded(face.name) and birth_agreement(face.birth, known.birth) == "contrary":
        return Match("conflict", known, "Trùng số định danh nhưng khác cả họ tên và ngày sinh; hãy kiểm tra lại số.")
    return Match("same", known)


def _by_name(face: Face, namesakes: list[Face]) -> Match:
    graded = [(grade(face, known), known) for known in namesakes]
    for state in ("same", "likely"):
        found = [known for given, known in graded if given == state]
        if len(found) > 1:
            why = "Có nhiều người cùng họ tên và ngày sinh; hãy chọn đúng người."
            return Match("conflict", found[0], why, tuple(found))
        if found:
            why = "" if state == "same" else "Cùng họ tên, ngày sinh hoặc quê quán chưa đủ để khẳng định là một người."
            return Match(state, found[0], why)  # type: ignore[arg-type]
    doubtful = [known for given, known in graded if given == "conflict"]
    if doubtful:
        return Match(
            "conflict", doubtful[0], "Cùng họ tên và ngày sinh nhưng khác quê quán; hãy xác nhận một hay hai người."
        )
    return Match("new")


def grade(face: Face, known: Face) -> Literal["same", "likely", "conflict", "different"]:
    """How two people of one folded name stand to each other."""
    birth = birth_agreement(face.birth, known.birth)
    native = native_agreement(face.native, known.native)
    if birth == "contrary" or (face.sex and known.sex and face.sex != known.sex):
        return "different"
    same_unit = face.unit is not None and face.unit == known.unit
    if native == "contrary":
        return "conflict" if birth == "equal" and _exact(face.birth) else "different"
    if birth == "equal" and _exact(face.birth):
        return "same"
    if birth in ("equal", "compatible"):
        return (
            "same" if native == "equal" and same_unit else ("likely" if native == "equal" or same_unit else "different")
        )
    # No birth date on one side: a list without birth dates is matched by name and unit.
    return "same" if same_unit else ("likely" if native == "equal" or face.unit is None else "different")


def birth_agreement(a: PartialDate | None, b: PartialDate | None) -> Agreement:
    if a is None or b is None:
        return "unknown"
    if a == b:
        return "equal"
    return "compatible" if a.lo <= b.hi and b.lo <= a.hi else "contrary"


def native_agreement(a: Native, b: Native) -> Agreement:
    if not (a.text or a.province) or not (b.text or b.province):
        return "unknown"
    if a.text == b.text or (a.commune and (a.commune, a.map) == (b.commune, b.map)):
        return "equal"
    if a.province and b.province and a.province != b.province:
        return "contrary"
    if a.map == b.map and a.commune and b.commune:
        return "contrary"
    return "compatible"


def _other_id(face: Face, known: Face) -> bool:
    """Two different personal IDs are two people, whatever else agrees."""
    return bool(face.id_index and known.id_index and face.id_index != known.id_index)


def _exact(birth: PartialDate | None) -> bool:
    return birth is not None and birth.day is not None
