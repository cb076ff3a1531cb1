"""D: every date is valid, accounted for, on record, and in its order."""

from collections.abc import Iterator

from opedcheck.dates import WEEKDAYS, calendar_day, find_dates, first_day, in_words
from opedcheck.files import Mapping, Row
from opedcheck.records import RECORDS, TABLES, UNDATED, Fault
from opedcheck.register import Claim, Register
from opedcheck.rules.rule import rule
from opedcheck.text import Block, Page


def dated_fields(register: Register) -> Iterator[tuple[Mapping | Row, str, str, str]]:
    """Yield every field that holds a date: what it is a field of, its name, its value, and `day` or `date`."""
    lists: dict[str, list[Mapping] | list[Row]] = {
        "claims": [claim.fields for claim in register.claims.values()],
        "references": register.references.mappings(),
        **{table: register.tables[table] for table in TABLES},
    }
    for kind, items in lists.items():
        names = [(name, field.date) for name, field in RECORDS[kind].fields.items() if field.date]
        for item in items:
            for name, form in names:
                if (value := item.text(name).removesuffix("~")) and value != UNDATED:
                    yield item, name, value, form


@rule("D002")
def not_a_valid_date(register: Register) -> Iterator[Fault]:
    """Every date, in data and in prose, is in the calendar.

    Why: a day that does not exist can't be checked.

    @ claims/vote-2019.md
    - checked: 2021-06-01
    + checked: 2021-06-31
    """
    for item, name, value, form in dated_fields(register):
        if (calendar_day(value) if form == "day" else first_day(value)) is None:
            advice = f"write {'YYYY-MM-DD' if form == 'day' else 'YYYY-MM-DD, YYYY-MM or YYYY'}"
            yield item.at(name), f"{name} '{value}' is not a valid date", advice
    for page in register.pages.values():
        for written in page.dates:
            if first_day(written.iso) is None and written.start >= page.body_start:
                yield page.at(written.start), f"'{written.words}' is not a valid date", "fix it"


@rule("D003", each="pages")
def weekday_disagrees(page: Page, _register: Register) -> Iterator[Fault]:
    """A weekday is the one that its date falls on.

    Why: one of the two is a slip, and nobody can tell which.

    @ claims/vote-2019.md
    - of 29 November 2019 says
    + of Monday, 29 November 2019 says
    """
    for written in page.dates:
        day = calendar_day(written.iso)
        if written.weekday and day and WEEKDAYS[day.weekday()] != written.weekday:
            wrong = f"'{written.words}': that day was a {WEEKDAYS[day.weekday()]}"
            yield page.at(written.start), wrong, "fix the weekday or the date"


@rule("D004", each="paragraphs")
def date_unaccounted(block: Block, register: Register) -> Iterator[Fault]:
    """Every date in the op-ed is in a marked claim or in a listed passage.

    Why: a date is the easiest thing to check, so none is left out.

    @ op-ed/light.md
    - [was first lit on June 1, 1887]{ #lit-1887 .claim }
    + [was first lit]{ #lit-1887 .claim } on June 1, 1887
    """
    listed = [sentence for sentence, entry in register.passages_of(block) if entry is not None]
    for written in find_dates(block.words):
        near = block.marks_within(written.start, written.end)
        marked = any(mark.start <= written.start and written.end <= mark.end for mark in near)
        if not marked and not any(one.start <= written.start < one.end for one in listed):
            wrong = f"'{written.words}' is neither in a claim nor in a listed passage"
            yield block.at(written.start), wrong, "mark it as part of a claim, or list it in docs/data/passages.yml"


@rule("D005")
def later_than_the_op_ed(register: Register) -> Iterator[Fault]:
    """The op-ed presents nothing as past that is later than its own date.

    Why: an op-ed can't know what came after it.

    @ claims/meeting-2020.md
    - event: keepers-2020
    + event: keepers-2021
    """
    own = register.op_ed_date
    for block in register.paragraphs():
        for written in find_dates(block.words):
            if own and written.iso > own and not written.onward:
                wrong = f"'{written.words}' is later than the op-ed, of {in_words(own)}"
                yield block.at(written.start), wrong, "compare the words with the text of record"
    for claim in register.claims.values():
        for _, values in claim.assertions:
            found = register.resolutions.get(values.text("resolution"))
            event = register.events.get(values.text("event"))
            day = found.date if found else event["date"] if event else ""
            if own and day > own:
                wrong = f"asserts what is dated {in_words(day)}, after the op-ed of {in_words(own)}"
                yield values.place, wrong, "assert what it could know"


