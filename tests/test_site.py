"""The built site: its words are the text of record, no link is broken, and claims say the same everywhere."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from opedcheck.citations import version_of
from opedcheck.dates import in_words
from opedcheck.records import VERDICTS
from opedcheck.register import load
from project import ROOT, TODAY, pages_of

RECORD = (ROOT / "docs" / "data" / "op-ed.txt").read_text(encoding="utf-8").split("\n")
REGISTER = load(ROOT, TODAY)
# The paragraphs of each part, by its name.
PARTS = {
    part: [block.id for block in page.blocks if block.kind == "paragraph" and block.id]
    for part, page in REGISTER.parts.items()
}


@cache
def parsed(file: Path) -> BeautifulSoup:
    """Parse a page of the built site."""
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(file: Path) -> set[str]:
    """Return the ids of a page of the built site."""
    return {str(tag["id"]) for tag in parsed(file).select("[id]")}


def article(site: Path, address: str) -> Tag:
    """Return a page's article."""
    found = parsed(site / address / "index.html").select_one("article")
    assert found is not None
    return found


def classes(tag: Tag) -> set[str]:
    """Return a tag's classes."""
    return set(tag.get_attribute_list("class"))


def words_of(paragraph: Tag) -> str:
    """Return a paragraph's words as a reader sees them, without the references to its notes."""
    references = [reference.get_text() for reference in paragraph.select("sup")]
    text = "".join(
        str(string) for string in paragraph.strings if not any(parent.name == "sup" for parent in string.parents)
    )
    assert len(references) == len(paragraph.select(".claim"))
    return " ".join(text.split())


def test_the_parts_have_every_paragraph_in_order() -> None:
    assert len(PARTS) == 6
    assert [name for names in PARTS.values() for name in names] == REGISTER.names
    assert REGISTER.lines_of_record == RECORD


OURS = {"kicker", "carried", "report"}  # paragraphs of a part that are not the op-ed's


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_the_words_of_the_text_of_record_and_no_other(site: Path, part: str) -> None:
    page = article(site, f"op-ed/{part}")
    paragraphs = [tag for tag in page.find_all("p", recursive=False) if not {*classes(tag)} & OURS]
    assert [tag["id"] for tag in paragraphs] == PARTS[part]
    assert [words_of(tag) for tag in paragraphs] == [REGISTER.recorded(name) for name in PARTS[part]]
    kicker = page.find("p")
    assert isinstance(kicker, Tag)
    number = [*PARTS].index(part) + 1
    assert kicker.get_text() == f"Part {number} of 6 · So Channtha’s op-ed of 2 January 2024 · Cite"
    others = {tag.name for tag in page.find_all(recursive=False)} - {"p", "div", "aside"}
    assert others == {"h1", "h2"}
    # Anything that is not the op-ed's comes after it, under its own heading.
    assert [heading["id"] for heading in page.find_all("h2")] == ["checked"]
    assert page.select("#checked ~ p[id]") == []


def test_the_whole_op_ed_has_the_words_of_the_text_of_record(site: Path) -> None:
    paragraphs = article(site, "op-ed/whole").select("p[id]")
    assert [words_of(tag) for tag in paragraphs] == RECORD


def test_home_and_end_say_who_when_and_where(site: Path) -> None:
    home, end = article(site, "").select_one("p.dateline"), article(site, "op-ed/conclusion").select_one("p#byline")
    assert home is not None
    assert end is not None
    assert words_of(end) == RECORD[-1]
    assert " ".join(home.get_text().split()) == "An op-ed by So Channtha, Phnom Penh, 2 January 2024"
    for address in ("", "op-ed/conclusion", "op-ed/whole", "about/method"):
        text = " ".join(article(site, address).get_text().split())
        assert "The text was handed to this project as it is." in text
        assert "from its date to the beginning of paragraph 7, with the copy that Asia News Network carries" in text
        assert "do not know the op-ed’s original title or which newspaper published it first" in text


def test_the_ground_on_which_the_words_are_quoted_is_said_once(site: Path) -> None:
    said = [file for file in pages_of(site) if "criticism and review" in parsed(file).get_text()]
    assert said == [site / "about/method/index.html"]
    for name in ("README.md", "LICENSE", "mkdocs.yml"):
        text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
        assert re.search(r"not (ours|the editors' )\s?to license", text), name
        assert "newspaper" not in text.partition("Licence" if name == "README.md" else "copyright")[2], name


# --- the home page ---------------------------------------------------------------------------------------------------


