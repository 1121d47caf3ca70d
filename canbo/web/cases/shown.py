"""One case for its page: steps with what came of each, what is due, deadlines, papers, and the log in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from canbo.cases.deadlines import CaseDeadline, deadlines_of
from canbo.cases.models import OUTCOMES, CaseEntry, CaseName, CasePaper
from canbo.cases.orders import result_order
from canbo.cases.queries import CaseView, log_of, names_of, view
from canbo.cases.rules import steps_of
from canbo.engine.procedures.model import BALLOTS, BASES, BESIDES, CARRIERS, DUTIES, Step, WantedPaper
from canbo.engine.procedures.replay import candidates, names_on_slip
from canbo.kernel.dates import PartialDate
from canbo.web.cases.typed import document_names, laws_of, reads
from canbo.web.desk import Desk
from canbo.web.queries import account_names


@dataclass(frozen=True)
class Line:
    """A line of the log in words."""

    number: int
    on: date
    what: str
    told: str
    by: str


@dataclass(frozen=True)
class StepShown:
    """`state`: done, due or "" for what comes; `passed` = names that went on; `article` with its document where that is not the
    case's own."""

    step: Step
    state: str
    on: date | None
    passed: tuple[str, ...]
    ballot: str
    article: str


@dataclass(frozen=True)
class CaseShown:
    """`names`: CaseName → name, in the order of the list; `voted_on` = those the step that is due may vote for."""

    view: CaseView
    names: Mapping[int, str]
    log: list[Line]
    papers: list[CasePaper]
    people: list[tuple[CaseName, str]]
    deadlines: list[tuple[CaseDeadline, bool | None]]
    voted_on: tuple[int, ...]
    most: int
    entries: list[CaseEntry]
    excused_out: bool
    documents: Mapping[str, str]

    @property
    def document(self) -> str:
        return self.documents.get(self.view.case.document, "")

    def cited(self, step: Step) -> str:
        """Article and document of a step."""
        return ", ".join(filter(None, (step.cite.article, self.documents.get(step.cite.document))))

    @property
    def due_cited(self) -> str:
        return self.cited(self.view.due_step) if self.view.due_step else ""

    @property
    def seen(self) -> int:
        return len(self.log)

    @property
    def steps(self) -> list[StepShown]:
        state, due = self.view.state, self.view.due_step
        found = []
        for step in self.view.steps:
            where = "due" if due is not None and step.code == due.code else "done" if step.code in state.done_on else ""
            passed = self._went_on(step) if where == "done" else ()
            on = state.done_on.get(step.code) if where == "done" else None
            article = step.cite.article if step.cite.document == self.view.case.document else self.cited(step)
            found.append(StepShown(step, where, on, passed, ballot_words(step), article))
        return found

    def _went_on(self, step: Step) -> tuple[str, ...]:
        """Those a ballot let through by votes, others in the order of the list."""
        keys = self.view.state.passed.get(step.code, ())
        if step.ballot is None or step.ballot.consultative:
            return tuple(name for _, name in self.named(keys))
        return tuple(self.names[pk] for pk in keys if pk in self.names)

    @property
    def may_do(self) -> bool:
        return self.view.due_duty in self.view.may

    @property
    def carrier(self) -> str:
        return CARRIERS[self.view.due_step.carrier(self.view.due_duty)] if self.view.due_step else ""

    @property
    def duties_done(self) -> tuple[str, ...]:
        """Duties of the step that is due, in words, already done."""
        step = self.view.due_step
        return tuple(DUTIES[duty] for duty in step.duties[: self.view.state.duty]) if step else ()

    @property
    def asks_members(self) -> bool:
        """Whether the whole number of members must be known at the step that is due."""
        ballot = self.view.due_step.ballot if self.view.due_step else None
        return ballot is not None and "members" in ballot.bases

    @property
    def wanted(self) -> list[tuple[WantedPaper, date | None]]:
        """Papers the procedure asks for, with the day of the one filed."""
        papers = {paper.kind: paper for step in self.view.steps for paper in step.papers}
        return [(paper, self.view.state.papers.get(paper.kind)) for paper in papers.values()]

    @property
    def back(self) -> list[Step]:
        state = self.view.state
        return list(self.view.steps[: state.step + 1]) if self.view.due_step else []

    @property
    def considered(self) -> tuple[int, ...]:
        """Who is still in it: those the step that is due may vote for, else those who went on."""
        due = self.view.due_step
        return self.voted_on if due is not None and due.ballot else self.view.state.names

    def named(self, keys: tuple[int, ...]) -> list[tuple[int, str]]:
        """In their due order: that of the list."""
        return [(pk, name) for pk, name in self.names.items() if pk in keys]


