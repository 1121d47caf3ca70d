"""Opening and closing rounds: the level above ticks units and titles; every list starts from the plan as it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from canbo.audit.changes import ActLog, act, values_of
from canbo.dossier.models import Employment, PlanEntry
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean
from canbo.organization.models import Term, Title, Unit
from canbo.planning.models import CLASSES, KINDS, Line, Round, RoundUnit, Slate
from canbo.planning.order import below
from canbo.planning.queries import GROUP, home, round_, slate
from canbo.snapshot.store import Snapshot

RUN, WRITE = "planning.run", "cases.write"


class PlanningRefused(Exception):
    """What the round, the law or the order of steps does not allow; the sentence says what to do."""


@dataclass(frozen=True)
class Wanted:
    """A title to plan for a term: built anew for the next one or reviewed for the present one; `age_on` = day ages are counted."""

    title: str
    term: str
    kind: str
    age_on: date


@dataclass(frozen=True)
class Opening:
    """What the level above decides. `bands` = inner borders of the three age bands, in years."""

    unit: int
    name: str
    units: Collection[int]
    wanted: Sequence[Wanted]
    opened_on: date
    deadline: date
    on: date
    order: str = ""
    form: str = ""
    bands: tuple[int, ...] = ()


def open_round(*, opening: Opening, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime) -> Round:
    """Open a round: a slate for every ticked unit and every title of its level, with who stands in that plan on the day.

    Raises PlanningRefused, Forbidden.
    """
    _check(opening, scope)
    titles, terms = _titles(opening.wanted), _terms(opening.wanted)
    units = list(Unit.objects.filter(pk__in=opening.units).order_by("order", "name"))
    said = clean(opening.name)
    with act(actor=actor, action="planning.open", may=RUN, at=at, reason=said, document=clean(opening.order)) as log:
        made = Round.objects.create(
            unit_id=opening.unit, name=said[:200], order=clean(opening.order)[:200], form=clean(opening.form),
            opened_on=opening.opened_on, deadline=opening.deadline, on=opening.on, bands=list(opening.bands),
        )  # fmt: skip
        log.inserted(made)
        standing = standing_on(titles=titles.values(), terms=terms.values(), on=opening.on, snapshot=snapshot)
        for unit in units:
            _open_unit(made, unit, opening.wanted, titles, terms, standing, log)
        if not Slate.objects.filter(home__round=made).exists():
            raise PlanningRefused("Không có danh sách nào: chức danh đã chọn không thuộc cấp của đơn vị nào đã chọn; hãy chọn lại.")
    return made


@dataclass(frozen=True)
class Standing:
    """Who stands in the plan on a day, read once for all slates of a round. `serves`: whoever stands without a unit → her unit."""

    entries: Mapping[tuple[int, int], Sequence[PlanEntry]]
    serves: Mapping[int, int]
    snapshot: Snapshot


def standing_on(*, titles: Iterable[Title], terms: Iterable[Term], on: date, snapshot: Snapshot) -> Standing:
    """Two queries, however many slates."""
    rows = PlanEntry.objects.holding(on).filter(title__in=list(titles), term__in=list(terms), person__merged_into=None)  # type: ignore[attr-defined]
    found: dict[tuple[int, int], list[PlanEntry]] = {}
    for entry in rows.order_by("pk"):
        found.setdefault((entry.title_id, entry.term_id), []).append(entry)
    astray = [one.person_id for group in found.values() for one in group if one.unit_id is None]
    spans = Employment.objects.holding(on).filter(person__in=astray) if astray else Employment.objects.none()  # type: ignore[attr-defined]
    return Standing(found, dict(spans.values_list("person", "unit")), snapshot)


def _open_unit(
    made: Round, unit: Unit, wanted: Sequence[Wanted], titles: dict[str, Title], terms: dict[str, Term], standing: Standing, log: ActLog
) -> None:
    fitting = [one for one in wanted if not (level := titles[one.title].level) or not unit.level or level == unit.level]
    if not fitting:
        return  # of another level: nothing to send in, nothing to wait for
    row = RoundUnit.objects.create(round=made, unit=unit)
    log.inserted(row)
    tree = below(unit.pk, standing.snapshot)
    for one in fitting:
        found = Slate.objects.create(home=row, title=titles[one.title], term=terms[one.term], kind=one.kind, age_on=one.age_on)
        log.inserted(found)
        keep_present(found, tree, standing, log)


def keep_present(slate: Slate, tree: frozenset[int], standing: Standing, log: ActLog) -> list[Line]:
    """Lines for everybody who stands in this part of the plan; an entry without a unit stands where its person serves."""
    found: dict[int, Line] = {}
    for entry in standing.entries.get((slate.title_id, slate.term_id), ()):
        if (entry.unit_id or standing.serves.get(entry.person_id)) in tree and entry.person_id not in found:
            found[entry.person_id] = Line(
                slate=slate, person_id=entry.person_id, standing="keep", entry=entry, origin=entry.origin, ground=entry.ground_in,
                plan_class=entry.plan_class if entry.plan_class in dict(CLASSES) else "",
            )
    for line in Line.objects.bulk_create(found.values()):
        log.inserted(line, person=line.person_id)
    return list(found.values())


def close_round(*, pk: int, on: date, actor: Actor, scope: Scope, at: datetime) -> Round:
    """Close a round when every unit has sent its lists and every case is over."""
    with act(actor=actor, action="planning.close", may=RUN, at=at) as log:
        row = own_round(pk, actor, scope)
        waiting = list(row.units.filter(sent_on=None).values_list("unit__name", flat=True)[:5])
        if waiting:
            raise PlanningRefused(f"Còn đơn vị chưa gửi danh sách: {', '.join(waiting)}; hãy nhắc hoặc bỏ đơn vị đó khỏi đợt.")
        if undecided := _undecided(row):
            raise PlanningRefused(f"Còn danh sách chưa có quyết định: {', '.join(undecided[:5])}; hãy làm xong rồi đóng đợt.")
        before = values_of(row)
        row.closed_on = on
        row.save()
        log.updated(before, row)
    return row


def _undecided(row: Round) -> list[str]:
    found = []
    for one in Slate.objects.filter(home__round=row).select_related("home__unit", "title", "adding", "removing"):
        cases = [case for case in (one.adding, one.removing) if case is not None]
        if any(case.status == "open" for case in cases) or (not cases and one.lines.exclude(standing="keep").exists()):
            found.append(f"{one.title.name} ({one.home.unit.name})")
    return found


def drop_unit(*, pk: int, reason: str, actor: Actor, scope: Scope, at: datetime) -> Round:
    """Take a unit out of a round before a meeting was opened there; what was written so far stays in the log alone."""
    if not clean(reason):
        raise PlanningRefused("Hãy ghi lý do bỏ đơn vị khỏi đợt.")
    with act(actor=actor, action="planning.drop", may=RUN, at=at, reason=clean(reason)) as log:
        row = home(pk=pk, actor=actor, scope=scope)
        of = own_round(row.round_id, actor, scope)
        lists = list(row.slates.all())
        if any(one.adding_id or one.removing_id for one in lists):
            raise PlanningRefused("Đơn vị này đã mở việc theo quy trình nên không bỏ khỏi đợt được; hãy rút việc đó trước.")
        if of.units.count() == 1:
            raise PlanningRefused("Đợt chỉ còn đơn vị này; hãy giữ lại ít nhất một đơn vị.")
        _delete(lists, row, log)
    return of


def _delete(lists: Iterable[Slate], row: RoundUnit, log: ActLog) -> None:
    for one in lists:
        for line in one.lines.order_by("pk"):
            for brought in line.introductions.all():
                log.deleted(values_of(brought), brought)
            line.introductions.all().delete()
            log.deleted(values_of(line), line, person=line.person_id)
        one.lines.all().delete()
        for asked in one.requests.all():
            log.deleted(values_of(asked), asked)
        one.requests.all().delete()
        log.deleted(values_of(one), one)
        one.delete()
    for copy in row.copies.all():
        log.deleted(values_of(copy), copy)
    row.copies.all().delete()
    log.deleted(values_of(row), row)
    row.delete()


def set_size(
    *, pk: int, size: int | None, document: str, actor: Actor, scope: Scope, at: datetime
) -> Slate:
    """Write down how many places the body has by which paper: the coefficient is counted on it."""
    if size is not None and not 1 <= size <= 200:
        raise PlanningRefused("Số lượng theo quy định phải từ 1 đến 200; hãy sửa số.")
    if size is not None and not clean(document):
        raise PlanningRefused("Hãy ghi văn bản quy định số lượng.")
    with act(actor=actor, action="planning.size", may=WRITE, at=at, document=clean(document)) as log:
        row = slate(pk=pk, actor=actor, scope=scope)
        refuse_closed(row.home)
        before = values_of(row)
        row.size, row.size_document = size, clean(document)[:200]
        row.save()
        log.updated(before, row)
    return row


# --- pieces


def own_round(pk: int, actor: Actor, scope: Scope) -> Round:
    """A round that is open and that the reader's own units opened."""
    row = round_(pk=pk, actor=actor, scope=scope)
    if not scope.sees_unit(row.unit_id):
        raise Forbidden("Đợt này do cấp trên mở; chỉ nơi mở đợt mới làm được việc này.")
    if row.closed_on:
        raise PlanningRefused("Đợt quy hoạch này đã kết thúc.")
    return row


