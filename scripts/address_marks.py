"""Permalinks: a link beside each paragraph, claim, heading, resolution and event to its own address.

The link works without a script; with docs/assets/links.js it copies the address. It contains no words, so the text of
record stays as it is: a style sheet draws the link, and its accessible name says where it leads.
"""

from posixpath import relpath
from xml.etree.ElementTree import Element

from claims import Register
from op_ed import PARAGRAPHS
from pages import Page

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MARK = "headerlink"  # the class of the links that the toc extension gives to headings


def mark_addresses(root: Element, register: Register) -> None:
    """Add a permalink to every element with an id; `root` is the page's tree, whose headings have theirs already."""
    holders = {child: parent for parent in root.iter() for child in parent}
    for element in list(root.iter()):
        name = element.get("id", "")
        # The list items of a reading copy repeat sources, whose addresses are on the page of sources.
        if not name or element.tag == "li" or name.startswith("fnref:") or "moved" in element.get("class", "").split():
            continue
        if element.tag in HEADINGS:
            for mark in element.findall(f"a[@class='{MARK}']"):
                mark.attrib.pop("title", None)
                mark.text = None
                mark.set("aria-label", f"Link to {_quoted(_words(element))}")
                element.set("aria-label", _words(element))  # otherwise the link's name is read as part of the heading
            continue
        label = _label(element, name, register)
        # A date's permalink comes after the event.
        holder = holders[element] if element.tag == "span" and "claim" not in element.get("class", "") else element
        mark = Element("a", {"class": MARK, "href": f"#{name}", "aria-label": f"Link to {label}"})
        if holder.tag == "p":  # it is shown before the first line, so it is read there
            mark.tail, holder.text = holder.text, None
            holder.insert(0, mark)
        else:
            holder.append(mark)


def _label(element: Element, name: str, register: Register) -> str:
    """Return the name of an element."""
    if element.tag == "p" and name in PARAGRAPHS:
        return f"paragraph {name[1:]}" if name[1:].isdigit() else f"the {name}"
    claim = register.claims.get(name)
    if claim is not None and element.tag == "span":
        return f"the claim {_quoted(claim.text('title'))}"
    return _words(element)


def _quoted(words: str) -> str:
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def _words(element: Element) -> str:
    """Return an element's words without those of its permalinks."""
    if element.tag == "a" and element.get("class") == MARK:
        return ""
    inner = [(_words(child) or "") + (child.tail or "") for child in element]
    return " ".join("".join([element.text or "", *inner]).split())


def anchor_moved(root: Element, page: Page, register: Register) -> None:
    """Add an empty anchor with the old id to each element that moved within a page."""
    places = {element.get("id", ""): element for element in root.iter()}
    for old, new in _moved_from(page, register):
        where, _, name = new.partition("#")
        if where == page.address and name in places:
            anchor = Element("span", {"id": old})
            anchor.tail, places[name].text = places[name].text, None
            places[name].insert(0, anchor)


def moved_elsewhere(page: Page, register: Register) -> str:
    """Return a line of Markdown for each element that moved to another page: its old id, and a link to it."""
    paths = {other.address: other.path for other in register.pages.values()}
    lines = []
    for old, new in _moved_from(page, register):
        where, _, name = new.partition("#")
        if where != page.address and where in paths:
            link = relpath(paths[where], page.path.rpartition("/")[0])
            lines.append(f"This has moved to [{new}]({link}#{name}).\n{{ #{old} .moved }}")
    return "\n\n".join(lines)


def _moved_from(page: Page, register: Register) -> list[tuple[str, str]]:
    """Return the page's former ids, each with its new address."""
    start = f"{page.address}#"
    return [(old.removeprefix(start), new) for old, new in register.moved.items() if old.startswith(start)]
