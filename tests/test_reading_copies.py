"""The complete documents: nothing is missing or repeated, and their links stay within them."""

import re
from collections import Counter

from bs4 import BeautifulSoup

from project import Project
from test_markdown import render

WHOLE = "# Title { #whole }\n\n" + "\n\n".join(
    f"<!-- claims/{name} -->" for name in ("dateline", "carried", "title-page", "summary", "op-ed", "notes", "cited")
)
SHORT = "# Title { #short }\n\n<!-- claims/summary short -->\n\n<!-- claims/op-ed short -->\n\n<!-- claims/notes -->"


def links_within(html: BeautifulSoup) -> set[str]:
    """Return the targets of the links within a document."""
    return {str(link["href"])[1:] for link in html.select("a[href^='#']")}


def ids(html: BeautifulSoup) -> Counter[str]:
    return Counter(str(tag["id"]) for tag in html.select("[id]"))


def test_the_reading_copy_has_title_page_summary_op_ed_notes_and_sources_in_this_order(project: Project) -> None:
    html = render(project, WHOLE)
    headings = [str(heading["id"]) for heading in html.select("h2")]
    assert headings == ["register", "light", "keepers", "checked", "sources"]
    register = project.register()
    edition = html.select_one("p.edition")
    assert edition is not None
    assert edition.get_text() == "2 June 2021."  # this copy of the project has no version
    notes = html.select("#checked ~ div.footnote > ol > li")
    assert [str(note["value"]) for note in notes] == [str(number) for number in range(1, len(register.claims) + 1)]
    assert html.select("table") == []
    cited = {name for claim in register.claims.values() for name in claim.sources}
    assert register.op_ed.text("compared-with") in cited
    assert {str(item["id"]) for item in html.select("#sources + ul > li")} == cited


def test_the_summary_has_the_findings_of_the_home_page_and_each_verdict_with_its_meaning_and_claims(
    project: Project,
) -> None:
    project.edit("about/method.md", "Part of it holds and part does not.", "Part of it holds.")
    for text, linked in ((WHOLE, [str(number) for number in range(1, 13)]), (SHORT, ["3", "7", "9"])):
        html = render(project, text)
        findings, verdicts = html.select("#register ~ ul")[:2]
        assert [str(link["href"]) for link in findings.select("a")] == [
            "#vote-2019", "#log-words", "../claims/index.md?verdict=supported",
        ]  # fmt: skip
        assert [" ".join(item.get_text().split()) for item in verdicts.select("li")] == [
            "✓ Supported. The sources say so. Claims: 1, 2, 5, 6, 8, 10.",
            "◐ Partly supported. Part of it holds. Claims: none.",
            "? Unverified. We found no public source that settles it. This says nothing about whether it is true. "
            "Claims: 11, 12.",
            "✗ Contradicted. The sources say otherwise. Claims: 3, 7, 9.",
            "◇ Opinion. A judgement, a value or a recommendation. It can be weighed, not checked. Claims: 4.",
        ]
        assert sorted((link.get_text() for link in verdicts.select("a")), key=int) == linked


def test_the_short_edition_has_the_words_of_the_op_ed_and_notes_on_what_is_contradicted_or_supported_in_part(
    project: Project,
) -> None:
    project.edit("claims/ships-pass.md", "verdict: unverified", "verdict: partly-supported")
    short, whole = (render(project, text) for text in (SHORT, WHOLE))
    noted = [str(item["id"]) for item in short.select(".footnote li")]
    assert noted == ["fn:log-words", "fn:vote-2019", "fn:sanctions", "fn:ships-pass"]
    assert max(ids(short).values()) == 1
    assert links_within(short) <= set(ids(short))
    assert not any("http" in note.get_text() for note in short.select(".footnote .print"))
    for number in short.select("sup") + whole.select("sup"):
        number.extract()
    words = [[paragraph.get_text() for paragraph in html.select("p[id]")] for html in (short, whole)]
    assert words[0] == words[1] != []


