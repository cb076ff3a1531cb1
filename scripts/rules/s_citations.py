"""S: citations: every cited source is listed and every listed one cited, and quoted words are a source's own."""

import difflib
import re
from collections.abc import Iterator

from claims import Register, text_of
from reading import Place, Sequence
from rules.registry import Fault, rule
from wording import plain

MOST_HINTS = 20


def _named_sources(register: Register) -> Iterator[tuple[str, Place]]:
    """Yield every source id that claims, pages and tables name, with its place."""
    for claim in register.claims.values():
        value = claim.fields.get("sources")
        for item, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
            if isinstance(item, str):
                yield item, place
    if name := text_of(register.op_ed, "compared-with"):
        yield name, register.op_ed.at("compared-with")
    for page in register.pages.values():
        for name, offset in page.citations():
            yield name, page.at(offset)
    for rows in (register.resolutions, register.readings, register.events, register.sanctions, register.parties):
        for row in rows:
            column = "sources" if "sources" in row else "source"
            for name in row[column].split():
                yield name, row.at(column)


@rule("S004")
def source_unknown(register: Register) -> Iterator[Fault]:
    """Every source that a page or a table names is in the list.

    Why: readers who follow a reference must find its source.

    Bad, in docs/claims/vote-2014.md:
        The Peterson Institute gives the same tally for 2011 [@piie-2102].

    Good:
        The Peterson Institute gives the same tally for 2011 [@piie-2012].
    """
    hints: dict[str, str] = {}
    listed: dict[str, str] = {}  # by the page's path
    for name, place in _named_sources(register):
        if name not in register.sources:
            if place.path not in listed:
                listed[place.path] = _listed_but_not_cited(place.path, register)
            if listed[place.path]:
                hint = f"did you mean '{listed[place.path]}', which the page lists?"
                yield place, f"'{name}' is not in sources.yml; {hint}"
                continue
            if name not in hints:
                # Finding similar names takes long in a long list; the first few show what is wrong.
                near = difflib.get_close_matches(name, register.sources, 1) if len(hints) < MOST_HINTS else []
                hints[name] = f"did you mean '{near[0]}'?" if near else "add it"
            yield place, f"'{name}' is not in sources.yml; {hints[name]}"


def _listed_but_not_cited(path: str, register: Register) -> str:
    """Return the only known source that a claim's page lists but does not cite; an empty string unless there is one."""
    claim = register.claims.get(path.removeprefix("docs/claims/").removesuffix(".md"))
    cited = {name for name, _ in claim.page.citations()} if claim else set()
    left = [name for name in claim.sources if name in register.sources and name not in cited] if claim else []
    return left[0] if len(left) == 1 else ""


@rule("S005")
def source_unused(register: Register) -> Iterator[Fault]:
    """Every source in the list is cited somewhere.

    Why: a source that supports nothing only looks like evidence.

    Bad, in docs/data/parties.csv:
        North Korea,UN Charter,party,1991-09-17,keia-2021

    Good:
        North Korea,UN Charter,party,1991-09-17,keia-2021 kim-1997
    """
    named = {name for name, _ in _named_sources(register)}
    for source in register.sources.values():
        if source.id not in named:
            yield source.fields.at("id"), f"nothing cites '{source.id}'; cite it or delete it"


@rule("S009")
def claim_without_source(register: Register) -> Iterator[Fault]:
    """A claim judged above "unverified" lists its sources, and they are those that its page cites.

    Why: a verdict without a source is an opinion.

    Bad, in docs/claims/published-2024.md:
        sources: []

    Good:
        sources:
        - ann-op-ed
    """
    for claim in register.claims.values():
        if not claim.sources and claim.verdict in ("supported", "partly-supported", "contradicted"):
            yield claim.fields.at("sources"), f"'{claim.verdict}' needs a source; name one, or judge it unverified"
        cited = list(dict.fromkeys(name for name, _ in claim.page.citations()))
        # Unknown names are reported first.
        if claim.sources != cited and all(name in register.sources for name in [*claim.sources, *cited]):
            message = f"the page cites [{', '.join(cited)}]; list those, in that order"
            yield claim.fields.at("sources"), message


@rule("S010")
def quotation_not_in_excerpt(register: Register) -> Iterator[Fault]:
    """Words quoted in the record section are in the excerpt of a source cited there, or in the op-ed.

    Why: quotation marks promise the exact words.

    Bad, in docs/claims/vote-2014.md:
        “with a vote of 116 yes, 20 no, and 54 abstentions”

    Good:
        “with a vote of 116 yes, 20 no, and 53 abstentions”
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
                hint = f"cite '{other}', which contains them" if other else "quote exactly, or remove the marks"
                message = f"“{quoted[1]}” is not in the excerpt of any source cited; {hint}"
                yield claim.page.at(offset + quoted.start()), message