def test_the_first_screen_says_what_the_site_is_of_what_and_what_was_found(site: Path) -> None:
    home = article(site, "")
    tags = home.find_all(["p", "h1", "ul", "h2"], recursive=False)
    assert [tag.name for tag in tags[:5]] == ["p", "h1", "p", "ul", "h2"]
    assert [heading["id"] for heading in home.find_all("h2")] == ["coverage", "most", "use", "parts", "text"]
    edition = f"{version_of(ROOT)} of {in_words(REGISTER.newest_day)}"
    assert tags[0].get_text() == f"Fact-check · {len(REGISTER.claims)} claims · version {edition}"
    assert "dateline" in classes(tags[2])
    assert [link["href"] for link in tags[2].select("a")] == ["claims/author-bio/"]


def test_each_sentence_of_the_summary_leads_to_claims_of_which_it_is_true(site: Path) -> None:
    verdicts = [
        [
            REGISTER.claims[match[1]].fields.text("verdict")
            for link in item.select("a")
            if (match := re.match(r"claims/([\w-]+)/", str(link["href"])))
        ]
        for item in article(site, "").select("ul")[0].select("li")
    ]
    holds, contradicted, unverified = map(set, verdicts)
    assert holds <= {"supported", "partly-supported"}
    assert (contradicted, unverified) == ({"contradicted"}, {"unverified"})
    count = Counter(claim.fields.text("verdict") for claim in REGISTER.claims.values())
    assert len(verdicts[1]) == count["contradicted"]
    assert count["supported"] + count["partly-supported"] > (len(REGISTER.claims) - count["opinion"]) / 2  # "most"


def test_every_contradicted_claim_is_a_pair_of_the_op_eds_words_and_the_finding(site: Path) -> None:
    found = {}
    for item in article(site, "").select(".pairs + ul > li"):
        link, words, record = item.select_one("p a"), item.select_one("blockquote"), item.select_one("p.record")
        assert link is not None
        assert words is not None
        assert record is not None
        place = words.select_one("a.label")
        assert place is not None
        claim = str(link["href"]).split("/")[1]
        assert str(place["href"]).endswith(f"/#{claim}")
        found[claim] = [" ".join(each.get_text().split()) for each in (words, record)]
    assert found == {
        name: [f"The op-ed says {claim.quote}", f"The record says {claim.finding}"]
        for name, claim in REGISTER.claims.items()
        if claim.verdict == VERDICTS["contradicted"]
    }


def test_the_numbers_of_the_home_page_add_up(site: Path) -> None:
    home = article(site, "")
    counts = [int(item.get_text().rpartition(": ")[2]) for item in home.select(".coverage + ul > li")]
    text = " ".join(home.get_text().split())
    told = re.search(r"Of the (\d+) claims, (\d+) are statements of fact.*The other (\d+) are opinion", text)
    assert told is not None
    claims, facts, opinions = map(int, told.groups())
    assert (sum(counts), facts + opinions) == (facts, claims)
    assert claims == len(REGISTER.claims)
    sentences = re.search(r"left out. Of its (\d+), .*?, (\d+) contain .*?, (\d+) are opinion only and (\d+) are", text)
    assert sentences is not None
    total, *kinds = map(int, sentences.groups())
    assert sum(kinds) == total


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    lost = []
    # The 404 page has absolute links.
    for file in sorted(site.rglob("index.html")):
        for tag in parsed(file).select("[href], [src]"):
            address = str(tag.get("href") or tag.get("src"))
            parts = urlsplit(address)
            if parts.scheme or address.startswith("//") or tag.has_attr("data-md-component"):
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                lost.append(f"{file.relative_to(site)}: {address}")
            elif parts.fragment and target.suffix == ".html":
                fragment = unquote(parts.fragment)
                if fragment not in ids(target) and not fragment.startswith("__"):
                    lost.append(f"{file.relative_to(site)}: {address}")
    assert lost == []


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    loading = "script[src], link[rel=stylesheet], link[rel=preconnect], link[rel=icon], img[src], iframe, source, video"
    for file in [*pages_of(site), site / "404.html"]:
        for tag in parsed(file).select(loading):
            address = str(tag.get("src") or tag.get("href"))
            assert not urlsplit(address).netloc, f"{file.relative_to(site)}: {address}"


