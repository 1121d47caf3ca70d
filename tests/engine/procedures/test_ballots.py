"""Who passes a ballot, at every edge, against a twin that counts with shares; what no counting board can have written is refused."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canbo.engine.procedures.ballots import Attendance, Outcome, Tally, checked_attendance, checked_tally, outcome
from canbo.engine.procedures.model import Ballot, PassRule, ProcedureRefused

HALF, THIRTY = Fraction(1, 2), Fraction(30, 100)
OVER_HALF, THIRTY_ALL = PassRule(HALF, True, "highest"), PassRule(THIRTY, False, "all")
TWO_RULES = Ballot("secret", 1, "convened", (OVER_HALF, THIRTY_ALL))
ONE_RULE = Ballot("secret", 1, "convened", (OVER_HALF,), tie_at=HALF)
PRESENT = Ballot("secret", 1, "present", (OVER_HALF,))
AN, BINH, CHI, DUNG = 1, 2, 3, 4


def tally(**votes: int) -> Tally:
    found = {{"an": AN, "binh": BINH, "chi": CHI, "dung": DUNG}[name]: number for name, number in votes.items()}
    return Tally(sum(votes.values()), sum(votes.values()), sum(votes.values()), found)


def result(ballot: Ballot, attendance: Attendance, *, seats: int = 1, **votes: int) -> tuple[str, set[int]]:
    found = outcome(ballot, tally(**votes), attendance, seats=seats)
    return found.result, set(found.names)


@pytest.mark.parametrize(
    ("ballot", "convened", "votes", "expected"),
    [
        (TWO_RULES, 20, {"an": 11, "binh": 9}, ("passed", {AN})),
        (TWO_RULES, 20, {"an": 10, "binh": 10}, ("passed", {AN, BINH})),  # half is not over half; both have thirty
        (TWO_RULES, 20, {"an": 10, "binh": 6, "chi": 4}, ("passed", {AN, BINH})),  # six of twenty is exactly thirty
        (TWO_RULES, 20, {"an": 6, "binh": 5, "chi": 5, "dung": 4}, ("passed", {AN})),
        (TWO_RULES, 20, {"an": 5, "binh": 5, "chi": 5, "dung": 5}, ("none", set())),
        (TWO_RULES, 21, {"an": 10, "binh": 7, "chi": 4}, ("passed", {AN, BINH})),  # ten of twenty-one is under half, seven over thirty
        (TWO_RULES, 21, {"an": 11, "binh": 10}, ("passed", {AN})),
        (TWO_RULES, 23, {"an": 6, "binh": 6, "chi": 6}, ("none", set())),  # six of twenty-three is under thirty: nothing is rounded
        (ONE_RULE, 20, {"an": 11, "binh": 9}, ("passed", {AN})),
        (ONE_RULE, 20, {"an": 10, "binh": 10}, ("tie", {AN, BINH})),
        (ONE_RULE, 20, {"an": 10, "binh": 9}, ("none", set())),  # one alone at half is no tie
        (ONE_RULE, 21, {"an": 10, "binh": 10}, ("none", set())),
        (ONE_RULE, 19, {"an": 10, "binh": 9}, ("passed", {AN})),
    ],
)
def test_rules_of_the_appointment_at_their_edges(ballot: Ballot, convened: int, votes: dict, expected: tuple) -> None:
    assert result(ballot, Attendance(convened, convened), **votes) == expected


def test_share_is_taken_of_those_convened_or_present_and_force_majeure_only_where_the_law_says_so() -> None:
    votes = {"an": 9, "binh": 7}
    assert result(ONE_RULE, Attendance(20, 16), **votes) == ("none", set())
    assert result(PRESENT, Attendance(20, 16), **votes) == ("passed", {AN})
    assert result(PRESENT, Attendance(20, 18), **votes) == ("none", set())
    assert result(ONE_RULE, Attendance(20, 16, excused=3), **votes) == ("passed", {AN})
    assert result(ONE_RULE, Attendance(20, 16, excused=2), **votes) == ("none", set())
    assert result(ONE_RULE, Attendance(20, 16, excused=3, excused_out=False), **votes) == ("none", set())
    assert result(ONE_RULE, Attendance(20, 16, excused=2), an=9, chi=9)[0] == "tie"


def test_places_are_filled_by_the_highest_and_a_shared_last_place_is_for_the_head() -> None:
    two = Ballot("secret", 2, "convened", (PassRule(HALF, True, "highest"),))
    everyone = Attendance(10, 10)
    cases = {(9, 8, 7): ("passed", {AN, BINH}, ()), (9, 7, 7): ("tie", {BINH, CHI}, (AN,)), (7, 7, 7): ("tie", {AN, BINH, CHI}, ())}
    for (an, binh, chi), (kind, names, sure) in cases.items():
        found = outcome(two, Tally(10, 10, 10, {AN: an, BINH: binh, CHI: chi}), everyone, seats=2)
        assert (found.result, set(found.names), found.sure) == (kind, names, sure)


def test_ballot_without_rules_is_heard_in_order_and_decides_nothing() -> None:
    found = outcome(Ballot("slip", 1, "present", ()), tally(an=3, binh=5, chi=3), Attendance(20, 11))
    assert found == Outcome("heard", (BINH, AN, CHI), 11)


def test_rule_that_decided_is_named_as_officials_write_it() -> None:
    assert outcome(TWO_RULES, tally(an=6), Attendance(20, 20)).rule == "từ 30% trở lên"
    assert outcome(TWO_RULES, tally(an=16), Attendance(20, 20)).rule == "trên 1/2"
    assert [PassRule(Fraction(n, d), False, "all").text for n, d in ((2, 3), (1, 7), (65, 100))] == [
        "từ 2/3 trở lên", "từ 1/7 trở lên", "từ 65% trở lên",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attendance", "quorum", "words"),
    [
        (Attendance(20, -1), None, "không thể âm"),
        (Attendance(20, 21), None, "vượt quá 20 người được triệu tập"),
        (Attendance(20, 18, excused=3), None, "vắng bất khả kháng 3 vượt quá 20"),
        (Attendance(20, 0), None, "Chưa có ai có mặt"),
        (Attendance(20, 14, members=13), None, "vượt quá 13 thành viên"),
        (Attendance(20, 13), Fraction(2, 3), "có mặt 13/20, cần ít nhất 14 người (2/3"),
        (Attendance(21, 13), Fraction(2, 3), "có mặt 13/21, cần ít nhất 14 người"),
        (Attendance(20, 12, excused=1), Fraction(2, 3), "có mặt 12/19, cần ít nhất 13 người"),
        (Attendance(20, 13, excused=1, excused_out=False), Fraction(2, 3), "có mặt 13/20"),
    ],
)
def test_impossible_or_too_small_meetings_are_refused(attendance: Attendance, quorum: Fraction | None, words: str) -> None:
    with pytest.raises(ProcedureRefused) as refused:
        checked_attendance(attendance, quorum)
    assert words in str(refused.value) and str(refused.value).endswith(".")


def test_quorum_is_met_exactly() -> None:
    for meeting in (Attendance(21, 14), Attendance(20, 14), Attendance(20, 12, excused=2), Attendance(3, 2)):
        assert checked_attendance(meeting, Fraction(2, 3)) is meeting


@pytest.mark.parametrize(
    ("slips", "words"),
    [
        (Tally(11, 10, 10, {AN: 10}), "Phiếu phát ra (11) không thể nhiều hơn số người có mặt (10)"),
        (Tally(9, 10, 9, {AN: 9}), "Phiếu thu về (10) không thể nhiều hơn phiếu phát ra (9)"),
        (Tally(10, 9, 10, {AN: 9}), "Phiếu hợp lệ (10) không thể nhiều hơn phiếu thu về (9)"),
        (Tally(10, 10, 9, {AN: 10}), "không thể được 10 phiếu khi chỉ có 9 phiếu hợp lệ"),
        (Tally(10, 10, 9, {AN: 5, BINH: 5}), "vượt quá 9 phiếu hợp lệ × 1 tên"),
        (Tally(10, 10, 10, {AN: 5, CHI: 5}), "không thuộc danh sách"),
        (Tally(10, 10, 10, {AN: -1}), "không thể âm"),
        (Tally(-1, 0, 0, {}), "không thể âm"),
    ],
)
def test_impossible_tallies_are_refused_each_with_its_sentence(slips: Tally, words: str) -> None:
    with pytest.raises(ProcedureRefused) as refused:
        checked_tally(slips, Attendance(12, 10), frozenset({AN, BINH}), 1)
    assert words in str(refused.value) and str(refused.value).endswith(".")


def test_slips_may_hold_two_names_and_some_may_be_lost_or_spoilt() -> None:
    slips = Tally(10, 9, 8, {AN: 8, BINH: 8})
    assert checked_tally(slips, Attendance(12, 10), frozenset({AN, BINH}), 2) is slips


def test_unknown_base_is_asked_for() -> None:
    for name, said in (("convened", "được triệu tập"), ("present", "có mặt"), ("members", "tổng số thành viên")):
        with pytest.raises(ProcedureRefused, match=f"Chưa có .*{said}"):
            Attendance(0, 0).base(name)


# --- against a twin


SHARES = st.sampled_from([HALF, THIRTY, Fraction(2, 3), Fraction(1, 3), Fraction(1, 4)])
RULES = st.lists(st.builds(PassRule, SHARES, st.booleans(), st.sampled_from(["highest", "all"])), max_size=2)
BALLOTS = st.builds(Ballot, st.just("secret"), st.just(4), st.sampled_from(["convened", "present"]), RULES.map(tuple), st.none() | SHARES)
COUNTS = st.dictionaries(st.integers(1, 6), st.integers(0, 12), max_size=5)


def twin(ballot: Ballot, votes: dict[int, int], base: int, seats: int) -> tuple[str, frozenset[int], frozenset[int]]:
    """The same by shares: who has at least as many as the last place needs, and who has more."""
    shares = {name: Fraction(number, base) for name, number in votes.items()}
    if not ballot.rules:
        return "heard", frozenset(votes), frozenset()
    for rule in ballot.rules:
        met = {name for name, share in shares.items() if share > rule.share or (share == rule.share and not rule.strict)}
        if met and (rule.keep == "all" or len(met) <= seats):
            return "passed", frozenset(met), frozenset()
        if met:
            last = sorted((shares[name] for name in met), reverse=True)[seats - 1]
            at, above = ({n for n in met if shares[n] == last}, {n for n in met if shares[n] > last})
            if len(at) + len(above) == seats:
                return "passed", frozenset(at | above), frozenset()
            return "tie", frozenset(at), frozenset(above)
    tied = {name for name, share in shares.items() if share == ballot.tie_at}
    return ("tie", frozenset(tied), frozenset()) if len(tied) > 1 else ("none", frozenset(), frozenset())


@given(BALLOTS, COUNTS, st.integers(1, 12), st.integers(0, 8), st.integers(1, 3), st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_outcome_agrees_with_shares_and_never_depends_on_the_order_of_names(ballot, votes, present, away, seats, order) -> None:
    attendance = Attendance(present + away, present)
    found = outcome(ballot, Tally(present, present, present, votes), attendance, seats=seats)
    assert (found.result, frozenset(found.names), frozenset(found.sure)) == twin(ballot, votes, attendance.base(ballot.base), seats)
    shuffled = list(votes.items())
    order.shuffle(shuffled)
    assert outcome(ballot, Tally(present, present, present, dict(shuffled)), attendance, seats=seats) == found
    renamed = {name: 100 - name for name in votes}  # other keys, the order of keys turned round
    turned = outcome(
        ballot, Tally(present, present, present, {renamed[n]: v for n, v in votes.items()}), attendance, seats=seats
    )  # fmt: skip
    assert (turned.result, set(turned.names)) == (found.result, {renamed[name] for name in found.names})
