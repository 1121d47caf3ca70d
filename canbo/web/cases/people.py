"""People to be considered, with what is known of each for the title: verdicts, the bar after discipline, planning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.urls import reverse

from canbo.assess.verdicts import AssessRequest, AssessRow, NoStandard, assess
from canbo.engine.law.verdicts import VERDICTS
from canbo.facts.catalogue import FACTS
from canbo.facts.registry import Ask
from canbo.kernel.actors import Forbidden
from canbo.kernel.text import fold
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now

MOST = 20
PURPOSES = {"title": "Tiêu chuẩn chức danh", "appointment": "Điều kiện bổ nhiệm"}
_UNSEEN = "bạn chưa được giao xem"


@dataclass(frozen=True)
class Judged:
    """A verdict with the conditions that fail and those whose papers are missing."""

    code: str
    word: str
    failed: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class Candidate:
    """`judged`: one for each purpose, None where it could not be judged; `barred` and `planned` are sentences."""

    key: int
    name: str
    unit: str
    judged: tuple[Judged | None, ...]
    barred: str
    planned: str
    url: str


def people_found(text: str, title: str, on: date, desk: Desk) -> list[int]:
    """Keys of those of the scope whose name holds every word; without words, who is planned for the title. At most twenty."""
    planned = bool(title) and desk.scope.sees_group("planning")
    frame = facts_frame(snapshot=current(), ask=Ask(on=on), names=("in_service", *(["planned_for"] if planned else [])), scope=desk.scope)
    frame = frame.filter(pl.col("in_service"))
    words = set(fold(text).split())
    if words:
        near = [pk for pk, folded in SHELF.names(current()).select("id", "folded").iter_rows() if words <= set(folded.split())]
        frame = frame.filter(pl.col("key").is_in(near))
    elif planned:
        frame = frame.filter(pl.col("planned_for").cast(pl.List(pl.String)).list.contains(title).fill_null(False))
    else:
        return []
    ranked = frame.join(SHELF.names(current()).select("id", "rank"), left_on="key", right_on="id").sort("rank")
    return [int(key) for key in ranked["key"].head(MOST)]


def candidates(keys: Sequence[int], title: str, on: date, desk: Desk) -> tuple[list[Candidate], list[str]]:
    """The people of these keys whom the scope reaches, in this order; and why some purpose could not be judged."""
    seen = {name for name in ("appointment_barred", "appointment_barred_until", "planned_for") if desk.scope.sees_group(FACTS[name].group)}
    ask = Ask(on=on, laws=law_now().central)
    frame = facts_frame(snapshot=current(), ask=ask, names=("name", "unit_name", *sorted(seen)), scope=desk.scope)
    frame = frame.filter(pl.col("key").is_in(list(keys)))
    rows = {row["key"]: row for row in frame.iter_rows(named=True)}
    verdicts, why = [], []
    for purpose, label in PURPOSES.items():
        found, closed = _verdicts(list(rows), title, purpose, on, desk)
        verdicts.append(found)
        why += [f"{label}: {closed}"] if closed else []
    return [
        Candidate(
            key, rows[key]["name"] or "", rows[key]["unit_name"] or "", tuple(found.get(key) for found in verdicts),
            _barred(rows[key], seen), _planned(rows[key], title, seen), reverse("dossier", args=[key]),
        )
        for key in keys if key in rows
    ], why  # fmt: skip


def served(desk: Desk, on: date) -> set[int]:
    """Keys of everybody in the scope."""
    return set(facts_frame(snapshot=current(), ask=Ask(on=on), names=(), scope=desk.scope)["key"].to_list())


def _verdicts(keys: Sequence[int], title: str, purpose: str, on: date, desk: Desk) -> tuple[dict[int, Judged], str]:
    """The verdicts, or why there are none: no standard speaks of the title, or it reads what the reader may not see."""
    if not title or not keys or not desk.actor.may("standards.read"):
        return {}, ""
    asked = AssessRequest(on=on, title=title, purpose=purpose)
    try:
        report = assess(request=asked, law=law_now(), snapshot=current(), actor=desk.actor, scope=desk.scope)
    except NoStandard:
        return {}, "chưa có tiêu chuẩn nào cho chức danh này trong bộ quy định."
    except Forbidden as error:
        return {}, str(error)
    labels = {
        (standard, criterion.code): criterion.label for (standard, _), plan in report.plans.items() for criterion, _ in plan.criteria
    }
    wanted = set(keys)
    return {row.key: _judged(row, labels) for row in report.rows if row.key in wanted}, ""


def _judged(row: AssessRow, labels: dict[tuple[str, str], str]) -> Judged:
    failed, unknown = ("; ".join(labels.get((row.standard, code), code) for code in codes) for codes in (row.failed, row.unknown))
    return Judged(row.verdict, VERDICTS[row.verdict], failed, unknown)


def _barred(row: dict[str, Any], seen: set[str]) -> str:
    if "appointment_barred" not in seen:
        return _UNSEEN
    if row["appointment_barred"] is None:
        return "chưa rõ"
    if not row["appointment_barred"]:
        return "không"
    until = row.get("appointment_barred_until")
    return f"đang trong thời hạn, đến {until:%d/%m/%Y}" if isinstance(until, date) else "đang trong thời hạn"


def _planned(row: dict[str, Any], title: str, seen: set[str]) -> str:
    if "planned_for" not in seen:
        return _UNSEEN
    if row["planned_for"] is None:
        return "chưa rõ"
    return "có, chức danh này" if title in row["planned_for"] else "chức danh khác" if row["planned_for"] else "không"
