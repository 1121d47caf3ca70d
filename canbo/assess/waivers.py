"""Special cases: a standard, or one criterion of it, waived or eased for one person by whoever may decide. They change no verdict."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canbo.assess.law_sets import Law
from canbo.dossier.changes import DecisionText, ValueRefused, add_record
from canbo.dossier.models import Waiver
from canbo.dossier.outline import decision_text
from canbo.dossier.sections import group_of_row
from canbo.engine.law.model import Criterion, Standard
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate

MANY = 500  # more people than this are not named in the query: all special cases of the day are fewer


@dataclass(frozen=True, kw_only=True)
class WaiverText:
    """A decision as typed: what of which standard, who decided by which paper, why, from when to when (open = until closed)."""

    standard: str
    criterion: str = ""
    authority: str
    number: str
    issued_on: PartialDate | None
    reason: str
    start: PartialDate | None
    end: PartialDate | None = None


def grant_waiver(*, person: int, said: WaiverText, law: Law, on: date, actor: Actor, scope: Scope, at: datetime) -> Waiver:
    """Write the special case into the dossier, as one act under its decision; it is corrected, closed and undone like any record.

    ValueRefused for what the law in service does not know or what is missing; other refusals as for dossier.changes.add_record.
    """
    standard = standard_named(said.standard, law)
    criterion = criterion_named(said.criterion, standard) if said.criterion else None
    _refuse_incomplete(said)
    _refuse_second(person, said)
    values = {
        "standard": standard.code, "criterion": said.criterion, "purpose": standard.purpose, "text": in_words(standard, criterion),
        "authority": said.authority, "reason": said.reason, "start": said.start, "end": said.end,
    }  # fmt: skip
    decision = DecisionText(number=said.number, issued_on=said.issued_on, issuer=said.authority)
    document = f"{said.number} ngày {said.issued_on.display}" if said.issued_on else said.number
    return add_record(  # type: ignore[return-value]
        person=person, table=Waiver._meta.db_table, values=values, on=on, actor=actor, scope=scope, at=at, reason=said.reason,
        document=document, decision=decision,
    )  # fmt: skip


def standard_named(code: str, law: Law) -> Standard:
    """A standard of the central or of a local law. Raises ValueRefused."""
    found = next((laws.standards[code] for laws in (law.central, *law.local) if code in laws.standards), None)
    if found is None:
        raise ValueRefused("Hãy chọn tiêu chuẩn hoặc tiêu chí được miễn, giảm trong danh sách.")
    return found


def criterion_named(code: str, standard: Standard) -> Criterion:
    """The newest wording of a criterion. Raises ValueRefused."""
    found = next((c for v in reversed(standard.versions) for c in v.criteria if c.code == code), None)
    if found is None:
        raise ValueRefused(f"Tiêu chuẩn “{standard.label}” không có tiêu chí này; hãy chọn lại trong danh sách.")
    return found


def in_words(standard: Standard, criterion: Criterion | None) -> str:
    return f"{standard.label}: {criterion.label if criterion else 'toàn bộ tiêu chuẩn'}"[:300]


def _refuse_incomplete(said: WaiverText) -> None:
    for given, what in (
        (said.authority, "cấp có thẩm quyền đã quyết định"), (said.number, "số, ký hiệu văn bản"), (said.issued_on, "ngày văn bản"),
        (said.reason, "lý do như văn bản đã ghi"), (said.start, "ngày bắt đầu áp dụng"),
    ):  # fmt: skip
        if not given:
            raise ValueRefused(f"Hãy ghi {what}.")


def _refuse_second(person: int, said: WaiverText) -> None:
    same = Waiver.objects.filter(person=person, standard=said.standard, criterion=said.criterion)
    on = said.start.lo if said.start else None
    if on and same.holding(on).exists():  # type: ignore[attr-defined]
        raise ValueRefused("Nội dung này đang có một trường hợp đặc biệt còn hiệu lực; hãy kết thúc mục ấy trước khi ghi mục mới.")


def waivers_of(*, people: Collection[int], on: date, actor: Actor, scope: Scope) -> dict[int, list[dict[str, Any]]]:
    """Special cases in effect on the day, by person, newest first, of the groups the reader sees.

    `people` were found within the scope before.
    """
    rows = Waiver.objects.holding(on).select_related("decision").order_by("-start", "-pk")  # type: ignore[attr-defined]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows if len(people) > MANY else rows.filter(person__in=people):
        if row.person_id in people and scope.sees_group(group_of_row(Waiver._meta.db_table, vars(row))):
            found[row.person_id].append(as_json(row))
    return dict(found)


def of_standard(waivers: Collection[dict[str, Any]], standard: str) -> list[dict[str, Any]]:
    return [one for one in waivers if one["standard"] == standard]


def as_json(row: Waiver) -> dict[str, Any]:
    return {
        "id": row.pk, "standard": row.standard, "criterion": row.criterion or None, "text": row.text or None,
        "authority": row.authority, "reason": row.reason, "document": row.decision.number if row.decision else None,
        "paper": decision_text(row.decision).removesuffix(f", {row.authority}") or None,
        "from": row.start.iso if row.start else None, "to": row.end.iso if row.end else None,
    }  # fmt: skip


__all__ = ["WaiverText", "criterion_named", "grant_waiver", "in_words", "of_standard", "standard_named", "waivers_of"]
