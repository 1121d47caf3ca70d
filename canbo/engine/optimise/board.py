"""A list under work: what each pair put in or taken out does to the shares, kept up to date move by move."""

from collections import Counter

from canbo.engine.optimise.model import Pair, Problem

Worth = tuple[int, float]
"""(people missing, how far the shares are from their line): fewer is better, the second breaks ties. Guides the search only."""


class Board:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.chosen: set[Pair] = set()
        self.filled = [0] * len(problem.slots)
        self.held: Counter[tuple[int, str]] = Counter()
        scopes = sorted({problem.slots_of(share) for share in problem.shares})
        self._scopes_at: list[list[int]] = [[] for _ in problem.slots]
        for number, scope in enumerate(scopes):
            for slot in scope:
                self._scopes_at[slot].append(number)
        self._shares_of = [[n for n, share in enumerate(problem.shares) if problem.slots_of(share) == scope] for scope in scopes]
        self._times: Counter[tuple[int, int]] = Counter()
        self.marked = [0] * len(problem.shares)
        self.total = [0] * len(problem.shares)
        self.lack = [share.missing(0, 0) for share in problem.shares]
        self._changed: list[int] = []

    def fits(self, pair: Pair) -> bool:
        """Room in the slot and under the person's limit."""
        person, slot = pair
        wanted = self.problem.slots[slot]
        most = self.problem.most_per_person.get(wanted.level)
        return pair not in self.chosen and self.filled[slot] < wanted.most and (most is None or self.held[person, wanted.level] < most)

    def spare(self, pair: Pair) -> bool:
        """May be taken out without leaving its slot shorter than its least."""
        return pair not in self.problem.keep and self.filled[pair[1]] > self.problem.slots[pair[1]].least

    def put(self, pair: Pair) -> Worth:
        self.chosen.add(pair)
        return self._step(pair, 1)

    def take(self, pair: Pair) -> Worth:
        self.chosen.remove(pair)
        return self._step(pair, -1)

    def after(self, *, put: Pair | None = None, take: Pair | None = None) -> Worth:
        """What the move would change; the list stays as it is."""
        missing, distance = 0, 0.0
        for pair, work in ((take, self.take), (put, self.put)):
            if pair is not None:
                step = work(pair)
                missing, distance = missing + step[0], distance + step[1]
        for pair, back in ((put, self.take), (take, self.put)):
            if pair is not None:
                back(pair)
        return missing, distance

    def price(self, pair: Pair) -> tuple[int, int]:
        """Changes and stated cost of moving this pair the other way."""
        inward = pair not in self.chosen
        cost = self.problem.costs.get(pair, 0)
        return (1 if inward != (pair in self.problem.present) else -1), cost if inward else -cost

    def _step(self, pair: Pair, by: int) -> Worth:
        person, slot = pair
        wanted, before = self.problem.slots[slot], self.filled[slot]
        self.filled[slot] += by
        self.held[person, wanted.level] += by
        missing = max(0, wanted.least - self.filled[slot]) - max(0, wanted.least - before)
        distance = 0.0
        for scope in self._scopes_at[slot]:
            times = self._times[scope, person] = self._times[scope, person] + by
            if times == (1 if by > 0 else 0):
                for number in self._shares_of[scope]:
                    step = self._count(number, person, by)
                    missing, distance = missing + step[0], distance + step[1]
        return missing, distance

    def _count(self, number: int, person: int, by: int) -> Worth:
        share, old, far = self.problem.shares[number], self.lack[number], self._far(number)
        self.total[number] += by
        self.marked[number] += by if share.marks[person] else 0
        self.lack[number] = share.missing(self.marked[number], self.total[number])
        return self.lack[number] - old, self._far(number) - far

    def _far(self, number: int) -> float:
        share = self.problem.shares[number]
        line = share.top if share.kind == "count" else share.top * self.total[number] / share.bottom
        return max(0.0, line - self.marked[number])
