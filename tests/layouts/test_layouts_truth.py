"""The layouts are trustworthy: the same each time, their truth stands in their cells, and the scorer sees mistakes."""

from __future__ import annotations

import copy
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import column_index_from_string

from .grid import Grid, letter, read_xlsx
from .legacy import to_tcvn3, to_vni
from .make import BOOKS, Layout, make_all, make_one
from .metamorph import CHANGES
from .same import DATES, VOCABULARY
from .score import Score, score, total

KINDS = {"roster", "posts", "qualifications", "ratings", "training", "planning", "discipline", "ignored"}
WHYS = {
    "two-digit year",
    "ambiguous date",
    "hidden",
    "impossible date",
    "unknown value",
    "second table",
    "no header",
}
DITTO = {"nt", "-nt-"}
MOVES_CELLS = {"shuffle_columns", "add_empty_column", "insert_title_rows", "reorder_sheets"}


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> list[Layout]:
    return make_all(tmp_path_factory.mktemp("layouts"))


def lists(layouts: list[Layout]) -> Iterator[tuple[Layout, dict[str, Any]]]:
    for layout in layouts:
        for sheet in layout.truth["sheets"]:
            if sheet["kind"] != "ignored":
                yield layout, sheet


def numbered(layouts: list[Layout], number: str) -> Layout:
    return next(layout for layout in layouts if layout.path.name.startswith(number))


def squeezed(value: Any) -> str:
    return " ".join(unicodedata.normalize("NFC", str(value)).casefold().split())


def says(*, name: str, value: Any, truth: Any) -> bool:
    """Whether a cell shows the truth of its field, for the fields whose writing is plain to see."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" == truth
    if name in DATES:
        digits = {int(part) for part in re.findall(r"\d+", str(value))}
        serial = isinstance(value, int) and value > 10_000
        return serial or {int(part) for part in truth.split("-")} <= digits
    if name == "personal_id":
        return int(re.sub(r"\D", "", str(value))) == int(truth)
    if name in ("full_name", "unit", "position", "native_place", "ethnicity", "training_name", "decision_number"):
        return squeezed(value) == squeezed(truth)
    return True


def disagreements(*, grid: Grid, sheet: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Cells of columns with a field of their own that do not show what the truth says of them."""
    names = list(sheet["mapping"].values())
    single = {name: column_index_from_string(at) for at, name in sheet["mapping"].items() if names.count(name) == 1}
    found: list[tuple[Any, ...]] = []
    for row in sheet["rows"]:
        for name, truth in row["values"].items():
            value = grid.text(row["row"], single[name]) if name in single else None
            if value is None or truth is None or value in DITTO:
                continue
            if not says(name=name, value=value, truth=truth):
                found.append((row["row"], name, truth, value))
    return found


def test_layouts_are_many_and_truly_different(layouts: list[Layout]) -> None:
    shapes = {
        tuple(str(sheet["mapping"]) + str(sheet["header_rows"]) for sheet in layout.truth["sheets"])
        for layout in layouts
    }
    assert len(layouts) >= 24
    assert len(shapes) == len(layouts)
    assert {sheet["kind"] for layout in layouts for sheet in layout.truth["sheets"]} == KINDS


def test_layouts_same_seed_same_bytes(layouts: list[Layout], tmp_path: Path) -> None:
    again = make_all(tmp_path)
    assert [layout.path.read_bytes() for layout in again] == [layout.path.read_bytes() for layout in layouts]
    assert [layout.truth for layout in again] == [layout.truth for layout in layouts]


def test_layouts_other_seed_other_people(layouts: list[Layout], tmp_path: Path) -> None:
    other = make_one(folder=tmp_path, make_book=BOOKS[0], seed=7)
    assert other.truth["sheets"][0]["rows"] != layouts[0].truth["sheets"][0]["rows"]


def test_truth_uses_the_vocabulary_and_stands_below_the_heading(layouts: list[Layout]) -> None:
    for _, sheet in lists(layouts):
        fields = {name for name in sheet["mapping"].values() if name and not name.startswith("extra:")}
        rows = [row["row"] for row in sheet["rows"]]
        assert fields <= VOCABULARY
        assert all(fields <= set(row["values"]) for row in sheet["rows"])
        assert min(rows) > sheet["header_rows"][1] and len(set(rows)) == len(rows)
        assert not set(rows) & set(sheet["not_people"])
        assert {ask["why"] for ask in sheet["ask"]} <= WHYS


