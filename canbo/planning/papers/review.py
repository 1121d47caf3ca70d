"""What the yearly review found: everybody against each condition with its article; the report with numbers, structure, comments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from canbo.documents.grid import Grid, Group, Head, Row
from canbo.documents.paper import Block, Document, Paragraph, Signature
from canbo.engine.structures.model import STATES, Reading
from canbo.planning.judging import AGE, PURPOSES, TITLE, Judged, plans_for, sentences
from canbo.planning.models import Line, Slate
from canbo.planning.numbers import cited
from canbo.planning.papers.held import STANDS, Held
from canbo.planning.papers.pieces import (
    NAME,
    NUMBER,
    SHORT,
    centred,
    day_text,
    grounds,
    issuer_of,
    kept_at,
    letterhead,
    plain,
    signed,
    titled,
    written,
)
from canbo.planning.rounds import PlanningRefused

RULE = "rule"
MARKS = {"": "Đạt", "no": "Chưa", "unknown": "Thiếu", "waived": "Miễn"}
CONCLUSIONS = {"yes": "Đủ", "no": "Không đủ", "unknown": "Thiếu hồ sơ"}
_YEAR = Head("Năm sinh", width=15, align="center")
WIDE_BEYOND = 12  # more conditions than this no longer lie side by side on A4


@dataclass(frozen=True)
class Condition:
    """One column: what is asked, by which article. `later` = may be completed before she takes the post."""

    standard: str
    code: str
    label: str
    cite: str
    later: bool = False


def conditions_of(slate: Slate, of: Held) -> list[Condition]:
    """Everything in force that a list asks of its people: planning, age, the standard of the title – each on its own day."""
    found: dict[tuple[str, str], Condition] = {}
    for purpose in (*PURPOSES[slate.kind], TITLE):
        on = slate.age_on if purpose in AGE else of.round.on
        for plan in plans_for(purpose, slate.title.code, laws=of.laws, on=on):
            for one, _ in plan.criteria if plan.version else ():
                if one.active and one.severity == "block":
                    cite = f"{of.laws.documents[one.cite.document].name}, {one.cite.article}"
                    key = (plan.standard.code, one.code)
                    found[key] = Condition(*key, one.label, cite, one.fixable_before)
    return list(found.values())


def reviewed(of: Held) -> Document:
    """Everybody who stays or comes in against each condition; who is not met in words below. Raises PlanningRefused."""
    if of.closed:
        raise PlanningRefused(f"Chưa lập được danh sách rà soát: {of.closed}")
    asked = {slate.pk: conditions_of(slate, of) for slate in of.slates}
    columns = list(dict.fromkeys(one for found in asked.values() for one in found))
    key = f"Đạt; Chưa = chưa đạt; Thiếu = thiếu hồ sơ; Miễn = trường hợp đặc biệt.{_later(columns)}"
    blocks: list[Block] = [_matrix(of, columns, asked), plain(key), titled("Điều kiện, tiêu chuẩn được xét"), _legend(columns)]
    blocks += _not_met(of)
    unit = of.home.unit
    return Document(
        letterhead(unit, of.layout), "DANH SÁCH RÀ SOÁT", f"Tiêu chuẩn, điều kiện quy hoạch của {unit.name}",
        (f"({of.round.name}; xét đến ngày {day_text(of.round.on)})",), tuple(blocks), signed(unit, of.layout), landscape=True,
        size="A3" if len(columns) > WIDE_BEYOND else of.layout.size, second_signature=Signature(("NGƯỜI LẬP DANH SÁCH",)), numbered=False,
        text_size=11,
    )  # fmt: skip


def _later(columns: Iterable[Condition]) -> str:
    return " Điều kiện có dấu * được hoàn thiện trước khi giữ chức vụ." if any(one.later for one in columns) else ""


def _matrix(of: Held, columns: Sequence[Condition], asked: Mapping[int, Sequence[Condition]]) -> Grid:
    numbers = tuple(Head(f"{n}{'*' if one.later else ''}", width=12.5, align="center") for n, one in enumerate(columns, 1))
    heads = (
        NUMBER, NAME, Head("Năm sinh", width=13, align="center"), Head("Chức vụ, đơn vị", width=44),
        *((Head("Điều kiện, tiêu chuẩn", numbers),) if numbers else ()), Head("Kết luận", width=20, align="center"),
    )  # fmt: skip
    rows: list[Row] = []
    number = 0
    for slate in of.slates:
        people = of.of(slate, *STANDS)
        rows += [Group(f"{slate.title.name}, nhiệm kỳ {slate.term.code} ({len(people)} người)")] if people else []
        for line in people:
            number += 1
            judged = of.judged[slate.pk].get(line.person_id)
            marks = [_mark(judged, one, one in asked[slate.pk]) for one in columns]
            rows.append((number, line.person.full_name, year_of(line), of.posts.get(line.person_id, ""), *marks, _conclusion(judged)))
    return Grid(heads, rows)


def year_of(line: Line) -> str:
    return line.person.birth.display[-4:] if line.person.birth else ""


def _mark(judged: Judged | None, condition: Condition, asked: bool) -> str:
    """Unknown is not no; what is not asked of her title stays empty."""
    if not asked or judged is None or not judged.here:
        return ""
    found = next((r for r in judged.reasons if (r.standard, r.code) == (condition.standard, condition.code)), None)
    if found is None:
        return MARKS[""]
    return MARKS["waived" if judged.paper_for(found) else found.verdict]


def _conclusion(judged: Judged | None) -> str:
    if judged is None:
        return ""
    if judged.verdict == "yes" and judged.ungrounded:
        return "Chưa đủ căn cứ"
    return CONCLUSIONS[judged.verdict]


def _legend(columns: Sequence[Condition]) -> Grid:
    heads = (Head("Số", width=12, align="center"), Head("Nội dung"), Head("Căn cứ", width=95))
    return Grid(heads, [(f"{n}{'*' if one.later else ''}", one.label, one.cite) for n, one in enumerate(columns, 1)])


def _not_met(of: Held) -> list[Block]:
    """Who does not meet what, each with its article; number and titles too, which are asked beside the standards."""
    told: list[Block] = []
    for slate in of.slates:
        for line in of.of(slate, *STANDS):
            judged = of.judged[slate.pk].get(line.person_id)
            if judged is None:
                continue
            ruled = [r for r in judged.reasons if r.purpose == RULE and r not in judged.against]
            found = sentences([*judged.against, *judged.open, *judged.to_complete, *ruled])
            away = [] if judged.here else ["không còn công tác trong phạm vi quản lý"]
            if found or away:
                told.append(plain(f"- {line.person.full_name} ({slate.title.name}, {slate.term.code}): {'; '.join([*away, *found])}."))
    return [titled("Nội dung chưa đạt, thiếu hồ sơ"), *told] if told else []


# --- the yearly report


def report(of: Held) -> Document:
    """Who stays, who leaves and why, who comes in; structure against its targets; the head's comments annexed.

    It goes to the level that decides: reasons stand in it.
    """
    unit, people = of.home.unit, of.layout.people(of.home.unit)
    opening = "" if len(of.decided_slates) == len(of.slates) else "Danh sách chưa quyết định tính theo đề nghị: "
    keep, out, more = (of.count(standing, decided=True) for standing in ("keep", "remove", "add"))
    blocks: list[Block] = [
        *grounds([f"Thực hiện {of.round.order}," if of.round.order else f"Thực hiện {SHORT},"], unit, of.layout),
        Paragraph(f"{unit.name} báo cáo kết quả {what_of(of.slates)} như sau:"),
        titled("1. Kết quả rà soát"),
        plain(
            f"{opening}giữ {keep} {people}; đưa ra khỏi quy hoạch {out} {people}; bổ sung {more} {people} (tính theo từng danh sách)."
        ),
        numbers_grid(of, decided=True),
        titled("2. Đưa ra khỏi quy hoạch, lý do"), *removals(of, decided=True),
        titled("3. Bổ sung vào quy hoạch"), *_added(of),
        titled("4. Số lượng, cơ cấu so với quy định, chỉ tiêu"), *structure(of),
        titled("5. Đánh giá chung, kiến nghị"), *written(""),
    ]  # fmt: skip
    return Document(
        letterhead(unit, of.layout, symbol="BC"), "BÁO CÁO", f"Kết quả {what_of(of.slates)}", (), tuple(blocks), signed(unit, of.layout),
        (issuer_of(of.round.unit, of.layout).name, kept_at(unit, of.layout)), text_size=13, annex=tuple(_comments(of)),
    )  # fmt: skip


def what_of(slates: Iterable[Slate]) -> str:
    """`rà soát, bổ sung quy hoạch nhiệm kỳ 2025-2030; xây dựng quy hoạch nhiệm kỳ 2030-2035`."""
    found = list(slates)
    told = []
    for kind, words in (("current", "rà soát, bổ sung quy hoạch nhiệm kỳ"), ("next", "xây dựng quy hoạch nhiệm kỳ")):
        if terms := terms_of(one for one in found if one.kind == kind):
            told.append(f"{words} {terms}")
    return "; ".join(told) or "rà soát, bổ sung quy hoạch"


def terms_of(slates: Iterable[Slate]) -> str:
    return ", ".join(sorted({one.term.code for one in slates}))


def numbers_grid(of: Held, *, decided: bool = False) -> Grid:
    """List by list: who stays, comes in, leaves, and how many stand on it then."""
    heads = (
        NUMBER, Head("Chức danh"), Head("Nhiệm kỳ", width=24, align="center"),
        *(Head(text, width=17, align="center") for text in ("Giữ", "Đưa vào", "Đưa ra", "Tổng số")),
    )  # fmt: skip
    rows: list[Row] = []
    for number, slate in enumerate(of.slates, 1):
        keep, add, out = (len(of.of(slate, standing, decided=decided)) for standing in ("keep", "add", "remove"))
        rows.append((number, slate.title.name, slate.term.code, keep, add, out, keep + add))
    sums = [sum(int(row[at]) for row in rows if not isinstance(row, Group)) for at in range(3, 7)]  # type: ignore[call-overload]
    return Grid(heads, rows, totals=("", "Cộng", "", *sums))


def removals(of: Held, *, decided: bool = False) -> list[Block]:
    """Who is to leave with the reason and its paper: only in papers for the level that decides."""
    rows: list[Row] = []
    for slate in of.slates:
        for line in of.of(slate, "remove", decided=decided):
            why = "; ".join(filter(None, (line.ground, line.ground_document))) or SHORT
            rows.append((len(rows) + 1, line.person.full_name, year_of(line), f"{slate.title.name}, {slate.term.code}", why))
    heads = (NUMBER, NAME, _YEAR, Head("Chức danh, nhiệm kỳ", width=42), Head("Lý do, căn cứ", width=55))
    return [Grid(heads, rows)] if rows else [plain("Không có.")]


def _added(of: Held) -> list[Block]:
    rows: list[Row] = []
    for slate in of.slates:
        for line in of.of(slate, "add", decided=True):
            post = of.posts.get(line.person_id, "")
            rows.append((len(rows) + 1, line.person.full_name, year_of(line), post, f"{slate.title.name}, {slate.term.code}"))
    heads = (NUMBER, NAME, _YEAR, Head("Chức vụ, đơn vị", width=55), Head("Chức danh, nhiệm kỳ", width=42))
    return [Grid(heads, rows)] if rows else [plain("Không có.")]


def structure(of: Held) -> list[Block]:
    """Each rule of number and structure with what it found, by term; without a number in force it says so."""
    blocks: list[Block] = []
    for (term, age_on), readings in of.readings:
        rows: list[Row] = [_reading(one, of) for one in readings if one.state != "unset"]
        heads = (
            Head("Nội dung", width=42), Head("Danh sách", width=30), Head("Kết quả", width=38), Head("So với quy định", width=20),
            Head("Căn cứ", width=35),
        )  # fmt: skip
        told = f"Nhiệm kỳ {term} (tuổi tính tháng {age_on:%m/%Y}):"
        blocks += [Paragraph(told, indent=False, space_after=3, keep_with_next=True), Grid(heads, rows)]
    return blocks or [plain("Chưa có quy định về số lượng, cơ cấu để đối chiếu.")]


def _reading(one: Reading, of: Held) -> Row:
    titles = {slate.pk: slate.title.name for slate in of.slates}
    where = "cả đơn vị" if one.rule.over == "unit" else ", ".join(titles[pk] for pk in one.lists)
    label = f"{one.rule.label}{f': {one.part}' if one.part else ''}"
    return label, where, one.text, STATES[one.state], cited(one.rule.cite, of.laws)


def _comments(of: Held) -> list[Block]:
    """Phụ lục: what the head wrote on each person; a dotted line where nothing is written yet."""
    rows: list[Row] = []
    for slate in of.slates:
        people = of.of(slate, *STANDS, "remove")
        rows += [Group(f"{slate.title.name}, nhiệm kỳ {slate.term.code}")] if people else []
        rows += [
            (n, line.person.full_name, line.get_standing_display(), line.comment.strip() or SHORT, day_text(line.commented_on))
            for n, line in enumerate(people, 1)
        ]  # fmt: skip
    if not rows:
        return []
    heads = (
        NUMBER, NAME, Head("Đề nghị", width=18), Head("Nhận xét của người đứng đầu", width=70), Head("Ngày", width=24, align="center"),
    )  # fmt: skip
    return [centred("PHỤ LỤC"), centred("Nhận xét của người đứng đầu về từng người trong quy hoạch"), Grid(heads, rows)]
