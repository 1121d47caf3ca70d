"""The import as a job of the web page: check a list, write it, or take a written one back; results are kept sealed."""

from datetime import date
from typing import Any

from django.utils import timezone

from canbo.access.models import User
from canbo.access.queries import Access, access_of
from canbo.audit.changes import require
from canbo.imports.answers import Answers, corrected, open_answers
from canbo.imports.book.rawsheet import RawBook
from canbo.imports.book.workbook import open_workbook
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, Plan, plan_list
from canbo.imports.queries import read_known
from canbo.imports.reading import IGNORED, Reading
from canbo.imports.report import refused_workbook
from canbo.imports.results import keep_result, opened, seal
from canbo.imports.undo import undo_list
from canbo.jobs.changes import store_upload
from canbo.jobs.files import content_of
from canbo.jobs.models import Upload
from canbo.jobs.queries import upload
from canbo.jobs.worker import Task
from canbo.organization.changes import load_titles
from canbo.organization.models import Unit
from canbo.organization.queries import unit_by_code
from canbo.sandbox.errors import Refused

STEPS = 4


def run(task: Task) -> dict[str, Any]:
    """Handler of the kind `import`; payload: step (check | write | undo), upload, on, unit code, grant, answers, accept, kind."""
    access = _access(task)
    if task.payload["step"] == "undo":
        at = timezone.now()
        return {"undone": undo_list(act=task.payload["act"], actor=access.actor, scope=access.scope, at=at)}
    file = upload(pk=task.payload["upload"], actor=access.actor, scope=access.scope)
    answers = open_answers(task.payload)
    writes = task.payload["step"] == "write"
    book, reading = _read(task, file, answers, access)
    task.progress(2, STEPS, "Đang đối chiếu với hồ sơ")
    if writes and access.actor.may("organization.write"):
        load_titles(actor=access.actor, scope=access.scope, at=timezone.now())
    plan = plan_list(reading=reading, request=_request(task, file, answers, access), actor=access.actor, scope=access.scope)
    plan.book = book
    task.progress(3, STEPS, "Đang ghi" if writes else "Đang lập bảng so sánh")
    found = _written(plan, book, file, access) if writes else {"written": None, "refused_file": None}
    at = timezone.now()
    return keep_result(job=task.job, plan=plan, more=found, actor=access.actor, scope=access.scope, at=at)


def _access(task: Task) -> Access:
    """The rights of the account under the grant it worked with, as of now: a grant ended meanwhile gives nothing."""
    user = User.objects.get(pk=task.user)
    access = access_of(user=user, on=timezone.localdate(), grant=task.payload.get("grant"))
    require(access.actor, "import.read" if task.payload["step"] == "check" else "import.write")
    return access


def _read(task: Task, file: Upload, answers: Answers, access: Access) -> tuple[RawBook, Reading]:
    task.progress(0, STEPS, "Đang đọc tệp")
    book = corrected(open_workbook(content_of(file)), answers)
    task.progress(1, STEPS, "Đang hiểu các cột")
    payload = task.payload
    kinds = {name: IGNORED if told.leave_out else told.kind for name, told in answers.sheets.items()}
    reading = read_known(
        book=book, filename=file.filename, mapping=answers.mapping, kind=payload.get("kind") or "auto",
        on=date.fromisoformat(payload["on"]), accept=bool(payload.get("accept")), kinds=kinds,
        actor=access.actor, scope=access.scope,
    )  # fmt: skip
    return book, reading


def _request(task: Task, file: Upload, answers: Answers, access: Access) -> ListRequest:
    root = _unit(task.payload.get("unit"), access)
    given = {name: _unit(told.unit, access) for name, told in answers.sheets.items() if told.unit}
    name = file.filename.rpartition(".")[0] or file.filename
    return ListRequest(
        on=date.fromisoformat(task.payload["on"]), name=name, sha256=file.sha256, root=root,
        accept=bool(task.payload.get("accept")), answers=answers,
        sheet_units={name: unit.pk for name, unit in given.items() if unit},
    )  # fmt: skip


def _unit(code: str | None, access: Access) -> Unit | None:
    found: Unit | None = unit_by_code(code=code, actor=access.actor, scope=access.scope) if code else None
    if code and found is None:
        raise Refused("Đơn vị đã chọn không có trong phạm vi bạn được giao; hãy chọn đơn vị khác.")
    return found


def _written(plan: Plan, book: RawBook, file: Upload, access: Access) -> dict[str, Any]:
    """Write, and keep the rows that were not as a workbook to be corrected and sent again."""
    at = timezone.now()
    seq = write_plan(plan=plan, actor=access.actor, scope=access.scope, at=at)
    content = refused_workbook(plan, book)
    if content is None:
        return {"written": seq or 0, "refused_file": None}
    name = f"{file.filename.rpartition('.')[0]}.chua-ghi.xlsx"
    kept = store_upload(filename=name, content=content, actor=access.actor, at=at)
    return {"written": seq or 0, "refused_file": kept.pk}


__all__ = ["opened", "run", "seal"]
