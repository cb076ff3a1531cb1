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

    A reading is what one source says about one resolution: its date, its vote, or both. Two that agree on the vote make
    a row `confirmed`, one makes it `reported`, two that differ make it `disputed`; `to-confirm` is always allowed,
    because it claims nothing. A figure that only the row or only one reading gives must also be in the row's note.

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
            yield reading.at("symbol"), f"'{reading['symbol']}' is not in resolutions.csv; add it there or fix it"
    for row in register.resolutions:
        yield from _vote_faults(row, readings.get(row["symbol"], []))
        yield from _date_and_cambodia_faults(row, readings.get(row["symbol"], []))


def _vote(row: Row) -> str:
    """Return the vote that a row or a reading gives, in words; an empty string if it gives none."""
    return str(tally_of(row) or row["adoption"].replace("without-vote", "without a vote"))


def _vote_faults(row: Row, readings: list[Row]) -> Iterator[Fault]:
    symbol, voting = row["symbol"], [reading for reading in readings if reading["adoption"]]
    votes = {_vote(reading) for reading in voting}
    if len(voting) > 1 and len(votes) == 1 and _vote(row) not in votes:
        message = f"{symbol}: the row says {_vote(row)}, but all its {len(voting)} readings say {votes.pop()}"
        yield row.at("adoption"), f"{message}; fix the row"
        return  # any other fault follows from this one
    if voting and _vote(row) not in votes:
        said = "; ".join(f"{reading['source']} says {_vote(reading)}" for reading in voting)
        yield row.at("adoption"), f"{symbol}: no reading says {_vote(row)} ({said}); fix the row or a reading"
    if not voting and tally_of(row) and _vote(row) not in row["note"]:
        yield row.at("yes"), f"{symbol}: no reading says {_vote(row)}; add one, or give '{_vote(row)}' in the note"
    for reading in voting:
        if _vote(reading) != _vote(row) and _vote(reading) not in row["note"]:
            message = f"{symbol}: {reading['source']} says {_vote(reading)}, but the row says {_vote(row)}"
            yield reading.at("yes"), f"{message}; fix one of them, or give '{_vote(reading)}' in the row's note"
    standing = "disputed" if len(votes) > 1 else {0: "to-confirm", 1: "reported"}.get(len(voting), "confirmed")
    if row["standing"] not in (standing, "to-confirm"):
        message = f"{symbol}: readings of the vote: {len(voting)}{', which differ' if len(votes) > 1 else ''}"
        yield row.at("standing"), f"{message}, so the standing is '{standing}', not '{row['standing']}'; fix it"


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


# 123–16–51, with a dash or a hyphen; and "116 to 20 with 53 abstentions".
_TALLY = re.compile(r"(?<![\d–-])\d{1,3}(?:[–-]\d{1,3}[–-]\d{1,3}(?![\d–-])| to \d{1,3} with \d{1,3} abstentions)")
_SHORT_SYMBOL = re.compile(r"(?<![\w/])\d{1,4}/\d{1,4}(?![\w/])")


@rule("E010")
def figure_on_no_record(register: Register) -> Iterator[Fault]:
    """Every tally and symbol on our own pages is in the evidence.

    Why: a wrong figure of ours misleads as much as one in the op-ed.

    Bad, in docs/claims/vote-2014.md:
        Resolution 69/188 was adopted by 116 to 20 with 55 abstentions.

    Good:
        Resolution 69/188 was adopted by 116 to 20 with 53 abstentions.
    """
    excerpts = " ".join(source.text("excerpt") for source in register.sources.values())
    rows = [*register.resolutions, *register.readings]
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
