"""`facts`: every name the language knows, with its values."""

import argparse

from canbo.cli.context import Context
from canbo.cli.options import add_format, format_of, put
from canbo.documents.tables import Table
from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Name, Scale, Text, Type, pairs
from canbo.facts.catalogue import vocabulary
from canbo.snapshot.queries import current

HELP = "các dữ kiện dùng được trong điều kiện, chỉ tiêu, cột"
WORDS: dict[type, str] = {
    Bool: "bool",
    Int: "int",
    Decimal_: "decimal",
    Date: "date",
    Text: "text",
    Code: "code",
    Scale: "scale",
    ListOf: "list",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_format(parser)


def run(args: argparse.Namespace, ctx: Context) -> int:
    words = {name: entry for name, entry in vocabulary(current().tables).items() if ctx.scope.sees_group(entry.group)}
    rows = [_row(name, entry) for name, entry in words.items()]
    if format_of(args) == "json":
        ctx.json({"facts": rows})
        return 0
    heads = ("Tên", "Ý nghĩa", "Kiểu", "Đơn vị tính", "Đối tượng", "Giá trị")
    cells = [[r["name"], r["label"], r["type"], r["unit"] or "", r["subject"], _short(r["values"])] for r in rows]
    put(Table("Dữ kiện", heads, cells), args, ctx)
    return 0


def _row(name: str, entry: Name) -> dict:
    item = entry.type.item if isinstance(entry.type, ListOf) else entry.type
    values = pairs(item) if isinstance(item, Code | Scale) else ()
    ranks = item.ranks if isinstance(item, Scale) else {}
    return {
        "name": name,
        "label": entry.label,
        "type": WORDS[type(entry.type)],
        "unit": _unit(entry.type),
        "subject": entry.subject,
        "group": entry.group,
        "values": [{"value": v, "label": label} | ({"rank": ranks[v]} if v in ranks else {}) for v, label in values],
    }


def _unit(of: Type) -> str | None:
    return of.unit if isinstance(of, Int | Decimal_) else None


def _short(values: list[dict]) -> str:
    shown = ", ".join(f"{v['value']} ({v['label']})" for v in values[:6])
    return shown + (f" … {len(values)} giá trị" if len(values) > 6 else "")
