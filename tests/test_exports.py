"""The downloads say what the register says, in formats that other programs can read."""

import csv
import io
import json
import re
from pathlib import Path

import feedparser
import jsonschema
import pytest
from bs4 import BeautifulSoup

from citations import Site
from claims import VERDICTS, load
from corrections import corrections
from exports import claims_csv, claims_json, exports, llms_txt, sources_json
from feed import atom
from project import ROOT, TODAY, Project
from test_markdown import render

REGISTER = load(ROOT, TODAY)
SITE = Site("An op-ed, checked", "https://op-ed.example/", "1.0.0")
SCHEMA = json.loads((ROOT / "docs/data/claims.schema.json").read_text(encoding="utf-8"))
RFC_3339 = re.compile(
    r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)"
)


def test_the_built_site_serves_every_download_and_the_page_of_downloads_links_to_it(site: Path) -> None:
    page = BeautifulSoup((site / "about/downloads/index.html").read_text(encoding="utf-8"), "html.parser")
    linked = {str(link["href"]).removeprefix("../../") for link in page.select("article a[href]")}
    made = exports(REGISTER, Site("An op-ed, checked", "", "1.0.0"))
    assert {
        *made,
        "data/claims.schema.json",
        "data/resolutions.csv",
        "data/readings.csv",
        "data/cambodia-votes.csv",
    } <= linked
    for path, text in made.items():
        assert (site / path).read_text(encoding="utf-8") == text, path


def test_claims_json_is_as_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    tree = json.loads(claims_json(REGISTER, SITE))
    jsonschema.Draft202012Validator(SCHEMA).validate(tree)
    assert {claim["id"] for claim in tree["claims"]} == set(REGISTER.claims)
    assert tree["op_ed"]["compared_with"] == "Asia News Network"
    assert tree["op_ed"]["compared_until"] == "p7"
    vote = next(claim for claim in tree["claims"] if claim["id"] == "vote-2014")
    assert vote["asserts"] == [{"tally": {"resolution": "A/RES/69/188", "yes": 123, "no": 16, "abstain": 51}}]
    assert vote["evidence"][0]["outcome"] == "fails"
    assert vote["history"] == [{"date": "2026-11-23", "verdict": "contradicted", "reason": "first judged"}]
    assert (vote["paragraph"], vote["part"], vote["address"]) == ("p3", "response", "claims/vote-2014/")


@pytest.mark.parametrize(
    ("key", "value"),
    [("verdict", "true"), ("checked", "yesterday"), ("sources", "ap-2011"), ("more", 1), ("title", "")],
)
def test_the_schema_refuses_what_is_no_claim(key: str, value: object) -> None:
    tree = json.loads(claims_json(REGISTER, SITE))
    tree["claims"][0][key] = value
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(tree)


def test_the_schema_knows_the_verdicts_of_the_register() -> None:
    assert set(SCHEMA["$defs"]["verdict"]["enum"]) == set(VERDICTS)


def test_claims_csv_says_the_same_as_claims_json() -> None:
    rows = list(csv.DictReader(io.StringIO(claims_csv(REGISTER)), strict=True))
    for row, claim in zip(rows, json.loads(claims_json(REGISTER, SITE))["claims"], strict=True):
        assert row["sources"].split() == claim["sources"]
        assert {name: row[name] for name in row if name != "sources"} == {
            name: claim[name] for name in row if name != "sources"
        }


def test_sources_json_has_every_source_once() -> None:
    items = json.loads(sources_json(REGISTER))
    assert [item["id"] for item in items] == list(REGISTER.sources)
    assert all(item["title"] and item["type"] and item["URL"] for item in items)


def test_llms_txt_names_every_page_of_op_ed_claims_evidence_and_about() -> None:
    text = llms_txt(REGISTER, SITE)
    assert text.startswith("# An op-ed, checked\n\n> A fact-check of an op-ed of 2 January 2024")
    linked = re.findall(r"^- \[[^\]]+\]\(https://op-ed\.example/([^)]*)\): \S", text, re.MULTILINE)
    assert len(linked) == len(set(linked))
    pages = {page.address for page in REGISTER.pages.values()}
    assert pages - set(linked) == {"", "claims/", "claims/all/", "op-ed/whole/"}


# --- the feed --------------------------------------------------------------------------------------------------------


def test_the_feed_is_well_formed_and_has_a_verdict_of_every_claim() -> None:
    feed = feedparser.parse(atom(REGISTER, SITE))
    assert not feed.bozo
    assert feed.version == "atom10"
    corrected = [f"https://op-ed.example/about/corrections/#{correction.id}" for correction in corrections(REGISTER)]
    assert len(feed.entries) == len(REGISTER.verdicts) + len(corrected)
    assert {entry.link for entry in feed.entries} == {
        *(f"https://op-ed.example/claims/{claim}/" for claim in REGISTER.claims),
        *corrected,
    }
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}
    for dated in [feed.feed, *feed.entries]:
        assert RFC_3339.fullmatch(dated.updated)
        assert dated.updated_parsed
    assert [entry.updated for entry in feed.entries] == sorted((entry.updated for entry in feed.entries), reverse=True)
    assert feed.feed.updated == feed.entries[0].updated


def test_what_identifies_an_entry_does_not_hang_on_the_address_of_the_site() -> None:
    here, elsewhere = (feedparser.parse(atom(REGISTER, site)) for site in (SITE, Site("Other", "", "2")))
    assert not elsewhere.bozo
    assert [entry.id for entry in here.entries] == [entry.id for entry in elsewhere.entries]
    assert here.feed.id == elsewhere.feed.id == "urn:uuid:9f834901-f716-5a48-b661-62a4b3d0652e"
    assert len({entry.id for entry in here.entries}) == len(here.entries)


def test_a_changed_verdict_and_a_correction_are_entries_of_their_own(project: Project) -> None:
    before = {entry.id for entry in feedparser.parse(atom(project.register(), SITE)).entries}
    project.write(
        "data/verdicts.csv", project.read("data/verdicts.csv") + "vote-2014,2026-11-26,unverified,an error of ours\n"
    )
    correction = "## 24 November 2026: the date of the vote { #date-of-the-vote }\n\nIt was *another*; see\nthe page.\n"
    project.write("about/corrections.md", f"{project.read('about/corrections.md')}\n{correction}")
    feed = feedparser.parse(atom(project.register(), SITE))
    assert not feed.bozo
    changed, corrected = (entry for entry in feed.entries if entry.id not in before)
    assert changed.title == "The vote of 18 December 2014: now unverified, was contradicted"
    assert changed.content[0].value.startswith("Unverified: an error of ours. Resolution 69/188 was adopted")
    listed = render(project, "<!-- claims/changes -->").select("tbody tr")
    assert [[cell.get_text() for cell in row.select("td")] for row in listed] == [
        [
            "24\u00a0November\u00a02026",
            "The vote of 18 December 2014",
            "✗\u00a0Contradicted",
            "?\u00a0Unverified",
            "An error of ours.",
        ]
    ]
    assert corrected.title == "Correction: the date of the vote"
    assert corrected.link == "https://op-ed.example/about/corrections/#date-of-the-vote"
    assert corrected.updated == "2026-11-26T00:00:00Z"
    assert corrected.content[0].value == "It was *another*; see the page."
