"""What ends on a day: service, terms, appointments, bars after discipline, certificates."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from canbo.assess.due.model import Due, DueRequest, cited, seen_keys
from canbo.assess.law_sets import TITLE_LISTS
from canbo.dossier.models.learning import QUALIFICATION_KINDS
from canbo.engine.codelists import load_codelist
from canbo.engine.law.model import LawSet
from canbo.engine.law.workdays import working_days_after
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

_KINDS = dict(QUALIFICATION_KINDS)
_APPOINTED_STAFF = ("cong-chuc", "vien-chuc")
_TEMPORARY = ("acting", "rotated", "seconded")  # ended by their own decisions, not by the term of an appointment


def retirement(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """The month in which the age is reached; who reached it before the start is not here."""
    names = ("in_service", "retires_on")
    ask = Ask(on=request.start, laws=request.law.central)
    frame = facts_frame(snapshot=snapshot, ask=ask, names=names, scope=scope).filter(pl.col("in_service"))
    lo, hi = pl.col("retires_on.lo"), pl.col("retires_on.hi")
    near = frame.filter(hi >= request.start, lo.dt.month_start() <= request.end).select("key", lo, hi)
    version = request.law.central.parameters["retirement_age"].versions[0]
    rule, document = cited(version.cite, request.law.central)
    for key, first, last in near.iter_rows():
        yield Due(key, "retirement", first, last, True, "Đủ tuổi nghỉ hưu", rule, document)


def without_birth(request: DueRequest, snapshot: Snapshot, scope: Scope) -> int:
    """People of the scope whose retirement cannot be reckoned: no birth date or no sex in the dossier."""
    ask = Ask(on=request.start, laws=request.law.central)
    frame = facts_frame(snapshot=snapshot, ask=ask, names=("in_service", "birth", "sex"), scope=scope)
    return frame.filter(pl.col("in_service"), pl.col("birth.lo").is_null() | pl.col("sex").is_null()).height


# --- terms and appointments


def terms(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Terms whose end is written in the dossier, of titles that are not appointed to."""
    appointed = appointed_titles(request.law.central)
    rows = _held(request, snapshot).filter(~pl.col("code").is_in(list(appointed)).fill_null(False))
    for key, first, last, title in _ending(rows, "term_end", "title_text", request, snapshot, scope):
        what = f"Hết nhiệm kỳ, thời hạn giữ chức vụ: {title}" if title else "Hết nhiệm kỳ, thời hạn giữ chức vụ"
        yield Due(key, "term", first, last, False, what, "Thời hạn ghi trong hồ sơ", "")


