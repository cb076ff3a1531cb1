"""E, S: votes are possible and agree, what we write is in the evidence, which is as it was read; sources are in use."""

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice

from opedcheck.dates import calendar_day, find_dates, first_day, in_words
from opedcheck.files import Mapping, Place, Row
from opedcheck.records import NOT_A_MEMBER, RESOLUTION
from opedcheck.register import CORRECTIONS, SEALED, SUMS, Claim, Register
from opedcheck.rules.rule import MOST_HINTS, Fault, did_you_mean, rule
from opedcheck.text import Page, find_words
from opedcheck.votes import Resolution, Tally, body_of, tally_of, vote_in_words


@rule("E003")
def vote_impossible(register: Register) -> Iterator[Fault]:
    """A vote is one that its body can have had: as many votes as members, more in favour, on a day of its session."""
    for row in [*register.tables["readings"], *register.tables["country-votes"]]:
        symbol, tally = row["symbol"], tally_of(row)
        known = register.resolutions.get(symbol)
        day, body = row["date"] or (known.date if known else ""), body_of(symbol)
        if tally and sum(tally) > (members := _members(body, day)):
            wrong = f"{symbol}: {tally} makes {sum(tally)} votes, the body had {members} members"
            yield row.at("yes"), wrong, "fix the tally"
        if tally and tally.yes <= tally.no:
            yield row.at("yes"), f"{symbol}: by {tally} it would not have been adopted", "fix the tally"
        figures = [row[name] for name in Tally._fields]
        votes = [row[state] for state in register.states("readings") if row.get(state) not in (None, "", NOT_A_MEMBER)]
        if row.text("adoption") and any([*figures, *votes]):
            yield row.at("adoption"), f"{symbol}: without a vote, but with votes", "delete one of the two"
        elif any(figures) and not all(figures):
            yield row.at("yes"), f"{symbol}: a tally needs yes, no and abstain", "add them"
        number, sessions = re.search(r"RES/(\d{1,4})/", symbol), _sessions(body, day)
        if not day:
            yield row.at("symbol"), f"no reading of {symbol} gives its date", "add the date to one"
        elif sessions and number and int(number[1]) not in sessions:
            wrong = f"{symbol}: on {in_words(day)} it was session {' or '.join(map(str, sessions))}"
            yield row.at("symbol"), wrong, "fix the symbol or the date"


def _members(body: str, day: str) -> int:
    """Return a body's members on a day (YYYY-MM-DD); those of today where it is not known."""
    # Of the Assembly Montenegro became the 192nd, South Sudan the 193rd; of the others see A/RES/60/251.
    joined = ("2006-06-28", "2011-07-14") if body == "GA" else ()
    return {"CHR": 53, "HRC": 47, "GA": 193}[body] - sum("" < day < one for one in joined)


def _sessions(body: str, day: str) -> tuple[int, ...]:
    """Return the sessions of a body that a day (YYYY-MM-DD) may belong to.

    The Assembly's 60th session opened in September 2005, and one opens in each September, some days after the one
    before it has closed; the Council holds three regular sessions a year since its first in June 2006, so sessions 3n+1
    to 3n+3 are those of the year 2006+n; the Commission's resolutions carry the year.
    """
    if calendar_day(day) is None:
        return ()
    year = int(day[:4])
    if body == "GA":
        return (year - 1946,) * (day[5:7] < "10") + (year - 1945,) * (day[5:7] > "08")
    return tuple((year - 2006) * 3 + number for number in (1, 2, 3)) if body == "HRC" else (year,)


