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


class Resolution(NamedTuple):
    """A resolution as its readings have it: the body's own record of the vote, or else the first that tells it.

    `voted` are the readings that tell how it was adopted, the body's own record first.
    """

    symbol: str
    readings: tuple[Row, ...]
    voted: tuple[Row, ...]
    own_record: Row | None
    slug: str  # the id of its row: that of `A/RES/74/902` is `a-res-74-902`
    body: str
    date: str  # the day of its adoption; `""` where no reading tells it
    tally: Tally | None  # None where it was adopted without a vote, or that is not known
    standing: str  # how its vote is known, one of `STANDINGS`
    is_reliable: bool  # whether that is well enough to answer an assertion
    sources: tuple[str, ...]
    note: str

    def vote(self, state: str) -> str:
        """Return how a state voted, by the first reading that tells; `""` where none does."""
        return next((row[state] for row in (*self.voted, *self.readings) if row.get(state)), "")


def resolution_of(symbol: str, readings: list[Row], own_records: set[str]) -> Resolution:
    """Return the resolution that follows from its readings; `own_records` are the sources that are a body's own."""
    voted = sorted((row for row in readings if vote_in_words(row)), key=lambda row: row["source"] not in own_records)
    own_record = voted[0] if voted and voted[0]["source"] in own_records else None
    if len({vote_in_words(row) for row in voted}) > 1 and not own_record:
        standing = "disputed"
    else:
        standing = "confirmed" if own_record or len(voted) > 1 else "reported" if voted else "unconfirmed"
    return Resolution(
        symbol=symbol,
        readings=tuple(readings),
        voted=tuple(voted),
        own_record=own_record,
        slug=re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-"),
        body=body_of(symbol),
        date=next((row["date"] for row in (*voted, *readings) if row["date"]), ""),
        tally=tally_of(voted[0]) if voted else None,
        standing=standing,
        is_reliable=standing in ("confirmed", "reported"),
        sources=tuple(row["source"] for row in readings),
        note=" ".join(f"{row['note'].rstrip('.')}." for row in readings if row["note"]),
    )
