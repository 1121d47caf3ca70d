"""The first day at the desk, in a real browser: sign in, search, open a dossier, count, see who stands behind a number."""

import re

import pytest

from canbo.demo.accounts import ACCOUNTS
from canbo.kernel.text import fold

pytestmark = pytest.mark.browser


def sign_in(page) -> None:
    page.goto("/")
    page.fill("#id_login", ACCOUNTS[0].username)
    page.fill("#id_password", ACCOUNTS[0].password)
    page.click("main button")


def test_search_open_count_and_drill_down(browser_page) -> None:
    page = browser_page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    sign_in(page)
    assert page.locator("h1").inner_text() == "Tổng quan"

    page.click("nav.menu >> text=Hồ sơ")
    page.fill("#tim", "nguyen van")
    page.press("#tim", "Enter")
    names = page.locator("td.name a").all_inner_texts()
    assert names and all(re.match("nguyen (.* )?van", fold(name)) for name in names)

    page.click("td.name a >> nth=0")
    assert page.locator("h1").inner_text() == names[0]
    assert page.locator("h2", has_text="Bản thân").count() == 1

    page.click("nav.menu >> text=Thống kê")
    page.locator("details", has=page.locator("input[name=ct][value=nu]")).last.locator("summary").first.click()
    page.check("input[value=nu]")
    page.click("button:has-text('Tính')")
    number = page.locator("td.num a >> nth=0")
    count = number.inner_text()
    number.click()
    assert f"– {count} người" in page.locator(".lead-line").inner_text()
    assert page.locator("tbody tr").count() == min(50, int(count.replace(".", "")))
    assert said == []


def test_every_step_works_without_script(_browser, server) -> None:
    context = _browser.new_context(base_url=server.url, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto("/ho-so/?tim=nguyen+van")
    assert page.locator("td.name a").count() > 0
    page.goto("/thong-ke/?ct=nu")
    assert page.locator("td.num a").count() > 0
    page.click("details.band-user > summary")
    page.click("header >> text=Thoát")
    assert page.locator("h1").inner_text() == "Đăng nhập"
    context.close()
