"""A small invented world: a fact of every type, every value it can have, missing and imprecise ones included."""

import itertools
import random
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Months, Name, Scale, Step, Text, Years

D = date.fromisoformat
SEX = Code((("nam", "Nam"), ("nu", "Nữ")))
POLITICAL_THEORY = Scale(
    (
        Step("chua-qua", "Chưa qua", 0),
        Step("so-cap", "Sơ cấp", 1),
        Step("trung-cap", "Trung cấp", 2),
        Step("cao-cap", "Cao cấp", 3),
        Step("cu-nhan", "Cử nhân", 3),
    )
)
POSTS = Code((("bi-thu-xa", "Bí thư xã"), ("chu-tich-xa", "Chủ tịch xã")))

VOCABULARY = {
    "sex": Name(SEX, "Giới tính"),
    "spouse_sex": Name(SEX, "Giới tính vợ/chồng"),
    "party_member": Name(Bool(), "Đảng viên"),
    "key_post": Name(Bool(), "Cán bộ chủ chốt"),
    "age": Name(Years(interval=True), "Tuổi"),
    "age_joined": Name(Years(interval=True), "Tuổi khi vào ngành"),
    "service": Name(Years(), "Số năm công tác"),
    "months_left": Name(Months(), "Thời gian còn công tác"),
    "birth": Name(Date(interval=True), "Ngày sinh"),
    "party_joined": Name(Date(), "Ngày vào Đảng"),
    "recruited_on": Name(Date(interval=True), "Ngày tuyển dụng"),
    "political_theory": Name(POLITICAL_THEORY, "Lý luận chính trị"),
    "required_theory": Name(POLITICAL_THEORY, "Lý luận chính trị phải có"),
    "coefficient": Name(Decimal_(), "Hệ số lương"),
    "coefficient_before": Name(Decimal_(), "Hệ số lương cũ"),
    "field": Name(Text(), "Chuyên ngành"),
    "field_before": Name(Text(), "Chuyên ngành cũ"),
    "planned_for": Name(ListOf(POSTS), "Quy hoạch chức danh", group="planning"),
    "lists": Name(ListOf(Text()), "Danh sách"),
    "retirement_age": Name(Years(), "Tuổi nghỉ hưu", kind="parameter", value=35),
    "least_theory": Name(POLITICAL_THEORY, "LLCT tối thiểu", kind="parameter", value="trung-cap"),
    "law_day": Name(Date(), "Ngày luật có hiệu lực", kind="parameter", value=D("1985-12-31")),
    "least_coefficient": Name(Decimal_(), "Hệ số tối thiểu", kind="parameter", value=Decimal("2.34")),
    "pilot": Name(Bool(), "Đang thí điểm", kind="parameter", value=True),
}

_AGES = [None, (34, 34), (35, 35), (36, 36), (34, 35), (33, 36)]
_DAYS = [None, D("1984-12-31"), D("1985-01-01"), D("1985-05-31"), D("1985-12-31"), D("1986-01-01")]
_PERIODS = [
    None,
    *((day, day) for day in _DAYS[1:] if day),
    (D("1985-05-01"), D("1985-05-31")),
    (D("1985-01-01"), D("1985-12-31")),
    (D("1984-01-01"), D("1984-12-31")),
]
_STEPS = [None, *(step.code for step in POLITICAL_THEORY.steps)]
_NUMBERS = [None, Decimal("2.33"), Decimal("2.34"), Decimal("-2.34"), Decimal("0.30")]
_TEXTS = [None, "Luật", "luật", "Xây dựng Đảng", "O'Brien"]

VALUES: dict[str, list[Any]] = {
    "sex": [None, "nam", "nu"],
    "spouse_sex": [None, "nam", "nu"],
    "party_member": [None, True, False],
    "key_post": [None, True, False],
    "age": _AGES,
    "age_joined": _AGES,
    "service": [None, -1, 0, 34, 35],
    "months_left": [None, 0, 24],
    "birth": _PERIODS,
    "party_joined": _DAYS,
    "recruited_on": _PERIODS,
    "political_theory": _STEPS,
    "required_theory": _STEPS,
    "coefficient": _NUMBERS,
    "coefficient_before": _NUMBERS,
    "field": _TEXTS,
    "field_before": _TEXTS,
    "planned_for": [None, [], ["bi-thu-xa"], ["chu-tich-xa"], ["bi-thu-xa", "chu-tich-xa"]],
    "lists": [None, [], [None], ["XIV"], ["XIV", None], ["XV", None], ["XIII", "XV"]],
}
FACTS = list(VALUES)

DTYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(("sex", "spouse_sex", "political_theory", "required_theory", "field", "field_before"), pl.String()),
    **dict.fromkeys(("party_member", "key_post"), pl.Boolean()),
    **dict.fromkeys(("age", "age_joined", "service", "months_left"), pl.Int64()),
    **dict.fromkeys(("birth", "party_joined", "recruited_on"), pl.Date()),
    **dict.fromkeys(("coefficient", "coefficient_before"), pl.Decimal(5, 2)),
    **dict.fromkeys(("planned_for", "lists"), pl.List(pl.String())),
}
Row = dict[str, Any]


def is_pair(fact: str) -> bool:
    of = VOCABULARY[fact].type
    return isinstance(of, Int | Date) and of.interval


def pairwise_rows() -> list[Row]:
    """Every two facts meet in every two values; the rest of each row is drawn with a fixed seed."""
    chance, rows, met = random.Random(2026), list[Row](), set[tuple[str, str]]()
    for a, b in itertools.combinations(FACTS, 2):
        for value_a, value_b in itertools.product(VALUES[a], VALUES[b]):
            if (f"{a}={value_a}", f"{b}={value_b}") not in met:
                row = {fact: chance.choice(values) for fact, values in VALUES.items()} | {a: value_a, b: value_b}
                rows.append(row)
                met.update(itertools.combinations((f"{fact}={value}" for fact, value in row.items()), 2))
    return rows


def product_rows(*facts: str) -> list[Row]:
    """All combinations of values of the facts; every other fact is missing."""
    missing = dict.fromkeys(FACTS)
    return [missing | dict(zip(facts, values)) for values in itertools.product(*(VALUES[fact] for fact in facts))]


def frame_of(rows: list[Row], *, dtypes: dict[str, pl.DataType] | None = None) -> pl.DataFrame:
    """The facts frame: an interval fact is two columns."""
    types = DTYPES | (dtypes or {})
    columns: dict[str, pl.Series] = {"key": pl.Series(range(len(rows)))}
    for fact in FACTS:
        values = [row[fact] for row in rows]
        if is_pair(fact):
            for end, name in enumerate(("lo", "hi")):
                columns[f"{fact}.{name}"] = pl.Series([v and v[end] for v in values], dtype=types[fact])
        else:
            columns[fact] = pl.Series(values, dtype=types[fact])
    return pl.DataFrame(columns)
