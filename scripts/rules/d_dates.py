"""D: dates: each is in the calendar, accounted for, and in its order."""

from collections.abc import Iterator

from claims import UNDATED, Register, text_of
from corrections import corrections
from dates import WEEKDAYS, calendar_day, find_dates, first_day, in_words
from reading import Mapping, Row
from rules.registry import Fault, rule


def dated_fields(register: Register) -> Iterator[tuple[Mapping | Row, str, str]]:
    """Give every field that holds a date: what it is a field of, its name and its value."""
    for claim in register.claims.values():
        for name in ("checked", "recheck"):
            yield claim.fields, name, claim.text(name)
    for source in register.sources.values():
        for name in ("issued", "accessed"):
            yield source.fields, name, source.text(name).removesuffix("~")
    for rows in (register.resolutions, register.readings, register.events, register.sanctions, register.parties):
        for row in rows:
            yield row, "date", row["date"]


@rule("D002")
def not_a_calendar_date(register: Register) -> Iterator[Fault]:
    """Every date, in data and in prose, is one that the calendar has.

    Why: a day that doesn't exist can't be checked.

    Bad, in docs/claims/vote-2014.md:
        checked: 2026-11-31

    Good:
        checked: 2026-11-23
    """
    for owner, name, value in dated_fields(register):
        partial = name in ("issued", "date")
        if value and value != UNDATED and (first_day(value) if partial else calendar_day(value)) is None:
            form = "YYYY-MM-DD, YYYY-MM or YYYY" if partial else "YYYY-MM-DD"
            yield owner.at(name), f"{name} '{value}' is no date of the calendar; write a real one as {form}"
    for page in register.pages.values():
        for written in page.dates:
            if first_day(written.iso) is None and written.start >= page.body_start:
                yield page.at(written.start), f"'{written.words}' is no date of the calendar; mend it"


@rule("D003")
def weekday_disagrees(register: Register) -> Iterator[Fault]:
    """A weekday is the one that its date falls on.

    Why: one of the two is a slip, and nobody can tell which.

    Bad, in docs/claims/vote-2014.md:
        for the resolution of Friday, 18 December 2014.

    Good:
        for the resolution of 18 December 2014.
    """
    for page in register.pages.values():
        for written in page.dates:
            day = calendar_day(written.iso)
            if written.weekday and day and WEEKDAYS[day.weekday()] != written.weekday:
                message = f"'{written.words}': that day was a {WEEKDAYS[day.weekday()]}; mend the one or the other"
                yield page.at(written.start), message


@rule("D004")
def date_unaccounted(register: Register) -> Iterator[Fault]:
    """Every date in the op-ed stands within a marked claim or in a listed passage.

    Why: a date is the easiest thing to check, so none is passed over.

    Bad, in docs/op-ed/response.md:
        The resolution adopted on December 18, 2014, with

    Good:
        [The resolution adopted on December 18, 2014]{ #adopted-2014 .claim }, with
    """
    for block in register.paragraphs():
        listed = [sentence for sentence, entry in register.passages_of(block) if entry is not None]
        for written in find_dates(block.words):
            near = block.marks_within(written.start, written.end)
            marked = any(mark.start <= written.start and written.end <= mark.end for mark in near)
            if not marked and not any(s.start <= written.start < s.end for s in listed):
                message = f"no claim or passage accounts for '{written.words}'; mark it as part of a claim"
                yield block.at(written.start), message


@rule("D005")
def later_than_the_op_ed(register: Register) -> Iterator[Fault]:
    """Nothing later than the op-ed's own date is presented in it as past.

    Why: an op-ed can't know what came after it.

    Bad, in docs/claims/seminar-facts.md:
        - event: {event: relations-60-2024, date: 2023-12-22,

    Good:
        - event: {event: seminar-2023, date: 2023-12-22,
    """
    own = register.op_ed_date
    for block in register.paragraphs():
        for written in find_dates(block.words):
            if own and written.iso > own and not written.onward:
                message = f"'{written.words}' is later than the op-ed, of {in_words(own)}; check the words"
                yield block.at(written.start), message
    events = {row["id"]: row for row in register.events}
    for claim in register.claims.values():
        for _, values in claim.assertions:
            row = register.resolution(text_of(values, "resolution")) or events.get(text_of(values, "event"))
            if row and own and row["date"] > own:
                message = f"asserts what is dated {in_words(row['date'])}, after the op-ed of {in_words(own)}"
                yield values.place, f"{message}; assert what it could know"


@rule("D006")
def accessed_before_issued(register: Register) -> Iterator[Fault]:
    """A source was accessed on or after the day it was issued, and not in the future.

    Why: a page can't be read before it is there; one of the two days is a slip.

    Bad, in docs/data/sources.yml:
          issued: 2027-09-01
          URL: https://ktar.com

    Good:
          issued: 2022-09-01
          URL: https://ktar.com
    """
    today = register.today.isoformat()
    for source in register.sources.values():
        issued, accessed = source.text("issued").removesuffix("~"), source.text("accessed")
        if accessed and issued != UNDATED and issued > accessed:
            yield source.fields.at("accessed"), f"accessed {accessed}, before it was issued ({issued}); mend one"
        if accessed > today:
            yield source.fields.at("accessed"), f"accessed {accessed} is in the future (today is {today}); mend it"


