"""What a claim asserts as data, how the evidence answers it, and the verdict computed from the answers.

A claim's front matter says what its words say (`tally: {resolution: A/RES/69/188, yes: 123, no: 16, abstain: 51}`);
each kind here looks the same thing up in docs/data and answers in a sentence. The editors' verdict is compared with the
computed one on every build.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from opedcheck.dates import EARLIEST, find_dates, first_day, in_words
from opedcheck.files import Mapping, Row
from opedcheck.records import Field
from opedcheck.register import Claim, Register
from opedcheck.text import series
from opedcheck.votes import BODIES, Tally

HOLDS, FAILS, NO_EVIDENCE = "holds", "fails", "no evidence"
UN = "UN"  # any of the bodies
MOST_WORDS = 1000  # more than these take too long to align


class Pair(NamedTuple):
    """One place of two aligned wordings; `same` where the words agree but for their punctuation."""

    first: str
    second: str
    same: bool


class Answer(NamedTuple):
    """What the op-ed's words assert, whether that holds, what the evidence says, and the ids of its sources.

    `wordings` has, for words that are quoted, the two wordings aligned: the op-ed's and the source's.
    """

    asserted: str
    outcome: str
    found: str
    sources: tuple[str, ...] = ()
    wordings: tuple[Pair, ...] = ()


class Kind(NamedTuple):
    """A kind of assertion: its answer, and its fields."""

    answer: Callable[[Mapping, Register], Answer]
    fields: dict[str, Field]


def normalized(text: str) -> str:
    """Return a text with single spaces, and one kind of quotation mark, since each publisher sets its own."""
    for mark in '“”‘’"':
        text = text.replace(mark, "'")  # which takes a third of the time of `translate`
    return " ".join(text.split())


def typeset(excerpt: str) -> str:
    """Return an excerpt as pages show it: with single curly quotation marks, since pages put it in double ones."""
    return re.sub(r"(?<![^\s(\[{–—])[“”‘\"'](?=\S)", "‘", excerpt).translate(_CLOSING_MARKS)


_CLOSING_MARKS = dict.fromkeys(map(ord, "“”\"'"), "’")


def align(first: str, second: str) -> list[Pair]:
    """Align two wordings word by word; what `second` has before or after all that they share is shortened to `…`.

    Words are compared without quotation marks, closing punctuation and the capital that they begin with: a quotation
    may begin a sentence, or stop beginning one. With nothing shared there is one pair, of the whole of both.
    """
    ours, theirs = first.split(), second.split()
    small = [f"{words[:1].lower()}{words[1:]}" for words in (first, second)]
    bare = [[word.strip("“”‘’\"'.,;:()") for word in words.split()] for words in small]
    matcher = difflib.SequenceMatcher(None, bare[0], bare[1], False)
    too_long = max(len(ours), len(theirs)) > MOST_WORDS
    if too_long or not any(block.size for block in matcher.get_matching_blocks()):
        return [Pair(" ".join(ours), " ".join(theirs), False)]
    pairs = [
        Pair(" ".join(ours[a:b]), " ".join(theirs[c:d]), tag == "equal") for tag, a, b, c, d in matcher.get_opcodes()
    ]
    for end in (0, -1):
        if not pairs[end].first:
            pairs[end] = Pair("", "…", False)
    return pairs


def _sources(row: Row) -> tuple[str, ...]:
    return tuple(row["source"].split())


def _tally(values: Mapping, register: Register) -> Answer:
    symbol = values.text("resolution")
    said = Tally(*(figure if isinstance(figure := values.get(name), int) else 0 for name in Tally._fields))
    asserted = f"{symbol} was adopted by {said.yes} votes to {said.no}, with {said.abstain} abstentions"
    found = register.resolutions.get(symbol)
    if found is None or not found.is_reliable:
        return Answer(asserted, NO_EVIDENCE, f"we have no reliable record of {symbol}")
    if found.tally is None:
        return Answer(asserted, FAILS, f"{symbol} was adopted without a vote", found.sources)
    words = ("in favour", "against", "abstaining")
    figures = [
        f"{ours} {word}" + (f", not {theirs}" if ours != theirs else "")
        for ours, theirs, word in zip(found.tally, said, words, strict=True)
    ]
    told = f"{symbol}: {'; '.join(figures)}"
    other = next((one for one in register.resolutions.values() if one.tally == said and one.is_reliable), None)
    if found.tally == said or other is None:
        return Answer(asserted, HOLDS if found.tally == said else FAILS, told, found.sources)
    told += f". {said} was the vote on {other.symbol} on {in_words(other.date)}"
    return Answer(asserted, FAILS, told, found.sources + other.sources)


def _adopted(values: Mapping, register: Register) -> Answer:
    symbol, body, day = values.text("resolution"), values.text("body"), values.text("date")
    asserted = f"the {BODIES.get(body, body)} adopted {symbol} on {in_words(day)}"
    found = register.resolutions.get(symbol)
    if found is None or not found.date or not found.is_reliable:
        return Answer(asserted, NO_EVIDENCE, f"we have no reliable record of {symbol}")
    outcome = HOLDS if (found.date, found.body) == (day, body) else FAILS
    told = f"the {BODIES[found.body]} adopted {symbol} on {in_words(found.date)}"
    return Answer(asserted, outcome, told, found.sources)


def _yearly(values: Mapping, register: Register) -> Answer:
    body, since = values.text("body"), values.get("since")
    name = BODIES.get(body, body)
    listed = (one for one in register.resolutions.values() if body in (one.body, UN) and one.is_reliable)
    found = [one for one in listed if first_day(one.date)]
    first = min(found, key=lambda one: one.date, default=None)
    # The op-ed speaks of the years that were over when it was written.
    until = int(register.op_ed_date[:4] or 0) - 1
    begin = max(since, EARLIEST) if isinstance(since, int) else int(first.date[:4]) if first else until
    span = f"from {begin} to {until}" if since is not None else f"since its first, up to {until}"
    asserted = f"the {name} adopted a resolution on the matter every year {span}"
    known = {one.date[:4] for one in found}
    missing = [str(year) for year in range(begin, until + 1) if str(year) not in known]
    if missing:
        years = series(missing) if len(missing) < 10 else f"{len(missing)} years from {missing[0]} to {missing[-1]}"
        told = f"we found no {name} resolution for {years}"
        told += f"; the first is {first.symbol} of {in_words(first.date)}" if first else ""
        return Answer(asserted, FAILS, told, first.sources if first else ())
    sources = tuple(source for one in found for source in one.sources)
    return Answer(asserted, HOLDS, f"there is a resolution for every year from {begin} to {until}", sources)


def _quotation(values: Mapping, register: Register) -> Answer:
    words, name, at = (values.text(field) for field in ("words", "source", "at"))
    source = register.sources.get(name)
    named = [excerpt for excerpt in source.excerpts if at in ("", excerpt.at)] if source else []
    asserted = f"the words are “{words}”"
    if source is None or not named:
        return Answer(asserted, NO_EVIDENCE, "we have no excerpt of the source")
    exact = [normalized(form) for form in (words, words[:1].swapcase() + words[1:])]
    outcome = HOLDS if any(form in normalized(excerpt.words) for excerpt in named for form in exact) else FAILS
    # An excerpt may join two passages of the source; the words are set beside the one that is most like them, of the
    # excerpt that `at` names or of all.
    passages = [(excerpt.at, typeset(words.strip())) for excerpt in named for words in excerpt.words.split("[…]")]
    place, nearest = max(passages, key=lambda one: sum(len(pair.first) for pair in align(words, one[1]) if pair.same))
    where = f"{source.short}, {place}," if place else source.short
    return Answer(asserted, outcome, f"{where} says “{nearest}”", (name,), tuple(align(words, nearest)))


def _event(values: Mapping, register: Register) -> Answer:
    name, said, first = values.text("event"), values.text("date"), values.text("first")
    row = register.events.get(name)
    title = row["title"] if row else name
    asserted = f"{title}, {in_words(said)}" + (f": the first {first}" if first else "")
    for other in register.tables["events"] if first else ():
        is_earlier = "" < other["date"] < said and not said.startswith(other["date"])
        if other["series"] == first and other["id"] != name and is_earlier:
            found = f"there was an earlier {first}: {other['title']}, {in_words(other['date'])}"
            return Answer(asserted, FAILS, found, _sources(other))
    if row is None or not row["date"]:
        return Answer(asserted, NO_EVIDENCE, "we looked for it and found no source")
    found = f"{title}, {in_words(row['date'])}"
    if said.startswith(row["date"]) and said != row["date"]:  # which is a year or a month
        return Answer(asserted, NO_EVIDENCE, f"{found}; we know its date no better", _sources(row))
    found += f"; we found no earlier {first}" if first else ""
    return Answer(asserted, HOLDS if row["date"].startswith(said) else FAILS, found, _sources(row))


def _interval(values: Mapping, register: Register) -> Answer:
    names = values.text("from"), values.text("to")
    rows = [register.events.get(name) for name in names]
    begun, ended = (row["date"] if row and first_day(row["date"]) else "" for row in rows)
    titles = [row["title"] if row else name for row, name in zip(rows, names, strict=True)]
    asserted = f"{values.get('years')} years passed between “{titles[0]}” and “{titles[1]}”"
    if not begun or not ended:
        return Answer(asserted, NO_EVIDENCE, "we don’t know one of the two dates")
    years = int(ended[:4]) - int(begun[:4]) - (ended[5:] < begun[5:])
    outcome, found = HOLDS if years == values.get("years") else FAILS, f"{years} full years"
    first, last = begun[5:], ended[5:]  # of a year none, of a month only that
    if min(len(first), len(last)) < len("12-18") and (first.startswith(last) or last.startswith(first)):
        outcome, found = NO_EVIDENCE, "we don’t know the years in full"
    found += f", from {in_words(begun)} to {in_words(ended)}"
    return Answer(asserted, outcome, found, tuple(source for row in rows if row for source in _sources(row)))


def _party(values: Mapping, register: Register) -> Answer:
    state, treaty, day = (values.text(name) for name in ("state", "treaty", "date"))
    asserted = f"{state} was a party to the {treaty} on {in_words(day)}"
    rows = register.tables["parties"]
    row = next((row for row in rows if (row["state"], row["treaty"]) == (state, treaty)), None)
    if row is None:
        return Answer(asserted, NO_EVIDENCE, f"we have no record of {state} and the {treaty}")
    since = row["date"]
    if row["status"] == "party":
        found = f"{state} has been a party to the {treaty} since {in_words(since)}"
        is_known = since == day or not (since.startswith(day) or day.startswith(since))
        return Answer(asserted, (HOLDS if since <= day else FAILS) if is_known else NO_EVIDENCE, found, _sources(row))
    # That a state was not a party on one day says nothing about a later day.
    found = f"{state} was not a party to the {treaty} as of {in_words(since)}"
    return Answer(asserted, FAILS if day <= since else NO_EVIDENCE, found, _sources(row))


def _basis(values: Mapping, register: Register) -> Answer:
    grounds = values.text("grounds")
    rows = register.tables["sanctions"]
    asserted = f"Security Council sanctions were imposed for {grounds}"
    if not rows:
        return Answer(asserted, NO_EVIDENCE, "we have no record of the sanctions")
    sources = tuple(source for row in rows for source in _sources(row))
    matching = [row["symbol"] for row in rows if grounds in row["grounds"].split("; ")]
    if matching:
        return Answer(asserted, HOLDS, f"these grounds are named in {series(matching)}", sources)
    recorded = list(dict.fromkeys(ground for row in rows for ground in row["grounds"].split("; ")))
    all_ = f"the {len(rows)} sanctions resolutions" if len(rows) > 1 else f"{rows[0]['symbol']}, the only one"
    return Answer(asserted, FAILS, f"the grounds of {all_} on record: {series(recorded)}", sources)


_SAID, _NUMBER = Field(said="{}"), Field("a whole number", kind=int, said="{}")
_DAY, _DATE = Field("a day as YYYY-MM-DD", date="day"), Field("a date", date="date", said="{}")
_RESOLUTION, _BODY, _EVENT = Field(names="resolutions"), Field(names="bodies"), Field(names="events")
_SOURCE, _STATE, _TREATY = Field(names="sources"), Field(names="parties"), Field(names="treaties")
KINDS = {
    "tally": Kind(_tally, {"resolution": _RESOLUTION, **dict.fromkeys(Tally._fields, _NUMBER)}),
    "adopted": Kind(_adopted, {"resolution": _RESOLUTION, "date": _DAY._replace(said="{}"), "body": _BODY}),
    "yearly": Kind(_yearly, {"body": _BODY._replace(said="{}"), "since": _NUMBER._replace(optional=True)}),
    "quotation": Kind(_quotation, {"words": _SAID, "source": _SOURCE, "at": Field(names="excerpts", optional=True)}),
    "event": Kind(_event, {"event": _EVENT, "date": _DATE, "first": Field(names="series", optional=True)}),
    "interval": Kind(_interval, {"from": _EVENT, "to": _EVENT, "years": _NUMBER._replace(said="{} years")}),
    "party": Kind(_party, {"state": _STATE, "treaty": _TREATY, "date": _DAY}),
    "basis": Kind(_basis, {"grounds": _SAID}),
}


@lru_cache(maxsize=1)
def evidence_by_name(register: Register) -> dict[str, set[str]]:
    """Return what assertions may name, by the `names` of their fields; excerpts are those of the source they name."""
    return {
        "resolutions": set(register.resolutions),
        "bodies": {UN, *(one.body for one in register.resolutions.values())},
        "sources": set(register.sources),
        "events": set(register.events),
        "series": {row["series"] for row in register.events.values()},
        "parties": {row["state"] for row in register.tables["parties"]},
        "treaties": {row["treaty"] for row in register.tables["parties"]},
    }


def events_named(assertions: Iterable[tuple[str, Mapping]]) -> list[str]:
    """Return the ids of the events that assertions name."""
    known = [(KINDS[kind].fields, values) for kind, values in assertions if kind in KINDS]
    return [values.text(name) for fields, values in known for name in fields if fields[name].names == "events"]


def must_mention(kind: str, values: Mapping) -> list[str]:
    """Return what a quote must state for an assertion; a body by its name, a date in ISO form."""
    stated = ((field.said, values.text(name)) for name, field in KINDS[kind].fields.items() if field.said)
    return [said.format(BODIES.get(text, text)) for said, text in stated if text]


def mentions(words: str, value: str) -> bool:
    """Tell whether words state a value: a date in any form, a number as such, or the very words."""
    if first_day(value):
        return any(written.iso == value for written in find_dates(words))
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", words) is not None


@lru_cache(maxsize=64)
def answers(claim: Claim, register: Register) -> tuple[Answer, ...]:
    """Return the answer to each assertion of a claim, in order; unknown kinds are left out (a rule reports them)."""
    found = [KINDS[kind].answer(values, register) for kind, values in claim.assertions if kind in KINDS]
    return tuple(answer._replace(sources=tuple(dict.fromkeys(answer.sources))) for answer in found)


def computed_verdict(found: Iterable[Answer]) -> str:
    """Return the verdict that answers support, or `""` where nothing is asserted; the method page has the rule."""
    outcomes = {answer.outcome for answer in found}
    if len(outcomes) == 1:
        return {NO_EVIDENCE: "unverified", HOLDS: "supported", FAILS: "contradicted"}[outcomes.pop()]
    return "" if not outcomes else "partly-supported" if HOLDS in outcomes else "contradicted"
