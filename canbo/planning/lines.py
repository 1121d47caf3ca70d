"""People on a slate before its case is opened: brought forward, kept, taken off, commented on – each with who, why and by which paper."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from canbo.assess.law_sets import Law
from canbo.audit.changes import ActLog, act, values_of
from canbo.dossier.models import Person, PlanEntry
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean
from canbo.planning.judging import Judged, sentences
from canbo.planning.models import CLASSES, INTRODUCERS, ORIGINS, STANDINGS, Introduction, Line, Slate
from canbo.planning.queries import line, lines, slate
from canbo.planning.review import judged_slates, proposals
from canbo.planning.rounds import WRITE, PlanningRefused, refuse_closed
from canbo.snapshot.store import Snapshot


@dataclass(frozen=True)
class Brought:
    """Somebody brought forward, by whom: a cell, a unit, an organization, a committee member, a conference, herself."""

    person: int
    kind: str
    by: str
    on: date
    origin: str = "tai-cho"
    plan_class: str = ""
    unit: int | None = None
    document: str = ""
    ground: str = ""


def bring_forward(
    *, pk: int, brought: Collection[Brought], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> list[Line]:
    """Put people on a slate; who is on it already gets one more introduction. Who does not meet what is asked is refused, with the article.

    Structure never lowers a standard: only a special case decided by the authority (a waiver on file) lets somebody past.
    """
    if not brought:
        raise PlanningRefused("Hãy chọn ít nhất một người.")
    with act(actor=actor, action="planning.bring", may=WRITE, at=at) as log:
        row = open_slate(pk, actor, scope)
        held = {one.person_id: one for one in lines(slates=[row], actor=actor, scope=scope)[row.pk]}
        new = [one for one in brought if one.person not in held]
        refuse_unfit(row, [one.person for one in new], law, snapshot, actor, scope)
        found = []
        for one in brought:
            _check(one)
            of = held.get(one.person) or added(row, one, len(held), log)
            held[one.person] = of
            introduced = Introduction.objects.create(
                line=of, kind=one.kind, by=clean(one.by)[:200], unit_id=one.unit, on=one.on, document=clean(one.document)[:200]
            )
            log.inserted(introduced)
            found.append(of)
    return found


def refuse_unfit(row: Slate, people: Collection[int], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> dict[int, Judged]:
    """What was found of each; PlanningRefused with the first person who may not stand on the slate, and why."""
    judged = judged_slates(
        slates=[row], lines={}, law=law, snapshot=snapshot, actor=actor, scope=scope, extra={row.pk: list(people)}
    )[row.pk]
    for person, one in judged.items():
        against = [*one.against, *(r for r in one.reasons if r.purpose == "rule" and r.severity == "block" and r not in one.against)]
        if not one.here:
            raise PlanningRefused(f"{_name(person)}: không công tác trong phạm vi bạn quản lý; hãy đề nghị nơi quản lý giới thiệu.")
        if against:
            raise PlanningRefused(f"{_name(person)}: chưa đưa vào quy hoạch được – {'; '.join(sentences(against))}.")
    return judged


def _name(person: int) -> str:
    return Person.objects.values_list("full_name", flat=True).get(pk=person)


def _check(one: Brought) -> None:
    if one.kind not in dict(INTRODUCERS) or not clean(one.by):
        raise PlanningRefused("Hãy ghi nơi, người giới thiệu.")
    if one.origin not in dict(ORIGINS):
        raise PlanningRefused("Hãy chọn nguồn: tại chỗ, từ cấp trên xuống, từ nơi khác.")
    if one.plan_class and one.plan_class not in dict(CLASSES):
        raise PlanningRefused("Hãy chọn đối tượng 1 hoặc đối tượng 2.")


def added(row: Slate, one: Brought, order: int, log: ActLog) -> Line:
    made = Line.objects.create(
        slate=row, person_id=one.person, standing="add", origin=one.origin, plan_class=one.plan_class, ground=clean(one.ground)[:500],
        order=order + 1,
    )  # fmt: skip
    log.inserted(made, person=one.person)
    return made


def set_standing(
    *, pk: int, standing: str, ground: str, document: str, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> Line:
    """Keep somebody in the plan or take her out, with the reason; who no longer may stay is not kept without a special case."""
    if standing not in dict(STANDINGS) or standing == "add":
        raise PlanningRefused("Hãy chọn giữ hoặc đưa ra khỏi quy hoạch.")
    if standing == "remove" and not clean(ground):
        raise PlanningRefused("Đưa ra khỏi quy hoạch phải có lý do; hãy ghi lý do.")
    with act(actor=actor, action="planning.standing", may=WRITE, at=at, reason=clean(ground)) as log:
        row = line(pk=pk, actor=actor, scope=scope)
        open_slate(row.slate_id, actor, scope)
        if row.standing == "add":
            raise PlanningRefused("Người này mới được giới thiệu; hãy bỏ khỏi danh sách nếu không đưa vào.")
        if standing == "keep":
            _refuse_keeping(row, law, snapshot, actor, scope)
        before = values_of(row)
        row.standing, row.ground, row.ground_document = standing, clean(ground)[:500], clean(document)[:200]
        row.save()
        log.updated(before, row, person=row.person_id)
    return row


def _refuse_keeping(row: Line, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> None:
    judged = judged_slates(slates=[row.slate], lines={row.slate_id: [row]}, law=law, snapshot=snapshot, actor=actor, scope=scope)
    one = judged[row.slate_id][row.person_id]
    if not one.here:
        raise PlanningRefused(f"{row.person.full_name}: không còn công tác trong phạm vi quản lý nên không giữ trong quy hoạch được.")
    if one.against:
        raise PlanningRefused(
            f"{row.person.full_name}: không giữ trong quy hoạch được – {'; '.join(sentences(one.against))}; "
            "trường hợp đặc biệt thì ghi văn bản của cấp có thẩm quyền ở hồ sơ trước."
        )


def take_proposals(
    *, pk: int, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> list[Line]:
    """Put on every line the program proposes to take out its proposal with the reasons; a person looks through them afterwards."""
    with act(actor=actor, action="planning.proposals", may=WRITE, at=at) as log:
        row = open_slate(pk, actor, scope)
        rows = lines(slates=[row], actor=actor, scope=scope)
        found = proposals(slates=[row], lines=rows, law=law, snapshot=snapshot, actor=actor, scope=scope)[row.pk]
        changed = []
        for one in found:
            if one.says == "remove" and one.line.standing == "keep":
                before = values_of(one.line)
                one.line.standing, one.line.ground = "remove", "; ".join(one.why)[:500]
                one.line.save()
                log.updated(before, one.line, person=one.line.person_id)
                changed.append(one.line)
    return changed


@dataclass(frozen=True)
class Taken:
    """One change of the solver's that somebody agreed with: who comes in, who goes, what it is for."""

    slate: int
    added: int | None
    removed: int | None
    text: str


