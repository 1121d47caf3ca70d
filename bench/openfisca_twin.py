"""The same standards as variables of openfisca-core; run by an interpreter that has it, apart from the project.

Arguments: a folder with `standards.json` and one file of 32-bit numbers a column. Prints one JSON object.
Verdicts are 0 no, 1 unknown, 2 yes; a missing number is MISSING.
"""

import json
import statistics
import sys
import time
from functools import reduce
from pathlib import Path

import numpy as np
import openfisca_core
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MISSING = -(2**31)
OPERATORS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
PERSON = build_entity(key="person", plural="persons", label="", is_person=True)


def verdict(tree, value):
    kind, *parts = tree
    if kind in ("and", "or"):
        return reduce(np.minimum if kind == "and" else np.maximum, [verdict(part, value) for part in parts])
    if kind == "not":
        return 2 - verdict(parts[0], value)
    first = value(parts[0])
    if kind == "is":
        return np.where(first == MISSING, 1, 2 * (first == 1))
    if kind == "in":
        return np.where(first == MISSING, 1, 2 * np.isin(first, parts[1:]))
    meets, bound = OPERATORS[kind], parts[2]
    sure, maybe = meets(first, bound), meets(value(parts[1]), bound)
    return np.where(first == MISSING, 1, sure.astype(np.int32) + maybe)


def add(system, name, formula=None):
    about = {"value_type": int, "entity": PERSON, "definition_period": DateUnit.ETERNITY, "label": name}
    system.add_variable(type(name, (Variable,), about | ({"formula": formula} if formula else {})))


def criterion(tree):
    return lambda person, period: verdict(tree, lambda name: person(name, period))


def standard(names):
    return lambda person, period: reduce(np.minimum, [person(name, period) for name in names])


def system_of(standards, columns):
    """A criterion that several standards share is one variable."""
    system, named = TaxBenefitSystem([PERSON]), {}
    for column in columns:
        add(system, column)
    for number, criteria in enumerate(standards):
        for tree in criteria:
            text = json.dumps(tree)
            if text not in named:
                named[text] = f"criterion_{len(named)}"
                add(system, named[text], criterion(tree))
        add(system, f"standard_{number}", standard([named[json.dumps(tree)] for tree in criteria]))
    return system


def main(folder):
    told = json.loads((folder / "standards.json").read_text())
    columns = {name: np.fromfile(folder / f"{name}.i4", dtype=np.int32) for name in told["columns"]}
    system, taken = system_of(told["standards"], columns), []
    for _ in range(5):
        people = SimulationBuilder().build_default_simulation(system, count=told["people"])
        for name, values in columns.items():
            people.set_input(name, told["on"], values)
        began = time.perf_counter()
        found = [people.calculate(f"standard_{n}", told["on"]) for n in range(len(told["standards"]))]
        taken.append(time.perf_counter() - began)
    counts = [(int((values == 2).sum()), int((values == 0).sum())) for values in found]
    version = getattr(openfisca_core, "__version__", "")
    print(json.dumps({"seconds": statistics.median(taken), "counts": counts, "version": version}))


main(Path(sys.argv[1]))
