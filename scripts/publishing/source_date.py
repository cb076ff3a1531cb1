"""The day that a build is dated by: that of the newest verdict, so that the same sources give the same site."""

import csv
from datetime import UTC, datetime
from pathlib import Path

VERDICTS = Path(__file__).resolve().parents[2] / "docs" / "data" / "verdicts.csv"


def source_date(ledger: str) -> int:
    """Give the newest day of the ledger of verdicts, in seconds since 1970 as SOURCE_DATE_EPOCH has it."""
    newest = max(row["date"] for row in csv.DictReader(ledger.splitlines()))
    return int(datetime.fromisoformat(newest).replace(tzinfo=UTC).timestamp())


if __name__ == "__main__":
    print(source_date(VERDICTS.read_text(encoding="utf-8")))
