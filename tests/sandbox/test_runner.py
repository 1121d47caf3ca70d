"""The child keeps its limits, and whatever happens to it reaches the user as one sentence."""

from typing import Any

import pytest

from canbo.sandbox import Refused, SandboxFailed, run_limited
from tests.processes import spent

HERE = "tests.sandbox.limits"


def run(
    name: str, *, memory_mib: int = 300, cpu_seconds: int = 10, wall_seconds: float = 20, **payload: object
) -> object:
    return run_limited(
        f"{HERE}:{name}", payload, memory_mib=memory_mib, cpu_seconds=cpu_seconds, wall_seconds=wall_seconds
    )


def test_values_and_bytes_cross_both_ways() -> None:
    payload: dict[str, Any] = {"data": b"\x00\xff", "text": "Đặng Thị Chi", "rows": [[1, None, 2.5, True]]}
    assert run("echo", **payload) == payload


def test_child_is_small_and_fresh() -> None:
    loaded = run("modules")
    assert isinstance(loaded, list)
    assert not {"django", "polars", "numpy", "openpyxl"} & set(loaded)


def test_child_sees_no_secret_of_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANBO_KEY", "secret")
    seen = run("environment")
    assert isinstance(seen, dict)
    assert "CANBO_KEY" not in seen


@pytest.mark.parametrize(
    ("name", "limits", "part"),
    [
        ("sleep", {"wall_seconds": 0.5}, "quá lâu"),
        ("spin", {"cpu_seconds": 1}, "quá lâu"),
        ("grow", {}, "bộ nhớ"),
        ("abort", {}, "hỏng"),
        ("boom", {}, "hỏng"),
    ],
)
def test_broken_limit_or_child_becomes_a_sentence(name: str, limits: dict[str, float], part: str) -> None:
    with spent() as took, pytest.raises(SandboxFailed) as failure:
        run(name, **limits)  # type: ignore[arg-type]
    assert part in failure.value.text
    assert failure.value.text.count(".") >= 1 and "\n" not in failure.value.text
    assert took.own + took.children < 4  # a second until the limit, 0.05 s for the child's start


@pytest.mark.slow
def test_too_much_output_becomes_a_sentence() -> None:
    with pytest.raises(SandboxFailed, match="chia thành nhiều tệp"):
        run("write_much", memory_mib=2000, size=250_000_000)


def test_refusal_in_the_child_reaches_the_parent_as_refusal() -> None:
    with pytest.raises(Refused, match="PDF"):
        run_limited(
            "canbo.imports.book.workbook:parse_file", {"data": b"%PDF-1.7"}, memory_mib=300, cpu_seconds=5, wall_seconds=10
        )
