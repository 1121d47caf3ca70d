"""The table of roles for administrators says what the policy says, line by line."""

from canbo.access.policy import ACTIONS, GROUPS, LEVELS, ROLES, SIDES, Role
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "roles.md"


def line_of(code: str, role: Role) -> str:
    groups = "mọi nhóm" if role.groups == frozenset(GROUPS) else "; ".join(GROUPS[g] for g in GROUPS if g in role.groups)
    levels = ", ".join(LEVELS[level] for level in role.levels)
    actions = "; ".join(ACTIONS[a] for a in ACTIONS if a in role.actions)
    cells = (f"`{code}`", role.label, SIDES[role.side], levels, actions, groups or "không nhóm nào", role.note)
    return "| " + " | ".join(cells) + " |"


def test_table_of_roles_is_the_policy() -> None:
    written = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert written == [line_of(code, role) for code, role in ROLES.items()]


def test_each_role_says_for_whom_it_is() -> None:
    assert [code for code, role in ROLES.items() if not role.note.endswith(".")] == []


def test_state_roles_never_read_the_party_s_planning() -> None:
    readers = {code for code, role in ROLES.items() if role.side == "nha-nuoc" and role.groups & {"planning", "history"}}
    assert readers == set()
