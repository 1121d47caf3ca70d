"""The life of a paper, who sees it, and what an agency's template may do."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest

from canbo.access.policy import GROUPS
from canbo.audit.models import Act
from canbo.audit.queries import last_seq
from canbo.documents.grid import Grid, Head
from canbo.documents.paper import Document, Letterhead, Paragraph, Signature
from canbo.dossier.changes import DecisionText, ValueRefused, add_record, correct_record
from canbo.dossier.files import content_of
from canbo.dossier.models import Decision, Paper, PaperTemplate
from canbo.dossier.papers.changes import (
    Issue,
    add_scan,
    add_template,
    draft_paper,
    issue_paper,
    use_template,
    withdraw_paper,
)
from canbo.dossier.papers.effects import PaperRefused, effects_from, refuse_early_start
from canbo.dossier.papers.queries import NoSuchPaper, paper, papers, replaced_by, template_in_use, values_of_paper
from canbo.dossier.papers.rendering import LIMITS, sample_of
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate
from canbo.sandbox import SandboxError
from tests.documents.test_word import texts
from tests.dossier.world import AT, ON, person, unit

pytestmark = pytest.mark.django_db
ALL = frozenset(GROUPS)
HEAD = Letterhead("nha-nuoc", "Ủy ban nhân dân xã An Phú", "", "An Phú", symbol="QĐ-UBND")
DOCUMENT = Document(
    HEAD, "Quyết định", "Về việc cử đi bồi dưỡng", (), (Paragraph("Cử bà Nguyễn Thị An & ông Trần <Bình>."),),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")), ("Như Điều 2",),
)  # fmt: skip
ISSUE = Issue(number="12", issued_on=date(2025, 6, 1), signer="Lê Văn Dũng", signer_title="Chủ tịch")
PDF = ("quet.pdf", b"%PDF-1.4 ban quet")
OFFICER = Actor(user=7, role="can-bo-to-chuc", actions=frozenset({"papers.read", "papers.write"}))
READER = Actor(user=8, role="lanh-dao", actions=frozenset({"papers.read"}))
EVERYTHING = Scope(units=None, groups=ALL)


@pytest.fixture
def home(db):
    return unit("A")


@pytest.fixture
def draft(home) -> Paper:
    return drafted(home)


def drafted(home, **changes: object) -> Paper:
    given = {"kind": "QĐ", "unit": home.pk, "title": DOCUMENT.title, "document": DOCUMENT, "groups": ("basic",)}
    return draft_paper(**(given | {"actor": OFFICER, "scope": EVERYTHING, "at": AT} | changes))  # type: ignore[arg-type]


def issued(of: Paper, *, issue: Issue = ISSUE, scan: tuple[str, bytes] | None = None) -> Paper:
    return issue_paper(pk=of.pk, issue=issue, on=ON, actor=OFFICER, scope=EVERYTHING, at=AT, scan=scan)


def text_of(of: Paper) -> list[str]:
    return texts(content_of(of.file_sha256)[0])


# --- draft, issue, effect -----------------------------------------------------------------------------------------------


def test_draft_is_frozen_without_number_and_day(draft):
    found = text_of(draft)
    assert "Cử bà Nguyễn Thị An & ông Trần <Bình>." in found
    assert f"Số: {chr(160) * 8}/QĐ-UBND" in found
    assert (draft.state, draft.number, draft.issued_on, draft.decision_id) == ("draft", "", None, None)


def test_values_lie_sealed_in_the_table(draft):
    assert "Nguyễn Thị An" not in Paper.objects.get(pk=draft.pk).values_sealed
    opened = values_of_paper(of=draft, actor=OFFICER, scope=EVERYTHING)
    assert opened.document.title == DOCUMENT.title


def test_issuing_numbers_the_same_words_and_makes_a_decision(draft):
    row = issued(draft, scan=PDF)
    found = text_of(row)
    assert "Số: 12/QĐ-UBND" in found
    assert "An Phú, ngày 01 tháng 6 năm 2025" in found
    assert "Lê Văn Dũng" in found
    assert "Cử bà Nguyễn Thị An & ông Trần <Bình>." in found
    decision = Decision.objects.get(pk=row.decision_id)
    assert (decision.number, decision.issuer, decision.signer) == ("12/QĐ-UBND", HEAD.issuer, "Lê Văn Dũng")
    assert (decision.issued_on, decision.in_effect_on) == (PartialDate(2025, 6, 1), PartialDate(2025, 6, 1))
    assert content_of(row.scan_sha256) == (PDF[1], "application/pdf")
    assert [a.action for a in Act.objects.order_by("seq")][-2:] == ["papers.write", "papers.issue"]


def test_party_number_joins_by_a_hyphen(home):
    row = drafted(home, document=replace(DOCUMENT, letterhead=replace(HEAD, side="dang", symbol="QĐ/ĐU")))
    assert issued(row).number == "12-QĐ/ĐU"


def test_nothing_starts_from_a_draft_or_before_the_paper(draft, home):
    with pytest.raises(PaperRefused, match="còn là dự thảo"):
        effects_from(draft)
    row = issued(draft, issue=replace(ISSUE, in_effect_on=date(2025, 7, 1)))
    assert effects_from(row) == date(2025, 7, 1)
    for early in (date(2025, 6, 30), PartialDate(2025, 6), PartialDate(2024)):
        with pytest.raises(PaperRefused, match="có hiệu lực từ 01/07/2025"):
            refuse_early_start(paper=row, start=early)
    for late in (date(2025, 7, 1), PartialDate(2025, 7), PartialDate(2025)):
        refuse_early_start(paper=row, start=late)
    given_up = withdraw_paper(pk=drafted(home).pk, reason="soạn nhầm", actor=OFFICER, scope=EVERYTHING, at=AT)
    with pytest.raises(PaperRefused, match="đã hủy"):
        effects_from(given_up)


def test_a_post_does_not_begin_before_the_paper_it_rests_on(draft, home, actor, scope):
    row = issued(draft, issue=replace(ISSUE, in_effect_on=date(2025, 7, 1)))
    an, by = person("An", home), {"on": ON, "actor": actor, "at": AT, "reason": "theo quyết định"}
    own = replace(scope, units=frozenset({home.pk}))

    def post(start: PartialDate, *, issuer: str = HEAD.issuer, number: str = row.number, seen: Scope = scope, table: str = "holding"):
        said = DecisionText(number, PartialDate(2025, 6, 1), issuer)
        text = {"holding": {"title_text": "Phó trưởng phòng"}, "pay": {"rank_text": "Chuyên viên"}}[table]
        return add_record(person=an.pk, table=table, values={"start": start, **text}, decision=said, scope=seen, **by)

    before, after = PartialDate(2025, 6, 30), PartialDate(2025, 7, 1)
    for words, seen in ((HEAD.issuer, scope), ("ỦY BAN NHÂN DÂN  xã An Phú", scope), ("", own)):
        with pytest.raises(ValueRefused, match="văn bản số 12/QĐ-UBND có hiệu lực từ 01/07/2025"):
            post(before, issuer=words, seen=seen)
    begun = post(after)
    assert begun.decision_id == row.decision_id == post(PartialDate(2025, 7), issuer="", seen=own).decision_id
    fix = {"person": an.pk, "table": "holding", "row": begun.pk, "scope": scope, **by}
    with pytest.raises(ValueRefused, match="hãy ghi từ ngày đó trở đi"):
        correct_record(values={"start": before}, seen_seq=last_seq(), **fix)
    assert correct_record(values={"end": PartialDate(2026), "note": "x"}, seen_seq=last_seq(), **fix)
    # Another body's paper of the same number and day, one of another number, and pay, which may be granted from before.
    assert post(before, issuer="Ủy ban nhân dân xã Khác").decision_id != row.decision_id
    assert post(before, number="13/QĐ-UBND").decision_id != row.decision_id
    assert post(before, table="pay").decision_id == row.decision_id


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"number": " "}, "cần có số"), ({"signer": ""}, "cần có số"), ({"issued_on": date(2025, 6, 3)}, "chưa đến"),
     ({"in_effect_on": date(2025, 5, 31)}, "trước ngày ban hành")],
)  # fmt: skip
def test_issue_that_cannot_be_is_refused(draft, changes, sentence):
    with pytest.raises(PaperRefused, match=sentence):
        issued(draft, issue=replace(ISSUE, **changes))
    assert Paper.objects.get(pk=draft.pk).state == "draft"


def test_a_number_is_given_once_a_year(draft, home):
    issued(draft)
    second = drafted(home)
    with pytest.raises(PaperRefused, match="đã cấp"):
        issued(second)
    issued(second, issue=replace(ISSUE, issued_on=date(2024, 6, 1)))
    issued(drafted(unit("B")))


def test_issued_paper_is_never_changed_only_replaced(draft, home):
    row = issued(draft)
    for attempt in (lambda: issued(row), lambda: withdraw_paper(pk=row.pk, reason="x", actor=OFFICER, scope=EVERYTHING, at=AT)):
        with pytest.raises(PaperRefused, match="thay thế"):
            attempt()
    later = drafted(home, replaces=row.pk)
    assert replaced_by(of=row, actor=OFFICER, scope=EVERYTHING) == []
    issued(later, issue=replace(ISSUE, number="13"))
    assert [p.number for p in replaced_by(of=row, actor=OFFICER, scope=EVERYTHING)] == ["13/QĐ-UBND"]
    with pytest.raises(PaperRefused, match="đã ban hành mới cần"):
        drafted(home, replaces=drafted(home).pk)


def test_scan_comes_once_and_is_a_pdf(draft):
    with pytest.raises(PaperRefused, match="một lần"):
        add_scan(pk=draft.pk, scan=PDF, actor=OFFICER, scope=EVERYTHING, at=AT)
    row = issued(draft)
    with pytest.raises(PaperRefused, match="PDF"):
        add_scan(pk=row.pk, scan=("quet.jpg", b"\xff\xd8\xff"), actor=OFFICER, scope=EVERYTHING, at=AT)
    add_scan(pk=row.pk, scan=PDF, actor=OFFICER, scope=EVERYTHING, at=AT)
    with pytest.raises(PaperRefused, match="một lần"):
        add_scan(pk=row.pk, scan=PDF, actor=OFFICER, scope=EVERYTHING, at=AT)


def test_withdrawing_needs_a_reason_kept_in_the_log(draft):
    with pytest.raises(PaperRefused, match="lý do"):
        withdraw_paper(pk=draft.pk, reason=" ", actor=OFFICER, scope=EVERYTHING, at=AT)
    withdraw_paper(pk=draft.pk, reason="soạn nhầm", actor=OFFICER, scope=EVERYTHING, at=AT)
    assert Act.objects.order_by("-seq")[0].reason == "soạn nhầm"


# --- who ------------------------------------------------------------------------------------------------------------------


def test_paper_is_seen_by_who_sees_its_unit_and_all_it_prints(home):
    row = drafted(home, groups=("basic", "discipline"))
    for scope in (Scope(units=frozenset({home.pk + 99}), groups=ALL), Scope(units=None, groups=ALL - {"discipline"})):
        assert papers(actor=READER, scope=scope) == []
        with pytest.raises(NoSuchPaper):
            paper(pk=row.pk, actor=READER, scope=scope)
        with pytest.raises(NoSuchPaper):
            values_of_paper(of=row, actor=READER, scope=scope)
    assert papers(actor=READER, scope=EVERYTHING) == [row]
    assert papers(actor=Actor(user=1, role="thong-ke"), scope=EVERYTHING) == []


def test_only_writers_write_and_only_within_what_they_see(home, draft):
    with pytest.raises(Forbidden):
        drafted(home, actor=READER)
    with pytest.raises(Forbidden):
        drafted(home, scope=Scope(units=frozenset(), groups=ALL))
    with pytest.raises(Forbidden):
        drafted(home, groups=("history",), scope=Scope(units=None, groups=ALL - {"history"}))
    with pytest.raises(Forbidden):
        issue_paper(pk=draft.pk, issue=ISSUE, on=ON, actor=READER, scope=EVERYTHING, at=AT)


# --- templates ----------------------------------------------------------------------------------------------------------


def word_of(*lines: str) -> bytes:
    file, out = docx.Document(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """The docx with one part added or put in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, body)
    return out.getvalue()


