"""The code of a dossier as lists carry it: `HS0000123K`. The last letter tells a mistyped or dragged-down code."""

import re

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"  # a prime number of them, so that one changed digit always changes the letter
_CODE = re.compile(r"^HS(\d{7,12})([A-Z])$")


def dossier_code(number: int) -> str:
    """The code of the dossier with this id."""
    return f"HS{number:07d}{_letter(number)}"


def read_dossier_code(text: str) -> int | None:
    """The id a code stands for; None for a text that is no code, or was mistyped."""
    found = _CODE.match(text.replace(" ", "").replace("-", "").upper())
    if not found or _letter(int(found[1])) != found[2]:
        return None
    return int(found[1])


def _letter(number: int) -> str:
    weighed = sum(int(digit) * weight for weight, digit in enumerate(reversed(str(number)), start=2))
    return _LETTERS[weighed % len(_LETTERS)]
