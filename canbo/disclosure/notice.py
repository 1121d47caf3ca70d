"""The notice that goes on the board: what is made known, from when to when, where remarks go, and the list itself."""

from canbo.disclosure.fields import kind_of
from canbo.disclosure.models import Publication
from canbo.documents.grid import Grid, Head
from canbo.documents.paper import PARTY, STATE, Block, Document, Letterhead, Paragraph, Signature
from canbo.organization.issuing import place_of, superior_of

NARROW = 5  # more columns than this lie better on a landscape page
DENUNCIATIONS = "Đơn tố cáo gửi cơ quan kiểm tra, thanh tra có thẩm quyền; không gửi theo cách góp ý này."


def notice(of: Publication) -> Document:
    """Number and day stay blank until it is issued; a list withdrawn or changed is not for this function to judge."""
    told = [
        f"{of.unit.name} công khai danh sách dưới đây{f' theo {of.document}' if of.document else ''}.",
        f"1. Thời gian công khai: từ ngày {of.start:%d/%m/%Y} đến hết ngày {of.end:%d/%m/%Y}.",
        f"2. Phạm vi: {of.get_reach_display()}.{f' Nơi niêm yết, hình thức: {of.place}.' if of.place else ''}",
        f"3. Góp ý gửi về {of.unit.name} trong thời gian trên. {DENUNCIATIONS}",
        "4. Danh sách:",
    ]  # fmt: skip
    blocks: list[Block] = [Paragraph(text, space_after=4, keep_with_next=text.startswith("4.")) for text in told]
    blocks += [Grid(_heads(of), of.table["rows"])]
    blocks += [Paragraph(note, italic=True, indent=False, space_after=3) for note in of.table["notes"]]
    blocks += [Paragraph(f"Dấu của nội dung: {of.sha256[:16]}", indent=False, italic=True, size=10)]
    return Document(
        _letterhead(of), "THÔNG BÁO", f"Công khai {_lowered(of.name)}", (), tuple(blocks), Signature(("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)),
        ("Cán bộ, đảng viên trong cơ quan, đơn vị" if of.reach == "internal" else "Niêm yết công khai", "Lưu hồ sơ"),
        landscape=len(of.table["heads"]) > NARROW, text_size=13,
    )  # fmt: skip


def _letterhead(of: Publication) -> Letterhead:
    side = PARTY if of.unit.block == "dang" else STATE
    return Letterhead(side, of.unit.name, superior_of(of.unit), place_of(of.unit), symbol="TB")


def _heads(of: Publication) -> tuple[Head, ...]:
    kind = kind_of(of.kind)
    widths = [field.width if (field := kind.field(head)) else None for head in of.table["heads"]]
    return tuple(Head(head, width=width, align="center" if width else "left") for head, width in zip(of.table["heads"], widths))


def _lowered(name: str) -> str:
    """`Danh sách quy hoạch …` after “Công khai”; a name in capitals stays as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
