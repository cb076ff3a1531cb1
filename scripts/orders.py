"""The sort order of each table in docs/data; a rule checks it, and --fix restores it."""

from collections.abc import Callable
from typing import Any

from claims import Register
from reading import Row

ORDERS = {
    "resolutions": "body and date",
    "readings": "resolution, as in resolutions.csv",
    "cambodia_votes": "date",
    "events": "date, those without one last",
    "sanctions": "date",
    "parties": "state and treaty",
    "verdicts": "date",
}


def order_of(table: str, register: Register) -> Callable[[Row], Any]:
    """Return the sort key of a table's rows; rows with the same key keep their order."""
    places = {row["symbol"]: number for number, row in enumerate(register.resolutions)}
    keys: dict[str, Callable[[Row], Any]] = {
        "resolutions": lambda row: (row["body"], row["date"]),
        "readings": lambda row: places.get(row["symbol"], len(places)),
        "events": lambda row: (not row["date"], row["date"]),
        "parties": lambda row: (row["state"], row["treaty"]),
    }
    return keys.get(table, lambda row: row["date"])
