"""The order in which each list of docs/data stands; a rule asks for it, and --fix restores it."""

from collections.abc import Callable
from typing import Any

from claims import Register
from reading import Row

ORDERS = {
    "resolutions": "body and date",
    "readings": "resolution, as in resolutions.csv",
    "events": "date, those without one last",
    "sanctions": "date",
    "parties": "state and treaty",
    "verdicts": "date",
}


def order_of(table: str, register: Register) -> Callable[[Row], Any]:
    """Return the key by which a table's rows are ordered; rows of one key keep the order that they have."""
    places = {row["symbol"]: number for number, row in enumerate(register.resolutions)}
    keys: dict[str, Callable[[Row], Any]] = {
        "resolutions": lambda row: (row["body"], row["date"]),
        "readings": lambda row: places.get(row["symbol"], len(places)),
        "events": lambda row: (not row["date"], row["date"]),
        "parties": lambda row: (row["state"], row["treaty"]),
    }
    return keys.get(table, lambda row: row["date"])
