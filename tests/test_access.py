"""Accessibility: axe-core finds nothing on any page, in both schemes, wide and narrow; further tests by hand."""

import re
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from copies import window
from project import LIGHTHOUSE, ROOT, addresses_of, one_of_each_kind

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# WCAG 2.2 at level AA and all before it, axe's own best practices, and its experimental rules.
RULES: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}  # fmt: skip
# In the dark nothing but the colours differs, and on a narrow window all else.
OF_COLOUR = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOUR}, "preload": False}
LAYOUT = RULES | {"rules": {rule: {"enabled": False} for rule in OF_COLOUR}}
# The theme's names.
SCHEMES = {"light": "default", "dark": "slate"}
# Each page's looks, one after the other: the window's width, the colour scheme, and what axe is to look for. What
# there is on a narrow window alone has the colours of what there is on a wide one; the last two looks are for --long.
LOOKS: list[tuple[int, str, object]] = [
    (1440, "light", RULES), (1440, "dark", COLOURS), (360, "light", LAYOUT), (360, "light", COLOURS),
    (360, "dark", COLOURS),
]  # fmt: skip
# Leaves two of those neighbours that have the same shape, which is elements and classes: axe takes long for long pages.
TWO_OF_EACH_SHAPE = """() => {
  const shape = e => `${e.localName}.${e.getAttribute("class")}(${[...e.children].map(shape)})`
  for (const parent of document.querySelectorAll("article, ul, ol, tbody")) {
    const seen = {}
    for (const child of [...parent.children]) {
      const kind = shape(child)
      seen[kind] = (seen[kind] ?? 0) + 1
      if (seen[kind] > 2) child.remove()
    }
  }
}"""


