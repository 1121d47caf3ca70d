"""A procedure file that could never work is refused: one sentence for one fault, at its place."""

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from canbo.engine.law.loader import load_laws
from canbo.engine.law.problems import LawRefused
from tests.engine.law.folder import TITLES, VOCABULARY, law_folder
from tests.engine.procedures.shipped import read_steps, shipped

SOUND = tomllib.loads("""
document = "nd1"
board_least = 3
[[deadline]]
code = "xong"
label = "Hoàn thành"
days = 30
after = "b1"
until = "end"
[[step]]
code = "b1"
label = "Bước một"
body = "Tập thể"
duties = ["convene", "conclude"]
quorum = "2/3"
article = "Điều 1"
evidence = "text"
[[step]]
code = "b2"
label = "Bước hai"
body = "Tập thể"
duties = ["opinion", "convene", "count", "recount", "announce"]
candidates = "b1"
announced = true
before = ["cấp ủy"]
article = "Điều 2"
evidence = "text"
carriers = { count = "officer", settle = "officer" }
[step.ballot]
kind = "secret"
base = "convened"
tie_at = "1/4"
differs_from = "b1"
differs_need = { least = "2/3" }
[[step.ballot.rule]]
over = "1/2"
[[step.ballot.rule]]
least = "30/100"
keep = "all"
[[step.paper]]
kind = "to-trinh"
label = "Tờ trình"
max_age_months = 6
""")


def refused(**changes: Any) -> list[str]:
    """The problems of the sound version with `path__to__key = value`; a number is a place in a list, None takes the key away."""
    raw: dict[str, Any] = deepcopy(SOUND)
    for path, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split("__")]
        at: Any = raw
        for part in way:
            at = at[part]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return read_steps(raw)[1]


def test_sound_version_is_read() -> None:
    steps, problems = read_steps(SOUND)
    assert problems == [] and [step.code for step in steps.steps] == ["b1", "b2"]
    assert steps.steps[1].carrier("count") == "officer" and steps.steps[1].carrier("recount") == "board"
    assert [place for place, _ in steps.cites] == ["step[b1]", "step[b2]"]
    with pytest.raises(KeyError):
        steps.at("b3")


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"step__0__duties": ["convene", "vote"]}, "step[b1].duties", "“vote” không phải việc của một bước"),
        ({"step__0__duties": []}, "step[b1]", "cần duties"),
        ({"step__1__duties": ["opinion", "convene", "count", "announce"]}, "step[b2].duties", "đủ hai lần"),
        ({"step__1__duties": ["opinion", "convene", "recount", "count", "announce"]}, "step[b2].duties", "đủ hai lần, theo thứ tự"),
        ({"step__1__duties": ["opinion", "count", "recount", "convene", "announce"]}, "step[b2].duties", "phải điểm danh (convene) trước"),
        ({"step__1__duties": ["opinion", "convene", "announce", "count", "recount"]}, "step[b2].duties", "phải sau khi kiểm phiếu"),
        ({"step__1__duties": ["opinion", "convene", "count", "recount", "settle", "announce"]}, "step[b2].duties", "“settle” chỉ có khi"),
        ({"step__1__announced": False}, "step[b2]", "announced = true đi cùng"),
        ({"step__0__announced": True}, "step[b1]", "announced = true đi cùng"),
        ({"step__1__duties": ["convene", "count", "recount", "announce"]}, "step[b2].before", "cần một việc opinion"),
        ({"step__0__unless": "cấp ủy lãnh đạo toàn diện"}, "step[b1].unless", "unless đi cùng before"),
        ({"step__0__duties": ["convene", "count", "recount"]}, "step[b1]", "cần cả [ballot]"),
        ({"step__0__carriers": {"decide": "head"}}, "step[b1].carriers", "bước không có việc “decide”"),
        ({"step__0__carriers": {"settle": "head"}}, "step[b1].carriers", "bước không có việc “settle”"),
        ({"step__0__carriers": {"convene": "chief"}}, "step[b1].carriers", "người làm là một trong officer"),
        ({"step__1__candidates": "b3"}, "step[b2]", "nhắc tới bước “b3” chưa có ở trước nó"),
        ({"step__0__candidates": "b2"}, "step[b1]", "nhắc tới bước “b2” chưa có ở trước nó"),
        ({"step__1__ballot__differs_from": "b2"}, "step[b2]", "nhắc tới bước “b2” chưa có ở trước nó"),
        ({"step__1__ballot__differs_from": None}, "step[b2].ballot.differs_from", "đi cùng nhau"),
        ({"step__1__ballot__differs_need": None}, "step[b2].ballot.differs_from", "đi cùng nhau"),
        ({"step__1__ballot__differs_base": "all"}, "step[b2].ballot.differs_base", "không có trong các giá trị convened"),
        ({"step__1__ballot__tie_at": "1/2"}, "step[b2].ballot.tie_at", "không bao giờ dùng tới"),
        ({"step__1__ballot__tie_at": "30/100"}, "step[b2].ballot.tie_at", "không bao giờ dùng tới"),
        ({"step__1__ballot__rule__1__least": "2/3"}, "step[b2].ballot.rule", "phải dễ đạt hơn"),
        ({"step__1__ballot__rule__0__least": "1/2"}, "step[b2].ballot.rule[1]", "đúng một trong hai: over"),
        ({"step__1__ballot__rule__1__keep": "best"}, "rule[2].keep", "“best” không có"),
        ({"step__1__ballot__rule__1__least": "thirty"}, "rule[2].least", "cần một phân số"),
        ({"step__1__ballot__choose": 0}, "step[b2].ballot.choose", "ít nhất một tên"),
        ({"step__1__ballot__kind": "open"}, "step[b2].ballot.kind", "“open” không có"),
        ({"step__1__ballot__base": None}, "step[b2].ballot.base", "thiếu “base”"),
        ({"step__0__quorum": "3/2"}, "step[b1].quorum", "không quá 1"),
        ({"step__0__article": None}, "step[b1].article", "chưa dẫn điều, khoản"),
        ({"step__0__evidence": "hearsay"}, "step[b1].evidence", "mức căn cứ"),
        ({"step__0__introduces": True}, "step[b1].introduces", "chỉ đặt ở bước có bỏ phiếu"),
        ({"step__0__body": None}, "step[b1].body", "thiếu “body”"),
        ({"step__0__quorums": "2/3"}, "step[b1].quorums", "Có phải “quorum”?"),
        ({"step__1__paper__0__max_age_months": -1}, "max_age_months", "số nguyên không âm"),
        ({"step__1__paper__0__label": None}, "paper[1].label", "thiếu “label”"),
        ({"board_least": None}, "board_least", "bước “Bước hai” bỏ phiếu: cần board_least"),
        ({"deadline__0__until": "b9"}, "deadline[xong]", "“b9” không có"),
        ({"deadline__0__until": "open"}, "deadline[xong]", "after phải ở trước until"),
        ({"deadline__0__until": "b1"}, "deadline[xong]", "after phải ở trước until"),
        ({"deadline__0__days": 0}, "deadline[xong]", "cần days"),
        ({"deadline__0__days": None}, "deadline[xong]", "cần days"),
        ({"deadline__0__dayz": 3}, "deadline[xong].dayz", "Có phải “days”?"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)  # fmt: skip
