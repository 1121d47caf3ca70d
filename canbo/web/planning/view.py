"""What the pages of planning share: what is not there for the reader, forms read, proposals, verdicts in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse

from canbo.cases.changes import CaseRefused
from canbo.dossier.files import FileRefused
from canbo.dossier.queries import NotVisible
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.engine.procedures.model import ProcedureRefused
from canbo.kernel.actors import Forbidden
from canbo.planning.judging import BAR, TITLE, Judged, Reason
from canbo.planning.models import Line, Round, RoundUnit, Slate
from canbo.planning.queries import home, line, lines, round_, slate, slates
from canbo.planning.review import Proposal, proposals
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.queries import current
from canbo.web.cases import typed as cases
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.typed import asks as asks
from canbo.web.typed import reads as reads

REFUSALS = (PlanningRefused, CaseRefused, ProcedureRefused, FileRefused)
WORDS = {"yes": VERDICTS["yes"], "no": VERDICTS["no"], "unknown": VERDICTS["unknown"], "waived": "Miễn", "open": VERDICTS["ungrounded"]}
MARKS = {"yes": "ok", "no": "bad", "unknown": "warn", "waived": "ok", "open": "warn"}
SAYS = {"keep": "ok", "remove": "bad", "attention": "warn"}
RULE = "số lượng, cơ cấu"
HEADINGS = {TITLE: "tiêu chuẩn chức danh", "planning": "điều kiện quy hoạch"}


class NoPlanning(NotVisible):
    """No such round, unit, list or person in it, or not within the reader's scope: told in the same words."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy nội dung quy hoạch này trong phạm vi bạn được giao.")


def found_round(pk: int, desk: Desk) -> Round:
    try:
        return round_(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPlanning from None


def found_home(pk: int, desk: Desk) -> RoundUnit:
    try:
        return home(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPlanning from None


def found_slate(pk: int, desk: Desk) -> Slate:
    try:
        return slate(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPlanning from None


def found_line(pk: int, desk: Desk) -> Line:
    try:
        return line(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPlanning from None


# --- what was typed


@dataclass
class Typed(cases.Typed):
    """A form of planning."""

    def whole(self, name: str, what: str) -> int | None:
        text = self.text(name)
        if text and not (text.isdecimal() and len(text) < 5):
            self.errors[name] = f"“{text}” không phải một số nguyên; hãy sửa ô “{what}”."
        return int(text) if text.isdecimal() and len(text) < 5 else None

    def refuse_wrong(self) -> None:
        """PlanningRefused with what could not be read."""
        if self.errors:
            raise PlanningRefused(" ".join(self.errors.values()))


# --- proposals and verdicts


@dataclass(frozen=True)
class Reviewed:
    """Slates in their order, their lines, a proposal for each line; `closed`: why nothing could be proposed to this reader."""

    slates: list[Slate]
    lines: dict[int, list[Line]]
    proposals: Mapping[int, Sequence[Proposal]]
    closed: str = ""

    def of(self, slate: Slate) -> dict[int, Proposal]:
        """Line → its proposal."""
        return {one.line.pk: one for one in self.proposals.get(slate.pk, ())}


def reviewed(desk: Desk, *, round: Round | None = None, home: RoundUnit | None = None, slate: Slate | None = None) -> Reviewed:
    """Everybody on these slates as judged today's law and dossiers; kept until the next act, since a round is asked again and again."""
    law = law_now()
    key = ("planning", round and round.pk, home and home.pk, slate and slate.pk, desk.scope, law.central, law.local)
    return SHELF.get(snapshot=current(), key=key, make=lambda: _reviewed(desk, round, home, slate))


def _reviewed(desk: Desk, round: Round | None, home: RoundUnit | None, slate: Slate | None) -> Reviewed:
    found = [slate] if slate else slates(round=round, home=home, **reads(desk))
    rows = lines(slates=found, **reads(desk))
    try:
        said = proposals(slates=found, lines=rows, law=law_now(), snapshot=current(), sources=slate is not None, **reads(desk))
    except Forbidden as error:
        return Reviewed(found, rows, {}, str(error))
    return Reviewed(found, rows, said)


@dataclass(frozen=True)
class Said:
    """A verdict in words with what stands for and against it, each with its article."""

    code: str
    against: tuple[Reason, ...]
    open: tuple[Reason, ...]
    later: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    barred: tuple[Reason, ...]
    waived: tuple[Reason, ...]
    ungrounded: tuple[str, ...]

    @property
    def word(self) -> str:
        return WORDS[self.code]

    @property
    def mark(self) -> str:
        return MARKS[self.code]


def said_of(judged: Judged) -> Said:
    """Groups of findings; who stands on a list by a special case only reads "Miễn", who is asked by no whole text "Chưa đủ căn cứ"."""
    waived = tuple(r for r in judged.reasons if r.blocks and r not in judged.against)
    counted = {*judged.against, *judged.open, *judged.to_complete, *waived}
    barred = tuple(r for r in judged.reasons if r.purpose == BAR and r not in judged.open)
    notes = tuple(r for r in judged.reasons if r not in counted and r.purpose != BAR)
    code = judged.verdict if judged.verdict != "yes" else "waived" if waived else "open" if judged.ungrounded else "yes"
    ungrounded = tuple(purpose_label(purpose) for purpose in judged.ungrounded)
    return Said(code, judged.against, judged.open, judged.to_complete, notes, barred, waived, ungrounded)


def purpose_label(purpose: str) -> str:
    return HEADINGS.get(purpose) or PURPOSES.get(purpose, RULE)


def reason_text(reason: Reason) -> str:
    """One finding as one line of an export."""
    return f"{reason.label}: {reason.text or 'chưa đạt'} ({reason.cite})"


def refused(answer: HttpResponse, error: str) -> HttpResponse:
    """The same page with the status of a refusal."""
    answer.status_code = 400 if error else answer.status_code
    return answer


def tabs(desk: Desk, section: str) -> dict[str, Any]:
    return {"section": section, "may_run": desk.actor.may("planning.run"), "sees": desk.scope.sees_group("planning")}
