"""C: each claim is complete, marked in its words, judged no more strongly than its evidence, and on the ledger."""

import re
import string
from collections import Counter
from collections.abc import Iterator
from datetime import date

from opedcheck.assertions import KINDS, answers, computed_verdict, evidence_by_name, mentions, must_mention, normalized
from opedcheck.dates import EARLIEST, find_dates, in_words
from opedcheck.files import Mapping, Place, Sequence
from opedcheck.records import VERDICTS, Record
from opedcheck.register import Claim, Register
from opedcheck.rules.records import field_faults
from opedcheck.rules.rule import MOST_HINTS, Fault, did_you_mean, rule
from opedcheck.text import CITATION, DIRECTIVE, find_words

_SECTIONS = {
    "says": "What the op-ed says", "why": "Why this verdict", "beyond": "Beyond the data",
    "record": "What the record shows", "not-known": "What is not known",
}  # fmt: skip
_NEEDED = ("why", "record")
_NAMES = [verdict.name.lower() for verdict in VERDICTS.values()]
_QUOTE = "quote exactly, with […] for what is left out, or drop the quotation marks"
_LETTER = re.compile(r"\[(\w)\]")  # [s]uch
_LEFT_OUT = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|…)\s*")
_NEGATIONS = ("not ", "never ", "no ", "near ", "nearly ", "almost ")
_FIGURE = re.compile(r"\d+(?:[.,/–-]\d+)*")
_NOT_READ = re.compile(rf"{CITATION.pattern}|\]\([^()\n]*\)|\{{[^{{}}\n]*\}}")
_OF_WORDS = string.ascii_letters + string.digits  # in other scripts, words follow each other without a space


@rule("C004", each="claims")
def verdict_stronger_than_computed(claim: Claim, register: Register) -> Iterator[Fault]:
    """A verdict is no stronger than the evidence computes, rests on a source, and says why where it is weaker."""
    found = answers(claim, register)
    computed, verdict, place = computed_verdict(found), claim.verdict, claim.fields.at("verdict")
    if verdict and verdict.id == "opinion" and found:
        yield place, "'opinion', but the claim asserts what can be checked", f"judge it, for instance '{computed}'"
        return
    if verdict and verdict.strength > 1 and not claim.sources:
        yield place, f"'{verdict.id}' without a source", "cite one as [@source-id], or judge it unverified"
    if not computed or verdict is None or verdict.id == computed:
        return
    reason = "; ".join(f"{answer.outcome}: {answer.found}" for answer in found)
    if verdict.strength >= VERDICTS[computed].strength:
        yield place, f"'{verdict.id}', but the evidence computes '{computed}' ({reason})", "change the verdict"
    elif not claim.page.section_text("beyond").strip():
        wrong = f"'{verdict.id}' is weaker than the computed '{computed}' ({reason})"
        yield place, wrong, f"write '{computed}', or say why under '## Beyond the data {{ #beyond }}'"


@rule("C005", each="claims")
def assertion_ill_formed(claim: Claim, register: Register) -> Iterator[Fault]:
    """An assertion is of a known kind, with each of its values, and names evidence that is there."""
    value = claim.fields.get("asserts")
    for item, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
        name, values = next(iter(item.items())) if isinstance(item, Mapping) and len(item) == 1 else ("", None)
        if (kind := KINDS.get(name)) is None:
            advice = did_you_mean(name, KINDS, f"write 'kind: {{values}}', of {', '.join(KINDS)}")
            yield place, "unknown kind of assertion", advice
        elif not isinstance(values, Mapping):
            yield place, f"'{name}' has no values", f"add {', '.join(kind.fields)}"
        else:
            yield from field_faults(values, Record(kind.fields), register.today.isoformat())
            source = register.sources.get(values.text("source"))
            excerpts = {excerpt.at for excerpt in source.excerpts} if source else set()
            evidence = {**evidence_by_name(register), "excerpts": excerpts}
            for field, key in ((field, values.text(field)) for field in kind.fields if kind.fields[field].names):
                if key and key not in (known := evidence[kind.fields[field].names]):
                    advice = did_you_mean(key, sorted(known), "add it to the evidence or fix the name")
                    yield values.at(field), f"{name}: '{key}' is not in the evidence", advice
            ends = (register.events.get(values.text(end)) for end in ("from", "to"))
            begin, end = (event["date"] if event else "" for event in ends)
            if name == "interval" and begin and end and end < begin:
                wrong = f"the interval ends on {end}, before it begins on {begin}"
                yield values.place, wrong, "swap 'from' and 'to'"
            since = values.get("since")
            if isinstance(since, int) and not EARLIEST <= since < int(register.op_ed_date[:4] or 9999):
                yield values.at("since"), f"no full year lies between {since} and the op-ed", "fix 'since'"


