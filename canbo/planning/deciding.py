"""The procedure of a slate and what follows from its decision: entries made or ended in the plan in the same act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from canbo.assess.law_sets import Law
from canbo.audit.changes import ActLog, act, values_of
from canbo.cases.changes import Filed, Member, Named, Secrecy, action_of, begin, carry_out
from canbo.cases.changes import Opening as CaseOpening
from canbo.cases.models import Case
from canbo.cases.queries import case
from canbo.cases.rules import state_of, steps_of, version_on
from canbo.dossier.models import Decision, PlanEntry
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.replay import Entry, State, due
from canbo.engine.structures.meter import meter
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean
from canbo.planning.judging import Judged, as_json, laws_at, sentences
from canbo.planning.levels import RECEIVES, SUBMITS, refuse_below
from canbo.planning.lines import refuse_unfit
from canbo.planning.models import Line, RoundUnit, Slate
from canbo.planning.numbers import listed, rules_on, seats_left, stands_with
from canbo.planning.queries import home, lines, slate, slates
from canbo.planning.review import judged_slates
from canbo.planning.rounds import WRITE, PlanningRefused, refuse_closed
from canbo.snapshot.store import Snapshot

KIND = "planning"
ADDING = {"tai-cho": "quy-hoach-tai-cho", "ngoai": "quy-hoach-nguon-ngoai", "ba-buoc": "quy-hoach-ba-buoc"}
REMOVING = "dua-ra-khoi-quy-hoach"
FELL = "Không qua được các bước trước khi quyết định"


def start_cases(
    *, pk: int, procedure: str, on: date, secrecy: Secrecy, basis: str, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope,
    at: datetime,
) -> list[Case]:  # fmt: skip
    """Put a slate into its procedures: one case for who is to come in, one for who is to leave; under the law of its unit that day.

    Raises PlanningRefused for a slate that changes nobody, for people who do not fit, ProcedureRefused where no procedure is known.
    """
    if procedure not in ADDING:
        raise PlanningRefused("Hãy chọn quy trình: nguồn tại chỗ, nguồn từ nơi khác.")
    with act(actor=actor, action="planning.start", may=WRITE, at=at) as log:
        row = slate(pk=pk, actor=actor, scope=scope)
        refuse_closed(row.home)
        if row.adding_id or row.removing_id:
            raise PlanningRefused("Danh sách này đã đưa vào quy trình; hãy mở việc đang làm.")
        if secrecy.level != "none":
            raise PlanningRefused("Danh sách có nội dung mật được làm ngoài chương trình; hãy bỏ danh sách này khỏi đợt.")
        rows = lines(slates=[row], actor=actor, scope=scope)[row.pk]
        added, removed = ([one for one in rows if one.standing == standing] for standing in ("add", "remove"))
        if not added and not removed:
            raise PlanningRefused("Danh sách không có ai đưa vào hay đưa ra; chỉ cần gửi danh sách, không phải mở quy trình.")
        refuse_unfit(row, [one.person_id for one in added], law, snapshot, actor, scope)
        laws, before, made = laws_at(row.home.unit_id, law, snapshot), values_of(row), []
        for people, code, column in ((added, ADDING[procedure], "adding"), (removed, REMOVING, "removing")):
            if people:
                introduces = bool(getattr(version_on(laws, code, on).content, "introduces", False))
                opening = _opening(row, people, code, secrecy, on, _places(row, rows, people, column, laws, introduces), basis)
                opened = begin(opening=opening, laws=laws, actor=actor, at=at, log=log)
                setattr(row, column, opened)
                made.append(opened)
        row.save()
        log.updated(before, row)
    return made


def _places(row: Slate, rows: Sequence[Line], people: Sequence[Line], column: str, laws: LawSet, introduces: bool) -> int:
    """How many may come in: what the number of the law leaves beside those who stay; all of them where it has no number.

    A conference that may bring forward others fills what is left, whoever stands on the list today.
    """
    left = seats_left(row, rows, rules_on(laws, row.home.round.on)) if column == "adding" else None
    if left == 0:
        raise PlanningRefused("Danh sách đã đủ số người theo quy định nên không đưa thêm ai vào được; hãy đưa ra trước.")
    return len(people) if left is None else left if introduces else min(left, len(people))


def _opening(row: Slate, people: Sequence[Line], code: str, secrecy: Secrecy, on: date, seats: int, basis: str) -> CaseOpening:
    what = "đưa ra khỏi quy hoạch" if code == REMOVING else "quy hoạch"
    return CaseOpening(
        kind=KIND, procedure=code, unit=row.home.unit_id, name=f"{what.capitalize()} {row.title.name}, nhiệm kỳ {row.term.code}",
        group="planning", names=[Named(person=one.person_id) for one in people], secrecy=secrecy, on=on, seats=seats, title=row.title_id,
        basis=basis,
    )  # fmt: skip


def take_planning_step(
    *, slate_pk: int, pk: int, entry: Entry, seen: int, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime,
    members: Iterable[Member] = (), paper: Filed | None = None,
) -> State:  # fmt: skip
    """One step of a slate's case. With a decision the plan is written in the same act, with what was seen frozen beside it.

    A decision that would pass the number of the law is refused.
    """
    may = action_of(case(pk=pk, actor=actor, scope=scope), entry.duty, seen)
    with act(actor=actor, action=f"planning.{entry.duty}", may=may, at=at) as log:
        row = slate(pk=slate_pk, actor=actor, scope=scope)
        refuse_closed(row.home)
        if pk not in (row.adding_id, row.removing_id):
            raise PlanningRefused("Việc này không thuộc danh sách đã chọn.")
        of = case(pk=pk, actor=actor, scope=scope)
        refuse_below(row, of, entry.duty, scope)
        state = carry_out(row=of, entry=entry, seen=seen, actor=actor, at=at, log=log, members=members, paper=paper)
        if entry.duty == "decide":
            _write_plan(row, of, state, entry, law, snapshot, actor, scope, log)
        elif state.status in ("stopped", "withdrawn"):
            _told_why(row, of, state, entry, log)
    return state


def _write_plan(
    row: Slate, of: Case, state: State, entry: Entry, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, log: ActLog
) -> None:
    """Entries opened or ended on the day of the decision; who was refused keeps the reason."""
    rows = lines(slates=[row], actor=actor, scope=scope)
    people = {name.pk: name.person_id for name in of.names.all()}
    approved = {people[name] for name in state.approved}
    reasons = {people[name]: why for name, why in state.refused.items()}
    coming = of.pk == row.adding_id
    judged = judged_slates(slates=[row], lines=rows, law=law, snapshot=snapshot, actor=actor, scope=scope, sources=True)[row.pk]
    if coming:
        _refuse_over(row, rows[row.pk], approved, judged, laws_at(row.home.unit_id, law, snapshot))
    decision = _decision(entry, row, log)
    named = {one.person_id: one for one in rows[row.pk]}
    for person in filter(None, people.values()):
        one = named.get(person) or _introduced_later(row, person, entry, log)
        _write_line(one, row, person in approved, reasons.get(person, FELL), coming, entry, decision, judged.get(person), of, log)


def _write_line(
    one: Line, row: Slate, yes: bool, reason: str, coming: bool, entry: Entry, decision: Decision, judged: Judged | None, of: Case,
    log: ActLog,
) -> None:  # fmt: skip
    before = values_of(one)
    if yes and coming:
        one.entry = _enter(one, row, entry, decision, log)
    elif yes and one.entry is not None:
        _leave(one.entry, one, entry, decision, log)
    one.outcome, one.reason = ("approved", "") if yes else ("refused", reason[:500])
    one.frozen = {"laws": of.laws, "on": entry.on.isoformat(), **(as_json(judged) if judged else {})}
    one.save()
    log.updated(before, one, person=one.person_id)


def _introduced_later(row: Slate, person: int, entry: Entry, log: ActLog) -> Line:
    """Somebody the conference itself brought forward."""
    made = Line.objects.create(slate=row, person_id=person, standing="add", origin="tai-cho", ground="Hội nghị giới thiệu", order=999)
    log.inserted(made, person=person)
    return made


def _enter(one: Line, row: Slate, entry: Entry, decision: Decision, log: ActLog) -> PlanEntry:
    first = one.introductions.order_by("on", "pk").first()
    made = PlanEntry.objects.create(
        person_id=one.person_id, title_id=row.title_id, unit_id=row.home.unit_id, term_id=row.term_id, plan_class=one.plan_class,
        origin=one.origin, introduced_by=first.by if first else "", ground_in=one.ground[:300], start=entry.on, decision=decision,
        known_from=entry.on,
    )  # fmt: skip
    log.inserted(made, person=one.person_id)
    return made


def _leave(standing: PlanEntry, one: Line, entry: Entry, decision: Decision, log: ActLog) -> None:
    before = values_of(standing)
    standing.end = entry.on
    by = f" (Quyết định {decision.number})"
    standing.ground_out = one.ground[: 300 - len(by)] + by
    standing.save()
    log.updated(before, standing, person=one.person_id)


def _decision(entry: Entry, row: Slate, log: ActLog) -> Decision:
    made = Decision.objects.create(
        number=str(entry.data.get("number", ""))[:60], issued_on=entry.on, in_effect_on=entry.on, kind="quy-hoach",
        summary=f"Quy hoạch {row.title.name}, nhiệm kỳ {row.term.code}"[:500],
    )  # fmt: skip
    log.inserted(made)
    return made


def _refuse_over(row: Slate, rows: Sequence[Line], approved: set[int | None], judged: Mapping[int, Judged], laws: LawSet) -> None:
    """PlanningRefused where the list with those approved passes a number that binds, or somebody approved no longer fits."""
    for person in approved:
        one = judged.get(person) if person else None
        if one is not None and (one.against or not one.here):
            why = "; ".join(sentences(one.against)) or "không còn công tác"
            raise PlanningRefused(f"Có người không còn đủ điều kiện: {why}; hãy xem lại.")
    ruled = rules_on(laws, row.home.round.on)
    if ruled is None:
        return
    people = tuple(one.person_id for one in rows if stands_with(one, approved))
    for reading in meter(ruled.rules, [replace(listed(row, ()), people=people)], marks={}, numbers=ruled.numbers):
        if reading.rule.kind == "people" and reading.rule.severity == "block" and reading.rule.active and reading.state == "over":
            raise PlanningRefused(f"{reading.rule.label}: {reading.text} Hãy không đồng ý bớt, hoặc đưa ra trước.")


def _told_why(row: Slate, of: Case, state: State, entry: Entry, log: ActLog) -> None:
    """A case that stopped without passing, or was withdrawn: each line keeps that as its reason."""
    why = "Không ai đạt mức theo quy trình" if state.status == "stopped" else f"Rút: {entry.data.get('reason', '')}"
    people = set(of.names.values_list("person", flat=True))
    for one in row.lines.filter(person__in=people, outcome=""):
        before = values_of(one)
        one.outcome, one.reason = "refused", why[:500]
        one.save()
        log.updated(before, one, person=one.person_id)


# --- lists sent in, received, sent back


def send_unit(*, pk: int, on: date, actor: Actor, scope: Scope, at: datetime) -> RoundUnit:
    """The unit sends its lists to the level that opened the round: every case stands at or past its submission, which is taken with it."""
    with act(actor=actor, action="planning.send", may=WRITE, at=at) as log:
        row = home(pk=pk, actor=actor, scope=scope)
        refuse_closed(row)
        found = slates(actor=actor, scope=scope, home=row)
        changed = {one.slate_id for one in Line.objects.filter(slate__home=row).exclude(standing="keep")}
        for one in found:
            if one.pk in changed and not (one.adding_id or one.removing_id):
                raise PlanningRefused(f"Danh sách {one.title.name}, nhiệm kỳ {one.term.code} có thay đổi nhưng chưa làm theo quy trình.")
            for of in filter(None, (one.adding, one.removing)):
                _submit(of, on, actor, at, log)
        before = values_of(row)
        row.sent_on = on
        row.save()
        log.updated(before, row)
    return row


def _submit(of: Case, on: date, actor: Actor, at: datetime, log: ActLog) -> None:
    steps, state = steps_of(of), state_of(of)
    now = due(steps, state)
    if now is None or SUBMITS not in [step.code for step in steps.steps] or steps.at(now[0].code) > steps.at(SUBMITS):
        return
    if now[0].code != SUBMITS:
        raise PlanningRefused(f"“{of.name}” mới ở bước “{now[0].label}”; hãy làm xong các bước trước khi gửi.")
    carry_out(row=of, entry=Entry(SUBMITS, now[1], on), seen=of.entries.count(), actor=actor, at=at, log=log)


def receive_unit(*, pk: int, on: date, actor: Actor, scope: Scope, at: datetime) -> RoundUnit:
    """The level above writes down that the lists came in: the days of appraisal are counted from here."""
    with act(actor=actor, action="planning.receive", may="planning.run", at=at) as log:
        row = _own_home(pk, actor, scope)
        if row.sent_on is None:
            raise PlanningRefused("Đơn vị chưa gửi danh sách.")
        for one in slates(actor=actor, scope=scope, home=row):
            for of in filter(None, (one.adding, one.removing)):
                _receive(of, on, actor, at, log)
        before = values_of(row)
        row.received_on = on
        row.save()
        log.updated(before, row)
    return row


def _receive(of: Case, on: date, actor: Actor, at: datetime, log: ActLog) -> None:
    now = due(steps_of(of), state_of(of))
    if now is not None and now[0].code == RECEIVES:
        carry_out(row=of, entry=Entry(RECEIVES, now[1], on), seen=of.entries.count(), actor=actor, at=at, log=log)


def return_unit(*, pk: int, reason: str, on: date, actor: Actor, scope: Scope, at: datetime) -> RoundUnit:
    """Ask for completion: cases that wait at the level above go back to their submission, with the reason."""
    if not clean(reason):
        raise PlanningRefused("Hãy ghi nội dung cần bổ sung.")
    with act(actor=actor, action="planning.return", may="cases.decide", at=at, reason=clean(reason)) as log:
        row = _own_home(pk, actor, scope)
        if row.sent_on is None:
            raise PlanningRefused("Đơn vị chưa gửi danh sách nên chưa có gì để trả lại.")
        for one in slates(actor=actor, scope=scope, home=row):
            for of in filter(None, (one.adding, one.removing)):
                _send_back(of, clean(reason), on, actor, at, log)
        before = values_of(row)
        row.returned_on, row.return_reason, row.sent_on, row.received_on = on, clean(reason)[:500], None, None
        row.save()
        log.updated(before, row)
    return row


def _send_back(of: Case, reason: str, on: date, actor: Actor, at: datetime, log: ActLog) -> None:
    steps, state = steps_of(of), state_of(of)
    now = due(steps, state)
    if now is None or SUBMITS not in [step.code for step in steps.steps] or steps.at(now[0].code) <= steps.at(SUBMITS):
        return
    entry = Entry(now[0].code, "return", on, {"to": SUBMITS, "reason": reason})
    carry_out(row=of, entry=entry, seen=of.entries.count(), actor=actor, at=at, log=log)


def _own_home(pk: int, actor: Actor, scope: Scope) -> RoundUnit:
    row = home(pk=pk, actor=actor, scope=scope)
    refuse_closed(row)
    if not scope.sees_unit(row.round.unit_id):
        raise PlanningRefused("Chỉ nơi mở đợt quy hoạch mới làm được việc này.")
    return row
