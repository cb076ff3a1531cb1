"""The search finds the right place among the first three links, and no word of the op-ed is missing from it.

`search_queries.txt` has the queries and the places that they must find.
"""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from copies import Copy
from project import ROOT, Project
from search_index import address, documents
from word_forms import forms

QUERIES = [
    tuple(line.rsplit(" -> ", 1))
    for line in (ROOT / "tests" / "search_queries.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]
FIRST = 3


def shown(page: Page, query: str) -> list[str]:
    """Type a query and return the targets of the first links."""
    box = page.get_by_role("textbox", name="Search")
    box.fill(query)
    box.press("End")  # the theme searches when a key is released
    page.wait_for_timeout(150)
    links = page.locator(".md-search-result__link:visible").evaluate_all("links => links.map(link => link.href)")
    return [re.sub(r"\?[^#]*", "", link) for link in links[:FIRST]]


def test_what_readers_type_leads_to_the_right_place(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at(""))
    reader.get_by_role("textbox", name="Search").click()
    expect(reader.locator(".md-search-result__meta")).to_contain_text("Type to start")
    missed = []
    for query, wanted in QUERIES:
        found = shown(reader, query)
        if copy.at(wanted) not in found:
            missed.append(f"{query} -> {wanted}, but: {', '.join(found)}")
    assert len(QUERIES) >= 45
    assert missed == [], "\n".join(missed)


def test_a_result_lands_on_its_paragraph(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at(""))
    reader.get_by_role("textbox", name="Search").click()
    reader.get_by_role("textbox", name="Search").press_sequentially("verifiable progress")
    reader.locator(".md-search-result__link").first.click()
    reader.wait_for_url("**/op-ed/response**")
    top = reader.locator("#p5").evaluate("e => e.getBoundingClientRect().top")
    assert 40 < top < 700


def test_every_paragraph_is_in_the_index_once_and_every_place_exists(site: Path, project: Project) -> None:
    built = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    register = project.register()
    for block in register.paragraphs():
        holding = [doc for doc in built if doc["location"].endswith(f"#{block.id}") and doc.get("forms")]
        assert len(holding) == 1, block.id
    for doc in built:
        place, _, name = address(doc).partition("#")
        html = (site / place / "index.html").read_text(encoding="utf-8")
        assert not name or f'id="{name}"' in html or f'id="{name.lower()}"' in html, doc["location"]


def test_documents_that_the_theme_built_stay_unless_they_repeat(project: Project) -> None:
    built = [
        {"location": "about/method/", "title": "Method", "text": "How"},
        {"location": "claims/vote-2014/#sources", "title": "Sources", "text": "…"},
    ]
    places = [address(doc) for doc in documents(project.register(), built)]
    assert "about/method/" in places
    assert "claims/vote-2014/#sources" not in places
    assert {"op-ed/response/#p3", "claims/vote-2014/", "evidence/votes/#a-res-69-188"} <= set(places)


def test_other_forms_of_words_are_known() -> None:
    assert {"executed", "executing"} <= set(forms("public executions"))
    assert forms("Pyongyang") == []
