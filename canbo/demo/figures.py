"""The figures of the five articles counted again from the records, beside what was printed, with the impossible ones named.

The package holds the questions (figures.toml); what was printed is read from a file that the reader names.
"""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from canbo.access.queries import units_under
from canbo.assess.statistics import StatRequest, StatRow, statistics
from canbo.dossier.models import UnitRating
from canbo.engine.codelists import load_codelist
from canbo.engine.figures import check_figures
from canbo.engine.measures import Count, count_text, share_text
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.numbers import decimal_text, half_up, percent_text, points_text, read_number, thousands
from canbo.kernel.text import fold
from canbo.organization.models import Unit
from canbo.snapshot.store import Snapshot

Key = tuple[str, str, str, str]
Verdict = Literal["agrees", "flagged", "differs", "open"]
WORDS: dict[Verdict, str] = {"agrees": "khớp", "flagged": "không nhất quán", "differs": "khác", "open": ""}
_NUMBER = re.compile(r"(?:(?:gần|hơn|trên|dưới|khoảng) )?[\d.,/]*\d%?")
_TERM = re.compile(r"(\d{4})\s*[–-]\s*(\d{4})")


@dataclass(frozen=True)
class Asked:
    """One question to the records; `key` is article, period, population and measure as a file of printed figures has them."""

    locality: str
    key: Key
    on: date
    unit: str
    where: str
    that: str
    subject: Any
    shows: str
    period: tuple[date, date] | None
    compare_on: date | None
    ours: str
    more: Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """A figure from the records, with what was printed for it and whether both can be."""

    asked: Asked
    counted: str
    count: Count | None
    printed: str = ""
    verdict: Verdict = "open"
    sentence: str = ""


@cache
def questions() -> tuple[Asked, ...]:
    """Every figure in the order of the articles."""
    told = tomllib.loads((files("canbo.demo") / "figures.toml").read_text(encoding="utf-8"))
    return tuple(_asked(group, row) for group in told["population"] for row in group["figures"])


def _asked(group: Mapping[str, Any], row: Mapping[str, Any]) -> Asked:
    where = " and ".join(f"({part})" for part in (group.get("where"), row.get("where")) if part)
    ours = "; ".join(part for part in (group.get("ours"), row.get("ours")) if part)
    return Asked(
        locality=group["locality"], key=(group["article"], group["period"], group["population"], row["measure"]),
        on=group["on"], unit=group["within"], where=where, that=row.get("that", ""), subject=group.get("subject", "person"),
        shows=row.get("shows", "share"), period=(group["from"], group["to"]) if "from" in group else None,
        compare_on=group.get("compare_on"), ours=ours,
        more={name: row[name] for name in ("instead", "instead_name", "staff") if name in row},
    )  # fmt: skip


