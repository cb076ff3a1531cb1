"""The search index, in which every paragraph, claim, resolution, event and source is a separate result.

The theme's index has only pages and headings.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import op_ed
from claims import BODIES, VERDICTS, Register, Tally, dated, tally_of, text_of
from markup import name_of
from permalinks import slug
from word_forms import forms
from wording import typeset

Document = dict[str, Any]

# The weight of each kind, so that op-ed and claims come before evidence with the same words. The title of a result has
# all its words (see _place), and the search weighs a page 2.5 times as much as a part of one.
PARAGRAPH, CLAIM, RESOLUTION, EVENT, SOURCE = 1.2, 1.2, 1.4, 1.1, 0.5
WEIGHTS = {
    "about/checks/": 0.1,
    "claims/": 0.4,
    "evidence/": 3.0,
    "": 1.5,
}  # weights of other sections, by page address
PAGE = 0.4  # the weight of a whole page, as a share of its sections'

# Pages and sections that only repeat or list what has its own documents; the pages' descriptions are kept.
REPEATING_PAGE = r"op-ed/\w+/|claims/|evidence/\w+/"
REPEATING_SECTION = r"claims/[\w-]+/#sources|op-ed/\w+/#checked|evidence/votes/#(?:ga|hrc|chr)|#most"

CAMBODIA = {"yes": "voted in favour", "no": "voted against", "abstain": "abstained", "absent": "did not vote"}


def documents(register: Register, built: Iterable[Document]) -> list[Document]:
    """Return the documents of the index: those made from the register, and those of the theme that they don't cover."""
    found = [document for made in _made(register) for document in made]
    made = {address(document) for document in found}
    descriptions = {page.address: text_of(page.fields, "description") for page in register.pages.values()}
    for document in built:
        location = address(document)
        weight = next(weight for start, weight in WEIGHTS.items() if location.startswith(start))
        if location in made or re.fullmatch(REPEATING_SECTION, location):
            continue
        if re.fullmatch(REPEATING_PAGE, location):
            document = document | {"text": _html(descriptions.get(location, ""))}
        found.append(document | {"boost": weight if "#" in location else weight * PAGE})
    return found


def address(document: Document) -> str:
    """Return a document's address below the site's root."""
    return re.sub(r"^[^/]+/\.\./", "", document["location"])


def _made(register: Register) -> Iterator[list[Document]]:
    """Yield the documents of each thing that is a separate result."""
    for part in op_ed.PARTS:
        page = register.pages.get(f"docs/op-ed/{part}.md")
        heading = text_of(page.fields, "title") if page else part
        for block in register.parts.get(part, []):
            if block.kind == "paragraph" and block.id:
                name = f"paragraph {block.id[1:]}" if block.id[1:].isdigit() else block.id
                yield _place(f"op-ed/{part}/", block.id, f"{heading}, {name}", [block.words], PARAGRAPH)
    for claim in register.claims.values():
        finding = f"{VERDICTS.get(claim.verdict, '')} {name_of(claim.verdict)}. {claim.text('description')}"
        yield [_document(f"claims/{claim.id}/", claim.text("title"), [claim.text("quote"), finding], CLAIM)]
    for row in register.resolutions:
        title = f"Resolution {row['symbol'].partition('RES/')[2]} of {dated(row['date'])}"
        adopted = _vote(tally_of(row), CAMBODIA.get(row["cambodia"], ""))
        lines = [f"{row['symbol']}, {BODIES.get(row['body'], '')}: {adopted}", row["note"]]
        yield _place("evidence/votes/", slug(row["symbol"]), title, lines, RESOLUTION)
    for row in register.events:
        if row["date"]:
            yield _place("evidence/timeline/", row["id"], dated(row["date"]), [row["title"]], EVENT)
    for source in register.sources.values():
        by = [source.text("number"), source.text("publisher"), dated(source.text("issued"))]
        lines = [source.text("title"), ", ".join(filter(None, by)), typeset(source.excerpted), source.text("note")]
        yield _place("evidence/sources/", source.id, source.short, lines, SOURCE)


def _vote(tally: Tally | None, cambodia: str) -> str:
    if tally is None:
        return "adopted without a vote."
    figures = f"{tally.yes} in favour, {tally.no} against, {tally.abstain} abstentions"
    return f"adopted by a vote of {tally}: {figures}." + (f" Cambodia {cambodia}." if cambodia else "")


def _document(location: str, title: str, lines: list[str], weight: float) -> Document:
    words = {"title": escape(title, quote=False), "text": " ".join(map(_html, filter(None, lines)))}
    return {"location": location, **words, "forms": " ".join(forms(" ".join([title, title, *lines]))), "boost": weight}


def _place(page: str, name: str, title: str, lines: list[str], weight: float) -> list[Document]:
    """Return the two documents of a place on a page.

    The theme shows part of a page only below its page, and identifies a page by the address before `#`. So each place
    gets a page of its own, by a detour in the address that browsers remove, and two documents: the theme takes the
    first for the page and shows the second as its part. Only the title of such a page is shown, so it has all words.
    """
    made = _document(f"{name}/../{page}#{name}", title, lines, weight)
    shown = f"{made['title']} <small>{re.sub(r'</?p>', '', made['text'])}</small>"
    return [{"location": made["location"]}, made | {"title": shown, "text": ""}]


def _html(line: str) -> str:
    return f"<p>{escape(' '.join(line.split()), quote=False)}</p>"
