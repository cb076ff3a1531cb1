"""The Markdown extension: what marks, citations and directives become in HTML."""

import math
import re

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import UndefinedError
from markdown import Markdown
from markdown.extensions import Extension

from opedcheck.assertions import Answer, align
from opedcheck.output.search import documents
from opedcheck.render import templates
from opedcheck.render.extension import DIRECTIVES, ClaimsExtension
from opedcheck.render.templates import filled
from opedcheck.rules import RULES
from opedcheck.rules import pages as rules_of_pages
from project import Project


def render(project: Project, text: str) -> BeautifulSoup:
    """Render text as the site does, with the project's register."""
    extensions: list[str | Extension] = [
        "attr_list",
        "footnotes",
        "tables",
        "pymdownx.bracketspan",
        ClaimsExtension(root=str(project.root)),
    ]
    return BeautifulSoup(Markdown(extensions=extensions).convert(text), "html.parser")


MARKED = "with [a vote of 120-10 and 40\nabstentions]{ #vote-2019 .claim }, asked\n{ #p2 }"


def test_a_mark_carries_its_id_and_verdict_and_keeps_its_words(project: Project) -> None:
    html = render(project, MARKED)
    mark = html.select_one("p#p2 > span#vote-2019.claim.contradicted")
    assert mark is not None
    assert mark.get_text().split() == ["a", "vote", "of", "120-10", "and", "40", "abstentions"]


def test_a_mark_is_followed_by_a_reference_to_its_note_that_search_passes_over(project: Project) -> None:
    reference = render(project, MARKED).select_one("span#vote-2019 + sup[data-search-exclude] > a.contradicted")
    assert reference is not None
    assert reference["href"] == "#fn:vote-2019"
    assert reference.get_text() == "✗7"
    assert reference["aria-label"] == "Contradicted: claim 7"


def test_the_note_has_verdict_finding_sources_and_the_way_to_the_claim(project: Project) -> None:
    note = render(project, MARKED).find(id="fn:vote-2019")
    assert note is not None
    claim = project.register().claims["vote-2019"]
    told = f"✗ Contradicted. {claim.finding} Sources: United Nations 2020; Orrin Gazette 2019b. How this was checked"
    assert note.get_text().strip().startswith(told)
    links = [str(link["href"]) for link in note.find_all("a")]
    assert links[:3] == [*(f"../evidence/sources.md#{name}" for name in claim.sources), "../claims/vote-2019.md"]


def test_a_note_names_three_sources_and_says_where_the_others_are(project: Project) -> None:
    project.edit("claims/vote-2019.md", "same figures [@gazette-2019]", "same [@gazette-2019; @log; @light-trust]")
    note = render(project, MARKED).select_one(".footnote .screen")
    assert note is not None
    assert note.get_text().split(" How this")[0] == (
        " Sources: United Nations 2020; Orrin Gazette 2019b; Port Hale Press 1899 and 1 more."
    )
    assert note.find("a", href="../claims/vote-2019.md#sources") is not None


def test_the_sources_that_answer_what_a_claim_asserts_come_first(project: Project) -> None:
    project.edit("claims/vote-2019.md", "All three are", "See also [@log]. All three are")
    html = render(project, f"{MARKED}\n\n<!-- claims/header vote-2019 -->")
    told = "United Nations 2020; Orrin Gazette 2019b"
    note, cell = html.select_one(".footnote .screen"), html.select_one("tbody td:nth-child(3)")
    assert note is not None
    assert cell is not None
    assert f"{told}; Port Hale Press 1899." in note.get_text()
    assert cell.get_text() == f"{told}; 1 more; others on the page of votes"
    assert "Port Hale" in html.select("h2#sources + ul > li")[-1].get_text()


def test_a_further_mark_shares_the_note(project: Project) -> None:
    html = render(project, MARKED + '\n\nAgain [such a vote]{ .claim data-claim="vote-2019" }.')
    assert len(html.select("span.claim.contradicted")) == 2
    assert len(html.select("div.footnote li")) == 1
    assert len(html.select("[id='vote-2019']")) == 1


def test_a_mark_without_a_readable_claim_stays_plain_words(project: Project) -> None:
    project.write("claims/vote-2019.md", "---\n[\n---\n")
    html = render(project, MARKED)
    assert html.select_one("span#vote-2019.claim") is not None
    assert html.select("sup") == []


