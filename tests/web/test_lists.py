"""Columns, conditions, picked people, orders, saved filters of the list – each without a script."""

import html
import re

import pytest
from django.test import Client

from canbo.access.models import Grant, SavedView, User
from canbo.audit.changes import act
from canbo.audit.models import Act
from canbo.audit.queries import last_seq
from canbo.dossier.changes import edit_person
from canbo.dossier.models import Award, Employment, Holding, Membership, Person
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Body, Title, Unit

NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Chi", "Đỗ Văn Dũng")
ROW = re.compile(r'<td class="name"><a href="/ho-so/\d+/">([^<]+)</a>')


def client_of(role: str, name: str = "an", unit: Unit | None = None) -> Client:
    user = User.objects.create(username=name, display_name=name.capitalize(), password="!")
    Grant.objects.create(user=user, role=role, unit=unit, start=PartialDate(2020))
    found = Client()
    found.force_login(user)
    return found


@pytest.fixture
def client(db) -> Client:
    return client_of("can-bo-to-chuc")


@pytest.fixture
def people(db, actor: Actor, at) -> dict[str, Person]:
    """Four people of one committee, born a year apart; the secretary is Chi."""
    unit = Unit.objects.create(code="du", name="Đảng ủy xã Thử", start=PartialDate(2000))
    body = Body.objects.create(code="bch", unit=unit, kind="bch", name="Ban Chấp hành xã Thử")
    found = {}
    with act(actor=actor, action="dossier.write", at=at) as log:
        log.inserted(unit)
        log.inserted(body)
        for year, name in enumerate(NAMES, 1980):
            sex = "nu" if " Thị " in name else "nam"
            person = Person.objects.create(full_name=name, sex=sex, birth=PartialDate(year))
            log.inserted(person, person=person.pk)
            log.inserted(Employment.objects.create(person=person, unit=unit, start=PartialDate(2010)), person=person.pk)
            role = "bi-thu" if name == "Lê Văn Chi" else "uy-vien"
            seat = Membership.objects.create(person=person, body=body, role=role, start=PartialDate(2020))
            log.inserted(seat, person=person.pk)
            found[name.split()[-1]] = person
    return found


def names_at(client: Client, **query: str) -> list[str]:
    page = client.get("/ho-so/", query, follow=True)
    assert page.status_code == 200
    return [html.unescape(name).split()[-1] for name in ROW.findall(page.content.decode())]


def page_of(client: Client, address: str, query: dict[str, str] | None = None) -> str:
    return html.unescape(client.get(address, query or {}, follow=True).content.decode())


# --- columns


def test_columns_stand_in_the_order_of_the_address_and_are_remembered(client: Client, people) -> None:
    sent = client.post("/ho-so/cot/", {"thu-tu": "name,birth,sex", "viec": "xuong:birth", "tro-ve": "tt=&loc=known(birth)"})
    assert sent.url == "/ho-so/cot/?loc=known%28birth%29&cot=name%2Csex%2Cbirth"
    page = page_of(client, "/ho-so/")
    heads = re.findall(r'<th scope="col"[^>]*><a [^>]*>([^<]+)</a>', page)
    assert heads == ["Họ và tên", "Giới tính", "Ngày sinh"]


def test_ticked_columns_are_added_after_those_there_are(client: Client, people) -> None:
    sent = client.post("/ho-so/cot/", {"thu-tu": "name,birth", "c": ["age", "birth"], "viec": "ap-dung"})
    assert sent.url == "/ho-so/?cot=name%2Cbirth%2Cage"


@pytest.mark.parametrize("closed", ["religion", "religious", "health_checked_on", "assets_declared_on"])
def test_closed_facts_are_neither_column_nor_condition_nor_order(client: Client, people, closed: str) -> None:
    page = client.get("/ho-so/", {"cot": f"name,{closed}"})
    assert page.status_code == 200 and page.content.decode().count('<th scope="col"') == 3
    assert "Không hiện" in page.content.decode()
    assert client.get("/ho-so/", {"loc": f"known({closed})"}).status_code == 400
    assert client.get("/ho-so/", {"xep": f"cot:{closed}"}).status_code == 400


