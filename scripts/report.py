"""What the checker prints: findings as text, JSON or GitHub annotations, and rules as a list or explained."""

import json
import os
import unicodedata
from collections.abc import Callable, Iterable

from findings import Finding
from reading import Place
from rules import Rule

JSON_VERSION = 1  # increased when a key changes its meaning or is removed
_BOLD, _RED, _YELLOW, _END = "\033[1m", "\033[31m", "\033[33m", "\033[0m"
_INDENT = "    "


def as_text(findings: Iterable[Finding]) -> str:
    """Return one line per finding."""
    return "\n".join(map(str, findings))


def as_text_for_eyes(findings: Iterable[Finding], line_at: Callable[[Place], str], width: int, colour: bool) -> str:
    """Return each finding's line, and below it the line of the file with a caret where the fault starts.

    `line_at` returns the text of the line at a place; `width` is the terminal's width in columns.
    """
    printed = []
    for finding in findings:
        words = str(finding)
        if colour:
            shade = _RED if finding.severity == "error" else _YELLOW
            place, _, rest = words.partition(f": {finding.code} ")
            words = f"{_BOLD}{place}{_END}: {shade}{finding.code}{_END} {rest}"
        shown, caret = excerpt(line_at(finding.place), finding.place.col, width - len(_INDENT))
        printed.append(words)
        if shown.strip():
            printed += [_INDENT + shown, _INDENT + caret]
    return "\n".join(printed)


def excerpt(line: str, col: int, width: int) -> tuple[str, str]:
    """Return at most `width` columns of a line around column `col` (from 1), and a caret to print below them."""
    line = "".join(char if char.isprintable() else " " for char in line)
    width = max(width, 20)
    start = 0 if len(line) <= width or col <= width * 2 // 3 else min(col - 1 - width // 3, len(line) - width)
    start = max(start, 0)
    before = "…" if start else ""
    shown, taken = before, _columns(before)
    caret = 0
    for index in range(start + len(before), len(line)):
        if index == col - 1:
            caret = taken
        taken += _columns(line[index])
        if taken > width - 1 and index < len(line) - 1:
            return shown + "…", " " * caret + "^"
        shown += line[index]
    return shown, " " * (caret if col <= len(line) else taken) + "^"


def _columns(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def wants_colour(is_terminal: bool) -> bool:
    """Return whether to print in colour: on a terminal, or with FORCE_COLOR anywhere, but never with NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings as JSON; the page of checks describes its keys."""
    items = [
        {
            "path": finding.place.path,
            "line": finding.place.line,
            "col": finding.place.col,
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
        }
        for finding in findings
    ]
    return json.dumps({"version": JSON_VERSION, "findings": items}, indent=1)


def as_github(findings: Iterable[Finding]) -> str:
    """Return the findings as GitHub workflow commands; GitHub shows them beside the lines."""
    return "\n".join(
        f"::{finding.severity} file={_property(finding.place.path)},line={finding.place.line},col={finding.place.col},"
        f"title={finding.code}::{_data(finding.message)}"
        for finding in findings
    )


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(char if char.isprintable() or char == "\u00a0" else ascii(char)[1:-1] for char in escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def listed(rules: Iterable[Rule]) -> str:
    """Return a list of rules: a line for each, and a line with its statement."""
    return "\n".join(f"{rule.code}  {rule.slug}  {rule.severity}\n      {rule.statement}" for rule in rules)


def explained(rule: Rule) -> str:
    """Return an explanation of a rule: its statement, the reason, and a bad and a good example."""
    why, where, bad, good = rule.explanation
    aside = f"To suppress it for one line, add a comment above the line: claims-ignore {rule.code}: the reason"
    aside = "It can't be suppressed." if rule.binding else aside
    parts = [f"{rule.code}  {rule.slug}  {rule.severity}", rule.statement, f"Why: {why}", f"Bad, in {where}:"]
    parts += [_indented(bad), "Good:", _indented(good), aside]
    return "\n\n".join(parts)


def _indented(block: str) -> str:
    return "\n".join(_INDENT + line for line in block.split("\n"))
