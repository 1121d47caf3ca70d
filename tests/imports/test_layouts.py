"""Lists in layouts the importer's author never saw: columns found, nothing mapped silently wrong, no date swapped."""

from pathlib import Path

import pytest

from tests.imports.layouts import opened_here, scored
from tests.layouts import metamorph
from tests.layouts.make import Layout, make_all
from tests.layouts.score import Score, report, total

pytestmark = pytest.mark.slow
MAPPED_PCT = 95


def _nothing_worse(found: Score) -> None:
    assert found.columns_wrong == [], report(found)
    assert found.swapped_dates == []
    assert found.people_missing == []
    assert found.people_extra == []
    assert found.hidden_reported == found.hidden_total


@pytest.mark.parametrize("seed", [1, 20261122])
def test_blind_layouts_are_read(tmp_path: Path, seed: int) -> None:
    found = total(scored(layout) for layout in make_all(tmp_path, seed=seed))
    _nothing_worse(found)
    assert found.columns_right_pct >= MAPPED_PCT, report(found)
    assert found.cells_right >= 0.97 * found.cells_total, report(found)


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Layout]:
    return make_all(tmp_path_factory.mktemp("as-made"), seed=7)


@pytest.mark.parametrize("change", metamorph.CHANGES, ids=lambda change: getattr(change, "__name__", str(change)))
def test_harmless_changes_read_the_same(tmp_path: Path, originals: list[Layout], change: object) -> None:
    changed = [made for layout in originals if (made := change(layout=layout, folder=tmp_path, seed=7)) is not None]  # type: ignore[operator]
    found = total(scored(layout, opened=opened_here) for layout in changed)
    assert changed
    _nothing_worse(found)
    assert found.columns_right_pct >= MAPPED_PCT, report(found)
