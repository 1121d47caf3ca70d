"""argparse speaking Vietnamese: headings, help and errors; and the argument types that commands share."""

import argparse
import re
from datetime import date
from typing import Any, NoReturn

from canbo.cli.context import CommandError
from canbo.kernel.dates import read_date
from canbo.kernel.errors import KernelError

_ERRORS: tuple[tuple[str, str], ...] = (
    (r"unrecognized arguments: (.*)", r"không hiểu “\1”"),
    (r"the following arguments are required: (.*)", r"còn thiếu \1"),
    (r"one of the arguments (.*) is required", r"cần một trong các tùy chọn \1"),
    (r"argument (.*?): expected (?:one|at least one) argument", r"\1 cần một giá trị đi kèm"),
    (r"argument (.*?): expected (\d+) arguments?", r"\1 cần \2 giá trị đi kèm"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 không có giá trị \2; chọn một trong: \3"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 phải là số nguyên, không phải \2"),
    (r"argument (.*?): invalid \w+ value: (.*)", r"\1 không nhận giá trị \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 không dùng cùng lúc với \2"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 không nhận giá trị \2"),
    (r"argument (.*?): (.*)", r"\1: \2"),
)


class _Format(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose every word is Vietnamese; errors are raised as CommandError."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Format)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "đối số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in phần trợ giúp này rồi dừng")

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"Câu lệnh chưa đúng: {_translated(message)}. Xem: {self.prog} --help")


def _translated(message: str) -> str:
    for pattern, words in _ERRORS:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message).rstrip(".")
    return message.rstrip(".")


def day(text: str) -> date:
    """Argument type: a whole date, 26/04/2021 or 2021-04-26."""
    try:
        found = read_date(text)
    except KernelError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found.day is None:
        raise argparse.ArgumentTypeError(f"“{text}” chưa đủ ngày, tháng, năm; hãy ghi như 26/04/2021")
    return found.lo