def test_a_claim_that_the_op_ed_marks_nowhere_has_a_note_without_its_number(project: Project) -> None:
    project.edit("op-ed/light.md", "#vote-2019 .claim", '.claim data-claim="vote-2019"')
    reference = render(project, MARKED).select_one("span#vote-2019 + sup > a")
    assert reference is not None
    assert reference.get_text() == "1"


def test_brackets_that_are_no_claim_are_left_alone(project: Project) -> None:
    html = render(project, "A [word]{ .small } and [a link](https://example.org/).")
    assert html.select_one("span.small") is not None
    assert html.select("sup") == []


def test_an_old_id_is_an_anchor_without_words(project: Project) -> None:
    html = render(project, "# Method { #method }\n\n[]{ #how }What we did.")
    anchor = html.find(id="how")
    assert anchor is not None
    assert (anchor.name, anchor.get_text()) == ("span", "")
    assert html.select("p")[0].get_text() == "What we did."


def test_citations_become_links_to_the_sources(project: Project) -> None:
    html = render(project, "It was adopted [@un-votes; @gazette-2019].")
    assert html.get_text() == "It was adopted (United Nations 2020; Orrin Gazette 2019b)."
    assert [link["href"] for link in html.find_all("a")] == [
        "../evidence/sources.md#un-votes",
        "../evidence/sources.md#gazette-2019",
    ]


def test_files_for_other_programs_are_saved_and_those_to_read_are_shown(project: Project) -> None:
    hrefs = ["../data/sources.bib", "../data/claims.json", "../data/op-ed.txt", "https://press.example/a.json"]
    links = render(project, " ".join(f"[a]({href})" for href in hrefs)).select("a")
    assert [str(link["href"]) for link in links if link.has_attr("download")] == hrefs[:2]


def test_a_citation_of_an_unknown_source_is_left_to_be_seen(project: Project) -> None:
    assert render(project, "It was adopted [@nobody].").get_text() == "It was adopted [@nobody]."


CLAIM = "<!-- claims/header vote-2019 -->\n\n## Why { #why }\n\nSo."


def test_a_claim_page_begins_with_words_verdict_finding_and_answers(project: Project) -> None:
    html = render(project, CLAIM)
    claim = project.register().claims["vote-2019"]
    kicker, heading, quote = map(html.select_one, ("p.kicker", "h1#vote-2019", "h1 + blockquote > p"))
    assert kicker is not None
    assert kicker.get_text() == "Claim 7 of 12 · fact-check of Ada Quill’s op-ed of 4 May 2021 · Cite"
    links = [str(link["href"]) for link in kicker.select("a")]
    assert links == ["../claims/author.md", "../op-ed/whole.md", "#citation"]
    assert heading is not None
    assert heading.get_text() == claim.title
    assert quote is not None
    assert claim.sentence is not None
    assert quote.get_text() == claim.sentence.words
    assert [mark.get_text() for mark in quote.select("mark.claim.contradicted")] == [claim.quote]
    assert claim.quote == "with a vote of 120-10 and 40 abstentions"
    assert html.select_one("#says") in quote.contents
    place = html.select_one("blockquote a")
    assert place is not None
    assert (place.get_text(), place["href"]) == ("the op-ed, paragraph 2", "../op-ed/light.md#vote-2019")
    verdict, finding = html.select_one("p.verdict.contradicted > a"), html.select_one("p.finding")
    assert verdict is not None
    assert (verdict.get_text(), verdict["href"]) == ("✗ Contradicted", "../about/method.md#contradicted")
    assert finding is not None
    assert finding.get_text() == claim.finding
    cells = [cell.get_text() for cell in html.select("tbody td")]
    assert cells[2:] == ["United Nations 2020; Orrin Gazette 2019b; others on the page of votes", "✗ does not match"]


def test_words_that_go_on_in_the_next_sentence_are_quoted_with_it(project: Project) -> None:
    project.edit("op-ed/light.md", "[with a vote of 120-10 and 40 abstentions]{ #vote-2019 .claim }", "with a vote")
    project.edit("op-ed/light.md", "{ #p2 }", "First [one end. And a]{ #vote-2019 .claim } start. No more.\n{ #p2 }")
    quote = render(project, CLAIM).select_one("blockquote > p")
    assert quote is not None
    assert quote.get_text().endswith("First one end. And a start.")


