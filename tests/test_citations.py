"""References are as a person would write them by hand, and other programs can read them."""

import re
from pathlib import Path

import bibtexparser.entrypoint
import pytest
import rispy
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from copies import window
from opedcheck.citations import (
    FORMS,
    Item,
    Site,
    apa,
    bibtex,
    check_item,
    chicago_note,
    op_ed_item,
    ris,
    site_of,
    source_item,
)
from opedcheck.files import Mapping, parse_yaml
from opedcheck.records import Source
from opedcheck.register import load
from project import LIGHTHOUSE, ROOT, TODAY, Project, pages_of

REGISTER = load(LIGHTHOUSE, TODAY)
SITE = Site("The light at Cape Orrin, checked", "https://op-ed.example/", "1.0.0")


def op_ed(site: Site = SITE) -> Item:
    item = op_ed_item(REGISTER, site)
    assert item is not None
    return item


def check(claim: str = "vote-2019", site: Site = SITE) -> Item:
    return check_item(REGISTER, REGISTER.claims[claim], site)


def source(name: str) -> Item:
    return source_item(REGISTER.sources[name])


def written(text: str) -> Item:
    """Return the source of an entry of sources.yml."""
    fields = parse_yaml(text, "sources.yml")
    assert isinstance(fields, Mapping)
    return source_item(Source(fields.text("id"), fields))


AGENCY = """id: agency-2019
type: article-newspaper
title: Assembly Backs “Lights”
author:
- {family: Reed, given: Edith M.}
publisher: Hale Agency, in Orrin Gazette
issued: 2019-11-30
URL: http://www.gazette.example/assembly-backs-2019113001
accessed: 2021-05-30
"""

# --- the op-ed, a claim, a source, by hand ---------------------------------------------------------------------------

