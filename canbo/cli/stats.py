"""`stats`: counts of a date."""

import argparse
import re
from dataclasses import replace
from typing import Any

from django.conf import settings

from canbo.assess.crosstab import CrossTable, cross_table
from canbo.assess.measures import named_populations
from canbo.assess.statistics import NOUNS, SeriesReport, StatReport, StatRequest, StatRow, row_json, series, statistics
from canbo.audit.changes import require
from canbo.cli.context import CommandError, Context
from canbo.cli.listing import law_now
from canbo.cli.options import add_day, add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.engine.measures import share_pct
from canbo.evaluation.years import years_text
from canbo.facts.outcomes import last_finished_year
from canbo.facts.registry import SUBJECTS, Ask
from canbo.kernel.numbers import decimal_text, percent_text, points_text
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
    parser.add_argument(
        "--population", default="", choices=["", *named_populations()], metavar="TÊN", help="đối tượng có sẵn, ví dụ chu-chot"
    )
    parser.add_argument("--unit", default="", metavar="MÃ", help="chỉ đơn vị này và các đơn vị trực thuộc")
    parser.add_argument("--columns", metavar="DỮ_KIỆN", help="bảng hai chiều: --by là dòng, dữ kiện này là cột")
    parser.add_argument("--series", action="extend", nargs="+", default=[], metavar="NGÀY", help="nhiều ngày trên một dòng")
    add_day(parser, "--map", required=False, words="bản đồ đơn vị hành chính của ngày này")
    add_day(parser, "--compare", required=False, words="so với ngày này")
    parser.add_argument("--compare-where", metavar="ĐIỀU_KIỆN", help="tập hợp của ngày so sánh, khi khác")
    add_day(parser, "--from", required=False, words="từ ngày (việc xảy ra trong kỳ)")
    add_day(parser, "--to", required=False, words="đến hết ngày")
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "statistics.read")
    asked: dict[str, Any] = {"request": request_of(args), "snapshot": current(), "actor": ctx.actor, "scope": ctx.scope}
    if args.columns:
        return _put(ctx, args, *crossed(args, asked))
    if args.series:
        found = series(days=[day(text) for text in args.series], **asked)
        return _put(ctx, args, series_json(found), series_table(found))
    report = statistics(**asked)
    regimes = regimes_of(report, ctx)
    return _put(ctx, args, as_json(report) | ({"regimes": list(regimes)} if regimes else {}), as_table(report, regimes))


def _put(ctx: Context, args: argparse.Namespace, value: Any, table: Table) -> int:
    if format_of(args) == "json":
        ctx.json(value)
    else:
        put(table, args, ctx)
    return 0


def crossed(args: argparse.Namespace, asked: dict[str, Any]) -> tuple[Any, Table]:
    """Rows by columns of one measure at most."""
    if not args.by or len(args.measure) > 1:
        raise CommandError("Bảng hai chiều cần --by cho dòng và nhiều nhất một --measure.")
    request = replace(asked["request"], by=(*args.by, args.columns))
    table = cross_table(**{**asked, "request": request})
    return cross_json(table), cross_text(table)


