"""Rules of number and structure for lists of people, and what a meter reads from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from canbo.engine.law.model import Cite, Severity

Number = int | Decimal
State = Literal["met", "short", "over", "unknown", "unset"]
KINDS: dict[str, str] = {
    "people": "số người của một danh sách",
    "titles": "số chức danh cùng cấp của một người",
    "higher": "chức danh cao hơn chức danh đang giữ",
    "alone": "không đồng thời đề nghị bổ nhiệm, giới thiệu ứng cử",
    "share": "tỷ lệ trong danh sách",
    "some": "ít nhất một người trong danh sách",
    "bands": "ba độ tuổi đều có người",
}
# Kinds that ask of each person on a list; the others ask of lists.
OF_A_PERSON = frozenset({"titles", "higher", "alone"})
LISTS: dict[str, str] = {"posts": "chức danh lãnh đạo, quản lý", "committee": "cấp ủy, ban thường vụ, ủy ban kiểm tra"}
OVER: dict[str, str] = {"list": "từng danh sách", "unit": "các danh sách của đơn vị, mỗi người tính một lần"}
STATES: dict[str, str] = {"met": "đạt", "short": "thiếu", "over": "vượt", "unknown": "thiếu hồ sơ", "unset": "chưa có quy định"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `least` and `most` are names of parameters, so that no number stands in two places; `that` an expression.

    `times_size` multiplies both by the prescribed size of the body. `of` names the lists it speaks of ("" = all), `levels`
    the levels of government ("" = all), `over` whether it is asked of each list or of all lists of a unit together.
    """

    code: str
    label: str
    kind: str
    cite: Cite
    severity: Severity = "target"
    of: str = ""
    levels: tuple[str, ...] = ()
    over: str = "list"
    that: str = ""
    least: str = ""
    most: str = ""
    times_size: bool = False

    @property
    def active(self) -> bool:
        """What is known from memory alone is shown and decides nothing."""
        return self.cite.verified


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one version, in their order."""

    rules: tuple[Rule, ...]

    @property
    def cites(self) -> tuple[tuple[str, Cite], ...]:
        return tuple((f"rule[{rule.code}]", rule.cite) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Listed:
    """One list as the meter sees it. `size` = places prescribed, None = nobody said."""

    key: int
    level: str
    of: str
    people: tuple[int, ...]
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule found: `have` of `of` people, `open` more where the papers do not say; between `least` and `most`.

    `lists` = keys of the lists asked together; `people` = those counted, `missing` = those whose papers are missing. A band
    reads as one line each, named in `part`.
    """

    rule: Rule
    lists: tuple[int, ...]
    have: int
    of: int
    state: State
    text: str
    open: int = 0
    least: int | None = None
    most: int | None = None
    part: str = ""
    people: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


Marks = Mapping[int, bool | None]
