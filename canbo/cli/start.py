"""`python3 run` alone: prepares the folder, loads the demonstration when it is new, serves."""

import argparse

from canbo.cli.context import Context
from canbo.cli.serve import HOST, PORT, check_port, default_workers, serve

HELP = "chạy chương trình; thư mục dữ liệu mới thì nạp dữ liệu minh họa"
DATABASE = False  # prepared here, after the port was looked at


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: a command line with arguments never comes here."""


def run(args: argparse.Namespace, ctx: Context) -> int:
    from canbo.cli import demo, folder

    check_port(HOST, PORT)
    ctx.note("Đang mở thư mục dữ liệu…")
    folder.prepare()
    if demo.nothing_written():
        ctx.note("Thư mục dữ liệu mới: đang nạp dữ liệu minh họa (người và đơn vị đều là hư cấu)…")
        demo.load(ctx, size=None)
    demo.print_accounts(ctx)
    ctx.note(f"Mở trình duyệt tại: http://{HOST}:{PORT}/   (Ctrl-C để dừng)")
    return serve(host=HOST, port=PORT, workers=default_workers(), jobs=True)
