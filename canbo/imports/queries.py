"""Reading a list with what was confirmed for lists of its shape before."""

from datetime import date
from typing import Any

from canbo.dossier.models import Mapping
from canbo.imports.book.rawsheet import RawBook
from canbo.imports.reading import Reading, read_book
from canbo.imports.shape import shape_of
from canbo.kernel.actors import Actor, Scope


def read_known(
    *, book: RawBook, filename: str, on: date, actor: Actor, scope: Scope, sheet: str | None = None,
    mapping: dict[str, Any] | None = None, kind: str = "auto", accept: bool = False,
) -> Reading:  # fmt: skip
    """Read a list; columns that were confirmed for a list of the same headings are not asked about again."""
    told: dict[str, Any] = {"filename": filename, "sheet": sheet, "kind": kind, "on": on, "accept": accept}
    reading = read_book(book, mapping=mapping, **told)
    known = None if mapping else Mapping.objects.filter(shape=shape_of(reading)).first()
    return read_book(book, mapping=known.columns, **told) if known else reading
