"""Grades of several years: each year was given under its own regime, and a comparison says so."""

from collections.abc import Iterable
from datetime import date

from canbo.engine.law.model import LawSet
from canbo.evaluation.people import KIND


def rules_of_year(*, year: int, laws: LawSet, capacity: str = "official") -> tuple[tuple[str, str], ...]:
    """(document, whom it rated) of the regimes of persons on the last day of a year, in the order of the law files.

    Documents known from memory alone are named too: here nobody is rated by them, the reader only learns by what it was done.
    """
    on, found = date(year, 12, 31), dict[str, list[str]]()
    for (kind, _), provision in laws.provisions.items():
        version = provision.on(on) if kind == KIND else None
        if version is None or version.content.of != "person" or version.content.capacity != capacity:  # type: ignore[attr-defined]
            continue
        name = laws.documents[version.cite.document].name
        found.setdefault(name, []).append(_whom(provision.label))
    return tuple((name, ", ".join(whom)) for name, whom in found.items())


def years_text(*, years: Iterable[int], laws: LawSet, capacity: str = "official") -> tuple[str, ...]:
    """One line for each year: `Xếp loại năm 2016 theo Nghị định 56/2015/NĐ-CP (công chức, cán bộ, viên chức).`"""
    lines = []
    for year in sorted(set(years)):
        told = "; ".join(f"{name} ({whom})" for name, whom in rules_of_year(year=year, laws=laws, capacity=capacity))
        lines.append(f"Xếp loại năm {year} theo {told}." if told else f"Xếp loại năm {year}: chưa có quy định trong bộ quy định.")
    return tuple(lines)


def _whom(label: str) -> str:
    """`Đánh giá, xếp loại công chức` → `công chức`."""
    return label.removeprefix("Đánh giá, xếp loại ")
