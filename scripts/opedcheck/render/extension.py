"""Python-Markdown extension that renders claim marks and their notes, citations, directives and permalinks.

Most of it turns Markdown into Markdown before any other block is parsed, so that headings, contents, notes and search
work as for any page. The same text renders the same in every builder that runs Python-Markdown.
"""

import os
import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from opedcheck.citations import NO_SITE, Site, site_of
from opedcheck.dates import MONTHS, today
from opedcheck.register import Register, load
from opedcheck.render import evidence, op_ed
from opedcheck.render.head import head_of
from opedcheck.render.links import add_permalinks, name_targets, with_citations
from opedcheck.render.templates import filled
from opedcheck.text import DIRECTIVE, Page

ROOT = Path(__file__).resolve().parents[3]

# Directives that need nothing but a template of their name.
_TEMPLATED = ("carried", "checks", "claims-table", "contradicted", "dateline", "home-line", "opinions", "parties",
              "parts", "sources", "title-page", "votes")  # fmt: skip
# What each directive of a page expands to: Markdown made from the register, and rendered like any other. Links are
# relative to a page one folder below docs; on the home page the directive's argument is `.`, and they are made so.
DIRECTIVES: dict[str, Callable[[Register, str], str]] = {
    **{name: partial(filled, f"{name}.md") for name in _TEMPLATED},
    "changes": op_ed.changes,
    "chart": evidence.votes_chart,
    "cited": op_ed.cited,
    "country-votes": evidence.country_votes,
    "coverage": op_ed.coverage,
    # Publishing fills in the links to the downloads below a folder, or to all.
    "downloads": lambda _register, folder: f"<!-- {' '.join(['publish/downloads', *folder.split()])} -->",
    "every-claim": op_ed.every_claim,
    "header": evidence.header,
    "notes": lambda _register, _argument: op_ed.NOTES,
    "op-ed": op_ed.whole,
    "publisher": lambda _register, _argument: op_ed.PUBLISHER,
    "state-votes": evidence.state_votes,
    "summary": op_ed.summary,
    "timeline": evidence.timeline,
}

_DIRECTIVES = re.compile(rf"^{DIRECTIVE.pattern}[^\S\n]*$", re.MULTILINE)
# What must not be broken at the end of a line: a tally, a day with its month, and a name with a short piece, not in an
# id; and the texts between tags that may hold such.
_MONTHS = "|".join(MONTHS)
FIGURES = re.compile(
    r"(?<![\w#-])(?:\d{1,3}(?:[–-]\d{1,3})+(?![\w-])|(?:[Oo]p-ed|[A-Z][a-z]+-[A-Z])(?![\w-])"
    rf"|\d{{1,2}}[ ](?:{_MONTHS})\b|(?:{_MONTHS})[ ]\d{{1,2}}\b)"
)
_TEXT = re.compile(r"<code\b.*?</code>|(?<=>)[^<]*[\d-][^<]*", re.DOTALL)


def expand(text: str, register: Register, site: Site = NO_SITE) -> str:
    """Return a page's text with its directives, marks and citations as plain Markdown."""
    used: dict[str, str] = {}

    def expanded(match: re.Match[str]) -> str:
        name, argument = match["name"], match["argument"] or ""
        if name not in DIRECTIVES:
            return match.group()
        used[name] = argument
        made = DIRECTIVES[name](register, argument)
        return made.replace("](../", "](./") if argument == "." else made

    text = _DIRECTIVES.sub(expanded, text)
    if claim := register.claims.get(used.get("header", "")):
        text += "\n\n" + filled("claim-end.md", register, claim=claim, alone=True)
    sources = "names" if "cited" in used else "" if "op-ed" in used else "addresses"
    text = with_citations(op_ed.with_notes(text, register, sources), register)
    text = text.replace(op_ed.PUBLISHER, op_ed.publisher(register, site))
    return op_ed.within(text, register, "cited" in used) if "op-ed" in used else text


@lru_cache(maxsize=2)
def _pages_by_words(register: Register) -> dict[str, Page]:
    """Return the pages by their words: builders pass extensions the text of a page, but not its name."""
    return {" ".join(page.body.split()): page for page in register.pages.values()}


class ClaimsPreprocessor(Preprocessor):
    """Expand a page before its blocks are parsed."""

    def __init__(self, md: Markdown, root: Path, site: Site) -> None:
        """Take the project's folder, and what the site says of itself."""
        super().__init__(md)
        self.root = root
        self.site = site
        self.register: Register  # that of the page being rendered
        self.page: Page | None = None  # the page being rendered, where it is one of the project's

    def run(self, lines: list[str]) -> list[str]:
        """Expand the page's lines."""
        text = "\n".join(lines)
        self.register = current_register(self.root)
        self.page = _pages_by_words(self.register).get(" ".join(text.split()))
        if self.page in self.register.parts.values():
            text = f"{filled('part.md', self.register, page=self.page)}\n\n{text}"
        return expand(text, self.register, self.site).split("\n")