def refuse_closed(row: RoundUnit) -> None:
    """PlanningRefused once the round is closed."""
    if row.round.closed_on:
        raise PlanningRefused("Đợt quy hoạch này đã kết thúc; hãy mở đợt mới.")


def _check(opening: Opening, scope: Scope) -> None:
    if not scope.sees_group(GROUP) or not scope.sees_unit(opening.unit):
        raise Forbidden("Bạn chưa được giao quyền mở đợt quy hoạch ở đơn vị này.")
    if not opening.units:
        raise PlanningRefused("Hãy chọn ít nhất một đơn vị.")
    if any(not scope.sees_unit(unit) for unit in opening.units):
        raise Forbidden("Có đơn vị không thuộc phạm vi bạn được giao.")
    if not clean(opening.name):
        raise PlanningRefused("Hãy đặt tên cho đợt quy hoạch.")
    if not opening.wanted:
        raise PlanningRefused("Hãy chọn ít nhất một chức danh và nhiệm kỳ.")
    if opening.deadline < opening.opened_on:
        raise PlanningRefused("Hạn gửi danh sách phải từ ngày mở đợt trở đi; hãy sửa ngày.")
    if {one.kind for one in opening.wanted} - set(dict(KINDS)):
        raise PlanningRefused("Hãy chọn xây dựng quy hoạch nhiệm kỳ kế tiếp hoặc rà soát nhiệm kỳ hiện tại.")
    if len({(one.title, one.term) for one in opening.wanted}) < len(opening.wanted):
        raise PlanningRefused("Một chức danh, một nhiệm kỳ chỉ chọn một lần; hãy bỏ dòng trùng.")
    _check_bands(opening.bands)


def _check_bands(bands: tuple[int, ...]) -> None:
    if bands and (len(bands) != 2 or not 18 < bands[0] < bands[1] < 70):
        raise PlanningRefused("Ba độ tuổi cần hai mốc tuổi tăng dần, ví dụ 40 và 45; hãy sửa hai mốc.")


def _titles(wanted: Iterable[Wanted]) -> dict[str, Title]:
    codes = {one.title for one in wanted}
    found = {row.code: row for row in Title.objects.filter(code__in=codes)}
    if codes - found.keys():
        raise PlanningRefused(f"Không có chức danh “{sorted(codes - found.keys())[0]}”; hãy chọn trong danh mục.")
    return found


def _terms(wanted: Iterable[Wanted]) -> dict[str, Term]:
    codes = {one.term for one in wanted}
    found = {row.code: row for row in Term.objects.filter(code__in=codes)}
    if codes - found.keys():
        raise PlanningRefused(f"Không có nhiệm kỳ “{sorted(codes - found.keys())[0]}”; hãy thêm nhiệm kỳ trước.")
    return found
