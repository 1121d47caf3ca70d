"""`check`: the log's chain, its anchors, and the database file itself."""

import argparse

from django.db import connection

from canbo.audit.changes import require
from canbo.audit.queries import check_chain
from canbo.cli.context import Context

HELP = "kiểm tra nhật ký, dấu mốc ngoài cơ sở dữ liệu và sự toàn vẹn của cơ sở dữ liệu"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(args: argparse.Namespace, ctx: Context) -> int:
    """1 when anything is wrong, each thing in one sentence."""
    require(ctx.actor, "system.check")
    report = check_chain(actor=ctx.actor, scope=ctx.scope)
    problems = [*report.problems, *database_problems()]
    if args.json:
        ctx.json({"ok": not problems, "acts": report.acts, "problems": problems})
    else:
        for problem in problems:
            ctx.line(problem)
        ctx.line(f"{'Có vấn đề' if problems else 'Toàn vẹn'}: đã kiểm tra {report.acts} việc trong nhật ký.")
    return 1 if problems else 0


def database_problems() -> list[str]:
    """SQLite's own check of file and foreign keys; PostgreSQL keeps both itself."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute("PRAGMA integrity_check(20)").fetchall() if row[0] != "ok"]
        orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
    problems = [f"Tệp cơ sở dữ liệu hỏng: {text}." for text in found]
    return problems + [f"Bảng {row[0]}, dòng {row[1]} trỏ tới một dòng không còn ở bảng {row[2]}." for row in orphans]
