"""The tables of a procedure file → its steps, with every misspelling and every impossible reference named."""

from fractions import Fraction
from types import MappingProxyType

from canbo.engine.law.source import Table
from canbo.engine.procedures.model import (
    BALLOTS,
    BASES,
    CARRIERS,
    DUTIES,
    KEEPS,
    Ballot,
    Deadline,
    PassRule,
    Step,
    Steps,
    WantedPaper,
)


def steps(row: Table, document: str) -> Steps:
    """The steps of one version; `document` is what its citations rest on unless a step names another."""
    found = Steps(
        steps=tuple(_step(step, document) for step in row.tables("step")),
        deadlines=tuple(_deadline(deadline) for deadline in row.tables("deadline")),
        board_least=row.whole("board_least") or 3, papers=tuple(_paper(paper) for paper in row.tables("paper")),
    )  # fmt: skip
    _check(row, found)
    return found


def _step(row: Table, document: str) -> Step:
    ballot = row.inner("ballot")
    found = Step(
        code=row.text("code"), label=row.text("label"), body=row.text("body"),
        duties=tuple(_known(row, "duties", duty) for duty in row.texts("duties")),  # type: ignore[arg-type, misc]
        carriers=MappingProxyType(_carriers(row)), cite=row.cite(document), ballot=_ballot(ballot) if ballot else None,
        candidates=row.text("candidates", "list"), quorum=row.share("quorum"), announced=row.flag("announced", False),
        before=row.texts("before", ()), papers=tuple(_paper(paper) for paper in row.tables("paper")),
        days=row.whole("days"), says=row.text("note", ""),
    )  # fmt: skip
    row.close()
    return found


def _known(row: Table, key: str, duty: str) -> str:
    if duty not in DUTIES:
        row.wrong(f"“{duty}” không phải việc của một bước; hãy dùng {', '.join(DUTIES)}.", key)
    return duty


def _carriers(row: Table) -> dict[str, str]:
    found = row.map("carriers")
    for duty, carrier in found.items():
        if duty not in DUTIES or carrier not in CARRIERS:
            row.wrong(f"“{duty} = {carrier}” không đọc được; người làm là một trong {', '.join(CARRIERS)}.", "carriers")
    return {str(duty): str(carrier) for duty, carrier in found.items()}


def _ballot(row: Table) -> Ballot:
    need = row.inner("differs_need")
    found = Ballot(
        kind=row.choice("kind", BALLOTS), choose=row.whole("choose") or 1, base=row.choice("base", BASES),  # type: ignore[arg-type]
        rules=tuple(_rule(rule) for rule in row.tables("rule")), tie_at=row.share("tie_at"),
        differs_from=row.text("differs_from", ""), differs_need=_rule(need) if need else None,
    )  # fmt: skip
    row.close()
    return found


def _rule(row: Table) -> PassRule:
    over, least = row.share("over"), row.share("least")
    if (over is None) == (least is None):
        row.wrong("cần đúng một trong hai: over = \"1/2\" (trên) hoặc least = \"30/100\" (từ … trở lên).")
    keep = row.choice("keep", KEEPS, "highest")
    row.close()
    return PassRule(over if over is not None else least or Fraction(1), over is not None, keep)  # type: ignore[arg-type]


def _paper(row: Table) -> WantedPaper:
    found = WantedPaper(row.text("kind"), row.text("label"), row.whole("max_age_months"))
    row.close()
    return found


def _deadline(row: Table) -> Deadline:
    found = Deadline(
        code=row.text("code"), label=row.text("label"), days=row.whole("days") or 0, working=row.flag("working", True),
        after=row.text("after", "open"), until=row.text("until"),
    )  # fmt: skip
    row.close()
    return found


def _check(row: Table, found: Steps) -> None:
    """What the steps say of one another: each counted twice, each vote after a roll call, each reference to a step before it."""
    seen: list[str] = []
    if not found.steps:
        row.wrong("cần ít nhất một bước [[…version.step]].", "step")
    for step in found.steps:
        where = f"step[{step.code}]"
        if step.code in seen:
            row.wrong("hai bước cùng mã; hãy đặt mã khác.", where)
        if not step.duties:
            row.wrong("cần duties = [\"…\"]: việc phải làm trong bước, theo thứ tự.", where)
        _check_ballot(row, step, where)
        for earlier in filter(None, (step.candidates if step.candidates != "list" else "", step.ballot and step.ballot.differs_from)):
            if earlier not in seen:
                row.wrong(f"nhắc tới bước “{earlier}” chưa có ở trước nó.", where)
        seen.append(step.code)
    for deadline in found.deadlines:
        for code in {deadline.after, deadline.until} - {"open", "end"}:
            if code not in seen:
                row.wrong(f"thời hạn nhắc tới bước “{code}” không có; hãy dùng mã bước, open hoặc end.", f"deadline[{deadline.code}]")


def _check_ballot(row: Table, step: Step, where: str) -> None:
    voting = [duty for duty in step.duties if duty in ("count", "recount")]
    if voting and voting != ["count", "recount"]:
        row.wrong("kiểm phiếu phải có đủ hai lần, theo thứ tự count, recount.", f"{where}.duties")
    if bool(voting) != (step.ballot is not None):
        row.wrong("bước có bỏ phiếu cần cả [ballot] và việc count, recount.", where)
    if voting and ("convene" not in step.duties or step.duties.index("convene") > step.duties.index("count")):
        row.wrong("bước có bỏ phiếu phải điểm danh (convene) trước khi kiểm phiếu.", f"{where}.duties")
    if "settle" in step.duties:
        row.wrong("“settle” chỉ có khi số phiếu bằng nhau, không ghi trong duties.", f"{where}.duties")
    if step.announced != ("announce" in step.duties):
        row.wrong("announced = true đi cùng việc announce, và ngược lại.", where)
