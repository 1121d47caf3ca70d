"""What a command is given besides its arguments, and how it says that something is wrong."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TextIO

from canbo.kernel.actors import Actor, Scope


class CommandError(Exception):
    """Ends the command with exit code 1; the text is one Vietnamese sentence for the user."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who acts and what she may see, the moment and day of the command, and where to write.

    Results go to `out`, progress and remarks to `err`: with --json nothing but JSON may reach `out`.
    """

    actor: Actor
    scope: Scope
    at: datetime
    today: date
    out: TextIO
    err: TextIO

    def line(self, text: str = "") -> None:
        """One line of the result."""
        self.out.write(text + "\n")

    def note(self, text: str) -> None:
        """One line of progress or remark, never part of the result."""
        self.err.write(text + "\n")
        self.err.flush()

    def json(self, value: Any) -> None:
        """The whole result as JSON; dates and decimals as text."""
        self.out.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
