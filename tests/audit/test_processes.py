"""Several real processes write at once, and one is killed in the middle: the chain stays whole on both databases."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.processes import ROOT, environment, fresh_postgres

pytestmark = pytest.mark.slow


@dataclass
class Folder:
    """A data folder with An's dossier in it."""

    data: Path
    variables: dict[str, str]

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.audit.desk", *map(str, arguments)], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment(self.data, DJANGO_SETTINGS_MODULE="canbo.settings", **self.variables),
        )  # fmt: skip

    def run(self, *arguments: object) -> dict[str, Any]:
        return answer(self.start(*arguments))

    def together(self, *commands: tuple[object, ...]) -> list[dict[str, Any]]:
        for old in self.data.glob("here-*"):
            old.unlink()
        return [answer(process) for process in [self.start(*command) for command in commands]]


def answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def folder(request: pytest.FixtureRequest, fresh_data: Path) -> Iterator[Folder]:
    if request.param == "sqlite":
        yield Folder(fresh_data, {})
        return
    server, like = request.getfixturevalue("postgres_server"), request.getfixturevalue("migrated_postgres")
    with fresh_postgres(server, like=like) as url:
        yield Folder(fresh_data, {"DATABASE_URL": url})


def test_two_writers_leave_no_gap_and_no_number_twice(folder: Folder):
    folder.run("start")
    written = folder.together(*(("write", folder.data, me, 2, 25) for me in ("An", "Bình")))
    seen = folder.run("look")
    ids = [pk for done in written for pk in done["ids"]]
    assert len(set(ids)) == len(ids) == 200
    assert set(ids) <= set(seen["people"]) and len(seen["people"]) == 201
    assert seen["seqs"] == list(range(1, 102))
    assert (seen["problems"], seen["anchored"]) == ([], 101)


def test_no_edit_is_lost_between_two_editors_and_a_list(folder: Folder):
    person = folder.run("start")["person"]
    done = folder.together(*(("edit", folder.data, me, 3, person, 20) for me in ("An", "Bình", "bulk")))
    seen = folder.run("look")
    assert seen["number"] == "60"
    assert sum(each["stale"] for each in done) > 0
    assert (seen["problems"], seen["acts"]) == ([], 61)


@pytest.mark.parametrize("where", ["between rows and act", "before commit", "in a batch"])
def test_killed_writer_leaves_nothing_half_written(folder: Folder, where: str):
    before = folder.run("start") and folder.run("look")
    killed = folder.start("die", where)
    assert killed.wait(60) == -signal.SIGKILL, killed.communicate()
    killed.communicate()
    assert folder.run("look") == before
    folder.run("write", folder.data, "sau", 1, 1)
    after = folder.run("look")
    assert (after["problems"], after["acts"], after["half"]) == ([], 3, 0)
