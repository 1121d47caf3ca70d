import csv
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from canbo.engine import areas as areas_module
from canbo.engine.areas import load_areas
from canbo.engine.places import Place, on_map, resolve
from tests.processes import spent

NA15 = Path(__file__).resolve().parents[3] / "shared/data/na15/candidates.csv"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
needs_na15 = pytest.mark.skipif(not NA15.exists(), reason="needs the reference data beside the checkout")


def native_places() -> list[str]:
    with NA15.open(encoding="utf-8-sig", newline="") as file:
        return [row["Quê quán"] for row in csv.DictReader(file)]


def labels(place: Place) -> tuple[str | None, str | None, str | None]:
    units = (place.province, place.district, place.commune)
    province, district, commune = (unit.label if unit else None for unit in units)
    return province, district, commune


def test_counts_of_both_maps() -> None:
    areas = load_areas()
    assert len(areas.provinces["before"]) == 63 and len(areas.provinces["after"]) == 34
    assert len(areas.communes["before"]) == 10_035 and len(areas.communes["after"]) == 3_321
    districts_with_communes = {district for _, district in areas.communes["before"].values()}
    empty = set(areas.districts) - districts_with_communes
    assert sorted(areas.districts[code][0] for code in empty) == [
        "Huyện Bạch Long Vĩ", "Huyện Côn Đảo", "Huyện Cồn Cỏ", "Huyện Hoàng Sa", "Huyện Lý Sơn",
    ]  # fmt: skip


def test_every_unit_of_before_has_a_successor_in_the_province_it_went_to() -> None:
    areas = load_areas()
    for old, parts in areas.successors.items():
        district = areas.communes["before"][old][1] if old in areas.communes["before"] else old
        province = areas.merged_into[areas.districts[district][1]]
        assert {areas.communes["after"][new][1] for new, _ in parts} == {province}
        assert {kind for _, kind in parts} == ({"whole"} if len(parts) == 1 else {"split"})
    assert set(areas.predecessors) == set(areas.communes["after"])
    assert set(areas.successors) >= set(areas.communes["before"])


