"""Commands run in the test's own process, so that they see its rows: words in, JSON out."""

import io
import json
from datetime import date
from types import ModuleType
from typing import Any

from canbo.cli.context import Context
from canbo.cli.vietnamese import Parser
from canbo.snapshot.holder import HOLDER


def told(module: ModuleType, *words: str, today: date, who: dict[str, Any]) -> Any:
    """The JSON a command prints."""
    HOLDER.forget()  # rows written past the log are seen from the next read on
    parser, out = Parser(prog="canbo"), io.StringIO()
    module.arguments(parser)
    args = parser.parse_args([*words, "--json"])
    assert module.run(args, Context(today=today, out=out, err=io.StringIO(), **who)) == 0
    HOLDER.forget()
    return json.loads(out.getvalue())
