"""Permalinks: every `path#id` that the site publishes, and what to add to their list."""

import difflib
import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

import op_ed
from claims import BODIES, Register
from reading import Place

MOST_RENAMED = 50  # look for new names of so many vanished addresses; more of them have another cause


def slug(symbol: str) -> str:
    """Return the id of a resolution: `a-res-69-188` for `A/RES/69/188`."""
    return re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-")


def with_new_addresses(listed: list[str], register: Register, codes: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the lines of permalinks.txt with every new address sorted in, and the new addresses.

    Comments and vanished addresses stay, because a published address is never removed. An address that may be a
    vanished one under a new name is left to the user.
    """
    published = {address for address, _ in permalinks(register, codes)}
    new = sorted(
        published.difference(line.partition(" ")[0] for line in listed).difference(
            renamed(register, published).values()
        )
    )
    head = next((i for i, line in enumerate(listed) if line and not line.startswith("# ")), len(listed))
    while head and listed[head - 1].startswith("# claims-ignore"):
        head -= 1  # a suppression stays with its address
    entries: list[tuple[str, list[str]]] = [(address, [address]) for address in new]
    above: list[str] = []
    for line in listed[head:]:
        above.append(line)
        if line and not line.startswith("# "):
            entries.append((line.partition(" ")[0], above))
            above = []
    entries.sort(key=lambda entry: entry[0])
    return [*listed[:head], *(line for _, lines in entries for line in lines if line), *above], new


def renamed(register: Register, published: Set[str]) -> dict[str, str]:
    """Return, for each listed address that vanished, the most similar new one on its page.

    `published` are the site's current addresses. An address that the list says has moved has not vanished.
    """
    listed = set(register.permalinks)
    new: dict[str, list[str]] = {}
    for address in sorted(published - listed):
        new.setdefault(address.partition("#")[0], []).append(address)
    gone = sorted(listed.difference(published, register.moved, [""])) if new else []
    found = {}
    for address in gone[:MOST_RENAMED]:
        there = new.get(address.partition("#")[0], [])
        if near := difflib.get_close_matches(address, there, 1, 0) if there else []:
            found[address] = near[0]
    return found


def permalinks(register: Register, codes: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """Yield every `path#id` that the site publishes, and the place in docs/ of its target.

    `codes` are those of all rules, each of which has an anchor on the page of checks. An address may be yielded twice.
    """
    for page in register.pages.values():
        directives = {match["name"] for match in op_ed.DIRECTIVE.finditer(page.body)}
        for heading in page.headings:
            yield f"{page.address}#{heading.id}", page.at(heading.start)
        if "header" in directives:
            yield f"{page.address}#{Path(page.path).stem}", Place(page.path)
            yield f"{page.address}#sources", Place(page.path)
        if "every-claim" in directives:
            # The ids of their sections and sources are only for links within the page; only the claims' are promised.
            for claim in register.claims.values():
                yield f"{page.address}#{claim.id}", Place(claim.page.path)
        for name in ("summary", "cited"):
            if name in directives:
                yield f"{page.address}#{'register' if name == 'summary' else 'sources'}", Place(page.path)
        rows = register.resolutions if "votes" in directives else register.events if "timeline" in directives else []
        if "votes" in directives:
            for body in BODIES:
                yield f"{page.address}#{body.lower()}", Place(page.path)
        if "changes" in directives:
            yield f"{page.address}#verdicts", Place(page.path)
        if "timeline" in directives and any(not row["date"] for row in register.events):
            yield f"{page.address}#not-found", Place(page.path)
        for row in rows:
            if "symbol" in row or row["date"]:
                yield f"{page.address}#{slug(row['symbol']) if 'symbol' in row else row['id']}", row.at()
        for code in codes if "checks" in directives else ():
            yield f"{page.address}#{code[0].lower()}", Place(page.path)
            yield f"{page.address}#{code.lower()}", Place(page.path)
        if "op-ed" in directives:
            for part in register.parts:
                for heading in register.pages[f"docs/op-ed/{part}.md"].headings:
                    yield f"{page.address}#{heading.id}", Place(page.path)
        if "sources" in directives:
            for group in dict.fromkeys(source.group for source in register.sources.values()):
                yield f"{page.address}#{group}", Place(page.path)
            for source in register.sources.values():
                yield f"{page.address}#{source.id}", source.fields.place
    for part in register.parts:
        if any(block.marks for block in register.parts[part]):
            yield f"op-ed/{part}/#checked", Place(f"docs/op-ed/{part}.md")
            yield "op-ed/whole/#checked", Place("docs/op-ed/whole.md")
        for block in register.parts[part]:
            names = [block.id] if block.id else []
            names += [mark.claim for mark in block.marks if mark.carries_id]
            for name in names:
                yield f"op-ed/{part}/#{name}", block.place
                yield f"op-ed/whole/#{name}", block.place
