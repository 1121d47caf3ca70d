"""A posted form read value by value; what cannot be read is told beside its field."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import QueryDict

from canbo.cases.changes import CaseRefused, ProcedureRefused
from canbo.cases.models import Case
from canbo.cases.queries import case
from canbo.dossier.files import FileRefused
from canbo.dossier.queries import NotVisible
from canbo.engine.law.model import LawSet
from canbo.web.desk import Desk, day_of
from canbo.web.standards.asking import law_now

REFUSALS = (CaseRefused, ProcedureRefused, FileRefused)


class NoCase(NotVisible):
    """No such case, or not within the reader's scope: told in the same words."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy việc này trong phạm vi bạn được giao.")


def found_case(pk: int, desk: Desk) -> Case:
    try:
        return case(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoCase from None


def laws_now() -> LawSet:
    return law_now().central


def asks(desk: Desk) -> dict[str, Any]:
    """Actor, scope and moment, as every write is asked."""
    return {"actor": desk.actor, "scope": desk.scope, "at": desk.now}


def reads(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor, "scope": desk.scope}


@dataclass
class Typed:
    """`errors`: field → one sentence."""

    data: QueryDict
    desk: Desk
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.data.get(name, "").strip()

    def many(self, name: str) -> list[str]:
        return self.data.getlist(name)

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.data.get(name, "").splitlines() if line.strip()]

    def day(self, name: str, *, default: date | None = None) -> date:
        """A full day; today, or `default`, for a field left empty."""
        found, wrong = day_of(self.data.get(name, ""), default or self.desk.today)
        if wrong:
            self.errors[name] = wrong
        return found

    def number(self, name: str) -> int | str:
        """A whole number, or the text as typed: the procedure says what is wrong with it."""
        text = self.text(name)
        return int(text) if text.isdecimal() and len(text) < 7 else text

    def refuse_wrong(self) -> None:
        """CaseRefused with what could not be read."""
        if self.errors:
            raise CaseRefused(" ".join(self.errors.values()))
