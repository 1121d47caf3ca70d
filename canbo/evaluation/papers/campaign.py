"""Papers of a whole campaign: the report to the level above, the letter that reminds the units which have not sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from canbo.documents.grid import Grid, Head, Row
from canbo.documents.paper import PARTY, Beside, Block, Document, Heading, Paragraph
from canbo.evaluation.models import Campaign, CampaignUnit
from canbo.evaluation.papers.held import BEST_FIRST, SHORT, head_of, kept_at, letterhead, side_of, signed, written
from canbo.evaluation.reminding import Reminder
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
        signed(*head_of(campaign.unit, campaign), note=""), ("Như trên", kept_at(campaign.unit, campaign)), text_size=13,
    )  # fmt: skip


def reminder(campaign: Campaign, late: Sequence[Reminder], on: date) -> Document:
    """An official letter to the units that have not sent their results by the day: how far each is, until when it is waited for."""
    period = period_label(campaign.period_kind, campaign.period)
    party = side_of(campaign.unit, campaign) == PARTY
    subject = f"{'' if party else 'V/v '}đôn đốc gửi kết quả đánh giá, xếp loại {period}"
    over = (on - campaign.deadline).days
    stands = f"đã quá hạn {over} ngày" if over > 0 else "chưa hết hạn" if over < 0 else "hết hạn trong ngày"
    due = f"chậm nhất ngày {campaign.deadline:%d/%m/%Y}"
    blocks: list[Block] = [
        *_addressed([row.progress.unit.unit.name for row in late]),
        Paragraph(f"Thực hiện {campaign.order or campaign.name}, các đơn vị gửi kết quả đánh giá, xếp loại chất lượng {period} {due}."),
        Paragraph(f"Tính đến ngày {on:%d/%m/%Y} ({stands}), còn {len(late)} đơn vị chưa gửi kết quả, cụ thể như sau:", keep_with_next=True),
        _progress_grid(late),
        Paragraph(
            f"Đề nghị các đơn vị có tên trên hoàn thành việc đánh giá, xếp loại và gửi kết quả về {campaign.unit.name} trước ngày {SHORT}. "
            "Nếu có vướng mắc, đề nghị phản ánh bằng văn bản để được hướng dẫn."
        ),
    ]  # fmt: skip
    head = replace(letterhead(campaign.unit, campaign, symbol="CV" if party else ""), subject=subject[0].upper() + subject[1:])
    return Document(
        head, "", "", (), tuple(blocks), signed(*head_of(campaign.unit, campaign), note=""), ("Như trên", kept_at(campaign.unit, campaign)),
        text_size=13,
    )  # fmt: skip


def _addressed(names: Sequence[str]) -> list[Block]:
    """`Kính gửi: …`, a line for each where they are several."""
    if len(names) == 1:
        return [Paragraph(f"Kính gửi: {names[0]}", align="center", indent=False)]
    last = len(names) - 1
    lines = [
        Paragraph(f"- {name}{'.' if n == last else ';'}", align="left", indent=False, space_after=10 if n == last else 2)
        for n, name in enumerate(names)
    ]
    return [Beside((Paragraph("Kính gửi:", align="right", indent=False),), tuple(lines), left_mm=52)]


def _progress_grid(late: Sequence[Reminder]) -> Grid:
    heads = (
        Head("TT", width=11, align="center"), Head("Đơn vị"), Head("Số người", width=15, align="center"),
        Head("Đã tự đánh giá", width=19, align="center"), Head("Có mức theo quy định", width=20, align="center"),
        Head("Đã quyết định", width=19, align="center"), Head("Việc cần làm tiếp", width=48),
    )  # fmt: skip
    rows: list[Row] = []
    for number, one in enumerate(late, 1):
        row, todo = one.progress, "; ".join(one.next)
        rows.append((number, row.unit.unit.name, row.people, row.own_sent, row.scored, row.decided, todo[:1].upper() + todo[1:]))
    return Grid(heads, rows)


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