@rule("E008", each="resolutions")
def reading_differs(found: Resolution, register: Register) -> Iterator[Fault]:
    """Where sources differ on a resolution's date or vote, the reading that differs from the first carries a note."""
    others = [row for row in register.tables["country-votes"] if row["symbol"] == found.symbol]
    votes = {state: found.vote(state) for state in register.states("readings")}
    for row in [*found.readings, *others]:
        pairs = [
            ("date", row["date"], found.date),
            ("yes", vote_in_words(row), vote_in_words(found.voted[0]) if found.voted else ""),
            *((state, row.text(state), vote) for state, vote in votes.items()),
        ]
        for column, ours, first in pairs if not row.text("note") else ():
            if ours and ours != first and not (column == "date" and ours in (first[:7], first[:4])):
                where = row.text("source") or "this table"
                wrong = f"{found.symbol}: {where} gives {ours}, but the first source gives {first or 'nothing'}"
                advice = "fix one" + (", or explain the difference in the note" if "note" in row else "")
                yield row.at(column), wrong, advice


# 123–16–51, with any dash, or 123:16:51; "116 to 20 with 53 abstentions", "116 votes to 20, with 53 abstentions"; and
# "116 in favour, 20 against and 53 abstentions".
_TALLY = re.compile(
    r"\d(?<![\d–:-].)\d{0,2}(?:\s?(?P<sign>[‐-―−:-])\s?\d{1,3}\s?(?P=sign)\s?\d{1,3}(?![\d–-]|:\d)"
    r"|(?:\s+votes)?\s+to\s+\d{1,3},?\s+with\s+\d{1,3}\s+abstentions"
    r"|\s+(?:votes\s+)?in\s+favour,\s+\d{1,3}\s+against,?\s+(?:and|with)\s+\d{1,3}\s+(?:abstentions|abstaining))"
)
# A part of a tally: "116 in favour", "20 votes against", "53 abstained".
_VOTES = re.compile(
    r"(\d(?<![\w/–-].)\d{0,2})\s+(?:votes?\s+)?(?:in\s+favou?r|for|yes|against|no|abstentions?|abstain(?:ed|ing))\b(?!\s+of\b)"
)
_SHORT_SYMBOL = re.compile(r"\d(?<![\w/].)\d{0,3}/\d{1,4}(?![\w/])")
_SYMBOL = re.compile(rf"\b(?:{RESOLUTION}|S/RES/\d+ \(\d{{4}}\))(?![\w/])")
_OF_FIGURES = "0123456789–-"
_COMPARES = re.compile(r"\b(?:[Cc]ompar\w+|[Tt]han|[Uu]nlike|[Ww]hereas|[Ww]hile)\b")
FEWEST_VOTES = 12  # of fewer votes than these in all, three figures are no tally but a ratio or a score
LONGEST_SENTENCE = 300  # characters on either side of a tally
_STOP = re.compile(r"[.?!;:][”’)]*\s|\n\n")  # where a sentence may end
_SYMBOL_BEFORE = re.compile(r"(\d{1,4}/\d{1,4})\s+(?:of|on)\s+$")


