"""Seals: a digest of each piece of evidence as it was when a person last compared it with its source.

`docs/data/seals.txt` has a line for each, `digest  name`. Most evidence is written down in one place only, so nothing
but its seal shows that a word of an excerpt, a date or a figure was changed.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from claims import Register
from reading import Place, Row, Sequence, Value

SEAL = r"[0-9a-f]{16}  \S.*"
_DIGITS = 16  # of the digest's 64: enough against slips, not against forgery
_UNSEALED = ("accessed", "archived", "note")  # fields about the source that are not from the source
_UNSEALED_COLUMNS = ("standing", "sources", "note")  # columns of a resolution derived from its readings


class Evidence(NamedTuple):
    """A piece of evidence: its name in seals.txt, its digest, and its place."""

    name: str
    digest: str
    place: Place


def evidence(register: Register) -> Iterator[Evidence]:
    """Yield every source and every row of the evidence with its digest, which doesn't depend on the order of keys.

    Claims' assertions and lines of the ledger are included: both may change, but not unnoticed.
    """
    for claim in register.claims.values():
        if asserted := claim.fields.get("asserts"):
            yield Evidence(f"asserts/{claim.id}", _digest({"asserts": asserted}), claim.fields.at("asserts"))
    for source in register.sources.values():
        said = {key: value for key, value in source.fields.items() if key not in _UNSEALED}
        yield Evidence(f"sources/{source.id}", _digest(said), source.fields.place)
    tables: list[tuple[str, list[Row], tuple[str, ...]]] = [
        ("resolutions", register.resolutions, ("symbol",)),
        ("readings", register.readings, ("symbol", "source")),
        ("cambodia-votes", register.cambodia_votes, ("symbol",)),
        ("events", register.events, ("id",)),
        ("sanctions", register.sanctions, ("symbol",)),
        ("parties", register.parties, ("state", "treaty")),
        ("verdicts", register.verdicts, ("claim", "date")),
    ]
    for table, rows, key in tables:
        unsealed = _UNSEALED_COLUMNS if table == "resolutions" else ()
        for row in rows:
            said = {name: field for name, field in row.items() if name not in unsealed}
            yield Evidence("/".join([table, *(row[name] for name in key)]), _digest(said), row.at())


def _digest(said: dict[str, Value]) -> str:
    return hashlib.sha256(_written(said).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _written(value: object) -> str:
    """Serialise a value so that different values give different texts, and the order of keys makes no difference."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(map(_written, value)) + "]"
    return repr(value)


def sealed(lines: list[str]) -> dict[str, tuple[str, int]]:
    """Return the digest and line number of each seal in seals.txt, by name. Ill-formed lines are left out."""
    found = {}
    for number, line in enumerate(lines, start=1):
        digest, gap, name = line.partition("  ")
        if gap and not line.startswith("#"):
            found[name] = (digest, number)
    return found


def with_seals(register: Register, anew: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """Return the lines of seals.txt with all new evidence sealed, and the evidence named in `anew` resealed.

    Also return the names sealed. Any other seal that no longer matches stays as it is.
    """
    before = sealed(register.seals)
    comments = [line for line in register.seals if line.startswith("#")]
    digests = {name: digest for name, (digest, _) in before.items()}
    changed = []
    # Evidence that a broken line was meant to seal is not new; the user fixes the line first.
    broken = [line for line in register.seals if line and not line.startswith("#") and not re.fullmatch(SEAL, line)]
    for name, digest, _ in evidence(register):
        if name not in digests and any(line.endswith(name) for line in broken):
            continue
        if name not in digests or (name in anew and digests[name] != digest):
            digests[name] = digest
            changed.append(name)
    return [*comments, *broken, *(f"{digests[name]}  {name}" for name in sorted(digests))], changed