class ClaimsTreeprocessor(Treeprocessor):
    """Finish a page's tree: numbers of claims, names of links, permalinks, the block "Cite" and the metadata."""

    def __init__(self, source: ClaimsPreprocessor) -> None:
        """Take the processor that expanded the page."""
        super().__init__(source.md)
        self.source = source

    def run(self, root: Element) -> None:
        """Change the page's tree."""
        register, page, site = self.source.register, self.source.page, self.source.site
        number_notes(root, register)
        name_targets(root, register)
        for words in root.findall(f"p[@class='{'no-address' if site.address else 'address'}']"):
            root.remove(words)
        for link in root.iter("a"):
            # Shown in a window, such a file is of no use, and misread where a server does not say that it is UTF-8.
            if re.fullmatch(r"[^:]+\.(?:bib|json)", link.get("href", "")):
                link.set("download", "")
        # The content policy allows styles in style sheets only.
        for cell in (cell for tag in ("th", "td") for cell in root.iter(tag)):
            if aligned := re.fullmatch(r"text-align: (\w+);", cell.attrib.pop("style", "")):
                cell.set("class", f"{cell.get('class', '')} {aligned[1]}".strip())
        if page is None:
            return
        add_permalinks(root, register)
        claim = next((claim for claim in register.claims.values() if claim.page is page), None)
        head = f"<!--head\n{head_of(page, claim, register, site)}\nhead-->"
        for block in filter(None, [op_ed.cite_block(page, claim, register, site), head]):
            SubElement(root, "p").text = self.md.htmlStash.store(block)  # the stashed block replaces this paragraph


def number_notes(root: Element, register: Register) -> None:
    """Number references to notes, and notes, like their claims, with the verdict's symbol first.

    The numbers at the marks are kept out of the search index.
    """
    for mark in root.iter("sup"):
        link = mark.find("a[@class='footnote-ref']")
        if link is None:
            continue
        mark.set("data-search-exclude", "")
        claim = register.claims.get(link.get("href", "").removeprefix("#fn:"))
        if claim and claim.number and claim.verdict:
            link.set("class", f"footnote-ref {claim.verdict.id}")
            link.attrib.pop("title", None)
            link.set("aria-label", f"{claim.verdict.name}: claim {claim.number}")
            link.text = f"{claim.verdict.symbol}{claim.number}"
    for item in root.iter("li"):
        _, note, name = item.get("id", "").rpartition("fn:")
        claim = register.claims.get(name) if note else None
        if claim and claim.number:
            item.set("value", str(claim.number))
            for place, back in enumerate(item.iterfind(".//a[@class='footnote-backref']")):
                back.attrib.pop("title", None)
                again = f", place {place + 1}" if place else ""
                back.set("aria-label", f"Back to claim {claim.number} in the text{again}")


class FiguresPostprocessor(Postprocessor):
    """Keep figures and hyphenated names on one line, except in code; the words do not change."""

    def run(self, text: str) -> str:
        """Wrap each match of `FIGURES`."""
        wrapped = r'<span class="figures">\g<0></span>'
        return _TEXT.sub(lambda found: found[0] if found[0][0] == "<" else FIGURES.sub(wrapped, found[0]), text)


@lru_cache(maxsize=2)
def _register(root: Path, _state: tuple[tuple[str, int, int], ...]) -> Register:
    return load(root, today())


_OF_BUILD: dict[Path, Register] = {}


def current_register(root: Path) -> Register:
    """Return the register of the build that has begun, else the current one, read again only if a file has changed."""
    if root in _OF_BUILD:
        return _OF_BUILD[root]
    files = (f"{folder}/{name}" for folder, _, names in os.walk(root / "docs") for name in sorted(names))
    states = ((file, os.lstat(file)) for file in files)
    return _register(root, tuple((file, state.st_mtime_ns, state.st_size) for file, state in states))


def begin_build(root: Path) -> Register:
    """Return the current register of docs/, which is that of all pages until the next build begins."""
    _OF_BUILD.pop(root, None)
    return _OF_BUILD.setdefault(root, current_register(root))


class ClaimsExtension(Extension):
    """The extension that builders load as `opedcheck.render.extension` in `markdown_extensions`."""

    def __init__(self, **options: Any) -> None:
        """Take the project's folder, by default the one above scripts/, and what the site says of itself."""
        self.config = {
            "root": [str(ROOT), "the project folder, with docs/ in it"],
            "site_name": ["", "the site's name, for citing it"],
            "site_url": ["", "the address that the site is published under, if it has one"],
            "publisher": [{}, "the name and contact of the site's publisher, if it has one"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors."""
        root = Path(self.getConfig("root"))
        site = site_of(root, *(self.getConfig(name) for name in ("site_name", "site_url", "publisher")))
        source = ClaimsPreprocessor(md, root, site)
        md.preprocessors.register(source, "claims", 28)  # between white space and raw HTML
        md.postprocessors.register(FiguresPostprocessor(md), "figures", 31)  # before raw HTML is put back
        # After the toc, which adds the headings' permalinks.
        md.treeprocessors.register(ClaimsTreeprocessor(source), "claims", 3)


def makeExtension(**options: Any) -> ClaimsExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ClaimsExtension(**options)
