"""`evaluation`: campaigns – opened, how far they are, ceilings, closed."""

import argparse
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from canbo.audit.changes import record_read
from canbo.cli.context import CommandError, Context
from canbo.cli.listing import law_now
from canbo.cli.options import add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.engine.ratings.model import GRADES
from canbo.evaluation.campaigns import EvaluationRefused, Opening, close_campaign, open_campaign
from canbo.evaluation.models import PERIODS, Campaign, CampaignUnit
from canbo.evaluation.papers.printing import KINDS, papers_zip
from canbo.evaluation.periods import PeriodRefused
from canbo.evaluation.queries import campaign, campaigns, progress, quota_of, quota_of_units, summary_of, units_in
from canbo.organization.queries import unit_by_code, units
from canbo.snapshot.queries import current

HELP = """đợt đánh giá, xếp loại: list, open, progress, quota, summary, papers, close"""
WEEK = timedelta(days=7)
TOLD_EVERY = 200  # people


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC", title="việc")
    add_format(acts.add_parser("list", help="các đợt đánh giá"))
    made = acts.add_parser("open", help="mở đợt cho các đơn vị đã chọn")
    made.add_argument("--name", required=True, metavar="TÊN", help="tên đợt")
    made.add_argument("--at", required=True, metavar="MÃ", help="mã đơn vị mở đợt")
    made.add_argument("--unit", action="append", default=[], metavar="MÃ", help="đơn vị tham gia; ghi nhiều lần")
    made.add_argument("--below", metavar="MÃ", help="mọi đơn vị trực thuộc đơn vị này")
    made.add_argument("--period", required=True, metavar="KỲ", help="2026, 2026-Q1, 2026-H1, 2026-03 hoặc 2025-2030")
    made.add_argument("--period-kind", choices=[kind for kind, _ in PERIODS if kind != "once"], default="year", help="loại kỳ")
    made.add_argument("--capacity", choices=("official", "party"), default="official", help="tư cách được đánh giá")
    made.add_argument("--deadline", metavar="NGÀY", help="hạn gửi kết quả (mặc định: sau 7 ngày)")
    made.add_argument("--order", default="", metavar="VĂN_BẢN", help="văn bản chỉ đạo")
    made.add_argument("--on", metavar="NGÀY", help="ngày mở (mặc định: hôm nay)")
    made.add_argument("--json", action="store_true", help="in JSON")
    for act, words in (
        ("progress", "tiến độ từng đơn vị"), ("quota", "tỷ lệ hoàn thành xuất sắc từng đơn vị"),
        ("summary", "kết quả theo mức, từng đơn vị"),
    ):  # fmt: skip
        one = acts.add_parser(act, help=words)
        one.add_argument("campaign", type=int, metavar="ĐỢT", help="số của đợt (xem list)")
        one.add_argument("--on", metavar="NGÀY", help="tính đến ngày (mặc định: hôm nay)")
        add_format(one)
    papers = acts.add_parser("papers", help="lập văn bản của đợt, của một đơn vị: nhiều tệp Word trong một tệp nén")
    papers.add_argument("campaign", type=int, metavar="ĐỢT", help="số của đợt (xem list)")
    papers.add_argument("--unit", action="append", default=[], metavar="MÃ", help="chỉ đơn vị này; ghi nhiều lần")
    papers.add_argument("--kind", action="append", default=[], metavar="LOẠI", help=f"loại văn bản; ghi nhiều lần: {', '.join(KINDS)}")
    papers.add_argument("--out", required=True, metavar="TỆP", help="tệp .zip sẽ lập")
    closing = acts.add_parser("close", help="kết thúc đợt khi mọi đơn vị đã gửi kết quả")
    closing.add_argument("campaign", type=int, metavar="ĐỢT", help="số của đợt (xem list)")


def run(args: argparse.Namespace, ctx: Context) -> int:
    acts = {"list": _list, "open": _open, "progress": _progress, "quota": _quota, "summary": _summary, "papers": _papers, "close": _close}
    try:
        acts[args.act](args, ctx)
    except (EvaluationRefused, PeriodRefused) as error:
        raise CommandError(str(error)) from error
    return 0


def _list(args: argparse.Namespace, ctx: Context) -> None:
    rows = [
        [row.pk, row.name, row.unit.name, row.period, f"{row.opened_on:%d/%m/%Y}", f"{row.deadline:%d/%m/%Y}", _state(row)]
        for row in campaigns(actor=ctx.actor, scope=ctx.scope)
    ]  # fmt: skip
    _put("Đợt đánh giá", ("Số", "Tên", "Nơi mở", "Kỳ", "Mở ngày", "Hạn", "Tình trạng"), rows, args, ctx)


