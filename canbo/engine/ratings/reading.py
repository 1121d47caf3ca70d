"""The tables of a regime file → a regime, with every misspelling and impossible sum named."""

import re
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from canbo.engine.codelists import load_codelist
from canbo.engine.law.source import Table
from canbo.engine.ratings.model import (
    APPLIES,
    ARTICLES,
    CAPACITIES,
    FORMS,
    GRADES,
    OF,
    PERIOD_MONTHS,
    QUOTA_BASES,
    ROLES,
    ROUNDINGS,
    UNSATISFACTORY,
    Absence,
    Band,
    Bar,
    Line,
    Quota,
    Regime,
    TaskRatio,
)

_PERIODS = (*PERIOD_MONTHS, "term", "once")


def regime(row: Table, document: str) -> Regime:
    """One version of a regime; `document` is what its citations rest on unless a table names another."""
    quota, said = row.inner("quota"), len(row.problems.found)
    found = Regime(
        of=row.choice("of", OF), capacity=row.choice("capacity", CAPACITIES, "official"),
        staff_kinds=tuple(_known(row, "staff_kinds", kind, load_codelist("staff_kinds").codes) for kind in row.texts("staff_kinds", ())),
        periods=tuple(_known(row, "periods", p, _PERIODS) for p in row.texts("periods", ("year",))),
        names=MappingProxyType({_known(row, "names", grade, GRADES): str(name) for grade, name in row.map("names").items()}),
        bands=tuple(_band(band) for band in row.tables("band")), lines=tuple(_line(line) for line in row.tables("line")),
        ratios=tuple(_ratio(ratio) for ratio in row.tables("ratio")), axes=tuple(_ratio(axis) for axis in row.tables("axis")),
        whole_lines=row.flag("whole_lines", False), general_points=points(row, "general_points"),
        task_points=points(row, "task_points"), fault_share=row.share("fault_share") or Fraction(0),
        absences=tuple(_absence(absence, document) for absence in row.tables("absence")),
        bars=tuple(_bar(bar, document) for bar in row.tables("bar")), quota=_quota(quota, document) if quota else None,
        head_not_above_unit=row.flag("head_not_above_unit", False), rate_by=row.text("rate_by", ""),
        deputy_procedure=row.text("deputy_procedure", ""),
        objection_days=row.whole("objection_days"), send_days=row.whole("send_days"),
        send_working=row.flag("send_working", False), note=row.text("note", ""),
        articles=MappingProxyType({str(k): str(v) for k, v in row.map("articles").items()}),
        forms=MappingProxyType({_known(row, "forms", name, tuple(FORMS)): str(v) for name, v in row.map("forms").items()}),
    )  # fmt: skip
    if len(row.problems.found) == said:  # sums and order of what was misread say nothing
        _check(row, found)
    return found


