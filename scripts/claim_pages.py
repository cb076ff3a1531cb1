"""What the claim directives expand to: a claim's header and sources, the register, and the claims by verdict."""

import op_ed
from assertions import FAILS, HOLDS, Answer, answers
from claims import VERDICTS, Claim, Register
from dates import in_words
from markup import literal, name_of, named_reference, sentence, source_links
from votes_chart import hatching
from wording import Pair

_MARKS = "“”‘’\"'"  # quotation marks


def claims_in_order(register: Register) -> list[Claim]:
    """Return the claims in the order they appear in the op-ed."""
    marked = (mark.claim for block in register.paragraphs() for mark in block.marks if mark.carries_id)
    return [register.claims[name] for name in dict.fromkeys(marked) if name in register.claims]


def numbers(register: Register) -> dict[str, int]:
    """Return each claim's number: its position in the op-ed, the same on every page."""
    return {claim.id: number for number, claim in enumerate(claims_in_order(register), start=1)}


def header(register: Register, argument: str) -> str:
    """Return the header of a claim's page: its words, verdict and finding, and the answers of the evidence."""
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    paragraph = claim.text("paragraph")
    part = op_ed.PART_OF.get(paragraph, "")
    place = f"paragraph {paragraph[1:]}" if paragraph[1:].isdigit() else literal(paragraph)
    number = numbers(register).get(claim.id)
    numbered = f" data-claim-number={number}" if number else ""
    lines = [
        f"# {literal(claim.text('title'))} {{ #{claim.id}{numbered} }}",
        f"> {literal(claim.text('quote'))}\n>\n> — [the op-ed, {place}](../op-ed/{part}.md#{claim.id})",
    ]
    if claim.verdict in VERDICTS:
        verdict = f"[{VERDICTS[claim.verdict]} {name_of(claim.verdict)}](../about/method.md#{claim.verdict})"
        lines.append(f"{verdict}\n{{ .verdict .{claim.verdict} }}")
    lines.append(f"{literal(claim.text('description'))}\n{{ .finding }}")
    if found := answers(claim, register):
        outcomes = {HOLDS: "✓ holds", FAILS: "✗ fails"}
        table = ["| The op-ed says | The evidence says | Where from | Result |", "| --- | --- | --- | --- |"]
        for answer in found:
            links = source_links(answer.sources[:2], register) or "—"
            listed = f"{claim.id}.md#sources" if set(answer.sources) <= set(claim.sources) else "../evidence/votes.md"
            more = f"; [{len(answer.sources) - 2} more]({listed})" if len(answer.sources) > 2 else ""
            said, told = literal(sentence(answer.asserted)), literal(sentence(answer.found))
            table.append(f"| {said} | {told} | {links}{more} | {outcomes.get(answer.outcome, '? is open')} |")
        lines.append("\n".join(table))
        lines += [aligned(answer, register) for answer in found if answer.wordings]
    return "\n\n".join(lines)


def aligned(answer: Answer, register: Register) -> str:
    """Return two wordings below each other, with shared words aligned and differences marked.

    Each pair of words is a separate element, so that long lines can wrap. Screen readers get a description of the
    differences.
    """
    theirs = "; ".join(register.sources[name].short for name in answer.sources if name in register.sources)
    differ = [_told(pair) for pair in answer.wordings if not pair.same and pair.second != "…"]
    what = ", ".join(differ) if differ else "the same words"
    told = literal(f"The op-ed beside {theirs}, word by word: {what}").replace('"', "&quot;")
    pieces = [f"<span>{_piece(pair.first, pair)} {_piece(pair.second, pair)}</span>" for pair in answer.wordings]
    head = f"<p>Above the op-ed, below {literal(theirs)}</p>"
    return "\n".join([f'<div class="wordings" role="img" aria-label="{told}">', head, *pieces, "</div>"])


def _told(pair: Pair) -> str:
    first, second = (words.strip(_MARKS) for words in (pair.first, pair.second))
    if not first:
        return f"without “{second}”"
    return f"“{first}” in place of “{second}”" if second else f"“{first}” added"


def _piece(words: str, pair: Pair) -> str:
    shown = literal(words.strip(_MARKS))
    return f"<span>{shown}</span>" if pair.same or words in ("", "…") else f"<mark>{shown}</mark>"