def test_what_the_op_ed_says_has_the_promised_anchor_once(project: Project) -> None:
    project.edit("claims/vote-2019.md", "## Why", "## What the op-ed says { #says }\n\nMore.\n\n## Why")
    [place] = render(project, project.register().claims["vote-2019"].page.body).select("#says")
    assert place.name == "h2"
    assert project.findings() == []


def test_table_list_and_note_count_the_same_sources(project: Project) -> None:
    project.edit("claims/vote-2019.md", "same figures [@gazette-2019]", "same [@gazette-2019; @log; @light-trust]")
    html = render(project, f"{CLAIM}\n\nIt passed [by 3]{{ #vote-2019 .claim }}.")
    more = html.select_one("tbody td:nth-child(3) a[href$='#sources']")
    assert more is not None
    assert (more.get_text(), more["href"]) == ("2 more", "#sources")
    assert len(html.select("h2#sources + ul > li")) == len(project.register().claims["vote-2019"].sources) == 4


def test_a_claim_page_ends_with_its_sources_and_dates(project: Project) -> None:
    html = render(project, CLAIM)
    sources = project.register().claims["vote-2019"].sources
    assert len(html.select("h2#sources + ul > li")) == len(sources) == 2
    dates = html.select_one("p.dates")
    assert dates is not None
    told = "Last compared with its sources on 1 June 2021; next check due by 1 June 2022."
    assert " ".join(dates.get_text().split()) == told


def test_the_register_lists_every_claim_in_the_order_of_the_op_ed(project: Project) -> None:
    html = render(project, "<!-- claims/claims-table -->")
    links = [str(link["href"]).removesuffix(".md") for link in html.select("td:first-child a")]
    assert len(links) == len(project.register().claims) == 12
    assert links[:3] == ["lit-1887", "service-130", "log-words"]
    assert links[-1] == "author"
    row = [cell.get_text() for cell in html.select("tbody tr")[6].select("td")]
    assert row[:3] == ["The vote of 2019 with a vote of 120-10 and 40 abstentions", "p2", "✗\u00a0Contradicted"]
    assert html.select("tbody tr")[6].select("td > .contradicted")
    only = [" ".join(item.get_text().split()) for item in render(project, "<!-- claims/opinions -->").select("li")]
    assert only == ["p3, recommendation: The light must be kept."]


def test_coverage_counts_claims_and_sentences(project: Project) -> None:
    html = render(project, "<!-- claims/coverage . -->")
    items = [item.get_text() for item in html.select(".coverage + ul > li")]
    assert items == ["✓ Supported: 6", "◐ Partly supported: 0", "? Unverified: 2", "✗ Contradicted: 3"]
    text = " ".join(html.get_text().split())
    assert "Of the 12 claims, 11 are statements of fact" in text
    assert "The other 1 is opinion: judgements" in text
    assert "No sentence of the text that we were given is left out. Of its 11, including date and byline, 9" in text
    assert "9 contain the 12 claims, 1 is recommendation only and 1 is connective only. We could compare it" in text
    assert text.endswith(" with another copy only to the beginning of paragraph 3.")
    project.edit("data/sources.yml", "  compared-until: p3\n", "")
    assert render(project, "<!-- claims/coverage . -->").get_text().strip().endswith("is connective only.")


def test_the_whole_op_ed_has_every_id_once_and_its_parts_as_sections(project: Project) -> None:
    html = render(project, "# The whole op-ed { #whole }\n\n<!-- claims/op-ed -->")
    ids = [str(tag["id"]) for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))
    assert [heading["id"] for heading in html.select("h2")] == ["light", "keepers", "checked"]
    assert {"date", "p1", "p2", "p3", "byline"} <= set(ids)


def test_the_byline_says_whose_op_ed_it_is_of_which_place_and_day(project: Project) -> None:
    html = render(project, "<!-- claims/dateline . -->")
    assert html.get_text().strip() == "An op-ed by Ada Quill, Port Hale, 4 May 2021"
    assert [link["href"] for link in html.select("a")] == ["./claims/author.md"]
    project.edit("data/op-ed.txt", "PORT HALE – The", "The")
    told = render(project, "<!-- claims/dateline -->").get_text().strip()
    assert told == "The light at Cape Orrin: an op-ed by Ada Quill, 4 May 2021 · Cite"


