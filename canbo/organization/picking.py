"""Units, titles, bodies and terms found by what somebody types: a few suggestions, or the one that is meant."""

from collections.abc import Iterable

from django.db.models import Model

from canbo.kernel.text import fold
from canbo.organization.models import Body, Term, Title, Unit

MOST = 20
KINDS: dict[str, tuple[type[Model], str]] = {
    "unit": (Unit, "đơn vị"), "title": (Title, "chức danh"), "body": (Body, "tổ chức"), "term": (Term, "nhiệm kỳ"),
}  # fmt: skip


class NotPicked(Exception):
    """No such thing, or several; `choices` are the labels to choose among."""

    def __init__(self, text: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.choices = choices


def label_of_picked(row: Model) -> str:
    """“Xã Lũng Cú (H01.02)”: the name people know and the code that tells namesakes apart."""
    name, code = getattr(row, "name", ""), getattr(row, "code", "")
    return f"{name} ({code})" if name else str(code)


def suggestions(*, kind: str, text: str) -> list[str]:
    """Labels that hold every word typed, those that begin with it first; at most twenty."""
    wanted = fold(text)
    found = [(not fold(name).startswith(wanted), name, code) for _, name, code in _matching(kind, wanted)]
    return [_label(name, code) for _, name, code in sorted(found)[:MOST]]


def picked(*, kind: str, text: str) -> int:
    """The id of the one meant: by its label, its code, its whole name, or a part of the name that only it has."""
    text = text.strip()
    rows = _rows(kind)
    for same in (
        [pk for pk, name, code in rows if text in (_label(name, code), code)],
        [pk for pk, name, _ in rows if fold(name) == fold(text)],
        [pk for pk, _, _ in _matching(kind, fold(text))],
    ):
        if len(same) == 1:
            return same[0]
        if same:
            break
    raise _not_picked(kind, text)


def _not_picked(kind: str, text: str) -> NotPicked:
    choices = tuple(suggestions(kind=kind, text=text))
    noun = KINDS[kind][1]
    if not choices:
        return NotPicked(f"Không có {noun} nào tên “{text}”; hãy gõ một phần tên rồi chọn trong gợi ý.")
    listed = "; ".join(choices[:5])
    return NotPicked(f"Có nhiều {noun} khớp “{text}”, hãy chọn rõ một: {listed}{' …' if len(choices) > 5 else ''}", choices)


def _matching(kind: str, wanted: str) -> Iterable[tuple[int, str, str]]:
    words = wanted.split()
    return [(pk, name, code) for pk, name, code in _rows(kind) if words and all(word in f"{fold(name)} {fold(code)}" for word in words)]


def _rows(kind: str) -> list[tuple[int, str, str]]:
    model = KINDS[kind][0]
    if model is Term:
        return [(pk, "", code) for pk, code in Term.objects.values_list("pk", "code").order_by("code")]
    return list(model._default_manager.values_list("pk", "name", "code").order_by("name", "pk"))


def _label(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code


__all__ = ["KINDS", "NotPicked", "label_of_picked", "picked", "suggestions"]
