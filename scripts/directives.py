"""What each directive of a page expands to: Markdown made from the register, rendered like any other.

Links are relative to a page one folder below docs; on the home page the directive's argument is `.`.
"""

from collections.abc import Callable

import op_ed
from citations import OP_ED
from claim_pages import coverage, finding, header, register_table
from claims import VERDICTS, Register, text_of
from evidence_pages import checks, parties, sources, timeline, votes
from markup import literal, name_of, web_address
from notes import PLACE
from reading_copies import cited, every_claim, summary, title_page, whole

FIRST_WORDS = 10  # shown of each part on the home page


def byline(register: Register, argument: str) -> str:
    """Return the byline of the text of record with its verdict, and where the op-ed was published."""
    root = argument or ".."
    judged = [claim for claim in register.claims.values() if claim.text("paragraph") == "byline"]
    verdicts = [
        f" [{VERDICTS.get(claim.verdict, '')} {literal(name_of(claim.verdict))}]({root}/claims/{claim.id}.md)"
        for claim in judged
    ]
    words = literal(register.recorded("byline")) + "".join(verdicts)
    return f"{words}\n{{ .byline }}\n\n{carried(register, argument)}"


def carried(register: Register, argument: str) -> str:
    """Return dateline and date of the text of record, and who published it."""
    place = register.recorded("p1").partition(" – ")[0]
    lines = [f"{literal(place)}, {literal(register.recorded('date'))}."]
    source = register.sources.get(OP_ED)
    if source:
        entry = f"{argument or '..'}/evidence/sources.md#{source.id}"
        publisher = literal(source.text("publisher"))
        carrier = f"[{publisher}](<{address}>)" if (address := web_address(source.text("URL"))) else publisher
        lines.append(f"Carried by {carrier} ([source]({entry})).")
    lines.append("Its original title is not known to us; the title and the headings of the parts are the editors’.")
    return "\n".join(lines) + "\n{ .carried }"


def parts(register: Register, argument: str) -> str:
    """Return a list of the op-ed's parts with their first words."""
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
    """Return a placeholder for links to the downloads below a folder, or to all; publishing fills it in."""
    return f"<!-- publish/downloads {argument} -->" if argument else "<!-- publish/downloads -->"


DIRECTIVES: dict[str, Callable[[Register, str], str]] = {
    "byline": byline,
    "carried": carried,
    "checks": checks,
    "cited": cited,
    "coverage": coverage,
    "downloads": downloads,
    "every-claim": every_claim,
    "finding": finding,
    "header": header,
    "notes": lambda _register, _argument: PLACE,
    "op-ed": whole,
    "parties": parties,
    "parts": parts,
    "register": register_table,
    "sources": sources,
    "summary": summary,
    "timeline": timeline,
    "title-page": title_page,
    "votes": votes,
}
