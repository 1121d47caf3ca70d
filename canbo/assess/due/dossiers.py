"""What dossiers lack, and declarations that wait for an answer."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import polars as pl
from django.utils.timezone import localdate

from canbo.access.queries import units_under
from canbo.assess.due.model import Due, DueRequest, cited
from canbo.dossier.declarations.queries import answers_given, is_open, rounds
from canbo.dossier.models import DeclarationRound
from canbo.engine.law.model import LawSet
from canbo.engine.law.workdays import working_days_after
from canbo.facts.completeness import REQUIRED
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Unit
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

RULE = "Mục bắt buộc của sơ yếu lý lịch"


def incomplete(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Dossiers without a required item, of those the reader sees; open since the dossier's first service record was known."""
    seen = [fact for fact in REQUIRED if scope.sees_group(fact.group)]
    ask, names = Ask(on=request.start), ("in_service", *(fact.name for fact in seen))
    frame = facts_frame(snapshot=snapshot, ask=ask, names=names, scope=scope).filter(pl.col("in_service"))
    lacking = (pl.when(pl.col(fact.columns[0]).is_null()).then(pl.lit(_small(fact.label))) for fact in seen)
    found = frame.select("key", pl.concat_str(*lacking, separator=", ", ignore_nulls=True).alias("labels")).filter(pl.col("labels") != "")
    known = snapshot.tables.frames["employment"].group_by("person").agg(pl.col("known_from").min())
    for key, labels, since in found.join(known.rename({"person": "key"}), on="key", how="left").iter_rows():
        day = min(since, request.start) if since else request.start
        yield Due(key, "dossier", day, request.start, False, f"Hồ sơ còn thiếu: {labels}", RULE, "", since=day)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


# --- declarations


def declarations(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Who is asked and has not sent, and what was sent and waits for the unit: each by its working days, overdue ones too."""
    for one in rounds(actor=actor, scope=scope):
        if one.opens_on <= request.end:
            yield from _of_round(one, request, snapshot, actor, scope)


def _of_round(one: DeclarationRound, request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterator[Due]:
    laws = request.law.of_unit(_codes_up(one.unit_id))
    given = answers_given(of=one, actor=actor, scope=scope)
    if is_open(one, max(request.start, one.opens_on)):
        for key in _asked(one, request, snapshot, scope):
            if key not in given or given[key].state == "draft":
                yield from _within(_deadline(key, "declaration_working_days", one.opens_on, one, laws, one.closes_on), request)
    inside = set(_asked(one, request, snapshot, scope))
    for key, answer in given.items():
        if key in inside and answer.state == "sent" and answer.sent_at is not None:
            yield from _within(_deadline(key, "check_working_days", localdate(answer.sent_at), one, laws, None), request)


def _deadline(key: int, name: str, since: date, one: DeclarationRound, laws: LawSet, closes: date | None) -> Due | None:
    """By the law's working days where it says so on that day, else by the day the round closes; None when nothing says."""
    what = f"Chờ xét bản kê khai: {one.name}" if closes is None else f"Chưa gửi bản kê khai: {one.name}"
    parameter = laws.parameters.get(name)
    version = parameter.on(since) if parameter else None
    if version is None or not isinstance(version.value, int) or not version.cite.verified:
        return Due(key, "declaration", closes, closes, False, what, "Hạn của đợt kê khai", one.document) if closes else None
    by = working_days_after(since, version.value, laws.calendar)
    first = by.earliest or since
    rule, document = cited(version.cite, laws)
    counted = f"{version.value} ngày làm việc từ {since:%d/%m/%Y}"
    note = counted if by.exact else f"{counted}: {by.text}"
    return Due(key, "declaration", first, by.latest or first, False, what, rule, document, note=note)


def _within(found: Due | None, request: DueRequest) -> Iterator[Due]:
    """Due by the end of the period; what is overdue says so."""
    if found is not None and found.earliest <= request.end:
        late = found.latest < request.start
        yield replace(found, what=f"Quá hạn – {found.what[:1].lower()}{found.what[1:]}") if late else found


def _asked(one: DeclarationRound, request: DueRequest, snapshot: Snapshot, scope: Scope) -> list[int]:
    """People of the round's units in the scope who serve."""
    asked = units_under([one.unit_id])
    inside = replace(scope, units=asked if scope.units is None else asked & scope.units, own_person=None)
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=request.start), names=("in_service",), scope=inside)
    return frame.filter(pl.col("in_service"))["key"].to_list()


def _codes_up(unit: int | None) -> list[str]:
    """Codes of a unit and those above it, nearest first."""
    codes: list[str] = []
    while unit is not None:
        row = Unit.objects.filter(pk=unit).values_list("code", "parent").first()
        code, unit = row if row else ("", None)
        codes.append(code)
    return codes
