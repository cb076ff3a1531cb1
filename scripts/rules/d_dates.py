"""D: dates: each is valid, accounted for, and in order."""

from collections.abc import Iterator

from claims import UNDATED, Register, text_of
from corrections import corrections
from dates import WEEKDAYS, calendar_day, find_dates, first_day, in_words
from reading import Mapping, Row
from rules.registry import Fault, rule


def dated_fields(register: Register) -> Iterator[tuple[Mapping | Row, str, str]]:
    """Yield every date field: its owner, its name and its value."""
    for claim in register.claims.values():
        for name in ("checked", "recheck"):
            yield claim.fields, name, claim.text(name)
    for source in register.sources.values():
        for name in ("issued", "accessed"):
            yield source.fields, name, source.text(name).removesuffix("~")
    tables = (
        register.resolutions,
        register.readings,
        register.cambodia_votes,
        register.events,
        register.sanctions,
        register.parties,
    )
    for row in (row for rows in tables for row in rows):
        yield row, "date", row["date"]


@rule("D002")
def not_a_calendar_date(register: Register) -> Iterator[Fault]:
    """Every date, in data and in prose, is a valid one.

    Why: nobody can check a date that doesn't exist.

    Bad, in docs/claims/vote-2014.md:
        checked: 2026-11-31

    Good:
        checked: 2026-11-26
    """
    for owner, name, value in dated_fields(register):
        partial = name in ("issued", "date")
        if value and value != UNDATED and (first_day(value) if partial else calendar_day(value)) is None:
            form = "YYYY-MM-DD, YYYY-MM or YYYY" if partial else "YYYY-MM-DD"
            yield owner.at(name), f"{name} '{value}' is not a valid date; write it as {form}"
    for page in register.pages.values():
        for written in page.dates:
            if first_day(written.iso) is None and written.start >= page.body_start:
                yield page.at(written.start), f"'{written.words}' is not a valid date; fix it"


@rule("D003")
def weekday_disagrees(register: Register) -> Iterator[Fault]:
    """Every weekday matches its date.

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
                message = f"'{written.words}': that day was a {WEEKDAYS[day.weekday()]}; fix the weekday or the date"
                yield page.at(written.start), message


@rule("D004")
def date_unaccounted(register: Register) -> Iterator[Fault]:
    """Every date in the op-ed is part of a marked claim or a listed passage.

    Why: dates are the easiest things to check, so none is skipped.

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
                message = f"'{written.words}' is in neither a claim nor a listed passage; mark it as part of a claim"
                yield block.at(written.start), message


@rule("D005")
def later_than_the_op_ed(register: Register) -> Iterator[Fault]:
    """The op-ed presents nothing later than its own date as past.

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
                message = f"'{written.words}' is later than the op-ed's own date, {in_words(own)}; check the words"
                yield block.at(written.start), message
    events = {row["id"]: row for row in register.events}
    for claim in register.claims.values():
        for _, values in claim.assertions:
            row = register.resolution(text_of(values, "resolution")) or events.get(text_of(values, "event"))
            if row and own and row["date"] > own:
                message = f"this asserts something dated {in_words(row['date'])}, after the op-ed of {in_words(own)}"
                yield values.place, f"{message}; assert what the op-ed could know"


@rule("D006")
def accessed_before_issued(register: Register) -> Iterator[Fault]:
    """A source was accessed on or after its date of issue, and not in the future.

    Why: nobody can read a page before it exists, so one of the two dates is a slip.

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
            yield source.fields.at("accessed"), f"accessed {accessed} is before it was issued ({issued}); fix one"
        if accessed > today:
            yield source.fields.at("accessed"), f"accessed {accessed} is in the future (today is {today}); fix it"


