"""What each change is for: the limits that force it and the shares it brings over their line, as values for a page to say."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from canbo.engine.optimise.board import Board
from canbo.engine.optimise.check import Standing
from canbo.engine.optimise.model import Pair, Problem, Share, Solution

Limit = Literal["not-allowed", "banned", "kept", "slot-short", "slot-over", "person-over"]
Refusal = Literal["not-allowed", "banned", "slot-full", "person-full", "share-missed", "not-needed"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One share without the step and with it."""

    share: str
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One person in, one out, or one for the other in the same slot. Without it `limits` would be passed and `serves` be missed.

    `carries`: shares whose mark the person brought in has, so that a page can say who she is. Nothing at all in `limits` and `serves`
    happens only in a list that is not proven, or where the stated preference alone decided between equal numbers of changes.
    """

    slot: int
    added: int | None
    removed: int | None
    limits: tuple[Limit, ...]
    serves: tuple[Effect, ...]
    carries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a pair is not in the list; `effects` what it would do to the shares."""

    refusal: Refusal
    effects: tuple[Effect, ...] = ()


def why(problem: Problem, solution: Solution) -> tuple[Step, ...]:
    """In the order of slots. Each step is judged against the finished list with this step alone taken back."""
    board = board_of(problem, solution.pairs)
    return tuple(_step(board, slot, added, removed) for slot, added, removed in _moves(solution))


def why_not(problem: Problem, solution: Solution, pair: Pair) -> WhyNot:
    """Of a pair that is not in the list."""
    if pair in problem.ban:
        return WhyNot("banned")
    if pair not in problem.allowed:
        return WhyNot("not-allowed")
    board = board_of(problem, solution.pairs)
    before = _standings(board)
    full = board.filled[pair[1]] >= problem.slots[pair[1]].most
    free = board.fits(pair)
    board.put(pair)
    effects = _effects(board, before, _standings(board))
    if not free:
        return WhyNot("slot-full" if full else "person-full", effects)
    missed = any(effect.after.missing > effect.before.missing for effect in effects)
    return WhyNot("share-missed" if missed else "not-needed", effects)


def board_of(problem: Problem, pairs: frozenset[Pair]) -> Board:
    board = Board(problem)
    for pair in sorted(pairs):
        board.put(pair)
    return board


def _moves(solution: Solution) -> list[tuple[int, int | None, int | None]]:
    """Additions and removals of one slot, side by side."""
    added: defaultdict[int, list[int]] = defaultdict(list)
    removed: defaultdict[int, list[int]] = defaultdict(list)
    for pairs, into in ((solution.added, added), (solution.removed, removed)):
        for person, slot in pairs:
            into[slot].append(person)
    found: list[tuple[int, int | None, int | None]] = []
    for slot in sorted({*added, *removed}):
        ins, outs = added[slot], removed[slot]
        for number in range(max(len(ins), len(outs))):
            found.append((slot, ins[number] if number < len(ins) else None, outs[number] if number < len(outs) else None))
    return found


def _step(board: Board, slot: int, added: int | None, removed: int | None) -> Step:
    problem, limits = board.problem, _fixed(board.problem, slot, added, removed)
    after = _standings(board)
    if added is not None:
        board.take((added, slot))
    if removed is not None:
        board.put((removed, slot))
    before = _standings(board)
    limits += _passed(board, slot, removed)
    if removed is not None:
        board.take((removed, slot))
    if added is not None:
        board.put((added, slot))
    serves = tuple(effect for effect in _effects(board, before, after) if effect.before.missing > effect.after.missing)
    carries = [share.code for share in problem.shares if added is not None and share.marks[added] and slot in problem.slots_of(share)]
    return Step(slot, added, removed, tuple(limits), serves, tuple(carries))


def _fixed(problem: Problem, slot: int, added: int | None, removed: int | None) -> list[Limit]:
    found: list[Limit] = []
    if added is not None and (added, slot) in problem.keep:
        found.append("kept")
    if removed is not None and (removed, slot) not in problem.allowed:
        found.append("banned" if (removed, slot) in problem.ban else "not-allowed")
    return found


def _passed(board: Board, slot: int, removed: int | None) -> list[Limit]:
    """Limits that the list without the step passes."""
    wanted = board.problem.slots[slot]
    found: list[Limit] = []
    if board.filled[slot] < wanted.least:
        found.append("slot-short")
    if board.filled[slot] > wanted.most:
        found.append("slot-over")
    most = board.problem.most_per_person.get(wanted.level)
    if removed is not None and most is not None and board.held[removed, wanted.level] > most:
        found.append("person-over")
    return found


def _standings(board: Board) -> list[tuple[int, int]]:
    return list(zip(board.marked, board.total))


def _effects(board: Board, before: list[tuple[int, int]], after: list[tuple[int, int]]) -> tuple[Effect, ...]:
    """The shares whose numbers differ."""
    lines = zip(board.problem.shares, before, after)
    return tuple(Effect(share.code, _standing(share, old), _standing(share, new)) for share, old, new in lines if old != new)


def _standing(share: Share, counted: tuple[int, int]) -> Standing:
    return Standing(share.code, *counted, share.missing(*counted))
