"""What a rule is, the table of all rules, and helpers that rules of several groups share."""

import difflib
import re
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import NamedTuple

from claims import Register
from reading import Mapping, Place, Sequence

Fault = tuple[Place, str]
Check = Callable[[Register], Iterator[Fault]]


class Rule(NamedTuple):
    """A rule: its code, its name, its severity and its generator. A binding rule can't be suppressed."""

    code: str
    slug: str
    severity: str
    binding: bool
    check: Check
    text: str  # its statement, the reason for it, and its examples

    @property
    def statement(self) -> str:
        """Return what the rule demands, in one line."""
        return self.text.partition("\n")[0]

    @property
    def explanation(self) -> "Explanation":
        """Return the reason for the rule, and a bad and a good example."""
        match = _EXPLANATION.search(self.text)
        if match is None:
            raise ValueError(f"{self.code}: the docstring is incomplete; write 'Why: …', 'Bad, in FILE:' and 'Good:'")
        why, where, bad, good = match.groups()
        return Explanation(" ".join(why.split()), where, _example(bad), _example(good))


class Explanation(NamedTuple):
    """The reason for a rule, the file its examples are from, and a wrong and a right version of its text."""

    why: str
    where: str
    bad: str
    good: str


_EXPLANATION = re.compile(r"^ *Why: (.*?)\n\n *Bad, in (\S+):\n(.*?)\n\n *Good:\n(.*?)\s*\Z", re.DOTALL | re.MULTILINE)


_EXAMPLE_INDENT = 4


def _example(block: str) -> str:
    return "\n".join(line[_EXAMPLE_INDENT:] for line in block.split("\n"))


def _dedented(text: str) -> str:
    """Return a docstring without the indent of its block, which Python before 3.13 leaves in it."""
    first, _, rest = text.partition("\n")
    return f"{first}\n{dedent(rest)}"


# What claims, sources and events are named by, in data and in addresses.
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"

RULES: dict[str, Rule] = {}
_GROUPS: dict[str, str] = {}  # the code for a group's unreadable files, by path prefix
_TYPE_NAMES: dict[type, str] = {str: "text", int: "a whole number", Sequence: "a list", Mapping: "keys with values"}


def rule(code: str, severity: str = "error", *, binding: bool = False) -> Callable[[Check], Check]:
    """Register a generator under its code; its name is the slug, its docstring has statement, reason and examples.

    Rules about the text of record and about unreadable files are always `binding`: everything else depends on them.
    """

    def enter(check: Check) -> Check:
        text = _dedented(check.__doc__ or "")
        fixed = binding or code[0] == "T" or code.endswith("001")
        RULES[code] = Rule(code, check.__name__.replace("_", "-"), severity, fixed, check, text)
        return check

    return enter


def files_readable(code: str, *prefixes: str, text: str) -> None:
    """Register the rule that a group's files can be read: those whose longest matching prefix is one of `prefixes`.

    `text` takes the place of a rule's docstring.
    """
    _GROUPS.update(dict.fromkeys(prefixes, code))

    def unreadable(register: Register) -> Iterator[Fault]:
        for problem in register.problems:
            fitting = [prefix for prefix in _GROUPS if problem.place.path.startswith(prefix)]
            if _GROUPS[max(fitting, key=len)] == code:
                yield problem.place, problem.message

    unreadable.__doc__ = text
    rule(code)(unreadable)


def fields_fault(fields: Mapping, wanted: dict[str, type], optional: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Yield the differences between a mapping's keys and types and those wanted."""
    meant = {name: difflib.get_close_matches(name, wanted, 1) for name in fields if name not in wanted}
    for name, kind in wanted.items():
        value = fields.get(name)
        if value is None:
            if name not in optional and [name] not in meant.values():
                form = "" if kind is str else f" as {_TYPE_NAMES[kind]}"
                yield fields.place, f"'{name}' is missing; add it{form}"
        elif not isinstance(value, kind):
            yield fields.at(name), f"'{name}' must be {_TYPE_NAMES[kind]}; rewrite it, in quotes if necessary"
        elif kind is str and not value:
            yield fields.at(name), f"'{name}' is empty; fill it in"
    for name, near in meant.items():
        hint = f"did you mean '{near[0]}'?" if near else "delete it"
        yield fields.keys_at[name], f"'{name}' is not a known field; {hint}"
