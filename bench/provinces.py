"""Thirty-four provinces of 65.000 people one after another: time, memory, and sums that do not depend on how they are cut."""

import time
from collections.abc import Iterator

import polars as pl

from bench.invented import facts
from bench.laws import plans
from bench.plain import counts
from bench.record import Figure, at_most, memory_mib, plain
from canbo.engine.law.verdicts import judge

PROVINCES, PEOPLE, TOGETHER = 34, 65_000, 3
Sums = list[tuple[int, int]]


def provinces() -> Iterator[Figure]:
    """Facts are invented province by province; inventing them is counted in, as a server would read them."""
    plans()
    began, judging, sums, first = time.perf_counter(), 0.0, [(0, 0)] * len(plans()), list[Sums]()
    for number in range(1, PROVINCES + 1):
        frame = facts(people=PEOPLE, seed=number)
        started = time.perf_counter()
        found = counts(judge(frame, plans()).get_columns())
        judging += time.perf_counter() - started
        sums = added(sums, found)
        first = [*first, found][:TOGETHER]
    spent, (_, peak) = time.perf_counter() - began, memory_mib()
    note = f"forty titles each; {sum(yes for yes, _ in sums)} yes, {sum(no for _, no in sums)} no; {judging:.1f} s of it judging"
    yield at_most(f"{PROVINCES} provinces of {PEOPLE} one after another", spent, "s", 30, note=note)
    yield at_most("their peak memory", peak, "MiB", 900)
    yield plain(f"{TOGETHER} provinces as one run: standards whose sums differ", differing(first), "standards", note="0 or the run stops")


def differing(parts: list[Sums]) -> int:
    """The first provinces judged as one; raises when a sum is another one."""
    together = pl.concat([facts(people=PEOPLE, seed=number) for number in range(1, len(parts) + 1)])
    whole, apart = counts(judge(together, plans()).get_columns()), parts[0]
    for part in parts[1:]:
        apart = added(apart, part)
    if whole != apart:
        raise AssertionError("provinces judged together and one by one are counted differently")
    return sum(a != b for a, b in zip(whole, apart))


def added(a: Sums, b: Sums) -> Sums:
    return [(yes + more, no + less) for (yes, no), (more, less) in zip(a, b, strict=True)]
