"""Numbered copies of meeting papers: written down in the act that prints them, and when they come back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from canbo.audit.changes import act, values_of
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean
from canbo.planning.models import PrintedCopy, RoundUnit
from canbo.planning.papers.printing import copy_text
from canbo.planning.queries import copies, home
from canbo.planning.rounds import WRITE, PlanningRefused

MOST_HOLDERS = 100


@dataclass(frozen=True)
class Copy:
    """One copy as it was handed out: all papers of one number of one printing."""

    printed_at: datetime
    number: int
    of: int
    holder: str
    user: int
    rows: tuple[PrintedCopy, ...]

    @property
    def text(self) -> str:
        return copy_text(self.number, self.of)

    @property
    def returned_on(self) -> date | None:
        """The day the last of its papers came back; None while one is out."""
        days = [row.returned_on for row in self.rows]
        return None if None in days else max(day for day in days if day)

    @property
    def key(self) -> int:
        return self.rows[0].pk


def holders_of(lines: Sequence[str]) -> list[str]:
    """Names as typed, one a line, without empty ones. Raises PlanningRefused for none, too many, or one twice."""
    found = [name for name in (clean(line)[:200] for line in lines) if name]
    if not found:
        raise PlanningRefused("Hãy ghi người nhận từng bản, mỗi dòng một người.")
    if len(found) > MOST_HOLDERS:
        raise PlanningRefused(f"Mỗi lần in nhiều nhất {MOST_HOLDERS} bản; hãy chia làm nhiều lần.")
    twice = next((name for name in found if found.count(name) > 1), "")
    if twice:
        raise PlanningRefused(f"“{twice}” có hai lần trong danh sách người nhận; hãy ghi thêm chức vụ để phân biệt hoặc bỏ bớt.")
    return found


def note_copies(
    *, pk: int, papers: Sequence[str], holders: Sequence[str], actor: Actor, scope: Scope, at: datetime
) -> list[PrintedCopy]:
    """The print log: one line for each paper of each copy, in the act of printing. `papers` are names as the reader knows them."""
    with act(actor=actor, action="planning.print", may=WRITE, at=at) as log:
        row = home(pk=pk, actor=actor, scope=scope)
        made = []
        for number, holder in enumerate(holders, 1):
            for paper in papers:
                one = PrintedCopy.objects.create(
                    home=row, paper=paper[:40], number=number, of=len(holders), holder=holder, printed_at=at, user=actor.user
                )
                log.inserted(one)
                made.append(one)
    return made


def take_back(*, pk: int, keys: Collection[int], on: date, actor: Actor, scope: Scope, at: datetime) -> int:
    """Write down that copies came back: `keys` of the copies; those that are back already stay as they are. How many came back."""
    with act(actor=actor, action="planning.copies_back", may=WRITE, at=at) as log:
        row = home(pk=pk, actor=actor, scope=scope)
        chosen = [one for one in copies_of(home=row, actor=actor, scope=scope) if one.key in keys and one.returned_on is None]
        if not chosen:
            raise PlanningRefused("Hãy chọn ít nhất một bản chưa thu hồi.")
        for copy in chosen:
            for one in copy.rows:
                if one.returned_on is None:
                    _refuse_early(one, on)
                    before = values_of(one)
                    one.returned_on = on
                    one.save(update_fields=["returned_on"])
                    log.updated(before, one)
    return len(chosen)


def _refuse_early(one: PrintedCopy, on: date) -> None:
    if on < one.printed_at.date():
        raise PlanningRefused(f"Ngày thu hồi trước ngày in ({one.printed_at:%d/%m/%Y}); hãy sửa ngày.")


def copies_of(*, home: RoundUnit, actor: Actor, scope: Scope) -> list[Copy]:
    """Copies of a unit, the newest printing first, in the order of their numbers; one query."""
    found: dict[tuple[datetime, int], list[PrintedCopy]] = {}
    for row in copies(home=home, actor=actor, scope=scope):
        found.setdefault((row.printed_at, row.number), []).append(row)
    ordered = sorted(found.items(), key=lambda pair: (-pair[0][0].timestamp(), pair[0][1]))
    return [Copy(at, number, rows[0].of, rows[0].holder, rows[0].user, tuple(sorted(rows, key=_by_pk))) for (at, number), rows in ordered]


def _by_pk(row: PrintedCopy) -> int:
    return row.pk
