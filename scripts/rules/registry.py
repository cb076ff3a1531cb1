"""What a rule is, the table that every rule is entered in, and what rules of several groups share."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims import Register
from reading import Mapping, Place, Sequence

Fault = tuple[Place, str]
Check = Callable[[Register], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code, its name, its statement (the docstring's first line), its severity and its generator."""

    code: str
    slug: str
    statement: str
    severity: str
    check: Check


# What claims, sources and events are named by, in data and in addresses.
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"

RULES: dict[str, Rule] = {}
_GROUPS: dict[str, str] = {}  # the code of a group's unreadable files, by the beginning of their paths
_TYPE_NAMES: dict[type, str] = {str: "text", int: "a whole number", Sequence: "a list", Mapping: "keys with values"}


def rule(code: str, severity: str = "error") -> Callable[[Check], Check]:
    """Enter a generator under its code; its name gives the slug, its docstring the statement."""

    def enter(check: Check) -> Check:
        statement = (check.__doc__ or "").partition("\n")[0]
        RULES[code] = Rule(code, check.__name__.replace("_", "-"), statement, severity, check)
        return check

    return enter


def files_readable(code: str, *prefixes: str) -> None:
    """Enter the rule that the files of a group can be read: those of which one of `prefixes` is the longest to fit."""
    _GROUPS.update(dict.fromkeys(prefixes, code))

    def unreadable(register: Register) -> Iterator[Fault]:
        """Each file of the group can be read as what it is."""
        for problem in register.problems:
            fitting = [prefix for prefix in _GROUPS if problem.place.path.startswith(prefix)]
            if _GROUPS[max(fitting, key=len)] == code:
                yield problem.place, problem.message

    rule(code)(unreadable)


def fields_fault(fields: Mapping, wanted: dict[str, type], optional: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Compare the keys and types of a mapping with those wanted."""
    for name, kind in wanted.items():
        value = fields.get(name)
        if value is None:
            if name not in optional:
                yield fields.place, f"'{name}' is missing; add it as {_TYPE_NAMES[kind]}"
        elif not isinstance(value, kind):
            yield fields.at(name), f"'{name}' must be {_TYPE_NAMES[kind]}; write it so, in quotes if need be"
        elif kind is str and not value:
            yield fields.at(name), f"'{name}' is empty; fill it in"
    for name in fields:
        if name not in wanted:
            near = difflib.get_close_matches(name, wanted, 1)
            hint = f"did you mean '{near[0]}'?" if near else "delete it"
            yield fields.keys_at[name], f"'{name}' is not a field here; {hint}"
