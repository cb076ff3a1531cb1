"""Make a project with any number of claims that passes every rule: the same parts and paragraphs, longer."""

from datetime import date
from pathlib import Path

from opedcheck.cli import list_addresses, seal
from opedcheck.records import RECORDS, TABLES
from opedcheck.register import load

# The paragraphs of each part.
PARTS = {
    "beginning": ["date", *(f"p{number}" for number in range(1, 8))],
    "middle": [f"p{number}" for number in range(8, 15)],
    "end": [*(f"p{number}" for number in range(15, 22)), "byline"],
}
FIXED = {"date": "January 2, 2024", "byline": "By a writer."}

PAGE = """---
title: {title}
description: {title}.
---
"""

CLAIM = """---
title: Claim {number}
description: Resolution 69/188 was adopted by 116 to 20 with 53 abstentions.
verdict: supported
asserts:
- tally: {{resolution: A/RES/69/188, yes: 116, no: 20, abstain: 53}}
checked: 2026-11-23
---
<!-- claims/header claim-{number} -->

## What the record shows {{ #record }}

The tally “116 yes, 20 no, and 53 abstentions” is on record [@source-{source}].

## Why this verdict {{ #why }}

The figures agree.
"""

SOURCE = """- id: source-{number}
  type: webpage
  title: Source {number}
  publisher: Publisher {number}
  form: original
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
    paragraphs = [name for names in PARTS.values() for name in names if name not in FIXED]
    owned: dict[str, list[int]] = {name: [] for name in paragraphs}
    for number in range(count):
        owned[paragraphs[number * len(paragraphs) // count]].append(number)
    quotes = {number: f"The vote number n{number} was 116-20 with 53 abstentions" for number in range(count)}
    record = []
    for part, names in PARTS.items():
        text = PAGE.format(title=part.capitalize()) + f"# {part.capitalize()} {{ #{part} }}\n"
        for name in names:
            plain = [f"{quotes[number]}." for number in owned.get(name, [])]
            marked = [f"[{quotes[number]}]{{ #claim-{number} .claim }}." for number in owned.get(name, [])]
            if not plain:
                plain = marked = [FIXED.get(name, f"About {name}.")]
            record.append(" ".join(plain))
            text += "\n" + "\n".join(marked) + f"\n{{ #{name} }}\n"
            for number in owned.get(name, []):
                page = CLAIM.format(number=number, source=number % sources)
                (docs / "claims" / f"claim-{number}.md").write_text(page, encoding="utf-8")
        (docs / "op-ed" / f"{part}.md").write_text(text, encoding="utf-8")
    begins = FIXED | {name: "About" for name in paragraphs if not owned[name]}
    listed = "".join(
        f'- {{paragraph: {name}, begins: "{words}", kind: connective}}\n' for name, words in begins.items()
    )
    rows = {
        "readings": ["A/RES/69/188,source-0,2014-12-18,,116,20,53,"],
        "verdicts": [f"claim-{number},2026-11-23,supported,supported,first judged" for number in range(count)],
    }
    texts = {f"{table}.csv": "\n".join([",".join(RECORDS[table].fields), *rows.get(table, [])]) for table in TABLES} | {
        "op-ed.txt": "\n".join(record),
        "passages.yml": f"passages:\n{listed}",
        "sources.yml": "op-ed:\n  title: An op-ed\n  author: []\nreferences:\n"
        + "".join(SOURCE.format(number=number) for number in sorted(range(sources), key=str)),
        "permalinks.txt": "",
        "SHA256SUMS": "",
    }
    for name, text in texts.items():
        (docs / "data" / name).write_text(text, encoding="utf-8")
    list_what_follows(root)


def list_what_follows(root: Path) -> None:
    """List the addresses of a project, and the sums of its evidence, as they are now."""
    for name in ("permalinks.txt", "SHA256SUMS"):
        (root / "docs" / "data" / name).write_text("", encoding="utf-8")
    register = load(root, date.today())
    list_addresses(register)
    seal(register, list(register.digests))
