"""A criterion as one column of yes, no, unknown: its condition, when it applies, its labelled exceptions."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from canbo.engine.compiler import compile
from canbo.engine.language import names, parse
from canbo.engine.law.model import Criterion, LawSet, Parameter, Value
from canbo.engine.syntax import Expr
from canbo.engine.types import Date, Decimal_, Int, Name, Text, Type, Vocabulary


def words_on(day: date, *, laws: LawSet, vocabulary: Vocabulary) -> dict[str, Name]:
    """Facts, and the parameters in force on the day with their values; keyed ones as `name_key`."""
    found = dict(vocabulary)
    for parameter in laws.parameters.values():
        found.update(_parameter_words(parameter, day))
    return found


def _parameter_words(parameter: Parameter, day: date) -> Iterator[tuple[str, Name]]:
    version = parameter.on(day)
    if version is None or not version.cite.verified:
        return
    if version.value is not None:
        yield parameter.name, _word(parameter, version.value, parameter.label)
    for key, value in version.values.items():
        yield f"{parameter.name}_{key.replace('-', '_')}", _word(parameter, value, f"{parameter.label} ({key})")


def _word(parameter: Parameter, value: Value, label: str) -> Name:
    return Name(type=type_of(value, parameter.unit), label=label, kind="parameter", value=value)


def type_of(value: Value, unit: str) -> Type:
    """The type a value of the law is compared as; months stand only against months."""
    if isinstance(value, Decimal):
        return Decimal_(unit=unit or None)
    if isinstance(value, date):
        return Date()
    return Int(unit=unit or None) if isinstance(value, int) else Text()


def texts_of(criterion: Criterion) -> Iterator[tuple[str, str]]:
    """(place, text) of every expression of a criterion."""
    yield "require", criterion.require
    if criterion.applies:
        yield "applies", criterion.applies
    for number, exception in enumerate(criterion.exceptions):
        yield f"exception[{number}].when", exception.when
        yield f"exception[{number}].require", exception.require


Parsed = Mapping[str, Expr]
# Words of a standard that mean its own titles; they are spelt out before the text is parsed.
OF_TITLES = {"first_time": "not ({} in titles_ever)", "planned_for_it": "({} in planned_for)", "holds_it": "({} in titles)"}
_OF_TITLES = re.compile(rf"\b(?:{'|'.join(OF_TITLES)})\b")


def spelt_out(text: str, titles: tuple[str, ...]) -> str:
    """`first_time` → never held one of the standard's titles; `planned_for_it`, `holds_it` likewise."""

    def said(found: re.Match[str]) -> str:
        before, after = OF_TITLES[found[0]].split("{}")
        fact = after.removeprefix(" in ").rstrip(")")
        return before + " or ".join(f"'{title}' in {fact}" for title in titles) + ")" if titles else found[0]

    return _OF_TITLES.sub(said, text)


def parsed(criterion: Criterion, *, words: Vocabulary, titles: tuple[str, ...]) -> dict[str, Expr]:
    """Its expressions by place, for a standard of these titles. Raises LanguageError."""
    return {place: parse(spelt_out(text, titles), vocabulary=words) for place, text in texts_of(criterion)}


def needed(found: Parsed) -> frozenset[str]:
    """The facts a criterion reads."""
    return frozenset(name for expr in found.values() for name in names(expr))


def outcome(found: Parsed, *, exceptions: int) -> pl.Expr:
    """yes, no or null. Where it is unknown whether an exception holds, both ways agreeing decide."""
    column = compile(found["require"])
    for number in reversed(range(exceptions)):
        when, other = compile(found[f"exception[{number}].when"]), compile(found[f"exception[{number}].require"])
        column = (when & other) | (~when & column) | (other & column)
    if "applies" in found:
        column = ~compile(found["applies"]) | column
    return column
