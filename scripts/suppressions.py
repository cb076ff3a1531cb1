"""Suppressions: comments that suppress one rule for the line below, and say why.

`<!-- claims-ignore C013: the reason -->` in Markdown, `# claims-ignore S006: the reason` in YAML and permalinks.txt.
Tables have no comments, so findings in a table can't be suppressed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reading import Place

SUPPRESSION = re.compile(r"^[ \t]*(?:<!--|#)[ \t]*claims-ignore\b(?P<rest>[^\n]*)$", re.MULTILINE)
_REST = re.compile(r"[ \t]+(?P<code>[A-Z]\d{3}):[ \t]*(?P<reason>[^\n]*?)[ \t]*(?:-->)?[ \t]*")


class Suppression(NamedTuple):
    """A rule's code (empty if the comment can't be parsed), the reason, its place, and the line it applies to."""

    code: str
    reason: str
    place: Place
    line: int


def find_suppressions(text: str, path: str) -> Iterator[Suppression]:
    """Yield a text's suppressions; each applies to the next line that is neither blank nor a suppression."""
    if "claims-ignore" not in text:
        return
    lines = text.split("\n")
    found = []
    below = -1  # the next line that is neither blank nor a suppression, from the end upwards
    for index in range(len(lines) - 1, -1, -1):
        match = SUPPRESSION.fullmatch(lines[index])
        if match is not None:
            rest = _REST.fullmatch(match["rest"])
            meant = below if below >= 0 else index
            code, reason = (rest["code"], rest["reason"]) if rest else ("", "")
            found.append(Suppression(code, reason, Place(path, index + 1), meant + 1))
        elif lines[index].strip():
            below = index
    yield from reversed(found)


def without_suppressions(text: str) -> str:
    """Return a text with its suppressions blanked and every offset unchanged."""
    if "claims-ignore" not in text:
        return text
    return SUPPRESSION.sub(lambda match: " " * len(match.group()), text)
