"""Two real processes take the same step of a case, or vote, at the same moment: one is written, the other is told."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from canbo.engine.ratings.model import GOOD, SATISFACTORY
from tests.processes import ROOT, copied, environment, fresh_postgres

pytestmark = pytest.mark.slow
CASES, OVERTAKEN = 4, "Người khác vừa ghi thêm vào việc này; hãy tải lại trang để xem rồi làm tiếp."


@dataclass
class Race:
    """What two processes wrote at once: how it was before, what each was told, what is there now."""

    begun: dict[str, Any]
    an: dict[str, Any]
    binh: dict[str, Any]
    seen: dict[str, Any]


def start(data: Path, variables: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.cases.desk", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(data, DJANGO_SETTINGS_MODULE="canbo.settings", **variables),
    )  # fmt: skip


def answer(process: "subprocess.Popen[str]") -> dict[str, Any]:
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def raced(data: Path, variables: dict[str, str]) -> Race:
    begun = answer(start(data, variables, "begin", str(CASES)))
    an, binh = [start(data, variables, "race", str(data), me, json.dumps(begun)) for me in ("An", "Bình")]
    return Race(begun, answer(an), answer(binh), answer(start(data, variables, "look")))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def race(request: pytest.FixtureRequest, migrated_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Race]:
    data = copied(migrated_data, tmp_path_factory.mktemp("at-once") / "data")
    if request.param == "sqlite":
        yield raced(data, {})
        return
    server, like = request.getfixturevalue("postgres_server"), request.getfixturevalue("migrated_postgres")
    with fresh_postgres(server, like=like) as url:
        yield raced(data, {"DATABASE_URL": url})


def test_of_two_decisions_at_once_one_is_written_whole_and_the_other_is_told(race: Race):
    told = {"An": race.an["decided"], "Bình": race.binh["decided"]}
    assert sorted(one["won"] for one in told.values()) == [False, True]
    assert [one["said"] for one in told.values() if not one["won"]] == [OVERTAKEN]
    winner = next(me for me, one in told.items() if one["won"])
    grade, seen = GOOD if winner == "An" else SATISFACTORY, race.seen
    people = [person for person, _ in seen["outcomes"]]
    assert len(people) == len(set(people)) == 5
    assert seen["ratings"] == [[person, grade, f"Quyết định {winner}/QĐ-UBND"] for person in people]
    assert seen["decided"] == [[person, grade] for person in people]
    assert seen["entries"][str(race.begun["case"])] == ["submit", "convene", "conclude", "decide"]


def test_each_step_taken_twice_at_once_stands_once(race: Race):
    for pk, an, binh in zip(race.begun["cases"], race.an["steps"], race.binh["steps"], strict=True):
        assert sorted((an["won"], binh["won"])) == [False, True]
        assert {an["said"], binh["said"]} == {"", OVERTAKEN}
        assert (race.seen["entries"][str(pk)], race.seen["present"][str(pk)]) == (["convene"], 9 if an["won"] else 10)
    assert len(race.begun["cases"]) == CASES


def test_slips_cast_at_once_are_all_in_the_urn(race: Race):
    votes = {str(race.an["voted"]): 10, str(race.binh["voted"]): 9}
    assert race.seen["votes"] == {"issued": 20, "collected": 19, "valid": 19, "votes": votes}
    assert race.seen["used"] == 19


def test_the_log_is_whole_and_every_case_stands_where_its_log_ends(race: Race):
    assert (race.seen["problems"], race.seen["folds"]) == ([], True)
