"""In print: the sheets have exactly a page's words, inside the margins, whatever the screen was like."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

import pypdfium2
import pytest
import segno
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from conftest import Shared, uncomplaining
from copies import ADDRESS, launch, publish_site, serve, window
from opedcheck.dates import in_words
from opedcheck.publish import paper
from opedcheck.records import VERDICTS, dated
from opedcheck.register import load
from project import ROOT, TODAY, addresses_of, article_of

REGISTER = load(ROOT, TODAY)
WHOLE = "op-ed/whole/"
MM = 72 / 25.4
TOP, BOTTOM = 20 * MM, 21 * MM
# What print.css hides, and the descriptions of charts for those who can't see them.
SCREEN = (
    ".headerlink, .footnote-backref, .md-button, .screen, .downloads, .cite, svg title, svg desc, script, style,"
    ".short[data-site-address=''], figure.timeline"
)
# What it adds to a page's words, without white space.
ADDED = (
    r"p\d+|\d+\.|[•◦]|Claim\d+"  # numbers of paragraphs, of items and of claims
    r"|\(claim\d+\)|\(paragraph\d+\)|\(“[^”]+”\)|\(https?://[^\s)]+\)"  # where a link leads
    r"|(See)?(https?://[\w.:/-]+|…)/(?=c/)|https?://[\w.:/-]+/"  # the site's address, before a short one or alone
    r"|Anop-ed,checked\.|ThelightatCapeOrrin,checked\."  # its title
)
# What fonts may lack, or the browser may draw with them instead of writing: East Asian letters, and symbols.
RARE = (re.compile(r"[\u2e80-\uffff]+"), re.compile(r"[\u2190-\u2bff]+"))


class Sheet(NamedTuple):
    """A page of a PDF: the text of its head, body and foot, and the boxes of its runs of text."""

    head: str
    body: str
    foot: str
    boxes: list[tuple[float, float, float, float]]  # left, bottom, right, top
    width: float
    height: float


def read(printed: bytes) -> list[Sheet]:
    """Read a PDF; a hyphen at the end of a line counts like any other."""
    sheets = []
    document = pypdfium2.PdfDocument(printed)
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        head, body, foot = (
            text.get_text_bounded(0, low, width, high).replace("\ufffe", "-").replace("\x02", "-")
            for low, high in ((height - TOP + 2, height), (BOTTOM - 2, height - TOP + 2), (0, BOTTOM - 2))
        )
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        sheets.append(Sheet(head, body, foot, boxes, width, height))
    document.close()
    return sheets


class Printer(Protocol):
    """A function that prints a page of a site in a size."""

    def __call__(self, path: str, size: str = "A4") -> list[Sheet]:
        """Return the sheets."""


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def words_of(site: Path, path: str) -> Tag:
    """Return a built page's article without what is only on screen."""
    found = article_of(site / path / "index.html")
    for tag in found.select(SCREEN):
        tag.decompose()
    return found


def printing(page: Page, root: str, name: str, shared: Shared) -> Printer:
    """Return a function that opens a page of a served site, prints it, once for all tests, and reads the sheets.

    `name` is the site's, for the tests that share its sheets. At twice and four times the size on a screen of 1280,
    nothing may be wider than the window but what scrolls.
    """

    @cache
    def sheets(path: str, size: str = "A4") -> list[Sheet]:
        def fill(folder: Path) -> None:
            page.goto(f"{root}/{path}")
            assert page.locator("article h1").first.is_visible(), path
            for width in (640, 320):
                page.set_viewport_size({"width": width, "height": 512})
                assert not page.evaluate(WIDER), (path, width)
            (folder / "page.pdf").write_bytes(page.pdf(format=size))

        folder = shared(f"printed-{name}-{path.replace('/', '-')}{size}", fill)
        return read((folder / "page.pdf").read_bytes())

    return sheets


WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def printed(browser: Browser, site: Path, shared: Shared) -> Iterator[Printer]:
    """Return a function that prints a page of the site as published, under its policy and without a complaint."""

    def fill(folder: Path) -> None:
        shutil.copytree(site, folder, dirs_exist_ok=True)
        done = publish_site(folder)
        assert done.returncode == 0, done.stderr

    with serve(shared("ready", fill)) as root, uncomplaining(browser) as page:
        yield printing(page, root, "site", shared)


