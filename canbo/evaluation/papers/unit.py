"""Papers of one unit: minutes of the meeting, opinion of the Party committee, the list put together, the decision."""

from collections import Counter
from collections.abc import Iterable

from canbo.documents.grid import Grid, Group, Head, Row
from canbo.documents.paper import PARTY, Block, Document, Letterhead, Paragraph
from canbo.evaluation.held import group_of, reasons_of
from canbo.evaluation.models import Evaluation
from canbo.evaluation.papers.held import (
    BEST_FIRST,
    SHORT,
    Held,
    date_of,
    day_text,
    grounds,
    head_of,
    kept_at,
    letterhead,
    line,
    score_text,
    signed,
    written,
)
from canbo.evaluation.papers.person import decision_of
from canbo.kernel.text import clean
from canbo.organization.issuing import place_of

WHOM = {
    "leader": "người giữ chức vụ lãnh đạo, quản lý", "deputy": "cấp phó của người đứng đầu, lãnh đạo bộ phận",
    "staff": "người không giữ chức vụ lãnh đạo, quản lý",
}  # fmt: skip
NUMBER, NAME, POST = Head("TT", width=11, align="center"), Head("Họ và tên", width=42), Head("Chức vụ, chức danh", width=40)


def minutes(of: Held, role: str) -> Document | None:
    """What the meeting on these people did, as far as its log goes; None where nobody of the role is rated."""
    rows, meeting = of.of_role(role), of.meetings.get(role)
    if not rows:
        return None
    called, ended = (meeting.entry("convene"), meeting.entry("conclude")) if meeting else (None, None)
    step = meeting.step("convene") if meeting else None
    blocks: list[Block] = [
        Paragraph(f"1. Thời gian: {day_text(called.on) if called else SHORT}. Địa điểm: {SHORT}", indent=False),
        Paragraph(f"2. Thành phần: {step.body if step else SHORT}. {_came(called.data if called else {})}", indent=False),
        Paragraph(f"Chủ trì: {SHORT} Thư ký: {SHORT}", indent=False),
        Paragraph("3. Nội dung: từng người trình bày bản tự đánh giá; cuộc họp góp ý kiến, nhận xét như sau:", indent=False),
    ]  # fmt: skip
    for number, row in enumerate(rows, 1):
        said = clean(row.comment) or SHORT
        blocks.append(Paragraph(f"{number}. {row.person.full_name}: {said}", space_after=3))
    blocks += [Paragraph("4. Mức đề nghị xếp loại:", indent=False, keep_with_next=True), _proposals(of, rows)]
    told = f"Cuộc họp kết luận ngày {day_text(ended.on)}." if ended else ""
    blocks += [Paragraph("5. Kết luận:", indent=False), *written(told, 2)]
    blocks.append(Paragraph("Biên bản được đọc lại và cuộc họp thống nhất."))
    return Document(
        letterhead(of.unit.unit, of.campaign, symbol="BB", on=called.on if called else None), "BIÊN BẢN",
        f"Họp nhận xét, đánh giá, xếp loại chất lượng {of.period} đối với {WHOM[role]}", (), tuple(blocks), signed("CHỦ TRÌ"),
        second_signature=signed("THƯ KÝ"), text_size=13,
    )  # fmt: skip


def opinion(of: Held, role: str) -> Document | None:
    """The committee's opinion as it was received, or the form it is asked on; None where the procedure asks for none."""
    meeting, rows = of.meetings.get(role), of.of_role(role)
    if meeting is None or meeting.step("opinion") is None or not rows:
        return None
    entry = meeting.entry("opinion")
    said = entry.data if entry else {}
    body, number = clean(said.get("body", "")) or "CẤP ỦY …………………", clean(said.get("number", ""))
    head = Letterhead(PARTY, body, place=place_of(of.unit.unit), number=number, on=date_of(said.get("dated")))
    why = said.get("unless") and "không phải lấy ý kiến theo quy trình"
    blocks: list[Block] = [
        Paragraph(f"Về việc đánh giá, xếp loại chất lượng {of.period} đối với {WHOM[role]} của {of.unit.unit.name}:", bold=True),
        _proposals(of, rows), line("Ý kiến", why or clean(said.get("conclusion", "")), dots=""),
        *([] if said else written("", 4)),
    ]  # fmt: skip
    return Document(
        head, "Ý KIẾN NHẬN XÉT", "", (), tuple(blocks), signed("T/M CẤP ỦY", note=""), (of.unit.unit.name, "Lưu Văn phòng"),
    )  # fmt: skip


def summary(of: Held) -> Document:
    """Everybody of the unit with what she says, what the regime gives and why, what is proposed and decided; sums and ceilings below."""
    heads = (
        NUMBER, NAME, POST, Head("Điểm", width=16, align="center"), Head("Tự xếp loại", width=30), Head("Theo quy định", width=30),
        Head("Căn cứ", width=42), Head("Đề nghị", width=30), Head("Được quyết định", width=30),
    )  # fmt: skip
    rows: list[Row] = []
    for role, label in WHOM.items():
        people = of.of_role(role)
        label = label.removeprefix("người ")
        rows += [Group(f"{label[0].upper()}{label[1:]} ({len(people)} người)")] if people else []
        rows += [
            (
                of.rows.index(row) + 1, row.person.full_name, of.posts.get(row.person_id, ""), score_text(row.score),
                of.grade(row, row.self_grade), of.grade(row, row.proposed) or "chưa rõ", "; ".join(reasons_of(row, of.scope)),
                of.grade(row, row.chosen), of.grade(row, row.grade) or "…",
            )
            for row in people
        ]  # fmt: skip
    rated = of.unit.unit_rating
    own = f"Tập thể đơn vị: {_names(of).get(rated.grade, rated.grade) if rated else SHORT}"
    blocks: list[Block] = [Grid(heads, rows), _line(own), _line(counts_text(of, of.rows))]
    blocks += [_line(f"Hoàn thành xuất sắc{_group(one.meter.group)}: {one.text} Căn cứ {one.cite}.") for one in of.quotas]
    if of.unit.exception_document:
        blocks.append(_line(f"Cho vượt tỷ lệ: {of.unit.exception_document}; lý do: {of.unit.exception_reason}."))
    return Document(
        letterhead(of.unit.unit, of.campaign), "DANH SÁCH TỔNG HỢP", f"Kết quả đánh giá, xếp loại chất lượng {of.period}",
        (f"({of.unit.unit.name}; {of.campaign.order or of.campaign.name})",), tuple(blocks),
        signed(*head_of(of.unit.unit, of.campaign)), landscape=True,
        second_signature=signed("NGƯỜI LẬP DANH SÁCH"), numbered=False, text_size=11,
    )  # fmt: skip


