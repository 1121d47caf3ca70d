"""`python3 run` alone: prepares the folder, loads the demonstration when it is new, serves."""

import argparse
import subprocess
import sys

from canbo.cli.context import Context
from canbo.cli.serve import HOST, PORT, check_port, default_workers, serve

HELP = "chạy chương trình; thư mục dữ liệu mới thì nạp dữ liệu minh họa"
DATABASE = False  # prepared here, after the port was looked at


def arguments(parser: argparse.ArgumentParser) -> None:
    """None can be given, since a command line with arguments never comes here: the port comes from CANBO_PORT."""
    parser.add_argument("--port", type=int, default=PORT, help=argparse.SUPPRESS)


def run(args: argparse.Namespace, ctx: Context) -> int:
    from canbo.cli import demo, folder

    check_port(HOST, args.port)
    ctx.note("Đang mở thư mục dữ liệu…")
    folder.prepare()
    if demo.nothing_written():
        ctx.note("Thư mục dữ liệu mới: đang nạp dữ liệu minh họa (người và đơn vị đều là hư cấu)…")
        # In a process of its own: what it loads must not stay in the server's memory.
        failed = subprocess.call([sys.executable, "-m", "canbo.cli", "demo", "load", "--later"])
        if failed:
            return failed
        ctx.note("Năm địa phương đúng ngày của bài báo được nạp tiếp trong khi chương trình chạy (vài giây).")
    else:
        demo.print_accounts(ctx)
    ctx.note(f"Mở trình duyệt tại: http://{HOST}:{args.port}/   (Ctrl-C để dừng)")
    return serve(host=HOST, port=args.port, workers=default_workers(), jobs=True)
