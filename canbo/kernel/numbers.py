"""Numbers as officials print them, rounded half up on whole numbers and Decimals, never on floats."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from canbo.kernel.errors import NumberError
from canbo.kernel.text import fold

__all__ = [
    "PrintedNumber",
    "about_percent_text",
    "about_text",
    "decimal_text",
    "fraction_text",
    "half_up",
    "percent_text",
    "points_text",
    "read_number",
    "thousands",
]


def half_up(k: int, n: int, places: int = 0) -> Decimal:
    """k / n rounded half up (away from zero) to `places` decimals, exact; NumberError when n is 0."""
    if n == 0:
        raise NumberError("Không tính được tỷ lệ vì tổng số bằng 0.")
    scaled = abs(k) * 10**places
    rounded = (2 * scaled + abs(n)) // (2 * abs(n))
    return Decimal(-rounded if (k < 0) != (n < 0) else rounded).scaleb(-places)


def thousands(n: int) -> str:
    """Whole number with dots: 1236 → `1.236`."""
    return f"{n:,}".replace(",", ".")


def decimal_text(value: Decimal | int, *, places: int | None = None, trim: bool = True) -> str:
    """Decimal comma and dots for thousands, rounded half up when `places` is given: 1236.5 → `1.236,5`."""
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    fraction = fraction.rstrip("0") if trim else fraction
    return "-" * (exact < 0) + thousands(int(whole)) + (f",{fraction}" if fraction else "")


def percent_text(k: int, n: int, *, places: int = 2, trim: bool = True) -> str:
    """Share of k in n: `54,29%`; trimmed as articles print it (`31,8%`, `100%`); `–` when n is 0."""
    if n == 0:
        return "–"
    return decimal_text(half_up(100 * k, n, places), trim=trim) + "%"


def fraction_text(k: int, n: int) -> str:
    """`10/11`, as officials write a part of a whole."""
    return f"{thousands(k)}/{thousands(n)}"


def points_text(points: Decimal, *, places: int = 2) -> str:
    """A change in percentage points in words: `tăng 6,47 điểm phần trăm`, `giảm …`, `không đổi`."""
    shown = decimal_text(abs(points), places=places)
    if shown == "0":
        return "không đổi"
    return f"{'tăng' if points > 0 else 'giảm'} {shown} điểm phần trăm"


def about_text(n: int) -> str:
    """A count as reports round it, to two figures: 4187 → `gần 4.200`, 2613 → `hơn 2.600`, 300 → `300`."""
    unit = 10 ** max(0, len(str(abs(n))) - 2)
    near = int(half_up(n, unit)) * unit
    if near == n:
        return thousands(n)
    return f"{'gần' if n < near else 'hơn'} {thousands(near)}"


def about_percent_text(k: int, n: int) -> str:
    """A share in whole percent with its side said: 97,33 % → `trên 97%`, 98,6 % → `gần 99%`, 40 % → `40%`."""
    if n == 0 or 100 * k < n or 100 * k % n == 0:
        return percent_text(k, n)
    near = int(half_up(100 * k, n))
    return f"{'gần' if 100 * k < near * n else 'trên'} {thousands(near)}%"


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A printed number and the bounds of the true value: lo ≤ x < hi, `hơn` lo < x, a plain count lo = x = hi."""

    value: Decimal
    places: int
    percent: bool
    approx: Literal["", "gần", "hơn", "khoảng"]
    lo: Decimal | None
    hi: Decimal | None

    def allows(self, x: Decimal | int) -> bool | None:
        """Whether a true value may print so; None when the words are too vague to tell (`khoảng`)."""
        if self.approx == "khoảng":
            return None
        if self.lo is not None and (x <= self.lo if self.approx == "hơn" else x < self.lo):
            return False
        if self.lo == self.hi:
            return x == self.value
        return self.hi is None or x < self.hi


_APPROX: dict[str, Literal["gần", "hơn", "khoảng"]] = {
    "gan": "gần", "duoi": "gần", "hon": "hơn", "tren": "hơn", "khoang": "khoảng", "chung": "khoảng", "uoc": "khoảng",
}  # fmt: skip
_PRINTED = re.compile(rf"(?:({'|'.join(_APPROX)}) ?)?(-?[\d.,]*\d)( ?%)?", re.ASCII)
_VIETNAMESE = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?", re.ASCII)
_FOREIGN = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)


def read_number(text: str) -> PrintedNumber:
    """`1.236`, `54,29%`, `gần 4.200` with the bounds of the true value; NumberError when it is no number."""
    found = _PRINTED.fullmatch(re.sub(r"(?<=\d) (?=\d{3}\b)", ".", fold(text)))
    if not found:
        raise NumberError(f"Không đọc được “{text}” thành số; xin ghi như 1.236 hoặc 54,29%.")
    word, digits, percent = found.groups()
    value = _value(digits, percent=bool(percent), shown=text)
    approx = _APPROX[word] if word else ""
    places = max(0, -int(value.as_tuple().exponent))
    lo, hi = _bounds(value, approx=approx, exact=not percent and places == 0)
    return PrintedNumber(value, places, bool(percent), approx, lo, hi)


def _value(digits: str, *, percent: bool, shown: str) -> Decimal:
    if percent and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", digits):  # 1.236 %: a thousand, or one and a bit?
        raise NumberError(f"“{shown}” không rõ là số nghìn hay số lẻ; xin dùng dấu phẩy cho phần lẻ.")
    if _VIETNAMESE.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _FOREIGN.fullmatch(digits):  # 54.29, 1,236,000: typed the English way, and only readable so
        return Decimal(digits.replace(",", ""))
    raise NumberError(f"Không đọc được “{shown}” thành số; xin ghi như 1.236 hoặc 54,29%.")


def _bounds(value: Decimal, *, approx: str, exact: bool) -> tuple[Decimal | None, Decimal | None]:
    """What may stand behind the printed value; a rounded share hides half a unit of its last place on both sides."""
    if approx:
        return {"gần": (None, value), "hơn": (value, None), "khoảng": (None, None)}[approx]
    if exact:
        return value, value
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return value - half, value + half
