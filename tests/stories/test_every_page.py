"""Every page in a real browser: no barrier for anybody, light and dark, desk and phone, and nothing asked of another machine."""

from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from canbo.demo.accounts import ACCOUNTS
from tests.stories.checks import barriers, stay_here, walk_by_tab
from tests.web.routes import OPEN

pytestmark = pytest.mark.browser
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
# Where the two looks differ only by colours, one size shows each.
VIEWS = [("desk", "light"), ("phone", "dark")]
# An address with a number is found where a reader finds it: (page, link).
NUMBERED = {
    "dossier": ("/ho-so/", "td.name a, tbody a[href^='/ho-so/']"),
    "unit": ("/to-chuc/", ".unit-tree a"),
}


def sign_in(page: Any) -> None:
    page.goto("/")
    page.fill("#id_login", ACCOUNTS[0].username)
    page.fill("#id_password", ACCOUNTS[0].password)
    page.click("main button")
    page.wait_for_selector("nav.menu", state="attached")


def plain_pages() -> list[str]:
    """Addresses without a number; files and addresses that only take a form are told apart by their answer."""
    found = []
    for route in OPEN:
        try:
            found.append(reverse(route.name))
        except NoReverseMatch:
            continue
    return [url for url in found if "." not in url]


def all_pages(context: Any) -> list[str]:
    """Every page this account may read, those with a number by one example each."""
    page = context.new_page()
    found = [url for url in plain_pages() if _is_page(context, url)]
    found += ["/tro-giup/trang/import/", "/tim/?tim=nguyen+van", "/thong-ke/?ct=nu"]
    for start, link in NUMBERED.values():
        page.goto(start)
        found.append(page.locator(link).first.get_attribute("href"))
    person, unit = found[-2], found[-1].split("?")[0]
    found += [f"{person}sua/", f"{unit}sua/", f"{unit}bien-che/", "/khong-co-trang-nay/"]
    page.close()
    return found


def _is_page(context: Any, url: str) -> bool:
    answer = context.request.get(url)
    return answer.ok and answer.headers.get("content-type", "").startswith("text/html")


def test_no_barrier_and_no_request_to_another_machine(_browser: Any, server: Any) -> None:
    wrong, state, urls = [], None, list[str]()
    for size, look in VIEWS:
        context = _browser.new_context(
            base_url=server.url, locale="vi-VN", viewport=SIZES[size], color_scheme=look, storage_state=state
        )
        left = stay_here(context)
        page = context.new_page()
        if state is None:
            sign_in(page)
            state, urls = context.storage_state(), all_pages(context)
        for url in urls:
            page.goto(url, wait_until="load")
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            wrong += [f"{url} ({size}): wider than the screen"] if wide else []
            wrong += [f"{url} ({size}, {look}): {found}" for found in barriers(page)]
        context.close()
        assert left == []
    assert len(urls) > 12
    assert wrong == [], "\n" + "\n".join(wrong)


def test_everything_is_reached_by_keyboard_and_seen(browser_page: Any) -> None:
    page = browser_page
    sign_in(page)
    for url in ("/", "/to-chuc/", "/tim/?tim=van", "/nhap/"):
        page.goto(url)
        assert "Đến nội dung" in walk_by_tab(page, most=120)[0]
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("nguyen van")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/**")
    assert page.locator(".hits a").count() > 0