@pytest.mark.parametrize("fact", ["ethnicity", "ethnic_minority"])
def test_nobody_is_put_in_order_by_ethnicity(client: Client, people, fact: str) -> None:
    assert client.get("/ho-so/", {"xep": f"cot:{fact}"}).status_code == 400
    page = client.get("/ho-so/", {"cot": f"name,{fact}"}).content.decode()
    assert f"xep=cot%3A{fact}" not in page and "xep=cot%3Aname" in page


# --- conditions


def test_conditions_of_the_form_become_the_expression_and_come_back(client: Client, people) -> None:
    rows = {"f0": "sex", "o0": "==", "v0": "nam", "f1": "birth_year", "o1": "giua", "v1": "1981", "w1": "1982"}
    sent = client.get("/ho-so/", {"noi": "and", **rows})
    assert sent.url == "/ho-so/?loc=sex+%3D%3D+%27nam%27+and+1981+%3C%3D+birth_year+%3C%3D+1982"
    page = page_of(client, sent.url)
    assert "Lọc: Giới tính là Nam và năm sinh từ " in page
    assert ROW.findall(page) == ["Lê Văn Chi"]
    assert '<option value="giua" selected>' in page and 'name="w1" value="1982"' in page


def test_several_values_are_one_of_them(client: Client, people) -> None:
    sent = client.get("/ho-so/", {"noi": "or", "f0": "sex", "o0": "==", "v0": ["nam", "nu"], "f3": "party_member", "o3": "chua-ro"})
    assert sent.url == "/ho-so/?loc=sex+in+%28%27nam%27%2C+%27nu%27%29+or+not+known%28party_member%29"


def test_value_that_cannot_be_read_is_said_beside_it_and_kept(client: Client, people) -> None:
    page = client.get("/ho-so/", {"noi": "and", "f0": "age", "o0": "<", "v0": "ba mươi"})
    text = html.unescape(page.content.decode())
    assert page.status_code == 400
    assert "“ba mươi” không phải một số; hãy ghi như 35." in text and 'value="ba mươi"' in text


def test_expression_with_brackets_stays_in_its_field(client: Client, people) -> None:
    page = page_of(client, "/ho-so/", {"loc": "sex == 'nu' or (age > 30 and sex == 'nam')"})
    assert "nhiều lớp ngoặc" in page and "sex == 'nu' or (age > 30 and sex == 'nam')" in page


# --- orders


def test_head_clicked_sorts_and_says_so(client: Client, people) -> None:
    assert names_at(client, xep="cot:-birth") == ["Dũng", "Chi", "Bình", "An"]
    page = page_of(client, "/ho-so/", {"xep": "cot:birth"})
    assert 'aria-sort="ascending"' in page and "xep=cot%3A-birth" in page


def test_body_shows_its_members_chair_first_until_an_order_is_typed(client: Client, people) -> None:
    body = Body.objects.get()
    assert names_at(client, bo=str(body.pk)) == ["Chi", "An", "Bình", "Dũng"]
    places = {f"so-{people[name].pk}": str(place) for name, place in (("Dũng", 1), ("Bình", 2))}
    refused = client.post("/ho-so/thu-tu/", {"bo": body.pk, **places})
    assert refused.status_code == 400 and "Hãy ghi số, ngày quyết định" in html.unescape(refused.content.decode())
    sent = client.post("/ho-so/thu-tu/", {"bo": body.pk, "van-ban": "QĐ số 12-QĐ/HU", **places})
    assert sent.status_code == 302
    assert names_at(client, bo=str(body.pk)) == ["Dũng", "Bình", "Chi", "An"]
    assert Act.objects.latest("seq").document == "QĐ số 12-QĐ/HU" and Act.objects.latest("seq").changes == 2


def test_one_place_for_two_members_is_refused(client: Client, people) -> None:
    places = {f"so-{person.pk}": "1" for person in people.values()}
    page = client.post("/ho-so/thu-tu/", {"bo": Body.objects.get().pk, "van-ban": "QĐ 12", **places})
    assert page.status_code == 400 and "ghi cho hai người" in html.unescape(page.content.decode())


# --- picked people


