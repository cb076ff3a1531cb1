"""Dates as people write them in English prose, and as data: finding them and asking the calendar."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

EARLIEST = 1800  # the first year of dates in prose
# A year that is no part of a document symbol, with the rest of an ISO date where there is one; and what may stand
# before it. Years are looked for first, because they are few; what stands before one is looked at after its digits,
# because a pattern that begins with a character is found several times as fast.
_YEAR = re.compile(r"(?P<iso>(?:1[89]|20)\d\d(?<![\w/.]\d{4})(?:-\d\d-\d\d)?)(?![\w/]|-\d\d-)")
_SOME_MONTH = re.compile("|".join(month[:3] for month in MONTHS))  # is found many times as fast
_MONTH = r"[A-Z][a-z]{2,8}\.?"  # or another word with a capital, which is sorted out afterwards
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BEFORE = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)}),?\s+)?"
    rf"(?:(?P<month>{_MONTH})\s+(?P<day>{_DAY}),?|(?P<day_first>{_DAY})\s+(?:of\s+)?(?P<month_last>{_MONTH}),?"
    rf"|(?P<month_alone>{_MONTH}),?)\s+$"
)
_MONTH_NUMBERS = {
    form: number
    for number, month in enumerate(MONTHS, 1)
    for short in (month[:3], f"{month[:3]}t")  # as in Sept.
    for form in (month, short, f"{short}.")
}
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_DATE = 44  # characters: "Wednesday, September 30th, " and as much white space
_ONWARD = re.compile(r"\s+(?:onwards?|and (?:after|beyond))\b")


def today() -> date:
    """Return the day where days begin first, 14 hours before UTC, so that nothing dated today is in the future."""
    return datetime.now(timezone(timedelta(hours=14))).date()


class WrittenDate(NamedTuple):
    """A date in a text: its words, and where they start and end.

    `iso` is YYYY, YYYY-MM or YYYY-MM-DD, whether or not the calendar has such a day.
    """

    words: str
    start: int
    end: int
    iso: str
    weekday: str | None
    onward: bool


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Yield the dates that a text writes, in order, each once: full dates, months with a year, and years alone.

    Years stand between 1800 and 2099; numbers inside document symbols (`A/77/247`) are none.
    """
    for match in _YEAR.finditer(text):
        start, end = match.span()
        iso, weekday = match["iso"], None
        near = text[max(0, start - _LONGEST_DATE) : start] if text[start - 1 : start].isspace() else ""
        before = _BEFORE.search(near) if near and len(iso) == 4 and _SOME_MONTH.search(near) else None
        if before and (month := _MONTH_NUMBERS.get(before["month"] or before["month_last"] or before["month_alone"])):
            start -= len(before.group())
            day = (before["day"] or before["day_first"] or "").rstrip("stndrh")
            iso += f"-{month:02}" + (f"-{day:0>2}" if day else "")
            weekday = before["weekday"]
        onward = text[end : end + 1].isspace() and _ONWARD.match(text, end) is not None
        yield WrittenDate(text[start:end], start, end, iso, weekday, onward)


def calendar_day(iso: str) -> date | None:
    """Return the day that `YYYY-MM-DD` names, or None where the calendar has none such."""
    if not _ISO_DAY.fullmatch(iso):
        return None
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def first_day(iso: str) -> date | None:
    """Return the first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or None where that is no date."""
    return calendar_day(iso + "-01-01"[: 0 if len(iso) == 10 else 3 if len(iso) == 7 else 6]) if iso else None


def in_words(iso: str) -> str:
    """Return `2014-12-18` as `18 December 2014`, `2014-12` as `December 2014`; anything else as it is."""
    year, *rest = iso.split("-")
    if not rest or first_day(iso) is None:
        return iso
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def a_year_later(iso: str) -> str:
    """Return the day a year after `YYYY-MM-DD`, of 29 February the day before; `""` where that is none."""
    year, rest = iso[:4], iso[4:].replace("-02-29", "-02-28")
    return f"{int(year) + 1:04}{rest}" if calendar_day(iso) and year < "9999" else ""
