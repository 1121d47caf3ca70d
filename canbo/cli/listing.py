"""What the lists beside a review share on the command line: the question, people under their names."""

import argparse
from collections.abc import Collection
from typing import Any

from canbo.assess.due import names_of
from canbo.assess.law_sets import Law, law_in_force
from canbo.assess.placing import Placing
from canbo.assess.verdicts import AssessRequest
from canbo.cli.context import Context
from canbo.cli.options import add_day, day
from canbo.engine.law.model import Cite
from canbo.engine.law.reading import PURPOSES
from canbo.kernel.dates import PartialDate
from canbo.snapshot.store import Snapshot

UNIT_LEVELS = ("xa", "huyen", "tinh")


def add_question(parser: argparse.ArgumentParser) -> None:
    """Title, day, scope, purpose and local law, as `assess` takes them."""
    parser.add_argument("--title", required=True, metavar="MÃ", help="mã chức danh, hoặc held (đang giữ), planned (được quy hoạch)")
    add_scope(parser)
    parser.add_argument("--purpose", choices=PURPOSES, default="title", help="để làm gì: giữ chức danh, tham gia cấp ủy, quy hoạch …")
    parser.add_argument("--overlay", default="auto", metavar="MÃ", help="quy định địa phương: auto, none hoặc mã của một bộ")


def add_scope(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    parser.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này và các đơn vị trực thuộc")
    parser.add_argument("--where", default="", metavar="ĐIỀU_KIỆN", help="chỉ những người thuộc điều kiện này")


def add_level(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--level", choices=UNIT_LEVELS, default="", help="gộp theo đơn vị cấp này; không ghi thì theo đơn vị đang công tác")


def where_of(args: argparse.Namespace) -> str:
    return " and ".join(f"({text})" for text in (args.where, f"'{args.unit}' in within" if args.unit else "") if text)


def question(args: argparse.Namespace) -> AssessRequest:
    overlay = "" if args.overlay == "none" else args.overlay
    return AssessRequest(on=day(args.on), title=args.title, where=where_of(args), overlay=overlay, purpose=args.purpose)


def law_now(folder: Any, ctx: Context) -> Law:
    """The law in service; a newer folder that was refused is told on the side."""
    law = law_in_force(folder)
    for problem in law.problems:
        ctx.note(f"Quy định mới chưa được dùng vì có lỗi: {problem}")
    return law


def people_json(keys: Collection[int], *, snapshot: Snapshot, placed: Placing) -> dict[int, dict[str, Any]]:
    """Person → id, name, birth (ISO, as precise as known) and the unit of the day."""
    return {
        key: {"id": key, "name": name, "birth": birth, "unit": placed.name(placed.of_person.get(key, 0))}
        for key, (name, birth) in names_of(keys, snapshot=snapshot).items()
    }


def who(person: dict[str, Any]) -> list[str]:
    """Name, birth as printed, unit: cells of a table."""
    birth = person["birth"]
    return [person["name"], PartialDate.from_iso(birth).display if birth and "/" not in birth else birth or "", person["unit"]]


def cite_json(cite: Cite) -> dict[str, str]:
    return {"document": cite.document, "article": cite.article, "evidence": cite.evidence}
