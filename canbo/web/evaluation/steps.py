"""The two cases of a unit carried out on its page: what is due, the form of that duty, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from canbo.cases.changes import as_data
from canbo.cases.models import Case, CaseEntry
from canbo.cases.queries import CaseView, log_of, view
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.model import BESIDES, DUTIES, Step
from canbo.engine.procedures.replay import STATUSES, Entry
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.deciding import WHOM, take_evaluation_step
from canbo.evaluation.held import CASES, cases_of
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.kernel.dates import PartialDate
from canbo.web.desk import Desk
from canbo.web.evaluation.rows import Row
from canbo.web.evaluation.view import Typed, asks, reads

# Where a duty has words of its own in an evaluation.
SAID = {"submit": "Ghi đã nộp", "convene": "Ghi số người dự họp", "conclude": "Ghi kết luận cuộc họp", "opinion": "Ghi ý kiến",
        "decide": "Ghi quyết định xếp loại", "notify": "Ghi đã thông báo"}  # fmt: skip


@dataclass(frozen=True)
class Done:
    """A line of the log in words."""

    on: date
    what: str
    told: str


@dataclass(frozen=True)
class Decision:
    """A person whose grade is to be decided, the grade the form begins with, and why she is left out when she is."""

    pk: int
    name: str
    options: list[tuple[str, str]]
    grade: str
    why: str = ""


@dataclass(frozen=True)
class CaseShown:
    """One case for the page: its view, the log, what was typed, the people to decide on."""

    view: CaseView
    label: str
    log: list[Done]
    seen: int
    typed: Mapping[str, str]
    error: str
    rows: list[Row] = field(default_factory=list)
    url: str = ""

    @property
    def steps(self) -> list[tuple[Step, str, date | None]]:
        """(step, state, day done)."""
        done, due = self.view.state.done_on, self.view.due_step
        now = due.code if due else ""
        return [
            (step, "done" if step.code in done else "due" if step.code == now else "", done.get(step.code)) for step in self.view.steps
        ]

    @property
    def status(self) -> str:
        return STATUSES.get(self.view.case.status, self.view.case.status)

    @property
    def may_do(self) -> bool:
        return self.view.due_duty in self.view.may

    @property
    def may_return(self) -> bool:
        return "return" in self.view.may and bool(self.log)

    @property
    def button(self) -> str:
        return SAID.get(self.view.due_duty, "Ghi")

    @property
    def decisions(self) -> list["Decision"]:
        """Everybody of the case not decided yet, with the grade typed, else proposed by the head, else by the regime."""
        return [
            Decision(
                row.of.pk, row.of.person.full_name, row.options,
                self.typed.get(f"qd-{row.of.pk}") or row.of.chosen or row.of.proposed, self.typed.get(f"ld-{row.of.pk}", ""),
            )
            for row in self.rows
        ]  # fmt: skip

    @property
    def back(self) -> list[Step]:
        return [step for step in self.view.steps if step.code in self.view.state.done_on or step is self.view.due_step]


def cases_shown(home: CampaignUnit, rows: list[Row], typed: Typed | None, error: str, desk: Desk) -> list[CaseShown]:
    return [_shown(case, home, rows, typed, error, desk) for case in cases_of(home)]


def _shown(case: Case, home: CampaignUnit, rows: list[Row], typed: Typed | None, error: str, desk: Desk) -> CaseShown:
    of, log = view(pk=case.pk, on=desk.today, **reads(desk)), log_of(case=case, **reads(desk))
    mine = typed is not None and typed.text("case") == str(case.pk)
    considered = {name.person_id for name in case.names.all() if name.pk in of.state.names}
    label = next(WHOM[group] for group, column in CASES.items() if getattr(home, f"{column}_id") == case.pk)
    label = label[0].upper() + label[1:]
    return CaseShown(
        of, label, [_done(entry, of) for entry in log], len(log), typed.data if mine and typed else {}, error if mine else "",
        [row for row in rows if row.of.person_id in considered], _case_url(case),
    )  # fmt: skip


def _case_url(case: Case) -> str:
    try:
        return reverse("case", args=[case.pk])
    except NoReverseMatch:
        return ""


def _done(entry: CaseEntry, of: CaseView) -> Done:
    step = next((step.label for step in of.steps if step.code == entry.step), "")
    what = DUTIES.get(entry.duty) or BESIDES.get(entry.duty, entry.duty)
    return Done(entry.on, f"{step}: {what}" if step else what[:1].upper() + what[1:], _told(entry.data))


def _told(data: Mapping[str, Any]) -> str:
    """The numbers and papers of an entry in words; people are named in the list only."""
    said = []
    if "convened" in data:
        said.append(f"có mặt {data.get('present', 0)}/{data['convened']}")
    words = (("body", ""), ("number", "số"), ("conclusion", "–"), ("reason", "lý do:"))
    said += [f"{label} {data[key]}" for key, label in words if data.get(key)]
    if data.get("dated"):
        said.append(f"ngày {PartialDate.from_iso(str(data['dated'])).display}")
    return " ".join(text.strip() for text in said)


# --- carrying out


def step_taken(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    """One duty from the posted form; the sentence for the reader. Refusals pass through."""
    case, seen = typed.text("case"), typed.text("seen")
    if not (case.isdecimal() and seen.isdecimal()) or int(case) not in {one.pk for one in cases_of(home)}:
        raise EvaluationRefused("Không rõ việc cần làm; hãy tải lại trang.")
    duty, on = typed.text("duty"), typed.day("ngay")
    data = _data(duty, typed)
    typed.refuse_wrong()
    names = {name.person_id: name.pk for one in cases_of(home) if one.pk == int(case) for name in one.names.all()}
    grades: dict[int, str] = {}
    if duty == "decide":
        grades = {row.pk: typed.text(f"qd-{row.pk}") for row in found if row.person_id in names}
        out = {names[row.person_id]: why for row in found if row.person_id in names and (why := typed.text(f"ld-{row.pk}"))}
        data["names"] = [pk for row in found if (pk := names.get(row.person_id)) and pk not in out]
        data["refused"] = out
    entry = Entry(typed.text("step") if duty not in BESIDES else "", duty, on, data)
    take_evaluation_step(unit=home.pk, pk=int(case), entry=entry, seen=int(seen), laws=laws, grades=grades, **asks(desk))
    return f"Đã ghi: {DUTIES.get(duty) or BESIDES.get(duty, duty)}."


def _data(duty: str, typed: Typed) -> dict[str, Any]:
    text = typed.text
    match duty:
        case "convene":
            return as_data(convened=text("trieutap"), present=text("comat"), excused=text("vang"))
        case "opinion":
            if text("khongcan"):
                return {"unless": True}
            dated = typed.day("ngayvb") if text("ngayvb") else None
            return as_data(kind=text("loai"), body=text("tochuc"), number=text("so"), dated=dated, conclusion=text("ketluan"))
        case "return":
            return as_data(to=text("ve"), reason=text("lydo"))
    return as_data(number=text("so"))


__all__ = ["CaseShown", "cases_shown", "step_taken"]
