"""Each fact of a person: known from a paper, as imprecise as the paper, and unknown without one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canbo.facts.catalogue import FACTS
from tests.facts.world import UNITS, value, world

D = date
KF = {"known_from": "2021-04-26"}


def _q(kind: str, level: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "level": level, "known_from": "2021-04-26", **more}


def _none(kind: str) -> dict[str, Any]:
    return {"declared_none": [{"kind": kind, "known_from": "2022-01-01"}]}


YEAR = {"period_kind": "year"}
TWO_GRADES = [{**YEAR, "period": "2023", "capacity": "official", "grade": g} for g in ("hoan-thanh", "hoan-thanh-tot")]
TWO_LANGUAGES = [_q("ngoai-ngu", "bac-2", language="anh"), _q("ngoai-ngu", "dai-hoc", language="nga")]
LATER_MASTER = {"kind": "chuyen-mon", "level": "thac-si", "known_from": "2024-01-01"}
HELD = {"start": "2015-03-10", "title": 1, "kind": "main"}
BODY = [{"id": 1, "code": "bch-h01", "kind": "bch", "name": "BCH Đảng bộ"}]
WARNED = {"side": "dang", "form": "canh-cao"}
Y = (D(1968, 1, 1), D(1968, 12, 31))

# fact, rows, value on 31/12/2023 – a tuple is the lowest and the highest possible value
KNOWN: list[tuple[str, dict[str, Any], Any]] = [
    ("name", {}, "Nguyễn Văn An"),
    ("birth", {"person": {"birth": "1968-05-12"}}, (D(1968, 5, 12), D(1968, 5, 12))),
    ("birth_year", {"person": {"birth": "1968-05"}}, (1968, 1968)),
    ("age", {"person": {"birth": "1968-12-31"}}, (55, 55)),
    ("age_band", {"person": {"birth": "1968-12-31"}}, "55-59"),
    ("age_band", {"person": {"birth": "2003-12-31"}}, "20-24"),
    ("age_band", {"person": {"birth": "2004-01-01"}}, "duoi-20"),
    ("age_band", {"person": {"birth": "1958-12-31"}}, "tu-65"),
    ("age_band", {"person": {"birth": "1959-01-01"}}, "60-64"),
    ("age_band", {"person": {"birth": "1968"}}, "55-59"),
    ("sex", {"person": {"sex": "nu"}}, "nu"),
    ("ethnicity", {"person": {"ethnicity": "tay"}}, "tay"),
    ("ethnic_minority", {"person": {"ethnicity": "tay"}}, True),
    ("ethnic_minority", {"person": {"ethnicity": "kinh"}}, False),
    ("religion", {"person": {"religion": "phat-giao"}}, "phat-giao"),
    ("religious", {"person": {"religion": "phat-giao"}}, True),
    ("religious", {"person": {"religion": "khong"}}, False),
    ("native_place", {"person": {"native_place": "xã Lũng Cú"}}, "xã Lũng Cú"),
    ("recruited_on", {"person": {"recruited_on": "1990-02-01"}}, (D(1990, 2, 1), D(1990, 2, 1))),
    ("years_of_service", {"person": {"recruited_on": "1990-02-01"}}, (33, 33)),
    ("joined_agency_on", {"person": {"joined_agency_on": "1990-02-01"}}, (D(1990, 2, 1), D(1990, 2, 1))),
    ("military", {"person": {"enlisted_on": "1986-02"}}, True),
    ("military", {"person": {"military_rank": "Trung úy"}}, True),
    ("military", _none("military"), False),
    ("academic_title", {"person": {"academic_title": "pho-giao-su"}}, "pho-giao-su"),
    ("policy_category", {"distinction": [{"kind": "chinh-sach", "code": "con-liet-si", "on": "2000"}]}, ["con-liet-si"]),
    ("policy_category", _none("policy_category"), []),
    ("health_checked_on", {"health_certificate": [{"certified_on": "2023-06-01"}]}, (D(2023, 6, 1), D(2023, 6, 1))),
    ("assets_declared_on", {"asset_declaration": [{"declared_on": "2022-12"}]}, (D(2022, 12, 1), D(2022, 12, 31))),
    ("lists", {"list_entry": [{"name": "ds", "on": "2021-04-26"}, {"name": "moi", "on": "2024-01-01"}]}, ["ds"]),
    ("awards", {"award": [{"form": "giay-khen", "on": "2020"}, {"text": "Huân chương", "on": "2024"}]}, ["giay-khen"]),
    ("awards", _none("award"), []),
    ("awarded", {"award": [{"form": "giay-khen", "on": "2020"}]}, True),
    ("unit", {}, "H01.02"),
    ("unit_code", {}, "H01.02"),
    ("unit_name", {}, "Xã Lũng Cú"),
    ("unit_level", {}, "xa"),
    ("unit_area", {"unit": [{**one, "area": "mien-nui"} if one["id"] == 2 else one for one in UNITS]}, "mien-nui"),
    ("unit_area", {"unit": [{**one, "area": "trung-du"} if one["id"] == 1 else one for one in UNITS]}, "trung-du"),
    ("block", {}, "chinh-quyen"),
    ("unit_province", {}, "ha-giang"),
    ("within", {}, ["H01.02", "H01"]),
    ("native_province", {"person": {"native_province": "15", "native_map": "b"}}, "yen-bai"),
    ("native_district", {"person": {"native_province": "01", "native_district": "277", "native_map": "b"}}, "277"),
    ("native_commune", {"person": {"native_province": "01", "native_commune": "00004", "native_map": "b"}}, "00004"),
    ("non_local", {"person": {"native_province": "02", "native_commune": "00712", "native_map": "b"}}, False),
    ("non_local", {"person": {"native_province": "02", "native_commune": "00715", "native_map": "b"}}, True),
    ("non_local", {"person": {"native_province": "01", "native_map": "b"}}, True),
    ("party_member", {"person": {"party_joined": "2001"}}, True),
    ("party_member", {"person": {"party_joined": "2024"}}, False),
    ("party_member", {"person": {"party_joined": "2001", "party_left": "2010-05"}}, False),
    ("party_member", {"person": {"party_status": "dang-vien", "party_known_from": "2021-04-26"}}, True),
    ("party_member", {"person": {"party_status": "khong", "party_known_from": "2021-04-26"}}, False),
    ("party_member", {"person": {"party_official": "2005"}}, True),
    ("official_party", {"person": {"party_joined": "2001", "party_official": "2002-05"}}, True),
    ("official_party", {"person": {"party_joined": "2023-05", "party_official": "2024-05"}}, False),
    ("official_party", {"person": {"party_status": "khong", "party_known_from": "2021-04-26"}}, False),
    ("party_joined", {"person": {"party_joined": "2001-02-03"}}, (D(2001, 2, 3), D(2001, 2, 3))),
    ("party_years", {"person": {"party_joined": "2001-02-03"}}, (22, 22)),
    ("party_years", {"person": {"party_status": "khong", "party_known_from": "2021-04-26"}}, (0, 0)),
    ("bodies", {"body": BODY, "membership": [{"body": 1, "start": "2020"}]}, ["bch-h01"]),
    ("bodies", {"body": BODY, "membership": [{"body": 1, "start": "2015", "end": "2020"}]}, []),
    ("body_kind", {"body": BODY, "membership": [{"body": 1, "start": "2020"}]}, ["bch"]),
    ("body_role", {"body": BODY, "membership": [{"body": 1, "start": "2020", "role": "bi-thu"}]}, ["bi-thu"]),
    ("degree", {"qualification": [_q("chuyen-mon", "dai-hoc"), _q("chuyen-mon", "thac-si", obtained="2022")]}, "thac-si"),
    ("degree", {"qualification": [_q("chuyen-mon", "tien-si"), _q("chuyen-mon")]}, "tien-si"),
    ("political_theory", {"qualification": [_q("llct", "cu-nhan"), _q("llct", "cao-cap")]}, "cu-nhan"),
    ("political_theory", _none("political_theory"), "chua-qua"),
    ("state_management", {"qualification": [_q("qlnn", "chuyen-vien")]}, "chuyen-vien"),
    ("it_level", {"qualification": [_q("tin-hoc", "co-ban"), _q("tin-hoc", "trung-cap-tro-len")]}, "trung-cap-tro-len"),
    ("foreign_language", {"qualification": [_q("ngoai-ngu", "bac-2", language="phap")]}, "bac-2"),
    ("english", {"qualification": TWO_LANGUAGES}, "bac-2"),
    ("other_language", {"qualification": TWO_LANGUAGES}, "dai-hoc"),
    ("languages", {"qualification": [_q("ngoai-ngu", "bac-2", language="anh")]}, ["anh"]),
    ("ethnic_language", {"qualification": [_q("tieng-dan-toc")]}, True),
    ("ethnic_language", _none("ethnic_language"), False),
    ("defence_training", {"qualification": [_q("qpan", obtained="2019")]}, True),
    ("general_education", {"qualification": [_q("pho-thong", "12-12")]}, "12-12"),
    ("degree_field", {"qualification": [_q("chuyen-mon", "dai-hoc", field="luat")]}, ["luat"]),
    ("field_group", {"qualification": [_q("chuyen-mon", "dai-hoc", field="luat")]}, ["luat"]),
    (
        "postgraduate_field",
        {"qualification": [_q("chuyen-mon", "thac-si", field="luat"), _q("chuyen-mon", "dai-hoc", field="toan")]},
        ["luat"],
    ),
    ("in_service", {}, True),
    ("staff_kind", {"employment": [{"start": "2010", "unit": 2, "staff_kind": "can-bo"}]}, "can-bo"),
    ("workplace", {"employment": [{"start": "2010", "unit": 2, "workplace": "Trường Lũng Cú"}]}, "Trường Lũng Cú"),
    ("title", {"holding": [HELD, {"start": "2016", "title": 2, "kind": "concurrent"}]}, "bi-thu-xa"),
    ("titles", {"holding": [HELD, {"start": "2016", "title": 2, "kind": "concurrent"}]}, ["bi-thu-xa", "van-phong"]),
    ("position", {"holding": [{**HELD, "title_text": "Bí thư"}]}, "Bí thư"),
    ("key_post", {"holding": [HELD]}, True),
    ("key_post", {"holding": [{**HELD, "key_post": False}]}, False),
    ("concurrent", {"holding": [HELD, {"start": "2016", "title": 2, "kind": "concurrent"}]}, True),
    ("acting", {"holding": [HELD]}, False),
    ("elected", {"holding": [{**HELD, "kind": "elected"}]}, True),
    ("rotated", {"holding": [{**HELD, "kind": "rotated"}]}, True),
    ("ever_rotated", {"holding": [{**HELD, "kind": "rotated", "end": "2018-12"}]}, True),
    ("ever_rotated", {"holding": [HELD]}, False),
    ("last_rotated_on", {"holding": [{"start": "2017-02", "kind": "rotated", "end": "2018-12"}]}, (D(2017, 2, 1), D(2017, 2, 28))),
    ("seconded", {"holding": [{**HELD, "kind": "seconded"}]}, True),
    ("appointed_on", {"holding": [HELD]}, (D(2015, 3, 10), D(2015, 3, 10))),
    ("months_in_post", {"holding": [HELD]}, (105, 105)),
    ("rank", {"pay": [{"start": "2020", "rank_text": "Chuyên viên"}]}, "Chuyên viên"),
    ("rank_code", {"pay": [{"start": "2020", "rank_code": "01.003"}]}, "01.003"),
    ("rank_group", {"pay": [{"start": "2020", "rank_code": "01.003"}]}, "cv"),
    ("rank_on", {"pay": [{"start": "2020", "rank_on": "2019-07"}]}, (D(2019, 7, 1), D(2019, 7, 31))),
    ("pay_step", {"pay": [{"start": "2015", "end": "2020-01-01", "step": 3}, {"start": "2020", "step": 4}]}, 4),
    ("coefficient", {"pay": [{"start": "2020", "coefficient": 299}]}, Decimal("2.99")),
    ("rating", {"rating": [{**YEAR, "period": "2023", "capacity": "official", "grade": "hoan-thanh-tot"}]}, "hoan-thanh-tot"),
    ("rating_party", {"rating": [{**YEAR, "period": "2023", "capacity": "party", "grade": "hoan-thanh"}]}, "hoan-thanh"),
    ("rating_last", {"rating": [{**YEAR, "period": "2020", "capacity": "official", "grade": "hoan-thanh"}]}, "hoan-thanh"),
    ("rating_year", {"rating": [{**YEAR, "period": "2020", "capacity": "official", "grade": "hoan-thanh"}]}, 2020),
    ("planned", {"plan_entry": [{"start": "2021", "title": 1}]}, True),
    ("planned", {"plan_entry": [{"start": "2015", "end": "2020", "title": 1}]}, False),
    ("planned", _none("planned_for"), False),
    ("planned_for", {"plan_entry": [{"start": "2021", "title": 1}]}, ["bi-thu-xa"]),
    ("training_count", {"attendance": [{"start": "2021"}, {"start": "2022-05"}, {"start": "2024"}]}, (2, 2)),
    ("last_trained_on", {"attendance": [{"start": "2021"}, {"start": "2022-05"}]}, (D(2022, 5, 1), D(2022, 5, 31))),
    ("trained_this_year", {"attendance": [{"start": "2023-05"}]}, True),
    ("trained_this_year", {"attendance": [{"start": "2022-05"}]}, False),
    ("disciplined", {"discipline": [{"decided_on": "2023-02-01", "ended_on": "2024-02-01"}]}, True),
    ("disciplined", {"discipline": [{"decided_on": "2021-02-01", "ended_on": "2022-02-01"}]}, False),
    ("disciplined", _none("discipline"), False),
    ("ever_disciplined", {"discipline": [{"decided_on": "2021-02-01", "ended_on": "2022-02-01"}]}, True),
    ("discipline_form", {"discipline": [{"decided_on": "2021-02-01", "form": "canh-cao"}]}, "canh-cao"),
    ("discipline_side", {"discipline": [{"decided_on": "2021-02-01", "side": "dang"}]}, "dang"),
    ("disciplined_on", {"discipline": [{"decided_on": "2021-02"}]}, (D(2021, 2, 1), D(2021, 2, 28))),
    ("completeness", {"person": {"birth": "1968", "sex": "nu"}}, 23),  # with name and unit: 4 of 17 items
    ("missing_items", {"person": {"birth": "1968", "sex": "nu"}}, 13),
    ("birth_place", {"person": {"birth_place": "xã Lũng Cú"}}, "xã Lũng Cú"),
    ("residence", {"person": {"residence": "thôn Séo Lủng"}}, "thôn Séo Lủng"),
    ("has_personal_id", {"person": {"personal_id_index": "ab12"}}, True),
    ("work_told", {"work_history": [{}]}, True),
    ("retires_on", {"person": {"birth": "1968-05-12", "sex": "nam"}}, (D(2030, 5, 31), D(2030, 5, 31))),
    ("past_retirement", {"person": {"birth": "1990-05-12", "sex": "nam"}}, False),
    ("months_left", {"person": {"birth": "1968-05-12", "sex": "nam"}}, (77, 77)),
    ("titles_ever", {"holding": [{**HELD, "end": "2016-01-01"}]}, ["bi-thu-xa"]),
    ("titles_ever", {"holding": [{**HELD, "start": "2024-01-01"}]}, []),
    ("titles_ever", _none("position"), []),
    *(
        ("good_years", {"rating": [{**YEAR, "period": p, "capacity": "official", "grade": g} for p, g in grades]}, years)
        for grades, years in [
            ([("2023", "hoan-thanh-tot"), ("2022", "hoan-thanh-xuat-sac"), ("2021", "hoan-thanh")], (2, 2)),
            ([("2023", "hoan-thanh")], (0, 0)),
            ([("2023", "hoan-thanh-tot"), ("2021", "hoan-thanh")], (1, 2)),
            ([("2023", "hoan-thanh-tot"), ("2022", "hoan-thanh-tot")], (2, 99)),
            ([("2022", "hoan-thanh-tot")], (0, 99)),
        ]
    ),
    *(
        (name, {"discipline": [{"side": side, "form": form, "decided_on": day}]}, verdict)
        for name, side, form, day, verdict in [
            ("appointment_barred", "dang", "canh-cao", "2021-06-30", False),
            ("appointment_barred", "dang", "canh-cao", "2021-07-01", True),
            ("appointment_barred", "nha-nuoc", "canh-cao", "2022-12-31", False),
            ("appointment_barred", "nha-nuoc", "canh-cao", "2023-01-01", True),
            ("planning_barred", "dang", "khien-trach", "2022-12-31", False),
            ("planning_barred", "dang", "khien-trach", "2023-01-01", True),
        ]
    ),
    ("appointment_barred", _none("discipline"), False),
    ("planning_barred", _none("discipline"), False),
    ("appointment_barred_until", {"discipline": [{**WARNED, "decided_on": "2021-06-30"}]}, (D(2023, 12, 30), D(2023, 12, 30))),
    *(
        (
            "good_two_years",
            {"rating": [{**YEAR, "period": p, "capacity": "official", "grade": g} for p, g in grades]},
            verdict,
        )
        for grades, verdict in [
            ([("2022", "hoan-thanh-tot"), ("2023", "hoan-thanh-xuat-sac")], True),
            ([("2022", "hoan-thanh"), ("2023", "hoan-thanh-xuat-sac")], False),
            ([("2023", "hoan-thanh")], False),
        ]
    ),
]  # fmt: skip

# Papers that leave it open: a value between two, or unknown.
IMPRECISE: list[tuple[str, dict[str, Any], Any]] = [
    ("birth", {"person": {"birth": "1968"}}, Y),
    ("age", {"person": {"birth": "1968"}}, (55, 55)),
    ("age", {"person": {"birth": "1968-12"}}, (55, 55)),
    ("recruited_on", {"person": {"recruited_on": "1968"}}, Y),
    ("years_of_service", {"person": {"recruited_on": "1990"}}, (33, 33)),
    ("joined_agency_on", {"person": {"joined_agency_on": "1968"}}, Y),
    ("military", {"person": {"military_rank": "", "enlisted_on": ""}}, None),
    ("policy_category", {"distinction": [{"kind": "chinh-sach", "code": "a", "known_from": "2024-02-01"}]}, [None]),
    ("awards", {"award": [{"form": "giay-khen", "known_from": "2024-02-01"}]}, [None]),
    ("awarded", {"award": [{"form": "giay-khen", "known_from": "2024-02-01"}]}, None),
    ("native_province", {"person": {"native_province": "99", "native_map": "b"}}, None),
    ("non_local", {"person": {"native_province": "02", "native_map": "b"}}, None),
    ("party_member", {"person": {"party_status": "dang-vien", "party_known_from": "2024-04-26"}}, None),
    ("party_member", {"person": {"party_status": "khong", "party_known_from": "2024-04-26"}}, None),
    ("official_party", {"person": {"party_joined": "2001"}}, None),
    ("party_joined", {"person": {"party_joined": "1968"}}, Y),
    ("party_years", {"person": {"party_joined": "1990"}}, (33, 33)),
    ("bodies", {"body": BODY, "membership": [{"body": 1}]}, [None]),
    ("degree", {"qualification": [_q("chuyen-mon", "dai-hoc"), _q("chuyen-mon")]}, None),
    ("degree", {"qualification": [_q("chuyen-mon", "dai-hoc"), LATER_MASTER]}, None),
    ("political_theory", {"qualification": [{"kind": "llct", "level": "cao-cap", "known_from": "2024-01-01"}]}, None),
    ("english", {"qualification": [_q("ngoai-ngu", "bac-2")]}, None),
    ("languages", {"qualification": [_q("ngoai-ngu", "bac-2")]}, [None]),
    ("defence_training", {"qualification": [{"kind": "qpan"}]}, None),
    ("degree_field", {"qualification": [_q("chuyen-mon", "dai-hoc")]}, [None]),
    ("postgraduate_field", {"qualification": [_q("chuyen-mon", "tien-si")]}, [None]),
    ("title", {"holding": [{"start": "2015", "title_text": "Trưởng nhóm", "kind": "main"}]}, None),
    ("titles", {"holding": [{"start": "2015", "title_text": "Trưởng nhóm", "kind": "main"}]}, [None]),
    ("key_post", {"holding": [{"start": "2015", "title_text": "Trưởng nhóm", "kind": "main"}]}, None),
    ("key_post", {"holding": [{**HELD, "start": "2024-02-01", "since_list": True}]}, None),
    ("appointed_on", {"holding": [{**HELD, "since_list": True}]}, None),
    ("months_in_post", {"holding": [{**HELD, "start": "2015"}]}, (96, 107)),
    ("rating", {"rating": [{**YEAR, "period": "2022", "capacity": "official", "grade": "hoan-thanh"}]}, None),
    ("rating", {"rating": [{**YEAR, "period": "2023", "capacity": "official", "text": "khá"}]}, None),
    ("rating", {"rating": TWO_GRADES}, None),
    ("good_two_years", {"rating": [{**YEAR, "period": "2023", "capacity": "official", "grade": "hoan-thanh-tot"}]}, None),
    ("planned", {"plan_entry": [{"start": "2024-02-01", "title": 1, "since_list": True}]}, None),
    ("planned_for", {"plan_entry": [{"start": "2021", "title_text": "Trưởng ban"}]}, [None]),
    ("training_count", {"attendance": [{"start": "2021"}, {"known_from": "2024-01-01"}]}, (1, 2)),
    ("disciplined", {"discipline": [{"decided_on": "2023-02-01"}]}, None),
    ("ever_disciplined", {"discipline": [{"known_from": "2024-01-01"}]}, None),
    ("retires_on", {"person": {"birth": "1968", "sex": "nam"}}, (D(2030, 1, 31), D(2030, 12, 31))),
    ("months_left", {"person": {"birth": "1968", "sex": "nam"}}, (73, 84)),
    ("titles_ever", {"holding": [{**HELD, "start": "2024-02-01", "since_list": True}]}, [None]),
    ("appointment_barred", {"discipline": [{"side": "dang", "form": "khai-tru", "decided_on": "2021-06-30"}]}, None),
    ("appointment_barred", {"discipline": [{"side": "dang", "form": "canh-cao", "decided_on": "2021"}]}, None),
    ("planning_barred", {"discipline": [{"form": "canh-cao", "decided_on": "2021"}]}, None),
    ("appointment_barred_until", {"discipline": [{**WARNED, "decided_on": "2021-06"}]}, (D(2023, 12, 1), D(2023, 12, 30))),
]  # fmt: skip

# Known without any paper of the person's.
ALWAYS = {
    "name": "Nguyễn Văn An", "lists": [], "completeness": 11, "missing_items": 15,
    "in_service": True, "unit": "H01.02", "unit_code": "H01.02",
    "unit_name": "Xã Lũng Cú", "unit_level": "xa", "block": "chinh-quyen", "unit_province": "ha-giang",
    "within": ["H01.02", "H01"], "workplace": "Xã Lũng Cú",
}  # fmt: skip
PERSON_FACTS = sorted(name for name, fact in FACTS.items() if fact.subject == "person")


@pytest.mark.parametrize(("name", "rows", "expected"), [*KNOWN, *IMPRECISE])
def test_fact_says_what_the_papers_say(name: str, rows: dict[str, Any], expected: Any) -> None:
    assert value(world(**rows), name) == expected


@pytest.mark.parametrize("name", PERSON_FACTS)
def test_fact_without_papers_is_unknown(name: str) -> None:
    assert value(world(), name) == ALWAYS.get(name)


def test_every_fact_of_a_person_has_a_known_case() -> None:
    assert set(PERSON_FACTS) - {name for name, _, _ in KNOWN} == set()
