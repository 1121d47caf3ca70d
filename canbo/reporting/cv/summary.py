"""Lý lịch tóm tắt: one A4 page with photo, for meetings. What does not fit is cut where it says so."""

from dataclasses import dataclass

from canbo.documents.grid import Grid, Head
from canbo.documents.measure import MM_PER_POINT, lines_of
from canbo.documents.paper import PARTY, STATE, Beside, Block, Document, Letterhead, Paragraph, Photo, Run
from canbo.dossier.cv.values import CvValues
from canbo.reporting.cv.full import BLANK, Agencies

CUT = "… (xem hồ sơ)"
POINTS = 12.0
_ROOM_MM = 297 - 40 - 6  # A4 less margins, and a little for what other programs set wider
_TEXT_MM = 165.0
_SPAN_MM = 38.0
_LINE_MM = POINTS * MM_PER_POINT * 1.17
_HEAD_MM = 54.0  # letterhead with names of two lines, title
_LENGTHS = (160, 110, 70, 40)  # most characters of one value: the first that leaves room for a career
_CAREER_MM = 45.0

# label → atoms, in the order of the page; religion, identity, pay, family and health have no place in it.
BESIDE_PHOTO = (
    ("Họ và tên khai sinh", ("full_name",)),
    ("Giới tính", ("sex",)),
    ("Sinh ngày", ("birth",)),
    ("Dân tộc", ("ethnicity",)),
    ("Quê quán", ("native_place",)),
    ("Đơn vị công tác", ("unit",)),
    ("Chức vụ hiện tại", ("position",)),
    ("Kiêm nhiệm", ("concurrent",)),
)
BELOW = (
    ("Ngày tuyển dụng", ("recruited_on",)),
    ("Ngày vào Đảng", ("party_joined",)),
    ("Ngày chính thức", ("party_official",)),
    ("Chức vụ Đảng", ("party_position", "party_concurrent")),
    ("Trình độ giáo dục phổ thông", ("general_education",)),
    ("Trình độ chuyên môn", ("highest_education",)),
    ("Lý luận chính trị", ("llct",)),
    ("Quản lý nhà nước", ("qlnn",)),
    ("Ngoại ngữ", ("foreign_language",)),
    ("Tin học", ("it",)),
    ("Được quy hoạch", ("planned",)),
    ("Khen thưởng", ("awards",)),
    ("Kỷ luật", ("disciplines",)),
)


@dataclass(frozen=True)
class _Room:
    """Millimetres left on the page."""

    left: float

    def after(self, text: str, width: float) -> "_Room":
        return _Room(self.left - lines_of(text, width, POINTS) * _LINE_MM - 1.2)


def as_summary(*, values: CvValues, agencies: Agencies, photo: bytes | None, side: str = STATE) -> Document:
    """One page: who, learning, Party, then the career with the newest first, cut with `… (xem hồ sơ)`."""
    for longest in _LENGTHS:
        beside, below = _pairs(BESIDE_PHOTO, values, longest), _pairs(BELOW, values, longest)
        room = _Room(_ROOM_MM - _HEAD_MM - max(66.0, _height(beside, _TEXT_MM - 46)) - _height(below, _TEXT_MM))
        if room.left >= _CAREER_MM:
            break
    blocks: list[Block] = [Beside((Photo(photo),), tuple(map(_paragraph, beside)), left_mm=46), *map(_paragraph, below)]
    blocks += _career(values, room, longest)
    head = Letterhead(side, agencies.issuer, agencies.superior)
    line = f"(Tính đến ngày {values.on:%d/%m/%Y})"
    return Document(head, "Lý lịch tóm tắt", lines=(line,), blocks=tuple(blocks), numbered=False, text_size=POINTS)


def _pairs(wanted: tuple[tuple[str, tuple[str, ...]], ...], values: CvValues, longest: int) -> list[tuple[str, str]]:
    found = []
    for label, atoms in wanted:
        if any(atom in values.texts for atom in atoms):
            text = "; ".join(values.texts[atom] for atom in atoms if values.texts.get(atom))
            found.append((label, _short(text, longest)))
    return found


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - len(CUT) - 1].rsplit(" ", 1)[0] + f" {CUT}"


def _paragraph(pair: tuple[str, str]) -> Paragraph:
    label, text = pair
    return Paragraph((Run(f"{label}: "), Run(text or BLANK, bold=bool(text))), align="left", space_after=2)


def _height(pairs: list[tuple[str, str]], width: float) -> float:
    return sum(lines_of(f"{label}: {text}", width * 0.96, POINTS) * _LINE_MM + 1.0 for label, text in pairs)


def _career(values: CvValues, room: _Room, longest: int) -> list[Block]:
    """The rows that fit, the newest first; a cut is said in a row of its own."""
    table = values.tables.get("work")
    if table is None or not table.rows:
        return []
    rows = [(span, ", ".join(part for part in (title, unit) if part)) for span, title, unit in reversed(table.rows)]
    rows = [(span, _short(what, longest)) for span, what in rows]
    width = _TEXT_MM - _SPAN_MM - 4
    room = _Room(room.left - 6 * _LINE_MM)
    shown: list[tuple[str, str]] = []
    for i, row in enumerate(rows):
        room = room.after(row[1], width * 0.96)
        last = i == len(rows) - 1
        if room.left < (0 if last else _LINE_MM + 1.0):
            shown.append(("", CUT))
            break
        shown.append(row)
    heads = (Head("Thời gian", width=_SPAN_MM), Head("Chức danh, chức vụ, đơn vị công tác"))
    title = Paragraph("Quá trình công tác", bold=True, align="left", space_after=2, keep_with_next=True)
    return [title, Grid(heads, list(shown))]


__all__ = ["CUT", "PARTY", "STATE", "as_summary"]
