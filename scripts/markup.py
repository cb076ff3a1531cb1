"""Pieces of Markdown that all pages use: escaped text, links to sources, references."""

import re
from collections.abc import Iterable
from typing import Any

from claims import Register, Source, dated
from pages import CITATION

# Invisible characters: those that change the writing direction, and the control characters that Markdown uses itself.
_UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f]")


def visible(text: str) -> str:
    """Return a text on one line without invisible control characters and changes of writing direction."""
    return " ".join(filter(None, (_UNSEEN.sub("", word) for word in text.split())))


def literal(text: str) -> str:
    """Escape text so that Markdown and HTML show it as it is."""
    return re.sub(r"[\\`*_{}\[\]<>#|&~^]", lambda match: f"&#{ord(match.group())};", visible(text))


def web_address(text: str) -> str:
    """Return a web address that is safe in a link, or an empty string if the text is not one."""
    return text if re.fullmatch(r"https?://[^\s<>\\\"'`]+", text) else ""


def printed(text: str) -> str:
    """Return Markdown that is shown only in print."""
    return f'<span class="print" data-search-exclude>{text}</span>'


def name_of(verdict: str) -> str:
    """Return a verdict as readers see it: `Partly supported` for `partly-supported`."""
    return verdict.replace("-", " ").capitalize()


def source_links(names: Iterable[str], register: Register, root: str = "..") -> str:
    """Return links to sources by their short names, separated by `;`; unknown sources are left out."""
    sources = [register.sources[name] for name in dict.fromkeys(names) if name in register.sources]
    return "; ".join(f"[{literal(source.short)}]({root}/evidence/sources.md#{source.id})" for source in sources)


def with_citations(text: str, register: Register) -> str:
    """Turn `[@id; @id2]` into links to the sources."""

    def cite(match: re.Match[str]) -> str:
        links = source_links(re.findall(r"@([\w-]+)", match[1]), register)
        return f"({links})" if links else match.group()

    return CITATION.sub(cite, text)


def reference(source: Source, entry: str = "") -> str:
    """Return a source as a reference: author, title, symbol, publisher, date, and a link to the document.

    `entry` is the link to the source's own entry, which the title links to; if it is empty, the title links to the
    document. In print the document's full address is shown.
    """
    authors = source.fields.get("author")
    names = [_author(author) for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    by = f"{literal(', '.join(names))}. " if names else ""
    address = address_of(source)
    words = literal(source.text("title"))
    title = f"[{words}](<{entry or address}>)" if entry or address else words
    symbol = f" {literal(source.text('number'))}." if source.text("number") else ""
    link = ""
    if address:
        before, host, rest = _parts_of(address)
        shown = literal(host) if entry else printed(literal(host))
        link = printed(literal(before)) + shown + printed(literal(rest))
        link = f" [{link}](<{address}>)" if entry else f" {link}"
    archived = web_address(source.text("archived"))
    copy = f'<span class="screen"> [archived](<{archived}>)</span>' if archived and not entry else ""
    issued = literal(dated(source.text("issued")))
    return f"{by}{title}.{symbol} {literal(source.text('publisher'))}, {issued}.{link}{copy}"


def named_reference(source: Source, entry: str = "") -> str:
    """Return a source as a reference after the short name by which texts cite it."""
    return f"**{literal(source.short)}:** {reference(source, entry)}"


def _author(author: dict[str, Any]) -> str:
    literal_name = author.get("literal")
    return str(literal_name or " ".join(str(author[key]) for key in ("given", "family") if author.get(key)))


def address_of(source: Source) -> str:
    """Return the address of a source's document, or an empty string if it has none that a browser can open."""
    return web_address(source.text("URL"))


def _parts_of(address: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(https?://(?:www\.)?)([^/]+)(.*)", address)
    return (match[1], match[2], match[3]) if match else ("", address, "")


def sentence(text: str) -> str:
    """Return a text with its first letter capitalised."""
    return text[:1].upper() + text[1:]
