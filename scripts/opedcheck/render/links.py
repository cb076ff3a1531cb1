"""Pieces of Markdown that all pages use, references, permalinks, and what printed links lead to.

A permalink works without a script; with docs/assets/links.js it copies the address. It contains no words, so that the
text of record stays as it is: a style sheet draws the link, and its accessible name says where it leads.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element

from opedcheck.assertions import answers
from opedcheck.citations import in_quotation_marks, name_in_order, names_of
from opedcheck.records import Source, dated
from opedcheck.register import Claim, Register
from opedcheck.text import CITATION, paragraph_words, visible

ARCHIVE = "https://web.archive.org/web/"
PERMALINK = "headerlink"  # the class of the links that the toc extension gives to headings
_LINK = re.compile(r"(?P<path>[\w./-]+\.md)?(?:#(?P<place>[\w:-]+))?")


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """Return text that Markdown and HTML show as it is."""
    return re.sub(r"[\\`*_{}\[\]<>#|&~^]", lambda match: f"&#{ord(match.group())};", visible(text))


def web_address(text: str) -> str:
    """Return a web address that is safe in a link; `""` where the text is none."""
    return text if re.fullmatch(r"https?://[^\s<>\\\"'`]+", text) else ""


def language_of(source: Source) -> str:
    """Return the language of a source's excerpts as HTML names it; `und` where its entry names none that can be."""
    language = source.text("language") or "en"
    return language if re.fullmatch(r"[\w-]+", language) else "und"


def printed(text: str) -> str:
    """Return Markdown that is shown only in print; reader views, which have no style sheets, know `hidden`."""
    return f'<span class="print" data-search-exclude hidden>{text}</span>'


def sentence(text: str) -> str:
    """Return a text with its first letter capitalised."""
    return text[:1].upper() + text[1:]


def marked_claims(register: Register) -> list[Claim]:
    """Return the claims that are marked in the op-ed, in its order; only they have a number."""
    return [claim for claim in register.claims.values() if claim.number]


def sources_of(names: Iterable[str], register: Register) -> list[Source]:
    """Return the sources with these ids, each once; unknown ones are left out."""
    return [register.sources[name] for name in dict.fromkeys(names) if name in register.sources]


def ranked(claim: Claim, register: Register) -> list[str]:
    """Return the ids of the sources that a claim's page cites; first those that answer what the claim asserts."""
    answering = {name for answer in answers(claim, register) for name in answer.sources}
    return sorted(claim.sources, key=lambda name: name not in answering)


def source_links(names: Iterable[str], register: Register) -> str:
    """Return links to sources by their short names, separated by `;`; unknown sources are left out."""
    found = sources_of(names, register)
    return "; ".join(f"[{escaped(source.short)}](../evidence/sources.md#{source.id})" for source in found)


def with_citations(text: str, register: Register) -> str:
    """Turn `[@id; @id2]` into links to the sources."""

    def cite(match: re.Match[str]) -> str:
        links = source_links(re.findall(r"@([\w-]+)", match[1]), register)
        return f"({links})" if links else match.group()

    return CITATION.sub(cite, text)


def reference(source: Source, entry: str = "", named: bool = False) -> str:
    """Return a source as a reference: author, title, publisher, date, and a link to the document.

    Where the source is `named` before it by its publisher, the publisher is not repeated.
    `entry` is the link to the source's own entry, which the title links to; if it is empty, the title links to the
    document. In print the document's address is shown, without the `https://` with which browsers begin by themselves,
    and with places to break it.
    """
    names = ", ".join(map(name_in_order, names_of(source)))
    by = f"{escaped(names)}. " if names else ""
    address = web_address(source.text("URL"))
    words = escaped(source.text("title"))
    title = f"[{words}](<{entry or address}>)" if entry or address else words
    link = ""
    if parts := re.fullmatch(r"(https?://(?:www\.)?)([^/]+)(.*)", address):
        before, host, rest = map(escaped, parts.groups())
        whole = printed(re.sub(r"(?<=[^/]/)\b|\b(?=\.)", "<wbr>", escaped(address.removeprefix("https://"))))
        link = f" [{printed(before)}{host}{printed(rest)}](<{address}>)" if entry else f" {whole}"
    archived = web_address(source.text("archived"))
    copy = f'<span class="screen"> [archived](<{archived}>)</span>' if archived and not entry else ""
    publisher, issued = source.text("publisher"), dated(source.text("issued"))
    told = sentence(issued) if named and source.short.startswith(f"{publisher} ") else f"{publisher}, {issued}"
    end = "" if re.search(r"[?!]”?$", source.text("title")) else "."
    return f"{by}{title}{end} {escaped(told)}.{link}{copy}"


