"""What the directives of the op-ed and its printed copies expand to, and the block "Cite" at the end of a page.

The printed copies are the whole op-ed with its notes and the whole fact-check, built from the same sources as the other
pages. Their links to anything they contain stay within them.
"""

import re
from collections.abc import Callable
from html import escape
from itertools import pairwise

from opedcheck.citations import FORMS, Item, Site, check_item, op_ed_item, version_of, whole_page
from opedcheck.dates import in_words
from opedcheck.records import PASSAGE_KINDS, VERDICTS, Source
from opedcheck.register import Claim, Register
from opedcheck.render.claims import authors, claim_sources, header, symbol_and_name
from opedcheck.render.links import (
    escaped,
    marked_claims,
    named_reference,
    sentence,
    source_links,
    sources_of,
    table,
    web_address,
    with_citations,
)
from opedcheck.text import DIRECTIVE, MARK, Page, claim_of, paragraph_words

PUBLISHER = "<!-- claims/publisher -->"  # the place of what `publisher` returns
SHORT, SHORT_VERDICTS = "short", ("contradicted", "partly-supported")  # the edition with notes on these claims only
FIRST_WORDS = 10  # shown of each part on the home page
_HEADING = re.compile(r"^#(?P<marks>#+ .*\{ #)(?P<id>[\w-]+)(?P<end> \}[ ]*)$", re.MULTILINE)
_LIST = re.compile(r"^- .*(?:\n[ ]+.*)*", re.MULTILINE)
_HOME_LINK = re.compile(r"\]\((?P<path>(?:claims/(?P<name>[\w-]+)\.md|[\w./-]+\.md\S*?))\)")
_LINK = re.compile(r"\]\((?P<folder>(?:\.\./)?(?:[\w-]+/)?)(?P<name>[\w-]+)\.md(?:#(?P<section>[\w-]+))?\)")


# --- the op-ed -------------------------------------------------------------------------------------------------------


def byline(register: Register, _argument: str) -> str:
    """Return whose op-ed it is, and of which place and day."""
    by = authors(register)
    place, dash, _ = register.recorded("p1").partition(" – ")
    dateline = escaped(place.title()) if dash and place.isupper() else ""
    told = [f"An op-ed by {by}" if by else "An op-ed", dateline, in_words(register.op_ed_date)]
    return f"{', '.join(filter(None, told))}\n{{ .dateline }}"


def compared(register: Register) -> tuple[Source | None, str]:
    """Return the copy that the text was compared with, and the paragraph within which the comparison ended."""
    copy, until = (register.op_ed.text(name) for name in ("compared-with", "compared-until"))
    return register.sources.get(copy), until


def carried(register: Register, _argument: str) -> str:
    """Return where the text comes from, what it was compared with, and what is not known."""
    told = ["The text was handed to this project as it is."]
    copy, until = compared(register)
    if copy:
        publisher = escaped(copy.text("publisher"))
        carrier = f"[{publisher}](<{address}>)" if (address := web_address(copy.text("URL"))) else publisher
        span = f", from its date to the beginning of {escaped(paragraph_words(until))}," if until else ""
        rest = " We could not read the rest of that copy." if until else ""
        told.append(
            f"We compared it{span} with the copy that {carrier} carries ({source_links([copy.id], register)}), and "
            f"found the same words.{rest}"
        )
    if register.op_ed.text("title").startswith("["):  # a description stands for a title that is not known
        told.append("We do not know the op-ed’s original title or which newspaper published it first.")
        told.append("The title here and the headings of the parts are ours.")
    else:
        told.append("The headings of the parts are ours.")
    return " ".join(told) + "\n{ .carried }"


def parts(register: Register, _argument: str) -> str:
    """Return a list of the parts of the op-ed with their first words."""
    items = []
    for number, (name, page) in enumerate(register.parts.items(), start=1):
        begun = (block.words for block in page.blocks if re.fullmatch(r"p\d+", block.id or ""))
        words = " ".join(next(begun, "").split()[:FIRST_WORDS])
        items.append(f"{number}. [{escaped(page.title)}](../op-ed/{name}.md): “{escaped(words)} …”")
    return "\n".join(items)


