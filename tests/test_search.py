"""The search finds the right place among the first three links, and no word of the op-ed is missing from it.

`search_queries.txt` has the queries and the places that they must find.
"""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from copies import Copy
from opedcheck.output.search import address, documents, forms
from opedcheck.register import load
from project import ROOT, TODAY, Project

QUERIES = [
    tuple(re.split(" ([-=])> ", line))
    for line in (ROOT / "tests" / "search_queries.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]
# Types each query and gives the addresses of the first links that are shown for it. Before each the box is emptied, and
# what is shown for nothing waited for: so what is shown next belongs to the query.
SHOWN = """async queries => {
  const box = document.querySelector("input[name=query]"), told = document.querySelector(".md-search-result__meta")
  const type = async (words, holds) => {
    box.value = words
    box.dispatchEvent(new InputEvent("input", { bubbles: true }))  // without a key, as what is pasted or spoken
    for (const end = Date.now() + 30000; !holds(told.textContent);) {
      if (Date.now() > end) throw new Error(`no answer to '${words}' but '${told.textContent.trim()}'`)
      await new Promise(done => setTimeout(done))
    }
  }
  const shown = []
  for (const query of queries) {
    await type("", text => text.includes("Type to start"))
    await type(query, text => text.includes("matching"))
    const links = [...document.querySelectorAll(".md-search-result__link")].filter(link => link.checkVisibility())
    shown.push(links.slice(0, 3).map(link => link.href.replace(/\\?[^#]*/, "")))
  }
  return shown
}"""


def missed(page: Page, queries: list[tuple[str, str, str]]) -> list[str]:
    """Type queries on an open page, and return those for which the place is not among the first links, or the first."""
    page.get_by_role("textbox", name="Search").click()
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type to start")
    found = page.evaluate(SHOWN, [query for query, *_ in queries])
    return [
        f"{query} -> {wanted}, but: {', '.join(links)}"
        for (query, how, wanted), links in zip(queries, found, strict=True)
        if wanted not in (links[:1] if how == "=" else links)
    ]


def test_what_readers_type_leads_to_the_right_place(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    assert len(QUERIES) >= 45
    assert missed(page, [(query, how, f"{address}/{wanted}") for query, how, wanted in QUERIES]) == []


def test_so_it_does_from_a_server_and_from_a_disk(reader: Page, copy: Copy) -> None:
    queries = {
        "keep their lights": "op-ed/light/#p2",
        "A/RES/74/902": "evidence/votes/#a-res-74-902",
        "vote 2019": "claims/vote-2019/",
        "contradicted": "about/method/#contradicted",
        "Port Hale Press": "evidence/sources/#log",
        "lihgts": "op-ed/light/#p2",
    }
    reader.goto(copy.at(""))
    assert missed(reader, [(query, "-", copy.at(wanted)) for query, wanted in queries.items()]) == []


def test_signs_change_nothing_and_whole_words_come_first(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("textbox", name="Search").click()
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type to start")
    for plain, odd in [
        ("vote", "vote:"),
        ("A/RES/69/188", "A/RES/69/188:"),
        ("vote", "-vote"),
        ("vote", "vote~ * ^ \\"),
    ]:
        found, same = page.evaluate(SHOWN, [plain, odd])
        assert len(found) == 3
        assert same == found, odd
    assert page.evaluate(SHOWN, ["Hun Sen"])[0][0] == f"{address}/claims/increasingly-close/"


def test_a_word_of_which_a_letter_is_wrong_is_not_called_missing_and_the_right_one_is_marked(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/")
    page.get_by_role("textbox", name="Search").fill("embasy")
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(r"/claims/embassy-2014/\?h=embassy$"))
    expect(first).not_to_contain_text("Missing")
    page.keyboard.press("Enter")
    expect(page.locator("article mark").first).to_have_text(re.compile("^embassy$", re.IGNORECASE))


def test_an_address_without_words_to_mark_does_not_say_so(page: Page, small: str) -> None:
    page.goto(f"{small}/claims/?h=&verdict=contradicted")
    expect(page).to_have_url(f"{small}/claims/?verdict=contradicted")


def test_a_result_lands_on_its_paragraph(reader: Page, copy: Copy) -> None:
    reader.goto(copy.at(""))
    reader.get_by_role("textbox", name="Search").click()
    reader.get_by_role("textbox", name="Search").press_sequentially("keep their lights")
    reader.locator(".md-search-result__link").first.click()
    reader.wait_for_url("**/op-ed/light**")
    assert reader.evaluate("""async () => {
      for (const end = Date.now() + 30000; Date.now() < end; await new Promise(done => setTimeout(done))) {
        const { top } = p2.getBoundingClientRect()
        if (top > 40 && top < 700) return true
      }
    }""")


def test_every_paragraph_is_in_the_index_once_and_every_place_exists(site: Path) -> None:
    built = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    register = load(ROOT, TODAY)
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
        {"location": "claims/vote-2019/#sources", "title": "Sources", "text": "…"},
    ]
    places = [address(doc) for doc in documents(project.register(), built)]
    assert "about/method/" in places
    assert "claims/vote-2019/#sources" not in places
    assert {"op-ed/light/#p2", "claims/vote-2019/", "evidence/votes/#a-res-74-902"} <= set(places)


def test_without_folders_pages_are_files_and_places_keep_their_names(project: Project) -> None:
    built = [{"location": "index.html", "title": "Home", "text": ""}, {"location": "claims/index.html#register"}]
    made = [document["location"] for document in documents(project.register(), built, folders=False)]
    assert {"p2/../op-ed/light.html#p2", "claims/vote-2019.html", "index.html", "claims/index.html#register"} <= {*made}


def test_a_resolution_says_how_states_voted(project: Project) -> None:
    found = {document["location"]: document for document in documents(project.register(), [])}
    told = found["a-res-74-902/../evidence/votes/#a-res-74-902"]["title"]
    assert "Esteria voted in favour." in told
    assert "118–12–40" in told


def test_other_forms_of_words_are_known() -> None:
    assert {"executed", "executing"} <= set(forms("public executions"))
    assert forms("Pyongyang") == []
