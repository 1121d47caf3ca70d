"""The four steps of `laws` as the issue prints them, and what they say of a folder with a fault."""

import argparse
import io
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import CENTRAL, read_laws
from canbo.cli import laws as command
from canbo.cli.context import CommandError, Context
from canbo.cli.vietnamese import Parser
from canbo.engine.law.model import LawSet
from tests.assess.test_law_sets import FILES, STANDARDS


def told(*words: str) -> tuple[int, str]:
    """Exit code and what the command prints."""
    parser = Parser(prog="laws")
    command.arguments(parser)
    args: argparse.Namespace = parser.parse_args(list(words))
    ctx = Context(
        actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=timezone.now(), today=date(2026, 6, 1), out=io.StringIO(), err=io.StringIO()
    )
    return command.run(args, ctx), ctx.out.getvalue()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def central() -> LawSet:
    return read_laws([CENTRAL])


@pytest.fixture
def folder(tmp_path: Path, central: LawSet, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of local law, sound, as the only one beside the shipped law, which is read once."""
    root = tmp_path / "tinh-a"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(command, "local_folders", lambda _: [root])
    monkeypatch.setattr(command, "read_laws", lambda paths: central if paths == [CENTRAL] else read_laws(paths))
    return root


def test_check_names_file_and_place_and_ends_with_one(folder: Path) -> None:
    code, text = told("check")
    assert (code, "tinh-a: " in text) == (0, True)
    path = folder / STANDARDS
    path.write_text(path.read_text(encoding="utf-8").replace('article = "Điều 1"\n', "").replace("age < 50", "agee < 50"), encoding="utf-8")
    code, text = told("check")
    place = f"  {STANDARDS}: standard[chuan-a].version[qd9].criterion[tuoi]"
    assert (code, "tinh-a: 1 lỗi" in text, f"{place}.article: chưa dẫn điều, khoản" in text) == (1, True, True)
    path.write_text(path.read_text(encoding="utf-8")[:150], encoding="utf-8")
    code, text = told("check")
    assert (code, f"  {STANDARDS}: không đọc được tệp, dừng giữa chừng ở dòng" in text) == (1, True)


def test_mutate_finds_no_threshold_that_no_case_notices_and_names_one_that_is(folder: Path) -> None:
    cases = folder / "cases/dia-phuong.toml"
    cases.write_text(
        cases.read_text(encoding="utf-8") + '\n[[document_case]]\ndocument = "qd9"\nfrom = 2026-01-01\n', encoding="utf-8"
    )
    code, text = told("check", "--mutate")
    assert (code, text.count(", 0 không trường hợp nào nhận ra")) == (0, 2)
    cases.write_text(cases.read_text(encoding="utf-8").replace("{ age = 49 }", "{ age = 30 }"), encoding="utf-8")
    code, text = told("check", "--mutate")
    assert (code, "standard[chuan-a].version[qd9].criterion[tuoi].require: 50 → 49" in text) == (1, True)


def test_list_show_and_diff_say_what_is_in_force(folder: Path) -> None:
    listed = told("list")[1]
    assert "nd33-2023\tNghị định 33/2023/NĐ-CP\t01/08/2023 – 01/07/2025\t" in listed
    assert "lich-2026\tLịch ngày nghỉ năm 2026\t" in listed
    shown = told("show", "bi-thu-dang-uy-xa", "--on", "2024-06-01")[1]
    assert "Nghị định 33/2023/NĐ-CP" in shown
    assert "political_theory" in shown
    assert "60 (Nghị định 170/2025/NĐ-CP, Điều 28" in told("show", "appointment_term_months", "--on", "01/08/2025")[1]
    changed = told("diff", "--on", "2025-06-30", "--and", "2025-07-01")[1].splitlines()
    (term,) = (line for line in changed if line.startswith("appointment_term_months\t"))
    assert term.endswith("Thời hạn giữ chức vụ một lần bổ nhiệm: 60 (Nghị định 138/2020/NĐ-CP) → 60 (Nghị định 170/2025/NĐ-CP)")
    assert [line for line in changed if line.startswith("bi-thu-dang-uy-xa\t") and "Nghị định 33/2023/NĐ-CP → " in line]
    assert told("diff", "--on", "2025-07-02", "--and", "2025-07-02")[1] == "Ngày 02/07/2025 và ngày 02/07/2025 dùng cùng các quy định.\n"


def test_unknown_code_is_answered_with_the_nearest(folder: Path) -> None:
    with pytest.raises(CommandError, match="Có phải “bi-thu-dang-uy-xa”"):
        told("show", "bi-thu-dang-uy-xaa", "--on", "2024-06-01")
