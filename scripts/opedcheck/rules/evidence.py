"""E: the evidence holds what it should, agrees with the calendar and its sources, and is as it was read."""

import re
from collections.abc import Iterator
from itertools import pairwise

from opedcheck.dates import calendar_day, in_words
from opedcheck.files import Mapping, Place, Row, Sequence, Value
from opedcheck.records import (
    NOT_A_MEMBER,
    OF_STATES,
    RECORDS,
    STATE_VOTE,
    TABLES,
    Fault,
    field_faults,
    repeated,
)
from opedcheck.register import SUMS, Claim, Register
from opedcheck.rules.rule import rule
from opedcheck.votes import Resolution, body_of, tally_of, vote_of


def _lists(register: Register) -> dict[str, list[Mapping] | list[Row]]:
    return {
        "references": register.references.mappings(),
        "passages": register.passages.mappings(),
        **{table: register.tables[table] for table in TABLES},
    }


@rule("E002")
def record_ill_formed(register: Register) -> Iterator[Fault]:
    """Each row of a table, each source and each passage has its fields, as they should be, and no other.

    Why: references, notes, downloads and every count are made of these fields.

    @ data/readings.csv
    - 118,12,40,,yes
    + 118,12,40,,aye
    """
    lists: list[tuple[str, Value]] = [("references", register.references), ("passages", register.passages)]
    lists += [("author", register.op_ed.get("author"))]
    for source in register.sources.values():
        lists += [(name, source.fields.get(name)) for name in ("author", "excerpts")]
    for name, listed in lists:
        for value, place in zip(listed, listed.items_at, strict=True) if isinstance(listed, Sequence) else ():
            if isinstance(value, Mapping):
                yield from field_faults(value, RECORDS[name].fields)
            else:
                yield place, "this is not a record", f"write {', '.join(RECORDS[name].fields)} as 'key: value'"
    if register.complete:
        yield from field_faults(register.op_ed, RECORDS["op-ed"].fields)
    until = register.op_ed.text("compared-until")
    if until and until not in register.names:
        wrong = f"'{until}' is not a paragraph of the op-ed"
        yield register.op_ed.at("compared-until"), wrong, "name the one where the copy ends"
    for table in TABLES:
        states = dict.fromkeys(register.states(table), STATE_VOTE) if table in OF_STATES else {}
        for row in register.tables[table]:
            yield from field_faults(row, RECORDS[table].fields | states)
    for source in register.sources.values():
        if source.text("year-suffix") and source.text("number"):
            wrong = "a source that goes by its number needs no letter for its year"
            yield source.fields.at("year-suffix"), wrong, "delete 'year-suffix'"
        if "excerpt" in source.fields and "excerpts" in source.fields:
            yield source.fields.at("excerpt"), "the source has 'excerpts' too", "keep one of the two"
    for row in register.tables["events"]:
        if bool(row["date"]) != bool(row["source"]):
            wrong = "an event has a date and a source, or neither where it was looked for and not found"
            yield row.at("source"), wrong, "add the other, or delete the one"


@rule("E003")
def tally_beyond_membership(register: Register) -> Iterator[Fault]:
    """No more votes are counted than the body had members, and a resolution has more in favour than against.

    Why: a tally that no meeting can have had is a slip of the pen.

    @ data/readings.csv
    - 118,12,40,,yes
    + 118,12,140,,yes
    """
    for row in [*register.tables["readings"], *register.tables["country-votes"]]:
        tally, day = tally_of(row), row["date"] or register.resolutions[row["symbol"]].date
        members = _members(body_of(row["symbol"]), day)
        if tally and members and sum(tally) > members:
            wrong = f"{row['symbol']}: {tally} makes {sum(tally)} votes, the body had {members} members"
            yield row.at("yes"), wrong, "fix the tally"
        if tally and tally.yes <= tally.no:
            yield row.at("yes"), f"{row['symbol']}: by {tally} it would not have been adopted", "fix the tally"
        figures = [row[name] for name in ("yes", "no", "abstain")]
        votes = [row[state] for state in register.states("readings") if row.get(state) not in (None, "", NOT_A_MEMBER)]
        if row.text("adoption") and any([*figures, *votes]):
            yield row.at("adoption"), f"{row['symbol']}: without a vote, but with votes", "delete one of the two"
        elif any(figures) and not all(figures):
            yield row.at("yes"), f"{row['symbol']}: a tally needs yes, no and abstain", "add them"


