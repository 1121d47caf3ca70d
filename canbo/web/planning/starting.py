"""Beginning the procedure of a list: which procedures the law of the day knows, and what of them must rest on the opener's own paper."""

from dataclasses import dataclass
from datetime import date

from canbo.cases.changes import Secrecy
from canbo.cases.rules import procedure_of, unverified, version_on
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.model import ProcedureRefused
from canbo.planning.deciding import ADDING, REMOVING, start_cases
from canbo.planning.judging import laws_at
from canbo.planning.models import Slate
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.queries import current
from canbo.web.desk import Desk
from canbo.web.planning.view import Reviewed, Typed, asks
from canbo.web.standards.asking import law_now


@dataclass(frozen=True)
class Way:
    """A procedure somebody may come in by. `lacking`: steps no text was read for; `refused`: why it cannot be begun that day."""

    code: str
    label: str
    lacking: tuple[str, ...]
    refused: str


@dataclass(frozen=True)
class Start:
    """What the form of beginning says: for who comes in a choice of ways, for who leaves the one there is."""

    on: date
    coming: int
    leaving: int
    ways: tuple[Way, ...]
    removing: Way | None

    @property
    def open(self) -> tuple[Way, ...]:
        """Ways in that can be begun that day."""
        return tuple(way for way in self.ways if not way.refused)

    @property
    def lacking(self) -> tuple[str, ...]:
        ways = (*(self.ways if self.coming else ()), *((self.removing,) if self.removing else ()))
        return tuple(dict.fromkeys(step for way in ways for step in way.lacking))


def offered(of: Slate, found: Reviewed, typed: Typed | None, desk: Desk) -> Start:
    standings = [line.standing for line in found.lines.get(of.pk, ())]
    on = typed.day("ngay") if typed and typed.text("viec") == "bat-dau" else desk.today
    laws = laws_at(of.home.unit_id, law_now(), current())
    leaving = standings.count("remove")
    ways = tuple(_way(code, procedure, laws, on) for code, procedure in ADDING.items())
    return Start(on, standings.count("add"), leaving, ways, _way(REMOVING, REMOVING, laws, on) if leaving else None)


def _way(code: str, procedure: str, laws: LawSet, on: date) -> Way:
    try:
        label = procedure_of(laws, procedure).label
        return Way(code, label, unverified(version_on(laws, procedure, on)), "")
    except ProcedureRefused as refused:
        return Way(code, code, (), str(refused))


def start(of: Slate, typed: Typed, desk: Desk) -> str:
    """Open the procedures of a list from the posted form."""
    secrecy = Secrecy(typed.text("mat"), typed.text("nguoixd"), typed.day("ngayxd"), typed.text("muc"))
    on = typed.day("ngay")
    typed.refuse_wrong()
    if not typed.text("mat"):
        raise PlanningRefused("Hãy xác định danh sách này có thuộc danh mục bí mật nhà nước hay không.")
    made = start_cases(
        pk=of.pk, procedure=typed.text("qt") or next(iter(ADDING)), on=on, secrecy=secrecy, basis=typed.text("cancu"), law=law_now(),
        snapshot=current(), **asks(desk),
    )  # fmt: skip
    return f"Đã mở {len(made)} việc theo quy trình; ghi từng bước ở trang của việc."
