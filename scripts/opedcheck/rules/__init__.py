"""The rules, by group: what must hold of the op-ed, its claims and the evidence."""

from opedcheck.rules import claims, dates, evidence, pages, records, text  # noqa: F401 - these enter them
from opedcheck.rules.rule import GROUPS, RULES, Finding, Rule, check

for _code in sorted(RULES, key=lambda code: (list(GROUPS).index(code[0]), code)):
    RULES[_code] = RULES.pop(_code)

__all__ = ["GROUPS", "RULES", "Finding", "Rule", "check"]
