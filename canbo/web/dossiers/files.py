"""Files and the photo of a dossier: attached, opened, removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from canbo.access.policy import GROUPS
from canbo.audit.changes import record_read
from canbo.dossier.attachments import attach, attached_to, open_attachment, put_photo, remove_attachment
from canbo.dossier.changes import ValueRefused
from canbo.dossier.files import FileRefused, content_of
from canbo.dossier.models import Person
from canbo.dossier.outline import part_of
from canbo.dossier.queries import NotVisible
from canbo.dossier.sections import RECORD_SECTIONS
from canbo.web.desk import Desk, page
from canbo.web.dossiers.found import kept_by, person_of
from canbo.web.dossiers.records import record_seen, require_table

PHOTO = "photo"
NOBODY = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="128" viewBox="0 0 96 128"><rect width="96" height="128" fill="#dfe5ec"/>'
    '<circle cx="48" cy="46" r="20" fill="#9aa7b5"/><path d="M12 128c0-30 16-46 36-46s36 16 36 46z" fill="#9aa7b5"/></svg>'
)


@page("dossier.write")
def add(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """A scan for a record (?muc=bảng&dong=số), for a group of fields, or the photo."""
    found = kept_by(desk, person)
    table, row = request.GET.get("muc", ""), request.GET.get("dong", "")
    if table:
        require_table(desk, found, table)
        record_seen(desk, found, table, int(row) if row.isdecimal() else 0)
    frame = add_frame(desk, found, table, row)
    if request.method != "POST":
        return render(request, "dossier/attach.html", frame)
    upload, group = request.FILES.get("file"), request.POST.get("group", "")
    if upload is None or (not table and not group):
        error = "Hãy chọn tệp." if upload is None else "Hãy chọn tệp thuộc nhóm thông tin nào."
        return render(request, "dossier/attach.html", frame | {"error": error, "group": group}, status=400)
    by: dict[str, Any] = {"on": desk.today, "actor": desk.actor, "scope": desk.scope, "at": desk.now}
    kept: dict[str, Any] = {"person": found.pk, "filename": upload.name or "tep", "content": upload.read()}
    try:
        if group == PHOTO and not table:
            put_photo(**kept, **by)
        else:
            of = {"table": table, "row": int(row)} if table else {"group": group}
            attach(**kept, **of, **by, reason=request.POST.get("reason", ""))
    except FileRefused as error:
        return render(request, "dossier/attach.html", frame | {"error": str(error), "group": group}, status=400)
    messages.success(request, "Đã đính kèm tệp.")
    return redirect("dossier", found.pk)


def add_frame(desk: Desk, found: Person, table: str, row: str) -> dict[str, Any]:
    groups = [(code, label) for code, label in GROUPS.items() if desk.scope.sees_group(code) and code not in ("history", "family")]
    record = ""
    if table:
        part = part_of(of=found, table=table, actor=desk.actor, scope=desk.scope)
        entry = next((e for e in part.entries if str(e.pk) == row), None) if part else None
        record = "; ".join(cell for cell in entry.cells if cell) if entry else ""
    title = next((s.title for s in RECORD_SECTIONS if s.model._meta.db_table == table), "")
    files = [file for file in attached_to(of=found, actor=desk.actor, scope=desk.scope) if not table or str(file.row) == row]
    return {"person": found, "table": table, "row": row, "title": title, "record": record, "groups": groups, "files": files}


@page("dossier.read", "dossier.read_own")
def show(request: HttpRequest, desk: Desk, person: int, attachment: int) -> HttpResponse:
    content, row = open_attachment(person=person, attachment=attachment, on=desk.today, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what="attachment", at=desk.now, person=person, detail=f"tệp số {row.pk}")
    response = HttpResponse(content, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(False, row.filename) or "inline"
    return private(response)


@page("dossier.write")
def remove(request: HttpRequest, desk: Desk, person: int, attachment: int) -> HttpResponse:
    found = kept_by(desk, person)
    file = next((f for f in attached_to(of=found, actor=desk.actor, scope=desk.scope) if f.pk == attachment), None)
    if file is None:
        raise NotVisible
    if request.method != "POST":
        return render(request, "dossier/detach.html", {"person": found, "file": file})
    try:
        remove_attachment(
            person=found.pk, attachment=attachment, on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except ValueRefused as error:
        return render(request, "dossier/detach.html", {"person": found, "file": file, "error": str(error)}, status=400)
    messages.success(request, "Đã gỡ tệp; lịch sử còn giữ việc này.")
    return redirect("dossier", found.pk)


@page("dossier.read", "dossier.read_own")
def photo(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """The photo, or a grey figure where there is none."""
    found = person_of(desk, person)
    if not found.photo_sha256 or not desk.scope.sees_group("basic"):
        return private(HttpResponse(NOBODY, content_type="image/svg+xml"))
    content, media = content_of(found.photo_sha256)
    return private(HttpResponse(content, content_type=media))


def private(response: HttpResponse) -> HttpResponse:
    """Personal data: kept by no cache, read as nothing but what it says it is."""
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


__all__ = ["add", "photo", "remove", "show"]
