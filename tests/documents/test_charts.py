"""Charts: every number stands in them, nothing outside is asked for, and they say themselves in words."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from canbo.documents.charts import Chart, NothingToDraw, Series, to_svg
from canbo.documents.svg import ticks, wrapped

SVG = "{http://www.w3.org/2000/svg}"
MEN, WOMEN = Series("Nam", (3, 10), ("3", "10")), Series("Nữ", (5, 0), ("5", "0"))


def chart(kind, *series: Series, **more) -> Chart:  # type: ignore[no-untyped-def]
    values = {"title": "Trình độ <thử> & giới", "category_label": "Nhóm", "value_label": "Số người", "source": "hồ sơ, 31/12/2025"}
    return Chart(kind=kind, categories=("Dưới 35", "Từ 35"), series=series or (MEN, WOMEN), **{**values, **more})


@pytest.mark.parametrize("kind", ["bar", "stacked", "line", "pyramid"])
@pytest.mark.parametrize("standalone", [True, False])
def test_chart_is_well_formed_named_and_self_contained(kind: str, standalone: bool) -> None:
    text = to_svg(chart(kind), standalone=standalone)
    root = ElementTree.fromstring(text)
    assert root.find(f"{SVG}title").text == "Trình độ <thử> & giới"
    assert "Nam: Dưới 35 3, Từ 35 10" in root.find(f"{SVG}desc").text
    assert root.get("aria-labelledby") == "bieu-do-title bieu-do-desc" and root.get("role") == "img"
    words = {t.text for t in root.iter(f"{SVG}text")}
    assert {"Nam", "Nữ", "Số người", "Nguồn: hồ sơ, 31/12/2025", "3", "10"} <= words
    assert not re.search(r"<script|style=|<style|href|url\(http", text)


def test_bars_are_as_long_as_their_numbers() -> None:
    root = ElementTree.fromstring(to_svg(chart("bar", Series("Nữ", (5, 20), ("5", "20")))))
    widths = [float(r.get("width")) for r in root.iter(f"{SVG}rect") if str(r.get("fill")).startswith("url") and r.get("height") == "18"]
    assert widths[1] == pytest.approx(4 * widths[0], abs=0.2)


def test_series_differ_by_pattern_not_by_colour_alone() -> None:
    root = ElementTree.fromstring(to_svg(chart("stacked")))
    marks = [ElementTree.tostring(p.find(f"{SVG}path")) if p.find(f"{SVG}path") is not None else b"" for p in root.iter(f"{SVG}pattern")]
    assert len(marks) == 2 == len(set(marks))


def test_cut_axis_of_lines_is_said() -> None:
    rates = Series("Hoàn thành tốt trở lên", (92.03, 98.5), ("92,03%", "98,5%"))
    days = (date(2016, 12, 31), date(2020, 12, 31))
    assert "Trục đứng không bắt đầu từ 0." in to_svg(chart("line", rates, days=days))
    assert "Trục đứng" not in to_svg(chart("line", Series("x", (5.0, 98.0), ("5", "98")), days=days))


def test_days_stand_where_time_has_them() -> None:
    series = Series("x", (1, 2, 3), ("1", "2", "3"))
    days = (date(2020, 1, 1), date(2021, 1, 1), date(2030, 1, 1))
    drawn = Chart("line", "t", "Ngày", "Số", "s", ("a", "b", "c"), (series,), days)
    places = [float(c.get("cx")) for c in ElementTree.fromstring(to_svg(drawn)).iter(f"{SVG}circle")][1:]
    assert (places[1] - places[0]) / (places[2] - places[0]) == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("made", [chart("pyramid", MEN), Chart("bar", "t", "c", "v", "s", (), ()), chart("bar", *[MEN] * 9)])
def test_what_cannot_be_drawn_says_what_to_change(made: Chart) -> None:
    with pytest.raises(NothingToDraw, match="hãy"):
        to_svg(made)


def test_nothing_but_zeros_is_still_a_chart() -> None:
    assert to_svg(chart("bar", Series("Nữ", (0, 0), ("0", "0")))).count("<rect") >= 2


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 7), (0, 1236), (92.03, 98.5), (0, 0.4)])
def test_ticks_cover_what_is_drawn_with_few_round_numbers(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low and found[-1] >= high and 2 <= len(found) <= 9


def test_long_names_break_and_end_in_dots() -> None:
    assert wrapped("Bác sĩ chuyên khoa cấp II", width=100, most=2, size=12) == ["Bác sĩ chuyên", "khoa cấp II"]
    assert wrapped("một hai ba bốn năm sáu bảy tám chín mười", width=60, most=1)[0].endswith("…")
