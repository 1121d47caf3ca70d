"""Papers of a step to be printed: the ballot paper, the counting board's minutes, the minutes, the summary – numbers left blank."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from canbo.audit.changes import record_read
from canbo.cases.models import CaseEntry, CaseName
from canbo.cases.orders import ballot_order, result_order
from canbo.documents.grid import Grid, Head
from canbo.documents.paper import PARTY, STATE, Block, Document, Letterhead, Paragraph, Signature
from canbo.documents.word import to_docx
from canbo.engine.procedures.ballots import Attendance
from canbo.engine.procedures.model import BASES, Step
from canbo.kernel.text import slug
from canbo.organization.issuing import committee_at, place_of, superior_of
from canbo.organization.models import Unit
from canbo.web.cases.shown import CaseShown, case_shown
from canbo.web.cases.slips import Slip, blocks_of, called_grid, page_to_cut
from canbo.web.cases.typed import NoCase, found_case
from canbo.web.desk import Desk, page
from canbo.web.papers.answers import download

BLANK = "……"
SUMMARY = "tong-hop"
_NUMBER = Head("STT", width=12, align="center")
LINE = "………………………………………………………………………………"


@dataclass(frozen=True)
class Printed:
    """What a paper is made of: the case, the step, and what the log says of that step."""

    shown: CaseShown
    step: Step
    entries: Mapping[str, CaseEntry]  # duty → the last line of the log for this step

    def said(self, duty: str) -> Mapping[str, Any]:
        entry = self.entries.get(duty)
        return entry.data if entry else {}

    def number(self, duty: str, key: str) -> str:
        found = self.said(duty).get(key)
        return BLANK if found is None else str(found)

    @property
    def voted_on(self) -> list[tuple[int, str]]:
        """Names on the slip, in their due order: those who went on from the step the candidates come from, else the list of the
        case; and those introduced at this step."""
        state = self.shown.view.state
        due = self.shown.view.due_step
        now = due is not None and due.code == self.step.code
        earlier = (*state.passed.get(self.step.candidates, state.listed), *state.introduced.get(self.step.code, ()))
        return self.shown.named(self.shown.voted_on if now else earlier)


@dataclass(frozen=True)
class Form:
    label: str
    make: Callable[[Printed], Document]
    votes: bool = False  # only of a step that votes
    slip: bool = False  # what a voter holds: never with a number or a name on it


@page("cases.read")
def form_file(request: HttpRequest, desk: Desk, case: int, case_form: str) -> HttpResponse:
    """One paper as docx; `?buoc=` the step, else the one that is due."""
    if found_case(case, desk).status == "outside":
        raise NoCase
    if case_form not in FORMS:
        raise Http404
    shown = case_shown(case, desk)
    if not shown.view.steps:
        raise NoCase
    due = shown.view.due_step or shown.view.steps[-1]
    step = next((step for step in shown.view.steps if step.code == request.GET.get("buoc")), due)
    form = FORMS[case_form]
    if form.votes and step.ballot is None:  # a paper of counting for a step without a ballot: the next one that votes
        step = next((one for one in shown.view.steps if one.ballot), step)
    record_read(actor=desk.actor, what="case.form", at=desk.now, count=len(shown.names), detail=f"{case} {case_form}")
    name, document = _made(shown, step, form)
    return download(to_docx(document), filename=name)


def case_papers(case: int, forms: Collection[str], desk: Desk) -> list[tuple[str, Document]]:
    """(file name, paper) of these forms for every step of a case they are made for, step by step."""
    shown = case_shown(case, desk)
    wanted = [(code, form) for code, form in FORMS.items() if code in forms]
    found = [_made(shown, step, form) for step in shown.view.steps for code, form in wanted if code != SUMMARY and _is_of(step, form)]
    return found + [_made(shown, shown.view.steps[-1], form) for code, form in wanted if code == SUMMARY]


def _is_of(step: Step, form: "Form") -> bool:
    return step.ballot is not None if form.votes else "convene" in step.duties


def _made(shown: CaseShown, step: Step, form: "Form") -> tuple[str, Document]:
    entries = {entry.duty: entry for entry in shown.entries if entry.step == step.code}
    name = slug(f"{form.label} {step.label}")[:60].replace("_", "-")
    return f"{name}.docx", form.make(Printed(shown, step, entries))


# --- the papers


def _slip(of: Printed) -> Document:
    """`Đồng ý`, `Không đồng ý` beside each name, A, B, C by given name; no place for who votes. Signed or not only where the
    procedure says so."""
    slip = _slip_of(of)
    return _paper(of, slip.kind, slip.title, blocks_of(slip), numbered=False)


def _slips_to_cut(of: Printed) -> Document:
    return page_to_cut(_slip_of(of), _slip(of))


def _slip_of(of: Printed) -> Slip:
    ballot = of.step.ballot
    names = tuple(name for _, name in ballot_order(of.voted_on))
    most = ballot.choose * of.shown.view.state.seats if ballot else 1
    signed = ballot is not None and ballot.kind == "slip"
    return Slip(_slip_kind(of), _what(of), _of(of), names, most, signed, of.step.introduces)


def _slip_kind(of: Printed) -> str:
    """Where other steps of the procedure may bring somebody forward, one that may not votes on those brought forward."""
    if of.step.ballot and not of.step.ballot.rules:
        return "PHIẾU LẤY Ý KIẾN"
    votes = not of.step.introduces and any(step.introduces for step in of.shown.view.steps)
    return "PHIẾU BIỂU QUYẾT" if votes else "PHIẾU GIỚI THIỆU"


def _called(of: Printed) -> Document:
    """Who is called to a step, to be signed at the door; as the roll call stands, or blank rows."""
    entry = of.entries.get("convene")
    members = list(of.shown.view.case.members.filter(entry=entry.number).order_by("pk")) if entry else []
    lines = (f"({of.step.label}; ngày {_day(of, 'convene')})",)
    blocks: list[Block] = [Paragraph(f"Thành phần: {of.step.body}.", indent=False), called_grid(members), Paragraph(_came(of))]
    return _paper(of, "DANH SÁCH TRIỆU TẬP", _what(of), blocks, lines=lines, numbered=False, signature=Signature(("NGƯỜI LẬP",)))


def _count(of: Printed) -> Document:
    """Minutes of the counting board with what the second count says, the most votes first; as on the slip and blank where nothing
    is written down yet."""
    duty = "recount" if "recount" in of.entries else "count"
    votes = {int(pk): number for pk, number in of.said(duty).get("votes", {}).items()}
    keys = {pk for pk, _ in of.voted_on} | set(votes)
    names = [(pk, name) for pk, name in of.shown.names.items() if pk in keys]
    listed = result_order(names, votes) if votes else ballot_order(names)
    rows: list[Any] = [[n, name, votes.get(pk, ""), ""] for n, (pk, name) in enumerate(listed, 1)]
    base = BASES[of.step.ballot.base] if of.step.ballot else "số người có mặt"
    heads = (
        _NUMBER, Head("Họ và tên"), Head("Số phiếu đồng ý", width=30, align="center"),
        Head(f"Tỷ lệ trên {base}", width=40, align="center"),
    )  # fmt: skip
    for row in rows:
        row[3] = _share(row[2], of)
    board = ", ".join(of.said(duty).get("board", ())) or LINE
    blocks: list[Block] = [
        Paragraph(f"Hôm nay, ngày {_day(of, duty)}, tại {of.step.label.lower()}, ban kiểm phiếu gồm: {board}.", align="left"),
        Paragraph(_came(of)),
        Paragraph(_slips(of, duty)),
        Paragraph("Kết quả kiểm phiếu:", keep_with_next=True), Grid(heads, rows),
        Paragraph("Phiếu được kiểm hai lần, hai lần khớp nhau." if "recount" in of.entries else "Phiếu được kiểm hai lần."),
        Paragraph(f"Biên bản lập theo {_cited(of)}."),
    ]  # fmt: skip
    behalf = "T/M" if _issuer(of).block == "dang" else "TM."
    return _paper(of, "BIÊN BẢN", f"Kiểm phiếu: {_what(of)}", blocks, signature=Signature((f"{behalf} BAN KIỂM PHIẾU", "TRƯỞNG BAN")))


def _minutes(of: Printed) -> Document:
    passed = next((one.passed for one in of.shown.steps if one.step.code == of.step.code), ())
    result = (", ".join(passed) if passed else LINE) if of.step.duties[0] != "submit" else LINE
    blocks: list[Block] = [
        Paragraph(f"1. Thời gian: ngày {_day(of, 'convene')}. Địa điểm: {BLANK}"), Paragraph(f"2. Thành phần: {of.step.body}."),
        Paragraph(_came(of)),
        Paragraph(f"3. Nội dung: {_what(of)}, bước “{of.step.label}” theo {_cited(of)}."),
        Paragraph("Danh sách được xem xét: " + "; ".join(name for _, name in of.voted_on) + "."),
        *([Paragraph(f"Được giới thiệu thêm tại hội nghị: {named}.")] if (named := _introduced(of)) else []),
        Paragraph(f"4. Ý kiến: {BLANK}"), Paragraph(LINE),
        Paragraph(f"5. Kết quả: {result}.", align="left"), Paragraph("Biên bản được đọc lại và hội nghị thống nhất."),
    ]  # fmt: skip
    return _paper(
        of, "BIÊN BẢN", f"{of.step.label}: {_what(of)}", blocks, signature=Signature(("CHỦ TRÌ",)), second=Signature(("THƯ KÝ",)),
    )  # fmt: skip


def _summary(of: Printed) -> Document:
    """Names × steps with the votes of each step, as far as the log goes; first who had the most votes at the last of them."""
    shown = of.shown
    voting = [step for step in shown.view.steps if step.ballot]
    counts = _last_counts(shown)
    votes_of = [Head("Số phiếu đồng ý qua các bước", tuple(Head(step.label, align="center") for step in voting))] if voting else []
    heads = (_NUMBER, Head("Họ và tên", width=55), *votes_of, Head("Kết quả", width=40))
    rows: list[Any] = []
    for n, (row, outcome) in enumerate(_by_votes(shown.people, [counts[s.code] for s in voting if s.code in counts]), 1):
        votes = [_cell(counts.get(step.code), row.pk) for step in voting]
        rows.append([n, shown.names[row.pk], *votes, outcome if row.outcome or shown.view.due_step else "không được chọn"])
    blocks = (Grid(heads, rows),)
    lines = (f"({shown.view.case.unit.name}; bắt đầu ngày {shown.view.case.opened_on:%d/%m/%Y})",)
    title, signature = f"Kết quả các bước: {_what(of)}", Signature(("NGƯỜI LẬP",))
    return _paper(of, "BẢNG TỔNG HỢP", title, blocks, lines=lines, landscape=True, numbered=False, signature=signature)


FORMS: Mapping[str, Form] = {
    "trieu-tap": Form("Danh sách triệu tập", _called), "phieu": Form("Phiếu", _slip, True, True),
    "phieu-cat": Form("Phiếu để cắt, nhiều phiếu một trang", _slips_to_cut, True, True),
    "kiem-phieu": Form("Biên bản kiểm phiếu", _count, True),
    "bien-ban": Form("Biên bản hội nghị", _minutes), SUMMARY: Form("Bảng tổng hợp", _summary),
}  # fmt: skip


# --- pieces


def _paper(
    of: Printed, kind: str, title: str, blocks: Iterable[Block], *, lines: tuple[str, ...] = (), numbered: bool = True,
    landscape: bool = False, signature: Signature | None = None, second: Signature | None = None,
) -> Document:  # fmt: skip
    unit = _issuer(of)
    head = Letterhead(PARTY if unit.block == "dang" else STATE, unit.name.upper(), superior_of(unit).upper(), place_of(unit))
    return Document(
        head, kind, title, lines, tuple(blocks), signature, landscape=landscape, second_signature=second, numbered=numbered,
    )  # fmt: skip


def _issuer(of: Printed) -> Unit:
    """Planning is the Party's work: at a place its committee issues, where the tree of units has one."""
    case = of.shown.view.case
    return (committee_at(case.unit) if case.kind == "planning" else None) or case.unit


