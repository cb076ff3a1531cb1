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

from copies import ADDRESS
from opedcheck.citations import Site
from opedcheck.output.downloads import atom, downloads
from opedcheck.output.hooks import updated
from opedcheck.records import VERDICTS
from opedcheck.register import load
from project import LIGHTHOUSE, ROOT, TODAY, Project
from test_markdown import render

REGISTER = load(LIGHTHOUSE, TODAY)
SITE = Site("The light at Cape Orrin, checked", "https://op-ed.example/", "1.0.0")
MADE = downloads(REGISTER, SITE)
SCHEMA = json.loads((ROOT / "docs/data/claims.schema.json").read_text(encoding="utf-8"))
RFC_3339 = re.compile(
    r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)"
)


def test_the_built_site_serves_every_download_and_the_page_of_downloads_links_to_it(site: Path) -> None:
    page = BeautifulSoup((site / "about/downloads/index.html").read_text(encoding="utf-8"), "html.parser")
    linked = {str(link["href"]).removeprefix("../../") for link in page.select("article a[href]")}
    made = downloads(load(ROOT, TODAY), Site("An op-ed, checked", "", "1.0.0"))
    assert {*made, "data/claims.schema.json", "data/readings.csv", "data/country-votes.csv"} <= linked
    for path, text in made.items():
        assert (site / path).read_text(encoding="utf-8") == text, path


def test_claims_json_is_as_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    tree = json.loads(MADE["data/claims.json"])
    jsonschema.Draft202012Validator(SCHEMA).validate(tree)
    assert {claim["id"] for claim in tree["claims"]} == set(REGISTER.claims)
    assert tree["op_ed"]["compared_with"] == "Harbour Post"
    assert tree["op_ed"]["compared_until"] == "p3"
    vote = next(claim for claim in tree["claims"] if claim["id"] == "vote-2019")
    assert vote["asserts"] == [{"tally": {"resolution": "A/RES/74/902", "yes": 120, "no": 10, "abstain": 40}}]
    assert vote["evidence"][0]["outcome"] == "fails"
    assert vote["history"] == [{"date": "2021-06-01", "verdict": "contradicted", "reason": "first judged"}]
    assert (vote["paragraph"], vote["part"], vote["address"]) == ("p2", "light", "claims/vote-2019/")
    assert (vote["checked"], vote["recheck"]) == ("2021-06-01", "2022-06-01")


def test_the_claims_of_the_site_are_as_the_schema_says() -> None:
    tree = json.loads(downloads(load(ROOT, TODAY), SITE)["data/claims.json"])
    jsonschema.Draft202012Validator(SCHEMA).validate(tree)
    assert len(tree["claims"]) > 30


def test_both_projects_have_the_same_schema() -> None:
    made_up = (LIGHTHOUSE / "docs/data/claims.schema.json").read_text(encoding="utf-8")
    assert json.loads(made_up) == SCHEMA


RESOLUTIONS = "body,symbol,date,yes,no,abstain,adoption,{},standing,sources,note"


def test_the_resolutions_are_made_from_their_readings() -> None:
    """The file was written by hand once, and keeps its columns."""
    header, *rows = MADE["data/resolutions.csv"].removeprefix("\ufeff").splitlines()
    assert header == RESOLUTIONS.format("esteria")
    assert rows == [
        "GA,A/RES/73/901,2018-12-05,120,10,40,recorded-vote,yes,confirmed,un-votes gazette-2018,"
        "The Orrin Gazette counted a vote that was cast after the count.",
        "GA,A/RES/74/902,2019-11-29,118,12,40,recorded-vote,yes,confirmed,un-votes gazette-2019,",
        "GA,A/RES/75/903,2020-12-04,,,,without-vote,,confirmed,un-votes,",
        "HRC,A/HRC/RES/40/904,2019-03-22,,,,without-vote,,reported,gazette-march-2019,",
    ]


def test_the_resolutions_of_the_site_have_the_header_that_they_always_had() -> None:
    made = downloads(load(ROOT, TODAY), SITE)["data/resolutions.csv"]
    assert made.partition("\n")[0].removeprefix("\ufeff") == RESOLUTIONS.format("cambodia")
    assert len(made.splitlines()) > 30


@pytest.mark.parametrize(
    ("key", "value"),
    [("verdict", "true"), ("checked", "yesterday"), ("sources", "gazette-2019"), ("more", 1), ("title", "")],
)
def test_the_schema_refuses_what_is_no_claim(key: str, value: object) -> None:
    tree = json.loads(MADE["data/claims.json"])
    tree["claims"][0][key] = value
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(tree)


