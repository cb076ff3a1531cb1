"""What a rule is, the table of all rules, and running them over a register.

A rule is a generator that yields a fault, `(place, what is wrong, what to do)`, for each thing that it is asked about:
`@rule("C004", each="claims")` is asked about one claim at a time. Its name gives the slug, its docstring says what must
hold, and examples.toml why, with a fault that the tests make in the project under tests/.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from opedcheck.files import Place
from opedcheck.register import Register

MOST_HINTS = 20  # fuzzy matching is slow in a long list; more faults of a kind have another cause than a slip
Fault = tuple[Place, str, str]  # the place, what is wrong, and what to do
Check = Callable[..., Iterator[Fault]]
GROUPS = {
    "T": "the text of record",
    "C": "claims, marks and verdicts",
    "D": "dates",
    "E": "evidence",
    "S": "sources",
    "P": "pages, permalinks and passages",
}
RULES: dict[str, "Rule"] = {}


class Example(NamedTuple):
    """Why a rule exists, and a fault: the file below docs, the words that are right there, and those that are wrong."""

    why: str
    file: str
    good: str
    bad: str


class Rule(NamedTuple):
    """A rule: its code, its name, its severity, what it is asked about, its generator, and what must hold."""

    code: str
    slug: str
    severity: str
    each: str
    check: Check
    statement: str

    @property
    def example(self) -> Example:
        """Return why it exists, and a fault that it finds."""
        return Example(**_examples()[self.code])

    def faults(self, register: Register) -> Iterator[Fault]:
        """Return every fault that the rule finds in each thing of the register's `each`, or in the whole of it."""
        if not self.each:
            return self.check(register)
        return chain.from_iterable(self.check(thing, register) for thing in getattr(register, self.each).values())


@cache
def _examples() -> dict[str, dict[str, str]]:
    import tomllib  # here, since a check alone needs none

    return tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))


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


def rule(code: str, each: str = "", severity: str = "error") -> Callable[[Check], Check]:
    """Register a rule under its code, with its generator's docstring as what must hold."""

    def enter(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        slug = check.__name__.replace("_", "-")
        RULES[code] = Rule(code, slug, severity, each, check, check.__doc__ or "")
        return check

    return enter


def check(register: Register, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Run rules (all by default) over a register; return each finding once, ordered by place, then code.

    While a file of docs/data can't be read that alone is found, whatever the rules: all else would follow from it.
    """
    found = {
        Finding(place, one.code, f"{wrong}; {advice}", one.severity)
        for one in (RULES.values() if rules is None or not register.complete else rules)
        if register.complete or one.slug == "unreadable"
        for place, wrong, advice in one.faults(register)
    }
    return sorted(found)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the question whether a known word like `word` was meant, or `otherwise` where none is like it."""
    near = difflib.get_close_matches(word, known, 1)
    return f"did you mean '{near[0]}'?" if near else otherwise
