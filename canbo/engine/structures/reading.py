"""The tables of a structure file → its rules, with every misspelling and impossible pair named."""

from canbo.engine.law.model import SEVERITIES
from canbo.engine.law.source import Table
from canbo.engine.structures.model import KINDS, LISTS, OVER, Rule, Rules

_LEVELS = ("trung-uong", "tinh", "huyen", "xa")
_NEEDS = {"people": (), "titles": ("most",), "share": ("that", "least"), "some": ("that",), "bands": ("least",)}


def rules(row: Table, document: str) -> Rules:
    """One version of a structure; `document` is what its rules cite unless one names another."""
    found = tuple(_rule(rule, document) for rule in row.tables("rule"))
    codes = [rule.code for rule in found]
    for code in {code for code in codes if codes.count(code) > 1}:
        row.wrong(f"quy tắc “{code}” có hai lần; hãy gộp lại hoặc đặt mã khác.", "rule")
    if not found:
        row.wrong("cần ít nhất một [[…rule]].", "rule")
    return Rules(found)


def _rule(row: Table, document: str) -> Rule:
    found = Rule(
        code=row.text("code"), label=row.text("label"), kind=row.choice("kind", KINDS), cite=row.cite(document),
        severity=row.choice("severity", SEVERITIES, "target"),  # type: ignore[arg-type]
        of=row.choice("of", LISTS, ""), levels=row.texts("levels", ()),
        over=row.choice("over", OVER, "list"), that=row.text("that", ""), least=row.text("least", ""), most=row.text("most", ""),
        times_size=row.flag("times_size", False),
    )  # fmt: skip
    for level in set(found.levels) - set(_LEVELS):
        row.wrong(f"cấp “{level}” không đọc được; hãy dùng {', '.join(_LEVELS)}.", "levels")
    for name in _NEEDS.get(found.kind, ()):
        if not getattr(found, name):
            row.wrong(f"quy tắc loại “{found.kind}” cần {name}.", name)
    if found.kind == "people" and not (found.least or found.most):
        row.wrong("cần least hoặc most: tên tham số về số người.", "most")
    if found.times_size and found.kind != "people":
        row.wrong("times_size chỉ dùng cho số người của một danh sách.", "times_size")
    row.close()
    return found
