"""What is only in print: the number of each claim, and in words where a link leads.

A printed link would not show its target. The print style sheet adds the words found here after the link's own.
"""

import re
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from claim_pages import numbers
from claims import Register, text_of

_LINK = re.compile(r"(?P<path>[\w./-]+\.md)?(?:#(?P<place>[\w:-]+))?")


def tell_ways(root: Element, register: Register) -> None:
    """Add to each link within the site what it leads to, as `data-way`, unless its words already say so.

    That is "claim 7", "paragraph 3" or a page's title. Links whose words include the claim's number are left alone.
    """
    number = numbers(register)
    for link in root.iter("a"):
        href = link.get("href", "")
        match = _LINK.fullmatch(href)
        if match is None or link.get("class") or link.get("data-claim-number"):
            continue
        words = "".join(link.itertext())
        way = _way(match["path"] or "", match["place"] or "", number, register)
        if way and "/" not in words and not _says(words, way):
            link.set("data-way", way)


def _way(path: str, place: str, number: dict[str, int], register: Register) -> str:
    """Return in words what a link leads to, or an empty string for a source, which the link's words name."""
    found = PurePosixPath(path)
    if path and found.stem in number and found.parent.name in ("", "claims"):
        return f"claim {number[found.stem]}"
    if path and found.parent.name == "op-ed" and place:
        place = register.claims[place].text("paragraph") if place in register.claims else place
        path = path if re.fullmatch(r"p\d+", place) else ""  # the link's words say which: the date or the byline
    if re.fullmatch(r"p\d+", place):
        return f"paragraph {place[1:]}"
    if not path and place in number:
        return f"claim {number[place]}"
    if not path or found.name == "index.md" or (found.name == "sources.md" and place):
        return ""
    tail = path.replace("../", "")
    titles = [text_of(page.fields, "title") for page in register.pages.values() if page.path.endswith("/" + tail)]
    return f"“{titles[0]}”" if len(titles) == 1 else ""


def _says(words: str, way: str) -> bool:
    """Return whether a link's words already name what it leads to."""
    said, told = " ".join(words.lower().split()), way.lower().strip("“”")
    return told in said or said in told or said == told.replace("paragraph ", "p")