def appointments(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Ends of appointments: as written in the dossier, else so many months after it by the law of that day.

    The notice of reappointment has a day of its own before it, in working days where the law says so.
    """
    appointed = appointed_titles(request.law.central)
    rows = _held(request, snapshot).filter(pl.col("code").is_in(list(appointed)), ~pl.col("kind").cast(pl.String).is_in(_TEMPORARY))
    for key, first, last, title in _ending(rows, "term_end", "title_text", request, snapshot, scope):
        yield _appointment(key, first, last, title, "Thời hạn ghi trong hồ sơ", "", request.law.central)
    yield from _reckoned(rows.filter(pl.col("term_end_lo").is_null()), request, snapshot, scope)


def _reckoned(rows: pl.DataFrame, request: DueRequest, snapshot: Snapshot, scope: Scope) -> Iterator[Due]:
    """Appointments without a written end; one whose first day is only that of a list is left out."""
    laws, keys = request.law.central, seen_keys(request, snapshot, scope)
    kept = rows.filter(pl.col("person").is_in(keys.implode()), ~pl.col("since_list").eq_missing(True))
    since = [pl.coalesce(f"reappointed_on_{end}", f"start_{end}").alias(end) for end in ("lo", "hi")]
    parameter = laws.parameters.get("appointment_term_months")
    for version in parameter.versions if parameter else ():
        ends = [pl.col(end).dt.offset_by(f"{version.value}mo").alias(f"{end}_end") for end in ("lo", "hi")]
        inside = kept.select("person", pl.col("title_text").cast(pl.String), *since).drop_nulls(["lo", "hi"]).filter(
            pl.col("lo") >= version.period.start, pl.col("lo") < (version.period.end or date.max)
        )  # fmt: skip
        near = inside.with_columns(ends).filter(pl.col("hi_end") >= request.start, pl.col("lo_end") <= request.end)
        rule, document = cited(version.cite, laws)
        for key, title, first, last in near.select("person", "title_text", "lo_end", "hi_end").iter_rows():
            yield _appointment(key, first, last, title, rule, document, laws)


def _appointment(key: int, first: date, last: date, title: str | None, rule: str, document: str, laws: LawSet) -> Due:
    what = f"Hết thời hạn bổ nhiệm: {title}" if title else "Hết thời hạn bổ nhiệm"
    return Due(key, "appointment", first, last, False, what, rule, document, note=_notice(first, laws))


@lru_cache(maxsize=512)
def _notice(end: date, laws: LawSet) -> str:
    """By when the end must be announced, by the law of the end."""
    for name, in_working_days in (("reappointment_notice_working_days", True), ("reappointment_notice_days", False)):
        parameter = laws.parameters.get(name)
        version = parameter.on(end) if parameter else None
        if version is not None and isinstance(version.value, int):
            days = version.value
            by = working_days_after(end, -days, laws.calendar).text if in_working_days else f"{end - timedelta(days=days):%d/%m/%Y}"
            rule, document = cited(version.cite, laws)
            return f"thông báo bổ nhiệm lại chậm nhất {by} ({document} {rule})"
    return ""


def _held(request: DueRequest, snapshot: Snapshot) -> pl.DataFrame:
    """Holdings that are not over at the start, with the code of their title."""
    titles = snapshot.tables.frames["title"].select(pl.col("id").alias("title"), "code", "name")
    rows = snapshot.tables.frames["holding"].filter(pl.col("end_before").is_null() | (pl.col("end_before") > request.start))
    named = pl.coalesce(pl.col("title_text").cast(pl.String), "name").alias("title_text")
    return rows.join(titles, on="title", how="left").with_columns(named)


@lru_cache(maxsize=8)
def appointed_titles(laws: LawSet) -> frozenset[str]:
    """Titles that a State standard speaks of and that civil servants hold: they are appointed, not elected."""
    spoken = {title for s in laws.standards.values() if s.regime == "state" and s.purpose == "title" for title in s.titles}
    staff = {row.code: row.extra["staff_kind"] for name in TITLE_LISTS for row in load_codelist(name).rows}
    return frozenset(title for title in spoken if staff.get(title) in _APPOINTED_STAFF)


# --- certificates, bars


def certificates(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    rows = snapshot.tables.frames["qualification"]
    for key, first, last, kind in _ending(rows, "valid_until", "kind", request, snapshot, scope):
        what = f"Chứng chỉ hết giá trị: {_KINDS.get(kind, kind)}" if kind else "Chứng chỉ hết giá trị"
        yield Due(key, "certificate", first, last, False, what, "Thời hạn ghi trên chứng chỉ", "")


def _ending(
    rows: pl.DataFrame, column: str, text: str, request: DueRequest, snapshot: Snapshot, scope: Scope
) -> Iterable[tuple[int, date, date, str | None]]:
    """(key, first, last possible day, text) of rows whose partial date may fall into the period."""
    lo, hi = pl.col(f"{column}_lo"), pl.col(f"{column}_hi")
    keys = seen_keys(request, snapshot, scope)
    near = rows.filter(hi >= request.start, lo <= request.end, pl.col("person").is_in(keys.implode()))
    return near.select("person", lo, hi, pl.col(text).cast(pl.String)).iter_rows()  # type: ignore[return-value]


def bars(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """The first day on which a bar after discipline is over."""
    ask = Ask(on=request.start, laws=request.law.central)
    names = ("in_service", "appointment_barred_until")
    frame = facts_frame(snapshot=snapshot, ask=ask, names=names, scope=scope).filter(pl.col("in_service"))
    lo, hi = pl.col("appointment_barred_until.lo"), pl.col("appointment_barred_until.hi")
    parameter = request.law.central.parameters["party_block_months"].on(request.start)
    rule, document = cited(parameter.cite if parameter else None, request.law.central)
    for key, first, last in frame.filter(hi >= request.start, lo <= request.end).select("key", lo, hi).iter_rows():
        yield Due(key, "block", first, last, False, "Hết thời hạn chưa được bổ nhiệm chức vụ cao hơn do kỷ luật", rule, document)
