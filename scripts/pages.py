"""A Markdown page of the site: its front matter, headings, sections, sentences and citations."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import op_ed
from dates import WrittenDate, find_dates
from reading import Mapping, Place, UnreadableError, parse_yaml
from suppressions import without_suppressions

CITATION = re.compile(r"\[(@[\w-]+(?:; @[\w-]+)*)\]")
_HEADING = re.compile(r"^#{1,6} [^\n]*$", re.MULTILINE)
_HEADING_ID = re.compile(r"\{(?=[^{}]*+\}[ ]*+$)[^{}]*#([\w-]+)[^{}]*\}[ ]*", re.MULTILINE)
# YAML 1.1 that MkDocs can't use: the end of a document, a merge, a default, or a closing line other than three hyphens.
# MkDocs shows front matter with one of these as text.
_READ_OTHERWISE = re.compile(r"^\.\.\..*|(?<![^\s:,\[{-])(?:=|<<)(?![^\s:,\]}])|^---.*\S[ \t]*$", re.MULTILINE)
# A paragraph or an item of a list, without its marker.
_PROSE = re.compile(
    r"^[^\S\n]*(?:[-*] |\d+\. )?(?P<text>\S[^\n]*(?:\n(?![-*] |\d+\. )[^\S\n]*\S[^\n]*)*)", re.MULTILINE
)


def page_address(path: str) -> str:
    """Return a page's address below the site's root: `op-ed/response/` for `docs/op-ed/response.md`."""
    name = path.removeprefix("docs/").removesuffix(".md")
    return f"{name}/" if name.rpartition("/")[2] != "index" else name.removesuffix("index")


class Heading(NamedTuple):
    """A heading with an id: the id, and where its line starts and ends in the page's text."""

    id: str
    start: int
    end: int


class Page:
    """A Markdown page in docs/: its front matter, if any, and its whole text. Immutable."""

    def __init__(self, path: str, fields: Mapping, text: str, body_start: int) -> None:
        """Store the path, the front matter, the text, and the offset at which the body starts."""
        self.path = path
        self.fields = fields
        self.text = text
        self.body_start = body_start

    @property
    def address(self) -> str:
        """Return the page's address below the site's root; an empty string for the home page."""
        return page_address(self.path)

    @property
    def body(self) -> str:
        """Return the text after the front matter."""
        return self.text[self.body_start :]

    def at(self, offset: int) -> Place:
        """Return the place of an offset in the whole text."""
        return op_ed.place_in(self.path, op_ed.line_starts(self.text), offset)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """Return the dates on the page, including its front matter; their offsets are those of the whole text."""
        return tuple(find_dates(self.text))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings with an id, in order."""
        found = []
        for match in _HEADING.finditer(self.text, self.body_start):
            attributes = match.group().rfind("{")
            if attributes >= 0 and (carried := _HEADING_ID.fullmatch(match.group(), attributes)):
                found.append(Heading(carried[1], match.start(), match.end()))
        return tuple(found)

    def headings_of_any_kind(self) -> Iterator[Heading]:
        """Yield every heading of the body, with or without an id."""
        carried = {heading.start: heading for heading in self.headings}
        for match in _HEADING.finditer(self.text, self.body_start):
            yield carried.get(match.start(), Heading("", match.start(), match.end()))

    def section(self, name: str) -> tuple[int, int] | None:
        """Return where the section with the id `name` starts and ends, or None if there is none."""
        for heading in self.headings:
            if heading.id == name:
                following = self.text.find("\n#", heading.end)
                return heading.end, following if following >= 0 else len(self.text)
        return None

    def record_sentences(self) -> Iterator[tuple[op_ed.Sentence, int]]:
        """Yield the sentences under "What the record shows" and their offsets in the page."""
        start, end = self.section("record") or (0, 0)
        for item in _PROSE.finditer(without_suppressions(self.text[start:end])):
            for sentence in op_ed.sentences(item["text"].replace("\n", " ")):
                yield sentence, start + item.start("text") + sentence.start

    def citations(self, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int]]:
        """Yield each source id cited as `[@id]`, with its offset."""
        for match in CITATION.finditer(self.text, max(start, self.body_start), len(self.text) if end is None else end):
            for cited in re.finditer(r"@([\w-]+)", match.group()):
                yield cited[1], match.start() + cited.start()


def read_page(text: str, path: str) -> Page:
    """Read a page. Raise `UnreadableError` if its front matter is not a YAML mapping or is never closed."""
    if not text.startswith("---\n"):
        return Page(path, Mapping(Place(path)), text, 0)
    end = re.compile(r"^---[ \t]*$\n?", re.MULTILINE).search(text, 4)
    if end is None:
        raise UnreadableError(Place(path), "the front matter is never closed; end it with a line '---'")
    tree = parse_yaml(text[4 : end.start()], path, first_line=2)
    if odd := _READ_OTHERWISE.search(text, 4, end.end()):
        line = text.count("\n", 0, odd.start()) + 1
        message = f"'{odd[0].strip()}' makes the site builder show the front matter as text; put it in quotes"
        raise UnreadableError(Place(path, line), message)
    if tree is not None and not isinstance(tree, Mapping):
        raise UnreadableError(Place(path, 2), "YAML: the front matter needs keys with values; write 'key: value'")
    return Page(path, tree if tree is not None else Mapping(Place(path)), text, end.end())
