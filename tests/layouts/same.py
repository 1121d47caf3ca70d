"""When a value read is the value meant: dates and codes to the letter, texts up to capitals and spaces."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

DATES = frozenset(
    {
        "birth",
        "appointed_on",
        "recruited_on",
        "joined_agency_on",
        "party_joined",
        "party_official",
        "rank_on",
        "discipline_on",
        "discipline_end",
        "training_from",
        "training_to",
        "start",
        "end",
        "decision_date",
    }
)
LEVELS = frozenset({"degree", "political_theory"})
CODES = frozenset({"sex", "staff_kind"})
NUMBERS = frozenset({"pay_step", "coefficient", "degree_year"})
VOCABULARY = (
    DATES
    | LEVELS
    | CODES
    | NUMBERS
    | frozenset(
        {
            "full_name",
            "other_name",
            "ethnicity",
            "religion",
            "native_place",
            "birth_place",
            "residence",
            "personal_id",
            "phone",
            "unit",
            "unit_province",
            "workplace",
            "position",
            "party_position",
            "key_post",
            "general_education",
            "degree_field",
            "degree_institution",
            "academic_title",
            "state_management",
            "it_level",
            "foreign_language",
            "ethnic_language",
            "defence_training",
            "rank_code",
            "rank_name",
            "planned_for",
            "rating",
            "rating_year",
            "award",
            "discipline",
            "training_name",
            "training_kind",
            "training_result",
            "training_form",
            "decision_number",
            "body",
            "term",
            "plan_class",
            "note",
        }
    )
)
NONE_TEXTS = frozenset({"không", "không có", "khong-co"})


def is_none(value: Any) -> bool:
    return value is None or value is False or value == "" or value == [] or value == {}


def same(*, name: str, truth: Any, got: Any) -> bool:
    """Whether `got` says of field `name` what `truth` says."""
    if is_none(truth):
        return is_none(got) or (name in LEVELS and got == "chua-qua") or plain(got) in NONE_TEXTS
    if is_none(got):
        return False
    if name == "rating":
        return same_ratings(truth=truth, got=got)
    if name == "key_post":
        return bool(truth) == bool(got)
    return _canonical(name, truth) == _canonical(name, got)


def same_ratings(*, truth: Any, got: Any) -> bool:
    """{year: code}; years without a rating may be left out, a single rating may come without its year."""
    meant = {str(year): code for year, code in truth.items() if code}
    if isinstance(got, dict):
        return meant == {str(year): code for year, code in got.items() if code}
    return list(meant.values()) == [got]


def _canonical(name: str, value: Any) -> Any:
    if name in DATES | LEVELS | CODES:
        return str(value)
    if name == "personal_id":
        return re.sub(r"\D", "", str(value))
    if name == "phone":
        return re.sub(r"\D", "", str(value)).lstrip("0")
    if name in NUMBERS:
        return _number(value)
    return plain(value)


def _number(value: Any) -> Any:
    try:
        return Decimal(str(value).replace(",", ".")).normalize()
    except InvalidOperation:
        return str(value)


def plain(value: Any) -> str:
    """Small letters, single spaces; a text that is not NFC is another text."""
    text = str(value)
    if not unicodedata.is_normalized("NFC", text):
        return f"not NFC: {text}"
    return " ".join(text.casefold().split())


def is_swapped(*, truth: Any, got: Any) -> bool:
    """Whether a full date was read with month and day exchanged."""
    meant = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(truth))
    return bool(meant and meant[2] != meant[3] and str(got) == f"{meant[1]}-{meant[3]}-{meant[2]}")
