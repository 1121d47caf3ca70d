"""The import as a job of the web page: check a list, or write it; what it found is kept sealed in the job's result."""

import json
from datetime import date
from typing import Any

from django.utils import timezone

from canbo.access.models import User
from canbo.access.queries import Access, access_of
from canbo.audit.changes import keyring, require
from canbo.imports.book.rawsheet import RawBook
from canbo.imports.book.workbook import open_workbook
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, Plan, plan_list
from canbo.imports.queries import read_known
from canbo.imports.reading import IGNORED, Reading
from canbo.imports.report import plan_json, refused_workbook
from canbo.jobs.changes import store_upload
from canbo.jobs.files import content_of
from canbo.jobs.models import Upload
from canbo.jobs.queries import upload
from canbo.jobs.worker import Task
from canbo.organization.changes import load_titles
from canbo.organization.models import Unit
from canbo.organization.queries import unit_by_code
from canbo.sandbox.errors import Refused

ROWS_SHOWN = 200
STEPS = 4


def run(task: Task) -> dict[str, Any]:
    """Handler of the kind `import`; payload: step (check | write), upload, on, unit code, grant, mapping, accept, list kind."""
    access = _access(task)
    file = upload(pk=task.payload["upload"], actor=access.actor, scope=access.scope)
    book, reading = _read(task, file, access)
    task.progress(2, STEPS, "Đang đối chiếu với hồ sơ")
    if task.payload["step"] == "write" and access.actor.may("organization.write"):
        load_titles(actor=access.actor, scope=access.scope, at=timezone.now())
    plan = plan_list(reading=reading, request=_request(task, file, access), actor=access.actor, scope=access.scope)
    task.progress(3, STEPS, "Đang ghi" if task.payload["step"] == "write" else "Đang lập bảng so sánh")
    found = _written(plan, book, file, access) if task.payload["step"] == "write" else {"written": None, "refused_file": None}
    return {"sealed": seal(task.job, found | told(plan)), **found}


def told(plan: Plan) -> dict[str, Any]:
    """What the page shows of a plan; of very long lists only the first rows that change or are refused."""
    found = plan_json(plan, rows=True)
    telling = [row for row in found["rows"] if row["why"] or row["differences"]]
    samples = {s.name: {c.letter: _samples(c.samples) for c in s.columns} for s in plan.reading.sheets if s.kind != IGNORED}
    return found | {"rows": telling[:ROWS_SHOWN], "rows_left_out": max(0, len(telling) - ROWS_SHOWN), "samples": samples}


def seal(job: int, found: dict[str, Any]) -> str:
    """Names stand in it, and everybody who looks after the machine can read the table of jobs."""
    return keyring().seal(json.dumps(found, ensure_ascii=False, default=str), place=f"job.result:{job}")


def opened(job: int, result: dict[str, Any]) -> dict[str, Any]:
    """What `run` found, for the account whose job it is."""
    found: dict[str, Any] = json.loads(keyring().open(result["sealed"], place=f"job.result:{job}"))
    return found


def _access(task: Task) -> Access:
    """The rights of the account under the grant it worked with, as of now: a grant ended meanwhile gives nothing."""
    user = User.objects.get(pk=task.user)
    access = access_of(user=user, on=timezone.localdate(), grant=task.payload.get("grant"))
    require(access.actor, "import.write" if task.payload["step"] == "write" else "import.read")
    return access


def _read(task: Task, file: Upload, access: Access) -> tuple[RawBook, Reading]:
    task.progress(0, STEPS, "Đang đọc tệp")
    book = open_workbook(content_of(file))
    task.progress(1, STEPS, "Đang hiểu các cột")
    payload = task.payload
    reading = read_known(
        book=book, filename=file.filename, mapping=payload.get("mapping"), kind=payload.get("kind") or "auto",
        on=date.fromisoformat(payload["on"]), accept=bool(payload.get("accept")), actor=access.actor, scope=access.scope,
    )  # fmt: skip
    return book, reading


def _request(task: Task, file: Upload, access: Access) -> ListRequest:
    code = task.payload.get("unit")
    root: Unit | None = unit_by_code(code=code, actor=access.actor, scope=access.scope) if code else None
    if code and root is None:
        raise Refused("Đơn vị đã chọn không có trong phạm vi bạn được giao; hãy chọn đơn vị khác.")
    name = file.filename.rpartition(".")[0] or file.filename
    return ListRequest(
        on=date.fromisoformat(task.payload["on"]), name=name, sha256=file.sha256, root=root,
        accept=bool(task.payload.get("accept")),
    )  # fmt: skip


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


def _samples(samples: Any) -> list[str]:
    return [str(cell) for cell in list(samples)[:3]]