@pytest.mark.parametrize("name", sorted(REGISTER.claims))
def test_mark_note_page_and_register_say_the_same(site: Path, name: str) -> None:
    claim = REGISTER.claims[name]
    assert claim.verdict is not None
    text = article(site, f"op-ed/{claim.part}")
    mark, note = text.find(id=name), text.find(id=f"fn:{name}")
    assert isinstance(mark, Tag)
    assert isinstance(note, Tag)
    assert " ".join(mark.get_text().split()) == claim.quote
    assert {"claim", claim.verdict.id} <= classes(mark)
    verdict = claim.verdict.name
    assert f"{verdict}. {claim.finding}" in " ".join(note.get_text().split())
    assert note.find("a", href=f"../../claims/{name}/") is not None
    page = " ".join(article(site, f"claims/{name}").get_text().split())
    for words in (claim.title, claim.quote, verdict, claim.finding):
        assert words in page
    register = article(site, "claims").find("a", href=f"{name}/")
    assert isinstance(register, Tag)
    row = register.find_parent("tr")
    assert row is not None
    assert claim.finding in " ".join(row.get_text().split())
    assert verdict in row.get_text()


def test_claims_are_listed_and_follow_each_other_in_the_order_of_the_op_ed_with_their_verdicts(site: Path) -> None:
    claims = list(REGISTER.claims.values())
    for before, claim, after in zip([None, *claims], claims, [*claims[1:], None], strict=False):
        page = parsed(site / claim.page.address / "index.html")
        links = page.select(".md-sidebar--primary a[data-verdict]")
        listed = [(" ".join(link.get_text().split()), str(link["data-verdict"])) for link in links]
        assert listed == [(one.title, one.verdict.name) for one in claims if one.verdict], claim.id
        for way, neighbour in (("prev", before), ("next", after)):
            label = page.select_one(f".md-footer__link--{way} .md-ellipsis")
            assert label is not None
            assert neighbour is None or label.get_text().strip() == neighbour.title


def test_a_claims_page_has_its_sections_in_one_order_and_a_long_record_as_dated_points() -> None:
    order = ["says", "why", "beyond", "record", "not-known"]
    for claim in REGISTER.claims.values():
        found = [heading.id for heading in claim.page.headings]
        assert found == [name for name in order if name in found], claim.id
        points = re.findall("^\\S.*", claim.page.section_text("record"), re.MULTILINE)
        if len(list(claim.page.sentences("record"))) > 6:
            assert [one for one in points if not re.match(r"- \*\*(?:[^*:]*\d{4}|Undated):\*\* ", one)] == [], claim.id


def test_the_votes_can_be_downloaded_as_data(site: Path) -> None:
    links = [str(link["href"]) for link in article(site, "evidence/votes").select("a[href$='.csv']")]
    names = ["country-votes.csv", "resolutions.csv", "readings.csv"]
    assert links == [f"../../data/{name}" for name in names]
    assert (site / "data/resolutions.csv").is_file()  # which is made from the readings
    for name in ("country-votes.csv", "readings.csv"):
        assert (site / "data" / name).read_bytes() == (ROOT / "docs/data" / name).read_bytes()


def test_the_text_of_record_is_served_byte_for_byte(site: Path) -> None:
    assert (site / "data" / "op-ed.txt").read_bytes() == (ROOT / "docs" / "data" / "op-ed.txt").read_bytes()


def test_search_knows_every_page_but_the_reading_copy(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {document["location"].partition("#")[0] for document in index["docs"]}
    assert {f"claims/{claim}/" for claim in REGISTER.claims} | {f"op-ed/{part}/" for part in PARTS} <= found
    assert "op-ed/whole/" not in found


def test_every_page_has_a_description_of_its_own(site: Path) -> None:
    seen: dict[str, str] = {}
    for file in pages_of(site):
        tag = parsed(file).select_one("meta[name=description]")
        assert tag is not None, file
        description = str(tag["content"])
        assert description not in seen, f"{file.relative_to(site)} and {seen.get(description)}"
        seen[description] = str(file.relative_to(site))


def test_only_pages_with_charts_tables_or_verdicts_load_the_styles_of_these(site: Path) -> None:
    for file in pages_of(site):
        html = parsed(file)
        used = html.select("article :is(table, figure, form.filter, .coverage, p.verdict)") != []
        assert (html.select("link[href$='assets/evidence.css']") != []) == used, file


def test_a_reader_view_takes_no_section_of_a_page_for_its_frame(site: Path) -> None:
    """Mozilla's Readability drops an element whose id has one of these words."""
    frame = re.compile("banner|comment|extra|footer|header|legend|menu|related|remark|sidebar|social|sponsor")
    for file in pages_of(site):
        for heading in article(site, file.parent.relative_to(site).as_posix()).select("h2, h3"):
            assert not frame.search(str(heading.get("id"))), (file, heading)