@pytest.fixture(scope="module")
def printed_small(browser: Browser, small: str, shared: Shared) -> Iterator[Printer]:
    """Return a function that prints a page of the made-up op-ed's site, without scripts."""
    with window(browser, java_script_enabled=False) as page:
        yield printing(page, small, "lighthouse", shared)


def added_to(article: Tag) -> re.Pattern[str]:
    """Return a pattern for one piece of text that print.css, a repeated table head or a chart may add to an article."""
    heads = ["".join(cell.get_text() for cell in row.select("th")) for row in article.select("thead tr")]
    charts = [text.get_text() for text in article.select("svg text")]
    pieces = sorted({squeezed(text) for text in heads + charts} - {""}, key=len, reverse=True)
    return re.compile("|".join([ADDED, *map(re.escape, pieces)]))


def difference(article: Tag, text: str) -> str:
    """Follow an article's words through a text without white space; return where they differ, or an empty string."""
    added = added_to(article)
    for chart in article.select("svg"):
        chart.decompose()
    places = {0}  # where the words so far may end: an added piece can look like a word
    for word in article.get_text(" ").split():
        reached = {start + len(word) for start in _passing(added, text, places) if text.startswith(word, start)}
        if not reached:
            place = max(places)
            return f"…{text[max(0, place - 40) : place]} | {word} | {text[place : place + 60]}…"
        places = reached
    return "" if len(text) in _passing(added, text, places) else text[max(places) :]


def _passing(added: re.Pattern[str], text: str, places: set[int]) -> set[int]:
    """Return the places, and those reached from them by skipping added pieces."""
    reached, ahead = set(places), list(places)
    while ahead:
        piece = added.match(text, ahead.pop())
        if piece and piece.end() not in reached:
            reached.add(piece.end())
            ahead.append(piece.end())
    return reached


def words_in(site: Path, paths: list[str]) -> str:
    """Return the HTML of pages, which has all their words."""
    return "".join((site / path / "index.html").read_text(encoding="utf-8") for path in paths)


def unwritten(browser: Browser, words: str) -> list[re.Pattern[str]]:
    """Return those kinds of rare letters in a text that the browser, with its fonts, does not write all as text."""
    with window(browser) as page:
        styles = [f"{style} {weight}" for style in ("normal", "italic") for weight in (400, 600, 700)]
        found = []
        for kind in RARE:
            letters = "".join(sorted({*"".join(kind.findall(words))}))
            if not letters:
                continue
            page.set_content("".join(f"<p style='font: {style} 12px serif'>{letters}" for style in styles))
            text = "".join(sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(page.pdf()))
            if any(text.count(letter) != len(styles) for letter in letters):
                found.append(kind)
    return found


def word_difference(site: Path, path: str, sheets: list[Sheet], left_out: list[re.Pattern[str]]) -> str:
    """Return where a page's words and its sheets part, or nothing; without the kinds of letters that are left out."""
    article = words_of(site, path)
    text = "".join(squeezed(sheet.body) for sheet in sheets)
    for kind in left_out:
        text = kind.sub("", text)
        for string in article.find_all(string=kind):
            string.replace_with(kind.sub("", string))
    return difference(article, text)


