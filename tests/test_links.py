"""Links to places: every permalink copies an address that leads back, and selected words can be linked to."""

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from copies import window
from opedcheck.register import load
from project import LIGHTHOUSE, ROOT, TODAY, article_of, pages_of

REGISTER = load(ROOT, TODAY)

# Tries all of the places named, or the first and the last of each kind, from the top and the end of the page in turn.
REACHED = """async ([names, all]) => {
  const header = document.querySelector(".md-header"), faults = [], first = {}, last = {}
  const until = async holds => {
    for (const end = Date.now() + 30000; !holds() && Date.now() < end;) await new Promise(done => setTimeout(done))
    return holds()
  }
  names = names.filter(name => document.querySelector(`a.headerlink[href="#${name}"]`)) // old ids have none
  for (const name of names) {
    const { localName, className } = document.getElementById(name), kind = `${localName}.${className}`
    first[kind] ??= name
    last[kind] = name
  }
  const tried = all ? names : [...new Set([...Object.values(first), ...Object.values(last)])]
  for (const [index, name] of tried.entries()) {
    const place = document.getElementById(name), status = document.querySelector("[aria-live=polite].address-status")
    window.copied = ""
    document.querySelector(`a.headerlink[href="#${name}"]`).click()
    if (!await until(() => window.copied && status.textContent === `Copied: ${window.copied}`))
      faults.push(`${name}: says '${status.textContent}', not ${window.copied}`)
    document.activeElement.blur()
    scrollTo(0, document.documentElement.scrollHeight * (index % 2))
    history.replaceState(null, "", location.pathname)
    location.href = window.copied
    const top = () => place.getClientRects()[0].top
    const inView = () => top() >= header.getBoundingClientRect().bottom && top() < innerHeight
    if (!await until(() => document.activeElement === place && inView()))
      faults.push(`${name}: not in view and focus but at ${top()}, after ${window.copied}`)
  }
  return [tried.length, faults]
}"""


def test_every_place_has_a_mark_with_a_name_but_those_that_are_only_kept(site: Path) -> None:
    """An old id is an element without words: its address still leads there, but is no longer handed out."""
    marks, kept = set(), set()
    for file in pages_of(site):
        page = file.parent.relative_to(site).as_posix().removeprefix(".")
        html = article_of(file)
        for tag in html.select("a.headerlink"):
            assert tag.get_text() == ""  # marks are no words
            assert str(tag["aria-label"]).startswith("Link to ")
            marks.add(f"{page}/{tag['href']}".removeprefix("/"))
        old = [tag["id"] for tag in html.select("span[id]") if not tag.get_text(strip=True)]
        kept |= {f"{page}/#{name}".removeprefix("/") for name in old}
    assert set(filter(None, REGISTER.permalinks)) <= marks | kept
    assert not marks & kept
    assert len(kept) < len(marks) / 8


def test_a_mark_is_named_by_what_it_leads_to(lighthouse: Path) -> None:
    """An event may have the id of a claim."""
    names: dict[str, str] = {}
    for path in ("op-ed/light", "evidence/timeline", "evidence/votes", "evidence/sources"):
        html = article_of(lighthouse / path / "index.html")
        names |= {f"{path}/{tag['href']}": str(tag["aria-label"]) for tag in html.select("a.headerlink")}
    assert {
        "op-ed/light/#p2": "Link to paragraph 2",
        "op-ed/light/#date": "Link to the date",
        "op-ed/light/#lit-1887": "Link to the claim “The first light”",
        "evidence/timeline/#lit-1887": "Link to 1 June 1887",
        "evidence/votes/#a-res-74-902": "Link to A/RES/74/902",
        "evidence/sources/#log": "Link to “Port Hale Press 1899”",
    }.items() <= names.items(), names


def test_a_copied_address_leads_back_to_its_place_in_view_and_focus(
    browser: Browser, request: pytest.FixtureRequest, long: bool
) -> None:
    """On every page of the made-up op-ed every kind of place is tried; if `long`, every place here."""
    address: str = request.getfixturevalue("address" if long else "small")
    places: dict[str, list[str]] = defaultdict(list)
    for permalink in filter(None, (REGISTER if long else load(LIGHTHOUSE, TODAY)).permalinks):
        path, _, name = permalink.partition("#")
        places[path].append(name)
    tried = 0
    faults = []
    with window(browser) as page:
        for path, names in places.items():
            page.goto(f"{address}/{path}")
            page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
            count, found = page.evaluate(REACHED, [names, long])
            tried += count
            faults += [f"{path}: {fault}" for fault in found]
    assert faults == []
    assert tried > 2 * len(places)


def test_a_mark_shows_on_hover_and_focus_and_copies_to_the_clipboard(browser: Browser, address: str) -> None:
    with window(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}/op-ed/response/?h=sought")  # the search terms are not part of the address
        mark = page.get_by_role("link", name="Link to paragraph 3", exact=True)
        shown = "e => getComputedStyle(e).opacity"
        assert mark.evaluate(shown) == "0"
        page.locator("#p3").hover(position={"x": 5, "y": 5})
        expect(mark).to_have_css("opacity", "1")
        page.locator("#p6").hover()
        mark.focus()
        expect(mark).to_have_css("opacity", "1")
        mark.press("Enter")
        expect(page.locator("[aria-live=polite]").filter(has_text="Copied")).to_have_text(
            f"Copied: {address}/op-ed/response/#p3"
        )
        assert page.evaluate("navigator.clipboard.readText()") == f"{address}/op-ed/response/#p3"
        expect(page).to_have_url(f"{address}/op-ed/response/#p3")
        expect(mark).to_be_focused()


