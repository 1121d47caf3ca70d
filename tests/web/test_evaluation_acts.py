"""Every act and every read of an evaluation has its words in the log."""

import re

from canbo.web.evaluation.acts import DONE, READ
from tests.conftest import ROOT


def named(what: str, *folders: str) -> set[str]:
    """The names after `action=` or `what=` in the code of evaluation."""
    code = "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return set(re.findall(rf'{what}="((?:export\.)?evaluation[a-z_.]*)"', code))


def test_every_act_and_read_has_its_words() -> None:
    assert named("action", "canbo/evaluation") == set(DONE)
    assert named("what", "canbo/evaluation", "canbo/web/evaluation") == set(READ)
