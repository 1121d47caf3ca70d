"""A procedure: ordered steps, each with its duties in order; who carries a duty, how a ballot passes, what is announced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from canbo.engine.law.model import Cite

Duty = Literal["submit", "convene", "conclude", "count", "recount", "settle", "opinion", "announce", "decide", "notify"]
Keep = Literal["highest", "all"]
Base = Literal["convened", "present", "members"]
DUTIES: dict[str, str] = {
    "submit": "nộp, trình văn bản của bước",
    "convene": "triệu tập, điểm danh",
    "conclude": "kết luận không bỏ phiếu, ghi biên bản",
    "count": "kiểm phiếu lần thứ nhất",
    "recount": "kiểm phiếu lần thứ hai",
    "settle": "chọn khi số phiếu bằng nhau",
    "opinion": "ghi ý kiến bằng văn bản của tổ chức khác",
    "announce": "công bố kết quả",
    "decide": "quyết định",
    "notify": "thông báo bằng văn bản",
}
# Done at any moment while the case is open, beside the duty that is due.
BESIDES: dict[str, str] = {
    "paper": "ghi văn bản vào hồ sơ của việc",
    "return": "trả lại để hoàn thiện",
    "withdraw": "rút, dừng việc",
    "introduce": "giới thiệu thêm người ngoài danh sách",
}
# Who carries a duty: the person in charge of the case, the counting board, the head or body that decides, the person herself.
CARRIERS: dict[str, str] = {
    "officer": "cơ quan, người tham mưu",
    "board": "ban kiểm phiếu",
    "head": "người đứng đầu, cấp có thẩm quyền",
    "self": "người được xét",
}
DEFAULT_CARRIER: dict[str, str] = {
    "count": "board", "recount": "board", "settle": "head", "decide": "head", "return": "head",
}  # fmt: skip
BASES: dict[str, str] = {
    "convened": "số người được triệu tập", "present": "số người có mặt", "members": "tổng số thành viên",
}  # fmt: skip
KEEPS: dict[str, str] = {"highest": "người được nhiều phiếu nhất", "all": "tất cả những người đạt mức này"}
BALLOTS: dict[str, str] = {
    "none": "không bỏ phiếu", "secret": "phiếu kín", "slip": "phiếu giới thiệu, ký tên hoặc không", "tick": "phiếu định hướng",
}  # fmt: skip


class ProcedureRefused(Exception):
    """What is asked is not what the procedure allows now; the sentence says why, by which article, and what to do."""


@dataclass(frozen=True, slots=True)
class PassRule:
    """`over` or `least` a share of the base: the first rule that somebody fulfils decides who goes on."""

    share: Fraction
    strict: bool
    keep: Keep

    def met(self, votes: int, base: int) -> bool:
        """Exact: whole numbers compared, no share rounded."""
        ours, wanted = votes * self.share.denominator, self.share.numerator * base
        return ours > wanted if self.strict else ours >= wanted

    @property
    def text(self) -> str:
        least = "trên" if self.strict else "từ"
        whole = 100 % self.share.denominator == 0 and self.share.denominator > 4
        shown = f"{self.share * 100}%" if whole else f"{self.share.numerator}/{self.share.denominator}"
        return f"{least} {shown}{'' if self.strict else ' trở lên'}"


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a step votes. `choose` names a slip may hold for each place; no rule = the ballot is for consultation only.

    Names that did not pass at step `differs_from` need `differs_need` of `differs_base` in a ballot held once more.
    """

    kind: str
    choose: int
    base: Base
    rules: tuple[PassRule, ...]
    tie_at: Fraction | None = None
    differs_from: str = ""
    differs_need: PassRule | None = None
    differs_base: Base = "members"

    @property
    def bases(self) -> tuple[Base, ...]:
        """What must be known before anybody counts."""
        return (self.base, self.differs_base) if self.differs_need else (self.base,)

    @property
    def consultative(self) -> bool:
        return not self.rules


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper that must be in the case before a duty; not older than so many months on that day where a limit is set."""

    kind: str
    label: str
    max_age_months: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its body, the duties in order, its ballot, and what must lie before it.

    `before` = the written opinions wanted, `unless` = the case in which the law asks for none; `says` = its note.
    `introduces` = who takes part may name people who are not on the list, until the first count.
    """

    code: str
    label: str
    body: str
    duties: tuple[Duty, ...]
    cite: Cite
    carriers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ballot: Ballot | None = None
    candidates: str = "list"
    quorum: Fraction | None = None
    announced: bool = False
    introduces: bool = False
    before: tuple[str, ...] = ()
    unless: str = ""
    papers: tuple[WantedPaper, ...] = ()
    says: str = ""

    def carrier(self, duty: str) -> str:
        return self.carriers.get(duty) or DEFAULT_CARRIER.get(duty, "officer")


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many days after the case is opened or after a step is done; `working` by the calendar of working days."""

    code: str
    label: str
    days: int
    working: bool
    after: str
    until: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The content of one version of a procedure; `board_least` = fewest members of a counting board, 0 where nothing is voted.

    `excused_out` = who is absent by force majeure is taken out of those convened.
    """

    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...] = ()
    board_least: int = 0
    excused_out: bool = False

    @property
    def unverified(self) -> tuple[Step, ...]:
        """Steps known from memory alone: carried out only under a document that the opener names."""
        return tuple(step for step in self.steps if not step.cite.verified)

    @property
    def introduces(self) -> bool:
        """Whether the list may grow after the case was opened."""
        return any(step.introduces for step in self.steps)

    @property
    def cites(self) -> tuple[tuple[str, Cite], ...]:
        """Every citation inside, with its place."""
        return tuple((f"step[{step.code}]", step.cite) for step in self.steps)

    def at(self, code: str) -> int:
        """The number of a step; KeyError when there is none."""
        for number, step in enumerate(self.steps):
            if step.code == code:
                return number
        raise KeyError(code)