def _what(of: Printed) -> str:
    return of.shown.view.case.name


def _of(of: Printed) -> str:
    return f"{of.step.label}, {_cited(of)}."


def _cited(of: Printed) -> str:
    """What a paper rests on: for a step known from memory alone, the document its opener named."""
    return of.shown.cited(of.step) if of.step.cite.verified else of.shown.view.case.basis or of.shown.cited(of.step)


def _introduced(of: Printed) -> str:
    """`Quàng Thị Mới (Tổ 3)`, one after the other; who was sent back is not told."""
    here, found = of.shown.view.state.introduced.get(of.step.code, ()), dict[int, str]()
    for entry in of.shown.entries:
        if entry.duty == "introduce":
            found |= {pk: entry.data.get("by", "") for pk in entry.data.get("names", ()) if pk in here}
    return "; ".join(f"{of.shown.names[pk]} ({by})" for pk, by in found.items())


def _day(of: Printed, duty: str) -> str:
    entry = of.entries.get(duty)
    return f"{entry.on:%d/%m/%Y}" if entry else f"{BLANK} tháng {BLANK} năm {BLANK}"


def _slips(of: Printed, duty: str) -> str:
    issued, collected, valid = (of.number(duty, key) for key in ("issued", "collected", "valid"))
    return f"Số phiếu phát ra: {issued}; số phiếu thu về: {collected}; số phiếu hợp lệ: {valid}."


