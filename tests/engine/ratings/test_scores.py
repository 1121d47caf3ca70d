"""Points, means, grades, absence and bars as the decrees have them, each at its edges."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from canbo.engine.codelists import load_codelist
from canbo.engine.ratings.model import (
    EXCELLENT,
    GOOD,
    GRADES,
    NOT_RATED,
    SATISFACTORY,
    UNSATISFACTORY,
    RatingRefused,
    Regime,
)
from canbo.engine.ratings.scores import (
    Product,
    grade_of,
    month_score,
    period_score,
    proposal,
    ratios_of_products,
    rounded,
)
from tests.engine.ratings.shipped import ND56, ND90, ND233, ND335, QD366, versions

WHOLE, HALF = Fraction(1), Fraction(1, 2)
STAFF = {"a": WHOLE, "b": WHOLE, "c": WHOLE}
LEADER = {**STAFF, "d": WHOLE, "dd": WHOLE, "e": WHOLE}


def full(regime: Regime, role: str = "staff") -> dict[str, Decimal]:
    return {line.code: line.points or Decimal(0) for line in regime.lines_of(role)}  # type: ignore[arg-type]


def refusal(call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(RatingRefused) as refused:
        call(*arguments, **named)
    return str(refused.value)


def test_grades_are_those_of_the_code_list_and_every_regime_names_them() -> None:
    known = load_codelist("ratings")
    assert set(known.codes) == {*GRADES, NOT_RATED} and [known.rank(grade) for grade in GRADES] == [0, 1, 2, 3]
    for (code, start), (regime, _) in versions().items():
        assert set(regime.names) == set(GRADES), (code, start)
    assert ND56.names[SATISFACTORY] == "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực"


# --- points of a month


def test_general_points_are_ten_and_ten_and_ten() -> None:
    groups: dict[str, Decimal] = {}
    for line in ND335.lines_of("staff"):
        groups[line.group] = groups.get(line.group, Decimal(0)) + (line.points or Decimal(0))
    assert list(groups.values()) == [10, 10, 10] and ND335.general_points == 30 and ND335.task_points == 70
    assert ND335.lines_of("staff") == ND335.lines_of("leader")
    party = [sum(full(QD366, role).values()) for role in ("staff", "leader")]
    assert party == [30, 30]


def test_task_points_are_the_mean_of_three_ratios_or_six() -> None:
    def score(role: Any, **ratios: Fraction) -> Decimal:
        return month_score(regime=ND335, role=role, points=full(ND335), ratios=ratios)

    assert score("staff", **STAFF) == 100
    assert score("staff", a=Fraction(9, 10), b=Fraction(8, 10), c=WHOLE) == Decimal("93.00")
    assert score("staff", a=Fraction(2, 3), b=Fraction(2, 3), c=Fraction(1, 2)) == Decimal("72.78")  # 30 + 70 × 11/18
    assert score("staff", a=Fraction(0), b=Fraction(0), c=Fraction(0)) == 30
    assert score("leader", **LEADER) == 100
    assert score("leader", **{**LEADER, "d": HALF}) == Decimal("94.17")  # 30 + 70 × 5,5/6
    assert score("leader", **{**LEADER, "d": HALF, "dd": HALF, "e": HALF}) == Decimal("82.50")
    no_points = month_score(regime=ND335, role="staff", points=dict.fromkeys(full(ND335), Decimal(0)), ratios=STAFF)
    assert no_points == 70


@pytest.mark.parametrize(
    ("points", "ratios", "words"),
    [
        ({"1.a": None}, {}, "Chưa chấm tiêu chí “Phẩm chất chính trị"),
        ({"1.a": Decimal("5.5")}, {}, "phải từ 0 đến 5."),
        ({"2.a": Decimal("2.6")}, {}, "phải từ 0 đến 2,5."),
        ({"2.a": Decimal(-1)}, {}, "phải từ 0 đến 2,5."),
        ({}, {"c": None}, "Chưa có tỷ lệ “Tiến độ”"),
        ({}, {"a": Fraction(11, 10)}, "“Số lượng” phải từ 0% đến 100%"),
        ({}, {"d": Fraction(3, 4)}, "chỉ nhận 100% hoặc 50%"),
        ({}, {"e": Fraction(0)}, "“Năng lực tập hợp, đoàn kết” chỉ nhận 100% hoặc 50%"),
    ],
)
def test_what_the_form_cannot_hold_is_refused(points: dict, ratios: dict, words: str) -> None:
    given = {code: value for code, value in {**full(ND335), **points}.items() if value is not None}
    shares = {code: value for code, value in {**LEADER, **ratios}.items() if value is not None}
    assert words in refusal(month_score, regime=ND335, role="leader", points=given, ratios=shares)


def test_where_the_unit_fixes_the_points_they_must_add_up() -> None:
    lines = [line.code for line in ND233.lines_of("staff")]
    given, weights = dict.fromkeys(lines, Decimal(1)), {**dict.fromkeys(lines, Decimal(1)), lines[0]: Decimal(14)}
    assert len(lines) == 17 and sum(weights.values()) == 30
    assert month_score(regime=ND233, role="staff", points=given, ratios=STAFF, weights=weights) == 87
    assert "chưa quy định điểm tối đa" in refusal(month_score, regime=ND233, role="staff", points=given, ratios=STAFF)
    short = {**weights, lines[0]: Decimal(13)}
    said = refusal(month_score, regime=ND233, role="staff", points=given, ratios=STAFF, weights=short)
    assert "cộng lại là 29, không phải 30" in said
    assert "theo tiêu chí, không theo điểm" in refusal(month_score, regime=ND90, role="staff", points={}, ratios={})


# --- products


def test_quality_faults_take_quality_points_only_and_delays_progress_points_only() -> None:
    ratios = ratios_of_products([Product(Fraction(4), Fraction(4), quality_faults=1), Product(Fraction(4), Fraction(4))], ND335.fault_share)
    assert ratios == {"a": 1, "b": Fraction(7, 8), "c": 1}  # a quarter of that product's four, nothing of the other's
    ratios = ratios_of_products([Product(Fraction(1), Fraction(1), delays=2)], ND335.fault_share)
    assert ratios == {"a": 1, "b": 1, "c": HALF}
    ratios = ratios_of_products([Product(Fraction(1), Fraction(1), quality_faults=5, delays=4)], ND335.fault_share)
    assert ratios == {"a": 1, "b": 0, "c": 0}
    assert Fraction(1, 4) == ND335.fault_share


def test_task_handed_over_stays_assigned_and_what_was_added_counts_on_top() -> None:
    handed_over = Product(Fraction(1), Fraction(0))
    ratios = ratios_of_products([Product(Fraction(3), Fraction(3)), handed_over], ND335.fault_share)
    assert ratios == dict.fromkeys("abc", Fraction(3, 4))
    sudden = Product(Fraction(0), Fraction(0), quality_faults=1, extra=Fraction(1))
    ratios = ratios_of_products([Product(Fraction(3), Fraction(3)), handed_over, sudden], ND335.fault_share)
    assert ratios == {"a": 1, "b": Fraction(15, 16), "c": 1}  # three and a quarter less than one of four, four of four
    ratios = ratios_of_products([Product(Fraction(1), Fraction(1), extra=Fraction(3))], ND335.fault_share)
    assert ratios == dict.fromkeys("abc", WHOLE)  # never more than the whole
    assert ratios_of_products([Product(Fraction(2), HALF)], ND335.fault_share) == dict.fromkeys("abc", Fraction(1, 4))


@pytest.mark.parametrize(
    "products",
    [[], [Product(Fraction(0), Fraction(0), extra=Fraction(2))], [Product(Fraction(1), Fraction(2))], [Product(Fraction(1), Fraction(-1))],
     [Product(Fraction(1), Fraction(1), quality_faults=-1)], [Product(Fraction(1), Fraction(1), extra=Fraction(-1))]],
)  # fmt: skip
def test_impossible_products_are_refused(products: list[Product]) -> None:
    assert refusal(ratios_of_products, products, ND335.fault_share).endswith(".")


# --- means


def test_a_period_is_the_mean_of_its_months_the_year_of_twelve_or_of_those_worked() -> None:
    eighty, ninety = Decimal(80), Decimal(90)
    assert period_score([eighty, eighty, ninety], "quarter") == Decimal("83.33")
    assert period_score([eighty] * 6 + [ninety] * 6, "year") == 85
    assert period_score([ninety] * 7, "year") == 90  # the five months of leave are left out by who knows of them
    assert period_score([eighty, ninety], "half") == 85
    assert period_score([eighty] * 11 + [None], "year") is None  # a month not scored yet is not nothing
    assert period_score([], "month") is None and period_score([eighty] * 4, "quarter") is None
    assert "không tính điểm trung bình" in refusal(period_score, [eighty], "term")
    assert [rounded(Fraction(value)) for value in ("89.995", "89.9949", "0.005", "1/3")] == [
        Decimal("90.00"), Decimal("89.99"), Decimal("0.01"), Decimal("0.33"),
    ]  # fmt: skip


@pytest.mark.parametrize("regime", [ND335, ND233, QD366], ids=["335", "233", "366"])
def test_bands_at_each_edge(regime: Regime) -> None:
    edges = {"100": EXCELLENT, "90": EXCELLENT, "89.99": GOOD, "70": GOOD, "69.99": SATISFACTORY, "50": SATISFACTORY,
             "49.99": UNSATISFACTORY, "0": UNSATISFACTORY}  # fmt: skip
    assert {score: grade_of(Decimal(score), regime) for score in edges} == edges


def test_regime_without_points_gives_no_grade_for_a_score() -> None:
    assert "hãy chọn mức" in refusal(grade_of, Decimal(95), ND90)


# --- what the rules give


def given(regime: Regime, score: str | None = None, **other: Any) -> tuple[str, str]:
    asked = {"role": "staff", "months_worked": 12, "months_away": {}, "score": score and Decimal(score), **other}
    found = proposal(regime=regime, **asked)
    return found.grade, "; ".join(found.reasons)


def test_grade_comes_from_the_score_or_where_there_are_no_points_from_the_choice() -> None:
    assert given(ND335, "92") == (EXCELLENT, "")
    assert given(ND90, grade=GOOD) == (GOOD, "")
    assert given(ND335) == ("", "chưa đủ điểm của các tháng")
    assert given(ND335, grade=EXCELLENT) == ("", "chưa đủ điểm của các tháng")  # points are not skipped by choosing
    assert given(ND90) == ("", "chưa chọn mức")
    assert given(ND90, grade=NOT_RATED) == (NOT_RATED, "được chọn không xếp loại") and given(ND335, "92", grade=NOT_RATED)[0] == EXCELLENT
    assert "chọn một trong Không hoàn thành" in refusal(given, ND90, grade="tot")


@pytest.mark.parametrize(
    ("worked", "away", "nd90", "nd335"),
    [
        (12, {}, EXCELLENT, EXCELLENT),
        (10, {"nghi-khong-luong": 2}, EXCELLENT, EXCELLENT),
        (9, {"nghi-khong-luong": 3}, SATISFACTORY, EXCELLENT),  # three to under six months: a rule of NĐ 90 alone
        (7, {"nghi-khong-luong": 5}, SATISFACTORY, EXCELLENT),
        (7, {"nghi-khong-luong": 3, "om": 2}, SATISFACTORY, EXCELLENT),
        (9, {"nghi-khong-luong": 2, "thai-san": 1}, EXCELLENT, EXCELLENT),
        (6, {"nghi-khong-luong": 6}, EXCELLENT, EXCELLENT),  # six and six: neither sentence of NĐ 90 speaks of it
        (5, {"nghi-khong-luong": 7}, NOT_RATED, NOT_RATED),
        (5, {}, NOT_RATED, NOT_RATED),  # came in August
        (6, {"thai-san": 6}, EXCELLENT, EXCELLENT),
        (5, {"thai-san": 7}, EXCELLENT, EXCELLENT),
        (5, {"om": 7}, NOT_RATED, EXCELLENT),  # sick leave is excepted by NĐ 335, not by NĐ 90
        (2, {"thai-san": 1}, NOT_RATED, NOT_RATED),  # a month of leave does not make two months six
        (0, {"thai-san": 12}, NOT_RATED, NOT_RATED),  # nothing to rate
        (5, {"thai-san": 0, "nghi-khong-luong": 7}, NOT_RATED, NOT_RATED),
    ],
)
def test_absence_by_regime(worked: int, away: dict, nd90: str, nd335: str) -> None:
    assert given(ND90, grade=EXCELLENT, months_worked=worked, months_away=away)[0] == nd90
    assert given(ND335, "95", months_worked=worked, months_away=away)[0] == nd335
    assert given(ND233, "95", months_worked=worked, months_away=away)[0] == nd335
    assert given(ND56, grade=EXCELLENT, months_worked=worked, months_away=away)[0] == EXCELLENT  # no rule was read


def test_absence_says_by_which_article_and_only_where_it_changes_something() -> None:
    away = {"months_worked": 8, "months_away": {"nghi-khong-luong": 4}}
    assert given(ND90, grade=GOOD, **away) == (
        SATISFACTORY, "nghỉ từ 03 đến dưới 06 tháng, không xếp loại hoàn thành tốt trở lên (Điều 2 khoản 3)",
    )  # fmt: skip
    assert given(ND90, grade=UNSATISFACTORY, **away) == (UNSATISFACTORY, "")
    assert given(ND335, "95", months_worked=4) == (NOT_RATED, "làm việc dưới 06 tháng trong năm, không xếp loại (Điều 11 khoản 1, 2)")
    assert given(ND335, "95", months_worked=4, months_away={"thai-san": 6}) == (
        EXCELLENT, "xếp loại theo thời gian làm việc (Điều 11 khoản 1, 2)",
    )  # fmt: skip
    assert given(ND335, "95", months_worked=3, of_months=3) == (EXCELLENT, "")  # a quarter has no such rule
    for worked, gone in ((8, 5), (-1, 0), (12, -1), (13, 0)):
        assert "không quá 12" in refusal(given, ND335, "95", months_worked=worked, months_away={"om": gone})


def test_bars_make_the_lowest_grade_whatever_the_score_and_even_without_one() -> None:
    assert given(ND335, "99", bars=["vi-pham-cong-vu"]) == (
        UNSATISFACTORY, "Vi phạm liên quan tới công vụ, bị kỷ luật trong năm (Điều 11 khoản 3)",
    )  # fmt: skip
    assert given(ND335, bars=["suy-thoai"])[0] == UNSATISFACTORY
    assert given(ND335, "99", bars=["suy-thoai"], months_worked=4)[0] == NOT_RATED
    assert given(ND233, "99", bars=["don-vi-tham-nhung"])[0] == EXCELLENT  # a bar of leaders only
    assert given(ND233, "99", role="leader", bars=["don-vi-tham-nhung"])[0] == UNSATISFACTORY
    assert given(ND335, "99", bars=["khac"])[0] == EXCELLENT


def test_head_is_never_above_the_unit_and_waits_for_it() -> None:
    head = {"role": "leader", "heads_unit": True}
    assert given(ND335, "95", **head, unit_grade=GOOD) == (GOOD, "không cao hơn mức của đơn vị (Điều 20 khoản 6)")
    assert given(ND335, "75", **head, unit_grade=EXCELLENT) == (GOOD, "")
    assert given(ND335, "95", **head) == ("", "chưa xếp loại đơn vị của người đứng đầu (Điều 20 khoản 6)")
    assert given(ND335, "95", role="leader", unit_grade=SATISFACTORY) == (EXCELLENT, "")  # a deputy
    assert given(ND90, grade=EXCELLENT, **head, unit_grade=GOOD)[0] == EXCELLENT  # not read in that regime


def test_axes_count_by_the_points_the_body_gave_them_and_lines_of_366_are_whole_or_nothing():
    points = full(QD366, "leader")
    each = dict(zip((axis.code for axis in QD366.axes), map(Decimal, (10, 15, 10, 20, 10, 5)), strict=True))
    half = {code: Fraction(1, 2) if code == "T4" else Fraction(1) for code in each}
    asked: dict[str, Any] = {"regime": QD366, "role": "leader", "points": points}
    assert month_score(**asked, ratios=half, weights=each) == 90
    with pytest.raises(RatingRefused, match="Điểm các trục cộng lại là 71, không phải 70"):
        month_score(**asked, ratios=half, weights={**each, "T6": Decimal(6)})
    with pytest.raises(RatingRefused, match=r"Chưa có tỷ lệ “Khoa học"):
        month_score(**asked, ratios={**half, "T3": None}, weights=each)
    # Where the body gave no axis its points, and for who leads nothing, the one ratio counts.
    one = {"ket-qua": Fraction(1, 2)}
    assert month_score(**asked, ratios=one) == month_score(**asked, ratios=one, weights={"T1": Decimal(70)}) == 65
    assert QD366.ratios_of("staff", each) == QD366.ratios_of("leader")
    with pytest.raises(RatingRefused, match="chấm đủ 2 điểm khi bảo đảm, 0 điểm khi không"):
        month_score(regime=QD366, role="leader", points={**points, "1.1": Decimal(1)}, ratios=one)
    assert month_score(regime=QD366, role="leader", points={**points, "1.1": Decimal(0)}, ratios=one) == 63
