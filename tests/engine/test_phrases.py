"""Filters said as an official would say them."""

from collections import defaultdict

import pytest

from canbo.engine.compiler import compile
from canbo.engine.language import parse
from canbo.engine.phrases import describe

from .expressions import atoms, nested
from .world import VOCABULARY, frame_of, pairwise_rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sex == 'nu' and age < 35", "Giới tính là Nữ và tuổi dưới 35"),
        ("35 > age", "Tuổi dưới 35"),
        ("18 <= age < 35", "Tuổi từ 18 đến dưới 35"),
        ("18 < age <= 35", "Tuổi trên 18 đến 35"),
        ("35 > age >= 18", "Tuổi từ 18 đến dưới 35"),
        ("not party_member", "Không phải đảng viên"),
        ("party_member or not key_post", "Đảng viên hoặc không phải cán bộ chủ chốt"),
        ("political_theory >= 'cao-cap'", "Lý luận chính trị từ Cao cấp trở lên"),
        ("political_theory == 'cu-nhan'", "Lý luận chính trị là Cử nhân"),
        ("political_theory >= least_theory", "Lý luận chính trị từ LLCT tối thiểu (Trung cấp) trở lên"),
        ("political_theory in ('cao-cap', 'cu-nhan')", "Lý luận chính trị thuộc một trong: Cao cấp, Cử nhân"),
        ("sex not in ('nu',)", "Giới tính không phải là Nữ"),
        ("months_left >= 24", "Thời gian còn công tác từ 24 tháng trở lên"),
        ("service > 5", "Số năm công tác trên 5"),
        ("coefficient <= 2.34", "Hệ số lương từ 2,34 trở xuống"),
        ("birth < '1985'", "Ngày sinh trước năm 1985"),
        ("birth == '1985-05'", "Ngày sinh trong tháng 05/1985"),
        ("birth != '1985-05-31'", "Ngày sinh không phải là ngày 31/05/1985"),
        ("'1980' <= birth < '1985'", "Ngày sinh từ năm 1980 đến trước năm 1985"),
        ("party_joined > '2010'", "Ngày vào Đảng sau năm 2010"),
        ("party_joined < recruited_on", "Ngày vào Đảng trước ngày tuyển dụng"),
        ("birth < law_day", "Ngày sinh trước ngày luật có hiệu lực (31/12/1985)"),
        ("age >= retirement_age", "Tuổi từ tuổi nghỉ hưu (35) trở lên"),
        ("'bi-thu-xa' in planned_for", "Quy hoạch chức danh có Bí thư xã"),
        ("'XIV' not in lists", "Danh sách không có “XIV”"),
        ("known(birth) and not known(sex)", "Đã rõ ngày sinh và chưa rõ giới tính"),
        ("field == 'Luật'", "Chuyên ngành là “Luật”"),
        ("not (sex == 'nu' or party_member)", "Không đúng là (giới tính là Nữ hoặc đảng viên)"),
        ("pilot and (sex == 'nu' or age < 35)", "Đang thí điểm (có) và (giới tính là Nữ hoặc tuổi dưới 35)"),
    ],
)
def test_a_filter_is_said_in_words(text, words) -> None:
    assert describe(parse(text, vocabulary=VOCABULARY)) == words


def test_filters_said_alike_choose_alike() -> None:
    said = defaultdict(list)
    for text in (*atoms(), *nested()):
        expr = parse(text, vocabulary=VOCABULARY)
        said[describe(expr)].append(expr)
    frame = frame_of(pairwise_rows()[:60])
    for words, exprs in said.items():
        if len(exprs) > 1:
            found = frame.select(compile(expr).alias(str(at)) for at, expr in enumerate(exprs))
            assert all(column.equals(found["0"]) for column in found), words
