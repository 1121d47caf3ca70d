"""`stats`: counts of a date."""

import argparse

from canbo.assess.statistics import NOUNS, StatReport, StatRequest, StatRow, row_json, statistics
from canbo.audit.changes import require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.engine.measures import share_pct
from canbo.facts.registry import SUBJECTS
from canbo.kernel.numbers import decimal_text, points_text
from canbo.snapshot.queries import current

HELP = "thống kê tại một ngày: đếm, tỷ lệ, chưa rõ; theo nhóm; so hai ngày"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    parser.add_argument("--subject", choices=SUBJECTS, default="person", help="đối tượng đếm")
    parser.add_argument(
        "--where", default="", metavar="ĐIỀU_KIỆN", help="tập hợp được tính, ví dụ \"staff_kind == 'can-bo'\""
    )
    parser.add_argument(
        "--measure",
        action="extend",
        nargs="+",
        default=[],
        metavar="CHỈ_TIÊU",
        help="tên chỉ tiêu hoặc điều kiện",
    )
    parser.add_argument(
        "--by", action="extend", nargs="+", default=[], metavar="DỮ_KIỆN", help="chia nhóm theo dữ kiện"
    )
    add_day(parser, "--map", required=False, words="bản đồ đơn vị hành chính của ngày này")
    add_day(parser, "--compare", required=False, words="so với ngày này")
    parser.add_argument("--compare-where", metavar="ĐIỀU_KIỆN", help="tập hợp của ngày so sánh, khi khác")
    add_day(parser, "--from", required=False, words="từ ngày (việc xảy ra trong kỳ)")
    add_day(parser, "--to", required=False, words="đến hết ngày")
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "statistics.read")
    report = statistics(request=request_of(args), snapshot=current(), actor=ctx.actor, scope=ctx.scope)
    if format_of(args) == "json":
        ctx.json(as_json(report))
    else:
        put(as_table(report), args, ctx)
    return 0


def request_of(args: argparse.Namespace) -> StatRequest:
    span = vars(args)["from"], args.to
    if (span[0] is None) != (span[1] is None):
        raise CommandError("Kỳ cần cả hai đầu; hãy ghi --from NGÀY và --to NGÀY.")
    return StatRequest(
        on=day(args.on),
        subject=args.subject,
        where=args.where,
        measures=tuple(args.measure),
        by=tuple(args.by),
        map_on=day(args.map) if args.map else None,
        compare_on=day(args.compare) if args.compare else None,
        compare_where=args.compare_where,
        period=(day(span[0]), day(span[1])) if span[0] else None,
    )


def as_json(report: StatReport) -> dict:
    request = report.request
    return {
        "on": request.on.isoformat(),
        "map": (request.map_on or request.on).isoformat(),
        "where": request.where,
        "where_text": report.where_text,
        "subject": request.subject,
        "noun": report.noun,
        "checks": list(report.checks),
        "rows": [row_json(row) for row in report.rows],
    }


def as_table(report: StatReport) -> Table:
    """The table of the terminal, of the workbook and of the page: the same columns everywhere."""
    request = report.request
    heads = ("Chỉ tiêu", *report.by_labels, "Số lượng", "Trên tổng số", "Tỷ lệ (%)", "Chưa rõ", "Chưa rõ thuộc tập hợp")
    heads += ("Ngày so sánh", "Tăng, giảm") if request.compare_on else ()
    lines = [f"Tính đến ngày {request.on:%d/%m/%Y}; đơn vị tính: {NOUNS[request.subject]}"]
    lines += [f"Tập hợp: {report.where_text}"] if report.where_text else []
    notes = tuple(f"Tổng kiểm tra: {check}" for check in report.checks)
    return Table("Thống kê", heads, [_cells(row, request) for row in report.rows], tuple(lines), notes)


def _cells(row: StatRow, request: StatRequest) -> list:
    share = share_pct(row.count)
    cells = [
        row.measure.label,
        *row.labels.values(),
        row.count.count,
        row.count.of,
        "" if share is None else decimal_text(share),
    ]
    cells += [row.count.unknown, row.count.where_unknown]
    if request.compare_on and row.before is not None:
        cells += [f"{row.before.count}/{row.before.of}", points_text(row.points) if row.points is not None else "–"]
    return cells
