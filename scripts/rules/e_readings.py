"""E: readings: what each source says about a resolution agrees with its row, and our own words with the evidence."""

import re
from collections.abc import Iterator

from claims import Register, tally_of
from reading import Place, Row
from rules.registry import Fault, rule
from seals import evidence, sealed


@rule("E008")
def row_differs_from_readings(register: Register) -> Iterator[Fault]:
    """A resolution's row says what its readings say, with the standing they justify, and notes what differs.

    A reading is what one source says of one resolution: its date, its vote, or both. The body's own record of the vote
    makes a row `confirmed`, whatever other sources report. Without it, two readings that agree make it `confirmed`, one
    `reported`, two that differ `disputed`; `to-confirm` is always allowed: it claims nothing. What a row or a reading
    has alone stands in the row's note as well. A vote that cambodia-votes.csv lists too is the same there.

    Why: no figure should rest on one place alone, and readers should see where sources differ.

    Bad, in docs/data/resolutions.csv:
        A/RES/63/190,2008-12-18,95,22,63

    Good:
        A/RES/63/190,2008-12-18,94,22,63
    """
    known = {row["symbol"] for row in register.resolutions}
    readings: dict[str, list[Row]] = {}
    for reading in register.readings:
        readings.setdefault(reading["symbol"], []).append(reading)
        if reading["symbol"] not in known:
            yield reading.at("symbol"), f"'{reading['symbol']}' is not in resolutions.csv; add it there or mend it"
    listed = {row["symbol"]: row for row in register.cambodia_votes}
    for row in register.resolutions:
        found = readings.get(row["symbol"], [])
        own = [reading for reading in found if _is_own_record(reading, register) and reading["adoption"]]
        yield from _vote_faults(row, found, own)
        yield from _date_and_cambodia_faults(row, found)
        if other := listed.get(row["symbol"]):
            for name in ("date", "yes", "no", "abstain", "cambodia"):
                if other[name] != row[name]:
                    message = f"{row['symbol']}: {name} is '{other[name]}' here and '{row[name]}' in resolutions.csv"
                    yield other.at(name), f"{message}; mend one"


def _is_own_record(reading: Row, register: Register) -> bool:
    source = register.sources.get(reading["source"])
    return source is not None and source.is_own_record


def _vote(row: Row) -> str:
    """Return the vote that a row or a reading gives, in words; an empty string if it gives none."""
    return str(tally_of(row) or row["adoption"].replace("without-vote", "without a vote"))


def _vote_faults(row: Row, readings: list[Row], own: list[Row]) -> Iterator[Fault]:
    symbol, telling = row["symbol"], [reading for reading in readings if reading["adoption"]]
    votes = {_vote(reading) for reading in telling}
    for reading in own:
        if _vote(reading) != _vote(row):
            message = f"{symbol}: the body's own record, {reading['source']}, has {_vote(reading)}"
            yield row.at("adoption"), f"{message}, the row {_vote(row)}; mend the row"
            return  # what else there is to say follows from it
    if len(telling) > 1 and len(votes) == 1 and _vote(row) not in votes:
        message = f"{symbol}: the row has {_vote(row)}, each of its {len(telling)} readings {votes.pop()}"
        yield row.at("adoption"), f"{message}; mend the row"
        return  # what else there is to say follows from it
    if telling and _vote(row) not in votes:
        told = "; ".join(f"{reading['source']} has {_vote(reading)}" for reading in telling)
        yield row.at("adoption"), f"{symbol}: no reading has {_vote(row)} ({told}); mend the one or the other"
    if not telling and tally_of(row) and _vote(row) not in row["note"]:
        yield row.at("yes"), f"{symbol}: no reading has {_vote(row)}; add one, or say '{_vote(row)}' in the note"
    for reading in telling:
        if _vote(reading) != _vote(row) and _vote(reading) not in row["note"]:
            message = f"{symbol}: {reading['source']} has {_vote(reading)}, the row {_vote(row)}"
            yield reading.at("yes"), f"{message}; mend one, or say '{_vote(reading)}' in the row's note"
    if own:
        standing, why = "confirmed", "the body's own record makes"
    else:
        standing = "disputed" if len(votes) > 1 else {0: "to-confirm", 1: "reported"}.get(len(telling), "confirmed")
        why = f"{len(telling)} readings that {'differ' if len(votes) > 1 else 'agree'} make"
    if row["standing"] not in (standing, "to-confirm"):
        message = f"{symbol}: {why}"
        yield row.at("standing"), f"{message} it '{standing}', not '{row['standing']}'; mend it"