def test_what_the_text_was_compared_with_and_what_is_not_known_is_told(project: Project) -> None:
    told = " ".join(render(project, "<!-- claims/carried -->").get_text().split())
    assert told == (
        "The text was handed to this project as it is. We compared it, from its date to the beginning of paragraph 3,"
        " with the copy that Harbour Post carries (Harbour Post 2021), and found the same words. We could not read"
        " the rest of that copy. The headings of the parts are ours."
    )
    project.edit("data/sources.yml", "  compared-until: p3\n", "")
    project.edit("data/sources.yml", "op-ed:\n  title: The Light at Cape Orrin", 'op-ed:\n  title: "[Op-ed on lights]"')
    told = " ".join(render(project, "<!-- claims/carried -->").get_text().split())
    assert "We compared it with the copy that Harbour Post carries (Harbour Post 2021), and found the same" in told
    assert "We do not know the op-ed’s original title or which newspaper published it first." in told
    project.edit("data/sources.yml", "  compared-with: harbour-post\n", "")
    assert "compared" not in render(project, "<!-- claims/carried -->").get_text()


def test_the_chart_says_in_words_what_it_shows(project: Project) -> None:
    html = render(project, "<!-- claims/chart -->")
    chart = html.select_one("svg[role=group]")
    assert chart is not None
    title = html.find(id=str(chart["aria-labelledby"]))
    assert title is not None
    assert title.get_text() == "Votes of the General Assembly, 2018 to 2020"
    assert [(year["href"], year["aria-label"]) for year in chart("a")][1:] == [
        (
            "#a-res-74-902",
            "2019: 118 in favour, 12 against, 40 abstaining; Esteria: yes; the op-ed’s claims 6 and 7",
        ),
        ("#a-res-75-903", "2020: without a vote"),
    ]


def test_a_star_in_the_chart_is_explained_where_there_is_one(project: Project) -> None:
    def told() -> list[str]:
        html = render(project, "<!-- claims/chart -->")
        years = ["".join(link.get_text().split()) for link in html.select("svg a")]
        return [words for words in (*years, html.select(".votes + p")[0].get_text()) if re.search(r"\*|star", words)]

    assert told() == []
    project.edit("data/readings.csv", "A/RES/73/901,un-votes", "A/RES/73/901,gazette-2019")
    assert told() == ["2018*", "A star marks a year whose record is disputed or not traced yet."]


def test_the_chart_names_the_claims_about_a_vote_or_with_its_figures(project: Project) -> None:
    def named() -> tuple[list[str], list[str]]:
        html = render(project, "<!-- claims/chart -->")
        words = [tag.get_text() for tag in html.select("svg text.about")]
        return words, [" ".join(item.get_text().split()) for item in html.select(".votes ~ ul > li")]

    told = "The op-ed’s claim 7", "The op-ed’s claims 6 and 7"
    assert named() == (
        [f"↑ {words}" for words in told],
        ["2018: The vote of 2019", "2019: The day of the resolution; The vote of 2019"],
    )
    project.edit(
        "data/sources.yml", "  URL: https://log.example/", "  URL: https://log.example/\n  number: A/RES/75/903"
    )
    assert named()[0][-1] == "↑ The op-ed’s claim 3"  # which quotes the log
    project.edit("claims/vote-2019.md", "yes: 120", "yes: 119")
    assert named()[0][0] == "↑ The op-ed’s claims 6 and 7"


def test_of_a_vote_that_no_source_tells_nothing_is_said(project: Project) -> None:
    project.edit("data/readings.csv", "2020-12-04,without-vote,", "2020-12-04,,")
    html = render(project, "<!-- claims/chart -->\n\n<!-- claims/votes -->")
    assert html.select_one("svg a[aria-label='2020: the vote is not known']")
    assert re.search(r"A/RES/75/903[^/]+4\sDecember\s2020\s+not\sknown", html.get_text(" "))
    assert "General Assembly: no source for the vote was found." in str(documents(project.register(), []))


