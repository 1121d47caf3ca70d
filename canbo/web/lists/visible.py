"""The facts a reader may have as columns and conditions of a list."""

from collections.abc import Mapping

from canbo.assess.columns import listable
from canbo.facts.catalogue import FACTS, readable
from canbo.facts.registry import Ask, Fact
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF


def offered_facts(snapshot: Snapshot, desk: Desk) -> Mapping[str, Fact]:
    """Facts of open groups; of columns of lists only those that say something of somebody in the scope."""
    facts = listable(snapshot=snapshot, scope=desk.scope)
    if len(facts) and all(name in FACTS for name in facts):
        return facts
    key = ("extras", desk.today, desk.scope)
    extras = SHELF.get(snapshot=snapshot, key=key, make=lambda: known_extras(snapshot, desk))
    return {name: fact for name, fact in facts.items() if name in FACTS or name in extras}


def known_extras(snapshot: Snapshot, desk: Desk) -> set[str]:
    """Extra columns of lists that say something of somebody in the scope; headings of other units' lists are theirs."""
    facts = readable(snapshot.frames.facts, "person")
    extras = [name for name, fact in facts.items() if name not in FACTS and desk.scope.sees_group(fact.group)]
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=desk.today), names=extras, scope=desk.scope)
    return {name for name in extras if frame[facts[name].columns[0]].is_not_null().any()}
