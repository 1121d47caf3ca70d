"""`planning`: rounds of planning – opened, how far they are, sent in – and the plan of any day."""

import argparse
from datetime import date
from typing import Any

from canbo.audit.changes import record_read
from canbo.cli import planning_checks
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, day, format_of
from canbo.cli.planning_checks import put_rows
from canbo.cli.planning_shared import home_named, round_named, unit_named
from canbo.documents.tables import Table
from canbo.dossier.models import PlanEntry
from canbo.dossier.outline import decision_text
from canbo.organization.models import Term
from canbo.organization.queries import units
from canbo.planning.deciding import send_unit
from canbo.planning.models import KINDS
from canbo.planning.order import below
from canbo.planning.queries import Asking, entries, progress, rounds
from canbo.planning.rounds import Opening, PlanningRefused, Wanted, open_round
from canbo.snapshot.queries import current

HELP = """quy hoạch: open, status, submit, list, meter, review, propose"""
FORMATS = ("table", "json", "xlsx")


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC", title="việc")
    _open_arguments(acts.add_parser("open", help="mở đợt xây dựng hoặc rà soát quy hoạch cho các đơn vị đã chọn"))
    status = acts.add_parser("status", help="các đợt quy hoạch; tiến độ từng đơn vị của một đợt")
    status.add_argument("round", type=int, nargs="?", metavar="ĐỢT", help="số của đợt; không ghi thì liệt kê các đợt")
    status.add_argument("--on", metavar="NGÀY", help="tính đến ngày (mặc định: hôm nay)")
    _add_format(status)
    sent = acts.add_parser("submit", help="gửi danh sách của một đơn vị lên nơi mở đợt")
    sent.add_argument("round", type=int, metavar="ĐỢT", help="số của đợt (xem status)")
    sent.add_argument("unit", metavar="ĐƠN_VỊ", help="mã đơn vị")
    sent.add_argument("--on", metavar="NGÀY", help="ngày gửi (mặc định: hôm nay)")
    sent.add_argument("--json", action="store_true", help="in JSON")
    _list_arguments(acts.add_parser("list", help="danh sách quy hoạch của một ngày bất kỳ"))
    planning_checks.arguments(acts, _add_format)


def _open_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("--name", required=True, metavar="TÊN", help="tên đợt")
    made.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị mở đợt")
    made.add_argument("--titles", required=True, metavar="MÃ,MÃ", help="mã các chức danh, cách nhau dấu phẩy")
    made.add_argument("--term", required=True, metavar="NHIỆM_KỲ", help="ví dụ 2026-2031")
    made.add_argument("--kind", choices=[kind for kind, _ in KINDS], default="current", help="next: nhiệm kỳ kế tiếp; current: rà soát")
    made.add_argument("--units", default="", metavar="MÃ,MÃ", help="các đơn vị tham gia, cách nhau dấu phẩy")
    made.add_argument("--below", metavar="MÃ", help="mọi đơn vị trực thuộc đơn vị này")
    made.add_argument("--deadline", required=True, metavar="NGÀY", help="hạn gửi danh sách")
    made.add_argument("--on", metavar="NGÀY", help="ngày xét, cũng là ngày mở (mặc định: hôm nay)")
    made.add_argument("--age-on", metavar="NGÀY", help="ngày tính tuổi (mặc định: đầu nhiệm kỳ kế tiếp; ngày xét khi rà soát)")
    made.add_argument("--bands", default="", metavar="40,45", help="hai mốc của ba độ tuổi")
    made.add_argument("--order", default="", metavar="VĂN_BẢN", help="văn bản chỉ đạo")
    made.add_argument("--json", action="store_true", help="in JSON")


