"""A list comes in: file, sheets, columns to confirm, differences to look at, then written by a job. Every step can be left."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.imports.reading.fields import ALL_KINDS, fields
from canbo.imports.results import TABS, opened, rows_of
from canbo.jobs.changes import cancel, enqueue, retry, store_upload
from canbo.jobs.files import content_of
from canbo.jobs.models import Job
from canbo.jobs.queries import NoSuchJob, upload
from canbo.kernel.numbers import thousands
from canbo.organization.queries import units
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import TYPES, attached
from canbo.web.importing.columns import KINDS, mapping_table
from canbo.web.importing.rowforms import CHOICES, shown_rows
from canbo.web.importing.sheetforms import sheet_choices
from canbo.web.importing.work import STEPS, answers_of, drop_list, newest_of, own_job, own_lists
from canbo.web.pagination import SIZE, pager
from canbo.web.tree import UnitTree, unit_tree

LARGEST, MOST_FILES = 30 * 1024 * 1024, 20


@page("import.read")
def lists(request: HttpRequest, desk: Desk) -> HttpResponse:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    if request.method == "POST":
        return receive(request, desk, tree)
    return start_page(request, desk, tree, {}, {})


def receive(request: HttpRequest, desk: Desk, tree: UnitTree) -> HttpResponse:
    """Keep the files and let jobs read them; what was typed wrongly is said beside its field."""
    typed = {name: request.POST.get(name, "").strip() for name in ("ngay", "dv", "loai")}
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(typed["ngay"], desk.today)
    unit, errors["dv"] = tree.find(typed["dv"])
    files = request.FILES.getlist("tep")
    errors["tep"] = _wrong_files(files)
    wrong = {name: text for name, text in errors.items() if text}
    if wrong:
        return start_page(request, desk, tree, typed, wrong)
    payload = {
        "step": "check", "on": on.isoformat(), "unit": _code(unit or desk.actor.unit, desk), "at": 0,
        "grant": request.session.get("grant"), "kind": typed["loai"] if typed["loai"] in ALL_KINDS else "auto",
    }  # fmt: skip
    made = [_enqueued(file, payload, desk) for file in files]
    if len(made) > 1:
        messages.info(request, f"Đã nhận {len(made)} tệp; xong tệp này, mở tệp tiếp theo ở “Danh sách đang làm dở”.")
    return redirect("import-job", made[0].pk)


def _enqueued(file: Any, payload: dict[str, Any], desk: Desk) -> Job:
    kept = store_upload(filename=str(file.name), content=file.read(), actor=desk.actor, at=desk.now)
    payload = payload | {"upload": kept.pk, "name": kept.filename}
    return enqueue(kind="import", payload=payload, actor=desk.actor, at=desk.now)


def _wrong_files(files: list[Any]) -> str:
    if not files:
        return "Hãy chọn tệp danh sách (.xlsx, .xls, .ods hoặc .csv)."
    if len(files) > MOST_FILES:
        return f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp; hãy gửi thành nhiều lần."
    for file in files:
        if not file.size:
            return f"Tệp “{file.name}” trống (0 byte); hãy kiểm tra lại tệp rồi gửi lại."
        if file.size > LARGEST:
            return f"Tệp “{file.name}” lớn hơn 30 MB; hãy chia danh sách thành nhiều tệp."
    return ""


def _code(unit: int | None, desk: Desk) -> str | None:
    """The unit new units are put under; without a choice the reader's own, else she would not see what she imported."""
    if unit is None:
        return None
    return units(on=None, actor=desk.actor, scope=desk.scope).values_list("code", flat=True).get(pk=unit)


