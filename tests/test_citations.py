"""References are as a person would write them by hand, and other programs can read them."""

import json
import re
from pathlib import Path
from typing import Any

import bibtexparser.entrypoint
import pytest
import rispy
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from citations import (
    FORMS,
    Item,
    Site,
    bibtex,
    check_item,
    chicago_note,
    csl_json,
    op_ed_item,
    ris,
    site_of,
    source_item,
)
from claims import load
from project import ROOT, TODAY, Project, pages_of

REGISTER = load(ROOT, TODAY)
SITE = Site("An op-ed, checked", "https://op-ed.example/", "1.0.0")


def op_ed(site: Site = SITE) -> Item:
    item = op_ed_item(REGISTER, site)
    assert item is not None
    return item


def check(claim: str = "vote-2014", site: Site = SITE) -> Item:
    return check_item(REGISTER, REGISTER.claims[claim], site)


def source(name: str) -> Item:
    return source_item(REGISTER.sources[name])


# --- the op-ed, a claim, a source, by hand ---------------------------------------------------------------------------

NOTES = {
    "the op-ed": (
        op_ed(),
        "So Channtha, [Op-ed on Cambodia and human rights in North Korea], January 2, 2024, first newspaper and"
        " original title not known, as published on An op-ed, checked, https://op-ed.example/op-ed/whole/.",
    ),
    "a claim": (
        check(),
        "“The vote of 18 December 2014,” An op-ed, checked, version 1.0.0, November 26, 2026,"
        " https://op-ed.example/claims/vote-2014/.",
    ),
    "the whole check": (
        check_item(REGISTER, None, SITE),
        "An op-ed, checked, version 1.0.0, November 26, 2026, https://op-ed.example/.",
    ),
    "a source of the press": (
        source("ap-2011"),
        "Edith M. Lederer, “UN denounces North Korea human rights violations,” Newshub, Associated Press,"
        " December 19, 2011, http://www.newshub.co.nz/world/un-denounces-north-korea-human-rights-violations-2011122010.",
    ),
    "a document of the United Nations": (
        source("a-hrc-res-25-25"),
        "Situation of human rights in the Democratic People’s Republic of Korea, United Nations Human Rights Council,"
        " A/HRC/RES/25/25, March 28, 2014, https://right-docs.org/doc/a-hrc-res-25-25.",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_a_note_is_the_one_written_by_hand(what: str) -> None:
    item, expected = NOTES[what]
    assert chicago_note(item) == expected


def test_a_date_that_is_not_known_is_not_made_up() -> None:
    approximate = next(s for s in REGISTER.sources.values() if s.text("issued") == "2016~")
    assert ", ca. 2016, " in chicago_note(source_item(approximate))
    assert "note = {date approximate}" in bibtex(source_item(approximate))
    undated = source_item(next(s for s in REGISTER.sources.values() if s.text("issued") == "n.d."))
    assert "issued" not in undated
    assert ", accessed November 2" in chicago_note(undated)
    assert "year = {n.d.}" in bibtex(undated)
    assert "PY  - " not in ris(undated)
    month = source_item(next(s for s in REGISTER.sources.values() if s.text("issued") == "2021-03"))
    assert month["issued"] == {"date-parts": [[2021, 3]]}
    assert ", March 2021, " in chicago_note(month)
    assert "DA  - 2021/03/\n" in ris(month)


def test_no_form_cites_the_copy_for_words_that_were_not_read_there() -> None:
    copy = REGISTER.sources[str(REGISTER.op_ed["compared-with"])]
    for write in FORMS.values():
        for text in (write(op_ed()), write(op_ed(Site(SITE.name)))):
            assert copy.text("publisher") not in text
            assert copy.text("URL") not in text
    assert "author" not in source_item(copy)  # what was read of the copy names none


def test_without_an_address_or_a_version_none_is_cited() -> None:
    assert chicago_note(check(site=Site("Name"))) == "“The vote of 18 December 2014,” Name, November 26, 2026."


def test_the_version_is_that_of_the_project() -> None:
    assert site_of(ROOT, "Name", "https://op-ed.example") == ("Name", "https://op-ed.example/", "1.0.0")
    assert site_of(ROOT / "docs", "Name", None) == ("Name", "", "")


# --- BibTeX ----------------------------------------------------------------------------------------------------------


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Parse entries with an independent parser."""
    library = bibtexparser.entrypoint.parse_string(text)
    assert library.failed_blocks == []
    return [
        {"type": entry.entry_type, "key": entry.key, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def test_bibtex_of_the_op_ed_a_claim_and_a_source_reads_back() -> None:
    read = read_bibtex("\n\n".join(map(bibtex, [op_ed(), check(), source("ap-2011")])))
    assert read == [
        {
            "type": "misc",
            "key": "op-ed",
            "author": "So, Channtha",
            "title": "{[Op-ed on Cambodia and human rights in North Korea]}",
            "howpublished": "An op-ed, checked",
            "year": "2024",
            "month": "jan",
            "day": "2",
            "note": "first newspaper and original title not known",
            "url": "https://op-ed.example/op-ed/whole/",
        },
        {
            "type": "misc",
            "key": "check-vote-2014",
            "title": "{The vote of 18 December 2014}",
            "howpublished": "An op-ed, checked, version 1.0.0",
            "year": "2026",
            "month": "nov",
            "day": "26",
            "language": "en",
            "url": "https://op-ed.example/claims/vote-2014/",
        },
        {
            "type": "article",
            "key": "ap-2011",
            "author": "Lederer, Edith M.",
            "title": "{UN denounces North Korea human rights violations}",
            "journal": "Newshub",
            "publisher": "Associated Press",
            "year": "2011",
            "month": "dec",
            "day": "19",
            "url": "http://www.newshub.co.nz/world/un-denounces-north-korea-human-rights-violations-2011122010",
            "urldate": "2026-11-23",
        },
    ]


def test_bibtex_of_every_source_reads_back() -> None:
    read = read_bibtex("\n\n".join(bibtex(source_item(each)) for each in REGISTER.sources.values()))
    assert [entry["key"] for entry in read] == list(REGISTER.sources)
    for entry, each in zip(read, REGISTER.sources.values(), strict=True):
        assert entry["url"] == each.text("URL")
        assert entry["title"].startswith("{")


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


# --- RIS and CSL-JSON ------------------------------------------------------------------------------------------------


def test_ris_of_the_op_ed_a_claim_and_a_source_reads_back() -> None:
    read = rispy.loads("\n\n".join(map(ris, [op_ed(), check(), source("ap-2011")])))
    assert read == [
        {
            "type_of_reference": "NEWS",
            "id": "op-ed",
            "authors": ["So, Channtha"],
            "title": "[Op-ed on Cambodia and human rights in North Korea]",
            "database_provider": "An op-ed, checked",
            "year": "2024",
            "date": "2024/01/02",
            "notes": ["first newspaper and original title not known"],
            "urls": ["https://op-ed.example/op-ed/whole/"],
        },
        {
            "type_of_reference": "ELEC",
            "id": "check-vote-2014",
            "title": "The vote of 18 December 2014",
            "secondary_title": "An op-ed, checked",
            "edition": "1.0.0",
            "year": "2026",
            "date": "2026/11/26",
            "language": "en",
            "urls": ["https://op-ed.example/claims/vote-2014/"],
        },
        {
            "type_of_reference": "NEWS",
            "id": "ap-2011",
            "authors": ["Lederer, Edith M."],
            "title": "UN denounces North Korea human rights violations",
            "secondary_title": "Newshub",
            "publisher": "Associated Press",
            "year": "2011",
            "date": "2011/12/19",
            "urls": ["http://www.newshub.co.nz/world/un-denounces-north-korea-human-rights-violations-2011122010"],
            "access_date": "2026/11/23",
        },
    ]


def test_ris_of_every_source_reads_back() -> None:
    read = rispy.loads("\n\n".join(ris(source_item(each)) for each in REGISTER.sources.values()))
    assert [entry["id"] for entry in read] == list(REGISTER.sources)


def test_csl_json_of_the_op_ed_is_the_one_written_by_hand() -> None:
    text = csl_json(op_ed())
    expected: list[dict[str, Any]] = [
        {
            "id": "op-ed",
            "type": "article-newspaper",
            "title": "[Op-ed on Cambodia and human rights in North Korea]",
            "author": [{"family": "So", "given": "Channtha", "static-ordering": True}],
            "issued": {"date-parts": [[2024, 1, 2]]},
            "source": "An op-ed, checked",
            "URL": "https://op-ed.example/op-ed/whole/",
            "note": "first newspaper and original title not known",
        }
    ]
    assert json.loads(text) == expected
    assert '"issued": {' in text
    assert "[[2024,1,2]]" in text


# --- the block "Cite" ------------------------------------------------------------------------------------------------


def test_pages_of_the_op_ed_and_of_claims_end_with_both_references_in_every_form(site: Path) -> None:
    for file in pages_of(site):
        page = file.parent.relative_to(site).as_posix()
        article = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one("article")
        assert article is not None
        blocks = article.select(".cite")
        if not re.fullmatch(r"op-ed/\w+|claims/[\w-]+", page) or page == "claims/all":
            assert blocks == [], page
            continue
        claim = REGISTER.claims.get(page.removeprefix("claims/"))
        here = Site(SITE.name, "", SITE.version)
        items = [op_ed(here), check_item(REGISTER, claim, here)]
        assert [pre.get_text() for pre in blocks[0].select("pre")] == [
            write(item) for item in items for write in FORMS.values()
        ]
        assert article.find_all(recursive=False)[-1] is blocks[0]
        # None of it is in the page's contents or description.
        contents = article.find_parent("html")
        assert contents is not None
        assert all("BibTeX" not in tag.get_text() for tag in contents.select("nav"))


def test_a_reference_is_copied_as_it_stands(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/claims/vote-2014/")
    page.get_by_text("Cite", exact=True).click()
    page.get_by_role("button", name="Copy the op-ed, BibTeX").click()
    assert page.evaluate("navigator.clipboard.readText()") == bibtex(op_ed(Site(SITE.name)))
    expect(page.locator("[aria-live=polite]").filter(has_text="Copied")).to_have_text("Copied: the op-ed, BibTeX")
    context.close()


def test_without_scripts_the_references_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/op-ed/response/")
    page.get_by_text("Cite", exact=True).click()
    expect(page.get_by_text("So Channtha, [Op-ed on Cambodia")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()


def test_a_title_over_two_lines_is_one_and_a_field_of_unseen_characters_is_none(project: Project) -> None:
    project.edit("data/sources.yml", "title: UN chief says North", "title: UN chief says\n    North")
    project.edit("data/sources.yml", "publisher: Associated Press, in KTAR", 'publisher: "\\u202e \\u202e"')
    item = source_item(project.register().sources["ap-2022"])
    assert item["title"] == "UN chief says North Korea has increased repression of rights"
    assert "publisher" not in item
    assert "container-title" not in item
