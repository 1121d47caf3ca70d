"""What every page is held to in a real browser: no barrier, no request to another machine, and everything by keyboard."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Rows, choices, units of one list are alike: the first ones are looked at, so that a page of hundreds takes a moment.
FEW = """window.__aside = [...document.querySelectorAll(`tbody tr:nth-child(n+5), .unit-tree li:nth-child(n+6),
  option:nth-child(n+6):not(:checked), .checks label:nth-child(n+5), .cells .field:nth-child(n+5)`)].map(each => {
    const mark = document.createComment(''); each.replaceWith(mark); return [mark, each]; })"""
ALL = "window.__aside.reverse().forEach(([mark, each]) => mark.replaceWith(each))"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HERE = {"127.0.0.1", "localhost"}


def barriers(page: Any, *, colours_only: bool = False) -> list[str]:
    """What axe-core finds: rule, place and reason. Its text is evaluated, so the page's own policy need not be loosened."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    page.evaluate(f"() => {{ {FEW} }}")
    rules = {"type": "rule", "values": ["color-contrast"]} if colours_only else {"type": "tag", "values": RULES}
    found = page.evaluate("options => axe.run(document, options)", {"runOnly": rules, "resultTypes": ["violations"]})
    page.evaluate(f"() => {{ {ALL} }}")  # a journey goes on with the page as it was
    return [
        f"{v['id']}: {node['html'][:160]} – {node['failureSummary'][:300]}" for v in found["violations"] for node in v["nodes"]
    ]


def assert_accessible(page: Any) -> None:
    found = barriers(page)
    assert found == [], f"{page.url}\n" + "\n".join(found)


def stay_here(context: Any) -> list[str]:
    """Refuse every request to another machine, and keep its address in the list returned."""
    left: list[str] = []

    def look(route: Any) -> None:
        host = urlsplit(route.request.url).hostname
        if host in HERE or route.request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            left.append(route.request.url)
            route.abort()

    context.route("**/*", look)
    return left


INTERACTIVE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0
    && !(e.type === 'radio' && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`))).length"""
FOCUSED = """() => { const e = document.activeElement; if (!e || e === document.body) return null;
  window.__walked ??= []; let at = window.__walked.indexOf(e); if (at < 0) at = window.__walked.push(e) - 1;
  const s = getComputedStyle(e);
  return {at, html: e.outerHTML.slice(0, 120), ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
    counts: e.matches('a[href], button, input, select, textarea, summary')}; }"""


def walk_by_tab(page: Any, *, most: int = 400) -> list[str]:
    """Everything Tab reaches from the top of the page, once; fails where focus cannot be seen or something is left out."""
    page.evaluate("window.__walked = []; document.activeElement?.blur()")
    wanted, reached = page.evaluate(INTERACTIVE), list[str]()
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["at"] < len(reached):
            break
        assert at["ring"], f"focus cannot be seen: {at['html']}"
        reached.append(at["html"] if at["counts"] else "")
    found = [html for html in reached if html]
    assert len(found) >= min(wanted, most), f"{page.url}: {len(found)} of {wanted} reached by Tab"
    return found


# --- without a mouse: every control is walked to by Tab, and nothing is focused or filled by script

ON_IT = "all => all.includes(document.activeElement)"
RING = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"
IN_CONTENT = "() => !!document.activeElement?.closest('main')"


def to_content(page: Any) -> None:
    """Past the menu by the skip link, as the first stop of the page; the focus is left where the page itself has put it."""
    if not page.evaluate(IN_CONTENT):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Đến nội dung", page.url
        page.keyboard.press("Enter")


def tab_to(page: Any, selector: str, *, most: int = 60, back: bool = False) -> None:
    """Press Tab (Shift+Tab) until the focus is on what the selector finds, and can be seen there."""
    wanted = page.locator(selector)
    if wanted.evaluate_all(ON_IT):
        return
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if wanted.evaluate_all(ON_IT):
            assert page.evaluate(RING), f"{page.url}: focus cannot be seen on {selector}"
            return
    raise AssertionError(f"{page.url}: {selector} is not reached by {most} presses of Tab")


def press(page: Any, selector: str, key: str = "Enter", **walk: Any) -> None:
    """Walk to a control and use it."""
    tab_to(page, selector, **walk)
    page.keyboard.press(key)


def go(page: Any, selector: str, **walk: Any) -> None:
    """Walk to a control that opens another page, use it, and wait for that page."""
    tab_to(page, selector, **walk)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state("load")


def write(page: Any, selector: str, text: str, **walk: Any) -> None:
    """Walk to a field and type over what stands in it."""
    tab_to(page, selector, **walk)
    page.keyboard.press("Control+a")
    page.keyboard.type(text) if text else page.keyboard.press("Delete")


def choose(page: Any, selector: str, label: str, **walk: Any) -> None:
    """Walk to a list of choices and step down to the one so named."""
    tab_to(page, selector, **walk)
    page.keyboard.press("Home")
    for _ in range(page.evaluate("document.activeElement.options.length")):
        if page.evaluate("document.activeElement.selectedOptions[0].text.trim()") == label:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{page.url}: {selector} has no choice “{label}”")


def pick_file(page: Any, selector: str, path: Any, **walk: Any) -> None:
    """Walk to a file field, open its dialogue by the space bar, and name the file there."""
    with page.expect_file_chooser() as chosen:  # around the walk too: the browser needs a moment until it hands the dialogue over
        tab_to(page, selector, **walk)
        page.keyboard.press("Space")
    chosen.value.set_files(str(path))


def open_menu(page: Any, *labels: str) -> None:
    """From the overview by the menu, as every journey begins: the subject, then the page of it where it has several."""
    page.goto("/")
    for label in labels:
        go(page, f"nav.menu a:text-is('{label}'):not([aria-current])")
    to_content(page)


def sign_in_by_keyboard(page: Any, login: str, password: str) -> None:
    """The name stands under the focus when the page opens."""
    page.goto("/")
    write(page, "#id_login", login)
    write(page, "#id_password", password)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.menu", state="attached")


def words(page: Any) -> str:
    """What the page says, as one line."""
    return " ".join(page.locator("main").inner_text().split())


def click(page: Any, selector: str) -> None:
    """A click that leads to another page."""
    with page.expect_navigation():
        page.locator(selector).first.click()
