"""Reading a list with what was confirmed for lists of its shape before."""

from datetime import date
from typing import Any

from canbo.dossier.models import Mapping
from canbo.imports.book.rawsheet import RawBook
from canbo.imports.dropdowns import KIND_SHEET, SHEET
from canbo.imports.reading import IGNORED, Reading, read_book
from canbo.imports.reading.fields import ALL_KINDS
from canbo.imports.reading.values import text_of
from canbo.imports.roundtrip.reading import read_editing, went_out_on
from canbo.imports.shape import shape_of
from canbo.kernel.actors import Actor, Scope
from canbo.sandbox.errors import Refused


def read_known(
    *, book: RawBook, filename: str, on: date, actor: Actor, scope: Scope, sheet: str | None = None,
    mapping: dict[str, Any] | None = None, kind: str = "auto", accept: bool = False,
    kinds: dict[str, str] | None = None,
) -> Reading:  # fmt: skip
    """Read a list; columns that were confirmed for a list of the same headings are not asked about again.

    Refused when no sheet of the file holds people.
    """
    if went_out_on(book):
        return read_editing(book, filename=filename)
    own = _kind_of_template(book)
    kind = own if own and kind == "auto" else kind
    told: dict[str, Any] = {"filename": filename, "sheet": sheet, "kind": kind, "on": on, "accept": accept}
    told["kinds"] = kinds or {}
    reading = read_book(book, mapping=mapping, **told)
    known = None if mapping else Mapping.objects.filter(shape=shape_of(reading)).first()
    if known:
        reading = read_book(book, mapping=known.columns, **told)
    if all(found.kind == IGNORED for found in reading.sheets):
        raise Refused(_nobody(reading))
    if not any(sheet.rows for sheet in reading.sheets) and any("sample" in sheet.skipped for sheet in reading.sheets):
        raise Refused("Mẫu này chưa điền người nào (dòng ví dụ không tính); hãy điền từ dòng ngay dưới dòng ví dụ rồi gửi lại.")
    return reading


def _kind_of_template(book: RawBook) -> str:
    """The kind our own template says it is, its helping sheets taken out; "" for any other file."""
    marker = next((sheet for sheet in book.sheets if sheet.name == KIND_SHEET), None)
    if marker is None or not marker.rows:
        return ""
    kind = text_of(marker.rows[0][1][0])
    book.sheets = [sheet for sheet in book.sheets if sheet.name not in (KIND_SHEET, SHEET)]
    return kind if kind in ALL_KINDS else ""


def _nobody(reading: Reading) -> str:
    why = "; ".join(f"trang “{sheet.name}”: {sheet.why}" for sheet in reading.sheets) or "tệp không có trang nào có dữ liệu"
    return f"Không thấy danh sách người nào trong tệp ({why}); hãy kiểm tra lại tệp, danh sách cần có cột Họ và tên."
