"""`evaluation` on the demonstration: opened for the units of the day, followed, capped, refused in one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.processes import command, copied


@pytest.fixture(scope="module")
def data(demonstration_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(demonstration_data, tmp_path_factory.mktemp("evaluation") / "data")


def told(data: Path, *words: str) -> Any:
    done = command(data, "evaluation", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_campaign_from_opening_to_a_closing_refused_while_units_have_not_sent(data: Path):
    opened = told(
        data, "open", "--name", "Đánh giá 2026", "--at", "tinh-19", "--below", "tinh-19", "--period", "2026", "--on", "2026-12-07"
    )
    rows = told(data, "progress", str(opened["campaign"]), "--on", "2026-12-08")["rows"]
    assert opened["rated"] == sum(row["Số người"] for row in rows) > 500
    assert not any(row["Đơn vị"].startswith("Huyện") for row in rows)
    assert all(one["why"] for one in opened["left_out"])
    summary = told(data, "summary", str(opened["campaign"]))["rows"][-1]
    assert (summary["Đơn vị"], summary["Số người"], summary["Chưa quyết định"]) == ("Tổng cộng", opened["rated"], opened["rated"])
    closing = command(data, "evaluation", "close", str(opened["campaign"]))
    assert closing.returncode == 1 and "Còn đơn vị chưa gửi kết quả" in closing.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "--name", "x", "--at", "khong-co", "--period", "2026"), "Không có đơn vị mã “khong-co”"),
        (("open", "--name", "x", "--at", "tinh-19", "--unit", "tinh-19", "--period", "26"), "hãy ghi như 2026"),
        (("progress", "999"), "Không có đợt đánh giá số 999"),
    ],
)
def test_wrong_words_are_one_sentence(data: Path, words: tuple[str, ...], said: str):
    done = command(data, "evaluation", *words)
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
