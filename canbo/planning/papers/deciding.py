"""Papers of the decision: the submission with reasons, the draft decision with its list, the notice of the result without reasons."""

from collections.abc import Sequence
from datetime import date

from canbo.assess.rolls import roman
from canbo.documents.grid import Grid, Group, Head, Row
from canbo.documents.paper import Block, Document, Paragraph
from canbo.kernel.text import clean
from canbo.planning.deciding import SUBMITS
from canbo.planning.papers.held import Held
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
    lowered,
    plain,
    signed,
    titled,
)
from canbo.planning.papers.review import numbers_grid, removals, structure, what_of, year_of
from canbo.planning.rounds import PlanningRefused


def submission(of: Held) -> Document:
    """From the unit to who decides: steps done with their days, numbers, who comes in, who leaves and why."""
    unit = of.home.unit
    to = issuer_of(of.round.unit, of.layout).name
    number, on = _submitted(of)
    blocks: list[Block] = [
        centred(f"Kính gửi: {to}", bold=False),
        *grounds(_rests_on(of), unit, of.layout),
        Paragraph(f"{issuer_of(unit, of.layout).name} trình {to} xem xét, phê duyệt kết quả {what_of(of.slates)} như sau:"),
        titled("1. Quy trình đã thực hiện"), *_walked(of),
        titled("2. Kết quả"), numbers_grid(of),
        titled("3. Đề nghị đưa vào quy hoạch"), *_people(of, "add"),
        titled("4. Đề nghị đưa ra khỏi quy hoạch"), *removals(of),
        titled("5. Số lượng, cơ cấu"), *structure(of),
        Paragraph(f"Kèm theo: danh sách trích ngang, danh sách rà soát, biên bản các bước. Đề nghị {to} xem xét, quyết định."),
    ]  # fmt: skip
    head = letterhead(unit, of.layout, symbol="TTr", number=number, on=on)
    return Document(
        head, "TỜ TRÌNH", f"Đề nghị phê duyệt kết quả {what_of(of.slates)}", (), tuple(blocks), signed(unit, of.layout),
        ("Như trên", kept_at(unit, of.layout)), text_size=13,
    )  # fmt: skip


def decision(of: Held) -> Document:
    """A draft until it is issued: number and day as recorded where one decision was written down, else left blank. No reasons.

    Where some lists were decided it is about those alone; a draft for others is made by choosing them.
    """
    of = of.only(of.decided_slates) if of.decided_slates else of
    level, unit = of.round.unit, of.home.unit
    people = of.layout.people(level)
    kept, added, removed = (of.count(standing, decided=True) for standing in ("keep", "add", "remove"))
    number, on = _decided(of)
    sent, sent_on = _submitted(of)
    told = f"Xét Tờ trình {f'số {sent}' if sent else f'số {SHORT}'}, ngày {day_text(sent_on)} của {issuer_of(unit, of.layout).name},"
    parts = [("Giữ trong quy hoạch", "keep", kept), ("Đưa vào quy hoạch", "add", added), ("Đưa ra khỏi quy hoạch", "remove", removed)]
    told_parts = [(label, standing, count) for label, standing, count in parts if count]
    counts = "; ".join(f"{lowered(label)} {count} {people}" for label, _, count in told_parts) or SHORT
    articles = [f"Phê duyệt kết quả {what_of(of.slates)} của {unit.name}: {counts} (có danh sách kèm theo)."]
    articles.append("Việc quản lý, công khai, sử dụng quy hoạch thực hiện theo quy định của cấp có thẩm quyền.")
    whom = f"{unit.name}, cơ quan, đơn vị liên quan và những người có tên trong danh sách"
    articles.append(f"{whom} chịu trách nhiệm thi hành Quyết định này.")
    blocks: list[Block] = [
        *grounds([*_rests_on(of), told], level, of.layout), centred("QUYẾT ĐỊNH:"),
        *(Paragraph(f"Điều {n}. {text}") for n, text in enumerate(articles, 1)),
    ]  # fmt: skip
    head = letterhead(level, of.layout, symbol="QĐ", number=number, on=on)
    annex = _annex(of, number, on, [(label, standing) for label, standing, _ in told_parts])
    return Document(
        head, "QUYẾT ĐỊNH", f"Phê duyệt kết quả {what_of(of.slates)} của {unit.name}", (), tuple(blocks), signed(level, of.layout),
        (f"Như Điều {len(articles)}", kept_at(level, of.layout)), annex=tuple(annex),
    )  # fmt: skip


