"""`duplicates`: dossiers that may be one person."""

import argparse

from canbo.audit.changes import require
from canbo.cli.context import Context
from canbo.cli.options import add_day, add_format, day, format_of, put
from canbo.documents.tables import Table
from canbo.imports.duplicates import duplicate_pairs
from canbo.imports.matching import Face

HELP = "các cặp hồ sơ có thể là một người"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_day(parser, required=False, words="đơn vị của ngày này (mặc định: hôm nay)")
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "dossier.read")
    pairs = duplicate_pairs(on=day(args.on) if args.on else ctx.today, actor=ctx.actor, scope=ctx.scope)
    if format_of(args) == "json":
        ctx.json(
            {"pairs": [{"a": _face(p.first), "b": _face(p.second), "state": p.state, "why": p.why} for p in pairs]}
        )
        return 0
    rows = [
        [p.first.id, p.first.name, _birth(p.first), p.second.id, p.second.name, _birth(p.second), p.why] for p in pairs
    ]
    heads = ("Hồ sơ", "Họ tên", "Ngày sinh", "Hồ sơ", "Họ tên", "Ngày sinh", "Lý do")
    put(Table("Hồ sơ có thể trùng", heads, rows), args, ctx)
    return 0


def _face(face: Face) -> dict:
    return {"id": face.id, "name": face.name, "birth": face.birth.iso if face.birth else None}


def _birth(face: Face) -> str:
    return face.birth.display if face.birth else ""
