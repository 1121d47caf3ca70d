"""A list comes in: file, columns to confirm, differences to look at, then written by a job."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.imports.jobs import opened
from canbo.imports.reading.fields import ALL_KINDS
from canbo.jobs.changes import cancel, enqueue, retry, store_upload
from canbo.jobs.files import content_of
from canbo.jobs.models import Job
from canbo.jobs.queries import NoSuchJob, jobs, upload
from canbo.jobs.queries import job as any_job
from canbo.organization.queries import units
from canbo.snapshot.queries import current
from canbo.web.columns import KINDS, mapping_of, preview_of
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import TYPES
from canbo.web.tree import UnitTree, unit_tree

LARGEST = 30 * 1024 * 1024
RECENT = 8


@page("import.read")
def lists(request: HttpRequest, desk: Desk) -> HttpResponse:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    if request.method == "POST":
        return receive(request, desk, tree)
    return start_page(request, desk, tree, {}, {})


def receive(request: HttpRequest, desk: Desk, tree: UnitTree) -> HttpResponse:
    """Keep the file and let a job read it; what was typed wrongly is said beside its field."""
    typed = {name: request.POST.get(name, "").strip() for name in ("ngay", "dv", "loai")}
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(typed["ngay"], desk.today)
    unit, errors["dv"] = tree.find(typed["dv"])
    file = request.FILES.get("tep")
    errors["tep"] = _wrong_file(file)
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or file is None:
        return start_page(request, desk, tree, typed, wrong)
    kept = store_upload(filename=str(file.name), content=file.read(), actor=desk.actor, at=desk.now)
    payload = {
        "step": "check", "upload": kept.pk, "name": kept.filename, "on": on.isoformat(), "unit": _code(unit or desk.actor.unit, desk),
        "grant": request.session.get("grant"), "kind": typed["loai"] if typed["loai"] in ALL_KINDS else "auto",
    }  # fmt: skip
    return redirect("import-job", enqueue(kind="import", payload=payload, actor=desk.actor, at=desk.now).pk)


def _wrong_file(file: Any) -> str:
    if file is None:
        return "Hãy chọn tệp danh sách (.xlsx, .xls, .ods hoặc .csv)."
    if not file.size:
        return "Tệp này trống (0 byte); hãy kiểm tra lại tệp rồi gửi lại."
    return "Tệp lớn hơn 30 MB; hãy chia danh sách thành nhiều tệp." if file.size > LARGEST else ""


def _code(unit: int | None, desk: Desk) -> str | None:
    """The unit new units are put under; without a choice the reader's own, else she would not see what she imported."""
    if unit is None:
        return None
    return units(on=None, actor=desk.actor, scope=desk.scope).values_list("code", flat=True).get(pk=unit)


def start_page(
    request: HttpRequest, desk: Desk, tree: UnitTree, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    mine = jobs(actor=desk.actor, scope=desk.scope).filter(user=desk.actor.user, kind="import")[:RECENT]
    frame = {
        "tree": tree, "typed": typed, "errors": errors, "today": desk.today, "recent": mine, "kinds": KINDS.items(),
    }  # fmt: skip
    return render(request, "imports/start.html", frame, status=400 if errors else 200)


@page("import.read")
def job(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    found = own_job(desk, job)
    frame: dict[str, Any] = {"job": found, "payload": found.payload, "may_write": desk.actor.may("import.write")}
    if found.state != "done":
        return render(request, "imports/waiting.html", frame)
    frame |= preview_of(opened(found.pk, found.result or {}))
    name = "imports/written.html" if found.payload["step"] == "write" else "imports/preview.html"
    return render(request, name, frame)


@require_POST
@page("import.read")
def read_again(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Read the same file with the columns as corrected."""
    return _next(request, desk, own_job(desk, job), "check")


@require_POST
@page("import.write")
def write(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Write the list with the columns as confirmed."""
    return _next(request, desk, own_job(desk, job), "write")


def _next(request: HttpRequest, desk: Desk, found: Job, step: str) -> HttpResponse:
    if found.state != "done" or found.payload["step"] != "check":
        messages.error(request, "Danh sách này chưa đọc xong hoặc đã được ghi; hãy xem lại.")
        return redirect("import-job", found.pk)
    mapping = mapping_of(opened(found.pk, found.result or {}), request.POST)
    payload = found.payload | {"step": step, "mapping": mapping, "accept": request.POST.get("nhan") == "1"}
    return redirect("import-job", enqueue(kind="import", payload=payload, actor=desk.actor, at=desk.now).pk)


@require_POST
@page("import.read")
def stop(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Stop a job that waits or runs; try a failed one again."""
    found = own_job(desk, job)
    change = retry if found.state in ("failed", "cancelled") else cancel
    change(pk=found.pk, actor=desk.actor, scope=desk.scope, at=desk.now)
    return redirect("import-job", found.pk)


@page("import.read")
def refused_rows(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """The rows not written, in the shape they came in, with the reason."""
    found = own_job(desk, job)
    pk = (found.result or {}).get("refused_file")
    if pk is None:
        raise NoSuchJob("Danh sách này không có dòng nào bị từ chối.")
    file = upload(pk=pk, actor=desk.actor, scope=desk.scope)
    headers = {"Content-Disposition": 'attachment; filename="chua-ghi.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(content_of(file), content_type=TYPES["xlsx"], headers=headers)


def own_job(desk: Desk, pk: int) -> Job:
    """One's own import: who looks after the machine sees that jobs run, not whose names are in them."""
    found = any_job(pk=pk, actor=desk.actor, scope=desk.scope)
    if found.user != desk.actor.user or found.kind != "import":
        raise NoSuchJob("Không tìm thấy việc này trong các việc của bạn.")
    return found


__all__ = ["job", "lists", "read_again", "refused_rows", "stop", "write"]
