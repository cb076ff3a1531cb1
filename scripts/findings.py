"""Running the rules over a register."""

from collections.abc import Iterable
from typing import NamedTuple

from claims import Register
from reading import Place
from rules import RULES, Rule


class Finding(NamedTuple):
    """A fault that a rule found, with its place."""

    place: Place
    code: str
    message: str
    severity: str

    def __str__(self) -> str:
        """Return the line that is printed."""
        warning = "warning: " if self.severity == "warning" else ""
        line = f"{self.place}: {self.code} {warning}{self.message}"
        # What a file or its name holds must not end the line, nor command a terminal.
        return "".join(char if char.isprintable() or char == "\u00a0" else ascii(char)[1:-1] for char in line)


def check(register: Register, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Run rules (all by default) over a register; give each finding once, ordered by place, then code.

    While a file of docs/data can't be read only that is found: all else would follow from it. What a suppression sets
    aside is left out.
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
