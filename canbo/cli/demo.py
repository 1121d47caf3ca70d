"""`demo`: the demonstration data, invented people only."""

import argparse
import importlib.util

from canbo.audit.queries import last_seq
from canbo.cli.context import CommandError, Context

HELP = "nạp dữ liệu minh họa (người hư cấu) vào thư mục dữ liệu còn trống"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", type=int, metavar="SỐ", help="khoảng bao nhiêu người (mặc định: đủ cho một huyện nhỏ)")


def run(args: argparse.Namespace, ctx: Context) -> int:
    if not nothing_written():
        raise CommandError("Thư mục dữ liệu đã có dữ liệu; hãy chọn thư mục mới bằng CANBO_DATA rồi chạy lại.")
    load(ctx, size=args.size)
    print_accounts(ctx)
    return 0


def nothing_written() -> bool:
    """Whether the folder is new: nobody has written anything yet."""
    return last_seq() == 0


def load(ctx: Context, *, size: int | None) -> None:
    if importlib.util.find_spec("canbo.demo.load") is None:
        ctx.note("Bản này chưa có dữ liệu minh họa.")
        return
    from canbo.demo.load import load as load_demonstration

    options = {} if size is None else {"size": size}
    ctx.note(str(load_demonstration(actor=ctx.actor, at=ctx.at, **options)))


def print_accounts(ctx: Context) -> None:
    """The demonstration accounts, when this folder has them."""
    if importlib.util.find_spec("canbo.demo.accounts") is None:
        return
    from canbo.access.queries import user_by_name
    from canbo.demo.accounts import ACCOUNTS

    if user_by_name(ACCOUNTS[0].username) is None:
        return
    ctx.note("Tài khoản minh họa (tên đăng nhập / mật khẩu):")
    for account in ACCOUNTS:
        ctx.note(f"  {account.username:<12} {account.password:<20} {account.display_name}")
