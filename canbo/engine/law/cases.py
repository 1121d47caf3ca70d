"""Hand-written cases: what a rule must say of a described person, run through the same columns that judge everybody."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from canbo.engine.law.calendars import Calendar, CalendarCase
from canbo.engine.law.conditions import Parsed, needed, outcome, parsed, words_on
from canbo.engine.law.model import Case, Criterion, LawSet, StandardVersion
from canbo.engine.law.problems import Problem, nearest
from canbo.engine.law.workdays import working_days_after
from canbo.engine.types import Bool, Date, Decimal_, Int, ListOf, Type, Vocabulary, is_interval
from canbo.kernel.dates import DateError, PartialDate, read_date

SAID = {True: "đạt", False: "chưa đạt", None: "thiếu hồ sơ"}
EXPECTED = {"yes": True, "no": False, "unknown": None}


def failing(laws: LawSet, *, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Cases that fail, name nothing, or are missing: every criterion in use needs one that passes, fails and is unknown."""
    seen: dict[tuple[str, str, str], set[str]] = {}
    for case in laws.cases:
        found = criterion_of(laws, case)
        if isinstance(found, str):
            yield Problem(case.file, f"case[{case.number}]", found)
            continue
        version, criterion = found
        seen.setdefault((case.standard, version.code, criterion.code), set()).add(case.expect)
        text = _wrong(case, version, criterion, laws=laws, vocabulary=vocabulary)
        if text:
            yield Problem(case.file, f"case[{case.number}]", text)
    yield from _uncovered(laws, seen)
    yield from _wrong_parameters(laws)
    yield from wrong_calendar(laws.calendar, laws.calendar_cases)


def criterion_of(laws: LawSet, case: Case) -> tuple[StandardVersion, Criterion] | str:
    """What a case speaks of, or a sentence why there is no such thing."""
    standard = laws.standards.get(case.standard)
    if standard is None:
        return f"không có tiêu chuẩn “{case.standard}”.{nearest(case.standard, laws.standards)}"
    version = next((v for v in standard.versions if v.code == case.version), None)
    if version is None:
        near = nearest(case.version, [v.code for v in standard.versions])
        return f"tiêu chuẩn “{case.standard}” không có phiên bản “{case.version}”.{near}"
    criterion = next((c for c in version.criteria if c.code == case.criterion), None)
    if criterion is None:
        near = nearest(case.criterion, [c.code for c in version.criteria])
        return f"phiên bản “{case.version}” không có tiêu chí “{case.criterion}”.{near}"
    return version, criterion


def _wrong(case: Case, version: StandardVersion, criterion: Criterion, *, laws: LawSet, vocabulary: Vocabulary) -> str:
    words = words_on(version.period.start, laws=laws, vocabulary=vocabulary)
    unknown = [name for name in case.gives if name not in words]
    if unknown:
        return f"không có dữ kiện “{unknown[0]}”.{nearest(unknown[0], words)}"
    try:
        trees = parsed(criterion, words=words, titles=laws.standards[case.standard].titles)
        said = judged(trees, case.gives, exceptions=len(criterion.exceptions), vocabulary=words)
    except (ValueError, TypeError, pl.exceptions.PolarsError) as error:
        return f"không đọc được giá trị đã cho: {error}"
    expected = EXPECTED[case.expect]
    if said is expected:
        return ""
    return f"cần “{SAID[expected]}” nhưng tiêu chí “{criterion.label}” cho “{SAID[said]}”; hãy xem lại điều kiện hoặc trường hợp này."


def judged(found: Parsed, gives: Mapping[str, object], *, exceptions: int, vocabulary: Vocabulary) -> bool | None:
    """What a criterion says of the person of a case; facts not given are unknown."""
    frame = pl.DataFrame([column for name in sorted(needed(found)) for column in columns_of(name, gives.get(name), vocabulary[name].type)])
    if frame.is_empty():
        frame = pl.DataFrame({"": [0]})
    said: bool | None = frame.select(outcome(found, exceptions=exceptions).alias("said")).item()
    return said


def columns_of(name: str, given: Any, of: Type) -> list[pl.Series]:
    """One row of a fact, as a facts frame holds it: [lo, hi] or one value for an interval, a list for several."""
    if is_interval(of):
        lo, hi = given if isinstance(given, list) else (given, given)
        kind = pl.Date if isinstance(of, Date) else pl.Int64
        ends = (("lo", _end(lo, of, first=True)), ("hi", _end(hi, of, first=False)))
        return [pl.Series(f"{name}.{end}", [value], dtype=kind) for end, value in ends]
    return [pl.Series(name, [_end(given, of, first=True)], dtype=_dtype(of))]


def _end(value: Any, of: Type, *, first: bool) -> Any:
    """The first or last day a written date can be: '1968' is all of 1968."""
    if not isinstance(of, Date) or value is None or isinstance(value, date):
        return value
    try:
        read: PartialDate = read_date(str(value))
    except DateError as error:
        raise ValueError(str(error)) from None
    return read.lo if first else read.hi


def _dtype(of: Type) -> Any:
    match of:
        case Bool():
            return pl.Boolean
        case Int():
            return pl.Int64
        case Decimal_():
            return pl.Decimal(18, 4)
        case Date():
            return pl.Date
        case ListOf():
            return pl.List(pl.String)
        case _:
            return pl.String


def _uncovered(laws: LawSet, seen: Mapping[tuple[str, str, str], set[str]]) -> Iterator[Problem]:
    """Criteria that judge without a hand-written case on each side."""
    for standard in laws.standards.values():
        for version in standard.versions:
            for criterion in version.criteria:
                missing = [e for e in EXPECTED if e not in seen.get((standard.code, version.code, criterion.code), set())]
                if criterion.active and missing:
                    said = ", ".join(f"expect = \"{e}\"" for e in missing)
                    where = f"standard[{standard.code}].version[{version.code}].criterion[{criterion.code}]"
                    yield Problem("cases", where, f"tiêu chí này chưa có trường hợp thử {said}; hãy viết vào laws/cases.")


def _wrong_parameters(laws: LawSet) -> Iterator[Problem]:
    for case in laws.parameter_cases:
        where, parameter = f"parameter_case[{case.number}]", laws.parameters.get(case.parameter)
        if parameter is None:
            yield Problem(case.file, where, f"không có tham số “{case.parameter}”.{nearest(case.parameter, laws.parameters)}")
            continue
        version = parameter.on(case.on)
        found = None if version is None else version.values.get(case.key) if case.key else version.value
        if _plain(found) != _plain(case.value):
            yield Problem(case.file, where, f"ngày {case.on:%d/%m/%Y} cần {case.value} nhưng tham số “{parameter.label}” là {found}.")


def _plain(value: object) -> object:
    return Decimal(value) if isinstance(value, int | Decimal) else value


def wrong_calendar(of: Calendar, cases: Iterable[CalendarCase]) -> Iterator[Problem]:
    """Cases of working days that the calendar does not bear out."""
    for case in cases:
        found = working_days_after(case.after, case.days, of)
        if (found.earliest, found.latest) != case.gives:
            expected = "–".join(sorted({f"{end:%d/%m/%Y}" for end in case.gives}))
            text = f"{case.days} ngày làm việc tính từ {case.after:%d/%m/%Y} cần là {expected} nhưng lịch cho {found.text}."
            yield Problem(case.file, f"calendar_case[{case.number}]", text)
