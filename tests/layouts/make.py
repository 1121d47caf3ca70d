"""Write every layout with its truth beside it: `python -m tests.layouts.make DIR`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .book import Book, MakeBook
from .build import Truth, build, build_aside
from .grid import Grid, write_csv, write_xlsx
from .plan import Plan
from .records import RECORDS
from .records_held import HELD
from .rosters_csv import TEXT_FILES
from .rosters_district import DISTRICT
from .rosters_forms import FORMS
from .rosters_grouped import GROUPED
from .rosters_values import VALUES

BOOKS: tuple[MakeBook, ...] = (*DISTRICT, *GROUPED, *VALUES, *TEXT_FILES, *FORMS, *RECORDS, *HELD)
SEED = 20241231


@dataclass(frozen=True)
class Layout:
    """A written list, where it is and what it truly says."""

    path: Path
    truth_path: Path
    truth: Truth
    tags: frozenset[str] = frozenset()


def make_all(folder: Path, *, seed: int = SEED) -> list[Layout]:
    """Write all layouts into `folder`; the same seed gives the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make_one(folder=folder, make_book=make_book, seed=seed) for make_book in BOOKS]


def make_one(*, folder: Path, make_book: MakeBook, seed: int = SEED) -> Layout:
    """Write one layout and its truth."""
    book = make_book(Random(f"{seed} {make_book.__name__}"))
    made = [build(sheet) if isinstance(sheet, Plan) else build_aside(sheet) for sheet in book.sheets]
    path = folder / f"{book.stem}.{'csv' if book.csv else 'xlsx'}"
    _write(path=path, book=book, grids=[grid for grid, _ in made])
    truth: Truth = {"file": path.name, "on": book.on, "sheets": [sheet for _, sheet in made]}
    return save(path=path, truth=truth, tags=book.tags | (frozenset({"csv"}) if book.csv else frozenset()))


def save(*, path: Path, truth: Truth, tags: frozenset[str]) -> Layout:
    """Put the truth beside the file."""
    beside = path.with_name(f"{path.name}.truth.json")
    beside.write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return Layout(path, beside, truth, tags)


def _write(*, path: Path, book: Book, grids: list[Grid]) -> None:
    if book.csv is None:
        write_xlsx(path=path, grids=grids)
    else:
        write_csv(path=path, grid=grids[0], delimiter=book.csv[0], encoding=book.csv[1])


def main() -> int:
    if len(sys.argv) != 2:
        print("Cách dùng: python -m tests.layouts.make THƯ_MỤC", file=sys.stderr)
        return 2
    layouts = make_all(Path(sys.argv[1]))
    people = sum(len(sheet["rows"]) for layout in layouts for sheet in layout.truth["sheets"])
    print(f"{len(layouts)} danh sách, {people} dòng người")
    return 0


if __name__ == "__main__":
    sys.exit(main())
