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
ANSWERING = ("confirmed", "reported")  # how evidence must be known for it to answer an assertion


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
    figures = [row[name] for name in ("yes", "no", "abstain")]
    whole = all(len(figure) <= 4 and figure.isascii() and figure.isdigit() for figure in figures)
    return Tally(*map(int, figures)) if whole else None


def vote_of(row: Row) -> str:
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

    @property
    def slug(self) -> str:
        """Return the id of its row: `A/RES/74/902` is `a-res-74-902`."""
        return re.sub(r"[^a-z0-9]+", "-", self.symbol.lower()).strip("-")

    @property
    def body(self) -> str:
        """Return the id of the body that adopted it."""
        return body_of(self.symbol)

    @property
    def date(self) -> str:
        """Return the day of its adoption; `""` where no reading tells it."""
        return next((row["date"] for row in (*self.voted, *self.readings) if row["date"]), "")

    @property
    def tally(self) -> Tally | None:
        """Return its tally; None where it was adopted without a vote, or that is not known."""
        return next((tally_of(row) for row in self.voted), None)

    @property
    def standing(self) -> str:
        """Return how its vote is known, one of `STANDINGS`."""
        votes = {vote_of(row) for row in self.voted}
        if self.own_record:
            return "confirmed"
        return "disputed" if len(votes) > 1 else {0: "unconfirmed", 1: "reported"}.get(len(self.voted), "confirmed")

    @property
    def answers(self) -> bool:
        """Tell whether its vote is known well enough to answer an assertion."""
        return self.standing in ANSWERING

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of its sources, in order."""
        return tuple(row["source"] for row in self.readings)

    @property
    def note(self) -> str:
        """Return what is noted of its readings."""
        return " ".join(f"{row['note'].rstrip('.')}." for row in self.readings if row["note"])

    def vote(self, state: str) -> str:
        """Return how a state voted, by the first reading that tells; `""` where none does."""
        return next((row[state] for row in (*self.voted, *self.readings) if row.get(state)), "")
