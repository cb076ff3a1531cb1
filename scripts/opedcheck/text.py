"""A Markdown page as data: its front matter, blocks, marks, sentences, headings, citations and dates.

The pages of the op-ed hold paragraphs, each closed by a line with its id, `{ #p3 }`, and in them the marks of claims,
`[words]{ #id .claim }`. The paragraphs of a text of record are named by `paragraph_names`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import NamedTuple

from opedcheck.dates import WrittenDate, calendar_day, find_dates
from opedcheck.files import Mapping, Place, UnreadableError, parse_yaml

# What claims, sources and events are named by, in data and in addresses.
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
CITATION = re.compile(r"\[(@[\w-]+(?:[;,]\s*@[\w-]+)*)\]")
# The one pattern of a claim's mark; the Markdown extension renders what it matches.
MARK = re.compile(r"\[(?P<words>[^\[\]]*)\]\{:?(?P<attributes>[^{}\n]*)\}")
_PIECE = re.compile(r"(?P<words>[^ \t\n]+)|[ \t\n]+")
DIRECTIVE = re.compile(r"<!-- claims/(?P<name>[\w-]+)(?: (?P<argument>[\w./-]+))? -->")
_PARAGRAPH_ID = re.compile(r"\n\{:?[ ]*#(?P<id>[\w-]+)[ ]*\}[ ]*$")
_NAME = re.compile(r"#(?P<id>[\w-]+)|data-claim=\"?(?P<further>[\w-]+)\"?")
# Control characters, those that change the writing direction, and tags; none of them is white space between words.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2060\u2066-\u2069\U000e0000-\U000e007f]")
# A heading is a block of one line; anything else goes on to the next blank line.
_BLOCK = re.compile(r"^(?P<indent>[^\S\n]*)(?P<block>#[^\n]*|\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*)", re.MULTILINE)
# Not within U.N., J. Smith, Dr. Smith or e.g. Rome.
_SENTENCE_END = re.compile(
    r"[.?!](?<!\b[A-Z].)(?<!\.[A-Za-z].)(?<!\b(?:Dr|Mr|Ms|St|No|vs|Lt|Fr|[Cc]f).)"
    r"(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Amb|Rev|Hon|Inc|Ltd|[Vv]ol).)(?<!\b(?:Prof|Univ|Capt).)[”’\"')]*"
    r"(?=\s+(?:[“‘\"'(\[*_]*[A-Z]|[“‘(\[*_]+\d))"
)
_HEADING = re.compile(r"^(?:#[^\n]*|\S[^\n]*\n(?:=+|-+)[ ]*)$", re.MULTILINE)
_HEADING_ID = re.compile(r"\{(?=[^{}]*+\}[ ]*+$)[^{}]*#([\w-]+)[^{}]*\}[ ]*", re.MULTILINE)
# What YAML 1.1 gives a meaning that MkDocs can't use: the end of a document, a merge, a default, a closing line that is
# not three hyphens alone. MkDocs shows front matter with one of them as text.
_READ_OTHERWISE = re.compile(r"^\.\.\..*|(?<![^\s:,\[{-])(?:=|<<)(?![^\s:,\]}])|^---.*\S[ \t]*$", re.MULTILINE)
# A paragraph or an item of a list, without its marker.
_PROSE = re.compile(
    r"^[^\S\n]*(?:[-*] |\d+\. )?(?P<text>\S[^\n]*(?:\n(?![-*] |\d+\. )[^\S\n]*\S[^\n]*)*)", re.MULTILINE
)


def paragraph_names(record: list[str]) -> list[str]:
    """Return the id of each line of a text of record: `date`, `p1`, `p2` and so on, and `byline` for the last."""
    return ["date", *(f"p{number}" for number in range(1, len(record) - 1)), "byline"]


def paragraph_words(name: str) -> str:
    """Return a paragraph's id as readers see it: `p3` is `paragraph 3`, `byline` is `the byline`."""
    return f"paragraph {name[1:]}" if name[1:].isdigit() else f"the {name}"


def series(words: Iterable[str], last: str = " and ") -> str:
    """Return words as a series: `a, b and c`, or with another `last` joint."""
    listed = list(words)
    return last.join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def find_words(text: str, words: str, adjoining: str, start: int = 0) -> int:
    """Return the first place from `start` on where none of the characters `adjoining` adjoins words, or -1."""
    place = text.find(words, start)
    while place >= 0:
        after = place + len(words)
        if not {text[place - 1 : place], text[after : after + 1]} & {*adjoining}:
            break
        place = text.find(words, place + 1)
    return place


def visible(text: str) -> str:
    """Return a text on one line without characters that are not shown, or change the writing direction."""
    return " ".join(UNSEEN.sub("", text).split())


def page_address(path: str) -> str:
    """Return the address below the site's root of a page: `docs/op-ed/light.md` is `op-ed/light/`."""
    name = path.removeprefix("docs/").removesuffix(".md")
    return f"{name}/" if name.rpartition("/")[2] != "index" else name.removesuffix("index")