def _date_and_cambodia_faults(row: Row, readings: list[Row]) -> Iterator[Fault]:
    symbol = row["symbol"]
    for reading in readings:
        if reading["date"] and reading["date"] != row["date"]:
            message = f"{symbol}: {reading['source']} gives the date {reading['date']}, not {row['date']}"
            yield reading.at("date"), f"{message}; fix one of them"
        doubted = row["standing"] == "disputed" and not row["cambodia"]
        if reading["cambodia"] and reading["cambodia"] != row["cambodia"] and not doubted:
            message = f"{symbol}: {reading['source']} gives Cambodia's vote as '{reading['cambodia']}'"
            yield reading.at("cambodia"), f"{message}, but the row says '{row['cambodia']}'; fix one of them"
    if row["cambodia"] and row["cambodia"] not in {reading["cambodia"] for reading in readings}:
        yield row.at("cambodia"), f"{symbol}: no reading gives this vote for Cambodia; add one or fix it"
    if row["sources"].split() != [reading["source"] for reading in readings]:
        wanted = " ".join(reading["source"] for reading in readings) or "none"
        yield row.at("sources"), f"{symbol}: the sources of its readings are {wanted}; list those, in order"


# 123–16–51, with a dash or a hyphen; and "116 to 20 with 53 abstentions", or "116 votes to 20, with 53 abstentions".
_TALLY = re.compile(
    r"(?<![\d–-])\d{1,3}"
    r"(?:[–-]\d{1,3}[–-]\d{1,3}(?![\d–-])|(?:\s+votes)?\s+to\s+\d{1,3},?\s+with\s+\d{1,3}\s+abstentions)"
)
_SHORT_SYMBOL = re.compile(r"(?<![\w/])\d{1,4}/\d{1,4}(?![\w/])")


@rule("E010")
def figure_on_no_record(register: Register) -> Iterator[Fault]:
    """Every tally and symbol on our own pages is in the evidence.

    Why: a wrong figure of ours misleads as much as one in the op-ed.

    Bad, in docs/claims/vote-2014.md:
        Resolution 69/188 passed by 116 votes to 20, with 54 abstentions.

    Good:
        Resolution 69/188 passed by 116 votes to 20, with 53 abstentions.
    """
    excerpts = " ".join(f"{source.excerpted} {source.text('note')}" for source in register.sources.values())
    rows = [*register.resolutions, *register.readings, *register.cambodia_votes]
    tallies = {str(tally_of(row)) for row in rows}
    notes = " ".join(row["note"] for row in register.resolutions) + excerpts
    symbols = {row["symbol"] for row in rows} | {source.text("number") for source in register.sources.values()}
    short_symbols = {"/".join(symbol.split("/")[-2:]) for symbol in symbols}
    for page in register.pages.values():
        if page.path.startswith("docs/op-ed/"):
            continue
        for match in _TALLY.finditer(page.text):
            tally = "–".join(re.findall(r"\d+", match.group()))
            if tally not in tallies and tally not in notes:
                yield page.at(match.start()), f"the tally {tally} is not in the evidence; fix it"
        for match in _SHORT_SYMBOL.finditer(page.text):
            if match.group() not in short_symbols and match.group() not in excerpts:
                yield page.at(match.start()), f"no resolution or source has the symbol {match.group()}; fix it"


