"""Out to Excel and back: everybody with all importable columns unedited, then with 500 seeded edits."""

import sys
import time
from collections.abc import Iterator

from bench.generate import ON
from bench.record import Figure, at_most, memory_mib, plain

EDITS, SEED = 500, 20261122


def roundtrip() -> Iterator[Figure]:
    import canbo.imports.queries  # noqa: F401 – everything is loaded before anything is timed
    from canbo.access.queries import LOCAL_ACCESS
    from canbo.imports.roundtrip.export import editing_workbook
    from tests.imports.edits import cells_of, columns_by_heading, draw_edits, edited_xml, found_edits

    who = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
    began = time.perf_counter()
    content, count = editing_workbook(unit=None, on=ON, **who)
    yield plain("list to be edited, people", count, "people")
    yield plain("list to be edited, written in", time.perf_counter() - began, "s", note=f"{len(content) / 1e6:.1f} MB")
    rows = cells_of(content)
    columns = columns_by_heading(ON.year, LOCAL_ACCESS.scope.groups)
    yield plain("list to be edited, columns", len(columns), "columns")

    began = time.perf_counter()
    unedited = _planned(content)
    spent = time.perf_counter() - began
    yield at_most("unedited list, differences found", len(list(found_edits(unedited))) + _said(unedited), "cells", 0)
    yield plain("unedited list, read and compared in", spent, "s")
    del unedited

    units = sorted({cells["Đơn vị công tác"] for _, cells in rows.values() if cells["Đơn vị công tác"]})
    edits = draw_edits(rows=rows, columns=columns, units=units, count=EDITS, seed=SEED)
    headings = list(next(iter(rows.values()))[1])
    plan = _planned(edited_xml(content, edits, headings))
    wanted, found = {(edit.code, edit.heading) for edit in edits}, list(found_edits(plan))
    yield at_most("edits not found", len(wanted - set(found)), "cells", 0, note=f"of {EDITS}, seed {SEED}")
    yield at_most("cells found that nobody edited", len(found) - len(wanted & set(found)) + _said(plan), "cells", 0)
    yield plain("round trip, memory at its highest", memory_mib()[1], "MiB")


def _planned(content: bytes):  # type: ignore[no-untyped-def]
    from canbo.access.queries import LOCAL_ACCESS
    from canbo.imports.book.workbook import open_workbook
    from canbo.imports.plan import ListRequest, plan_list
    from canbo.imports.queries import read_known

    book = open_workbook(content)
    who = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
    reading = read_known(book=book, filename="để sửa.xlsx", on=ON, **who)
    return plan_list(reading=reading, request=ListRequest(on=ON, name="để sửa", sha256="0" * 64), **who)


def _said(plan) -> int:  # type: ignore[no-untyped-def]
    """Rows refused or complained about for anything but an emptied cell: neither list has one."""
    wrong = [row for row in plan.rows if len(row.row.problems) > len(row.emptied) or (row.state == "error" and not row.emptied)]
    for row in wrong[:5]:
        print("bench:", row.row.row, row.why, [problem.why for problem in row.row.problems], file=sys.stderr)
    return len(wrong)
