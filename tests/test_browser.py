"""The site in a real browser: search, notes and pages work, without an error and without any other host."""

import re

import pytest
from playwright.sync_api import Page, expect

from project import ROOT

pytestmark = pytest.mark.browser

ADDRESSES = ["", *(line.strip()[2:].removesuffix(".md").removesuffix("index").rstrip("/") + "/"
                   for line in (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:")[1].splitlines()
                   if line.strip().endswith(".md") and line.strip()[-8:] != "index.md")]  # fmt: skip


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_opens_without_a_complaint(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    expect(page.locator("article h1")).to_be_visible()


def test_a_phrase_of_the_op_ed_leads_to_its_paragraphs_page(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator("input[name=query]").press_sequentially("uphold the resolutions")
    first = page.locator(".md-search-result__link").first
    expect(first).to_be_visible()
    page.locator(".md-search-result__link[href*='op-ed/response/']").first.click()
    expect(page).to_have_url(re.compile(r"/op-ed/response/"))
    expect(page.locator("#p6")).to_contain_text("uphold the resolutions")


def test_a_note_leads_to_its_claim_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    reference = page.locator("sup > a[href='#fn:vote-2014']")
    reference.click()
    note = page.locator("[id='fn:vote-2014']")
    expect(note).to_contain_text("Resolution 69/188 was adopted by 116 to 20 with 53 abstentions")
    note.get_by_role("link", name="How this was checked").click()
    expect(page).to_have_url(re.compile(r"/claims/vote-2014/$"))
    expect(page.locator("h1")).to_contain_text("The vote of 18 December 2014")
    page.get_by_role("link", name="the op-ed, paragraph 3").click()
    expect(page).to_have_url(re.compile(r"/op-ed/response/#vote-2014$"))
    expect(page.locator("#vote-2014")).to_be_in_viewport()


def test_a_note_opens_in_place_on_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    page.locator("sup > a[href='#fn:vote-2014']").focus()
    tip = page.locator(".md-tooltip2--active, .md-tooltip2[role=dialog]").first
    expect(tip).to_contain_text("116 to 20 with 53 abstentions")


def test_a_verdict_leads_to_its_definition(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/vote-2014/")
    page.get_by_role("link", name="Contradicted").first.click()
    expect(page).to_have_url(re.compile(r"/about/method/#contradicted$"))
    expect(page.get_by_role("heading", name="Contradicted")).to_be_in_viewport()


def test_without_scripts_text_and_notes_are_there(page: Page, address: str) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/op-ed/response/")
    expect(plain.locator("#p3")).to_contain_text("The resolution adopted on December 18, 2014")
    expect(plain.locator("[id='fn:vote-2014']")).to_contain_text("Contradicted")
    context.close()


def test_a_lost_address_offers_ways_on(page: Page, address: str) -> None:
    page.goto(f"{address}/404.html")
    expect(page.locator("h1").last).to_have_text("This address leads nowhere")
    page.get_by_role("link", name="every claim").click()
    expect(page).to_have_url(f"{address}/claims/")