def claim_sources(register: Register, argument: str, alone: bool = True) -> str:
    """Return the end of a claim's page: its sources in full, and when it was checked.

    If the claim is not `alone` on its page, the heading is a level lower, and ids start with the claim's.
    """
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    found = [register.sources[name] for name in claim.sources if name in register.sources]
    if alone:
        heading = "## Sources { #sources }"
        items = [f"- {named_reference(source, f'../evidence/sources.md#{source.id}')}" for source in found]
    else:
        heading = f"### Sources {{ #{claim.id}-sources }}"
        items = [f"- {named_reference(source)}\n{{ #{claim.id}-{source.id} }}" for source in found]
    listed = "\n".join(items) or "No source was found that settles this claim."
    checked, recheck = (literal(in_words(claim.text(name))) for name in ("checked", "recheck"))
    dates = f"Last compared with its sources on {checked}; to be compared again by {recheck}."
    return f"{heading}\n\n{listed}\n\n{dates}\n{{ .dates }}"


def register_table(register: Register, _argument: str) -> str:
    """Return a table of claims with place, verdict and finding, below the placeholder for register.js's filter."""
    rows = ['<form class="filter"></form>', "", "| Claim | Where | Verdict | Finding |", "| --- | --- | --- | --- |"]
    for claim, number in zip(claims_in_order(register), numbers(register).values(), strict=True):
        paragraph = claim.text("paragraph")
        place = f"[{literal(paragraph)}](../op-ed/{op_ed.PART_OF.get(paragraph, '')}.md#{claim.id})"
        verdict = f"{VERDICTS.get(claim.verdict, '')}\u00a0{literal(name_of(claim.verdict))}"
        finding = literal(claim.text("description"))
        title = f"[{literal(claim.text('title'))}]({claim.id}.md){{ data-claim-number={number} }}"
        rows.append(f"| {title} | {place} | {verdict} | {finding} |")
    return "\n".join(rows)


def coverage(register: Register, argument: str) -> str:
    """Return the claims by verdict, as a bar and a list, and the statement that no sentence was left out."""
    root = argument or ".."
    claims = claims_in_order(register)
    counts = {verdict: sum(claim.verdict == verdict for claim in claims) for verdict in reversed(VERDICTS)}
    total = sum(counts.values()) or 1
    bar, x = hatching("bar-partly-supported", 4) + hatching("bar-contradicted", 2), 0.0
    for verdict, count in counts.items():
        width = 100 * count / total
        bar += f'<rect class="{verdict}" x="{x:.2f}%" width="{width:.2f}%" height="100%"/>'
        if count:
            middle = f'x="{x + width / 2:.2f}%" y="10" text-anchor="middle"'
            bar += f'<text class="print" {middle} data-search-exclude>{VERDICTS[verdict]}</text>'
        x += width
    words = ", ".join(f"{count} {name_of(verdict).lower()}" for verdict, count in counts.items())
    label = f"{total} claims: {words}"
    lines = [
        f'<div class="coverage"><svg role="img" aria-label="{label}" width="100%" height="12">{bar}</svg></div>',
        "\n".join(
            f"- [{VERDICTS[verdict]}]{{ .symbol .{verdict} }} [{name_of(verdict)}]({root}/about/method.md#{verdict}): "
            f"[{count}]({root}/claims/index.md?verdict={verdict})"
            for verdict, count in counts.items()
        ),
    ]
    kinds: dict[str, int] = {}
    for block in register.paragraphs():
        for _, entry in register.passages_of(block):
            kind = str(entry.get("kind")) if entry else "claims"
            kinds[kind] = kinds.get(kind, 0) + 1
    told = ", ".join(f"{kinds[kind]} hold only {kind}" for kind in ("opinion", "recommendation") if kind in kinds)
    lines.append(
        f"Of the op-ed’s {sum(kinds.values())} sentences, its date and byline counted, {kinds.get('claims', 0)} "
        f"hold the {total} [claims]({root}/claims/index.md) that were checked; {told}."
    )
    return "\n\n".join(lines)


def finding(register: Register, argument: str) -> str:
    """Return a claim's finding with a link to its page, as an item of the home page's list."""
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    return f"- {literal(claim.text('description'))} [{literal(claim.text('title'))}](claims/{claim.id}.md)"
