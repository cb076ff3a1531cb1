"""S: sources: each is complete, unique, reachable and quoted briefly."""

import re
from collections.abc import Iterator
from itertools import pairwise

from claims import OWN_RECORD, Register, Source, text_of
from op_ed import PARAGRAPHS
from reading import Mapping, Sequence
from rules.registry import ID, Fault, fields_fault, files_readable, rule

LONGEST_EXCERPT = 30  # words

files_readable(
    "S001",
    "docs/data/sources",
    text="""The list of sources can be read and parsed.

    Why: if the sources can't be read, no claim has any.

    Bad, in docs/data/sources.yml:
        references: {

    Good:
        references:
    """,
)

_SOURCE_FIELDS: dict[str, type] = dict.fromkeys(
    ("id", "type", "title", "publisher", "issued", "year-suffix", "URL", "number", "language", "accessed", "excerpt",
     "record", "archived", "note"), str
)  # fmt: skip
_OP_ED_FIELDS: dict[str, type] = {
    "title": str, "author": Sequence, "note": str, "compared-with": str, "compared-until": str
}  # fmt: skip
_CSL_TYPES = ("article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "hearing",
              "interview", "legal_case", "legislation", "post-weblog", "report", "speech", "treaty",
              "webpage")  # fmt: skip
_UN_SYMBOL = re.compile(
    r"(?:A/(?:HRC/)?(?:RES|DEC)/\d+/\d+|A/(?:HRC/)?\d+/\d+(?:/Add\.\d+)?|A/HRC/\d+/(?:CRP|L)\.\d+|A/\d+/PV\.\d+"
    r"|A/C\.3/\d+/(?:L|SR)\.\d+(?:/Rev\.\d+)?|S/RES/\d+ \(\d{4}\)|S/\d{4}/\d+|S/PV\.\d+|E/CN\.4/RES/\d{4}/\d+"
    r"|E/CN\.4/\d{4}/\d+|GA/\d+|SC/\d+|GA/SHC/\d+)"
)


@rule("S002")
def source_fields(register: Register) -> Iterator[Fault]:
    """A source has its id, type, title, publisher, issued, accessed and URL, and no unknown fields.

    Why: references, downloads and citations are built from these fields.

    Bad, in docs/data/sources.yml:
          title: UN chief says North Korea has increased repression of rights
          published: Associated Press, in KTAR

    Good:
          title: UN chief says North Korea has increased repression of rights
          publisher: Associated Press, in KTAR
    """
    until = text_of(register.op_ed, "compared-until")
    if register.sources:
        yield from fields_fault(register.op_ed, _OP_ED_FIELDS, tuple(_OP_ED_FIELDS)[2:])
    if until and until not in PARAGRAPHS:
        yield register.op_ed.at("compared-until"), f"'{until}' is no paragraph; name the one where the copy broke off"
    for item, place in zip(register.references, register.references.items_at, strict=True):
        if not isinstance(item, Mapping):
            yield place, "a reference must be keys with values; rewrite it"
            continue
        wanted = dict(_SOURCE_FIELDS)
        if isinstance(item.get("issued"), int):
            wanted["issued"] = int
        optional = ("year-suffix", "number", "language", "record", "excerpt", "excerpts", "archived", "note", "author")
        yield from fields_fault(item, {**wanted, "author": Sequence, "excerpts": Sequence}, optional)
        yield from _excerpt_faults(item)
        if (record := text_of(item, "record")) and record != OWN_RECORD:
            yield item.at("record"), f"'{record}' is no kind of record; write '{OWN_RECORD}', or delete the field"
        if not re.fullmatch(ID, text_of(item, "id")):
            yield item.at("id"), f"'{text_of(item, 'id')}' is not a valid id; use lower-case letters, digits, hyphens"
        if (kind := text_of(item, "type")) and kind not in _CSL_TYPES:
            yield item.at("type"), f"'{kind}' is not a CSL type used here; use one of {', '.join(_CSL_TYPES)}"
        if (suffix := text_of(item, "year-suffix")) and not re.fullmatch("[a-z]", suffix):
            yield item.at("year-suffix"), f"'{suffix}' is not a letter to distinguish sources of one year; use a, b, c"
        elif suffix and text_of(item, "number"):
            yield item.at("year-suffix"), "this source is cited by its number, not by its year; delete 'year-suffix'"


def _excerpt_faults(item: Mapping) -> Iterator[Fault]:
    """Find what is wrong with a list of excerpts: each has its words and their place, and no place stands twice."""
    value = item.get("excerpts")
    if value is None:
        return
    if "excerpt" in item:
        yield item.at("excerpt"), "the source has 'excerpts' too; keep one of the two"
    for excerpt, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
        if isinstance(excerpt, Mapping):
            yield from fields_fault(excerpt, {"at": str, "words": str})
        else:
            yield place, "an excerpt of several has its place and its words; write 'at: …' and 'words: …'"