def test_picked_people_stay_picked_on_the_next_page(client: Client, people) -> None:
    an, binh = people["An"].pk, people["Bình"].pk
    sent = client.get("/ho-so/", {"hien": f"{an}.{binh}", "k": [str(an)], "chon": str(people["Dũng"].pk), "den": "2"})
    assert sent.url == f"/ho-so/?chon={people['Dũng'].pk}.{an}&trang=2"


def test_work_with_all_found(client: Client, people) -> None:
    sent = client.get("/ho-so/", {"hien": "1", "viec": "tat-ca", "loc": "sex == 'nam'"})
    page = page_of(client, f"/ho-so/da-chon/?{sent.url.partition('?')[2]}")
    assert "3 người đã chọn" in page and "Trần Thị Bình" not in page


def test_same_award_for_many_is_shown_then_written_as_one_act(client: Client, people) -> None:
    chosen = f"{people['An'].pk}.{people['Bình'].pk}"
    Award.objects.create(person=people["An"], form="giay-khen", on=PartialDate(2025))
    address = f"/ho-so/da-chon/them/?loai=award&chon={chosen}"
    typed = {"form": "giay-khen", "on": "2025", "quyet-dinh-so": "15/QĐ-UBND", "ly-do": "khen thưởng năm 2025"}
    seq = last_seq()
    preview = html.unescape(client.post(address, typed).content.decode())
    assert "ghi cho 1 người, 1 người đã có" in preview and last_seq() == seq
    assert client.post(address, {**typed, "ghi": "1"}).status_code == 302
    assert last_seq() == seq + 1
    made = Award.objects.get(person=people["Bình"])
    assert (made.form, str(made.on), made.decision.number) == ("giay-khen", "2025", "15/QĐ-UBND")
    assert Award.objects.filter(person=people["An"]).count() == 1


def test_a_record_for_many_is_taken_back_by_one_button(client: Client, people, actor: Actor, scope: Scope, at) -> None:
    chosen = f"{people['An'].pk}.{people['Bình'].pk}"
    typed = {"form": "giay-khen", "on": "2025", "quyet-dinh-so": "15/QĐ-UBND", "ly-do": "khen thưởng năm 2025", "ghi": "1"}
    award = lambda: client.post(f"/ho-so/da-chon/them/?loai=award&chon={chosen}", typed).url  # noqa: E731
    address = award()
    page = page_of(client, address)
    assert "Khen thưởng: ghi cho 2 người" in page and "Hoàn tác lần ghi này" in page
    assert client.post(address, {}).status_code == 400 and Award.objects.count() == 2
    seq = last_seq()
    assert "đã được hoàn tác" in html.unescape(client.post(address, {"ly-do": "nhầm đợt"}, follow=True).content.decode())
    assert (Award.objects.count(), last_seq()) == (0, seq + 1)
    assert "hoàn tác" in page_of(client, f"/ho-so/{people['An'].pk}/lich-su/")
    assert client.post(address, {"ly-do": "lần nữa"}).status_code == 400
    # Somebody has worked on one of the dossiers since; and another's act is not there.
    address, colleague = award(), client_of("can-bo-to-chuc", "dong-nghiep")
    edit_person(person=people["An"].pk, values={"strength": "x"}, seen_seq=last_seq(), on=at.date(), actor=actor, scope=scope, at=at)
    refused = html.unescape(client.post(address, {"ly-do": "nhầm"}).content.decode())
    assert "đã có người sửa sau lần ghi này" in refused and Award.objects.count() == 2
    assert colleague.get(address).status_code == 400


def test_record_for_many_without_a_reason_is_refused_beside_its_field(client: Client, people) -> None:
    page = client.post(f"/ho-so/da-chon/them/?loai=award&chon={people['An'].pk}", {"form": "giay-khen", "on": "2025", "ghi": "1"})
    assert page.status_code == 400 and "Hãy ghi lý do" in html.unescape(page.content.decode())
    assert not Award.objects.exists()


