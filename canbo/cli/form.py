"""`form`: a statutory form of a day."""

import argparse
import sys
from pathlib import Path

from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, day
from canbo.organization.queries import unit_by_code
from canbo.reporting.forms import load_form
from canbo.reporting.papers import check_lines, form_xlsx
from canbo.reporting.queries import FilledForm, FormRow, fill
from canbo.snapshot.queries import current

HELP = "biểu báo cáo theo mẫu, ví dụ: form bm01 --on 2025-12-31"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="BIỂU", help="mã biểu: bm01")
    add_day(parser)
    parser.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này và các đơn vị trực thuộc")
    parser.add_argument("--format", choices=("json", "xlsx"), default="json", help="dạng kết quả")
    parser.add_argument("--json", action="store_true", help="như --format json")
    parser.add_argument("--out", metavar="TỆP", help="ghi kết quả vào tệp này")


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "statistics.read")
    if args.unit and unit_by_code(code=args.unit, actor=ctx.actor, scope=ctx.scope) is None:
        raise CommandError(f"Không có đơn vị mã “{args.unit}” trong phạm vi được giao.")
    filled = fill(
        form=load_form(args.code.lower()), on=day(args.on), unit=args.unit, snapshot=current(), actor=ctx.actor, scope=ctx.scope
    )
    record_read(actor=ctx.actor, what=f"form.{args.code.lower()}", at=ctx.at, count=len(filled.rows))
    if args.format == "json" or args.json:
        ctx.json(as_json(filled))
    elif args.out:
        Path(args.out).write_bytes(form_xlsx(filled))
        ctx.note(f"Đã ghi {args.out}.")
    elif sys.stdout.isatty():
        raise CommandError("Bảng tính không in được ra màn hình; hãy thêm --out TỆP.")
    else:
        sys.stdout.buffer.write(form_xlsx(filled))
    return 0


def as_json(filled: FilledForm) -> dict:
    return {
        "form": filled.form.code,
        "label": filled.form.label,
        "on": filled.on.isoformat(),
        "columns": [{"number": c.number, "group": c.group, "label": c.label} for c in filled.form.columns],
        "rows": [_row(row) for row in filled.rows],
        "total": _row(filled.total),
        "checks": [{"label": c.check.label, "ok": c.ok, "difference": c.difference} for c in filled.checks],
        "failures": [{"unit": f.unit, "name": f.name, "text": f.text, "columns": list(f.columns)} for f in filled.failures],
        "hidden": list(filled.hidden),
        "notes": check_lines(filled),
    }


def _row(row: FormRow) -> dict:
    return {
        "unit": row.unit,
        "name": row.name,
        "depth": row.depth,
        "values": {str(n): v for n, v in sorted(row.values.items())},
    }
