"""The op-ed: its parts and paragraphs, and how to read a page in docs/op-ed as words, marks and sentences."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from reading import Place
from suppressions import SUPPRESSION

# The parts in order, and the ids of their paragraphs. Line 1 of the text of record is the date, lines 2 to 22 are p1 to
# p21, line 23 is the byline. These are addresses: they never change.
PARTS: dict[str, tuple[str, ...]] = {
    "situation": ("date", "p1", "p2"),
    "response": ("p3", "p4", "p5", "p6"),
    "responsibility": ("p7", "p8", "p9"),
    "opportunity": ("p10", "p11", "p12", "p13", "p14"),
    "seminar": ("p15", "p16", "p17"),
    "conclusion": ("p18", "p19", "p20", "p21", "byline"),
}
PARAGRAPHS = tuple(name for names in PARTS.values() for name in names)
PART_OF = {name: part for part, names in PARTS.items() for name in names}

# The only pattern for a claim's mark, `[words]{ #id .claim }`; the Markdown extension uses it too.
MARK = re.compile(r"\[(?P<words>[^\[\]]*)\]\{:?(?P<attributes>[^{}\n]*)\}")
PARAGRAPH_ID = re.compile(r"\n\{:?[ ]*#(?P<id>[\w-]+)[ ]*\}[ ]*$")
_NAME = re.compile(r"#(?P<id>[\w-]+)|data-claim=\"?(?P<further>[\w-]+)\"?")
# A heading is a block of one line; any other block continues to the next blank line.
_BLOCK = re.compile(r"^(?P<indent>[^\S\n]*)(?P<block>#[^\n]*|\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*)", re.MULTILINE)
DIRECTIVE = re.compile(r"<!-- claims/(?P<name>[\w-]+)(?: (?P<argument>[\w./-]+))? -->")
DIRECTIVES = (
    "byline", "carried", "changes", "checks", "cited", "country-votes", "coverage", "downloads", "every-claim",
    "header", "kicker", "notes", "op-ed", "pairs", "parties", "parts", "publisher", "record", "register", "sources",
    "summary", "timeline", "title-page", "votes",
)  # fmt: skip
_SENTENCE_END = re.compile(r"(?<!\.[A-Z])[.?!][”’\"')]*(?=\s+[“‘\"'(]?[A-Z])")


class Sentence(NamedTuple):
    """A sentence's words and where they start and end in their paragraph."""

    words: str
    start: int
    end: int


class Mark(NamedTuple):
    """Words marked as a claim; `start` and `end` are offsets in the paragraph's words, `place` is in the file."""

    claim: str
    words: str
    start: int
    end: int
    place: Place
    carries_id: bool


class Block(NamedTuple):
    """The text between two blank lines: a heading, a directive or a paragraph, with its visible words."""

    kind: str
    id: str | None
    words: str
    marks: tuple[Mark, ...]
    place: Place
    indented: bool
    end: int  # the offset in the file after its last character
    offsets: list[int]  # of each character of the words, in the file
    lines: list[int]  # where each line of the file starts

    def marks_within(self, start: int, end: int) -> tuple[Mark, ...]:
        """Return the marks that overlap the words from `start` to `end`."""
        first = bisect_right(self.marks, start, key=lambda mark: mark.end)
        last = bisect_left(self.marks, end, first, key=lambda mark: mark.start)
        return self.marks[first:last]

    def at(self, index: int) -> Place:
        """Return the place in the file of the words' character `index`."""
        offset = self.offsets[min(index, len(self.offsets) - 1)] if self.offsets else 0
        return place_in(self.place.path, self.lines, offset)


@lru_cache(maxsize=64)
def line_starts(text: str) -> list[int]:
    """Return the offset of each line of a text."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def place_in(path: str, lines: list[int], offset: int) -> Place:
    """Return the place of an offset in a file whose lines start at `lines`."""
    line = bisect_right(lines, offset)
    return Place(path, line, offset - lines[line - 1] + 1)


def read_blocks(text: str, path: str, start: int = 0) -> list[Block]:
    """Read the blocks of an op-ed page in order, from offset `start` (after its front matter)."""
    lines = line_starts(text)
    blocks = []
    for match in _BLOCK.finditer(text, start):
        source, offset = match["block"], match.start("block")
        if source.startswith("#"):
            kind, name = "heading", None
        elif DIRECTIVE.fullmatch(source.strip()):
            kind, name = "directive", None
        elif SUPPRESSION.fullmatch(source):
            kind, name = "suppression", None
        else:
            kind = "paragraph"
            carried = PARAGRAPH_ID.search(source)
            name = carried["id"] if carried else None
            source = source[: carried.start()] if carried else source
        words, offsets, marks = _visible(source, offset, path, lines)
        place = place_in(path, lines, offset)
        blocks.append(Block(kind, name, words, marks, place, bool(match["indent"]), match.end("block"), offsets, lines))
    return blocks


def _visible(source: str, offset: int, path: str, lines: list[int]) -> tuple[str, list[int], tuple[Mark, ...]]:
    """Return a block's visible words, their offsets and its marks; white space is collapsed, as in a browser."""
    chars: list[str] = []
    offsets: list[int] = []
    marks: list[Mark] = []

    def show(begin: int, end: int) -> None:
        for index in range(begin, end):
            char = source[index]
            if char in " \t\n":
                if not chars or chars[-1] == " ":
                    continue
                char = " "
            chars.append(char)
            offsets.append(offset + index)

    shown = 0
    for match in MARK.finditer(source):
        claim, carries_id = claim_of(match["attributes"])
        if claim is None:
            continue
        show(shown, match.start())
        start = len(chars)
        show(match.start("words"), match.end("words"))
        place = place_in(path, lines, offset + match.start())
        marks.append(Mark(claim, "".join(chars[start:]), start, len(chars), place, carries_id))
        shown = match.end()
    show(shown, len(source))
    return "".join(chars).rstrip(" "), offsets, tuple(marks)


def claim_of(attributes: str) -> tuple[str | None, bool]:
    """Return the claim that a mark's attributes name, and whether the mark itself has the claim's id.

    `#vote-2014 .claim` is a claim's first mark, `.claim data-claim="vote-2014"` a further one. Without `.claim` the
    brackets are not a mark (None); with any other attribute, which might hide the words, the name is empty.
    """
    words = attributes.split()
    if ".claim" not in words:
        return None, False
    others = [word for word in words if word != ".claim"]
    named = _NAME.fullmatch(others[0]) if len(others) == 1 else None
    return (named["id"] or named["further"], bool(named["id"])) if named else ("", False)


@lru_cache(maxsize=64)
def sentences(words: str) -> tuple[Sentence, ...]:
    """Split a paragraph's words into sentences.

    A sentence ends at `.`, `?` or `!`, with any closing quotation mark, before white space and a capital; not
    within an abbreviation of letters with stops, such as U.N.
    """
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(words):
        found.append(Sentence(words[start : match.end()], start, match.end()))
        start = match.end() + 1
    if words[start:].strip():
        found.append(Sentence(words[start:], start, len(words)))
    return tuple(found)


def sentence_at(words: str, index: int) -> Sentence | None:
    """Return the sentence that contains the character `index` of a paragraph's words."""
    found = sentences(words)
    number = bisect_right(found, index, key=lambda sentence: sentence.start) - 1
    return found[number] if index >= 0 and number >= 0 else None