def changes(register: Register, _argument: str) -> str:
    """Return a table of the verdicts that changed, newest first, each with its reason."""
    changed = [
        (row, claim, before["verdict"])
        for claim in register.claims.values()
        for before, row in pairwise(claim.history)
        if row["verdict"] != before["verdict"]
    ]
    rows = []
    for row, claim, before in sorted(changed, key=lambda change: (change[0]["date"], change[0].line), reverse=True):
        day = escaped(in_words(row["date"])).replace(" ", "\u00a0")
        old, new = (symbol_and_name(VERDICTS.get(name)) for name in (before, row["verdict"]))
        reason = escaped(sentence(row["reason"].strip().rstrip("."))) + "."
        rows.append((day, f"[{escaped(claim.title)}](../claims/{claim.id}.md)", old, new, reason))
    listed = table(("Date", "Claim", "Verdict before", "Verdict now", "Why"), rows)
    return f"## Verdicts that changed {{ #verdicts }}\n\n{listed if rows else 'No verdict has changed so far.'}"


def publisher(site: Site) -> str:
    """Return who publishes this copy of the site, and how to report an error."""
    if not (site.publisher or site.contact):
        return (
            "This copy of the site names no publisher and no contact. If you find an error, tell whoever runs the "
            "website where you read this."
        )
    who = f"{escaped(site.publisher)} publishes this copy of the site. " if site.publisher else ""
    mail = re.fullmatch(r"[^\s<>@:]+@[^\s<>@:]+", site.contact)
    address = f"mailto:{site.contact}" if mail else web_address(site.contact)
    link = f"[{escaped(site.contact)}](<{address}>)" if address else escaped(site.contact)
    return f"{who}To report an error, contact {link}." if site.contact else who.strip()


def opinions(register: Register, _argument: str) -> str:
    """Return the op-ed's sentences that are an opinion or a recommendation only, each with its paragraph."""
    return "\n".join(
        f"- [{block.id}](../op-ed/{register.part_of[block.id or '']}.md#{block.id}), {kind}: {escaped(words.words)}"
        for block in register.paragraphs()
        for words, entry in register.passages_of(block)
        if entry and (kind := entry.text("kind")) in PASSAGE_KINDS[:-1]
    )


# --- the printed copies ----------------------------------------------------------------------------------------------


def edition(register: Register) -> str:
    """Return the site's version, and the date of the newest change in its claims."""
    newest, number = register.newest_day, version_of(register.root)
    version = f"version {escaped(number)}" if number else ""
    day = f'<time datetime="{newest}">{in_words(newest)}</time>' if newest else ""
    return " of ".join(filter(None, [version, day]))


def kicker(register: Register, _argument: str) -> str:
    """Return in a line what the site is, how many claims it checks, and its version and date."""
    told = ["Fact-check", f"{len(marked_claims(register))} claims", edition(register)]
    return " · ".join(filter(None, told)) + "\n{ .kicker }"


def title_page(register: Register, _argument: str) -> str:
    """Return the line below a document's title on its first sheet: the site's version and date."""
    return f"{sentence(edition(register))}.\n{{ .edition }}"


def whole(register: Register, edition: str) -> str:
    """Return all parts in order, with their headings one level lower; in the short edition with fewer marks."""

    def mark(match: re.Match[str]) -> str:
        claim = register.claims.get(claim_of(match["attributes"])[0] or "")
        return match["words"] if claim and not _noted(claim, edition) else match.group()

    bodies = (MARK.sub(mark, DIRECTIVE.sub("", page.body)) for page in register.parts.values())
    return "\n\n".join(re.sub(r"^# ", "## ", body, flags=re.MULTILINE).strip() for body in bodies)


def _noted(claim: Claim, edition: str) -> bool:
    """Tell whether an edition has a note on a claim."""
    return edition != SHORT or claim.fields.text("verdict") in SHORT_VERDICTS


