import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from canbo.engine.codelists import CodeList, codelist_names, load_codelist, tight_form, written_form

SHARED = Path(__file__).resolve().parents[3] / "shared/data"
NA15 = SHARED / "na15/candidates.csv"
GRADES = {"seen", "seen_secondary", "derived", "local", "memory"}


@pytest.mark.parametrize("name", codelist_names())
def test_every_list_is_coded_labelled_and_graded(name: str) -> None:
    rows = load_codelist(name).rows
    assert len({row.code for row in rows}) == len(rows) > 0
    assert all(row.code == row.code.lower() and " " not in row.code and "_" not in row.code for row in rows)
    assert all(row.label and row.source and row.confidence in GRADES for row in rows)


@pytest.mark.parametrize("name", codelist_names())
def test_no_spelling_belongs_to_two_codes(name: str) -> None:
    codes: dict[str, set[str]] = {}
    for row in load_codelist(name).rows:
        for word in (row.label, *row.aliases):
            codes.setdefault(written_form(word), set()).add(row.code)
    assert {form: found for form, found in codes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", codelist_names())
def test_every_label_and_spelling_is_found(name: str) -> None:
    codes = load_codelist(name)
    for row in codes.rows:
        assert codes.find(row.label).code == row.code
        assert [alias for alias in row.aliases if codes.find(alias).code != row.code] == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("ethnic_groups", "H'Mông", "mong"),
        ("ethnic_groups", "H’Mông", "mong"),
        ("ethnic_groups", "HMông", "mong"),
        ("ethnic_groups", "Mèo", "mong"),
        ("ethnic_groups", "KINH", "kinh"),
        ("ethnic_groups", "Thái ", "thai"),
        ("ethnic_groups", "Thái trắng", "thai"),
        ("ethnic_groups", "Khơ me", "kho-me"),
        ("ethnic_groups", "Êđê", "e-de"),
        ("ethnic_groups", "K'Ho", "co-ho"),
        ("ethnic_groups", "M`nông", "mnong"),
        ("ethnic_groups", "S’tiêng", "xtieng"),
        ("ethnic_groups", "Bru - Vân Kiều", "bru-van-kieu"),
        ("ethnic_groups", "Hán", "hoa"),
        ("ethnic_groups", "Thổ", "tho"),
        ("ethnic_groups", "Mán", None),
        ("ethnic_groups", "Người nước ngoài", "nuoc-ngoai"),
        ("religions", "Balamôn", "ba-la-mon"),
        ("religions", "Hồi giáo (Bà ni)", "hoi-giao"),
        ("religions", "Hoà Hảo", "hoa-hao"),
        ("religions", "", None),
        ("political_theory", "Cử nhân", "cu-nhan"),
        ("political_theory", "CC LLCT", "cao-cap"),
        ("political_theory", "TC LLCT-HC", "trung-cap"),
        ("political_theory", "–", "chua-qua"),
        ("political_theory", "Không", "chua-qua"),
        ("political_theory", "Cử nhân, Cao cấp", None),
        ("political_theory", "Thạc sĩ", None),
        ("political_theory", "Cử nhân chính trị", None),
        ("political_theory", "Đang học Trung cấp", None),
        ("degrees", "ĐH", "dai-hoc"),
        ("degrees", "Thạc sỹ", "thac-si"),
        ("degrees", "BS CKI", "chuyen-khoa-1"),
        ("degrees", "Bác sĩ chuyên khoa cấp II", "chuyen-khoa-2"),
        ("degrees", "12/12", None),
        ("degrees", "Đang học đại học", None),
        ("ratings", "HTXSNV", "hoan-thanh-xuat-sac"),
        ("ratings", "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực", "hoan-thanh"),
        ("ratings", "Không hoàn thành", "khong-hoan-thanh"),
        ("foreign_language_levels", "B1", "bac-3"),
        ("foreign_language_levels", "Bậc 1/6", "bac-1"),
        ("titles_commune", "PBT Thường trực", "pho-bi-thu-thuong-truc-xa"),
        ("titles_commune", "PCT UBND", "pho-chu-tich-ubnd-xa"),
        ("titles_commune", "UVBTV", "uv-btv-xa"),
        ("titles_commune", "Chủ tịch", None),
    ],
)
def test_written_form_is_placed_or_named(name: str, text: str, code: str | None) -> None:
    assert load_codelist(name).find(text).code == code


def test_find_tells_how() -> None:
    ethnic = load_codelist("ethnic_groups")
    assert [ethnic.find(text).how for text in ("Ê-đê", "Êđê", "E De", "Ê-đêê")] == ["exact", "alias", "folded", "none"]


def test_scales_rank_from_low_to_high() -> None:
    degrees, theory, ratings = map(load_codelist, ("degrees", "political_theory", "ratings"))
    assert degrees.scale[0] == "chua-qua" and degrees.scale[-1] == "tien-si"
    assert degrees.rank("chuyen-khoa-1") == degrees.rank("chuyen-khoa-2") == degrees.rank("thac-si")
    assert theory.rank("cu-nhan") == theory.rank("cao-cap") == 3
    assert theory.scale == ("chua-qua", "so-cap", "trung-cap", "cao-cap", "cu-nhan")
    assert ratings.scale == ("khong-hoan-thanh", "hoan-thanh", "hoan-thanh-tot", "hoan-thanh-xuat-sac")
    assert ratings.rank("khong-xep-loai") is None


