"""Cross-tables, groups of several facts, dates in a row – each against a slow count by hand."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.crosstab import CrossTable, cross_table
from canbo.assess.measures import named_measures, named_populations
from canbo.assess.parts import parts_of, tally
from canbo.assess.statistics import StatRequest, people_behind, series, statistics
from canbo.assess.tables import shipped_tables
from canbo.engine.breakdown import breakdown
from canbo.engine.language import parse
from canbo.facts.registry import Ask
from canbo.facts.tables import make
from canbo.kernel.actors import Forbidden, Scope
from canbo.kernel.numbers import half_up
from canbo.snapshot.queries import vocabulary
from canbo.snapshot.store import Snapshot, snapshot_of

ON = date(2025, 12, 31)
WHO: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
UNITS = [
    {"id": 1, "code": "T", "name": "Tỉnh", "level": "tinh"}, {"id": 2, "code": "T.1", "name": "Sở", "level": "tinh", "parent": 1},
    {"id": 3, "code": "T.2", "name": "Xã A", "level": "xa", "parent": 1},
    {"id": 4, "code": "T.2.1", "name": "Văn phòng xã A", "parent": 3},
]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Sixty people, every seventh without a sex, every fifth without a degree; turns of twenty of them."""
    chance = Random(7)
    people = [{"id": i, "full_name": f"Người {i}", "sex": None if i % 7 == 0 else chance.choice(["nam", "nu"])} for i in range(1, 61)]
    service = [{"id": i, "person": i, "unit": chance.choice([2, 3, 4]), "start": "2020-01-01"} for i in range(1, 61)]
    levels = ["trung-cap", "cao-dang", "dai-hoc", "thac-si"]
    papers = [
        {"id": i, "person": i, "kind": "chuyen-mon", "level": chance.choice(levels), "obtained": "2021" if i % 2 else "2024"}
        for i in range(1, 61) if i % 5
    ]  # fmt: skip
    turns = [
        {"id": i, "person": 1 + i % 20, "kind": "tap-huan", "family": "boi-duong" if i % 3 else "dao-tao", "start": "2022-05-01"}
        for i in range(1, 31)
    ]  # fmt: skip
    return snapshot_of(1, make(unit=UNITS, person=people, employment=service, qualification=papers, attendance=turns).frames)


def crossed(snapshot: Snapshot, *by: str, **asked: Any) -> CrossTable:
    return cross_table(request=StatRequest(on=ON, by=by, **asked), snapshot=snapshot, **WHO)


def test_cells_totals_and_whole_agree_with_a_count_by_hand(snapshot: Snapshot) -> None:
    raw = snapshot.tables.frames
    level = dict(raw["qualification"].select("person", pl.col("level").cast(pl.String)).rows())
    rows = raw["person"].select("id", pl.col("sex").cast(pl.String)).rows()
    by_hand = Counter((sex, level.get(person)) for person, sex in rows)
    table = crossed(snapshot, "sex", "degree")
    found = {(r.value[0], code): n for r in table.rows for (code, _), n in zip(table.columns, r.counts) if n}
    assert found == dict(by_hand)
    assert [r.total for r in table.rows] == [sum(r.counts) for r in table.rows]
    assert list(table.totals) == [sum(column) for column in zip(*(r.counts for r in table.rows))]
    assert table.of == 60 == sum(table.totals) and table.checks == ("các ô cộng lại 60 = 60 người",)


def test_unknown_stands_last_in_rows_and_columns(snapshot: Snapshot) -> None:
    table = crossed(snapshot, "sex", "degree")
    assert table.rows[-1].labels == ("chưa rõ",) and table.columns[-1] == (None, "chưa rõ")
    assert [code for code, _ in table.columns[:-1]] == ["trung-cap", "cao-dang", "dai-hoc", "thac-si"]


def test_tree_of_units_sums_upwards_and_the_whole_counts_everybody_once(snapshot: Snapshot) -> None:
    table = crossed(snapshot, "unit", "sex")
    totals = {r.value[0]: r.total for r in table.rows}
    assert totals["T"] == 60 == table.of and totals["T"] == totals["T.1"] + totals["T.2"] and totals["T.2"] > totals["T.2.1"]
    assert [(r.labels[0], r.depth) for r in table.rows] == [("Tỉnh", 0), ("Sở", 1), ("Xã A", 1), ("Văn phòng xã A", 2)]


def test_units_by_level_part_the_population(snapshot: Snapshot) -> None:
    table = crossed(snapshot, "unit@xa", "sex")
    assert [r.labels[0] for r in table.rows] == ["Xã A", "không thuộc đơn vị cấp xã nào"]
    assert sum(r.total for r in table.rows) == 60


@pytest.mark.parametrize("by", [("sex", "degree"), ("unit", "sex"), ("unit@xa", "degree"), ("degree", "unit_level", "sex")])
def test_every_cell_opens_as_many_people_as_it_counts(snapshot: Snapshot, by: tuple[str, ...]) -> None:
    table = crossed(snapshot, *by)
    for row in table.rows:
        for (code, _), count in zip(table.columns, row.counts):
            group = dict(zip(by, (*row.value, code)))
            if group.get("unit"):
                group["within"] = group.pop("unit")
            keys = people_behind(request=StatRequest(on=ON), measure="", group=group, verdict="yes", snapshot=snapshot, **WHO)
            assert len(keys) == count, group


