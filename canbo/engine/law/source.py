"""TOML files → tables whose every access is checked: unknown keys, missing keys and wrong types become problems."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from canbo.engine.law.model import EVIDENCE, Cite, Period
from canbo.engine.law.problems import Problems, nearest


class Table:
    """One table of a file. What is read is noted, so that `close` can name the keys nobody knows."""

    def __init__(self, values: Mapping[str, Any], *, file: str, where: str, problems: Problems) -> None:
        self.values, self.file, self.where, self.problems = values, file, where, problems
        self._read: set[str] = set()

    def wrong(self, text: str, key: str = "") -> None:
        self.problems.add(self.file, ".".join(filter(None, (self.where, key))), text)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without `default` it must be there and not empty."""
        return str(self._typed(key, str, default, "một đoạn chữ") or "")

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._typed(key, bool, default, "true hoặc false"))

    def day(self, key: str, required: bool = False) -> date | None:
        found = self._typed(key, date, None if required else _ABSENT, "một ngày như 2025-07-01")
        return found if isinstance(found, date) else None

    def number(self, key: str) -> int | Decimal | date | str | None:
        """A value of the law: whole number, exact decimal, date or code."""
        found = self._typed(key, (int, Decimal, date, str), _ABSENT, "một số, ngày hoặc mã")
        return None if found is _ABSENT or isinstance(found, bool) else found

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        found = self._typed(key, list, default, "một danh sách như [\"a\", \"b\"]")
        return tuple(str(item) for item in found or ())

    def choice(self, key: str, choices: Mapping[str, str], default: str | None = None) -> str:
        found = self.text(key, default)
        if found and found not in choices:
            self.wrong(f"“{found}” không có trong các giá trị {', '.join(choices)}.{nearest(found, choices)}", key)
        return found

    def share(self, key: str) -> Fraction | None:
        """A share written as a fraction, "2/3": exact, whatever is counted."""
        text = self.text(key, "")
        if not text:
            return None
        try:
            found = Fraction(text)
        except (ValueError, ZeroDivisionError):
            self.wrong("cần một phân số như \"1/2\", \"30/100\".", key)
            return Fraction(1)
        if not 0 < found <= 1:
            self.wrong("phân số phải lớn hơn 0 và không quá 1.", key)
        return found

    def whole(self, key: str) -> int | None:
        """A whole number from 0 on."""
        found = self.number(key)
        if found is None or (isinstance(found, int) and found >= 0):
            return found
        self.wrong("cần một số nguyên không âm.", key)
        return None

    def map(self, key: str) -> dict[str, Any]:
        found = self._typed(key, dict, _ABSENT, "một bảng { … }")
        return found if isinstance(found, dict) else {}

    def inner(self, key: str) -> "Table | None":
        """The table under `key`; None when there is none."""
        found = self.map(key)
        return Table(found, file=self.file, where=".".join(filter(None, (self.where, key))), problems=self.problems) if found else None

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables `[[key]]`, each told apart by its code or number."""
        found = self._typed(key, list, (), f"các bảng [[{key}]]")
        for number, values in enumerate(found or ()):
            if not isinstance(values, Mapping):
                self.wrong(f"mỗi mục phải là một bảng [[{key}]].", key)
                continue
            name = next((str(values[k]) for k in ("code", "name", "key") if values.get(k)), str(number + 1))
            where = ".".join(filter(None, (self.where, f"{key}[{name}]")))
            yield Table(values, file=self.file, where=where, problems=self.problems)

    def period(self) -> Period:
        """`from` and `to`: a version without a first day is in force on no day."""
        start, end = self.day("from", required=True), self.day("to")
        if start and end and end <= start:
            self.wrong("ngày hết hiệu lực “to” phải sau ngày có hiệu lực “from”.", "to")
        return Period(start or date.max, end)

    def cite(self, document: str = "") -> Cite:
        """`document` (or the one of the version around), `article`, `evidence`: a value without them is refused."""
        key = self.text("document", document) or document
        if not key:
            self.wrong("chưa dẫn văn bản: hãy ghi document = \"…\" (khóa trong documents.toml).", "document")
        article = self.text("article", "")
        if not article:
            self.wrong("chưa dẫn điều, khoản: hãy ghi article = \"Điều …\".", "article")
        evidence = self.text("evidence", "")
        if not evidence:
            grades = ", ".join(EVIDENCE)
            self.wrong(f"chưa ghi mức căn cứ: hãy ghi evidence là một trong {grades}.", "evidence")
        elif evidence not in EVIDENCE:
            self.wrong(f"mức căn cứ “{evidence}” không có; hãy dùng {', '.join(EVIDENCE)}.{nearest(evidence, EVIDENCE)}", "evidence")
        return Cite(key, article, evidence or "memory", self.text("says", ""))  # type: ignore[arg-type]

    def close(self) -> None:
        """Name the keys that nothing reads: a misspelt `severty` must not be silence."""
        for key in self.values:
            if key not in self._read:
                self.wrong(f"không có mục “{key}”.{nearest(key, self._read)}", key)

    def _typed(self, key: str, kind: Any, default: Any, said: str) -> Any:
        self._read.add(key)
        if key not in self.values:
            if default is None:
                self.wrong(f"thiếu “{key}”: cần {said}.", key)
            return default
        found = self.values[key]
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            self.wrong(f"cần {said}.", key)
            return () if kind is list else {} if kind is dict else default
        return found


_ABSENT = object()


def _place(error: str, lines: int) -> str:
    """Where a syntax error is; the reader's own words for it are English."""
    if found := re.search(r"line (\d+), column (\d+)", error):
        return f"sai cú pháp ở dòng {found[1]}, cột {found[2]}"
    return f"dừng giữa chừng ở dòng {lines}" if "end of document" in error else "sai cú pháp"


def read_file(path: Path, *, root: Path, problems: Problems) -> Table | None:
    """The file as a table; None, with a problem, when it is no TOML (a half-written file)."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        problems.add(name, "", f"không đọc được tệp, {_place(str(error), len(text.splitlines()))}; hãy sửa chỗ này rồi kiểm tra lại.")
        return None
    except UnicodeDecodeError:
        problems.add(name, "", "không đọc được tệp: chữ không phải UTF-8; hãy lưu lại tệp với mã UTF-8.")
        return None
    except OSError as error:
        problems.add(name, "", f"không mở được tệp: {error.strerror}.")
        return None
    return Table(values, file=name, where="", problems=problems)
