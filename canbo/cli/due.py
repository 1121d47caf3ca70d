"""`due`: what falls due between two days, or so many days ahead as the agency set."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from canbo.assess.due import LABELS, Due, DueRequest, due, entry_of, names_of, unreckoned
from canbo.assess.due import SOURCES as OF_DOSSIERS
from canbo.assess.law_sets import law_in_force
from canbo.audit.changes import record_read, require
from canbo.cases.due import SOURCES as OF_CASES
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, day, put
from canbo.documents.calendars import ics
from canbo.documents.tables import Table
from canbo.evaluation.due import SOURCES as OF_EVALUATION
from canbo.kernel.dates import PartialDate
from canbo.organization.lead_times import due_kinds, lead_days
from canbo.organization.models import Unit
from canbo.organization.settings import put_lead_days
from canbo.snapshot.queries import current

SOURCES = (*OF_DOSSIERS, *OF_CASES, *OF_EVALUATION)
HELP = "việc đến hạn: nghỉ hưu, hết nhiệm kỳ, bổ nhiệm, kỷ luật, chứng chỉ, kê khai, tiêu chuẩn, hồ sơ thiếu"
HEADS = ("STT", "Thời điểm", "Việc", "Họ và tên", "Ngày sinh", "Căn cứ")


def arguments(parser: argparse.ArgumentParser) -> None:
    add_day(parser, "--from", required=False, words="từ ngày (không ghi thì từ hôm nay)")
    add_day(parser, "--to", required=False, words="đến hết ngày (không ghi thì theo số ngày báo trước của từng loại việc)")
    parser.add_argument("--kind", action="append", default=[], choices=list(LABELS), help="chỉ loại việc này")
    parser.add_argument("--format", choices=("table", "json", "ics", "xlsx", "csv"), default="table", help="dạng kết quả")
    parser.add_argument("--json", action="store_true", help="như --format json")
    parser.add_argument("--out", metavar="TỆP", help="ghi kết quả vào tệp này")
    parser.add_argument("--lead", action="store_true", help="xem số ngày báo trước của từng loại việc")
    parser.add_argument("--set-lead", metavar="LOẠI=NGÀY", help="đặt số ngày báo trước, ví dụ retirement=180")
    parser.add_argument("--unit", metavar="MÃ", help="đơn vị của số ngày báo trước; không ghi thì toàn bộ dữ liệu")
    parser.add_argument("--document", default="", metavar="VĂN_BẢN", help="văn bản làm căn cứ đặt số ngày")


def run(args: argparse.Namespace, ctx: Context) -> int:
    if args.set_lead or args.lead:
        return _lead(args, ctx)
    require(ctx.actor, "dossier.read")
    start = day(vars(args)["from"]) if vars(args)["from"] else ctx.today
    end = day(args.to) if args.to else start
    if end < start:
        raise CommandError("Ngày “đến” phải sau ngày “từ”; hãy sửa --to.")
    snapshot = current()
    request = DueRequest(start=start, end=end, law=law_in_force(settings.LAWS_DIR))
    for problem in request.law.problems:
        ctx.note(f"Quy định mới chưa được dùng vì có lỗi: {problem}")
    lead = None if args.to else lead_days(unit=_unit(args.unit, ctx))
    rows = due(request=request, sources=SOURCES, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope, kinds=args.kind, lead=lead)
    for sentence in unreckoned(request=request, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope, kinds=args.kind):
        ctx.note(sentence)
    people = names_of({row.key for row in rows}, snapshot=snapshot)
    record_read(actor=ctx.actor, what="due", at=ctx.at, count=len(rows), detail=",".join(args.kind))
    if args.json or args.format == "json":
        upto = {"to": end.isoformat()} if lead is None else {"lead_days": lead}
        ctx.json({"from": start.isoformat(), **upto, "rows": [as_json(row, *people[row.key]) for row in rows]})
    elif args.format == "ics":
        _put_ics(rows, people, args, ctx)
    else:
        put(as_table(rows, people, request, lead is None), args, ctx)
    return 0


def _lead(args: argparse.Namespace, ctx: Context) -> int:
    """Set one lead time, or show all of a unit."""
    unit = _unit(args.unit, ctx)
    if args.set_lead:
        kind, _, days = args.set_lead.partition("=")
        put_lead_days(kind=kind, days=days, unit=unit, document=args.document, actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    found = lead_days(unit=unit)
    for kind in due_kinds().values():
        ctx.line(f"{kind.code}\t{found[kind.code]} ngày\t{kind.label}")
    return 0


def _unit(code: str | None, ctx: Context) -> int | None:
    if not code:
        return ctx.actor.unit
    found = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None or not ctx.scope.sees_unit(found):
        raise CommandError(f"Không có đơn vị mã “{code}” trong phạm vi của bạn; hãy xem mã trong mục Tổ chức.")
    return found


def as_json(row: Due, name: str, birth: str | None) -> dict[str, Any]:
    """`month` or `date` when it is known exactly, else `from` and `to`; `since` and `note` only where there are some."""
    ends = [PartialDate(d.year, d.month) if row.by_month else PartialDate.from_date(d) for d in (row.earliest, row.latest)]
    when = {"month" if row.by_month else "date": ends[0].iso} if ends[0] == ends[1] else {"from": ends[0].iso, "to": ends[1].iso}
    more = {"since": row.since and row.since.isoformat(), "note": row.note}
    return {
        "person": {"id": row.key, "name": name, "birth": birth}, "kind": row.kind, **when, "what": row.what,
        "rule": row.rule, "cite": row.document or None, **{key: value for key, value in more.items() if value},
    }  # fmt: skip


def as_table(rows: list[Due], people: dict[int, tuple[str, str | None]], request: DueRequest, until: bool) -> Table:
    cells = []
    for number, row in enumerate(rows, 1):
        name, birth = people[row.key]
        shown = PartialDate.from_iso(birth).display if birth and "/" not in birth else birth or ""
        cells.append([number, row.text, row.said, name, shown, row.cite])
    told = f"đến {request.end:%d/%m/%Y}" if until else "theo số ngày báo trước của từng loại việc"
    return Table("Việc đến hạn", HEADS, cells, (f"Từ {request.start:%d/%m/%Y} {told}",))


def _put_ics(rows: list[Due], people: dict[int, tuple[str, str | None]], args: argparse.Namespace, ctx: Context) -> None:
    content = ics([entry_of(row, people[row.key][0]) for row in rows], name="Việc đến hạn", at=ctx.at)
    if args.out:
        Path(args.out).write_bytes(content)
        ctx.note(f"Đã ghi {args.out}.")
    else:
        sys.stdout.buffer.write(content)