def request_of(args: argparse.Namespace) -> StatRequest:
    span = vars(args)["from"], args.to
    if (span[0] is None) != (span[1] is None):
        raise CommandError("Kỳ cần cả hai đầu; hãy ghi --from NGÀY và --to NGÀY.")
    return StatRequest(
        on=day(args.on),
        subject=args.subject,
        population=args.population,
        unit=args.unit,
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


def regimes_of(report: StatReport, ctx: Context) -> tuple[str, ...]:
    """Where grades are counted: by which regime those of each year were given."""
    asked = " ".join((*report.request.by, *(row.measure.that for row in report.rows)))
    if not re.search(r"\brating\b", asked):
        return ()
    days = filter(None, (report.request.on, report.request.compare_on))
    return years_text(years=[last_finished_year(Ask(on=on)) for on in days], laws=law_now(settings.LAWS_DIR, ctx).central)


def as_table(report: StatReport, regimes: tuple[str, ...] = ()) -> Table:
    """The table of the terminal, of the workbook and of the page: the same columns everywhere."""
    request = report.request
    turns = bool(report.rows) and report.rows[0].people is not None
    heads = ("Chỉ tiêu", *report.by_labels, "Số lượng", *(("Số người",) if turns else ()), "Trên tổng số", "Tỷ lệ (%)")
    heads += ("Chưa rõ", "Chưa rõ thuộc tập hợp")
    heads += ("Ngày so sánh", "Thay đổi", "Tăng, giảm") if request.compare_on else ()
    lines = [f"Tính đến ngày {request.on:%d/%m/%Y}; đơn vị tính: {NOUNS[request.subject]}"]
    lines += [f"Tập hợp: {report.where_text}"] if report.where_text else []
    notes = (*(f"Tổng kiểm tra: {check}" for check in report.checks), *regimes)
    return Table("Thống kê", heads, [_cells(row, request) for row in report.rows], tuple(lines), notes)


def _cells(row: StatRow, request: StatRequest) -> list:
    share = share_pct(row.count)
    cells = [
        row.measure.label,
        *row.labels.values(),
        row.count.count,
        *([row.people.count] if row.people else []),
        row.count.of,
        "" if share is None else decimal_text(share),
    ]
    cells += [row.count.unknown, row.count.where_unknown]
    if request.compare_on and row.before is not None:
        cells += [f"{row.before.count}/{row.before.of}", f"{row.heads:+d}", points_text(row.points) if row.points is not None else "–"]
    return cells


def cross_json(table: CrossTable) -> dict[str, Any]:
    """The cross-table with codes and labels; every count is of people (or turns) surely in the cell."""
    return {
        "on": table.request.on.isoformat(), "where_text": table.where_text, "noun": table.noun, "measure": table.measure.name,
        "rows": [{"by": list(r.value), "labels": list(r.labels), "counts": list(r.counts), "total": r.total} for r in table.rows],
        "columns": [{"code": code, "label": label} for code, label in table.columns],
        "totals": list(table.totals), "of": table.of, "rest": table.rest, "people": table.people, "checks": list(table.checks),
    }  # fmt: skip


def cross_text(table: CrossTable) -> Table:
    heads = (*table.row_heads, *(label for _, label in table.columns), "Tổng số")
    rows: list[list[Any]] = [[*r.labels, *(_cell(n, table.of) for n in r.counts), _cell(r.total, table.of)] for r in table.rows]
    whole = ["Tổng số", *[""] * (len(table.row_heads) - 1)]
    rows.append([*whole, *(_cell(n, table.of) for n in table.totals), _cell(table.of, table.of)])
    notes = tuple(f"Tổng kiểm tra: {check}" for check in table.checks)
    return Table("Thống kê", heads, rows, _lines(f"Tính đến ngày {table.request.on:%d/%m/%Y}", table.noun, table.where_text), notes)


def _cell(count: int, of: int) -> str:
    return f"{count} ({percent_text(count, of)})"


def series_json(report: SeriesReport) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day in report.days], "where_text": report.where_text, "noun": report.noun,
        "rows": [
            {
                "measure": r.measure.name, "label": r.measure.label, "by": r.by, "labels": r.labels, "heads": r.heads,
                "counts": [{"count": c.count, "of": c.of, "unknown": c.unknown} for c in r.counts],
                "points": None if r.points is None else float(r.points),
            }
            for r in report.rows
        ],
    }  # fmt: skip


def series_table(report: SeriesReport) -> Table:
    heads = ("Chỉ tiêu", *report.by_labels, *(f"{day:%d/%m/%Y}" for day in report.days), "Thay đổi", "Tăng, giảm")
    rows = [
        [r.measure.label, *r.labels.values(), *(_cell(c.count, c.of) for c in r.counts), f"{r.heads:+d}",
         "–" if r.points is None else points_text(r.points)]
        for r in report.rows
    ]  # fmt: skip
    return Table("Thống kê", heads, rows, _lines("Tính đến từng ngày ở đầu cột", report.noun, report.where_text))


def _lines(day_words: str, noun: str, where_text: str) -> tuple[str, ...]:
    return (f"{day_words}; đơn vị tính: {noun}", *([f"Tập hợp: {where_text}"] if where_text else []))
