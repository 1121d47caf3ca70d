"""What a list would change: every row matched, its differences told, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from canbo.audit.changes import keyring
from canbo.audit.queries import last_seq
from canbo.dossier.changes import id_index
from canbo.dossier.models import Person, Source
from canbo.dossier.models.person import new_key
from canbo.dossier.sections import sealed_place
from canbo.imports import handlers, service
from canbo.imports.answers import NEW_PERSON, Answers, RowAnswer
from canbo.imports.book.rawsheet import RawBook
from canbo.imports.draft import Difference, Draft, Editor
from canbo.imports.matching import Face, Match, Roll, birth_agreement, folded
from canbo.imports.organization import Titles, UnitRoll, load_titles_by_code, native_of, territories_in, unit_roll
from canbo.imports.planning import PlanRoll, plan_entries
from canbo.imports.reading import Reading, SheetReading
from canbo.imports.reading.listrow import ListRow, Problem
from canbo.imports.roundtrip.planning import EditPlanner, match_of
from canbo.imports.roundtrip.reading import KIND as EDITED
from canbo.imports.state import PersonState, Row, faces, load_states
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Term, Unit

# Lists in which one person may rightly stand on several rows.
MANY_ROWS = {"training", "ratings", "qualifications", "planning", "discipline", "posts"}
ORDER = ("roster", "posts", "qualifications", "ratings", "planning", "training", "discipline", EDITED)


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """What the user says of the list: its day, its name, the unit it belongs to, and whether proposals are taken."""

    on: date
    name: str
    sha256: str
    root: Unit | None = None
    accept: bool = False
    answers: Answers = field(default_factory=Answers)
    sheet_units: Mapping[str, int] = field(default_factory=dict)  # sheet → unit of its rows that name none

    def day_of(self, sheet: str) -> date:
        return self.answers.of_sheet(sheet).day or self.on


@dataclass
class RowPlan:
    """One row: who it is, what it changes, or why it is refused."""

    sheet: str
    row: ListRow
    state: str  # new | same | likely | conflict | error | skipped
    match: Match
    why: str = ""
    repeats: int | None = None  # the row of this file that holds the same person
    differences: list[Difference] = field(default_factory=list)
    contested: list[Difference] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)  # headings of cells emptied in a list that was out to be edited
    person: int = 0
    written: bool = False
    answer: RowAnswer = field(default_factory=RowAnswer)

    @property
    def refused(self) -> bool:
        return self.state in ("conflict", "error")

    @property
    def changes(self) -> bool:
        """Whether the dossier says anything new after it; that the list was seen does not count."""
        return any(not difference.minor for difference in self.differences)


@dataclass
class Plan:
    """The whole list as it would be written; `seq` is the newest act it was made against."""

    request: ListRequest
    reading: Reading
    rows: list[RowPlan]
    draft: Draft
    units: UnitRoll
    people: set[int]
    seq: int
    scope: Scope
    book: RawBook | None = None

    def of_sheet(self, name: str) -> list[RowPlan]:
        return [row for row in self.rows if row.sheet == name]


def plan_list(*, reading: Reading, request: ListRequest, actor: Actor, scope: Scope) -> Plan:
    """Match every row, then tell what it would change. Reads the database, writes nothing."""
    seq = last_seq()
    draft = Draft(on=request.on)
    units = unit_roll(draft=draft, root=request.root, on=request.on, actor=actor, scope=scope)
    units.territories = territories_in(sheet.title for sheet in reading.sheets)
    draft.unit_names = units.names
    rows = _matched(reading, units, Roll(faces(on=request.on, actor=actor, scope=scope)), request)
    known = {row.person for row in rows if row.person > 0}
    states = load_states(people=known, actor=actor, scope=scope)
    plan = Plan(request, reading, rows, draft, units, known, seq, scope)
    _apply(plan, states, load_titles_by_code(actor=actor, scope=scope))
    return plan


def _sheets(reading: Reading) -> list[SheetReading]:
    """Rosters first, so that the other sheets find the people they name."""
    read = [sheet for sheet in reading.sheets if sheet.kind in ORDER]
    return sorted(read, key=lambda sheet: ORDER.index(sheet.kind))


def unit_of_file(reading: Reading) -> str | None:
    """The one unit all rows that name a unit agree on: what a sheet without units, such as a training list, belongs to."""
    named = {row.unit for sheet in _sheets(reading) for row in sheet.rows if row.unit}
    return named.pop() if len(named) == 1 else None


def _matched(reading: Reading, units: UnitRoll, roll: Roll, request: ListRequest) -> list[RowPlan]:
    rows: list[RowPlan] = []
    default = unit_of_file(reading)
    for sheet in _sheets(reading):
        units.draft.on = request.day_of(sheet.name)
        if sheet.kind == EDITED:
            rows += _edited(sheet, roll, request)
            continue
        given = request.sheet_units.get(sheet.name)
        for row in sheet.rows:
            row.unit = row.values.get("unit") if given else row.unit or default
        first_rows: dict[int, int] = {}
        for row in sheet.rows:
            planned = _match_row(sheet, row, units, roll, request)
            if planned.person and sheet.kind not in MANY_ROWS:
                planned.repeats = first_rows.get(planned.person)
                first_rows.setdefault(planned.person, row.row)
            rows.append(planned)
    units.draft.on = request.on
    return rows


def _edited(sheet: SheetReading, roll: Roll, request: ListRequest) -> list[RowPlan]:
    """Rows of a list that was out to be edited: each by its dossier's code, once."""
    seen: dict[int, int] = {}
    planned = []
    for row in sheet.rows:
        answer = request.answers.of_row(sheet.name, row.row)
        fatal = [_sentence(p) for p in row.problems if p.fatal]
        found = match_of(row, roll)
        if answer.skip or fatal or isinstance(found, str):
            state = "skipped" if answer.skip else "error"
            why = "Bạn đã chọn không ghi dòng này." if answer.skip else [*fatal, str(found)][0]
            planned.append(RowPlan(sheet.name, row, state, Match("new"), why, answer=answer))
            continue
        one = RowPlan(sheet.name, row, "same", found, answer=answer, person=found.known.id if found.known else 0)
        one.repeats = seen.get(one.person)
        seen.setdefault(one.person, row.row)
        planned.append(one)
    return planned


