"""Writing units, titles and their history."""

from datetime import date, datetime

from django.core.exceptions import ValidationError

from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.changes import act, values_of
from canbo.engine.codelists import Row, load_codelist
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import clean
from canbo.organization.models import Body, Norm, Succession, Title, Unit

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
    with act(actor=actor, action="organization.write", at=at, document=document) as log:
        _require_in_scope(parent, scope)
        if Unit.objects.filter(code=code).exists():
            raise UnitRefused(f"Mã đơn vị “{code}” đã có; hãy chọn mã khác.")
        unit = Unit(
            code=code, name=clean(name), parent=parent, start=start, kind=kind, level=level, block=block,
            province=province, commune=commune,
        )  # fmt: skip
        _check(unit)
        unit.save(force_insert=True)
        log.inserted(unit)
    return unit


def correct_unit(
    *, unit: Unit, name: str, kind: str, block: str, level: str, start: PartialDate | None, document: str, actor: Actor,
    scope: Scope, at: datetime,
) -> Unit:  # fmt: skip
    """Put right what was written wrongly. A change of name by a decision is a succession, not a correction."""
    with act(actor=actor, action="organization.write", at=at, reason="sửa thông tin đơn vị", document=document) as log:
        _require_in_scope(unit, scope)
        unit.refresh_from_db()
        before = values_of(unit)
        unit.name, unit.kind, unit.block, unit.level, unit.start = clean(name), kind, block, level, start
        if unit.start and unit.end and unit.end.hi < unit.start.lo:
            raise UnitRefused(f"Đơn vị đã kết thúc từ {unit.end.display}; ngày bắt đầu phải trước ngày đó.")
        _check(unit)
        unit.save()
        log.updated(before, unit)
    return unit


def create_title(
    *, code: str, name: str, level: str, block: str, protocol_order: int, document: str, actor: Actor, scope: Scope, at: datetime
) -> Title:
    """A title the shipped lists do not have; whether it is a key one stays unknown until a document says so."""
    with act(actor=actor, action="organization.write", at=at, reason="thêm chức danh", document=document) as log:
        if Title.objects.filter(code=code).exists():
            raise UnitRefused(f"Mã chức danh “{code}” đã có; hãy chọn mã khác.")
        title = Title(code=code, name=clean(name), level=level, block=block, protocol_order=protocol_order)
        _check(title)
        title.save(force_insert=True)
        log.inserted(title)
    return title


def create_body(
    *, unit: Unit, name: str, kind: str, start: PartialDate | None, document: str, actor: Actor, scope: Scope, at: datetime
) -> Body:
    """A collective of a unit; its code is made from the unit's, its kind and how many there are already."""
    with act(actor=actor, action="organization.write", at=at, reason="thêm tập thể", document=document) as log:
        _require_in_scope(unit, scope)
        number = Body.objects.filter(unit=unit, kind=kind).count() + 1
        body = Body(unit=unit, code=f"{unit.code[:20]}-{unit.pk}-{kind}-{number}", kind=kind, name=clean(name), start=start)
        _check(body)
        body.save(force_insert=True)
        log.inserted(body)
    return body


def set_norm(
    *, unit: Unit, staff_kind: str, count: int, start: PartialDate, document: str, actor: Actor, scope: Scope, at: datetime
) -> Norm:
    """Allot staff from a day on; the allotment before it ends that day and stays readable."""
    with act(actor=actor, action="organization.write", at=at, reason="giao biên chế", document=document) as log:
        _require_in_scope(unit, scope)
        for old in Norm.objects.filter(unit=unit, staff_kind=staff_kind, end=None):
            if old.start and old.start.lo >= start.lo:
                raise UnitRefused(f"Đã có số được giao từ {old.start.display}; hãy ghi ngày sau đó.")
            before = values_of(old)
            old.end = start
            old.save()
            log.updated(before, old)
        norm = Norm(unit=unit, staff_kind=staff_kind, count=count, start=start, document=document)
        _check(norm)
        norm.save(force_insert=True)
        log.inserted(norm)
    return norm


def succeed(
    *, old: Unit, new: Unit | None, on: date, kind: str, actor: Actor, scope: Scope, at: datetime, document: str = ""
) -> Succession:
    """Close `old` on a day and note who took it over (None = dissolved). People are moved by canbo.reorganization.

    A unit taken over by several has one call for each, all on the same day. UnitRefused when it cannot be.
    """
    with act(actor=actor, action="organization.write", at=at, document=document) as log:
        _require_in_scope(old, scope)
        old.refresh_from_db()
        link = Succession(old=old, new=new, on=on, kind=kind, document=document)
        _refuse_succession(link)
        before = values_of(old)
        old.end = PartialDate.from_date(on)
        old.save()
        log.updated(before, old)
        link.save(force_insert=True)
        log.inserted(link)
    return link


def _refuse_succession(link: Succession) -> None:
    old, day = link.old, PartialDate.from_date(link.on)
    if link.new_id == old.pk:
        raise UnitRefused("Một đơn vị không thể tiếp nhận chính nó; hãy chọn đơn vị khác.")
    if link.new_id is not None and old.pk in _ancestry(link.new_id):
        raise UnitRefused(f"“{old.name}” đã tiếp nhận đơn vị này trước đó; hãy xem lại hướng sáp nhập.")
    if old.end is not None and old.end != day:
        raise UnitRefused(f"“{old.name}” đã kết thúc từ {old.end.display}; ngày kết thúc không được ghi đè.")
    if old.start is not None and day.lo < old.start.lo:
        raise UnitRefused(f"“{old.name}” chỉ có từ {old.start.display}; hãy chọn ngày sau đó.")
    if Succession.objects.filter(old=old, new=link.new, on=link.on).exists():
        raise UnitRefused("Việc tiếp nhận này đã được ghi.")
    _check(link)


def _ancestry(unit: int) -> set[int]:
    """The units this one goes on from, directly or not: who a unit took over cannot take it over."""
    found: set[int] = set()
    todo = [unit]
    while todo:
        links = Succession.objects.filter(old__in=todo, new__isnull=False)
        todo = [pk for pk in links.values_list("new_id", flat=True) if pk is not None and pk not in found]
        found.update(todo)
    return found


def _check(row: Unit | Succession | Title | Body | Norm) -> None:
    try:
        row.clean_fields(exclude={f.name for f in row._meta.concrete_fields if f.null and getattr(row, f.attname) is None})
    except ValidationError as error:
        name, errors = next(iter(error.message_dict.items()))
        raise UnitRefused(f"“{str(row._meta.get_field(name).verbose_name).capitalize()}”: {errors[0]}") from None  # type: ignore[union-attr]


def _require_in_scope(unit: Unit | None, scope: Scope) -> None:
    if scope.units is not None and not (unit and scope.sees_unit(unit.pk)):
        raise UnitRefused("Đơn vị này nằm ngoài phạm vi bạn được giao.")
