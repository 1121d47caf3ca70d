"""The same list in another shape gives the same people: columns shuffled, headings reworded, titles above, sheets reordered."""

import random
from typing import Any

import pytest

from canbo.imports.book.rawsheet import RawSheet
from canbo.imports.reading import Reading
from tests.imports.lists import read, sheet

# Field, headings that all mean it, cells of the three people of the cast.
COLUMNS: tuple[tuple[str, tuple[str, ...], tuple[Any, ...]], ...] = (
    ("ordinal", ("STT", "TT", "Số TT"), (1, 2, 3)),
    ("full_name", ("Họ và tên", "Họ tên", "HỌ VÀ TÊN", "Họ, tên", "Họ và tên khai sinh", "Họ và tên cán bộ, công chức"),
     ("Nguyễn Văn An", "Trần Thị Bình", "Lê Chi")),
    ("birth", ("Ngày sinh", "Ngày, tháng, năm sinh", "Năm sinh", "Sinh ngày", "Ngày tháng\nnăm sinh", "Ngày/tháng/năm sinh"),
     ("05/12/1968", "6/1979", 1980)),
    ("sex", ("Giới tính", "Giới", "Nam/Nữ", "Giới tính (Nam/Nữ)"), ("Nam", "Nữ", "Nữ")),
    ("ethnicity", ("Dân tộc", "Thành phần dân tộc", "DÂN TỘC"), ("Kinh", "Tày", "H'Mông")),
    ("religion", ("Tôn giáo", "TÔN GIÁO"), ("Không", "Công giáo", "")),
    ("native_place", ("Quê quán", "Nguyên quán", "Quê quán (xã, huyện, tỉnh)"), ("xã A, tỉnh B", "xã C", "xã D")),
    ("personal_id", ("Số CCCD", "Số định danh cá nhân", "CCCD/CMND", "Số căn cước công dân"),
     ("001068000123", "001179000124", "001180000125")),
    ("unit", ("Đơn vị công tác", "Đơn vị", "Cơ quan, đơn vị", "Đơn vị công tác hiện nay"),
     ("Phòng Nội vụ", "Phòng Tư pháp", "Phòng Tư pháp")),
    ("position", ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ hiện tại", "Chức vụ, chức danh hiện nay"),
     ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên")),
    ("party_joined", ("Ngày vào Đảng", "Ngày kết nạp Đảng", "Ngày vào ĐCSVN", "Ngày vào Đảng CSVN"), ("3/2/1995", "", "4/5/2005")),
    ("degree", ("Trình độ chuyên môn", "Chuyên môn", "Trình độ chuyên môn, nghiệp vụ", "Chuyên môn, nghiệp vụ", "Trình độ CM"),
     ("Đại học Luật", "Thạc sĩ", "Cao đẳng")),
    ("political_theory", ("Lý luận chính trị", "LLCT", "Trình độ LLCT", "Trình độ lý luận chính trị", "Lý luận\nchính trị"),
     ("Cao cấp", "TC", "Sơ cấp")),
    ("state_management", ("Quản lý nhà nước", "QLNN", "Bồi dưỡng QLNN"), ("CVC", "Chuyên viên", "")),
    ("rank_code", ("Mã ngạch", "Mã số ngạch"), ("01.002", "01.003", "01.003")),
    ("coefficient", ("Hệ số lương", "Hệ số", "HS lương"), (4.4, "3,33", 2.34)),
    ("note", ("Ghi chú", "GHI CHÚ"), ("", "chuyển đến", "")),
)  # fmt: skip
TITLES: tuple[list[str], ...] = (
    ["UBND HUYỆN X", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC"],
    ["(Số liệu tính đến ngày 31/12/2023)"],
    [],
)


def table(random_: random.Random, *, shuffle: bool, reword: bool, titles: int = 0, name: str = "DS") -> RawSheet:
    columns = list(COLUMNS)
    if shuffle:
        random_.shuffle(columns)
    header = [random_.choice(headings) if reword else headings[0] for _, headings, _ in columns]
    people = [[cells[i] for _, _, cells in columns] for i in range(3)]
    return sheet(*[list(t) for t in TITLES[:titles]], header, *people, name=name)


def cells_of(reading: Reading) -> list[dict[str, Any]]:
    return [row.values for found in reading.sheets for row in found.rows]


def fields_of(reading: Reading) -> list[set[str | None]]:
    return [{None if c.asked else c.field for c in found.columns} for found in reading.sheets]


BASE = table(random.Random(0), shuffle=False, reword=False)
TRUTH = cells_of(read(BASE))


def test_the_base_list_is_read_whole() -> None:
    assert [v["full_name"] for v in TRUTH] == ["Nguyễn Văn An", "Trần Thị Bình", "Lê Chi"]
    assert [v["birth"].iso for v in TRUTH] == ["1968-12-05", "1979-06", "1980"]
    assert fields_of(read(BASE)) == [{name for name, _, _ in COLUMNS}]


@pytest.mark.parametrize("seed", range(40))
def test_shuffled_reworded_lists_give_the_same_cells(seed: int) -> None:
    random_ = random.Random(seed)
    found = read(table(random_, shuffle=True, reword=True, titles=random_.randint(0, 4)))
    assert cells_of(found) == TRUTH
    assert fields_of(found) == [{name for name, _, _ in COLUMNS}]
    assert found.sheets[0].asked == []


@pytest.mark.parametrize("name, headings", [(n, h) for n, h, _ in COLUMNS], ids=[n for n, _, _ in COLUMNS])
def test_every_wording_alone_means_its_field(name: str, headings: tuple[str, ...]) -> None:
    index = [n for n, _, _ in COLUMNS].index(name)
    for heading in headings:
        header = [h[0] for _, h, _ in COLUMNS]
        header[index] = heading
        people = [[cells[i] for _, _, cells in COLUMNS] for i in range(3)]
        assert cells_of(read(sheet(header, *people))) == TRUTH, heading


def test_order_of_sheets_changes_no_cell() -> None:
    first = table(random.Random(1), shuffle=True, reword=True, name="Một")
    second = sheet(["TT", "Họ tên", "Lớp", "Thời gian"], [1, "Lê Chi", "Cao cấp LLCT", "T5/2023"], name="Đào tạo")
    one, other = read(first, second), read(second, first)
    assert sorted(map(str, cells_of(one))) == sorted(map(str, cells_of(other)))
    assert (
        {s.name: s.kind for s in one.sheets}
        == {s.name: s.kind for s in other.sheets}
        == {"Một": "roster", "Đào tạo": "training"}
    )


@pytest.mark.parametrize("column", range(len(COLUMNS) + 1))
def test_an_unknown_column_anywhere_changes_nothing_else(column: int) -> None:
    header = [headings[0] for _, headings, _ in COLUMNS]
    people = [[cells[i] for _, _, cells in COLUMNS] for i in range(3)]
    for row, cell in zip([header, *people], ["Là đại biểu QH", "XIV", "Không", "XIII"], strict=True):
        row.insert(column, cell)
    found = read(sheet(header, *people))
    assert cells_of(found) == TRUTH
    assert [row.extras["la_dai_bieu_qh"][1] for row in found.sheets[0].rows] == ["XIV", "Không", "XIII"]
