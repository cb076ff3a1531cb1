"""The Atom feed (RFC 4287) of new and changed verdicts, and of corrections.

It is made from the ledger, docs/data/verdicts.csv, which the checker compares with the claims, and from the page of
corrections. An entry's id is made from the claim and the day, not from where the site is published.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from citations import Site
from claims import Register
from corrections import corrections
from markup import name_of, visible

ATOM = "http://www.w3.org/2005/Atom"
# The namespace of this project's names (RFC 4122, 4.3), in which the same name always gives the same id.
_NAMES = UUID("5b0f6a5e-6a3c-4d6c-9a51-2f1f0f5d7c1e")


class _Entry(NamedTuple):
    name: str
    day: str
    title: str
    text: str
    address: str


def atom(register: Register, site: Site) -> str:
    """Return the feed, newest first. If the site has no address, links are relative to the feed's own."""
    entries = sorted(_entries(register), key=lambda entry: entry.day, reverse=True)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    SubElement(feed, "id").text = _id("feed")
    SubElement(feed, "title").text = f"{site.name}: verdicts and corrections"
    SubElement(feed, "updated").text = _time(entries[0].day if entries else register.op_ed_date)
    SubElement(SubElement(feed, "author"), "name").text = site.name
    if site.address:
        SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": site.at("feed.xml")})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": site.at("claims/") or "claims/"})
    for entry in entries:
        item = SubElement(feed, "entry")
        SubElement(item, "id").text = _id(entry.name)
        SubElement(item, "title").text = visible(entry.title)
        SubElement(item, "updated").text = _time(entry.day)
        link = site.at(entry.address) or entry.address
        SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": link})
        SubElement(item, "content", {"type": "text"}).text = visible(entry.text)
    indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def _entries(register: Register) -> Iterator[_Entry]:
    before: dict[str, str] = {}
    last = {row["claim"]: row for row in register.verdicts}
    for row in register.verdicts:
        claim = register.claims.get(row["claim"])
        if claim is None:
            continue
        verdict = name_of(row["verdict"])
        old = before.get(claim.id, verdict)
        change = f"now {verdict.lower()}, was {old.lower()}" if old != verdict else verdict
        reason = row["reason"].strip().rstrip(".")
        # The finding belongs to the latest verdict.
        finding = f" {claim.text('description')}" if last[claim.id] is row else ""
        text = f"{verdict}: {reason}.{finding}"
        name = f"verdicts/{claim.id}/{row['date']}"
        yield _Entry(name, row["date"], f"{claim.text('title')}: {change}", text, claim.page.address)
        before[claim.id] = verdict
    for correction in corrections(register):
        if correction.day:
            address = f"about/corrections/#{correction.id}"
            title = f"Correction: {correction.title}"
            yield _Entry(f"corrections/{correction.id}", correction.day, title, correction.text, address)


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(_NAMES, name)}"


def _time(day: str) -> str:
    """Return the start of a day, in universal time, as an RFC 3339 timestamp."""
    return f"{day}T00:00:00Z"
