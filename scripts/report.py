"""What the checker prints: findings as text, JSON or annotations of GitHub; rules as a list or explained."""

import json
import os
import unicodedata
from collections.abc import Callable, Iterable

from findings import Finding
from reading import Place
from rules import Rule

JSON_VERSION = 1  # goes up when a key changes its meaning or goes away
_BOLD, _RED, _YELLOW, _END = "\033[1m", "\033[31m", "\033[33m", "\033[0m"
_INDENT = "    "


def as_text(findings: Iterable[Finding]) -> str:
    """Return a finding a line."""
    return "\n".join(map(str, findings))


def as_text_for_eyes(findings: Iterable[Finding], line_at: Callable[[Place], str], width: int, colour: bool) -> str:
    """Return each finding its line, and below it the line of the file with a caret where the fault begins.

    `line_at` gives the text of the line of a place, `width` is that of the terminal in columns.
    """
    told = []
    for finding in findings:
        words = str(finding)
        if colour:
            shade = _RED if finding.severity == "error" else _YELLOW
            place, _, rest = words.partition(f": {finding.code} ")
            words = f"{_BOLD}{place}{_END}: {shade}{finding.code}{_END} {rest}"
        shown, caret = excerpt(line_at(finding.place), finding.place.col, width - len(_INDENT))
        told.append(words)
        if shown.strip():
            told += [_INDENT + shown, _INDENT + caret]
    return "\n".join(told)


def excerpt(line: str, col: int, width: int) -> tuple[str, str]:
    """Return the part of a line around column `col` (from 1), at most `width` columns wide, and a caret to set below."""
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
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def wants_colour(is_terminal: bool) -> bool:
    """Return whether to print in colour: on a terminal, unless NO_COLOR says no; FORCE_COLOR says yes anywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings for machines; the page of checks says what each key is."""
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
    """Return the findings as workflow commands of GitHub, which shows them beside the lines."""
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
    """List rules, a line each and a line for what it demands."""
    return "\n".join(f"{rule.code}  {rule.slug}  {rule.severity}\n      {rule.statement}" for rule in rules)


def explained(rule: Rule) -> str:
    """Explain a rule: what it demands, why, and a bad and a good example."""
    why, where, bad, good = rule.explanation
    aside = f"Above a line that is right all the same, a comment says so: claims-ignore {rule.code}: the reason"
    aside = "It can't be set aside." if rule.binding else aside
    parts = [f"{rule.code}  {rule.slug}  {rule.severity}", rule.statement, f"Why: {why}", f"Bad, in {where}:"]
    parts += [_indented(bad), "Good:", _indented(good), aside]
    return "\n\n".join(parts)


def _indented(block: str) -> str:
    return "\n".join(_INDENT + line for line in block.split("\n"))