@rule("D007")
def days_out_of_order(register: Register) -> Iterator[Fault]:
    """A source was accessed after it was issued, a claim checked after that, and none of these days is in the future.

    Why: these days tell readers how fresh a verdict is, and what it could rest on.

    @ claims/vote-2019.md
    - checked: 2021-06-01
    + checked: 2021-05-01
    """
    today = register.today.isoformat()
    for source in register.sources.values():
        issued, accessed = source.text("issued").removesuffix("~"), source.text("accessed")
        if accessed and issued != UNDATED and issued > accessed:
            wrong = f"accessed {accessed}, before it was issued ({issued})"
            yield source.fields.at("accessed"), wrong, "fix one of the two"
        if calendar_day(accessed) and accessed > today:
            yield source.fields.at("accessed"), f"accessed {accessed} is in the future (today is {today})", "fix it"
    for claim in register.claims.values():
        if not calendar_day(claim.checked):
            continue
        if claim.checked > today:
            wrong = f"checked {claim.checked} is in the future (today is {today})"
            yield claim.fields.at("checked"), wrong, "fix it"
        known = [register.sources[name] for name in claim.sources if name in register.sources]
        last = max(known, key=lambda source: source.text("accessed"), default=None)
        if last and last.text("accessed") > claim.checked:
            wrong = f"checked {claim.checked}, before its source {last.id} was accessed ({last.text('accessed')})"
            yield claim.fields.at("checked"), wrong, "compare it with its sources again"


@rule("D008", each="claims")
def interval_reversed(claim: Claim, register: Register) -> Iterator[Fault]:
    """A span of time that is asserted ends after it begins.

    Why: a span that ends before it begins answers every question wrongly.

    @ claims/service-130.md
    - from: lit-1887, to: relit-2017
    + from: relit-2017, to: lit-1887
    """
    dates = {row["id"]: row["date"] for row in register.events.values()}
    for kind, values in claim.assertions:
        begin, end = (dates.get(values.text(name), "") for name in ("from", "to"))
        if kind == "interval" and begin and end and end < begin:
            yield values.place, f"the interval ends on {end}, before it begins on {begin}", "exchange 'from' and 'to'"
        since = values.get("since")
        if kind == "yearly" and isinstance(since, int) and str(since) >= register.op_ed_date[:4] > "":
            yield values.at("since"), f"no full year lies between {since} and the op-ed", "fix 'since'"


@rule("D009", each="claims", severity="warning")
def recheck_overdue(claim: Claim, register: Register) -> Iterator[Fault]:
    """A claim is compared with its sources again within a year.

    Why: sources move and records are completed; a verdict ages.

    @ claims/vote-2019.md
    - checked: 2021-06-01
    + checked: 2020-06-01
    """
    if claim.recheck and claim.recheck < register.today.isoformat():
        advice = "compare it with its sources again and set 'checked'"
        yield claim.fields.at("checked"), f"the next check was due by {claim.recheck}", advice


@rule("D010")
def date_on_no_record(register: Register) -> Iterator[Fault]:
    """Every day and month that our own pages write is in the evidence or in the op-ed.

    Why: a slip in a date of ours would mislead as much as one in the op-ed.

    @ claims/vote-2019.md
    - of 29 November 2019 says
    + of 28 November 2019 says
    """
    known = {value for _, _, value, _ in dated_fields(register)} | {claim.recheck for claim in register.claims.values()}
    texts = [*register.record, *(row["note"] for row in register.tables["readings"])]
    texts += [source.text(name) for source in register.sources.values() for name in ("title", "note")]
    texts += [source.excerpted for source in register.sources.values()]
    known |= {written.iso for text in texts for written in find_dates(text)}
    known |= {correction.day for correction in register.corrections()}
    known |= {day[:7] for day in known}
    for page in register.pages.values():
        for written in page.dates if not page.path.startswith("docs/op-ed/") else ():
            if written.month and written.iso not in known and first_day(written.iso):
                wrong = f"'{written.words}' is in no table, source or passage of the op-ed"
                yield page.at(written.start), wrong, "fix it, or add the evidence"


@rule("D011")
def correction_undated(register: Register) -> Iterator[Fault]:
    """The heading of a correction begins with its day, and the newest is first.

    Why: readers, and the feed that is made of the page, must see when something was corrected.

    @ about/corrections.md
    - ## 2 June 2021: the number of keepers { #keepers }
    + ## The number of keepers { #keepers }
    """
    before = register.today.isoformat()
    for correction in register.corrections():
        if not correction.day:
            wrong = "this heading does not begin with the day of the correction, or has no id"
            yield correction.place, wrong, "write '## 1 December 2026: what was wrong { #id }'"
        elif correction.day > before:
            wrong = f"{in_words(correction.day)} is out of order (after {in_words(before)}), or in the future"
            yield correction.place, wrong, "put the newest first"
        else:
            before = correction.day
