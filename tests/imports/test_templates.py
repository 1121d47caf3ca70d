"""Templates: taken as they are they hold nobody, filled in they are read without a question."""

import io
from datetime import date

import openpyxl
import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.imports.book.workbook import open_workbook
from canbo.imports.matching import Face
from canbo.imports.queries import read_known
from canbo.imports.reading import Reading
from canbo.imports.templates import FORMS, HEAD, template_workbook
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from canbo.sandbox.errors import Refused

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
AN = Face("Nguyễn Văn An", PartialDate(1968, 5, 12), id=7, number="001068000001")
FIELDS = {"ordinal": "1", "full_name": "Nguyễn Văn An", "birth": "12/5/1968", "personal_id": "001068000001"}


def made(kind: str, *people: Face, scope: Scope = LOCAL_ACCESS.scope) -> bytes:
    return template_workbook(kind=kind, on=ON, people=people, scope=scope)


def filled(kind: str) -> bytes:
    """The sample row once more below itself, under An's name: every cell as a person would fill it in."""
    book = openpyxl.load_workbook(io.BytesIO(made(kind)))
    sheet = book.worksheets[0]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(HEAD + 3, column).value = sheet.cell(HEAD + 2, column).value
    sheet.cell(HEAD + 3, 1).value, sheet.cell(HEAD + 3, 3).value = "1", "Nguyễn Văn An"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reading_of(content: bytes) -> Reading:
    return read_known(book=open_workbook(content), filename="mẫu.xlsx", on=ON, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope)


@pytest.mark.parametrize("kind", FORMS)
def test_empty_template_is_refused_in_one_sentence(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        reading_of(made(kind))
    assert "chưa điền người nào" in str(refused.value.text)


@pytest.mark.parametrize("kind", FORMS)
def test_filled_template_is_read_without_a_question(kind: str) -> None:
    (sheet,) = [sheet for sheet in reading_of(filled(kind)).sheets if sheet.kind != "ignored"]
    assert sheet.kind == kind and [row.values["full_name"] for row in sheet.rows] == ["Nguyễn Văn An"]
    assert sheet.asked == [] and [c.asked for c in sheet.columns if c.asked] == []
    fields = [name.partition(":")[0] for name in FORMS[kind].columns]
    assert [column.field for column in sheet.columns] == fields
    assert sheet.rows[0].problems == [] and sheet.rows[0].unplaced == []


def test_lists_to_choose_from_stand_in_the_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("roster")))
    sources = [rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation]
    assert '"Nam,Nữ"' in sources and any("Danh mục" in source for source in sources)
    assert book["Danh mục"].sheet_state == "hidden"
    ethnic = next(column for column in book["Danh mục"].iter_cols(values_only=True) if "Kinh" in column)
    assert len([name for name in ethnic if name]) == 55  # 54 peoples and the row for foreigners


def test_people_of_a_unit_are_filled_in_with_what_the_reader_sees() -> None:
    narrow = Scope(units=None, groups=frozenset({"basic"}))
    assert "001068000001" in str(cells_of(made("ratings", AN)))
    told = str(cells_of(made("ratings", AN, scope=narrow)))
    assert "Nguyễn Văn An" in told and "001068000001" not in told


def cells_of(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
