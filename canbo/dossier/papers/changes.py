"""The life of a paper: draft → issued → in effect, or given up; and templates put in use."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from canbo.audit.changes import act, keyring, require, values_of
from canbo.documents.paper import STATE, Document
from canbo.documents.wire import to_json
from canbo.dossier.files import MEDIA, checked_media, content_of, keep
from canbo.dossier.models import Decision, Paper, PaperTemplate
from canbo.dossier.papers.effects import PaperRefused
from canbo.dossier.papers.places import sealed_at
from canbo.dossier.papers.queries import (
    PaperValues,
    paper,
    refuse_taken_number,
    template,
    template_in_use,
    values_of_paper,
)
from canbo.dossier.papers.rendering import placeholders_of, rendered, sample_of
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate


@dataclass(frozen=True)
class Issue:
    """What issuing adds: number and day, the first day of effect (None = the day of issue), who signed."""

    number: str
    issued_on: date
    signer: str
    signer_title: str = ""
    in_effect_on: date | None = None


def draft_paper(
    *, kind: str, unit: int, title: str, document: Document, groups: Iterable[str], actor: Actor, scope: Scope,
    at: datetime, extra: Mapping[str, Any] | None = None, replaces: int | None = None,
) -> Paper:  # fmt: skip
    """Freeze a document as a draft of the unit; `groups` are the field groups whose values it prints.

    The agency's template of this kind is used when one is in use. Number and day stay blank until it is issued.
    """
    wanted = frozenset(groups)
    if not scope.sees_unit(unit) or not wanted <= scope.groups:
        raise Forbidden("Bạn chưa được giao quyền soạn văn bản này cho đơn vị đã chọn.")
    head = replace(document.letterhead, number="", on=None)
    values = PaperValues(
        replace(document, letterhead=head),
        dict(extra or {}),
        template_in_use(unit=unit, kind=kind, actor=actor, scope=scope),
    )
    require(actor, "papers.write")
    content = _rendered(values)
    with act(actor=actor, action="papers.write", at=at) as log:
        row = Paper(
            kind=kind,
            side=head.side,
            unit_id=unit,
            title=title[:500],
            groups=sorted(wanted),
            user=actor.user,
            created_at=at,
        )
        row.replaces = _replaceable(replaces, actor, scope)
        row.values_sealed = _sealed(row.key, values)
        row.file_sha256 = keep(content=content, media_type=MEDIA["docx"], at=at)
        row.save(force_insert=True)
        log.inserted(row)
    return row


def issue_paper(
    *, pk: int, issue: Issue, on: date, actor: Actor, scope: Scope, at: datetime, scan: tuple[str, bytes] | None = None
) -> Paper:
    """Number, day and signer are written once; the numbered copy is made from the same values, a decision stands for it."""
    found = _draft(pk, actor, scope)
    values = values_of_paper(of=found, actor=actor, scope=scope)
    checked = _checked(issue, values.document, on)
    require(actor, "papers.write")
    numbered = _numbered(values, checked)
    content = _rendered(numbered)
    with act(actor=actor, action="papers.issue", may="papers.write", at=at, document=checked.number) as log:
        row = _draft(pk, actor, scope)
        refuse_taken_number(of=row, number=checked.number, year=checked.issued_on.year, actor=actor, scope=scope)
        before = values_of(row)
        row.decision = _decision(row, checked, values.document)
        log.inserted(row.decision)
        row.state, row.number, row.issued_on = "issued", checked.number, checked.issued_on
        row.in_effect_on, row.signer, row.signer_title = checked.in_effect_on, checked.signer, checked.signer_title
        row.values_sealed = _sealed(row.key, numbered)
        row.file_sha256 = keep(content=content, media_type=MEDIA["docx"], at=at)
        row.scan_sha256 = _kept_scan(scan, at) if scan else ""
        row.save()
        log.updated(before, row)
    return row


def add_scan(*, pk: int, scan: tuple[str, bytes], actor: Actor, scope: Scope, at: datetime) -> Paper:
    """The signed copy of an issued paper, once."""
    with act(actor=actor, action="papers.scan", may="papers.write", at=at) as log:
        row = paper(pk=pk, actor=actor, scope=scope)
        if row.state != "issued" or row.scan_sha256:
            raise PaperRefused(
                "Chỉ gửi bản quét một lần cho văn bản đã ban hành; bản quét này đã có hoặc văn bản còn là dự thảo."
            )
        before = values_of(row)
        row.scan_sha256 = _kept_scan(scan, at)
        row.save()
        log.updated(before, row)
    return row


def withdraw_paper(*, pk: int, reason: str, actor: Actor, scope: Scope, at: datetime) -> Paper:
    """Give a draft up, with the reason; an issued paper is only replaced by another."""
    if not reason.strip():
        raise PaperRefused("Hãy ghi lý do hủy dự thảo.")
    with act(actor=actor, action="papers.withdraw", may="papers.write", at=at, reason=reason) as log:
        row = _draft(pk, actor, scope)
        before = values_of(row)
        row.state = "withdrawn"
        row.save()
        log.updated(before, row)
    return row


def add_template(
    *, unit: int, kind: str, name: str, content: bytes, filename: str, actor: Actor, scope: Scope, at: datetime
) -> PaperTemplate:
    """Look at a template in the sandbox and keep it, not yet in use; Refused, FileRefused with one sentence."""
    require(actor, "papers.write")
    if not scope.sees_unit(unit):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    if not filename.lower().endswith(".docx"):
        raise PaperRefused("Mẫu phải là tệp Word .docx; hãy lưu lại bằng Word rồi gửi lại.")
    media = checked_media(filename=filename, content=content)
    found, sample = placeholders_of(content), sample_of(content)
    with act(actor=actor, action="papers.template", may="papers.write", at=at) as log:
        row = PaperTemplate(
            unit_id=unit, kind=kind, name=name.strip()[:200] or filename[:200], in_use=False, created_at=at
        )
        row.placeholders, row.file_sha256 = found, keep(content=content, media_type=media, at=at)
        row.sample_sha256 = keep(content=sample, media_type=media, at=at)
        row.save(force_insert=True)
        log.inserted(row)
    return row


def use_template(*, pk: int, in_use: bool, actor: Actor, scope: Scope, at: datetime) -> PaperTemplate:
    """Put a template in use in place of every other of the unit and kind, or go back to our layout."""
    with act(actor=actor, action="papers.template", may="papers.write", at=at) as log:
        row = template(pk=pk, actor=actor, scope=scope)
        others = PaperTemplate.objects.filter(unit=row.unit_id, kind=row.kind, in_use=True).exclude(pk=row.pk)
        for each, use in ((row, in_use), *((other, False) for other in others if in_use)):
            before = values_of(each)
            each.in_use = use
            each.save()
            log.updated(before, each)
    return row


def _draft(pk: int, actor: Actor, scope: Scope) -> Paper:
    row = paper(pk=pk, actor=actor, scope=scope)
    if row.state != "draft":
        raise PaperRefused(
            "Văn bản đã ban hành không sửa, hủy được; hãy soạn văn bản khác thay thế." if row.state == "issued"
            else "Dự thảo này đã hủy; hãy soạn dự thảo mới."
        )  # fmt: skip
    return row


def _replaceable(pk: int | None, actor: Actor, scope: Scope) -> Paper | None:
    if pk is None:
        return None
    row = paper(pk=pk, actor=actor, scope=scope)
    if row.state != "issued":
        raise PaperRefused("Chỉ văn bản đã ban hành mới cần văn bản thay thế; dự thảo thì hủy rồi soạn lại.")
    return row


def _checked(issue: Issue, document: Document, on: date) -> Issue:
    """The issue with its full number; what is missing or impossible is refused in one sentence."""
    number, signer = issue.number.strip(), issue.signer.strip()
    if not number or not signer:
        raise PaperRefused("Ban hành cần có số và người ký; hãy ghi đủ hai mục này.")
    if issue.issued_on > on:
        raise PaperRefused(f"Ngày ban hành {issue.issued_on:%d/%m/%Y} chưa đến; hãy ghi ngày đã ký văn bản.")
    effect = issue.in_effect_on or issue.issued_on
    if effect < issue.issued_on:
        raise PaperRefused(
            f"Ngày hiệu lực {effect:%d/%m/%Y} không được trước ngày ban hành {issue.issued_on:%d/%m/%Y}."
        )
    return replace(issue, number=_full_number(number, document), signer=signer, in_effect_on=effect)


def _full_number(number: str, document: Document) -> str:
    """`12` and the symbol `QĐ-UBND` → `12/QĐ-UBND`; Party papers join by a hyphen."""
    head = document.letterhead
    if not number.isdigit() or not head.symbol:
        return number
    return f"{number.zfill(2)}{'/' if head.side == STATE else '-'}{head.symbol}"


def _numbered(values: PaperValues, issue: Issue) -> PaperValues:
    document = values.document
    head = replace(document.letterhead, number=issue.number, on=issue.issued_on)
    signature = replace(document.signature, name=issue.signer) if document.signature else None
    return replace(values, document=replace(document, letterhead=head, signature=signature))


def _decision(row: Paper, issue: Issue, document: Document) -> Decision:
    effect = issue.in_effect_on or issue.issued_on
    return Decision.objects.create(
        number=issue.number, issued_on=PartialDate.from_date(issue.issued_on), in_effect_on=PartialDate.from_date(effect),
        issuer=document.letterhead.issuer[:200], signer=issue.signer[:200], kind=row.kind, summary=row.title,
    )  # fmt: skip


def _rendered(values: PaperValues) -> bytes:
    content = content_of(values.template)[0] if values.template else None
    return rendered(document=values.document, template=content, values=values.extra)


def _sealed(key: str, values: PaperValues) -> str:
    text = json.dumps(
        {"document": to_json(values.document), "extra": values.extra, "template": values.template}, ensure_ascii=False
    )
    return keyring().seal(text, place=sealed_at(key))


def _kept_scan(scan: tuple[str, bytes], at: datetime) -> str:
    filename, content = scan
    if not filename.lower().endswith(".pdf"):
        raise PaperRefused("Bản quét phải là tệp PDF; hãy quét hoặc lưu lại thành PDF rồi gửi lại.")
    return keep(content=content, media_type=checked_media(filename=filename, content=content), at=at)
