"""Claims as pages show them: the head of a claim's page, its notes in the op-ed, the register, and the numbers."""

import re

from opedcheck.assertions import FAILS, HOLDS, Answer, Pair, answers
from opedcheck.citations import Site, name_in_order, op_ed_item
from opedcheck.dates import in_words
from opedcheck.records import PASSAGE_KINDS, VERDICTS, Verdict
from opedcheck.register import Claim, Register
from opedcheck.render.links import (
    escaped,
    marked_claims,
    named_reference,
    printed,
    sentence,
    source_links,
    sources_of,
    table,
    web_address,
)
from opedcheck.text import MARK, claim_of, paragraph_words, sentence_at, series

NOTES = "<!-- claims/notes -->"  # where a page has its notes; otherwise they are at its end
SOURCES_IN_A_NOTE = 3  # on screen; print has all
_QUOTATION_MARKS = "“”‘’\"'"


def symbol_and_name(verdict: Verdict | None) -> str:
    """Return a verdict for a table's cell, on one line; `""` for none."""
    return f"{verdict.symbol}\u00a0{verdict.name}" if verdict else ""


def title_link(claim: Claim, folder: str) -> str:
    """Return a claim's title as a link to its page in `folder`, with its number."""
    return f"[{escaped(claim.title)}]({folder}{claim.id}.md){{ data-claim-number={claim.number} }}"


def authors(register: Register) -> str:
    """Return the names of the op-ed's authors; `""` where they are not known."""
    item = op_ed_item(register, Site("")) or {}
    return series(escaped(name_in_order(name)) for name in item.get("author", []))


def header(register: Register, argument: str, alone: bool = True) -> str:
    """Return the head of a claim's page: its words, verdict and finding, and what the evidence answers.

    Where the claim is `alone` on its page, the page first says which op-ed's claim it is.
    """
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    numbered = f" data-claim-number={claim.number}" if claim.number else ""
    place = f"[the op-ed, {paragraph_words(claim.paragraph)}](../op-ed/{claim.part}.md#{claim.id})"
    says = "[]{ #says }" if alone and claim.page.section("says") is None else ""
    lines = [
        f"# {escaped(claim.title)} {{ #{claim.id}{numbered} }}",
        f"> {says}{_in_its_sentence(claim)}\n>\n> — {place}",
    ]
    if alone and claim.number:
        op_ed = ", ".join(filter(None, [authors(register) or "an op-ed", in_words(register.op_ed_date)]))
        total = len(marked_claims(register))
        lines.insert(0, f"Claim {claim.number} of {total} · fact-check of {op_ed}\n{{ .kicker }}")
    if claim.verdict:
        shown = f"[{claim.verdict.symbol} {claim.verdict.name}](../about/method.md#{claim.verdict.id})"
        lines.append(f"{shown}\n{{ .verdict .{claim.verdict.id} }}")
    lines.append(f"{escaped(claim.finding)}\n{{ .finding }}")
    if found := answers(claim, register):
        outcomes = {HOLDS: "✓ matches", FAILS: "✗ does not match"}
        listed = "#sources" if alone else f"#{claim.id}-sources"
        rows = []
        for answer in found:
            told = [escaped(sentence(words)) for words in (answer.asserted, answer.found)]
            sources = _answer_sources(answer, claim, register, listed)
            rows.append([*told, sources, outcomes.get(answer.outcome, "? no evidence")])
        lines.append(table(("The op-ed says", "The evidence says", "Sources", "Result"), rows))
        lines += [_aligned(answer, register) for answer in found if answer.wordings]
    return "\n\n".join(lines)


def _in_its_sentence(claim: Claim) -> str:
    """Return the sentence of a claim's words, in which they are marked."""
    first = claim.sentence
    if first is None or claim.block is None or claim.mark is None:
        return escaped(claim.quote)
    words, mark = claim.block.words, claim.mark
    last = sentence_at(words, mark.end - 1) or first
    pieces = [words[first.start : mark.start], words[mark.start : mark.end], words[mark.end : last.end]]
    before, marked, after = (re.sub(r"\S(?:.*\S)?", lambda match: escaped(match[0]), piece) for piece in pieces)
    return f'{before}<mark class="claim {claim.verdict.id if claim.verdict else ""}">{marked}</mark>{after}'


def _ranked(claim: Claim, register: Register) -> list[str]:
    """Return the ids of the sources that a claim's page cites; first those that answer what the claim asserts."""
    answering = {name for answer in answers(claim, register) for name in answer.sources}
    return sorted(claim.sources, key=lambda name: name not in answering)


