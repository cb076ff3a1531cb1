"""The rules: what must hold of the op-ed, its claims and the evidence.

Each rule is a generator that takes the register and yields (place, message) for every fault it finds. The message ends
with what to do. A module holds one letter group; the first code of each group is a file that can't be read.
"""

from rules import t_text, c_claims, d_dates, e_evidence, s_sources, p_passages  # noqa: I001 - the order of the list
from rules.registry import RULES, Fault, Rule

__all__ = ["RULES", "Fault", "Rule", "c_claims", "d_dates", "e_evidence", "p_passages", "s_sources", "t_text"]
