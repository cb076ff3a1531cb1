"""C: claims and their marks: each is complete, marked in its words, and judged no stronger than the evidence bears."""

import re
from collections import Counter
from collections.abc import Iterator

from assertions import KINDS, answers, computed_verdict, stated, states, strength
from claims import VERDICTS, Claim, Register, text_of
from dates import find_dates, in_words
from op_ed import DIRECTIVE, DIRECTIVES, PARAGRAPHS, PART_OF, sentence_at
from reading import Mapping, Place, Sequence
from rules.registry import ID, Fault, fields_fault, files_readable, rule

LONGEST_FINDING = 280  # characters: what a note beside the text bears

files_readable("C001", "docs/claims")

_CLAIM_FIELDS: dict[str, type] = {
    "title": str,
    "description": str,
    "quote": str,
    "paragraph": str,
    "verdict": str,
    "asserts": Sequence,
    "sources": Sequence,
    "checked": str,
    "recheck": str,
}
_BODY_PARTS = {"says": "What the op-ed says", "record": "What the record shows", "why": "Why this verdict"}


@rule("C002")
def claim_fields(register: Register) -> Iterator[Fault]:
    """A claim's front matter has each of its fields, of the right type, and no other."""
    for claim in register.claims.values():
        yield from fields_fault(claim.fields, _CLAIM_FIELDS)
        if not re.fullmatch(ID, claim.id):
            yield Place(claim.page.path), "a claim's id is small letters, digits and hyphens; rename the file"
        value = claim.fields.get("sources")
        for item, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
            if not isinstance(item, str):
                yield place, "a source is named by its id; write the id of one in sources.yml"


@rule("C003")
def verdict_unknown(register: Register) -> Iterator[Fault]:
    """A verdict is one of the five."""
    for claim in register.claims.values():
        if claim.verdict and claim.verdict not in VERDICTS:
            yield claim.fields.at("verdict"), f"'{claim.verdict}' is no verdict; use one of {', '.join(VERDICTS)}"


@rule("C004")
def verdict_stronger_than_computed(register: Register) -> Iterator[Fault]:
    """No verdict is stronger than the one that the evidence computes, and a weaker one says why."""
    for claim in register.claims.values():
        found = answers(claim, register)
        computed = computed_verdict(found)
        if computed is None or claim.verdict not in VERDICTS or claim.verdict == computed:
            continue
        reason = "; ".join(f"{answer.outcome}: {answer.found}" for answer in found)
        place = claim.fields.at("verdict")
        if strength(claim.verdict) >= strength(computed):
            yield place, f"'{claim.verdict}', but the evidence computes '{computed}' ({reason}); change the verdict"
        elif claim.page.section("beyond") is None:
            message = f"'{claim.verdict}' is weaker than the computed '{computed}' ({reason})"
            yield place, f"{message}; say why under '## Beyond the data {{ #beyond }}'"


@rule("C005")
def assertion_ill_formed(register: Register) -> Iterator[Fault]:
    """An assertion is of a known kind, with each of its values."""
    for claim in register.claims.values():
        value = claim.fields.get("asserts")
        for item, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
            kind = next(iter(item)) if isinstance(item, Mapping) and len(item) == 1 else ""
            values = item.get(kind) if isinstance(item, Mapping) else None
            if kind not in KINDS:
                yield place, f"an assertion is one of {', '.join(KINDS)}, with its values; write it so"
            elif not isinstance(values, Mapping):
                yield place, f"'{kind}' needs {', '.join(KINDS[kind].fields)}; add them"
            else:
                # A year alone is a date, and YAML takes it for a number.
                wanted = {
                    name: int if name == "date" and isinstance(values.get(name), int) else type_
                    for name, type_ in KINDS[kind].fields.items()
                }
                yield from fields_fault(values, wanted)


@rule("C006")
def assertion_not_in_words(register: Register) -> Iterator[Fault]:
    """What an assertion says stands in the claim's words, and the resolution it names is the one they date."""
    for claim in register.claims.values():
        quote = claim.text("quote")
        for kind, values in claim.assertions:
            if kind not in KINDS or not quote:
                continue
            for value in stated(kind, values):
                if value and not states(quote, value):
                    yield values.place, f"{kind}: the quote does not say '{value}'; assert what the words say"
            row = register.resolution(text_of(values, "resolution"))
            written = {date.iso for date in find_dates(_sentence_of(claim, register)) if date.day}
            if row and written and row["date"] not in written:
                message = f"{kind}: {row['symbol']} is of {in_words(row['date'])}, the sentence names another day"
                yield values.at("resolution"), f"{message}; name the resolution of that day"


def _sentence_of(claim: Claim, register: Register) -> str:
    words = register.recorded(claim.text("paragraph"))
    sentence = sentence_at(words, words.find(claim.text("quote")))
    return sentence.words if sentence else ""


