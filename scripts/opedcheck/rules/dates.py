"""D: dates in prose are valid and possible, and our own days in their order; other fields are checked by E002."""

import re
from collections.abc import Iterator

from opedcheck.assertions import events_named
from opedcheck.dates import WEEKDAYS, calendar_day, find_dates, first_day, in_words
from opedcheck.records import UNDATED
from opedcheck.register import CORRECTIONS, Claim, Register
from opedcheck.rules.rule import Fault, rule
from opedcheck.text import Page


@rule("D002", each="pages")
def not_a_valid_date(page: Page, _register: Register) -> Iterator[Fault]:
    """Every date that a page writes is in the calendar, on its weekday."""
    if page.path == CORRECTIONS:
        page = page.without_quotations()
    for written in page.dates:
        day = calendar_day(written.iso)
        of_a_field = written.start < page.body_start and "-" in written.words  # which is checked with its record
        if first_day(written.iso) is None and not of_a_field:
            yield page.at(written.start), f"'{written.words}' is not a valid date", "fix it"
        elif written.weekday and day and WEEKDAYS[day.weekday()] != written.weekday:
            wrong = f"'{written.words}': that day was a {WEEKDAYS[day.weekday()]}"
            yield page.at(written.start), wrong, "fix the weekday or the date"


@rule("D005")
def later_than_the_op_ed(register: Register) -> Iterator[Fault]:
    """The op-ed presents nothing as past that is later than its own date."""
    own = register.op_ed_date
    for block in register.paragraphs():
        for written in find_dates(block.words):
            if written.iso > own > "" and not written.onward:
                wrong = f"'{written.words}' is later than the op-ed, of {in_words(own)}"
                yield block.at(written.start), wrong, "compare the words with the text of record"
    for claim in register.claims.values():
        for kind, values in claim.assertions:
            found = register.resolutions.get(values.text("resolution"))
            events = [register.events.get(name) for name in events_named([(kind, values)])]
            day = max(found.date if found else "", *(event["date"] for event in events if event), "")
            if day > own > "":
                wrong = f"asserts what is dated {in_words(day)}, after the op-ed of {in_words(own)}"
                yield values.place, wrong, "assert what it could know"


@rule("D007")
def days_out_of_order(register: Register) -> Iterator[Fault]:
    """A source was accessed after it was issued, a claim checked after that, and the newest correction comes first."""
    for source in register.sources.values():
        issued, accessed = source.text("issued").removesuffix("~"), source.text("accessed")
        if issued > accessed > "" and issued != UNDATED:
            wrong = f"accessed {accessed}, before it was issued ({issued})"
            yield source.fields.at("accessed"), wrong, "fix one of the two"
    for claim in register.claims.values():
        known = [register.sources[name] for name in claim.sources if name in register.sources]
        last = max(known, key=lambda source: source.text("accessed"), default=None)
        if last and last.text("accessed") > claim.checked > "":
            wrong = f"checked {claim.checked}, before its source {last.id} was accessed ({last.text('accessed')})"
            yield claim.fields.at("checked"), wrong, "compare it with its sources again"
    before = register.today.isoformat()
    for correction in register.corrections:
        if not correction.day:
            wrong = "this heading does not end with the day of the correction, or has no id"
            yield correction.place, wrong, "write '## What was wrong (1 December 2026) { #id }'"
        elif correction.day > before:
            wrong = f"{in_words(correction.day)} is out of order (after {in_words(before)}), or in the future"
            yield correction.place, wrong, "put the newest first"
        else:
            before = correction.day
        if not correction.text:
            yield correction.place, "this correction has no words", "say what was wrong, and what is right"


@rule("D009", each="claims", severity="warning")
def recheck_overdue(claim: Claim, register: Register) -> Iterator[Fault]:
    """A claim is compared with its sources again within a year."""
    if claim.recheck and claim.recheck < register.today.isoformat():
        advice = "compare it with its sources again and set 'checked'"
        yield claim.fields.at("checked"), f"the next check was due by {claim.recheck}", advice


_POINT = re.compile(r"^- \*\*(?P<date>[^*\n]+):\*\*.*(?:\n[ ]+.*)*", re.MULTILINE)


@rule("D012", each="claims")
def point_of_other_date(claim: Claim, register: Register) -> Iterator[Fault]:
    """The date that begins a point of the record is in a source that the point cites, or in a row that names it."""
    page, (start, end) = claim.page, claim.page.section("record") or (0, 0)
    for point in _POINT.finditer(page.text, start, end):
        date = next(find_dates(point["date"]), None)
        if date is None or date.words != point["date"]:
            continue
        cited = {name for name, _ in page.citations(*point.span())} & register.sources.keys()
        told = [row for name in cited for row in register.rows_by_source.get(name, ())]
        text = " ".join(field for row in told for field in row.values())
        for source in (register.sources[name] for name in cited):
            text += " ".join([" ", source.excerpted, *map(source.text, ("issued", "title", "note", "URL"))])
        if cited and date.iso not in text and not any(one.iso.startswith(date.iso) for one in find_dates(text)):
            wrong = f"'{date.words}' is in no source cited here"
            yield page.at(point.start("date")), wrong, "fix it, or cite its source"