def take_changes(
    *, changes: Collection[Taken], on: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> list[Slate]:
    """Put on their slates the changes somebody chose from a proposal; each is checked again as if she had written it herself."""
    if not changes:
        raise PlanningRefused("Hãy chọn ít nhất một thay đổi.")
    with act(actor=actor, action="planning.take", may=WRITE, at=at, reason="theo đề xuất về số lượng, cơ cấu") as log:
        found = {pk: open_slate(pk, actor, scope) for pk in sorted({one.slate for one in changes})}
        rows = lines(slates=found.values(), actor=actor, scope=scope)
        for pk, row in found.items():
            mine = [one for one in changes if one.slate == pk]
            refuse_unfit(row, [one.added for one in mine if one.added is not None], law, snapshot, actor, scope)
            held = {line.person_id: line for line in rows[pk]}
            for one in mine:
                if one.removed is not None and one.removed in held:
                    _taken_out(held[one.removed], one.text, log)
                if one.added is not None and one.added not in held:
                    brought = Brought(one.added, "don-vi", row.home.unit.name, on, ground=one.text)
                    line = added(row, brought, len(held), log)
                    held[one.added] = line
                    log.inserted(Introduction.objects.create(line=line, kind="don-vi", by=brought.by, unit_id=row.home.unit_id, on=on))
    return list(found.values())


def _taken_out(line: Line, why: str, log: ActLog) -> None:
    """Who was only brought forward leaves the slate; who stands in the plan is proposed to leave it."""
    before = values_of(line)
    if line.standing == "add":
        for brought in line.introductions.all():
            log.deleted(values_of(brought), brought)
        line.introductions.all().delete()
        log.deleted(before, line, person=line.person_id)
        line.delete()
        return
    line.standing, line.ground = "remove", why[:500]
    line.save()
    log.updated(before, line, person=line.person_id)


def drop_line(*, pk: int, actor: Actor, scope: Scope, at: datetime) -> Slate:
    """Take off a slate somebody brought forward before its case was opened."""
    with act(actor=actor, action="planning.drop_line", may=WRITE, at=at) as log:
        row = line(pk=pk, actor=actor, scope=scope)
        of = open_slate(row.slate_id, actor, scope)
        if row.standing != "add":
            raise PlanningRefused("Người này đang trong quy hoạch; hãy chọn đưa ra và ghi lý do.")
        for brought in row.introductions.all():
            log.deleted(values_of(brought), brought)
        row.introductions.all().delete()
        log.deleted(values_of(row), row, person=row.person_id)
        row.delete()
    return of


def comment_on(*, pk: int, text: str, on: date, actor: Actor, scope: Scope, at: datetime) -> Line:
    """What the head writes about one person of the plan (nhận xét của người đứng đầu)."""
    if not clean(text):
        raise PlanningRefused("Hãy ghi nhận xét.")
    with act(actor=actor, action="planning.comment", may="cases.decide", at=at) as log:
        row = line(pk=pk, actor=actor, scope=scope)
        refuse_closed(row.slate.home)
        before = values_of(row)
        row.comment, row.commented_on = text.strip(), on
        row.save()
        log.updated(before, row, person=row.person_id)
    return row


def put_in_order(*, pk: int, order: Mapping[int, int], actor: Actor, scope: Scope, at: datetime) -> Slate:
    """The order of a slate's lines as its makers want it printed: line → place."""
    with act(actor=actor, action="planning.order", may=WRITE, at=at) as log:
        row = slate(pk=pk, actor=actor, scope=scope)
        refuse_closed(row.home)
        for one in lines(slates=[row], actor=actor, scope=scope)[row.pk]:
            if one.pk in order and order[one.pk] != one.order:
                before = values_of(one)
                one.order = order[one.pk]
                one.save()
                log.updated(before, one, person=one.person_id)
    return row


def carry_over(
    *, pk: int, term: str, on: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> tuple[list[Line], dict[int, str]]:
    """Bring forward for this slate's term who is planned for the same title in another: (lines made, person → why not).

    Who no longer fits is left out and told, not refused for everybody.
    """
    with act(actor=actor, action="planning.carry_over", may=WRITE, at=at, reason=f"từ nhiệm kỳ {term}") as log:
        row = open_slate(pk, actor, scope)
        held = {one.person_id for one in lines(slates=[row], actor=actor, scope=scope)[row.pk]}
        rows = PlanEntry.objects.holding(row.home.round.on).filter(title=row.title_id, term__code=term, unit=row.home.unit_id)  # type: ignore[attr-defined]
        people = [entry for entry in rows.select_related("person").order_by("pk") if entry.person_id not in held]
        judged = judged_slates(
            slates=[row], lines={}, law=law, snapshot=snapshot, actor=actor, scope=scope, extra={row.pk: [e.person_id for e in people]}
        )[row.pk]
        made: list[Line] = []
        left: dict[int, str] = {}
        for entry in people:
            one = judged[entry.person_id]
            if not one.here or one.against:
                left[entry.person_id] = "; ".join(sentences(one.against)) or "không còn công tác trong phạm vi quản lý"
                continue
            brought = Brought(
                entry.person_id, "don-vi", row.home.unit.name, on, ground=f"Chuyển tiếp từ quy hoạch nhiệm kỳ {term}",
                origin=entry.origin if entry.origin in dict(ORIGINS) else "tai-cho",
                plan_class=entry.plan_class if entry.plan_class in dict(CLASSES) else "",
            )  # fmt: skip
            of = added(row, brought, len(held) + len(made), log)
            log.inserted(Introduction.objects.create(line=of, kind=brought.kind, by=brought.by, unit_id=row.home.unit_id, on=on))
            made.append(of)
    return made, left


def open_slate(pk: int, actor: Actor, scope: Scope) -> Slate:
    """A slate whose lines may still be changed: round open, no case opened."""
    row = slate(pk=pk, actor=actor, scope=scope)
    refuse_closed(row.home)
    if row.adding_id or row.removing_id:
        raise PlanningRefused("Danh sách này đã đưa vào quy trình; trả lại hoặc rút việc đó trước khi sửa danh sách.")
    return row
