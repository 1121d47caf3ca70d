"""The plan of a round: what order it follows, units, titles, terms, steps with bodies and days, deadlines."""

from collections.abc import Mapping, Sequence

from canbo.cases.rules import unverified, version_on
from canbo.documents.grid import Grid, Head, Row
from canbo.documents.paper import Block, Document, Paragraph
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.model import ProcedureRefused, Steps
from canbo.planning.deciding import ADDING, REMOVING, SUBMITS
from canbo.planning.models import Round, RoundUnit, Slate
from canbo.planning.papers.pieces import (
    NUMBER,
    SHORT,
    Layout,
    day_text,
    grounds,
    kept_at,
    letterhead,
    lowered,
    plain,
    signed,
    titled,
    written,
)
from canbo.planning.rounds import PlanningRefused

PARTS = (("Quy hoạch, nguồn nhân sự tại chỗ", ADDING["tai-cho"]), ("Đưa ra khỏi quy hoạch", REMOVING))


def plan(of: Round, homes: Sequence[RoundUnit], slates: Sequence[Slate], laws: LawSet, layout: Layout) -> Document:
    """`homes` and `slates` as the reader sees them."""
    unit = of.unit
    blocks: list[Block] = [
        *grounds([f"Căn cứ {of.order};" if of.order else f"Căn cứ {SHORT};"], unit, layout),
        titled("I. Mục đích, yêu cầu"), *written(of.form),
        titled("II. Đơn vị, chức danh, nhiệm kỳ"), *_wanted(homes, slates),
        titled("III. Các bước"), *_steps(of, laws),
        titled("IV. Thời hạn, mốc tính"),
        plain(f"- Ngày mở đợt: {day_text(of.opened_on)}; hạn gửi danh sách: {day_text(of.deadline)}."),
        plain(f"- Hồ sơ, xếp loại, kỷ luật xét đến ngày {day_text(of.on)}; tuổi tính theo tháng ghi ở mục II."), *_bands(of),
        titled("V. Tổ chức thực hiện"), *written(""),
    ]  # fmt: skip
    units = [home.unit.name for home in homes]
    receivers = (*(units if len(units) <= 6 else ("Các đơn vị tại mục II",)), kept_at(unit, layout))
    head = letterhead(unit, layout, symbol="KH", on=None)
    return Document(head, "KẾ HOẠCH", f"Thực hiện {lowered(of.name)}", (), tuple(blocks), signed(unit, layout), receivers, text_size=13)


def _wanted(homes: Sequence[RoundUnit], slates: Sequence[Slate]) -> list[Block]:
    """Each title and term once, with the units that have it; all of them where all have it."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for one in slates:
        key = (one.title.name, one.term.code, one.get_kind_display(), f"{one.age_on:%m/%Y}")
        found.setdefault(key, []).append(one.home.unit.name)
    names = [home.unit.name for home in homes]
    rows: list[Row] = []
    for number, ((title, term, kind, aged), units) in enumerate(found.items(), 1):
        rows.append((number, title, term, kind, aged, "tất cả" if len(units) == len(names) else ", ".join(units)))
    heads = (
        NUMBER, Head("Chức danh", width=44), Head("Nhiệm kỳ", width=24, align="center"), Head("Nội dung", width=36),
        Head("Tháng tính tuổi", width=20, align="center"), Head("Đơn vị", width=30),
    )  # fmt: skip
    return [Grid(heads, rows), plain(f"Đơn vị thực hiện ({len(names)}): {', '.join(names)}.")]


def _steps(of: Round, laws: LawSet) -> list[Block]:
    blocks: list[Block] = []
    for label, code in PARTS:
        blocks.append(Paragraph(f"{label}:", indent=False, keep_with_next=True, space_after=3))
        try:
            blocks += _of_procedure(of, laws, code)
        except ProcedureRefused:
            blocks.append(plain(f"Các bước theo quy định của cấp có thẩm quyền: {SHORT}"))
    return blocks


def _of_procedure(of: Round, laws: LawSet, code: str) -> list[Block]:
    version = version_on(laws, code, of.opened_on)
    rules = version.content
    if not isinstance(rules, Steps):
        raise PlanningRefused("Quy trình này không có bước nào để in.")
    days: Mapping[str, str] = {SUBMITS: f"chậm nhất {day_text(of.deadline)}"}
    heads = (
        NUMBER, Head("Bước", width=46), Head("Nơi làm", width=48), Head("Căn cứ", width=32), Head("Thời gian", width=28, align="center"),
    )  # fmt: skip
    rows: list[Row] = [
        (number, step.label, step.body, step.cite.article, days.get(step.code, "…/…/……")) for number, step in enumerate(rules.steps, 1)
    ]
    told = f"Căn cứ: {laws.documents[version.cite.document].name}."
    if memory := unverified(version):
        told += f" Chưa kiểm chứng được văn bản của {', '.join(memory)}: làm theo văn bản của cấp có thẩm quyền {SHORT}"
    deadlines = [
        plain(f"- {one.label}: {one.days} ngày{' làm việc' if one.working else ''}.") for one in rules.deadlines
    ]  # fmt: skip
    return [Grid(heads, rows), Paragraph(told, italic=True, indent=False, space_after=3), *deadlines]


def _bands(of: Round) -> list[Block]:
    if len(of.bands) != 2:
        return []
    low, high = of.bands
    return [plain(f"- Ba độ tuổi: dưới {low} tuổi; từ {low} đến dưới {high} tuổi; từ {high} tuổi.")]
