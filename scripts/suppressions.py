"""Suppressions: a comment that sets one rule aside for the line below it, and says why.

`<!-- claims-ignore C013: the reason -->` in Markdown, `# claims-ignore S006: the reason` in YAML and permalinks.txt.
Tables hold no comments, so what a table says can't be set aside.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reading import Place

SUPPRESSION = re.compile(r"^[ \t]*(?:<!--|#)[ \t]*claims-ignore\b(?P<rest>[^\n]*)$", re.MULTILINE)
_REST = re.compile(r"[ \t]+(?P<code>[A-Z]\d{3}):[ \t]*(?P<reason>[^\n]*?)[ \t]*(?:-->)?[ \t]*")


class Suppression(NamedTuple):
    """A rule's code (empty where the comment can't be read), the reason, its place, and the line that it is for."""

    code: str
    reason: str
    place: Place
    line: int


def find_suppressions(text: str, path: str) -> Iterator[Suppression]:
    """Give the suppressions of a file's text; each is for the next line that is neither blank nor a suppression."""
    if "claims-ignore" not in text:
        return
    lines = text.split("\n")
    for index, line in enumerate(lines):
        match = SUPPRESSION.fullmatch(line)
        if match is None:
            continue
        told = _REST.fullmatch(match["rest"])
        behind = range(index + 1, len(lines))
        meant = next((n for n in behind if lines[n].strip() and not SUPPRESSION.fullmatch(lines[n])), index)
        yield Suppression(
            told["code"] if told else "", told["reason"] if told else "", Place(path, index + 1), meant + 1
        )


def without_suppressions(text: str) -> str:
    """Blank the suppressions of a text, keeping every offset."""
    if "claims-ignore" not in text:
        return text
    return SUPPRESSION.sub(lambda match: " " * len(match.group()), text)
