"""Every page in a real browser: no barrier for anybody, light and dark, desk and phone, and nothing asked of another machine."""

import re
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from canbo.demo.accounts import ACCOUNTS
from tests.stories.checks import barriers, stay_here, walk_by_tab
from tests.web.routes import OPEN

pytestmark = pytest.mark.browser
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
# Every rule in the first look of a size; the second differs from it by colours alone, so only these are looked at again.
LOOKS = {"phone": ("dark", "light"), "desk": ("light", "dark")}
# Between them these pages use every colour of the stylesheets.
COLOURFUL = re.compile(r"/(ho-so/(\d+/)?|thong-ke/(\?ct=nu|kiem-tra-so-lieu/)|nhap/|den-han/|ra-soat/|quy-dinh/)?")
# An address with a number is found where a reader finds it: (page, link).
NUMBERED = {
    "dossier": ("/ho-so/", "td.name a, tbody a[href^='/ho-so/']"),
    "unit": ("/to-chuc/", ".unit-tree a"),
}
MISSING = "/khong-co-trang-nay/"


def sign_in(page: Any) -> None:
    page.goto("/")
    page.fill("#id_login", ACCOUNTS[0].username)
    page.fill("#id_password", ACCOUNTS[0].password)
    page.click("main button")
    page.wait_for_selector("nav.menu", state="attached")


def plain_pages() -> list[str]:
    """Addresses without a number."""
    found = []
    for route in OPEN:
        try:
            found.append(reverse(route.name))
        except NoReverseMatch:
            continue
    return [url for url in found if "." not in url]


def all_pages(page: Any) -> list[str]:
    """Every address without a number, and one example of those with one."""
    found = []
    for start, link in NUMBERED.values():
        page.goto(start)
        found.append(page.locator(link).first.get_attribute("href"))
    person, unit = found[0], found[1].split("?")[0]
    of_one = [f"{person}sua/", f"{unit}sua/", f"{unit}bien-che/"]
    return [*plain_pages(), "/tro-giup/trang/import/", "/tim/?tim=nguyen+van", "/thong-ke/?ct=nu", *found, *of_one, MISSING]


def is_page(page: Any, url: str) -> bool:
    """Files and addresses that only take a form are told apart by their answer; a browser would stumble over them."""
    answer = page.context.request.get(url)
    return url == MISSING or (answer.ok and answer.headers.get("content-type", "").startswith("text/html"))


def seen_as(page: Any, size: str, look: str) -> None:
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=look)


def barriers_in(page: Any, url: str) -> list[str]:
    """What is wrong on the page as it stands, in every view; opened once."""
    page.goto(url, wait_until="load")
    found = []
    for size, (first, second) in LOOKS.items():
        seen_as(page, size, first)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        found += [f"{url} ({size}): wider than the screen"] if wide else []
        found += [f"{url} ({size}, {first}): {barrier}" for barrier in barriers(page)]
        if COLOURFUL.fullmatch(url):
            seen_as(page, size, second)
            found += [f"{url} ({size}, {second}): {barrier}" for barrier in barriers(page, colours_only=True)]
    return found


def test_no_barrier_and_no_request_to_another_machine(_browser: Any, server: Any) -> None:
    # Without motion: colours that fade from one look to the other would be measured half-way.
    context = _browser.new_context(base_url=server.url, locale="vi-VN", viewport=SIZES["desk"], reduced_motion="reduce")
    left, page = stay_here(context), context.new_page()
    sign_in(page)
    shown = {url: barriers_in(page, url) for url in all_pages(page) if is_page(page, url)}
    context.close()
    assert left == []
    assert len(shown) > 25 and sum(bool(COLOURFUL.fullmatch(url)) for url in shown) == 9
    wrong = [barrier for found in shown.values() for barrier in found]
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
