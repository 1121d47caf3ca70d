"""Writing units, titles and their history."""

from datetime import date, datetime

from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.changes import act, values_of
from canbo.engine.codelists import Row, load_codelist
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Succession, Title, Unit

TITLE_LISTS = ("titles_commune", "titles_district", "titles_province")
_BLOCKS = {"dang-uy": "dang", "hdnd": "chinh-quyen", "ubnd": "chinh-quyen", "mttq": "mat-tran-doan-the"}


class UnitRefused(Exception):
    """A change of a unit that cannot be; the text says what to do."""


def load_titles(*, actor: Actor, scope: Scope, at: datetime) -> int:
    """Titles of the shipped code lists that the folder does not have yet → how many were added."""
    known = set(Title.objects.values_list("code", flat=True))
    rows = [row for name in TITLE_LISTS for row in load_codelist(name).rows if row.code not in known]
    batch = Batch()
    for pk, row in zip(reserve_ids(Title, len(rows)) if rows else [], rows):
        batch.insert(Title, {"id": pk, **_title(row)})
    write(batch, actor=actor, action="organization.write", at=at, reason="nạp danh mục chức danh")
    return len(rows)


def _title(row: Row) -> dict:
    return {
        "code": row.code,
        "name": row.label,
        "level": row.extra["level"],
        "block": _BLOCKS.get(row.extra["body"], ""),
        "rank": row.rank,
        "key_post": {"true": True, "false": False}.get(row.extra["key_post"]),
        "protocol_order": int(row.extra["protocol_order"] or 9999),
        "evidence": row.confidence,
    }


def create_unit(
    *,
    code: str,
    name: str,
    parent: Unit | None,
    start: PartialDate | None,
    actor: Actor,
    scope: Scope,
    at: datetime,
    kind: str = "",
    level: str = "",
    block: str = "",
    province: str = "",
    commune: str = "",
    document: str = "",
) -> Unit:
    """Open a unit; its parent must be within the scope."""
    _require_in_scope(parent, scope)
    if Unit.objects.filter(code=code).exists():
        raise UnitRefused(f"Mã đơn vị “{code}” đã có; hãy chọn mã khác.")
    with act(actor=actor, action="organization.write", at=at, document=document) as log:
        unit = Unit.objects.create(
            code=code, name=name, parent=parent, start=start, kind=kind, level=level, block=block,
            province=province, commune=commune,
        )  # fmt: skip
        log.inserted(unit)
    return unit


def succeed(
    *, old: Unit, new: Unit | None, on: date, kind: str, actor: Actor, scope: Scope, at: datetime, document: str = ""
) -> Succession:
    """Close `old` on a day and note who took it over (None = dissolved). People are moved by canbo.reorganization."""
    _require_in_scope(old, scope)
    with act(actor=actor, action="organization.write", at=at, document=document) as log:
        before = values_of(old)
        old.end = PartialDate.from_date(on)
        old.save()
        log.updated(before, old)
        link = Succession.objects.create(old=old, new=new, on=on, kind=kind, document=document)
        log.inserted(link)
    return link


def _require_in_scope(unit: Unit | None, scope: Scope) -> None:
    if scope.units is not None and not (unit and scope.sees_unit(unit.pk)):
        raise UnitRefused("Đơn vị này nằm ngoài phạm vi bạn được giao.")
