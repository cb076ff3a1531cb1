"""Python-Markdown extension: renders the op-ed's marks with their notes, citations, and the `claims/…` directives.

Everything is Markdown to Markdown, before any other block is parsed, so that headings, contents, notes and search work
as for any page. The same text renders the same in every builder that runs Python-Markdown.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

import op_ed
from claim_pages import claim_sources
from claims import VERDICTS, Claim, Register, load
from dates import MONTHS
from directives import DIRECTIVES
from markup import literal, name_of, source_links
from pages import CITATION
from suppressions import without_suppressions

ROOT = Path(__file__).resolve().parent.parent
SOURCES_IN_A_NOTE = 3


def with_notes(text: str, register: Register) -> str:
    """Give marks their verdict's class and a note, and put the notes at the end."""
    noted: dict[str, Claim] = {}

    def mark(match: re.Match[str]) -> str:
        claim = register.claims.get(op_ed.claim_of(match["attributes"])[0] or "")
        if claim is None or claim.verdict not in VERDICTS:
            return match.group()
        noted[claim.id] = claim
        return f"[{match['words']}]{{{match['attributes'].rstrip()} .{claim.verdict} }}[^{claim.id}]"

    text = op_ed.MARK.sub(mark, text)
    notes = [f"[^{claim.id}]: {note(claim, register)}" for claim in noted.values()]
    return "\n\n".join([text, "## What was checked here { #checked }", *notes]) if notes else text


def note(claim: Claim, register: Register) -> str:
    """Write the note of a claim: verdict, finding, sources, and a link to its page."""
    verdict = f"**{VERDICTS[claim.verdict]} {name_of(claim.verdict)}.**"
    shown = claim.sources[:SOURCES_IN_A_NOTE]
    links = source_links(shown, register)
    more = len(claim.sources) - len(shown)
    rest = f" and [{more} more](../claims/{claim.id}.md#sources)" if more else ""
    sources = f" Sources: {links}{rest}." if links else ""
    return f"{verdict} {literal(claim.text('description'))}{sources} [How this was checked](../claims/{claim.id}.md)"


def with_citations(text: str, register: Register) -> str:
    """Turn `[@id; @id2]` into links to the sources."""

    def cite(match: re.Match[str]) -> str:
        links = source_links(re.findall(r"@([\w-]+)", match[1]), register)
        return f"({links})" if links else match.group()

    return CITATION.sub(cite, text)


def expand(text: str, register: Register) -> str:
    """Render a page's directives, marks and citations as plain Markdown."""
    closing = ""
    lines = []
    for line in without_suppressions(text).split("\n"):
        match = op_ed.DIRECTIVE.fullmatch(line.rstrip())
        if match and match["name"] in DIRECTIVES:
            line = DIRECTIVES[match["name"]](register, match["argument"] or "")
            if match["name"] == "header":
                closing = "\n\n" + claim_sources(register, match["argument"] or "")
        lines.append(line)
    return with_citations(with_notes("\n".join(lines) + closing, register), register)


class ClaimsPreprocessor(Preprocessor):
    """Expands a page before its blocks are parsed."""

    def __init__(self, md: Markdown, root: Path) -> None:
        """Take the project's folder."""
        super().__init__(md)
        self.root = root
        self.register: Register | None = None  # that of the page being rendered, where it needed one

    def run(self, lines: list[str]) -> list[str]:
        """Expand the page's lines."""
        text = "\n".join(lines)
        self.register = None
        if "claim" in text or "[@" in text:
            self.register = current_register(self.root)
            text = expand(text, self.register)
        return text.split("\n")


class NoteSymbols(Treeprocessor):
    """Puts a verdict's symbol before the number of its note, and keeps both out of the search index."""

    def __init__(self, md: Markdown, page: ClaimsPreprocessor) -> None:
        """Take the processor that expanded the page."""
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        """Find the references to claims' notes."""
        if self.page.register is None:
            return
        for mark in root.iter("sup"):
            link = mark.find("a")
            if link is None or link.get("class") != "footnote-ref":
                continue
            mark.set("data-search-exclude", "")
            claim = self.page.register.claims.get(link.get("href", "").removeprefix("#fn:"))
            if claim is not None and claim.verdict in VERDICTS:
                link.set("class", f"footnote-ref {claim.verdict}")
                link.set("title", f"{name_of(claim.verdict)}: note {link.text}")
                link.text = f"{VERDICTS[claim.verdict]}{link.text}"


class AlignedCells(Treeprocessor):
    """Gives the cells of tables a class for their alignment, where Python-Markdown gives them a style of their own.

    The site's content policy allows styles in style sheets only.
    """

    def run(self, root: Element) -> None:
        """Find the cells that are aligned."""
        for cell in (cell for tag in ("th", "td") for cell in root.iter(tag)):
            if aligned := re.fullmatch(r"text-align: (\w+);", cell.attrib.pop("style", "")):
                cell.set("class", f"{cell.get('class', '')} {aligned[1]}".strip())


# A tally, or a day with its month: figures that are not parted at the end of a line.
FIGURES = (
    r"((?<![\w#-])\d{1,3}(?:[–-]\d{1,3})+(?![\w-])"  # no part of an id
    rf"|\b\d{{1,2}}[ ](?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)})[ ]\d{{1,2}}\b)"
)


class FiguresTogether(InlineProcessor):
    """Keeps figures that belong together on one line; the words stay as they are."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name and the types are Python-Markdown's own
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        """Wrap what `FIGURES` matches."""
        span = Element("span", {"class": "figures"})
        span.text = AtomicString(m[1])
        return span, m.start(0), m.end(0)


_registers: dict[Path, tuple[frozenset[tuple[str, int, int]], Register]] = {}


def current_register(root: Path) -> Register:
    """Give the register of docs/ as it is now: read once, and again when a file has changed."""
    state = frozenset(_files(root / "docs"))
    if root not in _registers or _registers[root][0] != state:
        _registers[root] = (state, load(root, date.today()))
    return _registers[root][1]


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Give the path, time of change and size of every file below a folder; asked for at every page, so by scandir."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            else:
                stat = entry.stat(follow_symlinks=False)
                yield entry.path, stat.st_mtime_ns, stat.st_size


class ClaimsExtension(Extension):
    """The extension as a builder loads it: `claims_markdown` in `markdown_extensions`."""

    def __init__(self, **options: Any) -> None:
        """Take the project's folder as `root`; by default the one above this file's."""
        self.config = {"root": [str(ROOT), "the project's folder, with docs/ in it"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind the normaliser of white space and before raw HTML, and behind the notes' own processor."""
        page = ClaimsPreprocessor(md, Path(self.getConfig("root")))
        md.preprocessors.register(page, "claims", 28)
        md.inlinePatterns.register(FiguresTogether(FIGURES, md), "figures", 8)
        md.treeprocessors.register(NoteSymbols(md, page), "claims_notes", 12)
        md.treeprocessors.register(AlignedCells(md), "aligned_cells", 4)


def makeExtension(**options: Any) -> ClaimsExtension:  # noqa: N802 - Python-Markdown's name
    """Give the extension."""
    return ClaimsExtension(**options)
