"""Dates in prose and in data: which are found, and which are valid."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from opedcheck.dates import calendar_day, find_dates, first_day, in_words, today


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("adopted on December 18, 2014, with", ["2014-12-18"]),
        ("on 18 December 2014.", ["2014-12-18"]),
        ("on Thursday, 18 December 2014.", ["2014-12-18"]),
        ("the UN report in 2022, arbitrary", ["2022"]),
        ("Since 2003, the", ["2003"]),
        ("from 2024 onward.", ["2024"]),
        ("in December 2014 and in 2015", ["2014-12", "2015"]),
        ("checked: 2026-11-23", ["2026-11-23"]),
        ("on 31 November 2014", ["2014-11-31"]),
        ("on November 0, 2014 and 2014-11-00", ["2014-11-00", "2014-11-00"]),
        ("A/RES/69/188, E/CN.4/RES/2003/10 and 123-16 and 51", []),
        ("S/2017/150 counts 30,000 rounds", []),
        ("from 2016-2020", ["2016", "2020"]),
    ],
)
def test_dates_are_found_in_the_forms_that_people_write(text: str, found: list[str]) -> None:
    assert [written.iso for written in find_dates(text)] == found


def test_a_date_knows_its_words_weekday_and_whether_it_looks_ahead() -> None:
    (written,) = find_dates("It met on Thursday, December 18, 2014.")
    assert (written.words, written.weekday, written.onward) == ("Thursday, December 18, 2014", "Thursday", False)
    assert [written.onward for written in find_dates("from 2024 onward, not since 2023")] == [True, False]


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2014-12-18", date(2014, 12, 18)),
        ("2016-02-29", date(2016, 2, 29)),
        ("2014-02-29", None),
        ("2014-11-31", None),
        ("2014-13-01", None),
        ("2014", None),
        ("18.12.2014", None),
        ("", None),
    ],
)
def test_the_calendar_is_asked(iso: str, day: date | None) -> None:
    assert calendar_day(iso) == day


def test_a_year_or_month_begins_with_its_first_day() -> None:
    assert first_day("2014") == date(2014, 1, 1)
    assert first_day("2014-12") == date(2014, 12, 1)
    assert first_day("2014-13") is None
    assert first_day("later") is None


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2014-12-18", "18 December 2014"), ("2014-12", "December 2014"), ("2014", "2014"), ("2014-02-31", "2014-02-31")],
)
def test_dates_are_written_out_for_readers(iso: str, words: str) -> None:
    assert in_words(iso) == words


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_what_is_dated_today_anywhere_is_not_in_the_future(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    before = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    assert before <= today() <= datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    monkeypatch.undo()
    time.tzset()
