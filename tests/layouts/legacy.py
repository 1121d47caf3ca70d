"""Unicode Vietnamese written back in the two old encodings, for lists typed before 2002 and copied ever since."""

from __future__ import annotations

import unicodedata

_TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        bytes.fromhex(
            "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4"
            "abe5e6e7e8e9aceaebecedeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfea1a2a3a4a5a6a7"
        ).decode("latin-1"),
    )
)

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_TONE = {_ACUTE: "ù", _GRAVE: "ø", _HOOK: "û", _TILDE: "õ", _DOT: "ï"}
_ON_CIRCUMFLEX = {"": "â", _ACUTE: "á", _GRAVE: "à", _HOOK: "å", _TILDE: "ã", _DOT: "ä"}
_ON_BREVE = {"": "ê", _ACUTE: "é", _GRAVE: "è", _HOOK: "ú", _TILDE: "ü", _DOT: "ë"}
_VNI_WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def to_tcvn3(text: str, *, capitals_font: bool = False) -> str:
    """Text as typed for .VnTime; a capitals font (.VnTimeH) shows small letters as capitals, so it holds small ones."""
    text = unicodedata.normalize("NFC", text)
    letters = text.lower() if capitals_font else text
    return "".join(_TCVN3.get(letter, _TCVN3.get(letter.lower(), letter)) for letter in letters)


def to_vni(text: str) -> str:
    """Text as typed for VNI-Times: a base letter and a second letter for its marks."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    coded = _VNI_WHOLE.get(small) or _vni_marks(small)
    return coded.upper() if letter != small else coded


def _vni_marks(letter: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in _TONE), "")
    if "\u0302" in marks:
        return base + _ON_CIRCUMFLEX[tone]
    if "\u0306" in marks:
        return base + _ON_BREVE[tone]
    horn = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
    return horn + _TONE.get(tone, "")
