"""X: suppressions: each names a rule that may be suppressed, gives a reason, and is needed."""

from collections.abc import Iterator

from claims import Register
from rules.registry import RULES, Fault, rule


@rule("X001")
def suppression_ill_formed(register: Register) -> Iterator[Fault]:
    """A suppression names a rule that may be suppressed, and gives the reason.

    Why: others must be able to weigh the reason, and the rules behind the site's promises allow no exceptions.

    Bad, in docs/claims/vote-2014.md:
        <!-- claims-ignore C013: -->
        The Peterson Institute

    Good:
        The Peterson Institute
    """
    for code, reason, place, _ in register.suppressions:
        if code not in RULES:
            yield place, f"'{code}' is not a rule; write claims-ignore, a rule's code, a colon and the reason"
        elif RULES[code].binding:
            yield place, f"{code} can't be suppressed, because the site's promises depend on it; fix the fault instead"
        elif not reason:
            yield place, f"{code} is suppressed without a reason; add one after the colon"


@rule("X002", binding=True)
def suppression_unused(register: Register) -> Iterator[Fault]:
    """Every suppression has a finding to suppress.

    Why: an unneeded suppression would hide the next fault at that place.

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