@rule("C007")
def quote_not_in_paragraph(register: Register) -> Iterator[Fault]:
    """A claim's quote stands, word for word, in its paragraph of the text of record."""
    for claim in register.claims.values():
        paragraph, quote = claim.text("paragraph"), claim.text("quote")
        if paragraph and paragraph not in PARAGRAPHS:
            yield claim.fields.at("paragraph"), f"'{paragraph}' is no paragraph; use one of date, p1 to p21, byline"
        elif paragraph and quote and register.record and quote not in register.recorded(paragraph):
            yield claim.fields.at("quote"), f"these words are not in {paragraph}; copy them from the text of record"


@rule("C008")
def mark_differs_from_quote(register: Register) -> Iterator[Fault]:
    """The words marked as a claim are the claim's quote, in the claim's paragraph."""
    for block in register.paragraphs():
        for mark in block.marks:
            claim = register.claims.get(mark.claim)
            if claim is None or not claim.text("quote"):
                continue
            if mark.words != claim.text("quote"):
                message = f"the words marked as {mark.claim} are not its quote '{claim.text('quote')}'"
                yield mark.place, f"{message}; mark those words"
            elif mark.carries_id and claim.text("paragraph") not in ("", block.id):
                yield mark.place, f"{mark.claim} is marked in {block.id}, not {claim.text('paragraph')}; mend it"


@rule("C009")
def claim_never_marked(register: Register) -> Iterator[Fault]:
    """Every claim is marked in the text, once with its id."""
    marks = Counter(mark.claim for block in register.paragraphs() for mark in block.marks if mark.carries_id)
    for claim in register.claims.values():
        # On a part that can't be read a mark may well stand; the part is reported already.
        part = PART_OF.get(claim.text("paragraph"), "")
        if marks[claim.id] == 0 and (part in register.parts or not part):
            message = f"this claim is marked nowhere; mark its words as [words]{{ #{claim.id} .claim }}"
            yield Place(claim.page.path), message
    for block in register.paragraphs():
        for mark in block.marks:
            if mark.carries_id and marks[mark.claim] > 1:
                message = f"{mark.claim} carries its id {marks[mark.claim]} times"
                yield mark.place, f'{message}; use data-claim="{mark.claim}" after the first'


@rule("C010")
def mark_without_claim(register: Register) -> Iterator[Fault]:
    """Every mark names a claim that has a page."""
    broken = {problem.place.path for problem in register.problems}
    for block in register.paragraphs():
        for mark in block.marks:
            path = f"docs/claims/{mark.claim}.md"
            if not mark.claim:
                yield (
                    mark.place,
                    'a mark is { #id .claim }, or { .claim data-claim="id" } further on, and no more; write it so',
                )
            elif mark.claim not in register.claims and path not in broken:
                yield mark.place, f"'{mark.claim}' has no page; write {path} or take the mark out"


@rule("C011")
def body_part_missing(register: Register) -> Iterator[Fault]:
    """A claim's page begins with its header and says what the op-ed says, what the record shows, and why."""
    for claim in register.claims.values():
        page = claim.page
        headers = [match["argument"] for match in DIRECTIVE.finditer(page.body) if match["name"] == "header"]
        if headers != [claim.id]:
            yield (
                page.at(page.body_start),
                f"the claim's header is missing or another's; put '<!-- claims/header {claim.id} -->' once",
            )
        for name, title in _BODY_PARTS.items():
            section = page.section(name)
            if section is None:
                yield page.at(page.body_start), f"a part is missing; add '## {title} {{ #{name} }}'"
            elif not page.text[slice(*section)].strip():
                yield page.at(section[0]), f"'{title}' is empty; write it"


@rule("C012")
def finding_too_long(register: Register) -> Iterator[Fault]:
    """A finding is no longer than a note beside the text bears."""
    for claim in register.claims.values():
        length = len(claim.text("description"))
        if length > LONGEST_FINDING:
            message = f"the finding has {length} characters, a note bears {LONGEST_FINDING}; shorten it"
            yield claim.fields.at("description"), message


@rule("C013")
def sentence_without_source(register: Register) -> Iterator[Fault]:
    """Under "What the record shows" every sentence cites a source."""
    for claim in register.claims.values():
        for sentence, offset in claim.page.record_sentences():
            if not list(claim.page.citations(offset, offset + len(sentence.words))):
                yield claim.page.at(offset), "this sentence cites no source; add [@source-id], or take it out"


@rule("C014")
def directive_unknown(register: Register) -> Iterator[Fault]:
    """A directive is one that the site knows, on a line of its own."""
    for page in register.pages.values():
        for match in re.finditer(r"<!--\s*claims/([\w-]*)[^>]*>", page.text):
            line = page.text[page.text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
            if match[1] not in DIRECTIVES or not DIRECTIVE.fullmatch(line.rstrip()):
                message = (
                    f"no directive of this site; on its own line, <!-- claims/NAME --> knows {', '.join(DIRECTIVES)}"
                )
                yield page.at(match.start()), message
