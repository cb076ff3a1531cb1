"""The evidence as pages show it: at the head of a claim's page what it answers, and the votes and the timeline.

The charts are SVG for both colour schemes and for print. Their heights are in em, so that they scale with the text; the
widths of the chart of votes are percentages, so that it fits phones, paper and wide screens.
"""

import re
from itertools import accumulate

from opedcheck.assertions import Answer, answers, events_named
from opedcheck.dates import first_day
from opedcheck.files import Row
from opedcheck.register import Claim, Register
from opedcheck.render.links import escaped, marked_claims, ranked, source_links
from opedcheck.render.templates import CAST, filled
from opedcheck.text import sentence_at, series
from opedcheck.votes import Resolution, Tally

# What a member did in a recorded vote, in a sentence, and how each count of a tally is called.
DID = {"yes": "supported", "no": "opposed", "abstain": "abstained in", "absent": "cast no vote in"}
TALLY_WORDS = {"yes": "in favour", "no": "against", "abstain": "abstaining"}
# In em: the top of the chart's first row, a row, and what a row has more where claims are about it.
HEAD, STEP, LINE = 4.0, 2.0, 1.5


def header(register: Register, argument: str, alone: bool = True) -> str:
    """Return the head of a claim's page: its words, verdict and finding, and what the evidence answers.

    Where the claim is `alone` on its page, the page first says which op-ed's claim it is; else its heading is a level
    lower.
    """
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    listed = "#sources" if alone else f"#{claim.id}-sources"
    found = [(answer, _answer_sources(answer, claim, register, listed)) for answer in answers(claim, register)]
    sentence = _in_its_sentence(claim)
    return filled("header.md", register, claim=claim, alone=alone, sentence=sentence, answers=found)


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


def _answer_sources(answer: Answer, claim: Claim, register: Register, listed: str) -> str:
    """Return links to an answer's sources: two of the claim's, the list with the others of them, and where more are.

    The only answer of a claim has all that the claim cites.
    """
    cited = [name for name in claim.sources if name in answer.sources]
    told = ranked(claim, register) if cited and len(claim.assertions) == 1 else cited
    links = [source_links(told[:2], register)]
    if len(told) > 2:
        links.append(f"[{len(told) - 2} more]({listed})")
    if others := set(answer.sources) - set(cited):
        votes = any(others & set(row["source"].split()) for row in register.tables["readings"])
        words, page = ("on the page of votes", "votes") if votes else ("in the timeline", "timeline")
        links.append(f"others [{words}](../evidence/{page}.md)")
    return "; ".join(filter(None, links)) or "—"


def _of_assembly(register: Register) -> list[Resolution]:
    return [one for one in register.resolutions.values() if one.body == "GA"]


def votes_chart(register: Register, _argument: str) -> str:
    """Return a row for each of the Assembly's resolutions, with the first state's vote and the claims about it."""
    rows, y = [], HEAD
    for one in _of_assembly(register):
        about = _claims_about(one, register)
        bars = zip(Tally._fields, accumulate((0, *one.tally)), one.tally, strict=False) if one.tally else ()
        rows.append((one, y, list(bars), about))
        y += STEP + (LINE if about else 0)
    state = next(iter(register.states("readings")), "")
    return filled("chart.md", register, rows=rows, height=y, state=state, words=TALLY_WORDS) if rows else ""


def _claims_about(one: Resolution, register: Register) -> list[Claim]:
    """Return the claims that assert something of a resolution, quote its text, or give its tally."""
    texts = {source.id for source in register.sources.values() if source.text("number") == one.symbol}
    return [
        claim
        for claim in marked_claims(register)
        if any(
            values.text("resolution") == one.symbol
            or values.text("source") in texts
            or tuple(values.get(name) for name in TALLY_WORDS) == one.tally
            for _, values in claim.assertions
        )
    ]


def state_votes(register: Register, _argument: str) -> str:
    """Return each state's votes in the recorded votes of the Assembly, in a sentence, what it did most often first."""
    sentences = []
    for state in register.states("readings"):
        found = [one for one in _of_assembly(register) if one.tally and one.vote(state) in CAST]
        years = {words: [one.date[:4] for one in found if one.vote(state) == cast] for cast, words in DID.items()}
        told: list[str] = []
        for words, which in sorted(years.items(), key=lambda item: -len(item[1])):
            rest = f"({', '.join(which)})" if told else f"of the Assembly’s {len(found)} recorded votes"
            told += [f"{words} {len(which)} {escaped(rest)}"] if which else []
        sentences += [f"{escaped(state)} {series(told)}."] if told else []
    return " ".join(sentences)


def country_votes(register: Register, _argument: str) -> str:
    """Return a table of each state's votes on single countries, by country, and their sums."""
    rows = register.tables["country-votes"]
    names = sorted({row["country"] for row in rows})
    groups = {name: [row for row in rows if row["country"] == name] for name in names} | {"All": rows}
    tables = []
    for state in register.states("country-votes"):
        lines = []
        for name, group in groups.items():
            years = sorted({row["date"][:4] for row in group})
            counts = [len(group), *(sum(row[state] == cast for row in group) for cast in CAST)]
            lines.append((name, "–".join(dict.fromkeys([years[0], years[-1]])), counts))
        tables.append(lines)
    return filled("country-votes.md", register, tables=tables)


def timeline(register: Register, _argument: str) -> str:
    """Return the events drawn to scale and listed, oldest first, and separately those that we did not find.

    In the chart the years run downwards, each with its events side by side between two lines.
    """
    events = register.tables["events"]
    dated = [row for row in events if first_day(row["date"]) and re.fullmatch(r"[\w-]+", row["id"])]
    years = [int(row["date"][:4]) for row in dated]
    lanes = [years[:place].count(year) for place, year in enumerate(years)]
    span = range(years[0], years[-1] + 1) if years else ()
    dots = list(zip(dated, (year - years[0] for year in years), lanes, strict=True))

    def bearing(row: Row) -> list[Claim]:
        """Return the claims that an event bears on: those that assert something of it, or cite its sources."""
        return [
            claim
            for claim in marked_claims(register)
            if {*claim.sources} & {*row["source"].split()} or row["id"] in events_named(claim.assertions)
        ]

    return filled("timeline.md", register, dots=dots, years=span, lanes=max(lanes, default=0) + 1, bearing=bearing)
