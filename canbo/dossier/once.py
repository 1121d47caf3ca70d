"""What a table says of itself when two dossiers become one: of which a person has one row at most."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class OnceEach:
    """A person has one row for each value of `by`; kept as `ONCE_EACH` of a model.

    Where both dossiers have one, the row of the dossier given up stays with it. While one of the two is not settled (`waits`)
    the merge is refused with `text` instead: somebody must first say which of them counts.
    """

    by: tuple[str, ...]
    waits: Q | None = None
    text: str = ""
