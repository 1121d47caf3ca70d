"""The people behind one number: same filters, same scope, same rights – or one sentence why they are not shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from django.http import HttpRequest

from canbo.assess.measures import measure_of
from canbo.assess.question import population_text, read_question
from canbo.assess.statistics import people_behind
from canbo.assess.units import fact_of
from canbo.documents.tables import Table
from canbo.facts.catalogue import Words
from canbo.facts.registry import Ask
from canbo.kernel.dates import PartialDate
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current, facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.figures.asked import Asked, closed_facts, read, words_of
from canbo.web.lists.pages import rows_of, table_of
from canbo.web.lists.roster import Question, Roster, keys_in_order, visible_columns
from canbo.web.pagination import SIZE, pager

VERDICTS = {
    "yes": "thuộc chỉ tiêu", "no": "không thuộc chỉ tiêu", "unknown": "chưa rõ có thuộc chỉ tiêu hay không",
    "where_unknown": "chưa rõ có thuộc tập hợp được tính hay không",
}  # fmt: skip
YES_NO = {"true": True, "false": False}
TURN_FACTS = ("name", "training_name", "training_kind", "training_start", "training_result")
TURN_HEADS = ("Họ và tên", "Khóa, lớp", "Loại lớp", "Học từ", "Kết quả")
UNREADABLE = "Không đọc được số liệu này; hãy mở lại từ trang thống kê."


@dataclass(frozen=True)
class Behind:
    """Who stands behind a number: a roster of people, or keys of turns; `text` says which number it is."""

    text: str
    asked: Asked
    desk: Desk
    snapshot: Snapshot
    keys: list[int]
    roster: Roster | None = None

    @property
    def noun(self) -> str:
        return "người" if self.roster else "lượt"

    @property
    def lines(self) -> tuple[str, ...]:
        on = f"{self.asked.request.on:%d/%m/%Y}"
        return f"Tính đến ngày {on}; {thousands(len(self.keys))} {self.noun}", self.text

    def frame(self, request: HttpRequest) -> dict[str, Any]:
        """What the page of the list takes."""
        if self.roster:
            return rows_of(request, self.roster)
        pages = pager(request, total=len(self.keys))
        rows = self.turns(pages.first, SIZE)
        shown = [(i, person, cells) for i, (person, cells) in enumerate(rows, pages.first + 1)]
        linked = self.desk.actor.may("dossier.read")
        return {"pager": pages, "heads": TURN_HEADS, "rows": shown, "total": thousands(len(self.keys)), "linked": linked}

    def table(self) -> Table:
        if self.roster:
            return table_of(self.roster, title="Danh sách", lines=self.lines)
        rows = [[i, *cells] for i, (_, cells) in enumerate(self.turns(0, len(self.keys)), 1)]
        return Table("Danh sách lượt đào tạo, bồi dưỡng", ("STT", *TURN_HEADS), rows, self.lines)

    def turns(self, first: int, count: int) -> list[tuple[int, tuple[str, ...]]]:
        """(person, cells) of turns, in the order they were written down."""
        request, wanted = self.asked.request, self.keys[first : first + count]
        ask = Ask(on=request.on, map_on=request.map_on)
        # The keys are within the scope already.
        scope = replace(self.desk.scope, units=None)
        frame = facts_frame(snapshot=self.snapshot, ask=ask, names=TURN_FACTS, subject="attendance", scope=scope)
        words = words_of(request, self.snapshot)
        rows = frame.filter(pl.col("key").is_in(wanted)).iter_rows(named=True)
        return [(row["person_id"], tuple(_shown(row, name, words) for name in TURN_FACTS)) for row in rows]


def _shown(row: Mapping[str, Any], name: str, words: Words) -> str:
    if f"{name}.lo" in row:
        lo, hi = row[f"{name}.lo"], row[f"{name}.hi"]
        return _day(lo, hi) if lo is not None and hi is not None else "chưa rõ"
    value = row[name]
    return words.labels(name).get(str(value), str(value)) if value is not None else "chưa rõ"


def _day(lo: Any, hi: Any) -> str:
    """A day, or the month or year it lies in."""
    for partial in (PartialDate(lo.year, lo.month, lo.day), PartialDate(lo.year, lo.month), PartialDate(lo.year)):
        if (partial.lo, partial.hi) == (lo, hi):
            return partial.display
    return f"{lo:%d/%m/%Y} – {hi:%d/%m/%Y}"


def people_of(request: HttpRequest, desk: Desk) -> tuple[Behind | None, str]:
    """The people behind one number – or one sentence why it cannot be read."""
    snapshot = current()
    asked = read(request, desk, snapshot)
    verdict = request.GET.get("la", "yes")
    group = dict(text.partition(":")[::2] for text in request.GET.getlist("nhom"))
    words = words_of(asked.request, snapshot)
    unseen = [name for name in map(fact_of, group) if name not in words or not desk.scope.sees_group(words[name].group)]
    if asked.errors or unseen or verdict not in VERDICTS:
        return None, " ".join(asked.errors.values()) or UNREADABLE
    measure = asked.request.measures[0] if asked.request.measures else ""
    counted = replace(asked.request, measures=(measure,) if measure else (), by=tuple(group), compare_on=None)
    if closed := closed_facts(counted, snapshot, desk):
        return None, f"“{words[closed[0]].label}” chỉ dùng trong biểu tổng hợp, nên không mở danh sách người theo dữ kiện này."
    keys = people_behind(
        request=counted, measure=measure, group={name: value or None for name, value in group.items()},
        verdict=verdict, snapshot=snapshot, actor=desk.actor, scope=desk.scope,  # type: ignore[arg-type]
    )  # fmt: skip
    text = in_words(asked, measure, group, verdict, snapshot, desk)
    if asked.request.subject == "attendance":
        return Behind(text, asked, desk, snapshot, keys), ""
    ordered = keys_in_order(keys, snapshot=snapshot, on=asked.request.on, desk=desk)
    found = Roster(Question(asked.request.on), snapshot, desk, ordered, visible_columns(snapshot, desk))
    return Behind(text, asked, desk, snapshot, ordered.to_list(), found), ""


def in_words(asked: Asked, measure: str, group: Mapping[str, str], verdict: str, snapshot: Snapshot, desk: Desk) -> str:
    """Which number this list stands behind."""
    request = replace(asked.request, measures=(), by=tuple(group), compare_on=None)
    question = read_question(request=request, snapshot=snapshot, scope=desk.scope)
    parts = [f"{measure_of(measure, request.subject).label}: {VERDICTS[verdict]}"] if measure else []
    parts += [VERDICTS[verdict].capitalize()] if not measure and verdict != "yes" else []
    parts += [f"{question.head(name)}: {question.label(name, YES_NO.get(value, value or None))}" for name, value in group.items()]
    said = population_text(request, question.words, question.units, desk.scope)
    parts += [f"Tập hợp: {said}"] if said else []
    return "; ".join(parts) or "Mọi người được tính"

