"""`python -m bench NAME…|all [--people N]`: each group in a process of its own, one JSON line per figure."""

import argparse
import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generate import ROOT, copy_of, environment, folder
from bench.record import Figure, keep, line_of

PEOPLE = 100_000


@dataclass(frozen=True)
class Group:
    """Figures measured together: the function that yields them, whether it writes, and how many people it wants."""

    of: str
    writes: bool = False
    people: int | None = None


GROUPS = {
    "load": Group("bench.loading:loading", people=0),
    "counting": Group("bench.counting:counting", writes=True),
    "twins": Group("bench.sql_twin:twins"),
    "import": Group("bench.importing:importing", writes=True, people=1_200),
    "roundtrip": Group("bench.roundtrip:roundtrip"),
    "pages": Group("bench.pages:pages"),
    "every_page": Group("bench.every_page:every_page", people=20_000),
    "figures": Group("bench.figures:figures"),
    "verdicts": Group("bench.verdicts:verdicts"),
    "reviews": Group("bench.reviews:reviews", writes=True, people=20_000),
    "provinces": Group("bench.provinces:provinces", people=0),
    "evaluation": Group("bench.evaluation:campaign", writes=True, people=1_000),
    "planning": Group("bench.planning:planning", writes=True, people=20_000),
    "memory": Group("bench.memory:memory"),
    "solver": Group("bench.solver:corrections", people=0),
}


def main(argv: Sequence[str]) -> int:
    args = _arguments(argv)
    if args.inside:
        return _inside(args.names[0])
    if args.openfisca:
        os.environ["CANBO_BENCH_OPENFISCA"] = args.openfisca
    wanted = list(GROUPS) if "all" in args.names else args.names
    return max(_run(name, people=args.people) for name in wanted)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    words = "Các phép đo; mỗi con số một dòng JSON, lưu trong bench/results/."
    parser = argparse.ArgumentParser(prog="python3 run bench", description=words)
    parser.add_argument("names", nargs="+", choices=[*GROUPS, "all"], metavar="NAME", help=f"nhóm phép đo: {', '.join(GROUPS)}, hoặc all")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"số người trong dữ liệu (mặc định {PEOPLE})")
    parser.add_argument("--openfisca", default="", metavar="PYTHON", help="trình thông dịch có openfisca-core, để đo bên cạnh")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _run(name: str, *, people: int) -> int:
    """0 when every figure with a bound keeps it, 1 when one does not, 2 when the group could not be measured."""
    group = GROUPS[name]
    people = people if group.people is None else group.people
    if not people:
        return _child(name, data=None, people=people)
    source = folder(people=people)
    # Every run starts from the database: a snapshot file left by an older program would be measured instead.
    shutil.rmtree(source / "cache", ignore_errors=True)
    if not group.writes:
        return _child(name, data=source, people=people)
    with copy_of(source) as data:
        return _child(name, data=data, people=people)


def _child(name: str, *, data: Path | None, people: int) -> int:
    command = [sys.executable, "-m", "bench", name, "--inside"]
    worst = 0
    with subprocess.Popen(command, env=environment(data or ROOT / "data"), stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        for text in child.stdout or ():
            figure = Figure(**json.loads(text))
            line = line_of(figure, people=people)
            print(json.dumps(line, ensure_ascii=False), flush=True)
            keep(name, line)
            worst = max(worst, int(figure.ok is False))
    if child.returncode:
        print(f"bench: {name} stopped with {child.returncode}; what it had not yet measured stays unmeasured", file=sys.stderr)
    return 2 if child.returncode else worst


def _inside(name: str) -> int:
    """Measure in this process; figures go to stdout one by one."""
    import django

    if GROUPS[name].people != 0:
        django.setup()
    module, _, function = GROUPS[name].of.partition(":")
    measure: Callable[[], Iterator[Figure]] = getattr(importlib.import_module(module), function)
    for figure in measure():
        print(json.dumps(figure.__dict__, ensure_ascii=False), flush=True)
    return 0
