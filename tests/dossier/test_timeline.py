"""The line of time: order of partial dates, group rights, decisions."""

from typing import Any

import pytest

from canbo.dossier.changes import DecisionText, add_record
from canbo.dossier.timeline import Moment, by_year, in_order, period_end, timeline
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from tests.dossier.world import AT, ON, marked_person, person, unit


def moment(iso: str) -> Moment:
    return Moment(PartialDate.from_iso(iso) if iso else None, "x", iso)


def test_vaguer_dates_open_their_year_and_undated_ones_come_last() -> None:
    given = ["", "2015-03-10", "2015-03", "2016", "2015", "2014-12-31", "2015-01-01"]
    ordered = [m.text for m in in_order(map(moment, given))]
    assert ordered == ["2014-12-31", "2015", "2015-01-01", "2015-03", "2015-03-10", "2016", ""]


def test_years_gather_their_moments() -> None:
    assert [(year, len(found)) for year, found in by_year(map(moment, ["2015", "2015-02", "2016", ""]))] == [
        ("2015", 2), ("2016", 1), ("Chưa rõ ngày", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2022", "2022"), ("2026-03", "2026-03"), ("2026-Q1", "2026-03"), ("2026-Q4", "2026-12"), ("2026-H1", "2026-06"),
        ("2020-2025", "2025"),
    ],
)
def test_period_of_a_rating_ends(period: str, end: str) -> None:
    assert str(period_end(period)) == end


def test_text_that_is_no_period_has_no_end() -> None:
    assert period_end("khi cần") is None


@pytest.mark.django_db
def test_life_from_recruitment_to_leaving(actor: Any, scope: Scope) -> None:
    an = person("Nguyễn Văn An", unit("A"), recruited_on="1990-02", retired_on="2025-05")
    desk = {"on": ON, "actor": actor, "scope": scope, "at": AT}
    add_record(
        person=an.pk, table="holding", values={"title_text": "Chủ tịch UBND xã", "start": "2015-03-10", "end": "2020"},
        decision=DecisionText(number="12-QĐ/HU", issued_on=PartialDate(2015, 3, 1), issuer="Huyện ủy"), **desk,
    )  # fmt: skip
    add_record(person=an.pk, table="rating", values={"period": "2016", "grade": "hoan-thanh-tot"}, **desk)
    an.refresh_from_db()
    told = [(str(m.on), m.kind, m.text, m.decision) for m in timeline(of=an, on=ON, hidden=(), actor=actor, scope=scope)]
    assert told == [
        ("1990-02", "Tuyển dụng lần đầu", "", ""),
        ("2010", "Thuộc đơn vị", "Xã A", ""),
        ("2015-03-10", "Giữ chức vụ", "Chủ tịch UBND xã", "Số 12-QĐ/HU ngày 01/03/2015, Huyện ủy"),
        ("2016", "Xếp loại", "Hoàn thành tốt nhiệm vụ – cán bộ, công chức, viên chức – kỳ 2016", ""),
        ("2020", "Thôi giữ chức vụ", "Chủ tịch UBND xã", ""),
        ("2025-05", "Nghỉ hưu", "", ""),
    ]


@pytest.mark.django_db
def test_moments_of_hidden_groups_are_left_out(actor: Any, scope: Scope) -> None:
    an = marked_person(unit("A"))
    everything = timeline(of=an, on=ON, hidden=(), actor=actor, scope=scope)
    kinds = {m.kind for m in everything}
    assert {"Kỷ luật", "Khen thưởng", "Tham gia", "Đưa vào quy hoạch", "Xếp loại"} <= kinds
    for group, gone in [("discipline", "Kỷ luật"), ("party", "Tham gia"), ("planning", "Đưa vào quy hoạch"), ("evaluation", "Xếp loại")]:
        seen = timeline(of=an, on=ON, hidden=(), actor=actor, scope=Scope(units=None, groups=scope.groups - {group}))
        assert gone not in {m.kind for m in seen}
        assert not any(f"z{group}" in m.text for m in seen)


@pytest.mark.django_db
def test_end_that_is_still_to_come_stands_beside_its_beginning_only(actor: Any, scope: Scope) -> None:
    an = person("Nguyễn Văn An", unit("A"))
    values = {"title_text": "Đại biểu", "start": "2021-05", "end": "2026-05"}
    add_record(person=an.pk, table="holding", values=values, on=ON, actor=actor, scope=scope, at=AT)
    told = [(m.kind, str(m.on), str(m.until)) for m in timeline(of=an, on=ON, hidden=(), actor=actor, scope=scope)]
    assert told == [("Thuộc đơn vị", "2010", "None"), ("Giữ chức vụ", "2021-05", "2026-05")]