def _match_row(sheet: SheetReading, row: ListRow, units: UnitRoll, roll: Roll, request: ListRequest) -> RowPlan:
    answer = request.answers.of_row(sheet.name, row.row)
    if answer.skip:
        return RowPlan(sheet.name, row, "skipped", Match("new"), "Bạn đã chọn không ghi dòng này.", answer=answer)
    fatal = [_sentence(p) for p in row.problems if p.fatal]
    if fatal or (row.hidden and not answer.take):
        why = fatal[0] if fatal else "Dòng đang ẩn trong bảng tính; hãy cho biết có nhập dòng này không."
        return RowPlan(sheet.name, row, "error", Match("new"), why, answer=answer)
    face = _face(sheet, row, units, request)
    match = _chosen(roll, answer) or _coded(roll, row) or roll.find(face)
    planned = RowPlan(sheet.name, row, match.state, match, match.why, answer=answer)
    if match.state == "new":
        planned.person = units.draft.new_id()
        roll.add(replace(face, id=planned.person))
    elif match.state == "same" or (match.state == "likely" and request.accept):
        planned.person = match.known.id if match.known else 0
    return planned


def _coded(roll: Roll, row: ListRow) -> Match | None:
    """Who the code of a dossier says it is; a code of somebody else's name and birth is asked about."""
    number = row.values.get("dossier_code")
    if not number:
        return None
    known, birth = roll.by_number(number), row.values.get("birth")
    if known is None:
        return Match("conflict", None, "Không có hồ sơ mang mã này trong phạm vi bạn được giao; hãy bỏ trống cột Mã hồ sơ hoặc sửa mã.")
    same_name = folded(known.name) == folded(row.values["full_name"])
    if not same_name and birth and birth_agreement(birth, known.birth) == "contrary":
        return Match("conflict", known, "Mã hồ sơ là của người khác họ tên và ngày sinh; hãy kiểm tra lại mã.")
    return Match("same", known)


def _chosen(roll: Roll, answer: RowAnswer) -> Match | None:
    """Who a person said the row is; only somebody of the scope can be chosen."""
    if answer.person is None:
        return None
    if answer.person == NEW_PERSON:
        return Match("new")
    known = roll.by_number(answer.person)
    return Match("same", known) if known else None


def _sentence(problem: Problem) -> str:
    where = f"Cột {problem.column}: " if problem.column else ""
    text = f"{where}{problem.why}"
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _unit_of(sheet: str, row: ListRow, units: UnitRoll, request: ListRequest) -> int:
    given = request.sheet_units.get(sheet)
    if given and not row.unit:
        return given
    return units.of(name=row.unit or "", province=row.values.get("unit_province") or "")


def _face(sheet: SheetReading, row: ListRow, units: UnitRoll, request: ListRequest) -> Face:
    values = row.values
    unit = _unit_of(sheet.name, row, units, request)
    native = values.get("native_place")
    number = values.get("personal_id") or ""
    return Face(
        values["full_name"],
        values.get("birth"),
        values.get("sex") or "",
        id_index(number) if len(number) == 12 else "",
        native_of(native, request.on) if native else Face("").native,
        unit,
    )


