"""Folders of law files → one checked law set, or all that is wrong with them."""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from canbo.engine.law import calendars, reading
from canbo.engine.law.calendars import Calendar, CalendarCase, laid_together
from canbo.engine.law.cases import failing
from canbo.engine.law.checks import check_folder, check_laws, check_local
from canbo.engine.law.model import (
    Authority,
    Case,
    Document,
    DocumentCase,
    LawSet,
    Overlay,
    Parameter,
    ParameterCase,
    Provision,
    Standard,
)
from canbo.engine.law.problems import Problems
from canbo.engine.law.source import Table, read_file
from canbo.engine.types import Vocabulary

CENTRAL = Path(__file__).resolve().parents[2] / "laws"
PROVISIONS = {"structures": "structure", "procedures": "procedure", "regimes": "regime", "posts": "post"}
Part = TypeVar("Part")
Key = TypeVar("Key")


@dataclass
class Folder:
    """What one folder holds, before folders are laid over one another."""

    name: str
    documents: list[Document] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    authority: list[Authority] = field(default_factory=list)
    calendars: list[Calendar] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    parameter_cases: list[ParameterCase] = field(default_factory=list)
    calendar_cases: list[CalendarCase] = field(default_factory=list)
    document_cases: list[DocumentCase] = field(default_factory=list)
    overlay: Overlay | None = None


def load_laws(
    paths: Sequence[Path] = (CENTRAL,), *, vocabulary: Vocabulary, titles: Container[str] | None = None,
    run_cases: bool = True,
) -> LawSet:  # fmt: skip
    """The law set of these folders, the first the central one, each later one laid over those before it.

    `vocabulary` is what expressions may name (facts; parameters are added here); `titles` the codes of titles there are.
    Raises LawRefused with every problem found. About 0.2 s for the shipped folder; `run_cases` is most of it.
    """
    problems = Problems()
    folders = [_read(path, problems) for path in paths]
    problems.raise_if_any()
    for folder in folders:
        check_folder(folder, problems)
    laws = _laid_over(folders, digest=_digest(paths), problems=problems)
    check_laws(laws, vocabulary=vocabulary, titles=titles, problems=problems)
    problems.raise_if_any()
    if run_cases:
        for problem in failing(laws, vocabulary=vocabulary):
            problems.found.append(problem)
        problems.raise_if_any()
    return laws


def _read(root: Path, problems: Problems) -> Folder:
    folder = Folder(root.name)
    if not root.is_dir():
        problems.add(root.name, "", "không có thư mục này; hãy kiểm tra CANBO_LAWS.")
        return folder
    single: dict[str, Callable[[Table], None]] = {
        "documents.toml": lambda table: folder.documents.extend(reading.documents(table)),
        "overlay.toml": lambda table: setattr(folder, "overlay", reading.overlay(table)),
    }
    for name, put in single.items():
        if (root / name).exists() and (table := read_file(root / name, root=root, problems=problems)):
            put(table)
    for table in _tables(root, "parameters", problems):
        folder.parameters.extend(reading.parameters(table))
    for table in _tables(root, "standards", problems):
        folder.standards.extend(reading.standards(table))
    for table in _tables(root, "authority", problems):
        folder.authority.extend(reading.authority(table))
    for table in _tables(root, "calendars", problems):
        folder.calendars.append(calendars.calendar(table))
    for subfolder, kind in PROVISIONS.items():
        for table in _tables(root, subfolder, problems):
            folder.provisions.extend(reading.provisions(table, kind))
    for table in _tables(root, "cases", problems):
        folder.parameter_cases.extend(reading.parameter_cases(table))
        folder.calendar_cases.extend(calendars.calendar_cases(table))
        folder.document_cases.extend(reading.document_cases(table))
        folder.cases.extend(reading.cases(table))
    return folder


def _tables(root: Path, subfolder: str, problems: Problems) -> Iterator[Table]:
    for path in sorted((root / subfolder).glob("*.toml")):
        table = read_file(path, root=root, problems=problems)
        if table is not None:
            yield table


def law_files(root: Path) -> list[Path]:
    """The files a law set is read from: other data of the folder (code lists, forms, overlays) is not law of its own."""
    folders = ("parameters", "standards", "authority", "calendars", "cases", *PROVISIONS)
    single = [root / name for name in ("documents.toml", "overlay.toml") if (root / name).exists()]
    return [*single, *(path for folder in folders for path in sorted((root / folder).glob("*.toml")))]


def _digest(paths: Iterable[Path]) -> str:
    """The same for the same files, whatever the machine."""
    found = hashlib.sha256()
    for root in paths:
        for path in law_files(root):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _laid_over(folders: list[Folder], *, digest: str, problems: Problems) -> LawSet:
    """Versions of a later folder stand before those of an earlier one, so that they are found first."""
    standards = _merged(folders, lambda f: f.standards, lambda s: s.code, _over_standard)
    parameters = _merged(folders, lambda f: f.parameters, lambda p: p.name, _over_parameter)
    provisions = _merged(folders, lambda f: f.provisions, lambda p: (p.kind, p.code), _over_provision)
    check_local(folders, problems)
    return LawSet(
        documents=MappingProxyType({d.key: d for folder in folders for d in folder.documents}),
        parameters=MappingProxyType(parameters), standards=MappingProxyType(standards),
        authority=tuple(a for folder in reversed(folders) for a in folder.authority),
        calendar=laid_together(c for folder in folders for c in folder.calendars), provisions=MappingProxyType(provisions),
        cases=tuple(c for folder in folders for c in folder.cases),
        parameter_cases=tuple(c for folder in folders for c in folder.parameter_cases),
        calendar_cases=tuple(c for folder in folders for c in folder.calendar_cases),
        document_cases=tuple(c for folder in folders for c in folder.document_cases),
        overlays=tuple(folder.overlay for folder in folders if folder.overlay), hash=digest,
    )  # fmt: skip


def _over_standard(new: Standard, old: Standard) -> Standard:
    return replace(old, versions=new.versions + old.versions, titles=tuple(dict.fromkeys((*old.titles, *new.titles))))


def _over_parameter(new: Parameter, old: Parameter) -> Parameter:
    return replace(old, versions=new.versions + old.versions)


def _over_provision(new: Provision, old: Provision) -> Provision:
    return replace(old, versions=new.versions + old.versions)


def _merged(
    folders: list[Folder], parts: Callable[[Folder], list[Part]], key: Callable[[Part], Key], over: Callable[[Part, Part], Part]
) -> dict[Key, Part]:
    found: dict[Key, Part] = {}
    for folder in folders:
        for part in parts(folder):
            found[key(part)] = over(part, found[key(part)]) if key(part) in found else part
    return found


@cache
def shipped_parameters() -> Mapping[str, Parameter]:
    """The parameters that ship with the program, for facts asked without a law set. Raises LawRefused."""
    problems = Problems()
    found = [p for table in _tables(CENTRAL, "parameters", problems) for p in reading.parameters(table)]
    problems.raise_if_any()
    return MappingProxyType({parameter.name: parameter for parameter in found})


def laid_over(laws: LawSet, changes: Mapping[str, Standard]) -> LawSet:
    """The same law with some standards put in place of their own: a draft to try (what-if)."""
    standards = {**laws.standards, **changes}
    digest = hashlib.sha256((laws.hash + repr(sorted(changes.items()))).encode()).hexdigest()[:16]
    return replace(laws, standards=MappingProxyType(standards), hash=digest)
