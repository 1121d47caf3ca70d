"""`coming`: whose verdict is another one on a coming day, and why; age alone stands apart."""

import argparse
from datetime import date
from typing import Any

from django.conf import settings

from canbo.assess.coming import CAUSES, GROUPS, Cause, ComingReport, Moved, coming, coming_days
from canbo.assess.gaps import cited
from canbo.assess.law_sets import Law
from canbo.assess.placing import placing
from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.listing import add_question, cite_json, law_now, people_json, question, who
from canbo.cli.options import add_day, add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.engine.law.verdicts import VERDICTS
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current

HELP = "đến ngày đại hội, nhiệm kỳ: ai không còn đạt, ai trở thành đạt, ai chỉ quá tuổi"
GONE = "Không còn trong diện xét"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_question(parser)
    add_day(parser, "--to", required=False, words="ngày sắp tới; không ghi thì in các mốc đã biết")
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "standards.read")
    request, law, snapshot = question(args), law_now(settings.LAWS_DIR, ctx), current()
    asked: dict[str, Any] = {"law": law, "snapshot": snapshot, "actor": ctx.actor, "scope": ctx.scope}
    if args.to is None:
        _days(coming_days(after=request.on, **asked), args, ctx)
        return 0
    to = day(args.to)
    if to <= request.on:
        raise CommandError(f"Ngày sắp tới phải sau ngày xét {request.on:%d/%m/%Y}; hãy sửa --to.")
    report = coming(request=request, to=to, **asked)
    record_read(actor=ctx.actor, what="coming", at=ctx.at, count=len(report.moved) + len(report.gone), detail=args.title)
    placed = placing(on=request.on, level="", snapshot=snapshot, actor=ctx.actor, scope=ctx.scope)
    keys = {moved.key for moved in report.moved} | {row.key for row in report.gone}
    people = people_json(keys, snapshot=snapshot, placed=placed)
    if format_of(args) == "json":
        ctx.json(as_json(report, to, people))
    else:
        put(as_table(report, to, people, law), args, ctx)
    return 0


def _days(days: list[tuple[date, str]], args: argparse.Namespace, ctx: Context) -> None:
    if format_of(args) == "json":
        ctx.json({"days": [{"date": when.isoformat(), "label": label} for when, label in days]})
    else:
        put(Table("Các mốc đã biết", ("Ngày", "Mốc"), [[f"{when:%d/%m/%Y}", label] for when, label in days]), args, ctx)


def as_json(report: ComingReport, to: date, people: dict[int, dict[str, Any]]) -> dict[str, Any]:
    request = report.now.request
    return {
        "on": request.on.isoformat(), "to": to.isoformat(), "title": request.title, "where": request.where, "judged": len(report.now.rows),
        "counts": {group: len(rows) for group, rows in report.groups.items()} | {"gone": len(report.gone)},
        "rows": [_moved(moved, people[moved.key]) for moved in report.moved],
        "gone": [{"person": people[row.key], "title": row.title, "standard": row.standard, "now": row.verdict} for row in report.gone],
    }  # fmt: skip


def _moved(moved: Moved, person: dict[str, Any]) -> dict[str, Any]:
    return {
        "person": person, "title": moved.title, "standard": moved.standard, "now": moved.now, "later": moved.later, "group": moved.group,
        "causes": [
            {"kind": c.kind, "label": c.label, "change": c.change or None, "cite": cite_json(c.cite)} for c in moved.causes
        ],
    }  # fmt: skip


def as_table(report: ComingReport, to: date, people: dict[int, dict[str, Any]], law: Law) -> Table:
    on = report.now.request.on
    heads = ("STT", "Nhóm", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức danh", f"{on:%d/%m/%Y}", f"{to:%d/%m/%Y}", "Nguyên nhân")
    rows: list[list[Any]] = []
    for group, listed in report.groups.items():
        for moved in listed:
            why = "; ".join(_told(cause, moved.overlay, law) for cause in moved.causes)
            rows.append([GROUPS[group], *who(people[moved.key]), moved.title, VERDICTS[moved.now], VERDICTS[moved.later], why])
    rows += [[GONE, *who(people[row.key]), row.title, VERDICTS[row.verdict], "", ""] for row in report.gone]
    told = "; ".join(f"{GROUPS[group]}: {thousands(len(listed))}" for group, listed in report.groups.items())
    lines = (f"{thousands(len(report.now.rows))} lượt xét", f"{told}; {GONE}: {thousands(len(report.gone))}")
    return Table(f"Thay đổi kết luận đến ngày {to:%d/%m/%Y}", heads, [[n, *row] for n, row in enumerate(rows, 1)], lines)


def _told(cause: Cause, overlay: str, law: Law) -> str:
    change = f" – {cause.change}" if cause.change else ""
    return f"{CAUSES[cause.kind]}: {cause.label} ({cited(cause.cite, overlay, law)}){change}"
