"""What a rule is, the table of all rules, and running them over a register.

A rule is a generator that yields a fault, `(place, what is wrong, what to do)`, for each thing that it is asked about:
`@rule("C004", each="claims")` is asked about one claim at a time. Its name gives the slug; its docstring says what must
hold, why, and shows a fault in the notation of tests/findings, which the tests make in the project under tests/.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from opedcheck.files import Place
from opedcheck.register import Register

MOST_HINTS = 20  # looking for a likeness takes long in a long list; more of them have another cause than a slip
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
# What a rule may be asked about, one at a time; a rule without `each` is asked about the whole register.
EACH: dict[str, Callable[[Register], Iterable[Any]]] = {
    "": lambda register: (register,),
    "claims": lambda register: register.claims.values(),
    "pages": lambda register: register.pages.values(),
    "resolutions": lambda register: register.resolutions.values(),
}
RULES: dict[str, "Rule"] = {}


class Example(NamedTuple):
    """An example of a fault: the file below docs, the words that are right there, and those that are wrong."""

    path: str
    good: str
    bad: str


class Rule(NamedTuple):
    """A rule: its code, its name, its severity, what it is asked about, and its generator."""

    code: str
    slug: str
    severity: str
    each: str
    check: Check
    statement: str
    why: str
    example: Example

    def faults(self, register: Register) -> Iterator[Fault]:
        """Yield every fault that the rule finds."""
        for thing in EACH[self.each](register):
            yield from self.check(thing, register) if self.each else self.check(register)


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


_DOCSTRING = re.compile(
    r"(?P<statement>.*?)\n\nWhy: (?P<why>.*?)\n\n@ (?P<path>\S+)\n-(?P<good>.*)\n\+(?P<bad>.*)", re.S
)


def rule(code: str, each: str = "", severity: str = "error") -> Callable[[Check], Check]:
    """Enter a generator under its code, with what its docstring says.

    Raises `ValueError` where the docstring is not `statement`, `Why: …` and an example, with blank lines between them.
    """

    def enter(check: Check) -> Check:
        text = "\n".join(line.strip() for line in (check.__doc__ or "").strip().split("\n"))
        match = _DOCSTRING.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{code}: the docstring must be a statement, 'Why: …', and an example: @ FILE, - good, + bad"
            )
        statement, why = (" ".join(match[name].split()) for name in ("statement", "why"))
        example = Example(
            match["path"], *(match[name].strip(" ").replace("\n", " ").replace("\\n", "\n") for name in ("good", "bad"))
        )
        slug = check.__name__.replace("_", "-")
        RULES[code] = Rule(code, slug, severity, each, check, statement, why, example)
        return check

    return enter


def check(register: Register, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Run rules (all by default) over a register; return each finding once, ordered by place, then code.

    While a file of docs/data can't be read only that is found: all else would follow from it.
    """
    found = {
        Finding(place, one.code, f"{wrong}; {advice}", one.severity)
        for one in (RULES.values() if rules is None else rules)
        if register.complete or one.slug == "unreadable"
        for place, wrong, advice in one.faults(register)
    }
    return sorted(found)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the question whether a known word like `word` was meant, or `otherwise` where none is like it."""
    near = difflib.get_close_matches(word, known, 1)
    return f"did you mean '{near[0]}'?" if near else otherwise
