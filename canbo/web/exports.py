"""A table taken away as a file: the same rows and columns as the page shows."""

from django.http import HttpResponse

from canbo.documents.tables import Table, csv_text, xlsx
from canbo.kernel.text import slug

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def as_file(table: Table, *, kind: str, name: str) -> HttpResponse:
    """The table as xlsx or csv (with the mark by which Excel knows UTF-8)."""
    body = xlsx(table) if kind == "xlsx" else ("\ufeff" + csv_text(table)).encode()
    filename = f"{slug(name).replace('_', '-')}.{kind}"
    return attached(body, filename=filename, media_type=TYPES[kind])


def attached(body: bytes, *, filename: str, media_type: str) -> HttpResponse:
    """An answer that is a file (plain ASCII name), kept in no cache."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=media_type, headers=headers)
