"""Access: axe-core finds nothing on any page, in both schemes and at both ends of width; what it can't see is tried."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# WCAG 2.2 at level AA and all before it, and axe's own best practices.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = {"narrow": 360, "wide": 1440}


def addresses(site: Path) -> list[str]:
    """Give every page's address below the root."""
    return sorted(file.parent.relative_to(site).as_posix() + "/" for file in site.rglob("index.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_page(browser: Browser, site: Path, address: str, width: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = []
    for path in [*addresses(site), "404.html"]:
        page.goto(f"{address}/{path.removeprefix('./')}")
        page.add_script_tag(path=AXE)
        for violation in page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]:
            nodes = [node["html"][:150] + " — " + node["failureSummary"][:300] for node in violation["nodes"][:2]]
            found.append(f"{path}: {violation['id']} ({len(violation['nodes'])}): {nodes}")
    context.close()
    assert len(addresses(site)) > 40
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("width", [320, 640])
def test_every_page_fits_a_narrow_window(browser: Browser, site: Path, address: str, width: int) -> None:
    """At four times and twice the size on a screen of 1280, nothing is wider than the window but what scrolls."""
    context = browser.new_context(viewport={"width": width, "height": 512})
    page = context.new_page()
    wide = []
    for path in addresses(site):
        page.goto(f"{address}/{path.removeprefix('./')}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    context.close()
    assert wide == []


def focused(page: Page) -> str:
    """Give what has the focus, in short."""
    told = "e => e.getAttribute('aria-label') || e.className + ' ' + (e.textContent || '').trim().slice(0, 40)"
    return str(page.evaluate(f"({told})(document.activeElement)"))


def test_by_keyboard_the_text_is_two_steps_away_and_the_focus_is_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.keyboard.press("Tab")
    assert "Skip to content" in focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_with_reduced_motion_nothing_moves(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/op-ed/response/")
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    assert page.evaluate(f"{moving}.length") == 0
    context.close()


def test_in_forced_colours_a_claim_is_still_marked(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/op-ed/response/")
    mark = page.locator("#vote-2014")
    assert mark.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    assert mark.evaluate("e => getComputedStyle(e).textDecorationStyle") == "double"
    context.close()


def test_on_touch_a_tap_opens_the_note_in_place(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/op-ed/response/")
    page.locator("#vote-2014 + sup a").tap()
    note = page.locator(".md-tooltip2--active")
    note.get_by_text("123–16–51 was the vote on resolution 66/174").wait_for()
    assert page.url == f"{address}/op-ed/response/"
    assert page.evaluate("scrollY") == 0
    context.close()


def test_the_register_is_filtered_and_sorted_in_place(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/")
    rows = page.locator("tbody tr:visible")
    assert rows.count() == 36
    page.get_by_label("Verdict", exact=True).select_option("✗\u00a0Contradicted")
    assert rows.count() == 4
    assert page.get_by_role("status").inner_text() == "4 claims"
    page.get_by_label("Part of the op-ed").select_option("response")
    assert rows.locator("td:first-child").all_inner_texts() == [
        "The vote of 18 December 2014",
        "The words in quotation marks",
    ]
    page.get_by_role("button", name="Claim").click()
    page.get_by_role("button", name="Claim").click()
    assert rows.locator("td:first-child").all_inner_texts() == [
        "The words in quotation marks",
        "The vote of 18 December 2014",
    ]
    assert page.locator("th").first.get_attribute("aria-sort") == "descending"


def test_nothing_is_stored_but_the_colour_scheme(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.goto(f"{address}/op-ed/response/")
    page.goto(f"{address}/claims/")
    keys = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert keys == ["/.__palette"]
    assert page.evaluate("document.cookie") == ""