def test_the_schema_knows_the_verdicts_of_the_register() -> None:
    assert set(SCHEMA["$defs"]["verdict"]["enum"]) == set(VERDICTS)


def test_claims_csv_says_the_same_as_claims_json() -> None:
    rows = list(csv.DictReader(io.StringIO(MADE["data/claims.csv"].removeprefix("\ufeff")), strict=True))
    for row, claim in zip(rows, json.loads(MADE["data/claims.json"])["claims"], strict=True):
        assert row["sources"].split() == claim["sources"]
        assert {name: row[name] for name in row if name != "sources"} == {
            name: claim[name] for name in row if name != "sources"
        }


def test_csv_opens_in_spreadsheet_programs_with_its_quotes_and_runs_no_formula(project: Project, site: Path) -> None:
    files = list((site / "data").glob("*.csv"))
    assert len(files) == 8
    for file in files:  # without the mark Excel takes UTF-8 for an older encoding
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), file
        rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines(), strict=True)
        assert [field for row in rows for field in row if field.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    formulas = ("=1+1", "+1", "-1", '"@SUM(1)"', r'"\t=1+1"', r'"a\r=1+1"')
    names = ("convention", "finest", "lit-1887", "log-words", "sanctions", "ships-pass")
    for name, formula in zip(names, formulas, strict=True):
        text = project.read(f"claims/{name}.md")
        project.write(f"claims/{name}.md", text.replace(text.split("\n")[1], f"title: {formula}", 1))
    made = downloads(project.register(), SITE)["data/claims.csv"]
    titles = [line.split(",")[1] for line in made.splitlines()]
    assert {"'=1+1", "'+1", "'-1", "'@SUM(1)", "a =1+1"} <= {*titles}
    assert not {"=1+1", "+1", "-1", "@SUM(1)"} & {*titles}


def test_sources_json_has_every_source_once() -> None:
    items = json.loads(MADE["data/sources.json"])
    assert [item["id"] for item in items] == list(REGISTER.sources)
    assert all(item["title"] and item["type"] and item["URL"] for item in items)


def test_no_resolution_or_hearing_is_cited_as_the_law_of_one_country() -> None:
    kinds = {item["id"]: item["type"] for item in json.loads(MADE["data/sources.json"])}
    assert kinds["s-res-9901"] == "report"


def test_llms_txt_names_every_page_of_op_ed_claims_evidence_and_about() -> None:
    text = MADE["llms.txt"]
    assert text.startswith("# The light at Cape Orrin, checked\n\n> A made-up op-ed of 4 May 2021")
    linked = re.findall(r"^- \[[^\]]+\]\(https://op-ed\.example/([^)]*)\): \S", text, re.MULTILINE)
    assert len(linked) == len(set(linked))
    pages = {page.address for page in REGISTER.pages.values()}
    assert pages - set(linked) == {"", "claims/", "claims/all/", "op-ed/short/", "op-ed/whole/"}


def test_llms_txt_does_without_a_home_page(project: Project) -> None:
    (project.root / "docs/index.md").unlink()
    made = downloads(project.register(), Site("The light", "https://op-ed.example/"))
    assert made["llms.txt"].startswith("# The light\n\n")


def test_the_copy_compared_with_is_named_whatever_its_type(project: Project) -> None:
    project.edit("data/sources.yml", "  compared-with: ", "  compared-with: log # ")
    made = downloads(project.register(), Site("The light"))
    assert json.loads(made["data/claims.json"])["op_ed"]["compared_with"] == "Port Hale Press"


# --- the feed --------------------------------------------------------------------------------------------------------


def test_the_feed_is_well_formed_and_has_a_verdict_of_every_claim() -> None:
    feed = feedparser.parse(atom(REGISTER, SITE))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.author == f"The editors of {SITE.name}"
    assert feedparser.parse(atom(REGISTER, SITE._replace(publisher="Hale Press"))).feed.author == "Hale Press"
    corrected = [f"https://op-ed.example/about/corrections/#{correction.id}" for correction in REGISTER.corrections]
    assert len(feed.entries) == len(REGISTER.tables["verdicts"]) + len(corrected)
    assert {entry.link for entry in feed.entries} == {
        *(f"https://op-ed.example/claims/{claim}/" for claim in REGISTER.claims),
        *corrected,
    }
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}
    for dated in [feed.feed, *feed.entries]:
        assert RFC_3339.fullmatch(dated.updated)
        assert dated.updated_parsed
    assert [entry.updated for entry in feed.entries] == sorted((entry.updated for entry in feed.entries), reverse=True)
    assert (feed.feed.subtitle, feed.feed.updated) == ("Version 1.0.0 of 2 June 2021", "2021-06-02T00:00:00Z")


