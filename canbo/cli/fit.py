"""`fit`: the field studied against the post, postgraduates outside their field, people long without a class."""

import argparse
from collections import Counter
from typing import Any

from django.conf import settings

from canbo.assess.fit import QUESTIONS, REASONS, FitReport, FitRequest, FitRow, answer, fit
from canbo.assess.gaps import cited
from canbo.assess.law_sets import Law
from canbo.assess.placing import placing
from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.listing import add_scope, cite_json, law_now, people_json, where_of, who
from canbo.cli.options import add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current

HELP = "ngành học so với vị trí, sau đại học chưa dùng đúng ngành, lâu chưa học"
HEADS = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Kết quả", "Lý do", "Đã học", "Vị trí cần", "Căn cứ")
MOST_YEARS = 50
WORDS = {True: "yes", False: "no", None: "unknown"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ask", choices=QUESTIONS, default="post", help="; ".join(f"{code}: {label}" for code, label in QUESTIONS.items()))
    parser.add_argument("--years", type=int, default=5, metavar="SỐ", help="với untrained: không học lớp nào trong bấy nhiêu năm")
    add_scope(parser)
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "standards.read")
    if not 1 <= args.years <= MOST_YEARS:
        raise CommandError(f"Số năm phải từ 1 đến {MOST_YEARS}; hãy sửa --years.")
    request = FitRequest(on=day(args.on), question=args.ask, where=where_of(args), years=args.years)
    law, snapshot = law_now(settings.LAWS_DIR, ctx), current()
    report = fit(request=request, law=law, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope)
    record_read(actor=ctx.actor, what="fit", at=ctx.at, count=len(report.rows), detail=args.ask)
    placed = placing(on=request.on, level="", snapshot=snapshot, actor=ctx.actor, scope=ctx.scope)
    people = people_json([row.key for row in report.rows], snapshot=snapshot, placed=placed)
    if format_of(args) == "json":
        ctx.json(as_json(report, people))
    else:
        put(as_table(report, people, law), args, ctx)
    return 0


def as_json(report: FitReport, people: dict[int, dict[str, Any]]) -> dict[str, Any]:
    asks = report.request
    counts = Counter(WORDS[row.said] for row in report.rows)
    return {
        "on": asks.on.isoformat(), "ask": asks.question, "where": asks.where, "years": asks.years if asks.question == "untrained" else None,
        "counts": {word: counts[word] for word in WORDS.values()}, "rows": [_row(row, people[row.key]) for row in report.rows],
    }  # fmt: skip


def _row(row: FitRow, person: dict[str, Any]) -> dict[str, Any]:
    return {
        "person": person, "answer": WORDS[row.said], "reason": row.reason or None, "found": row.found or None,
        "wanted": row.wanted or None, "cite": cite_json(row.cite) if row.cite else None,
    }  # fmt: skip


def as_table(report: FitReport, people: dict[int, dict[str, Any]], law: Law) -> Table:
    asks, rows = report.request, []
    for number, row in enumerate(report.rows, 1):
        cite = cited(row.cite, row.overlay, law) if row.cite else ""
        said = answer(asks.question, row.said, asks.years)
        rows.append([number, *who(people[row.key]), said, REASONS.get(row.reason, ""), row.found, row.wanted, cite])
    counts = Counter(answer(asks.question, row.said, asks.years) for row in report.rows)
    told = "; ".join(f"{label}: {thousands(n)}" for label, n in counts.most_common())
    return Table(QUESTIONS[asks.question], HEADS, rows, (f"Tính đến ngày {asks.on:%d/%m/%Y}", told))
