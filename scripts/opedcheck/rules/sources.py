"""S: every source is used, reachable, named once, and quoted exactly."""

import re
from collections.abc import Iterator

from opedcheck.assertions import plain
from opedcheck.files import Mapping, Place, Row
from opedcheck.records import LONGEST_EXCERPT, Fault, Source, did_you_mean
from opedcheck.register import Claim, Register
from opedcheck.rules.rule import rule

MOST_HINTS = 20


def _named_sources(register: Register) -> Iterator[tuple[str, Place]]:
    """Yield every source id that pages and tables name, and where."""
    if name := register.op_ed.text("compared-with"):
        yield name, register.op_ed.at("compared-with")
    for page in register.pages.values():
        for name, offset in page.citations():
            yield name, page.at(offset)
    for rows in register.tables.values():
        for row in rows:
            for name in row.text("source").split():
                yield name, row.at("source")


@rule("S004")
def source_unknown(register: Register) -> Iterator[Fault]:
    """Every source that is named is in sources.yml.

    Why: a reader who follows the reference must arrive.

    @ claims/vote-2019.md
    - [@gazette-2019]
    + [@gazette-2091]
    """
    hints: dict[str, str] = {}
    for name, place in _named_sources(register):
        if name not in register.sources:
            if name not in hints:
                # Looking for a likeness takes long in a long list; the first names show what is wrong.
                known = register.sources if len(hints) < MOST_HINTS else ()
                hints[name] = did_you_mean(name, known, "add it")
            yield place, f"'{name}' is not in sources.yml", hints[name]


@rule("S005")
def source_unused(register: Register) -> Iterator[Fault]:
    """Every source in the list is named somewhere.

    Why: a source that nothing rests on only looks like evidence.

    @ data/parties.csv
    - 2001-03-01,gazette-2019 treaties
    + 2001-03-01,gazette-2019
    """
    if register.problems:
        return  # a page that can't be read may cite it
    named = {name for name, _ in _named_sources(register)}
    for source in register.sources.values():
        if source.id not in named:
            yield source.fields.at("id"), f"nothing cites '{source.id}'", "cite it, or take it out"


@rule("S006")
def source_address(register: Register) -> Iterator[Fault]:
    """A source's address is https, or of a host that is listed under http-only with the reason.

    Why: what a reader is sent to must be what was read; http can be altered on the way.

    @ data/sources.yml
    - URL: https://gazette.example/votes
    + URL: http://gazette.example/votes
    """
    hosts = set()
    fields: list[tuple[Mapping | Row, str]] = [
        (source.fields, name) for source in register.sources.values() for name in ("URL", "archived")
    ]
    fields += [(row, "record_url") for row in register.tables["country-votes"]]
    for item, name in fields:
        address = item.text(name)
        parts = re.fullmatch(r"(https?)://([\w.-]+\.[a-z]{2,})(?:/\S*)?", address)
        if address and parts is None:
            yield item.at(name), f"'{address}' is not a web address", "write it whole, as https://…"
        elif parts and parts[1] == "http":
            hosts.add(host := parts[2])
            if not register.http_only.text(host):
                yield (
                    item.at(name),
                    "the address is not https",
                    f"use https, or list {host} under http-only with the reason",
                )
    for host in register.http_only:
        if host not in hosts:
            yield register.http_only.keys_at[host], f"no source has an http address at {host}", "delete the entry"


@rule("S008", each="sources")
def excerpt_too_long(source: Source, _register: Register) -> Iterator[Fault]:
    """An excerpt has at most 30 words.

    Why: an excerpt is quoted, not reprinted.

    @ data/sources.yml
    - a plain and steady lamp
    + a plain and steady lamp and so on and so on and so on and so on and so on and so on and so on and so on and so on
    """
    for excerpt in source.excerpts:
        if (count := len(excerpt.words.split())) > LONGEST_EXCERPT:
            yield excerpt.place, f"the excerpt has {count} words, the limit is {LONGEST_EXCERPT}", "shorten it"


@rule("S009", each="claims")
def verdict_without_source(claim: Claim, _register: Register) -> Iterator[Fault]:
    """A claim that is judged supported, partly supported or contradicted cites a source.

    Why: a verdict without a source is an opinion.

    @ claims/ships-pass.md
    - verdict: unverified
    + verdict: supported
    """
    if not claim.sources and claim.verdict and claim.verdict.strength > 1:
        wrong = f"'{claim.verdict.id}' without a source"
        yield claim.fields.at("verdict"), wrong, "cite one as [@source-id], or judge it unverified"


@rule("S010")
def quotation_not_in_excerpt(register: Register) -> Iterator[Fault]:
    """Words that the record section quotes are in an excerpt of a source cited there, or in the op-ed.

    Why: quotation marks promise the exact words.

    @ claims/log-words.md
    - says “a plain and steady lamp”
    + says “a plain and steady lantern”
    """
    own = plain(" ".join(register.record))
    all_excerpts = {source.id: plain(source.excerpted) for source in register.sources.values()}
    missed = 0
    for claim in register.claims.values():
        for sentence, offset in claim.page.record_sentences():
            cited = claim.page.citations(offset, offset + len(sentence.words))
            excerpts = [all_excerpts[name] for name, _ in cited if name in all_excerpts]
            for quoted in re.finditer('[“"]([^“”"]+)[”"]', sentence.words):
                words = plain(quoted[1])
                if any(words in excerpt for excerpt in excerpts) or words in own:
                    continue
                missed += 1
                searched = all_excerpts.items() if missed <= MOST_HINTS else ()
                other = next((name for name, excerpt in searched if words in excerpt), "")
                advice = f"cite '{other}', which has these words" if other else "quote exactly, or drop the marks"
                wrong = f"“{quoted[1]}” is in no excerpt of the sources cited"
                yield claim.page.at(offset + quoted.start()), wrong, advice


@rule("S012")
def short_name_repeated(register: Register) -> Iterator[Fault]:
    """No two sources have the same short name; letters tell those of one publisher and year apart.

    Why: in print, the short name is all that leads from a sentence to its source.

    @ data/sources.yml
    - year-suffix: a
    + year-suffix: b
    """
    named: dict[str, Source] = {}
    for source in register.sources.values():
        first = named.setdefault(source.short.lower(), source)
        if first is not source:
            wrong = f"'{source.short}' is the short name of '{first.id}' too"
            name = "number" if source.text("number") else "issued"
            letters = "write 'year-suffix: a' in the older and 'year-suffix: b' in the newer one"
            yield source.fields.at(name), wrong, "fix one of the two" if name == "number" else letters