def test_fifty_four_groups_one_of_them_the_majority() -> None:
    rows = load_codelist("ethnic_groups").rows
    assert len(rows) == 55
    assert [row.code for row in rows if row.extra["minority"] == "false"] == ["kinh", "nuoc-ngoai"]
    assert sum(row.extra["minority"] == "true" for row in rows) == 53


def codes_in(codes: CodeList, text: str) -> list[str | None]:
    return [match.code for match in codes.find_all(text)]


def test_a_cell_with_two_titles_gives_both() -> None:
    titles = load_codelist("titles_commune")
    assert codes_in(titles, "Phó Bí thư Đảng ủy - Chủ tịch UBND") == ["pho-bi-thu-xa", "chu-tich-ubnd-xa"]
    assert codes_in(titles, "Phó Bí thư Đảng ủy kiêm Chủ tịch HĐND") == ["pho-bi-thu-xa", "chu-tich-hdnd-xa"]
    assert codes_in(titles, "Văn phòng - Thống kê") == ["vp-tk-xa"]


def test_a_piece_without_a_place_is_named() -> None:
    found = load_codelist("titles_commune").find_all("PCT. HĐND (kiêm Trưởng ban)")
    assert [(match.text.strip(), match.code) for match in found] == [
        ("PCT. HĐND", "pho-chu-tich-hdnd-xa"),
        ("Trưởng ban", None),
    ]


def test_a_title_may_name_its_unit_but_not_one_of_another_level() -> None:
    commune, district = load_codelist("titles_commune"), load_codelist("titles_district")
    assert commune.find("Chủ tịch UBND xã Bình Minh Thượng").code == "chu-tich-ubnd-xa"
    assert commune.find("Bí thư Đảng ủy phường").code == "bi-thu-xa"
    assert commune.find("Chủ tịch UBND huyện Chương Mỹ").code is None
    assert district.find("Chủ tịch UBND huyện Chương Mỹ").code == "chu-tich-ubnd-huyen"
    assert codes_in(commune, "Phó Chủ tịch UBND xã kiêm Chủ tịch Hội Nông dân xã Bình Minh") == [
        "pho-chu-tich-ubnd-xa",
        "chu-tich-hnd-xa",
    ]
    assert codes_in(commune, "Phó Chủ tịch HĐND (kiêm)") == ["pho-chu-tich-hdnd-xa"]


def test_key_posts_of_a_commune_are_heads_and_deputies() -> None:
    rows = load_codelist("titles_commune").rows
    assert {row.code for row in rows if row.extra["key_post"] == "true"} == {
        "bi-thu-xa",
        "pho-bi-thu-thuong-truc-xa",
        "pho-bi-thu-xa",
        "chu-tich-hdnd-xa",
        "pho-chu-tich-hdnd-xa",
        "chu-tich-ubnd-xa",
        "pho-chu-tich-ubnd-xa",
    }
    assert {row.extra["order_grade"] for row in rows} == {"proposal"}


def test_key_posts_of_higher_levels_stay_unknown() -> None:
    rows = (*load_codelist("titles_district").rows, *load_codelist("titles_province").rows)
    assert {row.extra["key_post"] for row in rows} == {""}


def test_training_has_two_families_and_fields_have_a_group() -> None:
    assert {row.extra["family"] for row in load_codelist("training_kinds").rows} == {"dao-tao", "boi-duong"}
    groups = set(load_codelist("field_groups").codes)
    fields = load_codelist("fields_of_study").rows
    assert {row.extra["group"] for row in fields} == groups
    assert all(row.from_memory for row in fields)


def test_unknown_list_names_the_lists_there_are() -> None:
    with pytest.raises(KeyError, match="degrees"):
        load_codelist("bang-cap")


def test_tight_form_drops_everything_but_letters() -> None:
    assert tight_form("Bru – Vân  Kiều") == tight_form("bru-vân kiều") == "bruvankieu"


@pytest.mark.shared
@pytest.mark.skipif(not NA15.exists(), reason="needs the reference data beside the checkout")
def test_candidates_of_2021_are_placed_but_for_the_odd_five() -> None:
    with NA15.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ethnic = [load_codelist("ethnic_groups").find(row["Dân tộc"]).code for row in rows]
    assert None not in ethnic and sum(code != "kinh" for code in ethnic) == 185
    theory = [load_codelist("political_theory").find(row["Trình độ học vấn - Lý luận chính trị"]) for row in rows]
    assert Counter(match.code for match in theory) == {
        "cao-cap": 587, "trung-cap": 111, "chua-qua": 75, "cu-nhan": 55, "so-cap": 35, None: 5,
    }  # fmt: skip
    religions = [load_codelist("religions").find(row["Tôn giáo"]) for row in rows if row["Tôn giáo"]]
    assert all(match.code for match in religions)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["tan_phong_2023", "chuong_my_31122023"])
def test_key_posts_agree_with_the_lists_of_two_offices(name: str) -> None:
    path = SHARED / "trich-ngang" / f"{name}.expected.json"
    if not path.exists():
        pytest.skip("needs the reference data beside the checkout")
    titles = load_codelist("titles_commune")
    for person in json.loads(path.read_text(encoding="utf-8"))["persons"]:
        codes = [match.code for match in titles.find_all(person["title"]) if match.code]
        key = any(titles.row(code).extra["key_post"] == "true" for code in codes)
        assert codes and key == person["chu_chot"], person["title"]