@rule("D007")
def checked_in_the_future(register: Register) -> Iterator[Fault]:
    """A claim was checked in the past, and no earlier than its sources were accessed.

    Why: the date shows readers how fresh the verdict is.

    Bad, in docs/claims/vote-2014.md:
        checked: 2062-11-26

    Good:
        checked: 2026-11-26
    """
    today = register.today.isoformat()
    for claim in register.claims.values():
        checked = claim.text("checked")
        if calendar_day(checked) and checked > today:
            yield claim.fields.at("checked"), f"checked {checked} is in the future (today is {today}); fix it"
        accessed = [
            (register.sources[name].text("accessed"), name) for name in claim.sources if name in register.sources
        ]
        last, name = max(accessed, default=("", ""))
        if calendar_day(checked) and last > checked:
            message = f"checked {checked} is before its source {name} was accessed ({last}); check the claim again"
            yield claim.fields.at("checked"), message


@rule("D008")
def interval_reversed(register: Register) -> Iterator[Fault]:
    """Every span of time ends after it begins.

    Why: a span that ends before it begins makes every answer wrong.

    Bad, in docs/claims/vote-2014.md:
        recheck: 2025-11-26

    Good:
        recheck: 2027-11-26
    """
    dates = {row["id"]: row["date"] for row in register.events}
    for claim in register.claims.values():
        checked, recheck = claim.text("checked"), claim.text("recheck")
        if checked and recheck and recheck <= checked:
            yield claim.fields.at("recheck"), f"recheck {recheck} is not after checked {checked}; set a later date"
        for kind, values in claim.assertions:
            begin, end = dates.get(text_of(values, "from"), ""), dates.get(text_of(values, "to"), "")
            if kind == "interval" and begin and end and end < begin:
                yield values.place, f"the interval ends on {end}, before it begins on {begin}; swap 'from' and 'to'"
            since = values.get("since")
            if kind == "yearly" and isinstance(since, int) and str(since) >= register.op_ed_date[:4] > "":
                yield values.at("since"), f"there is no full year between {since} and the op-ed; fix 'since'"


@rule("D009", "warning")
def recheck_overdue(register: Register) -> Iterator[Fault]:
    """Every claim is compared with its sources again by its recheck date.

    Why: sources move and records are completed, so verdicts age.

    Bad, in docs/claims/vote-2014.md:
        checked: 2025-11-25
        recheck: 2026-11-25

    Good:
        checked: 2026-11-26
        recheck: 2027-11-26
    """
    for claim in register.claims.values():
        recheck = claim.text("recheck")
        if recheck and recheck < register.today.isoformat():
            message = f"the next check was due by {recheck}; compare the claim with its sources and set both dates"
            yield claim.fields.at("recheck"), message


@rule("D010")
def date_on_no_record(register: Register) -> Iterator[Fault]:
    """Every day and month on our own pages is in the evidence or in the op-ed.

    Why: a wrong date of ours misleads as much as one in the op-ed.

    Bad, in docs/claims/vote-2014.md:
        resolution 66/174 of 17 December 2011.

    Good:
        resolution 66/174 of 19 December 2011.
    """
    known = {value for _, _, value in dated_fields(register)}
    texts = [*register.record, *(row["note"] for row in register.resolutions)]
    texts += [source.text(name) for source in register.sources.values() for name in ("title", "excerpt", "note")]
    known |= {written.iso for text in texts for written in find_dates(text)}
    known |= {correction.day for correction in corrections(register)}
    known |= {day[:7] for day in known}
    for page in register.pages.values():
        for written in page.dates if not page.path.startswith("docs/op-ed/") else ():
            if written.month and written.iso not in known and first_day(written.iso):
                message = f"'{written.words}' is not in any table or source, nor in the op-ed"
                yield page.at(written.start), f"{message}; fix it, or add the evidence"


@rule("D011")
def correction_undated(register: Register) -> Iterator[Fault]:
    """Every correction's heading starts with its date, and the newest comes first.

    Why: readers of the page and of the feed made from it must see when each correction was made.

    Bad, in docs/about/corrections.md:
        ## The author’s post { #author-post }

        <!-- claims/changes -->

    Good:
        ## 26 November 2026: the author’s post { #author-post }
    """
    before = register.today.isoformat()
    for correction in corrections(register):
        if not correction.day:
            yield correction.place, "the date is missing; write '## 1 December 2026: what was wrong { #id }'"
        elif correction.day > before:
            message = f"{in_words(correction.day)} is in the future or out of order (after {in_words(before)})"
            yield correction.place, f"{message}; put the newest first"
        else:
            before = correction.day