class Sentence(NamedTuple):
    """A sentence's words and where they start and end in their paragraph."""

    words: str
    start: int
    end: int


class Mark(NamedTuple):
    """Words marked as a claim; `start` and `end` count in the words of their block, `place` is in the file."""

    block: "Block"
    claim: str
    words: str
    start: int
    end: int
    place: Place
    carries_id: bool


class Block:
    """What is between two blank lines: a heading, a directive or a paragraph, with its visible words."""

    def __init__(self, page: "Page", match: re.Match[str]) -> None:
        """Take a match of `_BLOCK` in a page's text."""
        source = match["block"]
        self.page = page
        self.start, self.end = match.span("block")  # in the file
        is_directive = source[0] == "<" and DIRECTIVE.fullmatch(source.strip())
        self.kind = "heading" if source[0] == "#" else "directive" if is_directive else "paragraph"
        self.indented = bool(match["indent"])
        carried = _PARAGRAPH_ID.search(source) if self.kind == "paragraph" else None
        self.id = carried["id"] if carried else None
        end, text = self.start + carried.start() if carried else self.end, page.text
        named = [(match, *claim_of(match["attributes"])) for match in MARK.finditer(text, self.start, end)]
        found = [(match, claim, carries_id) for match, claim, carries_id in named if claim is not None]
        # What is shown lies between the first and the second, the third and the fourth, and so on.
        edges = [edge for match, *_ in found for edge in (match.start(), *match.span("words"), match.end())]
        edges = [self.start, *edges, end]
        offsets: list[int] = []  # of each character of the words, in the file
        words = ""
        for piece in chain(*map(_PIECE.finditer, repeat(text), edges[::2], edges[1::2])):
            if piece.lastgroup:
                words += piece[0]
                offsets.extend(range(*piece.span()))
            elif words and words[-1] != " ":  # white space becomes single spaces, as a browser shows it
                words += " "
                offsets.append(piece.start())
        self.words, self._offsets = words.rstrip(" "), offsets
        self.marks: list[Mark] = []
        for match, claim, carries_id in found:
            first, last = (bisect_left(offsets, offset) for offset in match.span("words"))
            self.marks.append(Mark(self, claim, words[first:last], first, last, page.at(match.start()), carries_id))

    @property
    def place(self) -> Place:
        """Return the place in the file of its first character."""
        return self.page.at(self.start)

    def marks_within(self, start: int, end: int) -> list[Mark]:
        """Return the marks that share words with those from `start` to `end`."""
        first = bisect_right(self.marks, start, key=lambda mark: mark.end)
        last = bisect_left(self.marks, end, first, key=lambda mark: mark.start)
        return self.marks[first:last]

    def at(self, index: int) -> Place:
        """Return the place in the file of the character `index` of the words, or of the last one."""
        return self.page.at(self._offsets[min(index, len(self._offsets) - 1)] if self._offsets else self.start)


class Heading(NamedTuple):
    """A heading: its id, or `""` without one, and where its line starts and ends in the page's text."""

    id: str
    start: int
    end: int


class Correction(NamedTuple):
    """A correction: the id of its heading, its day or `""`, what was corrected, the text below it, and its place."""

    id: str
    day: str
    title: str
    text: str
    place: Place