def added(home, content: bytes, **changes: object) -> PaperTemplate:
    given = {"unit": home.pk, "kind": "QĐ", "name": "Mẫu xã", "content": content, "filename": "mau.docx"}
    return add_template(**(given | {"actor": OFFICER, "scope": EVERYTHING, "at": AT} | changes))  # type: ignore[arg-type]


OURS = word_of(
    "MẪU CỦA XÃ {{ co_quan }}", "{{ so_ky_hieu }} {{ dia_danh_ngay }}", "{%p for d in doan %}", "{{ d }}", "{%p endfor %}",
    "{{ gia_tri.lop }}", "{{ nguoi_ky }}",
)  # fmt: skip


def test_template_in_use_prints_the_paper_draft_and_numbered(home):
    row = added(home, OURS)
    assert template_in_use(unit=home.pk, kind="QĐ", actor=OFFICER, scope=EVERYTHING) == ""
    use_template(pk=row.pk, in_use=True, actor=OFFICER, scope=EVERYTHING, at=AT)
    made = drafted(home, extra={"lop": "Lớp A & B"})
    assert "MẪU CỦA XÃ Ủy ban nhân dân xã An Phú" in text_of(made)
    assert "Lớp A & B" in text_of(made)
    use_template(pk=row.pk, in_use=False, actor=OFFICER, scope=EVERYTHING, at=AT)
    numbered = text_of(issued(made))
    assert numbered[1] == "Số: 12/QĐ-UBND An Phú, ngày 01 tháng 6 năm 2025"
    assert "Cử bà Nguyễn Thị An & ông Trần <Bình>." in numbered
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text_of(drafted(home))


