"""Kinds of cases as pages name them: what may be opened here, and whose readers see it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`group` = field group whose readers see the case; `procedures` are those a case of this kind can be opened under here."""

    label: str
    group: str
    procedures: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "appointment": Kind("Bổ nhiệm", "career", ("bo-nhiem-tai-cho",)),
    # Opened and carried out with its campaign, where grades are given with the decision.
    "evaluation": Kind("Đánh giá, xếp loại", "evaluation"),
    # With its round, where entries of the plan are written with the decision.
    "planning": Kind("Quy hoạch", "planning"),
}
OPENED_HERE: dict[str, str] = {code: kind for kind, of in KINDS.items() for code in of.procedures}


def kind_label(kind: str) -> str:
    return KINDS[kind].label if kind in KINDS else kind
