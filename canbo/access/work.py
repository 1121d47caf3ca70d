"""Work that waits for somebody: what every mechanism tells the overview about, in one shape."""

from dataclasses import dataclass
from enum import IntEnum

from canbo.kernel.numbers import thousands


class Urgency(IntEnum):
    """How soon: the overview sorts by it and says it in a word, never by colour alone."""

    NOW = 0
    SOON = 1
    LATER = 2


URGENCY_LABELS = {Urgency.NOW: "cần làm ngay", Urgency.SOON: "cần làm", Urgency.LATER: "khi có thời gian"}


@dataclass(frozen=True, kw_only=True)
class Work:
    """One line of work: what, how many, where it is done, how urgent, and who does it."""

    label: str
    count: int
    url: str
    urgency: Urgency = Urgency.SOON
    who: str = ""

    @property
    def count_text(self) -> str:
        return thousands(self.count)

    @property
    def urgency_label(self) -> str:
        return URGENCY_LABELS[self.urgency]
