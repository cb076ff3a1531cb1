"""The Markdown extension: what marks, citations and directives become in HTML."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.extensions import Extension

from assertions import Answer
from claim_pages import aligned
from claims_markdown import ClaimsExtension
from project import Project
from rules import RULES
from wording import align


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


MARKED = "with [a majority vote of 123-16 and 51\nabstentions]{ #vote-2014 .claim }, called\n{ #p3 }"


def test_a_mark_carries_its_id_and_verdict_and_keeps_its_words(project: Project) -> None:
    html = render(project, MARKED)
    mark = html.select_one("p#p3 > span#vote-2014.claim.contradicted")
    assert mark is not None
    assert mark.get_text().split() == ["a", "majority", "vote", "of", "123-16", "and", "51", "abstentions"]


def test_a_mark_is_followed_by_a_reference_to_its_note_that_search_passes_over(project: Project) -> None:
    reference = render(project, MARKED).select_one("span#vote-2014 + sup[data-search-exclude] > a.contradicted")
    assert reference is not None
    assert reference["href"] == "#fn:vote-2014"
    assert reference.get_text() == "✗11"
    assert reference["aria-label"] == "Contradicted: claim 11"


def test_the_note_has_verdict_finding_sources_and_the_way_to_the_claim(project: Project) -> None:
    note = render(project, MARKED).find(id="fn:vote-2014")
    assert note is not None
    claim = project.register().claims["vote-2014"]
    assert (
        note.get_text()
        .strip()
        .startswith(f"✗ Contradicted. {claim.text('description')} Sources: UN Digital Library 2026; NKN USA")
    )
    links = [str(link["href"]) for link in note.find_all("a")]
    assert links[:3] == [f"../evidence/sources.md#{name}" for name in claim.sources[:3]]
    assert {"../claims/vote-2014.md", "../claims/vote-2014.md#sources"} <= set(links)


def test_a_further_mark_shares_the_note(project: Project) -> None:
    html = render(project, MARKED + '\n\nAgain [such a vote]{ .claim data-claim="vote-2014" }.')
    assert len(html.select("span.claim.contradicted")) == 2
    assert len(html.select("div.footnote li")) == 1
    assert len(html.select("[id='vote-2014']")) == 1


def test_a_mark_without_a_readable_claim_stays_plain_words(project: Project) -> None:
    project.write("claims/vote-2014.md", "---\n[\n---\n")
    html = render(project, MARKED)
    assert html.select_one("span#vote-2014.claim") is not None
    assert html.select("sup") == []


def test_a_claim_that_the_op_ed_marks_nowhere_has_a_note_without_its_number(project: Project) -> None:
    project.edit("op-ed/response.md", "#vote-2014 .claim", '.claim data-claim="vote-2014"')
    reference = render(project, MARKED).select_one("span#vote-2014 + sup > a")
    assert reference is not None
    assert reference.get_text() == "1"


def test_brackets_that_are_no_claim_are_left_alone(project: Project) -> None:
    html = render(project, "A [word]{ .small } and [a link](https://example.org/).")
    assert html.select_one("span.small") is not None
    assert html.select("sup") == []


def test_citations_become_links_to_the_sources(project: Project) -> None:
    html = render(project, "It was adopted [@nkn-2014; @ap-2011].")
    assert html.get_text() == "It was adopted (NKN USA 2014; Associated Press 2011)."
    assert [link["href"] for link in html.find_all("a")] == [
        "../evidence/sources.md#nkn-2014",
        "../evidence/sources.md#ap-2011",
    ]


def test_a_citation_of_an_unknown_source_is_left_to_be_seen(project: Project) -> None:
    assert render(project, "It was adopted [@nobody].").get_text() == "It was adopted [@nobody]."


def test_a_claim_page_begins_with_words_verdict_finding_and_answers(project: Project) -> None:
    html = render(project, "<!-- claims/header vote-2014 -->\n\n## Why { #why }\n\nSo.")
    claim = project.register().claims["vote-2014"]
    heading, quote = html.select_one("h1#vote-2014"), html.select_one("h1 + blockquote > p")
    assert heading is not None
    assert heading.get_text() == claim.text("title")
    assert quote is not None
    assert quote.get_text() == claim.text("quote")
    verdict, finding = html.select_one("p.verdict.contradicted > a"), html.select_one("p.finding")
    assert verdict is not None
    assert (verdict.get_text(), verdict["href"]) == ("✗ Contradicted", "../about/method.md#contradicted")
    assert finding is not None
    assert finding.get_text() == claim.text("description")
    assert [cell.get_text() for cell in html.select("tbody td")][3] == "✗ fails"


def test_a_claim_page_ends_with_its_sources_and_dates(project: Project) -> None:
    html = render(project, "<!-- claims/header vote-2014 -->\n\n## Why { #why }\n\nSo.")
    sources = project.register().claims["vote-2014"].sources
    assert len(html.select("h2#sources + ul > li")) == len(sources)
    dates = html.select_one("p.dates")
    assert dates is not None
    assert "compared with its sources on 26 November 2026" in dates.get_text()


def test_the_register_lists_every_claim_in_the_order_of_the_op_ed(project: Project) -> None:
    html = render(project, "<!-- claims/register -->")
    links = [str(link["href"]).removesuffix(".md") for link in html.select("td:first-child a")]
    assert len(links) == len(project.register().claims)
    assert links[:3] == ["published-2024", "worst-record", "kim-regime"]
    assert links[-1] == "author-bio"


def test_coverage_counts_claims_and_sentences(project: Project) -> None:
    html = render(project, "<!-- claims/coverage . -->")
    register = project.register()
    counts = [int(item.get_text().rpartition(": ")[2]) for item in html.select(".coverage + ul > li")]
    opinions = sum(claim.verdict == "opinion" for claim in register.claims.values())
    assert sum(counts) == len(register.claims) - opinions
    names = [item.get_text().split(" ", 1)[1].partition(":")[0] for item in html.select(".coverage + ul > li")]
    assert names == ["Supported", "Partly supported", "Unverified", "Contradicted"]
    passages = len(register.passages)
    assert f"Of the op-ed’s 45, including date and byline, {45 - passages} contain the 36 claims" in html.get_text()


def test_the_whole_op_ed_has_every_id_once_and_its_parts_as_sections(project: Project) -> None:
    html = render(project, "# The whole op-ed { #whole }\n\n<!-- claims/op-ed -->")
    ids = [str(tag["id"]) for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))
    assert [heading["id"] for heading in html.select("h2")] == [
        "situation", "response", "responsibility", "opportunity", "seminar", "conclusion", "checked",
    ]  # fmt: skip
    assert {f"p{number}" for number in range(1, 22)} | {"date", "byline"} <= set(ids)


def test_the_chart_says_in_words_what_it_shows(project: Project) -> None:
    html = render(project, "<!-- claims/votes -->")
    chart = html.select_one("svg[role=img]")
    assert chart is not None
    title, text = (html.find(id=name) for name in str(chart["aria-labelledby"]).split())
    assert title is not None
    assert title.get_text() == "Votes of the General Assembly, 2005 to 2023"
    assert text is not None
    assert "2014: 116 in favour, 20 against, 53 abstaining; Cambodia: abstain." in text.get_text()
    assert "2016: without a vote." in text.get_text()


def test_cambodias_votes_are_counted_from_the_data(project: Project) -> None:
    page = "<!-- claims/record -->\n\n<!-- claims/country-votes -->"
    html = render(project, page)
    sentence, table = html.select_one("p"), html.select_one("table")
    assert sentence is not None
    assert sentence.get_text() == (
        "Of the General Assembly’s 9 recorded votes listed here, Cambodia supported 1 (2007), "
        "abstained in 7 (2006, 2008, 2009, 2010, 2011, 2014, 2015) and cast no vote in 1 (2005)."
    )
    assert table is not None
    last = [cell.get_text() for cell in table.select("tbody tr:last-child td")]
    assert last == ["All", "1996–2023", "97", "4", "24", "38", "31"]
    syria = next(row for row in table.select("tbody tr") if row.td and row.td.get_text() == "Syria")
    before = [cell.get_text() for cell in syria.select("td")]
    row = "A/RES/78/222,2023-12-19,Syria,88,16,73,"
    project.edit("data/cambodia-votes.csv", f"{row}absent", f"{row}no")
    changed = render(project, page).select_one("tbody tr:last-child")
    assert changed is not None
    assert [cell.get_text() for cell in changed.select("td")][2:] == ["97", "4", "25", "38", "30"]
    assert before == ["Syria", "2011–2023", "12", "1", "0", "1", "10"]


def test_the_table_of_votes_says_which_rest_on_the_uns_own_record(project: Project) -> None:
    rows = {str(row.td["id"]): row for row in render(project, "<!-- claims/votes -->").select("tr") if row.td}
    told = [
        " ".join("|".join(cell.get_text() for cell in rows[name].select("td")).split())
        for name in ("a-res-64-175", "a-res-75-190", "a-hrc-res-40-20")
    ]
    assert "|99|20|63|abstained|confirmed: the UN’s own record. Sources: UN Digital Library 2026" in told[0]
    assert "Voeten’s roll call has 98–20–63" in told[0]
    assert "|no vote||||reported: one source for the vote" in told[1].replace("|—|", "||")
    assert "|not a member|confirmed: the UN’s own record. Sources: OHCHR Library 2026" in told[2]


def test_each_of_several_excerpts_is_shown_with_its_place_and_single_marks(project: Project) -> None:
    html = render(project, "<!-- claims/sources -->")
    quotes = [quote.get_text().strip() for quote in html.select("blockquote p")]
    assert any(quote.startswith("Paragraph 5 (a): To immediately put an end to the systematic") for quote in quotes)
    assert not any(mark in quote for quote in quotes for mark in "“”\"'")
    assert any("its ‘systematic, widespread and grave violations of human rights’, which" in quote for quote in quotes)


def test_events_stand_in_order_and_what_was_not_found_apart(project: Project) -> None:
    html = render(project, "<!-- claims/timeline -->")
    days = [tag.get_text() for tag in html.select("li > span[id] > strong")]
    assert days[0] == "16 April 2003"
    assert days[-1] == "August 2024"
    sought = html.select_one("h2#not-found + ul")
    assert sought is not None
    assert "embassy in Pyongyang reopened" in sought.get_text()


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**bold** _em_ `code` [link](javascript:alert(1))",
    "a | b | c",
    "&lt;b&gt; &amp;",
    "{ #p3 .claim }",
    "[^vote-2014] [@nkn-2014]",
    "<!-- claims/register -->",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_the_data_are_shown_as_they_are_and_never_run(project: Project, words: str) -> None:
    quoted = "'" + words.replace("'", "''") + "'"
    project.edit("claims/vote-2014.md", "title: The vote of 18 December 2014", f"title: {quoted}")
    text = project.read("data/sources.yml")
    project.write("data/sources.yml", text.replace("Ties between the two countries do not seem as chummy", words))
    page = "<!-- claims/header vote-2014 -->\n\n<!-- claims/register -->\n\n<!-- claims/sources -->"
    html = render(project, page)
    heading = html.select_one("h1")
    assert heading is not None
    assert heading.get_text() == words
    assert any(words in quote.get_text() for quote in html.select("blockquote"))
    assert html.select("script, img, h1 a, h1 b, h1 em, h1 code, h1 sup") == []
    assert not any(str(link["href"]).startswith("javascript:") for link in html.select("a[href]"))


def test_a_quotation_stands_above_the_sources_words_with_what_differs_marked(project: Project) -> None:
    html = render(project, "<!-- claims/header quote-2014 -->")
    first = html.select(".wordings")[0]
    assert [
        [words.get_text() for words in piece.select("span, mark")] for piece in first.select(".wordings > span")
    ] == [
        ["", "…"],
        ["systematic, widespread and", "systematic, widespread and"],
        ["severe infringements", "grave violations"],
        ["of human rights", "of human rights"],
        ["", "…"],
    ]
    assert first["aria-label"] == (
        "The op-ed beside A/RES/69/188, word by word: “severe infringements” in place of “grave violations”"
    )
    assert [mark.get_text() for mark in first.select("mark")] == ["severe infringements", "grave violations"]


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
    answer = Answer("", "holds", "", ("un-news-2005",), tuple(align(first, second)))
    html = BeautifulSoup(aligned(answer, project.register()), "html.parser")
    assert html.select(".wordings")[0]["aria-label"] == f"The op-ed beside UN News 2005, word by word: {told}"


def test_the_page_of_checks_explains_every_rule(project: Project) -> None:
    html = render(project, "<!-- claims/checks -->")
    for rule in RULES.values():
        heading = html.find(id=rule.code.lower())
        assert heading is not None, rule.code
        assert rule.slug in heading.get_text()
        assert rule.explanation.bad in [example.get_text() for example in html.select("pre code")]
    assert html.select(".claim") == []


def test_figures_that_belong_together_are_kept_on_one_line(project: Project) -> None:
    html = render(project, "The vote of 18 December 2014 was 116–20–53, not `1–2–3`; see 69/188 and December 18, 2014.")
    assert [span.get_text() for span in html.select("span.figures")] == ["18 December", "116–20–53", "December 18"]
    assert html.get_text() == "The vote of 18 December 2014 was 116–20–53, not 1–2–3; see 69/188 and December 18, 2014."