@rule("E010")
def on_no_record(register: Register) -> Iterator[Fault]:
    """Every day, month, tally and symbol that our own pages write is in the evidence, and of the resolution named."""
    evidence = " ".join(register.evidence.values())
    # A pattern that begins with what is rare is found many times as fast.
    days = {*re.findall(r"-\d\d(?<=(\d{4}-\d\d))(?!\d)", evidence), *(one.iso for one in find_dates(evidence))}
    ours = {day for claim in register.claims.values() for day in (claim.checked, claim.recheck)}
    ours |= {row["date"] for row in register.tables["verdicts"]} | {one.day for one in register.corrections}
    days |= ours | {day[:7] for day in days | ours}
    rows = [*register.tables["readings"], *register.tables["country-votes"]]
    tallies = [str(tally_of(row)) for row in rows]
    lines: dict[str, list[str]] = {}
    for row, tally in zip(rows, tallies, strict=True):
        lines.setdefault(_short(row["symbol"]), []).append(f"{row['date']} {tally} {row.text('note')}")
    # Of each resolution, by its short symbol.
    told = {short: " ".join(found) for short, found in lines.items() if short}
    symbols = {row["symbol"] for row in [*rows, *register.tables["sanctions"]]}
    symbols |= {source.text("number") for source in register.sources.values()}
    short_symbols = set(map(_short, symbols))

    @cache
    def written_there(words: str) -> bool:
        return find_words(evidence, words, _OF_FIGURES) >= 0

    for page in register.pages.values():
        if page.path.startswith("docs/op-ed/"):
            continue
        if page.path == CORRECTIONS:
            page = page.without_quotations()
        named_here = list(_SHORT_SYMBOL.finditer(page.text))
        for written in page.dates:
            if "-" in written.iso and written.iso not in days and first_day(written.iso):
                wrong = f"'{written.words}' is in no table, source or passage of the op-ed"
                yield page.at(written.start), wrong, "fix it, or add the evidence"
                continue
            if not named_here or calendar_day(written.iso) is None or written.iso in ours:
                continue
            near = page.text[max(0, written.start - 20) : written.start]
            before = _SYMBOL_BEFORE.search(near) if near.endswith(("of ", "on ")) else None
            sentence = _around(page, written.start)
            named = before[1] if before else _only_named(sentence)
            others = [one for one in find_dates(sentence) if calendar_day(one.iso)] if named and not before else ()
            known = told.get(named, "")
            if known and not any(one.iso in known or one.words in known for one in (written, *others)):
                yield page.at(written.start), f"{named} is not of {in_words(written.iso)}", "fix one of the two"
        for match in _TALLY.finditer(page.text):
            [tally] = _tallies(match.group())
            if sum(map(int, tally.split("–"))) < FEWEST_VOTES:
                continue
            if tally not in tallies and not written_there(tally):
                yield page.at(match.start()), f"the tally {tally} is in no table of the evidence", "fix it"
            elif (known := told.get(_only_named(_around(page, match.start())), "")) and tally not in _tallies(known):
                wrong = f"the tally {tally} is not that of the resolution that its sentence names"
                yield page.at(match.start()), wrong, "fix one of the two"
        for match in _VOTES.finditer(page.text) if named_here else ():
            named = _only_named(_around(page, match.start()))
            if named in told and match[1] not in re.findall(r"\d+", told[named]):
                yield page.at(match.start()), f"{named} has no '{' '.join(match[0].split())}'", "fix one of the two"
        for match in _SYMBOL.finditer(page.text, page.body_start) if "RES/" in page.text else ():
            if match.group() not in symbols:
                yield page.at(match.start()), f"no resolution or source has the symbol {match.group()}", "fix it"
        for match in named_here:
            short = match.group()
            if short not in short_symbols and not _is_fraction(short) and not written_there(short):
                yield page.at(match.start()), f"no resolution or source has the symbol {short}", "fix it"


def _short(symbol: str) -> str:
    """Return the end of a symbol, by which texts name it."""
    return "/".join(symbol.split("/")[-2:])


def _is_fraction(words: str) -> bool:
    """Tell whether words such as 69/188 are rather a fraction, 2/3, two years, 2014/15, or all week, 24/7."""
    first, second = map(int, words.split("/"))
    return first <= second <= 10 or words == "24/7" or (first > 1900 and second == (first + 1) % 100)


def _tallies(text: str) -> list[str]:
    """Return the tallies in a text in the usual form, 116–20–53."""
    return ["–".join(re.findall(r"\d+", match.group())) for match in _TALLY.finditer(text)]


def _around(page: Page, offset: int) -> str:
    """Return the words around an offset of a page, without any end of a sentence."""
    first, last = max(0, offset - LONGEST_SENTENCE), offset + LONGEST_SENTENCE
    start = max((stop.end() for stop in _STOP.finditer(page.text, first, offset)), default=first)
    stop = _STOP.search(page.text, offset, last)
    return page.text[start : stop.start() if stop else last]


def _only_named(words: str) -> str:
    """Return the short symbol of the only resolution that a sentence names, also by its whole symbol.

    It is `""` where there is none or more than one, or the sentence compares it with others.
    """
    named = {*re.findall(r"\d{1,4}/\d{1,4}(?![\w/])", words)}
    return named.pop() if len(named) == 1 and not _COMPARES.search(words) else ""


