"""The people of one list as its page and its export show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.urls import reverse

from canbo.facts.registry import Ask
from canbo.planning.models import CLASSES, INTRODUCERS, ORIGINS, OUTCOMES, Line, Slate
from canbo.planning.review import PROPOSALS
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.planning.view import SAYS, Reviewed, Said, reason_text, said_of


@dataclass(frozen=True)
class Row:
    """One person of a list. `said` is None where the reader may not see what she is judged by."""

    line: Line
    birth: str
    sex: str
    post: str
    said: Said | None
    says: str
    why: tuple[str, ...]
    introduced: tuple[str, ...]

    @property
    def proposal(self) -> str:
        """What is proposed; for somebody brought forward only whether to look twice."""
        if self.line.standing == "add":
            return "cần chú ý" if self.says != "keep" and self.says else ""
        return PROPOSALS.get(self.says, "")

    @property
    def mark(self) -> str:
        return SAYS.get(self.says, "")

    @property
    def origin(self) -> str:
        return dict(ORIGINS).get(self.line.origin, "")

    @property
    def plan_class(self) -> str:
        return dict(CLASSES).get(self.line.plan_class, "")

    @property
    def outcome(self) -> str:
        return dict(OUTCOMES)[self.line.outcome]


def rows_of(slate: Slate, found: Reviewed, desk: Desk) -> list[Row]:
    """In the due order of the list; two reads of facts for any number of people."""
    lines = found.lines.get(slate.pk, [])
    said, posts = found.of(slate), _posts([line.person_id for line in lines], slate, desk)
    return [_row(line, said.get(line.pk), posts.get(line.person_id, "")) for line in lines]


def _row(line: Line, said: Any, post: str) -> Row:
    person = line.person
    return Row(
        line, person.birth.display if person.birth else "", person.get_sex_display(), post,
        said_of(said.judged) if said else None, said.says if said else "", said.why if said else (),
        tuple(introduced(line)),
    )  # fmt: skip


def introduced(line: Line) -> list[str]:
    """Who brought her forward, in the order of the days."""
    kinds = dict(INTRODUCERS)
    rows = sorted(line.introductions.all(), key=lambda one: (one.on, one.pk))
    return [f"{one.by} ({kinds[one.kind]}, {one.on:%d/%m/%Y}{f', {one.document}' if one.document else ''})" for one in rows]


def _posts(people: Sequence[int], slate: Slate, desk: Desk) -> dict[int, str]:
    """Post and unit on the day of the round, as far as the reader sees them."""
    names = ("unit_name", *(("position",) if desk.scope.sees_group("career") else ()))
    frame = facts_frame(snapshot=current(), ask=Ask(on=slate.home.round.on), names=names, scope=desk.scope)
    rows = frame.filter(pl.col("key").is_in(list(people))).iter_rows(named=True)
    return {row["key"]: ", ".join(filter(None, (row.get("position"), row["unit_name"]))) for row in rows}


HEADS = (
    "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ, đơn vị", "Xét theo quy định", "Căn cứ", "Còn phải hoàn thiện", "Đề xuất",
    "Đề nghị", "Lý do, căn cứ", "Đối tượng", "Nguồn", "Nơi giới thiệu", "Nhận xét của người đứng đầu", "Kết quả",
)  # fmt: skip


def sheet_of(slate: Slate, rows: Sequence[Row]) -> Sheet:
    of = slate.home.round
    lines = (f"{slate.home.unit.name}; nhiệm kỳ {slate.term.code}", f"Xét ngày {of.on:%d/%m/%Y}; tuổi tính ngày {slate.age_on:%d/%m/%Y}")
    return Sheet(f"Quy hoạch {slate.title.name}", HEADS, [_cells(row) for row in rows], lines)


def _cells(row: Row) -> tuple[Cell, ...]:
    line, said = row.line, row.said
    found = "; ".join(map(reason_text, (*said.against, *said.open, *said.waived))) if said else ""
    later = "; ".join(map(reason_text, said.later)) if said else ""
    outcome = f"{row.outcome}: {line.reason}" if line.reason else row.outcome
    texts = (
        row.birth, row.sex, row.post, said.word if said else "", found, later, row.proposal, line.get_standing_display(),
        "; ".join(filter(None, (line.ground, line.ground_document))), row.plan_class, row.origin, "; ".join(row.introduced), line.comment,
        outcome,
    )  # fmt: skip
    return (Cell(line.person.full_name, reverse("planning-line", args=[line.pk])), *map(Cell, texts))
