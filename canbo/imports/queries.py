"""Reading a list with what was confirmed for lists of its shape before."""

from datetime import date
from typing import Any

from canbo.dossier.models import Mapping
from canbo.imports.book.rawsheet import RawBook
from canbo.imports.reading import IGNORED, Reading, read_book
from canbo.imports.shape import shape_of
from canbo.kernel.actors import Actor, Scope
from canbo.sandbox.errors import Refused


def read_known(
    *, book: RawBook, filename: str, on: date, actor: Actor, scope: Scope, sheet: str | None = None,
    mapping: dict[str, Any] | None = None, kind: str = "auto", accept: bool = False,
) -> Reading:  # fmt: skip
    """Read a list; columns that were confirmed for a list of the same headings are not asked about again.

    Refused when no sheet of the file holds people.
    """
    told: dict[str, Any] = {"filename": filename, "sheet": sheet, "kind": kind, "on": on, "accept": accept}
    reading = read_book(book, mapping=mapping, **told)
    known = None if mapping else Mapping.objects.filter(shape=shape_of(reading)).first()
    if known:
        reading = read_book(book, mapping=known.columns, **told)
    if all(found.kind == IGNORED for found in reading.sheets):
        raise Refused(_nobody(reading))
    return reading


def _nobody(reading: Reading) -> str:
    why = "; ".join(f"trang “{sheet.name}”: {sheet.why}" for sheet in reading.sheets) or "tệp không có trang nào có dữ liệu"
    return f"Không thấy danh sách người nào trong tệp ({why}); hãy kiểm tra lại tệp, danh sách cần có cột Họ và tên."
