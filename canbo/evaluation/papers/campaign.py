"""The report of a campaign to the level above: results by unit, ceilings, what is late or waits for an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from canbo.documents.grid import Grid, Head, Row
from canbo.documents.paper import Block, Document, Heading, Paragraph
from canbo.evaluation.models import Campaign, CampaignUnit
from canbo.evaluation.papers.held import BEST_FIRST, SHORT, letterhead, signed, written
from canbo.evaluation.words import grade_name, period_label
from canbo.kernel.numbers import percent_text


@dataclass(frozen=True)
class Results:
    """What the report tells: (unit, grade → people) with the total last, ceilings passed, exceptions, units not sent, objections."""

    campaign: Campaign
    units: Sequence[tuple[str, Mapping[str, int]]]
    over: Sequence[str]
    exceptions: Sequence[CampaignUnit]
    waiting: Sequence[str]
    objections: int
    answered: int
    documents: Sequence[str]


def report(of: Results) -> Document:
    """Numbers as they stand in the records; assessment and proposals are left to be written."""
    campaign, period = of.campaign, period_label(of.campaign.period_kind, of.campaign.period)
    total = of.units[-1][1]
    people, decided = sum(total.values()), sum(number for grade, number in total.items() if grade)
    grounds = "; ".join([*of.documents, *([campaign.order] if campaign.order else [])])
    blocks: list[Block] = [
        Paragraph(f"Kính gửi: {SHORT * 2}", align="center", indent=False),
        Paragraph(f"Thực hiện {grounds or SHORT}, {campaign.unit.name} báo cáo kết quả đánh giá, xếp loại chất lượng {period} như sau:"),
        Heading("1. Kết quả", 2),
        Paragraph(f"Số đơn vị tham gia: {len(of.units) - 1}; số người thuộc đối tượng: {people}; đã có quyết định xếp loại: {decided}."),
        *(_share(grade, total[grade], decided) for grade in BEST_FIRST if total.get(grade)), _grid(of), 
        Heading("2. Tỷ lệ hoàn thành xuất sắc", 2),
        *(Paragraph(text) for text in (*of.over, *map(_exception, of.exceptions))),
    ]  # fmt: skip
    if not of.over and not of.exceptions:
        blocks.append(Paragraph("Không có đơn vị vượt tỷ lệ quy định."))
    blocks += [Heading("3. Việc còn lại", 2), Paragraph(f"Chưa gửi kết quả: {', '.join(of.waiting) or 'không có'}.")]
    blocks.append(Paragraph(f"Kiến nghị về kết quả: {of.objections}; đã trả lời: {of.answered}."))
    blocks += [Heading("4. Đánh giá chung, đề xuất", 2), *written("", 4)]
    return Document(
        letterhead(campaign.unit, campaign, symbol="BC"), "BÁO CÁO", f"Kết quả đánh giá, xếp loại chất lượng {period}", (), tuple(blocks),
        signed(note=""), ("Như trên", "Lưu: VT"), text_size=13,
    )  # fmt: skip


def _grid(of: Results) -> Grid:
    shown = [*BEST_FIRST, ""]
    labels = {"": "Chưa quyết định"} | {grade: grade_name(grade, None) for grade in BEST_FIRST}
    heads = (
        Head("TT", width=11, align="center"), Head("Đơn vị", width=42), Head("Số người", width=15, align="center"),
        *(Head(labels[grade], width=17, align="center") for grade in shown),
    )  # fmt: skip
    lines = [(name, sum(counts.values()), *(counts.get(grade, 0) for grade in shown)) for name, counts in of.units]
    body: list[Row] = [(number, *line) for number, line in enumerate(lines[:-1], 1)]
    return Grid(heads, body, totals=("", *lines[-1]))


def _share(grade: str, people: int, decided: int) -> Paragraph:
    return Paragraph(f"- {grade_name(grade, None)}: {people} người ({percent_text(people, decided)});", space_after=3)


def _exception(unit: CampaignUnit) -> str:
    return f"{unit.unit.name} được cho vượt tỷ lệ theo {unit.exception_document}; lý do: {unit.exception_reason}."