def _came(of: Printed) -> str:
    excused = of.said("convene").get("excused")
    told = f"; vắng bất khả kháng: {excused}" if excused else ""
    return f"Số người được triệu tập: {of.number('convene', 'convened')}; có mặt: {of.number('convene', 'present')}{told}."


def _share(votes: Any, of: Printed) -> str:
    """As `6/10`: a share of few people is not a percentage."""
    attendance = of.said("convene")
    if votes == "" or not attendance or of.step.ballot is None:
        return ""
    numbers = {name: int(attendance.get(name, 0)) for name in ("convened", "present", "members", "excused")}
    base = Attendance(**numbers, excused_out=of.shown.excused_out).base(of.step.ballot.base)
    return f"{votes}/{base}"


def _last_counts(shown: CaseShown) -> Mapping[str, Mapping[str, Any]]:
    """Step → votes of its last second count, of steps not sent back since."""
    stands = {one.step.code for one in shown.steps if one.state}
    return {entry.step: entry.data.get("votes", {}) for entry in shown.entries if entry.duty == "recount" and entry.step in stands}


def _by_votes(people: list[tuple[CaseName, str]], counts: list[Mapping[str, Any]]) -> list[tuple[CaseName, str]]:
    """Who went furthest first, then by votes; with as many, in the order of the list."""
    return sorted(people, key=lambda one: [-int(votes.get(str(one[0].pk), -1)) for votes in reversed(counts)])


def _cell(votes: Mapping[str, Any] | None, pk: int) -> str:
    return "" if votes is None else str(votes.get(str(pk), "–"))
