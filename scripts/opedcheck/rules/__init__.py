"""The rules, by group: what must hold of the op-ed, its claims and the evidence."""

from opedcheck.rules import claims, dates, evidence, pages, sources, text
from opedcheck.rules.rule import GROUPS, RULES, Finding, Rule, check

for _code in sorted(RULES, key=lambda code: (list(GROUPS).index(code[0]), code)):
    RULES[_code] = RULES.pop(_code)

__all__ = ["GROUPS", "RULES", "Finding", "Rule", "check", "claims", "dates", "evidence", "pages", "sources", "text"]