def sheet_faults(site: Path, path: str, sheets: list[Sheet], left_out: list[re.Pattern[str]]) -> Iterator[str]:
    """Yield what is wrong with a page's sheets: their words, heads, feet, margins, or an almost empty one."""
    if found := word_difference(site, path, sheets, left_out):
        yield f"words: {found}"
    html = (site / path / "index.html").read_text(encoding="utf-8")
    root = BeautifulSoup(html.partition("<head>")[0], "html.parser").html
    assert root is not None
    title, page, address = (str(root[f"data-{name}"]) for name in ("site-title", "page-title", "page-address"))
    assert page, path
    for number, sheet in enumerate(sheets, start=1):
        if squeezed(sheet.head) != squeezed(title + page):
            yield f"head of sheet {number}: {sheet.head}"
        if squeezed(sheet.foot) != squeezed(f"{address} page {number} of {len(sheets)}"):
            yield f"foot of sheet {number}: {sheet.foot}"
        inner, outer = (22 * MM, 22 * MM) if number % 2 else (18 * MM, 26 * MM)
        for left, bottom, right, top in sheet.boxes:
            if (left <= inner - 1 or right >= sheet.width - outer + 1
                    or bottom <= 10 * MM or top >= sheet.height - 10 * MM):  # fmt: skip
                yield f"beyond the margins of sheet {number}: {left:.0f} {bottom:.0f} {right:.0f} {top:.0f}"
        lines = {round(bottom) for _, bottom, _, top in sheet.boxes if bottom > BOTTOM and top < sheet.height - TOP + 2}
        if number < len(sheets) and len(lines) < 3:
            yield f"sheet {number} has {len(lines)} lines"


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_opens_without_a_complaint_and_is_printed_with_all_its_words_within_the_margins_under_its_head(
    browser: Browser, printed: Printer, site: Path, half: int
) -> None:
    """On A4; the words stand in order, and there are no others."""
    paths = addresses_of(site)[half::2]
    left_out = unwritten(browser, words_in(site, paths))
    wrong = [f"{path}: {fault}" for path in paths for fault in sheet_faults(site, path, printed(path), left_out)]
    assert len(paths) > 25
    assert wrong == [], "\n".join(wrong)


def test_so_it_is_on_letter(browser: Browser, request: pytest.FixtureRequest, long: bool) -> None:
    """A page of each part of the made-up op-ed's site is printed; if `long`, every page here."""
    site: Path = request.getfixturevalue("site" if long else "lighthouse")
    printed: Printer = request.getfixturevalue("printed" if long else "printed_small")
    paths = addresses_of(site) if long else ["op-ed/light/", "claims/vote-2019/", "claims/", "evidence/timeline/"]
    left_out = unwritten(browser, words_in(site, paths))
    wrong = [
        f"{path}: {fault}" for path in paths for fault in sheet_faults(site, path, printed(path, "Letter"), left_out)
    ]
    assert wrong == [], "\n".join(wrong)


# Chromium reads no fonts of Type 1, and gives the first letter of a bold that it draws itself no name in a PDF.
FONTS = [
    folder
    for name in ("dejavu", "liberation", "nanum", "noto", "tex-gyre", "urw-base35")
    for folder in sorted(Path("/usr/share/fonts").glob(f"[ot]*type/{name}"))
]


@pytest.mark.parametrize("folder", FONTS, ids=lambda folder: folder.name)
def test_with_the_fonts_of_one_folder_alone_no_word_is_lost_and_the_whole_op_ed_fills_few_sheets(
    browser: Browser, folder: Path, site: Path, address: str, tmp_path: Path
) -> None:
    """With Liberation, as slender as Times, it is eight sheets."""
    settings = f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    (tmp_path / "fonts.conf").write_text(settings, encoding="utf-8")
    environment = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    with launch(browser.browser_type, env=environment) as other:
        page = other.new_page()
        page.goto(f"{address}/claims/acts-2014/")
        sheets = read(page.pdf(format="A4"))
        words = words_in(site, ["claims/acts-2014/"])
        assert all(kind.search(words) for kind in RARE)
        assert word_difference(site, "claims/acts-2014/", sheets, unwritten(other, words)) == ""
        page.goto(f"{address}/{WHOLE}")
        most = 8 if folder.name == "liberation" else 9
        assert all(len(read(page.pdf(format=size))) <= most for size in ("A4", "Letter"))


@pytest.mark.parametrize("part", REGISTER.parts)
def test_the_notes_of_a_part_give_verdict_sources_date_and_address(printed: Printer, part: str) -> None:
    text = "".join(squeezed(sheet.body) for sheet in printed(f"op-ed/{part}/"))
    for block in REGISTER.parts[part].blocks:
        for claim in (REGISTER.claims[mark.claim] for mark in block.marks):
            assert claim.verdict is not None
            verdict = f"{claim.verdict.symbol} {claim.verdict.name}. "
            start = text.index(squeezed(f"{claim.number}. {verdict}{claim.finding}"))
            end = text.index(squeezed(f"Checked on {in_words(claim.checked)}."), start)
            for source in (REGISTER.sources[name] for name in claim.sources):
                copied = "copy at " if source.text("form") != "original" else ""
                told = squeezed(f"{source.short}, {copied}{source.text('URL')}")
                assert told in text[start:end], f"{claim.id}: {source.id}"
                assert squeezed(source.text("number")) in text[start:end]


