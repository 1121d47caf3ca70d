"""Units the reader may issue papers for, as a choice."""

from canbo.snapshot.queries import current
from canbo.web.desk import Desk
from canbo.web.tree import unit_tree

INDENT = "\u2003"


def unit_choices(desk: Desk) -> list[tuple[int, str]]:
    """(id, indented name); the account's own unit first when there are too many to pick from."""
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    if tree.options:
        return tree.options
    own = desk.actor.unit
    return [(pk, INDENT * min(depth, 1) + name) for pk, depth, name in tree.units if depth < 2 or pk == own]
