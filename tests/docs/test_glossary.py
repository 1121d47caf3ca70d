"""The glossary against every name in the program, and the pages against the program."""

import re
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from canbo.cli.main import COMMANDS
from tests.processes import ROOT

TERMS = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text(encoding="utf-8"))["term"]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@cache
def names() -> frozenset[str]:
    """Every name of the program as `_word_word_`, modules included: `PlanEntry` is `_plan_entry_`."""
    return frozenset(_words(name) for path in (ROOT / "canbo").rglob("*.py") for name in _names_in(path))


def _names_in(path: Path) -> Iterator[str]:
    yield path.stem
    yield path.parent.name
    if "migrations" not in path.parts:
        with path.open("rb") as source:
            yield from (token.string for token in tokenize.tokenize(source.readline) if token.type == tokenize.NAME)


def _words(name: str) -> str:
    return "_" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_") + "_"


def used(word: str) -> list[str]:
    """Names that hold the word, one of its usual plurals too."""
    forms = [word, word + "s", word + "es"]
    return sorted(name.strip("_") for name in names() if any(f"_{form}_" in name for form in forms))


@pytest.mark.parametrize("term", TERMS, ids=[term["identifier"] for term in TERMS])
def test_term_is_called_by_its_one_identifier(term: dict):
    assert {rival: used(rival) for rival in term["rivals"] if used(rival)} == {}
    found = bool(used(term["identifier"]))
    assert found or term.get("planned"), f"{term['vi']}: nothing in the code is called {term['identifier']}"


def test_no_identifier_serves_two_terms():
    identifiers = [term["identifier"] for term in TERMS]
    assert sorted(identifiers) == sorted(set(identifiers))
    assert not {rival for term in TERMS for rival in term["rivals"]} & set(identifiers)


def commands_in(page: Path) -> set[str]:
    """Commands that the page shows as `python3 run COMMAND`."""
    text = page.read_text(encoding="utf-8")
    return set(re.findall(r"python3 run ([a-z]+)", text))


def test_every_command_a_page_shows_exists():
    shown = {page.relative_to(ROOT): commands_in(page) - set(COMMANDS) for page in PAGES}
    assert {page: words for page, words in shown.items() if words} == {}
    assert {"serve", "import", "stats"} <= commands_in(ROOT / "README.md")


def test_every_link_between_pages_leads_somewhere():
    broken = {
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    }
    assert broken - {"README.md: docs/images/thong-ke.png"} == set()


def test_every_page_is_in_the_index_of_its_folder():
    for index in (ROOT / "docs" / "README.md", ROOT / "docs" / "decisions" / "README.md"):
        listed = index.read_text(encoding="utf-8")
        assert [page.name for page in index.parent.glob("*.md") if page != index and f"({page.name})" not in listed] == []


def test_variables_that_the_pages_name_are_read_by_the_program():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "canbo").rglob("*.py"))
    named = {name for page in PAGES for name in re.findall(r"\bCANBO_(?!TEST)[A-Z_]+", page.read_text(encoding="utf-8"))}
    assert {name for name in named if f'"{name}"' not in source} == set()
