"""A page as data: its blocks, marks, sentences, headings and citations, each with its place."""

import pytest

from opedcheck.files import UnreadableError
from opedcheck.text import (
    Page,
    claim_of,
    page_address,
    paragraph_names,
    paragraph_words,
    read_page,
    sentence_at,
    sentences,
)

TEXT = """---
title: The light
---
# The light { #light }

May 4, 2021
{ #date }

The lighthouse [was first lit
on June 1,   1887]{ #lit .claim }. It is [bright]{ .claim data-claim="lit" } [1] still.
{ #p1 }

<!-- claims/carried -->

    An indented one.
"""


@pytest.fixture
def page() -> Page:
    return read_page(TEXT, "docs/op-ed/light.md")


def test_a_page_has_blocks_of_three_kinds_with_ids(page: Page) -> None:
    assert [(block.kind, block.id, block.indented) for block in page.blocks] == [
        ("heading", None, False),
        ("paragraph", "date", False),
        ("paragraph", "p1", False),
        ("directive", None, False),
        ("paragraph", None, True),
    ]


def test_a_block_has_its_visible_words_on_one_line(page: Page) -> None:
    assert [block.words for block in page.blocks[1:3]] == [
        "May 4, 2021",
        "The lighthouse was first lit on June 1, 1887. It is bright [1] still.",
    ]


def test_a_mark_has_its_claim_words_and_place(page: Page) -> None:
    block = page.blocks[2]
    found = [(mark.claim, mark.words, mark.carries_id, str(mark.place)) for mark in block.marks]
    assert found == [
        ("lit", "was first lit on June 1, 1887", True, "docs/op-ed/light.md:9:16"),
        ("lit", "bright", False, "docs/op-ed/light.md:10:42"),
    ]
    assert [block.words[mark.start : mark.end] for mark in block.marks] == [words for _, words, _, _ in found]


def test_a_character_of_the_words_knows_its_place_in_the_file(page: Page) -> None:
    block = page.blocks[2]
    places = [str(block.at(block.words.index(word))) for word in ("lighthouse", "first", "1887", "still")]
    assert places == [f"docs/op-ed/light.md:{place}" for place in ("9:5", "9:21", "10:14", "10:82")]


def test_the_marks_of_some_words_are_found(page: Page) -> None:
    block = page.blocks[2]
    first, second = (sentence for sentence in sentences(block.words))
    assert [mark.words for mark in block.marks_within(first.start, first.end)] == ["was first lit on June 1, 1887"]
    assert [mark.words for mark in block.marks_within(second.start, second.end)] == ["bright"]
    assert block.marks_within(0, 3) == []


@pytest.mark.parametrize(
    ("attributes", "claim"),
    [
        (" #vote-2019 .claim ", ("vote-2019", True)),
        (".claim #vote-2019", ("vote-2019", True)),
        (' .claim data-claim="vote-2019" ', ("vote-2019", False)),
        (" .claim data-claim=vote-2019 ", ("vote-2019", False)),
        (" .claim ", ("", False)),
        (" #a #b .claim ", ("", False)),
        (" #a .claim hidden=hidden ", ("", False)),
        (" #a .claimed ", (None, False)),
        ("", (None, False)),
    ],
)
def test_the_attributes_of_a_mark_name_its_claim(attributes: str, claim: tuple[str | None, bool]) -> None:
    assert claim_of(attributes) == claim


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Is it? Yes! So it is", ["Is it?", "Yes!", "So it is"]),
        ("He said “yes.” “No,” she said.", ["He said “yes.”", "“No,” she said."]),
        ("The U.N. General Assembly met. It voted.", ["The U.N. General Assembly met.", "It voted."]),
        ("It cost 1.5 million. And more.", ["It cost 1.5 million.", "And more."]),
        ("see e.g. the table", ["see e.g. the table"]),
        ("", []),
    ],
)
def test_a_paragraph_has_sentences(words: str, found: list[str]) -> None:
    assert [sentence.words for sentence in sentences(words)] == found
    assert [words[sentence.start : sentence.end] for sentence in sentences(words)] == found


def test_a_character_is_in_a_sentence() -> None:
    words = "One two. Three."
    assert [getattr(sentence_at(words, index), "words", None) for index in (0, 4, 9, 14, -1)] == [
        "One two.",
        "One two.",
        "Three.",
        "Three.",
        None,
    ]


def test_the_lines_of_a_text_of_record_are_named() -> None:
    assert paragraph_names(["the date", "one", "two", "the byline"]) == ["date", "p1", "p2", "byline"]
    assert [paragraph_words(name) for name in ("date", "p12", "byline")] == ["the date", "paragraph 12", "the byline"]


@pytest.mark.parametrize(
    ("path", "address"),
    [("docs/index.md", ""), ("docs/claims/index.md", "claims/"), ("docs/op-ed/light.md", "op-ed/light/")],
)
def test_a_page_has_an_address(path: str, address: str) -> None:
    assert page_address(path) == address


