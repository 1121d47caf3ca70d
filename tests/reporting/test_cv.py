"""The CV as Word, JSON and one page: what the reader may see, what is kept on paper, what is not known."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from canbo.access.policy import GROUPS
from canbo.documents.word import to_docx
from canbo.dossier.cv.values import NONE, ON_PAPER, CvTable, CvValues
from canbo.dossier.models import CertifiedValue, DeclaredNone, DisputedValue, Qualification, WorkHistory
from canbo.dossier.queries import NotVisible
from canbo.kernel.actors import Actor, Scope
from canbo.reporting.cv.forms import FORMS, load_cv_form
from canbo.reporting.cv.full import Agencies
from canbo.reporting.cv.queries import KINDS, MOST, TooMany, cv_docx, cv_json, cv_zip
from canbo.reporting.cv.summary import CUT, as_summary
from tests.documents.test_bundle import names
from tests.documents.test_word import as_pdfs, in_order, office, pdf_pages, texts
from tests.dossier.world import ON, marked_person, person, unit

ALL = Scope(units=None, groups=frozenset(GROUPS))
READER = Actor(user=3, role="can-bo-to-chuc", actions=frozenset({"dossier.read"}))


def items(of: int, scope: Scope = ALL) -> dict[str, dict[str, object]]:
    told = json.loads(cv_json(person=of, form="38", on=ON, actor=READER, scope=scope))
    return {item["item"]: item.get("values", item.get("rows")) for item in told["items"]}


def docx_texts(of: int, form: str = "38", scope: Scope = ALL) -> list[str]:
    return texts(cv_docx(person=of, form=form, on=ON, actor=READER, scope=scope)[1])


@pytest.mark.parametrize("code", FORMS)
def test_form_is_numbered_without_holes_and_graded(code: str):
    form = load_cv_form(code)
    whole = sorted({int(item.number.split(".")[0]) for item in form.items})
    assert whole == list(range(1, {"38": 38, "2c": 33, "2c-tctw98": 31}[code] + 1))
    assert form.evidence == "seen_secondary"
    assert all(bool(item.values) != bool(item.table) for item in form.items)


@pytest.mark.django_db
def test_every_value_a_form_names_is_made_and_nothing_is_made_in_vain():
    from canbo.dossier.cv.values import cv_values

    found = cv_values(person=marked_person(unit("A")), on=ON, actor=READER, scope=ALL)
    named = {atom for code in FORMS for item in load_cv_form(code).items for atom in item.values}
    tables = {item.table for code in FORMS for item in load_cv_form(code).items if item.table}
    assert named <= set(found.texts)
    assert tables == set(found.tables)


@pytest.mark.django_db
def test_items_are_read_as_the_dossier_says():
    an = person("Nguyễn Thị An", unit("A"), sex="nu", birth="1980-03", party_joined="2005-02-03", phone_sealed="0912")
    Qualification.objects.create(person=an, kind="chuyen-mon", level="dai-hoc", field_text="Luật", obtained="2002")
    Qualification.objects.create(person=an, kind="chuyen-mon", level="thac-si", field_text="Luật", obtained="2010")
    Qualification.objects.create(person=an, kind="chuyen-mon", level="tien-si", field_text="Luật", obtained="2030")
    DeclaredNone.objects.create(person=an, kind="discipline", known_from=ON)
    found = items(an.pk)
    assert found["1"] == {"full_name": "Nguyễn Thị An"}
    assert found["3"] == {"birth": "03/1980", "sex": "Nữ"}
    assert found["8"] == {"personal_id": None, "personal_id_issued_on": None, "phone": "0912"}
    assert found["15"] == {"party_joined": "03/02/2005", "party_official": None}
    assert found["20"] == {"highest_education": "Thạc sĩ, Luật"}
    assert found["36.1"] == {"family": ON_PAPER}
    assert found["34.1"] == {"history_34.1": ON_PAPER}
    assert f"22. Kỷ luật: {NONE}" in docx_texts(an.pk, "2c")


@pytest.mark.django_db
def test_certified_value_stands_before_the_typed_one_and_a_disputed_one_says_so():
    binh = person("Trần Văn Bình", unit("A"), birth="1970-01-02", native_place="Xã Cũ")
    DisputedValue.objects.create(person=binh, field="birth", value="1971-01-02", said_by="danh sách")
    CertifiedValue.objects.create(person=binh, field="native_place", value="Xã Mới", paper="giấy khai sinh", certified_on="2020")
    found = items(binh.pk)
    assert found["3"]["birth"] == "02/01/1970 (đang xác minh)"
    assert found["5"] == {"native_place": "Xã Mới"}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("form", list(KINDS))
def test_no_group_is_printed_that_the_reader_does_not_see(form: str):
    chi = marked_person(unit("A"))
    for hidden in sorted(set(GROUPS) - {"basic"}):
        scope = Scope(units=None, groups=frozenset(GROUPS) - {hidden})
        told = " ".join(docx_texts(chi.pk, form, scope))
        assert not re.search(rf"z{hidden}\d", told), (form, hidden)
        if form == "38":
            assert f"z{hidden}" not in cv_json(person=chi.pk, form="38", on=ON, actor=READER, scope=scope), hidden


@pytest.mark.django_db
def test_what_is_left_out_is_named_not_blank():
    chi = marked_person(unit("A"))
    found = docx_texts(chi.pk, scope=Scope(units=None, groups=frozenset(GROUPS) - {"pay", "religion"}))
    assert "Bản in này không gồm các mục 7, 30.1, 30.2, 30.3, 37.1, 37.2 (ngoài quyền xem của người in)." in found
    assert not any(text.startswith("7. Tôn giáo") for text in found)


@pytest.mark.django_db
def test_family_facts_and_relatives_names_are_never_printed():
    chi = marked_person(unit("A"))
    for form in KINDS:
        assert not any("zfamily" in text for text in docx_texts(chi.pk, form))


@pytest.mark.django_db
def test_2c_reads_in_the_order_of_the_form():
    an = person("Nguyễn Thị An", unit("A"), birth="1980-03-08")
    found = docx_texts(an.pk, "2c")
    assert in_order(
        found, "SƠ YẾU LÝ LỊCH", "(Mẫu 2C-BNV/2008)", "1. Họ và tên khai sinh: NGUYỄN THỊ AN", "3. Sinh ngày: 08/03/1980", "15.1.",
        "27. Đào tạo", "28. Tóm tắt", "33. Nhận xét", "NGƯỜI KHAI", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    )  # fmt: skip


@pytest.mark.django_db
def test_many_are_one_zip_within_the_scope_and_the_limit():
    home, away = unit("A"), unit("B")
    an, binh, dung = person("Nguyễn Thị An", home), person("Nguyễn Thị An", home), person("Lê Văn Dũng", away)
    here = Scope(units=frozenset({home.pk}), groups=frozenset(GROUPS))
    content = cv_zip(people=[an.pk, binh.pk, an.pk], form="tom-tat", on=ON, actor=READER, scope=here)
    assert names(content) == [f"nguyen-thi-an-{an.pk}-tom-tat.docx", f"nguyen-thi-an-{binh.pk}-tom-tat.docx"]
    with pytest.raises(NotVisible):
        cv_zip(people=[an.pk, dung.pk], form="tom-tat", on=ON, actor=READER, scope=here)
    with pytest.raises(TooMany, match="nhiều nhất"):
        cv_zip(people=range(1, MOST + 2), form="tom-tat", on=ON, actor=READER, scope=here)
    with pytest.raises(TooMany, match="Chưa chọn"):
        cv_zip(people=[], form="tom-tat", on=ON, actor=READER, scope=here)


@pytest.mark.django_db
def test_career_of_the_summary_begins_with_the_newest():
    an = person("Nguyễn Thị An", unit("A"))
    for year in (2001, 2010, 2020):
        WorkHistory.objects.create(person=an, start=str(year), unit_text=f"Nơi {year}", title_text="Chuyên viên")
    found = docx_texts(an.pk, "tom-tat")
    assert in_order(found, "Quá trình công tác", "Nơi 2020", "Nơi 2010", "Nơi 2001")
    assert not any(CUT in text for text in found)


def long_life(rows: int, words: int) -> CvValues:
    """Somebody with a long career and wordy everything."""
    text = " ".join(["Ủy viên Ban Thường vụ"] * words)
    atoms = {atom for code in FORMS for item in load_cv_form(code).items for atom in item.values}
    work = tuple((f"01/{1950 + i} – 12/{1950 + i}", text, "Ủy ban nhân dân tỉnh Minh Họa") for i in range(rows))
    heads = (("span", ""), ("title", ""), ("unit", ""))
    return CvValues("Nguyễn Thị An", date(2026, 3, 1), dict.fromkeys([*atoms, "unit"], text), {"work": CvTable(heads, work)})


@office
def test_summary_is_one_page_however_long_the_career(tmp_path: Path):
    agencies = Agencies("Ban Tổ chức Tỉnh ủy Minh Họa và một tên rất dài", "Ủy ban nhân dân tỉnh Minh Họa nơi xa")
    asked = [(rows, words, side) for rows, words in ((0, 1), (3, 1), (60, 1), (60, 3), (40, 40)) for side in ("nha-nuoc", "dang")]
    papers = [
        to_docx(as_summary(values=long_life(rows, words), agencies=agencies, photo=None, side=side)) for rows, words, side in asked
    ]
    for (rows, words, side), pdf in zip(asked, as_pdfs(papers, tmp_path), strict=True):
        pages = pdf_pages(pdf)
        assert (len(pages), CUT in pages[0]) == (1, rows * words > 3), (rows, words, side)
