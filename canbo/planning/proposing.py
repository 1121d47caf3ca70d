"""The smallest correction of a unit's lists ("cách sửa nhỏ nhất") in words: who in, who out, what for – or what is missing.

The solver proposes; people look through it, take what they agree with and sign.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from canbo.assess.law_sets import Law
from canbo.engine.optimise.model import Impossible, Progress, Solution
from canbo.engine.optimise.solve import solve
from canbo.engine.optimise.why import Step, why
from canbo.engine.structures.model import Listed, Reading
from canbo.kernel.actors import Scope
from canbo.planning.drafting import Draft, draft_of
from canbo.planning.judging import laws_at
from canbo.planning.models import Slate
from canbo.planning.numbers import kind_of, readings
from canbo.snapshot.store import Snapshot

SECONDS = 5.0  # a unit's lists are solved in far less; a page does not wait longer


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a proposal: who comes in, who goes, in which list, and what it is for, in one sentence."""

    slate: Slate
    added: int | None
    removed: int | None
    text: str


@dataclass(frozen=True)
class Proposed:
    """A proposal: the changes, how sure it is the smallest, and the meter as it would stand. `impossible` = why no list can do it."""

    changes: tuple[Change, ...]
    names: Mapping[int, str]
    proven: bool
    gap: float
    seconds: float
    impossible: tuple[str, ...] = ()
    meter: tuple[Reading, ...] = ()


def propose(
    *, draft: Draft, law: Law, snapshot: Snapshot, scope: Scope, seconds: float = SECONDS, threads: int = 2,
    watch: Callable[[Progress], bool] | None = None,
) -> Proposed:  # fmt: skip
    """The smallest correction, or why there is none, with the meter as it would stand afterwards."""
    answer = solve(draft.problem, seconds=seconds, threads=threads, watch=watch)
    best = answer.best if isinstance(answer, Impossible) else answer
    said = _impossible(answer, draft) if isinstance(answer, Impossible) else ()
    if best is None:
        return Proposed((), draft.names, True, 0.0, answer.seconds, said)
    steps = why(draft.problem, best)
    first = draft.slates[0]
    laws = laws_at(first.home.unit_id, law, snapshot)
    lists = [_as_listed(n, one, best, draft) for n, one in enumerate(draft.slates)]
    after = readings(lists, draft.ruled, laws, first.age_on, first.home.round.bands, snapshot, scope)
    changes = tuple(_change(step, draft) for step in steps)
    proven = answer.proven if isinstance(answer, Impossible) else best.proven
    return Proposed(changes, draft.names, proven, best.gap, answer.seconds, said, after)


def _as_listed(number: int, slate: Slate, best: Solution, draft: Draft) -> Listed:
    people = tuple(draft.people[person] for person, slot in sorted(best.pairs) if slot == number)
    return Listed(slate.pk, slate.title.level, kind_of(slate.title.code), people, slate.size)


def _change(step: Step, draft: Draft) -> Change:
    added = draft.people[step.added] if step.added is not None else None
    removed = draft.people[step.removed] if step.removed is not None else None
    return Change(draft.slates[step.slot], added, removed, _text(step, draft))


LIMITS = {
    "not-allowed": "người đưa ra không còn đủ điều kiện", "banned": "đã chọn không đưa vào", "kept": "đã chọn giữ",
    "slot-short": "danh sách còn thiếu người", "slot-over": "danh sách vượt số người quy định",
    "person-over": "một người quá số chức danh quy định",
}  # fmt: skip


def _text(step: Step, draft: Draft) -> str:
    carries = [_mark(code, draft) for code in step.carries]
    parts = [LIMITS[limit] for limit in step.limits]
    for effect in step.serves:
        before, after = effect.before, effect.after
        parts.append(f"{_label(effect.share, draft)} {before.marked}/{before.total} → {after.marked}/{after.total}")
    who = f"đủ tiêu chuẩn{', ' + ', '.join(carries) if carries else ''}; " if step.added is not None else ""
    return f"{who}{'; '.join(parts) or 'theo thứ tự ưu tiên đã chọn'}"


def _label(code: str, draft: Draft) -> str:
    rule, part = draft.rules[code]
    return f"{rule.label}{f' ({part})' if part else ''}".lower()


def _mark(code: str, draft: Draft) -> str:
    rule, part = draft.rules[code]
    return part or rule.label.removeprefix("Tỷ lệ ").removeprefix("Có ").lower()


def _impossible(answer: Impossible, draft: Draft) -> tuple[str, ...]:
    """What no list can do, in people one can look for."""
    slots = {slot.code: one for slot, one in zip(draft.problem.slots, draft.slates)}
    said = []
    for fault in answer.faults:
        where = slots[fault.slot].title.name if fault.slot in slots else "Các lựa chọn đã cố định"
        said.append(f"{where}: các yêu cầu mâu thuẫn nhau; hãy bỏ bớt lựa chọn cố định.")
    for lack in answer.lacks:
        kind, code = lack.ask
        least = "ít nhất " if answer.proven else ""
        if kind == "slot":
            said.append(f"{slots[code].title.name}: thiếu {least}{lack.missing} người đủ tiêu chuẩn.")
        else:
            beside = " (riêng yêu cầu này thì đáp ứng được, nhưng không cùng các yêu cầu khác)" if lack.alone == 0 else ""
            said.append(f"{draft.rules[code][0].label}{_part(code, draft)}: thiếu {least}{lack.missing} người đủ tiêu chuẩn{beside}.")
    # What cannot be met even alone is said above; only what others stand in the way of is told as a conflict.
    alone = {lack.ask for lack in answer.lacks if lack.alone}
    for core in answer.conflicts:
        if len(core) > 1 and not alone & set(core):
            named = [slots[code].title.name if kind == "slot" else _label(code, draft) for kind, code in core]
            said.append(f"Không thể cùng đáp ứng: {'; '.join(named)}.")
    return tuple(said)


def _part(code: str, draft: Draft) -> str:
    part = draft.rules[code][1]
    return f" ({part})" if part else ""


__all__ = ["Change", "Draft", "Proposed", "draft_of", "propose"]