# How a sentence names what it counts: a state's vote, or all rows of the table.
_COUNTED = {
    "yes": "yes|in favour",
    "no": "no|against",
    "abstain": "abstentions?",
    "absent": "not cast",
    "all": "(?:recorded )?votes?",
}
_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_COUNT = re.compile(
    rf"\b(?P<number>\d{{1,6}}|{'|'.join(_NUMBERS)})\s+(?:votes?\s+(?=in favour|against))?"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _COUNTED.items())})\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\bfrom\s+(\d{4})\s+to\s+(\d{4})\b", re.IGNORECASE)


@rule("E012", each="claims")
def count_not_in_table(claim: Claim, register: Register) -> Iterator[Fault]:
    """With `counts: country-votes`, a page's counts of votes are the table's for the years their sentences name."""
    state = next(iter(register.states("country-votes")), "")
    if not claim.fields.text("counts"):
        return
    page, found = claim.page, False
    for sentence, offset in page.sentences():
        span = _SPAN.search(sentence.words)
        for count in _COUNT.finditer(sentence.words):
            found = True
            place, words = page.at(offset + count.start()), " ".join(count.group().split())
            if span is None:
                yield place, f"no years are named for '{words}'", "write 'from 2005 to 2023' in its sentence"
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
    """Each file of evidence, the text of record too, is as it was when a person last compared it with its sources."""
    listed = {}
    for number, line in enumerate(register.sums, start=1):
        if match := SEALED.fullmatch(line):
            listed[match[2]] = match[1]
            if match[2] not in register.digests:
                wrong = f"'{match[2]}' is listed, but is not a file of evidence"
                yield Place(SUMS, number), wrong, "restore it, or delete this line"
        else:
            yield Place(SUMS, number), "this line is not a SHA-256, two spaces and a file's name", "restore it"
    for name, digest in register.digests.items():
        if listed.get(name) != digest:
            wrong = "this file has changed since it was last compared with its sources ('git diff' shows how)"
            yield Place(f"docs/data/{name}"), wrong, f"restore it, or compare it again and run --seal {name}"


@rule("S004")
def source_unknown(register: Register) -> Iterator[Fault]:
    """Every source that is named is in sources.yml, and every source there is named somewhere."""
    named = [(name, partial(row.at, "source")) for name, rows in register.rows_by_source.items() for row in rows]
    named += [(name, partial(page.at, offset)) for page in register.pages.values() for name, offset in page.citations()]
    named += [(register.op_ed.text("compared-with"), partial(register.op_ed.at, "compared-with"))]
    unknown = dict.fromkeys(name for name, _ in named if name and name not in register.sources)
    hints = {name: did_you_mean(name, register.sources, "add it") for name in islice(unknown, MOST_HINTS)}
    for name, place in named:
        if name in unknown:
            yield place(), f"'{name}' is not in sources.yml", hints.get(name, "add it")
    used = {name for name, _ in named}
    for source in register.sources.values():
        if source.id not in used and not register.problems:  # a page that can't be read may cite it
            yield source.fields.at("id"), f"nothing cites '{source.id}'", "cite it, or take it out"


@rule("S006")
def source_address(register: Register) -> Iterator[Fault]:
    """A source's address is https, or of a host that is listed under http-only with the reason."""
    hosts = set()
    fields: list[tuple[Mapping | Row, str]] = [
        (source.fields, name) for source in register.sources.values() for name in ("URL", "archived")
    ]
    fields += [(row, "record_url") for row in register.tables["country-votes"]]
    for item, name in fields:
        address = item.text(name)
        parts = re.fullmatch(r"(https?)://([\w.-]+\.[\w-]{2,})(?::\d+)?(?:[/?#]\S*)?", address)
        if address and parts is None:
            yield item.at(name), f"'{address}' is not a web address", "write the full address, as https://…"
        elif parts and parts[1] == "http":
            hosts.add(host := parts[2])
            if not register.http_only.text(host):
                advice = f"use https, or list {host} under http-only with the reason"
                yield item.at(name), "the address is not https", advice
    for host in register.http_only:
        if host not in hosts:
            yield register.http_only.keys_at[host], f"no source has an http address at {host}", "delete the entry"
