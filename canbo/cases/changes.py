"""The only writer of cases: open one, take a step. Each is one transaction, one act, one permission."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from canbo.audit.changes import ActLog, act, values_of
from canbo.cases.given import Filed, Member, Named, Opening, Secrecy
from canbo.cases.models import SECRECY, Case, CaseEntry, CaseMember, CaseName, CasePaper
from canbo.cases.queries import case
from canbo.cases.rules import (
    CaseRefused,
    action_of,
    as_data,
    as_entry,
    procedure_of,
    refuse_overtaken,
    refuse_unfounded,
    start,
    steps_of,
    stored_data,
    version_on,
)
from canbo.dossier.files import checked_media, keep
from canbo.engine.law.model import LawSet, ProvisionVersion
from canbo.engine.procedures.model import ProcedureRefused, Steps
from canbo.engine.procedures.replay import Entry, State, apply, due, replay
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

# Kinds whose steps write more than the log: their mechanism carries them out, in one act with what follows.
OF_A_MECHANISM: Mapping[str, str] = {
    "evaluation": "Việc này làm ở trang của đợt đánh giá, để kết quả được ghi cùng quyết định.",
    "planning": "Việc này làm ở trang của đợt quy hoạch, để kết quả được ghi cùng quyết định.",
}


def open_case(*, opening: Opening, laws: LawSet, actor: Actor, scope: Scope, at: datetime) -> Case:
    """Open a case under the procedure in force on its first day.

    Nothing of a state secret, or of what may be one, is kept: then only number, date and holder of the paper file are.
    Raises CaseRefused, ProcedureRefused, Forbidden.
    """
    if not scope.sees_unit(opening.unit) or not scope.sees_group(opening.group):
        raise Forbidden("Bạn chưa được giao quyền mở việc này ở đơn vị đã chọn.")
    _check_secrecy(opening.secrecy)
    if opening.secrecy.level != "none":
        return _kept_outside(opening, actor, at)
    said = f"Mở: {procedure_of(laws, opening.procedure).label}"
    with act(actor=actor, action="cases.open", may="cases.write", at=at, reason=said) as log:
        return begin(opening=opening, laws=laws, actor=actor, at=at, log=log)


def begin(*, opening: Opening, laws: LawSet, actor: Actor, at: datetime, log: ActLog) -> Case:
    """As `open_case`, inside an act that is already open and was allowed."""
    names = opening.names
    if not names:
        raise CaseRefused("Chưa có ai trong danh sách; hãy chọn ít nhất một người.")
    if not clean(opening.name):
        raise CaseRefused("Hãy đặt tên cho việc này.")
    _check_named(names)
    version = version_on(laws, opening.procedure, opening.on)
    refuse_unfounded(version, opening.basis)
    _check_seats(opening, version)
    made = _blank(opening, actor, at)
    made.name, made.title_id, made.seats, made.procedure = clean(opening.name)[:300], opening.title, opening.seats, opening.procedure
    made.rules, made.document, made.laws = stored_data(version.raw), version.cite.document, laws.hash
    made.basis = clean(opening.basis)[:300]
    made.save()
    log.inserted(made)
    rows = [
        CaseName(case=made, person_id=named.person, text=clean(named.text)[:200], order=order) for order, named in enumerate(names, 1)
    ]
    for row in CaseName.objects.bulk_create(rows):
        log.inserted(row)
    _keep_fold(made, start(made), log)
    return made


def take_step(
    *, pk: int, entry: Entry, seen: int, actor: Actor, scope: Scope, at: datetime, members: Iterable[Member] = (),
    paper: Filed | None = None,
) -> State:  # fmt: skip
    """Carry out the duty that is due, or one beside it; the only way a case moves.

    `seen` is the number of the last entry the writer saw: when somebody else wrote meanwhile, she is told and nothing is
    written. Raises ProcedureRefused with the reason and the article, CaseRefused, Forbidden.
    """
    may_do = action_of(case(pk=pk, actor=actor, scope=scope), entry.duty, seen)
    with act(actor=actor, action=f"cases.{entry.duty}", may=may_do, at=at) as log:
        row = case(pk=pk, actor=actor, scope=scope)
        if row.kind in OF_A_MECHANISM and entry.duty != "paper":
            raise CaseRefused(OF_A_MECHANISM[row.kind])
        return carry_out(row=row, entry=entry, seen=seen, actor=actor, at=at, log=log, members=members, paper=paper)


def carry_out(
    *, row: Case, entry: Entry, seen: int, actor: Actor, at: datetime, log: ActLog, members: Iterable[Member] = (),
    paper: Filed | None = None,
) -> State:  # fmt: skip
    """As `take_step`, inside an act that is already open: a mechanism writes what follows from the step in the same one."""
    if entry.duty == "introduce":  # its names are written first, by `introduce`
        raise CaseRefused("Hãy ghi người được giới thiệu bằng mục “Giới thiệu thêm người”.")
    return _carried(row, entry, seen, actor, at, log, members, paper)


def introduce(
    *, pk: int, named: Sequence[Named], by: str, on: date, seen: int, actor: Actor, scope: Scope, at: datetime
) -> State:
    """People who are not on the list, named by `by` at a step that allows it: voted on from now on.

    Raises ProcedureRefused outside such a step or after its first count, CaseRefused while a ballot on screen is open, Forbidden.
    """
    may_do = action_of(case(pk=pk, actor=actor, scope=scope), "introduce", seen)
    with act(actor=actor, action="cases.introduce", may=may_do, at=at) as log:
        row = case(pk=pk, actor=actor, scope=scope)
        if row.kind in OF_A_MECHANISM:
            raise CaseRefused(OF_A_MECHANISM[row.kind])
        return bring_in(row=row, named=named, by=by, on=on, seen=seen, actor=actor, at=at, log=log)


def bring_in(
    *, row: Case, named: Sequence[Named], by: str, on: date, seen: int, actor: Actor, at: datetime, log: ActLog
) -> State:
    """As `introduce`, inside an act that is already open: a mechanism writes its own line of the person in the same one."""
    _check_named(named)
    if row.ballots.filter(closed=False).exists():
        raise CaseRefused("Đang bỏ phiếu trên màn hình; hãy đóng lần bỏ phiếu ấy rồi giới thiệu thêm.")
    keys = _names_of(row, named, log)
    entry = Entry(step="", duty="introduce", on=on, data={"names": keys, "by": clean(by)[:300]})
    return _carried(row, entry, seen, actor, at, log)


def _carried(
    row: Case, entry: Entry, seen: int, actor: Actor, at: datetime, log: ActLog, members: Iterable[Member] = (),
    paper: Filed | None = None,
) -> State:  # fmt: skip
    entries = list(row.entries.order_by("number"))
    refuse_overtaken(entries, seen)
    rules = steps_of(row)
    state = replay(rules, start(row), map(as_entry, entries))
    after = apply(rules, state, entry)
    _append(row, entry, len(entries) + 1, actor, at, log)
    _add_members(row, members, len(entries) + 1, log)
    if paper is not None:
        _file(row, paper, at, log)
    _keep_outcomes(row, after, log)
    _keep_fold(row, after, log)
    return after


def file_paper(*, pk: int, paper: Filed, on: date, seen: int, actor: Actor, scope: Scope, at: datetime) -> State:
    """Put a paper into the case; its kind and day are in the log, its scan beside it."""
    entry = Entry(step="", duty="paper", on=on, data={"kind": paper.kind, "dated": paper.dated})
    return take_step(pk=pk, entry=entry, seen=seen, actor=actor, scope=scope, at=at, paper=paper)


# --- pieces


def _check_named(names: Sequence[Named]) -> None:
    if not all(named.person is not None or clean(named.text) for named in names):
        raise CaseRefused("Có người trong danh sách chưa có họ tên; hãy ghi đủ.")


def _names_of(row: Case, named: Sequence[Named], log: ActLog) -> list[int]:
    """Keys of the names in the case; who is not among them yet is added at the end of the list."""
    known = {(name.person_id, "" if name.person_id else name.text): name.pk for name in row.names.order_by("-order", "-pk")}
    order, number = row.names.count(), row.entries.count() + 1
    found = []
    for one in named:
        who = (one.person, "" if one.person else clean(one.text)[:200])
        if who not in known:
            order += 1
            line = CaseName(case=row, person_id=one.person, text=who[1], order=order, entry=number)
            line.save()
            log.inserted(line)
            known[who] = line.pk
        found.append(known[who])
    return list(dict.fromkeys(found))


def _check_seats(opening: Opening, version: ProvisionVersion) -> None:
    """So many places as there are people, unless people may be introduced on the way."""
    most = len(opening.names)
    grows = isinstance(version.content, Steps) and version.content.introduces
    if opening.seats < 1 or (opening.seats > most and not grows):
        raise CaseRefused(f"Số lượng cần chọn phải từ 1 đến {most} (số người trong danh sách).")


def _check_secrecy(secrecy: Secrecy) -> None:
    if secrecy.level not in dict(SECRECY):
        raise CaseRefused("Hãy xác định việc này có thuộc danh mục bí mật nhà nước hay không.")
    if not clean(secrecy.by):
        raise CaseRefused("Hãy ghi ai xác định việc này không thuộc danh mục bí mật nhà nước, ngày nào.")
    if secrecy.level == "none" and not clean(secrecy.item):
        raise CaseRefused("Hãy ghi danh mục, mục đã đối chiếu khi xác định không thuộc bí mật nhà nước.")


def _blank(opening: Opening, actor: Actor, at: datetime) -> Case:
    secrecy = opening.secrecy
    return Case(
        kind=opening.kind, unit_id=opening.unit, group=opening.group, opened_on=opening.on, secrecy=secrecy.level,
        secrecy_by=clean(secrecy.by)[:200], secrecy_item=clean(secrecy.item)[:300], secrecy_on=secrecy.on, user=actor.user,
        created_at=at,
    )  # fmt: skip


def _kept_outside(opening: Opening, actor: Actor, at: datetime) -> Case:
    """A secret, or what may be one: number, date and holder of the paper file, nothing more."""
    made, secrecy = _blank(opening, actor, at), opening.secrecy
    if not clean(secrecy.held_number) or not clean(secrecy.held_by):
        raise CaseRefused("Việc mật hoặc chưa xác định chỉ được ghi số hồ sơ giấy và nơi giữ; hãy ghi đủ hai mục này.")
    made.status, made.held_number, made.held_by = "outside", clean(secrecy.held_number)[:60], clean(secrecy.held_by)[:200]
    with act(actor=actor, action="cases.open", may="cases.write", at=at) as log:
        made.save()
        log.inserted(made)
    return made


def _append(row: Case, entry: Entry, number: int, actor: Actor, at: datetime, log: ActLog) -> None:
    line = CaseEntry(
        case=row, number=number, step=entry.step, duty=entry.duty, on=entry.on, data=stored_data(entry.data), at=at,
        user=actor.user, role=actor.role,
    )  # fmt: skip
    line.save(force_insert=True)
    log.inserted(line)


def _add_members(row: Case, members: Iterable[Member], number: int, log: ActLog) -> None:
    for member in members:
        line = CaseMember(
            case=row, entry=number, person_id=member.person, name=clean(member.name)[:200], capacity=clean(member.capacity)[:200],
            present=member.present, excused=clean(member.excused)[:200], votes=member.votes,
        )  # fmt: skip
        line.save()
        log.inserted(line)


def _file(row: Case, paper: Filed, at: datetime, log: ActLog) -> None:
    sha = ""
    if paper.scan is not None:
        filename, content = paper.scan
        sha = keep(content=content, media_type=checked_media(filename=filename, content=content), at=at)
    line = CasePaper(
        case=row, kind=clean(paper.kind)[:40], number=clean(paper.number)[:60], dated=paper.dated, issuer=clean(paper.issuer)[:200],
        name_id=paper.name, file_sha256=sha, added_at=at,
    )  # fmt: skip
    line.save()
    log.inserted(line)


def _keep_outcomes(row: Case, after: State, log: ActLog) -> None:
    """Who was approved, who was refused and why: on the names, so that a list needs no log."""
    outcomes: Mapping[int, tuple[str, str]] = {
        **dict.fromkeys(after.approved, ("approved", "")), **{name: ("refused", why) for name, why in after.refused.items()},
    }  # fmt: skip
    changed, before = [], []
    for line in row.names.all():
        outcome, reason = outcomes.get(line.pk, ("", ""))
        if (line.outcome, line.reason) != (outcome, reason[:500]):
            before.append(values_of(line))
            line.outcome, line.reason = outcome, reason[:500]
            changed.append(line)
    CaseName.objects.bulk_update(changed, ("outcome", "reason"), batch_size=200)
    for old, line in zip(before, changed, strict=True):
        log.updated(old, line)


def _keep_fold(row: Case, state: State, log: ActLog) -> None:
    now = due(steps_of(row), state)
    before = values_of(row)
    row.status, row.step, row.duty = state.status, now[0].code if now else "", now[1] if now else ""
    row.save()
    log.updated(before, row)


__all__ = [
    "CaseRefused", "Filed", "Member", "Named", "Opening", "ProcedureRefused", "Secrecy", "action_of", "as_data", "begin",
    "bring_in", "carry_out", "file_paper", "introduce", "open_case", "take_step",
]  # fmt: skip
