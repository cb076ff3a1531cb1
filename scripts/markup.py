"""Pieces of Markdown that every page is made of: literal text, links to sources, references."""

import re
from collections.abc import Iterable
from typing import Any

from claims import Register, Source, dated

# What is not shown but turns the direction of all that follows, and what Markdown marks its own places with.
_UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f]")


def literal(text: str) -> str:
    """Write text of the data so that Markdown and HTML show it as it is."""
    seen = _UNSEEN.sub("", " ".join(text.split()))
    return re.sub(r"[\\`*_{}\[\]<>#|&~^]", lambda match: f"&#{ord(match.group())};", seen)


def web_address(text: str) -> str:
    """Give an address of the web that can stand in a link, or nothing where the text is none."""
    return text if re.fullmatch(r"https?://[^\s<>\\\"'`]+", text) else ""


def name_of(verdict: str) -> str:
    """Give a verdict as readers see it: `partly-supported` is `Partly supported`."""
    return verdict.replace("-", " ").capitalize()


def source_links(names: Iterable[str], register: Register, root: str = "..") -> str:
    """Give links to sources by their short names, `;` between them; unknown ones are left out."""
    sources = [register.sources[name] for name in dict.fromkeys(names) if name in register.sources]
    return "; ".join(f"[{literal(source.short)}]({root}/evidence/sources.md#{source.id})" for source in sources)


def reference(source: Source, entry: str = "") -> str:
    """Write a source as a reference: author, title, symbol, publisher, date, and a link to the document.

    `entry` is the way to the source's own entry; the title leads there, or to the document where it is empty.
    """
    authors = source.fields.get("author")
    names = [_author(author) for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    by = f"{literal(', '.join(names))}. " if names else ""
    address = web_address(source.text("URL"))
    words = literal(source.text("title"))
    title = f"[{words}](<{entry or address}>)" if entry or address else words
    symbol = f" {literal(source.text('number'))}." if source.text("number") else ""
    link = f" [{literal(_host(address))}](<{address}>)" if entry and address else ""
    archived = web_address(source.text("archived"))
    copy = f" [archived](<{archived}>)" if archived and not entry else ""
    issued = literal(dated(source.text("issued")))
    return f"{by}{title}.{symbol} {literal(source.text('publisher'))}, {issued}.{link}{copy}"


def _author(author: dict[str, Any]) -> str:
    literal_name = author.get("literal")
    return str(literal_name or " ".join(str(author[key]) for key in ("given", "family") if author.get(key)))


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?([^/]+).*$", r"\1", address)


def sentence(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
