"""What the pages of cases share: what is not there for the reader, and their forms read value by value."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.http import QueryDict

from canbo.cases.changes import CaseRefused, ProcedureRefused
from canbo.cases.models import Case
from canbo.cases.queries import case
from canbo.dossier.files import FileRefused
from canbo.dossier.queries import NotVisible
from canbo.engine.law.model import LawSet
from canbo.snapshot.queries import current
from canbo.web import typed as web
from canbo.web.desk import Desk
from canbo.web.standards.asking import law_now
from canbo.web.typed import asks as asks
from canbo.web.typed import reads as reads

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


def laws_of(unit: int | None) -> LawSet:
    """The law for a unit: that of its own place where a folder of local law names it or a unit above it."""
    parents, chain = current().units, list[str]()
    while unit is not None and unit in parents:
        unit, code = parents[unit]
        chain.append(code)
    return law_now().of_unit(chain)


def document_names() -> dict[str, str]:
    """Key → name of every document of the law in service, local ones too."""
    law = law_now()
    return {key: document.name for laws in (law.central, *law.local) for key, document in laws.documents.items()}


@dataclass
class Typed(web.Typed):
    """A form of cases, with its lists."""

    data: QueryDict

    def many(self, name: str) -> list[str]:
        return self.data.getlist(name)

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.data.get(name, "").splitlines() if line.strip()]

    def number(self, name: str) -> int | str:
        """A whole number, or the text as typed: the procedure says what is wrong with it."""
        text = self.text(name)
        return int(text) if text.isdecimal() and len(text) < 7 else text

    def refuse_wrong(self) -> None:
        """CaseRefused with what could not be read."""
        if self.errors:
            raise CaseRefused(" ".join(self.errors.values()))
