"""`explain`: one person and one title, criterion by criterion, with the record and the article behind each."""

import argparse
from datetime import date
from typing import Any

from django.conf import settings

from canbo.assess.law_sets import Law, law_in_force
from canbo.assess.verdicts import explanation
from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, day
from canbo.dossier.finding import find_person
from canbo.engine.law.model import EVIDENCE
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.snapshot.queries import current

HELP = "giải thích một người đạt hay chưa đạt tiêu chuẩn một chức danh"
SIGNS = {"yes": "✓", "no": "✗", "unknown": "?", None: "·"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar="NGƯỜI", help="số hồ sơ, số định danh, hoặc \"Họ tên, ngày/tháng/năm sinh\"")
    parser.add_argument("--title", required=True, metavar="MÃ", help="mã chức danh")
    add_day(parser)
    parser.add_argument("--purpose", choices=PURPOSES, default="title", help="để làm gì: giữ chức danh, tham gia cấp ủy, quy hoạch …")
    parser.add_argument("--overlay", default="auto", metavar="MÃ", help="quy định địa phương: auto, none hoặc mã của một bộ")
    parser.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "standards.read")
    on = day(args.on)
    person = find_person(text=args.person, on=on, actor=ctx.actor, scope=ctx.scope)
    overlay = "" if args.overlay == "none" else args.overlay
    law = law_in_force(settings.LAWS_DIR)
    found = explanation(
        person=person.pk, title=args.title, on=on, law=law, snapshot=current(), actor=ctx.actor,
        scope=ctx.scope, overlay=overlay, purpose=args.purpose,
    )  # fmt: skip
    record_read(actor=ctx.actor, what="explain", at=ctx.at, person=person.pk, detail=args.title)
    if not found:
        raise CommandError(f"Ngày {on:%d/%m/%Y} chưa có hoặc không còn hồ sơ công tác của người này trong phạm vi được giao.")
    if args.json:
        birth = person.birth.iso if person.birth else None
        ctx.json({"person": {"id": person.pk, "name": person.full_name, "birth": birth}, "verdicts": found})
        return 0
    for verdict in found:
        _put(verdict, person.full_name, on, law, ctx)
    return 0


def _put(verdict: dict[str, Any], name: str, on: date, law: Law, ctx: Context) -> None:
    standard = verdict["standard"]
    documents = {key: document for laws in (law.central, *law.local) for key, document in laws.documents.items()}
    document = documents.get(standard["document"])
    ctx.line(f"{name} – {standard['label']} – ngày {on:%d/%m/%Y}: {VERDICTS[verdict['verdict']]}")
    ctx.line(f"  Văn bản: {document.name if document else 'chưa có văn bản nào có hiệu lực ngày này'}")
    for one in verdict["criteria"]:
        cite = one["cite"]
        said = "chưa kiểm chứng, không dùng để kết luận" if one["verdict"] is None else VERDICTS[one["verdict"]]
        ctx.line(f"  {SIGNS[one['verdict']]} {one['label']}: {said} ({cite['article']}; {EVIDENCE[cite['evidence']]})")
        for found in one["found"]:
            ctx.line(f"      {found['label']}: {found['text'] or 'chưa rõ'}" + (f" [{found['source']}]" if found["source"] else ""))
        if one["gap"]:
            ctx.line(f"      → {one['gap']}")
    for special in verdict["waivers"]:
        what = f"{special['text']}. " if special["text"] else ""
        paper = f", {special['paper']}" if special["paper"] else ""
        ctx.line(f"  Trường hợp đặc biệt (kết luận giữ nguyên): {what}{special['authority']}{paper} – {special['reason']}")