def _open(args: argparse.Namespace, ctx: Context) -> None:
    on = day(args.on) if args.on else ctx.today
    opener = _unit(args.at, ctx)
    ticked = [_unit(code, ctx).pk for code in args.unit]
    if args.below:
        standing = units(on=on, actor=ctx.actor, scope=ctx.scope).filter(parent=_unit(args.below, ctx).pk)
        ticked += standing.values_list("pk", flat=True)
    opening = Opening(
        unit=opener.pk, name=args.name, units=frozenset(ticked), period_kind=args.period_kind, period=args.period, opened_on=on,
        deadline=day(args.deadline) if args.deadline else on + WEEK, order=args.order, capacity=args.capacity,
    )  # fmt: skip
    laws = law_now(settings.LAWS_DIR, ctx).central
    found = open_campaign(opening=opening, laws=laws, snapshot=current(), actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    left = [{"person": one.person, "name": one.name, "why": one.why} for one in found.left_out]
    if args.json:
        ctx.json({"campaign": found.campaign.pk, "rated": found.rated, "left_out": left})
        return
    ctx.line(f"Đã mở đợt {found.campaign.pk}: {len(ticked)} đơn vị, {found.rated} người.")
    for one in left:
        ctx.note(f"Không đưa vào đợt: {one['name']} – {one['why']}.")


def _progress(args: argparse.Namespace, ctx: Context) -> None:
    row = _campaign(args, ctx)
    on = day(args.on) if args.on else ctx.today
    lines = [
        [one.unit.unit.name, one.people, one.own_sent, one.scored, one.decided, _sent(one.unit, one.late)]
        for one in progress(campaign=row, on=on, actor=ctx.actor, scope=ctx.scope)
    ]  # fmt: skip
    heads = ("Đơn vị", "Số người", "Đã tự đánh giá", "Có mức đề xuất", "Đã quyết định", "Kết quả")
    _put(f"Tiến độ: {row.name}", heads, lines, args, ctx)


def _quota(args: argparse.Namespace, ctx: Context) -> None:
    row, laws = _campaign(args, ctx), law_now(settings.LAWS_DIR, ctx).central
    lines = [
        [unit.unit.name, line.meter.group, line.meter.used, line.meter.cap, line.meter.base, line.text, line.cite]
        for unit in units_in(campaign=row, actor=ctx.actor, scope=ctx.scope)
        for line in quota_of(unit=unit, laws=laws, actor=ctx.actor, scope=ctx.scope)
    ]  # fmt: skip
    among = quota_of_units(campaign=row, laws=laws, actor=ctx.actor, scope=ctx.scope)
    told = [["Các đơn vị của đợt", "", line.meter.used, line.meter.cap, line.meter.base, line.text, line.cite] for line in among]
    lines = told + lines
    heads = ("Đơn vị", "Nhóm", "Xuất sắc", "Tối đa", "Tính trên", "Nhận xét", "Căn cứ")
    _put(f"Tỷ lệ hoàn thành xuất sắc: {row.name}", heads, lines, args, ctx)


def _summary(args: argparse.Namespace, ctx: Context) -> None:
    row = _campaign(args, ctx)
    lines = [
        [name, sum(counts.values()), *(counts.get(grade, 0) for grade in (*reversed(GRADES), "khong-xep-loai", ""))]
        for name, counts in summary_of(campaign=row, actor=ctx.actor, scope=ctx.scope)
    ]
    heads = ("Đơn vị", "Số người", "Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành", "Không xếp loại", "Chưa quyết định")
    _put(f"Kết quả: {row.name}", heads, lines, args, ctx)


def _papers(args: argparse.Namespace, ctx: Context) -> None:
    """All kinds when none is named; all units the reader sees when none is."""
    row, kinds = _campaign(args, ctx), args.kind or list(KINDS)
    units = [_unit(code, ctx).pk for code in args.unit] if args.unit else None
    content, papers = papers_zip(
        campaign=row, units=units, kinds=kinds, on=ctx.today, laws=law_now(settings.LAWS_DIR, ctx).central, told=_teller(ctx),
        actor=ctx.actor, scope=ctx.scope,
    )  # fmt: skip
    record_read(actor=ctx.actor, what="evaluation.papers", at=ctx.at, count=papers, detail=f"{row.pk} {' '.join(kinds)}")
    Path(args.out).write_bytes(content)
    ctx.line(f"Đã lập {papers} văn bản trong {args.out}.")


def _teller(ctx: Context) -> Callable[[int, int], None]:
    """A remark now and then: thousands of papers take minutes."""

    def told(done: int, of: int) -> None:
        if done % TOLD_EVERY == 0:
            ctx.note(f"Đã xong {done}/{of} người.")

    return told


def _close(args: argparse.Namespace, ctx: Context) -> None:
    row = close_campaign(pk=_campaign(args, ctx).pk, on=ctx.today, actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    ctx.line(f"Đã kết thúc đợt {row.pk}: {row.name}.")


def _put(title: str, heads: tuple[str, ...], rows: list[list[Any]], args: argparse.Namespace, ctx: Context) -> None:
    if format_of(args) == "json":
        ctx.json({"rows": [dict(zip(heads, row)) for row in rows]})
    else:
        put(Table(title, heads, rows, ()), args, ctx)


def _campaign(args: argparse.Namespace, ctx: Context) -> Campaign:
    try:
        return campaign(pk=args.campaign, actor=ctx.actor, scope=ctx.scope)
    except Campaign.DoesNotExist:
        raise CommandError(f"Không có đợt đánh giá số {args.campaign}; hãy xem “evaluation list”.") from None


def _unit(code: str, ctx: Context) -> Any:
    found = unit_by_code(code=code, actor=ctx.actor, scope=ctx.scope)
    if found is None:
        raise CommandError(f"Không có đơn vị mã “{code}” trong phạm vi bạn được giao.")
    return found


def _state(row: Campaign) -> str:
    return f"kết thúc {row.closed_on:%d/%m/%Y}" if row.closed_on else "đang làm"


def _sent(unit: CampaignUnit, late: bool) -> str:
    return f"đã gửi {unit.sent_on:%d/%m/%Y}" if unit.sent_on else "quá hạn" if late else "chưa gửi"