@pytest.mark.parametrize(("path", "most"), [(WHOLE, 9), ("op-ed/short/", 4)])
def test_an_edition_has_paragraphs_numbered_as_in_links_on_few_sheets_the_first_with_all_verdicts(
    printed: Printer, path: str, most: int
) -> None:
    sheets = printed(path)
    shown = re.findall(r"(?:^|\s)(p\d+) (?=[“A-Z])", " ".join(sheet.body for sheet in sheets))
    assert shown[:21] == [f"p{number}" for number in range(1, 22)]
    assert len(sheets) <= most
    first = squeezed(sheets[0].body)
    for verdict in VERDICTS.values():
        assert squeezed(f"{verdict.symbol} {verdict.name}.") in first
    text = "".join(squeezed(sheet.body) for sheet in sheets)
    assert not re.search(r"\(source\)|(?<![/\w])(?:c|op-ed)/[\w-]+/", text)


def test_with_an_address_the_whole_op_ed_fills_no_more_sheets_of_letter_and_lists_sources_within_the_margin(
    browser: Browser, address: str
) -> None:
    """Only the first note has the site's address in full before the claim's."""
    with window(browser) as page:
        page.goto(f"{address}/{WHOLE}")
        site = "https://a-newspaper.example/a-fact-check/"
        page.locator(".short").evaluate_all("(all, site) => all.forEach(one => one.dataset.siteAddress = site)", site)
        sheets = read(page.pdf(format="Letter"))
        page.emulate_media(media="print")
        left = "all => all.map(one => one.getBoundingClientRect().left)"
        heading, first = page.locator("#sources, #sources + ul > li:first-child").evaluate_all(left)
        assert heading == first
    assert len(sheets) <= 9
    shown = re.findall(r"See(\S*?/)c/[\w-]+/", "".join(squeezed(sheet.body) for sheet in sheets))
    assert shown == [site] + ["…/"] * (len(REGISTER.claims) - 1)


def test_the_downloads_page_says_how_many_sheets_each_copy_fills(printed: Printer, site: Path) -> None:
    words = " ".join(article_of(site / "about/downloads/index.html").get_text().split())
    said = re.search(r"at most (\d+) sheets, .* at most (\d+), and the whole fact-check about (\d+)", words)
    assert said is not None
    whole, short, check = (len(printed(path)) for path in (WHOLE, "op-ed/short/", "claims/all/"))
    assert (whole <= int(said[1]), short <= int(said[2]), round(check, -1)) == (True, True, int(said[3]))


def test_the_list_of_sources_explains_every_short_name_of_the_notes(printed: Printer) -> None:
    """It gives title, publisher, date and address; notes give the rest."""
    notes, _, listed = "".join(squeezed(sheet.body) for sheet in printed(WHOLE)).rpartition("Thesourcesoftheclaims")
    for claim in REGISTER.claims.values():
        assert claim.verdict is not None
        start = notes.index(squeezed(f"{claim.number}. {claim.verdict.symbol} {claim.verdict.name}. {claim.finding}"))
        end = notes.index(squeezed(f"Checked on {in_words(claim.checked)}."), start)
        for source in (REGISTER.sources[name] for name in claim.sources):
            assert squeezed(source.short) in notes[start:end], f"{claim.id}: {source.id}"
    for name in {name for claim in REGISTER.claims.values() for name in claim.sources}:
        source = REGISTER.sources[name]
        entry = listed[listed.index(squeezed(f"{source.short}:")) :]
        address = squeezed(source.text("URL").removeprefix("https://"))
        entry = entry[: entry.index(address)]
        told = [source.text("title"), source.text("publisher").partition(",")[0].partition(" (")[0]]
        assert all(squeezed(words) in entry or RARE[0].search(words) for words in told), f"{name}: {entry}"
        assert squeezed(dated(source.text("issued"))).lower() in entry.lower(), f"{name}: {entry}"


