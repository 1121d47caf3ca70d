"""A round is opened, a person declares, her unit decides item by item; the dossier changes only by what is accepted."""

from datetime import date, timedelta

import pytest

from canbo.access.policy import ROLES
from canbo.audit.models import Act
from canbo.audit.queries import changes_of, check_chain, last_seq
from canbo.dossier.changes import StaleDossier, edit_person
from canbo.dossier.declarations.changes import (
    RoundRefused,
    Scan,
    ValueRefused,
    close_round,
    extend_round,
    open_round,
    say,
    say_none,
    send,
    take_back,
    unsay,
)
from canbo.dossier.declarations.deciding import Choice, decide
from canbo.dossier.declarations.items import TABLES, said_of, sections_asked
from canbo.dossier.declarations.queries import RoundNotVisible, answers, counted, items_of, own_rounds, rounds
from canbo.dossier.files import FileRefused, content_of
from canbo.dossier.models import (
    Attachment,
    Declaration,
    DeclarationItem,
    DeclaredNone,
    Employment,
    Person,
    Qualification,
    Relative,
)
from canbo.dossier.queries import NotVisible
from canbo.kernel.actors import Actor, Forbidden, Scope
from tests.dossier.world import AT, ON, person, unit

pytestmark = pytest.mark.django_db
ITEMS = ["person.residence", "person.phone_sealed", "person.religion_sealed", "qualification", "award", "health_certificate"]
LATER = AT + timedelta(days=1)


class Office:
    """A unit, An who works there, and the keeper of its dossiers."""

    def __init__(self, items=ITEMS) -> None:
        self.unit = unit("A")
        self.an = person("Nguyễn Văn An", self.unit, residence="Số 1 phố Cũ", phone_sealed="0911111111")
        self.keeper = self.of("can-bo-to-chuc", None)
        self.own = self.of("ca-nhan", self.an.pk)
        self.round = open_round(
            unit=self.unit.pk, name="Đợt khai 2025", document="KH 12", opens_on=ON, closes_on=date(2025, 6, 30), items=items,
            at=AT, **self.keeper,
        )  # fmt: skip

    def of(self, role: str, own: int | None) -> dict:
        actor = Actor(user=7 if own else 8, role=role, unit=self.unit.pk, actions=ROLES[role].actions)
        units = frozenset() if role == "ca-nhan" else frozenset({self.unit.pk})
        return {"actor": actor, "scope": Scope(units=units, groups=ROLES[role].groups, own_person=own)}

    def say(self, table="person", on=ON, **more):
        values = more.pop("values", {"residence": "Số 2 phố Mới"})
        return say(of=self.round.pk, table=table, values=values, on=on, at=AT, **more, **self.own)

    def send(self) -> Declaration:
        return send(of=self.round.pk, on=ON, at=AT, **self.own)

    def decide(self, choices: dict[int, Choice], seen: int | None = None, who: dict | None = None) -> int | None:
        found = Declaration.objects.get(round=self.round, person=self.an)
        seen = last_seq() if seen is None else seen
        return decide(declaration=found.pk, choices=choices, seen_seq=seen, on=ON, at=LATER, **(who or self.keeper))

    def now(self) -> Person:
        return Person.objects.get(pk=self.an.pk)


@pytest.fixture
def office(db) -> Office:
    return Office()


# --- rounds


def test_history_and_family_are_never_asked_for():
    groups = {section.group for section in sections_asked()}
    assert not groups & {"history", "family", "planning"}
    assert "relative" not in TABLES and Relative._meta.db_table not in {c for s in sections_asked() for c, _ in s.items}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "đặt tên"),
        ({"closes_on": date(2025, 6, 1)}, "Ngày hết hạn trước ngày mở"),
        ({"items": []}, "ít nhất một mục"),
        ({"items": ["relative"]}, "không dùng để kê khai"),
    ],
)
def test_round_that_cannot_be_is_refused(office, wrong, sentence):
    asked = {"unit": office.unit.pk, "name": "X", "document": "", "opens_on": ON, "closes_on": ON, "items": ["award"]}
    with pytest.raises(RoundRefused, match=sentence):
        open_round(**(asked | wrong), at=AT, **office.keeper)


