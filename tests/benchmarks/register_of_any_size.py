"""Make a project with any number of claims that passes every rule: the same parts and paragraphs, longer."""

import hashlib
from datetime import date
from pathlib import Path

from claims import (
    COUNTRY_VOTE_COLUMNS,
    EVENT_COLUMNS,
    PARTY_COLUMNS,
    READING_COLUMNS,
    RESOLUTION_COLUMNS,
    SANCTION_COLUMNS,
    VERDICT_COLUMNS,
    load,
)
from op_ed import PARAGRAPHS, PARTS
from permalinks import permalinks
from rules import RULES
from seals import with_seals

CLAIM = """---
title: Claim {number}
description: Resolution 69/188 was adopted by 116 to 20 with 53 abstentions.
quote: {quote}
paragraph: {paragraph}
verdict: supported
asserts:
- tally: {{resolution: A/RES/69/188, yes: 116, no: 20, abstain: 53}}
sources: [source-{source}]
checked: 2026-11-23
recheck: 2126-11-23
---
<!-- claims/header claim-{number} -->

## What the op-ed says {{ #says }}

It gives a tally.

## What the record shows {{ #record }}

The tally “116 yes, 20 no, and 53 abstentions” is on record [@source-{source}].

## Why this verdict {{ #why }}

The figures agree.
"""

SOURCE = """- id: source-{number}
  type: webpage
  title: Source {number}
  publisher: Publisher {number}
  issued: 2014-12-19
  URL: https://example.org/{number}
  accessed: 2026-11-23
  excerpt: with a vote of 116 yes, 20 no, and 53 abstentions
"""


def write_register(root: Path, count: int) -> None:
    """Write a project with `count` claims and a tenth as many sources below `root`."""
    docs = root / "docs"
    for name in ("op-ed", "claims", "data"):
        (docs / name).mkdir(parents=True)
    sources = max(count // 10, 1)
    owned: dict[str, list[int]] = {name: [] for name in PARAGRAPHS}
    paragraphs = [name for name in PARAGRAPHS if name not in ("date", "byline")]
    for number in range(count):
        owned[paragraphs[number * len(paragraphs) // count]].append(number)
    quotes = {number: f"The vote number {number} was 116-20 with 53 abstentions" for number in range(count)}
    record, pages = [], {part: f"# {part} {{ #{part} }}\n" for part in PARTS}
    for part, names in PARTS.items():
        for name in names:
            plain = [f"{quotes[number]}." for number in owned[name]]
            marked = [f"[{quotes[number]}]{{ #claim-{number} .claim }}." for number in owned[name]]
            plain, marked = (plain, marked) if plain else ([f"About {name}."], [f"About {name}."])
            record.append(" ".join(plain))
            pages[part] += "\n" + "\n".join(marked) + f"\n{{ #{name} }}\n"
            for number in owned[name]:
                text = CLAIM.format(number=number, quote=quotes[number], paragraph=name, source=number % sources)
                (docs / "claims" / f"claim-{number}.md").write_text(text, encoding="utf-8")
    for part, text in pages.items():
        (docs / "op-ed" / f"{part}.md").write_text(text, encoding="utf-8")
    empty = [name for name in PARAGRAPHS if not owned[name]]
    listed = "".join(f"- {{paragraph: {name}, begins: About, kind: connective}}\n" for name in empty)
    texts = {
        "op-ed.txt": "\n".join(record),
        "op-ed.txt.sha256": hashlib.sha256("\n".join(record).encode()).hexdigest() + "  op-ed.txt\n",
        "passages.yml": f"passages:\n{listed}",
        "sources.yml": "op-ed:\n  title: An op-ed\n  author: []\nreferences:\n"
        + "".join(SOURCE.format(number=number) for number in sorted(range(sources), key=str)),
        "resolutions.csv": ",".join(RESOLUTION_COLUMNS)
        + "\nGA,A/RES/69/188,2014-12-18,116,20,53,recorded-vote,,reported,source-0,\n",
        "readings.csv": ",".join(READING_COLUMNS) + "\nA/RES/69/188,source-0,2014-12-18,recorded-vote,116,20,53,\n",
        "cambodia-votes.csv": ",".join(COUNTRY_VOTE_COLUMNS) + "\n",
        "events.csv": ",".join(EVENT_COLUMNS) + "\n",
        "sanctions.csv": ",".join(SANCTION_COLUMNS) + "\n",
        "parties.csv": ",".join(PARTY_COLUMNS) + "\n",
        "verdicts.csv": ",".join(VERDICT_COLUMNS)
        + "".join(f"\nclaim-{number},2026-11-23,supported,first judged" for number in range(count))
        + "\n",
        "seals.txt": "",
        "permalinks.txt": "",
    }
    for name, text in texts.items():
        (docs / "data" / name).write_text(text, encoding="utf-8")
    register = load(root, date.today())
    addresses = sorted({address for address, _ in permalinks(register, RULES)})
    (docs / "data" / "permalinks.txt").write_text("\n".join(addresses) + "\n", encoding="utf-8")
    (docs / "data" / "seals.txt").write_text("\n".join(with_seals(register)[0]) + "\n", encoding="utf-8")
