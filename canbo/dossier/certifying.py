"""A value certified from the paper archive: it stands before the typed one, and settles what was disputed."""

from datetime import date, datetime

from canbo.audit.changes import act
from canbo.dossier.claims import claimed_value
from canbo.dossier.disputes import settle
from canbo.dossier.models import CertifiedValue
from canbo.dossier.sections import PERSON_FIELD_GROUP
from canbo.dossier.values import ValueRefused, check_values, put_values
from canbo.dossier.writing import refuse_stale, require_group, writable
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate


def certify_field(
    *, person: int, field: str, value: str, paper: str, certified_on: PartialDate | None, seen_seq: int, on: date,
    actor: Actor, scope: Scope, at: datetime, reason: str = "",
) -> CertifiedValue:  # fmt: skip
    """Certify a field as a paper of the archive has it; open disputes over the field are settled in the same act.

    `value` is written as people write it. What was typed stays and is shown beside it. Refusals as for edit_person.
    """
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=paper[:200]) as log:
        found = writable(person, on, actor, scope)
        require_group(PERSON_FIELD_GROUP.get(field), scope)
        refuse_stale(person, seen_seq, actor, scope)
        stored = claimed_value(field=field, text=value)
        if not paper.strip():
            raise ValueRefused("Hãy ghi giấy tờ gốc đã xem: tên, số, ngày.")
        row = CertifiedValue(person=found, known_from=on)
        values = {"field": field, "value": stored, "paper": paper, "certified_on": certified_on or PartialDate.from_date(on)}
        put_values(row=row, values=values, key=found.key)
        check_values(row=row)
        row.save(force_insert=True)
        log.inserted(row, person=person)
        settle(log=log, found=found, field=field, by=paper, on=on)
    return row


__all__ = ["certify_field"]
