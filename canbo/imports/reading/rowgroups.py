"""What group rows tell about the people under them, when no column does: staff kind, rating, post planned for."""

import re
from collections.abc import Iterable

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.column import Column
from canbo.imports.reading.listrow import ListRow
from canbo.kernel.text import clean, fold

_PLANNED = re.compile(r"^(?:quy hoạch|chức danh|chức vụ|nguồn)\s*(?:chức danh|chức vụ)?\s*:?\s*", re.I)


def tell_by_group(rows: list[ListRow], *, kind: str, has: set[str]) -> None:
    """Add to each row what its groups say; a column of the same field always wins."""
    for row in rows:
        if not row.group:
            continue
        if "staff_kind" not in has and (code := _code(row.group, "staff_kinds")):
            row.values["staff_kind"] = code
        if kind == "ratings" and "rating" not in has and (code := _code(row.group, "ratings")):
            row.values["rating"] = code
        if kind == "planning" and "planned_for" not in has:
            row.values["planned_for"] = _PLANNED.sub("", clean(row.group[-1]))
        if kind == "training" and "training_name" not in has:
            row.values["training_name"] = row.group[-1]


_DAY_AND_YEAR = re.compile(r"(?:ngay\W*\d*\s*)?thang\W*\d*\s*nam\W*\d{4}|nhiem ky\W*\d{4}")
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b(?!\s*[-–]\s*(?:19|20)\d\d)")


def year_of(texts: Iterable[str]) -> str:
    """The one year a title speaks of (`KẾT QUẢ XẾP LOẠI NĂM 2024`); a day of signing is none."""
    years = {year for text in texts for year in _YEAR.findall(_DAY_AND_YEAR.sub(" ", fold(text)))}
    return years.pop() if len(years) == 1 else ""


def tell_year_of_grades(columns: Iterable[Column], titles: tuple[str, ...]) -> None:
    """Grades given as marks are of the year that their headings, else the title, speak of."""
    for column in columns:
        if column.field == "rating" and column.marked:
            column.year = year_of([column.header]) or year_of(titles)


def tell_year_of_list(rows: list[ListRow], titles: tuple[str, ...]) -> None:
    """A list of one year's grades tells the year of a grade that no column dates."""
    year = year_of(titles)
    for row in rows if year else ():
        if any(row.values.get(name) for name in ("rating", "rating_text", "party_rating")):
            row.values.setdefault("rating_year", int(year))


def _code(groups: tuple[str, ...], codelist: str) -> str | None:
    return next((code for text in reversed(groups) if (code := load_codelist(codelist).find(text).code)), None)
