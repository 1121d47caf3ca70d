"""Figures of evaluation in two articles, from the demonstration's own ratings: Bình Gia over the years, Tân Phong's best."""

import io
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from canbo.access.queries import LOCAL_ACCESS, forget_units
from canbo.audit.changes import keyring
from canbo.cli import stats
from canbo.cli.context import Context
from canbo.demo.local_load import load_locality
from canbo.demo.locality import locality
from canbo.dossier.models import Rating
from canbo.engine.ratings.model import EXCELLENT, GOOD, SATISFACTORY
from canbo.engine.ratings.quotas import Meter, meters, what_to_change
from canbo.evaluation.people import regime_named
from canbo.evaluation.years import rules_of_year, years_text
from canbo.snapshot.store import Snapshot, load
from tests.cases.world import laws
from tests.engine.ratings.shipped import ND335

# Two localities are written: some seconds.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = datetime(2026, 6, 2, 1, 30, tzinfo=UTC)
LEADERS = "staff_kind == 'can-bo' or title in ('truong-phong-huyen', 'pho-truong-phong-huyen', 'hieu-truong', 'pho-hieu-truong')"
WARD = "xa-cu-03387"
END = {year: date(year, 12, 31) for year in (2016, 2020, 2022)}


@pytest.fixture(scope="module")
def snapshot(django_db_setup, django_db_blocker) -> Iterator[Snapshot]:
    """Both localities, rolled back after the tests of this module."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        for code in ("binh-gia", "tan-phong"):
            load_locality(locality=locality(code), actor=LOCAL_ACCESS.actor, at=AT, seed=7, accounts=False)
        forget_units()
        yield load(keyring())
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
        forget_units()


def test_binh_gia_rises_by_percentage_points_and_each_year_names_its_regime(snapshot, monkeypatch):
    monkeypatch.setattr(stats, "current", lambda: snapshot)
    parser, out = ArgumentParser(), io.StringIO()
    stats.arguments(parser)
    asked = ["--on", "2020-12-31", "--measure", "rating >= 'hoan-thanh-tot'", "--compare", "2016-12-31", "--unit", "huyen-181"]
    ctx = Context(at=AT, today=AT.date(), out=out, err=out, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope)
    assert stats.run(parser.parse_args([*asked, "--where", LEADERS]), ctx) == 0
    told = out.getvalue()
    (line,) = (row for row in told.splitlines() if "tăng 6,47 điểm phần trăm" in row)
    cells = re.split(r"\s{2,}|\s*[|│]\s*", line.strip())
    before, of = (int(part) for part in next(cell for cell in cells if re.fullmatch(r"\d+/\d+", cell)).split("/"))
    assert (round(100 * before / of, 2), of) == (92.03, 464)
    assert "457" in cells and "98,49" in cells and round(100 * 457 / 464, 1) == 98.5  # printed to the tenth
    assert "Xếp loại năm 2016 theo Nghị định 56/2015/NĐ-CP (" in told
    assert "Xếp loại năm 2020 theo Nghị định 90/2020/NĐ-CP (" in told


def test_the_grades_of_a_year_are_those_of_its_decree(snapshot):
    """The third grade was called otherwise under NĐ 56, and what the dossiers hold leads to it by regime and year."""
    names = {}
    for year in (2016, 2020):
        kinds = set(Rating.objects.filter(period=str(year)).values_list("regime", flat=True)) & {"can-bo", "cong-chuc"}
        assert len(kinds) == 2
        names[year] = {regime_named(laws(), kind, END[year]).names[SATISFACTORY] for kind in kinds}
    assert names == {2016: {"Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực"}, 2020: {"Hoàn thành nhiệm vụ"}}
    assert [name for name, _ in rules_of_year(year=2016, laws=laws())] == ["Nghị định 56/2015/NĐ-CP"]
    assert years_text(years=[2012], laws=laws()) == ("Xếp loại năm 2012: chưa có quy định trong bộ quy định.",)


def ward(year: int) -> list[tuple[str, str]]:
    rows = Rating.objects.filter(unit__code=WARD, period=str(year), capacity="official", regime__in=("can-bo", "cong-chuc"))
    return [("", grade) for grade in rows.values_list("grade", flat=True)]


def under(base: str, year: int) -> Meter:
    (found,) = meters(ward(year), replace(ND335.quota, base=base))
    return found


def test_tan_phong_2022_is_measured_by_both_readings_for_its_own_regime_has_no_ceiling_that_was_read(snapshot):
    for kind in ("can-bo", "cong-chuc"):
        assert regime_named(laws(), kind, END[2022]).quota is None
    assert sorted(grade for _, grade in ward(2022)) == [GOOD] * 16 + [EXCELLENT] * 5
    above, good = under("good-and-above", 2022), under("good", 2022)
    # 20 % and 25 % of 21, then of 16: the exception covers the five under the first reading only.
    assert (above.used, above.base, above.cap, above.cap_exception, above.over, above.over_exception) == (5, 21, 4, 5, 1, 0)
    assert (good.used, good.base, good.cap, good.cap_exception, good.over, good.over_exception) == (5, 16, 3, 4, 2, 1)
    told = what_to_change(good, replace(ND335.quota, base="good"))
    assert "Vượt 2 so với 3" in told and "hoặc ghi quyết định" not in told
    assert "hoặc ghi quyết định cho phép tới 25%" in what_to_change(above, replace(ND335.quota, base="good-and-above"))


def test_tan_phong_by_year_under_both_readings(snapshot):
    found = {year: [(under(base, year).used, under(base, year).cap) for base in ("good-and-above", "good")] for year in (2020, 2021, 2022)}
    assert found == {2020: [(0, 4), (0, 4)], 2021: [(2, 4), (2, 3)], 2022: [(5, 4), (5, 3)]}
