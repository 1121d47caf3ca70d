"""`demo figures`: each figure of the five articles, counted again from the records."""

from pathlib import Path

from canbo.audit.changes import require
from canbo.cli.context import CommandError, Context
from canbo.demo.figures import WORDS, Figure, figures, printed_figures
from canbo.documents.tables import Table, plain
from canbo.snapshot.queries import current

HEADS = ("Ngày", "Tập hợp", "Số liệu", "Đã in", "Từ hồ sơ", "Kết luận")


def show(ctx: Context, *, printed: Path | None) -> int:
    """One table for each locality, then the sentences about what cannot be and what the demonstration chose itself."""
    require(ctx.actor, "statistics.read")
    if printed and not printed.exists():
        raise CommandError(f"Không có tệp “{printed}”; hãy ghi đường dẫn tới tệp csv các số liệu đã in.")
    told = printed_figures(printed) if printed else {}
    found = figures(snapshot=current(), printed=told, actor=ctx.actor, scope=ctx.scope)
    if not found:
        raise CommandError("Thư mục dữ liệu này chưa có địa phương minh họa; hãy nạp bằng: python3 run demo load.")
    for locality in dict.fromkeys(figure.asked.locality for figure in found):
        _show(ctx, locality, [figure for figure in found if figure.asked.locality == locality])
    if not told:
        ctx.note("Muốn so với số đã in, hãy thêm --printed TỆP (csv: seed_file, period, population, measure, printed_value).")
    return 0 if all(figure.verdict != "differs" for figure in found) else 1


def _show(ctx: Context, locality: str, found: list[Figure]) -> None:
    rows = [
        [f"{f.asked.on:%d/%m/%Y}", f.asked.key[2][:48], f.asked.key[3], f.printed, f.counted, WORDS[f.verdict]]
        for f in found
    ]  # fmt: skip
    notes = [f"{f.asked.key[3]}: {f.sentence}" for f in found if f.sentence]
    notes += dict.fromkeys(f"Do dữ liệu minh họa chọn – {f.asked.key[2]}: {f.asked.ours}" for f in found if f.asked.ours)
    ctx.line(plain(Table(locality, HEADS, rows, (), tuple(notes))))
    ctx.line("")