def test_the_made_up_op_ed_has_every_kind_of_page_and_block() -> None:
    """So what does not depend on the words is tried on it."""
    directives = re.compile(r"<!-- ([a-z]+/[a-z-]+)")
    pages = [
        {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.md")}
        for root in (ROOT / "docs", LIGHTHOUSE / "docs")
    ]
    real, made_up = ({name for text in found.values() for name in directives.findall(text)} for found in pages)
    assert real - made_up == set()
    same = {name for name in pages[0] if not name.startswith(("claims/", "op-ed/"))} - {"about/publish.md"}
    assert same <= pages[1].keys()


@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing_on_any_page(browser: Browser, request: pytest.FixtureRequest, half: int, long: bool) -> None:
    """Look at a page of each kind of the made-up op-ed without repetitions; if `long`, at all of every page here."""
    site: Path = request.getfixturevalue("site" if long else "lighthouse")
    address: str = request.getfixturevalue("address" if long else "small")
    paths = [*addresses_of(site), "404.html"] if long else one_of_each_kind(site)
    assert len(paths) >= 12
    found = []
    with window(browser) as page:
        for path in paths[half::2]:
            page.goto(f"{address}/{path}")
            if not long:
                page.evaluate(TWO_OF_EACH_SHAPE)
            page.add_script_tag(path=AXE)
            for width, scheme, rules in LOOKS if long else LOOKS[:-2]:
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", SCHEMES[scheme])
                expect(page.locator("body")).to_have_css("color-scheme", scheme)
                for violation in page.evaluate("options => axe.run(document, options)", rules)["violations"]:
                    nodes = [
                        f"{node['html'][:150]} — {node['failureSummary'][:300]}" for node in violation["nodes"][:2]
                    ]
                    found.append(f"{path} {width} {scheme}: {violation['id']} ({len(violation['nodes'])}): {nodes}")
    assert found == [], "\n".join(found)


def test_read_aloud_everything_has_the_name_that_is_meant(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    expect(page.locator("h1")).to_have_accessible_name("The response of the world")
    number = page.locator("#vote-2014 + sup a")
    expect(number).to_have_accessible_name("Contradicted: claim 11")
    back = page.locator("[id='fn:vote-2014'] .footnote-backref")
    expect(back).to_have_accessible_name("Back to claim 11 in the text")
    number.focus()
    expect(number).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog", name="Note. Contradicted: claim 11")).to_have_count(1)
    page.goto(f"{address}/claims/vote-2014/")
    expect(page.get_by_role("navigation", name="Claims", exact=True)).to_be_visible()
    page.locator("input[name=query]").press_sequentially("embassy")
    expect(page.get_by_role("link", name="The embassy in Pyongyang, “reopened … in 2014”").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="matching documents")).to_be_visible()


def test_with_reduced_motion_nothing_moves(browser: Browser, address: str) -> None:
    with window(browser) as page:
        page.goto(f"{address}/op-ed/response/")
        moving = (
            "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
        )
        assert page.evaluate(f"{moving}.length") == 0


def test_forced_colours_leave_a_claim_its_mark_a_note_its_edge_and_the_current_page_its_line(
    browser: Browser, address: str
) -> None:
    with window(browser, media={"forced_colors": "active"}) as page:
        page.goto(f"{address}/op-ed/response/")
        mark = page.locator("#vote-2014")
        assert mark.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
        assert mark.evaluate("e => getComputedStyle(e).textDecorationStyle") == "double"
        page.locator("#vote-2014 + sup a").focus()
        note = page.locator(".note")
        assert note.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
        current = page.locator(".md-nav__link--active:visible").last
        assert current.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_hide_no_word_that_is_marked(browser: Browser, address: str, scheme: str) -> None:
    with window(browser, media={"forced_colors": "active", "color_scheme": scheme}) as page:
        page.goto(f"{address}/claims/quote-2014/")
        page.locator("input[name=query]").press_sequentially("embassy")
        expect(page.locator(".md-search-result mark").first).to_be_visible()
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for marks in (".wordings mark", ".md-search-result mark"):
            inks = page.locator(marks).evaluate_all("marks => marks.map(mark => getComputedStyle(mark).color)")
            assert len(inks) >= 4
            assert paper not in inks


# For each mark of a claim: whether it overlaps a line of words or the window's edge.
COVERED = """marks => marks.map(mark => {
  const words = document.createRange()
  const { left, right, top, bottom } = mark.getBoundingClientRect()
  const meets = box => box.width && box.left < right && box.right > left && box.top < bottom && box.bottom > top
  const walker = document.createTreeWalker(mark.closest("p"), NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    words.selectNodeContents(text)
    if ([...words.getClientRects()].some(meets)) return mark.getAttribute("aria-label")
  }
  return right > innerWidth ? "beyond the window" : null
}).filter(Boolean)"""


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["op-ed/response/", "op-ed/whole/"])
def test_the_mark_of_a_claims_address_covers_no_words(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/{path}")
    marks = page.locator("p > .claim > .headerlink")
    assert marks.count() >= 6
    assert marks.evaluate_all(COVERED) == []


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("path", ["votes", "timeline"])
def test_a_chart_is_in_view_from_side_to_side_and_its_words_can_be_read(
    page: Page, address: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/evidence/{path}/")
    parts = page.locator("figure svg :is(text, rect, circle)")
    boxes = parts.evaluate_all("parts => parts.map(part => part.getBoundingClientRect().toJSON())")
    assert len(boxes) > 40
    assert all(box["left"] >= 0 and box["right"] <= width for box in boxes)
    sizes = page.locator("figure svg text").evaluate_all("e => e.map(t => parseFloat(getComputedStyle(t).fontSize))")
    assert min(sizes) >= 12
    targets = page.locator("figure svg a circle").evaluate_all("e => e.map(c => c.getBoundingClientRect().height)")
    assert all(height >= 24 for height in targets)


def test_the_register_is_filtered_and_sorted_in_place(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/")
    rows = page.locator("tbody tr:visible")
    expect(rows).to_have_count(36)
    page.get_by_label("Verdict", exact=True).select_option("Contradicted ✗")
    expect(rows).to_have_count(4)
    expect(page.get_by_role("status")).to_have_text("4 claims")
    page.get_by_label("Part of the op-ed").select_option("response")
    titles = rows.locator("td:first-child a")
    expect(titles).to_have_text(["The vote of 18 December 2014", "The words in quotation marks"])
    page.get_by_role("button", name="Claim").click()
    page.get_by_role("button", name="Claim").click()
    expect(titles).to_have_text(["The words in quotation marks", "The vote of 18 December 2014"])
    expect(page.locator("th").first).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_label("Order").locator("option:checked")).to_have_text("by a column")
    page.get_by_label("Part of the op-ed").select_option("all")
    page.get_by_label("Verdict", exact=True).select_option("all")
    page.get_by_label("Order").select_option("most serious first")
    expect(page).to_have_url(f"{address}/claims/?order=serious")
    verdicts = list(dict.fromkeys(rows.locator("td:nth-child(3)").all_inner_texts()))
    assert [name[2:] for name in verdicts] == [
        "Contradicted", "Partly supported", "Unverified", "Supported", "Opinion"
    ]  # fmt: skip
    assert page.locator("th[aria-sort]").count() == 0
    page.get_by_label("Order").select_option("as in the op-ed")
    numbers = titles.evaluate_all("links => links.map(link => Number(link.dataset.claimNumber))")
    assert numbers == list(range(1, 37))


def test_the_sources_are_filtered_by_words_and_by_group_and_named_on_paper(page: Page, address: str) -> None:
    page.goto(f"{address}/evidence/sources/?words=2009++yonhap")
    names, count = page.locator("h3:not([hidden])"), page.get_by_role("status")
    expect(names).to_have_text(["Yonhap 2009a", "Yonhap 2009b"])
    expect(page.locator("h2:not([hidden])")).to_have_text(["Press"])
    page.get_by_label("Group").select_option("Other pages")
    expect(count).to_have_text("No sources match")
    page.get_by_label("Words").fill("wikipedia")
    expect(count).to_have_text("2 sources")
    expect(page.locator("form.filter + p.print")).to_have_text(
        "Words: wikipedia; Group: Other pages. 2 sources of 179."
    )
    page.evaluate("location.hash = 'yonhap-2009'")  # which the filter hides
    expect(page.locator("#yonhap-2009")).to_be_in_viewport()
    expect(count).to_have_text("179 sources")


def test_on_a_telephone_the_words_of_the_timeline_come_before_its_circles(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/evidence/timeline/")
    top = "e => e.getBoundingClientRect().top"
    assert page.locator("ol > li").last.evaluate(top) < page.locator("circle").first.evaluate(top)
    page.set_viewport_size({"width": 1280, "height": 740})
    assert page.locator("article ol").evaluate(top) == pytest.approx(page.locator("figure").evaluate(top), abs=30)


def test_a_choice_of_nothing_says_so_and_leads_back(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/?verdict=contradicted&part=situation")
    rows = page.locator("tbody tr:visible")
    expect(rows).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("No claims match")
    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(36)
    expect(page).to_have_url(f"{address}/claims/")
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_the_number_of_claims_with_a_verdict_leads_to_them(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator(".coverage + ul a[href$='?verdict=contradicted']").click()
    expect(page).to_have_url(f"{address}/claims/?verdict=contradicted")
    expect(page.locator("tbody tr:visible")).to_have_count(4)


def test_with_letters_of_twice_the_size_nothing_leaves_a_telephone(browser: Browser, address: str) -> None:
    wide = []
    with window(browser, width=360, height=740) as page:
        sizes = page.context.new_cdp_session(page)
        sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        for path in ["", "op-ed/response/", "claims/vote-2014/", "claims/", "evidence/votes/", "evidence/timeline/"]:
            page.goto(f"{address}/{path}")
            assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)") > 25
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)
        sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    assert wide == []


def test_nothing_is_stored_but_the_colour_scheme(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.goto(f"{address}/op-ed/response/")
    page.goto(f"{address}/claims/")
    keys = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert keys == ["/.__palette"]
    assert page.evaluate("document.cookie") == ""