def test_people_outside_the_scope_are_not_picked(people, actor: Actor, at) -> None:
    other = Unit.objects.create(code="khac", name="Xã Khác", start=PartialDate(2000))
    with act(actor=actor, action="dossier.write", at=at) as log:
        log.inserted(other)
    client = client_of("can-bo-to-chuc", "binh", other)
    address = f"/ho-so/da-chon/them/?loai=award&chon={people['An'].pk}"
    assert client.get(address).status_code == 400
    assert client.post(address, {"form": "giay-khen", "on": "2025", "ly-do": "x", "ghi": "1"}).status_code == 400
    assert not Award.objects.exists()


# --- saved filters


def test_saved_filter_is_opened_by_whom_it_is_shared_with_and_refused_where_it_counts_hidden_facts(people) -> None:
    keeper = client_of("can-bo-to-chuc")
    keeper.post("/ho-so/bo-loc/", {"viec": "luu", "ten": "Kỷ luật", "chia-se": "on", "tro-ve": "loc=known(discipline_form)&chon=1"})
    made = SavedView.objects.get(kind="list")
    assert made.spec == {"loc": "known(discipline_form)"}
    reader = client_of("can-bo-don-vi", "binh")
    opened = reader.get(f"/ho-so/bo-loc/mo/?so={made.pk}")
    assert opened.status_code == 302
    assert reader.get(opened.url).status_code == 400
    reader.post("/ho-so/bo-loc/", {"viec": f"xoa:{made.pk}"})
    assert SavedView.objects.filter(pk=made.pk).exists()


def test_own_filter_is_renamed_and_deleted(client: Client, people) -> None:
    client.post("/ho-so/bo-loc/", {"viec": "luu", "ten": "Nữ", "tro-ve": "loc=sex == 'nu'"})
    made = SavedView.objects.get(kind="list")
    client.post("/ho-so/bo-loc/", {"viec": f"doi:{made.pk}", f"ten-{made.pk}": "Cán bộ nữ"})
    assert SavedView.objects.get(pk=made.pk).name == "Cán bộ nữ"
    client.post("/ho-so/bo-loc/", {"viec": f"xoa:{made.pk}"})
    assert not SavedView.objects.filter(pk=made.pk).exists()


# --- states, tree


def test_who_left_stands_under_the_tab_of_those_gone(client: Client, people, actor: Actor, at) -> None:
    unit = Unit.objects.get()
    gone = Person.objects.create(full_name="Phạm Thị Em", sex="nu", birth=PartialDate(1960))
    with act(actor=actor, action="dossier.write", at=at) as log:
        log.inserted(gone, person=gone.pk)
        row = Employment.objects.create(person=gone, unit=unit, start=PartialDate(1990), end=PartialDate(2020, 5, 1))
        log.inserted(row, person=gone.pk)
        title = Title.objects.create(code="pho", name="Phó Bí thư", protocol_order=3)
        log.inserted(title)
        post = Holding.objects.create(person=gone, unit=unit, title=title, start=PartialDate(2000), end=PartialDate(2020, 5, 1))
        log.inserted(post, person=gone.pk)
    assert "Em" not in names_at(client)
    page = page_of(client, "/ho-so/", {"tt": "da-thoi"})
    assert ROW.findall(page) == ["Phạm Thị Em"]
    assert "01/05/2020" in page and "Đảng ủy xã Thử" in page and "Phó Bí thư" in page


def test_tree_counts_everybody_below_and_narrows_the_list(client: Client, people, actor: Actor, at) -> None:
    top = Unit.objects.get()
    with act(actor=actor, action="dossier.write", at=at) as log:
        below = Unit.objects.create(code="vp", name="Văn phòng", parent=top, start=PartialDate(2000))
        log.inserted(below)
        em = Person.objects.create(full_name="Phạm Thị Em", sex="nu", birth=PartialDate(1990))
        log.inserted(em, person=em.pk)
        log.inserted(Employment.objects.create(person=em, unit=below, start=PartialDate(2015)), person=em.pk)
    page = page_of(client, "/ho-so/")
    assert re.search(r'>Đảng ủy xã Thử <span class="count">5</span>', page)
    assert re.search(r'>Văn phòng <span class="count">1</span>', page)
    assert names_at(client, dv=str(below.pk)) == ["Em"]