def decision(of: Held, role: str) -> Document | None:
    """The decision on these people, its list in the first article; number and day as recorded, else left blank."""
    meeting, rows = of.meetings.get(role), of.of_role(role)
    if not rows:
        return None
    entry = meeting.entry("decide") if meeting else None
    decided = [row for row in rows if row.grade] or rows
    issuer = of.campaign.unit if role == "leader" else of.unit.unit
    based_on = [f"Căn cứ {name};" for name in of.documents]
    based_on += [f"Căn cứ {of.campaign.order};"] if of.campaign.order else []
    based_on += ["Xét đề nghị của cơ quan tham mưu về tổ chức cán bộ," if role == "leader" else "Xét kết quả cuộc họp nhận xét, đánh giá,"]
    blocks: list[Block] = [
        *grounds(based_on, issuer, of.campaign),
        Paragraph("QUYẾT ĐỊNH:", align="center", bold=True, indent=False, keep_with_next=True),
        Paragraph(f"Điều 1. Xếp loại chất lượng {of.period} đối với {len(decided)} người có tên sau đây:", keep_with_next=True),
        _decided(of, decided), Paragraph(f"({counts_text(of, decided)})", italic=True),
        Paragraph("Điều 2. Kết quả xếp loại được lưu hồ sơ và là căn cứ sử dụng, quản lý người được đánh giá theo quy định."),
        Paragraph("Điều 3. Quyết định này có hiệu lực kể từ ngày ký."),
        Paragraph(f"Điều 4. {of.unit.unit.name} và những người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."),
    ]  # fmt: skip
    number, on = (clean(entry.data.get("number", "")), entry.on) if entry else ("", None)
    head = letterhead(issuer, of.campaign, symbol="" if number else "QĐ", number=number, on=on)
    return Document(
        head, "QUYẾT ĐỊNH", f"Về việc đánh giá, xếp loại chất lượng {of.period} đối với {WHOM[role]}", (), tuple(blocks),
        signed(*head_of(issuer, of.campaign), note=""), ("Như Điều 4", kept_at(issuer, of.campaign, "hồ sơ")),
    )  # fmt: skip


# --- pieces


def counts_text(of: Held, rows: Iterable[Evaluation]) -> str:
    """`Tổng số 11 người: hoàn thành xuất sắc nhiệm vụ 1; … ; chưa quyết định 2`; each grade by its name under the people's regimes."""
    people, names = list(rows), _names(of)
    counts = Counter(row.grade for row in people)
    told = [f"{names.get(grade, grade).lower()} {counts[grade]}" for grade in BEST_FIRST if counts[grade]]
    told += [f"chưa quyết định {counts['']}"] if counts[""] else []
    return f"Tổng số {len(people)} người: {'; '.join(told)}"


def _names(of: Held) -> dict[str, str]:
    """Grade → its name under the regime of the first of these people who has one."""
    return {grade: of.grade(of.rows[0], grade) for grade in BEST_FIRST} if of.rows else {}


def _proposals(of: Held, rows: list[Evaluation]) -> Grid:
    heads = (NUMBER, NAME, POST, Head("Điểm", width=14, align="center"), Head("Tự xếp loại", width=31), Head("Đề nghị", width=31))
    return Grid(heads, [
        (
            number, row.person.full_name, of.posts.get(row.person_id, ""), score_text(row.score), of.grade(row, row.self_grade),
            of.grade(row, row.chosen or row.proposed) or "…",
        )
        for number, row in enumerate(rows, 1)
    ])  # fmt: skip


def _decided(of: Held, rows: list[Evaluation]) -> Grid:
    heads = (NUMBER, NAME, POST, Head("Điểm", width=16, align="center"), Head("Mức xếp loại", width=44))
    return Grid(heads, [
        (number, row.person.full_name, of.posts.get(row.person_id, ""), score_text(row.score), _grade_now(of, row))
        for number, row in enumerate(rows, 1)
    ])  # fmt: skip


def _grade_now(of: Held, row: Evaluation) -> str:
    """A grade that was replaced since says by which decision."""
    number, _ = decision_of(row)
    meeting = of.meetings.get(group_of(row))
    entry = meeting.entry("decide") if meeting else None
    replaced = entry is not None and number and number != clean(entry.data.get("number", ""))
    return (of.grade(row, row.grade) or "…") + (f" (theo Quyết định {number})" if replaced else "")


def _came(said: dict[str, object]) -> str:
    excused = f"; vắng có lý do: {said['excused']}" if said.get("excused") else ""
    return f"Được triệu tập: {said.get('convened', '……')}; có mặt: {said.get('present', '……')}{excused}."


def _group(name: str) -> str:
    return f" (nhóm {name})" if name else ""


def _line(text: str) -> Paragraph:
    return Paragraph(text, indent=False, space_after=3)