def test_bad_version_is_refused_in_one_sentence(changes: dict, place: str, words: str) -> None:
    found = refused(**changes)
    assert len(found) == 1 and place in found[0].split(": ")[0] and words in found[0], found
    assert found[0].rstrip()[-1] in ".?…]"


@pytest.mark.parametrize("code", ["b2", "open", "end", "list"])
def test_codes_are_free_and_once_each(code: str) -> None:
    found = refused(step__0__code=code, step__1__candidates="list", step__1__ballot__differs_from=code, deadline__0__after="open")
    assert any(f"mã “{code}” đã dùng" in problem for problem in found)


def test_version_without_steps_is_refused() -> None:
    assert refused(step=[], deadline=[]) == ["procedure[x].step: cần ít nhất một bước [[…version.step]]."]


def test_no_shipped_procedure_votes_without_a_board_and_each_step_is_cited() -> None:
    for one in shipped():
        assert not any(step.ballot for step in one.steps.steps) or one.steps.board_least >= 3, one.name
        assert all(cite.article for _, cite in one.steps.cites), one.name
        # From memory: only the later steps of the planning of Quy định 50-QĐ/TW, which need the opener's own document.
        of_q50 = one.name.startswith("quy-hoach-tai-cho") and one.raw["document"] == "qd50-2021"
        assert [step.code for step in one.steps.unverified] == (["b3", "b4", "b5"] if of_q50 else []), one.name


PROCEDURE = """
[[procedure]]
code = "p"
label = "P"
[[procedure.version]]
from = 2020-01-01
document = "nd2-2020"
article = "Điều 1"
evidence = "text"
[[procedure.version.step]]
code = "a"
label = "A"
body = "A"
duties = ["submit"]
document = "qd1-2010"
article = "Điều 2"
evidence = "text"
"""
REGIME = """
[[regime]]
code = "r"
label = "R"
[[regime.version]]
from = 2020-01-01
document = "nd2-2020"
article = "Điều 1"
evidence = "text"
of = "unit"
names = { khong-hoan-thanh = "1", hoan-thanh = "2", hoan-thanh-tot = "3", hoan-thanh-xuat-sac = "4" }
[regime.version.quota]
share = "1/5"
document = "nd9-2030"
article = "Điều 2"
evidence = "text"
"""


def test_citations_inside_procedures_and_regimes_are_checked_like_all_others(tmp_path: Path) -> None:
    root = law_folder(tmp_path)
    for name, text in (("procedures", PROCEDURE), ("regimes", REGIME)):
        (root / name).mkdir()
        (root / name / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LawRefused) as refused:
        load_laws([root], vocabulary=VOCABULARY, titles=TITLES, run_cases=False)
    ended, unknown = map(str, refused.value.problems)
    assert "procedure[p].version[2020-01-01].step[a]" in ended and "Quyết định 1/2010/QĐ, có hiệu lực 01/01/2010" in ended
    assert "regime[r].version[2020-01-01].quota.document" in unknown and "“nd9-2030” không có" in unknown