def test_a_states_votes_are_counted_from_the_data(project: Project) -> None:
    page = "<!-- claims/state-votes -->\n\n<!-- claims/country-votes -->"
    html = render(project, page)
    sentence = html.select_one("p")
    assert sentence is not None
    assert sentence.get_text() == "Esteria supported 2 of the Assembly’s 2 recorded votes."
    rows = [[cell.get_text() for cell in row.select("td")] for row in html.select("tbody tr")]
    assert rows == [
        ["Northmark", "2018–2019", "2", "2", "0", "0", "0"],
        ["Southmark", "2019", "1", "0", "0", "1", "0"],
        ["All", "2018–2019", "3", "2", "0", "1", "0"],
    ]
    row = "A/RES/74/913,2019-12-18,Southmark,80,30,61,https://votes.example/74-913,"
    project.edit("data/country-votes.csv", f"{row}abstain", f"{row}absent")
    project.edit("data/readings.csv", "2019-11-29,,118,12,40,,yes", "2019-11-29,,118,12,40,,abstain")
    changed = render(project, page)
    told = "Esteria supported 1 of the Assembly’s 2 recorded votes and abstained in 1 (2019)."
    assert told in changed.get_text()
    last = changed.select("tbody tr:last-child td")
    assert [cell.get_text() for cell in last] == ["All", "2018–2019", "3", "2", "0", "0", "1"]


def test_of_several_states_each_has_its_column_and_its_sentence(project: Project) -> None:
    lines = project.read("data/readings.csv").splitlines()
    cast = ["Northmark", "no", "", "absent", "", "", ""]
    rows = [f"{line},{vote}\n" for line, vote in zip(lines, cast, strict=True)]
    project.write("data/readings.csv", "".join(rows))
    html = render(project, "<!-- claims/state-votes -->\n\n<!-- claims/votes -->")
    assert "Esteria supported 2 of the Assembly’s 2 recorded votes. Northmark opposed 1 of the" in html.get_text()
    assert "recorded votes and cast no vote in 1 (2019)." in html.get_text()
    heads = [head.get_text() for head in html.select("thead")[0].select("th")]
    assert heads == ["Resolution", "Date", "Yes", "No", "Abstain", "Esteria", "Northmark", "Reliability"]


def test_the_table_of_votes_says_which_rest_on_the_uns_own_record(project: Project) -> None:
    rows = {str(row.td["id"]): row for row in render(project, "<!-- claims/votes -->").select("tr") if row.td}
    told = {
        name: "|".join(" ".join(cell.get_text().split()) for cell in row.select("td")) for name, row in rows.items()
    }
    assert told == {
        "a-res-73-901": "A/RES/73/901|5 December 2018|120|10|40|Esteria: yes|confirmed: the UN’s own record."
        " Sources: United Nations 2020; Orrin Gazette 2018."
        " The Orrin Gazette counted a vote that was cast after the count.",
        "a-res-74-902": "A/RES/74/902|29 November 2019|118|12|40|Esteria: yes|confirmed: the UN’s own record."
        " Sources: United Nations 2020; Orrin Gazette 2019b",
        "a-res-75-903": "A/RES/75/903|4 December 2020|no vote|||Esteria: —|confirmed: the UN’s own record."
        " Sources: United Nations 2020",
        "a-hrc-res-40-904": "A/HRC/RES/40/904|22 March 2019|no vote|||Esteria: —|reported: one source for the vote."
        " Sources: Orrin Gazette 2019a",
    }
    project.edit("data/readings.csv", "A/HRC/RES/40/904,gazette-march-2019,2019-03-22,without-vote,,,,,",
                 "A/HRC/RES/40/904,gazette-march-2019,2019-03-22,without-vote,,,,,not-a-member")  # fmt: skip
    assert "|Esteria: not a member|" in "|".join(
        cell.get_text() for cell in render(project, "<!-- claims/votes -->").select("#a-hrc-res-40-904 ~ td")
    )


def test_each_of_several_excerpts_is_shown_with_its_place_and_single_marks(project: Project) -> None:
    project.edit("data/sources.yml", "asks all states", "asks “all” states")
    html = render(project, "<!-- claims/sources -->")
    quotes = [quote.get_text().strip() for quote in html.select("blockquote p")]
    assert "Paragraph 1: in response to the smuggling of lamps" in quotes
    assert "Paragraph 2: asks ‘all’ states to watch their coasts" in quotes


