"""Papers of one person: what she says of herself, the months tracked, the notice of her grade."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.timezone import localdate

from canbo.documents.grid import Grid, Group, Head, Row
from canbo.documents.paper import Block, Document, Heading, Paragraph
from canbo.engine.ratings.model import NOT_RATED, Line, Regime, TaskRatio
from canbo.evaluation.models import Evaluation, TrackedMonth
from canbo.evaluation.papers.held import (
    BEST_FIRST,
    SHORT,
    Held,
    day_text,
    head_of,
    kept_at,
    letterhead,
    line,
    score_text,
    signed,
    written,
)
from canbo.kernel.numbers import decimal_text


def self_assessment(of: Held, row: Evaluation, *, decided: bool = True) -> Document:
    """What she says of herself, with the months of a regime that counts points; `decided` = the grade given stands in it too."""
    rules, (whom, _) = of.regime(row), of.rests_on(row)
    parts: list[Block] = _who(of, row)
    if rules is not None and rules.scored:
        parts += [_part(parts, "Điểm theo dõi, đánh giá"), _months(of, row)]
    parts += [_part(parts, "Tự nhận xét kết quả thực hiện nhiệm vụ, ưu điểm, hạn chế"), *written(row.self_text, 6)]
    given = row.grade if decided else ""
    parts += [_part(parts, "Mức xếp loại chất lượng"), _grades(of, row, given)]
    parts += [_part(parts, "Nhận xét của người đứng đầu"), *written(row.comment if decided else "", 2)]
    parts += [_part(parts, "Đề xuất xử lý kết quả đánh giá, xếp loại (nếu có)"), *written("", 1)]
    sent = localdate(row.self_sent_at) if row.self_sent_at else None
    return Document(
        letterhead(of.unit.unit, of.campaign, on=sent), "PHIẾU TỰ ĐÁNH GIÁ", f"Đánh giá, xếp loại chất lượng {whom} {of.period}",
        _form_line(of, row, "own"), tuple(parts), signed("CẤP CÓ THẨM QUYỀN ĐÁNH GIÁ"),
        second_signature=signed("NGƯỜI TỰ ĐÁNH GIÁ", name=row.person.full_name), numbered=False, text_size=13,
    )  # fmt: skip


def tracking(of: Held, row: Evaluation, *, month: str = "") -> Document | None:
    """Points of every line and ratio, month by month (or of one `month`), in the lines of the regime; None where it counts none."""
    rules, (whom, _) = of.regime(row), of.rests_on(row)
    if rules is None or not rules.scored:
        return None
    shown = [month] if month else of.wanted_months
    held = {one.month: one for one in of.months.get(row.person_id, [])}
    grid = _tracked_grid(rules, row, shown, held, of.most_points.get(row.regime, {}))
    notes = [Paragraph(f"{_month(text)}: {held[text].note}", space_after=3) for text in shown if text in held and held[text].note]
    blocks: list[Block] = [
        *_who(of, row), grid, Heading("Ưu điểm", 2), *written("", 1), Heading("Hạn chế", 2), *written("", 1),
        Heading("Nhận xét của người theo dõi", 2), *(notes or written("", 2)),
    ]  # fmt: skip
    period = f"tháng {_month(month)}" if month else of.period
    return Document(
        letterhead(of.unit.unit, of.campaign), "PHIẾU THEO DÕI, ĐÁNH GIÁ", f"Kết quả công tác của {whom}, {period}",
        _form_line(of, row, "tracking"), tuple(blocks), signed("NGƯỜI THEO DÕI, ĐÁNH GIÁ"), landscape=not month,
        second_signature=signed("NGƯỜI ĐƯỢC THEO DÕI", name=row.person.full_name), numbered=False, text_size=12,
    )  # fmt: skip


def notice(of: Held, row: Evaluation) -> Document:
    """The grade decided, in writing, to the person; what she may do against it is said by her regime."""
    rules, (_, document) = of.regime(row), of.rests_on(row)
    number, on = decision_of(row)
    called = {"nam": "ông", "nu": "bà"}.get(row.person.sex, "ông (bà)")
    post = of.posts.get(row.person_id, "")
    who = ", ".join(filter(None, (f"{called} {row.person.full_name}", post, of.unit.unit.name)))
    items = [f"Điểm đánh giá: {score_text(row.score)}." if row.score is not None else ""]
    items += [f"Mức xếp loại chất lượng: {of.grade(row, row.grade) or SHORT}.", f"Nhận xét: {row.comment.strip() or SHORT}"]
    blocks: list[Block] = [
        Paragraph(f"Căn cứ Quyết định số {number or '……'} ngày {day_text(on)} về việc đánh giá, xếp loại chất lượng {of.period},"),
        Paragraph(f"{of.unit.unit.name} thông báo kết quả đánh giá, xếp loại chất lượng {of.period} của {who} như sau:"),
        *(Paragraph(f"{number}. {text}") for number, text in enumerate(filter(None, items), 1)),
    ]  # fmt: skip
    if rules is not None and rules.objection_days and row.grade:
        article = ", ".join(filter(None, (rules.articles.get("objection", ""), document)))
        answered = f"kiến nghị được trả lời trong {rules.objection_days} ngày làm việc ({article})."
        blocks.append(Paragraph(f"Trường hợp không nhất trí, {called} gửi kiến nghị bằng văn bản; {answered}"))
    return Document(
        letterhead(of.unit.unit, of.campaign, symbol="TB"), "THÔNG BÁO", f"Kết quả đánh giá, xếp loại chất lượng {of.period}", (),
        tuple(blocks), signed(*head_of(of.unit.unit, of.campaign), note=""),
        (f"{called[0].upper()}{called[1:]} {row.person.full_name}", kept_at(of.unit.unit, of.campaign, "hồ sơ")),
    )  # fmt: skip


def decision_of(row: Evaluation) -> tuple[str, date | None]:
    """(number, day) of the decision her rating rests on: of the one that replaced it, if one did."""
    if row.rating is None:
        return "", None
    number = row.rating.text.removeprefix("Quyết định").strip()
    return number, row.rating.known_from


# --- pieces


def _who(of: Held, row: Evaluation) -> list[Block]:
    return [
        line("Họ và tên", row.person.full_name), line("Chức vụ, chức danh", of.posts.get(row.person_id, "")),
        line("Đơn vị công tác", of.unit.unit.name),
    ]  # fmt: skip


def _part(before: Iterable[Block], title: str) -> Heading:
    """`I. …`, `II. …`: numbered by the headings before it."""
    number = sum(isinstance(block, Heading) for block in before)
    return Heading(f"{('I', 'II', 'III', 'IV', 'V', 'VI')[number]}. {title}", 2)


def _form_line(of: Held, row: Evaluation, form: str) -> tuple[str, ...]:
    rules, (_, document) = of.regime(row), of.rests_on(row)
    named = rules.forms.get(form) if rules else None
    return (f"({named} kèm theo {document})",) if named else ()


def _months(of: Held, row: Evaluation) -> Grid:
    """Each month of the period with its general points, its task points, and where it was worked; the mean below."""
    held = {month.month: month for month in of.months.get(row.person_id, [])}
    heads = (
        Head("Tháng", width=22, align="center"), Head("Đơn vị theo dõi"), Head("Điểm tiêu chí chung", width=30, align="center"),
        Head("Điểm kết quả nhiệm vụ", width=32, align="center"), Head("Tổng điểm", width=26, align="center"),
    )  # fmt: skip
    rows: list[Row] = []
    for month in of.wanted_months:
        one = held.get(month)
        points = (general_of(one), one.score - general_of(one), one.score) if one else ()
        rows.append((_month(month), one.unit.name if one else "", *(map(decimal_text, points) if points else ("……",) * 3)))
    return Grid(heads, rows, totals=("", "Điểm trung bình của kỳ", "", "", score_text(row.score) or "……"))


def _grades(of: Held, row: Evaluation, given: str) -> Grid:
    heads = (
        Head("Mức xếp loại"), Head("Tự xếp loại", width=35, align="center"),
        Head("Cấp có thẩm quyền xếp loại", width=45, align="center"),
    )  # fmt: skip
    shown = [grade for grade in BEST_FIRST if grade != NOT_RATED or given == NOT_RATED]
    return Grid(heads, [(of.grade(row, grade), "X" if row.self_grade == grade else "", "X" if given == grade else "") for grade in shown])


def _tracked_grid(rules: Regime, row: Evaluation, shown: list[str], held: dict[str, TrackedMonth], most: Mapping[str, str]) -> Grid:
    roles = {row.role, *(held[month].role for month in shown if month in held)}
    heads = (
        Head("Nội dung"), Head("Điểm tối đa", width=18, align="center"),
        Head("Tháng", tuple(Head(month[-2:], width=13 if len(shown) > 1 else 30, align="center") for month in shown)),
    )  # fmt: skip
    rows: list[Row] = []
    group = ""
    for one in (one for one in rules.lines if one.applies == "all" or one.applies in roles):
        if one.group != group:
            rows.append(Group(one.group))
            group = one.group
        rows.append((_lettered(one), _most(one, most), *(_point(held.get(month), one) for month in shown)))
    rows.append(Group("Kết quả thực hiện nhiệm vụ (tỷ lệ phần trăm)"))
    for ratio in dict.fromkeys(one for role in sorted(roles) for one in rules.ratios_of(role, most)):  # type: ignore[arg-type]
        rows.append((f"{ratio.label}", "", *(_ratio(held.get(month), ratio) for month in shown)))
    rows.append(Group("Tổng hợp"))
    sums = [(told, general_of(told)) if (told := held.get(month)) else None for month in shown]
    rows.append(("Điểm tiêu chí chung", decimal_text(rules.general_points), *(decimal_text(s[1]) if s else "…" for s in sums)))
    rows.append(("Điểm kết quả nhiệm vụ", decimal_text(rules.task_points), *(decimal_text(s[0].score - s[1]) if s else "…" for s in sums)))
    totals = ("Tổng điểm", decimal_text(rules.general_points + rules.task_points), *(decimal_text(s[0].score) if s else "…" for s in sums))
    return Grid(heads, rows, totals=totals)


def general_of(month: TrackedMonth) -> Decimal:
    return sum((Decimal(text) for text in month.points.values()), Decimal(0))


def _lettered(one: Line) -> str:
    return f"{one.code}. {one.label}"


def _most(one: Line, own: Mapping[str, str]) -> str:
    if one.points is not None:
        return decimal_text(one.points)
    return own.get(one.code, "…").replace(".", ",")


def _point(month: TrackedMonth | None, one: Line) -> str:
    told = month.points.get(one.code) if month else None
    return "…" if told is None else decimal_text(Decimal(told))


def _ratio(month: TrackedMonth | None, ratio: TaskRatio) -> str:
    """As percent; a ratio the role of that month has not is no gap to fill."""
    if month is None:
        return "…"
    told = month.ratios.get(ratio.code)
    if told is None:
        return "–"
    share = Fraction(told) * 100
    return decimal_text(Decimal(share.numerator) / Decimal(share.denominator), places=2)


def _month(text: str) -> str:
    """`2026-03` → `03/2026`."""
    year, _, month = text.partition("-")
    return f"{month}/{year}"


__all__ = ["decision_of", "general_of", "notice", "self_assessment", "tracking"]