def notice(of: Held) -> Document:
    """The result to the unit: who is in the plan, who comes in, who leaves – by name, never why. Raises PlanningRefused."""
    of = of.only(of.decided_slates)
    if not of.slates:
        raise PlanningRefused("Chưa có danh sách nào được quyết định nên chưa có kết quả để thông báo.")
    level, unit = of.round.unit, of.home.unit
    people, (number, on) = of.layout.people(level), _decided(of)
    kept, added, removed = (of.count(standing, decided=True) for standing in ("keep", "add", "remove"))
    blocks: list[Block] = [
        Paragraph(f"Căn cứ Quyết định số {number or SHORT}, ngày {day_text(on)} về kết quả {what_of(of.slates)},"),
        Paragraph(f"{issuer_of(level, of.layout).name} thông báo kết quả quy hoạch của {unit.name} như sau:"),
        plain(f"1. Giữ trong quy hoạch {kept} {people}; đưa vào quy hoạch {added} {people}; đưa ra khỏi quy hoạch {removed} {people}."),
        numbers_grid(of, decided=True),
        plain("2. Danh sách đưa vào quy hoạch:"), *_people(of, "add", decided=True),
        plain("3. Danh sách đưa ra khỏi quy hoạch:"), *_people(of, "remove", decided=True),
        Paragraph(f"{unit.name} thông báo đến từng người có tên và công khai trong phạm vi quy định."),
    ]  # fmt: skip
    return Document(
        letterhead(level, of.layout, symbol="TB"), "THÔNG BÁO", f"Kết quả {what_of(of.slates)} của {unit.name}", (), tuple(blocks),
        signed(level, of.layout), (issuer_of(unit, of.layout).name, kept_at(level, of.layout)), text_size=13,
    )  # fmt: skip


# --- pieces


def _rests_on(of: Held) -> list[str]:
    found = [f"Căn cứ {name};" for name in of.documents]
    return [*found, f"Căn cứ {of.round.order};"] if of.round.order else found or [f"Căn cứ {SHORT};"]


def _submitted(of: Held) -> tuple[str, date | None]:
    return _same(of, "submit", SUBMITS)


def _decided(of: Held) -> tuple[str, date | None]:
    return _same(of, "decide")


def _same(of: Held, duty: str, step: str = "") -> tuple[str, date | None]:
    """Number and day under which a duty was written down, where it is one and the same for all cases of the unit; else blank."""
    entries = [meeting.entry(duty, step) for meeting in of.meetings_of(*of.slates)]
    found = {(clean(one.data.get("number", "")), one.on) if one else None for one in entries}
    return (found.pop() or ("", None)) if len(found) == 1 else ("", None)


def _walked(of: Held) -> list[Block]:
    """The steps of each list's cases up to the submission, as they were carried out."""
    rows: list[Row] = []
    for slate in of.slates:
        for meeting in of.meetings_of(slate):
            rows.append(Group(meeting.case.name or slate.title.name))
            inside = [step.code for step in meeting.steps]
            last = inside.index(SUBMITS) if SUBMITS in inside else len(inside)
            done = [(step, on) for step, on in meeting.done() if inside.index(step.code) <= last]
            rows += [(n, step.label, step.body, day_text(on)) for n, (step, on) in enumerate(done, 1)]
    if not rows:
        return [plain(f"Các bước: {SHORT}")]
    return [Grid((NUMBER, Head("Bước"), Head("Nơi làm", width=60), Head("Ngày", width=26, align="center")), rows)]


def _people(of: Held, standing: str, *, decided: bool = False) -> list[Block]:
    grid = named_grid(of, standing, decided=decided)
    return [grid] if grid.rows else [plain("Không có.")]


def named_grid(of: Held, standing: str, *, decided: bool = False) -> Grid:
    """People of this standing, title by title: name, year, post – nothing that says why."""
    rows: list[Row] = []
    number = 0
    for slate in of.slates:
        people = of.of(slate, standing, decided=decided)
        rows += [Group(f"{slate.title.name}, nhiệm kỳ {slate.term.code} ({len(people)} người)")] if people else []
        for line in people:
            number += 1
            rows.append((number, line.person.full_name, year_of(line), of.posts.get(line.person_id, ""), line.get_plan_class_display()))
    heads = (
        NUMBER, NAME, Head("Năm sinh", width=16, align="center"), Head("Chức vụ, đơn vị công tác", width=72), Head("Đối tượng", width=24),
    )  # fmt: skip
    return Grid(heads, rows)


def _annex(of: Held, number: str, on: date | None, parts: Sequence[tuple[str, str]]) -> list[Block]:
    told = f"(kèm theo Quyết định số {number or SHORT}, ngày {day_text(on)})"
    blocks: list[Block] = [centred("DANH SÁCH"), centred(told, bold=False)] if parts else []
    for number_, (label, standing) in enumerate(parts, 1):
        blocks += [titled(f"{roman(number_)}. {label}"), named_grid(of, standing, decided=True)]
    return blocks