def _members(body: str, day: str) -> int:
    """Return a body's members on a day (YYYY-MM-DD); 0 for the Assembly where the day is not known.

    The Assembly: 191 since September 2002, 192 with Montenegro (28 June 2006), 193 with South Sudan (14 July 2011);
    the Commission had 53, the Council has 47 (A/RES/60/251).
    """
    if body != "GA":
        return {"CHR": 53, "HRC": 47}[body]
    return 0 if not day else 191 if day < "2006-06-28" else 192 if day < "2011-07-14" else 193


@rule("E004")
def symbol_does_not_fit_date(register: Register) -> Iterator[Fault]:
    """A resolution has a date, and its symbol names the session of that date.

    Why: symbols count sessions, so a symbol tells its year.

    @ data/readings.csv
    - A/RES/74/902,un-votes
    + A/RES/75/902,un-votes
    """
    dated = [(row["symbol"], row["date"], row) for row in register.tables["country-votes"]]
    dated += [(one.symbol, one.date, one.readings[0]) for one in register.resolutions.values()]
    for symbol, day, row in dated:
        number = re.search(r"RES/(\d+)/", symbol)
        sessions = _sessions(body_of(symbol), day)
        if not day:
            yield row.at("symbol"), f"no reading of {symbol} gives its date", "add the date to one"
        elif sessions and number and int(number[1]) not in sessions:
            wrong = f"{symbol}: on {in_words(day)} it was session {' or '.join(map(str, sessions))}"
            yield row.at("symbol"), wrong, "fix the symbol or the date"