def _apply(plan: Plan, states: dict[int, PersonState], titles: Titles) -> None:
    plan.draft.source = plan.draft.insert(
        Source,
        {"kind": "list", "name": plan.request.name, "sha256": plan.request.sha256, "on": plan.request.on.isoformat()},
    )
    roll = PlanRoll(plan.draft, titles, plan.units, dict(Term.objects.values_list("code", "pk")))
    editors: dict[int, Editor] = {}
    sheets = {sheet.name: sheet for sheet in plan.reading.sheets}
    planners = _planners(plan, titles)
    for row in plan.rows:
        if not row.person or row.repeats is not None:
            continue
        state = states.setdefault(row.person, PersonState(row.person, new_key(), new=True))
        editor = editors.setdefault(row.person, Editor(state, plan.draft, list_name=plan.request.name))
        editor.decisions = {"*": "dispute"} if plan.request.accept else row.answer.fields
        editor.reason = row.answer.reason
        already, contested = len(editor.differences), len(editor.contested)
        plan.draft.on = plan.request.day_of(row.sheet)
        if row.sheet in planners:
            _apply_edited(editor, row, planners[row.sheet], plan)
            continue
        _apply_row(editor, row, sheets[row.sheet], plan, titles, roll)
        row.differences, row.contested = editor.differences[already:], editor.contested[contested:]
        row.written = True
    plan.draft.on = plan.request.on
    for state in states.values():
        _finish(state, plan.draft)


def _planners(plan: Plan, titles: Titles) -> dict[str, EditPlanner]:
    """One for each sheet that was out to be edited."""
    edited = [sheet.name for sheet in plan.reading.sheets if sheet.kind == EDITED]
    return {
        name: EditPlanner(
            on=plan.request.day_of(name), went_out=plan.reading.went_out or plan.request.on, units=plan.units, titles=titles,
            answers=plan.request.answers, scope=plan.scope,
        )
        for name in edited
    }  # fmt: skip


def _apply_edited(editor: Editor, row: RowPlan, planner: EditPlanner, plan: Plan) -> None:
    edits = planner.apply(editor, row.row, row.answer)
    if edits.differences or edits.disputed:
        handlers.list_entry(editor, plan.request.name, row.row.row)
    row.differences, row.contested, row.emptied = edits.differences, edits.contested, edits.emptied
    row.written = bool(edits.differences or edits.disputed) or not edits.problems
    if not row.written:
        row.state, row.why = "error", " ".join(_sentence(problem) for problem in edits.problems)


def _apply_row(editor: Editor, row: RowPlan, sheet: SheetReading, plan: Plan, titles: Titles, roll: PlanRoll) -> None:
    values, units = row.row.values, plan.units
    unit = _unit_of(row.sheet, row.row, units, plan.request)
    level = units.level_of(unit)
    handlers.person_fields(editor, values)
    if sheet.kind in ("roster", "posts") or editor.state.new:
        service.employment(editor, values, units, unit)
    service.holdings(editor, values, titles, unit, level)
    for handle in handlers.SIMPLE:
        handle(editor, values)
    plan_entries(editor, values, roll=roll, unit=unit, titles_above=sheet.title)
    handlers.extras(editor, row_extras(row.row))
    handlers.list_entry(editor, plan.request.name, row.row.row)


def row_extras(row: ListRow) -> dict[str, tuple[str, str]]:
    """Extra columns as name → (heading, text); the note column is one of them."""
    note = row.values.get("note")
    return row.extras | ({"ghi_chu": ("Ghi chú", str(note))} if note else {})


def _finish(state: PersonState, draft: Draft) -> None:
    """The person's own row: inserted when new, else its changed columns; sealed columns sealed at her key."""
    if state.new:
        values = {name: _sealed(name, value, state.key) for name, value in state.values.items()}
        draft.insert(Person, {"id": state.id, "key": state.key, **values, **_index(state)}, state.id)
        return
    opened = {name: value for name, value in state.values.items() if value != _before(state, name)}
    if opened:
        after = {name: _sealed(name, value, state.key) for name, value in opened.items()}
        after |= _index(state) if "personal_id_sealed" in opened else {}
        before = {name: state.stored.get(name) for name in after}
        draft.updates.append((Person, state.id, before, after, state.id))


def _before(state: PersonState, name: str) -> Any:
    stored = state.stored.get(name)
    if name.endswith("_sealed") and stored:
        return keyring().open(stored, place=sealed_place("person", name, state.key))
    return stored


def _index(state: PersonState) -> Row:
    number = state.values.get("personal_id_sealed")
    return {"personal_id_index": id_index(number)} if number else {}


def _sealed(name: str, value: Any, key: str) -> Any:
    if not name.endswith("_sealed") or not value:
        return value
    return keyring().seal(value, place=sealed_place("person", name, key))