def test_events_stand_in_order_and_what_was_not_found_apart(project: Project) -> None:
    html = render(project, "<!-- claims/timeline -->")
    days = [tag.get_text() for tag in html.select("li > span[id] > strong")]
    assert days == ["1 June 1887", "15 June 2017", "3 March 2020", "20 May 2021"]
    meeting = html.select_one("li:has(#keepers-2020)")
    assert meeting is not None
    assert "(Orrin Light Trust, read in 2021). The Trust says so itself. Bears on: " in meeting.get_text()
    sought = html.select_one("h2#not-found + ul")
    assert sought is not None
    assert sought.get_text().strip() == "A count of the ships that pass the cape."
    project.edit("data/events.csv", "ships-counted,,,A count of the ships that pass the cape,,\n", "")
    assert render(project, "<!-- claims/timeline -->").select("#not-found") == []


def test_what_is_cited_in_a_title_is_no_citation_in_a_chart(project: Project) -> None:
    """A source's name may hold a quotation mark, which would end the attribute."""
    project.edit("data/events.csv", "The lighthouse at Cape Orrin is first lit", "See [@log]{ #x .y } & “more”")
    project.edit("data/sources.yml", "publisher: Port Hale Press", "publisher: 'A \" onfocus=\"evil()'")
    html = render(project, "<!-- claims/timeline -->")
    assert html.select("[onfocus], .y, #x, svg a[href*=sources]") == []
    assert html.select("svg a")[0]["aria-label"] == "1. 1 June 1887: See [@log]{ #x .y } & “more”"


def test_each_event_leads_to_the_claims_that_assert_it_or_cite_its_sources(project: Project) -> None:
    html = render(project, "<!-- claims/timeline -->")
    led = {
        str(span["id"]): [str(link["href"]).split("/")[-1] for link in item.select(".bears-on a")]
        for item in html.select("ol > li")
        if (span := item.select_one("span[id]"))
    }
    assert "meeting-2020.md" in led["keepers-2020"]  # which asserts it
    assert "log-words.md" in led["lit-1887"]  # which cites its source
    assert "log-words.md" not in led["keepers-2020"]


def test_no_mark_of_the_timeline_can_be_taken_for_another_years(project: Project) -> None:
    """Each circle is in the space below its event's year's line, as high as a year, and touches no other circle."""
    project.edit("data/events.csv", "keepers-2020,2020-03-03", "keepers-2020,2021-12-31")
    html = render(project, "<!-- claims/timeline -->")

    def figures(tag: Tag, *names: str) -> list[float]:
        return [float(re.sub("em$|%$", "", str(tag[name]))) for name in names]

    chart = html.select("svg")[0]
    lines = [figures(line, "y1")[0] for line in html.select("svg line")]
    years = [tag.get_text() for tag in html.select("svg text.year")]
    places: set[tuple[float, float]] = set()
    for link in html.select("svg a"):
        space, circle = link.select("svg, circle")
        x, y, width, height = figures(space, "x", "y", "width", "height")
        year = str(link["aria-label"]).split(":")[0].split()[-1]
        assert y == lines[years.index(year)]
        assert height == lines[1] - lines[0]
        # In em; the share that a radius is, is of the diagonal by √2 (https://www.w3.org/TR/SVG2/coords.html#Units).
        tall = figures(chart, "height")[0] * height / 100
        half = figures(circle, "r")[0] / 100 * math.hypot(width, tall) / math.sqrt(2)
        assert 2 * half <= tall
        assert all(abs(x - other) > 2 * half for other, level in places if level == y)
        places.add((x, y))
    assert len(places) == 4


def test_a_source_says_whether_it_is_a_copy_and_how_to_find_it_again(project: Project) -> None:
    html = render(project, "<!-- claims/sources -->")
    told = {str(head["id"]): str(head.find_next("p")) for head in html.select("h3")}
    assert told["log"].startswith("<p>Original. <a")
    assert told["gazette-march-2019"].startswith("<p>Copy of a report by the Hale Agency. <a")
    search = '<a href="https://web.archive.org/web/*/https://gazette.example/council">Search for an archived copy</a>'
    assert search in told["gazette-march-2019"]
    assert "Search" not in told["gazette-2019"]  # whose archived copy has an address
    assert '<a href="https://archive.example/gazette-votes">archived</a>' in told["gazette-2019"]


def test_a_printed_address_breaks_after_a_slash_or_before_a_point(project: Project) -> None:
    project.edit("data/sources.yml", "  URL: https://log.example/", "  URL: http://www.log.example/a-b/c_d.html?e")
    html = str(render(project, "<!-- claims/cited -->"))
    assert ">http://www<wbr/>.log<wbr/>.example/<wbr/>a-b/<wbr/>c_d<wbr/>.html?e<" in html


