"""What a claim asserts as data, and what the evidence says about it.

A claim's front matter says what its words say (`tally: {resolution: A/RES/69/188, yes: 123, no: 16, abstain: 51}`);
each kind here looks the same thing up in docs/data and answers in a sentence. On every build the editors' verdict is
compared with the verdict computed from the answers.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from claims import BODIES, VERDICTS, Claim, Register, Tally, tally_of, text_of
from dates import find_dates, first_day, in_words
from reading import Mapping, Row
from wording import Pair, align, plain, typeset

HOLDS, FAILS, NO_EVIDENCE = "holds", "fails", "no evidence"
# The standings of rows that may answer; `disputed` and `to-confirm` rows are shown, but answer nothing.
ANSWERING = ("confirmed", "reported")
UN = "UN"  # any of the bodies


class Answer(NamedTuple):
    """What the op-ed's words assert, whether that is right, what the evidence says, and the ids of its sources.

    For a quotation, `wordings` has the op-ed's and the source's wording, aligned.
    """

    asserted: str
    outcome: str
    found: str
    sources: tuple[str, ...] = ()
    wordings: tuple[Pair, ...] = ()


class Kind(NamedTuple):
    """A kind of assertion: its fields and their types, its answer, what the claim's words must state, and its evidence.

    `keys` are the fields that refer to `evidence`, an attribute of the register. `stated` are those whose values the
    claim's quote must state, so that the assertion is what the op-ed says. A claim may omit those in `optional`.
    """

    fields: dict[str, type]
    answer: Callable[[Mapping, Register], Answer]
    stated: tuple[str, ...]
    keys: tuple[str, ...] = ()
    evidence: str = ""
    optional: tuple[str, ...] = ()


def _row(rows: list[Row], column: str, name: str) -> Row | None:
    return next((row for row in rows if row[column] == name), None)


def _sources(row: Row) -> tuple[str, ...]:
    return tuple((row.get("sources") or row.get("source") or "").split())


def _resolution(values: Mapping, register: Register) -> tuple[str, Row | None]:
    """Return the symbol that an assertion names, and its row if that may answer."""
    symbol = text_of(values, "resolution")
    row = register.resolution(symbol)
    return symbol, row if row and row["standing"] in ANSWERING else None


def _date_is_known(row: Row, register: Register) -> bool:
    """Return whether a resolution may answer for its date: sources that differ on the vote may agree on the date."""
    dated = any(reading["date"] == row["date"] for reading in register.readings if reading["symbol"] == row["symbol"])
    return dated or row["standing"] in ANSWERING


def _tally(values: Mapping, register: Register) -> Answer:
    symbol, row = _resolution(values, register)
    said = Tally(*(figure if isinstance(figure := values.get(name), int) else 0 for name in ("yes", "no", "abstain")))
    asserted = f"{symbol} was adopted by {said.yes} votes to {said.no}, with {said.abstain} abstentions"
    if row is None:
        return Answer(asserted, NO_EVIDENCE, f"we have no reliable record of {symbol}")
    recorded = tally_of(row)
    if recorded is None:
        return Answer(asserted, FAILS, f"{symbol} was adopted without a vote", _sources(row))
    names = {"yes": "in favour", "no": "against", "abstain": "abstaining"}
    parts = [
        f"{(figure := getattr(recorded, name))} {words}"
        + (f", not {getattr(said, name)}" if figure != getattr(said, name) else "")
        for name, words in names.items()
    ]
    found = f"{symbol}: {'; '.join(parts)}"
    if recorded == said:
        return Answer(asserted, HOLDS, found, _sources(row))
    for other in register.resolutions:
        if tally_of(other) == said and other["standing"] in ANSWERING:
            found += f". {said} was the vote on {other['symbol']} on {in_words(other['date'])}"
            return Answer(asserted, FAILS, found, _sources(row) + _sources(other))
    return Answer(asserted, FAILS, found, _sources(row))


def _adopted(values: Mapping, register: Register) -> Answer:
    symbol = text_of(values, "resolution")
    row = register.resolution(symbol)
    body, day = text_of(values, "body"), text_of(values, "date")
    asserted = f"the {BODIES.get(body, body)} adopted {symbol} on {in_words(day)}"
    if row is None or not _date_is_known(row, register):
        return Answer(asserted, NO_EVIDENCE, f"we have no reliable record of {symbol}")
    outcome = HOLDS if (row["date"], row["body"]) == (day, body) else FAILS
    found = f"the {BODIES.get(row['body'], row['body'])} adopted {symbol} on {in_words(row['date'])}"
    return Answer(asserted, outcome, found, _sources(row))


def _yearly(values: Mapping, register: Register) -> Answer:
    body, since = text_of(values, "body"), values.get("since")
    name = BODIES.get(body, body)
    rows = [row for row in register.resolutions if body in (row["body"], UN)]
    first = min(rows, key=lambda row: row["date"], default=None)
    # The op-ed can only speak of years that were over when it was written.
    until = int(register.op_ed_date[:4] or 0) - 1
    begin = (
        since
        if isinstance(since, int)
        else (int(year) if (year := first["date"][:4]).isdecimal() else until)
        if first
        else until
    )
    span = f"from {begin} to {until}" if since is not None else f"since its first, up to {until}"
    asserted = f"the {name} adopted a resolution on the matter every year {span}"
    known = {row["date"][:4] for row in rows if _date_is_known(row, register)}
    listed = {row["date"][:4] for row in rows}
    years = [str(year) for year in range(begin, until + 1)]
    missing = [year for year in years if year not in listed]
    if missing:
        found = f"we found no {name} resolution for {_series(missing)}"
        found += f"; the first is {first['symbol']} of {in_words(first['date'])}" if first else ""
        return Answer(asserted, FAILS, found, _sources(first) if first else ())
    unknown = [year for year in years if year not in known]
    if unknown:
        return Answer(asserted, NO_EVIDENCE, f"we have no reliable record of the resolutions of {_series(unknown)}")
    sources = tuple(dict.fromkeys(source for row in rows for source in _sources(row)))
    return Answer(asserted, HOLDS, f"there is a resolution for every year from {begin} to {until}", sources)


def _series(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _quotation(values: Mapping, register: Register) -> Answer:
    words, name, at = (text_of(values, field) for field in ("words", "source", "at"))
    source = register.sources.get(name)
    excerpts = source.excerpts if source else []
    asserted = f"the words are “{words}”"
    named = [excerpt for excerpt in excerpts if at in ("", excerpt.at)]
    if source is None or not named:
        return Answer(asserted, NO_EVIDENCE, "no excerpt of the source is stored")
    outcome = HOLDS if any(plain(words) in plain(excerpt.words) for excerpt in excerpts) else FAILS
    # An excerpt may join two parts of the source. The words are set beside the part that is most like them, of the
    # excerpt that `at` names or of all.
    parts = [(excerpt.at, typeset(part.strip())) for excerpt in named for part in excerpt.words.split("[…]")]
    place, told = max(parts, key=lambda part: sum(len(pair.first) for pair in align(words, part[1]) if pair.same))
    where = f"{source.short}, {place}," if place else source.short
    return Answer(asserted, outcome, f"{where} has “{told}”", (name,), tuple(align(words, told)))


def _event(values: Mapping, register: Register) -> Answer:
    name, said, first = text_of(values, "event"), str(values.get("date") or ""), text_of(values, "first")
    row = _row(register.events, "id", name)
    title = row["title"] if row else name
    asserted = f"{title}, {in_words(said)}" + (f": the first {first}" if first else "")
    for other in register.events if first else ():
        if other["series"] == first and other["id"] != name and "" < other["date"] < said:
            found = f"there was an earlier {first}: {other['title']}, {in_words(other['date'])}"
            return Answer(asserted, FAILS, found, _sources(other))
    if row is None or not row["date"]:
        return Answer(asserted, NO_EVIDENCE, "we looked for it and found no source")
    shared = min(len(said), len(row["date"]))
    outcome = HOLDS if said[:shared] == row["date"][:shared] else FAILS
    none_earlier = f"; we found no earlier {first}" if first else ""
    return Answer(asserted, outcome, f"{title}, {in_words(row['date'])}{none_earlier}", _sources(row))


def _interval(values: Mapping, register: Register) -> Answer:
    names = text_of(values, "from"), text_of(values, "to")
    rows = [_row(register.events, "id", name) for name in names]
    begin, end = (first_day(row["date"]) if row else None for row in rows)
    titles = [row["title"] if row else name for row, name in zip(rows, names, strict=True)]
    asserted = f"{values.get('years')} years passed between “{titles[0]}” and “{titles[1]}”"
    if begin is None or end is None:
        return Answer(asserted, NO_EVIDENCE, "we don’t know one of the two dates")
    years = completed_years(begin, end)
    outcome = HOLDS if years == values.get("years") else FAILS
    found = f"{years} full years, from {in_words(begin.isoformat())} to {in_words(end.isoformat())}"
    return Answer(asserted, outcome, found, tuple(s for row in rows if row for s in _sources(row)))


def completed_years(begin: date, end: date) -> int:
    """Return the number of full years between two dates; negative if `end` is before `begin`."""
    return end.year - begin.year - ((end.month, end.day) < (begin.month, begin.day))


def _party(values: Mapping, register: Register) -> Answer:
    state, treaty, day = (text_of(values, name) for name in ("state", "treaty", "date"))
    asserted = f"{state} was a party to the {treaty} on {in_words(day)}"
    row = next((row for row in register.parties if (row["state"], row["treaty"]) == (state, treaty)), None)
    if row is None:
        return Answer(asserted, NO_EVIDENCE, f"we have no record of {state} and the {treaty}")
    if row["status"] == "party":
        found = f"{state} has been a party to the {treaty} since {in_words(row['date'])}"
        return Answer(asserted, HOLDS if row["date"] <= day else FAILS, found, _sources(row))
    # That a state was not a party on one date says nothing about a later one.
    found = f"{state} was not a party to the {treaty} as of {in_words(row['date'])}"
    return Answer(asserted, FAILS if day <= row["date"] else NO_EVIDENCE, found, _sources(row))


def _basis(values: Mapping, register: Register) -> Answer:
    grounds = text_of(values, "grounds")
    rows = [row for row in register.sanctions if row["standing"] in ANSWERING]
    asserted = f"Security Council sanctions were imposed for {grounds}"
    if not rows:
        return Answer(asserted, NO_EVIDENCE, "we have no reliable record of the sanctions")
    sources = tuple(dict.fromkeys(source for row in rows for source in _sources(row)))
    matching = [row["symbol"] for row in rows if grounds in row["grounds"].split("; ")]
    if matching:
        return Answer(asserted, HOLDS, f"these grounds are named in {_series(matching)}", sources)
    recorded = list(dict.fromkeys(ground for row in rows for ground in row["grounds"].split("; ")))
    count = f"{len(rows)} sanctions resolutions on record" if len(rows) > 1 else f"{rows[0]['symbol']}, on record,"
    return Answer(asserted, FAILS, f"the grounds of the {count}: {_series(recorded)}", sources)


KINDS: dict[str, Kind] = {
    "tally": Kind(
        {"resolution": str, "yes": int, "no": int, "abstain": int},
        _tally,
        ("yes", "no", "abstain"),
        ("resolution",),
        "resolutions",
    ),
    "adopted": Kind({"resolution": str, "date": str, "body": str}, _adopted, ("date",), ("resolution",), "resolutions"),
    "yearly": Kind(
        {"body": str, "since": int}, _yearly, ("body", "since"), ("body",), "resolutions", optional=("since",)
    ),
    "quotation": Kind(
        {"words": str, "source": str, "at": str}, _quotation, ("words",), ("source", "at"), "sources", optional=("at",)
    ),
    "event": Kind(
        {"event": str, "date": str, "first": str}, _event, ("date",), ("event", "first"), "events", optional=("first",)
    ),
    "interval": Kind({"from": str, "to": str, "years": int}, _interval, ("years",), ("from", "to"), "events"),
    "party": Kind({"state": str, "treaty": str, "date": str}, _party, (), ("state", "treaty"), "parties"),
    "basis": Kind({"grounds": str}, _basis, ("grounds",), (), "sanctions"),
}


def stated(kind: str, values: Mapping) -> list[str]:
    """Return what the quote must state for an assertion of a known kind: bodies by name, dates in ISO form."""
    found = {name: values[name] for name in KINDS[kind].stated if values.get(name) is not None}
    return [
        f"{value} years" if name == "years" else BODIES.get(str(value), str(value)) for name, value in found.items()
    ]


def answers(claim: Claim, register: Register) -> list[Answer]:
    """Return the answer to each assertion of a claim, in order; skip unknown kinds, which a rule reports."""
    return [KINDS[kind].answer(values, register) for kind, values in claim.assertions if kind in KINDS]


def evidence_keys(evidence: str, register: Register) -> set[str]:
    """Return the keys that assertions may use to refer to a part of the evidence."""
    if evidence == "sources":
        sources = register.sources.values()
        return set(register.sources).union(excerpt.at for source in sources for excerpt in source.excerpts)
    if evidence == "events":
        return {row[name] for row in register.events for name in ("id", "series")}
    if evidence == "parties":
        return {row[name] for row in register.parties for name in ("state", "treaty")}
    return {row[name] for row in register.resolutions for name in ("symbol", "body")} | {UN}


def states(words: str, value: str) -> bool:
    """Return whether words state a value: a date in any form, a number by itself, or the exact words."""
    if first_day(value):
        return any(written.iso == value for written in find_dates(words))
    if value.isdigit():
        return value in "".join(char if char.isdigit() else " " for char in words).split()
    return value in words


def computed_verdict(found: list[Answer]) -> str | None:
    """Return the verdict that the answers support, or None if nothing is asserted; the method page has the rule."""
    outcomes = [answer.outcome for answer in found]
    if not outcomes:
        return None
    if all(outcome == NO_EVIDENCE for outcome in outcomes):
        return "unverified"
    if all(outcome == HOLDS for outcome in outcomes):
        return "supported"
    return "partly-supported" if HOLDS in outcomes else "contradicted"


def strength(verdict: str) -> int:
    """Return how strong a verdict is: 0 opinion, 1 unverified, 2 partly supported, 3 supported or contradicted."""
    return min(list(VERDICTS).index(verdict), 3)
