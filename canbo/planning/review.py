"""The yearly review: for everybody on a slate what the program proposes – keep, remove, attention – with record and article.

It proposes; a person decides and signs. Nothing here is a score: every proposal is a list of findings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F

from canbo.assess.law_sets import Law
from canbo.assess.waivers import waivers_of
from canbo.dossier.models import Employment
from canbo.engine.law.model import LawSet
from canbo.kernel.actors import Actor, Scope
from canbo.planning.judging import BAR, STAY, Asked, Judged, Reason, as_json, judge, laws_at, sentences
from canbo.planning.models import Introduction, Line, Slate
from canbo.planning.numbers import person_reasons, rules_on
from canbo.snapshot.store import Snapshot

PROPOSALS = {"keep": "giữ", "remove": "đưa ra", "attention": "cần chú ý"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one line and why. `says` is a key of PROPOSALS."""

    line: Line
    judged: Judged
    says: str
    why: tuple[str, ...]

    @property
    def label(self) -> str:
        return PROPOSALS[self.says]


def asked_of(slate: Slate) -> Asked:
    return Asked(slate.title.code, slate.kind, slate.home.round.on, slate.age_on)


def judged_slates(
    *, slates: Sequence[Slate], lines: Mapping[int, Sequence[Line]], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope,
    extra: Mapping[int, Sequence[int]] | None = None, sources: bool = False,
) -> dict[int, dict[int, Judged]]:  # fmt: skip
    """slate → person → what stands for and against her. `extra` = more people to ask about, by slate.

    Slates that ask the same of their people are judged together, so a province's round costs a few columns a title.
    """
    alike: dict[tuple[Asked, LawSet], list[Slate]] = {}
    for slate in slates:
        alike.setdefault((asked_of(slate), laws_at(slate.home.unit_id, law, snapshot)), []).append(slate)
    found: dict[int, dict[int, Judged]] = {}
    for (asked, laws), group in alike.items():
        wanted = {one.pk: [line.person_id for line in lines.get(one.pk, ())] + list((extra or {}).get(one.pk, ())) for one in group}
        everybody = {person for people in wanted.values() for person in people}
        special = _waived(everybody, asked, actor, scope)
        said = judge(
            asked=asked, people=everybody, laws=laws, snapshot=snapshot, scope=replace(scope, own_person=None), staying=True,
            waived=special, sources=sources,
        )  # fmt: skip
        said |= _named_elsewhere(group, everybody, asked, laws, snapshot, scope, special, sources)
        ruled = rules_on(laws, asked.on)
        # Alike slates plan the same title on the same day, so what is asked of a person beside the standards is the same on each.
        beside = (
            person_reasons(slate=group[0], people=everybody, ruled=ruled, laws=laws, snapshot=snapshot, scope=scope) if ruled else {}
        )
        for one in group:
            found[one.pk] = {
                person: replace(said[person], reasons=said[person].reasons + tuple(beside.get(person, ()))) for person in wanted[one.pk]
            }
    return found


def _named_elsewhere(
    group: Sequence[Slate], people: set[int], asked: Asked, laws: LawSet, snapshot: Snapshot, scope: Scope,
    special: Mapping[int, Mapping[str, str]], sources: bool,
) -> dict[int, Judged]:  # fmt: skip
    """People another level named for these slates when it was asked: they are seen here by its agreement, whatever the reader's units."""
    if scope.units is None:
        return {}
    rows = Introduction.objects.filter(line__slate__in=group, line__person__in=people, unit=F("line__slate__requests__unit"))
    named = set(rows.exclude(line__slate__requests__answered_on=None).values_list("line__person", flat=True))
    wide = Scope(units=None, groups=scope.groups)
    return judge(
        asked=asked, people=named, laws=laws, snapshot=snapshot, scope=wide, staying=True, waived=special, sources=sources
    ) if named else {}


def _waived(people: set[int], asked: Asked, actor: Actor, scope: Scope) -> dict[int, dict[str, str]]:
    """person → "standard/criterion" decided a special case by who may → its paper; an empty criterion is the whole standard."""
    rows = waivers_of(people=people, on=asked.on, actor=actor, scope=scope)
    return {person: {f"{one['standard']}/{one['criterion'] or ''}": _paper(one) for one in special} for person, special in rows.items()}


def _paper(waiver: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (waiver["paper"], waiver["authority"])))


def proposals(
    *, slates: Sequence[Slate], lines: Mapping[int, Sequence[Line]], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope,
    sources: bool = False,
) -> dict[int, list[Proposal]]:  # fmt: skip
    """slate → a proposal for everybody who stands in the plan or is to come in; `sources` also names the records. Raises Forbidden."""
    judged = judged_slates(slates=slates, lines=lines, law=law, snapshot=snapshot, actor=actor, scope=scope, sources=sources)
    gone = _gone([person for found in judged.values() for person, one in found.items() if not one.here])
    return {
        slate.pk: [_propose(line, judged[slate.pk][line.person_id], gone) for line in lines.get(slate.pk, ())] for slate in slates
    }


def _gone(people: Sequence[int]) -> dict[int, str]:
    """person → the end of her last span of service as on paper."""
    rows = Employment.objects.filter(person__in=people).order_by("person", "start", "pk")
    return {row.person_id: f"đến {row.end.display}" if row.end else "" for row in rows}


def _propose(line: Line, judged: Judged, gone: Mapping[int, str]) -> Proposal:
    if not judged.here:
        until = gone.get(line.person_id, "")
        why = f"Không còn công tác trong phạm vi quản lý{f' ({until})' if until else ''}: đã nghỉ, thôi việc hoặc chuyển đi"
        return Proposal(line, judged, "remove", (why,))
    if judged.against:
        return Proposal(line, judged, "remove", tuple(sentences(judged.against)))
    attention = _attention(judged)
    return Proposal(line, judged, "attention" if attention else "keep", (*sentences(attention), *_special(judged)))


def _attention(judged: Judged) -> list[Reason]:
    """What somebody must look at: papers missing, gaps to close, a poor rating, a bar to appointment."""
    return [
        r for r in judged.reasons
        if (r.severity == "block" and (r.verdict == "unknown" or r.fixable or r.purpose == BAR))
        or (r.purpose == STAY and r.verdict == "no")
    ]  # fmt: skip


def _special(judged: Judged) -> list[str]:
    """What does not stand against her because it was decided a special case, with the paper."""
    waived = ((r, judged.paper_for(r)) for r in judged.reasons if r.blocks)
    return [f"{sentences([r])[0]}: trường hợp đặc biệt theo văn bản {paper[:1].lower()}{paper[1:]}" for r, paper in waived if paper]


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    line = proposal.line
    return {
        "line": line.pk, "person": line.person_id, "name": line.person.full_name, "standing": line.standing,
        "proposal": proposal.says, "why": list(proposal.why), **as_json(proposal.judged),
    }  # fmt: skip
