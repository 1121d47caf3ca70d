"""Evaluation in words: a period, a grade by the name its regime gave it, the document a regime rests on."""

from datetime import date

from canbo.engine.codelists import load_codelist
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import Regime
from canbo.evaluation.people import KIND, regime_named
from canbo.evaluation.periods import PeriodRefused, period_of


def period_label(kind: str, period: str) -> str:
    """`năm 2026`, `quý 1/2026`, `6 tháng đầu năm 2026`, `tháng 03/2026`, `nhiệm kỳ 2025-2030`."""
    year, _, rest = period.partition("-")
    match kind:
        case "month":
            return f"tháng {rest}/{year}"
        case "quarter":
            return f"quý {rest.removeprefix('Q')}/{year}"
        case "half":
            return f"6 tháng {'đầu' if rest == 'H1' else 'cuối'} năm {year}"
        case "term":
            return f"nhiệm kỳ {period}"
    return f"năm {period}" if kind == "year" else period


def end_of(kind: str, period: str) -> date | None:
    """The last day of a period as typed; None where the text is none."""
    try:
        end = period_of(kind, period).end
    except PeriodRefused:
        return None
    return date.fromordinal(end.toordinal() - 1) if end else None


def regime_of(laws: LawSet, code: str, on: date) -> Regime | None:
    """The rules of a regime on a day, None where no law that is kept here says them."""
    try:
        return regime_named(laws, code, on)
    except KeyError:
        return None


def regime_label(laws: LawSet, code: str, on: date) -> tuple[str, str]:
    """(what the regime rates, the document of the day); the code itself where no law kept here knows it."""
    provision = laws.provisions.get((KIND, code))
    if provision is None:
        return code, ""
    version = provision.on(on)
    return provision.label, laws.documents[version.cite.document].name if version else ""


def grade_name(grade: str, regime: Regime | None) -> str:
    """A grade in the words of its regime, else in those of the code list; "" for none."""
    if regime is not None and grade in regime.names:
        return regime.names[grade]
    return next((row.label for row in load_codelist("ratings").rows if row.code == grade), grade)
