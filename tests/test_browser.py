"""The site in a real browser, published with its headers and as the offline copy: search, notes and pages work.

There must be no errors, no violations of the content policy, and no requests to other hosts.
"""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import uncomplaining
from copies import Copy, serve, window
from project import LIGHTHOUSE


def test_every_page_opens_from_a_disk_without_a_complaint(browser: Browser, unpacked: Path) -> None:
    files = sorted(file for file in unpacked.rglob("*.html") if "data-moved" not in file.read_text(encoding="utf-8"))
    assert len(files) > 20
    with uncomplaining(browser, unpacked.as_uri()) as page:
        for file in files:
            page.goto(file.as_uri())
            assert page.locator("article h1").first.is_visible(), file


def test_a_script_from_elsewhere_does_not_run(browser: Browser, published: Path) -> None:
    with serve(published) as root, window(browser) as page:
        page.goto(f"{root}/claims/vote-2019/")
        # The policy keeps Playwright from waiting by a function of its own, so the title tells.
        page.evaluate("""() => {
          document.title = ""
          addEventListener("securitypolicyviolation", e => document.title += ` ${e.violatedDirective}`)
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'>")
          document.body.append(Object.assign(document.createElement("script"), { text: "window.ran = 1" }))
        }""")
        # Refused by the policy of the page and by that of the headers.
        expect(page).to_have_title("script-src-attr script-src-attr script-src-elem script-src-elem")
        assert page.evaluate("window.ran") is None


def test_a_phrase_of_the_op_ed_leads_to_its_paragraphs_page(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at(""))
    reader.locator("input[name=query]").press_sequentially("asked states to keep")
    first = reader.locator(".md-search-result__link").first
    expect(first).to_be_visible()
    reader.locator(".md-search-result__link[href*='op-ed/light']").first.click()
    expect(reader).to_have_url(re.compile(re.escape(copy.at("op-ed/light/"))))
    expect(reader.locator("#p2")).to_contain_text("asked states to keep")


def test_enter_in_the_search_sends_nothing_away(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("about/method/"))
    box = reader.locator("input[name=query]")
    box.press_sequentially("zzzz")
    expect(reader.locator(".md-search-result__meta")).to_contain_text("No matching")
    box.press("Enter")
    expect(reader).to_have_url(copy.at("about/method/"))


def test_a_note_leads_to_its_claim_and_back(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("op-ed/light/"))
    reference = reader.locator("sup > a[href='#fn:vote-2019']")
    reference.click()
    note = reader.get_by_role("dialog", name="Note. Contradicted: claim 7")
    expect(note).to_contain_text("118 votes to 12, with 40 abstentions")
    note.get_by_role("link", name="How this was checked").click()
    expect(reader).to_have_url(copy.at("claims/vote-2019/"))
    expect(reader.locator("h1")).to_contain_text("The vote of 2019")
    reader.get_by_role("link", name="the op-ed, paragraph 2").click()
    expect(reader).to_have_url(copy.at("op-ed/light/#vote-2019"))
    expect(reader.locator("#vote-2019")).to_be_in_viewport()


def test_a_note_opens_in_place_on_focus(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("op-ed/light/"))
    reader.locator("sup > a[href='#fn:vote-2019']").focus()
    tip = reader.locator(".note")
    expect(tip).to_contain_text("118 votes to 12, with 40 abstentions")


def test_a_verdict_leads_to_its_definition(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("claims/vote-2019/"))
    reader.get_by_role("article").get_by_role("link", name="Contradicted").click()
    expect(reader).to_have_url(copy.at("about/method/#contradicted"))
    expect(reader.get_by_role("heading", name="Contradicted")).to_be_in_viewport()


def test_the_register_is_filtered(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("claims/"))
    reader.get_by_label("Verdict", exact=True).select_option("Contradicted ✗")
    reader.get_by_label("Part of the op-ed").select_option("light")
    expect(reader.locator("tbody tr:visible")).to_have_count(3)
    reader.get_by_role("button", name="Claim").click()
    expect(reader.locator("th").first).to_have_attribute("aria-sort", "ascending")


def test_who_goes_back_finds_what_the_address_asks_for(page: Page, small: str) -> None:
    page.goto(f"{small}/claims/?verdict=opinion&order=serious")
    page.evaluate("location.hash = 'register'")
    page.get_by_label("Verdict", exact=True).select_option("Contradicted ✗")
    expect(page.locator("tbody tr:visible")).to_have_count(3)
    page.go_back()
    expect(page).to_have_url(f"{small}/claims/?verdict=opinion&order=serious")
    expect(page.get_by_label("Verdict", exact=True)).to_have_value("opinion")
    expect(page.get_by_label("Order")).to_have_value("serious")
    expect(page.locator("tbody tr:visible")).to_have_count(1)


def test_the_contents_mark_the_section_that_was_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/vote-2014/")
    for name in ("Why this verdict", "What the record shows", "What is not known"):
        link = page.locator(".md-sidebar--secondary").get_by_role("link", name=name)
        link.click()
        expect(link).to_have_class(re.compile("md-nav__link--active"))


