"""What readers' browsers may do otherwise: block site data, and where notes stand."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from copies import window
from project import ROOT, article_of, pages_of

# Chromium's headless shell reads no preferences: there both storages are made to throw, as they do where blocked.
BLOCKED = """for (const name of ["localStorage", "sessionStorage"]) {
  const get = () => { throw new DOMException("Access is denied for this document.", "SecurityError") }
  try { if (window[name]) Object.defineProperty(window, name, { configurable: true, get }) } catch { /* blocked */ }
}"""


@pytest.fixture
def forgetful(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open a page in a browser that blocks all site data."""
    chosen = tmp_path / "Default" / "Preferences"
    chosen.parent.mkdir()
    chosen.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}), encoding="utf-8")
    with browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=os.environ["BROWSER_PATH"], chromium_sandbox=False, color_scheme="light"
    ) as window:
        opened = window.new_page()
        opened.add_init_script(BLOCKED)
        complaints: list[str] = []
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
        assert complaints == []


def test_where_site_data_is_blocked_notes_search_and_colours_work(forgetful: Page, address: str) -> None:
    forgetful.goto(f"{address}/op-ed/response/")
    assert forgetful.evaluate("Object.getOwnPropertyDescriptor(window, 'localStorage').get") is None
    forgetful.get_by_role("button", name="Switch to dark").click()
    expect(forgetful.locator("body")).to_have_css("color-scheme", "dark")
    forgetful.locator("#vote-2014 + sup a").hover()
    expect(forgetful.get_by_role("dialog", name="Note. Contradicted: claim 11")).to_be_visible()
    forgetful.get_by_role("textbox", name="Search").fill("embassy")
    expect(forgetful.locator(".md-search-result__link").first).to_be_visible()
    forgetful.reload()
    expect(forgetful.locator("body")).to_have_css("color-scheme", "light")


# For the claim whose note is open: how many of its lines the note covers.
COVERED = """note => [...document.querySelector(".claim.open").getClientRects()].filter(line => {
  const { left, right, top, bottom } = note.getBoundingClientRect()
  return line.left < right && line.right > left && line.top < bottom && line.bottom > top
}).length"""


