"""HiGHS run on a program: the only place that knows the library. Imported when a list is asked for, not before: it brings numpy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isfinite
from threading import Lock
from typing import Any

import highspy
import numpy as np

from canbo.engine.optimise.program import Program

Watch = Callable[[float, float, float], bool]
"""(best value so far, bound, seconds) → go on?"""
SEED, PROVER_SEED = 1, 2
HEURISTICS = ("feasibility_jump", "rins", "rens", "root_reduced_cost")
LOOK_EVERY = 0.25  # seconds between two looks of the watcher
SOLVED, NONE_EXISTS = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible


@dataclass(slots=True)
class Pool:
    size: int = 0
    users: int = 0
    lock: Lock = field(default_factory=Lock)


_pool = Pool()


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` of the best list found, None without one; `bound`: no list has less; `infeasible`: proven that there is none."""

    values: list[float] | None
    bound: float
    proven: bool
    infeasible: bool


def run(
    program: Program, *, seconds: float, threads: int,
    start: list[float] | None = None, target: float | None = None, watch: Watch | None = None, gap: float = 0.0, nodes: int = 0,
    prove: bool = False,
) -> Answer:  # fmt: skip
    """Minimise. `target`, `gap`: a value, a distance good enough to stop at; `nodes`: leave it after so many branches (0 = never).
    `prove`: the start is good, the work is the bound: no time for the heuristics that look for lists.

    Objective values are whole: a gap below one is none.
    """
    if not program.cost:
        return _empty(program)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False), ("time_limit", max(0.01, seconds)), ("random_seed", PROVER_SEED if prove else SEED),
        ("mip_rel_gap", gap), ("mip_abs_gap", 0.999), ("mip_feasibility_tolerance", 1e-7),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    for name in HEURISTICS if prove else ():
        solver.setOptionValue(f"mip_heuristic_run_{name}", False)
    if nodes:
        solver.setOptionValue("mip_max_nodes", nodes)
    if target is not None:
        solver.setOptionValue("objective_target", target)
    solver.passModel(_model(program))
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start
        solver.setSolution(known)
    if watch is not None:
        _attach(solver, watch)
    with _threads(threads) as number:
        solver.setOptionValue("threads", number)
        status = solver.run()
    if status == highspy.HighsStatus.kError:
        raise RuntimeError(f"HiGHS gives up: {solver.modelStatusToString(solver.getModelStatus())}")
    return _answer(solver, program)


@contextmanager
def _threads(wanted: int) -> Iterator[int]:
    """The library keeps one pool of threads per process and refuses another size: whoever comes while it works shares it."""
    with _pool.lock:
        if not _pool.users and _pool.size not in (0, wanted):
            highspy.Highs.resetGlobalScheduler(True)
            _pool.size = 0
        _pool.size = _pool.size or wanted
        _pool.users += 1
    try:
        yield _pool.size
    finally:
        with _pool.lock:
            _pool.users -= 1


def _model(program: Program) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_lower)
    model.col_cost_ = np.array(program.cost)
    model.col_lower_, model.col_upper_ = np.array(program.lower, float), np.array(program.upper, float)
    model.row_lower_, model.row_upper_ = np.array(program.row_lower, float), np.array(program.row_upper, float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(program.starts, np.int32)
    model.a_matrix_.index_ = np.array(program.indices, np.int32)
    model.a_matrix_.value_ = np.array(program.values, float)
    whole, free = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole if one else free for one in program.whole]
    model.offset_ = program.offset
    return model


def _attach(solver: Any, watch: Watch) -> None:
    looked = [0.0]

    def look(event: Any) -> None:
        told = event.data_out
        if told.running_time - looked[0] >= LOOK_EVERY:
            looked[0] = told.running_time
            event.interrupt(not watch(told.mip_primal_bound, told.mip_dual_bound, told.running_time))

    solver.cbMipInterrupt += look


def _empty(program: Program) -> Answer:
    """Nobody to choose from: the library calls such a model empty, whatever its rows ask."""
    possible = all(low <= 0 <= high for low, high in zip(program.row_lower, program.row_upper))
    return Answer([] if possible else None, program.offset, possible, not possible)


def _answer(solver: Any, program: Program) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    values = list(solver.getSolution().col_value)
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    found = bool(values) and feasible and isfinite(info.objective_function_value)
    bound = info.mip_dual_bound if any(program.whole) else info.objective_function_value
    return Answer(values if found else None, bound, status == SOLVED, status == NONE_EXISTS)