def test_every_directive_of_the_checker_is_one_of_the_extension() -> None:
    assert sorted(rules_of_pages.DIRECTIVES) == sorted(DIRECTIVES)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**bold** _em_ `code` [link](javascript:alert(1))",
    "a | b | c",
    "&lt;b&gt; &amp;",
    "{ #p3 .claim }",
    "[^vote-2019] [@un-votes]",
    "<!-- claims/claims-table -->",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_the_data_are_shown_as_they_are_and_never_run(project: Project, words: str) -> None:
    quoted = "'" + words.replace("'", "''") + "'"
    project.edit("claims/vote-2019.md", "title: The vote of 2019", f"title: {quoted}")
    project.edit("data/sources.yml", "excerpt: a plain and steady lamp", f"excerpt: {quoted}")
    page = "<!-- claims/header vote-2019 -->\n\n<!-- claims/claims-table -->\n\n<!-- claims/sources -->"
    html = render(project, page)
    heading = html.select_one("h1")
    assert heading is not None
    assert heading.get_text() == words
    assert any(words in quote.get_text() for quote in html.select("blockquote"))
    assert html.select("script, img, h1 a, h1 b, h1 em, h1 code, h1 sup") == []
    assert not any(str(link["href"]).startswith("javascript:") for link in html.select("a[href]"))


def test_a_quotation_stands_above_the_sources_words_with_what_differs_marked(project: Project) -> None:
    html = render(project, "<!-- claims/header log-words -->")
    first = html.select(".wordings")[0]
    assert [
        [words.get_text() for words in piece.select("span, mark")] for piece in first.select(".wordings > span")
    ] == [["a plain and steady", "a plain and steady"], ["light", "lamp"]]
    assert first["aria-label"] == "The op-ed beside Port Hale Press 1899, word by word: “light” in place of “lamp”"
    assert [mark.get_text() for mark in first.select("mark")] == ["light", "lamp"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("grave violations", "grave violations", "the same words"),
        ("grave violations", "of grave violations indeed", "the same words"),
        ("grave and lasting violations", "grave violations", "“and lasting” added"),
        ("grave violations", "grave and lasting violations", "without “and lasting”"),
        ('“grave" violations', "‘gross’ violations", "“grave” in place of “gross”"),
    ],
)
def test_read_aloud_two_wordings_say_which_words_differ(first: str, second: str, told: str, project: Project) -> None:
    answer = Answer("", "holds", "", ("log",), tuple(align(first, second)))
    html = BeautifulSoup(filled("wordings.md", project.register(), answer=answer), "html.parser")
    assert html.select(".wordings")[0]["aria-label"] == f"The op-ed beside Port Hale Press 1899, word by word: {told}"


def test_the_page_of_checks_explains_every_rule(project: Project) -> None:
    html = render(project, "<!-- claims/checks -->")
    for rule in RULES.values():
        heading = html.find(id=rule.code.lower())
        assert heading is not None, rule.code
        assert rule.slug in heading.get_text()
        examples = [example.get_text() for example in html.select("pre code")]
        assert rule.example.bad in examples
        assert not rule.example.good or rule.example.good in examples
    assert html.select(".claim") == []


def test_figures_that_belong_together_are_kept_on_one_line(project: Project) -> None:
    html = render(project, "The vote of 18 December 2014 was 116–20–53, not `1–2–3`; see 69/188 and December 18, 2014.")
    assert [span.get_text() for span in html.select("span.figures")] == ["18 December", "116–20–53", "December 18"]
    assert html.get_text() == "The vote of 18 December 2014 was 116–20–53, not 1–2–3; see 69/188 and December 18, 2014."


@pytest.mark.parametrize(
    "template", ["{{ clam }}", "{{ claim.clam }}", "{% if clam %}{% endif %}", "{% for one in clam %}{% endfor %}"]
)
def test_what_a_template_misspells_stops_the_build(project: Project, template: str) -> None:
    claim = project.register().claims["vote-2019"]
    with pytest.raises(UndefinedError, match="clam"):
        templates._TEMPLATES.from_string(template).render(claim=claim)


def test_in_a_template_an_if_without_else_is_nothing() -> None:
    assert templates._TEMPLATES.from_string("{{ 'one' if found }}").render(found=False) == ""