@rule("S003")
def source_twice(register: Register) -> Iterator[Fault]:
    """No source is in the list twice, by id or by address.

    Why: two entries for one source look like two sources that agree.

    Bad, in docs/data/sources.yml:
        - id: ap-2011
          type: article-newspaper
          title: UN chief says

    Good:
        - id: ap-2022
          type: article-newspaper
          title: UN chief says
    """
    seen: dict[str, int] = {}
    for item in register.references:
        for name in ("id", "URL"):
            if isinstance(item, Mapping) and (value := text_of(item, name)):
                if value in seen:
                    message = f"{name} '{value}' is already on line {seen[value]}; keep one"
                    yield item.at(name), message
                seen.setdefault(value, item.at(name).line)


@rule("S006")
def source_address(register: Register) -> Iterator[Fault]:
    """A source's address is https, unless its host is listed with the reason.

    Why: readers must get the page that we read, and http can be altered on the way.

    Bad, in docs/data/sources.yml:
        URL: http://ktar.com/story/

    Good:
        URL: https://ktar.com/story/
    """
    hosts = set()
    for source in register.sources.values():
        for name in ("URL", "archived"):
            address = source.text(name)
            if not address:
                continue
            parts = re.fullmatch(r"(https?)://([\w.-]+\.[a-z]{2,})(?:/\S*)?", address)
            place = source.fields.at(name)
            if parts is None:
                yield place, f"'{address}' is not a web address; write it in full, as https://…"
            elif parts[1] == "http":
                hosts.add(host := parts[2])
                if not text_of(register.http_only, host):
                    yield place, f"the address is not https; use https, or list {host} under http-only with the reason"
    for host in register.http_only:
        if host not in hosts:
            yield register.http_only.keys_at[host], f"no source has an http address at {host}; delete the entry"


@rule("S007")
def symbol_does_not_parse(register: Register) -> Iterator[Fault]:
    """A source's number is a United Nations document symbol in its usual form.

    Why: libraries find a document by its symbol.

    Bad, in docs/data/sources.yml:
        number: A/RES/64-175

    Good:
        number: A/RES/64/175
    """
    for source in register.sources.values():
        number = source.text("number")
        if number and not _UN_SYMBOL.fullmatch(number):
            yield source.fields.at("number"), f"'{number}' is not a UN document symbol; write it like A/RES/69/188"
    for row in register.sanctions:
        if not _UN_SYMBOL.fullmatch(row["symbol"]):
            yield row.at("symbol"), f"'{row['symbol']}' is not a UN document symbol; write it like S/RES/1718 (2006)"


@rule("S008")
def excerpt_too_long(register: Register) -> Iterator[Fault]:
    """An excerpt has at most 30 words.

    Why: an excerpt quotes a source and does not reprint it.

    Bad, in docs/data/sources.yml:
        has increased its repression of the rights and freedoms of its people, and then it has increased it again,
            and then again, and then again, and then again, and then again, and then again

    Good:
        has increased its repression of the rights and freedoms of its people
    """
    for excerpt in (excerpt for source in register.sources.values() for excerpt in source.excerpts):
        count = len(excerpt.words.split())
        if count > LONGEST_EXCERPT:
            yield excerpt.place, f"the excerpt has {count} words, at most {LONGEST_EXCERPT}; shorten it"


@rule("S011")
def source_out_of_order(register: Register) -> Iterator[Fault]:
    """The sources are sorted by id.

    Why: readers find an entry by its position, and a change shows up in one place.

    Bad, in docs/data/sources.yml:
        - id: zap-2022
          type: article-newspaper
          title: UN chief says

    Good:
        - id: ap-2022
          type: article-newspaper
          title: UN chief says
    """
    ids = [(text_of(item, "id"), item) for item in register.references if isinstance(item, Mapping)]
    for (before, _), (after, item) in pairwise(ids):
        if after < before:
            yield item.at("id"), f"'{after}' is out of order (after '{before}'); sort the list by id, or run --fix"


@rule("S012")
def short_name_twice(register: Register) -> Iterator[Fault]:
    """No two sources have the same short name; letters distinguish those of one publisher and year.

    Why: in print, only the short name leads from a sentence to its source.

    Bad, in docs/data/sources.yml:
          issued: 2017-03-09
          year-suffix: a

    Good:
          issued: 2017-03-09
          year-suffix: b
    """
    named: dict[str, Source] = {}
    for source in register.sources.values():
        first = named.setdefault(source.short.lower(), source)
        if first is not source:
            shared = f"'{source.short}' is also the short name of '{first.id}'; distinguish them"
            if source.text("number"):
                yield source.fields.at("number"), shared
            else:
                message = f"{shared} with 'year-suffix: a' in the older and 'year-suffix: b' in the newer one"
                yield source.fields.at("issued"), message
