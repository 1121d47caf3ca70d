"""Texts typed in the fonts before Unicode: TCVN3 (ABC, `.VnTime`) and VNI (`VNI-Times`)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from canbo.kernel.errors import KernelError
from canbo.kernel.syllables import is_syllable

__all__ = ["Decoding", "decode", "guess_column"]

Encoding = Literal["tcvn3", "vni"]
_ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni")

# TCVN 5712:1993, codes 0x80-0xFF in order. TCVN3, what .Vn fonts hold, is its third variant: the same codes without
# the toned capitals. Reading both is safe, since a TCVN3 file has nothing at the other places.
_TCVN_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
# The remaining toned capitals stand among the control codes (tab and line ends are spared).
_TCVN_LOW = dict(zip((1, 2, 4, 5, 6, *range(0x11, 0x18)), "ÚỤỪỬỮỨỰỲỶỸÝỴ"))
_TCVN = {0x80 + i: char for i, char in enumerate(_TCVN_HIGH)} | _TCVN_LOW

# VNI writes a vowel and then a code for its marks; ơ, ư, i with a tone, ỵ and đ are single codes.
_VNI_SINGLE = dict(zip("ôöìíæóòîñ", "ơưìíỉĩịỵđ"))
_VNI_MARKS = {
    "aeouyôö": dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323")),
    "aeo": dict(
        zip("âàáåãä", ("\u0302", "\u0302\u0300", "\u0302\u0301", "\u0302\u0309", "\u0302\u0303", "\u0302\u0323"))
    ),
    "a": dict(
        zip("êèéúüë", ("\u0306", "\u0306\u0300", "\u0306\u0301", "\u0306\u0309", "\u0306\u0303", "\u0306\u0323"))
    ),
}


def _vni_table() -> dict[str, str]:
    """Every VNI code of one or two characters in the three ways of writing it: small, capital, capital first."""
    small = dict(_VNI_SINGLE)
    for vowels, marks in _VNI_MARKS.items():
        for vowel in vowels:
            plain = _VNI_SINGLE.get(vowel, vowel)
            small |= {vowel + code: unicodedata.normalize("NFC", plain + mark) for code, mark in marks.items()}
    capital = {code.upper(): letter.upper() for code, letter in small.items()}
    return small | capital | {code.capitalize(): letter.upper() for code, letter in small.items()}


_VNI = _vni_table()
_VNI_CODE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_VNI_ODD = re.compile("a[âàáåãä]|[eo][âåãä]|[aeouyôö][øõ]|[uyôö][ùû]|eù|[ôö]ï")
_PLAIN_WORD = re.compile(r"[^\W\d_ªºµ]+")

# Words: runs between ASCII signs, digits, blanks and typographic quotes. Codes such as « or ­ are letters here,
# and so are \x85 and the other control codes.
_WORD = re.compile("[^\t\n\r\x20-@\\[-`{-~\xa0\u2000-\u206f]+")
_ASCII_LETTERS = re.compile("[A-Za-z]+")
_SAMPLE = 1000
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a column is encoded (None = leave it), how sure (0..1), and samples of texts before and after."""

    encoding: Encoding | None
    score: float
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    capitals: bool = False
    mixed: bool = False  # some rows are Unicode already: those that read well as they stand are left alone

    def apply(self, text: str) -> str:
        """One text of the column in Unicode; a text that is Unicode Vietnamese already stays as it is."""
        if self.encoding is None or _is_unicode(text) or (self.mixed and _reads_well(text)):
            return text
        return _displayed(decode(text, self.encoding), raw=text, capitals=self.capitals)


def decode(text: str, encoding: Encoding) -> str:
    """A legacy text (each code read as the Latin-1 character of that number) in Unicode, NFC."""
    match encoding:
        case "tcvn3":
            return unicodedata.normalize("NFC", text.translate(_TCVN))
        case "vni":
            return unicodedata.normalize("NFC", _VNI_CODE.sub(lambda m: _VNI[m.group()], text))
    raise KernelError(f"Không có bảng mã “{encoding}”; chỉ đọc được tcvn3 và vni.")