@pytest.mark.parametrize(
    ("path", "width"), [("situation", 360), ("situation", 1440), ("response", 768), ("response", 1024)]
)
def test_a_note_covers_none_of_its_claims_lines_and_is_in_view(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{address}/op-ed/{path}/")
    claims = page.locator("p > .claim")
    assert claims.count() > 3
    note = page.locator(".note")
    for claim in claims.all():
        claim.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        claim.click()
        expect(note).to_be_in_viewport(ratio=1)
        assert note.evaluate(COVERED) == 0
        assert abs(page.evaluate("scrollY") - before) <= 1  # a browser may round
        if width >= 1024:
            box, text = note.bounding_box(), claim.locator("xpath=..").bounding_box()
            assert box is not None
            assert text is not None
            assert box["x"] >= text["x"] + text["width"]
        note.get_by_role("button", name="Close").click()
        expect(note).to_be_hidden()


def test_a_note_opens_by_pointing_and_closes_when_the_pointer_leaves_it(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.locator("#vote-2014").hover()
    note = page.get_by_role("dialog", name="Note. Contradicted: claim 11")
    expect(note).to_be_visible()
    note.get_by_text("How this was checked").hover()
    page.wait_for_timeout(400)
    expect(note).to_be_visible()
    page.locator("#p6").hover(position={"x": 4, "y": 4})
    expect(note).to_be_hidden()
    page.locator("#vote-2014").click()
    page.locator("#p6").hover(position={"x": 4, "y": 4})
    page.wait_for_timeout(400)
    expect(note).to_be_visible()
    page.locator("h1").click()
    expect(note).to_be_hidden()
    expect(page).to_have_url(f"{address}/op-ed/response/")


def test_a_note_that_closes_leaves_the_focus_where_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.locator("#vote-2014").click()
    note = page.locator(".note")
    note.get_by_role("button", name="Close").click()
    expect(note).to_be_hidden()
    assert page.evaluate("document.activeElement === document.body")
    number = page.locator("#vote-2014 + sup a")
    number.focus()
    page.get_by_role("button", name="Close").press("Enter")
    expect(note).to_be_hidden()
    expect(number).to_be_focused()


def test_a_copied_paragraph_is_the_op_eds_words_alone(browser: Browser, address: str) -> None:
    with window(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}/op-ed/response/")
        page.evaluate("getSelection().selectAllChildren(document.getElementById('p3'))")
        page.keyboard.press("Control+c")
        copied = page.evaluate("navigator.clipboard.readText()").split()
        text = (ROOT / "docs/data/op-ed.txt").read_text(encoding="utf-8").splitlines()
        assert copied == next(line for line in text if "called for Pyongyang to cease" in line).split()


ODD = {
    "op-ed/light/": ["#%", "#%E0%A4%A", '#"', "#\\", "#p2:~:text=a%", "?h=%", "?h=(", "?h=\\"],
    "claims/": ["#%", "?q=%", "?q=[", "?verdict=%&part=%"],
}


def test_odd_addresses_throw_nothing(page: Page, small: str) -> None:
    for path, ends in ODD.items():
        for odd in ends:
            page.goto("about:blank")
            page.goto(f"{small}/{path}{odd}")
            assert page.locator("h1").first.is_visible()


def test_what_was_searched_for_leaves_the_address_with_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/?h=resolution#p3")
    expect(page.locator("article mark").first).to_be_visible()
    page.get_by_role("link", name="Claims").first.click()
    page.wait_for_url(f"{address}/claims/")
    page.go_back()
    page.wait_for_url(f"{address}/op-ed/response/#p3")


def test_a_printed_register_names_its_filter(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/?verdict=contradicted&part=response")
    named = page.get_by_text("Verdict: Contradicted ✗; Part of the op-ed: Response. 2 claims of 36.")
    expect(named).to_be_hidden()
    page.emulate_media(media="print")
    expect(named).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show all").click()
    page.emulate_media(media="print")
    expect(page.locator("form.filter + .print")).to_have_text("")


def test_a_reader_view_which_has_no_style_sheets_leaves_out_what_needs_them_and_the_citations(
    lighthouse: Path,
) -> None:
    """Mozilla's Readability drops what is `hidden`, and every `aside`."""
    for file in pages_of(lighthouse):
        page = article_of(file)
        assert page.select("span.print:not([hidden])") == [], file
        assert page.select(".cite") == page.select("aside.cite"), file
        drawn = page.select(".wordings:not([hidden]), figure:not([hidden]), a[href='#citation']:not([hidden] *)")
        assert drawn == [], file


def test_no_page_is_fetched_before_it_is_asked_for(site: Path) -> None:
    for path in ("index.html", "op-ed/response/index.html"):
        assert 'rel="next"' not in (site / path).read_text(encoding="utf-8")


def test_what_is_added_on_paper_is_read_at_its_own_element(page: Page, address: str) -> None:
    """Firefox and WebKit resolve no `attr()` in a custom property."""
    page.goto(f"{address}/op-ed/whole/")
    page.emulate_media(media="print")
    before = "e => [e.dataset.siteTitle, e.dataset.siteAddress, getComputedStyle(e, '::before').content]"
    edition = page.locator(".edition").first.evaluate(before)
    assert edition[:2] == ["An op-ed, checked", ""]
    assert "An op-ed, checked" in edition[2]
    assert page.locator(".short").count() >= 36
    assert page.locator(".short:not([data-site-address])").count() == 0
    rules = (ROOT / "docs/assets/print.css").read_text(encoding="utf-8")
    read = set(re.findall(r"var\((--(?:site|page)-[\w-]+)\)", re.sub(r"@page \{.*?\n\}", "", rules, flags=re.S)))
    assert read == set()
