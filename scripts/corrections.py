"""The corrections of this site: the entries of the page of corrections, and the verdicts that changed.

An entry is a heading that begins with its day, and the text below it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims import VERDICTS, Register
from dates import calendar_day, find_dates, in_words
from markup import literal, name_of, sentence
from reading import Place, Row

PAGE = "docs/about/corrections.md"


class Correction(NamedTuple):
    """A correction: the id of its heading, its day as YYYY-MM-DD or nothing, what was corrected, and its text."""

    id: str
    day: str
    title: str
    text: str
    place: Place


def corrections(register: Register) -> Iterator[Correction]:
    """Yield the corrections in the order of the page: `## 1 December 2026: the date of … { #id }` and what follows."""
    page = register.pages.get(PAGE)
    for heading in page.headings if page else ():
        words = page.text[heading.start : heading.end].rpartition("{")[0].strip() if page else ""
        if page is None or not words.startswith("## "):
            continue
        words = words.removeprefix("## ")
        written = next(find_dates(words), None)
        day = written.iso if written and written.start == 0 and calendar_day(written.iso) else ""
        title = words[written.end :].lstrip(" :–—") if written and day else words
        start, end = page.section(heading.id) or (0, 0)
        text = re.sub(r"<!--.*?-->", "", page.text[start:end], flags=re.DOTALL)
        yield Correction(heading.id, day, title, " ".join(text.split()), page.at(heading.start))


def changed_verdicts(register: Register) -> Iterator[tuple[Row, str]]:
    """Yield each row of the ledger that changed a verdict, oldest first, and the verdict before."""
    before: dict[str, str] = {}
    for row in register.verdicts:
        if row["claim"] in register.claims and before.get(row["claim"], row["verdict"]) != row["verdict"]:
            yield row, before[row["claim"]]
        before[row["claim"]] = row["verdict"]


def changes(register: Register, _argument: str) -> str:
    """List the verdicts that changed, newest first, each with its reason."""
    rows = ["| Date | Claim | Verdict before | Verdict now | Why |", "| --- | --- | --- | --- | --- |"]
    for row, before in reversed(list(changed_verdicts(register))):
        claim = register.claims[row["claim"]]
        day = literal(in_words(row["date"])).replace(" ", "\u00a0")
        old, new = (f"{VERDICTS.get(name, '')}\u00a0{literal(name_of(name))}" for name in (before, row["verdict"]))
        reason = literal(sentence(row["reason"].strip().rstrip("."))) + "."
        rows.append(f"| {day} | [{literal(claim.text('title'))}](../claims/{claim.id}.md) | {old} | {new} | {reason} |")
    listed = "\n".join(rows) if len(rows) > 2 else "No verdict has changed so far."
    return f"## Verdicts that changed {{ #verdicts }}\n\n{listed}"
