"""What every page is held to in a real browser: no barrier, no request to another machine, and everything by keyboard."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Rows of one table are alike: the first ones are looked at, so that a page of hundreds takes a moment.
FEW = "document.querySelectorAll('tbody tr:nth-child(n+7), .unit-tree li:nth-child(n+9)').forEach(row => row.remove())"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HERE = {"127.0.0.1", "localhost"}


def barriers(page: Any) -> list[str]:
    """What axe-core finds: rule, place and reason. Its text is evaluated, so the page's own policy need not be loosened."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    page.evaluate(FEW)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
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


def press_on(page: Any, selector: str, key: str = "Enter") -> None:
    """Use a control as who has no mouse: put the focus there by keyboard's own means and press the key."""
    page.locator(selector).first.focus()
    page.keyboard.press(key)