def test_what_is_for_paper_is_not_on_the_screen_nor_found_by_search(site: Path, page: Page, address: str) -> None:
    page.goto(f"{address}/op-ed/response/")
    assert page.locator(".print").count() > 5
    assert page.locator(".print:visible").count() == 0
    page.locator("sup > a[href='#fn:vote-2014']").focus()
    tip = page.locator(".note")
    tip.wait_for()
    assert "How this was checked" in tip.inner_text()
    assert "Checked on" not in tip.inner_text()
    assert "Checked on" not in (site / "search" / "search_index.json").read_text(encoding="utf-8")


SCREENS: dict[str, dict[str, Any]] = {
    "dark": {"media": {"color_scheme": "dark"}},
    "phone": {"width": 360, "height": 740, "is_mobile": True, "has_touch": True},
    "wide": {"width": 2560, "height": 1440},
    "forced colours": {"media": {"forced_colors": "active"}},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_from_any_screen_with_scripts_or_without_the_sheets_are_the_same(
    browser: Browser, small: str, printed_small: Printer, screen: str
) -> None:
    with window(browser, **SCREENS[screen]) as page:
        for path in ("op-ed/light/", "evidence/votes/"):
            page.goto(f"{small}/{path}", wait_until="load")
            assert read(page.pdf(format="A4")) == printed_small(path), path


def test_an_open_note_and_a_place_gone_to_leave_no_trace(browser: Browser, small: str, printed_small: Printer) -> None:
    with window(browser) as page:
        page.goto(f"{small}/op-ed/light/#vote-2019")
        page.locator("sup > a[href='#fn:vote-2019']").focus()
        page.locator(".note").wait_for()
        assert read(page.pdf(format="A4")) == printed_small("op-ed/light/")


def test_dark_or_light_a_sheet_has_the_same_ink(browser: Browser, small: str) -> None:
    pictures = []
    for scheme in ("light", "dark"):
        with window(browser, media={"color_scheme": scheme}) as page:
            page.goto(f"{small}/evidence/votes/")
            sheet = pypdfium2.PdfDocument(page.pdf(format="A4"))[0].render(scale=1, grayscale=True).to_pil()
            pictures.append(sheet.tobytes())
            assert sheet.getpixel((5, 5)) == 255
    assert pictures[0] == pictures[1]


def test_in_grey_the_three_votes_differ(browser: Browser, address: str) -> None:
    """In favour is dark, abstaining is white, against is between: hatched."""
    with window(browser) as page:
        page.goto(f"{address}/evidence/votes/")
        page.emulate_media(media="print")
        fills = [
            page.locator(f".votes-chart rect.{name}").first.evaluate("e => getComputedStyle(e).fill")
            for name in ("yes", "no", "abstain")
        ]
        assert fills[0] == "rgb(51, 51, 51)"
        assert "votes-no" in fills[1]
        assert fills[2] == "rgb(255, 255, 255)"


# PDF 1.7 (ISO 32000-1), 14.8.4: the standard tags.
TAGS = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "Index", "NonStruct", "P", "H1", "H2", "H3", "L",
    "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference",
    "Code", "Link", "Annot", "Figure", "Formula",
}  # fmt: skip
FILES = {
    "op-ed/whole/op-ed-a4.pdf": "Ada Quill",
    "op-ed/whole/op-ed-letter.pdf": "Ada Quill",
    "op-ed/short/op-ed-short-a4.pdf": "Ada Quill",
    "op-ed/short/op-ed-short-letter.pdf": "Ada Quill",
    "claims/all/fact-check-a4.pdf": "The editors of The light at Cape Orrin, checked",
    "claims/all/fact-check-letter.pdf": "The editors of The light at Cape Orrin, checked",
}


