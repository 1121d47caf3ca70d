"""Each journey of the desk without a mouse: every control reached by Tab, seen, and used by its key."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from canbo.demo.accounts import PASSWORD
from tests.stories.checks import choose, go, open_menu, pick_file, press, sign_in_by_keyboard, to_content, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desks(_browser: Any, server: Any) -> Iterator[Any]:
    """Pages of accounts, each signed in by keyboard when first asked for, each with its own cookies."""
    opened: dict[str, Any] = {}

    def desk(login: str) -> Any:
        if login not in opened:
            opened[login] = _browser.new_context(base_url=server.url, locale="vi-VN", viewport={"width": 1366, "height": 768}).new_page()
            sign_in_by_keyboard(opened[login], login, PASSWORD)
        return opened[login]

    yield desk
    for page in opened.values():
        page.context.close()


def said(page: Any) -> str:
    """What the program says after a form; the focus stands there."""
    assert page.evaluate("document.activeElement.matches('main .alert')"), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    return str(page.evaluate("document.activeElement.innerText"))


def test_a_dossier_is_found_and_one_group_of_it_corrected(desks: Any) -> None:
    page = desks("tochuc.tinh")
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("nguyen van")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    to_content(page)
    go(page, ".hits a")
    to_content(page)
    go(page, "nav.leaves a:has-text('Sửa thông tin bản thân')")
    to_content(page)
    write(page, "#id_birth", "31/02/1970")
    write(page, "#id_reason", "theo giấy khai sinh")
    go(page, "main button:has-text('Ghi')")
    assert page.evaluate("document.activeElement.id") == "id_birth"  # the first wrong field, not the top of the page
    write(page, "#id_birth", "28/02/1970")
    go(page, "main button:has-text('Ghi')")
    assert "Đã ghi" in said(page)


def test_a_person_declares_and_the_unit_accepts(desks: Any, tmp_path: Any) -> None:
    unit, person, name = desks("tochuc.xa"), desks("canhan"), "Bổ sung hồ sơ (bàn phím)"
    open_menu(unit, "Hồ sơ", "Kê khai")
    go(unit, "main a:has-text('Mở đợt kê khai')")
    to_content(unit)
    write(unit, "#ten", name)
    choose(unit, "#dv", unit.evaluate("document.querySelector('#dv').options[1].text.trim()"))
    write(unit, "#het", f"{date.today() + timedelta(days=20):%d/%m/%Y}")
    press(unit, "main label:has-text('Tên gọi khác') input", "Space")
    go(unit, "main button:has-text('Mở đợt')")
    assert name in unit.locator("h1").inner_text()

    scan = tmp_path / "giay.pdf"
    scan.write_bytes(b"%PDF-1.4 giay to")
    open_menu(person, "Kê khai của tôi")
    go(person, f"main a:has-text('{name}')")
    to_content(person)
    go(person, "main a:has-text('Khai, sửa')")
    to_content(person)
    write(person, "main input[name$=other_name]", "Út")
    pick_file(person, "main input[type=file]", scan)
    go(person, "main button:has-text('Lưu')")
    to_content(person)
    press(person, "main input[name=cam-doan]", "Space")
    go(person, "main button:has-text('Gửi')")
    assert "Đã gửi lúc" in person.locator("main").inner_text()

    open_menu(unit, "Hồ sơ", "Kê khai")
    go(unit, f"main a:has-text('{name}')")
    to_content(unit)
    go(unit, "main tbody a")
    to_content(unit)
    press(unit, "main input[type=radio][value=nhan]", "Space")
    go(unit, "main button:has-text('Ghi kết quả các mục đã chọn')")
    assert "Đã nhận" in unit.locator("main").inner_text()


def test_a_roll_gets_its_columns_and_is_kept(desks: Any) -> None:
    page = desks("tochuc.tinh")
    open_menu(page, "Hồ sơ")
    go(page, "main a:has-text('Trích ngang')")
    to_content(page)
    before = page.locator(".order-list .column-name").all_inner_texts()
    choose(page, "#them", "Dân tộc")
    go(page, "main button:has-text('Thêm')")
    go(page, "button[aria-label='Đưa Dân tộc lên']", back=True)
    assert sorted(page.locator(".order-list .column-name").all_inner_texts()) == sorted([*before, "Dân tộc"])
    assert page.evaluate("document.activeElement.ariaLabel") == "Đưa Dân tộc lên"  # a second press needs no walk
    write(page, "#ten", "Trích ngang của tôi")
    go(page, "main button:has-text('Lưu mẫu')")
    assert "Trích ngang của tôi" in said(page)


def test_a_table_is_broken_down_kept_and_opened_to_its_people(desks: Any) -> None:
    page = desks("tochuc.tinh")
    open_menu(page, "Thống kê")
    choose(page, "#theo", "Giới tính")
    go(page, "main button:has-text('Tính')")
    write(page, "#ten-bang", "Theo giới tính")
    go(page, "main button:has-text('Lưu bảng')")
    assert "Theo giới tính" in said(page)
    go(page, "main a:text-is('Theo giới tính')")
    to_content(page)
    count = page.locator("td.num a").first.inner_text()
    go(page, "td.num a")
    assert f"– {count} người" in page.locator(".lead-line").inner_text()


def test_two_dossiers_are_made_one_and_parted_again(desks: Any) -> None:
    page = desks("tochuc.tinh")
    open_menu(page, "Hồ sơ", "Hồ sơ trùng")
    waiting = page.locator("tbody tr").count()
    assert waiting
    go(page, "main tbody a:has-text('So sánh')")
    to_content(page)
    write(page, "#ly-do", "cùng số định danh", most=150)
    go(page, "main button:has-text('Nhập làm một')")
    assert "tách lại ở đây" in said(page)
    write(page, "#ly-do", "nhập nhầm")
    go(page, "main button:has-text('Tách lại')")
    assert "tách" in said(page)
    open_menu(page, "Hồ sơ", "Hồ sơ trùng")
    assert page.locator("tbody tr").count() == waiting


def test_a_paper_is_drafted_and_issued(desks: Any) -> None:
    page = desks("tochuc.tinh")
    open_menu(page, "Văn bản")
    go(page, "main a:has-text('Soạn văn bản')")
    to_content(page)
    write(page, "#id_symbol", "QĐ-TC")
    write(page, "#id_title", "Về việc thử bàn phím")
    go(page, "main button:has-text('Lập dự thảo')")
    assert page.evaluate("document.activeElement.id") == "id_body"
    write(page, "#id_body", "Điều 1. Cử cán bộ đi học.")
    go(page, "main button:has-text('Lập dự thảo')")
    assert "Đã lập dự thảo" in said(page)
    go(page, "main a:has-text('Ban hành')")
    to_content(page)
    write(page, "#id_number", "07")
    write(page, "#id_issued_on", f"{date.today():%d/%m/%Y}")
    write(page, "#id_signer", "Lê Văn Dũng")
    go(page, "main button:has-text('Ban hành')")
    assert "07/QĐ-TC" in page.locator("main").inner_text()
