"""Align two wordings: which words they share, in order, and where they differ."""

import difflib
import re
from typing import NamedTuple

MOST_WORDS = 1000  # longer texts take too long to align


class Pair(NamedTuple):
    """The words on each side at one place of an alignment; `same` if they differ at most in quotation marks."""

    first: str
    second: str
    same: bool


def plain(text: str) -> str:
    """Collapse white space, and turn every kind of quotation mark into one, since each publisher has its own."""
    return " ".join(text.translate(_QUOTATION_MARKS).split())


def typeset(excerpt: str) -> str:
    """Return an excerpt as pages show it, quotation marks of every kind as single curly ones; the words stay."""
    return re.sub(r"(?<![^\s(\[{–—])[“”‘\"'](?=\S)", "‘", excerpt).translate(_CLOSING_MARKS)


_CLOSING_MARKS = dict.fromkeys(map(ord, "“”\"'"), "’")
_QUOTATION_MARKS = dict.fromkeys(map(ord, "“”‘’\"'"), "'")


def align(first: str, second: str) -> list[Pair]:
    """Align two wordings word by word; extra words at the start or end of `second` are shortened to `…`.

    Words are compared without quotation marks and closing punctuation. Return a single pair of both wordings if they
    share nothing.
    """
    ours, theirs = first.split(), second.split()
    if max(len(ours), len(theirs)) > MOST_WORDS:
        return [Pair(" ".join(ours), " ".join(theirs), False)]
    matcher = difflib.SequenceMatcher(None, [_bare(word) for word in ours], [_bare(word) for word in theirs], False)
    if not any(block.size for block in matcher.get_matching_blocks()):
        return [Pair(" ".join(ours), " ".join(theirs), False)]
    pairs = [
        Pair(" ".join(ours[a:b]), " ".join(theirs[c:d]), tag == "equal") for tag, a, b, c, d in matcher.get_opcodes()
    ]
    if not pairs[0].first:
        pairs[0] = Pair("", "…", False)
    if not pairs[-1].first:
        pairs[-1] = Pair("", "…", False)
    return pairs


def _bare(word: str) -> str:
    return word.strip("“”‘’\"'.,;:()").lower()