def _answer_sources(answer: Answer, claim: Claim, register: Register, listed: str) -> str:
    """Return links to an answer's sources: two of the claim's, the list with the others of them, and where more are.

    The only answer of a claim has all that the claim cites.
    """
    cited = [name for name in claim.sources if name in answer.sources]
    told = _ranked(claim, register) if cited and len(claim.assertions) == 1 else cited
    links = [source_links(told[:2], register)]
    if len(told) > 2:
        links.append(f"[{len(told) - 2} more]({listed})")
    if others := set(answer.sources) - set(cited):
        votes = any(others & set(row["source"].split()) for row in register.tables["readings"])
        words, page = ("with the votes", "votes") if votes else ("in the timeline", "timeline")
        links.append(f"others [{words}](../evidence/{page}.md)")
    return "; ".join(filter(None, links)) or "—"


def _aligned(answer: Answer, register: Register) -> str:
    """Return two wordings one below the other, the same words in line, with what differs marked.

    Each pair of words is a piece, so that a line too long for the window breaks between pieces. A label says, for
    whoever listens, which words replace which.
    """
    theirs = "; ".join(source.short for source in sources_of(answer.sources, register))
    differ = [_difference(pair) for pair in answer.wordings if not pair.same and pair.second != "…"]
    what = ", ".join(differ) if differ else "the same words"
    label = escaped(f"The op-ed beside {theirs}, word by word: {what}").replace('"', "&quot;")
    pieces = [f"<span>{_piece(pair.first, pair)} {_piece(pair.second, pair)}</span>" for pair in answer.wordings]
    head = f"<p>Top: the op-ed. Bottom: {escaped(theirs)}.</p>"
    return "\n".join([f'<div class="wordings" role="img" aria-label="{label}">', head, *pieces, "</div>"])


def _difference(pair: Pair) -> str:
    first, second = (words.strip(_QUOTATION_MARKS) for words in (pair.first, pair.second))
    if not first:
        return f"without “{second}”"
    return f"“{first}” in place of “{second}”" if second else f"“{first}” added"


def _piece(words: str, pair: Pair) -> str:
    shown = escaped(words.strip(_QUOTATION_MARKS))
    return f"<span>{shown}</span>" if pair.same or words in ("", "…") else f"<mark>{shown}</mark>"


def claim_sources(claim: Claim, register: Register, alone: bool = True) -> str:
    """Return the end of a claim's page: its sources in full, and when it was checked.

    Where the claim is not `alone` on its page, the heading is a level lower and ids begin with the claim's.
    """
    found = sources_of(_ranked(claim, register), register)
    if alone:
        heading = "## Sources { #sources }"
        items = [f"- {named_reference(source, f'../evidence/sources.md#{source.id}')}" for source in found]
    else:
        heading = f"### Sources {{ #{claim.id}-sources }}"
        items = [f"- {named_reference(source)}\n{{ #{claim.id}-{source.id} }}" for source in found]
    listed = "\n".join(items) or "We found no source that settles this claim."
    checked, recheck = (escaped(in_words(day)) for day in (claim.checked, claim.recheck))
    dates = f"Last compared with its sources on {checked}; next check due by {recheck}."
    return f"{heading}\n\n{listed}\n\n{dates}\n{{ .dates }}"


def with_notes(text: str, register: Register, sources: str = "addresses") -> str:
    """Return a text whose marks have their verdict's class and a note, with the notes at `NOTES` or at the end.

    In print a note gives its `sources` with their "addresses"; their "names", where the page lists them; or the first.
    """
    noted: dict[str, str] = {}

    def mark(match: re.Match[str]) -> str:
        claim = register.claims.get(claim_of(match["attributes"])[0] or "")
        if claim is None or claim.verdict is None:
            return match.group()
        noted[claim.id] = f"[^{claim.id}]: {_note(claim, claim.verdict, register, sources)}"
        return f"[{match['words']}]{{{match['attributes'].rstrip()} .{claim.verdict.id} }}[^{claim.id}]"

    text = MARK.sub(mark, text)
    if not noted:
        return text.replace(NOTES, "")
    heading = "## What was checked here { #checked }"
    placed = text.replace(NOTES, f"{heading}\n\n///Footnotes Go Here///")
    return "\n\n".join([placed if NOTES in text else f"{text}\n\n{heading}", *noted.values()])


