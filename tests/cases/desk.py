"""Run as a process of its own on a data folder: python -m tests.cases.desk ACT ARGUMENTS; prints JSON."""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from canbo.access.queries import LOCAL_ACCESS  # noqa: E402
from canbo.audit.queries import check_chain  # noqa: E402
from canbo.cases.changes import take_step  # noqa: E402
from canbo.cases.models import BallotCode, Case, CaseEntry, CaseName, ScreenBallot  # noqa: E402
from canbo.cases.rules import CaseRefused, state_of  # noqa: E402
from canbo.cases.screen import cast, counted, open_ballot  # noqa: E402
from canbo.cli.folder import prepare  # noqa: E402
from canbo.dossier.models import Rating  # noqa: E402
from canbo.engine.procedures.replay import Entry  # noqa: E402
from canbo.engine.ratings.model import GOOD, SATISFACTORY  # noqa: E402
from canbo.evaluation.deciding import start_meetings, take_evaluation_step  # noqa: E402
from canbo.evaluation.models import Evaluation  # noqa: E402
from canbo.evaluation.rating import propose  # noqa: E402
from canbo.kernel.actors import Actor, Forbidden  # noqa: E402
from tests.audit.desk import meet  # noqa: E402
from tests.cases.world import AT, Desk, appointment, laws, not_secret  # noqa: E402
from tests.dossier.world import person, unit  # noqa: E402
from tests.evaluation.world import ON, division, score_all  # noqa: E402

WHO: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
# As a leader is: she decides, she does not prepare.
HEAD: dict[str, Any] = {**WHO, "actor": Actor(user=2, role="lanh-dao", actions=frozenset({"cases.read", "cases.decide"}))}
GRADES, PRESENT = {"An": GOOD, "Bình": SATISFACTORY}, {"An": 9, "Bình": 10}


def begin(cases: str) -> dict[str, Any]:
    """A unit before its decision, some cases before their first meeting, one with a ballot open on screen."""
    prepare()
    made = division(WHO, others=4)
    names = [f"Bình {n}" for n in range(4)]
    score_all(made, dict.fromkeys(names, "0.7"))
    score_all(made, {"Chi": "0.7"}, months=8)
    propose(unit=made.unit.pk, laws=laws(), **WHO)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **WHO)
    case = made.unit.others
    assert case is not None
    for number, (step, duty, data) in enumerate([
        ("tu-danh-gia", "submit", {}), ("hop", "convene", {"convened": 5, "present": 5}),
        ("hop", "conclude", {"names": list(case.names.values_list("pk", flat=True))}),
    ]):  # fmt: skip
        take_evaluation_step(unit=made.unit.pk, pk=case.pk, entry=Entry(step, duty, ON, data), seen=number, laws=laws(), **WHO)
    home = unit("A")
    people = [person(f"Lò Văn An {n}", home).pk for n in range(2)]
    opened = [appointment(home.pk, people, ON, WHO) for _ in range(int(cases) + 1)]
    desk = Desk(opened[-1], WHO)
    desk.take("b1", "convene", ON, convened=20, present=20, members=20)
    _, codes = open_ballot(pk=desk.case.pk, decided_by="Nghị quyết 5-NQ/ĐU", codes=20, on=ON, **WHO)
    return {"unit": made.unit.pk, "case": case.pk, "cases": [row.pk for row in opened[:-1]], "codes": codes}


def race(folder: str, me: str, begun: str) -> dict[str, Any]:
    """Everything at the same moment as the other process: decide on the unit, take the first step of each case, vote."""
    told, meeting = json.loads(begun), Meeting(Path(folder), me)
    return {"decided": decide(told, me, meeting), "steps": convene(told, me, meeting), "voted": vote(told, me, meeting)}


class Meeting:
    """Where the two processes wait for each other, again and again."""

    def __init__(self, folder: Path, me: str) -> None:
        self.folder, self.me, self.times = folder, me, 0

    def __call__(self) -> None:
        self.times += 1
        meet(self.folder, f"{self.times}-{self.me}", 2 * self.times)


def decide(told: dict[str, Any], me: str, meeting: Meeting) -> dict[str, Any]:
    """Everybody of the unit gets one grade from one process, another from the other."""
    row = Case.objects.get(pk=told["case"])
    entry = Entry("quyet-dinh", "decide", ON, {"names": list(row.names.values_list("pk", flat=True)), "number": f"{me}/QĐ-UBND"})
    people = Evaluation.objects.filter(campaign_unit=told["unit"], role="staff").values_list("pk", flat=True)
    asked = {"unit": told["unit"], "pk": row.pk, "entry": entry, "seen": 3, "laws": laws(), "grades": dict.fromkeys(people, GRADES[me])}
    meeting()
    return _tried(lambda: take_evaluation_step(**asked, **HEAD))


def convene(told: dict[str, Any], me: str, meeting: Meeting) -> list[dict[str, Any]]:
    entry = Entry("b1", "convene", ON, {"convened": 10, "present": PRESENT[me], "members": 10})
    found = []
    for pk in told["cases"]:
        meeting()
        found.append(_tried(lambda pk=pk: take_step(pk=pk, entry=entry, seen=0, **WHO)))  # type: ignore[misc]
    return found


def vote(told: dict[str, Any], me: str, meeting: Meeting) -> int:
    """Slips for the first name, or as the other voter for the second; returns the name."""
    name = ScreenBallot.objects.get().case.names.order_by("pk")[0 if me == "An" else 1].pk
    meeting()
    for code in told["codes"][:10] if me == "An" else told["codes"][10:19]:
        cast(code=code, names=(name,))
    return name


def look() -> dict[str, Any]:
    """What is there now."""
    ballot = ScreenBallot.objects.get()
    return {
        "problems": list(check_chain(actor=WHO["actor"], scope=WHO["scope"]).problems),
        "ratings": [[row.person_id, row.grade, row.text] for row in Rating.objects.order_by("person")],
        "decided": sorted(Evaluation.objects.exclude(grade="").values_list("person", "grade")),
        "outcomes": sorted(CaseName.objects.exclude(outcome="").values_list("person", "outcome")),
        "entries": {row.pk: [entry.duty for entry in row.entries.order_by("number")] for row in Case.objects.all()},
        "folds": all(_fold_is_log(row) for row in Case.objects.all()),
        "present": {row.case_id: row.data["present"] for row in CaseEntry.objects.filter(step="b1")},
        "votes": counted(ballot), "used": BallotCode.objects.filter(used=True).count(),
    }  # fmt: skip


def _fold_is_log(row: Case) -> bool:
    return row.status == state_of(row).status


def _tried(step: Any) -> dict[str, Any]:
    try:
        step()
    except (CaseRefused, Forbidden) as error:
        return {"won": False, "said": str(error)}
    return {"won": True, "said": ""}


if __name__ == "__main__":
    ACTS = {"begin": begin, "race": race, "look": look}
    print(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
