"""Writing a planned list: one act, one transaction, ids reserved and everything sealed before the lock."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Model

from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.queries import touched_since
from canbo.dossier.models import Mapping
from canbo.dossier.stale import stale_dossier
from canbo.imports.plan import Plan
from canbo.imports.reading import saved_mapping
from canbo.imports.roundtrip.reading import KIND as EDITED
from canbo.imports.shape import shape_of
from canbo.kernel.actors import Actor, Scope


def write_plan(*, plan: Plan, actor: Actor, scope: Scope, at: datetime) -> int | None:
    """Write what the plan proposes; returns the act's seq, None when the dossiers say all of it already.

    StaleDossier when one of the people was changed since the plan was made: nothing is written then.
    """
    _remember_columns(plan)
    batch = _numbered(plan)
    if not batch.inserts and not batch.updates:
        return None

    def check() -> None:
        touched = touched_since(people=plan.people, seq=plan.seq, actor=actor, scope=scope)
        if touched:
            raise stale_dossier(person=min(touched), seen_seq=plan.seq, scope=scope)

    reason = f"nhập danh sách “{plan.request.name}”, đúng từ {plan.request.on:%d/%m/%Y}"
    return write(batch, actor=actor, action="import.write", at=at, reason=reason, check=check)


def _remember_columns(plan: Plan) -> None:
    """The columns as they now stand are confirmed by writing: the next list of these headings is read the same way."""
    if any(sheet.kind == EDITED for sheet in plan.reading.sheets):
        return  # its columns are the program's own
    shape, columns = shape_of(plan.reading), saved_mapping(plan.reading)
    known = Mapping.objects.filter(shape=shape).first()
    if known is None:
        plan.draft.insert(Mapping, {"shape": shape, "name": plan.request.name, "columns": json.dumps(columns, ensure_ascii=False)})
    elif known.columns != columns:
        plan.draft.updates.append((Mapping, known.pk, {"columns": known.columns}, {"columns": columns}, None))


def _numbered(plan: Plan) -> Batch:
    """The draft with real ids in place of the negative ones; a source nobody refers to is not written."""
    draft = plan.draft
    used = [row for row in draft.inserts if not _is_source(row, draft.source)]
    if used:
        used = [*(row for row in draft.inserts if _is_source(row, draft.source)), *used]
    ids: dict[int, int] = {}
    by_model: dict[type[Model], list[int]] = {}
    for model, values, _person in used:
        by_model.setdefault(model, []).append(values["id"])
    for model, temporary in by_model.items():
        ids.update(zip(temporary, reserve_ids(model, len(temporary))))
    batch = Batch()
    for model, values, person in used:
        batch.insert(model, _renumber(values, ids), person=ids.get(person, person) if person else None)
    for model, row, before, after, person in draft.updates:
        batch.update(model, row, before, _renumber(after, ids), person=person)
    return batch


def _is_source(row: tuple[type[Model], dict[str, Any], int | None], source: int) -> bool:
    return row[1]["id"] == source


def _renumber(values: dict[str, Any], ids: dict[int, int]) -> dict[str, Any]:
    return {k: ids.get(v, v) if isinstance(v, int) and v < 0 else v for k, v in values.items()}
