"""Somebody else was quicker: who changed which part of the dossier, told only as far as the reader may see it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from canbo.access.models import User
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.dossier.models import Person
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row
from canbo.dossier.values import label_of
from canbo.kernel.actors import Scope
from canbo.sealing.keyring import SealBroken

_TITLES = {s.model._meta.db_table: s.title for s in RECORD_SECTIONS}


class StaleDossier(Exception):
    """Somebody changed the dossier since it was read; nothing was written. `acts` are the acts that did."""

    def __init__(self, acts: list[Act], *, who: str = "người khác", what: str = "") -> None:
        self.acts = acts
        parts = f" ({what})" if what else ""
        super().__init__(
            f"Hồ sơ vừa được {who} sửa{parts} trong lúc bạn đang mở; phần bạn nhập chưa được ghi. "
            "Hãy tải lại trang, xem thay đổi rồi ghi lại."
        )


def stale_dossier(*, person: int, seen_seq: int, scope: Scope) -> StaleDossier:
    """The refusal, naming who changed what of this dossier after the act last seen, and when."""
    changes = list(Change.objects.filter(person=person, act__gt=seen_seq).order_by("act"))
    acts = list(Act.objects.filter(seq__in={change.act for change in changes}).order_by("seq"))
    names = dict(User.objects.filter(pk__in={act.user for act in acts}).values_list("pk", "display_name"))
    who = ", ".join(dict.fromkeys(names.get(act.user, "người quản trị tại máy") for act in acts))
    when = f"{timezone.localtime(acts[-1].at):%H:%M ngày %d/%m/%Y}" if acts else ""
    parts = ", ".join(dict.fromkeys(part for change in changes for part in _parts(change, scope)))
    return StaleDossier(acts, who=who or "người khác", what="; ".join(filter(None, (when, parts))))


def _parts(change: Change, scope: Scope) -> Iterator[str]:
    try:
        rows = open_change(change, keyring())
    except SealBroken:
        return
    for table, _row, before, after in rows:
        yield from _labels(table, before or {}, after or {}, scope)


def _labels(table: str, before: dict[str, Any], after: dict[str, Any], scope: Scope) -> Iterator[str]:
    if table == Person._meta.db_table:
        for name in {**before, **after}:
            group = PERSON_FIELD_GROUP.get(name)
            if group and scope.sees_group(group):
                yield label_of(Person, name)
    elif table in _TITLES and scope.sees_group(group_of_row(table, {**before, **after})):
        yield _TITLES[table]


__all__ = ["StaleDossier", "stale_dossier"]