def test_on_touch_the_marks_are_there_and_a_tap_on_a_claim_shows_its_own(browser: Browser, address: str) -> None:
    with window(browser, width=390, height=844, has_touch=True, is_mobile=True) as page:
        page.goto(f"{address}/op-ed/response/")
        assert float(page.locator("#p4 > .headerlink").evaluate("e => getComputedStyle(e).opacity")) > 0.5
        page.locator("#vote-2014").tap()
        expect(page.locator("#vote-2014 > .headerlink")).to_have_css("opacity", "1")


def test_without_scripts_the_addresses_lead_to_their_places(browser: Browser, address: str) -> None:
    with window(browser, java_script_enabled=False) as page:
        for place in ("op-ed/conclusion/#p20", "op-ed/whole/#embassy-2014", "claims/vote-2014/#not-known",
                      "evidence/sources/#voeten-unvotes", "evidence/votes/#a-res-69-188",
                      "evidence/timeline/#case-002-02", "about/method/#limits"):  # fmt: skip
            page.goto(f"{address}/{place}")
            expect(page.locator(f"#{place.partition('#')[2]}")).to_be_in_viewport()
        page.goto(f"{address}/op-ed/response/")
        page.get_by_role("link", name="Link to paragraph 6", exact=True).click()
        expect(page).to_have_url(f"{address}/op-ed/response/#p6")


def test_a_year_of_the_chart_leads_to_its_row_whose_mark_shows_wherever_the_row_is_pointed_at(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/evidence/votes/")
    page.locator(".votes-chart rect.yes").nth(7).click(force=True)
    expect(page).to_have_url(f"{address}/evidence/votes/#a-res-66-174")
    row = page.locator("tr", has=page.locator("#a-res-67-181"))
    expect(row.locator(".headerlink")).to_have_css("opacity", "0")
    row.locator("td").nth(1).hover()
    expect(row.locator(".headerlink")).to_have_css("opacity", "0.7")


def test_the_row_arrived_at_keeps_its_colour_under_the_pointer_and_has_none_on_paper(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/evidence/votes/#a-res-69-188")
    row = page.locator("tr", has=page.locator("#a-res-69-188"))
    colour = "row => getComputedStyle(row).backgroundColor"
    arrived = row.evaluate(colour)
    assert arrived != row.locator("+ tr").evaluate(colour)
    row.hover()
    expect(row).to_have_css("background-color", arrived)
    page.emulate_media(media="print")
    expect(row).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_marks_are_not_printed(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.emulate_media(media="print")
    for mark in page.locator("a.headerlink").all():
        expect(mark).to_be_hidden()


SELECT = """([from, start, to, end]) => {
  const node = selector => {
    const texts = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT)
    return texts.nextNode()
  }
  getSelection().setBaseAndExtent(node(from), start, node(to), end)
}"""


@pytest.mark.parametrize(
    ("path", "selected", "expected"),
    [
        ("op-ed/response/", ["#vote-2014", 2, "#vote-2014", 10], "#p3:~:text=majority"),
        # Whole words, across the number of a note, which is not part of the op-ed.
        ("op-ed/response/", ["#adopted-2014", 6, "#quote-2014", 30],
         "#p3:~:text=resolution adopted on December 18, 2014,cease its “systematic, widespread and severe"),
        ("op-ed/whole/", ["#p4", 0, "#p5", 20],
         "#p4:~:text=However, concrete action by member states,Those states should link"),
    ],
    ids=["a word", "over a note", "over two paragraphs"],
)  # fmt: skip
def test_selected_words_are_linked_to(
    browser: Browser, address: str, path: str, selected: list[object], expected: str
) -> None:
    with window(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}/{path}?h=sought")
        page.evaluate(SELECT, selected)
        page.get_by_role("button", name="Copy a link to these words").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        fragment = copied.removeprefix(f"{address}/{path}")
        # If the words occur twice, the words before them are added.
        assert unquote(re.sub(r"text=[^,]*-,", "text=", fragment)) == expected
        elsewhere = page.context.new_page()
        elsewhere.set_viewport_size({"width": 500, "height": 300})
        elsewhere.goto(copied)
        name = expected[1:].partition(":")[0]
        expect(elsewhere.locator(f"#{name}")).to_be_focused()
        expect(elsewhere.locator(str(selected[0]))).to_be_in_viewport()


def test_where_text_fragments_are_unknown_the_paragraph_is_reached(browser: Browser, address: str) -> None:
    """A browser without text fragments leaves the fragment in the address; so does one with them, if it is encoded."""
    with window(browser) as page:
        page.goto(f"{address}/op-ed/whole/#p20%3A~%3Atext=The%20recent%20seminar")
        expect(page.locator("#p20")).to_be_focused()
        expect(page.locator("#p20")).to_be_in_viewport()
        expect(page).to_have_url(f"{address}/op-ed/whole/#p20")