def guess_column(texts: Iterable[str], *, font: str | None = None) -> Decoding:
    """Decide for a whole column, by font name and by how many words turn into Vietnamese syllables."""
    sample = list(islice((t for t in texts if t and not t.isascii()), _SAMPLE))
    legacy = [t for t in sample if not _is_unicode(t)]
    words = {w for text in legacy for w in _WORD.findall(text) if not w.isascii()}
    encoding, score, capitals = _choose(words, font=font) if words else (None, 0.0, False)
    if encoding is None:
        return Decoding(None, 0.0)
    mixed = len(legacy) < len(sample)
    return _with_samples(Decoding(encoding, round(score, 3), capitals=capitals, mixed=mixed), legacy)


def _choose(words: set[str], *, font: str | None) -> tuple[Encoding | None, float, bool]:
    """(encoding, score, capitals); the font of the first cell may mislead, so the words are asked after it."""
    named, capitals = _of_font(font)
    if named and (score := _share_after(words, named)) >= 0.4 and score > _share_before(words):
        return named, score, capitals
    (second, _), (score, best) = sorted((_share_after(words, encoding), encoding) for encoding in _ENCODINGS)
    sure = score - second >= 0.2 and _convinces(words, best, score=score)
    return (best, score, False) if sure else (None, 0.0, False)


def _of_font(font: str | None) -> tuple[Encoding | None, bool]:
    """(encoding, whether it draws small letters as capitals) of a font name; (None, False) when it tells nothing."""
    name = (font or "").strip()
    if name.lower().startswith((".vn", "vntime", "vnarial")) and not name.lower().startswith("vntimes"):
        return "tcvn3", name.endswith("H") or name == ".vntimeh"
    return ("vni", False) if name.lower().startswith("vni") else (None, False)


def _with_samples(decoding: Decoding, texts: Sequence[str]) -> Decoding:
    changed = [(t, new) for t in dict.fromkeys(texts) if (new := decoding.apply(t)) != t][:_SHOWN]
    before, after = tuple(t for t, _ in changed), tuple(new for _, new in changed)
    return replace(decoding, before=before, after=after)


def _is_unicode(text: str) -> bool:
    """Whether a text holds letters or marks beyond Latin-1, which legacy texts never do."""
    return any(c > "\xff" and (c.isalpha() or unicodedata.combining(c)) for c in text)


def _share_before(words: set[str]) -> float:
    return sum(is_syllable(w) for w in words) / len(words)


def _share_after(words: set[str], encoding: Encoding) -> float:
    return sum(_is_word(decode(w, encoding)) for w in words) / len(words)


def _is_word(word: str) -> bool:
    return is_syllable(word) and _has_sound_case(word)


def _has_sound_case(word: str) -> bool:
    """Small, Capital or CAPITALS; also CAPITALS with small toned letters, which .Vn fonts cannot draw otherwise."""
    ascii_letters = "".join(_ASCII_LETTERS.findall(word))
    return word.islower() or word[1:].islower() or word.isupper() or len(word) == 1 or ascii_letters.isupper()


def _convinces(words: set[str], encoding: Encoding, *, score: float) -> bool:
    """Without a font to speak for it: nearly all words become syllables, and not by chance."""
    gained = [w for w in words if len(w) > 1 and not is_syllable(w) and _is_word(decode(w, encoding))]
    by_chance = len(gained) < 3 and not any(_is_odd(w, encoding) for w in gained)
    return not by_chance and score >= 0.7 and score - _share_before(words) >= 0.3


def _is_odd(word: str, encoding: Encoding) -> bool:
    """Spelled as no language spells: a sign or a capital inside (`V¨n`, `TrÇn`); VNI codes (`caáp`, `Ñaïi`)."""
    if encoding == "tcvn3":
        return not _PLAIN_WORD.fullmatch(word) or not (word.isupper() or word[1:].islower())
    return len(_VNI_CODE.findall(word)) > 1 or _VNI_ODD.search(word.lower()) is not None


def _reads_well(text: str) -> bool:
    return all(is_syllable(w) for w in _WORD.findall(text) if not w.isascii())


def _displayed(text: str, *, raw: str, capitals: bool) -> str:
    """As the font drew it: all capitals in .VnTimeH; also `TRầN`, which only such a font makes, is `TRẦN`."""
    typed_in_capitals = not any("a" <= c <= "z" for c in raw) and any(
        w[0].isupper() and any(c.isupper() for c in w[1:]) for w in _WORD.findall(text)
    )
    return text.upper() if capitals or typed_in_capitals else text
