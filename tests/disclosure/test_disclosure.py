"""Who is shown what was made known, when; what may not be made known; remarks without their author."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from canbo.access.policy import ROLES
from canbo.access.queries import LOCAL_ACCESS, units_under
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.disclosure.authors import UNNAMED
from canbo.disclosure.changes import (
    ON_SCREEN,
    DisclosureRefused,
    Wanted,
    answer,
    moderate,
    publish,
    receive_remark,
    withdraw,
)
from canbo.disclosure.fields import checked_table, fields_allowed, kinds
from canbo.disclosure.models import Publication, Remark
from canbo.disclosure.notice import notice
from canbo.disclosure.public import by_key
from canbo.disclosure.queries import intact, own_remarks, publication, publications, published, remark_counts, remarks
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.organization.models import Unit
from tests.dossier.world import AT, person, unit

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
TABLE = {
    "heads": ["STT", "Họ và tên", "Năm sinh", "Chức danh quy hoạch", "Vào/giữ/đưa ra"],
    "rows": [["1", "Lò Thị An", "1980", "Bí thư Đảng ủy xã", "Giữ"]], "notes": ["Xếp theo thứ tự chức danh."],
}  # fmt: skip


def wanted(at: int, **other: Any) -> Wanted:
    made = Wanted(at, "planning", 7, "Danh sách quy hoạch", "Quyết định 12-QĐ/ĐU", "internal", "Bảng tin", FIRST, LAST, TABLE)
    return replace(made, **other)


def made_known(at: int, **other: Any) -> Publication:
    return publish(wanted=wanted(at, **other), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)


def reader(role: str, *, user: int = 5, scope: Any = frozenset(), own: int | None = None) -> dict[str, Any]:
    """An account as the queries hear of it."""
    return {
        "actor": Actor(user=user, role=role, actions=ROLES[role].actions),
        "scope": Scope(units=scope, groups=ROLES[role].groups, own_person=own),
    }


def logged() -> str:
    """What the log holds, every body opened."""
    return repr([open_change(change, keyring()) for change in Change.objects.all()])


def refused(**changed: Any) -> str:
    with pytest.raises(DisclosureRefused) as error:
        checked_table(changed.pop("kind", "planning"), TABLE | changed)
    return str(error.value)


# --- what may be made known


def test_no_kind_has_a_column_about_discipline_votes_or_private_life():
    never = ("kỷ luật", "phiếu", "lý do", "sức khỏe", "gia đình", "tôn giáo", "dân tộc", "lịch sử", "căn cước", "quê quán", "điện thoại")
    named = [head.lower() for code in kinds() for head in fields_allowed(code)]
    assert [head for head in named if any(word in head for word in never)] == []


def test_head_not_listed_is_refused_in_one_sentence():
    said = refused(heads=[*TABLE["heads"], "Kỷ luật"], rows=[[*TABLE["rows"][0], "khiển trách"]])
    assert said.startswith("Cột “Kỷ luật” không được công khai; hãy bỏ cột này.")


@pytest.mark.parametrize(
    ("cell", "value"), [(2, "12/05/1980"), (4, "đưa ra: bị khiển trách"), (0, "một"), (1, "x" * 301)],
    ids=["birthday", "why", "word", "long"],
)
def test_cell_says_no_more_than_its_head(cell, value):
    row = list(TABLE["rows"][0])
    row[cell] = value
    assert refused(rows=[row]).startswith("Dòng 1, cột “")


def test_rest_of_the_table_is_checked_too():
    assert "Ghi chú có “kỷ luật”" in refused(notes=["Đã trừ người bị Kỷ luật."])
    assert "Dòng 1 có 1 ô" in refused(rows=[["1"]])
    assert "chưa có ai" in refused(rows=[])
    assert "Chưa có quy định cột" in refused(kind="religion")


@pytest.mark.once
@pytest.mark.django_db
def test_refused_before_anything_is_written():
    home = unit("A").pk
    for said, other in (
        ("trước ngày bắt đầu", {"end": date(2026, 3, 1)}), ("hãy chọn lại phạm vi", {"reach": "public", "kind": "evaluation"}),
        ("Hãy đặt tên", {"name": " "}),
    ):  # fmt: skip
        with pytest.raises(DisclosureRefused, match=said):
            made_known(home, **other)
    for who in (reader("so-noi-vu", scope=frozenset({home})), reader("ban-xay-dung-dang", scope=frozenset())):
        with pytest.raises(Forbidden):
            publish(wanted=wanted(home), at=AT, **who)
    assert Publication.objects.count() == Act.objects.count() == 0


# --- to whom it is shown


@pytest.mark.once
@pytest.mark.django_db
def test_shown_in_its_period_to_those_of_the_place():
    above = unit("T")
    home, beside = unit("A", above), unit("B", above)
    cell = unit("A1", home)
    of = made_known(home.pk)
    readers = {
        "in scope": reader("lanh-dao", scope=units_under([above.pk])), "works below": reader("ca-nhan", own=person("An", cell).pk),
        "works beside": reader("ca-nhan", own=person("Bình", beside).pk), "works above": reader("ca-nhan", own=person("Chi", above).pk),
        "no dossier": reader("ca-nhan"), "keeper elsewhere": reader("ban-xay-dung-dang", scope=units_under([beside.pk])),
        "keeper": reader("ban-xay-dung-dang", scope=units_under([home.pk])),
    }  # fmt: skip
    days = {"before": date(2026, 3, 1), "first": FIRST, "last": LAST, "after": date(2026, 4, 1)}

    def seen() -> dict[str, list[str]]:
        return {day: [name for name, who in readers.items() if publications(on=on, **who).exists()] for day, on in days.items()}

    shown = ["in scope", "works below", "keeper"]
    assert seen() == {"before": ["keeper"], "first": shown, "last": shown, "after": ["keeper"]}
    withdraw(pk=of.pk, reason="Sai tên", on=FIRST, at=AT, **readers["keeper"])
    assert set(map(tuple, seen().values())) == {("keeper",)}
    with pytest.raises(Publication.DoesNotExist):
        publication(pk=of.pk, on=FIRST, **readers["works below"])
    with pytest.raises(Publication.DoesNotExist):
        published(pk=of.pk, **readers["keeper elsewhere"])
    with pytest.raises(Forbidden):
        publications(on=FIRST, **reader("thong-ke", scope=units_under([home.pk])))


@pytest.mark.once
@pytest.mark.django_db
def test_open_page_is_only_for_what_is_made_known_to_all():
    home = unit("A").pk
    inside, open_to_all = made_known(home), made_known(home, reach="public")
    assert by_key(key=inside.key, on=FIRST) is None
    assert by_key(key=open_to_all.key, on=LAST) == open_to_all
    assert by_key(key=open_to_all.key, on=date(2026, 4, 1)) is None
    Publication.objects.filter(pk=open_to_all.pk).update(name="Tên khác")
    assert by_key(key=open_to_all.key, on=LAST) is None


@pytest.mark.django_db
def test_table_changed_behind_the_program_is_known_by_its_hash():
    of = made_known(unit("A").pk)
    kept = Publication.objects.get(pk=of.pk)
    assert intact(kept) and kept.table["rows"][0][1] == "Lò Thị An"
    rows = [["1", "Vàng Văn Bình", *TABLE["rows"][0][2:]]]
    Publication.objects.filter(pk=of.pk).update(table=of.table | {"rows": rows})
    assert not intact(Publication.objects.get(pk=of.pk))


# --- what is said to it


@pytest.mark.once
@pytest.mark.django_db
def test_remark_from_an_account_is_answered_to_it_and_names_it_nowhere():
    home = unit("A")
    of, own = made_known(home.pk), person("An", home).pk
    hers, other = reader("ca-nhan", user=471147114711, own=own), reader("ca-nhan", user=471147114712, own=own)
    keeper = reader("ban-xay-dung-dang", scope=frozenset({home.pk}))
    row = receive_remark(pk=of.pk, text=" Nên thêm\nngười trẻ. ", source=ON_SCREEN, author="", on=FIRST, at=AT, **hers)
    act = Act.objects.order_by("seq").last()
    assert (act.action, act.user, act.role, act.unit) == ("disclosure.remark", UNNAMED, "", home.pk)
    assert "47114711" not in logged() + str(Remark.objects.values().get())
    assert [one.text for one in own_remarks(**hers)] == ["Nên thêm\nngười trẻ."] and own_remarks(**other) == []
    assert [one.pk for one in remarks(state="waiting", **keeper)] == [row.pk]
    with pytest.raises(DisclosureRefused, match="ghi nhận góp ý này trước"):
        answer(pk=row.pk, text="Sẽ xem xét.", on=LAST, at=AT, **keeper)
    with pytest.raises(DisclosureRefused, match="lý do không ghi nhận"):
        moderate(pk=row.pk, accepted=False, reason="", at=AT, **keeper)
    moderate(pk=row.pk, accepted=True, reason="", at=AT, **keeper)
    answer(pk=row.pk, text="Sẽ xem xét.", on=LAST, at=AT, **keeper)
    assert own_remarks(**hers)[0].answer == "Sẽ xem xét."
    assert remark_counts(**keeper) == {"waiting": 0, "answering": 0, "done": 1}
    with pytest.raises(DisclosureRefused, match="đã được trả lời"):
        moderate(pk=row.pk, accepted=False, reason="trùng", at=AT, **keeper)


@pytest.mark.once
@pytest.mark.django_db
def test_remark_on_paper_is_written_down_by_the_keeper_with_its_author_sealed():
    home = unit("A")
    of, keeper = made_known(home.pk), reader("ban-xay-dung-dang", scope=frozenset({home.pk}))
    told: Any = {"pk": of.pk, "text": "Đúng người.", "source": "van-ban", "author": "Mùa A Dũng", "on": date(2026, 4, 2), "at": AT}
    receive_remark(**told, **keeper)  # a letter may come in after the last day
    assert "Dũng" not in logged() + str(Remark.objects.values().get())
    with pytest.raises(Forbidden):
        receive_remark(**told, **reader("ca-nhan", own=person("An", home).pk))
    with pytest.raises(Publication.DoesNotExist):  # over: not there any more
        receive_remark(**told | {"source": ON_SCREEN}, **reader("ca-nhan", own=person("Chi", home).pk))


def test_notice_prints_the_frozen_table():
    of = Publication(
        unit=Unit(name="Đảng ủy xã A", block="dang"), kind="planning", name="Danh sách quy hoạch", document="QĐ 12", start=FIRST, end=LAST,
        table=checked_table("planning", TABLE), sha256="ab" * 32,
    )  # fmt: skip
    told = repr(notice(of))
    assert "từ ngày 02/03/2026 đến hết ngày 31/03/2026" in told and "Lò Thị An" in told and "Công khai danh sách quy hoạch" in told