@rule("D007")
def checked_in_the_future(register: Register) -> Iterator[Fault]:
    """A claim was checked in the past, and no earlier than its sources were accessed.

    Why: the day tells readers how fresh the verdict is.

    Bad, in docs/claims/vote-2014.md:
        checked: 2062-11-23

    Good:
        checked: 2026-11-23
    """
    today = register.today.isoformat()
    for claim in register.claims.values():
        checked = claim.text("checked")
        if calendar_day(checked) and checked > today:
            yield claim.fields.at("checked"), f"checked {checked} is in the future (today is {today}); mend it"
        accessed = [
            (register.sources[name].text("accessed"), name) for name in claim.sources if name in register.sources
        ]
        last, name = max(accessed, default=("", ""))
        if calendar_day(checked) and last > checked:
            message = f"checked {checked}, before its source {name} was accessed ({last}); check it again"
            yield claim.fields.at("checked"), message


@rule("D008")
def interval_reversed(register: Register) -> Iterator[Fault]:
    """A span of time ends after it begins.

    Why: a span that ends before it begins answers every question wrongly.

    Bad, in docs/claims/vote-2014.md:
        recheck: 2025-11-23

    Good:
        recheck: 2027-11-23
    """
    dates = {row["id"]: row["date"] for row in register.events}
    for claim in register.claims.values():
        checked, recheck = claim.text("checked"), claim.text("recheck")
        if checked and recheck and recheck <= checked:
            yield claim.fields.at("recheck"), f"recheck {recheck} is not after checked {checked}; set a later day"
        for kind, values in claim.assertions:
            begin, end = dates.get(text_of(values, "from"), ""), dates.get(text_of(values, "to"), "")
            if kind == "interval" and begin and end and end < begin:
                yield values.place, f"the interval ends on {end}, before it begins on {begin}; exchange 'from' and 'to'"
            since = values.get("since")
            if kind == "yearly" and isinstance(since, int) and str(since) >= register.op_ed_date[:4] > "":
                yield values.at("since"), f"no full year lies between {since} and the op-ed; mend 'since'"


@rule("D009", "warning")
def recheck_overdue(register: Register) -> Iterator[Fault]:
    """A claim is compared with its sources again by the day it says.

    Why: sources move and records are completed; a verdict ages.

    Bad, in docs/claims/vote-2014.md:
        checked: 2025-11-23
        recheck: 2026-11-23

    Good:
        checked: 2026-11-23
        recheck: 2027-11-23
    """
    for claim in register.claims.values():
        recheck = claim.text("recheck")
        if recheck and recheck < register.today.isoformat():
            message = f"was to be checked again by {recheck}; compare it with its sources and set both dates"
            yield claim.fields.at("recheck"), message


@rule("D010")
def date_on_no_record(register: Register) -> Iterator[Fault]:
    """Every day and month that our own pages write is in the evidence or in the op-ed.

    Why: a slip in a date of ours would mislead as much as one in the op-ed.

    Bad, in docs/claims/vote-2014.md:
          17 December 2011. Cambodia abstained in both.

    Good:
          19 December 2011. Cambodia abstained in both.
    """
    known = {value for _, _, value in dated_fields(register)}
    told = [*register.record, *(row["note"] for row in register.resolutions)]
    told += [source.text(name) for source in register.sources.values() for name in ("title", "excerpt", "note")]
    known |= {written.iso for text in told for written in find_dates(text)}
    known |= {correction.day for correction in corrections(register)}
    known |= {day[:7] for day in known}
    for page in register.pages.values():
        for written in page.dates if not page.path.startswith("docs/op-ed/") else ():
            if written.month and written.iso not in known and first_day(written.iso):
                message = f"'{written.words}' is in no table, source or passage of the op-ed"
                yield page.at(written.start), f"{message}; mend it, or add the evidence"


@rule("D011")
def correction_undated(register: Register) -> Iterator[Fault]:
    """The heading of a correction begins with its day, and the newest stands first.

    Why: readers, and the feed that is made of the page, must see when a thing was corrected.

    Bad, in docs/about/corrections.md:
        # Corrections { #corrections }

        ## The date of a vote { #date-of-a-vote }

    Good:
        # Corrections { #corrections }
    """
    before = register.today.isoformat()
    for correction in corrections(register):
        if not correction.day:
            yield correction.place, "no day begins this heading; write '## 1 December 2026: what was wrong { #id }'"
        elif correction.day > before:
            message = f"{in_words(correction.day)} stands below {in_words(before)}, or is still to come"
            yield correction.place, f"{message}; put the newest first"
        else:
            before = correction.day
