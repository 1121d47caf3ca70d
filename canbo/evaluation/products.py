"""Products of a month as the head of a unit writes them down, and the three ratios of the task results counted from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from canbo.engine.ratings.model import RatingRefused, Regime
from canbo.engine.ratings.scores import Product, ProductSums, sums_of_products
from canbo.kernel.text import clean

COUNTED = ("a", "b", "c")  # the ratios that products give
MOST = 100  # products of one person in one month
LONGEST = 200


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One product: how many were assigned, done of them, done on top; checks failed, delays; `factor` = standard units each counts for."""

    name: str
    assigned: Fraction
    done: Fraction
    extra: Fraction = Fraction(0)
    faults: int = 0
    delays: int = 0
    factor: Fraction = Fraction(1)

    @property
    def product(self) -> Product:
        f = self.factor
        return Product(self.assigned * f, self.done * f, self.faults, self.delays, self.extra * f)


def wrong_with(line: ProductLine) -> str:
    """What is wrong with one product, in one sentence; "" where nothing is."""
    if not clean(line.name):
        return "Hãy ghi tên sản phẩm, công việc."
    if line.factor <= 0:
        return "Hệ số quy đổi phải lớn hơn 0; sản phẩm chuẩn ghi 1."
    if min(line.assigned, line.done, line.extra) < 0 or min(line.faults, line.delays) < 0:
        return "Số lượng, số lần không thể âm."
    if line.done > line.assigned:
        return "Đã làm nhiều hơn được giao; phần phát sinh ghi vào cột bổ sung, đột xuất."
    return ""


def sums_of(lines: Sequence[ProductLine], rules: Regime) -> ProductSums:
    """What the lines add up to under a regime. RatingRefused where it counts no products or a line is wrong."""
    if not rules.fault_share:
        raise RatingRefused("Chế độ này không tính kết quả nhiệm vụ từ danh mục sản phẩm; hãy ghi tỷ lệ.")
    if len(lines) > MOST:
        raise RatingRefused(f"Một tháng ghi được nhiều nhất {MOST} sản phẩm; hãy gộp các việc giống nhau.")
    for number, line in enumerate(lines, 1):
        if wrong := wrong_with(line):
            raise RatingRefused(f"Sản phẩm {number}: {wrong}")
    return sums_of_products([line.product for line in lines], rules.fault_share)


def ratios_with(lines: Sequence[ProductLine], ratios: Mapping[str, Fraction], rules: Regime) -> dict[str, Fraction]:
    """The ratios in the order of the regime: as given, those that products give counted from them where there are any."""
    counted = sums_of(lines, rules).ratios if lines else {}
    found = {**ratios, **counted}
    return {ratio.code: found[ratio.code] for ratio in rules.ratios if ratio.code in found}


# --- as they are kept


def kept(lines: Sequence[ProductLine]) -> list[dict[str, Any]]:
    return [
        {
            "name": clean(line.name)[:LONGEST], "assigned": str(line.assigned), "done": str(line.done), "extra": str(line.extra),
            "faults": line.faults, "delays": line.delays, "factor": str(line.factor),
        }
        for line in lines
    ]  # fmt: skip


def lines_in(stored: Sequence[Mapping[str, Any]]) -> tuple[ProductLine, ...]:
    return tuple(
        ProductLine(
            row["name"], Fraction(row["assigned"]), Fraction(row["done"]), Fraction(row["extra"]), row["faults"], row["delays"],
            Fraction(row["factor"]),
        )
        for row in stored
    )  # fmt: skip


__all__ = ["COUNTED", "MOST", "ProductLine", "kept", "lines_in", "ratios_with", "sums_of", "wrong_with"]
