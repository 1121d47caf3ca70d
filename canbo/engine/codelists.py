"""Code lists shipped in `laws/codelists`: what officials write is matched exactly, never by resemblance."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from canbo.kernel.text import clean, fold, search_form

__all__ = ["CodeList", "Match", "Row", "codelist_names", "load_codelist"]

FOLDER = Path(__file__).resolve().parents[1] / "laws" / "codelists"
How = Literal["exact", "alias", "folded", "none"]

_OWN_COLUMNS = {"code", "label", "aliases", "rank", "source", "confidence"}
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"})
_NOT_LETTERS = re.compile(r"[\W_]+")
# Where one cell holds several values: "Phó Bí thư Đảng ủy - Chủ tịch UBND", "PCT. HĐND (kiêm Trưởng ban)".
_BREAKS = re.compile(r"\s*[;,/+&\n()]\s*|\s+[-–—]\s+|\s*\bkiêm\b(?:\s+nhiệm\b)?\s*", re.IGNORECASE)
# Titles are often written with their unit: "Chủ tịch UBND xã Phú Nam An". A unit of another level is not taken off.
_UNITS = {
    "xa": r"(?:cấp\s+)?(?:xã|phường|thị\s+trấn|đặc\s+khu)",
    "huyen": r"(?:cấp\s+)?(?:huyện|quận|thị\s+xã|thành\s+phố|tx|tp)",
    "tinh": r"(?:cấp\s+)?(?:tỉnh|thành\s+phố|tp)",
}
_OF_UNIT = {
    level: re.compile(rf"\s+{unit}\.?(?:\s+(?!kiêm\b)[\w'’.]+){{0,6}}$", re.IGNORECASE)
    for level, unit in _UNITS.items()
}


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a list; `rank` is None where the value has no place on a scale."""

    code: str
    label: str
    aliases: tuple[str, ...]
    rank: int | None
    extra: Mapping[str, str]
    source: str
    confidence: str

    @property
    def from_memory(self) -> bool:
        """Whether nobody has checked the row against a document: never shown as official."""
        return self.confidence == "memory"


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was read as; `code` is None when it is no spelling of the list, and `text` names it."""

    text: str
    code: str | None
    how: How


def written_form(text: str) -> str:
    """Lower case, accents kept, one form of dashes and of tone placement."""
    return search_form(text).translate(_DASHES)


def tight_form(text: str) -> str:
    """Letters and digits without accents: `H’Mông`, `H'mông` and `HMông` are one."""
    return _NOT_LETTERS.sub("", fold(text))


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Form → code, without the forms two codes share: those would be guesses."""
    codes: dict[str, set[str]] = {}
    for form, code in pairs:
        codes.setdefault(form, set()).add(code)
    return {form: next(iter(found)) for form, found in codes.items() if form and len(found) == 1}


@dataclass(frozen=True)
class CodeList:
    """A list of codes with its labels, spellings and, where it is a scale, ranks."""

    name: str
    rows: tuple[Row, ...]

    @cached_property
    def _by_code(self) -> dict[str, Row]:
        return {row.code: row for row in self.rows}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes in the order of the file."""
        return tuple(self._by_code)

    @cached_property
    def scale(self) -> tuple[str, ...]:
        """Codes that have a rank, from low to high; codes of one rank in the order of the file."""
        ranked = [(row.rank, row.code) for row in self.rows if row.rank is not None]
        return tuple(code for _, code in sorted(ranked, key=lambda pair: pair[0]))

    def row(self, code: str) -> Row:
        """The row of a code; KeyError for a code the list does not have."""
        return self._by_code[code]

    def label(self, code: str) -> str:
        """The Vietnamese label of a code; KeyError for a code the list does not have."""
        return self._by_code[code].label

    def rank(self, code: str) -> int | None:
        """Place on the scale, None outside it; KeyError for a code the list does not have."""
        return self._by_code[code].rank

    @cached_property
    def _labels(self) -> dict[str, str]:
        return _unique((written_form(row.label), row.code) for row in self.rows)

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return _unique((written_form(alias), row.code) for row in self.rows for alias in row.aliases)

    @cached_property
    def _tight(self) -> dict[str, str]:
        return _unique((tight_form(word), row.code) for row in self.rows for word in (row.label, *row.aliases))

    def find(self, text: str) -> Match:
        """The code a text is a spelling of: the label, a known spelling, or either without accents; else none."""
        form = written_form(text)
        if code := self._labels.get(form):
            return Match(text, code, "exact")
        if code := self._aliases.get(form):
            return Match(text, code, "alias")
        code = self._tight.get(tight_form(text)) or self._tight.get(tight_form(self._without_unit(text)))
        return Match(text, code, "folded" if code else "none")

    def _without_unit(self, text: str) -> str:
        """A title without the unit it belongs to; other lists have no level and keep the text."""
        level = self.rows[0].extra.get("level", "")
        return _OF_UNIT[level].sub("", clean(text)) if level in _OF_UNIT else text

    def find_all(self, text: str) -> tuple[Match, ...]:
        """Every value a cell holds, in order, the longest spelling first; unplaced pieces are named too."""
        whole = self.find(text)
        pieces = list(_pieces(text))
        return (whole,) if whole.code or not pieces else tuple(self._longest_first(text, pieces))

    def _longest_first(self, text: str, pieces: list[tuple[int, int]]) -> Iterator[Match]:
        at = 0
        while at < len(pieces):
            for last in range(len(pieces) - 1, at - 1, -1):
                match = self.find(text[pieces[at][0] : pieces[last][1]])
                if match.code or last == at:
                    yield match
                    at = last + 1
                    break


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each piece between the breaks of a cell, empty ones left out."""
    start = 0
    for found in _BREAKS.finditer(text):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _read_row(raw: Mapping[str, str]) -> Row:
    return Row(
        code=raw["code"],
        label=raw["label"],
        aliases=tuple(filter(None, raw["aliases"].split("|"))),
        rank=int(raw["rank"]) if raw.get("rank") else None,
        extra=MappingProxyType({name: value for name, value in raw.items() if name not in _OWN_COLUMNS}),
        source=raw["source"],
        confidence=raw["confidence"],
    )


@cache
def load_codelist(name: str) -> CodeList:
    """The list of that file name (`degrees`, `ethnic_groups` …); KeyError names the lists there are."""
    path = FOLDER / f"{name}.csv"
    if name not in codelist_names():
        raise KeyError(f"không có danh mục {name!r}; có: {', '.join(codelist_names())}")
    with path.open(encoding="utf-8", newline="") as file:
        return CodeList(name, tuple(_read_row(raw) for raw in csv.DictReader(file)))


@cache
def codelist_names() -> tuple[str, ...]:
    """Names of the lists shipped: the files that have a `code` and an `aliases` column."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv") if path.stem != "discipline_scope"))
