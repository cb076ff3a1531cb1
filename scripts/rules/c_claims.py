"""C: claims and their marks: every claim is complete and marked in the text."""

import re
from collections import Counter
from collections.abc import Iterator

from claims import Register
from op_ed import PARAGRAPHS, PART_OF
from reading import Place, Sequence
from rules.registry import ID, Fault, fields_fault, files_readable, rule

files_readable(
    "C001",
    "docs/claims",
    text="""Every claim's page can be read and parsed.

    Why: nobody can check a claim that can't be read.

    Bad, in docs/claims/vote-2014.md:
        paragraph: [p3

    Good:
        paragraph: p3
    """,
)

_CLAIM_FIELDS: dict[str, type] = {
    "title": str,
    "description": str,
    "quote": str,
    "paragraph": str,
    "verdict": str,
    "asserts": Sequence,
    "counts": str,
    "sources": Sequence,
    "checked": str,
    "recheck": str,
}


@rule("C002")
def claim_fields(register: Register) -> Iterator[Fault]:
    """A claim's front matter has all its fields, each of the right type, and no others.

    Why: tables, notes, search and downloads are built from these fields.

    Bad, in docs/claims/vote-2014.md:
        title: The vote of 18 December 2014
        priority: high

    Good:
        title: The vote of 18 December 2014
    """
    for claim in register.claims.values():
        yield from fields_fault(claim.fields, _CLAIM_FIELDS, ("counts",))
        if not re.fullmatch(ID, claim.id):
            yield Place(claim.page.path), "a claim's id is lower-case letters, digits and hyphens only; rename the file"
        value = claim.fields.get("sources")
        for item, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
            if not isinstance(item, str):
                yield place, "a source must be given by its id; write an id from sources.yml"


@rule("C007")
def quote_not_in_paragraph(register: Register) -> Iterator[Fault]:
    """A claim's quote appears word for word in its paragraph of the text of record.

    Why: a claim that misquotes the op-ed judges words that nobody wrote.

    Bad, in docs/claims/vote-2014.md:
        quote: a vote of 123-16 and 51 abstentions

    Good:
        quote: a majority vote of 123-16 and 51 abstentions
    """
    for claim in register.claims.values():
        paragraph, quote = claim.text("paragraph"), claim.text("quote")
        if paragraph and paragraph not in PARAGRAPHS:
            yield claim.fields.at("paragraph"), f"'{paragraph}' is not a paragraph; use date, p1 to p21 or byline"
        elif paragraph and quote and register.record and quote not in register.recorded(paragraph):
            there = next((name for name in PARAGRAPHS if quote in register.recorded(name)), None)
            hint = f"they are in {there}, so fix 'paragraph'" if there else "copy them from the text of record"
            yield claim.fields.at("quote"), f"these words are not in {paragraph}; {hint}"


@rule("C008")
def mark_differs_from_quote(register: Register) -> Iterator[Fault]:
    """The words marked as a claim are the claim's quote, and they are in the claim's paragraph.

    Why: the words underlined in the text must be the words that are judged.

    Bad, in docs/op-ed/response.md:
        [a majority vote of 123-16]{ #vote-2014 .claim } and 51 abstentions

    Good:
        [a majority vote of 123-16 and 51 abstentions]{ #vote-2014 .claim }
    """
    for block in register.paragraphs():
        for mark in block.marks:
            claim = register.claims.get(mark.claim)
            if claim is None or not claim.text("quote"):
                continue
            if mark.words != claim.text("quote"):
                message = f"the words marked as {mark.claim} differ from its quote '{claim.text('quote')}'"
                yield mark.place, f"{message}; mark the quoted words"
            elif mark.carries_id and claim.text("paragraph") not in ("", block.id):
                yield mark.place, f"{mark.claim} is marked in {block.id}, not {claim.text('paragraph')}; fix one"


@rule("C009")
def claim_never_marked(register: Register) -> Iterator[Fault]:
    """Every claim is marked in the text, and exactly one of its marks carries its id.

    Why: readers find a claim by its words in the text, and its address leads to them.

    Bad, in docs/op-ed/response.md:
        a majority vote of 123-16 and 51 abstentions

    Good:
        [a majority vote of 123-16 and 51 abstentions]{ #vote-2014 .claim }
    """
    marks = Counter(mark.claim for block in register.paragraphs() for mark in block.marks if mark.carries_id)
    known = {"", *register.claims}
    strays = [mark for block in register.paragraphs() for mark in block.marks if mark.claim not in known]
    for claim in register.claims.values():
        # The mark may be on a part that can't be read, which is reported already.
        part = PART_OF.get(claim.text("paragraph"), "")
        if marks[claim.id] == 0 and (part in register.parts or not part):
            message = f"this claim is not marked in the text; mark its words as [words]{{ #{claim.id} .claim }}"
            other = next((mark for mark in strays if mark.words == claim.text("quote")), None)
            there = f", which are now marked as '{other.claim}' ({other.place})" if other else ""
            yield Place(claim.page.path), message + there
    for block in register.paragraphs():
        for mark in block.marks:
            if mark.carries_id and marks[mark.claim] > 1:
                message = f"{marks[mark.claim]} marks carry the id {mark.claim}"
                yield mark.place, f'{message}; use data-claim="{mark.claim}" after the first'


@rule("C010")
def mark_without_claim(register: Register) -> Iterator[Fault]:
    """Every mark names a claim that has a page.

    Why: a mark promises readers a note and a page.

    Bad, in docs/op-ed/response.md:
        [a majority vote of 123-16 and 51 abstentions]{ #vote-2041 .claim }

    Good:
        [a majority vote of 123-16 and 51 abstentions]{ #vote-2014 .claim }
    """
    broken = {problem.place.path for problem in register.problems}
    for block in register.paragraphs():
        for mark in block.marks:
            path = f"docs/claims/{mark.claim}.md"
            if not mark.claim:
                yield (
                    mark.place,
                    'a mark must be { #id .claim }, or { .claim data-claim="id" } after the first; rewrite it',
                )
            elif mark.claim not in register.claims and path not in broken:
                meant = next((claim.id for claim in register.claims.values() if claim.text("quote") == mark.words), "")
                hint = f"did you mean '{meant}'?" if meant else f"write {path} or remove the mark"
                yield mark.place, f"'{mark.claim}' has no page; {hint}"