CLAIM = """---
title: A vote
---
<!-- claims/header a-vote -->

## What the record shows { #record }

The vote was 118–12–40 [@un-votes; @gazette-2019]. It was
close [@gazette-2019].

- An item [@log]. Another
  sentence.

## Why { .wide #why }

Because [@none].

## No id
"""


def test_a_page_has_headings_sections_and_directives() -> None:
    page = read_page(CLAIM, "docs/claims/a-vote.md")
    assert [heading.id for heading in page.headings] == ["record", "why", ""]
    assert page.section_text("why").strip() == "Because [@none]."
    assert page.section("other") is None
    assert page.section_text("other") == ""
    assert page.directives() == [("header", "a-vote")]


def test_a_page_cites_sources_in_order() -> None:
    page = read_page(CLAIM, "docs/claims/a-vote.md")
    found = [(name, str(page.at(offset))) for name, offset in page.citations()]
    assert found[:3] == [
        ("un-votes", "docs/claims/a-vote.md:8:25"),
        ("gazette-2019", "docs/claims/a-vote.md:8:36"),
        ("gazette-2019", "docs/claims/a-vote.md:9:8"),
    ]
    assert [name for name, _ in found[3:]] == ["log", "none"]


def test_the_sentences_of_the_record_are_found_with_their_places() -> None:
    page = read_page(CLAIM, "docs/claims/a-vote.md")
    assert [(sentence.words, page.at(offset)[1:]) for sentence, offset in page.sentences("record")] == [
        ("The vote was 118–12–40 [@un-votes; @gazette-2019].", (8, 1)),
        ("It was close [@gazette-2019].", (8, 52)),
        ("An item [@log].", (11, 3)),
        ("Another   sentence.", (11, 19)),
    ]


def test_a_correction_has_its_day_title_and_text() -> None:
    text = (
        "# Corrections { #corrections }\n\n## The number of 2 or 3 (2 June 2021) { #number }\n\nIt was\neleven.\n\n"
        "## Of 1 June 2021 { #older }\n\nOne.\n\n<!-- claims/changes -->\n\n## Without an id (1 June 2021)\n"
    )
    found = [tuple(correction)[:4] for correction in read_page(text, "docs/about/corrections.md").corrections()]
    assert found == [
        ("number", "2021-06-02", "The number of 2 or 3", "It was eleven."),
        ("older", "", "Of 1 June 2021", "One."),
        ("", "", "Without an id (1 June 2021)", ""),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: x\n", "page.md:1:1: the front matter is never closed; end it with a line '---'"),
        ("---\n- x\n---\n", "page.md:2:1: YAML: the front matter must hold keys with values; write 'key: value'"),
        ("---\na: b\nc: =\n---\n", "page.md:3:1: '=' makes MkDocs show the front matter as text; put it in quotes"),
        ("---\n<<: b\n---\n", "page.md:2:1: '<<' makes MkDocs show the front matter as text; put it in quotes"),
        ("---\na: [\n---\n", "page.md:3:1: YAML: did not find expected node content; fix the syntax"),
    ],
)
def test_front_matter_that_is_none_is_reported(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_page(text, "page.md")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "value", ["Yes", "off", "12:30", "1_000", "0o17", "017", "0x1F", "1e3", "2024-01-02", ".inf", "1.5", "+1", "2024"]
)
def test_a_value_that_yaml_does_not_read_as_text_is_known(value: str) -> None:
    page = read_page(f"---\nplain: {value}\nquoted: '{value}'\nlonger: {value} x\n---\n", "page.md")
    assert page.fields.typed == {"plain"}
    assert page.fields.text("plain") == page.fields.text("quoted") == value


@pytest.mark.parametrize("value", ["null", "~", ""])
def test_a_value_that_is_none_is_missing_in_both(value: str) -> None:
    assert read_page(f"---\ntitle: {value}\n---\n", "page.md").title == ""


@pytest.mark.parametrize("text", ["# No front matter\n", "---\n---\n# Empty\n", "---\na: b\n--- \n# A space after\n"])
def test_the_body_begins_after_the_front_matter(text: str) -> None:
    assert read_page(text, "page.md").body.startswith("# ")


def test_a_title_or_an_initial_ends_no_sentence_and_bold_words_begin_one() -> None:
    whole = "Dr. Reed, of the U.N. Trust, met J. Quill and Gen. Hale."
    found = sentences(f"{whole} **In 2019:** They met again. [Others](a.md) came.")
    assert [one.words for one in found] == [whole, "**In 2019:** They met again.", "[Others](a.md) came."]


@pytest.mark.parametrize("between", ["; ", ";", ", "])
def test_sources_are_cited_together_however_they_are_parted(between: str) -> None:
    assert read_page(f"They met [@log{between}@light-trust].", "docs/index.md").cited == ("log", "light-trust")
