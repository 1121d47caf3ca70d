"""Verdicts of many people in columns against one person at a time, every possible value of an imprecise fact tried."""

import random
from datetime import date
from typing import Any

import polars as pl

from canbo.engine.law.loader import load_laws
from canbo.engine.law.model import Criterion
from canbo.engine.law.verdicts import Plan, criteria_of, judge, plan_of
from tests.engine import naive
from tests.engine.law.folder import STEPS, TITLES, VOCABULARY, law_folder

ON = date(2021, 6, 1)
MORE = """
[[standard]]
code = "pho-thon"
label = "Tiêu chuẩn phó trưởng thôn"
titles = ["pho-thon"]
regime = "state"

[[standard.version]]
code = "nd2-2020"
from = 2020-01-01
document = "nd2-2020"

[[standard.version.criterion]]
code = "lan-dau"
label = "Lần đầu thì còn trẻ"
applies = "first_time"
require = "age <= 45"
article = "Điều 5"
evidence = "text"

[[standard.version.criterion]]
code = "con-lai"
label = "Còn đủ một nhiệm kỳ"
require = "months_left >= term_months"
article = "Điều 3"
evidence = "press"

[[standard.version.criterion]]
code = "da-qua"
label = "Chưa giữ chức trưởng thôn, trừ người luân chuyển"
require = "'truong-thon' not in titles_ever"
article = "Điều 5"
evidence = "text"

[[standard.version.criterion.exception]]
label = "luân chuyển"
when = "rotated"
require = "known(political_theory) or age in (30, 31, 32)"
article = "Điều 5"
evidence = "text"

[[standard.version.criterion.exception]]
label = "sắp nghỉ"
when = "months_left < 60"
require = "political_theory == 'cu-nhan'"
article = "Điều 5"
evidence = "text"

[[standard.version.criterion]]
code = "nho"
label = "Chỉ để biết"
require = "rotated"
severity = "warn"
article = "Điều 5"
evidence = "text"
"""


def drawn(dice: random.Random) -> dict[str, Any]:
    """One person, each fact missing now and then, whole numbers as ranges."""

    def between(first: int, last: int) -> tuple[int, int]:
        lo = dice.randint(first, last)
        return lo, lo + dice.choice((0, 0, 0, 1, 5))

    row = {
        "age": between(28, 48), "months_left": between(50, 64), "political_theory": dice.choice(STEPS)[0],
        "titles_ever": [dice.choice(("truong-thon", "pho-thon", "cong-an", None)) for _ in range(dice.randrange(3))],
        "rotated": dice.random() < 0.5,
    }  # fmt: skip
    return {fact: None if dice.random() < 0.15 else value for fact, value in row.items()}


def frame_of(rows: list[dict[str, Any]]) -> pl.DataFrame:
    def end(fact: str, at: int) -> pl.Series:
        return pl.Series([row[fact] and row[fact][at] for row in rows], dtype=pl.Int32)

    numbers = {f"{fact}.{name}": end(fact, at) for fact in ("age", "months_left") for at, name in enumerate(("lo", "hi"))}
    return pl.DataFrame(
        numbers | {
            "political_theory": pl.Series([row["political_theory"] for row in rows], dtype=pl.Categorical()),
            "titles_ever": pl.Series([row["titles_ever"] for row in rows], dtype=pl.List(pl.Categorical())),
            "rotated": pl.Series([row["rotated"] for row in rows], dtype=pl.Boolean),
        }
    )  # fmt: skip


def one_by_one(criterion: Criterion, found: Any, row: dict[str, Any]) -> bool | None:
    """Applies, exceptions, requirement, the way an official reads them; both ways are tried where it is open which one holds."""
    applies = naive.verdict(found["applies"], row) if "applies" in found else True
    if applies is False:
        return True
    said = naive.agreed(naive.verdict(found[place], row) for place in places(criterion, found, row))  # type: ignore[misc]
    return said if applies or said is True else None


def places(criterion: Criterion, found: Any, row: dict[str, Any]) -> list[str]:
    """The requirements that may be the one asked for: of the first exception that holds, else the criterion's own."""
    open_ = []
    for number in range(len(criterion.exceptions)):
        holds = naive.verdict(found[f"exception[{number}].when"], row)
        if holds is not False:
            open_.append(f"exception[{number}].require")
        if holds is True:
            return open_
    return [*open_, "require"]


def plans(root: Any) -> list[Plan]:
    folder = law_folder(root)
    (folder / "standards/more.toml").write_text(MORE, encoding="utf-8")
    laws = load_laws([folder], vocabulary=VOCABULARY, titles=TITLES, run_cases=False)
    return [plan_of(standard, laws=laws, on=ON, vocabulary=VOCABULARY) for standard in laws.standards.values()]


def test_columns_say_of_everybody_what_is_said_of_one_at_a_time(tmp_path) -> None:
    dice = random.Random(20)
    rows = [drawn(dice) for _ in range(600)]
    made = plans(tmp_path)
    found = judge(frame_of(rows), made)
    for number, plan in enumerate(made):
        expected = [
            min((one_by_one(c, trees, row) for c, trees in plan.blocking), key=naive._TRUTH.__getitem__) for row in rows
        ]
        assert found[str(number)].to_list() == expected
        assert set(expected) == {True, False, None}


def test_criteria_of_one_standard_say_the_same_as_one_at_a_time(tmp_path) -> None:
    dice = random.Random(21)
    rows = [drawn(dice) for _ in range(300)]
    for plan in plans(tmp_path):
        columns = criteria_of(frame_of(rows), plan)
        for criterion, trees in plan.criteria:
            assert columns[criterion.code].to_list() == [one_by_one(criterion, trees, row) for row in rows], criterion.code


def test_standard_without_a_version_in_force_says_nothing_of_anybody(tmp_path) -> None:
    laws = load_laws([law_folder(tmp_path)], vocabulary=VOCABULARY, titles=TITLES)
    plan = plan_of(laws.standards["truong-thon"], laws=laws, on=date(2000, 1, 1), vocabulary=VOCABULARY)
    people = frame_of([drawn(random.Random(1)) for _ in range(3)])
    assert judge(people, [plan])["0"].to_list() == [None, None, None]
    assert judge(people[:0], [plan])["0"].to_list() == []
