"""`import`: a personnel list into dossiers, dry run first."""

import argparse
import hashlib
import json
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

from canbo.audit.changes import require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import day
from canbo.imports.book.workbook import open_workbook
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, Plan, plan_list
from canbo.imports.queries import read_known
from canbo.imports.reading import Reading
from canbo.imports.reading.fields import ALL_KINDS
from canbo.imports.report import plan_json, refused_workbook
from canbo.imports.templates import template_workbook
from canbo.organization.changes import load_titles
from canbo.organization.models import Unit
from canbo.organization.queries import unit_by_code

HELP = "nhập danh sách Excel hoặc CSV: đọc thử, xem khác biệt, rồi ghi"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp .xlsx, .xls, .ods hoặc .csv; với --template: tệp mẫu sẽ lập")
    parser.add_argument("--template", choices=ALL_KINDS, metavar="LOẠI", help=f"lập mẫu để điền thay vì nhập: {', '.join(ALL_KINDS)}")
    parser.add_argument("--kind", choices=("auto", *ALL_KINDS), default="auto", help="loại danh sách")
    parser.add_argument("--sheet", metavar="TÊN", help="chỉ đọc trang này")
    parser.add_argument("--mapping", metavar="TỆP", help="tệp JSON ghi cột nào là trường nào")
    parser.add_argument("--unit", metavar="MÃ", help="danh sách thuộc đơn vị này")
    parser.add_argument("--on", metavar="NGÀY", help="ngày từ đó danh sách đúng (mặc định: hôm nay)")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc thử, không ghi")
    parser.add_argument("--yes", action="store_true", help="nhận mọi đề nghị, bỏ dòng ẩn và dòng lặp")
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "import.read")
    path = Path(args.file)
    if args.template:
        path.write_bytes(template_workbook(kind=args.template, on=ctx.today, people=(), scope=ctx.scope))
        ctx.note(f"Đã lập mẫu {path}.")
        return 0
    data = path.read_bytes()
    on = day(args.on) if args.on else ctx.today
    ctx.note("Đang đọc tệp…")
    book = open_workbook(data)
    reading = read_known(
        book=book, filename=path.name, sheet=args.sheet, mapping=_mapping(args.mapping), kind=args.kind, on=on,
        accept=args.yes, actor=ctx.actor, scope=ctx.scope,
    )  # fmt: skip
    request = ListRequest(
        on=on, name=path.stem, sha256=hashlib.sha256(data).hexdigest(), root=_root(args.unit, ctx), accept=args.yes
    )
    if not args.dry_run:
        require(ctx.actor, "import.write")
        load_titles(actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    plan = plan_list(reading=reading, request=request, actor=ctx.actor, scope=ctx.scope)
    if not args.dry_run:
        _confirm(plan, args, ctx)
        ctx.note("Đang ghi…")
        write_plan(plan=plan, actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    found = plan_json(plan, rows=args.dry_run or args.json)
    found["written"] = not args.dry_run
    if not args.dry_run:
        found["refused_file"] = _refused(plan, book, path)
    _show(found, reading, on, args, ctx)
    return 0


def _mapping(path: str | None) -> dict | None:
    if path is None:
        return None
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise CommandError(f"Tệp cột “{path}” không phải JSON (dòng {error.lineno}); hãy sửa rồi chạy lại.") from error
    return dict(found)


def _root(code: str | None, ctx: Context) -> Unit | None:
    if code is None:
        # As a unit's officer: new units stand under hers, else she would not see the people she brought in.
        return Unit.objects.filter(pk=ctx.actor.unit).first() if ctx.actor.unit else None
    unit = unit_by_code(code=code, actor=ctx.actor, scope=ctx.scope)
    if unit is None:
        raise CommandError(f"Không có đơn vị mã “{code}” trong phạm vi được giao.")
    return unit


def _confirm(plan: Plan, args: argparse.Namespace, ctx: Context) -> None:
    """Without --yes a person looks at the dry run and says so."""
    if args.yes:
        return
    if args.json or not sys.stdin.isatty():
        raise CommandError("Chưa ghi gì: hãy xem trước bằng --dry-run, rồi thêm --yes để nhận các đề nghị và ghi.")
    _show(plan_json(plan, rows=False), plan.reading, plan.request.on, args, ctx)
    if input("Ghi vào hồ sơ? (c = có, k = không) ").strip().lower() not in ("c", "có", "co"):
        raise CommandError("Đã dừng theo ý bạn, chưa ghi gì.")


def _refused(plan: Plan, book: object, path: Path) -> str | None:
    content = refused_workbook(plan, book)  # type: ignore[arg-type]
    if content is None:
        return None
    target = Path(settings.DATA_DIR) / "refused" / f"{path.stem}.chua-ghi.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return str(target)


def _show(found: dict, reading: Reading, on: date, args: argparse.Namespace, ctx: Context) -> None:
    if args.json:
        ctx.json(found)
        return
    ctx.line(f"{reading.filename} – đúng từ ngày {on:%d/%m/%Y}")
    for sheet in found["sheets"]:
        ctx.line(f"Trang “{sheet['name']}” ({sheet['kind']}):")
        for header, column in sheet["mapping"].items():
            target = column["field"] or (
                f"hỏi: {column['proposal']}?" if column["proposal"] else f"giữ thành cột {column['extra']}"
            )
            ctx.line(f"  {header[:48]:<48} → {target}  ({column['confidence']:.2f})".replace(".", ",", 0))
        ctx.line(
            f"  mới {sheet['new']}, thay đổi {sheet['changed']}, không đổi {sheet['same']}, lặp {sheet['repeated']}"
        )
        for row in sheet["refused"]:
            ctx.line(f"  dòng {row['row']}: {row['why']}")
    for value in found["unplaced_values"]:
        ctx.line(f"Dòng {value['row']}, cột “{value['column']}”: chưa hiểu “{value['value']}”, để lại là chưa rõ.")
    if found.get("refused_file"):
        ctx.line(f"Các dòng chưa ghi ở {found['refused_file']}.")
