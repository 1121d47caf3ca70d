"""Vietnamese text: one Unicode form on every edge, search without accents, order by given name."""

import re
import unicodedata
from functools import lru_cache

from canbo.kernel.collation import collation_key

__all__ = ["clean", "collation_key", "fold", "name_parts", "nfc", "same_syllables", "search_form", "slug", "sort_key"]

# Control characters, zero-width marks and direction marks that spreadsheets and web pages leave behind.
# The soft hyphen U+00AD stays: in a TCVN3 text it is the letter ư, and only `legacy` can tell.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

# Letters without a canonical decomposition. Ð/ð are the Icelandic letters many keyboards give for Đ/đ.
_FOLD_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ƀ": "b", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}
    | {"\u00ad": None}
)

# The five tone marks; the breve, circumflex and horn make other letters and are not tones.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_WORD = re.compile(r"[^\W\d_]+")
_ONSET_WITH_GLIDE = re.compile(r"qu|gi(?=[aăâeêioôơuưy])")
_MARKED_VOWEL = re.compile("[ăâêôơư]")
_PLAIN_VOWEL = re.compile("[aeiouy]")
_SAME_LETTERS = str.maketrans({"ð": "đ", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})


def nfc(s: str) -> str:
    """The text in composed form (NFC), otherwise untouched."""
    return unicodedata.normalize("NFC", s)


def clean(s: str) -> str:
    """NFC without invisible marks, whitespace (also no-break) as single spaces, ends stripped; U+00AD stays."""
    return " ".join(_INVISIBLE.sub("", nfc(s)).split())


def _without_marks(s: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    return _without_marks(word.lower()).translate(_FOLD_LETTERS)


def fold(s: str) -> str:
    """Search form: lowercase, no accents, đ/Đ/ð/Ð → d, single spaces; hoà and hòa are one."""
    if s.isascii():
        return " ".join(_INVISIBLE.sub("", s).lower().split())
    return " ".join(filter(None, map(_fold_word, _INVISIBLE.sub("", s).split())))


def slug(s: str) -> str:
    """A header as an identifier: `Là đại biểu QH` → `la_dai_bieu_qh`; a leading digit gets `_` before it."""
    name = re.sub(r"[^a-z0-9]+", "_", fold(s)).strip("_")
    return f"_{name}" if name[:1].isdigit() else name


def _tone_position(letters: str) -> int:
    """Index of the vowel that carries the tone in the old placement (hòa, thúy); -1 without a vowel."""
    onset = _ONSET_WITH_GLIDE.match(letters)
    start = onset.end() if onset else 0
    marked = [m.start() for m in _MARKED_VOWEL.finditer(letters, start)]
    if marked:
        return marked[-1]
    plain = [m.start() for m in _PLAIN_VOWEL.finditer(letters, start)]
    if len(plain) < 2:
        return plain[0] if plain else -1
    # Three vowels: the middle one. Two: the second before a final consonant, else the first.
    closed = plain[-1] < len(letters) - 1
    return plain[1] if len(plain) == 3 or closed else plain[0]


@lru_cache(maxsize=65536)
def _placed(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = _TONE.findall(decomposed)
    letters = nfc(_TONE.sub("", decomposed))
    at = _tone_position(letters) if len(tones) == 1 else -1
    return nfc(letters[: at + 1] + tones[0] + letters[at + 1 :]) if at >= 0 else word


def search_form(s: str) -> str:
    """Search form that keeps the accents: lowercase, tone always placed the old way (hoà → hòa, thuý → thúy)."""
    return _WORD.sub(lambda m: _placed(m.group()), clean(s).lower().translate(_SAME_LETTERS))


def same_syllables(a: str, b: str) -> bool:
    """Whether two texts are spelled alike but for case, spaces and the placement of tones."""
    return search_form(a) == search_form(b)


def name_parts(full_name: str) -> tuple[str, str, str, str]:
    """(given, family, middle, what stands in brackets): `Nguyễn Văn An (Bảy)` → `An`, `Nguyễn`, `Văn`, `(Bảy)`."""
    name, bracket, rest = clean(full_name).partition("(")
    words = name.split() or [""]
    return words[-1], words[0] if len(words) > 1 else "", " ".join(words[1:-1]), bracket + rest


_part_key = lru_cache(maxsize=65536)(collation_key)  # given and family names repeat


def sort_key(full_name: str, *, ignore_case: bool = False) -> tuple[bytes, ...]:
    """Key for lists of people: given name, family name, middle names, each in the order of ICU `vi`."""
    return tuple(map(_part_key, name_parts(full_name.lower() if ignore_case else full_name)))
