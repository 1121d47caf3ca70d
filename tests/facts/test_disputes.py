"""Disputed and certified values in the facts: what all claims agree on stays decided, the rest is unknown."""

from datetime import date
from typing import Any

import pytest

from canbo.engine.compiler import compile
from canbo.engine.language import parse
from canbo.facts.build import build
from canbo.facts.catalogue import vocabulary
from canbo.facts.registry import Ask
from tests.facts.world import ON, value, world

D = date
BODY = [{"id": 1, "code": "b", "kind": "bch", "name": "BCH"}]
AN_1968 = {"birth": "1968-05-12", "sex": "nam"}


def dispute(said: str, field: str = "birth", **more: Any) -> dict[str, Any]:
    return {"field": field, "value": said, **more}


@pytest.mark.parametrize(
    ("claims", "reach"),
    [
        (["1968-05-12"], (D(1968, 5, 12), D(1968, 5, 12))),
        (["1970-01-02"], (D(1968, 5, 12), D(1970, 1, 2))),
        (["1966"], (D(1966, 1, 1), D(1968, 5, 12))),
        (["1968-05"], (D(1968, 5, 1), D(1968, 5, 31))),
        (["1970-01-02", "1966-03"], (D(1966, 3, 1), D(1970, 1, 2))),
    ],
)
def test_disputed_birth_reaches_over_every_claim(claims: list[str], reach: tuple[date, date]) -> None:
    assert value(world(person=AN_1968, disputed_value=[dispute(said) for said in claims]), "birth") == reach


def test_settled_dispute_counts_no_more() -> None:
    settled = [dispute("1970-01-02", settled_on="2023-01-01")]
    assert value(world(person=AN_1968, disputed_value=settled), "birth") == (D(1968, 5, 12), D(1968, 5, 12))


def test_certified_birth_stands_before_the_typed_one() -> None:
    certified = [{"field": "birth", "value": "1969-02-03"}]
    assert value(world(person=AN_1968, certified_value=certified), "birth") == (D(1969, 2, 3), D(1969, 2, 3))
    assert value(world(person=AN_1968, certified_value=certified), "age") == (54, 54)


def test_claim_after_certifying_opens_the_date_again() -> None:
    tables = world(person=AN_1968, certified_value=[{"field": "birth", "value": "1969"}], disputed_value=[dispute("1971")])
    assert value(tables, "birth") == (D(1969, 1, 1), D(1971, 12, 31))


def test_claim_about_a_birth_nobody_wrote_down_is_no_birth() -> None:
    assert value(world(disputed_value=[dispute("1970")]), "birth") is None


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ("age < 60", True),  # 55 by the dossier, 53 by the other paper
        ("age < 54", None),
        ("age > 60", False),
        ("birth < '1975'", True),
        ("birth < '1969'", None),
        ("past_retirement", False),
        ("retires_on < '2031'", None),
    ],
)
def test_age_rule_on_a_disputed_birth_is_decided_only_where_all_claims_agree(rule: str, verdict: bool | None) -> None:
    tables = world(person=AN_1968, disputed_value=[dispute("1970-01-02")])
    expression = parse(rule, vocabulary=vocabulary(tables, subject="person"))
    names = ("age", "birth", "past_retirement", "retires_on")
    frame = build(tables=tables, ask=Ask(ON), names=names)
    assert frame.select(compile(expression)).item() is verdict


def test_disputed_code_is_unknown_and_rules_that_rest_on_it_too() -> None:
    tables = world(person=AN_1968, disputed_value=[dispute("nu", "sex")])
    assert (value(tables, "sex"), value(tables, "birth")) == (None, (D(1968, 5, 12), D(1968, 5, 12)))


def test_disputed_native_place_decides_nothing_about_the_place() -> None:
    person = {"native_place": "xã Lũng Cú", "native_province": "02", "native_commune": "00712", "native_map": "b"}
    tables = world(person=person, disputed_value=[dispute("xã Đồng Văn", "native_place")])
    assert (value(tables, "native_place"), value(tables, "non_local"), value(tables, "native_province")) == ("xã Lũng Cú", None, None)


def test_dispute_over_another_person_or_unknown_field_changes_nothing() -> None:
    claims = [dispute("1970", person=2), dispute("x", "no_such_field")]
    assert value(world(person=AN_1968, disputed_value=claims), "birth") == (D(1968, 5, 12), D(1968, 5, 12))


# --- records without a beginning


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("body_role", {"body": BODY, "membership": [{"body": 1, "role": "uy-vien"}]}, ["uy-vien"]),
        ("pay_step", {"pay": [{"step": 3}]}, 3),
        ("title", {"holding": [{"title": 1, "kind": "main"}]}, "bi-thu-xa"),
        ("in_service", {"employment": [{"unit": 2}]}, True),
    ],
)  # fmt: skip
def test_record_without_a_beginning_holds_from_the_day_it_was_known(name: str, rows: dict[str, Any], expected: Any) -> None:
    table = list(rows)[-1]
    known = {**rows, table: [rows[table][0] | {"known_from": "2022-01-01"}]}
    assert value(world(**known), name) == expected
    assert value(world(**known), name, on=D(2021, 1, 1)) != expected


def test_ended_record_without_a_beginning_holds_no_more() -> None:
    assert value(world(pay=[{"step": 3, "known_from": "2022-01-01", "end": "2023-01-01"}]), "pay_step") is None
