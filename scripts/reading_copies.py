"""The complete documents for print: the whole op-ed with its notes, and the whole fact-check.

Both are built from the same sources as the other pages. Their links to anything they contain stay within them.
"""

import re

import op_ed
from citations import newest_day, version_of
from claim_pages import claim_sources, claims_in_order, header, numbers
from claims import VERDICTS, Claim, Register
from dates import in_words
from markup import literal, name_of, named_reference, sentence, with_citations
from suppressions import without_suppressions

_HEADING = re.compile(r"^#(?P<marks>#+ .*\{ #)(?P<id>[\w-]+)(?P<end> \}[ ]*)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<folder>(?:\.\./)?(?:[\w-]+/)?)(?P<name>[\w-]+)\.md(?:#(?P<section>[\w-]+))?\)")


def edition(register: Register) -> str:
    """Return the site's version, and the date of the newest change in its claims."""
    newest = newest_day(register)
    number = version_of(register.root)
    version = f"version {literal(number)}" if number else ""
    day = f'<time datetime="{newest}">{in_words(newest)}</time>' if newest else ""
    return " of ".join(filter(None, [version, day]))


def title_page(register: Register, _argument: str) -> str:
    """Return the line below a document's title on its first sheet: the site's version and date."""
    return f"{sentence(edition(register))}.\n{{ .edition }}"


def whole(register: Register, _argument: str) -> str:
    """Return all parts in order, with their headings one level lower."""
    pages = [register.pages[path] for part in op_ed.PARTS if (path := f"docs/op-ed/{part}.md") in register.pages]
    return "\n\n".join(
        re.sub(r"^# ", "## ", op_ed.DIRECTIVE.sub("", without_suppressions(page.body)), flags=re.MULTILINE).strip()
        for page in pages
    )


def summary(register: Register, _argument: str) -> str:
    """List every claim with its number, place and verdict, without the findings, which the notes give."""
    rows = [
        "## The claims and their verdicts { #register }\n",
        "| Claim | Paragraph | Verdict |",
        "| --- | --- | --- |",
    ]
    for claim, number in zip(claims_in_order(register), numbers(register).values(), strict=True):
        paragraph = claim.text("paragraph")
        title = f"[{literal(claim.text('title'))}](../claims/{claim.id}.md){{ data-claim-number={number} }}"
        where = f"[{paragraph}](#{paragraph})" if paragraph in op_ed.PARAGRAPHS else literal(paragraph)
        verdict = f"{VERDICTS.get(claim.verdict, '')}\u00a0{literal(name_of(claim.verdict))}"
        rows.append(f"| {title} | {where} | {verdict} |")
    return "\n".join(rows)


def cited(register: Register, _argument: str) -> str:
    """Return a list of the sources that the claims cite, each once, by short name."""
    names = {name for claim in register.claims.values() for name in claim.sources if name in register.sources}
    found = sorted((register.sources[name] for name in names), key=lambda source: (source.short.lower(), source.id))
    items = [f"- {named_reference(source)}\n{{ #{source.id} }}" for source in found]
    return "\n".join(["## The sources of the claims { #sources }\n", *items])


def every_claim(register: Register, _argument: str) -> str:
    """Return the pages of all claims in the order of the op-ed, with their headings one level lower.

    A section's id starts with its claim's: `vote-2014-record`.
    """
    return "\n\n".join(_section(claim, register) for claim in claims_in_order(register))


def _section(claim: Claim, register: Register) -> str:
    body = op_ed.DIRECTIVE.sub("", without_suppressions(claim.page.body)).strip()
    body = _HEADING.sub(rf"##\g<marks>{claim.id}-\g<id>\g<end>", body)
    listed = claim_sources(register, claim.id, alone=False)
    text = with_citations(f"#{header(register, claim.id)}\n\n{body}\n\n{listed}", register)

    def place(match: re.Match[str]) -> str:
        name, section = match["name"], match["section"]
        if match["folder"] == "../evidence/" and name == "sources" and section in claim.sources:
            return f"](#{claim.id}-{section})"
        if match["folder"] in ("", "../claims/") and name in register.claims:
            return f"](#{name}-{section})" if section else f"](#{name})"
        return match.group()

    return _LINK.sub(place, text)


def within(text: str, register: Register) -> str:
    """Return the whole op-ed's text with links to its own parts and listed sources turned into links within it."""
    names = {name for claim in register.claims.values() for name in claim.sources}

    def place(match: re.Match[str]) -> str:
        name, section = match["name"], match["section"]
        if (match["folder"] == "../evidence/" and name == "sources" and section in names) or (
            match["folder"] == "../op-ed/" and name in op_ed.PARTS and section
        ):
            return f"](#{section})"
        return match.group()

    return _LINK.sub(place, text)
