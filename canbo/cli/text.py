"""`text`: the program's reading of Vietnamese text, line by line, to try it on a file or in a pipe."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from canbo.cli.context import Context
from canbo.engine.codelists import load_codelist
from canbo.engine.places import Area, Place, on_map, resolve
from canbo.kernel.legacy import Decoding, decode, guess_column
from canbo.kernel.text import clean, fold, sort_key

HELP = """xử lý văn bản tiếng Việt theo từng dòng của một tệp (hoặc - là đầu vào chuẩn)
  fold       bỏ dấu để tìm kiếm          sort    xếp danh sách người theo tên
  decode     TCVN3, VNI sang Unicode     ethnicity, place    đọc dân tộc, quê quán"""
DATABASE = False
Row = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=list(ACTS), metavar="VIỆC", help=", ".join(ACTS))
    parser.add_argument("file", metavar="TỆP", help="tệp văn bản, mỗi dòng một giá trị; - là đầu vào chuẩn")
    parser.add_argument("--encoding", choices=["tcvn3", "vni"], help="bảng mã khi decode (mặc định: tự nhận)")
    parser.add_argument("--font", metavar="TÊN", help="tên phông của cột khi decode, ví dụ .VnTime")
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(args: argparse.Namespace, ctx: Context) -> int:
    found = ACTS[args.act](read_lines(args.file), args, ctx.today)
    shown = [row.pop("shown") if "shown" in row else row["value"] for row in found["rows"]]
    if args.json:
        ctx.json(found)
        return 0
    for line in shown:
        ctx.line(line)
    return 0


def read_lines(name: str) -> list[str]:
    """Lines of a UTF-8 text; a file of an older encoding comes as the Latin-1 character of each code."""
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    # Only line ends split: some codes of the old encodings count as line breaks in Unicode.
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _fold(lines: Sequence[str], args: argparse.Namespace, today: date) -> Row:
    return {"rows": [{"text": line, "value": fold(line)} for line in lines]}


def _sort(lines: Sequence[str], args: argparse.Namespace, today: date) -> Row:
    names = sorted((line for line in lines if line.strip()), key=sort_key)
    return {"rows": [{"text": name, "value": clean(name)} for name in names]}


def _decode(lines: Sequence[str], args: argparse.Namespace, today: date) -> Row:
    """The lines are one column: its encoding is decided once for all of them."""
    if args.encoding:
        values = [decode(line, args.encoding) for line in lines]
        found = Decoding(args.encoding, 1.0)
    else:
        found = guess_column(lines, font=args.font)
        values = [found.apply(line) for line in lines]
    rows = [{"text": line, "value": value} for line, value in zip(lines, values, strict=True)]
    return {"encoding": found.encoding, "score": found.score, "rows": rows}


def _ethnicity(lines: Sequence[str], args: argparse.Namespace, today: date) -> Row:
    groups = load_codelist("ethnic_groups")
    rows = []
    for line in lines:
        match = groups.find(clean(line))
        label = groups.label(match.code) if match.code else None
        shown = f"{clean(line)} → {label or 'không rõ'}"
        rows.append({"text": line, "code": match.code, "label": label, "how": match.how, "shown": shown})
    return {"rows": rows}


def _place(lines: Sequence[str], args: argparse.Namespace, today: date) -> Row:
    """Units on the map the text was written on, and on the map of today."""
    rows = []
    for line in lines:
        then = resolve(clean(line))
        now = on_map(then, today)
        shown = f"{clean(line)} → {_names(then)}" + (f" → {_names(now)}" if _names(now) != _names(then) else "")
        rows.append({"text": line, "how": then.how, "then": _units(then), "now": _units(now), "shown": shown})
    return {"rows": rows}


def _units(place: Place) -> Row:
    parts = {name: _area(getattr(place, name)) for name in ("country", "province", "district", "commune")}
    return {"map": place.map, **parts, "ambiguous": [_area(area) for area in place.ambiguous]}


def _area(area: Area | None) -> Row | None:
    return {"code": area.code, "label": area.label} if area else None


def _names(place: Place) -> str:
    found = [area.label for area in (place.commune, place.district, place.province, place.country) if area]
    one_of = [area.label for area in place.ambiguous]
    open_part = f" (một trong: {', '.join(one_of)})" if one_of else ""
    return (", ".join(found) or "không rõ") + open_part


ACTS: dict[str, Callable[[Sequence[str], argparse.Namespace, date], Row]] = {
    "fold": _fold, "sort": _sort, "decode": _decode, "ethnicity": _ethnicity, "place": _place,
}  # fmt: skip
