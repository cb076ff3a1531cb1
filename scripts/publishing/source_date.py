"""The date of a build: that of the newest verdict, so that the same sources give the same site."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

from dates import calendar_day

VERDICTS = Path(__file__).resolve().parents[2] / "docs" / "data" / "verdicts.csv"


def source_date(ledger: str) -> int:
    """Return the newest date in the ledger of verdicts, in seconds since 1970, for SOURCE_DATE_EPOCH.

    Skip invalid dates, which the checker reports; without any valid one, return the first day of 1980.
    """
    days = (calendar_day(row.get("date") or "") for row in csv.DictReader(ledger.splitlines()))
    newest = max(filter(None, days), default=date(1980, 1, 1))
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())


if __name__ == "__main__":
    print(source_date(VERDICTS.read_text(encoding="utf-8")))
