"""A first list by simple moves: never past a hard limit, as near to the shares as moves of one or two pairs bring it."""

from canbo.engine.optimise.board import Board, Worth
from canbo.engine.optimise.model import Pair, Problem

LOOKED_AT = 3_000  # pairs looked at per move; a wide share has tens of thousands, and the solver comes after
Move = tuple[Pair | None, Pair | None]
Rank = tuple[int, float, int, int, tuple[Pair, ...]]


def greedy(problem: Problem) -> frozenset[Pair]:
    board = Board(problem)
    at: list[list[Pair]] = [[] for _ in problem.slots]
    for pair in sorted(problem.allowed):
        at[pair[1]].append(pair)
    _fill(board, at)
    _meet_shares(board, at)
    _undo(board)
    return frozenset(board.chosen)


def _fill(board: Board, at: list[list[Pair]]) -> None:
    """What is fixed, what is there, then the slots that are short."""
    problem = board.problem
    for pair in sorted(problem.keep):
        board.put(pair)
    kept = sorted(problem.present & problem.allowed - problem.keep, key=lambda pair: (problem.costs.get(pair, 0), pair))
    for pair in kept:
        if board.fits(pair):
            board.put(pair)
    for slot, wanted in enumerate(problem.slots):
        while board.filled[slot] < wanted.least:
            free = [pair for pair in at[slot] if board.fits(pair)]
            if not free:
                break
            board.put(min(free, key=lambda pair: _rank(board, (pair, None))))


def _meet_shares(board: Board, at: list[list[Pair]]) -> None:
    """Narrow shares first: what they bring in counts for the wide ones too."""
    problem = board.problem
    order = sorted(range(len(problem.shares)), key=lambda n: (len(problem.slots_of(problem.shares[n])), n))
    improved = True
    while improved:
        improved = False
        for number in order:
            while board.lack[number] and _improve(board, at, number):
                improved = True


def _improve(board: Board, at: list[list[Pair]], number: int) -> bool:
    """The best single move for one share, taken when it brings the whole nearer."""
    moves = _moves(board, at, number)
    best = min(moves, key=lambda move: _rank(board, move), default=None)
    if best is None or _worth(board, best) >= (0, -1e-9):
        return False
    put, take = best
    if take is not None:
        board.take(take)
    if put is not None:
        board.put(put)
    return True


def _moves(board: Board, at: list[list[Pair]], number: int) -> list[Move]:
    share = board.problem.shares[number]
    slots = board.problem.slots_of(share)
    inward = [pair for slot in slots for pair in at[slot] if share.marks[pair[0]] and pair not in board.chosen]
    inward = inward[:: 1 + len(inward) // LOOKED_AT]
    leaving = {slot: _leaving(board, at[slot], number) for slot in slots}
    found: list[Move] = [(pair, None) for pair in inward if board.fits(pair)]
    found += [(None, pair) for pair in leaving.values() if pair is not None and board.spare(pair)]
    for pair in inward:
        out = leaving[pair[1]]
        if out is not None and _fits_instead(board, pair, out):
            found.append((pair, out))
    return found


def _leaving(board: Board, pairs: list[Pair], number: int) -> Pair | None:
    """Who would be missed least in this slot, of those without the mark."""
    marks = board.problem.shares[number].marks
    free = [pair for pair in pairs if pair in board.chosen and not marks[pair[0]] and pair not in board.problem.keep]
    return min(free, key=lambda pair: _rank(board, (None, pair)), default=None)


def _fits_instead(board: Board, pair: Pair, out: Pair) -> bool:
    level = board.problem.slots[pair[1]].level
    most = board.problem.most_per_person.get(level)
    return most is None or board.held[pair[0], level] < most or pair[0] == out[0]


def _undo(board: Board) -> None:
    """Changes the list can do without after all go back."""
    present = board.problem.present & board.problem.allowed
    for pair in sorted(board.chosen - present):
        if board.spare(pair) and board.after(take=pair)[0] <= 0:
            board.take(pair)
    for pair in sorted(present - board.chosen):
        if board.fits(pair) and board.after(put=pair)[0] <= 0:
            board.put(pair)


def _worth(board: Board, move: Move) -> Worth:
    return board.after(put=move[0], take=move[1])


def _rank(board: Board, move: Move) -> Rank:
    missing, distance = _worth(board, move)
    pairs = tuple(pair for pair in move if pair is not None)
    prices = [board.price(pair) for pair in pairs]
    changes, cost = sum(price[0] for price in prices), sum(price[1] for price in prices)
    # Per change: a swap costs two and must bring twice as much as one person added.
    weight = max(1, changes)
    return missing * 2 // weight, distance / weight, changes, cost, pairs
