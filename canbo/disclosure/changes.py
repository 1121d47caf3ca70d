"""Making known, taking down; remarks received, read through, answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from canbo.audit.changes import act, values_of
from canbo.disclosure.authors import UNNAMED, own_mark, sealed_author
from canbo.disclosure.fields import DisclosureRefused as DisclosureRefused
from canbo.disclosure.fields import checked_table, kind_of
from canbo.disclosure.frozen import hash_of, state_of
from canbo.disclosure.models import REACHES, Publication, Remark
from canbo.disclosure.queries import PUBLISH, READ, publication, published, remark
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean
from canbo.organization.models import Unit

ON_SCREEN = "tren-may"
SOURCES = {
    ON_SCREEN: "gửi trên phần mềm", "van-ban": "bằng văn bản", "truc-tiep": "nói trực tiếp", "dien-thoai": "qua điện thoại",
    "hom-thu": "hòm thư góp ý",
}  # fmt: skip
LONGEST = 5000


@dataclass(frozen=True)
class Wanted:
    """A table to be made known. `table`: `heads`, `rows` of as many cells, `notes` below it. `about`: its number in its own mechanism."""

    unit: int
    kind: str
    about: int | None
    name: str
    document: str
    reach: str
    place: str
    start: date
    end: date
    table: Mapping[str, Any]


def publish(*, wanted: Wanted, actor: Actor, scope: Scope, at: datetime) -> Publication:
    """Freeze the table with its hash; from `start` to the end of `end` it is shown. Raises DisclosureRefused, Forbidden."""
    row = _frozen(wanted)
    with act(actor=actor, action=PUBLISH, at=at, document=row.document) as log:
        if not scope.sees_unit(wanted.unit) or not Unit.objects.filter(pk=wanted.unit).exists():
            raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
        row.save()
        log.inserted(row)
    return row


def _frozen(wanted: Wanted) -> Publication:
    kind = kind_of(wanted.kind)
    if not clean(wanted.name):
        raise DisclosureRefused("Hãy đặt tên cho danh sách được công khai.")
    if wanted.reach not in kind.reaches:
        allowed = " hoặc ".join(label for code, label in REACHES if code in kind.reaches)
        raise DisclosureRefused(f"{kind.label} chỉ công khai trong phạm vi: {allowed}; hãy chọn lại phạm vi.")
    if wanted.end < wanted.start:
        raise DisclosureRefused("Ngày kết thúc công khai trước ngày bắt đầu; hãy sửa ngày.")
    row = Publication(
        unit_id=wanted.unit, kind=wanted.kind, about=wanted.about, name=clean(wanted.name)[:300], document=clean(wanted.document)[:200],
        reach=wanted.reach, place=clean(wanted.place)[:200], start=wanted.start, end=wanted.end,
        table=checked_table(wanted.kind, wanted.table),
    )  # fmt: skip
    row.sha256 = hash_of(row)
    return row


def withdraw(*, pk: int, reason: str, on: date, actor: Actor, scope: Scope, at: datetime) -> Publication:
    """Take down before the end: from now on only who publishes for the unit sees it, with the reason."""
    if not clean(reason):
        raise DisclosureRefused("Hãy ghi lý do gỡ danh sách.")
    with act(actor=actor, action="disclosure.withdraw", may=PUBLISH, at=at) as log:
        row = published(pk=pk, actor=actor, scope=scope)
        if row.withdrawn_on is not None:
            raise DisclosureRefused(f"Danh sách này đã được gỡ ngày {row.withdrawn_on:%d/%m/%Y}.")
        if state_of(row, on) == "over":
            raise DisclosureRefused("Danh sách đã hết thời hạn công khai nên không cần gỡ.")
        before = values_of(row)
        row.withdrawn_on, row.withdrawn_reason = on, clean(reason)[:300]
        row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
        log.updated(before, row)
    return row


def receive_remark(
    *, pk: int, text: str, source: str, author: str, on: date, actor: Actor, scope: Scope, at: datetime
) -> Remark:
    """What somebody says to a publication; her name is sealed, and the log says only that a remark came in.

    Sent ON_SCREEN the author is the account that sends; by any other source whoever publishes for the unit writes it down,
    `author` empty where it came without a name.
    """
    if source not in SOURCES:
        raise DisclosureRefused("Hãy chọn hình thức đã nhận góp ý.")
    if source == ON_SCREEN:
        return _own_remark(pk, Remark(received_on=on, source=source, text=text), actor, scope, at)
    row = Remark(received_on=on, source=source, text=_words(text, "nội dung góp ý"))
    with act(actor=actor, action="disclosure.remark", may=PUBLISH, at=at) as log:
        row.publication = published(pk=pk, actor=actor, scope=scope)
        if on < row.publication.start:
            raise DisclosureRefused("Ngày nhận góp ý trước ngày công khai; hãy sửa ngày.")
        row.author_sealed = sealed_author(row, clean(author)[:200])
        row.save()
        log.inserted(row)
    return row


def _own_remark(pk: int, row: Remark, actor: Actor, scope: Scope, at: datetime) -> Remark:
    row.text = _words(row.text, "nội dung góp ý")
    row.publication = publication(pk=pk, on=row.received_on, actor=actor, scope=scope)
    if state_of(row.publication, row.received_on) != "now":
        raise DisclosureRefused("Danh sách này không đang trong thời gian công khai nên chưa nhận góp ý trên phần mềm.")
    unnamed = replace(actor, user=UNNAMED, role="", unit=row.publication.unit_id)
    with act(actor=unnamed, action="disclosure.remark", may=READ, at=at) as log:
        row.author_sealed = sealed_author(row, own_mark(actor))
        row.save()
        log.inserted(row)
    return row


def moderate(*, pk: int, accepted: bool, reason: str, actor: Actor, scope: Scope, at: datetime) -> Remark:
    """Take a remark up to be answered, or leave it with the reason, which its author reads."""
    if not accepted and not clean(reason):
        raise DisclosureRefused("Hãy ghi lý do không ghi nhận; người góp ý sẽ đọc lý do này.")
    with act(actor=actor, action="disclosure.moderate", may=PUBLISH, at=at) as log:
        row = remark(pk=pk, actor=actor, scope=scope)
        if row.answered_on is not None:
            raise DisclosureRefused("Góp ý này đã được trả lời nên không xét lại được.")
        before = values_of(row)
        row.accepted, row.reason = accepted, "" if accepted else clean(reason)[:300]
        row.save(update_fields=["accepted", "reason"])
        log.updated(before, row)
    return row


def answer(*, pk: int, text: str, on: date, actor: Actor, scope: Scope, at: datetime) -> Remark:
    """The answer, which the author reads beside her remark."""
    said = _words(text, "nội dung trả lời")
    with act(actor=actor, action="disclosure.answer", may=PUBLISH, at=at) as log:
        row = remark(pk=pk, actor=actor, scope=scope)
        if row.accepted is not True:
            raise DisclosureRefused("Hãy ghi nhận góp ý này trước khi trả lời.")
        if row.answered_on is not None:
            raise DisclosureRefused(f"Góp ý này đã được trả lời ngày {row.answered_on:%d/%m/%Y}.")
        if on < row.received_on:
            raise DisclosureRefused("Ngày trả lời trước ngày nhận góp ý; hãy sửa ngày.")
        before = values_of(row)
        row.answered_on, row.answer = on, said
        row.save(update_fields=["answered_on", "answer"])
        log.updated(before, row)
    return row


def _words(text: str, what: str) -> str:
    """A text of several lines, in composed form, without invisible marks."""
    said = "\n".join(clean(line) for line in text.splitlines()).strip()
    if not said:
        raise DisclosureRefused(f"Hãy viết {what}.")
    if len(said) > LONGEST:
        raise DisclosureRefused(f"Phần {what} dài quá {LONGEST} chữ; hãy viết gọn lại.")
    return said
