"""T: the pages contain the text of record, all of it, in order, and nothing else."""

import difflib
import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from claims import Register
from op_ed import DIRECTIVE, PARAGRAPHS, PART_OF, PARTS, Block, read_blocks
from reading import Place
from rules.registry import Fault, files_readable, rule

_ODD_BLANK = re.compile(r"^[ \t]*[^\S\n \t]\s*?$", re.MULTILINE)
_HEADING = re.compile(r"# [^<>&\[\]{}`\\]+ \{ #[\w-]+ \}")
_OF_THE_READING_COPY = ("byline", "title-page", "op-ed", "notes", "summary", "cited", "carried")  # directives
DIFFED_WORDS = 2000  # a longer paragraph is compared only up to its first difference

files_readable(
    "T001",
    "docs/op-ed",
    "docs/data/op-ed",
    text="""Every page of the op-ed and the text of record can be read and parsed.

    Why: a page that can't be read can't be compared with the text of record.

    Bad, in docs/op-ed/response.md:
        ---
        title: [The response of the world

    Good:
        ---
        title: The response of the world
    """,
)


@rule("T002")
def text_of_record_changed(register: Register) -> Iterator[Fault]:
    """The text of record matches the SHA-256 on file, byte for byte.

    Why: every check of the words depends on this file, so its digest is kept in a separate file.

    Bad, in docs/data/op-ed.txt:
        North Korea has one of the poorest human rights records

    Good:
        North Korea has one of the worst human rights records
    """
    found, expected = register.digests
    if found != expected:
        message = f"the SHA-256 is {found[:12]}…, but the one on file is {expected[:12]}…; restore the text of record"
        yield Place("docs/data/op-ed.txt"), message
    if register.record and len(register.record) != len(PARAGRAPHS):
        message = f"this file has {len(register.record)} lines instead of {len(PARAGRAPHS)}; restore the text of record"
        yield Place("docs/data/op-ed.txt"), message


@rule("T003")
def words_differ(register: Register) -> Iterator[Fault]:
    """The words of each paragraph match the text of record, completely and in order.

    Why: readers quote these pages as the op-ed's own words.

    Bad, in docs/op-ed/response.md:
        It was incumbent upon

    Good:
        It is incumbent upon
    """
    for block in register.paragraphs():
        if block.id in PARAGRAPHS and register.record:
            yield from _differences(block, register.recorded(block.id or ""))


def _differences(block: Block, recorded: str) -> Iterator[Fault]:
    expected, found = recorded.split(" "), block.words.split(" ")
    if expected == found:
        return
    starts = [0, *(match.end() for match in re.finditer(" ", block.words))]
    if max(len(expected), len(found)) > DIFFED_WORDS:
        first = next(i for i, (a, b) in enumerate(zip_longest(expected, found)) if a != b)
        spans = [(first, first + 1, first, first + 1)]
    else:
        opcodes = difflib.SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
        spans = [(a, b, c, d) for tag, a, b, c, d in opcodes if tag != "equal"]
    for a, b, c, d in spans:
        place = block.at(starts[c]) if c < len(starts) else block.at(len(block.words))
        wanted = f"'{_shown(expected[a])}'" if a < b and a < len(expected) else "nothing"
        there = f"'{_shown(found[c])}'" if c < d and c < len(found) else "nothing"
        more = f" (and {max(b - a, d - c) - 1} more)" if max(b - a, d - c) > 1 else ""
        yield place, f"{block.id}: expected {wanted}, found {there}{more}; restore the words of the text of record"


