"""`cv`: a person's curriculum vitae as a file."""

import argparse
from pathlib import Path

from canbo.audit.changes import record_read, require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import day
from canbo.reporting.cv.queries import KINDS, SUMMARY, cv_docx, cv_json

HELP = "lý lịch của một người: mẫu 38 mục, 2C hoặc tóm tắt một trang"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", type=int, metavar="NGƯỜI", help="số của hồ sơ, như trong địa chỉ trang hồ sơ")
    parser.add_argument("--form", choices=tuple(KINDS), default="38", help="mẫu")
    parser.add_argument("--format", choices=("docx", "json"), default="docx", help="dạng kết quả")
    parser.add_argument("--on", metavar="NGÀY", help="tính đến ngày (mặc định hôm nay)")
    parser.add_argument("out", metavar="TỆP", help="ghi vào tệp này")


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "dossier.read")
    if args.format == "json" and args.form == SUMMARY:
        raise CommandError("Lý lịch tóm tắt chỉ in ra docx; dạng json có ở các mẫu 38, 2c.")
    on = day(args.on) if args.on else ctx.today
    if args.format == "json":
        content = cv_json(person=args.person, form=args.form, on=on, actor=ctx.actor, scope=ctx.scope).encode()
    else:
        content = cv_docx(person=args.person, form=args.form, on=on, actor=ctx.actor, scope=ctx.scope)[1]
    record_read(actor=ctx.actor, what=f"cv.{args.form}", at=ctx.at, person=args.person)
    Path(args.out).write_bytes(content)
    ctx.note(f"Đã ghi {args.out}.")
    return 0
