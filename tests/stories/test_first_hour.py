"""A new user's first hour: an empty folder, the office's own workbook with three broken rows, a list and a table to print."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.processes import Running, command, start_server
from tests.stories.checks import (
    assert_accessible,
    go,
    open_menu,
    pick_file,
    press,
    sign_in_by_keyboard,
    stay_here,
    tab_to,
    to_content,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.slow]
PASSWORD = "mat-khau-cua-chi"
ACROSS, UPRIGHT = (841.9, 595.3), (595.3, 841.9)
# Cell → what breaks it; the third also gets a personal ID of eleven digits.
BROKEN = {"D11": "31/02/1975", "D12": "x", "C13": "13/1988"}
ID_HEADING, SHORT_ID = "U7", ("U13", "00119900001")
# In the order in which the desk lists what is ticked: women, under 35, master's degree, advanced political theory.
FIGURES = ["30 196 15,31%", "6 196 3,06%", "18 196 9,18%", "31 196 15,82%"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with its worker on a folder that holds one account and nothing else."""
    data = tmp_path_factory.mktemp("first-hour")
    assert command(data, "user", "create", "chi", "--name", "Chi", stdin=f"{PASSWORD}\n").returncode == 0
    assert command(data, "user", "grant", "chi", "can-bo-to-chuc").returncode == 0
    running = start_server(data)
    yield running
    running.stop()