def test_the_edition_names_the_version_and_the_day_of_the_newest_verdict(project: Project) -> None:
    (project.root / "pyproject.toml").write_text('[project]\nversion = "2.5.<b>"\n', encoding="utf-8")
    ledger = project.read("data/verdicts.csv")
    project.write("data/verdicts.csv", f"{ledger}vote-2019,2027-02-03,contradicted,,read again\n")
    html = render(project, "<!-- claims/title-page -->")
    assert html.get_text().strip() == "Version 2.5.<b> of 3 February 2027."
    day = html.select_one("time")
    assert day is not None
    assert day["datetime"] == "2027-02-03"


def test_in_the_reading_copy_no_id_is_there_twice_and_sources_are_found_in_place(project: Project) -> None:
    html = render(project, WHOLE)
    assert max(ids(html).values()) == 1
    assert links_within(html) <= {*ids(html), "citation"}  # the block is added where a page is known
    assert html.select("a[href*='evidence/sources.md#']") == []


def test_the_fact_check_has_every_claim_with_all_its_sections_and_no_id_twice(project: Project) -> None:
    html = render(project, "# Title { #all }\n\n<!-- claims/every-claim -->")
    register = project.register()
    assert [str(heading["id"]) for heading in html.select("h2")] == list(register.claims)
    assert [str(heading["data-claim-number"]) for heading in html.select("h2")] == [
        str(claim.number) for claim in register.claims.values()
    ]
    sections = {f"{claim.id}-{heading.id}" for claim in register.claims.values() for heading in claim.page.headings}
    assert {str(heading["id"]) for heading in html.select("h3")} == sections | {f"{c}-sources" for c in register.claims}
    assert max(ids(html).values()) == 1


def test_in_the_fact_check_claims_and_citations_are_found_in_place(project: Project) -> None:
    html = render(project, "<!-- claims/every-claim -->")
    assert links_within(html) <= set(ids(html))
    assert {"lit-1887-light-trust", "log-words-log"} <= links_within(html)
    assert [link["href"] for link in html.select("a") if re.search(r"(^|claims/)[\w-]+\.md$", str(link["href"]))] == []
    source = html.find(id="vote-2019-un-votes")
    assert source is not None
    assert source.name == "li"


def test_a_claim_has_the_same_number_in_its_note_on_its_page_and_in_the_register(project: Project) -> None:
    number = str(project.register().claims["vote-2019"].number)
    note = render(project, "[120-10]{ #vote-2019 .claim }").find(id="fn:vote-2019")
    heading = render(project, "<!-- claims/header vote-2019 -->").find(id="vote-2019")
    entry = render(project, "<!-- claims/claims-table -->").find("a", href="vote-2019.md")
    assert note is not None
    assert heading is not None
    assert entry is not None
    assert (note["value"], heading["data-claim-number"], entry["data-claim-number"]) == (number, number, number)


def test_on_paper_a_link_tells_where_it_leads_unless_its_words_do(project: Project) -> None:
    links = [
        "[the quotation](log-words.md)", "[the figures](../op-ed/light.md#vote-2019)",
        "[there](../op-ed/light.md#p2)", "[paragraph 2](../op-ed/light.md#p2)", "[p2](../op-ed/light.md#p2)",
        "[the method](../about/method.md)", "[how it is done](../about/method.md#verdicts)",
        "[log](../evidence/sources.md#log)", "[all](../data/events.csv)",
    ]  # fmt: skip
    html = render(project, f"On claims: {', '.join(links)}.")
    assert [link.get("data-way") for link in html.select("a")] == [
        "claim 3", "paragraph 2", "paragraph 2", None, None, None, "“Method”", None, None,
    ]  # fmt: skip


def test_on_paper_a_note_has_all_its_sources_with_symbol_and_address(project: Project) -> None:
    claim = project.register().claims["convention"]
    paper = render(project, "[a party]{ #convention .claim }").select_one(".footnote span.print[data-search-exclude]")
    assert paper is not None
    for source in (project.register().sources[name] for name in claim.sources):
        assert source.short in paper.get_text()
        assert source.text("URL") in [link["href"] for link in paper.select("a")]
        assert source.text("URL") in paper.get_text()
    short = paper.select_one("a.short")
    assert short is not None
    assert (short.get_text(), short["href"]) == ("c/convention/", "../claims/convention.md")
    assert "Checked on 1 June 2021. c/convention/" in paper.get_text()
