"""`due`: what falls due between two days."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from canbo.assess.due import SOURCES, Due, DueRequest, due, entry_of, names_of
from canbo.assess.law_sets import law_in_force
from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, day, put
from canbo.documents.calendars import ics
from canbo.documents.tables import Table
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import current

HELP = "việc đến hạn: nghỉ hưu, hết nhiệm kỳ, hết thời hạn kỷ luật, chứng chỉ hết giá trị"
LABELS = {source.kind: source.label for source in SOURCES}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_day(parser, "--from", words="từ ngày")
    add_day(parser, "--to", words="đến hết ngày")
    parser.add_argument("--kind", action="append", default=[], choices=list(LABELS), help="chỉ loại việc này")
    parser.add_argument("--format", choices=("table", "json", "ics", "xlsx", "csv"), default="table", help="dạng kết quả")
    parser.add_argument("--json", action="store_true", help="như --format json")
    parser.add_argument("--out", metavar="TỆP", help="ghi kết quả vào tệp này")


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "dossier.read")
    start, end = day(vars(args)["from"]), day(args.to)
    if end < start:
        raise CommandError("Ngày “đến” phải sau ngày “từ”; hãy sửa --to.")
    snapshot = current()
    request = DueRequest(start=start, end=end, law=law_in_force(settings.LAWS_DIR))
    rows = due(request=request, sources=SOURCES, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope, kinds=args.kind)
    people = names_of({row.key for row in rows}, snapshot=snapshot)
    record_read(actor=ctx.actor, what="due", at=ctx.at, count=len(rows), detail=",".join(args.kind))
    if args.json or args.format == "json":
        ctx.json({"from": start.isoformat(), "to": end.isoformat(), "rows": [as_json(row, *people[row.key]) for row in rows]})
    elif args.format == "ics":
        _put_ics(rows, people, args, ctx)
    else:
        put(as_table(rows, people, request), args, ctx)
    return 0


def as_json(row: Due, name: str, birth: str | None) -> dict[str, Any]:
    """`month` or `date` when it is known exactly, else `from` and `to`."""
    ends = [PartialDate(d.year, d.month) if row.by_month else PartialDate.from_date(d) for d in (row.earliest, row.latest)]
    when = {"month" if row.by_month else "date": ends[0].iso} if ends[0] == ends[1] else {"from": ends[0].iso, "to": ends[1].iso}
    return {
        "person": {"id": row.key, "name": name, "birth": birth}, "kind": row.kind, **when, "what": row.what,
        "rule": row.rule, "cite": row.document or None,
    }  # fmt: skip


def as_table(rows: list[Due], people: dict[int, tuple[str, str | None]], request: DueRequest) -> Table:
    heads = ("STT", "Thời điểm", "Việc", "Họ và tên", "Ngày sinh", "Căn cứ")
    cells = []
    for number, row in enumerate(rows, 1):
        name, birth = people[row.key]
        shown = PartialDate.from_iso(birth).display if birth and "/" not in birth else birth or ""
        cells.append([number, row.text, row.what, name, shown, " ".join(filter(None, (row.document, row.rule)))])
    return Table("Việc đến hạn", heads, cells, (f"Từ {request.start:%d/%m/%Y} đến {request.end:%d/%m/%Y}",))


def _put_ics(rows: list[Due], people: dict[int, tuple[str, str | None]], args: argparse.Namespace, ctx: Context) -> None:
    content = ics([entry_of(row, people[row.key][0]) for row in rows], name="Việc đến hạn", at=ctx.at)
    if args.out:
        Path(args.out).write_bytes(content)
        ctx.note(f"Đã ghi {args.out}.")
    else:
        sys.stdout.buffer.write(content)
