"""Python-Markdown extension that renders claim marks and their notes, citations, directives and permalinks.

Most of it turns Markdown into Markdown before any other block is parsed, so that headings, contents, notes and search
work as for any page. The same text renders the same in every builder that runs Python-Markdown.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

import op_ed
from address_marks import anchor_moved, mark_addresses, moved_elsewhere
from citations import Site, site_of
from cite_block import cite_block
from claim_pages import claim_sources, numbers
from claims import VERDICTS, Register, load
from dates import MONTHS
from directives import DIRECTIVES
from markup import name_of, with_citations
from notes import with_notes
from pages import Page
from paper import tell_ways
from provenance import PUBLISHER, Publisher, publisher_of
from reading_copies import within
from suppressions import without_suppressions

ROOT = Path(__file__).resolve().parent.parent


def expand(text: str, register: Register, publisher: Publisher | None = None) -> str:
    """Render a page's directives, marks and citations as plain Markdown."""
    closing = ""
    used = set()
    lines = []
    for line in without_suppressions(text).split("\n"):
        match = op_ed.DIRECTIVE.fullmatch(line.rstrip())
        if match and match["name"] in DIRECTIVES:
            used.add(match["name"])
            line = DIRECTIVES[match["name"]](register, match["argument"] or "")
            if match["name"] == "header":
                closing = "\n\n" + claim_sources(register, match["argument"] or "")
        lines.append(line)
    text = with_citations(with_notes("\n".join(lines) + closing, register, "cited" in used), register)
    text = text.replace(PUBLISHER, (publisher or Publisher()).words())
    return within(text, register) if "op-ed" in used else text


@lru_cache(maxsize=2)
def _pages_by_words(register: Register) -> dict[str, Page]:
    return {" ".join(page.body.split()): page for page in register.pages.values()}


def page_of(text: str, register: Register) -> Page | None:
    """Return the page with this text as its body, or None: builders pass extensions the text, but not its name."""
    return _pages_by_words(register).get(" ".join(text.split()))


class ClaimsPreprocessor(Preprocessor):
    """Expand a page before its blocks are parsed."""

    def __init__(self, md: Markdown, root: Path, publisher: Publisher) -> None:
        """Take the project's folder, and who publishes the site."""
        super().__init__(md)
        self.root = root
        self.publisher = publisher
        self.register: Register | None = None  # that of the page being rendered
        self.page: Page | None = None  # the page being rendered, where it is one of the project's

    def run(self, lines: list[str]) -> list[str]:
        """Expand the page's lines."""
        text = "\n".join(lines)
        self.register = current_register(self.root)
        self.page = page_of(text, self.register)
        moved = moved_elsewhere(self.page, self.register) if self.page else ""
        return "\n\n".join(filter(None, [expand(text, self.register, self.publisher), moved])).split("\n")


class Addresses(Treeprocessor):
    """Add permalinks to a page's elements, and anchors for old ids."""

    def __init__(self, md: Markdown, page: ClaimsPreprocessor) -> None:
        """Store the processor that expanded the page."""
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        """Add the permalinks and anchors."""
        if self.page.register is not None and self.page.page is not None:
            mark_addresses(root, self.page.register)
            anchor_moved(root, self.page.page, self.page.register)


class CiteBlock(Treeprocessor):
    """Close a page with the block for citing it, after the notes."""

    def __init__(self, md: Markdown, page: ClaimsPreprocessor, site: Site) -> None:
        """Store the processor that expanded the page, and the site's name, address and version."""
        super().__init__(md)
        self.page = page
        self.site = site

    def run(self, root: Element) -> None:
        """Add the block at the page's end."""
        if self.page.register is not None and self.page.page is not None:
            block = cite_block(self.page.page, self.page.register, self.site)
            if block:
                SubElement(root, "p").text = self.md.htmlStash.store(block)  # the stashed block replaces this paragraph


