"""Compare two builders' versions of the site: pages, their metadata, and the ids, words and notes in their articles.

Usage: compare_builds.py LISTED BUILDER ONE OTHER

Prints each difference between the folders ONE and OTHER (made by BUILDER) that is not in the file LISTED, and each
listed one that no longer exists, and fails if there are any.
"""

import difflib
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

WORDS_SHOWN = 12
# What the site itself says of a page in its head; the rest is the theme's.
METADATA = "head :is(meta[property], meta[name^='citation_'], meta[name^='z:'], script[type='application/ld+json'])"


class Article(NamedTuple):
    """The parts of a page to compare: the ids in its article, the words that readers see, notes by id, and metadata."""

    ids: list[str]
    words: list[str]
    notes: dict[str, list[str]]
    head: list[str]


def articles(site: Path) -> dict[str, Article]:
    """Return every page of a built site by its path, except redirects, which only the MkDocs hook writes."""
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    return {name: article(html) for name, html in pages.items() if "data-moved" not in html}


def article(html: str) -> Article:
    """Parse a page. Without an article there is nothing to compare."""
    page = BeautifulSoup(html, "html.parser")
    head = [str(tag) for tag in page.select(METADATA)]
    found = page.find("article")
    if found is None:
        return Article([], [], {}, head)
    for hidden in found(["script", "style", "template"]):
        hidden.decompose()
    ids = sorted(str(tag["id"]) for tag in found(id=True))
    notes = {str(tag["id"]): tag.get_text(" ").split() for tag in found("li", id=re.compile("^fn:"))}
    return Article(ids, found.get_text(" ").split(), notes, head)


def differences(one: dict[str, Article], other: dict[str, Article]) -> Iterator[str]:
    """Yield each difference as a line: page, what differs, and how; `-` is only in the first, `+` only in the other."""
    for page in sorted(one.keys() | other.keys()):
        if page not in one or page not in other:
            yield f"{page} page: {'-' if page in one else '+'}"
            continue
        first, second = one[page], other[page]
        yield from (f"{page} ids: {told}" for told in _changes(first.ids, second.ids))
        yield from (f"{page} words: {told}" for told in _changes(first.words, second.words))
        yield from (f"{page} head: {told}" for told in _changes(first.head, second.head))
        for note in sorted(first.notes.keys() | second.notes.keys()):
            changes = _changes(first.notes.get(note, []), second.notes.get(note, []))
            yield from (f"{page} note {note}: {told}" for told in changes)


def _changes(ours: list[str], theirs: list[str]) -> Iterator[str]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            sides = (("-", ours[a:b]), ("+", theirs[c:d]))
            yield " ".join(f"{sign}{' '.join(items[:WORDS_SHOWN])}" for sign, items in sides if items)


def judged(found: list[str], listed: list[str]) -> Iterator[str]:
    """Yield what to do about each difference that no listed pattern matches, and each pattern that matches none."""
    for line in found:
        if not any(fnmatchcase(line, pattern) for pattern in listed):
            yield f"{line}; fix it, or list it with the reason"
    for pattern in listed:
        if not any(fnmatchcase(line, pattern) for line in found):
            yield f"{pattern}: this no longer differs; remove it from the list"


def listed_for(builder: str, text: str) -> list[str]:
    """Return a builder's patterns from the list of differences; lines that start with `#` give the reasons."""
    lines = (line.partition(": ") for line in text.splitlines() if line and not line.startswith("#"))
    return [pattern for name, _, pattern in lines if name == builder]


def main(arguments: list[str]) -> int:
    """Compare two builds, and print what to do and the counts. Return 0 if there is nothing to do."""
    if len(arguments) != 4:
        print((__doc__ or "").split("\n\n")[1], file=sys.stderr)
        return 2
    listed, builder, one, other = arguments
    first, second = articles(Path(one)), articles(Path(other))
    found = list(differences(first, second))
    to_do = list(judged(found, listed_for(builder, Path(listed).read_text(encoding="utf-8"))))
    for line in to_do:
        print(f"{builder}: {line}")
    ids, words, notes = (sum(len(page[index]) for page in first.values()) for index in range(3))
    same = "the same" if not found else f"{len(found)} differences, {len(to_do)} of them to deal with"
    print(f"{builder}: {len(first)} pages, {ids} ids, {words} words, {notes} notes: {same}")
    return 1 if to_do else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
