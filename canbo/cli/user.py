"""`user`: accounts and the roles they are given."""

import argparse
import getpass
import sys
from typing import Any

from canbo.access.changes import create_user, end_role, give_role, set_password
from canbo.access.models import Grant, User
from canbo.access.policy import ROLES
from canbo.access.queries import grants_of, user_by_name, users
from canbo.cli.context import CommandError, Context
from canbo.cli.vietnamese import day
from canbo.organization.models import Unit
from canbo.organization.queries import unit_by_code

HELP = """quản lý tài khoản: list, create, password, grant, end
Mật khẩu được hỏi trên màn hình, hoặc đọc từ dòng đầu của đầu vào chuẩn."""


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC", title="việc")
    listing = acts.add_parser("list", help="xem các tài khoản và vai trò của hôm nay")
    listing.add_argument("--json", action="store_true", help="in JSON")
    create = acts.add_parser("create", help="tạo tài khoản")
    create.add_argument("username", metavar="TÊN")
    create.add_argument("--name", default="", metavar="HỌ_TÊN", help="tên hiển thị")
    acts.add_parser("password", help="đặt lại mật khẩu").add_argument("username", metavar="TÊN")
    for act, words in (("grant", "giao vai trò"), ("end", "thôi giao vai trò")):
        given = acts.add_parser(act, help=words)
        given.add_argument("username", metavar="TÊN")
        given.add_argument("role", metavar="VAI_TRÒ", help=", ".join(ROLES))
        given.add_argument("--unit", metavar="MÃ", help="mã đơn vị (không ghi: toàn bộ dữ liệu)")
        given.add_argument("--on", type=day, metavar="NGÀY", help="từ ngày (mặc định: hôm nay)")


def run(args: argparse.Namespace, ctx: Context) -> int:
    {"list": _list, "create": _create, "password": _password, "grant": _grant, "end": _end}[args.act](args, ctx)
    return 0


def _list(args: argparse.Namespace, ctx: Context) -> None:
    rows = [_shown(user, ctx) for user in users(actor=ctx.actor, scope=ctx.scope)]
    if args.json:
        ctx.json({"users": rows})
        return
    for row in rows:
        roles = ", ".join(f"{grant['role']}@{grant['unit'] or 'toàn bộ'}" for grant in row["grants"])
        ctx.line(f"{row['username']:<20} {row['name']:<30} {roles or 'chưa giao vai trò'}")


def _shown(user: User, ctx: Context) -> dict[str, Any]:
    grants = grants_of(user=user, on=ctx.today)
    return {
        "username": user.username,
        "name": user.display_name,
        "active": user.is_active,
        "grants": [{"role": grant.role, "unit": grant.unit.code if grant.unit else None} for grant in grants],
    }


def _create(args: argparse.Namespace, ctx: Context) -> None:
    if user_by_name(args.username):
        raise CommandError(f"Đã có tài khoản “{args.username}”; hãy chọn tên khác.")
    name = args.name or args.username
    create_user(username=args.username, password=_ask(), display_name=name, actor=ctx.actor, at=ctx.at)
    ctx.line(f"Đã tạo tài khoản “{args.username}”; giao vai trò bằng: python3 run user grant {args.username} VAI_TRÒ")


def _password(args: argparse.Namespace, ctx: Context) -> None:
    set_password(user=_user(args.username), password=_ask(), actor=ctx.actor, at=ctx.at)
    ctx.line(f"Đã đặt mật khẩu mới cho “{args.username}”.")


def _grant(args: argparse.Namespace, ctx: Context) -> None:
    unit, since = _unit(args.unit, ctx), args.on or ctx.today
    give_role(user=_user(args.username), role=args.role, unit=unit, since=since, actor=ctx.actor, at=ctx.at)
    ctx.line(f"Đã giao vai trò “{ROLES[args.role].label}” cho “{args.username}” từ {since:%d/%m/%Y}.")


def _end(args: argparse.Namespace, ctx: Context) -> None:
    unit, on = _unit(args.unit, ctx), args.on or ctx.today
    end_role(grant=_held(args, unit, ctx), on=on, actor=ctx.actor, at=ctx.at)
    ctx.line(f"Đã thôi giao vai trò “{args.role}” của “{args.username}” từ {on:%d/%m/%Y}.")


def _held(args: argparse.Namespace, unit: Unit | None, ctx: Context) -> Grant:
    for grant in grants_of(user=_user(args.username), on=ctx.today):
        if grant.role == args.role and grant.unit_id == (unit.pk if unit else None):
            return grant
    raise CommandError(f"Tài khoản “{args.username}” hôm nay không giữ vai trò “{args.role}” ở đơn vị này.")


def _user(username: str) -> User:
    user = user_by_name(username)
    if user is None:
        raise CommandError(f"Không có tài khoản “{username}”; xem danh sách bằng python3 run user list.")
    return user


def _unit(code: str | None, ctx: Context) -> Unit | None:
    if code is None:
        return None
    unit = unit_by_code(code=code, actor=ctx.actor, scope=ctx.scope)
    if unit is None:
        raise CommandError(f"Không có đơn vị mã “{code}”.")
    return unit


def _ask() -> str:
    """Never an argument: other users of the machine could read it."""
    password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise CommandError("Chưa có mật khẩu; hãy gõ mật khẩu khi được hỏi hoặc đưa vào đầu vào chuẩn.")
    return password
