"""The example of docs/writing-laws.md, carried out as it is told: files alone replace a decree, and verdicts change from its day."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from canbo.assess.law_sets import law_vocabulary, title_codes
from canbo.engine.law.cases import judged
from canbo.engine.law.conditions import parsed, words_on
from canbo.engine.law.loader import CENTRAL, load_laws
from canbo.engine.law.model import LawSet
from canbo.engine.law.problems import LawRefused

PAGE = Path(__file__).resolve().parents[2] / "docs" / "writing-laws.md"
BLOCK = re.compile(r"^```toml (\S+) (\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def copied(root: Path) -> Path:
    root.mkdir()
    shutil.copy(CENTRAL / "documents.toml", root)
    for folder in ("parameters", "standards", "authority", "cases", "calendars"):
        if (CENTRAL / folder).is_dir():
            shutil.copytree(CENTRAL / folder, root / folder)
    return root


def carried_out(root: Path) -> None:
    """Each block of the page put where its first line says."""
    for what, name, place, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        path = root / name
        old = path.read_text(encoding="utf-8")
        if what == "them":
            new = f"{old}\n{text}"
        elif what == "sua":
            new = re.sub(rf'(key = "{place}"\n(?:.*\n)*?from = \S+\n)', rf"\g<1>{text}", old, count=1)
        else:
            start = old.index(f'code = "{place}"')
            end = old.find("\n[[standard]]", start)
            new = old[:end] + "\n" + text + old[end:] if end >= 0 else f"{old}\n{text}"
        assert new != old, (what, name, place)
        path.write_text(new, encoding="utf-8")


def loaded(root: Path) -> LawSet:
    return load_laws([root], vocabulary=law_vocabulary(), titles=title_codes())


def places_to_end(root: Path) -> None:
    """Step 4: what still cites the old decree after that day, as `laws check` names it."""
    with pytest.raises(LawRefused) as refused:
        loaded(root)
    assert all("334/2025" in str(problem) or "hai phiên bản" in str(problem) for problem in refused.value.problems)
    for path in root.glob("standards/*.toml"):
        text = path.read_text(encoding="utf-8")
        ended = text.replace('from = 2026-01-01\ndocument = "nd334', 'from = 2026-01-01\nto = 2027-01-01\ndocument = "nd334')
        path.write_text(ended, encoding="utf-8")


def test_example_replaces_the_decree_from_its_day(tmp_path: Path) -> None:
    root = copied(tmp_path / "laws")
    carried_out(root)
    places_to_end(root)
    laws = loaded(root)
    standard = laws.standards["truong-phong-xa"]
    said = []
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        version = standard.on(day)
        assert version is not None
        words = words_on(day, laws=laws, vocabulary=law_vocabulary())
        llct = next(c for c in version.criteria if c.code == "llct")
        trees = parsed(llct, words=words, titles=standard.titles)
        said.append(judged(trees, {"political_theory": "trung-cap"}, exceptions=0, vocabulary=words))
    assert said == [True, False]