def summary(register: Register, edition: str) -> str:
    """Return the findings that begin the home page, what each verdict means and which claims have it."""

    def link(match: re.Match[str]) -> str:
        claim = register.claims.get(match["name"])
        return f"](#{claim.id})" if claim and claim.number and _noted(claim, edition) else f"](../{match['path']})"

    home, method = register.pages.get("docs/index.md"), register.pages.get("docs/about/method.md")
    begun = home.body.partition("\n## ")[0] if home else ""
    findings = "\n".join(_LIST.findall(begun))
    lines = ["## In short { #register }", _HOME_LINK.sub(link, findings)]
    lines.append("Each claim in the text has a number and the symbol of its verdict:")
    if edition == SHORT and (page := whole_page(register)):
        lines[-1] = (
            "This short edition marks only the claims that sources contradict or support in part. "
            f"[{escaped(page.title)}]({page.path.rpartition('/')[2]}) has every claim, and the sources."
        )
    elif page := whole_page(register, SHORT):
        lines.insert(-1, f"There is also a [short edition]({page.path.rpartition('/')[2]}).\n{{ .screen }}")
    items = []
    for name, verdict in VERDICTS.items():
        claims = [claim for claim in marked_claims(register) if claim.verdict == verdict]
        numbers = (f"[{one.number}](#{one.id})" if _noted(one, edition) else str(one.number) for one in claims)
        meaning = " ".join(method.section_text(name).split()) if method else ""
        items.append(f"- **{verdict.symbol}\u00a0{verdict.name}.** {meaning} Claims: {', '.join(numbers) or 'none'}.")
    return "\n\n".join([*lines, "\n".join(items)])


def _cited_names(register: Register) -> set[str]:
    copy, _ = compared(register)
    return {name for claim in register.claims.values() for name in claim.sources} | ({copy.id} if copy else set())


def cited(register: Register, _argument: str) -> str:
    """Return a list of the sources that the claims cite, each once, by short name."""
    found = sources_of(_cited_names(register), register)
    found.sort(key=lambda source: (source.short.lower(), source.id))
    items = [f"- {named_reference(source)}\n{{ #{source.id} }}" for source in found]
    return "\n".join(["## The sources of the claims { #sources }\n", *items])


def every_claim(register: Register, _argument: str) -> str:
    """Return the pages of all claims in the order of the op-ed, with their headings one level lower.

    A section's id starts with its claim's: `vote-2014-record`.
    """
    return "\n\n".join(_section(claim, register) for claim in marked_claims(register))


def _section(claim: Claim, register: Register) -> str:
    body = DIRECTIVE.sub("", claim.page.body).strip()
    body = _HEADING.sub(rf"##\g<marks>{claim.id}-\g<id>\g<end>", body)
    listed = claim_sources(claim, register, alone=False)
    text = with_citations(f"#{header(register, claim.id, alone=False)}\n\n{body}\n\n{listed}", register)

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
    """Return the block's HTML for a page, a claim's or another; `""` but for claims, the op-ed, and the page on citing.

    It cites the op-ed and, separately, this site's check: of the claim on a claim's page, else of the whole op-ed.
    """
    op_ed = op_ed_item(register, site)
    if op_ed is None or (claim is None and not page.address.startswith(("op-ed/", "about/cite/"))):
        return ""
    what = "this check of the claim" if claim else "this check of it"
    forms = [_forms("the op-ed", op_ed), _forms(what, check_item(register, claim, site))]
    details = f"<details><summary>Cite</summary>\n{''.join(forms)}</details>"
    return f'<aside class="cite" data-search-exclude>{details}</aside>\n'


def _forms(name: str, item: Item) -> str:
    blocks = "".join(
        f'<dt>{form}</dt>\n<dd><pre data-name="{name}, {form}">{escape(write(item))}</pre></dd>\n'
        for form, write in FORMS.items()
    )
    return f"<p><strong>{name.capitalize()}</strong></p>\n<dl>\n{blocks}</dl>\n"