@rule("C006", each="claims")
def assertion_not_in_words(claim: Claim, register: Register) -> Iterator[Fault]:
    """What an assertion says is in the claim's words, and the resolution it names is the one that they date."""
    sentence = claim.sentence.words if claim.sentence else ""
    for kind, values in claim.assertions:
        if kind not in KINDS or not claim.quote:
            continue
        for value in must_mention(kind, values):
            if not mentions(claim.quote, value):
                yield values.place, f"{kind}: the claim's words do not say '{value}'", "assert what the words say"
        words = values.text("words")
        if kind == "quotation" and words and not re.search(f'[“"]{re.escape(words)}[”"]', claim.quote):
            wrong = f"{kind}: the claim's words do not put '{words}' in quotation marks"
            yield values.at("words"), wrong, "assert the whole quotation"
        if values.text("first") and "first" not in claim.quote:
            yield values.at("first"), f"{kind}: the claim's words do not say 'first'", "assert what the words say"
        state, day = values.text("state"), values.text("date")
        if kind == "party" and state and not mentions(sentence, state):
            yield values.at("state"), f"{kind}: the sentence does not name '{state}'", "assert what it says"
        if kind == "party" and state and day != register.op_ed_date > "" and not mentions(claim.quote, day):
            wrong = f"{kind}: the claim's words do not say '{day}'"
            yield values.at("date"), wrong, f"ask for the op-ed's own day, {register.op_ed_date}"
        found = register.resolutions.get(values.text("resolution"))
        written = {one.iso for one in find_dates(sentence) if len(one.iso) == 10} if found else set()
        if found and written and found.date not in written:
            wrong = f"{kind}: {found.symbol} is of {in_words(found.date)}, the sentence names another day"
            yield values.at("resolution"), wrong, "name the resolution of that day"


@rule("C009")
def claim_not_marked_once(register: Register) -> Iterator[Fault]:
    """A claim is marked in the text once with its id; further marks hold the same words; every mark is of a claim."""
    marks = [mark for block in register.paragraphs() for mark in block.marks]
    carried = Counter(mark.claim for mark in marks if mark.carries_id)
    strays = {mark.words: mark for mark in marks if mark.claim not in register.claims}
    for claim in register.claims.values():
        if not carried[claim.id] and not register.broken("docs/op-ed/"):
            near = next((mark for words, mark in strays.items() if words and words in claim.page.text), None)
            hint = f"; did you mean the words at {near.place}?" if near else ""
            advice = f"mark its words as [words]{{ #{claim.id} .claim }}{hint}"
            yield Place(claim.page.path), "this claim is not marked in the op-ed", advice
    for mark in marks:
        path = f"docs/claims/{mark.claim}.md"
        if not any(map(str.isalnum, mark.words)):
            yield mark.place, "a mark holds no words", "mark the words of the claim"
        elif not mark.claim:
            advice = 'write { #id .claim }, or { .claim data-claim="id" } for a further mark'
            yield mark.place, "a mark must name one claim and nothing else", advice
        elif mark.claim not in register.claims:
            if not register.broken(path):
                advice = did_you_mean(mark.claim, register.claims, f"write {path}, or take the mark out")
                yield mark.place, f"'{mark.claim}' has no page", advice
        elif mark.carries_id and carried[mark.claim] > 1:
            wrong = f"{mark.claim} carries its id {carried[mark.claim]} times"
            yield mark.place, wrong, f'use data-claim="{mark.claim}" after the first'
        elif (quote := register.claims[mark.claim].quote) and mark.words != quote:
            yield mark.place, f"{mark.claim} is marked with other words than at first", f"mark '{quote}'"


