"""Slips of a ballot as values: one on a paper of its own, or as many as fit on a page to be cut apart; and who is called to a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from canbo.cases.models import CaseMember
from canbo.documents.grid import Grid, Head, Row
from canbo.documents.paper import Block, Document, Paragraph

NUMBER = Head("STT", width=12, align="center")
LINE = "………………………………………………………………………………"
CUT = "- " * 94
# Millimetres: the page between its margins, what a slip needs beside its names, each name, each line to write on.
_PAGE, _AROUND, _NAME, _WRITTEN, _BARE_POINTS = 250.0, 58.0, 8.0, 7.0, 12
_BLANK_ROWS = 15


@dataclass(frozen=True)
class Slip:
    """What a voter holds: names A, B, C by given name, how many she may agree to, who may be named beside them.

    `signed` = the procedure leaves it to her whether to sign; no other slip has a place for a name.
    """

    kind: str
    title: str
    rests_on: str
    names: tuple[str, ...]
    most: int
    signed: bool = False
    open: bool = False

    @property
    def told(self) -> str:
        first = "Đánh dấu X vào một trong hai cột bên cạnh từng tên"
        return first + (f"; đồng ý nhiều nhất {self.most} người." if len(self.names) > 1 else ".")

    @property
    def height(self) -> float:
        return _AROUND + _NAME * len(self.names) + (2 * _WRITTEN if self.open else 0.0) + (_WRITTEN if self.signed else 0.0)


def blocks_of(slip: Slip) -> list[Block]:
    rows: list[Row] = [[number, name, "", ""] for number, name in enumerate(slip.names, 1)]
    heads = (NUMBER, Head("Họ và tên"), Head("Đồng ý", width=30, align="center"), Head("Không đồng ý", width=30, align="center"))
    blocks: list[Block] = [Paragraph(slip.rests_on), Grid(heads, rows), Paragraph(slip.told, italic=True)]
    if slip.open:
        blocks += [Paragraph("Giới thiệu thêm (nếu có):", indent=False, space_after=3), Paragraph(LINE, align="left", indent=False)]
    if slip.signed:
        blocks.append(Paragraph("Người ghi phiếu ký tên hoặc không ký tên.", italic=True))
    blocks.append(Paragraph("Phiếu phát ra có đóng dấu của nơi triệu tập.", italic=True, space_after=3))
    return blocks


def page_to_cut(slip: Slip, single: Document) -> Document:
    """The same slip as often as it fits on one page, with lines to cut along; `single` gives the side and the issuer's name."""
    issuer = Paragraph(single.letterhead.issuer.upper(), bold=True, align="left", indent=False, size=_BARE_POINTS, space_after=0)
    kind = Paragraph(slip.kind, bold=True, align="center", indent=False, space_after=0)
    title = Paragraph(slip.title, bold=True, align="center", indent=False, space_after=3, size=_BARE_POINTS)
    one = [issuer, kind, title, *blocks_of(slip)]
    cut = Paragraph(CUT, align="center", indent=False, size=8, space_after=6)
    blocks = [part for _ in range(per_page(slip)) for part in (*one, cut)][:-1]
    return replace(single, bare=True, blocks=tuple(blocks), signature=None, second_signature=None, recipients=(), text_size=_BARE_POINTS)


def per_page(slip: Slip) -> int:
    return max(1, min(4, int(_PAGE // slip.height)))


def called_grid(members: Sequence[CaseMember]) -> Grid:
    """Who is called, in the order of the roll call, with room to sign; blank rows where nobody was written down yet."""
    heads = (
        NUMBER, Head("Họ và tên", width=48), Head("Chức vụ, tư cách", width=46), Head("Ký tên", width=30), Head("Ghi chú", width=29),
    )  # fmt: skip
    rows: list[Row] = [[number, one.name, one.capacity, "", _noted(one)] for number, one in enumerate(members, 1)]
    return Grid(heads, rows or [[number, "", "", "", ""] for number in range(1, _BLANK_ROWS + 1)])


def _noted(one: CaseMember) -> str:
    told: Iterable[str] = ("" if one.votes else "không bỏ phiếu", f"vắng: {one.excused}" if one.excused else "")
    return "; ".join(filter(None, told))
