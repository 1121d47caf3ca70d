"""Pieces every paper of planning is made of: whose letterhead, who signs, dotted lines, days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from canbo.documents.grid import Head
from canbo.documents.paper import PARTY, STATE, Letterhead, Paragraph, Signature
from canbo.organization.issuing import PARTY_BLOCK, PLACES, committee_at, is_committee, place_of, superior_of
from canbo.organization.models import Unit

DOTS = "…" * 31
SHORT = "…" * 12
SIDES = {"": "Theo nơi ban hành", PARTY: "Thể thức Đảng", STATE: "Thể thức Nhà nước"}
SIZES = ("A4", "A3")
NUMBER, NAME = Head("TT", width=11, align="center"), Head("Họ và tên", width=42)
# Kinds of Party committees → how their papers are signed in numbers: 36-HD/VPTW.
SYMBOLS = {"tinh-uy": "TU", "thanh-uy": "TU", "huyen-uy": "HU"}


@dataclass(frozen=True)
class Layout:
    """How papers are set out: the side (empty = that of the issuer), the size of papers with wide tables."""

    side: str = ""
    size: str = "A4"

    def of(self, unit: Unit) -> str:
        """Planning is the Party's work: only who belongs to another block issues in the State's layout."""
        return self.side or (PARTY if unit.block in ("", PARTY_BLOCK) else STATE)

    def people(self, unit: Unit) -> str:
        return "đồng chí" if self.of(unit) == PARTY else "người"


def issuer_of(unit: Unit, layout: Layout) -> Unit:
    """Who issues for a unit: for a place its Party committee, in the State's layout its People's Committee, where the tree has one."""
    if unit.kind not in PLACES:
        return unit
    if layout.of(unit) == PARTY:
        return committee_at(unit) or unit
    return Unit.objects.filter(parent=unit, end=None, kind__startswith="ubnd").order_by("pk").first() or unit


def letterhead(unit: Unit, layout: Layout, *, symbol: str = "", number: str = "", on: date | None = None) -> Letterhead:
    """The issuer under the body above it; `symbol` = the kind of paper, to which the committee's own sign is added."""
    issuer, side = issuer_of(unit, layout), layout.of(unit)
    if symbol and side == PARTY and is_committee(issuer):
        symbol = f"{symbol}/{SYMBOLS.get(issuer.kind, 'ĐU')}"
    return Letterhead(side, issuer.name, superior_of(issuer), place_of(issuer), on, number, "" if number else symbol)


def signed(unit: Unit, layout: Layout) -> Signature:
    """Who signs, as far as the records tell: a committee's papers are signed on behalf of its standing committee."""
    if layout.of(unit) == PARTY and is_committee(issuer_of(unit, layout)):
        return Signature(("T/M BAN THƯỜNG VỤ",))
    return Signature(("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",))


def kept_at(unit: Unit, layout: Layout) -> str:
    """The last line of `Nơi nhận`, in the words of its side."""
    return "Lưu Văn phòng" if layout.of(unit) == PARTY else "Lưu: VT, hồ sơ"


def grounds(texts: Sequence[str], unit: Unit, layout: Layout) -> list[Paragraph]:
    """What a paper rests on: in italics, by the Party upright after dashes."""
    party = layout.of(unit) == PARTY
    return [Paragraph(f"- {text}" if party else text, italic=not party, space_after=3) for text in texts]


def plain(text: str) -> Paragraph:
    return Paragraph(text, indent=False, space_after=3)


def titled(text: str) -> Paragraph:
    """The name of a part, never last on a page."""
    return Paragraph(text, bold=True, indent=False, keep_with_next=True, space_after=3)


def centred(text: str, *, bold: bool = True, size: float | None = None) -> Paragraph:
    return Paragraph(text, align="center", bold=bold, italic=not bold, indent=False, keep_with_next=True, size=size)


def written(text: str, lines: int = 2) -> list[Paragraph]:
    """A text as it was written, paragraph by paragraph; empty lines to write on where there is none."""
    if not text.strip():
        return [Paragraph(DOTS, indent=False, space_after=3)] * lines
    return [Paragraph(part.strip(), space_after=3) for part in text.splitlines() if part.strip()]


def day_text(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else "…/…/……"


def lowered(name: str) -> str:
    """`đợt rà soát …` after another word; a name in capitals stays as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