class Page:
    """A Markdown page under docs: its front matter, if it has any, and its whole text. It never changes."""

    def __init__(self, path: str, fields: Mapping, text: str, body_start: int) -> None:
        """Take the path, the front matter, the text, and the offset at which the body starts."""
        self.path = path
        self.fields = fields
        self.text = text
        self.body_start = body_start
        self.title = fields.text("title")
        self.address = page_address(path)  # below the site's root; `""` for the home page

    @property
    def body(self) -> str:
        """Return the text after the front matter."""
        return self.text[self.body_start :]

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def at(self, offset: int) -> Place:
        """Return the place of an offset of the whole text."""
        line = bisect_right(self._lines, offset)
        return Place(self.path, line, offset - self._lines[line - 1] + 1)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """Return the dates that the page writes, front matter included; their places are offsets of the text."""
        return tuple(find_dates(self.text))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the body, in order."""
        return tuple(Block(self, match) for match in _BLOCK.finditer(self.text, self.body_start))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings, in order."""
        found = []
        for match in _HEADING.finditer(self.text, self.body_start):
            carried = _HEADING_ID.fullmatch(match.group(), match.group().rfind("{"))
            found.append(Heading(carried[1] if carried else "", match.start(), match.end()))
        return tuple(found)

    def directives(self) -> list[tuple[str, str]]:
        """Return the name and the argument of each directive of the body, in order."""
        return [(match["name"], match["argument"] or "") for match in DIRECTIVE.finditer(self.body)]

    def section(self, name: str) -> tuple[int, int] | None:
        """Return where the text of the section headed by the id `name` starts and ends, or None without one."""
        ends = [*(heading.start for heading in self.headings[1:]), len(self.text)]
        sections = zip(self.headings, ends, strict=False)
        return next(((heading.end, end) for heading, end in sections if heading.id == name), None)

    def section_text(self, name: str) -> str:
        """Return the text of the section headed by the id `name`; `""` without one."""
        return self.text[slice(*self.section(name) or (0, 0))]

    def sentences(self, section: str = "") -> Iterator[tuple[Sentence, int]]:
        """Yield the sentences of the page, or of a section, and their offsets in the page."""
        start, end = (self.section(section) or (0, 0)) if section else (0, len(self.text))
        for item in _PROSE.finditer(self.text[start:end]):
            for sentence in sentences(item["text"].replace("\n", " ")):
                yield sentence, start + item.start("text") + sentence.start

    def citations(self, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int]]:
        """Yield each source id cited as `[@id]`, and its offset."""
        for match in CITATION.finditer(self.text, max(start, self.body_start), len(self.text) if end is None else end):
            for cited in re.finditer(r"@([\w-]+)", match.group()):
                yield cited[1], match.start() + cited.start()

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """Return the source ids that the page cites, each once, in order."""
        return tuple(dict.fromkeys(name for name, _ in self.citations()))

    def without_quotations(self) -> "Page":
        """Return the page with spaces in place of its quotations; a correction quotes what was wrong."""
        text = re.sub("“[^“”]*”", lambda match: " " * len(match[0]), self.text)
        return Page(self.path, self.fields, text, self.body_start)

    def corrections(self) -> Iterator[Correction]:
        """Yield the corrections in order: headings `## The date of … (1 December 2026) { #id }`, and the text below."""
        for heading in self.headings:
            words = self.text[heading.start : heading.end].partition("{ #")[0].strip()
            if not (level := re.match(r"##(?!#)\s*", words)):
                continue
            words = words[level.end() :]
            *_, written = None, *find_dates(words)
            day, title = "", words
            if heading.id and written and words[written.end :] == ")" and calendar_day(written.iso):
                day, title = written.iso, words[: written.start].rstrip(" (")
            text = DIRECTIVE.sub("", self.section_text(heading.id)) if heading.id else ""
            yield Correction(heading.id, day, title, " ".join(text.split()), self.at(heading.start))


def read_page(text: str, path: str) -> Page:
    """Return the page of a text. Raises `UnreadableError` where its front matter is no mapping or is never closed."""
    if not text.startswith("---\n"):
        return Page(path, Mapping(Place(path)), text, 0)
    end = re.compile(r"^---[ \t]*$\n?", re.MULTILINE).search(text, 4)
    if end is None:
        raise UnreadableError(Place(path), "the front matter is never closed; end it with a line '---'")
    tree = parse_yaml(text[4 : end.start()], path, first_line=2)
    if odd := _READ_OTHERWISE.search(text, 4, end.end()):
        line = text.count("\n", 0, odd.start()) + 1
        message = f"'{odd[0].strip()}' makes MkDocs show the front matter as text; put it in quotes"
        raise UnreadableError(Place(path, line), message)
    if tree is not None and not isinstance(tree, Mapping):
        raise UnreadableError(Place(path, 2), "YAML: the front matter must hold keys with values; write 'key: value'")
    return Page(path, tree if tree is not None else Mapping(Place(path)), text, end.end())


def claim_of(attributes: str) -> tuple[str | None, bool]:
    """Return the claim that a mark's attributes name, and whether the mark carries the claim's id itself.

    `#vote-2019 .claim` is the first mark of a claim; `.claim data-claim="vote-2019"` a further one. Without `.claim`
    the brackets mark no claim (None); with anything else besides, which might hide the words, they name none (`""`).
    """
    words = attributes.split()
    if ".claim" not in words:
        return None, False
    others = [word for word in words if word != ".claim"]
    named = _NAME.fullmatch(others[0]) if len(others) == 1 else None
    return (named["id"] or named["further"], bool(named["id"])) if named else ("", False)


@lru_cache(maxsize=64)
def sentences(words: str) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph's words.

    A sentence ends at `.`, `?` or `!`, with any closing quotation mark, before white space and a capital; not after
    a single letter, as in U.N., or the abbreviation of a title.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(words)]
    pieces = zip([0, *(end + 1 for end in ends)], [*ends, len(words)], strict=True)
    return tuple(Sentence(words[start:end], start, end) for start, end in pieces if words[start:end].strip())


def sentence_at(words: str, index: int) -> Sentence | None:
    """Return the sentence of a paragraph's words that holds the character `index`."""
    found = sentences(words)
    number = bisect_right(found, index, key=lambda sentence: sentence.start) - 1
    return found[number] if index >= 0 and number >= 0 else None