def test_truth_is_shown_by_the_cells(layouts: list[Layout]) -> None:
    for layout, sheet in lists(layouts):
        if layout.path.suffix == ".xlsx" and "legacy" not in layout.tags:
            grid = next(grid for grid in read_xlsx(layout.path) if grid.name == sheet["name"])
            assert disagreements(grid=grid, sheet=sheet) == [], layout.path.name
            assert {letter(column) for column in grid.hidden_columns} == set(sheet["hidden_columns"])
            assert grid.hidden_rows == set(sheet["hidden_rows"])


def test_truth_ids_agree_with_sex_and_birth(layouts: list[Layout]) -> None:
    seen = 0
    for _, sheet in lists(layouts):
        for values in (row["values"] for row in sheet["rows"]):
            number, birth = values.get("personal_id"), values.get("birth")
            if number and birth:
                seen += 1
                assert re.fullmatch(r"\d{12}", number)
                assert number[4:6] == birth[2:4]
                assert values.get("sex") in (None, "nu" if int(number[3]) % 2 else "nam")
    assert seen > 100


def test_truth_has_homonyms_and_repeated_people(layouts: list[Layout]) -> None:
    homonyms = repeated = 0
    for _, sheet in lists(layouts):
        if sheet["kind"] == "roster":
            births: dict[str, set[Any]] = {}
            for row in sheet["rows"]:
                births.setdefault(row["values"]["full_name"], set()).add(row["values"]["birth"])
            homonyms += sum(len(known - {None}) > 1 for known in births.values())
            repeated += len(sheet["duplicates"])
    assert homonyms >= 20
    assert repeated == 2


def test_formulas_carry_their_values(layouts: list[Layout]) -> None:
    layout = next(layout for layout in layouts if "cong_thuc" in layout.path.name)
    rows = [row["row"] for row in layout.truth["sheets"][0]["rows"]]
    (grid,) = read_xlsx(layout.path)
    assert [grid.text(row, 1) for row in rows] == list(range(1, len(rows) + 1))


