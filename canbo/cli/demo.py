"""`demo`: the demonstration data, invented people only."""

import argparse
from pathlib import Path

from django.conf import settings

from canbo.access.queries import user_by_name
from canbo.audit.queries import last_seq
from canbo.cli.context import CommandError, Context
from canbo.demo.accounts import ACCOUNTS

HELP = "nạp dữ liệu minh họa (người hư cấu) vào thư mục dữ liệu còn trống"
PEOPLE = 1200


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="SỐ", help="bao nhiêu người (mặc định 1.200)")


def run(args: argparse.Namespace, ctx: Context) -> int:
    if not nothing_written():
        raise CommandError("Thư mục dữ liệu đã có dữ liệu; hãy chọn thư mục mới bằng CANBO_DATA rồi chạy lại.")
    load(ctx, people=args.people)
    print_accounts(ctx)
    return 0


def nothing_written() -> bool:
    """Whether the folder is new. A demonstration cut short left half a province: CommandError."""
    if _marker().exists():
        raise CommandError(f"Lần nạp minh họa trước bị dừng giữa chừng; hãy xóa thư mục {settings.DATA_DIR} rồi chạy lại.")
    return last_seq() == 0


def load(ctx: Context, *, people: int = PEOPLE) -> None:
    from canbo.demo.load import load as load_demonstration

    _marker().touch()
    ctx.note(str(load_demonstration(actor=ctx.actor, at=ctx.at, people=people)))
    _marker().unlink()


def _marker() -> Path:
    return Path(settings.DATA_DIR) / "dang-nap-minh-hoa"


def print_accounts(ctx: Context) -> None:
    """The demonstration accounts, when this folder has them."""
    if user_by_name(ACCOUNTS[0].username) is None:
        return
    ctx.note(f"Tài khoản minh họa, mật khẩu chung {ACCOUNTS[0].password}:")
    for account in ACCOUNTS:
        ctx.note(f"  {account.username:<14}{account.display_name}")