@pytest.fixture
def workbook(shared_data: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The office's list with three rows broken, and what stood in the broken cells."""
    book = openpyxl.load_workbook(shared_data / "trich-ngang" / "chuong_my_31122023.xlsx")
    sheet = book.worksheets[0]
    right = {cell: str(sheet[cell].value or "") for cell in BROKEN}
    for cell, text in BROKEN.items():
        sheet[cell] = text
    sheet[ID_HEADING], sheet[SHORT_ID[0]] = "Số định danh cá nhân", SHORT_ID[1]
    path = tmp_path / "danh sach xa.xlsx"
    book.save(path)
    return path, right


def go_and_wait(page: Any, words: str) -> None:
    """A button used by keyboard alone, its job waited for, and on to what came of it."""
    go(page, f"main button:has-text('{words}')", most=150)
    page.wait_for_selector("main:not(:has(progress))", timeout=120_000)
    page.wait_for_load_state("load")
    to_content(page)


def correct(page: Any, row: int, column: str, text: str) -> None:
    card = f"article.row-card:has(h2:text-matches('^Dòng {row} '))"
    write(page, f"{card} input[name$='.c.{column}']", text, most=150)


def read_and_correct(page: Any, path: Path, right: dict[str, str]) -> None:
    open_menu(page, "Hồ sơ", "Nhập danh sách")
    pick_file(page, "#tep", path)
    write(page, "#ngay", "31/12/2023")
    go_and_wait(page, "Đọc thử")
    go_and_wait(page, "Tiếp: ghép cột")
    go_and_wait(page, "Tiếp: xem trước khi ghi")
    assert_accessible(page)
    said = page.locator("main").inner_text()
    assert "tháng 2/1975 không có ngày 31" in said and "không có tháng 13" in said and "Không đọc được “x” thành ngày" in said
    for cell, text in sorted([*right.items(), (SHORT_ID[0], "")], key=lambda pair: (int(pair[0][1:]), pair[0])):
        correct(page, int(cell[1:]), cell[0], text)
    go_and_wait(page, "Lưu và kiểm lại")


def ask(page: Any, *measures: str, condition: str = "") -> None:
    """A question at the statistics desk: these measures ticked and no other, on the day of the list."""
    open_menu(page, "Thống kê")
    write(page, "#ngay", "31/12/2023")
    press(page, "details:has([name=ct]) > summary", "Space")
    for name in page.locator("input[name=ct]").evaluate_all("all => all.map(e => e.value)"):
        if page.locator(f"input[name=ct][value={name}]").is_checked() != (name in measures):
            press(page, f"input[name=ct][value={name}]", "Space", most=150)
    if condition:
        press(page, "details:has(#tap) > summary", "Space", most=150)
        write(page, "#tap", condition)
    go(page, "main button:has-text('Tính')", back=True, most=150)


def downloaded(page: Any, words: str, path: Path) -> Path:
    tab_to(page, f"main a:has-text('{words}')")
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    found.value.save_as(path)
    return path


def test_from_a_workbook_to_a_list_and_a_table_on_paper(
    _browser: Any, empty: Running, workbook: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """All of it without a mouse: controls are reached by Tab and used by their keys."""
    context = _browser.new_context(base_url=empty.url, locale="vi-VN", accept_downloads=True, viewport={"width": 1366, "height": 768})
    left, page = stay_here(context), context.new_page()
    sign_in_by_keyboard(page, "chi", PASSWORD)
    assert "Chưa có hồ sơ nào trong phạm vi bạn được giao." in page.locator("main").inner_text()
    read_and_correct(page, *workbook)
    go_and_wait(page, "Ghi 635 dòng")
    assert "Đã ghi 635 dòng" in page.locator("main").inner_text()

    ask(page, "can-bo", "cong-chuc", "chu-chot")
    assert {"356", "279", "196"} <= {text.split(" ")[0] for text in page.locator("td.num a").all_inner_texts()}
    ask(page, "nu", "duoi-35", "thac-si", "llct-cao-cap-cu-nhan", condition="key_post")
    rows = [" ".join(text.split()) for text in page.locator("table.grid tbody tr").all_inner_texts()]
    assert [row for row, figure in zip(rows, FIGURES) if figure not in row] == [] and len(rows) >= len(FIGURES)
    assert_paper(printed(page, tmp_path / "thong-ke.pdf"), ACROSS, "thống kê", *FIGURES)
    assert_accessible(page)
    table = downloaded(page, "Xuất Word", tmp_path / "thong-ke.docx")
    assert_paper(as_pdf(table), UPRIGHT, "31/12/2023", *FIGURES)
    go(page, "td.num a", most=150)
    assert "30 người" in page.locator(".lead-line").first.inner_text()

    open_menu(page, "Hồ sơ")
    press(page, "main a:has-text('Qua cây đơn vị')")
    write(page, "#ngay", "31/12/2023")
    go(page, "main button:has-text('Tìm')")
    assert "635 người" in page.locator("main").inner_text()
    go(page, "main a:has-text('Trích ngang')", back=True, most=150)
    to_content(page)
    names = names_on(page)
    assert_accessible(page)
    roll = downloaded(page, "Tải Word", tmp_path / "trich-ngang.docx")
    assert_paper(as_pdf(roll), ACROSS, "Họ và tên", *" ".join(names).split())  # a long name wraps in its cell
    assert left == []
    context.close()


def names_on(page: Any) -> list[str]:
    """The first three names as the sheet shows them."""
    found = page.locator(".paper-table tbody tr td:nth-child(2)").all_inner_texts()[:3]
    assert len(found) == 3 and all(len(name.split()) > 1 for name in found), found
    return [name.strip() for name in found]


def printed(page: Any, path: Path) -> Path:
    page.pdf(path=str(path), prefer_css_page_size=True)
    return path


def as_pdf(path: Path) -> Path:
    """The document on paper, by the office suite."""
    if not shutil.which("soffice"):
        pytest.skip("không có soffice")
    profile = f"-env:UserInstallation=file://{path.parent}/office"
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)],
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return path.with_suffix(".pdf")


def assert_paper(path: Path, page_size: tuple[float, float], *words: str) -> None:
    """A4 as it lies, and the words in their order."""
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    size = tuple(float(n) for n in re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups())  # type: ignore[union-attr]
    assert all(abs(a - b) < 2 for a, b in zip(size, page_size)), (path.name, size)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    flat, at = " ".join(text.split()).casefold(), 0
    for word in words:
        found = flat.find(word.casefold(), at)
        assert found >= 0, f"“{word}” does not follow in {path.name}: {flat[at:at + 400]}"
        at = found + len(word)
