"""A native place as written, cut into the names of units it holds."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from canbo.engine.area_names import plain_key, split_kind
from canbo.engine.areas import Areas
from canbo.kernel.text import clean

__all__ = ["Piece", "read_pieces"]

_COMMA = re.compile(r"\s*[,;\n]\s*")
_DASH = re.compile(r"\s*[-–—]\s*")
_BRACKETS = re.compile(r"\([^)]*\)")
# "xã Dạ Trạch huyện Khoái Châu tỉnh Hưng Yên": a break before each kind of unit, but not inside "thị xã".
_UNBROKEN = re.compile(
    r"(?<=\w)(?<!\bthị)(?<!\bThị)\s+(?=(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|TP\.?|TX\.?)\s)",
    re.IGNORECASE,
)
_NOW = re.compile(r"^nay\s+(?:là|thuộc)\s+|\s+\(?cũ\)?$", re.IGNORECASE)
_NO_PLACE = {"", "vietnam", "khong", "khongro"}


class Piece(NamedTuple):
    """One name and the kind of unit written before it ('' when none)."""

    kind: str
    bare: str


def read_pieces(text: str, areas: Areas) -> list[Piece]:
    """Names from the commune up, as written; hamlets, streets and “Việt Nam” are left out."""
    plain = _UNBROKEN.sub(", ", _BRACKETS.sub(" ", clean(text.replace("\n", ", "))))
    parts = [part for piece in _COMMA.split(plain) for part in _split_dashes(piece.strip(" .-"), areas)]
    read = [Piece(*split_kind(_NOW.sub("", part))) for part in parts if part]
    return [piece for piece in read if piece.kind != "below" and plain_key(piece.bare) not in _NO_PLACE]


def _split_dashes(piece: str, areas: Areas) -> Iterable[str]:
    """Parts between dashes; a dash inside a name (Bà Rịa - Vũng Tàu) stays."""
    if "-" not in piece.replace("–", "-").replace("—", "-") or _is_one_name(piece, areas):
        return [piece]
    parts = _DASH.split(piece)
    for at in range(len(parts) - 1):
        joined = f"{parts[at]} - {parts[at + 1]}"
        if _is_one_name(joined, areas):
            return [*parts[:at], joined, *parts[at + 2 :]]
    return parts


def _is_one_name(piece: str, areas: Areas) -> bool:
    return plain_key(split_kind(piece)[1]) in areas.dashed_names()
