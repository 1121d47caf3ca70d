"""What a posted form says of a duty → the entry of the log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from canbo.cases.changes import OF_A_MECHANISM, CaseRefused, Filed, Member, as_data, file_paper, introduce, take_step
from canbo.engine.procedures.model import BESIDES, DUTIES
from canbo.engine.procedures.replay import Entry
from canbo.web.cases.introducing import named_in
from canbo.web.cases.rollcall import attendance_of, members_from, seats_of
from canbo.web.cases.shown import CaseShown
from canbo.web.cases.typed import Typed, asks
from canbo.web.desk import Desk

OTHER_PAPER = "khac"


@dataclass(frozen=True)
class Writer:
    """Who carries a case out: the engine of cases, or a mechanism that writes what follows from a step in the same act."""

    take: Callable[..., Any] = take_step
    bring: Callable[..., Any] = introduce


ENGINE = Writer()


def step_taken(shown: CaseShown, typed: Typed, scan: tuple[str, bytes] | None, desk: Desk, writer: Writer = ENGINE) -> str:
    """One duty from the posted form; the sentence for the reader. Refusals pass through."""
    case, duty, seen = shown.view.case, typed.text("duty"), typed.text("seen")
    if case.kind in OF_A_MECHANISM and writer is ENGINE:
        raise CaseRefused(OF_A_MECHANISM[case.kind])
    if (duty not in DUTIES and duty not in BESIDES) or not (seen.isdecimal() and len(seen) < 7):
        raise CaseRefused("Không rõ việc cần làm; hãy tải lại trang.")
    on = typed.day("ngay")
    if on > desk.today:
        typed.errors["ngay"] = f"Ngày {on:%d/%m/%Y} chưa tới; hãy ghi ngày đã làm."
    if duty == "paper":
        paper = _paper(shown, typed, scan)
        typed.refuse_wrong()
        file_paper(pk=case.pk, paper=paper, on=on, seen=int(seen), **asks(desk))
        return "Đã ghi văn bản vào hồ sơ của việc."
    if duty == "introduce":
        named = named_in(typed, on, desk)
        typed.refuse_wrong()
        writer.bring(pk=case.pk, named=named, by=typed.text("gioithieu"), on=on, seen=int(seen), **asks(desk))
        return f"Đã giới thiệu thêm {len(named)} người vào danh sách của bước."
    data, members = _data(shown, duty, typed, desk)
    typed.refuse_wrong()
    entry = Entry(typed.text("step") if duty not in BESIDES else "", duty, on, data)
    writer.take(pk=case.pk, entry=entry, seen=int(seen), members=members, **asks(desk))
    return f"Đã ghi: {DUTIES.get(duty) or BESIDES[duty]}."


def _data(shown: CaseShown, duty: str, typed: Typed, desk: Desk) -> tuple[dict[str, Any], list[Member]]:
    text = typed.text
    match duty:
        case "convene":
            seats = seats_of(typed, desk)
            return as_data(**attendance_of(seats, typed)), members_from(seats, desk)
        case "conclude":
            return as_data(number=text("so")) | {"names": _names(typed.many("ten"))}, []
        case "count" | "recount":
            votes = {pk: typed.number(f"phieu-{pk}") or 0 for pk in shown.names}
            return as_data(
                board=typed.lines("ban"), issued=typed.number("phatra"), collected=typed.number("thuve"), valid=typed.number("hople"),
                votes={pk: number for pk, number in votes.items() if number or pk in shown.voted_on}, number=text("so"),
            ), []  # fmt: skip
        case "settle":
            return as_data(reason=text("lydo")) | {"names": _names(typed.many("ten"))}, []
        case "opinion":
            if text("khongcan"):
                return {"unless": True}, []
            dated = typed.day("ngayvb") if text("ngayvb") else None
            return as_data(kind=text("loai"), body=text("tochuc"), number=text("so"), dated=dated, conclusion=text("ketluan")), []
        case "decide":
            said = {pk: text(f"qd-{pk}") for pk in shown.view.state.names}
            refused = {pk: text(f"lydo-{pk}") for pk, word in said.items() if word == "khong"}
            return as_data(number=text("so")) | {"names": [pk for pk, word in said.items() if word == "co"], "refused": refused}, []
        case "return":
            return as_data(to=text("ve"), reason=text("lydo")), []
        case "withdraw":
            return as_data(reason=text("lydo")), []
    return as_data(number=text("so")), []


def _names(chosen: list[str]) -> list[int | str]:
    """Keys of names; what is none is left to the procedure, which says so."""
    return [int(text) if text.isdecimal() and len(text) < 19 else text for text in dict.fromkeys(chosen)]


def _paper(shown: CaseShown, typed: Typed, scan: tuple[str, bytes] | None) -> Filed:
    kind = typed.text("loai") if typed.text("loai") != OTHER_PAPER else typed.text("loaikhac")
    if not kind:
        typed.errors["loai"] = "Hãy chọn hoặc ghi loại văn bản."
    if not typed.text("ngayvb"):
        typed.errors["ngayvb"] = "Hãy ghi ngày của văn bản."
    of = typed.text("cua")
    name = int(of) if of.isdecimal() and len(of) < 10 and int(of) in shown.names else None
    return Filed(kind, typed.day("ngayvb"), typed.text("so"), typed.text("noilap"), name, scan)