def test_what_identifies_an_entry_does_not_hang_on_the_address_of_the_site() -> None:
    other = Site("Other", "https://other.example/", "2")
    here, elsewhere = (feedparser.parse(atom(REGISTER, site)) for site in (SITE, other))
    assert not elsewhere.bozo
    assert [entry.id for entry in here.entries] == [entry.id for entry in elsewhere.entries]
    assert here.feed.id == elsewhere.feed.id == "urn:uuid:9f834901-f716-5a48-b661-62a4b3d0652e"
    assert len({entry.id for entry in here.entries}) == len(here.entries)
    assert all(entry.link.startswith(other.address) for entry in [elsewhere.feed, *elsewhere.entries])


def test_a_site_without_an_address_has_no_feed_and_no_link_to_one(
    lighthouse: Path, lighthouse_addressed: Path, site: Path
) -> None:
    for folder, expected in ((lighthouse, False), (site, False), (lighthouse_addressed, True)):
        assert (folder / "feed.xml").is_file() == expected
        for file in folder.rglob("*.html"):
            html = file.read_text(encoding="utf-8")
            # A feed finder compares the attribute, and does not split it into words.
            linked = html.count('<link rel="alternate" type="application/atom+xml"')
            assert linked == (expected and "data-moved" not in html), file
            assert expected or not re.search('href="[^"]*feed.xml', html), file


def test_the_sitemap_has_the_day_of_each_page(project: Project, lighthouse_addressed: Path) -> None:
    sitemap = (lighthouse_addressed / "sitemap.xml").read_text(encoding="utf-8")
    told = dict(re.findall(rf"<loc>{ADDRESS}(.*)</loc>\s*<lastmod>(.*)</lastmod>", sitemap))
    assert told == {page.address: updated(page, REGISTER) for page in REGISTER.pages.values()}
    assert (told["about/corrections/"], told["claims/finest/"]) == ("2021-06-02", "2021-06-01")
    project.edit("claims/vote-2019.md", "checked: 2021-06-01", "checked: 2021-06-03")
    project.edit("data/verdicts.csv", "finest,2021-06-01", "finest,2021-05-30")
    project.edit("claims/finest.md", "checked: 2021-06-01", "checked: 2021-05-30")
    register = project.register()
    days = {page.address: updated(page, register) for page in register.pages.values()}
    assert (days["claims/finest/"], days["claims/vote-2019/"]) == ("2021-05-30", "2021-06-03")
    assert (days["op-ed/light/"], days["op-ed/keepers/"], days["claims/"]) == ("2021-06-03", "2021-06-01", "2021-06-03")


def test_a_changed_verdict_and_a_correction_are_entries_of_their_own(project: Project) -> None:
    before = {entry.id for entry in feedparser.parse(atom(project.register(), SITE)).entries}
    ledger = project.read("data/verdicts.csv")
    project.write("data/verdicts.csv", f"{ledger}vote-2019,2021-06-03,unverified,,an error of ours\n")
    correction = "## The date of the vote (2 June 2021) { #date-of-the-vote }\n\nIt was *another*; see\nthe page.\n"
    project.write("about/corrections.md", f"{project.read('about/corrections.md')}\n{correction}")
    feed = feedparser.parse(atom(project.register(), SITE))
    assert not feed.bozo
    changed, corrected = (entry for entry in feed.entries if entry.id not in before)
    assert changed.title == "The vote of 2019: now unverified, was contradicted"
    assert changed.content[0].value.startswith("Unverified: an error of ours. Resolution 74/902 passed")
    listed = render(project, "<!-- claims/changes -->").select("li")
    assert [item.get_text().replace("\u00a0", " ") for item in listed] == [
        "3 June 2021: The vote of 2019, now ? Unverified, was ✗ Contradicted. An error of ours.",
        "1 June 2021: The words of the log, now ✗ Contradicted, was ? Unverified. The log itself was read.",
    ]
    assert corrected.title == "Correction: The date of the vote"
    assert corrected.link == "https://op-ed.example/about/corrections/#date-of-the-vote"
    assert corrected.updated == "2021-06-02T00:00:00Z"
    assert corrected.content[0].value == "It was *another*; see the page."
