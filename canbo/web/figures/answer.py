"""The answer of the desk: tables as shown, the chart beside them, and the same as a file."""

from dataclasses import dataclass

from canbo.assess.crosstab import cross_table, without_measures
from canbo.assess.statistics import series, statistics
from canbo.documents.charts import Chart, NothingToDraw, to_svg
from canbo.documents.paper import Document, Letterhead, Paragraph
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.figures import drawing
from canbo.web.figures.asked import Asked
from canbo.web.figures.screens import Screen, cross_screen, lines_of, list_screen, near_top, series_screen, wide_screen

MOST_TABLES = 6  # cross-tables on one page, one for each measure
WIDE = 9  # columns from which a paper is turned


@dataclass(frozen=True)
class Answer:
    """Tables in order, what stands over them, the chart where one is asked for, and why it could not be drawn."""

    screens: tuple[Screen, ...]
    lines: tuple[str, ...]
    chart: Chart | None = None
    chart_error: str = ""


def answer(asked: Asked, *, snapshot: Snapshot, desk: Desk) -> Answer:
    """Raises LanguageError, UnknownFact, Forbidden, each a sentence for the user."""
    if asked.column:
        return _crossed(asked, snapshot, desk)
    if asked.days:
        found = series(request=asked.request, days=asked.days, snapshot=snapshot, actor=desk.actor, scope=desk.scope)
        return _drawn(asked, (series_screen(found, asked),), found.where_text, lambda: drawing.lines(found, asked))
    report = statistics(request=asked.request, snapshot=snapshot, actor=desk.actor, scope=desk.scope)
    wide = asked.typed["kieu"] == "ngang" and report.request.measures and not report.request.compare_on
    screen = (wide_screen if wide else list_screen)(report, asked)
    return _drawn(asked, (screen,), report.where_text, lambda: drawing.bars(report, asked))


def _crossed(asked: Asked, snapshot: Snapshot, desk: Desk) -> Answer:
    measures = asked.request.measures[:MOST_TABLES] or ("",)
    tables = [
        cross_table(request=without_measures(asked.crossed, measure), snapshot=snapshot, actor=desk.actor, scope=desk.scope)
        for measure in measures
    ]
    draw = drawing.pyramid if asked.typed["hinh"] == "thap" else drawing.crossed
    screens = tuple(cross_screen(table, asked) for table in tables)
    return _drawn(asked, screens, tables[0].where_text, lambda: draw(tables[0], asked))


def _drawn(asked: Asked, screens: tuple[Screen, ...], where_text: str, draw) -> Answer:  # type: ignore[no-untyped-def]
    lines = lines_of(asked, where_text)
    screens = tuple(near_top(screen, whole=bool(asked.typed["cay"])) for screen in screens)
    if not asked.typed["hinh"]:
        return Answer(screens, lines)
    if asked.typed["hinh"] == "duong" and not asked.days:
        return Answer(screens, lines, chart_error="Biểu đồ đường cần nhiều mốc ngày; hãy ghi các mốc, ví dụ 2016-2020.")
    try:
        chart = draw()
        to_svg(chart)
    except NothingToDraw as error:
        return Answer(screens, lines, chart_error=str(error))
    return Answer(screens, lines, chart)


def document(found: Answer, *, desk: Desk, agency: str, side: str) -> Document:
    """The tables as a paper: letterhead, title, what is counted, each table with its checks beneath."""
    blocks: list[object] = []
    for screen in found.screens:
        if len(found.screens) > 1:
            blocks.append(Paragraph(screen.caption, bold=True, indent=False, keep_with_next=True))
        blocks.append(screen.grid)
        blocks += [Paragraph(f"Tổng kiểm tra: {check}.", italic=True, indent=False, size=11) for check in screen.checks]
        blocks += [Paragraph(note, italic=True, indent=False, size=11) for note in screen.notes]
    width = max(len(screen.flat_heads) for screen in found.screens)
    return Document(
        letterhead=Letterhead(side, agency or "CƠ QUAN", on=desk.today), kind="BẢNG THỐNG KÊ", title=found.screens[0].caption,
        lines=found.lines, blocks=tuple(blocks), landscape=width > WIDE, size="A3" if width > 2 * WIDE else "A4",  # type: ignore[arg-type]
        numbered=False, text_size=11,
    )  # fmt: skip