def test_one_template_of_a_kind_is_in_use(home):
    first, second = added(home, OURS), added(home, word_of("{{ co_quan }}"))
    for row in (first, second):
        use_template(pk=row.pk, in_use=True, actor=OFFICER, scope=EVERYTHING, at=AT)
    assert list(PaperTemplate.objects.filter(in_use=True).values_list("pk", flat=True)) == [second.pk]


RELATION = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId9" Type="http://x/image" Target="http://vi-du.test/anh.png" TargetMode="External"/></Relationships>'
)
FIELD = b"<w:document><w:instrText>INCLUDEPICTURE http://x</w:instrText></w:document>"


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (word_of("{{ ''.__class__.__mro__ }}"), "không được phép"),
        (word_of("{{ doan.append('x') }}"), "không được phép"),
        (word_of("{{ co_quan"), "sai cú pháp"),
        (word_of("{{ luong_toi_thieu }}"), "chưa biết: luong_toi_thieu"),
        (word_of("{% include 'x' %}"), "Không điền được"),
        (with_part(OURS, "word/_rels/document.xml.rels", RELATION), "trỏ tới"),
        (with_part(OURS, "word/vbaProject.bin", b"x"), "macro"),
        (with_part(OURS, "word/embeddings/oleObject1.bin", b"x"), "đối tượng nhúng"),
        (with_part(OURS, "word/document.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document/>"), "XML lạ"),
        (with_part(OURS, "word/document.xml", FIELD), "lấy nội dung từ ngoài"),
        (with_part(OURS, "word/media/image9.xml", b" " * (70 * 1024 * 1024)), "quá lớn"),
        (b"PK\x03\x04 nua tep", "bị hỏng"),
    ],
    ids=["class", "append", "syntax", "unknown", "include", "external", "macro", "ole", "entity", "field", "bomb", "half"],
)
def test_hostile_template_gets_one_sentence_and_is_not_kept(home, content, sentence):
    with pytest.raises(SandboxError, match=sentence) as refused:
        added(home, content)
    assert refused.value.text.count("\n") == 0
    assert PaperTemplate.objects.count() == 0


