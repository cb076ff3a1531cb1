"""What the directives of claims expand to: a claim's head and sources, the register, and the verdicts in numbers."""

import op_ed
from assertions import FAILS, HOLDS, Answer, answers
from claims import VERDICTS, Claim, Register
from dates import first_day, in_words
from markup import literal, name_of, named_reference, sentence, source_links
from votes_chart import hatching
from wording import Pair

# The verdicts on a statement of fact, from what the sources say to what they deny.
SCALE = ("supported", "partly-supported", "unverified", "contradicted")
_MARKS = "“”‘’\"'"  # of quotation


def claims_in_order(register: Register) -> list[Claim]:
    """Return the claims in the order they first appear in the op-ed."""
    marked = (mark.claim for block in register.paragraphs() for mark in block.marks if mark.carries_id)
    return [register.claims[name] for name in dict.fromkeys(marked) if name in register.claims]


def numbers(register: Register) -> dict[str, int]:
    """Return each claim's number: its place in the order of the op-ed, the same on every page."""
    return {claim.id: number for number, claim in enumerate(claims_in_order(register), start=1)}


def header(register: Register, argument: str) -> str:
    """Render the head of a claim's page: its words, verdict and finding, and what the evidence answers."""
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
        table = ["| The op-ed says | The evidence says | Sources | Result |", "| --- | --- | --- | --- |"]
        for answer in found:
            links = source_links(answer.sources[:2], register) or "—"
            listed = f"{claim.id}.md#sources" if set(answer.sources) <= set(claim.sources) else "../evidence/votes.md"
            more = f"; [{len(answer.sources) - 2} more]({listed})" if len(answer.sources) > 2 else ""
            said, told = literal(sentence(answer.asserted)), literal(sentence(answer.found))
            table.append(f"| {said} | {told} | {links}{more} | {outcomes.get(answer.outcome, '? no evidence')} |")
        lines.append("\n".join(table))
        lines += [aligned(answer, register) for answer in found if answer.wordings]
    return "\n\n".join(lines)


