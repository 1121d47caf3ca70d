"""Headings written short: `T.độ CM`, `C.vụ`, `ĐV c.tác`, `Q/quán`, `Dtộc`. A short form is only ever read as a phrase known beforehand."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from canbo.kernel.text import search_form

_WORD = re.compile(r"[^\W\d_]+|\d+")
_ONSET = re.compile(r"^(?:ngh|ng|nh|ch|tr|th|ph|kh|gh|gi|qu|[bcdđghklmnpqrstvx])")
_VOWELS = frozenset("aeiouy")
_SMALL = frozenset(("va", "hoac", "cua", "o", "tai"))
_LONGEST = 10  # words of a phrase, and letters of one cut word


@dataclass(frozen=True, slots=True)
class Spelled:
    """One way to spell a short form out: the phrase's words, and how many of them were written in full."""

    words: tuple[str, ...]
    full: int


def letters_of(text: str) -> tuple[str, ...]:
    """Words in lower case without accents, `đ` kept apart from `d` where the text is written with accents."""
    plain = unicodedata.normalize("NFD", search_form(text))
    words = tuple(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
    return tuple(word.replace("đ", "d") for word in words) if text.isascii() else words


def in_full(words: tuple[str, ...]) -> bool:
    """Whether no word is itself a short form: every Vietnamese word has a vowel."""
    return bool(words) and all(not _VOWELS.isdisjoint(word) for word in words)


def spell_out(text: str, phrases: Iterable[tuple[str, ...]]) -> tuple[Spelled, ...]:
    """Every phrase (words as `letters_of` gives them) the text is a short form of; a text in full is none of its own."""
    tokens = letters_of(text)
    if not tokens or len(tokens) > _LONGEST or sum(map(len, tokens)) < 2:
        return ()
    ascii_only = text.isascii()
    found = []
    for phrase in phrases:
        words = tuple(w.replace("đ", "d") for w in phrase) if ascii_only else phrase
        if words[0][0] == tokens[0][0] and len(words) > 1 and words != tokens:
            full = _covered(tokens, words)
            if full is not None:
                found.append(Spelled(phrase, full))
    return tuple(found)


def _covered(tokens: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    """How many words stand in full when the tokens, in order, use up all the words; None when they do not."""
    if not tokens:
        return 0 if not words else None
    best: int | None = None
    for used, full in _readings(tokens[0], words):
        rest = _covered(tokens[1:], words[used:])
        if rest is not None and (best is None or full + rest > best):
            best = full + rest
    if best is None and words and words[0] in _SMALL and words[0] != tokens[0]:
        return _covered(tokens, words[1:])
    return best


@lru_cache(maxsize=50_000)
def _readings(token: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """(words used, of them in full) for one token at the head of the words: `độ`, `t`, `cm`, `dtoc`."""
    return tuple(dict.fromkeys(_consume(token, words, 0)))


def _consume(token: str, words: tuple[str, ...], used: int) -> Iterator[tuple[int, int]]:
    if not token:
        yield used, 0
        return
    if used >= len(words):
        return
    word = words[used]
    if used and word in _SMALL:
        yield from _consume(token, words, used + 1)
    for part, full in _parts(word):
        if token.startswith(part):
            for reached, more in _consume(token[len(part) :], words, used + 1):
                yield reached, more + full


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[tuple[str, int], ...]:
    """What may stand for a word: itself, its first letter, its first consonants, its letters without vowels."""
    parts = {word: 1, word[0]: int(len(word) == 1)}
    if onset := _ONSET.match(word):
        parts.setdefault(onset[0], 0)
        bones = "".join(c for c in word if c not in _VOWELS)
        if len(bones) > len(onset[0]):
            parts.setdefault(bones, 0)
            parts.setdefault(onset[0] + word[-1], 0)
    return tuple(parts.items())
