"""Who acts and what she may see: required arguments, without default, of every read and every write."""

from dataclasses import dataclass, field

# The account that stands in the log for who sent a remark or comment: the log says that one came in, not from whom.
UNNAMED = -1


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The account that acts, and for whom.

    `user` is the account's id (0 = the local administrator of a data folder); `role` and `unit` say for whom she acts;
    `actions` are the action codes her roles allow.
    """

    user: int
    role: str
    unit: int | None = None
    actions: frozenset[str] = field(default_factory=frozenset)

    def may(self, action: str) -> bool:
        return action in self.actions


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What may be read: units by id (None = all of them), field groups, and always the reader's own dossier."""

    units: frozenset[int] | None
    groups: frozenset[str]
    own_person: int | None = None

    def sees_group(self, group: str) -> bool:
        return group in self.groups

    def sees_unit(self, unit: int | None) -> bool:
        return self.units is None or (unit is not None and unit in self.units)


NOTHING = Scope(units=frozenset(), groups=frozenset())


class Forbidden(Exception):
    """The actor's roles do not allow this action; the text is for her."""
