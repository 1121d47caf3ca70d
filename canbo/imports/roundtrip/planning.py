"""Rows of an edited list in the plan of an import: whose they are, and what their edited cells change."""

from datetime import date

from canbo.dossier import models as m
from canbo.dossier.models import DisputedValue
from canbo.imports.answers import Answers, RowAnswer
from canbo.imports.codes import read_dossier_code
from canbo.imports.draft import Editor
from canbo.imports.matching import Face, Match, Roll
from canbo.imports.organization import Titles, UnitRoll
from canbo.imports.reading.listrow import ListRow, Problem
from canbo.imports.roundtrip.applying import Refusal, apply_edits
from canbo.imports.roundtrip.columns import CODE, EditColumn, View, current, edit_columns
from canbo.imports.roundtrip.comparing import Edits, edits_of
from canbo.imports.roundtrip.people import distinct_names
from canbo.imports.roundtrip.reading import ROW
from canbo.kernel.actors import Scope
from canbo.organization.models import Title


def match_of(row: ListRow, roll: Roll) -> Match | str:
    """Whose row it is by its code alone, or the sentence why nobody's."""
    code = row.values[ROW].code
    if not code:
        return f"Dòng không có {CODE.lower()}: danh sách xuất để sửa không thêm người; người mới xin nhập bằng mẫu danh sách cán bộ."
    number = read_dossier_code(code)
    if number is None:
        return f"{CODE} “{code}” không đúng (gõ nhầm hoặc bị kéo chép); hãy chép lại mã từ danh sách đã xuất."
    known: Face | None = roll.by_number(number)
    return Match("same", known) if known else f"Không có hồ sơ mã “{code}” trong phạm vi bạn được giao."


class EditPlanner:
    """Applies edited rows; made once for a list."""

    def __init__(self, *, on: date, went_out: date, units: UnitRoll, titles: Titles, answers: Answers, scope: Scope) -> None:
        """`went_out`: the day the cells were read of; changes are true from `on`, never from before that day."""
        names = {"units": distinct_names(units), "titles": dict(Title.objects.values_list("pk", "name"))}
        self._seen = View(on=went_out.isoformat(), **names)
        self._view = View(on=max(on, went_out).isoformat(), **names)
        self._columns: list[EditColumn] = edit_columns(year=went_out.year, groups=scope.groups)
        self._units, self._titles, self._answers = units, titles, answers

    def apply(self, editor: Editor, row: ListRow, answer: RowAnswer) -> Edits:
        """What the row's edited cells change; the editor's own differences are replaced by one line a cell."""
        edits = edits_of(
            row.values[ROW], self._columns, editor.state, self._seen, answer, clear_all=self._answers.clear_all
        )
        for name, text in edits.disputed:
            said = {"field": name.removeprefix("person."), "value": text, "said_by": f"danh sách “{editor.list_name}”"[:300]}
            editor.upsert(DisputedValue, said)
        self._write(editor, edits)
        row.problems += edits.problems
        return edits

    def _write(self, editor: Editor, edits: Edits) -> None:
        """Section by section, so that one cell that cannot be written does not hold up the others."""
        now = current(editor.state, m.Employment, self._view.on)
        level = self._units.level_of(now["unit_id"]) if now else ""
        for section in dict.fromkeys(name.partition(".")[0] for name in edits.values):
            values = {name: value for name, value in edits.values.items() if name.partition(".")[0] == section}
            try:
                apply_edits(editor, values, view=self._view, units=self._units, titles=self._titles, level=level)
            except Refusal as why:
                edits.differences = [d for d in edits.differences if d.field not in values]
                edits.problems.append(Problem(column="", field="", why=f"{_headings(values, self._columns)}: {why}; chưa ghi ô này"))


def _headings(values: dict[str, object], columns: list[EditColumn]) -> str:
    return "ô " + ", ".join(f"“{column.heading}”" for column in columns if column.name in values)