def case_shown(pk: int, desk: Desk) -> CaseShown:
    of = view(pk=pk, on=desk.today, **reads(desk))
    names = names_of(case=of.case, **reads(desk))
    rules = steps_of(of.case)
    entries = log_of(case=of.case, **reads(desk))
    voting = of.due_step is not None and of.due_step.ballot is not None
    laws, outcomes = laws_of(of.case.unit_id), dict(OUTCOMES)
    return CaseShown(
        of, names, _lines(entries, of, names, desk), list(of.case.papers.select_related("name__person").order_by("-dated", "-pk")),
        [(row, outcomes[row.outcome]) for row in of.case.names.select_related("person").order_by("order", "pk")],
        [(one, one.late(desk.today) if of.due_step or one.done_on else False) for one in deadlines_of(rules, of.state, laws.calendar)],
        candidates(rules, of.state) if of.due_step else (), names_on_slip(rules, of.state) if voting else 0,
        entries, rules.excused_out, document_names(),
    )  # fmt: skip


def ballot_words(step: Step) -> str:
    """`phiếu kín; cần trên 1/2 số người được triệu tập; không ai đạt thì từ 30% trở lên`."""
    if step.ballot is None:
        return ""
    kind = BALLOTS[step.ballot.kind]
    rules = [rule.text for rule in step.ballot.rules]
    if not rules:
        return f"{kind}; lấy ý kiến, không quyết định ai đi tiếp"
    return "; không ai đạt thì ".join([f"{kind}; cần {rules[0]} {BASES[step.ballot.base]}", *rules[1:]])


# --- the log in words


def _lines(entries: list[CaseEntry], of: CaseView, names: Mapping[int, str], desk: Desk) -> list[Line]:
    who = account_names(ids=[entry.user for entry in entries], **reads(desk))
    labels = {step.code: step.label for step in of.steps}
    found = []
    for entry in entries:
        what = DUTIES.get(entry.duty) or BESIDES.get(entry.duty, entry.duty)
        step = labels.get(entry.step, "")
        said = f"{step}: {what}" if step else what[:1].upper() + what[1:]
        found.append(Line(entry.number, entry.on, said, _told(entry, names, of, labels), who.get(entry.user, "")))
    return found


_NAMES_TOLD = {"conclude": "thống nhất: ", "decide": "đồng ý: ", "settle": "chọn: "}
_WORDS = (
    ("by", "nơi giới thiệu: {}"), ("body", "{}"), ("number", "số {}"), ("conclusion", "kết luận: {}"), ("reason", "lý do: {}"),
)  # fmt: skip


def _told(entry: CaseEntry, names: Mapping[int, str], of: CaseView, labels: Mapping[str, str]) -> str:
    data, said = entry.data, list[str]()
    if "convened" in data:
        said.append(f"có mặt {data.get('present', 0)}/{data['convened']} người được triệu tập")
        said += [f"vắng bất khả kháng {data['excused']}"] if data.get("excused") else []
    if "issued" in data:
        said.append(f"phát {data['issued']}, thu {data.get('collected', 0)}, hợp lệ {data.get('valid', 0)} phiếu")
        votes = {int(pk): number for pk, number in _mapping(data, "votes").items()}
        said += [f"{name} {votes[pk]}" for pk, name in result_order(names.items(), votes) if pk in votes]
        said.append("ban kiểm phiếu: " + ", ".join(data.get("board", ())))
    if data.get("names"):
        said.append(_NAMES_TOLD.get(entry.duty, "") + ", ".join(_names(data["names"], names)))
    said += [f"không đồng ý {names.get(int(pk), '?')}: {why}" for pk, why in _mapping(data, "refused").items()]
    if data.get("unless"):
        step = next((step for step in of.steps if step.code == entry.step), None)
        said.append(f"không phải lấy ý kiến: {step.unless if step else ''}")
    if entry.duty == "paper":
        said.append(paper_label(str(data.get("kind", "")), of))
    for key, words in _WORDS:
        said += [words.format(data[key])] if data.get(key) else []
    if data.get("to"):
        said.insert(0, f"về bước {labels.get(str(data['to']), data['to'])}")
    if data.get("dated"):
        said.append(f"ngày {PartialDate.from_iso(str(data['dated'])).display}")
    return "; ".join(said)


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, Mapping) else {}


def _names(keys: Any, names: Mapping[int, str]) -> list[str]:
    return [names.get(int(pk), "?") for pk in keys]


def paper_label(kind: str, of: CaseView) -> str:
    """The name the procedure gives a kind of paper, else the kind as typed."""
    return next((paper.label for step in of.steps for paper in step.papers if paper.kind == kind), kind)