def test_measure_narrows_the_table_and_who_may_belong_is_said(snapshot: Snapshot) -> None:
    table = crossed(snapshot, "sex", "unit_level", measures=("dai-hoc-tro-len",))
    whole = statistics(request=StatRequest(on=ON, measures=("dai-hoc-tro-len",)), snapshot=snapshot, **WHO).rows[0].count
    assert (table.of, table.rest) == (whole.count, whole.unknown) and table.rest == 12


def test_cells_of_turns_say_the_people_too(snapshot: Snapshot) -> None:
    table = crossed(snapshot, "training_family", "sex", subject="attendance")
    assert (table.of, table.noun, table.people) == (30, "lượt", 20)


def test_turns_and_people_stand_side_by_side(snapshot: Snapshot) -> None:
    rows = statistics(request=StatRequest(on=ON, subject="attendance", measures=("dao-tao", "boi-duong")), snapshot=snapshot, **WHO).rows
    assert [(r.count.count, r.people and r.people.count) for r in rows] == [(10, 10), (20, 17)]  # three people came to two of them
    assert [r.people.noun for r in rows if r.people] == ["người", "người"]


def test_hidden_group_is_refused_in_rows_and_columns(snapshot: Snapshot) -> None:
    blind = Scope(units=None, groups=LOCAL_ACCESS.scope.groups - {"qualification"})
    for by in (("degree", "sex"), ("sex", "degree")):
        with pytest.raises(Forbidden):
            cross_table(request=StatRequest(on=ON, by=by), snapshot=snapshot, actor=LOCAL_ACCESS.actor, scope=blind)


def test_units_above_the_reader_are_left_out(snapshot: Snapshot) -> None:
    mine = Scope(units=frozenset({3, 4}), groups=LOCAL_ACCESS.scope.groups)
    table = cross_table(request=StatRequest(on=ON, by=("unit", "sex")), snapshot=snapshot, actor=LOCAL_ACCESS.actor, scope=mine)
    assert [r.value[0] for r in table.rows] == ["T.2", "T.2.1"] and table.rows[0].total == table.of


def test_days_in_a_row_change_from_the_first_to_the_last(snapshot: Snapshot) -> None:
    days = [date(2025, 12, 31), date(2021, 12, 31), date(2023, 12, 31)]
    found = series(request=StatRequest(on=ON, measures=("dai-hoc-tro-len",)), days=days, snapshot=snapshot, **WHO)
    (row,) = found.rows
    assert found.days == tuple(sorted(days)) and [c.of for c in row.counts] == [60, 60, 60]
    assert row.heads == row.counts[-1].count - row.counts[0].count > 0
    assert row.points == half_up(100 * row.heads, 60, 2)


@pytest.mark.parametrize("by", [["sex"], ["sex", "degree"], ["unit", "sex"]])
def test_parts_agree_with_the_slow_breakdown(snapshot: Snapshot, by: list[str]) -> None:
    frame = snapshot.frames.get(ask=Ask(on=ON), subject="person", names=by)
    fast, slow = parts_of(frame, where=None, by=by), breakdown(frame, by=by)
    assert fast.placed == {part.value: part.count.count for part in slow.parts}
    assert (fast.of, fast.unknown, fast.none, fast.several) == (
        slow.check.of, len(slow.check.unknown), len(slow.check.none), len(slow.check.several),
    )  # fmt: skip
    assert {part.value: part.count.unknown for part in slow.parts} == {value: fast.perhaps_in(value) for value in fast.placed}


def test_tally_without_groups_counts_everybody(snapshot: Snapshot) -> None:
    frame = snapshot.frames.get(ask=Ask(on=ON), subject="person", names=["sex"])
    assert tally(frame, where=None, thats=[None])[0].counts[0].of == 60


# --- what ships as data


def test_every_measure_and_population_can_be_read(snapshot: Snapshot) -> None:
    for subject in ("person", "attendance"):
        words = vocabulary(snapshot=snapshot, subject=subject)
        for measure in named_measures(subject).values():
            parse(measure.that, vocabulary=words)
    people = vocabulary(snapshot=snapshot, subject="person")
    assert [parse(p.that, vocabulary=people) for p in named_populations().values()]


@pytest.mark.parametrize("name", shipped_tables())
def test_shipped_table_counts(snapshot: Snapshot, name: str) -> None:
    table = shipped_tables()[name]
    subject: Any = "attendance" if table.subject == "luot" else "person"
    by = (*table.by, *([table.column] if table.column else []))
    request = StatRequest(on=ON, subject=subject, population=table.population, measures=table.measures, by=by)
    if table.column:
        assert cross_table(request=request, snapshot=snapshot, **WHO).row_heads
    else:
        assert statistics(request=request, snapshot=snapshot, **WHO).rows or table.population or table.by


def test_groups_of_two_facts_add_up_with_their_unknowns_apart(snapshot: Snapshot) -> None:
    rows = statistics(request=StatRequest(on=ON, by=("sex", "degree")), snapshot=snapshot, **WHO).rows
    assert sum(row.count.count for row in rows) == 60 and {row.count.of for row in rows} == {60}
    assert (None, None) in [tuple(row.by.values()) for row in rows] or all(i % 7 or i % 5 for i in range(1, 61))