def printed_figures(path: Path) -> dict[Key, str]:
    """What was printed, by article, period, population and measure, from a csv with these columns."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return {
            (row["seed_file"][:3], row["period"], row["population"], row["measure"]): row["printed_value"]
            for row in csv.DictReader(handle)
        }


def figures(*, snapshot: Snapshot, printed: Mapping[Key, str], actor: Actor, scope: Scope) -> list[Figure]:
    """All figures of the localities this folder holds, each counted within its own units; units outside the scope are left out."""
    roots = dict(Unit.objects.filter(code__in={asked.unit for asked in questions()}).values_list("code", "pk"))
    found = []
    for asked in questions():
        if asked.unit not in roots or not scope.sees_unit(roots[asked.unit]):
            continue
        inside = Scope(units=units_under([roots[asked.unit]]), groups=scope.groups)
        found.append(_Reader(snapshot, actor, inside).figure(asked, printed.get(asked.key, "")))
    return found


def number_in(printed: str) -> str:
    """The number of a printed value without its noun: `gần 4.200 học viên` → `gần 4.200`."""
    found = _NUMBER.match(printed)
    return found.group() if found else ""


@dataclass(frozen=True)
class _Reader:
    """Asks the statistics, as the page and the command `stats` do."""

    snapshot: Snapshot
    actor: Actor
    scope: Scope

    def figure(self, asked: Asked, printed: str) -> Figure:
        match asked.shows:
            case "term":
                return _term(asked, printed)
            case "change":
                return self._change(asked, printed)
            case "grade":
                return self._grade(asked, printed)
            case "classes":
                held = len(self._rows(asked, by=("training_name",)))
                return _judged(asked, f"{thousands(held)} lớp", Count(held, held, noun="lớp"), printed)
        rows = self._rows(asked)
        count = rows[1].count if asked.shows == "people" and asked.subject != "person" else rows[0].count
        if asked.shows in ("share", "target"):
            return self._share(asked, count, printed)
        text = share_text(count) if asked.shows == "fraction" else f"{thousands(count.count)} {count.noun}"
        return _judged(asked, text, count, printed)

    def _grade(self, asked: Asked, printed: str) -> Figure:
        """Ratings of committees and administrations: records of units, which are no fact of a person."""
        rated = UnitRating.objects.filter(unit__in=self.scope.units or (), period=asked.key[1]).select_related("body")
        labels = {row.code: row.label for row in load_codelist("ratings").rows}
        shown = "; ".join(f"{row.body.name if row.body else ''}: {labels[row.grade]}" for row in rated)
        same = bool(rated) and all(fold(labels[row.grade]) == fold(printed) for row in rated)
        return Figure(asked, shown, None, printed, ("agrees" if same else "differs") if printed else "open")

    def _rows(self, asked: Asked, *, by: tuple[str, ...] = (), where: str | None = None) -> tuple[StatRow, ...]:
        request = StatRequest(
            on=asked.on, subject=asked.subject, where=asked.where if where is None else where, by=by,
            measures=(asked.that,) if asked.that else (), period=asked.period, compare_on=asked.compare_on,
        )  # fmt: skip
        return statistics(request=request, snapshot=self.snapshot, actor=self.actor, scope=self.scope).rows

    def _share(self, asked: Asked, count: Count, printed: str) -> Figure:
        text = number_in(printed)
        shown = f"{count.count}/{thousands(count.of)} = {percent_text(count.count, count.of, places=_places(text))}"
        if not text or asked.shows == "target":
            return Figure(asked, shown, count, printed)
        report = check_figures([text], of=count.of)
        if not report.rows[0].possible:
            return Figure(asked, shown, count, printed, "flagged", self._impossible(asked, text, report.sentences))
        possible = range(report.rows[0].fits[0].low, report.rows[0].fits[0].high + 1)
        return Figure(asked, shown, count, printed, "agrees" if count.count in possible else "differs")

    def _impossible(self, asked: Asked, text: str, sentences: tuple[str, ...]) -> str:
        """Why the text cannot be, of everybody at work there neither where that is told, and of whom it can be said."""
        said = list(sentences)
        if "staff" in asked.more:
            everybody = self._rows(asked, where=asked.more["staff"])[0].count.of
            said += check_figures([text], of=everybody).sentences
        if "instead" in asked.more:
            other = self._rows(asked, where=asked.more["instead"])[0].count
            said.append(f"Hồ sơ minh họa chọn {asked.more['instead_name']}: {count_text(other)}, {other.count}/{other.of}.")
        return " ".join(said)

    def _change(self, asked: Asked, printed: str) -> Figure:
        row = self._rows(asked)[0]
        assert row.points is not None and row.before is not None  # both days were asked
        shown, text = points_text(row.points), number_in(printed)
        if not text:
            return Figure(asked, shown, row.count, printed)
        if read_number(text).value != row.points:
            return Figure(asked, shown, row.count, printed, "differs")
        relative = half_up(100 * (row.count.count * row.before.of - row.before.count * row.count.of), row.before.count * row.count.of, 2)
        sentence = f"“{text}” là điểm phần trăm (N = {row.count.of}); tính theo tỷ lệ thì tăng {decimal_text(relative)}%."
        return Figure(asked, shown, row.count, printed, "flagged", sentence)


def _places(text: str) -> int:
    """As many decimals as were printed; a bound (“trên …”) says nothing of them."""
    printed = read_number(text) if text else None
    return 2 if printed is None or printed.approx else printed.places


def _term(asked: Asked, printed: str) -> Figure:
    """A term is no count; it can only be that it ends before it begins."""
    found = _TERM.search(printed)
    if found and found.group(2) < found.group(1):
        sentence = f"Nhiệm kỳ “{printed}” kết thúc trước khi bắt đầu."
        return Figure(asked, "–", None, printed, "flagged", sentence)
    return Figure(asked, "–", None, printed, "agrees" if found else "open")


def _judged(asked: Asked, shown: str, count: Count, printed: str) -> Figure:
    """A number of people, turns or classes beside the printed one; `10/11` must agree in both parts."""
    text = number_in(printed)
    if not text:
        return Figure(asked, shown, count, printed)
    same = text == shown if asked.shows == "fraction" else bool(read_number(text).allows(count.count))
    return Figure(asked, shown, count, printed, "agrees" if same else "differs")