def add_permalinks(root: Element, register: Register) -> None:
    """Add a permalink to every element with an id; `root` is the page's tree, whose headings have theirs already."""
    places = [(holder, child) for holder in root.iter() for child in holder if child.get("id")]
    for parent, element in places:
        name = element.attrib["id"]
        # A reading copy's list of sources repeats the page of sources; an element without words is an old address.
        if element.tag == "li" or name.startswith("fnref:") or not (words := _words(element)):
            continue
        if re.fullmatch("h[1-6]", element.tag):
            for mark in element.findall(f"a[@class='{PERMALINK}']"):
                mark.attrib.pop("title", None)
                mark.text = None
                mark.set("aria-label", f"Link to {in_quotation_marks(words)}")
                element.set("aria-label", words)  # otherwise the link's name is read as part of the heading
            continue
        label = words
        if element.tag == "p" and name in register.names:
            label = paragraph_words(name)
        elif "claim" in element.get("class", "").split() and name in register.claims:
            label = f"the claim {in_quotation_marks(register.claims[name].title)}"
        # A date's permalink comes after the event.
        holder = parent if element.tag == "span" and "claim" not in element.get("class", "") else element
        mark = Element("a", {"class": PERMALINK, "href": f"#{name}", "aria-label": f"Link to {label}"})
        if holder.tag == "p":  # it is shown before the first line, so it is read there
            mark.tail, holder.text = holder.text, None
            holder.insert(0, mark)
        else:
            holder.append(mark)


def _words(element: Element) -> str:
    """Return an element's words without those of its permalinks."""
    if element.tag == "a" and element.get("class") == PERMALINK:
        return ""
    return " ".join("".join([element.text or "", *(_words(child) + (child.tail or "") for child in element)]).split())


def name_targets(root: Element, register: Register) -> None:
    """Add to each link within the site what it leads to, as `data-way`, unless its words already say so.

    That is "claim 7", "paragraph 3" or a page's title; the print style sheet adds it after the link's words. Links
    whose words include the claim's number are left alone.
    """
    for link in root.iter("a"):
        match = _LINK.fullmatch(link.get("href", ""))
        if match is None or link.get("class") or link.get("data-claim-number"):
            continue
        if target := _target(match["path"] or "", match["place"] or "", register):
            said, named = " ".join("".join(link.itertext()).lower().split()), target.lower().strip("“”")
            if not ("/" in said or named in said or said in named or said == named.replace("paragraph ", "p")):
                link.set("data-way", target)


def _target(path: str, place: str, register: Register) -> str:
    """Return in words what a link leads to; `""` for a source, which the link's words name."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    folder, claims = folder.rpartition("/")[2], register.claims
    if claim := claims.get(place if not path else name if folder in ("", "claims") else ""):
        return f"claim {claim.number}"
    if folder == "op-ed" and place in claims:
        place = claims[place].paragraph
    if re.fullmatch(r"p\d+", place):
        return paragraph_words(place)
    # The words of a link to the date or the byline say which it is.
    if not path or name == "index" or (place and (folder == "op-ed" or name == "sources")):
        return ""
    tail = "/" + path.replace("../", "")
    titles = [page.title for page in register.pages.values() if page.path.endswith(tail)]
    return f"“{titles[0]}”" if len(titles) == 1 else ""
