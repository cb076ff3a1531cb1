"""What each directive of a page expands to: Markdown made from the register, and rendered like any other.

Links are relative to a page one folder below docs; on the home page the directive's argument is `.`.
"""

from collections.abc import Callable

import op_ed
from claim_pages import coverage, header, kicker, pairs, register_table
from claims import Register, text_of
from corrections import changes
from evidence_pages import checks, country_votes, parties, record, sources, timeline, votes
from markup import literal
from notes import PLACE
from provenance import PUBLISHER, byline, carried
from reading_copies import cited, every_claim, summary, title_page, whole

FIRST_WORDS = 10  # shown of each part on the home page


def parts(register: Register, argument: str) -> str:
    """List the parts of the op-ed with their first words."""
    root = argument or ".."
    items = []
    for number, (part, names) in enumerate(op_ed.PARTS.items(), start=1):
        page = register.pages.get(f"docs/op-ed/{part}.md")
        first = next(name for name in names if name.startswith("p"))
        words = " ".join(register.recorded(first).split()[:FIRST_WORDS])
        title = text_of(page.fields, "title") if page else part
        items.append(f"{number}. [{literal(title)}]({root}/op-ed/{part}.md): “{literal(words)} …”")
    return "\n".join(items)


def downloads(_register: Register, argument: str) -> str:
    """Mark the place of links to the downloads below a folder, or to all; publishing fills it."""
    return f"<!-- publish/downloads {argument} -->" if argument else "<!-- publish/downloads -->"


DIRECTIVES: dict[str, Callable[[Register, str], str]] = {
    "byline": byline,
    "carried": carried,
    "changes": changes,
    "checks": checks,
    "cited": cited,
    "country-votes": country_votes,
    "coverage": coverage,
    "downloads": downloads,
    "every-claim": every_claim,
    "header": header,
    "kicker": kicker,
    "notes": lambda _register, _argument: PLACE,
    "op-ed": whole,
    "pairs": pairs,
    "parties": parties,
    "parts": parts,
    "publisher": lambda _register, _argument: PUBLISHER,
    "record": record,
    "register": register_table,
    "sources": sources,
    "summary": summary,
    "timeline": timeline,
    "title-page": title_page,
    "votes": votes,
}
