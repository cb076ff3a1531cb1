"""E: evidence: the tables in docs/data agree with each other and with the calendar."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assertions import KINDS, evidence_keys
from claims import BODIES, CAST, NOT_A_MEMBER, Register, tally_of, text_of
from dates import calendar_day, in_words
from orders import ORDERS, order_of
from reading import Row
from rules.registry import ID, Fault, files_readable, rule

files_readable(
    "E001",
    "docs/data/resolutions",
    "docs/data/readings",
    "docs/data/cambodia-votes",
    "docs/data/events",
    "docs/data/sanctions",
    "docs/data/parties",
    "docs/data/verdicts",
    text="""Every table of evidence can be read and parsed.

    Why: nothing that depends on an unreadable table can be checked.

    Bad, in docs/data/resolutions.csv:
        GA,A/RES/69/188,2014-12-18,116,116,20

    Good:
        GA,A/RES/69/188,2014-12-18,116,20
    """,
)

_ADOPTIONS = ("recorded-vote", "without-vote")
_VOTES = ("yes", "no", "abstain", "absent", NOT_A_MEMBER, "")
_STANDINGS = ("confirmed", "reported", "disputed", "to-confirm")
_PRECISIONS = {"day": 10, "month": 7, "year": 4, "": 0}


def _one_of(row: Row, name: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    if row[name] not in allowed:
        words = ", ".join(word or "nothing" for word in allowed)
        yield row.at(name), f"{name} '{row[name]}' is not allowed; use one of: {words}"


@rule("E002")
def row_ill_formed(register: Register) -> Iterator[Fault]:
    """Every field of the evidence contains what its column allows.

    Why: every count leaves out a word that its column doesn't allow.

    Bad, in docs/data/readings.csv:
        A/RES/66/174,voeten-unvotes,2011-12-19,recorded-vote,123,16,51,abstained

    Good:
        A/RES/66/174,voeten-unvotes,2011-12-19,recorded-vote,123,16,51,abstain
    """
    for row in register.resolutions:
        yield from _one_of(row, "body", tuple(BODIES))
        yield from _one_of(row, "standing", _STANDINGS)
        if not row["date"]:
            yield row.at("date"), "a resolution needs a date; add it"
    for row in [*register.resolutions, *register.readings]:
        # A reading may give only the date.
        yield from _one_of(row, "adoption", _ADOPTIONS if "standing" in row else (*_ADOPTIONS, ""))
        yield from _one_of(row, "cambodia", _VOTES)
    for row in register.cambodia_votes:
        yield from _one_of(row, "cambodia", CAST)
        for name in ("date", "country", "yes", "no", "abstain"):
            if not row[name]:
                yield row.at(name), f"{name} is empty; fill it in"
    for row in [*register.resolutions, *register.readings, *register.cambodia_votes]:
        for name in ("yes", "no", "abstain"):
            if row[name] and not re.fullmatch(r"\d{1,4}", row[name]):
                yield row.at(name), f"{name} '{row[name]}' is not a whole number; write digits only"
    for row in register.sanctions:
        yield from _one_of(row, "standing", _STANDINGS)
    for row in register.parties:
        yield from _one_of(row, "status", ("party", "not-party"))
        if not row["date"]:
            yield row.at("date"), "a status needs a date; add it"
    for row in register.events:
        if not re.fullmatch(ID, row["id"]):
            yield row.at("id"), f"'{row['id']}' is not a valid id; use lower-case letters, digits and hyphens"
        yield from _one_of(row, "precision", tuple(_PRECISIONS))
        if len(row["date"]) != _PRECISIONS.get(row["precision"], len(row["date"])):
            yield row.at("date"), f"'{row['date']}' doesn't fit the precision '{row['precision']}'; fix one of them"
        if bool(row["date"]) != bool(row["source"]):
            yield row.at("source"), "an event has a date and a source, or neither; add or delete one"


@rule("E003")
def tally_beyond_membership(register: Register) -> Iterator[Fault]:
    """No tally exceeds the body's membership, and every resolution has more votes in favour than against.

    Why: a tally that no meeting could have produced is a slip.

    Bad, in docs/data/resolutions.csv:
        A/RES/69/188,2014-12-18,116,20,153

    Good:
        A/RES/69/188,2014-12-18,116,20,53
    """
    for row in [*register.resolutions, *register.readings, *register.cambodia_votes]:
        tally, members = tally_of(row), _members(_body(row), row["date"])
        if tally and members and (total := tally.yes + tally.no + tally.abstain) > members:
            message = f"{row['symbol']}: {tally} is {total} votes, but the body had {members} members; fix the tally"
            yield row.at("yes"), message
        if tally and tally.yes <= tally.no:
            yield row.at("yes"), f"{row['symbol']}: with {tally} it would not have been adopted; fix the tally"


def _body(row: Row) -> str:
    symbol = row["symbol"]
    return "CHR" if symbol.startswith("E/CN.4/") else "HRC" if symbol.startswith("A/HRC/") else "GA"


def _members(body: str, day: str) -> int:
    """Return how many members a body had on a date (YYYY-MM-DD).

    The Assembly: 191 since September 2002, 192 with Montenegro (28 June 2006), 193 with South Sudan (14 July 2011);
    the Commission had 53, the Council has 47 (A/RES/60/251). Return 0 for an unknown date.
    """
    if body != "GA":
        return {"CHR": 53, "HRC": 47}[body]
    return 0 if not day else 191 if day < "2006-06-28" else 192 if day < "2011-07-14" else 193


_SYMBOLS = {
    "GA": re.compile(r"A/RES/(\d{1,3})/\d{1,4}"),
    "HRC": re.compile(r"A/HRC/RES/(\d{1,3})/\d{1,4}"),
    "CHR": re.compile(r"E/CN\.4/RES/(\d{4})/\d{1,4}"),
}


@rule("E004")
def symbol_does_not_fit_date(register: Register) -> Iterator[Fault]:
    """A resolution's symbol fits its body, and its session fits its date.

    Why: symbols count sessions, so each symbol implies a year.

    Bad, in docs/data/resolutions.csv:
        GA,A/RES/71/172,2015-12-17

    Good:
        GA,A/RES/70/172,2015-12-17
    """
    for row in [*register.resolutions, *register.cambodia_votes]:
        symbol, day, body = row["symbol"], row["date"], row.get("body", "GA")
        if body not in _SYMBOLS:
            continue
        match = _SYMBOLS[body].fullmatch(symbol)
        expected = _session(body, day)
        if match is None:
            yield row.at("symbol"), f"'{symbol}' is no symbol of a resolution of {body}; mend it"
        elif expected and int(match[1]) not in expected:
            sessions = " or ".join(map(str, expected))
            yield row.at("symbol"), f"{symbol}: on {in_words(day)} the session was {sessions}; fix symbol or date"


def _session(body: str, day: str) -> tuple[int, ...]:
    """Return the sessions of a body that a date (YYYY-MM-DD) may belong to.

    The Assembly's 60th session opened in September 2005, and one opens each September; the Council holds three regular
    sessions a year since its first in June 2006, so sessions 3n+1 to 3n+3 are those of the year 2006+n; the
    Commission's resolutions carry the year.
    """
    if calendar_day(day) is None:
        return ()
    year = int(day[:4])
    if body == "GA":
        return (year - 1945,) if day[5:7] >= "09" else (year - 1946,)
    if body == "HRC":
        return tuple(range((year - 2006) * 3 + 1, (year - 2006) * 3 + 4))
    return (year,)


@rule("E005")
def row_twice(register: Register) -> Iterator[Fault]:
    """No resolution, reading, event, sanction or treaty status is in its table twice.

    Why: of two rows for one thing only one is used, and the other may be wrong unnoticed.

    Bad, in docs/data/parties.csv:
        Cambodia,UN Charter,party,1955-12-14,ppp-2021
        Cambodia,UN Charter,party,1955-12-14,khmertimes-un ppp-2021

    Good:
        Cambodia,UN Charter,party,1955-12-14,khmertimes-un ppp-2021
    """
    tables: list[tuple[list[Row], tuple[str, ...]]] = [
        (register.resolutions, ("symbol",)),
        (register.resolutions, ("body", "date")),
        (register.readings, ("symbol", "source")),
        (register.cambodia_votes, ("symbol",)),
        (register.events, ("id",)),
        (register.sanctions, ("symbol",)),
        (register.parties, ("state", "treaty")),
    ]
    for rows, names in tables:
        seen: dict[tuple[str, ...], int] = {}
        for row in rows:
            key = tuple(row[name] for name in names)
            if key in seen:
                yield row.at(names[0]), f"'{' '.join(key)}' is already on line {seen[key]}; keep one"
            seen.setdefault(key, row.line)


@rule("E006")
def vote_and_tally_disagree(register: Register) -> Iterator[Fault]:
    """A recorded vote has a tally, and a resolution adopted without a vote has none.

    Why: both fields say whether there was a vote, so they must agree.

    Bad, in docs/data/resolutions.csv:
        A/RES/69/188,2014-12-18,116,20,53,without-vote

    Good:
        A/RES/69/188,2014-12-18,116,20,53,recorded-vote
    """
    for row in [*register.resolutions, *register.readings]:
        figures = [row[name] for name in ("yes", "no", "abstain")]
        if row["adoption"] == "without-vote" and (any(figures) or row["cambodia"] not in ("", NOT_A_MEMBER)):
            yield row.at("adoption"), f"{row['symbol']}: without a vote, yet with votes; delete them or mend 'adoption'"
        if row["adoption"] == "recorded-vote" and not all(figures):
            yield row.at("adoption"), f"{row['symbol']}: a recorded vote needs yes, no and abstain; add them"


@rule("E007", binding=True)
def evidence_missing(register: Register) -> Iterator[Fault]:
    """Everything that an assertion names is in the evidence.

    Why: nothing can answer an assertion about something that isn't there.

    Bad, in docs/claims/vote-2014.md:
        - tally: {resolution: A/RES/69/181, yes: 123, no: 16, abstain: 51}

    Good:
        - tally: {resolution: A/RES/69/188, yes: 123, no: 16, abstain: 51}
    """
    for claim in register.claims.values():
        for kind, values in claim.assertions:
            for name in KINDS[kind].keys if kind in KINDS else ():
                key = text_of(values, name)
                if key and key not in evidence_keys(KINDS[kind].evidence, register):
                    message = f"{kind}: '{key}' is not in the evidence ({KINDS[kind].evidence}); add it or fix the key"
                    yield values.at(name), message


@rule("E009")
def row_out_of_order(register: Register) -> Iterator[Fault]:
    """The rows of every table are in order.

    Why: readers find a row by its position, and a change shows up in one place.

    Bad, in docs/data/parties.csv:
        North Korea,UN Charter,party,1991-09-17,keia-2021 kim-1997
        North Korea,Rome Statute,not-party,2015,kirby-canada

    Good:
        North Korea,Rome Statute,not-party,2015,kirby-canada
        North Korea,UN Charter,party,1991-09-17,keia-2021 kim-1997
    """
    for table, words in ORDERS.items():
        key = order_of(table, register)
        for before, after in pairwise(getattr(register, table)):
            if key(after) < key(before):
                yield after.at(), f"out of order (after line {before.line}); sort by {words}, or run --fix"
