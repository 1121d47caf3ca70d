"""A paper as values: letterhead, kind, blocks, signature. `word` and `sheets` print it, in State or in Party layout."""

from dataclasses import dataclass
from datetime import date

from canbo.documents.grid import Grid

STATE, PARTY = "nha-nuoc", "dang"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_HEAD = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PLACES = frozenset(("XÃ", "PHƯỜNG", "HUYỆN", "QUẬN", "TỈNH", "ĐẶC"))
_GAP = "\u00a0" * 8


@dataclass(frozen=True)
class Letterhead:
    """Who issues, where, when; number and day stay blank until the paper is issued. `symbol`: `QĐ-UBND`, `QĐ/TU`.

    `subject` stands under the number of an official letter, which has no kind and no title.
    """

    side: str
    issuer: str
    superior: str = ""
    place: str = ""
    on: date | None = None
    number: str = ""
    symbol: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Signature:
    """`lines` above the name: authority and title, `("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")`; `note` in italics under them."""

    lines: tuple[str, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`text` is one string or stretches; `size` in points (None = the body's); `indent` begins the first line 1 cm in."""

    text: str | tuple[Run, ...]
    align: str = "justify"  # left, center, right, justify
    bold: bool = False
    italic: bool = False
    indent: bool = True
    size: float | None = None
    space_after: float = 6
    keep_with_next: bool = False


@dataclass(frozen=True)
class Heading:
    """A bold line that never stands last on a page; `level` 1 in capitals, 2 as written."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Photo:
    """A picture (jpg, png), or an empty framed box with `caption` when there is none."""

    image: bytes | None = None
    caption: str = "Ảnh 4 x 6"
    width_mm: float = 40
    height_mm: float = 60


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Beside:
    """Blocks left and right of each other without lines; `left_mm` is the width of the left side."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]
    left_mm: float = 45


Block = Paragraph | Heading | Grid | Photo | PageBreak | Beside


@dataclass(frozen=True)
class Document:
    """`kind` and `title` are centred under the letterhead, `lines` in italics below; two signatures stand side by side.

    `annex` follows the signature on a page of its own. `mark` stands at the top of every page (`Bản số 03/15`). `bare` = no letterhead,
    no heading: slips to be cut apart.
    """

    letterhead: Letterhead
    kind: str
    title: str = ""
    lines: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    landscape: bool = False
    size: str = "A4"
    second_signature: Signature | None = None
    numbered: bool = True  # False: no number line (a list, a curriculum vitae)
    text_size: float | None = None
    annex: tuple[Block, ...] = ()
    mark: str = ""
    bare: bool = False


def number_line(head: Letterhead) -> str:
    """State `Số: 05/QĐ-UBND`, Party `Số 05-QĐ/TU`; a gap for the number until it is known."""
    opening, joint = ("Số: ", "/") if head.side == STATE else ("Số ", "-")
    number = head.number.zfill(2) if head.number.isdigit() else head.number
    if not head.symbol or head.symbol in number:
        return opening + (number or _GAP)
    return f"{opening}{number or _GAP}{joint}{head.symbol}"


def place_line(head: Letterhead) -> str:
    """`Hà Nội, ngày 05 tháng 02 năm 2026`; days below 10 and months 1, 2 take a zero (both layouts)."""
    opening = f"{head.place}, ngày" if head.place else "Ngày"
    if head.on is None:
        return f"{opening}{_GAP}tháng{_GAP}năm{_GAP}"
    month = f"{head.on.month:02d}" if head.on.month < 3 else str(head.on.month)
    return f"{opening} {head.on.day:02d} tháng {month} năm {head.on.year}"


def balanced(text: str, most: int) -> list[str]:
    """The name in one line, or in two broken where officials break it: before the kind of place, else in the middle."""
    words = text.split()
    if len(text) <= most or len(words) < 2:
        return [text] if text else []
    breaks = [(abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))), i) for i in range(1, len(words))]
    places = [i for i in range(2, len(words)) if words[i] in _PLACES and words[i - 1] not in ("ỦY", "UỶ")]
    at = places[-1] if places and len(" ".join(words[: places[-1]])) <= most else min(breaks)[1]
    return [" ".join(words[:at]), " ".join(words[at:])]