@pytest.mark.parametrize("name", FILES)
def test_a_copy_is_tagged_and_outlined_and_says_what_it_is(addressed: Path, name: str) -> None:
    reader = PdfReader(addressed / name)
    root = cast(DictionaryObject, reader.trailer["/Root"])
    assert str(root["/Lang"]) == "en"
    assert cast(DictionaryObject, root["/MarkInfo"])["/Marked"]
    tree = cast(DictionaryObject, root["/StructTreeRoot"])
    assert tree["/K"]
    assert reader.pdf_header == "%PDF-1.7"
    used = {tag.decode() for tag in re.findall(rb"/S /(\w+)", (addressed / name).read_bytes())}
    assert {"H1", "H2", "P", "Link", "L", "LI"} <= used
    assert {"Table", "TH", "TD"} <= used or not name.startswith("claims/")
    mapped = {key[1:] for key in cast(DictionaryObject, tree["/RoleMap"])}
    assert used - mapped - {"URI"} <= TAGS, used - mapped
    assert reader.metadata is not None
    page = words_of(addressed, name.rpartition("/")[0])
    heading = page.select_one("h1")
    assert heading is not None
    assert reader.metadata.title == f"{heading.get_text().strip()} - The light at Cape Orrin, checked"
    assert reader.metadata.author == FILES[name]
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2021-06-02"
    titles = [item.title for item in flat(reader.outline)]
    assert titles == [" ".join(heading.get_text().split()) for heading in page.select("h1, h2, h3")]


def flat(outline: list[Any]) -> list[Any]:
    return [entry for item in outline for entry in (flat(item) if isinstance(item, list) else [item])]


@pytest.mark.parametrize("name", FILES)
def test_links_lead_to_places_within_or_to_absolute_addresses_and_fonts_are_embedded(
    addressed: Path, name: str
) -> None:
    reader = PdfReader(addressed / name)
    places = set(reader.named_destinations)
    within, addresses = set(), set()
    for page in reader.pages:
        for link in (annotation.get_object() for annotation in page.get("/Annots", [])):
            if "/A" in link:
                addresses.add(str(link["/A"]["/URI"]))
            else:
                within.add(str(link["/Dest"]))
        resources = cast(DictionaryObject, page["/Resources"])
        for font in (font.get_object() for font in resources.get("/Font", {}).values()):
            descendant = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            described = descendant.get("/FontDescriptor", {})
            assert font["/Subtype"] == "/Type3" or any(key.startswith("/FontFile") for key in described)
    assert within
    assert within <= places
    assert all(address.startswith(("https://", "http://")) for address in addresses)
    assert any(address.startswith(ADDRESS) for address in addresses)
    assert not any("127.0.0.1" in address for address in addresses)


def test_the_code_on_the_first_sheet_is_that_of_the_page(addressed: Path) -> None:
    """The code on the sheet has the same modules as one drawn from the same address."""
    short = ("op-ed/short/op-ed-short", "op-ed/short/")
    for name, address in (("op-ed/whole/op-ed", "op-ed/whole/"), short, ("claims/all/fact-check", "claims/all/")):
        sheet = pypdfium2.PdfDocument(addressed / f"{name}-a4.pdf")[0].render(scale=4, grayscale=True).to_pil()
        rows = list(segno.make(f"{ADDRESS}{address}", error="m").matrix)
        side, left, top = 24 * MM * 4, sheet.width - (22 + 24) * MM * 4, TOP * 4
        step = side / len(rows)
        for y, row in enumerate(rows):
            places = [(int(left + step * (x + 0.5)), int(top + step * (y + 0.5))) for x in range(len(row))]
            assert [sheet.getpixel(place) < 128 for place in places] == [bool(module) for module in row], (name, y)


def test_without_an_address_links_are_relative_and_without_a_code_and_the_date_can_be_set(
    browser: Browser, lighthouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with paper._opened(browser, lighthouse, paper.NOWHERE) as opened:
        opened.goto(f"{paper.NOWHERE}{WHOLE}")
        reader = PdfReader(io.BytesIO(paper._printed(opened, "A4")))
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    addresses = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    relative = {address for address in addresses if not address.startswith("http")}
    assert "../../claims/vote-2019/" in relative
    assert all((lighthouse / "op-ed/whole" / address.partition("#")[0]).exists() for address in relative)
    assert not any("invalid" in address for address in addresses)
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.timestamp() == 1700000000


def test_what_is_missing_is_said_with_what_to_do(lighthouse: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    done = publish_site(tmp_path, "--pdf")
    assert done.returncode == 1
    assert "has no page op-ed/whole/; build the site first" in done.stderr
    done = publish_site(lighthouse, "--pdf", BROWSER_PATH="/nowhere/chromium")
    assert done.returncode == 1
    assert "/nowhere/chromium did not start; install one, or name one: BROWSER_PATH=" in done.stderr
    assert "Traceback" not in done.stderr
