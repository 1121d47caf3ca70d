"""Import of 10.000 new people through the command line: speed with audit, memory of all its processes, and the writer's lock."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from bench.generate import ON, ROOT
from bench.record import Figure, at_least, at_most, plain
from canbo.demo.geography import geography
from canbo.demo.organization import build_world
from canbo.demo.people import Dossier, people

ROWS = 10_000
HEADS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Quê quán", "Số CCCD", "Đơn vị công tác", "Chức vụ", "Đối tượng",
    "Ngày vào Đảng", "Trình độ chuyên môn", "Trình độ lý luận chính trị",
)  # fmt: skip
LABELS = {
    "nam": "Nam", "nu": "Nữ", "trung-cap": "Trung cấp", "cao-dang": "Cao đẳng", "dai-hoc": "Đại học", "thac-si": "Thạc sĩ",
    "tien-si": "Tiến sĩ", "so-cap": "Sơ cấp", "cao-cap": "Cao cấp", "cu-nhan": "Cử nhân", "can-bo": "Cán bộ",
    "cong-chuc": "Công chức", "vien-chuc": "Viên chức", "khong-chuyen-trach": "Người hoạt động không chuyên trách",
    "kinh": "Kinh", "tay": "Tày", "nung": "Nùng", "dao": "Dao", "san-diu": "Sán Dìu", "san-chay": "Sán Chay", "mong": "Mông",
}  # fmt: skip


def importing() -> Iterator[Figure]:
    data = Path(os.environ["CANBO_DATA"])
    roster = data / "mười nghìn người.xlsx"
    write_roster(roster, rows=ROWS)
    spent, peak, lock = _import(roster, data)
    with sqlite3.connect(data / "canbo.sqlite3") as connection:
        written = connection.execute("SELECT count(*) FROM list_entry").fetchone()[0]
    yield plain("imported people found in the database", written, "people", note=f"of {ROWS} rows")
    yield at_least("import of 10.000 people with audit", written / spent, "people/s", 1000, note=f"{spent:.1f} s from command to exit")
    yield at_most("import, memory of all its processes", peak, "MiB", 400)
    yield at_most("import, longest wait of another writer", lock, "s", 3)


def write_roster(path: Path, *, rows: int) -> None:
    """An ordinary roster: title, one header row, a line a person; nobody in it is in the data folder yet."""
    world = build_world(people=rows, seed=77, geography=geography("19"))
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(0, 0, ["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC"])
        sheet.write_row(2, 0, HEADS)
        for number, one in enumerate(people(world=world, total=rows, seed=77, on=ON), start=1):
            sheet.write_row(2 + number, 0, [number, *_cells(one, world.rows["unit"])])


def _cells(one: Dossier, units: list[dict[str, Any]]) -> list[str]:
    person = one.person
    served = [row for table, row in one.records if table == "employment"][-1]
    held = [row["title_text"] for table, row in one.records if table == "holding"]
    shown = [person.get(name, "") for name in ("sex", "ethnicity")]
    return [
        person["full_name"], _printed(person.get("birth", "")), *(LABELS.get(code, "") for code in shown),
        person.get("native_place", ""), person.get("personal_id", ""), units[served["unit_id"] - 1]["name"], held[-1] if held else "",
        LABELS[served["staff_kind"]], _printed(person.get("party_joined", "")), _highest(one, "chuyen-mon"), _highest(one, "llct"),
    ]  # fmt: skip


def _printed(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""


def _highest(one: Dossier, kind: str) -> str:
    levels = [row.get("level", "") for table, row in one.records if table == "qualification" and row["kind"] == kind]
    return LABELS.get(levels[-1], "") if levels else ""


def _import(roster: Path, data: Path) -> tuple[float, float, float]:
    """Seconds, peak MiB of the process tree, longest wait of another writer in seconds."""
    command = [sys.executable, "-m", "canbo.cli", "import", str(roster), "--on", date.isoformat(ON), "--yes", "--json"]
    with (data / "import.json").open("wb") as out:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, cwd=ROOT)
        rival = Rival(data / "canbo.sqlite3")
        rival.start()
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, tree_mib(child.pid))
            time.sleep(0.05)
        spent = time.perf_counter() - began
    rival.stop.set()
    rival.join()
    if child.returncode:
        raise RuntimeError(f"import ended with {child.returncode}")
    return spent, peak, rival.longest


class Rival(threading.Thread):
    """Another writer: takes and gives back the writer's lock all the time, and remembers its longest wait."""

    def __init__(self, database: Path) -> None:
        super().__init__(daemon=True)
        self.database, self.stop, self.longest = database, threading.Event(), 0.0

    def run(self) -> None:
        connection = sqlite3.connect(self.database, timeout=60, isolation_level=None)
        while not self.stop.is_set():
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            self.longest = max(self.longest, time.perf_counter() - began)
            time.sleep(0.01)
        connection.close()


def tree_mib(pid: int) -> float:
    """Resident memory of a process and everything below it, in MiB; what they share is counted for each of them."""
    return sum(_resident(one) for one in [pid, *below(pid)])


def below(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *below(int(child))]
    except OSError:
        pass
    return found


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
