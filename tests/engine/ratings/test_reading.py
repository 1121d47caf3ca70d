"""A regime file that could never rate anybody rightly is refused: one sentence for one fault, at its place."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tests.engine.ratings.shipped import read_regime, versions

ND335, ND90 = versions()["cong-chuc", date(2026, 1, 1)][1], versions()["cong-chuc", date(2020, 8, 20)][1]
UNITS = versions()["don-vi-su-nghiep", date(2026, 7, 1)][1]
NAMES = {"khong-hoan-thanh": "Không", "hoan-thanh": "Đạt", "hoan-thanh-tot": "Tốt"}


def refused(version: dict[str, Any], **changes: Any) -> list[str]:
    """As for procedures: `path__to__key = value`, None takes the key away."""
    raw: dict[str, Any] = deepcopy(version)
    for path, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split("__")]
        at: Any = raw
        for part in way:
            at = at[part]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return read_regime(raw)[1]


@pytest.mark.parametrize(
    ("version", "changes", "place", "words"),
    [
        (ND335, {"names": NAMES}, "names", "thiếu tên gọi của mức hoan-thanh-xuat-sac"),
        (ND335, {"names": {**NAMES, "hoan-thanh-xuat-sac": ""}}, "names", "thiếu tên gọi"),
        (ND335, {"names__tot": "Tốt"}, "names", "“tot” không đọc được"),
        (ND335, {"of": "team"}, "of", "“team” không có"),
        (ND335, {"staff_kinds": ["cong-chưc"]}, "staff_kinds", "“cong-chưc” không đọc được"),
        (ND335, {"staff_kinds": []}, "staff_kinds", "staff_kinds cần có"),
        (UNITS, {"staff_kinds": ["vien-chuc"]}, "staff_kinds", "và chỉ khi đó"),
        (ND335, {"periods": ["month", "week"]}, "periods", "“week” không đọc được"),
        (ND335, {"general_points": 29}, "", "cộng lại là 30.0, không phải 29"),
        (ND335, {"line__0__points": 6}, "", "cộng lại là 31.0, không phải 30"),
        (ND335, {"line__0__points": 0}, "line[1.a].points", "phải lớn hơn 0"),
        (ND335, {"line__0__points": -1}, "line[1.a].points", "số điểm không âm"),
        (ND335, {"line__1__code": "1.a"}, "line", "“1.a” có hai lần"),
        (ND335, {"line__0__applies": "boss"}, "line[1.a].applies", "“boss” không có"),
        (ND335, {"ratio__1__code": "a"}, "ratio", "“a” có hai lần"),
        (ND335, {"ratio": []}, "", "cần đủ line, ratio"),
        (ND335, {"task_points": None}, "", "cần đủ line, ratio, general_points, task_points"),
        (ND335, {"band": []}, "band", "cần các mức điểm [[band]]"),
        (ND335, {"band__0__least": 60}, "band", "mức cao hơn cần điểm tối thiểu cao hơn"),
        (ND335, {"band__0__least": 101}, "band", "không quá tổng điểm"),
        (ND335, {"band__0__least": 70}, "band", "mức cao hơn cần điểm tối thiểu cao hơn"),
        (ND335, {"band__0__grade": "hoan-thanh-tot"}, "band", "đủ ba mức trên"),
        (ND335, {"band__0__grade": "xuat-sac"}, "band[1].grade", "“xuat-sac” không đọc được"),
        (ND335, {"fault_share": "5/4"}, "fault_share", "không quá 1"),
        (ND335, {"articles__head": None}, "articles", "head_not_above_unit cần dẫn điều"),
        (ND335, {"articles__heads": "Điều 1"}, "articles", "“heads” không đọc được"),
        (ND335, {"rate_by": "15-12"}, "rate_by", "cần tháng-ngày"),
        (ND335, {"objection_days": -7}, "objection_days", "số nguyên không âm"),
        (ND335, {"bar__1__code": "suy-thoai"}, "bar", "“suy-thoai” có hai lần"),
        (ND335, {"bar__0__article": None}, "bar[suy-thoai].article", "chưa dẫn điều, khoản"),
        (ND335, {"quota__exception": "10/100"}, "quota.exception", "không thể thấp hơn tỷ lệ chung"),
        (ND335, {"quota__share": None}, "quota.share", "cần share"),
        (ND335, {"quota__base": "all"}, "quota.base", "“all” không có"),
        (ND335, {"quota__rounding": "up"}, "quota.rounding", "“up” không có"),
        (ND335, {"quota__evidence": None}, "quota.evidence", "mức căn cứ"),
        (ND335, {"quota__per_groups": True}, "quota.per_groups", "Có phải “per_group”?"),
        (UNITS, {"quota__few_cap": None}, "quota.few_below", "đi cùng nhau"),
        (ND90, {"absence__0__not_rated": False}, "absence[1]", "đúng một trong hai: cap"),
        (ND90, {"absence__1__not_rated": True}, "absence[2]", "đúng một trong hai: cap"),
        (ND90, {"absence__0__worked_below": None}, "absence[1]", "not_rated đi cùng worked_below"),
        (ND90, {"absence__1__away_least": None}, "absence[2]", "cap đi cùng away_least"),
        (ND90, {"absence__1__away_below": 3}, "absence[2].away_below", "phải lớn hơn “away_least”"),
        (ND90, {"absence__1__cap": "kha"}, "absence[2].cap", "“kha” không đọc được"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) and len(value) < 4 else None,
)
def test_bad_version_is_refused_in_one_sentence(version: dict, changes: dict, place: str, words: str) -> None:
    found = set(refused(version, **changes))  # the two roles share one sentence where the line is for both
    assert any(place in problem.split(": ")[0] and words in problem for problem in found), found
    assert len({problem.split(": ")[0] for problem in found}) == 1, found


def test_shipped_regimes_have_every_citation_with_its_place() -> None:
    regime, _ = versions()["cong-chuc", date(2026, 1, 1)]
    assert {place for place, _ in regime.cites} == {"absence[1]", "bar[suy-thoai]", "bar[vi-pham-cong-vu]", "quota"}
    assert all(cite.article and cite.verified for one, _ in versions().values() for _, cite in one.cites)
