"""The written order of the packages, and who-acts as an argument nobody can forget."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import canbo
from tests.processes import ROOT

LAYERS = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_logo=True))"
# Functions without an actor, and why.
EXCEPTIONS = {
    "canbo.audit.queries.last_seq": "one number without content, polled by the snapshot before every read",
    "canbo.access.queries.access_of": "makes the actor and the scope",
    "canbo.access.queries.grants_of": "read to make the actor",
    "canbo.access.queries.units_under": "read to make the scope",
    "canbo.access.queries.forget_units": "reads nothing",
    "canbo.access.queries.user_by_name": "read to make the actor, at sign-in and for --as",
    "canbo.dossier.queries.unit_of": "one id, read to decide whether the scope reaches the dossier",
    "canbo.dossier.queries.units_of": "ids, read to decide whether the scope reaches the dossiers",
    "canbo.dossier.queries.shown_value": "a pure function over a row already read",
    "canbo.snapshot.queries.current": "the tables in memory; what leaves them goes through facts_frame",
    "canbo.snapshot.queries.vocabulary": "names and labels, no values",
    "canbo.snapshot.queries.words_of": "names and labels, no values",
    "canbo.snapshot.queries.facts_frame": "scope given, which cuts rows and field groups; the caller logs who asked",
    "canbo.snapshot.queries.refuse_unseen": "is the check of the scope",
    "canbo.audit.changes.append": "actor given; called inside a write that was checked",
    "canbo.audit.changes.require": "is the check of the actor",
    "canbo.audit.changes.values_of": "a pure function over a row already read",
    "canbo.audit.changes.keyring": "holds no data",
}


def test_packages_import_only_what_lies_below():
    done = subprocess.run([sys.executable, "-c", LAYERS], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def public_functions(ending: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """(dotted name, function) of every public function of the modules so named."""
    for found in pkgutil.walk_packages(canbo.__path__, "canbo."):
        if found.name.rpartition(".")[2] != ending:
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == found.name and not name.startswith("_"):
                yield f"{found.name}.{name}", value


def wrong(function: Callable[..., Any], name: str, *, must: bool) -> str:
    """What is wrong with this argument of the function; "" when nothing is."""
    argument = inspect.signature(function).parameters.get(name)
    if argument is None:
        return f"no {name}" if must else ""
    if argument.kind is not inspect.Parameter.KEYWORD_ONLY:
        return f"{name} is not keyword-only"
    return f"{name} has a default" if argument.default is not inspect.Parameter.empty else ""


@pytest.mark.parametrize(("ending", "scope_needed"), [("queries", True), ("changes", False)])
def test_actor_and_scope_are_given_to_every_read_and_write(ending: str, scope_needed: bool):
    """A read names actor and scope; a write names the actor, and the scope unless what it writes was read in one."""
    functions = dict(public_functions(ending))
    assert len(functions) > 10
    found = {
        name: problems
        for name, function in functions.items()
        if name not in EXCEPTIONS
        and (problems := [p for p in (wrong(function, "actor", must=True), wrong(function, "scope", must=scope_needed)) if p])
    }
    assert found == {}


def test_exceptions_still_exist():
    names = {name for ending in ("queries", "changes") for name, _ in public_functions(ending)}
    assert set(EXCEPTIONS) <= names
