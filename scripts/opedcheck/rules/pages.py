"""P: pages hold what they should, no sentence of the op-ed is left out, and no address is lost."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from opedcheck.dates import find_dates
from opedcheck.files import Place
from opedcheck.records import TABLES
from opedcheck.register import PASSAGES, PERMALINKS, SOURCES, SUMS, TEXT_OF_RECORD, Register
from opedcheck.rules.rule import MOST_HINTS, RULES, Fault, did_you_mean, rule
from opedcheck.text import DIRECTIVE, ID, UNSEEN, Mark, Page, Sentence, page_address, sentences

# What a page shows of the register, and would not show if somebody wrote it by hand.
_NEEDED = {
    "docs/index.md": ("home-line", "dateline", "coverage", "contradicted", "parts", "carried"),
    "docs/about/corrections.md": ("changes",),
    "docs/about/method.md": ("carried", "publisher"),
    "docs/claims/index.md": ("claims-table", "opinions"),
    "docs/claims/all.md": ("title-page", "every-claim"),
    "docs/evidence/sources.md": ("sources",),
    "docs/evidence/timeline.md": ("timeline", "parties"),
    "docs/evidence/votes.md": ("state-votes", "chart", "votes"),
    "docs/op-ed/short.md": ("dateline", "carried", "title-page", "summary", "op-ed", "notes"),
    "docs/op-ed/whole.md": ("dateline", "carried", "title-page", "op-ed", "notes", "summary", "cited"),
}
DIRECTIVES = sorted({"checks", "country-votes", "downloads", "header"}.union(*_NEEDED.values()))
_DATA = (TEXT_OF_RECORD, SUMS, SOURCES, PASSAGES, PERMALINKS, "docs/data/claims.schema.json")
_ASSETS = ("evidence.css", "filter.js", "links.js", "not-found.js", "notes.js", "op-ed.css", "print.css", "quote.js",
           "theme.js")  # fmt: skip
_KNOWN_FILES = {*_DATA, *(f"docs/data/{name}.csv" for name in TABLES), *(f"docs/assets/{name}" for name in _ASSETS)}
_DIRECTIVE_LINE = re.compile(rf"^(?=<){DIRECTIVE.pattern}\s*?$", re.MULTILINE)
# A tag, a comment or a declaration; what looks like a directive has its name.
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?:!--\s*claims/(?P<directive>[\w-]*))?")
# What a link can do besides leading somewhere on the web, and the attributes that pages use.
_ODD_LINK = re.compile(r"\](?:\(|:)\s*<?(?!https?:|mailto:)[A-Za-z][A-Za-z0-9+.-]*:")
_CODE = re.compile(r"`[^`\n]*`")
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}")
_ATTRIBUTE = re.compile(
    r"#[\w:-]+|\.(?:address|claim|md-button|md-button--primary|no-address|no-downloads)|data-search-exclude"
    r"|(?:data-claim|lang)=(\"?)[\w-]+\1"
)
_MARK = re.compile(r"&(?:quot|[lr][ad]quo|[lrb]dquo|#(?:34|0*822[0-3]|x22|x201[c-f]));", re.IGNORECASE)
_CHECKABLE = re.compile(
    r"\d+(?:[,.-]\d+)*|[“\"]|\b(?:first-ever|the first|the only|no|none|nobody|nothing|never|always|nonexistent)\b",
    re.IGNORECASE,
)


@rule("P001")
def unreadable(register: Register) -> Iterator[Fault]:
    """Every file below docs can be read as what it is."""
    for problem in register.problems:
        wrong, _, advice = problem.message.rpartition("; ")
        yield problem.place, wrong, advice


@rule("C014", each="pages")
def directive_unknown(page: Page, _register: Register) -> Iterator[Fault]:
    """A page holds Markdown and known directives, each once on its own line, and nothing else; some need theirs."""
    names, top = Counter(name for name, _ in page.directives()), page.at(page.body_start)
    for name in {*_NEEDED.get(page.path, ()), *names}:
        if names[name] == 0:
            yield top, f"'<!-- claims/{name} -->' is missing here", "put it on a line of its own"
        elif names[name] > 1:
            yield top, f"'<!-- claims/{name} -->' is used {names[name]} times", "keep one"
    if "header" in names and not page.path.startswith("docs/claims/"):  # of claims' pages C011 says more
        yield top, "this is not the page of a claim", "take its header out"
    for odd in UNSEEN.finditer(page.text) if not page.text.replace("\n", "").isprintable() else ():
        yield page.at(odd.start()), f"the character U+{ord(odd[0]):04X} is not shown, and can mislead", "delete it"
    odds = [(image.start(), "this is a picture") for image in re.finditer(r"!\[", page.text)]
    odds += [
        (mark.start(), "this quotation mark is not written as one, and so not checked")
        for mark in _MARK.finditer(page.text)
    ]
    odds += [(link.start(), "this links to neither a page nor the web")
            for link in _ODD_LINK.finditer(page.text, page.body_start)]  # fmt: skip
    # Of marks in the op-ed C009 says more.
    for found in _ATTRIBUTES.finditer(page.text, page.body_start) if not page.path.startswith("docs/op-ed/") else ():
        unknown = (word for word in found[1].split() if not _ATTRIBUTE.fullmatch(word))
        odds += [(found.start(), f"pages have no use for the attribute '{word}'") for word in unknown]
    shown = _CODE.sub(lambda code: " " * len(code[0]), page.text) if odds else ""
    for offset, wrong in odds:
        if shown[offset] != " ":
            yield page.at(offset), wrong, "take it out"
    placed = {line.start() for line in _DIRECTIVE_LINE.finditer(page.text) if line["name"] in DIRECTIVES}
    for match in _HTML.finditer(page.text):
        name, place = match["directive"], page.at(match.start())
        if name is None:
            yield place, "HTML is not allowed here", "write it as Markdown, or '<' as &lt;"
        elif name not in DIRECTIVES:
            advice = did_you_mean(name, DIRECTIVES, f"use one of {', '.join(DIRECTIVES)}")
            yield place, "unknown directive", advice
        elif match.start() not in placed:
            yield place, "this directive is not on a line of its own", f"write '<!-- claims/{name} -->' on one"


_HEADED = {"summary": "register", "cited": "sources", "changes": "verdicts"}  # the ids of headings by directive


def _own_ids(page: Page) -> Iterator[tuple[str, Place]]:
    """Yield the ids that a page gives itself, with their places: of its head, its headings, and what was there."""
    folder, _, file = page.path.rpartition("/")
    if folder == "docs/claims" and "header" in dict(page.directives()):
        yield from ((name, Place(page.path)) for name in (file.removesuffix(".md"), "sources"))
    yield from ((heading.id, page.at(heading.start)) for heading in page.headings if heading.id)
    for match in re.finditer(r"\[\]\{ #([\w:-]+) \}", page.text):
        yield match[1], page.at(match.start())


@lru_cache(maxsize=1)
def addresses(register: Register) -> dict[str, Place]:
    """Return every `path#id` that the site publishes, with the place of what it leads to."""
    found: dict[str, Place] = {}
    for page in register.pages.values():
        names = {name for name, _ in page.directives()}
        here = Place(page.path)
        ids = ({"says": here} if "header" in names else {}) | dict(_own_ids(page))
        if "every-claim" in names:
            # Its sections and sources have ids for the links within the page; the addresses to keep are the claims'.
            ids |= {claim.id: Place(claim.page.path) for claim in register.claims.values()}
        ids |= {name: here for directive, name in _HEADED.items() if directive in names}
        if "votes" in names:
            ids |= {one.body.lower(): here for one in register.resolutions.values()}
            ids |= {one.slug: one.readings[0].at() for one in register.resolutions.values()}
        if "timeline" in names:
            ids |= {row["id"]: row.at() for row in register.events.values() if row["date"]}
            ids |= {"not-found": here} if any(not row["date"] for row in register.events.values()) else {}
        if "checks" in names:
            ids |= {name.lower(): here for code in RULES for name in (code[0], code)}
        if "sources" in names:
            ids |= {source.group: here for source in register.sources.values()}
            ids |= {source.id: source.fields.place for source in register.sources.values()}
        parts = register.parts.values() if "op-ed" in names else [page] if page in register.parts.values() else ()
        for part in parts:
            ids |= {heading.id: here for heading in part.headings if heading.id}
            for block in part.blocks:
                ids |= {block.id: block.place} if block.id else {}
                if ("op-ed", "short") not in page.directives():  # where a new verdict may change what is marked
                    ids |= {"checked": here} if block.marks else {}
                    ids |= {mark.claim: block.place for mark in block.marks if mark.carries_id}
        found |= {f"{page.address}#{name}": place for name, place in ids.items()}
    return found


def new_addresses(register: Register) -> list[str]:
    """Return the addresses to list: those of no page where one vanished, which may be the same under another name."""
    published, listed = addresses(register).keys(), set(register.permalinks)
    pages = {address.partition("#")[0] for address in listed - published - {""}}
    return sorted(address for address in published - listed if address.partition("#")[0] not in pages)


@rule("P002")
def permalinks_differ(register: Register) -> Iterator[Fault]:
    """What was published once keeps its address, every address of the site is listed, and each leads to one place."""
    for one in register.pages.values():
        seen: dict[str, Place] = {}
        for name, place in _own_ids(one):
            if seen.setdefault(name, place) is not place:
                yield place, f"'{name}' is the id of another place on this page, {seen[name]}", "choose another"
    published, listed = addresses(register), set(register.permalinks)
    new = {address: place for address, place in published.items() if address not in listed}
    for address, place in new.items():
        yield place, f"'{address}' is not listed", f"add it to {PERMALINKS}, as --fix does"
    # What was on a page that can't be read is not lost: that page is reported.
    hidden = [page_address(problem.place.path) + "#" for problem in register.problems]
    if register.broken("docs/claims/", "docs/op-ed/"):
        hidden += ["claims/all/#", "op-ed/short/#", "op-ed/whole/#"]
    asked = 0
    for number, address in enumerate(register.permalinks, start=1):
        if address and address not in published and not address.startswith(tuple(hidden)):
            page, _, name = address.partition("#")
            asked += 1  # many that vanished have another cause than a new name
            likely = [one for one in new if one.startswith(f"{page}#")] if asked <= MOST_HINTS else []
            hint = f"{did_you_mean(address, likely, '')} bring it back".lstrip()
            advice = f"{hint}, keep the old id as []{{ #{name} }}, or, if unpublished, delete it"
            yield Place(PERMALINKS, number), f"'{address}' leads nowhere any more", advice


@rule("P004")
def footnote_label_reused(register: Register) -> Iterator[Fault]:
    """A footnote's label is used on one page only, and is no claim's id."""
    seen: dict[str, Place] = {}
    for page in register.pages.values():
        for match in re.finditer(r"^\[\^([^\]\n]+)\]:", page.body, re.MULTILINE):
            place = page.at(page.body_start + match.start())
            if match[1] in register.claims:
                yield place, f"'{match[1]}' is the label of a claim's note", "choose another"
            elif match[1] in seen:
                yield place, f"the label '{match[1]}' is used at {seen[match[1]]}", "choose another"
            seen.setdefault(match[1], place)


@rule("P005")
def sentence_unaccounted(register: Register) -> Iterator[Fault]:
    """Every sentence holds a claim or is a listed passage, once; its dates are in it, and no opinion is checkable."""
    for block in register.paragraphs():
        known = block.words == register.recorded(block.id or "")  # other words are reported by another rule
        listed = []
        for sentence, entry in register.passages_of(block):
            marked, first = block.marks_within(sentence.start, sentence.end), " ".join(sentence.words.split()[:5])
            if not marked and entry is None and known:
                wrong = f"'{first} …' is neither a claim nor a listed passage"
                yield block.at(sentence.start), wrong, "mark a claim, or list it in docs/data/passages.yml"
            elif marked and entry is not None and known:
                yield entry.place, f"'{first} …' holds a claim and is listed as a passage", "delete one"
            if entry is None:
                continue
            listed.append(sentence)
            for match in _CHECKABLE.finditer(sentence.words) if block.id != "date" else ():
                wrong = f"'{match.group()}' can be checked, but the sentence is listed as {entry.text('kind')}"
                yield block.at(sentence.start + match.start()), wrong, "mark a claim"
        for written in find_dates(block.words):
            holders: list[Mark | Sentence] = [*block.marks_within(written.start, written.end), *listed]
            if not any(one.start <= written.start and written.end <= one.end for one in holders):
                wrong = f"'{written.words}' is neither in a claim nor in a listed passage"
                yield block.at(written.start), wrong, "mark it as part of a claim, or list it in docs/data/passages.yml"


@rule("P006")
def passage_fits_no_sentence(register: Register) -> Iterator[Fault]:
    """A passage names its paragraph and the first words of one sentence in it."""
    seen: dict[tuple[str, str], int] = {}
    for item in register.passages:
        paragraph, begins = item.text("paragraph"), item.text("begins")
        if not begins:
            continue
        found = [one.words for one in sentences(register.recorded(paragraph))]
        matching = [words for words in found if words.startswith(begins)]
        if len(matching) != 1:
            starts = [" ".join(words.split()[: len(begins.split())]) for words in found]
            count = f"{len(matching)} sentences" if matching else "no sentence"
            wrong = f"{count} of {paragraph or 'no paragraph'} {'begin' if matching else 'begins'} with '{begins}'"
            otherwise = did_you_mean(begins, starts, "copy the first words of one")
            yield item.at("begins"), wrong, "write more of its words" if matching else otherwise
        elif (paragraph, matching[0]) in seen:
            yield item.place, f"this sentence is listed on line {seen[paragraph, matching[0]]} already", "delete one"
        else:
            seen[paragraph, matching[0]] = item.place.line


@rule("P009")
def file_unknown(register: Register) -> Iterator[Fault]:
    """Below docs are pages named by ids, data, and the site's own style sheets and scripts; nothing else, no link."""
    for path in register.pages:
        if not re.fullmatch(ID, name := path.rpartition("/")[2].removesuffix(".md")):
            yield Place(path), f"'{name}' is not an id", "rename the file: small letters, digits and hyphens"
    for path, is_link in register.other_files.items():
        if is_link:
            yield Place(path), "this is a symbolic link", "put the file itself here"
        elif path not in _KNOWN_FILES:
            yield Place(path), "this is neither a page nor a file that the site knows", "take it out"