def start_page(
    request: HttpRequest, desk: Desk, tree: UnitTree, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    frame = {
        "tree": tree, "typed": typed, "errors": errors, "today": desk.today, "mine": own_lists(desk), "kinds": KINDS.items(),
        "steps": STEPS.items(), "step": 1, "may_export": desk.actor.may("export"),
    }  # fmt: skip
    return render(request, "imports/start.html", frame, status=400 if errors else 200)


@page("import.read")
def job(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """The step a list stands at; `buoc` opens another one."""
    found = own_job(desk, job)
    frame: dict[str, Any] = {
        "job": found, "payload": found.payload, "may_write": desk.actor.may("import.write"), "steps": STEPS.items(), "step": 1,
        "newest": newest_of(desk, found),
    }  # fmt: skip
    if found.state != "done":
        return render(request, "imports/waiting.html", frame | {"step": 5 if found.payload["step"] == "write" else 2})
    if found.payload["step"] == "undo":
        return render(request, "imports/undone.html", frame | {"step": 5})
    summary = opened(found.pk, found.result or {})
    frame |= {"summary": summary, "counts": _counts(summary)}
    if found.payload["step"] == "write":
        return render(request, "imports/written.html", frame | {"step": 5} | rows_frame(request, desk, found, summary))
    step = _step(request, found, summary)
    return _SHOWN[step](request, desk, found, frame | {"step": step})


def _counts(summary: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {tab: thousands(n) for tab, n in summary["tabs"].items()}
    left = sum(int(sheet["refused"]) for sheet in summary["sheets"])
    return told | {"to_write": thousands(_to_write(summary)), "left": thousands(left), "any_left": left > 0}


def _to_write(summary: dict[str, Any]) -> int:
    return sum(int(sheet["new"]) + int(sheet["changed"]) for sheet in summary["sheets"])


def _step(request: HttpRequest, found: Job, summary: dict[str, Any]) -> int:
    """The step asked for, the one the list stands at, or the first that has something to decide."""
    for asked in (request.GET.get("buoc", ""), str(found.payload.get("at") or "")):
        if asked in ("2", "3", "4"):
            return int(asked)
    if len(summary["sheets"]) + len(summary["ignored"]) > 1:
        return 2
    return 3 if not all(_is_plain(sheet) for sheet in summary["sheets"]) else 4


def _is_plain(sheet: dict[str, Any]) -> bool:
    """Whether nothing in the sheet's columns needs a look: confirmed before, or our own template."""
    sure = all(column["confidence"] >= 1.0 and not column["proposal"] for column in sheet["mapping"].values())
    return sure and not sheet["unplaced"] and not sheet["asked"]


def sheets_step(request: HttpRequest, desk: Desk, found: Job, frame: dict[str, Any]) -> HttpResponse:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    known = units(on=None, actor=desk.actor, scope=desk.scope).values_list("code", "pk")
    choices = sheet_choices(frame["summary"], answers_of(found), dict(known))
    return render(request, "imports/sheets.html", frame | {"sheets": choices, "tree": tree, "kinds": KINDS.items()})


def columns_step(request: HttpRequest, desk: Desk, found: Job, frame: dict[str, Any]) -> HttpResponse:
    offered = [(f.name, f.label) for f in fields().values()]
    sheets = mapping_table(frame["summary"])
    return render(request, "imports/columns.html", frame | {"sheets": sheets, "fields": offered})


def rows_step(request: HttpRequest, desk: Desk, found: Job, frame: dict[str, Any]) -> HttpResponse:
    unknown = sum(not told["code"] for sheet in frame["summary"]["sheets"] for told in sheet["unplaced"])
    shown = rows_frame(request, desk, found, frame["summary"])
    return render(request, "imports/preview.html", frame | shown | {"unknown": unknown})


_SHOWN = {2: sheets_step, 3: columns_step, 4: rows_step}


def rows_frame(request: HttpRequest, desk: Desk, found: Job, summary: dict[str, Any]) -> dict[str, Any]:
    """One tab of rows, fifty at a time, searched."""
    counts = summary["tabs"]
    tab = request.GET.get("the", "")
    if tab not in TABS or not counts[tab]:
        tab = next((name for name in TABS if counts[name]), "new")
    search = request.GET.get("tim", "").strip()
    reads: dict[str, Any] = {"result": found.result or {}, "tab": tab, "search": search, "actor": desk.actor, "scope": desk.scope}
    total = rows_of(first=0, count=0, **reads)[0]
    where = pager(request, total=total)
    _, rows = rows_of(first=where.first, count=SIZE, **reads)
    answers = answers_of(found)
    return {
        "tab": tab, "search": search, "pager": where, "rows": shown_rows(rows, answers), "choices": CHOICES.items(),
        "tabs": [(name, label, thousands(counts[name])) for name, label in TABS.items() if counts[name]], "answers": answers,
    }  # fmt: skip


@require_POST
@page("import.read")
def stop(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Stop a job that waits or runs; try a failed one again."""
    found = own_job(desk, job)
    change = retry if found.state in ("failed", "cancelled") else cancel
    change(pk=found.pk, actor=desk.actor, scope=desk.scope, at=desk.now)
    return redirect("import-job", found.pk)


@require_POST
@page("import.read")
def drop(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Throw away a list that is still in work; nothing of it was written."""
    found = own_job(desk, job)
    if found.state in ("waiting", "running"):
        cancel(pk=found.pk, actor=desk.actor, scope=desk.scope, at=desk.now)
    drop_list(desk, found)
    messages.success(request, f"Đã bỏ danh sách “{found.payload['name']}”; hồ sơ không thay đổi.")
    return redirect("import")


@page("import.read")
def refused_rows(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """The rows not written, in the shape they came in, with the reason."""
    found = own_job(desk, job)
    pk = (found.result or {}).get("refused_file")
    if pk is None:
        raise NoSuchJob("Danh sách này không có dòng nào bị từ chối.")
    file = upload(pk=pk, actor=desk.actor, scope=desk.scope)
    return attached(content_of(file), filename="chua-ghi.xlsx", media_type=TYPES["xlsx"])


__all__ = ["drop", "job", "lists", "refused_rows", "stop"]
