"""`assess`: people against the standard of a title on a day."""

import argparse
from typing import Any

from django.conf import settings

from canbo.assess.law_sets import law_in_force
from canbo.assess.lists import ListRequest, people_list
from canbo.assess.verdicts import AssessReport, AssessRequest, AssessRow, assess
from canbo.assess.waivers import of_standard, waivers_of
from canbo.audit.changes import record_read, require
from canbo.cli.context import Context
from canbo.cli.options import add_day, add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current

HELP = "rà soát tiêu chuẩn chức danh: ai đạt, ai thiếu gì, theo điều nào"
HEADS = (
    "STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức danh", "Kết luận", "Tiêu chí chưa đạt", "Tiêu chí thiếu hồ sơ",
    "Trường hợp đặc biệt", "Căn cứ",
)  # fmt: skip

Special = dict[int, list[dict[str, Any]]]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", required=True, metavar="MÃ", help="mã chức danh, hoặc held (đang giữ), planned (được quy hoạch)")
    add_day(parser)
    parser.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này và các đơn vị trực thuộc")
    parser.add_argument("--where", default="", metavar="ĐIỀU_KIỆN", help="chỉ những người thuộc điều kiện này")
    parser.add_argument("--purpose", choices=PURPOSES, default="title", help="để làm gì: giữ chức danh, tham gia cấp ủy, quy hoạch …")
    parser.add_argument("--overlay", default="auto", metavar="MÃ", help="quy định địa phương: auto, none hoặc mã của một bộ")
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "standards.read")
    where = " and ".join(f"({text})" for text in (args.where, f"'{args.unit}' in within" if args.unit else "") if text)
    overlay = "" if args.overlay == "none" else args.overlay
    request = AssessRequest(on=day(args.on), title=args.title, where=where, overlay=overlay, purpose=args.purpose)
    law = law_in_force(settings.LAWS_DIR)
    for problem in law.problems:
        ctx.note(f"Quy định mới chưa được dùng vì có lỗi: {problem}")
    report = assess(request=request, law=law, snapshot=current(), actor=ctx.actor, scope=ctx.scope)
    if report.left_out:
        ctx.note(report.left_out)
    record_read(actor=ctx.actor, what="assess", at=ctx.at, count=len(report.rows), detail=args.title)
    people = _people(report, ctx)
    special = waivers_of(people={row.key for row in report.rows}, on=report.request.on, actor=ctx.actor, scope=ctx.scope)
    if format_of(args) == "json":
        ctx.json(as_json(report, people, special))
    else:
        put(as_table(report, people, special), args, ctx)
    return 0


def _people(report: AssessReport, ctx: Context) -> dict[int, dict[str, Any]]:
    """Names, birth dates and units of the people judged."""
    request = ListRequest(on=report.request.on, where=report.request.where, columns=("name", "birth", "unit_name"))
    found = people_list(request=request, snapshot=current(), actor=ctx.actor, scope=ctx.scope)
    return dict(zip(found.keys, found.as_json()))


def as_json(report: AssessReport, people: dict[int, dict[str, Any]], special: Special) -> dict[str, Any]:
    return {
        "on": report.request.on.isoformat(), "title": report.request.title, "where": report.request.where, "seq": report.seq,
        "standards": [_standard(overlay, report, code) for code, overlay in sorted(report.plans)],
        "counts": {verdict: report.counts[verdict] for verdict in VERDICTS},
        "rows": [_row(row, people.get(row.key, {}), special.get(row.key, [])) for row in report.rows],
    }  # fmt: skip


def _standard(overlay: str, report: AssessReport, code: str) -> dict[str, Any]:
    plan = report.plans[code, overlay]
    version = plan.version
    return {
        "code": code, "overlay": overlay or None, "version": version.code if version else None,
        "document": version.document if version else None, "complete": plan.grounded,
    }  # fmt: skip


def _row(row: AssessRow, person: dict[str, Any], special: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "person": {"id": row.key, "name": person.get("name"), "birth": person.get("birth"), "unit": person.get("unit_name")},
        "title": row.title, "standard": row.standard, "version": row.version, "verdict": row.verdict,
        "failed": list(row.failed), "unknown": list(row.unknown), "waivers": of_standard(special, row.standard),
    }  # fmt: skip


def as_table(report: AssessReport, people: dict[int, dict[str, Any]], special: Special) -> Table:
    rows = []
    for number, row in enumerate(report.rows, 1):
        person = people.get(row.key, {})
        plan = report.plans[row.standard, row.overlay]
        labels = {c.code: f"{c.label} ({c.cite.article})" for c, _ in plan.criteria}
        rows.append([
            number, person.get("name") or "", person.get("birth") or "", person.get("unit_name") or "", row.title,
            VERDICTS[row.verdict], "; ".join(labels[c] for c in row.failed), "; ".join(labels[c] for c in row.unknown),
            "; ".join(f"{w['authority']}, {w['document'] or 'chưa rõ số'}" for w in of_standard(special.get(row.key, []), row.standard)),
            row.version,
        ])  # fmt: skip
    counted = "; ".join(f"{label}: {thousands(report.counts[verdict])}" for verdict, label in VERDICTS.items())
    return Table("Rà soát tiêu chuẩn chức danh", HEADS, rows, (f"Tính đến ngày {report.request.on:%d/%m/%Y}", counted))