def test_round_needs_its_right_its_unit_and_the_groups_it_asks(office):
    asked = {"name": "X", "document": "", "opens_on": ON, "closes_on": ON, "at": AT}
    with pytest.raises(Forbidden):
        open_round(unit=office.unit.pk, items=["award"], **asked, **office.of("lanh-dao", None))
    with pytest.raises(Forbidden):
        open_round(unit=unit("B").pk, items=["award"], **asked, **office.keeper)
    with pytest.raises(Forbidden):
        open_round(unit=office.unit.pk, items=["health_certificate"], **asked, **office.of("can-bo-don-vi", None))


def test_round_reaches_the_units_below_and_nobody_else(office):
    below, beside = unit("A1", office.unit), unit("C")
    chi, dung = person("Lê Chi", below), person("Hoàng Dũng", beside)
    asked = {
        of.full_name: [r.pk for r in own_rounds(on=ON, **office.of("ca-nhan", of.pk))] for of in (office.an, chi, dung)
    }
    assert asked == {"Nguyễn Văn An": [office.round.pk], "Lê Chi": [office.round.pk], "Hoàng Dũng": []}
    stranger = {"actor": office.keeper["actor"], "scope": Scope(units=frozenset({beside.pk}), groups=frozenset())}
    assert rounds(**stranger) == [] and rounds(**office.keeper) == [office.round]


def test_closed_round_is_read_only_and_opens_again_with_another_day(office):
    item = office.say()[0]
    close_round(pk=office.round.pk, at=AT, **office.keeper)
    for act in (office.say, office.send, lambda: unsay(of=office.round.pk, item=item.pk, on=ON, at=AT, **office.own)):
        with pytest.raises(RoundRefused, match="không mở"):
            act()
    extend_round(pk=office.round.pk, closes_on=date(2025, 7, 31), at=AT, **office.keeper)
    office.send()
    with pytest.raises(RoundRefused, match="không mở"):
        take_back(of=office.round.pk, on=date(2025, 8, 1), at=AT, **office.own)


# --- the person


def test_draft_is_sealed_and_changes_nothing(office):
    seq = last_seq()
    office.say(values={"residence": "Số 2 phố Mới", "phone_sealed": "0922222222"})
    kept = DeclarationItem.objects.all()
    assert [said_of(i).values for i in kept] == [{"residence": "Số 2 phố Mới"}, {"phone_sealed": "0922222222"}]
    assert [said_of(i).seen for i in kept] == [{"residence": "Số 1 phố Cũ"}, {"phone_sealed": "0911111111"}]
    assert not any("phố" in i.values_sealed or "0922" in i.values_sealed for i in kept)
    assert office.now().residence == "Số 1 phố Cũ"
    assert [c.act for c in changes_of(person=office.an.pk, **office.keeper) if c.act > seq] == []


def test_said_again_replaces_what_was_said(office):
    first = office.say()[0]
    again = office.say(values={"residence": "Số 3"})[0]
    assert (first.pk, said_of(again).values) == (again.pk, {"residence": "Số 3"})
    unsay(of=office.round.pk, item=first.pk, on=ON, at=AT, **office.own)
    assert DeclarationItem.objects.count() == 0


def test_field_said_as_the_dossier_has_it_leaves_the_draft(office):
    office.say()
    assert office.say(values={"residence": "Số 1 phố Cũ"}) == []
    assert DeclarationItem.objects.count() == 0


@pytest.mark.parametrize(
    ("table", "values"),
    [("person", {"phone_sealed": "9" * 400}), ("qualification", {"kind": "khong-co"}),
     ("qualification", {"kind": "llct", "began": "2015", "obtained": "2010"})],
)  # fmt: skip
def test_value_that_cannot_be_is_refused_as_in_the_dossier(office, table, values):
    with pytest.raises(ValueRefused):
        office.say(table=table, values=values)
    assert DeclarationItem.objects.count() == 0


def test_only_ticked_items_may_be_said(office):
    with pytest.raises(RoundRefused, match="không được hỏi"):
        office.say(values={"full_name": "Khác"})
    with pytest.raises(RoundRefused, match="không được hỏi"):
        office.say(table="pay", values={"rank_text": "Chuyên viên"})
    with pytest.raises(RoundNotVisible):
        say(of=office.round.pk + 1, table="person", values={"residence": "x"}, on=ON, at=AT, **office.own)