def aligned(answer: Answer, register: Register) -> str:
    """Set two wordings below each other, the same words in line, with what differs marked.

    Each pair of words is a piece, so that a line too long for the window breaks between pieces. A label says, for
    whoever listens, which words replace which.
    """
    theirs = "; ".join(register.sources[name].short for name in answer.sources if name in register.sources)
    differ = [_told(pair) for pair in answer.wordings if not pair.same and pair.second != "…"]
    what = ", ".join(differ) if differ else "the same words"
    told = literal(f"The op-ed beside {theirs}, word by word: {what}").replace('"', "&quot;")
    pieces = [f"<span>{_piece(pair.first, pair)} {_piece(pair.second, pair)}</span>" for pair in answer.wordings]
    head = f"<p>Top: the op-ed. Bottom: {literal(theirs)}.</p>"
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
    """Render the end of a claim's page: its sources in full, and when it was checked.

    Where the claim is not `alone` on its page, the heading is a level lower and ids begin with the claim's.
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
    listed = "\n".join(items) or "We found no source that settles this claim."
    checked, recheck = (literal(in_words(claim.text(name))) for name in ("checked", "recheck"))
    dates = f"Last compared with its sources on {checked}; next check due by {recheck}."
    return f"{heading}\n\n{listed}\n\n{dates}\n{{ .dates }}"


def register_table(register: Register, _argument: str) -> str:
    """List every claim with its place, verdict and finding, below the place of the filter that register.js makes."""
    rows = [
        '<form class="filter"></form>',
        "",
        "| Claim | Paragraph | Verdict | Finding |",
        "| --- | --- | --- | --- |",
    ]
    for claim, number in zip(claims_in_order(register), numbers(register).values(), strict=True):
        paragraph = claim.text("paragraph")
        place = f"[{literal(paragraph)}](../op-ed/{op_ed.PART_OF.get(paragraph, '')}.md#{claim.id})"
        verdict = f"{VERDICTS.get(claim.verdict, '')}\u00a0{literal(name_of(claim.verdict))}"
        finding = literal(claim.text("description"))
        title = f"[{literal(claim.text('title'))}]({claim.id}.md){{ data-claim-number={number} }}"
        rows.append(f"| {title} | {place} | {verdict} | {finding} |")
    return "\n".join(rows)


def kicker(register: Register, _argument: str) -> str:
    """Say in a line what the site is, how many claims it checks, and when one was last checked."""
    claims = claims_in_order(register)
    days = filter(first_day, (claim.text("checked") for claim in claims))
    checked = f" · last checked on {in_words(newest)}" if (newest := max(days, default="")) else ""
    return f"Fact-check · {len(claims)} claims{checked}\n{{ .kicker }}"


def coverage(register: Register, argument: str) -> str:
    """Say how the op-ed fares: its claims by verdict, as a bar and a list, and that no sentence was left out."""
    root = argument or ".."
    claims = claims_in_order(register)
    counts = {verdict: sum(claim.verdict == verdict for claim in claims) for verdict in (*SCALE, "opinion")}
    opinions, total = counts.pop("opinion"), sum(counts.values())
    bar, x = hatching("bar-partly-supported", 4) + hatching("bar-contradicted", 2), 0.0
    for verdict, count in counts.items():
        width = 100 * count / (total or 1)
        bar += f'<rect class="{verdict}" x="{x:.2f}%" width="{width:.2f}%" height="100%"/>'
        if count:
            middle = f'x="{x + width / 2:.2f}%" y="10" text-anchor="middle"'
            bar += f'<text class="print" {middle} data-search-exclude>{VERDICTS[verdict]}</text>'
        x += width
    words = ", ".join(f"{count} {name_of(verdict).lower()}" for verdict, count in counts.items())
    weighed = f"[{opinions}]({root}/claims/index.md?verdict=opinion)"
    kinds: dict[str, int] = {}
    for block in register.paragraphs():
        for _, entry in register.passages_of(block):
            kind = str(entry.get("kind")) if entry else "claims"
            kinds[kind] = kinds.get(kind, 0) + 1
    only = [f"{kinds[kind]} are {kind} only" for kind in ("opinion", "recommendation") if kind in kinds]
    contain = f"{kinds.get('claims', 0)} contain the [{len(claims)} claims]({root}/claims/index.md)"
    return "\n\n".join(
        [
            f"Of the {len(claims)} claims, {total} are statements of fact, which sources can support or contradict:",
            f'<div class="coverage"><svg role="img" aria-label="{total} claims of fact: {words}" width="100%" '
            f'height="12">{bar}</svg></div>',
            "\n".join(
                f"- [{VERDICTS[verdict]}]{{ .symbol .{verdict} }} "
                f"[{name_of(verdict)}]({root}/about/method.md#{verdict}): "
                f"[{count}]({root}/claims/index.md?verdict={verdict})"
                for verdict, count in counts.items()
            ),
            f"The other {weighed} are [opinion]({root}/about/method.md#opinion): judgements and recommendations, which "
            "can be weighed but not checked.",
            f"No sentence is left out. Of the op-ed’s {sum(kinds.values())}, including date and byline, "
            f"{' and '.join(filter(None, [', '.join([contain, *only[:-1]]), *only[-1:]]))}.",
        ]
    )


def pairs(register: Register, argument: str) -> str:
    """Set the words of each contradicted claim beside its finding."""
    root = argument or ".."
    items = []
    for claim, number in zip(claims_in_order(register), numbers(register).values(), strict=True):
        if claim.verdict != "contradicted":
            continue
        page = f"{root}/claims/{claim.id}.md"
        words = f"{root}/op-ed/{op_ed.PART_OF.get(claim.text('paragraph'), '')}.md#{claim.id}"
        items.append(
            f"- [{literal(claim.text('title'))}]({page}){{ data-claim-number={number} }}\n\n"
            f"    > [The op-ed says]({words}){{ .label }} {literal(claim.text('quote'))}\n\n"
            f"    [The record says]{{ .label }} {literal(claim.text('description'))}\n    {{ .record }}"
        )
    return "\n\n".join(['<div class="pairs"></div>', "\n\n".join(items)]) if items else "No claim is contradicted."
