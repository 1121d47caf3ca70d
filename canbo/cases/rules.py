"""The rules a case goes by: frozen when it is opened, read again with the same reader."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from canbo.cases.models import Case, CaseEntry
from canbo.engine.law.model import LawSet, Provision, ProvisionVersion
from canbo.engine.law.problems import Problems
from canbo.engine.law.source import Table
from canbo.engine.procedures.model import ProcedureRefused, Steps
from canbo.engine.procedures.reading import steps
from canbo.engine.procedures.replay import Entry, State, may, replay, start_of
from canbo.kernel.text import clean

PROCEDURE = "procedure"
CARRIER_ACTIONS: Mapping[str, str] = {
    "officer": "cases.write", "board": "cases.write", "head": "cases.decide", "self": "cases.own",
}  # fmt: skip


class CaseRefused(Exception):
    """A case that cannot be opened or carried on as asked; the sentence says what to do."""


def procedure_of(laws: LawSet, code: str) -> Provision:
    """The procedure of a code; ProcedureRefused when the law set has none."""
    found = laws.provisions.get((PROCEDURE, code))
    if found is None:
        raise ProcedureRefused(f"Bộ quy định không có quy trình “{code}”; hãy kiểm tra thư mục quy định.")
    return found


def version_on(laws: LawSet, code: str, on: date) -> ProvisionVersion:
    """The version for a case that begins on this day; what it has from memory alone is asked about when the case is opened."""
    found = procedure_of(laws, code).on(on)
    if found is None:
        raise ProcedureRefused(
            f"Chưa có quy định về quy trình “{procedure_of(laws, code).label}” cho ngày {on:%d/%m/%Y}; "
            "hãy bổ sung quy định của địa phương hoặc chọn ngày khác."
        )
    return found


def unverified(version: ProvisionVersion) -> tuple[str, ...]:
    """What of a procedure is known from memory alone: labels of its steps, or the whole of it."""
    if not version.cite.verified:
        return ("toàn bộ quy trình",)
    assert isinstance(version.content, Steps)
    return tuple(f"“{step.label}”" for step in version.content.unverified)


def refuse_unfounded(version: ProvisionVersion, basis: str) -> None:
    """ProcedureRefused where steps rest on memory and the opener names no document of her own authority that prescribes them."""
    steps = unverified(version)
    if steps and not clean(basis):
        raise ProcedureRefused(
            f"Chưa kiểm chứng được văn bản cho {', '.join(steps)}; hãy ghi văn bản của cấp có thẩm quyền nơi bạn quy định phần này "
            "(số, ký hiệu, ngày) rồi mở."
        )


def steps_of(case: Case) -> Steps:
    """The rules frozen in the case."""
    return steps(Table(case.rules, file="", where="", problems=Problems()), case.document)


def start(case: Case) -> State:
    """As it was opened: who was introduced since comes with the log."""
    names = case.names.filter(entry=None).values_list("pk", flat=True).order_by("order", "pk")
    return start_of(names=names, seats=case.seats, on=case.opened_on)


def as_entry(row: CaseEntry) -> Entry:
    return Entry(step=row.step, duty=row.duty, on=row.on, data=read_data(row.data))


def state_of(case: Case) -> State:
    """What the log of the case stands for. Two queries."""
    return replay(steps_of(case), start(case), map(as_entry, case.entries.order_by("number")))


def standing_entries(case: Case) -> dict[tuple[str, str], CaseEntry]:
    """(step, duty) → the entry that stands for it: the newest one that no return took back. One query."""
    steps = steps_of(case)
    stands: dict[tuple[str, str], CaseEntry] = {}
    for entry in case.entries.order_by("number"):
        if entry.duty == "return":
            kept = {step.code for step in steps.steps[: steps.at(entry.data["to"])]}
            stands = {key: one for key, one in stands.items() if key[0] in kept}
        elif entry.step:
            stands[entry.step, entry.duty] = entry
    return stands


def permission(rules: Steps, state: State, duty: str) -> str:
    """The action an account must have to carry out a duty in this state; for one that is not due, the officer's."""
    return CARRIER_ACTIONS[may(rules, state).get(duty, "officer")]


def action_of(row: Case, duty: str, seen: int) -> str:
    """The permission a duty asks in the state the writer saw. One that is not due is refused later, with its reason; until then the
    officer asks.

    Who saw less than was written is told so here: what she may do by now says nothing about what she wanted to do.
    """
    if row.status == "outside":
        raise CaseRefused("Việc này giữ ngoài chương trình; chỉ có số, ngày và nơi giữ hồ sơ giấy.")
    entries = list(row.entries.order_by("number"))
    refuse_overtaken(entries, seen)
    rules = steps_of(row)
    return permission(rules, replay(rules, start(row), map(as_entry, entries)), duty)


def refuse_overtaken(entries: Sequence[CaseEntry], seen: int) -> None:
    """CaseRefused unless the log is as long as the writer saw it; it only grows, so then it is the same log."""
    if len(entries) != seen:
        raise CaseRefused("Người khác vừa ghi thêm vào việc này; hãy tải lại trang để xem rồi làm tiếp.")


def as_data(**values: Any) -> dict[str, Any]:
    """The data of an entry, without what was left empty."""
    return {name: value for name, value in values.items() if value not in (None, "", (), {})}


def read_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Stored data → what the engine reads: days are days again."""
    return {**data, "dated": date.fromisoformat(data["dated"])} if data.get("dated") else dict(data)


def stored_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON holds it: keys as text, days in ISO."""
    return {name: _stored(value) for name, value in data.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _stored(part) for key, part in value.items()}
    return list(value) if isinstance(value, tuple | set | frozenset) else value