def test_record_of_somebody_else_cannot_be_corrected(office):
    other = Qualification.objects.create(person=person("Trần Bình", office.unit), kind="llct")
    with pytest.raises(ValueRefused):
        office.say(table="qualification", values={"kind": "llct"}, record=other.pk)


def test_scan_is_kept_sealed_and_stays_when_the_text_is_said_again(office):
    scan = Scan("bằng.pdf", b"%PDF-1.4 x")
    item = office.say(table="qualification", values={"kind": "llct", "text": "TC"}, scan=scan)[0]
    again = office.say(table="qualification", values={"kind": "llct", "text": "Trung cấp"}, item=item.pk)[0]
    assert again.pk == item.pk and content_of(again.attachment_sha256) == (b"%PDF-1.4 x", "application/pdf")
    with pytest.raises(FileRefused):
        office.say(scan=Scan("a.exe", b"MZ"))


def test_none_is_said_only_of_what_holds_nothing(office):
    Qualification.objects.create(person=office.an, kind="llct")
    ask = {"of": office.round.pk, "on": ON, "at": AT}
    with pytest.raises(RoundRefused, match="không thể trả lời"):
        say_none(kind="llct", **ask, **office.own)
    with pytest.raises(RoundRefused, match="không được hỏi"):
        say_none(kind="discipline", **ask, **office.own)
    item = say_none(kind="award", **ask, **office.own)
    assert say_none(kind="award", **ask, **office.own).pk == item.pk
    office.send()
    office.decide({item.pk: Choice(True)})
    assert list(DeclaredNone.objects.values_list("person", "kind", "known_from")) == [(office.an.pk, "award", ON)]


def test_sent_is_taken_back_while_nothing_is_decided(office):
    first, second = office.say(values={"residence": "Số 2", "phone_sealed": "0933333333"})
    office.send()
    with pytest.raises(RoundRefused, match="đã gửi"):
        office.say()
    take_back(of=office.round.pk, on=ON, at=AT, **office.own)
    office.say(values={"residence": "Số 4"})
    office.send()
    office.decide({first.pk: Choice(True)})
    with pytest.raises(RoundRefused, match="xét một phần"):
        take_back(of=office.round.pk, on=ON, at=AT, **office.own)
    office.decide({second.pk: Choice(False, "sai số")})
    take_back(of=office.round.pk, on=ON, at=AT, **office.own)
    more = office.say(values={"phone_sealed": "0944444444"})[0]
    assert more.pk not in (first.pk, second.pk) and DeclarationItem.objects.count() == 3


# --- the unit


def test_accepting_writes_dossier_and_items_in_one_act(office):
    office.say(values={"residence": "Số 2 phố Mới", "phone_sealed": "0922222222"})
    scan = Scan("bang.pdf", b"%PDF-1.4 x")
    office.say(table="qualification", values={"kind": "chuyen-mon", "level": "dai-hoc", "obtained": "2010-06"}, scan=scan)
    office.send()
    items = list(DeclarationItem.objects.order_by("pk"))
    acts = Act.objects.count()
    seq = office.decide({items[0].pk: Choice(True), items[1].pk: Choice(False, "không liên lạc được"), items[2].pk: Choice(True)})
    act = Act.objects.get(seq=seq)
    assert Act.objects.count() == acts + 1
    assert (act.action, act.reason, act.document) == ("declaration.run", "Xét kê khai: Đợt khai 2025", "KH 12")
    now, added = office.now(), Qualification.objects.get(person=office.an)
    assert (now.residence, now.phone_sealed) == ("Số 2 phố Mới", office.an.phone_sealed)
    assert (added.level, added.obtained.iso, added.source.kind, added.source.on) == ("dai-hoc", "2010-06", "declaration", ON)
    kept = Attachment.objects.get()
    assert (kept.person_id, kept.record_table, kept.record_id, kept.filename) == (office.an.pk, "qualification", added.pk, "bang.pdf")
    assert [(i.state, i.reason) for i in DeclarationItem.objects.order_by("pk")] == [
        ("accepted", ""), ("refused", "không liên lạc được"), ("accepted", ""),
    ]  # fmt: skip
    assert check_chain(**office.keeper | {"actor": Actor(user=0, role="", actions=frozenset({"system.check"}))}).problems == ()


