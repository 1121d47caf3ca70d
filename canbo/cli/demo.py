"""`demo`: the demonstration data, invented people only; and its figures beside those the articles print."""

import argparse
from datetime import datetime
from pathlib import Path

from django.conf import settings

from canbo.access.queries import user_by_name
from canbo.audit.queries import last_seq
from canbo.cli.context import CommandError, Context
from canbo.demo.accounts import ACCOUNTS
from canbo.demo.locality import CODES, localities
from canbo.jobs.changes import enqueue
from canbo.kernel.actors import Actor

HELP = """nạp dữ liệu minh họa (người hư cấu) vào thư mục dữ liệu còn trống; hoặc in số liệu của nó
load: tỉnh của hôm nay và năm địa phương đúng ngày của bài báo; figures: từng số liệu, đếm lại từ hồ sơ."""
PEOPLE, SEED = 1200, 2026
TODAY = "hom-nay"


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = ("load", "figures")
    parser.add_argument("act", nargs="?", choices=acts, default="load", metavar="VIỆC", help="load hoặc figures (mặc định load)")
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="SỐ", help="tỉnh của hôm nay có bao nhiêu người (mặc định 1.200)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="SỐ", help="hạt giống: số khác thì tên khác, số liệu không đổi")
    parser.add_argument(
        "--only", choices=(TODAY, *CODES), action="extend", nargs="+", metavar="NƠI", help=f"chỉ nạp: {TODAY}, {', '.join(CODES)}"
    )
    parser.add_argument("--later", action="store_true", help="năm địa phương được nạp sau, trong tiến trình việc dài")
    parser.add_argument("--printed", type=Path, metavar="TỆP", help="tệp csv các số liệu đã in, để so (figures)")


def run(args: argparse.Namespace, ctx: Context) -> int:
    if args.act == "figures":
        return _figures(args, ctx)
    chosen = set(args.only or (TODAY, *CODES))
    if not nothing_written() and (TODAY in chosen or not _only_demonstration()):
        raise CommandError("Thư mục dữ liệu đã có dữ liệu; hãy chọn thư mục mới bằng CANBO_DATA rồi chạy lại.")
    load(ctx, people=args.people, seed=args.seed, chosen=chosen, later=args.later)
    print_accounts(ctx)
    return 0


def nothing_written() -> bool:
    """Whether the folder is new. A demonstration cut short left half a province: CommandError."""
    if _marker().exists():
        raise CommandError(f"Lần nạp minh họa trước bị dừng giữa chừng; hãy xóa thư mục {settings.DATA_DIR} rồi chạy lại.")
    return last_seq() == 0


def _only_demonstration() -> bool:
    from canbo.demo.standing import has_demonstration, has_real_list

    return has_demonstration() and not has_real_list()


def load(ctx: Context, *, people: int, seed: int, chosen: set[str], later: bool) -> None:
    """Today's province first; each locality is one act, so only the province can be cut short."""
    if TODAY in chosen:
        from canbo.demo.load import load as load_demonstration

        _marker().touch()
        ctx.note(str(load_demonstration(actor=ctx.actor, at=ctx.at, people=people, seed=seed)))
        _marker().unlink()
    codes = [code for code in CODES if code in chosen]
    if later:
        _put_off(codes, seed=seed, campaign=TODAY in chosen, actor=ctx.actor, at=ctx.at)
        return
    if TODAY in chosen:
        from canbo.demo.campaign import open_demo_campaign
        from canbo.demo.planning import open_demo_round

        open_demo_campaign(seed=seed, actor=ctx.actor, scope=ctx.scope, at=ctx.at)
        open_demo_round(actor=ctx.actor, scope=ctx.scope, at=ctx.at)
    _load_localities(codes, seed=seed, ctx=ctx)


def _load_localities(codes: list[str], *, seed: int, ctx: Context) -> None:
    from canbo.demo.local_load import load_locality
    from canbo.demo.locality import locality

    for code in codes:
        loaded = load_locality(locality=locality(code), actor=ctx.actor, at=ctx.at, seed=seed)
        ctx.note(str(loaded) if loaded else f"Đã có địa phương “{code}” trong thư mục dữ liệu.")


def _put_off(codes: list[str], *, seed: int, campaign: bool, actor: Actor, at: datetime) -> None:
    if codes or campaign:
        enqueue(kind="demo", payload={"localities": codes, "seed": seed, "campaign": campaign}, actor=actor, at=at)


def _marker() -> Path:
    return Path(settings.DATA_DIR) / "dang-nap-minh-hoa"


def _figures(args: argparse.Namespace, ctx: Context) -> int:
    from canbo.cli.demo_figures import show

    return show(ctx, printed=args.printed)


def print_accounts(ctx: Context) -> None:
    """The demonstration accounts, when this folder has them."""
    shown = [(a.username, a.display_name, a.password) for a in ACCOUNTS]
    shown += [(place.account, place.officer, ACCOUNTS[0].password) for place in localities()]
    there = [row for row in shown if user_by_name(row[0]) is not None]
    if not there:
        return
    ctx.note(f"Tài khoản minh họa, mật khẩu chung {there[0][2]}:")
    for username, name, _ in there:
        ctx.note(f"  {username:<18}{name}")
