"""Kinds of papers, as data of the law."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "laws" / "papers.csv"


@cache
def paper_kinds() -> dict[str, str]:
    """Abbreviation → name."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["label"] for row in csv.DictReader(rows)}


def kind_label(code: str) -> str:
    return paper_kinds().get(code, code)
