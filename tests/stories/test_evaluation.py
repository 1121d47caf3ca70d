"""One unit through a campaign in a real browser, by five accounts: who opens, who prepares, who decides, the person, a stranger."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from canbo.demo.accounts import PASSWORD
from tests.stories.checks import assert_accessible, click, stay_here, words

pytestmark = pytest.mark.browser
UNIT, GOOD = "Đảng ủy phường Đức Xuân", "Hoàn thành tốt nhiệm vụ"
SIZES = {"canhan": {"width": 390, "height": 844}}


@pytest.fixture
def desk(_browser: Any, server: Any) -> Iterator[Any]:
    """Pages of accounts, each with its own cookies; nothing is asked of another machine."""
    opened: dict[str, tuple[Any, list[str]]] = {}

    def sign_in(login: str) -> Any:
        if login not in opened:
            size = SIZES.get(login, {"width": 1366, "height": 768})
            context = _browser.new_context(base_url=server.url, locale="vi-VN", viewport=size)
            left, page = stay_here(context), context.new_page()
            page.goto("/")
            page.fill("#id_login", login)
            page.fill("#id_password", PASSWORD)
            page.click("main button")
            page.wait_for_selector("nav.menu", state="attached")
            opened[login] = page, left
        return opened[login][0]

    yield sign_in
    assert [left for _, left in opened.values() if left] == []
    for page, _ in opened.values():
        page.context.close()


def step(page: Any, unit: str, **values: str) -> None:
    """The duty that is due on the unit's page, filled and written."""
    page.goto(unit)
    form = page.locator("form:has(input[name='duty']:not([value='return']))").first
    for name, value in values.items():
        form.locator(f"input[name='{name}']").fill(value)
    with page.expect_navigation():
        form.locator("button.btn-primary").click()
    assert "Chưa ghi" not in words(page), words(page)


def open_campaign(page: Any) -> str:
    page.goto("/danh-gia/mo/")
    page.fill("#ten", "Đánh giá cấp ủy năm 2026")
    page.fill("#ky", "2026")
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
    # Its parts are ticked too, so that they meet by themselves and two officials are left here.
    for box in page.get_by_role("checkbox", name=re.compile("Đảng.* phường Đức Xuân")).all():
        box.check()
    assert_accessible(page)
    click(page, "button[value='mo']")
    with page.expect_navigation():
        page.get_by_role("link", name=UNIT, exact=True).click()
    return str(page.url)


def test_a_unit_is_rated_by_five_accounts(desk: Any) -> None:
    opener, officer, head, person, stranger = map(desk, ("tochuc.tinh", "tochuc.xa", "lanhdao.xa", "canhan", "hoso.tinh"))
    unit = open_campaign(opener)

    person.goto("/tu-danh-gia/")
    click(person, "main a:has-text('Đánh giá cấp ủy năm 2026')")
    person.check("input[value='hoan-thanh-tot']")
    click(person, "main form button.btn-primary")
    assert "tự nhận xét" in words(person)  # empty words are refused, the grade ticked stays
    assert person.is_checked("input[value='hoan-thanh-tot']")
    person.fill("#noidung", "Hoàn thành các nhiệm vụ được giao trong năm.")
    click(person, "main form button.btn-primary")
    assert_accessible(person)

    opener.goto(unit)
    opener.locator("summary", has_text="Ghi xếp loại đơn vị").click()
    opener.select_option("#muc", "hoan-thanh-tot")
    opener.fill("#vb1", "18/QĐ-UBND ngày 20/11/2026")
    click(opener, "button[value='xep-don-vi']")

    officer.goto(unit)
    for choice in officer.locator("select[name^='muc-']").all():
        choice.select_option("hoan-thanh-tot")
    click(officer, "button[value='ghi']")
    click(officer, "button[value='tinh']")
    officer.select_option("#domat", "none")
    officer.fill("#nguoi-xd", "Trần Thị Kiểm")
    officer.fill("#muc-dm", "Danh mục ngành tổ chức, không có mục này")
    click(officer, "button[value='bat-dau']")
    assert_accessible(officer)
    step(officer, unit)
    step(officer, unit, trieutap="9", comat="8")
    step(officer, unit, so="02-BB/ĐU")
    step(officer, unit, tochuc="Đảng ủy phường", ngayvb="21/11/2026", ketluan="nhất trí", so="07-NX/ĐU")
    step(officer, unit)

    head.goto(unit)
    assert f"{GOOD}" in words(head)
    step(head, unit, so="20/QĐ-UBND")
    step(officer, unit, so="21/TB-UBND")
    officer.goto(unit)
    click(officer, "button[value='gui']")
    assert "đã gửi kết quả" in words(officer)

    person.goto("/tu-danh-gia/")
    click(person, "main a:has-text('Đánh giá cấp ủy năm 2026')")
    assert GOOD in words(person) and "20/QĐ-UBND" in words(person) and "Thông báo ngày" in words(person)
    assert stranger.goto(unit).status == 404 and "Đức Xuân" not in words(stranger)

    opener.goto(unit)
    click(opener, "main a:has-text('Đánh giá cấp ủy năm 2026')")
    click(opener, "button[value='ket-thuc']")
    assert "Còn đơn vị chưa gửi kết quả:" in words(opener) and "Ban Xây dựng Đảng" in words(opener)