def test_tcvn3_is_what_iconv_reads() -> None:
    text = "nguyễn thị đặng ước hường luỹ kiểm toản quý ẩm ỷ lại ÂĐÊÔƠƯĂ"
    try:
        made = subprocess.run(
            ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=to_tcvn3(text).encode("latin-1"), capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("iconv thiếu trên máy này")
    assert unicodedata.normalize("NFC", made.stdout.decode()) == text


def test_vni_is_typed_as_base_and_mark() -> None:
    assert to_vni("Nguyễn Thị Đặng Ước THUÝ") == "Nguyeãn Thò Ñaëng Öôùc THUYÙ"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_layouts_keep_their_truth(change: Any, layouts: list[Layout], tmp_path: Path) -> None:
    pairs = [(layout, change(layout=layout, folder=tmp_path)) for layout in layouts]
    done = [(layout, changed) for layout, changed in pairs if changed is not None]
    assert len(done) >= 3
    for layout, changed in done:
        assert meaning(changed) == meaning(layout)
        if change.__name__ in MOVES_CELLS and "legacy" not in changed.tags:
            for _, sheet in lists([changed]):
                grid = next(grid for grid in read_xlsx(changed.path) if grid.name == sheet["name"])
                assert disagreements(grid=grid, sheet=sheet) == [], changed.path.name


def meaning(layout: Layout) -> list[str]:
    """What a file says wherever it stands: kinds, fields and values, without names, rows and letters."""
    said = []
    for sheet in layout.truth["sheets"]:
        fields = sorted(name for name in sheet["mapping"].values() if name)
        said.append(repr((sheet["kind"], fields, [row["values"] for row in sheet["rows"]])))
    return sorted(said)


def perfect(truth: dict[str, Any]) -> dict[str, Any]:
    """What an importer without fault would report."""
    sheets = []
    for sheet in truth["sheets"]:
        asked = [ask for ask in sheet["ask"] if ask["why"] != "hidden"]
        sheets.append(
            {
                "name": sheet["name"],
                "kind": sheet["kind"],
                "mapping": {at: {"field": name, "confidence": 1.0} for at, name in sheet["mapping"].items()},
                "cells": {str(row["row"]): row["values"] for row in sheet["rows"]},
                "asked": asked + [{"column": column} for column in sheet["hidden_columns"]],
                "hidden_rows": [{"row": row} for row in sheet["hidden_rows"]],
                "duplicates": [{"row": pair[1]} for pair in sheet["duplicates"]],
            }
        )
    return {"sheets": sheets}


def faults(result: Score) -> dict[str, Any]:
    return {name: value for name, value in vars(result).items() if isinstance(value, list) and value}


def test_score_of_a_faultless_reading_is_full(layouts: list[Layout]) -> None:
    result = total(score(perfect(layout.truth), layout.truth, path=layout.path) for layout in layouts)
    assert faults(result) == {}
    assert (result.columns_right, result.cells_right) == (result.columns_total, result.cells_total)
    assert (result.hidden_reported, result.duplicates_reported, result.asks_met) == (
        result.hidden_total,
        result.duplicates_total,
        result.asks_total,
    )


def test_score_of_nothing_misses_everything(layouts: list[Layout]) -> None:
    result = total(score({"sheets": []}, layout.truth) for layout in layouts)
    assert result.columns_right == 0 and len(result.columns_unmapped) == result.columns_total > 200
    assert len(result.people_missing) == result.people_total > 500


def test_score_names_each_kind_of_fault(layouts: list[Layout]) -> None:
    truth = numbered(layouts, "09").truth
    reading = perfect(truth)
    (sheet,) = reading["sheets"]
    first, second, third, *_ = list(sheet["cells"])
    sheet["mapping"]["C"] = {"field": "recruited_on", "confidence": 0.9}
    sheet["mapping"]["H"] = {"field": None, "confidence": 0.0}
    sheet["cells"][first] = {**sheet["cells"][first], "full_name": "Ai Khác"}
    sheet["cells"][second] = {**sheet["cells"][second], "unit": None}
    del sheet["cells"][third]
    sheet["cells"]["900"] = {}
    found = faults(score(reading, truth))
    assert {name: len(places) for name, places in found.items()} == {
        "columns_wrong": 1,
        "columns_unmapped": 1,
        "cells_wrong": 1,
        "cells_missing": 1,
        "people_missing": 1,
        "people_extra": 1,
    }


def test_score_wrong_mapping_that_was_asked_is_not_silent(layouts: list[Layout]) -> None:
    reading = perfect(numbered(layouts, "09").truth)
    reading["sheets"][0]["mapping"]["C"] = {"field": "recruited_on", "confidence": 0.5}
    reading["sheets"][0]["asked"] = [{"column": "C", "why": "?"}]
    assert set(faults(score(reading, numbered(layouts, "09").truth))) == {"columns_unmapped"}


def test_score_sees_swapped_and_guessed_dates(layouts: list[Layout]) -> None:
    layout = next(layout for layout in layouts if "ngay_thang" in layout.path.name)
    reading = copy.deepcopy(perfect(layout.truth))
    cells = reading["sheets"][0]["cells"]
    row = next(
        row
        for row, values in cells.items()
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-2])", values["birth"] or "")
    )
    year, month, day = cells[row]["birth"].split("-")
    cells[row]["birth"] = f"{year}-{day}-{month}"
    asked = next(ask for ask in layout.truth["sheets"][0]["ask"] if ask["why"] == "two-digit year")
    cells[str(asked["row"])]["birth"] = "1968-05-12"
    result = score(reading, layout.truth)
    assert len(result.swapped_dates) == (0 if month == day else 1)
    assert len(result.guessed) == 1


def test_score_takes_columns_named_by_their_heading(layouts: list[Layout]) -> None:
    layout = numbered(layouts, "09")
    reading = perfect(layout.truth)
    heads = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh cá nhân", "ĐTDĐ", "Đơn vị công tác", "Chức vụ"]
    mapping = dict(zip([*heads, "Ngày bổ nhiệm"], layout.truth["sheets"][0]["mapping"].values(), strict=True))
    reading["sheets"][0]["mapping"] = {head: {"field": name, "confidence": 1} for head, name in mapping.items()}
    assert score(reading, layout.truth, path=layout.path).columns_right == 8
