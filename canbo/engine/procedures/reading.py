"""The tables of a procedure file → its steps, with every misspelling and every impossible reference named."""

from fractions import Fraction
from itertools import pairwise
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

_OPEN, _END, _LIST = "open", "end", "list"  # words of the tables that no step may be called


def steps(row: Table, document: str) -> Steps:
    """The steps of one version; `document` is what its citations rest on unless a step names another."""
    said = len(row.problems.found)
    found = Steps(
        steps=tuple(_step(step, document) for step in row.tables("step")),
        deadlines=tuple(_deadline(deadline) for deadline in row.tables("deadline")),
        board_least=row.whole("board_least") or 0, excused_out=row.flag("excused_out", False),
    )  # fmt: skip
    if len(row.problems.found) == said:  # what misread tables say of one another is nothing
        _check(row, found)
    return found


def _step(row: Table, document: str) -> Step:
    ballot = row.inner("ballot")
    found = Step(
        code=row.text("code"), label=row.text("label"), body=row.text("body"),
        duties=tuple(_known(row, "duties", duty) for duty in row.texts("duties")),  # type: ignore[arg-type, misc]
        carriers=MappingProxyType(_carriers(row)), cite=row.cite(document), ballot=_ballot(ballot) if ballot else None,
        candidates=row.text("candidates", _LIST), quorum=row.share("quorum"), announced=row.flag("announced", False),
        introduces=row.flag("introduces", False),
        before=row.texts("before", ()), unless=row.text("unless", ""), papers=tuple(_paper(paper) for paper in row.tables("paper")),
        says=row.text("note", ""),
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
    said, need, choose = len(row.problems.found), row.inner("differs_need"), row.whole("choose")
    found = Ballot(
        kind=row.choice("kind", BALLOTS), choose=1 if choose is None else choose,
        base=row.choice("base", BASES),  # type: ignore[arg-type]
        rules=tuple(_rule(rule) for rule in row.tables("rule")), tie_at=row.share("tie_at"),
        differs_from=row.text("differs_from", ""), differs_need=_rule(need) if need else None,
        differs_base=row.choice("differs_base", BASES, "members"),  # type: ignore[arg-type]
    )  # fmt: skip
    if len(row.problems.found) == said:
        _check_rules(row, found)
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


# --- what the tables say of one another


def _check(row: Table, found: Steps) -> None:
    """Each step its own code, each reference to a step before it, each voting procedure its counting board."""
    if not found.steps:
        row.wrong("cần ít nhất một bước [[…version.step]].", "step")
    voting = [step.label for step in found.steps if step.ballot]
    if voting and not found.board_least:
        row.wrong(f"bước “{voting[0]}” bỏ phiếu: cần board_least = số người ít nhất của ban kiểm phiếu.", "board_least")
    seen: list[str] = []
    for step in found.steps:
        where = f"step[{step.code}]"
        if step.code in seen or step.code in (_OPEN, _END, _LIST):
            row.wrong(f"mã “{step.code}” đã dùng; hãy đặt mã khác.", where)
        for earlier in filter(None, (step.candidates.removeprefix(_LIST), step.ballot and step.ballot.differs_from)):
            if earlier not in seen:
                row.wrong(f"nhắc tới bước “{earlier}” chưa có ở trước nó.", where)
        _check_duties(row, step, where)
        seen.append(step.code)
    for deadline in found.deadlines:
        _check_deadline(row, deadline, [_OPEN, *seen, _END])


def _check_duties(row: Table, step: Step, where: str) -> None:
    voting = [duty for duty in step.duties if duty in ("count", "recount")]
    if not step.duties:
        row.wrong("cần duties = [\"…\"]: việc phải làm trong bước, theo thứ tự.", where)
    if voting and voting != ["count", "recount"]:
        row.wrong("kiểm phiếu phải có đủ hai lần, theo thứ tự count, recount.", f"{where}.duties")
    if bool(voting) != (step.ballot is not None):
        row.wrong("bước có bỏ phiếu cần cả [ballot] và việc count, recount.", where)
    if voting and "convene" not in step.duties[: step.duties.index(voting[0])]:  # type: ignore[arg-type]
        row.wrong("bước có bỏ phiếu phải điểm danh (convene) trước khi kiểm phiếu.", f"{where}.duties")
    if "settle" in step.duties:
        row.wrong("“settle” chỉ có khi số phiếu bằng nhau, không ghi trong duties.", f"{where}.duties")
    if step.announced != ("announce" in step.duties):
        row.wrong("announced = true đi cùng việc announce, và ngược lại.", where)
    if voting and "announce" in step.duties[: step.duties.index(voting[-1])]:  # type: ignore[arg-type]
        row.wrong("công bố kết quả (announce) phải sau khi kiểm phiếu.", f"{where}.duties")
    if step.introduces and not voting:
        row.wrong("introduces = true chỉ đặt ở bước có bỏ phiếu: giới thiệu thêm trước khi kiểm phiếu.", f"{where}.introduces")
    if len(step.before) != step.duties.count("opinion") and step.before:
        row.wrong("mỗi ý kiến trong before cần một việc opinion trong duties của bước.", f"{where}.before")
    if step.unless and not step.before:
        row.wrong("unless đi cùng before: trường hợp không phải lấy ý kiến.", f"{where}.unless")
    for duty in step.carriers:
        if duty not in step.duties and not (duty == "settle" and step.ballot):
            row.wrong(f"bước không có việc “{duty}” trong duties.", f"{where}.carriers")


def _check_rules(row: Table, ballot: Ballot) -> None:
    """Each rule easier than the one before it, or it could never decide; a tie below them all."""
    if ballot.choose < 1:
        row.wrong("mỗi phiếu phải chọn ít nhất một tên.", "choose")
    reached = [(rule.share, rule.strict) for rule in ballot.rules]
    if any(easier >= harder for harder, easier in pairwise(reached)):
        row.wrong("quy tắc sau phải dễ đạt hơn quy tắc trước nó, nếu không sẽ không bao giờ dùng tới.", "rule")
    if ballot.tie_at is not None and (not reached or (ballot.tie_at, True) > min(reached)):
        row.wrong("tie_at phải ở dưới mức thấp nhất của các quy tắc, nếu không sẽ không bao giờ dùng tới.", "tie_at")
    if bool(ballot.differs_from) != (ballot.differs_need is not None):
        row.wrong("differs_from và differs_need đi cùng nhau.", "differs_from")


def _check_deadline(row: Table, deadline: Deadline, known: list[str]) -> None:
    where = f"deadline[{deadline.code}]"
    for code in {deadline.after, deadline.until} - set(known):
        row.wrong(f"thời hạn nhắc tới bước “{code}” không có; hãy dùng mã bước, open hoặc end.", where)
    if {deadline.after, deadline.until} <= set(known) and known.index(deadline.after) >= known.index(deadline.until):
        row.wrong("after phải ở trước until.", where)
    if deadline.days < 1:
        row.wrong("cần days là một số ngày từ 1.", where)