def _list_arguments(listed: argparse.ArgumentParser) -> None:
    add_day(listed, words="ngày xem")
    listed.add_argument("--body", default="", metavar="MÃ", help="chỉ chức danh, tập thể này")
    listed.add_argument("--term", default="", metavar="NHIỆM_KỲ", help="chỉ nhiệm kỳ này")
    listed.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này và các đơn vị trực thuộc")
    listed.add_argument("--history", action="store_true", help="cả những người đã ra khỏi quy hoạch hoặc vào sau ngày này")
    _add_format(listed)


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="table", help="dạng kết quả")
    parser.add_argument("--json", action="store_true", help="như --format json")
    parser.add_argument("--output", "--out", dest="out", metavar="TỆP", help="ghi kết quả vào tệp này")


def run(args: argparse.Namespace, ctx: Context) -> int:
    acts = {"open": _open, "status": _status, "submit": _submit, "list": _list, **planning_checks.ACTS}
    try:
        acts[args.act](args, ctx)
    except PlanningRefused as error:
        raise CommandError(str(error)) from error
    return 0


def _open(args: argparse.Namespace, ctx: Context) -> None:
    on = day(args.on) if args.on else ctx.today
    chosen = [unit_named(code, ctx).pk for code in _listed(args.units)]
    if args.below:
        standing = units(on=on, actor=ctx.actor, scope=ctx.scope).filter(parent=unit_named(args.below, ctx).pk)
        chosen += standing.values_list("pk", flat=True)
    age_on = day(args.age_on) if args.age_on else _age_day(args, on)
    opening = Opening(
        unit=unit_named(args.unit, ctx).pk, name=args.name, units=frozenset(chosen), opened_on=on, deadline=day(args.deadline), on=on,
        wanted=[Wanted(title, args.term, args.kind, age_on) for title in _listed(args.titles)], order=args.order, bands=_bands(args.bands),
    )  # fmt: skip
    made = open_round(opening=opening, snapshot=current(), actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    rows = progress(round=made, on=on, actor=ctx.actor, scope=ctx.scope)
    found = {
        "round": made.pk, "units": len(rows), "slates": sum(row.slates for row in rows), "people": sum(row.lines for row in rows),
        "on": on.isoformat(), "age_on": age_on.isoformat(),
    }  # fmt: skip
    if args.json:
        ctx.json(found)
        return
    ctx.line(
        f"Đã mở đợt {made.pk}: {found['units']} đơn vị, {found['slates']} danh sách, {found['people']} lượt người đang trong quy hoạch; "
        f"tuổi tính vào {age_on:%d/%m/%Y}."
    )


def _age_day(args: argparse.Namespace, on: date) -> date:
    """The first day of the next term as far as it is written down; a review of the present one counts ages on its own day."""
    term = Term.objects.filter(code=args.term).first()
    return term.start.lo if args.kind == "next" and term is not None and term.start is not None else on


def _bands(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in _listed(text))
    except ValueError:
        raise CommandError("Hãy ghi hai mốc tuổi, ví dụ --bands 40,45.") from None


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _status(args: argparse.Namespace, ctx: Context) -> None:
    if args.round is None:
        heads = ("Số", "Tên", "Nơi mở", "Ngày xét", "Hạn", "Tình trạng")
        rows = [
            [row.pk, row.name, row.unit.name, f"{row.on:%d/%m/%Y}", f"{row.deadline:%d/%m/%Y}",
             f"kết thúc {row.closed_on:%d/%m/%Y}" if row.closed_on else "đang làm"]
            for row in rounds(actor=ctx.actor, scope=ctx.scope)
        ]  # fmt: skip
        put_rows(Table("Đợt quy hoạch", heads, rows), args, ctx)
        return
    found, on = round_named(args.round, ctx), day(args.on) if args.on else ctx.today
    columns = ("Mã", "Đơn vị", "Danh sách", "Số người", "Chưa xong", "Đã quyết định", "Tình trạng", "Cần bổ sung")
    told = [
        [one.home.unit.code, one.home.unit.name, one.slates, one.lines, one.undone, one.decided, one.state,
         one.home.return_reason if one.state.startswith("đã trả lại") else ""]
        for one in progress(round=found, on=on, actor=ctx.actor, scope=ctx.scope)
    ]  # fmt: skip
    put_rows(Table(f"Tiến độ: {found.name}", columns, told, (f"Đến ngày {on:%d/%m/%Y}",)), args, ctx)


def _submit(args: argparse.Namespace, ctx: Context) -> None:
    on = day(args.on) if args.on else ctx.today
    row = send_unit(pk=home_named(args.round, args.unit, ctx).pk, on=on, actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    if args.json:
        ctx.json({"round": row.round_id, "unit": row.unit.code, "sent_on": on.isoformat()})
        return
    ctx.line(f"Đã gửi danh sách của {row.unit.name}, ngày {on:%d/%m/%Y}.")


def _list(args: argparse.Namespace, ctx: Context) -> None:
    on, under = day(args.on), None
    if args.unit:
        under = below(unit_named(args.unit, ctx).pk, current())
    asked = Asking(on, title=args.body, term=args.term, units=under, history=args.history)
    found = entries(asked=asked, actor=ctx.actor, scope=ctx.scope)
    detail = f"{on.isoformat()} {args.body} {args.term}".strip()
    record_read(actor=ctx.actor, what="planning.list", at=ctx.at, count=len(found), detail=detail)
    if format_of(args) == "json":
        standing = [row for row in found if _state(row, on) == STANDS]
        people = len({row.person_id for row in standing})
        ctx.json({"on": on.isoformat(), "count": len(standing), "people": people, "rows": [_entry_json(row, on) for row in found]})
        return
    heads = ("STT", "Đơn vị", "Nhiệm kỳ", "Chức danh", "Họ và tên", "Ngày sinh", "Đối tượng", "Vào từ", "Căn cứ", "Ra từ", "Lý do")
    rows = [[n, *_entry_cells(row)] for n, row in enumerate(found, 1)]
    title = "Quá trình quy hoạch" if args.history else "Danh sách quy hoạch"
    notes = (f"{len(found)} lượt, {len({row.person_id for row in found})} người.",)
    put_rows(Table(title, heads, rows, (f"Ngày {on:%d/%m/%Y}",), notes), args, ctx)


STANDS, LEFT, LATER = "trong quy hoạch", "đã đưa ra", "vào sau ngày này"


def _state(row: PlanEntry, on: date) -> str:
    if row.start is not None and row.start.after > on and row.start.lo > on:
        return LATER
    return LEFT if row.end is not None and row.end.lo <= on else STANDS


def _entry_cells(row: PlanEntry) -> list[Any]:
    return [
        row.unit.name if row.unit else "", row.term.code if row.term else "", row.title.name if row.title else row.title_text,
        row.person.full_name, row.person.birth.display if row.person.birth else "", row.plan_class, _since(row),
        "; ".join(filter(None, (row.ground_in, decision_text(row.decision)))), row.end.display if row.end else "", row.ground_out,
    ]  # fmt: skip


def _since(row: PlanEntry) -> str:
    """Of an entry that a list first shows nobody said since when."""
    day_in = row.start.display if row.start else ""
    return f"{day_in} hoặc trước đó" if row.since_list and day_in else day_in


def _entry_json(row: PlanEntry, on: date) -> dict[str, Any]:
    return {
        "entry": row.pk, "person": row.person_id, "name": row.person.full_name, "unit": row.unit.code if row.unit else None,
        "unit_name": row.unit.name if row.unit else None, "title": row.title.code if row.title else None,
        "title_text": row.title.name if row.title else row.title_text, "term": row.term.code if row.term else None,
        "class": row.plan_class or None, "origin": row.origin or None, "state": _state(row, on),
        "in": row.start.iso if row.start else None, "in_or_before": row.since_list, "ground_in": row.ground_in or None,
        "decision": decision_text(row.decision) or None, "out": row.end.iso if row.end else None, "ground_out": row.ground_out or None,
    }  # fmt: skip
