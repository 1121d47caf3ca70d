"""What a structure names must exist: its parameters in the register, its expressions readable with the parameters there ever were."""

from canbo.engine.language import LanguageError, names, parse
from canbo.engine.law.conditions import type_of
from canbo.engine.law.model import LawSet
from canbo.engine.law.problems import Problems, nearest
from canbo.engine.structures.model import Rule, Rules
from canbo.engine.types import Name, Vocabulary

FILE = "structures"


def check_structures(laws: LawSet, *, vocabulary: Vocabulary, problems: Problems) -> None:
    """Adds a problem for every rule that could never be read. A parameter that is not in force today is no mistake: its rule is "unset"."""
    words = {**vocabulary, **ever(laws)}
    for (kind, code), provision in laws.provisions.items():
        for version in provision.versions if kind == "structure" else ():
            content = version.content
            for rule in content.rules if isinstance(content, Rules) else ():
                _check(rule, laws, words, f"structure[{code}].version[{version.period.start}].rule[{rule.code}]", problems)


def ever(laws: LawSet) -> dict[str, Name]:
    """Parameters under the names expressions have for them, with any value they ever had."""
    found: dict[str, Name] = {}
    for parameter in laws.parameters.values():
        for version in parameter.versions:
            values = {"": version.value} if version.value is not None else {f"_{k.replace('-', '_')}": v for k, v in version.values.items()}
            for ending, value in values.items():
                if value is not None:
                    word = Name(type=type_of(value, parameter.unit), label=parameter.label, kind="parameter", value=value)
                    found[parameter.name + ending] = word
    return found


def _check(rule: Rule, laws: LawSet, words: Vocabulary, where: str, problems: Problems) -> None:
    for key in ("least", "most"):
        name = getattr(rule, key)
        if name and name not in laws.parameters:
            problems.add(FILE, f"{where}.{key}", f"không có tham số “{name}”.{nearest(name, laws.parameters)}")
    if rule.that:
        try:
            names(parse(rule.that, vocabulary=words))
        except LanguageError as error:
            problems.add(FILE, f"{where}.that", str(error))
