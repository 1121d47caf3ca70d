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
from tests.stories.checks import assert_accessible, press_on, stay_here

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.slow]
PASSWORD = "mat-khau-cua-chi"
ACROSS, UPRIGHT = (841.9, 595.3), (595.3, 841.9)
# Cell → what breaks it; the third also gets a personal ID of eleven digits.
BROKEN = {"D11": "31/02/1975", "D12": "x", "C13": "13/1988"}
ID_HEADING, SHORT_ID = "U7", ("U13", "00119900001")
FIGURES = ["6 196 3,06%", "30 196 15,31%", "18 196 9,18%", "31 196 15,82%"]


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


def sign_in(page: Any) -> None:
    page.goto("/")
    page.fill("#id_login", "chi")
    page.fill("#id_password", PASSWORD)
    press_on(page, "main button")
    page.wait_for_selector("nav.menu", state="attached")


def press_button(page: Any, words: str) -> None:
    """A button used by keyboard alone, and its job waited for."""
    press_on(page, f"main button:has-text('{words}')")
    page.wait_for_load_state("load")
    page.wait_for_selector("main:not(:has(progress))", timeout=120_000)


def row_card(page: Any, row: int) -> Any:
    return page.locator("article.row-card", has=page.locator("h2", has_text=re.compile(rf"^Dòng {row}\b")))


def correct(page: Any, row: int, column: str, text: str) -> None:
    row_card(page, row).locator(f"input[name$='.c.{column}']").fill(text)


def read_and_correct(page: Any, path: Path, right: dict[str, str]) -> None:
    page.goto("/nhap/")
    page.set_input_files("#tep", str(path))
    page.fill("#ngay", "31/12/2023")
    press_button(page, "Đọc thử")
    press_button(page, "Tiếp: ghép cột")
    press_button(page, "Tiếp: xem trước khi ghi")
    assert_accessible(page)
    said = page.locator("main").inner_text()
    assert "tháng 2/1975 không có ngày 31" in said and "không có tháng 13" in said and "Không đọc được “x” thành ngày" in said
    for cell, text in right.items():
        correct(page, int(cell[1:]), cell[0], text)
    correct(page, 13, "U", "")
    press_button(page, "Lưu và kiểm lại")


def test_from_a_workbook_to_a_list_and_a_table_on_paper(
    _browser: Any, empty: Running, workbook: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    context = _browser.new_context(base_url=empty.url, locale="vi-VN", accept_downloads=True, viewport={"width": 1366, "height": 768})
    left, page = stay_here(context), context.new_page()
    sign_in(page)
    assert "Chưa có hồ sơ nào trong phạm vi bạn được giao." in page.locator("main").inner_text()
    read_and_correct(page, *workbook)
    press_button(page, "Ghi 635 dòng")
    assert "Đã ghi 635 dòng" in page.locator("main").inner_text()

    page.goto("/ho-so/?ngay=31/12/2023")
    assert "635 người" in page.locator("main").inner_text()
    page.goto("/thong-ke/?ngay=31/12/2023&ct=can-bo&ct=cong-chuc&ct=chu-chot")
    assert {"356", "279", "196"} <= {text.split(" ")[0] for text in page.locator("td.num a").all_inner_texts()}
    query = "ngay=31/12/2023&tap=key_post&ct=duoi-35&ct=nu&ct=thac-si&ct=llct-cao-cap-cu-nhan"
    page.goto(f"/thong-ke/?{query}")
    rows = [" ".join(text.split()) for text in page.locator("table.grid tbody tr").all_inner_texts()]
    assert [row for row, figure in zip(rows, FIGURES) if figure not in row] == []
    assert_accessible(page)
    assert_paper(printed(page, tmp_path / "thong-ke.pdf"), ACROSS, "thống kê", *FIGURES)
    press_on(page, "td.num a")
    assert "6 người" in page.locator(".lead-line").first.inner_text()

    page.goto("/ho-so/trich-ngang/?ngay=31/12/2023")
    assert_accessible(page)
    names = names_on(page)
    roll = fetched(context, "/ho-so/trich-ngang/trich-ngang.docx?ngay=31/12/2023", tmp_path / "trich-ngang.docx")
    assert_paper(as_pdf(roll), ACROSS, "Họ và tên", *names)
    table = fetched(context, f"/thong-ke/thong-ke.docx?{query}", tmp_path / "thong-ke.docx")
    assert_paper(as_pdf(table), UPRIGHT, "31/12/2023", *FIGURES)
    assert left == []
    context.close()


def names_on(page: Any) -> list[str]:
    """The first three names as the sheet shows them."""
    found = page.locator("table.grid tbody tr td:nth-child(2), table.grid tbody th").all_inner_texts()
    return [name.strip() for name in found if len(name.split()) in (2, 3, 4) and "\n" not in name.strip()][1:4]


def fetched(context: Any, url: str, path: Path) -> Path:
    answer = context.request.get(url)
    assert answer.ok, (url, answer.status)
    path.write_bytes(answer.body())
    return path


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
