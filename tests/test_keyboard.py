"""By keyboard: everything can be reached, and the focus is visible."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from copies import window


def focused(page: Page) -> str:
    """Return a short description of the focused element."""
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


# The focused element, and whether it is visible: inside the window, not covered, and with an outline.
STOP = """() => {
  const stop = document.activeElement
  if (stop === document.body) return null
  const { left, top, width, height } = stop.getClientRects()[0] ?? stop.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const drawn = document.elementFromPoint(x, y)
  const within = width > 1 && height > 1 && drawn && (stop.contains(drawn) || drawn.contains(stop))
  return [stop.outerHTML.slice(0, 120), Boolean(within) && getComputedStyle(stop).outlineStyle !== "none"]
}"""


@pytest.mark.parametrize(
    ("path", "width", "key"),
    [
        ("", 360, "Tab"), ("op-ed/light/", 360, "Tab"), ("op-ed/light/", 1440, "Tab"), ("claims/", 1440, "Tab"),
        ("evidence/timeline/", 360, "Tab"), ("op-ed/light/", 1440, "Shift+Tab"), ("claims/log-words/", 360, "Shift+Tab")
    ],
)  # fmt: skip
def test_wherever_the_keyboard_leads_the_focus_is_in_view(
    browser: Browser, small: str, path: str, width: int, key: str
) -> None:
    """Forwards from the head of the page, and backwards from its foot."""
    with window(browser, width=width, height=600) as page:
        page.goto(f"{small}/{path}")
        if key == "Shift+Tab":
            page.locator("footer a").last.focus()
        stops: list[tuple[str, bool]] = []
        while len(stops) < 400:
            page.keyboard.press(key)
            stop = page.evaluate(STOP)
            if stop and not stop[1]:  # what slides or scrolls into view, or a note that closes, takes its time
                try:
                    stop = page.wait_for_function(f"(s => (!s || s[1]) && [s])(({STOP})())").json_value()[0]
                except Error:
                    stops.append(stop)
                    break
            if stop is None:
                break
            stops.append(stop)
    assert 20 < len(stops) < 400
    assert [name for name, seen in stops if not seen] == []


def test_the_menu_above_a_page_a_little_scrolled_is_seen_when_it_has_the_focus(page: Page, address: str) -> None:
    """There the theme hides it."""
    page.goto(f"{address}/op-ed/response/")
    page.evaluate("scrollTo(0, 86)")
    expect(page.locator(".md-tabs")).to_have_attribute("hidden", "")
    page.locator("input[name=query]").focus()
    page.keyboard.press("Tab")
    assert focused(page).endswith("Home")
    page.wait_for_function(f"({STOP})()?.[1]")


def test_tab_leads_through_the_results_of_the_search_and_then_to_the_page(page: Page, small: str) -> None:
    page.goto(f"{small}/")
    page.locator("input[name=query]").fill("PORT HALE")
    results = page.locator(":is(.md-search-result__link, .md-search-result summary):visible")
    expect(results.nth(1)).to_be_visible()
    for number in range(results.count()):
        page.keyboard.press("Tab")
        expect(results.nth(number)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(results.nth(results.count() - 2)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page).endswith("Home")
    page.keyboard.press("Shift+Tab")
    assert "Search" in focused(page)


def test_escape_leads_from_the_search_back_to_where_the_keyboard_came_from(page: Page, small: str) -> None:
    page.goto(f"{small}/")
    while "Search" not in focused(page):
        before = focused(page)
        page.keyboard.press("Tab")
    page.locator("input[name=query]").fill("lighthouse")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert focused(page) == before
    expect(page.locator("#__search")).not_to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    assert focused(page) == before


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_on_a_narrow_screen_the_menu_is_opened_by_keyboard_and_escape_closes_it(
    browser: Browser, address: str, key: str
) -> None:
    with window(browser, width=360, height=740) as page:
        page.goto(f"{address}/claims/vote-2014/")
        link = page.locator(".md-sidebar--primary").get_by_role("link", name="Home")
        button = page.get_by_role("button", name="Navigation")
        expect(link).to_be_hidden()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(button).to_be_focused()
        page.keyboard.press(key)
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(link).to_be_in_viewport(ratio=1)
        verdict = page.locator(".md-sidebar--primary").get_by_role("link", name="Contradicted The vote of 18 December")
        expect(verdict).to_be_visible()
        menu, title = page.locator(".md-sidebar--primary").bounding_box(), page.locator("h1").bounding_box()
        assert menu is not None
        assert title is not None
        assert 0 < menu["y"] + menu["height"] <= title["y"] < 740 - title["height"]  # the page makes room for the menu
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")
        page.keyboard.press(key)
        expect(link).to_be_in_viewport(ratio=1)
        button.focus()
        page.keyboard.press(key)  # as software does that focuses a button before pressing it
        expect(link).to_be_hidden()


def test_on_a_narrow_screen_tab_leads_from_the_menus_button_into_it_and_back(browser: Browser, small: str) -> None:
    with window(browser, width=360, height=740) as page:
        page.goto(f"{small}/claims/")
        button = page.get_by_role("button", name="Navigation")
        button.press("Enter")
        home = page.locator(".md-sidebar--primary").get_by_role("link", name="Home")
        expect(home).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        expect(home).to_be_focused()


def test_in_a_small_window_a_note_begins_with_its_verdict_and_leaves_its_number_in_view(
    browser: Browser, address: str
) -> None:
    with window(browser, width=320, height=256) as page:
        page.goto(f"{address}/op-ed/opportunity/")
        for number in page.locator("a.footnote-ref").all():
            number.focus()
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            seen, note = number.bounding_box(), page.locator(".note").bounding_box()
            assert seen is not None
            assert note is not None
            # A browser may say that a mouse is there, by which the note is above or below the claim.
            assert seen["y"] + seen["height"] <= note["y"] or note["y"] + note["height"] <= seen["y"], number
            assert 48 <= seen["y"] < 256 - seen["height"], number
            words = page.locator(".note > div")
            assert words.evaluate("e => e.scrollTop") == 0
            words.get_by_role("link").last.focus()


@pytest.mark.parametrize("path", ["", "claims/vote-2019/"])
def test_in_the_open_menu_every_link_is_reached_and_seen(browser: Browser, small: str, path: str) -> None:
    with window(browser, width=360, height=740) as page:
        page.goto(f"{small}/{path}")
        button = page.get_by_role("button", name="Navigation")
        button.press("Enter")
        links = page.locator(".md-sidebar--primary").get_by_role("link").count()
        stops: list[tuple[str, bool]] = []
        while len(stops) <= links and page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null"):
            stops.append(page.evaluate(STOP))
            page.keyboard.press("Tab")
        expect(button).to_have_attribute("aria-expanded", "false")
    assert links >= 8
    assert len(stops) == links
    assert [name for name, seen in stops if not seen] == []


def test_without_scripts_the_menu_comes_when_it_has_the_focus(browser: Browser, address: str) -> None:
    with window(browser, width=360, height=740, java_script_enabled=False) as page:
        page.goto(f"{address}/claims/vote-2014/")
        link = page.locator(".md-sidebar--primary").get_by_role("link", name="Home")
        expect(link).not_to_be_in_viewport()
        link.focus()
        expect(link).to_be_in_viewport(ratio=1)


def test_a_single_letter_leads_nowhere(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.evaluate("navigation.addEventListener('navigate', () => window.left = true)")
    for key in "pnsf,./":
        page.keyboard.press(key)
        page.evaluate("new Promise(done => requestIdleCallback(done, { timeout: 1000 }))")
        assert page.evaluate("[window.left, document.activeElement === document.body]") == [None, True]
    expect(page).to_have_url(f"{address}/op-ed/response/")


def test_tab_leads_through_the_links_of_an_open_note_and_escape_closes_it(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    number = page.locator("#vote-2014 + sup a")
    number.focus()
    note = page.locator(".note")
    expect(note).to_be_visible()
    links = note.get_by_role("link").all_inner_texts()
    assert links[-1] == "How this was checked"
    for link in links:
        page.keyboard.press("Tab")
        assert focused(page).endswith(f" {link}")
        expect(note).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert focused(page).endswith(f" {links[-2]}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Close"
    page.keyboard.press("Tab")
    assert focused(page) == "Link to the claim “The words in quotation marks”"
    expect(note).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Contradicted: claim 11"
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(number).to_be_focused()
    expect(number).to_have_attribute("aria-expanded", "false")
    number.hover()
    expect(note).to_be_visible()
    expect(number).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("Tab")
    assert focused(page) == "Link to the claim “The words in quotation marks”"


def test_escape_closes_a_note_that_is_only_pointed_at(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.locator("#vote-2014 + sup a").hover()
    note = page.locator(".note")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_switch_of_colours_is_a_button_that_keeps_the_focus(
    browser: Browser, address: str, scheme: Literal["light", "dark"], other: str, key: str
) -> None:
    with window(browser, media={"color_scheme": scheme}) as page:
        page.goto(f"{address}/about/method/")
        page.get_by_role("button", name=f"Switch to {other}").press(key)
        expect(page.locator("body")).to_have_css("color-scheme", other)
        expect(page.get_by_role("button", name=f"Switch to {scheme}")).to_be_focused()
        page.keyboard.press(key)
        expect(page.locator("body")).to_have_css("color-scheme", scheme)


def test_back_to_top_takes_the_focus_along(page: Page, address: str) -> None:
    page.goto(f"{address}/evidence/timeline/")
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 1000")
    page.mouse.wheel(0, -300)  # the button comes where a reader turns back
    page.get_by_role("button", name="Back to top").press("Enter")
    expect(page.locator("h1")).to_be_focused()
    page.wait_for_function("scrollY === 0")