class ClaimNumbers(Treeprocessor):
    """Number notes like their claims, with the verdict's symbol first, and say in print where links lead.

    The numbers at the marks are kept out of the search index.
    """

    def __init__(self, md: Markdown, page: ClaimsPreprocessor) -> None:
        """Store the processor that expanded the page."""
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        """Change the references to claims' notes, the notes, and the links."""
        if self.page.register is None:
            return
        number = numbers(self.page.register)
        for mark in root.iter("sup"):
            link = mark.find("a")
            if link is None or link.get("class") != "footnote-ref":
                continue
            mark.set("data-search-exclude", "")
            claim = self.page.register.claims.get(link.get("href", "").removeprefix("#fn:"))
            if claim is not None and claim.id in number and claim.verdict in VERDICTS:
                link.set("class", f"footnote-ref {claim.verdict}")
                link.attrib.pop("title", None)
                link.set("aria-label", f"{name_of(claim.verdict)}: claim {number[claim.id]}")
                link.text = f"{VERDICTS[claim.verdict]}{number[claim.id]}"
        for item in root.iter("li"):
            claim_id = item.get("id", "").removeprefix("fn:")
            if claim_id != item.get("id") and claim_id in number:
                item.set("value", str(number[claim_id]))
                for place, back in enumerate(item.iterfind(".//a[@class='footnote-backref']")):
                    back.attrib.pop("title", None)
                    again = f", place {place + 1}" if place else ""
                    back.set("aria-label", f"Back to claim {number[claim_id]} in the text{again}")
        tell_ways(root, self.page.register)


class AlignedCells(Treeprocessor):
    """Replace the inline style for the alignment of table cells by a class.

    The site's content policy allows styles in style sheets only.
    """

    def run(self, root: Element) -> None:
        """Change the aligned cells."""
        for cell in (cell for tag in ("th", "td") for cell in root.iter(tag)):
            if aligned := re.fullmatch(r"text-align: (\w+);", cell.attrib.pop("style", "")):
                cell.set("class", f"{cell.get('class', '')} {aligned[1]}".strip())


# What must not be broken at the end of a line: a tally, a day with its month, and two names with a hyphen.
FIGURES = (
    r"((?<![\w#-])\d{1,3}(?:[–-]\d{1,3})+(?![\w-])"  # not part of an id
    r"|(?<![\w#-])(?:[Oo]p-ed|Dong-A)(?![\w-])"
    rf"|\b\d{{1,2}}[ ](?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)})[ ]\d{{1,2}}\b)"
)


class FiguresTogether(InlineProcessor):
    """Keep figures and hyphenated names on one line; the words do not change."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name and types
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        """Wrap a match of `FIGURES`."""
        span = Element("span", {"class": "figures"})
        span.text = AtomicString(m[1])
        return span, m.start(0), m.end(0)


_registers: dict[Path, tuple[frozenset[tuple[str, int, int]], Register]] = {}


def current_register(root: Path) -> Register:
    """Return the current register of docs/, read again only if a file has changed."""
    state = frozenset(_files(root / "docs"))
    if root not in _registers or _registers[root][0] != state:
        _registers[root] = (state, load(root, date.today()))
    return _registers[root][1]


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield path, modification time and size of every file below a folder; it runs for each page, hence scandir."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            else:
                stat = entry.stat(follow_symlinks=False)
                yield entry.path, stat.st_mtime_ns, stat.st_size


class ClaimsExtension(Extension):
    """The extension that builders load as `claims_markdown` in `markdown_extensions`."""

    def __init__(self, **options: Any) -> None:
        """Take the project's folder, by default the one above this file's, and what the site says of itself."""
        self.config = {
            "root": [str(ROOT), "the project folder, with docs/ in it"],
            "site_name": ["", "the site's name, for citing it"],
            "site_url": ["", "the address that the site is published under, if it has one"],
            "publisher": [{}, "the name and contact of the site's publisher, if it has one"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the preprocessor between white space and raw HTML, and the others after notes and attributes."""
        root = Path(self.getConfig("root"))
        page = ClaimsPreprocessor(md, root, publisher_of(self.getConfig("publisher")))
        site = site_of(root, self.getConfig("site_name"), self.getConfig("site_url"))
        md.preprocessors.register(page, "claims", 28)
        md.inlinePatterns.register(FiguresTogether(FIGURES, md), "figures", 8)
        md.treeprocessors.register(ClaimNumbers(md, page), "claims_numbers", 6)
        md.treeprocessors.register(AlignedCells(md), "aligned_cells", 4)
        md.treeprocessors.register(
            Addresses(md, page), "addresses", 3
        )  # after the toc, which adds the headings' permalinks
        md.treeprocessors.register(CiteBlock(md, page, site), "cite", 2)


def makeExtension(**options: Any) -> ClaimsExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ClaimsExtension(**options)