@rule("C011", each="claims")
def section_missing(claim: Claim, _register: Register) -> Iterator[Fault]:
    """A claim's page begins with its header and says what the record shows and why this verdict."""
    page = claim.page
    headers = [argument for name, argument in page.directives() if name == "header"]
    if headers != [claim.id] or not DIRECTIVE.match(page.body.lstrip("\n")):
        others = [name for name in headers if name != claim.id]
        wrong = "the claim's header is missing, repeated or not first"
        wrong = f"the header names '{others[0]}'" if len(headers) == 1 and others else wrong
        yield page.at(page.body_start), wrong, f"put '<!-- claims/header {claim.id} -->' once, first"
    for heading in page.headings:
        words = f"## {_SECTIONS.get(heading.id)} {{ #{heading.id} }}"
        if heading.id not in _SECTIONS:
            advice = f"use one of {', '.join(_SECTIONS)}"
            yield page.at(heading.start), "a claim's page has no such section", advice
        elif page.text[heading.start : heading.end].strip() != words:
            yield page.at(heading.start), "this section has another heading elsewhere", f"write '{words}'"
    for name in _NEEDED if claim.sources else _NEEDED[:1]:
        section = page.section(name)
        if section is None:
            wrong = f"the section '{_SECTIONS[name]}' is missing"
            yield page.at(page.body_start), wrong, f"add '## {_SECTIONS[name]} {{ #{name} }}'"
        elif not page.text[slice(*section)].strip():
            yield page.at(section[0]), f"'{_SECTIONS[name]}' is empty", "write it"


@rule("C013")
def sentence_without_source(register: Register) -> Iterator[Fault]:
    """What a claim's page quotes is in the op-ed or its sources; what the record shows cites them by sentence."""
    own = normalized(" ".join(register.lines_of_record))
    titled = {source.id: f"{source.text('title')} […] {source.excerpted}" for source in register.sources.values()}
    excerpts = {name: normalized(text) for name, text in titled.items()}
    missed = 0
    for claim in register.claims.values():
        for sentence, offset in claim.page.sentences("record"):
            cited = [name for name, _ in claim.page.citations(offset, offset + len(sentence.words))]
            if not cited:
                yield claim.page.at(offset), "this sentence cites no source", "add [@source-id], or take it out"
            for quoted in re.finditer('[“"]([^“”"]+)[”"]', sentence.words):
                ours = [own] if "op-ed" in sentence.words else []
                if _is_quoted(quoted[1], [*ours, *(excerpts.get(name, "") for name in cited)]):
                    continue
                missed += 1
                searched = excerpts.items() if missed <= MOST_HINTS else ()
                other = next((name for name, excerpt in searched if normalized(quoted[1]) in excerpt), "")
                advice = f"cite '{other}', which has these words" if other else _QUOTE
                wrong = f"“{quoted[1]}” is in no title or excerpt of the sources cited"
                yield claim.page.at(offset + quoted.start()), wrong, advice
        known = [own, *(excerpts.get(name, "") for name in claim.sources), *_NAMES]
        begin, end = claim.page.section("record") or (0, 0)
        for quoted in re.finditer("“([^“”]+)”", claim.page.text):
            if not begin <= quoted.start() < end and not _is_quoted(quoted[1], known):
                words = " ".join(quoted[1].split())
                wrong = f"“{words}” is neither in the op-ed nor in a title or excerpt of the page's sources"
                yield claim.page.at(quoted.start()), wrong, _QUOTE