# How a sentence names what it counts: a vote of cambodia-votes.csv's column `cambodia`, or all its rows.
_COUNTED = {
    "yes": "yes|in favour",
    "no": "no|against",
    "abstain": "abstentions?",
    "absent": "not cast",
    "all": "(?:recorded )?votes?",
}
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = re.compile(
    rf"\b(?P<number>\d+|{'|'.join(_NUMBERS)})\s+"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _COUNTED.items())})\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\bfrom\s+(\d{4})\s+to\s+(\d{4})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:(?![.?!]\s|\n\n|\n---).)+", re.DOTALL)


@rule("E012", binding=True)
def count_not_in_table(register: Register) -> Iterator[Fault]:
    """On a page with `counts: cambodia-votes`, every count of votes is the table's for the years its sentence names.

    Counted are “60 votes”, “2 yes” or “in favour”, “22 no” or “against”, “16 abstentions” and “20 not cast”, in figures
    or in words, each in a sentence that says “from 2005 to 2023”.

    Why: a count made by hand is out of date as soon as a row is added, and nobody counts again.

    Bad, in docs/claims/cambodia-reluctant.md:
        was 2 yes, 23 no, 16 abstentions and 20 not cast

    Good:
        was 2 yes, 22 no, 16 abstentions and 20 not cast
    """
    for claim in register.claims.values():
        table = claim.text("counts")
        if not table:
            continue
        if table != "cambodia-votes":
            yield claim.fields.at("counts"), f"'{table}' is no table to count in; write 'cambodia-votes'"
            continue
        page, found = claim.page, False
        for passage in _SENTENCE.finditer(page.text):
            span = _SPAN.search(passage.group())
            for count in _COUNT.finditer(passage.group()):
                found = True
                place = page.at(passage.start() + count.start())
                words = " ".join(count.group().split())
                if span is None:
                    yield place, f"'{words}' is a count of no years; say 'from 2005 to 2023' in its sentence"
                    continue
                kind = count.lastgroup
                rows = [row for row in register.cambodia_votes if span[1] <= row["date"][:4] <= span[2]]
                right = sum(kind in (row["cambodia"], "all") for row in rows)
                number = count["number"].lower()
                if (int(number) if number.isdigit() else _NUMBERS.index(number)) != right:
                    message = f"'{words}' from {span[1]} to {span[2]}: docs/data/cambodia-votes.csv has {right}"
                    yield place, f"{message}; write that, or mend the table"
        if not found:
            yield claim.fields.at("counts"), "the page counts no votes; delete 'counts', or write the figures"


SEALS = "docs/data/seals.txt"


@rule("E011", binding=True)
def evidence_not_as_sealed(register: Register) -> Iterator[Fault]:
    """Every piece of evidence is as it was when a person last compared it with its source.

    Why: evidence is what somebody read on a given day, and nobody read words that changed later.

    Bad, in docs/data/sources.yml:
        with a vote of 116 yes, 20 no, and 54 abstentions

    Good:
        with a vote of 116 yes, 20 no, and 53 abstentions
    """
    seals = sealed(register.seals)
    present = {}
    for name, digest, place in evidence(register):
        present[name] = place
        if name not in seals:
            yield place, f"'{name}' is not sealed; compare it with its source, then run --fix"
        elif seals[name][0] != digest:
            message = f"'{name}' has changed since it was sealed"
            yield place, f"{message}; restore it, or compare it with its source and run --seal '{name}'"
    for name, (_, line) in seals.items():
        if name not in present:
            yield Place(SEALS, line), f"'{name}' is sealed but missing; restore it, or delete this line"
    for number, text in enumerate(register.seals, start=1):
        if not text.startswith("#") and not re.fullmatch(r"[0-9a-f]{16}  \S.*", text):
            yield Place(SEALS, number), "a seal is sixteen hexadecimal digits, two spaces and a name; restore it"