NOTES = {
    "the op-ed": (
        op_ed(),
        "Ada Quill, “The Light at Cape Orrin,” May 4, 2021, Made up for this example,"
        " as published on The light at Cape Orrin, checked, https://op-ed.example/op-ed/whole/.",
    ),
    "a claim": (
        check(),
        "The editors of The light at Cape Orrin, checked, “The vote of 2019: contradicted,” fact-check of claim 7 in"
        " “The Light at Cape Orrin” by Ada Quill, 4 May 2021, The light at Cape Orrin, checked, version 1.0.0,"
        " June 1, 2021, https://op-ed.example/claims/vote-2019/.",
    ),
    "the whole check": (
        check_item(REGISTER, None, SITE._replace(publisher="Hale Press")),
        "Hale Press, “Fact-check of ‘The Light at Cape Orrin’ by Ada Quill, 4 May 2021,”"
        " The light at Cape Orrin, checked, version 1.0.0, June 2, 2021, https://op-ed.example/.",
    ),
    "a source of the press": (
        written(AGENCY),
        "Edith M. Reed, “Assembly Backs ‘Lights’,” Orrin Gazette, Hale Agency,"
        " November 30, 2019, http://www.gazette.example/assembly-backs-2019113001.",
    ),
    "a document of the United Nations": (
        source("s-res-9901"),
        "Resolution 9901 (2015), United Nations Security Council, as imagined for this example,"
        " S/RES/9901 (2015), February 10, 2015, https://council.example/9901.",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_a_note_is_the_one_written_by_hand(what: str) -> None:
    item, expected = NOTES[what]
    assert chicago_note(item) == expected


ENTRIES = {
    "the op-ed": "Quill, A. (2021, May 4). The Light at Cape Orrin. The light at Cape Orrin, checked."
    " https://op-ed.example/op-ed/whole/",
    "a claim": "The editors of The light at Cape Orrin, checked. (2021, June 1). The vote of 2019: contradicted"
    " (Version 1.0.0) [Fact-check of claim 7 in “The Light at Cape Orrin” by Ada Quill, 4 May 2021]."
    " The light at Cape Orrin, checked. https://op-ed.example/claims/vote-2019/",
    "the whole check": "Hale Press. (2021, June 2). Fact-check of “The Light at Cape Orrin” by Ada Quill, 4 May 2021"
    " (Version 1.0.0). The light at Cape Orrin, checked. https://op-ed.example/",
    "a source of the press": "Reed, E. M. (2019, November 30). Assembly Backs “Lights”. Orrin Gazette."
    " http://www.gazette.example/assembly-backs-2019113001",
}


def test_an_entry_in_the_style_of_the_apa_is_the_one_written_by_hand() -> None:
    assert {what: apa(NOTES[what][0]) for what in ENTRIES} == ENTRIES
    undated = {**source("light-trust"), "author": []}
    assert re.match(r".+\. \(n\.d\.\)\. ", apa(undated))
    asking = {**written(AGENCY), "title": "Who Asks?", "author": [{"family": "Reed", "given": "Ann-Lou M."}]}
    assert apa(asking).startswith("Reed, A.-L. M. (2019, November 30). Who Asks? Orrin Gazette. ")


def test_an_op_ed_whose_title_is_a_description_and_whose_byline_has_the_family_first(project: Project) -> None:
    project.edit("data/sources.yml", "op-ed:\n  title: The Light at Cape Orrin", 'op-ed:\n  title: "[Op-ed on lights]"')
    project.edit("data/op-ed.txt", "Ada Quill is", "Quill Ada is")
    item = op_ed_item(project.register(), SITE)
    assert item is not None
    assert item["author"] == [{"family": "Quill", "given": "Ada", "static-ordering": True}]
    assert check_item(project.register(), None, SITE)["title"] == "Fact-check of an op-ed by Quill Ada, 4 May 2021"
    assert chicago_note(item).startswith("Quill Ada, [Op-ed on lights], May 4, 2021, ")
    assert "author = {Quill, Ada}" in bibtex(item)


def test_a_name_in_an_eastern_script_has_the_family_first_and_no_space_in_it() -> None:
    item = {**written(AGENCY), "author": [{"family": "김", "given": "영권"}]}
    assert chicago_note(item).startswith("김영권, “")
    assert apa(item).startswith("김, 영권. (")
    assert "author = {김, 영권}" in bibtex(item)


def test_a_title_that_begins_with_a_bracket_ends_no_label() -> None:
    """BibTeX's styles of author and year put `key` between brackets."""
    item = {**written(AGENCY), "author": [], "title": "[On the lamp] in the tower"}
    assert "key = {{[On the lamp] in the tower}}" in bibtex(item)


def test_a_date_that_is_not_known_is_not_made_up() -> None:
    assert ", ca. 1899, " in chicago_note(source("log"))
    assert "note = {date approximate}" in bibtex(source("log"))
    undated = source("light-trust")
    assert "issued" not in undated
    assert ", accessed May 30, 2021, " in chicago_note(undated)
    # Of a word as year, and of an article or a report without a year, BibTeX and biber warn.
    assert not re.search(r"(?m)^  (?:year|date|month) =", bibtex(undated))
    article = source("gazette-2019")
    del article["issued"]
    assert bibtex(article).startswith("@misc{")
    assert "PY  - " not in ris(undated)
    month = source("treaties")
    assert month["issued"] == {"date-parts": [[2021, 1]]}
    assert ", January 2021, " in chicago_note(month)
    assert "DA  - 2021/01/\n" in ris(month)


def test_no_form_cites_the_copy_for_words_that_were_not_read_there() -> None:
    copy = REGISTER.sources[REGISTER.op_ed.text("compared-with")]
    for write in FORMS.values():
        for text in (write(op_ed()), write(op_ed(Site(SITE.name)))):
            assert copy.text("publisher") not in text
            assert copy.text("URL") not in text


def test_without_an_address_or_a_version_none_is_cited() -> None:
    note = chicago_note(check(site=Site("Name")))
    assert note.startswith("The editors of Name, “The vote of 2019: contradicted,” ")
    assert note.endswith(" 4 May 2021, Name, June 1, 2021.")
    assert apa(check(site=Site("Name"))).endswith(" 4 May 2021]. Name.")


def test_the_version_is_that_of_the_project() -> None:
    assert site_of(ROOT, "Name", "https://op-ed.example") == ("Name", "https://op-ed.example/", "1.0.0", "", "")
    publisher = {"name": "Hale Press ", "contact": None}
    assert site_of(ROOT / "docs", "Name", None, publisher) == ("Name", "", "", "Hale Press", "")


# --- BibTeX ----------------------------------------------------------------------------------------------------------


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Parse entries with an independent parser."""
    library = bibtexparser.entrypoint.parse_string(text)
    assert library.failed_blocks == []
    return [
        {"@type": entry.entry_type, "@key": entry.key, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def test_bibtex_of_the_op_ed_a_claim_and_a_source_reads_back() -> None:
    read = read_bibtex("\n\n".join(map(bibtex, [op_ed(), check(), written(AGENCY)])))
    assert read == [
        {
            "@type": "misc",
            "@key": "op-ed",
            "author": "Quill, Ada",
            "title": "{The Light at Cape Orrin}",
            "howpublished": "The light at Cape Orrin, checked",
            "date": "2021-05-04",
            "year": "2021",
            "month": "may",
            "note": "Made up for this example.",
            "url": "https://op-ed.example/op-ed/whole/",
        },
        {
            "@type": "misc",
            "@key": "check-vote-2019",
            "author": "{The editors of The light at Cape Orrin, checked}",
            "title": "{The vote of 2019: contradicted}",
            "howpublished": "fact-check of claim 7 in “The Light at Cape Orrin” by Ada Quill, 4 May 2021,"
            " The light at Cape Orrin, checked, version 1.0.0",
            "date": "2021-06-01",
            "year": "2021",
            "month": "jun",
            "url": "https://op-ed.example/claims/vote-2019/",
        },
        {
            "@type": "article",
            "@key": "agency-2019",
            "entrysubtype": "newspaper",
            "author": "Reed, Edith M.",
            "title": "{Assembly Backs “Lights”}",
            "journal": "Orrin Gazette",
            "date": "2019-11-30",
            "year": "2019",
            "month": "nov",
            "note": "Hale Agency",
            "url": "http://www.gazette.example/assembly-backs-2019113001",
            "urldate": "2021-05-30",
        },
    ]


def test_bibtex_of_every_source_reads_back() -> None:
    read = read_bibtex("\n\n".join(bibtex(source_item(each)) for each in REGISTER.sources.values()))
    assert [entry["@key"] for entry in read] == list(REGISTER.sources)
    for entry, each in zip(read, REGISTER.sources.values(), strict=True):
        assert entry["url"] == each.text("URL")
        assert entry["title"].startswith("{")


def test_every_style_prints_the_symbol_of_a_document_and_the_publisher_of_an_article() -> None:
    """Of an entry `misc` they print neither `number` nor `publisher`, of an `article` no `publisher`."""
    shared = {"title": "T", "language": "ko", "publisher": "Office of Light", "number": "A/RES/1/2"}
    dated = {"issued": {"date-parts": [[2024, 1, 2]]}, "container-title": "The Lamp"}
    [report, treaty, article] = read_bibtex(
        "\n".join(
            bibtex({**shared, **dated, "id": kind, "type": kind}) for kind in ("report", "treaty", "article-newspaper")
        )
    )
    assert (report["type"], report["number"], report["institution"]) == (
        "Resolution",
        "A/RES/1/2",
        "Office of Light, The Lamp",
    )
    assert (treaty["@type"], treaty["howpublished"]) == ("misc", "Office of Light, The Lamp, A/RES/1/2")
    assert (article["journal"], article["note"]) == ("The Lamp", "Office of Light, A/RES/1/2")
    assert article["langid"] == "ko"
    assert "language" not in article  # which biblatex would print before the publisher


def test_an_and_within_a_name_does_not_make_it_two() -> None:
    item: Item = {"id": "x", "type": "report", "title": "T", "publisher": "Ministry of Wrecks and Lights"}
    item |= {"author": [{"literal": "Trade and Industry"}, {"family": "Reed", "given": "Edith"}]}
    [entry] = read_bibtex(bibtex({**item, "issued": {"date-parts": [[2024]], "circa": True}}))
    assert entry["author"] == "{Trade and Industry} and Reed, Edith"
    assert entry["institution"] == "{Ministry of Wrecks and Lights}"
    assert (entry["date"], entry["year"]) == ("2024~", "2024")


def test_what_latex_would_take_for_a_command_is_escaped() -> None:
    item: Item = {
        "id": "x",
        "type": "webpage",
        "title": r"50% of {A} & B_1 #2 $3 a\b ~^ 북한",
        "URL": "https://a.example/%20_",
    }
    written = r"{50\% of \{A\} \& B\_1 \#2 \$3 a\textbackslash{}b \textasciitilde{}\textasciicircum{} 북한}"
    [entry] = read_bibtex(bibtex(item))
    assert entry["title"] == written
    assert entry["url"] == "https://a.example/%20_"


# --- RIS -------------------------------------------------------------------------------------------------------------


def test_ris_of_the_op_ed_a_claim_and_a_source_reads_back() -> None:
    read = rispy.loads("\n\n".join(map(ris, [op_ed(), check(), written(AGENCY)])))
    assert read == [
        {
            "type_of_reference": "NEWS",
            "id": "op-ed",
            "authors": ["Quill, Ada"],
            "title": "The Light at Cape Orrin",
            "database_provider": "The light at Cape Orrin, checked",
            "year": "2021",
            "date": "2021/05/04",
            "notes": ["Made up for this example."],
            "urls": ["https://op-ed.example/op-ed/whole/"],
        },
        {
            "type_of_reference": "ELEC",
            "id": "check-vote-2019",
            "authors": ["The editors of The light at Cape Orrin checked"],
            "title": "The vote of 2019: contradicted",
            "secondary_title": "The light at Cape Orrin, checked",
            "type_of_work": "fact-check of claim 7 in “The Light at Cape Orrin” by Ada Quill, 4 May 2021",
            "edition": "1.0.0",
            "year": "2021",
            "date": "2021/06/01",
            "language": "en",
            "urls": ["https://op-ed.example/claims/vote-2019/"],
        },
        {
            "type_of_reference": "NEWS",
            "id": "agency-2019",
            "authors": ["Reed, Edith M."],
            "title": "Assembly Backs “Lights”",
            "secondary_title": "Orrin Gazette",
            "publisher": "Hale Agency",
            "year": "2019",
            "date": "2019/11/30",
            "urls": ["http://www.gazette.example/assembly-backs-2019113001"],
            "access_date": "2021/05/30",
        },
    ]


def test_ris_of_every_source_reads_back() -> None:
    read = rispy.loads("\n\n".join(ris(source_item(each)) for each in REGISTER.sources.values()))
    assert [entry["id"] for entry in read] == list(REGISTER.sources)


# --- the block "Cite" ------------------------------------------------------------------------------------------------


def test_pages_of_the_op_ed_and_of_claims_end_with_both_references_in_every_form(lighthouse: Path) -> None:
    for file in pages_of(lighthouse):
        page = file.parent.relative_to(lighthouse).as_posix()
        article = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one("article")
        assert article is not None
        blocks = article.select(".cite")
        if not re.fullmatch(r"op-ed/\w+|claims/[\w-]+|about/cite", page):
            assert blocks == [], page
            continue
        claim = REGISTER.claims.get(page.removeprefix("claims/"))
        here = Site(SITE.name)
        check = check_item(REGISTER, claim, here)
        items = [check, op_ed(here)] if page.startswith("claims/") else [op_ed(here), check]
        assert [pre.get_text() for pre in blocks[0].select("pre")] == [
            write(item) for item in items for write in FORMS.values()
        ]
        assert article.find_all(recursive=False)[-2] is blocks[0]  # before the way to report an error
        assert (article.select_one("a[href='#citation']") is None) == (page == "about/cite")  # at the page's head
        # None of it is in the page's contents or description.
        contents = article.find_parent("html")
        assert contents is not None
        assert all("BibTeX" not in tag.get_text() for tag in contents.select("nav"))


def test_a_copy_without_an_address_says_so(lighthouse: Path, lighthouse_addressed: Path) -> None:
    for site, said in ((lighthouse, 1), (lighthouse_addressed, 0)):
        for page in ("about/downloads", "claims/vote-2019"):
            html = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
            words = [tag.get_text() for tag in html.select("article > p, .cite p")]
            assert sum("no address of its own" in told for told in words) == said, page


def test_a_reference_is_copied_as_it_stands(browser: Browser, address: str) -> None:
    with window(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}/claims/vote-2014/")
        page.get_by_role("link", name="Cite", exact=True).click()
        expect(page.locator("#citation > summary")).to_be_in_viewport()
        expect(page.locator("#citation > summary")).to_be_focused()
        page.get_by_role("button", name="Copy the op-ed, BibTeX").click()
        expect(page.locator("[aria-live=polite]").filter(has_text="Copied")).to_have_text("Copied: the op-ed, BibTeX")
        copied = str(page.evaluate("navigator.clipboard.readText()"))
        assert copied == page.locator("pre[data-name='the op-ed, BibTeX']").text_content()
        assert [entry["@key"] for entry in read_bibtex(copied)] == ["op-ed"]
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the op-ed, RIS as a file").click()
        assert saved.value.suggested_filename == "op-ed.ris"
        expect(page.get_by_text("Saved: op-ed.ris")).to_be_visible()
        shown = page.locator("pre[data-name='the op-ed, RIS']").text_content()
        assert saved.value.path().read_text(encoding="utf-8") == f"{shown}\n"


def test_without_scripts_the_references_can_be_read(browser: Browser, address: str) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/op-ed/response/")
        page.get_by_role("link", name="Cite", exact=True).click()
        page.locator("summary", has_text="Cite").click()
        expect(page.get_by_text("So Channtha, [Op-ed on Cambodia")).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("Copy|Save"))).to_have_count(0)


def test_a_title_over_two_lines_is_one_and_a_field_of_unseen_characters_is_none() -> None:
    text = AGENCY.replace("title: Assembly Backs", "title: Assembly\n  Backs")
    item = written(text.replace("publisher: Hale Agency, in Orrin Gazette", 'publisher: "\\u202e \\u202e"'))
    assert item["title"] == "Assembly Backs “Lights”"
    assert "publisher" not in item
    assert "container-title" not in item
