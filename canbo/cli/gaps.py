"""`gaps`: what is missing by unit, title and criterion, and who misses it."""

import argparse
from typing import Any

from django.conf import settings

from canbo.assess.gaps import GapLine, cited, gap_lines
from canbo.assess.law_sets import Law
from canbo.assess.placing import Placing, placing
from canbo.assess.verdicts import assess
from canbo.audit.changes import record_read, require
from canbo.cli.context import Context
from canbo.cli.listing import add_level, add_question, cite_json, law_now, people_json, question
from canbo.cli.options import add_format, format_of, put
from canbo.documents.tables import Table
from canbo.snapshot.queries import current

HELP = "còn thiếu: mỗi đơn vị, chức danh còn bao nhiêu lượt chưa đạt, thiếu hồ sơ ở từng tiêu chí"
HEADS = ("STT", "Đơn vị", "Chức danh", "Tiêu chí", "Căn cứ", "Số lượt xét", "Chưa đạt", "Thiếu hồ sơ")


def arguments(parser: argparse.ArgumentParser) -> None:
    add_question(parser)
    add_level(parser)
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "standards.read")
    request, law, snapshot = question(args), law_now(settings.LAWS_DIR, ctx), current()
    asked: dict[str, Any] = {"snapshot": snapshot, "actor": ctx.actor, "scope": ctx.scope}
    report = assess(request=request, law=law, **asked)
    placed = placing(on=request.on, level=args.level, **asked)
    lines = gap_lines(report, placed)
    record_read(actor=ctx.actor, what="gaps", at=ctx.at, count=len(lines), detail=args.title)
    if format_of(args) == "json":
        own = placing(on=request.on, level="", **asked)
        people = people_json({key for line in lines for key in line.keys("")}, snapshot=snapshot, placed=own)
        rows = [as_json(line, placed, people) for line in lines]
        ctx.json({"on": request.on.isoformat(), "title": request.title, "where": request.where, "judged": len(report.rows), "rows": rows})
    else:
        put(as_table(lines, placed, law, f"Xét vào ngày {request.on:%d/%m/%Y}"), args, ctx)
    return 0


def as_json(line: GapLine, placed: Placing, people: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """`unit` is null for the whole scope."""
    unit = None if line.unit is None else {"code": placed.code(line.unit) or None, "name": placed.name(line.unit)}
    return {
        "unit": unit, "title": line.title, "standard": line.standard, "overlay": line.overlay or None, "criterion": line.criterion,
        "label": line.label, "cite": cite_json(line.cite), "fixable_before": line.fixable, "judged": line.judged,
        "failed": [people[key] for key in line.failed], "unknown": [people[key] for key in line.unknown],
    }  # fmt: skip


def as_table(lines: list[GapLine], placed: Placing, law: Law, about: str) -> Table:
    rows = [
        [
            number, placed.name(line.unit), line.title, line.label, cited(line.cite, line.overlay, law), line.judged, len(line.failed),
            len(line.unknown),
        ]
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip
    return Table("Nội dung còn thiếu so với tiêu chuẩn", HEADS, rows, (about,))