def _is_quoted(quoted: str, texts: list[str]) -> bool:
    """Tell whether a text has quoted words, in order where […] or … leaves some out, and not after a negation."""
    words = _LETTER.sub(r"\1", normalized(quoted)).rstrip(".,")
    for first, *others in map(_LEFT_OUT.split, (words, words[:1].swapcase() + words[1:])):
        for text in texts:
            place = find_words(text, first, _OF_WORDS)
            while place > 0 and text.endswith(_NEGATIONS, 0, place):
                place = find_words(text, first, _OF_WORDS, place + 1)
            for piece in others:
                place = find_words(text, piece, _OF_WORDS, place) if place >= 0 else place
            if place >= 0:
                return True
    return False


@rule("C015")
def verdict_not_on_ledger(register: Register) -> Iterator[Fault]:
    """The verdict of a claim is the last that the ledger has for it, given by the day the claim was checked."""
    last: dict[str, object] = {}
    for row in register.tables["verdicts"]:
        if row["claim"] not in register.claims and not register.broken(f"docs/claims/{row['claim']}.md"):
            advice = did_you_mean(row["claim"], register.claims, "fix the name")
            yield row.at("claim"), f"'{row['claim']}' is not a claim", advice
        if last.get(row["claim"]) == (row["verdict"], row["computed"]):
            yield row.at("verdict"), f"{row['claim']} has this verdict already", "delete this line"
        last[row["claim"]] = (row["verdict"], row["computed"])
    for claim in register.claims.values():
        given, place = claim.history[-1] if claim.history else None, claim.fields.at("verdict")
        if claim.verdict is None:
            continue
        computed = computed_verdict(answers(claim, register))
        today = min(register.today, date.today()).isoformat()  # where this runs, it may not be tomorrow yet
        day, reason = (today, "the reason") if given else (claim.checked, "first judged")
        line = f"'{claim.id},{day},{claim.verdict.id},{computed},{reason}'"
        advice = f"add {line} to docs/data/verdicts.csv"
        if given and given["date"] >= today:  # one verdict a day
            advice = f"make line {given.line} of docs/data/verdicts.csv {line}"
        if given is None:
            yield place, "this verdict is not on the ledger", advice
        elif given["verdict"] != claim.verdict.id:
            wrong = f"'{claim.verdict.id}', but the ledger has said '{given['verdict']}' since {given['date']}"
            yield place, wrong, f"restore it, or {advice} and set 'checked' to that day"
        elif given["computed"] != computed:
            ours, theirs = computed or "nothing", given["computed"] or "nothing"
            wrong = f"the evidence computes '{ours}', on the ledger it computed '{theirs}'"
            yield claim.fields.at("asserts"), wrong, f"restore what is asserted, or {advice}"
        elif given["date"] > claim.checked > "":
            wrong = f"the ledger has had this verdict since {given['date']}, after the claim was checked"
            yield claim.fields.at("checked"), wrong, "fix one of the two"


@rule("C019", each="claims")
def figure_not_in_reasons(claim: Claim, register: Register) -> Iterator[Fault]:
    """Each figure of a claim's title and finding is in the text of its page, in the op-ed's words, or computed."""
    stated = {name: _FIGURE.findall(claim.fields.text(name)) for name in ("title", "description")}
    if not any(stated.values()):
        return
    found = " ".join(answer.found for answer in answers(claim, register))
    text = f"{claim.quote} {found} {_NOT_READ.sub('', claim.page.body)}"
    known = {*_FIGURE.findall(text), *re.findall(r"\d+", text)}
    for name, figures in stated.items():
        for figure in figures:
            if figure not in known:
                yield claim.fields.at(name), f"'{figure}' is not in the text of this page", "fix one of the two"