def _known(row: Table, key: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        row.wrong(f"“{value}” không đọc được; hãy dùng {', '.join(known)}.", key)
    return value


def _band(row: Table) -> Band:
    found = Band(_known(row, "grade", row.text("grade"), GRADES), points(row, "least"))
    row.close()
    return found


def _line(row: Table) -> Line:
    fixed = points(row, "points") if "points" in row.values else None
    if row.values.get("points") == 0:
        row.wrong("điểm tối đa phải lớn hơn 0; bỏ mục points nếu đơn vị tự quy định.", "points")
    found = Line(row.text("code"), row.text("label"), row.text("group", ""), fixed, row.choice("applies", APPLIES, "all"))
    row.close()
    return found


def _ratio(row: Table) -> TaskRatio:
    found = TaskRatio(
        row.text("code"), row.text("label"), row.choice("applies", APPLIES, "all"), row.flag("halves", False),
        row.flag("half_when_managed_fail", False),
    )  # fmt: skip
    if found.half_when_managed_fail and not (found.halves and found.applies == "leader"):
        row.wrong("half_when_managed_fail chỉ đi với halves = true và applies = \"leader\".", "half_when_managed_fail")
    row.close()
    return found


def _absence(row: Table, document: str) -> Absence:
    grade = row.text("cap", "")
    found = Absence(
        cite=row.cite(document), label=row.text("label"), worked_below=row.whole("worked_below"), away_least=row.whole("away_least"),
        away_below=row.whole("away_below"), excepted=row.texts("excepted", ()),
        cap=_known(row, "cap", grade, GRADES) if grade else "", not_rated=row.flag("not_rated", False),
    )  # fmt: skip
    if bool(found.cap) == found.not_rated:
        row.wrong("cần đúng một trong hai: cap = \"<mức>\" hoặc not_rated = true.")
    elif (found.worked_below is not None) != found.not_rated or (found.away_least is not None) != bool(found.cap):
        row.wrong("not_rated đi cùng worked_below (số tháng làm việc); cap đi cùng away_least (số tháng nghỉ).")
    if found.away_below is not None and found.away_below <= (found.away_least or 0):
        row.wrong("số tháng nghỉ “away_below” phải lớn hơn “away_least”.", "away_below")
    row.close()
    return found


def _bar(row: Table, document: str) -> Bar:
    found = Bar(row.text("code"), row.text("label"), row.choice("applies", APPLIES, "all"), row.cite(document))
    row.close()
    return found


def _quota(row: Table, document: str) -> Quota:
    share = row.share("share")
    found = Quota(
        share=share or Fraction(1), base=row.choice("base", QUOTA_BASES, "good-and-above"),  # type: ignore[arg-type]
        rounding=row.choice("rounding", ROUNDINGS, "down"), cite=row.cite(document),  # type: ignore[arg-type]
        exception=row.share("exception"), exception_says=row.text("exception_says", ""), per_group=row.flag("per_group", False),
        few_below=row.whole("few_below") or 0, few_cap=row.whole("few_cap") or 0,
    )  # fmt: skip
    if share is None:
        row.wrong("cần share = \"20/100\": tỷ lệ tối đa.", "share")
    elif found.exception is not None and found.exception < found.share:
        row.wrong("tỷ lệ ngoại lệ không thể thấp hơn tỷ lệ chung.", "exception")
    if bool(found.few_below) != bool(found.few_cap):
        row.wrong("few_below (dưới bao nhiêu) và few_cap (tối đa mấy) đi cùng nhau.", "few_below")
    row.close()
    return found


def points(row: Table, key: str) -> Decimal:
    """Points, 0 when the key is not there."""
    found = row.number(key)
    if found is None:
        return Decimal(0)
    if not isinstance(found, int | Decimal) or found < 0:
        row.wrong("cần một số điểm không âm.", key)
        return Decimal(0)
    return Decimal(found)


def _check(row: Table, found: Regime) -> None:
    """Names for every grade, whom it rates, articles where they are printed; then the points."""
    missing = [grade for grade in GRADES if not found.names.get(grade)]
    if missing:
        row.wrong(f"thiếu tên gọi của mức {', '.join(missing)}.", "names")
    if bool(found.staff_kinds) != (found.of == "person" and found.capacity == "official"):
        row.wrong("staff_kinds cần có khi đánh giá cán bộ, công chức, viên chức, và chỉ khi đó.", "staff_kinds")
    for name in found.articles:
        _known(row, "articles", name, tuple(ARTICLES))
    if found.head_not_above_unit and not found.articles.get("head"):
        row.wrong("head_not_above_unit cần dẫn điều, khoản: articles = { head = \"Điều …\" }.", "articles")
    if found.rate_by and not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", found.rate_by):
        row.wrong("cần tháng-ngày, như \"12-15\".", "rate_by")
    for key, codes in (
        ("line", [line.code for line in found.lines]), ("ratio", [ratio.code for ratio in found.ratios]),
        ("axis", [*(axis.code for axis in found.axes), *{line.code for line in found.lines}]), ("bar", [bar.code for bar in found.bars]),
    ):  # fmt: skip
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            row.wrong(f"“{code}” có hai lần; hãy gộp lại hoặc đặt mã khác.", key)
    _check_points(row, found)


def _check_points(row: Table, found: Regime) -> None:
    """The lines of each role add up to the general points; each grade above the lowest has its band, a better one a higher."""
    if found.scored and (not found.lines or not found.ratios or not found.task_points):
        row.wrong("chế độ có điểm cần đủ line, ratio, general_points, task_points.")
        return
    if not found.scored and (found.lines or found.ratios or found.axes):
        row.wrong("chế độ có line, ratio cần các mức điểm [[band]].", "band")
    least = {band.grade: band.least for band in found.bands if band.grade != UNSATISFACTORY}
    edges = [least.get(grade, Decimal(0)) for grade in GRADES[1:]]
    if found.bands and (len(least) != len(found.bands) or len(least) != len(edges)):
        row.wrong("các mức điểm cần đủ ba mức trên, mỗi mức một lần.", "band")
    elif found.bands and (edges != sorted(set(edges)) or edges[-1] > found.general_points + found.task_points):
        row.wrong("mức cao hơn cần điểm tối thiểu cao hơn, không quá tổng điểm.", "band")
    for role in ROLES if found.lines else ():
        lines = found.lines_of(role)  # type: ignore[arg-type]
        fixed = [line.points for line in lines if line.points is not None]
        total = sum(fixed, Decimal(0))
        if total > found.general_points or (len(fixed) == len(lines) and total != found.general_points):
            row.wrong(f"điểm các dòng cho {ROLES[role]} cộng lại là {total}, không phải {found.general_points}.", "line")
