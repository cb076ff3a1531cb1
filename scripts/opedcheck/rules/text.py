"""T: the pages hold the text of record, all of it, in order, and nothing else."""

import difflib
import re
from collections.abc import Iterator
from itertools import zip_longest

from opedcheck.files import Place
from opedcheck.register import TEXT_OF_RECORD, Register
from opedcheck.rules.rule import Fault, rule
from opedcheck.text import DIRECTIVE, Block, Page

LONGEST_DIFF = 2000  # words; a longer paragraph is compared up to its first difference only
_PARAGRAPHS = re.compile(r"[Pp]aragraphs? (\d+)(?: (?:to|and) (\d+))?")
_ODD_BLANK = re.compile(r"^[ \t]*[^\S\n \t]\s*?$", re.MULTILINE)
_HEADING = re.compile(r"# [^<>&\[\]{}`\\]+ \{ #[\w-]+ \}")
_OF_THE_WHOLE = ("dateline", "title-page", "op-ed", "notes", "summary", "cited", "downloads", "carried")  # directives


@rule("T003")
def words_differ(register: Register) -> Iterator[Fault]:
    """The paragraphs of the pages are those of the text of record: all of them, word for word, in order."""
    by_words = dict(zip(register.lines_of_record, register.names, strict=True))
    order = {name: number for number, name in enumerate(register.names)}
    seen: dict[str, Block] = {}
    last = ""
    for block in register.paragraphs():
        name = block.id or ""
        if name not in order:
            known = by_words.get(block.words)
            wrong = f"this is {known} without its id" if known else "this paragraph is not in the text of record"
            advice = "take it out" if name and not known else f"add {{ #{known or 'pN'} }} below it"
            yield block.place, wrong, advice + ("" if name or known else ", or take it out")
            seen.setdefault(known or "", block)
            continue
        if name in seen:
            yield block.place, f"{name} is repeated, first at {seen[name].place}", "delete one"
        elif last and order[name] < order[last]:
            yield block.place, f"{name} is out of order, after {last}", "restore the order of the text of record"
        seen.setdefault(name, block)
        last = name
        yield from _differences(block, register.recorded(name))
    for name in register.names if not register.broken("docs/op-ed/") else ():
        if name not in seen:
            advice = f"add it, with {{ #{name} }} on its last line"
            yield Place(TEXT_OF_RECORD, order[name] + 1), f"{name} is on no page", advice


def _differences(block: Block, recorded: str) -> Iterator[Fault]:
    expected, found = recorded.split(" "), block.words.split(" ")
    if expected == found:
        return
    if max(len(expected), len(found)) > LONGEST_DIFF:
        first = next(i for i, (a, b) in enumerate(zip_longest(expected, found)) if a != b)
        spans = [(first, first + 1, first, first + 1)]
    else:
        opcodes = difflib.SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
        spans = [(a, b, c, d) for tag, a, b, c, d in opcodes if tag != "equal"]
    for a, b, c, d in spans:
        # With characters that can't be seen, such as a non-breaking space, by their codes.
        wanted, there = (repr(words[0]) if words else "nothing" for words in (expected[a:b], found[c:d]))
        more = f" (and {max(b - a, d - c) - 1} more)" if max(b - a, d - c) > 1 else ""
        place = block.at(len(" ".join([*found[:c], ""])))
        yield place, f"{block.id}: expected {wanted}, found {there}{more}", "restore the words of the text of record"


@rule("T009", each="pages")
def page_holds_more(page: Page, register: Register) -> Iterator[Fault]:
    """A page of the op-ed holds one heading, the op-ed, and nothing else; the whole op-ed is made of them."""
    if not page.path.startswith("docs/op-ed/"):
        return
    whole = page not in register.parts.values()
    allowed = _OF_THE_WHOLE if whole else ("carried",)
    for match in _ODD_BLANK.finditer(page.text, page.body_start):
        yield page.at(match.start()), "this blank line holds characters and separates no paragraphs", "empty it"
    stated = _PARAGRAPHS.search(page.fields.text("description"))
    numbers = [block.id[1:] for block in page.blocks if block.id and block.id[1:].isdigit()]
    if stated and not whole and numbers and [stated[1], stated[2] or stated[1]] != [numbers[0], numbers[-1]]:
        place, right = page.fields.at("description"), " to ".join(dict.fromkeys([numbers[0], numbers[-1]]))
        yield place, f"'{stated[0]}' are not those of this page", f"write {right}"
    headings = 0
    for block in page.blocks:
        headings += block.kind == "heading"
        directive = DIRECTIVE.fullmatch(block.words)
        if block.kind == "heading" and not _HEADING.fullmatch(page.text, block.start, block.end):
            yield block.place, "a heading here holds more than words and an id", "write '# words { #id }'"
        if block.kind == "heading" and headings > 1:
            yield block.place, "this is a second heading", "take it out"
        elif directive and directive["name"] not in allowed:
            yield block.place, f"'{directive['name']}' adds words to the op-ed", "take it out"
        elif block.kind == "paragraph" and whole:
            yield block.place, "the whole op-ed is made of its parts", "take these words out"
        elif block.indented:
            yield block.place, "an indented paragraph is shown as code", "start it at the beginning of the line"
