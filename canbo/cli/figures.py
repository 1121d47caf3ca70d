"""`figures`: can these printed percentages be right, and of how many people?"""

import argparse

from canbo.cli.context import Context
from canbo.engine.figures import DEFAULT_AT_MOST, check_figures

HELP = """kiểm tra số liệu: các tỷ lệ in ra có thể có từ bao nhiêu người
Ví dụ: python3 run figures 75 40 --at-most 60"""
DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("texts", nargs="+", metavar="TỶ_LỆ", help="tỷ lệ đúng như đã in: 2,37 73,7 81,82%%")
    parser.add_argument("--of", type=int, metavar="N", help="tổng số người, nếu biết")
    parser.add_argument("--at-most", type=int, metavar="N", help=f"tổng số nhiều nhất (mặc định {DEFAULT_AT_MOST})")
    parser.add_argument("--exclusive", action="store_true", help="không ai được đếm trong hai tỷ lệ")
    parser.add_argument("--complete", action="store_true", help="mỗi người ở đúng một tỷ lệ")
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(args: argparse.Namespace, ctx: Context) -> int:
    report = check_figures(
        args.texts, of=args.of, at_most=args.at_most, exclusive=args.exclusive, complete=args.complete
    )
    if args.json:
        ctx.json(report.as_json())
        return 0
    for sentence in report.sentences:
        ctx.line(sentence)
    return 0
