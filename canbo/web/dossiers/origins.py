"""Where each value of the person herself came from: the act that last wrote it, read from the log on demand."""

from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act
from canbo.audit.queries import changes_of
from canbo.dossier.models import Person
from canbo.web.desk import Desk
from canbo.web.queries import account_names

ACTS = {"import.write": "Nhập từ danh sách", "dossier.write": "Ghi hồ sơ", "dossier.merge": "Nhập hai hồ sơ làm một"}


def origins_of(*, person: Person, desk: Desk) -> dict[str, str]:
    """Field → “Nhập từ danh sách … ngày 1/1/2024, Nguyễn An”; fields nobody wrote by an act are left out."""
    wrote = _last_writes(person, desk)
    acts = {act.seq: act for act in Act.objects.filter(seq__in=set(wrote.values()))}
    names = account_names(ids=[act.user for act in acts.values()], actor=desk.actor, scope=desk.scope)
    return {field: _told(acts[seq], names) for field, seq in wrote.items() if seq in acts}


def _last_writes(person: Person, desk: Desk) -> dict[str, int]:
    table, wrote = Person._meta.db_table, {}
    for change in changes_of(person=person.pk, actor=desk.actor, scope=desk.scope).order_by("act"):
        for name, row, before, after in open_change(change, keyring()):
            if (name, row) == (table, person.pk):
                wrote.update(dict.fromkeys({**(before or {}), **(after or {})}, change.act))
    return wrote


def _told(act: Act, names: dict[int, str]) -> str:
    what = next((label for action, label in ACTS.items() if act.action.startswith(action)), "Ghi hồ sơ")
    paper = act.document or act.reason
    who = names.get(act.user, f"tài khoản số {act.user}")
    return f"{what}{f': {paper}' if paper else ''} – {act.at:%d/%m/%Y}, {who}"


__all__ = ["origins_of"]
