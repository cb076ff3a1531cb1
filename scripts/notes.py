"""The notes on the op-ed's pages about each claim: short on screen, in full in print."""

import re

import op_ed
from claims import VERDICTS, Claim, Register
from dates import in_words
from markup import address_of, literal, name_of, printed, source_links

SOURCES_IN_A_NOTE = 3  # on screen; print has all
PLACE = "<!-- claims/notes -->"  # where a page has its notes; otherwise they are at its end


def with_notes(text: str, register: Register, listed: bool = False) -> str:
    """Return a text whose marks have their verdict's class and a note, with the notes at `PLACE` or at the end.

    `listed` means that the page itself lists the sources, so that in print the notes only name them.
    """
    noted: dict[str, Claim] = {}

    def mark(match: re.Match[str]) -> str:
        claim = register.claims.get(op_ed.claim_of(match["attributes"])[0] or "")
        if claim is None or claim.verdict not in VERDICTS:
            return match.group()
        noted[claim.id] = claim
        return f"[{match['words']}]{{{match['attributes'].rstrip()} .{claim.verdict} }}[^{claim.id}]"

    text = op_ed.MARK.sub(mark, text)
    if not noted:
        return text.replace(PLACE, "")
    notes = [f"[^{claim.id}]: {note(claim, register, listed)}" for claim in noted.values()]
    heading = "## What was checked here { #checked }"
    if PLACE in text:
        text = text.replace(PLACE, f"{heading}\n\n///Footnotes Go Here///")
    else:
        text += f"\n\n{heading}"
    return "\n\n".join([text, *notes])


def note(claim: Claim, register: Register, listed: bool = False) -> str:
    """Return a claim's note: verdict, finding, sources and a link to its page; in print also when it was checked.

    `listed` means that the page itself lists the sources.
    """
    verdict = f"**{VERDICTS[claim.verdict]} {name_of(claim.verdict)}.**"
    shown = claim.sources[:SOURCES_IN_A_NOTE]
    links = source_links(shown, register)
    more = len(claim.sources) - len(shown)
    rest = f" and [{more} more](../claims/{claim.id}.md#sources)" if more else ""
    sources = f" Sources: {links}{rest}." if links else ""
    screen = f'<span class="screen">{sources} [How this was checked](../claims/{claim.id}.md)</span>'
    paper = printed(_on_paper(claim, register, listed))
    return f"{verdict} {literal(claim.text('description'))}{screen}{paper}"


def _on_paper(claim: Claim, register: Register, listed: bool) -> str:
    told = []
    for source in (register.sources[name] for name in claim.sources if name in register.sources):
        number, address = source.text("number"), address_of(source)
        words = [f"[{literal(source.short)}](../evidence/sources.md#{source.id})"]
        if number and number != source.short:
            words.append(literal(number))
        if address and not listed:
            words.append(f"[{literal(address)}](<{address}>)")
        told.append(", ".join(words))
    if listed:
        sources = f" Sources: {'; '.join(told)}." if told else ""
    else:
        sources = "".join(f'<span class="source">{source}</span>' for source in told)
    checked = f" Checked on {literal(in_words(claim.text('checked')))}" if claim.text("checked") else " See"
    return f"{sources}{checked}: [c/{claim.id}/](../claims/{claim.id}.md){{ .short }}"
