"""Switches and numbers agencies set for themselves: the nearest unit's own value wins, else the one above it."""

from datetime import datetime
from typing import Any

from canbo.audit.changes import act, values_of
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.organization.lead_times import PREFIX, due_kinds
from canbo.organization.models import Setting, Unit

# name → (value when nobody set one, label). Numbers of law do not belong here: they are in canbo/laws.
SETTINGS: dict[str, tuple[Any, str]] = {
    "history": (False, "Giữ kết luận về lịch sử chính trị (mục 11, 34) trong hồ sơ"),
    **{f"{PREFIX}{kind.code}": (kind.lead_days, f"Báo trước (ngày): {kind.label}") for kind in due_kinds().values()},
}
MOST_DAYS = 3650


class LeadRefused(Exception):
    """Days ahead that cannot be kept; the text says what to do."""


def setting(*, name: str, unit: int | None) -> Any:
    """The value in force for a unit: its own, else of the nearest unit above, else of the data folder, else the default."""
    own: dict[int | None, Any] = dict(Setting.objects.filter(name=name).values_list("unit", "value"))
    while own and unit is not None:
        if unit in own:
            return own[unit]
        unit = Unit.objects.filter(pk=unit).values_list("parent", flat=True).first()
    return own.get(None, SETTINGS[name][0])


def put_setting(
    *, name: str, value: Any, unit: int | None, document: str, actor: Actor, scope: Scope, at: datetime
) -> None:
    """Set a value for a unit of the scope and all below it."""
    if name not in SETTINGS:
        raise KeyError(name)
    if not (scope.units is None if unit is None else scope.sees_unit(unit)):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    with act(actor=actor, action="settings.write", at=at, document=document) as log:
        row = Setting.objects.filter(name=name, unit=unit).first()
        before = values_of(row) if row else None
        row = row or Setting(name=name, unit_id=unit)
        row.value, row.document = value, document
        row.save()
        log.inserted(row) if before is None else log.updated(before, row)


def settings_in(*, name: str, actor: Actor, scope: Scope) -> list[Setting]:
    """Values set for units of the scope, and the one of the whole data folder, with their documents."""
    rows = Setting.objects.filter(name=name).select_related("unit").order_by("unit__name", "pk")
    return [row for row in rows if row.unit_id is None or scope.sees_unit(row.unit_id)]


def put_lead_days(*, kind: str, days: str, unit: int | None, document: str, actor: Actor, scope: Scope, at: datetime) -> None:
    """Set the days ahead of one kind for a unit and all below it. LeadRefused, Forbidden."""
    if kind not in due_kinds():
        raise LeadRefused(f"Không có loại việc “{kind}”; các loại: {', '.join(due_kinds())}.")
    if not (days.isascii() and days.isdecimal() and len(days) <= 4 and int(days) <= MOST_DAYS):
        raise LeadRefused(f"“{days}” không phải số ngày báo trước; hãy ghi một số từ 0 đến {MOST_DAYS}.")
    put_setting(name=PREFIX + kind, value=int(days), unit=unit, document=document, actor=actor, scope=scope, at=at)
