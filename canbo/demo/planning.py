"""A round of planning in two communes of the demonstration: a list at its conference, one decided, one sent back for completion."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from canbo.assess.law_sets import Law, law_in_force
from canbo.audit.changes import keyring
from canbo.cases.changes import Secrecy
from canbo.cases.models import Case
from canbo.cases.rules import CaseRefused, state_of, steps_of
from canbo.dossier.models import PlanEntry
from canbo.engine.procedures.model import ProcedureRefused, Step
from canbo.engine.procedures.replay import Entry, State, candidates, due
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Unit
from canbo.planning.deciding import receive_unit, return_unit, send_unit, start_cases, take_planning_step
from canbo.planning.lines import Brought, bring_forward
from canbo.planning.models import Round, Slate
from canbo.planning.rounds import Opening, PlanningRefused, Wanted, open_round
from canbo.planning.sources import candidates as sources
from canbo.snapshot.store import Snapshot, load

SECRETARY, CHAIR, DEPUTY = "bi-thu-xa", "chu-tich-ubnd-xa", "pho-chu-tich-ubnd-xa"
BEFORE = timedelta(days=40)  # the round was opened so long ago
BANDS = (40, 45)
BOARD, CONVENED = ["Trần Thị Dung", "Lê Văn Giang", "Phạm Thị Hoa"], 15


def open_demo_round(*, actor: Actor, scope: Scope, at: datetime) -> Round | None:
    """The province reviews the plan of three titles in two communes; None where there are none, or it was done already.

    Raises nothing for a law under which no procedure is known: the lists then stand as opened.
    """
    communes = _communes()
    if len(communes) < 2 or Round.objects.exists():
        return None
    walk = _Walk(law_in_force(None), load(keyring()), at, {"actor": actor, "scope": scope, "at": at})
    made = walk.open(communes)
    first, second = communes
    try:
        walk.bring(made, first, SECRETARY, stop="b3")
        walk.bring(made, first, CHAIR)
        walk.bring(made, second, DEPUTY, stop="trinh")
        walk.send_back(made, second)
    except (PlanningRefused, CaseRefused, ProcedureRefused):
        pass  # before the example province's own procedure: what was opened stays
    return made


def _communes() -> list[Unit]:
    """That of the demonstration's accounts, and of the others the one with most people in these plans: the review has something to say."""
    found = Unit.objects.filter(end=None, kind__in=("xa", "phuong"), level="xa", parent__level="tinh").order_by("pk")
    planned = Counter(PlanEntry.objects.filter(title__code=SECRETARY, end=None).values_list("unit", flat=True))
    return [*found[:1], *sorted(found[1:], key=lambda one: (-planned[one.pk], one.pk))[:1]]


class _Walk:
    """Takes steps as a commune would, a day apart."""

    def __init__(self, law: Law, snapshot: Snapshot, at: datetime, who: dict[str, Any]) -> None:
        self.law, self.snapshot, self.who = law, snapshot, who
        self.opened_on = at.date() - BEFORE
        self.asked = {"law": law, "snapshot": snapshot, **who}

    def open(self, communes: Sequence[Unit]) -> Round:
        on = self.opened_on
        wanted = [
            Wanted(SECRETARY, "2025-2030", "current", on), Wanted(CHAIR, "2026-2031", "current", on),
            Wanted(DEPUTY, "2031-2036", "next", date(2031, 5, 1)),
        ]  # fmt: skip
        opening = Opening(
            unit=communes[0].parent_id or 0, name=f"Rà soát, bổ sung quy hoạch năm {on.year}", units=[one.pk for one in communes],
            wanted=wanted, opened_on=on, deadline=on + BEFORE + BEFORE, on=on, order="Kế hoạch trình diễn", bands=BANDS,
        )  # fmt: skip
        return open_round(opening=opening, snapshot=self.snapshot, **self.who)

    def bring(self, made: Round, commune: Unit, title: str, *, stop: str = "") -> None:
        """Two people who fit come onto a list, which goes its way up to the step `stop`."""
        slate = Slate.objects.select_related("home__round", "home__unit", "title", "term").get(
            home__round=made, home__unit=commune, title__code=title
        )
        who = {"actor": self.who["actor"], "scope": self.who["scope"]}
        found = sources(slate=slate, law=self.law, snapshot=self.snapshot, by=("political_theory", "degree"), **who)
        fit = [row for row in found.rows if row.own and row.judged.verdict == "yes"][:2]
        if not fit:
            return
        by, on = f"Đảng ủy {commune.name}", self.opened_on + timedelta(days=2)
        brought = [Brought(row.person, "don-vi", by, on, plan_class="1", ground="Giới thiệu tại chỗ") for row in fit]
        bring_forward(pk=slate.pk, brought=brought, **self.asked)
        secrecy = Secrecy("none", "Cán bộ kiểm tra (trình diễn)", on, "Danh mục bí mật nhà nước, đã đối chiếu (trình diễn)")
        [case] = start_cases(pk=slate.pk, procedure="tai-cho", on=on, secrecy=secrecy, basis="", **self.asked)
        self._go(slate, case, on, stop)

    def _go(self, slate: Slate, case: Case, on: date, stop: str) -> None:
        while now := due(steps_of(case), state_of(case)):
            step, duty = now
            if step.code == stop:
                return
            entry = Entry(step.code, duty, on, _data(step, duty, case, on))
            seen = case.entries.count()
            take_planning_step(slate_pk=slate.pk, pk=case.pk, entry=entry, seen=seen, **self.asked)
            on += timedelta(days=1)

    def send_back(self, made: Round, commune: Unit) -> None:
        """The unit sends its lists; the level above asks for completion."""
        home = made.units.get(unit=commune)
        on = self.opened_on + timedelta(days=25)
        send_unit(pk=home.pk, on=on, **self.who)
        receive_unit(pk=home.pk, on=on + timedelta(days=2), **self.who)
        return_unit(pk=home.pk, reason="Thiếu nhận xét của chi bộ nơi cư trú", on=on + timedelta(days=4), **self.who)


def _data(step: Step, duty: str, case: Case, on: date) -> dict[str, Any]:
    """What is written at a duty: everybody present, everybody elected; of two at the decision one is left out, with the reason."""
    state = state_of(case)
    names = list(candidates(steps_of(case), state))
    match duty:
        case "convene":
            return {"convened": CONVENED, "present": CONVENED, "members": CONVENED}
        case "count" | "recount":
            return _count(names, state)
        case "opinion":
            paper = {"body": "Ủy ban Kiểm tra Tỉnh ủy", "number": "12-CV/UBKTTU", "dated": on, "conclusion": "nhất trí"}
            return {"kind": step.before[0] if step.before else "ý kiến", **paper}
        case "conclude":
            return {"names": names}
        case "decide":
            first, *others = state.names
            return {"names": [first], "refused": dict.fromkeys(others, "Chưa qua công tác ở cơ sở"), "number": "215-QĐ/TU"}
    return {}


def _count(names: Sequence[int], state: State) -> dict[str, Any]:
    votes = dict.fromkeys(names, CONVENED - 2)
    return {"issued": CONVENED, "collected": CONVENED, "valid": CONVENED, "board": BOARD, "votes": votes}


__all__ = ["open_demo_round"]
