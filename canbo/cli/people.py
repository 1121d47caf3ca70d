"""`people`: the persons of a date, with the columns asked for."""

import argparse
from pathlib import Path

from canbo.assess.lists import DEFAULT_COLUMNS, ListRequest, people_list
from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.imports.roundtrip.export import editing_workbook
from canbo.organization.queries import unit_by_code
from canbo.snapshot.queries import current

HELP = "danh sách người tại một ngày, chọn cột và điều kiện"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    parser.add_argument("--where", default="", metavar="ĐIỀU_KIỆN", help="chỉ những người thỏa điều kiện")
    parser.add_argument("--columns", default=",".join(DEFAULT_COLUMNS), metavar="DỮ_KIỆN,…", help="các cột")
    parser.add_argument("--order", default="ten", metavar="THỨ_TỰ", help="ten, chuc-danh, to-chuc:SỐ, cot:DỮ_KIỆN, cot:-DỮ_KIỆN")
    add_day(parser, "--map", required=False, words="bản đồ đơn vị hành chính của ngày này")
    parser.add_argument("--for-editing", metavar="TỆP", help="lập tệp .xlsx mọi cột nhập được để sửa rồi nhập lại")
    parser.add_argument("--unit", metavar="MÃ", help="chỉ người của đơn vị này (với --for-editing)")
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "export")
    if args.for_editing:
        return _for_editing(args, ctx)
    columns = tuple(name.strip() for name in args.columns.split(",") if name.strip())
    request = ListRequest(
        on=day(args.on), where=args.where, columns=columns, map_on=day(args.map) if args.map else None,
        order=args.order,
    )
    found = people_list(request=request, snapshot=current(), actor=ctx.actor, scope=ctx.scope)
    record_read(actor=ctx.actor, what="export.people", at=ctx.at, count=len(found.rows), detail=args.where)
    if format_of(args) == "json":
        ctx.json({"on": request.on.isoformat(), "rows": found.as_json()})
        return 0
    lines = (f"Tính đến ngày {request.on:%d/%m/%Y}", *([f"Điều kiện: {found.where_text}"] if found.where_text else []))
    put(Table("Danh sách", ("TT", *found.heads), found.as_cells(), lines), args, ctx)
    return 0


def _for_editing(args: argparse.Namespace, ctx: Context) -> int:
    unit = unit_by_code(code=args.unit, actor=ctx.actor, scope=ctx.scope) if args.unit else None
    if args.unit and unit is None:
        raise CommandError(f"Không có đơn vị mã “{args.unit}” trong phạm vi được giao.")
    content, count = editing_workbook(unit=unit.pk if unit else None, on=day(args.on), actor=ctx.actor, scope=ctx.scope)
    record_read(actor=ctx.actor, what="export.for_editing", at=ctx.at, count=count)
    Path(args.for_editing).write_bytes(content)
    ctx.note(f"Đã lập {args.for_editing}: {count} người.")
    return 0
