"""Recorded votes: tallies, what each source says of a resolution, and the resolution that follows from them."""

import re
from typing import NamedTuple

from opedcheck.files import Row

BODIES = {"GA": "General Assembly", "HRC": "Human Rights Council", "CHR": "Commission on Human Rights"}
# How a resolution's vote is known, with what readers are told.
STANDINGS = {
    "confirmed": "confirmed: two independent sources agree on the vote",
    "reported": "reported: one source for the vote",
    "disputed": "disputed: sources differ",
    "unconfirmed": "unconfirmed: no source for the vote was found",
}


class Tally(NamedTuple):
    """A recorded vote: in favour, against, abstaining."""

    yes: int
    no: int
    abstain: int

    def __str__(self) -> str:
        """Return the usual form: 116–20–53."""
        return f"{self.yes}–{self.no}–{self.abstain}"


def tally_of(row: Row) -> Tally | None:
    """Return a reading's tally, or None where it has none or not three whole numbers."""
    figures = [row[name] for name in Tally._fields]
    whole = all(len(figure) <= 4 and figure.isascii() and figure.isdigit() for figure in figures)
    return Tally(*map(int, figures)) if whole else None


def vote_in_words(row: Row) -> str:
    """Return what a reading says of the vote, in words; `""` where it says nothing."""
    return str(tally_of(row) or row.text("adoption").replace("without-vote", "without a vote"))


def body_of(symbol: str) -> str:
    """Return the id of the body that adopted a resolution, by its symbol."""
    return "CHR" if symbol.startswith("E/CN.4/") else "HRC" if symbol.startswith("A/HRC/") else "GA"


class Resolution:
    """A resolution as its readings have it: the body's own record of the vote, or else the first that tells it."""

    def __init__(self, symbol: str, readings: list[Row], own_records: set[str]) -> None:
        """Take the symbol, its readings, and the sources that are a body's own record of its votes."""
        votes = [row for row in readings if vote_in_words(row)]
        voted = sorted(votes, key=lambda row: row["source"] not in own_records)
        told = len({vote_in_words(row) for row in voted})
        self.symbol = symbol
        self.readings = readings
        self.voted = voted  # the readings that tell how it was adopted, the body's own record first
        self.own_record = next((row for row in voted if row["source"] in own_records), None)
        self.slug = re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-")  # the id of its row: `a-res-74-902`
        self.body = body_of(symbol)
        self.date = next((row["date"] for row in (*voted, *readings) if row["date"]), "")  # of its adoption, if known
        self.tally = tally_of(voted[0]) if voted else None  # None where it was adopted without a vote, or is not known
        agreed = self.own_record or len(voted) > told == 1
        # One of `STANDINGS`, and whether that is enough to answer an assertion.
        self.standing = "confirmed" if agreed else "disputed" if told > 1 else "reported" if told else "unconfirmed"
        self.is_reliable = self.standing in ("confirmed", "reported")
        self.sources = tuple(row["source"] for row in readings)
        self.note = " ".join(f"{row['note'].rstrip('.')}." for row in readings if row["note"])

    def vote(self, state: str) -> str:
        """Return how a state voted, by the first reading that tells; `""` where none does."""
        return next((row[state] for row in (*self.voted, *self.readings) if row.get(state)), "")
