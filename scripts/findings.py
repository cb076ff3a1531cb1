"""Run the rules over a register."""

from collections.abc import Iterable
from typing import NamedTuple

from claims import Register
from reading import Place
from rules import RULES, Rule


class Finding(NamedTuple):
    """A fault found by a rule, with its place."""

    place: Place
    code: str
    message: str
    severity: str

    def __str__(self) -> str:
        """Return the line to print."""
        warning = "warning: " if self.severity == "warning" else ""
        line = f"{self.place}: {self.code} {warning}{self.message}"
        # The content or name of a file must not break the line or control the terminal.
        return "".join(char if char.isprintable() or char == "\u00a0" else ascii(char)[1:-1] for char in line)


def check(register: Register, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Run rules (all by default) over a register, and return each finding once, sorted by place, then code.

    If a file in docs/data can't be read, return only such findings, since all others would follow from them. Leave out
    suppressed findings.
    """
    ignored = {
        (code, place.path, line)
        for code, reason, place, line in register.suppressions
        if reason and code in RULES and not RULES[code].binding
    }
    found = {
        Finding(place, rule.code, message, rule.severity)
        for rule in (RULES.values() if rules is None else rules)
        if register.complete or rule.code.endswith("001")
        for place, message in rule.check(register)
        if (rule.code, place.path, place.line) not in ignored
    }
    return sorted(found)