def _sessions(body: str, day: str) -> tuple[int, ...]:
    """Return the sessions of a body that a day (YYYY-MM-DD) may belong to.

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
def record_repeated(register: Register) -> Iterator[Fault]:
    r"""No two rows of a table, sources or passages are of the same thing.

    Why: of two records of one thing, one is asked and nobody sees that the other is wrong.

    @ data/parties.csv
    - Esteria,Convention on Lights,party,2001-03-01,gazette-2019
    + Esteria,Convention on Lights,party,2001-03-01,gazette-2019\nEsteria,Convention on Lights,party,2001-03-01,log
    """
    for name, items in _lists(register).items():
        for fields in RECORDS[name].unique:
            yield from repeated(items, fields)


@rule("E008", each="resolutions")
def reading_differs(found: Resolution, register: Register) -> Iterator[Fault]:
    """Where sources differ on a resolution's date or vote, the reading that differs from the first carries a note.

    Why: a difference between sources is shown and explained, not dropped. The votes on countries differ in nothing.

    @ data/readings.csv
    - A/RES/74/902,gazette-2019,2019-11-29,,118,12,40,,
    + A/RES/74/902,gazette-2019,2019-11-29,,117,12,41,,
    """
    others = [row for row in register.tables["country-votes"] if row["symbol"] == found.symbol]
    for row in [*found.readings, *others]:
        if row.text("note"):
            continue
        pairs = [
            ("date", row["date"], found.date),
            ("yes", vote_of(row), vote_of(found.voted[0]) if found.voted else ""),
        ]
        pairs += [(state, row[state], found.vote(state)) for state in register.states("readings") if row.get(state)]
        for column, ours, first in pairs:
            if ours and ours != first:
                where = row.text("source") or "this table"
                wrong = f"{found.symbol}: {where} gives {ours}, the first source {first or 'nothing'}"
                yield (
                    row.at(column),
                    wrong,
                    "fix one, or explain the difference in the note" if "note" in row else "fix one",
                )


@rule("E009")
def record_out_of_order(register: Register) -> Iterator[Fault]:
    r"""The rows of each table, the sources and the permalinks are in order.

    Why: a reader looks a row up by its place, and a change is seen in its place.

    @ data/permalinks.txt
    - #findings\n#summary
    + #summary\n#findings
    """
    for table in TABLES:
        key = register.order_of(table)
        for (before, first), (after, second) in pairwise((row, key(row)) for row in register.tables[table]):
            if second < first:
                wrong = f"this row is out of order (after line {before.line})"
                yield after.at(), wrong, f"order by {RECORDS[table].order}, as --fix does"
    for before_, after_ in pairwise(register.references.mappings()):
        if after_.text("id") < before_.text("id"):
            wrong = f"'{after_.text('id')}' is out of order (after '{before_.text('id')}')"
            yield after_.at("id"), wrong, "order the sources by id, as --fix does"
    listed = [(address, number) for number, address in enumerate(register.permalinks, start=1) if address]
    for (earlier, _), (later, number) in pairwise(listed):
        if later < earlier:
            place = Place("docs/data/permalinks.txt", number)
            yield place, f"'{later}' is out of order (after '{earlier}')", "order the list, as --fix does"


# 123–16–51, with a dash or a hyphen; and "116 to 20 with 53 abstentions", "116 votes to 20, with 53 abstentions".
_TALLY = re.compile(
    r"\d(?<![\d–-].)\d{0,2}"
    r"(?:[–-]\d{1,3}[–-]\d{1,3}(?![\d–-])|(?:\s+votes)?\s+to\s+\d{1,3},?\s+with\s+\d{1,3}\s+abstentions)"
)
_SHORT_SYMBOL = re.compile(r"\d(?<![\w/].)\d{0,3}/\d{1,4}(?![\w/])")


@rule("E010")
def figure_on_no_record(register: Register) -> Iterator[Fault]:
    """Every tally and symbol that our own pages write is in the evidence.

    Why: a slip in a figure of ours would mislead as much as one in the op-ed.

    @ claims/vote-2019.md
    - adopted by 118–12–40
    + adopted by 118–12–41
    """
    excerpts = " ".join(f"{source.excerpted} {source.text('note')}" for source in register.sources.values())
    rows = [*register.tables["readings"], *register.tables["country-votes"]]
    tallies = {str(tally_of(row)) for row in rows}
    notes = " ".join(row.text("note") for row in rows) + excerpts
    symbols = {*(row["symbol"] for row in rows), *(source.text("number") for source in register.sources.values())}
    short_symbols = {"/".join(symbol.split("/")[-2:]) for symbol in symbols}
    for page in register.pages.values():
        if page.path.startswith("docs/op-ed/"):
            continue
        for match in _TALLY.finditer(page.text):
            tally = "–".join(re.findall(r"\d+", match.group()))
            if tally not in tallies and tally not in notes:
                yield page.at(match.start()), f"the tally {tally} is in no table of the evidence", "fix it"
        for match in _SHORT_SYMBOL.finditer(page.text):
            if match.group() not in short_symbols and match.group() not in excerpts:
                yield page.at(match.start()), f"no resolution or source has the symbol {match.group()}", "fix it"


# How a sentence names what it counts: a state's vote, or all rows of the table.
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


@rule("E012", each="claims")
def count_not_in_table(claim: Claim, register: Register) -> Iterator[Fault]:
    """With `counts: country-votes`, a page's counts of votes are the table's for the years that their sentences name.

    Why: a count made by hand is out of date as soon as a row is added, and nobody counts again.

    @ claims/convention.md
    - Esteria cast 2 yes
    + Esteria cast 3 yes
    """
    state = next(iter(register.states("country-votes")), "")
    if not claim.fields.text("counts"):
        return
    page, found = claim.page, False
    for passage in _SENTENCE.finditer(page.text):
        span = _SPAN.search(passage.group())
        for count in _COUNT.finditer(passage.group()):
            found = True
            place, words = page.at(passage.start() + count.start()), " ".join(count.group().split())
            if span is None:
                yield place, f"'{words}' is a count of no years", "say 'from 2005 to 2023' in its sentence"
                continue
            rows = [row for row in register.tables["country-votes"] if span[1] <= row["date"][:4] <= span[2]]
            right = sum(count.lastgroup in (row.get(state, ""), "all") for row in rows)
            number = count["number"].lower()
            if (int(number) if number.isdigit() else _NUMBERS.index(number)) != right:
                wrong = f"'{words}' from {span[1]} to {span[2]}: docs/data/country-votes.csv has {right}"
                yield place, wrong, "write that, or fix the table"
    if not found:
        yield claim.fields.at("counts"), "the page counts no votes", "delete 'counts', or write the figures"


@rule("E011")
def evidence_changed(register: Register) -> Iterator[Fault]:
    """Each file of evidence is as it was when a person last compared it with its sources.

    Why: evidence is what was read on a day; a word that changes later was not read.

    @ data/sources.yml
    - a plain and steady lamp
    + a plain and steady lantern
    """
    listed = {}
    for number, line in enumerate(register.sums, start=1):
        if match := re.fullmatch(r"([0-9a-f]{64})  (\S+)", line):
            listed[match[2]] = (match[1], number)
        else:
            yield Place(SUMS, number), "this line is not a SHA-256, two spaces and a file's name", "restore it"
    for name, digest in sorted(register.digests.items()):
        if name != "op-ed.txt" and listed.get(name, ("", 0))[0] != digest:
            wrong = (
                "this file is not as it was when it was last compared with its sources ('git diff' shows the change)"
            )
            yield Place(f"docs/data/{name}"), wrong, f"restore it, or compare it again and run --seal {name}"
    for name, (_, number) in listed.items():
        if name not in register.digests:
            yield (
                Place(SUMS, number),
                f"'{name}' is listed, but is no file of evidence",
                "restore it, or delete this line",
            )
