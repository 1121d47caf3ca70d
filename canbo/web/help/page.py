"""What the help of one page says."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class HelpPage:
    """Written for an official on her first day."""

    title: str
    purpose: str
    steps: tuple[str, ...]
    mistakes: tuple[str, ...]
