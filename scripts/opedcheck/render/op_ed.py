"""What the directives of the op-ed and its printed copies expand to, and the block "Cite" at the end of a page.

The printed copies are the whole op-ed with its notes and the whole fact-check, built from the same sources as the other
pages. Their links to anything they contain stay within them.
"""

import re
from collections.abc import Callable
from functools import partial
from html import escape
from itertools import pairwise

from opedcheck.citations import FORMS, Site, check_item, op_ed_item
from opedcheck.records import PASSAGE_KINDS, VERDICTS
from opedcheck.register import Claim, Register
from opedcheck.render.evidence import header
from opedcheck.render.links import marked_claims, ranked, sources_of, web_address, with_citations
from opedcheck.render.templates import filled
from opedcheck.text import DIRECTIVE, MARK, Page, claim_of

NOTES = "<!-- claims/notes -->"  # where a page has its notes; otherwise they are at its end
PUBLISHER = "<!-- claims/publisher -->"  # the place of what `publisher` returns
SHORT_VERDICTS = ("contradicted", "partly-supported")  # of the claims that have notes in the edition `short`
_HEADING = re.compile(r"^#(?P<marks>#+ .*\{ #)(?P<id>[\w-]+)(?P<end> \}[ ]*)$", re.MULTILINE)
_LIST = re.compile(r"^- .*(?:\n[ ]+.*)*", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<folder>(?:\.\./)?(?:[\w-]+/)?)(?P<name>[\w-]+)\.md(?:#(?P<section>[\w-]+))?\)")


def with_notes(text: str, register: Register, sources: str) -> str:
    """Return a text whose marks have their verdict's class and a note, with the notes at `NOTES` or at the end.

    In print a note gives its `sources` with their "addresses"; their "names", where the page lists them; or the first.
    """
    noted: dict[str, str] = {}

    def mark(match: re.Match[str]) -> str:
        claim = register.claims.get(claim_of(match["attributes"])[0] or "")
        if claim is None or claim.verdict is None:
            return match.group()
        note = filled("note.md", register, claim=claim, sources=ranked(claim, register), told_by=sources)
        # No second full stop after a short name that ends with one.
        noted[claim.id] = f"[^{claim.id}]: " + re.sub(r"(\.\]\([^()]*\))\.", r"\1", note)
        return f"[{match['words']}]{{{match['attributes'].rstrip()} .{claim.verdict.id} }}[^{claim.id}]"

    text = MARK.sub(mark, text if NOTES in text else f"{text}\n\n{NOTES}")
    place = "## What was checked here { #checked }\n\n///Footnotes Go Here///" if noted else ""
    return "\n\n".join([text.replace(NOTES, place), *noted.values()])


def coverage(register: Register, _argument: str) -> str:
    """Return how the op-ed fares: its claims by verdict, as a bar and a list, and that no sentence was left out."""
    found = [claim.verdict for claim in marked_claims(register)]
    counts = {name: found.count(verdict) for name, verdict in VERDICTS.items()}
    opinions = counts.pop("opinion")
    passages = [entry for block in register.paragraphs() for _, entry in register.passages_of(block)]
    told = [entry.text("kind") if entry else "claims" for entry in passages]
    kinds = [(kind, told.count(kind)) for kind in ("claims", *PASSAGE_KINDS) if kind in ("claims", *told)]
    total = sum(counts.values())
    return filled("coverage.md", register, counts=counts, opinions=opinions, total=total, kinds=kinds)


def changes(register: Register, _argument: str) -> str:
    """Return a list of the verdicts that changed, newest first, each with its reason."""
    changed = [
        (row, claim, before["verdict"])
        for claim in register.claims.values()
        for before, row in pairwise(claim.history)
        if row["verdict"] != before["verdict"]
    ]
    changed.sort(key=lambda change: (change[0]["date"], change[0].line), reverse=True)
    return filled("changes.md", register, changed=changed)


def publisher(register: Register, site: Site) -> str:
    """Return who publishes this copy of the site, and how to report an error."""
    mail = re.fullmatch(r"[^\s<>@:]+@[^\s<>@:]+", site.contact)
    address = f"mailto:{site.contact}" if mail else web_address(site.contact)
    return filled("publisher.md", register, site=site, address=address)


# --- the printed copies ----------------------------------------------------------------------------------------------


def whole(register: Register, edition: str) -> str:
    """Return all parts in order, with their headings one level lower; in the short edition with fewer marks."""

    def mark(match: re.Match[str]) -> str:
        claim = register.claims.get(claim_of(match["attributes"])[0] or "")
        return match["words"] if claim and not _noted(claim, edition) else match.group()

    bodies = (MARK.sub(mark, DIRECTIVE.sub("", page.body)) for page in register.parts.values())
    return "\n\n".join(re.sub(r"^# ", "## ", body, flags=re.MULTILINE).strip() for body in bodies)


def _noted(claim: Claim, edition: str) -> bool:
    """Tell whether an edition has a note on a claim."""
    return edition != "short" or claim.fields.text("verdict") in SHORT_VERDICTS


def summary(register: Register, edition: str) -> str:
    """Return the findings that begin the home page, what each verdict means and which claims have it."""

    def place(folder: str, name: str, section: str) -> str:
        claim = register.claims.get(name) if folder == "../claims/" and not section else None
        return name if claim and claim.number and _noted(claim, edition) else ""

    home = register.pages.get("docs/index.md")
    begun = home.body.partition("\n## ")[0] if home else ""
    findings = re.sub(r"\]\((?=[\w./-]+\.md)", "](../", "\n".join(_LIST.findall(begun)))
    values = {"findings": _relinked(findings, place), "noted": partial(_noted, edition=edition)}
    return filled("summary.md", register, edition, **values)


def _cited_names(register: Register) -> set[str]:
    cited = (name for claim in register.claims.values() for name in claim.sources)
    return {*cited, register.op_ed.text("compared-with")}


def cited(register: Register, _argument: str) -> str:
    """Return a list of the sources that the claims cite, each once, by short name."""
    return filled("cited.md", register, sources=sources_of(_cited_names(register), register))


def every_claim(register: Register, _argument: str) -> str:
    """Return the pages of all claims in the order of the op-ed, with their headings one level lower.

    A section's id starts with its claim's: `vote-2014-record`.
    """
    return "\n\n".join(_section(claim, register) for claim in marked_claims(register))


def _section(claim: Claim, register: Register) -> str:
    body = DIRECTIVE.sub("", claim.page.body).strip()
    body = _HEADING.sub(rf"##\g<marks>{claim.id}-\g<id>\g<end>", body)
    listed = filled("claim-end.md", register, claim=claim, alone=False)
    text = with_citations(f"{header(register, claim.id, alone=False)}\n\n{body}\n\n{listed}", register)

    def place(folder: str, name: str, section: str) -> str:
        if folder == "../evidence/" and name == "sources" and section in claim.sources:
            return f"{claim.id}-{section}"
        if folder in ("", "../claims/") and name in register.claims:
            return f"{name}-{section}" if section else name
        return ""

    return _relinked(text, place)


def within(text: str, register: Register, listed: bool) -> str:
    """Return an edition's text with links to its own parts, and sources if `listed`, turned into links within it."""
    names = _cited_names(register) if listed else ()

    def place(folder: str, name: str, section: str) -> str:
        source = folder == "../evidence/" and name == "sources" and section in names
        return section if source or (folder == "../op-ed/" and name in register.parts) else ""

    return _relinked(text, place)


def _relinked(text: str, place: Callable[[str, str, str], str]) -> str:
    """Return a text whose links lead to `place(folder, name, section)` on the same page, where that is not empty."""

    def link(match: re.Match[str]) -> str:
        target = place(match["folder"], match["name"], match["section"] or "")
        return f"](#{target})" if target else match.group()

    return _LINK.sub(link, text)


# --- the block "Cite" ------------------------------------------------------------------------------------------------


def cite_block(page: Page, claim: Claim | None, register: Register, site: Site) -> str:
    """Return the block's HTML for a page, a claim's or another; `""` but for claims, the op-ed, and what cites it.

    It cites the op-ed and, separately, this site's check: of the claim on a claim's page, else of the whole op-ed. The
    first is what the page is.
    """
    op_ed = op_ed_item(register, site)
    if op_ed is None or (claim is None and not page.address.startswith(("op-ed/", "about/cite/", "claims/all/"))):
        return ""
    what = "this check of the claim" if claim else "this fact-check"
    cited = [("the op-ed", op_ed), (what, check_item(register, claim, site))]
    if page.address.startswith("claims/"):
        cited.reverse()
    forms = {name: {form: escape(write(item)) for form, write in FORMS.items()} for name, item in cited}
    return filled("cite.html", register, cited=forms, site=site)
