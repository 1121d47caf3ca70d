"""Finds the command, makes its context, runs it; every error becomes one sentence and an exit code."""

import argparse
import ast
import difflib
import importlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from canbo.cli.context import CommandError, Context
from canbo.cli.vietnamese import Parser

PROG = "python3 run"
COMMANDS: dict[str, str] = {
    "import": "canbo.cli.import_",
    "stats": "canbo.cli.stats",
    "people": "canbo.cli.people",
    "form": "canbo.cli.form",
    "cv": "canbo.cli.cv",
    "assess": "canbo.cli.assess",
    "explain": "canbo.cli.explain",
    "gaps": "canbo.cli.gaps",
    "coming": "canbo.cli.coming",
    "fit": "canbo.cli.fit",
    "laws": "canbo.cli.laws",
    "due": "canbo.cli.due",
    "evaluation": "canbo.cli.evaluation",
    "planning": "canbo.cli.planning",
    "facts": "canbo.cli.facts",
    "figures": "canbo.cli.figures",
    "duplicates": "canbo.cli.duplicates",
    "text": "canbo.cli.text",
    "check": "canbo.cli.check",
    "user": "canbo.cli.user",
    "demo": "canbo.cli.demo",
    "serve": "canbo.cli.serve",
    "worker": "canbo.cli.worker",
    "bench": "canbo.cli.bench",
}
START = "canbo.cli.start"
INTRODUCTION = f"""Cách dùng: {PROG}                     chạy chương trình tại http://127.0.0.1:8000
           {PROG} LỆNH [tùy chọn]      làm một việc rồi dừng; {PROG} LỆNH --help giải thích từng lệnh

Mọi lệnh nhận --as TÊN để làm việc với tư cách một tài khoản; không có thì là quản trị tại máy.
Thư mục dữ liệu: biến CANBO_DATA (mặc định: data). Cơ sở dữ liệu PostgreSQL: biến DATABASE_URL.

Lệnh:"""


def main(argv: Sequence[str]) -> int:
    """Run one command; 0 = done, 1 = one sentence on stderr says why not, 130 = stopped by Ctrl-C."""
    os.umask(0o077)  # whatever the program writes is about people: for its owner alone
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        return _dispatch(list(argv))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _report(error)


def _report(error: Exception) -> int:
    if os.environ.get("CANBO_DEBUG") == "1":
        traceback.print_exception(error)
    if isinstance(error, CommandError):
        text = str(error)
    else:
        from canbo.cli.errors import sentence_of

        text = sentence_of(error)
    print(text, file=sys.stderr)
    return 1


def _dispatch(argv: list[str]) -> int:
    if argv and argv[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    if len(argv) > 2 and argv[0] == "--as":
        argv = [argv[2], *argv[:2], *argv[3:]]
    name = argv[0] if argv else ""
    module = _module(name)
    parser = Parser(prog=f"{PROG} {name}".strip(), description=module.HELP)
    module.arguments(parser)
    parser.add_argument("--as", dest="as_user", metavar="TÊN", help="làm việc với tư cách tài khoản này")
    args = parser.parse_args(argv[1:])
    if getattr(module, "DATABASE", True):
        _prepare()
    code: int = module.run(args, _context(args))
    sys.stdout.flush()
    return code


def _module(name: str) -> ModuleType:
    if name and name not in COMMANDS:
        raise CommandError(_unknown(name))
    path = COMMANDS[name] if name else START
    if importlib.util.find_spec(path) is None:
        raise CommandError(f"Lệnh “{name}” chưa có trong bản này.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canbo.settings")
    import django

    django.setup()
    return importlib.import_module(path)


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    hint = f"có phải “{near[0]}”?" if near else f"các lệnh: {', '.join(COMMANDS)}."
    return f"Không có lệnh “{name}”; {hint}"


def _prepare() -> None:
    from canbo.cli.folder import prepare

    prepare()


def _context(args: argparse.Namespace) -> Context:
    from django.utils import timezone

    at = timezone.now()
    who: dict[str, Any] = _who(args.as_user, at)
    return Context(at=at, today=timezone.localdate(at), out=sys.stdout, err=sys.stderr, **who)


def _who(username: str | None, at: datetime) -> dict[str, Any]:
    from django.utils import timezone

    from canbo.access.queries import LOCAL_ACCESS, user_by_name
    from canbo.demo.standing import refusal_of
    from canbo.dossier.owner import access_with_own_dossier

    if username is None:
        return {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
    user = user_by_name(username)
    if user is None:
        raise CommandError(f"Không có tài khoản “{username}”; xem danh sách bằng {PROG} user list.")
    if refused := refusal_of(user):
        raise CommandError(refused)
    access = access_with_own_dossier(user=user, on=timezone.localdate(at))
    return {"actor": access.actor, "scope": access.scope}


def overview() -> str:
    """The help of all commands, without importing any of them."""
    return "\n".join([INTRODUCTION, *(f"  {name:<12}{_help(path)}" for name, path in COMMANDS.items())])


def _help(path: str) -> str:
    source = Path(__file__).parent / (path.rpartition(".")[2] + ".py")
    if not source.exists():
        return "(chưa có trong bản này)"
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "HELP":
            return str(ast.literal_eval(node.value)).splitlines()[0]
    return ""
