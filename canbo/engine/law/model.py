"""What a law set is made of. Everything dated is half-open: in force from `start`, no longer on `end`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # calendars cite as everything does
    from canbo.engine.law.calendars import Calendar, CalendarCase

Severity = Literal["block", "warn", "target"]
Evidence = Literal["text", "press", "local", "derived", "memory"]
Moment = Literal["event-start", "decision", "check"]
Outcome = Literal["yes", "no", "unknown"]
Value = int | Decimal | date | str
EVIDENCE: dict[str, str] = {
    "text": "đã đọc nguyên văn",
    "press": "báo, trang pháp luật nêu rõ văn bản",
    "local": "quy định của một địa phương",
    "derived": "suy ra từ các quy định đã đọc",
    "memory": "chưa kiểm chứng",
}
SEVERITIES: dict[str, str] = {"block": "bắt buộc", "warn": "cần chú ý", "target": "chỉ tiêu"}
MOMENTS: dict[str, str] = {"event-start": "ngày bắt đầu việc", "decision": "ngày quyết định", "check": "ngày xét"}
REGIMES: dict[str, str] = {"party": "Đảng", "state": "Nhà nước"}


@dataclass(frozen=True, slots=True)
class Period:
    """[start, end); `end` None = still in force."""

    start: date
    end: date | None = None

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)

    def meets(self, other: "Period") -> bool:
        """Whether some day is in both."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and (self.end is None or (other.end is not None and other.end <= self.end))


@dataclass(frozen=True, slots=True)
class Document:
    """A legal document. A number is no key: two decrees of 2025 and 2026 are both number 300."""

    key: str
    number: str
    kind: str
    issuer: str
    regime: str
    title: str
    dated: date | None
    period: Period
    evidence: Evidence
    replaced_by: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a value stands: a document of the register, the article as written, how well it is known."""

    document: str
    article: str
    evidence: Evidence
    says: str = ""

    @property
    def verified(self) -> bool:
        """A value known from memory alone is shown as unverified and decides nothing."""
        return self.evidence != "memory"


@dataclass(frozen=True, slots=True)
class ParameterVersion:
    """One value for a period, or one for each key (level, sex, form of discipline …)."""

    period: Period
    cite: Cite
    value: Value | None = None
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law with its unit; `by` names what its values are keyed by."""

    name: str
    label: str
    unit: str
    versions: tuple[ParameterVersion, ...]
    regime: str = ""
    by: str = ""
    select_at: Moment = "check"
    local_may: bool = False

    def on(self, day: date) -> ParameterVersion | None:
        return next((v for v in self.versions if v.period.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Exception_:
    """A labelled exception: when `when` holds, `require` takes the place of the criterion's own."""

    label: str
    when: str
    require: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a standard, as the law says it and as the language states it."""

    code: str
    label: str
    require: str
    cite: Cite
    severity: Severity = "block"
    applies: str = ""
    fixable_before: bool = False
    waivable_by: str = ""
    exceptions: tuple[Exception_, ...] = ()

    @property
    def active(self) -> bool:
        return self.cite.verified


@dataclass(frozen=True, slots=True)
class StandardVersion:
    """The criteria of a standard while one document is in force. `complete` is false where only a part is evidenced."""

    code: str
    period: Period
    document: str
    criteria: tuple[Criterion, ...]
    complete: bool = True
    note: str = ""
    local_may: bool = False


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard of a group of titles, by date."""

    code: str
    label: str
    titles: tuple[str, ...]
    regime: str
    level: str
    versions: tuple[StandardVersion, ...]
    select_at: Moment = "check"
    purpose: str = "title"

    def on(self, day: date) -> StandardVersion | None:
        return next((v for v in self.versions if v.period.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides an act about a title, and who submits upward."""

    titles: tuple[str, ...]
    act: str
    decides: str
    submits: str
    period: Period
    cite: Cite


@dataclass(frozen=True, slots=True)
class ProvisionVersion:
    """One dated version of a structure, procedure, regime or form; `content` is of its kind's own type."""

    period: Period
    cite: Cite
    content: object
    # As the file has it, for who must freeze the rules she went by.
    raw: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), compare=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """A dated rule whose content belongs to a mechanism; `kind` is its folder."""

    kind: str
    code: str
    label: str
    select_at: Moment
    versions: tuple[ProvisionVersion, ...]

    def on(self, day: date) -> ProvisionVersion | None:
        return next((v for v in self.versions if v.period.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Case:
    """A hand-written example at the edge of a rule, beside the sentence it rests on."""

    standard: str
    version: str
    criterion: str
    gives: Mapping[str, object]
    expect: Outcome
    says: str
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class ParameterCase:
    """A value of the law as a hand-written example: on a day, for a key, it is this."""

    parameter: str
    on: date
    key: str
    value: Value
    says: str
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class DocumentCase:
    """The dates of a document written down a second time: a slip in one of them is noticed. No last day: it is not looked at."""

    document: str
    period: Period
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Overlay:
    """Local law: its values win for the subtree of its units, where the central text allows it."""

    code: str
    label: str
    units: tuple[str, ...]
    example: bool
    titles: tuple[str, ...] = ()  # of the agencies themselves, beside those of the shipped lists


@dataclass(frozen=True)
class LawSet:
    """All law of one reading; immutable, passed as an argument, never a global."""

    documents: Mapping[str, Document]
    parameters: Mapping[str, Parameter]
    standards: Mapping[str, Standard]
    authority: tuple[Authority, ...]
    calendar: "Calendar"
    provisions: Mapping[tuple[str, str], Provision]
    cases: tuple[Case, ...]
    parameter_cases: tuple[ParameterCase, ...]
    calendar_cases: "tuple[CalendarCase, ...]" = ()
    document_cases: tuple[DocumentCase, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    hash: str = ""

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LawSet) and other.hash == self.hash