@pytest.mark.once
@pytest.mark.parametrize(
    "line",
    ["{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}", "{{ 'x' * 900000000 }}"],
    ids=["endless", "memory"],
)
def test_template_that_never_ends_is_stopped(home, line, monkeypatch):
    monkeypatch.setitem(LIMITS, "cpu_seconds", 2)
    with pytest.raises(SandboxError):
        added(home, word_of(line))
    assert PaperTemplate.objects.count() == 0


def test_value_only_the_mechanism_knows_is_an_example_in_the_sample_and_must_be_there_in_the_paper(home):
    row = added(home, word_of("{{ gia_tri.lop }}"))
    assert texts(sample_of(content_of(row.file_sha256)[0])) == ["[lop]"]
    use_template(pk=row.pk, in_use=True, actor=OFFICER, scope=EVERYTHING, at=AT)
    with pytest.raises(SandboxError, match="không có trong văn bản này"):
        drafted(home)


def test_template_is_word(home):
    with pytest.raises(PaperRefused, match=r"\.docx"):
        added(home, b"%PDF-1.4", filename="mau.pdf")


def test_tables_of_a_document_reach_the_template(home):
    content = word_of("{%p for b in bang %}", "{%p for d in b.dong %}", "{{ d|join(' – ') }}", "{%p endfor %}", "{%p endfor %}")
    use_template(pk=added(home, content).pk, in_use=True, actor=OFFICER, scope=EVERYTHING, at=AT)
    grid = Grid((Head("TT"), Head("Họ và tên")), [(1, "Nguyễn Thị An"), (2, "Trần Văn Bình")])
    assert text_of(drafted(home, document=replace(DOCUMENT, blocks=(grid,)))) == ["1 – Nguyễn Thị An", "2 – Trần Văn Bình"]


