"""A file's bytes → sheets of cells. The parsing runs in the sandbox's child; the parent only sees plain rows."""

from typing import Any

from canbo.imports.book.rawsheet import RawBook, from_json, to_json
from canbo.sandbox import run_limited

MEMORY_MIB, CPU_SECONDS, WALL_SECONDS = 600, 60, 90


def open_workbook(data: bytes) -> RawBook:
    """Every sheet of a list's file (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv).

    Raises SandboxError whose text says, in Vietnamese, what to do about the file.
    """
    answer = run_limited(
        "canbo.imports.book.workbook:parse_file",
        {"data": data},
        memory_mib=MEMORY_MIB,
        cpu_seconds=CPU_SECONDS,
        wall_seconds=WALL_SECONDS,
    )
    return from_json(answer)


def parse_file(data: bytes) -> dict[str, Any]:
    """In the child: look at the bytes, refuse what is no list, read the rest."""
    return to_json(_reader(data)(data))


def _reader(data: bytes) -> Any:
    # Imported one by one: each file pays only for its own reader.
    from canbo.sandbox.prescan import kind_of

    match kind_of(data):
        case "xlsx":
            from canbo.imports.book.xlsx import read_xlsx

            return _careful(read_xlsx)
        case "text":
            from canbo.imports.book.csvtext import read_csv

            return read_csv
        case kind:
            from canbo.imports.book.oldbooks import reader_of

            return _careful(reader_of(kind))


def _careful(read: Any) -> Any:
    """Turn the many ways a broken file breaks its reader into one sentence."""
    from canbo.sandbox.errors import Refused
    from canbo.sandbox.prescan import SAVE_AS

    def reading(data: bytes) -> RawBook:
        try:
            book: RawBook = read(data)
        except (Refused, MemoryError):
            raise
        except Exception as error:
            raise Refused(f"Không đọc được bảng tính, tệp có thể đã hỏng; {SAVE_AS}", detail=repr(error)) from error
        if not any(sheet.rows for sheet in book.sheets):
            raise Refused("Bảng tính không có dữ liệu nào; hãy kiểm tra lại tệp rồi gửi lại.")
        return book

    return reading
