"""The files beside the pages: claims, votes and sources as data, a feed, llms.txt, and redirects from short addresses.

All are made from the register; the page about/downloads.md documents the downloads. The Atom feed (RFC 4287) has new
and changed verdicts and corrections; an entry's id is made from the claim and the day, not from where the site is
published.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from opedcheck.assertions import answers
from opedcheck.citations import Site, bibtex, source_item
from opedcheck.records import FORMULA, VERDICTS, Verdict
from opedcheck.register import Claim, Register
from opedcheck.render.templates import filled
from opedcheck.text import Page, visible
from opedcheck.votes import Tally

VERSION = 2  # of claims.json: goes up when a key changes its meaning or goes away
# The namespace of this project's names (RFC 4122, 4.3), in which the same name always gives the same id.
_NAMES = UUID("5b0f6a5e-6a3c-4d6c-9a51-2f1f0f5d7c1e")


def downloads(register: Register, site: Site) -> dict[str, str]:
    """Return the text of every download by its path below the site's root."""
    items = [source_item(source) for source in register.sources.values()]
    # A feed is read elsewhere: its links are whole addresses.
    feed = {"feed.xml": atom(register, site)} if site.address else {}
    return feed | {
        "data/claims.json": claims_json(register, site),
        "data/claims.csv": _csv(map(_fields, register.claims.values())),
        "data/resolutions.csv": _csv(resolutions(register)),
        "data/sources.json": json.dumps([*map(_of_no_state, items)], ensure_ascii=False, indent=1) + "\n",
        "data/sources.bib": "\n\n".join(map(bibtex, items)) + "\n",
        "llms.txt": filled("llms.txt", register, site=site) + "\n",
    }


def _of_no_state(item: dict[str, Any]) -> dict[str, Any]:
    """Return a source as CSL styles print it rightly, which take legislation and hearings for those of one country."""
    return item | ({"type": "report"} if item["type"] in ("legislation", "hearing") else {})


def _csv(rows: Iterable[dict[str, str]]) -> str:
    """Return rows as CSV (RFC 4180 except for line ends), with their keys as the header.

    It begins with a byte order mark: without it Excel shows UTF-8 as Latin letters, curly quotes included.
    """
    listed = [*rows]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    for row in [*listed[:1], *(one.values() for one in listed)]:
        # An apostrophe keeps spreadsheet programs from running a field as a formula.
        table.writerow(f"'{field}" if field.startswith(FORMULA) else field for field in map(visible, row))
    return "\ufeff" + out.getvalue()


def claims_json(register: Register, site: Site) -> str:
    """Return claims.json, as docs/data/claims.schema.json describes it."""
    copy = register.sources.get(register.op_ed.text("compared-with"))
    claims = [
        {
            **_fields(claim),
            "sources": claim.sources,
            "asserts": [{kind: values} for kind, values in claim.assertions],
            "evidence": [
                {name: getattr(answer, name) for name in ("asserted", "outcome", "found", "sources")}
                for answer in answers(claim, register)
            ],
            "history": [{name: row[name] for name in ("date", "verdict", "reason")} for row in claim.history],
        }
        for claim in register.claims.values()
    ]
    tree = {
        "$schema": "claims.schema.json",
        "version": VERSION,
        "site": {"name": site.name, "version": site.version, "address": site.address},
        "op_ed": {
            "byline": register.recorded("byline"),
            "date": register.op_ed_date,
            "compared_with": copy.text("publisher").rpartition(", in ")[2] if copy else "",
            "compared_at": copy.text("URL") if copy else "",
            "compared_until": register.op_ed.text("compared-until") if copy else "",
        },
        "claims": claims,
    }
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def _fields(claim: Claim) -> dict[str, str]:
    """Return the fields of a claim that JSON and CSV have; sources are separated by spaces."""
    return {
        "id": claim.id,
        "title": claim.title,
        "quote": claim.quote,
        "paragraph": claim.paragraph,
        "part": claim.part,
        "verdict": claim.fields.text("verdict"),
        "finding": claim.finding,
        "sources": " ".join(claim.sources),
        "checked": claim.checked,
        "recheck": claim.recheck,
        "address": claim.page.address,
    }


def resolutions(register: Register) -> Iterator[dict[str, str]]:
    """Yield a row for each resolution, as its readings have it, with a column for each state whose votes they tell."""
    for one in register.resolutions.values():
        figures = one.tally._asdict() if one.tally else dict.fromkeys(Tally._fields, "")
        adoption = "recorded-vote" if one.tally else "without-vote" if one.voted else ""
        yield {
            "body": one.body,
            "symbol": one.symbol,
            "date": one.date,
            **{name: str(figure) for name, figure in figures.items()},
            "adoption": adoption,
            **{state.lower(): one.vote(state) for state in register.states("readings")},
            "standing": one.standing,
            "sources": " ".join(one.sources),
            "note": one.note,
        }


def atom(register: Register, site: Site) -> str:
    """Return the feed of a site with an address, newest first."""
    entries = sorted(_entries(register), key=lambda entry: entry["day"], reverse=True)
    return filled("feed.xml", register, site=site, entries=entries, id=lambda name: uuid5(_NAMES, name).urn) + "\n"


def _entries(register: Register) -> Iterator[dict[str, Any]]:
    """Yield what each entry is about: a row of the ledger, in its order, or a correction."""
    before: dict[str, Verdict] = {}
    for row in register.tables["verdicts"]:
        claim, verdict = register.claims.get(row["claim"]), VERDICTS.get(row["verdict"])
        if claim and verdict:
            name, old = f"verdicts/{claim.id}/{row['date']}", before.get(claim.id, verdict)
            yield {"name": name, "day": row["date"], "row": row, "claim": claim, "verdict": verdict, "before": old}
            before[claim.id] = verdict
    for correction in register.corrections:
        if correction.day:
            name = f"corrections/{correction.id}"
            yield {"name": name, "day": correction.day, "claim": None, "correction": correction}


# --- redirects --------------------------------------------------------------------------------------------------------


def url_of(page: Page, folders: bool = True) -> str:
    """Return a page's URL below the site's root; without `folders` it is a file's, for a copy opened from a disk."""
    return page.address if folders else page.path.removeprefix("docs/").removesuffix(".md") + ".html"


def redirects(register: Register, site: Site, folders: bool = True) -> dict[str, str]:
    """Return each redirect: its path below the site's root, and its HTML.

    If the site has no address, canonical links are relative.
    """
    claims = [(f"c/{claim.id}/", claim.page, claim, "") for claim in register.claims.values()]
    paragraphs = [
        (f"{name}/", register.parts[part], None, f"#{name}")
        for name, part in register.part_of.items()
        if name in register.names and name[1:].isdigit()
    ]
    made = {}
    for short, page, claim, fragment in [*claims, *paragraphs]:
        up, url = "../" * short.count("/"), url_of(page, folders)
        values = {"page": page, "claim": claim, "fragment": fragment, "up": up, "target": up + url}
        made[f"{short}index.html"] = filled("redirect.html", register, site=site, **values) + "\n"
    return made
