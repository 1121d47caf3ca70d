"""Rows as a form: which are written, who they are, what their cells should say, which of two values stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from canbo.imports.answers import Answers, RowAnswer

CHOICES = {"keep": "giữ theo hồ sơ", "take": "nhận theo danh sách", "dispute": "ghi nhận là đang mâu thuẫn"}
_UNDECIDED = "?"


def answered_rows(answers: Answers, data: Mapping[str, str]) -> bool:
    """Take over what the form says of its rows; True when the list must be read again to see what follows."""
    again = False
    numbers = [name[2:-4] for name in data if name.startswith("r.") and name.endswith(".key")]
    for number in numbers:
        sheet, _, row = data[f"r.{number}.key"].rpartition("|")
        if not row.isdecimal():
            continue
        before = answers.of_row(sheet, int(row))
        after = _answer(before, f"r.{number}.", data)
        answers.put_row(sheet, int(row), after)
        again = again or _reads_anew(before, after)
    if "xoa-het" in data:
        again = again or answers.clear_all != (data["xoa-het"] == "1")
        answers.clear_all = data["xoa-het"] == "1"
    return again


def _reads_anew(before: RowAnswer, after: RowAnswer) -> bool:
    return replace(before, skip=False, reason="") != replace(after, skip=False, reason="")


def _answer(before: RowAnswer, prefix: str, data: Mapping[str, str]) -> RowAnswer:
    person = data.get(f"{prefix}nguoi", _UNDECIDED)
    fields = {
        name.removeprefix(f"{prefix}m."): told
        for name, told in data.items() if name.startswith(f"{prefix}m.") and told in CHOICES
    }  # fmt: skip
    offered = f"{prefix}nguoi" in data
    return replace(
        before,
        skip=data.get(f"{prefix}ghi") != "1",
        take=data.get(f"{prefix}an") == "1" or (before.take and f"{prefix}an-co" not in data),
        person=(int(person) if person.isdecimal() else None) if offered else before.person,
        cells={**before.cells, **_corrected(prefix, data)},
        fields=fields if f"{prefix}m" in data else before.fields,
        reason=data.get(f"{prefix}ly-do", before.reason).strip()[:300],
        clear=data.get(f"{prefix}xoa") == "1" if f"{prefix}xoa-co" in data else before.clear,
    )


def _corrected(prefix: str, data: Mapping[str, str]) -> dict[str, str]:
    """Cells whose text is not the one shown; `o` is the text as it was shown, `c` as it was left."""
    found = {}
    for name, text in data.items():
        letter = name.removeprefix(f"{prefix}c.")
        if letter != name and letter.isalpha() and letter.isupper() and text.strip() != data.get(f"{prefix}o.{letter}", "").strip():
            found[letter] = text.strip()
    return found


def shown_rows(rows: list[dict[str, Any]], answers: Answers) -> list[dict[str, Any]]:
    """Rows of a tab for the page, each with its place in the form and what was answered before."""
    shown = []
    for number, row in enumerate(rows):
        told = answers.of_row(row["sheet"], row["row"])
        shown.append(
            row | {
                "n": number, "answer": told, "key": f"{row['sheet']}|{row['row']}", "birth": printed(row["birth"]),
                "people": [face | {"birth": printed(face["birth"])} for face in row.get("people", [])],
                "contested": [
                    {"field": f, "label": label, "old": old, "new": new, "choice": told.fields.get(f, "")}
                    for f, label, old, new in row.get("contested", [])
                ],
                "hidden": row["state"] == "error" and "ẩn" in row.get("why", ""),
                "wrong": {column for column, _, _ in row.get("problems", [])},
            }
        )  # fmt: skip
    return shown


def printed(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
