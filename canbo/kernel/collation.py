"""Order of Vietnamese text equal to ICU `vi` (CLDR): letters, then tones, then capitals, then bytes."""

import unicodedata
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from canbo.kernel import collation_table as table

__all__ = ["collation_key"]

# Weights of the three levels of one character or word: letters (2 bytes each), marks and capitals (1 byte each).
Weights = tuple[bytes, bytes, bytes]

_PLAIN = 2  # weight of "no mark" and of "small letter"; 0 ends a level, so a shorter text comes first
_WRITTEN_OUT = 0x80  # "…" after "...": heavier than any capital
_OTHER_LETTER = 0xFE  # letters the table does not know follow Latin in the order of their code points


def _primary(position: int) -> bytes:
    return bytes((3 + position // 250, 1 + position % 250))


def _groups() -> Iterator[str]:
    """Groups of the alphabet in order; a letter made by a mark is a group of small letter and capital."""
    yield from table.WHITESPACE
    yield table.SPACE
    yield from table.SIGNS.split()
    yield from table.DIGITS.split()
    for group in table.LETTERS.split():
        yield group
        for mark in table.LETTER_MARKS.get(group[0], ""):
            yield "".join(unicodedata.normalize("NFC", c + mark) for c in group[:2])


def _letters() -> dict[str, Weights]:
    return {
        char: (_primary(position), bytes((_PLAIN,)), bytes((_PLAIN + rank,)))
        for position, group in enumerate(_groups())
        for rank, char in enumerate(group)
    }


def _marks() -> dict[str, Weights]:
    families = (*table.MARKS, *table.MARK_FAMILIES, *table.HEAVY_MARKS, table.BOND)
    return {
        mark: (b"", bytes((_PLAIN + 1 + position,)), bytes((_PLAIN,)))
        for position, family in enumerate(families)
        for mark in family
    }


_LETTER_OR_MARK = _letters() | _marks()
_LETTER_OR_MARK |= {char: _LETTER_OR_MARK[like] for char, like in table.SPACE_LIKE.items()}
_LETTER_WITH_MARK = {
    c + m: unicodedata.normalize("NFC", c + m)
    for g, ms in table.LETTER_MARKS.items()
    for m in ms
    for c in (g, g.upper())
}
_SAME_AS = str.maketrans(table.SAME_AS)


def collation_key(s: str) -> bytes:
    """Sort key of a text in the order of ICU `vi`; texts equal there are told apart by their bytes."""
    letters, marks, capitals = zip(*map(_word_weights, s.split(" ")))
    space = _LETTER_OR_MARK[" "]
    raw = s.encode("utf-8", "surrogatepass")
    return b"\0".join((space[0].join(letters), space[1].join(marks), space[2].join(capitals), raw))


@lru_cache(maxsize=65536)
def _word_weights(word: str) -> Weights:
    decomposed = unicodedata.normalize("NFD", word).translate(_SAME_AS)
    weights = [_weights(char) for char in _own_letters(decomposed)]
    letters, marks, capitals = (b"".join(level) for level in zip(*weights)) if weights else (b"", b"", b"")
    return letters, marks, capitals


def _own_letters(decomposed: str) -> Iterator[str]:
    """The characters with `a` + breve as `ă` and so on, also past a mark that stands elsewhere (nặng in ậ)."""
    rest = deque(decomposed)
    while rest:
        letter = rest.popleft()
        if letter.lower() in table.LETTER_MARKS:
            letter = _take_mark(letter, rest)
        yield letter


def _take_mark(letter: str, following: deque[str]) -> str:
    last_class = 0
    for i, mark in enumerate(following):
        this_class = unicodedata.combining(mark)
        if this_class == 0:
            break
        # A mark behind another at the same place is blocked: a + sắc + breve is á with a breve, not ắ.
        if this_class != last_class and letter + mark in _LETTER_WITH_MARK:
            del following[i]
            return _LETTER_WITH_MARK[letter + mark]
        last_class = this_class
    return letter


def _weights(char: str) -> Weights:
    known = _LETTER_OR_MARK.get(char)
    if known:
        return known
    if written := table.WRITTEN_AS.get(char):
        letters, marks, _ = _word_weights(written)
        return letters, marks, bytes((_WRITTEN_OUT,)) * len(marks)
    if unicodedata.combining(char):
        return b"", bytes((0xFC,)), bytes((_PLAIN,))
    if unicodedata.category(char) in ("Cc", "Cf"):
        return b"", b"", b""  # invisible: counts for nothing but the last comparison
    small = char.lower()[0]
    return bytes((_OTHER_LETTER, *ord(small).to_bytes(3, "big"))), bytes((_PLAIN,)), bytes((_PLAIN + (small != char),))
