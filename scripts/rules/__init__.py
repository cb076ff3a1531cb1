"""The rules that the op-ed, its claims and the evidence must follow.

Each rule is a generator that takes the register and yields (place, message) for every fault it finds. The message ends
with what to do. A module contains rules of one letter group; the first code of a group is for files that can't be read.
Each rule's docstring has its statement, the reason for it, and a bad and a good example: `--list`, `--explain` and the
page of checks are built from them.
"""

from rules import (
    c_claims,
    c_pages,
    c_verdicts,
    d_dates,
    e_evidence,
    e_readings,
    p_passages,
    p_permalinks,
    s_citations,
    s_sources,
    t_text,
    x_suppressions,
)
from rules.registry import RULES, Fault, Rule

GROUPS = {
    "T": "the text of record",
    "C": "claims, marks and verdicts",
    "D": "dates",
    "E": "evidence",
    "S": "sources",
    "P": "permalinks and passages",
    "X": "suppressions",
}
for _code in sorted(RULES, key=lambda code: (list(GROUPS).index(code[0]), code)):
    RULES[_code] = RULES.pop(_code)

__all__ = ["GROUPS", "RULES", "Fault", "Rule", "c_claims", "c_pages", "c_verdicts", "d_dates", "e_evidence",
           "e_readings", "p_passages", "p_permalinks", "s_citations", "s_sources", "t_text",
           "x_suppressions"]  # fmt: skip