def _shown(word: str) -> str:
    """Write invisible characters, such as a non-breaking space, as their escape codes."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in word)


@rule("T004")
def paragraph_missing(register: Register) -> Iterator[Fault]:
    """Every paragraph of the text of record is on the pages.

    Why: an op-ed with a paragraph left out is a different op-ed.

    Bad, in docs/op-ed/response.md:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p6 }

    Good:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p5 }
    """
    present = {block.id for block in register.paragraphs()}
    # A paragraph that is there without its id is reported by T007.
    words = {block.words for block in register.paragraphs() if block.id is None}
    for name in PARAGRAPHS:
        part = PART_OF[name]
        if name not in present and part in register.parts and register.recorded(name) not in words:
            yield Place(f"docs/op-ed/{part}.md"), f"{name} is missing; add it, with {{ #{name} }} on its last line"


@rule("T005")
def paragraph_repeated(register: Register) -> Iterator[Fault]:
    """No paragraph is on the pages twice.

    Why: a link to an id that is there twice only ever reaches the first.

    Bad, in docs/op-ed/response.md:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p4 }

    Good:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p5 }
    """
    seen: dict[str, Place] = {}
    for block in register.paragraphs():
        if block.id and block.id in seen:
            yield block.place, f"{block.id} appears here again (first at {seen[block.id]}); delete one"
        elif block.id:
            seen[block.id] = block.place


@rule("T006")
def paragraph_out_of_order(register: Register) -> Iterator[Fault]:
    """The paragraphs of a page are in the order of the text of record.

    Why: the order is part of what the author wrote.

    Bad, in docs/op-ed/response.md:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p3 }

    Good:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p5 }
    """
    for blocks in register.parts.values():
        known = [block for block in blocks if block.id in PARAGRAPHS]
        for before, after in pairwise(known):
            if PARAGRAPHS.index(after.id or "") < PARAGRAPHS.index(before.id or ""):
                yield after.place, f"{after.id} is out of order (after {before.id}); move it up"


@rule("T007")
def paragraph_without_id(register: Register) -> Iterator[Fault]:
    """Every paragraph on the op-ed's pages is from the text of record and carries its id.

    Why: nobody can link to a paragraph without an id, and words of ours would pass for the op-ed's.

    Bad, in docs/op-ed/response.md:
        should be carefully targeted to benefit citizens directly.


    Good:
        should be carefully targeted to benefit citizens directly.
        { #p5 }

    """
    for block in register.paragraphs():
        if block.id not in PARAGRAPHS:
            lines = {words: name for name, words in zip(PARAGRAPHS, register.record, strict=False)}
            name = lines.get(block.words)
            if name:
                message = f"this is {name} without its id; add {{ #{name} }} on its own line below it"
            else:
                message = "this paragraph is not in the text of record; delete it, or add its { #pN }"
            yield block.place, message


@rule("T008")
def paragraph_misplaced(register: Register) -> Iterator[Fault]:
    """Every paragraph is on the page of its part.

    Why: a paragraph's address includes its part, and addresses never change.

    Bad, in docs/op-ed/response.md:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p10 }

    Good:
        Aid provided to North Korea should be carefully targeted to benefit citizens directly.
        { #p5 }
    """
    for part, blocks in register.parts.items():
        for block in blocks:
            if block.id in PARAGRAPHS and PART_OF[block.id] != part:
                yield block.place, f"{block.id} belongs in docs/op-ed/{PART_OF[block.id]}.md; move it there"


@rule("T009")
def page_holds_more(register: Register) -> Iterator[Fault]:
    """The op-ed's pages contain one heading each, the op-ed, and nothing else; the reading copy is built from them.

    Why: readers take everything on these pages for the op-ed.

    Bad, in docs/op-ed/response.md:
        ## What they should do

        Those states should link

    Good:
        Those states should link
    """
    for page in register.pages.values():
        folder, _, name = page.path.rpartition("/")
        if folder != "docs/op-ed":
            continue
        allowed = _OF_THE_READING_COPY if name == "whole.md" else ("carried",)
        if name != "whole.md" and name.removesuffix(".md") not in PARTS:
            yield Place(page.path), f"this is not a part of the op-ed ({', '.join(PARTS)}); move it out of docs/op-ed"
            continue
        for name_ in page.fields:
            if name_ not in ("title", "author", "description", "search"):
                yield page.fields.keys_at[name_], f"'{name_}' may change what the page shows; delete it"
        for match in _ODD_BLANK.finditer(page.text, page.body_start):
            yield page.at(match.start()), "a blank line with characters on it separates no paragraphs; empty it"
        if name == "whole.md" and [m["name"] for m in DIRECTIVE.finditer(page.body)].count("op-ed") != 1:
            yield page.at(page.body_start), "the reading copy needs the op-ed once; write '<!-- claims/op-ed -->' once"
        headings = 0
        for block in read_blocks(page.text, page.path, page.body_start):
            headings += block.kind == "heading"
            directive = DIRECTIVE.fullmatch(block.words)
            if block.kind == "heading" and not _HEADING.fullmatch(
                page.text, page.text.rfind("\n", 0, block.end) + 1, block.end
            ):
                yield block.place, "a heading here must be '# words { #id }'; rewrite it"
            if block.kind == "heading" and headings > 1:
                yield block.place, "this is a second heading; keep only one"
            elif directive and directive["name"] not in allowed:
                yield block.place, f"'{directive['name']}' adds words to the op-ed; delete it"
            elif block.kind == "paragraph" and name == "whole.md":
                yield block.place, "the reading copy is built from the parts; delete these words"
            elif block.indented:
                yield block.place, "an indented paragraph is shown as code; remove the indentation"