def _note(claim: Claim, verdict: Verdict, register: Register, told_by: str) -> str:
    """Return a claim's note: verdict, finding, sources and a link to its page; in print also when it was checked."""
    page = f"../claims/{claim.id}.md"
    ranked = _ranked(claim, register)
    links = source_links(ranked[:SOURCES_IN_A_NOTE], register)
    more = len(ranked) - SOURCES_IN_A_NOTE
    rest = f" and [{more} more]({page}#sources)" if more > 0 else ""
    sources = f" Sources: {links}{rest}." if links else ""
    screen = f'<span class="screen">{sources} [How this was checked]({page})</span>'
    told = []
    for source in sources_of(ranked, register):
        address = web_address(source.text("URL"))
        words = f"[{escaped(source.short)}](../evidence/sources.md#{source.id})"
        told.append(f"{words}, [{escaped(address)}](<{address}>)" if address and told_by == "addresses" else words)
    if told_by == "addresses":
        sources = "".join(f'<span class="source">{source}</span>' for source in told)
    elif told_by == "names":
        sources = f" Sources: {'; '.join(told)}." if told else ""
    checked = f" [Checked on {escaped(in_words(claim.checked))}]({page})." if claim.checked else ""
    paper = printed(f"{sources}{checked} [c/{claim.id}/]({page}){{ .short }}")
    note = f"**{verdict.symbol} {verdict.name}.** {escaped(claim.finding)}{screen}{paper}"
    return re.sub(r"(\.\]\([^()]*\))\.", r"\1", note)  # no second full stop after a short name that ends with one


def hatching(name: str, width: int) -> str:
    """Return a pattern of slanting lines for print, where colours may be indistinguishable."""
    return (
        f'<defs><pattern id="{name}" width="{width}" height="{width}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path fill="#fff" d="M0 0H{width}V{width}H0z"/>'
        f'<path stroke="#000" d="M0 0V{width}"/></pattern></defs>'
    )


def coverage(register: Register, _argument: str) -> str:
    """Return how the op-ed fares: its claims by verdict, as a bar and a list, and that no sentence was left out."""
    claims = marked_claims(register)
    counts = {name: sum(claim.verdict == verdict for claim in claims) for name, verdict in VERDICTS.items()}
    opinions, total = counts.pop("opinion"), sum(counts.values())
    bar, x = hatching("bar-partly-supported", 4) + hatching("bar-contradicted", 2), 0.0
    for name, count in counts.items():
        width = 100 * count / (total or 1)
        bar += f'<rect class="{name}" x="{x:.2f}%" width="{width:.2f}%" height="100%"/>'
        if count:
            middle = f'x="{x + width / 2:.2f}%" y="10" text-anchor="middle"'
            bar += f'<text class="print" {middle} data-search-exclude>{VERDICTS[name].symbol}</text>'
        x += width
    words = ", ".join(f"{count} {VERDICTS[name].name.lower()}" for name, count in counts.items())
    weighed = f"[{opinions}](../claims/index.md?verdict=opinion)"
    kinds: dict[str, int] = {}
    for block in register.paragraphs():
        for _, entry in register.passages_of(block):
            kind = entry.text("kind") if entry else "claims"
            kinds[kind] = kinds.get(kind, 0) + 1
    only = [f"{kinds[kind]} {_are(kinds[kind])} {kind} only" for kind in PASSAGE_KINDS if kind in kinds]
    contain = f"{kinds.get('claims', 0)} contain the [{len(claims)} claims](../claims/index.md)"
    listed = [
        f"- [{VERDICTS[name].symbol}]{{ .symbol .{name} }} [{VERDICTS[name].name}](../about/method.md#{name}): "
        f"[{count}](../claims/index.md?verdict={name})"
        for name, count in counts.items()
    ]
    return "\n\n".join(
        [
            f"Of the {len(claims)} claims, {total} are statements of fact, which sources can support or contradict:",
            f'<div class="coverage"><svg role="img" aria-label="{total} claims of fact: {words}" width="100%" '
            f'height="12">{bar}</svg></div>',
            "\n".join(listed),
            f"The other {weighed} {_are(opinions)} [opinion](../about/method.md#opinion): judgements and "
            "recommendations, which can be weighed but not checked.",
            f"No sentence is left out. Of the op-ed’s {sum(kinds.values())}, including date and byline, "
            f"{' and '.join(filter(None, [', '.join([contain, *only[:-1]]), *only[-1:]]))}.",
        ]
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def pairs(register: Register, _argument: str) -> str:
    """Return the words of each contradicted claim beside its finding."""
    items = [
        f"- {title_link(claim, '../claims/')}\n\n"
        f"    > [The op-ed says](../op-ed/{claim.part}.md#{claim.id}){{ .label }} {escaped(claim.quote)}\n\n"
        f"    [The record says]{{ .label }} {escaped(claim.finding)}\n    {{ .record }}"
        for claim in marked_claims(register)
        if claim.verdict == VERDICTS["contradicted"]
    ]
    return "\n\n".join(['<div class="pairs"></div>', *items]) if items else "No claim is contradicted."