def test_the_day_the_maps_change_is_data() -> None:
    assert load_areas().map_on(BEFORE) == "before" and load_areas().map_on(AFTER) == "after"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Cao Viên, huyện Thanh Oai, tỉnh Hà Tây", ("Thành phố Hà Nội", "Huyện Thanh Oai", "Xã Cao Viên")),
        ("Chúc Sơn - Chương Mỹ - Hà Nội", ("Thành phố Hà Nội", "Huyện Chương Mỹ", "Thị trấn Chúc Sơn")),
        ("TT. Chúc Sơn, H. Chương Mỹ, HN", ("Thành phố Hà Nội", "Huyện Chương Mỹ", "Thị trấn Chúc Sơn")),
        ("xã Cao Viên huyện Thanh Oai TP Hà Nội", ("Thành phố Hà Nội", "Huyện Thanh Oai", "Xã Cao Viên")),
        ("XÃ CAO VIÊN, HUYỆN THANH OAI, HÀ NỘI", ("Thành phố Hà Nội", "Huyện Thanh Oai", "Xã Cao Viên")),
        ("xa cao vien, huyen thanh oai, ha noi", ("Thành phố Hà Nội", "Huyện Thanh Oai", "Xã Cao Viên")),
        ("tỉnh Hưng Yên, huyện Khoái Châu", ("Tỉnh Hưng Yên", "Huyện Khoái Châu", None)),
        ("P. Tân Phong, TP Lai Châu", ("Tỉnh Lai Châu", "Thành phố Lai Châu", "Phường Tân Phong")),
        ("P5, Q3, TP.HCM", ("Thành phố Hồ Chí Minh", "Quận 3", "Phường 5")),
        ("Phường 05, quận 3, Sài Gòn", ("Thành phố Hồ Chí Minh", "Quận 3", "Phường 5")),
        ("Phường 7, thành phố Vũng Tàu, tỉnh Bà Rịa - Vũng Tàu",
         ("Tỉnh Bà Rịa - Vũng Tàu", "Thành phố Vũng Tàu", "Phường 7")),
        ("Qui Nhơn, Bình Định", ("Tỉnh Bình Định", "Thành phố Quy Nhơn", None)),
        ("Cư Mgar, Đắc Lắc", ("Tỉnh Đắk Lắk", "Huyện Cư M'gar", None)),
        ("Thôn 3, xã Cao Viên, huyện Thanh Oai, Hà Nội", ("Thành phố Hà Nội", "Huyện Thanh Oai", "Xã Cao Viên")),
        ("Hưng Yên", ("Tỉnh Hưng Yên", None, None)),
        ("TP. Hà Nội, Việt Nam", ("Thành phố Hà Nội", None, None)),
        ("Quận Hà Đông", ("Thành phố Hà Nội", "Quận Hà Đông", None)),
    ],
)  # fmt: skip
def test_native_place_as_people_write_it(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert labels(resolve(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chương Mỹ, Hà Tây", ("Thành phố Hà Nội", "Huyện Chương Mỹ", None)),
        ("Khoái Châu, Hải Hưng", ("Tỉnh Hưng Yên", "Huyện Khoái Châu", None)),
        ("huyện Điện Biên, tỉnh Lai Châu", ("Tỉnh Điện Biên", "Huyện Điện Biên", None)),
        ("huyện Mê Linh, tỉnh Vĩnh Phúc", ("Thành phố Hà Nội", "Huyện Mê Linh", None)),
        ("huyện Vũ Thư, tỉnh Hưng Yên", ("Tỉnh Thái Bình", "Huyện Vũ Thư", None)),
        ("Quận 9, TP Hồ Chí Minh", ("Thành phố Hồ Chí Minh", "Thành phố Thủ Đức", None)),
    ],
)
def test_former_units_are_read_through_what_became_of_them(text: str, expected: tuple[str | None, ...]) -> None:
    place = resolve(text)
    assert labels(place) == expected and place.how == "historic"


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Hà Sơn Bình", ["Thành phố Hà Nội", "Tỉnh Hòa Bình"]),
        ("tỉnh Nam Hà", ["Tỉnh Hà Nam", "Tỉnh Nam Định"]),
        ("tỉnh Cần Thơ", ["Thành phố Cần Thơ", "Tỉnh Hậu Giang"]),
        ("huyện Từ Liêm, Hà Nội",
         ["Quận Bắc Từ Liêm", "Quận Nam Từ Liêm", "Quận Cầu Giấy", "Quận Tây Hồ", "Quận Thanh Xuân"]),
        ("Cao Lãnh, Đồng Tháp", ["Thành phố Cao Lãnh", "Huyện Cao Lãnh"]),
    ],
)  # fmt: skip
def test_what_fits_several_units_stays_open(text: str, choices: list[str]) -> None:
    place = resolve(text)
    assert place.how == "ambiguous" and [area.label for area in place.ambiguous] == choices
    assert place.district is None and place.commune is None


def test_a_commune_in_no_list_leaves_district_and_province() -> None:
    place = resolve("Xã Không Tên, huyện Khoái Châu, tỉnh Hưng Yên")
    assert labels(place) == ("Tỉnh Hưng Yên", "Huyện Khoái Châu", None) and place.how == "partial"


def test_a_district_in_no_list_is_not_replaced_by_its_commune() -> None:
    assert labels(resolve("Xã Cao Viên, huyện Không Có, Hà Nội")) == ("Thành phố Hà Nội", None, None)


def test_a_district_name_of_many_provinces_is_not_chosen() -> None:
    place = resolve("Huyện Châu Thành")
    assert place.province is None and place.how == "ambiguous" and len(place.ambiguous) > 5


@pytest.mark.parametrize("text", ["", "   ", "-", "Không", "Việt Nam", "xã nào đó", "Chúc Sơn"])
def test_no_place_is_no_place(text: str) -> None:
    assert labels(resolve(text)) == (None, None, None) and resolve(text).how == "none"


def test_abroad_is_named_and_stays_without_a_province() -> None:
    place = resolve("Tỉnh Quảng Đông, Trung Quốc")
    assert place.how == "foreign" and place.country is not None and place.country.code == "cn"
    assert labels(on_map(place, AFTER)) == (None, None, None)


