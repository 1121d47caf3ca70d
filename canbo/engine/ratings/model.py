"""What a regime of evaluation says: whom it rates, by which points, what caps or bars a grade, how many may be excellent."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from canbo.engine.law.model import Cite

Role = Literal["staff", "leader"]
QuotaBase = Literal["good", "good-and-above", "rated"]
Rounding = Literal["down", "nearest"]
OF: dict[str, str] = {"person": "cá nhân", "unit": "tập thể, đơn vị"}
ROLES: dict[str, str] = {"staff": "không giữ chức vụ lãnh đạo, quản lý", "leader": "giữ chức vụ lãnh đạo, quản lý"}
APPLIES: dict[str, str] = {"all": "mọi người", **ROLES}
CAPACITIES: dict[str, str] = {"official": "cán bộ, công chức, viên chức", "party": "đảng viên"}
QUOTA_BASES: dict[str, str] = {
    "good": "số được xếp loại hoàn thành tốt nhiệm vụ",
    "good-and-above": "số được xếp loại hoàn thành tốt nhiệm vụ trở lên",
    "rated": "tổng số được xếp loại",
}
ROUNDINGS: dict[str, str] = {"down": "làm tròn xuống", "nearest": "làm tròn gần nhất"}
# Where a regime says what is printed beside a result or a refusal; the numbers have citations of their own.
ARTICLES: dict[str, str] = {
    "head": "mức của người đứng đầu không cao hơn đơn vị", "score": "cách tính điểm",
    "products": "sản phẩm, công việc được tính", "objection": "giải quyết kiến nghị",
    "send": "gửi kết quả vào cơ sở dữ liệu", "again": "đánh giá lại", "moved": "người chuyển công tác",
    "axes": "kết quả theo từng trục",
}  # fmt: skip
# Printed forms a regime has: the person's own assessment, the tracking of the months.
FORMS: dict[str, str] = {"own": "phiếu tự đánh giá", "tracking": "phiếu theo dõi"}
AXES = "Kết quả nhiệm vụ theo trục"
PERIOD_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
EXCELLENT, GOOD, SATISFACTORY, UNSATISFACTORY, NOT_RATED = (
    "hoan-thanh-xuat-sac", "hoan-thanh-tot", "hoan-thanh", "khong-hoan-thanh", "khong-xep-loai",
)  # fmt: skip
GRADES = (UNSATISFACTORY, SATISFACTORY, GOOD, EXCELLENT)


class RatingRefused(Exception):
    """A rating the regime does not allow; the sentence says which article stands against it and what may be done."""


@dataclass(frozen=True, slots=True)
class Band:
    """From `least` points on, this grade."""

    grade: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the general criteria. `points` None = the unit fixes it in its own regulation of the year."""

    code: str
    label: str
    group: str
    points: Decimal | None = None
    applies: str = "all"


@dataclass(frozen=True, slots=True)
class TaskRatio:
    """One ratio of the task results; `halves` = only the whole or a half may be given.

    `half_when_managed_fail` = the head gets no more than the half for a month in which somebody she manages has the lowest grade.
    """

    code: str
    label: str
    applies: str = "all"
    halves: bool = False
    half_when_managed_fail: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """What a time away does. Months worked below `worked_below`, or away from `away_least` to under `away_below`."""

    cite: Cite
    label: str
    worked_below: int | None = None
    away_least: int | None = None
    away_below: int | None = None
    excepted: tuple[str, ...] = ()
    cap: str = ""
    not_rated: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A fact that makes the lowest grade, whatever the score."""

    code: str
    label: str
    applies: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Quota:
    """The ceiling of the highest grade: `share` of `base`, `exception` where the authority decides so in writing."""

    share: Fraction
    base: QuotaBase
    rounding: Rounding
    cite: Cite
    exception: Fraction | None = None
    exception_says: str = ""
    per_group: bool = False
    few_below: int = 0
    few_cap: int = 0


@dataclass(frozen=True, slots=True)
class Regime:
    """The content of one version of a regime."""

    of: str
    capacity: str
    staff_kinds: tuple[str, ...]
    periods: tuple[str, ...]
    names: Mapping[str, str]
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    ratios: tuple[TaskRatio, ...] = ()
    # Axes the task results fall into, instead of the ratios, where the body gave each of them its points.
    axes: tuple[TaskRatio, ...] = ()
    # A line of the general criteria is given whole or not at all.
    whole_lines: bool = False
    general_points: Decimal = Decimal(0)
    task_points: Decimal = Decimal(0)
    fault_share: Fraction = Fraction(0)
    absences: tuple[Absence, ...] = ()
    bars: tuple[Bar, ...] = ()
    quota: Quota | None = None
    head_not_above_unit: bool = False
    rate_by: str = ""
    # Procedure of leaders who do not head the unit rated, where the regime gives them another than its head.
    deputy_procedure: str = ""
    objection_days: int | None = None
    send_days: int | None = None
    send_working: bool = False
    note: str = ""
    articles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    forms: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def scored(self) -> bool:
        return bool(self.bands)

    @property
    def cites(self) -> tuple[tuple[str, Cite], ...]:
        """Every citation inside, with its place."""
        found = [(f"absence[{number + 1}]", absence.cite) for number, absence in enumerate(self.absences)]
        found += [(f"bar[{bar.code}]", bar.cite) for bar in self.bars]
        return (*found, *((("quota", self.quota.cite),) if self.quota else ()))

    def lines_of(self, role: Role) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.applies in ("all", role))

    def ratios_of(self, role: Role, by_unit: Container[str] = ()) -> tuple[TaskRatio, ...]:
        """What is told of the task results; `by_unit` = codes whose points the body's own regulation gives."""
        axes = self.axes_of(role)
        if axes and all(axis.code in by_unit for axis in axes):
            return axes
        return tuple(ratio for ratio in self.ratios if ratio.applies in ("all", role))

    def axes_of(self, role: Role) -> tuple[TaskRatio, ...]:
        return tuple(axis for axis in self.axes if axis.applies in ("all", role))

    @property
    def by_unit(self) -> tuple[Line, ...]:
        """Whatever the body's own regulation gives points to: lines left open, and axes if it wants them."""
        axes = (Line(axis.code, axis.label, AXES, applies=axis.applies) for axis in self.axes)
        return (*(line for line in self.lines if line.points is None), *axes)
