"""Can the printed percentages be right? Which populations and counts make them, on whole numbers only.

A text is taken as rounded half up to the decimals it shows ("2,37" two, "40" none); cutting off is only mentioned.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod
from typing import NamedTuple

from canbo.kernel.errors import NumberError
from canbo.kernel.numbers import percent_text, read_number, thousands

__all__ = ["DEFAULT_AT_MOST", "FigureReport", "FigureRow", "check_figures"]

# Without a headcount, populations up to a large district are tried: with two decimals everything fits from 10,000 on.
DEFAULT_AT_MOST = 2_000
LARGEST = 100_000
RARE = 0.1


class Fit(NamedTuple):
    """Counts from `low` to `high` out of `of` people print as the text."""

    of: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One printed share: the populations it can come from and the counts in each."""

    text: str
    fits: tuple[Fit, ...]
    bounded: bool = True  # False for "trên 97%": a bound, not a rounded figure

    @property
    def possible(self) -> bool:
        """Whether any population tried can give the text."""
        return bool(self.fits)

    @property
    def of(self) -> tuple[int, ...]:
        """Populations that can give the text, in rising order."""
        return tuple(fit.of for fit in self.fits)

    @property
    def counts(self) -> tuple[int, ...]:
        """Counts in the order of `of`, all of one population together; left out for a bound over many populations."""
        if not self.bounded and len(self.fits) > 1:
            return ()
        return tuple(count for fit in self.fits for count in range(fit.low, fit.high + 1))


@dataclass(frozen=True, slots=True)
class Group:
    """The most texts that agree up to a size of population: the smallest population, its texts, the texts left over."""

    of: int
    texts: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureReport:
    """What the texts can mean together; `common` lists the populations that fit all, `sentences` say it in words."""

    rows: tuple[FigureRow, ...]
    common: tuple[int, ...]
    tried: range
    groups: tuple[Group, ...]
    sentences: tuple[str, ...] = ()
    odd: Group | None = None  # most texts agree on this small population, and its others do not

    def as_json(self) -> dict[str, object]:
        """The stable shape of the command line."""
        rows = [
            {"text": row.text, "possible": row.possible, "counts": list(row.counts), "of": list(row.of)}
            for row in self.rows
        ]
        return {"rows": rows, "common": list(self.common), "explanation": list(self.sentences)}


