"""What a rule is, the table that every rule is entered in, and what rules of several groups share."""

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
    """A rule: its code, its name, its severity and its generator. A binding one can't be set aside."""

    code: str
    slug: str
    severity: str
    binding: bool
    check: Check
    text: str  # what stands beside it: statement, why, and examples

    @property
    def statement(self) -> str:
        """Give what must hold, in a line."""
        return self.text.partition("\n")[0]

    @property
    def explanation(self) -> "Explanation":
        """Give why the rule exists, and a bad and a good example."""
        match = _EXPLANATION.search(self.text)
        if match is None:
            raise ValueError(f"{self.code}: beside the rule, write 'Why: …', 'Bad, in FILE:' and 'Good:'")
        why, where, bad, good = match.groups()
        return Explanation(" ".join(why.split()), where, _example(bad), _example(good))


class Explanation(NamedTuple):
    """Why a rule exists, the file of its examples, and what stands there wrong and right."""

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
_GROUPS: dict[str, str] = {}  # the code of a group's unreadable files, by the beginning of their paths
_TYPE_NAMES: dict[type, str] = {str: "text", int: "a whole number", Sequence: "a list", Mapping: "keys with values"}


def rule(code: str, severity: str = "error", *, binding: bool = False) -> Callable[[Check], Check]:
    """Enter a generator under its code; its name gives the slug, its docstring statement, reason and examples.

    The rules of the text of record, and that files can be read, are `binding`: nothing rests on them lightly.
    """

    def enter(check: Check) -> Check:
        text = _dedented(check.__doc__ or "")
        fixed = binding or code[0] == "T" or code.endswith("001")
        RULES[code] = Rule(code, check.__name__.replace("_", "-"), severity, fixed, check, text)
        return check

    return enter


def files_readable(code: str, *prefixes: str, text: str) -> None:
    """Enter the rule that the files of a group can be read: those of which one of `prefixes` is the longest to fit.

    `text` is what other rules have as their docstring.
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
    """Compare the keys and types of a mapping with those wanted."""
    meant = {name: difflib.get_close_matches(name, wanted, 1) for name in fields if name not in wanted}
    for name, kind in wanted.items():
        value = fields.get(name)
        if value is None:
            if name not in optional and [name] not in meant.values():
                form = "" if kind is str else f" as {_TYPE_NAMES[kind]}"
                yield fields.place, f"'{name}' is missing; add it{form}"
        elif not isinstance(value, kind):
            yield fields.at(name), f"'{name}' must be {_TYPE_NAMES[kind]}; write it so, in quotes if need be"
        elif kind is str and not value:
            yield fields.at(name), f"'{name}' is empty; fill it in"
    for name, near in meant.items():
        hint = f"did you mean '{near[0]}'?" if near else "delete it"
        yield fields.keys_at[name], f"'{name}' is not a field here; {hint}"
