"""What people read for a code kept in a record: the label of its code list."""

from canbo.engine.codelists import load_codelist

_LISTS: dict[tuple[str, str], str] = {
    ("person", "ethnicity"): "ethnic_groups",
    ("person", "religion_sealed"): "religions",
    ("person", "academic_title"): "academic_titles",
    ("qualification", "field"): "fields_of_study",
    ("qualification", "form"): "training_forms",
    ("qualification", "language"): "foreign_languages",
    ("attendance", "kind"): "training_kinds",
    ("attendance", "form"): "training_forms",
    ("attendance", "result"): "training_results",
    ("rating", "grade"): "ratings",
    ("discipline", "form"): "discipline_forms",
}
_LEVELS: dict[str, str] = {
    "pho-thong": "general_education",
    "chuyen-mon": "degrees",
    "llct": "political_theory",
    "qlnn": "state_management",
    "tin-hoc": "it_levels",
    "ngoai-ngu": "foreign_language_levels",
}
_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("person", "party_status"): {"dang-vien": "Đảng viên", "khong": "Không"},
}


def label_of_code(*, table: str, column: str, code: str, kind: str = "") -> str:
    """The label, or the text itself where it is no code; `kind` is the qualification's, whose scale its level is on."""
    words = _WORDS.get((table, column), {})
    name = _LEVELS.get(kind) if (table, column) == ("qualification", "level") else _LISTS.get((table, column))
    if name is None:
        return words.get(code, code)
    return next((row.label for row in load_codelist(name).rows if row.code == code), code)


def codelist_of(*, table: str, column: str) -> str | None:
    """The code list a column's codes are from."""
    return _LISTS.get((table, column))