def test_refusal_without_reason_writes_nothing_at_all(office):
    first, second = office.say(values={"residence": "Số 2", "phone_sealed": "0922222222"})
    office.send()
    with pytest.raises(RoundRefused, match="phải ghi lý do"):
        office.decide({first.pk: Choice(True), second.pk: Choice(False, "  ")})
    assert office.now().residence == "Số 1 phố Cũ"
    assert set(DeclarationItem.objects.values_list("state", flat=True)) == {"waiting"}


def test_record_is_corrected_not_doubled(office):
    kept = Qualification.objects.create(person=office.an, kind="llct", level="so-cap")
    item = office.say(table="qualification", values={"kind": "llct", "level": "trung-cap"}, record=kept.pk)[0]
    office.send()
    office.decide({item.pk: Choice(True)})
    assert [(q.pk, q.level, q.source.kind) for q in Qualification.objects.all()] == [(kept.pk, "trung-cap", "declaration")]


def test_value_changed_meanwhile_is_never_overwritten_silently(office):
    item = office.say()[0]
    office.send()
    edit_person(person=office.an.pk, values={"residence": "Số 9"}, seen_seq=last_seq(), on=ON, at=AT, **office.keeper)
    found = items_of(declaration=Declaration.objects.get(), **office.keeper)[0][0]
    pair = found.pairs[0]
    assert (found.stale, pair.seen, pair.said, pair.now) == (True, "Số 1 phố Cũ", "Số 2 phố Mới", "Số 9")
    with pytest.raises(RoundRefused, match="đã thay đổi sau khi người khai xem"):
        office.decide({item.pk: Choice(True)})
    with pytest.raises(StaleDossier):
        office.decide({item.pk: Choice(True, over=True)}, seen=last_seq() - 1)
    office.decide({item.pk: Choice(True, over=True)})
    assert office.now().residence == "Số 2 phố Mới"


def test_item_is_decided_once(office):
    item = office.say()[0]
    office.send()
    office.decide({item.pk: Choice(True)})
    with pytest.raises(RoundRefused, match="đã được xét"):
        office.decide({item.pk: Choice(False, "x")})


def test_only_the_keeper_decides_and_only_what_she_sees(office):
    item = office.say(values={"religion_sealed": "khong"})[0]
    with pytest.raises(NotVisible):
        office.decide({item.pk: Choice(True)})  # not sent yet
    office.send()
    with pytest.raises(Forbidden):
        office.decide({item.pk: Choice(True)}, who=office.of("can-bo-don-vi", None))
    assert items_of(declaration=Declaration.objects.get(), **office.of("can-bo-don-vi", None)) == ([], 1)
    for who in (office.of("lanh-dao", None), office.of("ca-nhan", office.an.pk)):
        with pytest.raises(NotVisible):
            office.decide({item.pk: Choice(True)}, who=who)
    with pytest.raises(Forbidden, match="người khác xét"):
        office.decide({item.pk: Choice(True)}, who=office.of("can-bo-to-chuc", office.an.pk))
    Employment.objects.filter(person=office.an).update(unit=unit("B"))
    with pytest.raises(NotVisible):
        office.decide({item.pk: Choice(True)})


def test_progress_counts_everybody_once(office):
    binh, chi = person("Trần Bình", office.unit), person("Lê Chi", office.unit)
    item = office.say()[0]
    people = [office.an.pk, binh.pk, chi.pk]

    def states():
        return counted(answers(of=office.round, people=people, **office.keeper))

    assert states() == {"none": 2, "draft": 1, "sent": 0, "decided": 0}
    office.send()
    send(of=office.round.pk, on=ON, at=AT, **office.of("ca-nhan", binh.pk))
    assert states() == {"none": 1, "draft": 0, "sent": 1, "decided": 1}
    office.decide({item.pk: Choice(True)})
    assert states() == {"none": 1, "draft": 0, "sent": 0, "decided": 2}