def test_two_levels_are_read_by_the_day_they_were_written() -> None:
    text = "Phường Tân Phong, tỉnh Lai Châu"
    assert resolve(text).how == "ambiguous" and labels(resolve(text))[0] == "Tỉnh Lai Châu"
    old, new = resolve(text, on=BEFORE), resolve(text, on=AFTER)
    assert (old.map, labels(old)) == ("before", ("Tỉnh Lai Châu", "Thành phố Lai Châu", "Phường Tân Phong"))
    assert (new.map, labels(new)) == ("after", ("Tỉnh Lai Châu", None, "Phường Tân Phong"))


def test_a_whole_commune_goes_to_its_successor_and_back_where_it_is_the_only_one() -> None:
    areas = load_areas()
    for old, parts in list(areas.successors.items())[::37]:
        if old not in areas.communes["before"]:
            continue
        district = areas.district(areas.communes["before"][old][1])
        province = areas.province(areas.districts[district.code][1], map="before")
        place = Place(province, district, areas.commune(old, map="before"), "before", "exact")
        moved = on_map(place, AFTER)
        assert moved.map == "after" and moved.province is not None
        if len(parts) > 1:
            assert moved.commune is None and {area.code for area in moved.ambiguous} == {new for new, _ in parts}
        else:
            assert moved.commune is not None and moved.commune.code == parts[0][0]
            back = on_map(moved, BEFORE)
            alone = len(areas.predecessors[parts[0][0]]) == 1
            assert back.commune == place.commune if alone else place.commune in back.ambiguous


def test_an_island_district_becomes_a_special_zone_and_comes_back() -> None:
    moved = on_map(resolve("Huyện Lý Sơn, tỉnh Quảng Ngãi"), AFTER)
    assert labels(moved) == ("Tỉnh Quảng Ngãi", None, "Đặc khu Lý Sơn")
    assert labels(on_map(moved, BEFORE)) == ("Tỉnh Quảng Ngãi", "Huyện Lý Sơn", None)


def test_a_merged_province_does_not_say_which_it_was() -> None:
    back = on_map(resolve("Hưng Yên", on=AFTER), BEFORE)
    assert back.province is None and {area.label for area in back.ambiguous} == {"Tỉnh Hưng Yên", "Tỉnh Thái Bình"}
    assert labels(on_map(resolve("Cao Bằng", on=AFTER), BEFORE)) == ("Tỉnh Cao Bằng", None, None)


def test_every_official_name_resolves_to_itself() -> None:
    areas = load_areas()
    for code, (label, district) in list(areas.communes["before"].items())[::11]:
        district_label, province = areas.districts[district]
        place = resolve(f"{label}, {district_label}, {areas.provinces['before'][province]}")
        assert place.commune is not None and place.commune.code == code and place.how == "exact"
    for code, (label, province) in list(areas.communes["after"].items())[::11]:
        place = resolve(f"{label}, {areas.provinces['after'][province]}", on=AFTER)
        assert place.commune is not None and place.commune.code == code and place.map == "after"


@pytest.mark.shared
@needs_na15
def test_native_places_of_the_candidates_of_2021() -> None:
    places = [resolve(text, on=date(2021, 4, 26)) for text in native_places()]
    moved = [on_map(place, AFTER) for place in places]
    assert len(places) == 868
    assert [place.how for place in places if not place.province] == ["foreign"]
    # Measured: 867 provinces, 867 districts, 751 communes (the others were merged before 2025), 716 after 1/7/2025.
    assert sum(place.district is not None for place in places) >= 855
    assert sum(place.commune is not None for place in places) >= 745
    assert sum(place.province is not None for place in moved) == 867
    assert sum(place.commune is not None for place in moved) >= 710


@pytest.mark.slow
def test_load_is_quick_and_lean() -> None:
    fresh = areas_module.load_areas.__wrapped__
    with spent() as took:
        fresh()
    assert took.own < 1.5  # 0.05 s on an idle core; 0.6 s was seen while four others shared two cores
    tracemalloc.start()
    kept = fresh()
    for code in kept.districts:
        kept.communes_in(code)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert size < 30 * 2**20


def test_a_warm_reader_is_quick() -> None:
    areas = load_areas()
    texts = [
        f"{label}, {areas.districts[district][0]}, {areas.provinces['before'][areas.districts[district][1]]}"
        for label, district in list(areas.communes["before"].values())[:2000]
    ]
    for text in texts:
        resolve(text)
    with spent() as took:
        for text in texts:
            resolve(text)
    assert took.own < 0.1  # twenty thousand a second; 0.001 s on an idle core
