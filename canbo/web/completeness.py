"""Which of the items every dossier must hold are still missing, as a hint on its page."""

from dataclasses import dataclass

import polars as pl

from canbo.dossier.models import Person
from canbo.facts.completeness import REQUIRED
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk


@dataclass(frozen=True)
class Missing:
    """`percent` of the required items the reader may see are there; `labels` are the others."""

    percent: int
    labels: tuple[str, ...]


def missing_of(person: Person, desk: Desk) -> Missing | None:
    """None for somebody who does not serve today: nothing is asked of her dossier."""
    seen = [fact for fact in REQUIRED if desk.scope.sees_group(fact.group)]
    # The dossier was already found within the scope; the reader's own need not stand in one of its units.
    scope = Scope(units=None, groups=desk.scope.groups)
    frame = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=[fact.name for fact in seen], scope=scope)
    rows = frame.filter(pl.col("key") == person.pk).to_dicts()
    if not rows or not seen:
        return None
    labels = tuple(fact.label for fact in seen if rows[0][fact.columns[0]] is None)
    return Missing(100 * (len(seen) - len(labels)) // len(seen), labels)
