"""Papers as files: of a round, of one unit, many of a unit as a zip. The caller notes in the read log who took them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from canbo.assess.law_sets import Law
from canbo.documents.bundle import to_zip
from canbo.documents.paper import Document
from canbo.documents.word import to_docx, with_mark
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import slug
from canbo.planning.judging import laws_at
from canbo.planning.models import Round, RoundUnit
from canbo.planning.papers.deciding import decision, notice, submission
from canbo.planning.papers.held import Held, held
from canbo.planning.papers.pieces import Layout
from canbo.planning.papers.plan import plan
from canbo.planning.papers.review import report, reviewed
from canbo.planning.papers.roll import roll
from canbo.planning.queries import homes, slates
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.store import Snapshot


@dataclass(frozen=True)
class Kind:
    """A paper of a unit. `reasons` = it holds why somebody leaves the plan, so it goes to the level that decides and nowhere else."""

    label: str
    make: Callable[[Held], Document]
    reasons: bool = False


KINDS: Mapping[str, Kind] = {
    "ra-soat": Kind("Danh sách rà soát tiêu chuẩn, điều kiện", reviewed),
    "trich-ngang": Kind("Danh sách trích ngang", roll),
    "to-trinh": Kind("Tờ trình", submission, True),
    "quyet-dinh": Kind("Dự thảo quyết định phê duyệt", decision),
    "thong-bao": Kind("Thông báo kết quả", notice),
    "bao-cao": Kind("Báo cáo rà soát hằng năm", report, True),
}
_MARK = "Bản số 00/00"
NO_LISTS = "Đơn vị này không có danh sách nào trong đợt nên chưa có gì để in."


def round_plan(*, round: Round, layout: Layout, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> tuple[str, bytes]:
    """(file name, docx) of the plan of a round, on the units the reader sees."""
    units = sorted(homes(actor=actor, scope=scope).filter(round=round), key=lambda one: (one.unit.order, one.unit.name))
    found = slates(actor=actor, scope=scope, round=round)
    document = plan(round, units, found, laws_at(round.unit_id, law, snapshot), layout)
    return file_name("ke-hoach", round.name, round.pk), to_docx(document)


def held_with_lists(*, home: RoundUnit, layout: Layout, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> Held:
    """What a unit's papers are made of; PlanningRefused where it has no list."""
    found = held(home=home, layout=layout, law=law, snapshot=snapshot, actor=actor, scope=scope)
    if not found.slates:
        raise PlanningRefused(NO_LISTS)
    return found


def unit_documents(of: Held, kinds: Collection[str]) -> list[tuple[str, Document]]:
    """(file name, paper) of the kinds asked for, in the order of KINDS. Raises PlanningRefused for an unknown kind or none."""
    refuse_unknown(kinds)
    return [(file_name(code, of.home.unit.name, of.home.pk), kind.make(of)) for code, kind in KINDS.items() if code in kinds]


def refuse_unknown(kinds: Collection[str]) -> None:
    if not kinds or any(kind not in KINDS for kind in kinds):
        raise PlanningRefused("Hãy chọn ít nhất một loại văn bản trong danh sách.")


def zipped(documents: Iterable[tuple[str, Document]]) -> bytes:
    return to_zip((name, to_docx(document)) for name, document in documents)


def numbered(documents: Sequence[tuple[str, Document]], holders: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(file name, docx) of every paper once for each holder, the number of her copy and her name at the top of every page."""
    made = [(name, to_docx(replace(document, mark=_MARK))) for name, document in documents]
    for number, holder in enumerate(holders, 1):
        mark = f"{copy_text(number, len(holders))} · {holder} · tài liệu hội nghị, thu hồi sau khi họp"
        for name, content in made:
            yield f"ban-{number:02d}-{name}", with_mark(content, _MARK, mark)


def copy_text(number: int, of: int) -> str:
    """`Bản số 03/15`."""
    return f"Bản số {number:02d}/{of:02d}"


def file_name(kind: str, what: str, pk: int) -> str:
    return f"{kind}-{slug(what).replace('_', '-')[:50]}-{pk}.docx"
