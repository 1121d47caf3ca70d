"""What a review page is asked: title, day, unit, condition, what for – read, and every wrong field said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
from django.conf import settings

from canbo.assess.columns import open_groups
from canbo.assess.law_sets import TITLE_LISTS, Law, law_in_force
from canbo.assess.verdicts import AssessRequest
from canbo.engine.codelists import load_codelist
from canbo.engine.language import LanguageError, parse
from canbo.engine.law.reading import PURPOSES
from canbo.snapshot.queries import vocabulary
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of
from canbo.web.tree import UnitTree

WHOM = {"held": "Chức danh đang giữ", "planned": "Chức danh được quy hoạch"}


@dataclass(frozen=True)
class Asked:
    """The form as typed, the request, one sentence for each field that could not be read."""

    typed: Mapping[str, str]
    request: AssessRequest
    unit: int | None
    errors: Mapping[str, str] = field(default_factory=dict)


def law_now() -> Law:
    return law_in_force(Path(settings.LAWS_DIR))


@cache
def title_labels() -> dict[str, str]:
    """Code → label of the shipped titles, with the level where the label alone would not tell."""
    levels = dict(zip(TITLE_LISTS, ("cấp xã", "cấp huyện", "cấp tỉnh")))
    return {row.code: f"{row.label} ({levels[name]})" for name in TITLE_LISTS for row in load_codelist(name).rows}


def title_options(law: Law, purpose: str) -> list[tuple[str, str]]:
    """Titles some standard of this purpose speaks of, and standards that name no title."""
    standards = [s for laws in (law.central, *law.local) for s in laws.standards.values() if s.purpose == purpose]
    titles = dict.fromkeys(title for s in standards for title in s.titles)
    labels = title_labels()
    alone = {s.code: s.label for s in standards if not s.titles}
    return [(title, labels.get(title, title)) for title in titles] + list(alone.items())


def is_title(code: str, law: Law) -> bool:
    """Whether a typed code is a title or a standard somebody may be judged against."""
    standards = (s for laws in (law.central, *law.local) for s in laws.standards.values())
    return code in title_labels() or any(code == s.code or code in s.titles for s in standards)


def asked(data: Mapping[str, str], *, desk: Desk, tree: UnitTree, snapshot: Snapshot) -> Asked:
    typed = {name: data.get(name, "").strip() for name in ("cd", "ngay", "dv", "loc", "mucdich", "quydinh")}
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(typed["ngay"], desk.today)
    unit, errors["dv"] = tree.find(typed["dv"])
    purpose = typed["mucdich"] or "title"
    if purpose not in PURPOSES:
        purpose, errors["mucdich"] = "title", "Không có mục đích này; hãy chọn trong danh sách."
    if typed["cd"] and typed["cd"] not in WHOM and not is_title(typed["cd"], law_now()):
        errors["cd"] = f"Không có chức danh “{typed['cd']}”; hãy chọn trong danh sách."
    errors["loc"] = _wrong(typed["loc"], on, desk, snapshot)
    where = " and ".join(f"({text})" for text in (typed["loc"], f"'{_code(unit, snapshot)}' in within" if unit else "") if text)
    overlay = {"": "auto", "trung-uong": ""}.get(typed["quydinh"], typed["quydinh"])
    request = AssessRequest(on=on, title=typed["cd"] or "held", where=where, overlay=overlay, purpose=purpose)
    return Asked(typed, request, unit, {name: text for name, text in errors.items() if text})


def _wrong(condition: str, on: date, desk: Desk, snapshot: Snapshot) -> str:
    """What is wrong with a typed condition, told by its own places before it is joined with others."""
    try:
        if condition:
            words = vocabulary(snapshot=snapshot, subject="person", map_on=on)
            parse(condition, vocabulary=words, may_see=open_groups(desk.scope))
    except LanguageError as error:
        return str(error)
    return ""


def _code(unit: int, snapshot: Snapshot) -> str:
    return str(snapshot.tables.frames["unit"].filter(pl.col("id") == unit)["code"].item())
