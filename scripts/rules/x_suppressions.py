"""X: suppressions: each names a rule that may be set aside, gives a reason, and is needed."""

from collections.abc import Iterator

from claims import Register
from rules.registry import RULES, Fault, rule


@rule("X001")
def suppression_ill_formed(register: Register) -> Iterator[Fault]:
    """A suppression names a rule that may be set aside, and gives the reason.

    Why: a rule is set aside for a reason that others can weigh, and never where the site's promises rest on it.

    Bad, in docs/claims/vote-2014.md:
        <!-- claims-ignore C013: -->
        The Peterson Institute

    Good:
        The Peterson Institute
    """
    for code, reason, place, _ in register.suppressions:
        if code not in RULES:
            yield place, f"'{code}' is no rule; write claims-ignore, its code, a colon and the reason, as C013: because"
        elif RULES[code].binding:
            yield place, f"{code} can't be set aside, because the site's promises rest on it; mend the fault instead"
        elif not reason:
            yield place, f"{code} is set aside without a reason; add it behind the colon"


@rule("X002", binding=True)
def suppression_unused(register: Register) -> Iterator[Fault]:
    """A suppression sets aside a finding that would be there without it.

    Why: a reason for nothing hides the next fault at that place.

    Bad, in docs/claims/vote-2014.md:
        <!-- claims-ignore C013: nobody disputes this -->
        The Peterson Institute

    Good:
        The Peterson Institute
    """
    codes = {code for code, *_ in register.suppressions if code in RULES}
    found = {code: {(fault.path, fault.line) for fault, _ in RULES[code].check(register)} for code in codes}
    for code, _, place, line in register.suppressions:
        if code in RULES and (place.path, line) not in found[code]:
            yield place, f"{code} finds nothing on line {line}; delete this comment"