@dataclass(frozen=True, slots=True)
class _Share:
    """A printed share as whole numbers: `points` of `whole` (2,37 % is 237 of 10,000)."""

    text: str
    points: int
    whole: int
    word: str

    def fit(self, of: int) -> Fit | None:
        """The counts of that population that print so; None when there are none."""
        match self.word:
            case "":
                low = -(-(2 * self.points - 1) * of // (2 * self.whole))
                high = -(-(2 * self.points + 1) * of // (2 * self.whole)) - 1
            case "hơn":
                low, high = self.points * of // self.whole + 1, of
            case "gần":
                low, high = 0, -(-self.points * of // self.whole) - 1
            case _:  # "khoảng" excludes nothing
                low, high = 0, of
        low, high = max(low, 0), min(high, of)
        return Fit(of, low, high) if low <= high else None

    def fits_cut_off(self, of: int) -> bool:
        """Whether the text appears when the decimals are cut off instead of rounded."""
        return -(-self.points * of // self.whole) * self.whole < (self.points + 1) * of

    def nearest(self, of: int) -> tuple[str, ...]:
        """What the two counts around the printed share would print: `7/308 = 2,27%`."""
        below = min(self.points * of // self.whole, of)
        places = len(str(self.whole)) - 3
        return tuple(
            f"{thousands(count)}/{thousands(of)} = {percent_text(count, of, places=places, trim=False)}"
            for count in (below, below + 1)
            if count <= of
        )


def check_figures(
    texts: Sequence[str],
    *,
    of: int | None = None,
    at_most: int | None = None,
    exclusive: bool = False,
    complete: bool = False,
) -> FigureReport:
    """Populations and counts behind printed percentages; `of` people if known, else every population to `at_most`.

    `exclusive`: nobody is counted in two of the texts; `complete`: besides, everybody is in one. NumberError on bad input.
    """
    tried = _populations(of, at_most)
    shares = [_read_share(text) for text in texts]
    if not shares:
        raise NumberError("Chưa có tỷ lệ nào để kiểm tra; xin ghi như 2,37 73,7.")
    rows = tuple(FigureRow(share.text, tuple(_fits(share, tried)), share.word == "") for share in shares)
    agreeing = _agreeing(rows)
    common = [size for size, found in agreeing.items() if len(found) == len(rows)]
    if exclusive or complete:
        common = [size for size in common if _adds_up(rows, size, complete=complete)]
    report = FigureReport(rows, tuple(sorted(common)), tried, _groups(rows, agreeing))
    odd = tuple(_odd_groups(report, shares))
    sentences = tuple(_explain(report, shares, odd, apart=exclusive or complete))
    return replace(report, odd=odd[-1] if odd else None, sentences=sentences)


def _populations(of: int | None, at_most: int | None) -> range:
    if any(bound is not None and bound < 1 for bound in (of, at_most)):
        raise NumberError("Tổng số người phải là số nguyên từ 1 trở lên.")
    if of is not None:
        return range(of, of + 1)
    if (at_most or 0) > LARGEST:
        raise NumberError(f"Chỉ kiểm tra được đến {thousands(LARGEST)} người; xin cho tổng số nhỏ hơn.")
    return range(1, (at_most or DEFAULT_AT_MOST) + 1)


def _read_share(text: str) -> _Share:
    number = read_number(text)
    if number.value < 0:
        raise NumberError(f"“{text}” là số âm; tỷ lệ phải từ 0 đến 100.")
    return _Share(text, int(number.value * Decimal(10) ** number.places), 100 * 10**number.places, number.approx)


def _fits(share: _Share, tried: range) -> Iterator[Fit]:
    return (fit for fit in map(share.fit, tried) if fit)


def _chance(shares: Iterable[_Share], of: int) -> float:
    """How many populations up to `of` any such shares would fit by chance: under 0.1 an agreement says something."""
    wholes = [share.whole for share in shares if not share.word]
    return sum(prod(min(1.0, size / whole) for whole in wholes) for size in range(1, of + 1))


def _agreeing(rows: Sequence[FigureRow]) -> dict[int, list[int]]:
    """Population → places of the texts that fit it."""
    found: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        for fit in row.fits:
            found.setdefault(fit.of, []).append(place)
    return found


def _adds_up(rows: Sequence[FigureRow], of: int, *, complete: bool) -> bool:
    fits = [next(fit for fit in row.fits if fit.of == of) for row in rows]
    enough = not complete or sum(fit.high for fit in fits) >= of
    return sum(fit.low for fit in fits) <= of and enough


def _groups(rows: Sequence[FigureRow], agreeing: dict[int, list[int]]) -> tuple[Group, ...]:
    """For each number of texts that agree, the smallest population where they do, from few texts to many."""
    groups: list[Group] = []
    most = 0
    for of in sorted(agreeing):
        places = agreeing[of]
        if len(places) > most:
            most = len(places)
            others = tuple(row.text for place, row in enumerate(rows) if place not in places)
            groups.append(Group(of, tuple(rows[place].text for place in places), others))
    return tuple(groups)


# --- in words


def _explain(report: FigureReport, shares: Sequence[_Share], odd: Sequence[Group], *, apart: bool) -> Iterator[str]:
    yield from _impossible(report, shares)
    if report.common:
        yield _common_sentence(report)
    elif all(row.possible for row in report.rows) and len(report.rows) > 1:
        yield _nothing_common(report, apart=apart)
    yield from _odd_one_out(report, shares, odd)


def _tried_text(tried: range) -> str:
    return f"tổng số {thousands(tried[0])}" if len(tried) == 1 else f"tổng số nào đến {thousands(tried[-1])}"


def _impossible(report: FigureReport, shares: Sequence[_Share]) -> Iterator[str]:
    for share, row in zip(shares, report.rows):
        if row.possible:
            continue
        if share.points > share.whole:
            yield f"“{share.text}” lớn hơn 100% nên không thể là tỷ lệ trong một tổng số."
        elif len(report.tried) == 1:
            yield _impossible_under(share, report.tried[0])
        else:
            yield f"“{share.text}” không thể có với {_tried_text(report.tried)}."


def _impossible_under(share: _Share, of: int) -> str:
    cut = " (chỉ có nếu cắt bớt số lẻ thay vì làm tròn)" if not share.word and share.fits_cut_off(of) else ""
    return f"“{share.text}” không thể có với N = {thousands(of)}: {', '.join(share.nearest(of))}{cut}."


def _listed(populations: Sequence[int]) -> str:
    shown = ", ".join(map(thousands, populations[:5]))
    return shown + (f" … ({thousands(len(populations))} giá trị)" if len(populations) > 5 else "")


def _common_sentence(report: FigureReport) -> str:
    who = f"Cả {len(report.rows)} số" if len(report.rows) > 1 else f"“{report.rows[0].text}”"
    bound = "" if len(report.tried) == 1 else f" (đã thử đến {thousands(report.tried[-1])})"
    only = "chỉ " if len(report.common) < len(report.tried) else ""
    return f"{who} {only}khớp với N = {_listed(report.common)}{bound}."


def _nothing_common(report: FigureReport, *, apart: bool) -> str:
    together = " mà các phần không vượt quá tổng số" if apart else ""
    return (
        f"Không có {_tried_text(report.tried)} khớp với cả {len(report.rows)} số{together}: không thể cùng một tổng số."
    )


def _names(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


def _odd_groups(report: FigureReport, shares: Sequence[_Share]) -> Iterator[Group]:
    """Most texts agree on a population too small for chance, and all of them only where anything would."""
    first = report.common[0] if report.common else None
    if first and _chance(shares, first) < RARE:
        return
    for group in report.groups:
        agreeing = [share for share in shares if share.text in group.texts]
        if len(shares) // 2 < len(agreeing) < len(shares) and _chance(agreeing, group.of) < RARE:
            yield group


def _odd_one_out(report: FigureReport, shares: Sequence[_Share], groups: Sequence[Group]) -> Iterator[str]:
    first = report.common[0] if report.common else None
    for group in groups:
        odd = [share for share in shares if share.text in group.others]
        seen = "; ".join(f"“{share.text}” không khớp: {', '.join(share.nearest(group.of))}" for share in odd)
        later = f" Cả {len(shares)} số chỉ khớp từ N = {thousands(first)}, cỡ mà số nào cũng dễ khớp." if first else ""
        yield f"{_names(group.texts)} cùng khớp với N = {thousands(group.of)}; {seen}.{later}"
