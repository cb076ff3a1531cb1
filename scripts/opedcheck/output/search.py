"""The search index, in which every paragraph, claim, resolution, event and source is a separate result.

The theme's index has only pages and headings. Its search finds words that start with what was typed, and stems
nothing: a stemmer in its pipeline would stem only the index, and words typed in full would not be found. So each
document has the other forms of its words in a field, `forms`, that is searched but never shown.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape, unescape
from typing import Any

from opedcheck.assertions import typeset
from opedcheck.citations import name_in_order, names_of
from opedcheck.output.downloads import url_of
from opedcheck.records import dated
from opedcheck.register import Register
from opedcheck.text import paragraph_words
from opedcheck.votes import BODIES, Resolution

Document = dict[str, Any]

WORKER = "assets/worker.js"  # what replaces workers in a copy opened from a disk, where browsers start none

# The weight of each kind, so that op-ed and claims come before evidence with the same words. The title of a result has
# all its words (see _place), and the search weighs a page 2.5 times as much as a part of one.
PARAGRAPH, CLAIM, RESOLUTION, EVENT, SOURCE = 1.2, 1.2, 1.2, 1.1, 0.5
# The weights of other sections, by page address.
OTHER_WEIGHTS = {
    "about/checks/": 0.1,
    "about/corrections/": 0.5,
    "claims/": 0.4,
    "evidence/votes/#": 1.8,
    "evidence/": 3.0,
    "": 1.5,
}
PAGE = 0.4  # the weight of a whole page, as a share of its sections'
# The section that says who made the site: its weight as a result of its own, and other words that readers type for it.
PUBLISHER, ASKED = 3.0, "contact feedback imprint mistake"

# Pages and sections that only repeat or list what has its own documents; the pages' descriptions are kept.
REPEATING_PAGE = r"op-ed/[\w-]+/|claims/|evidence/[\w-]+/"
REPEATING_SECTION = r"claims/[\w-]+/#sources|op-ed/[\w-]+/#checked|evidence/votes/#(?:ga|hrc|chr)|#most"

VOTED = {"yes": "voted in favour", "no": "voted against", "abstain": "abstained", "absent": "did not vote"}
# Words of questions. The search would take each for the start of other words, such as "is" for "issue".
STOP_WORDS = (
    "a about all an and any are as at be been but by can could did do does for from had has have he her his how i if "
    "in into is it its may no not of on or our she should so than that the their them there these they this those to "
    "was we were what when where which who whom whose why will with would you your"
)
_STOPPED = frozenset(STOP_WORDS.split())


def documents(register: Register, built: Iterable[Document], folders: bool = True) -> list[Document]:
    """Return the documents of the index: those made from the register, and those of the theme that they don't cover.

    Without `folders`, the addresses of pages are file names, as in a copy opened from a disk.
    """
    found = [*_made(register)]
    made = {*map(address, found)}
    pages = {url_of(page, folders): page for page in register.pages.values()}
    headings = [(page, heading.id) for page in register.pages.values() for heading in page.headings if heading.id]
    who = {f"{page.address}#{name}" for page, name in headings if "claims/publisher" in page.section_text(name)}
    for document in built:
        url, mark, name = document["location"].partition("#")
        page = pages.get(url)
        location = f"{page.address if page else url}{mark}{name}"
        weight = next(weight for start, weight in OTHER_WEIGHTS.items() if location.startswith(start))
        if location in made or re.fullmatch(REPEATING_SECTION, location):
            continue
        if location in who:
            text = unescape(re.sub("<[^>]+>", "", document["text"]))
            found += _place(location.partition("#")[0], name, unescape(document["title"]), [text], PUBLISHER, ASKED)
            continue
        if re.fullmatch(REPEATING_PAGE, location):
            document = document | {"text": _html(page.fields.text("description") if page else "")}
        found.append(document | {"location": location, "boost": weight if mark else weight * PAGE})
    urls = {page.address: url for url, page in pages.items()}
    for document in found:  # a detour may come before the page (see _place)
        document["location"] = re.sub(
            r"^([^/]+/\.\./|)([^#]*)", lambda parts: parts[1] + urls.get(parts[2], parts[2]), document["location"]
        )
    return found


def address(document: Document) -> str:
    """Return a document's address below the site's root."""
    return re.sub(r"^[^/]+/\.\./", "", document["location"])


def _made(register: Register) -> Iterator[Document]:
    """Yield the documents of each thing that is a separate result."""
    for page in register.parts.values():
        for block in page.blocks:
            if block.kind == "paragraph" and block.id:
                title = f"{page.title}, {paragraph_words(block.id).removeprefix('the ')}"
                yield from _place(page.address, block.id, title, [block.words], PARAGRAPH, block.id)
    for claim in register.claims.values():
        verdict = f"{claim.verdict.symbol} {claim.verdict.name}. " if claim.verdict else ""
        number = f"claim {claim.number} " * 9 if claim.number else ""  # so often that other pages come after it
        yield _document(claim.page.address, claim.title, [claim.quote, verdict + claim.finding], CLAIM, number)
    for one in register.resolutions.values():
        title = f"Resolution {one.symbol.partition('RES/')[2]} of {dated(one.date)}"
        lines = [f"{one.symbol}, {BODIES[one.body]}: {_vote(one, register.states('readings'))}", one.note]
        yield from _place("evidence/votes/", one.slug, title, lines, RESOLUTION)
    for row in register.tables["events"]:
        if row["date"]:
            yield from _place("evidence/timeline/", row["id"], dated(row["date"]), [row["title"]], EVENT)
    for source in register.sources.values():
        by = [*map(name_in_order, names_of(source)), source.text("number"), source.text("publisher")]
        told = ", ".join(filter(None, [*by, dated(source.text("issued"))]))
        lines = [source.text("title"), told, typeset(source.excerpted), source.text("note")]
        yield from _place("evidence/sources/", source.id, source.short, lines, SOURCE)


def _vote(resolution: Resolution, states: list[str]) -> str:
    tally = resolution.tally
    if tally is None:
        return "adopted without a vote." if resolution.voted else "no source for the vote was found."
    figures = f"{tally.yes} in favour, {tally.no} against, {tally.abstain} abstentions"
    votes = ((state, VOTED.get(resolution.vote(state))) for state in states)
    return f"adopted by a vote of {tally}: {figures}." + "".join(f" {state} {vote}." for state, vote in votes if vote)


def _document(location: str, title: str, lines: list[str], weight: float, asked: str = "") -> Document:
    """Return a document, which is found by its words, by other forms of them, and by the words `asked`."""
    words = {"title": escape(title, quote=False), "text": " ".join(map(_html, filter(None, lines)))}
    others = " ".join([*forms(" ".join([title, title, *lines])), *asked.split()])
    return {"location": location, **words, "forms": others, "boost": weight}


def _place(page: str, name: str, title: str, lines: list[str], weight: float, asked: str = "") -> list[Document]:
    """Return the two documents of a place on a page.

    The theme shows part of a page only below its page, and identifies a page by the address before `#`. So each place
    gets a page of its own, by a detour in the address that browsers remove, and two documents: the theme takes the
    first for the page and shows the second as its part. Only the title of such a page is shown, so it has all words.
    """
    made = _document(f"{name}/../{page}#{name}", title, lines, weight, asked)
    shown = f"{made['title']} <small>{re.sub(r'</?p>', '', made['text'])}</small>"
    return [{"location": made["location"]}, made | {"title": shown, "text": ""}]


def _html(line: str) -> str:
    return f"<p>{escape(' '.join(line.split()), quote=False)}</p>"


def separator(built: str) -> str:
    """Return the pattern of what separates words: that of the theme's index, and stop words.

    No `/` may follow a stop word, as it follows the first letter of `A/RES/69/188`.
    """
    words = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in STOP_WORDS.split())
    return rf"{built}|\b(?:{words})\b(?!/)"


def forms(text: str) -> list[str]:
    """Return other regular forms of a text's English words: for `executions`, `executed` and `executing`.

    Capitalised words are taken for names and have none; forms that start a word of the text are found anyway.
    """
    words = [word for word in re.findall(r"(?<![\w/’'])[a-z]{3,}(?![\w/])", text) if word not in _STOPPED]
    starts = {word[:length] for word in words for length in range(1, len(word) + 1)}
    return [form for word in words for form in _forms(word) if form not in starts]


@cache
def _forms(word: str) -> list[str]:
    verb = re.sub(r"tentions?$", "tain", word)  # abstention, detention
    stem = re.sub(r"(?:ed|ing|es|e|(?<=[^su])s)$", "", verb)
    if noun := re.fullmatch(r"(\w+[st])ions?", verb):
        return [noun[1] + ending for ending in ("ed", "es", "ing", "ions", "ioned", "ioning")]
    if verb.endswith(("y", "ies")):
        return [re.sub(r"(?:y|ies)$", ending, verb) for ending in ("y", "ied", "ies")]
    if re.search(r"(?:al|ic|ous|ment|ance|ence|or|er)$", stem):
        return [stem + "s"]
    return [stem + ending for ending in ("s", "ed", "es", "ing", *(["ions"] if stem[-1:] in "st" else []))]
