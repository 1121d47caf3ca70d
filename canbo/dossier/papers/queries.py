"""Reading papers: those of units of the scope whose every printed field group the reader sees."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from canbo.audit.changes import keyring
from canbo.documents.paper import Document
from canbo.documents.wire import from_json
from canbo.dossier.files import content_of
from canbo.dossier.models import Paper, PaperTemplate
from canbo.dossier.papers.effects import PaperRefused
from canbo.dossier.papers.places import sealed_at
from canbo.dossier.queries import NotVisible
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import fold


class NoSuchPaper(NotVisible):
    """No such paper, or not within what the reader may see: the same words for both."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy văn bản này trong phạm vi bạn được giao.")


@dataclass(frozen=True)
class PaperValues:
    """What a draft sealed: the document, the mechanism's own values, and which template (by hash) prints it."""

    document: Document
    extra: dict[str, Any] = field(default_factory=dict)
    template: str = ""


def papers(*, actor: Actor, scope: Scope, unit: int | None = None, search: str = "") -> list[Paper]:
    """All the reader may see, the newest first; without the sealed values."""
    if not actor.may("papers.read"):
        return []
    rows = _within(scope).defer("values_sealed").select_related("unit").order_by("-pk")
    if unit is not None:
        rows = rows.filter(unit=unit)
    wanted = fold(search)
    return [p for p in rows if _groups_seen(p, scope) and wanted in fold(f"{p.title} {p.number} {p.kind}")]


def paper(*, pk: int, actor: Actor, scope: Scope) -> Paper:
    """The paper; NoSuchPaper when its unit or one of its field groups is not the reader's."""
    found = _within(scope).select_related("unit", "decision", "replaces").filter(pk=pk).first()
    if found is None or not actor.may("papers.read") or not _groups_seen(found, scope):
        raise NoSuchPaper
    return found


def replaced_by(*, of: Paper, actor: Actor, scope: Scope) -> list[Paper]:
    """Issued papers that replace this one, as far as the reader sees them."""
    rows = _within(scope).filter(replaces=of, state="issued").order_by("in_effect_on", "pk")
    return [row for row in rows if actor.may("papers.read") and _groups_seen(row, scope)]


def values_of_paper(*, of: Paper, actor: Actor, scope: Scope) -> PaperValues:
    """What the paper says, opened; the paper was read by `paper`."""
    if not actor.may("papers.read") or not _groups_seen(of, scope) or not scope.sees_unit(of.unit_id):
        raise NoSuchPaper
    kept = json.loads(keyring().open(of.values_sealed, place=sealed_at(of.key)))
    return PaperValues(from_json(kept["document"]), kept["extra"], kept["template"])


def file_of_paper(*, of: Paper, scan: bool, actor: Actor, scope: Scope) -> tuple[bytes, str]:
    """(bytes, media type) of the text as frozen, or of the scan."""
    sha256 = of.scan_sha256 if scan else of.file_sha256
    if not actor.may("papers.read") or not _groups_seen(of, scope) or not scope.sees_unit(of.unit_id) or not sha256:
        raise NoSuchPaper
    return content_of(sha256)


def templates(*, actor: Actor, scope: Scope) -> QuerySet[PaperTemplate]:
    """Templates of the units of the scope, those in use first."""
    if not actor.may("papers.read"):
        return PaperTemplate.objects.none()
    rows = PaperTemplate.objects.select_related("unit").order_by("kind", "-in_use", "-pk")
    return rows if scope.units is None else rows.filter(unit__in=scope.units)


def template(*, pk: int, actor: Actor, scope: Scope) -> PaperTemplate:
    found = templates(actor=actor, scope=scope).filter(pk=pk).first()
    if found is None:
        raise NoSuchPaper
    return found


def template_in_use(*, unit: int, kind: str, actor: Actor, scope: Scope) -> str:
    """The hash of the template the unit uses for this kind; "" when ours is used."""
    if not scope.sees_unit(unit) or not actor.may("papers.read"):
        return ""
    rows = PaperTemplate.objects.filter(unit=unit, kind=kind, in_use=True).order_by("-pk")
    return rows.values_list("file_sha256", flat=True).first() or ""


def refuse_taken_number(*, of: Paper, number: str, year: int, actor: Actor, scope: Scope) -> None:
    """A number is given once a year by one issuing body (Nghị định 30/2020, Điều 15)."""
    taken = Paper.objects.filter(unit=of.unit_id, side=of.side, state="issued", number=number, issued_on__year=year)
    if taken.filter(~Q(pk=of.pk)).exists():
        raise PaperRefused(f"Số {number} đã cấp cho một văn bản khác trong năm {year}; hãy lấy số tiếp theo.")


def _within(scope: Scope) -> QuerySet[Paper]:
    return Paper.objects.all() if scope.units is None else Paper.objects.filter(unit__in=scope.units)


def _groups_seen(of: Paper, scope: Scope) -> bool:
    return set(of.groups) <= scope.groups
