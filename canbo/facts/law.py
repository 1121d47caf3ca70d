"""Numbers of the law that facts need: from the law set asked with, else from what ships with the program."""

from collections.abc import Mapping
from datetime import date

from canbo.engine.law.loader import shipped_parameters
from canbo.engine.law.model import LawSet, Parameter, ParameterVersion, Value
from canbo.facts.registry import Ask


def parameter_of(ask: Ask, name: str) -> Parameter:
    laws = ask.laws
    return (laws.parameters if isinstance(laws, LawSet) else shipped_parameters())[name]


def version_on(ask: Ask, name: str, day: date) -> ParameterVersion | None:
    """The version in force on a day; None when there is none, or when it is known from memory alone and so decides nothing."""
    found = parameter_of(ask, name).on(day)
    return found if found is not None and found.cite.verified else None


def values_on(ask: Ask, name: str) -> Mapping[str, Value]:
    """The keyed values of the day asked; before the first version those of the first, as plans look ahead."""
    found = version_on(ask, name, ask.on) or min(parameter_of(ask, name).versions, key=lambda v: v.period.start)
    return found.values
