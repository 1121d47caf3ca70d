"""Options that several commands share: days, formats, and where a table goes."""

import argparse
import sys
from datetime import date
from pathlib import Path

from canbo.cli.context import CommandError, Context
from canbo.documents.tables import Table, csv_text, plain, xlsx
from canbo.kernel.dates import read_date

FORMATS = ("table", "json", "xlsx", "csv")


def day(text: str) -> date:
    """A full date as typed (31/12/2023 or 2023-12-31); DateError with a sentence otherwise."""
    read = read_date(text)
    if read.day is None:
        raise CommandError(f"Ngày “{text}” chưa đủ ngày, tháng, năm; hãy ghi như 31/12/2023 hoặc 2023-12-31.")
    return read.lo


def add_day(
    parser: argparse.ArgumentParser, name: str = "--on", *, required: bool = True, words: str = "ngày tính"
) -> None:
    parser.add_argument(name, required=required, metavar="NGÀY", help=f"{words}, ví dụ 2023-12-31 hoặc 31/12/2023")


def add_format(parser: argparse.ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    parser.add_argument("--format", choices=formats, default="table", help="dạng kết quả")
    parser.add_argument("--json", action="store_true", help="như --format json")
    parser.add_argument("--out", metavar="TỆP", help="ghi kết quả vào tệp này")


def format_of(args: argparse.Namespace) -> str:
    return "json" if args.json else str(args.format)


def put(table: Table, args: argparse.Namespace, ctx: Context) -> None:
    """Print the table, or write it to --out; a workbook always needs a file or a pipe."""
    kind = format_of(args)
    if kind == "xlsx":
        _put_bytes(xlsx(table), args, ctx)
    elif kind == "csv":
        _put_bytes(("\ufeff" + csv_text(table)).encode(), args, ctx) if args.out else ctx.out.write(csv_text(table))
    elif args.out:
        _put_bytes((plain(table) + "\n").encode(), args, ctx)
    else:
        ctx.line(plain(table))


def _put_bytes(content: bytes, args: argparse.Namespace, ctx: Context) -> None:
    if args.out:
        Path(args.out).write_bytes(content)
        ctx.note(f"Đã ghi {args.out}.")
    elif sys.stdout.isatty():
        raise CommandError("Bảng tính không in được ra màn hình; hãy thêm --out TỆP.")
    else:
        sys.stdout.buffer.write(content)