def test_the_register_is_filtered_on_a_telephone(reader: Page, copy: Copy) -> None:
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto(copy.at("claims/"))
    reader.get_by_label("Verdict", exact=True).select_option("Contradicted ✗")
    expect(reader.locator("tbody tr:visible")).to_have_count(3)


# Each cell's words with their label, and whether the cell's full width is visible.
NAMED = """cells => cells.map(cell => {
  const name = getComputedStyle(cell, "::before").content.replace(/"|none/g, "")
  const { left, right } = cell.getBoundingClientRect()
  return [name + cell.innerText, left >= 0 && right <= innerWidth]
})"""


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_telephone_every_value_of_a_vote_is_in_view_with_its_name(
    browser: Browser, copy: Copy, scripts: bool
) -> None:
    with window(browser, width=360, height=740, java_script_enabled=scripts) as page:
        page.goto(copy.at("evidence/votes/#a-res-74-902"))
        row = page.locator("tr", has=page.locator("#a-res-74-902"))
        shown = row.locator("td").evaluate_all(NAMED)
    assert [words for words, _ in shown[:6]] == [
        "A/RES/74/902", "29\u00a0November\u00a02019", "Yes 118", "No 12", "Abstained 40", "Esteria: yes"
    ]  # fmt: skip
    assert all(within for _, within in shown)


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_two_wordings_stand_word_below_word_and_none_is_out_of_view(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/claims/quote-2014/")
    frame = "w => { const { left, right } = w.getBoundingClientRect(); return [left, right] }"
    pieces = page.locator(".wordings > span")
    assert pieces.count() == 10
    start, end = page.locator("article p.finding").evaluate(frame)
    end = max(end, page.locator(".wordings").first.evaluate(frame)[1])
    for piece in pieces.all():
        above, below = piece.locator("> *").evaluate_all(f"words => words.map({frame})")
        assert above[0] == below[0]
        assert start <= above[0]
        assert max(above[1], below[1]) <= end <= width


def test_an_address_may_ask_for_a_choice_in_the_register(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("claims/") + "?verdict=supported&part=light&other=1")
    expect(reader.get_by_label("Verdict", exact=True)).to_have_value("supported")
    expect(reader.get_by_label("Part of the op-ed")).to_have_value("light")
    chosen = reader.locator("tbody tr:visible")
    assert {row.locator("td").nth(2).inner_text() for row in chosen.all()} == {"✓\u00a0Supported"}


def test_an_address_that_asks_for_an_unknown_choice_shows_every_claim(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at("claims/") + "?verdict=true&part=")
    expect(reader.locator("tbody tr:visible")).to_have_count(len(list((LIGHTHOUSE / "docs/claims").glob("*.md"))) - 2)


def test_the_address_keeps_what_was_chosen_in_the_register(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/")
    page.get_by_label("Verdict", exact=True).select_option("Contradicted ✗")
    expect(page).to_have_url(f"{address}/claims/?verdict=contradicted")
    page.reload()
    expect(page.locator("tbody tr:visible")).to_have_count(4)
    page.get_by_label("Verdict", exact=True).select_option("all")
    expect(page).to_have_url(f"{address}/claims/")


def test_the_colour_scheme_is_kept_from_page_to_page(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at(""))
    reader.get_by_title("Switch to dark").click()
    expect(reader.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    reader.goto(copy.at("claims/vote-2019/"))
    expect(reader.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(reader.locator("html")).to_have_css("color-scheme", "dark")


def test_without_scripts_text_and_notes_are_there(browser: Browser, copy: Copy) -> None:
    with window(browser, java_script_enabled=False) as plain:
        plain.goto(copy.at("op-ed/light/"))
        expect(plain.locator("#p2")).to_contain_text("The resolution adopted on November 29, 2019")
        expect(plain.locator("[id='fn:vote-2019']")).to_contain_text("Contradicted")


# For missing files on a disk the browser shows its own page, so the offline copy can't have a 404 page.
def test_a_lost_address_offers_ways_on(page: Page, address: str) -> None:
    page.goto(f"{address}/404.html")
    expect(page.locator("h1").last).to_have_text("Page not found")
    page.get_by_role("link", name="all claims").click()
    expect(page).to_have_url(f"{address}/claims/")


@pytest.mark.parametrize(
    ("width", "media", "beside"), [(1440, "screen", True), (360, "screen", False), (680, "print", True)]
)
def test_a_pair_is_side_by_side_on_a_wide_window_and_on_paper_and_below_each_other_on_a_telephone(
    browser: Browser, address: str, width: int, media: Literal["screen", "print"], beside: bool
) -> None:
    with window(browser, width=width, height=900, java_script_enabled=False) as page:
        page.emulate_media(media=media)
        page.goto(f"{address}/")
        pairs = page.locator(".pairs + ul > li")
        assert pairs.count() > 0
        for pair in pairs.all():
            words, record = (pair.locator(part).bounding_box() for part in ("blockquote", ".record"))
            assert words is not None
            assert record is not None
            assert record["x"] + record["width"] <= width
            if beside:
                assert abs(words["y"] - record["y"]) < 1
                assert words["x"] + words["width"] <= record["x"]
            else:
                assert words["y"] + words["height"] <= record["y"]
