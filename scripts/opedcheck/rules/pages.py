"""P: pages hold what they should, no sentence of the op-ed is left out, and no address is lost."""

import difflib
import re
from collections.abc import Iterator, Set
from functools import lru_cache

from opedcheck.files import Place
from opedcheck.records import SOURCE_GROUPS, Fault, did_you_mean
from opedcheck.register import PERMALINKS, Register
from opedcheck.rules.rule import RULES, rule
from opedcheck.text import DIRECTIVE, Block, Page, page_address, sentences

DIRECTIVES = (
    "byline", "carried", "changes", "chart", "checks", "cited", "country-votes", "coverage", "downloads", "every-claim",
    "header", "kicker", "notes", "op-ed", "opinions", "pairs", "parties", "parts", "publisher", "record", "register",
    "sources", "summary", "timeline", "title-page", "votes",
)  # fmt: skip
# What a page shows of the register, and would not show if somebody wrote it by hand.
_NEEDED = {
    "docs/index.md": ("kicker", "byline", "coverage", "pairs", "parts", "carried"),
    "docs/about/corrections.md": ("changes",),
    "docs/about/method.md": ("carried", "publisher"),
    "docs/claims/index.md": ("register", "opinions"),
    "docs/claims/all.md": ("title-page", "every-claim"),
    "docs/evidence/sources.md": ("sources",),
    "docs/evidence/timeline.md": ("timeline", "parties"),
    "docs/evidence/votes.md": ("record", "chart", "votes"),
    "docs/op-ed/short.md": ("byline", "carried", "title-page", "summary", "op-ed", "notes"),
    "docs/op-ed/whole.md": ("byline", "carried", "title-page", "op-ed", "notes", "summary", "cited"),
}
_DATA = ("claims.schema.json", "op-ed.txt", "SHA256SUMS", "sources.yml", "passages.yml", "permalinks.txt",
         "country-votes.csv", "events.csv", "parties.csv", "readings.csv", "sanctions.csv", "verdicts.csv")  # fmt: skip
_ASSETS = ("filter.js", "links.js", "lost.js", "notes.js", "op-ed.css", "print.css", "quote.js", "theme.js")
_KNOWN_FILES = {f"docs/data/{name}" for name in _DATA} | {f"docs/assets/{name}" for name in _ASSETS}
# A tag, a comment or a declaration; a directive is a comment that the site knows.
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!!--\s*claims/)")
_CHECKABLE = re.compile(
    r"\d+(?:[,.-]\d+)*|[“\"]|\b(?:first-ever|the first|the only|no|none|nobody|nothing|never|always|nonexistent)\b",
    re.IGNORECASE,
)
MOST_RENAMED = 50  # addresses for which another name is looked for; more of them have another cause


@rule("P001")
def unreadable(register: Register) -> Iterator[Fault]:
    """Every file below docs can be read as what it is.

    Why: a page that can't be read can't be compared, and whatever rests on a table that can't be read is open.

    @ claims/vote-2019.md
    - verdict: contradicted
    + verdict: [contradicted
    """
    for problem in register.problems:
        wrong, _, advice = problem.message.rpartition("; ")
        yield problem.place, wrong, advice


@rule("C014", each="pages")
def directive_unknown(page: Page, _register: Register) -> Iterator[Fault]:
    """A directive is one that the site knows, on a line of its own, and pages made of directives have them.

    Why: a directive that the site doesn't know shows nothing, and nobody notices.

    @ claims/index.md
    - <!-- claims/register -->
    + <!-- claims/registry -->
    """
    names = [name for name, _ in page.directives()]
    for name in _NEEDED.get(page.path, ()):
        if name not in names:
            yield page.at(page.body_start), f"'<!-- claims/{name} -->' is missing here", "put it on a line of its own"
    for name in {name for name in names if names.count(name) > 1}:
        yield page.at(page.body_start), f"'<!-- claims/{name} -->' is used {names.count(name)} times", "keep one"
    for name, argument in page.directives():
        if name == "header" and not page.path.startswith("docs/claims/"):  # of claims' pages C011 says more
            yield page.at(page.body_start), f"this is not the page of '{argument}'", "take its header out"
    for line, start in _lines(page):
        known = DIRECTIVE.fullmatch(line.rstrip())
        if not known or known["name"] not in DIRECTIVES:
            for match in re.finditer(r"<!--\s*claims/([\w-]*)", line):
                advice = did_you_mean(match[1], DIRECTIVES, f"use one of {', '.join(DIRECTIVES)}")
                if match[1] in DIRECTIVES:
                    advice = f"write '<!-- claims/{match[1]} -->' on a line of its own"
                yield page.at(start + match.start()), "this is no directive of the site", advice


def _lines(page: Page) -> Iterator[tuple[str, int]]:
    """Yield a page's lines, each with its offset in the text."""
    start = 0
    for line in page.text.split("\n"):
        yield line, start
        start += len(line) + 1


@rule("C016", each="pages")
def raw_html(page: Page, _register: Register) -> Iterator[Fault]:
    """A page holds Markdown and directives, and no HTML of its own.

    Why: a tag or a comment can hide or strike what the checker has read, and every rule still holds.

    @ op-ed/keepers.md
    - The light must be kept.
    + The light <del>must</del> be kept.
    """
    for line, start in _lines(page):
        if "<" in line and not DIRECTIVE.fullmatch(line.rstrip()):
            for match in _HTML.finditer(line):
                place = page.at(start + match.start())
                yield place, "HTML is not allowed here", "write it as Markdown, or '<' as &lt;"


@rule("C017", each="pages")
def title_unfit(page: Page, register: Register) -> Iterator[Fault]:
    """A page has a title and a description, and neither holds a straight quotation mark.

    Why: menus, search and cards show them, and in the head of the page such a mark would end them.

    @ claims/vote-2019.md
    - title: The vote of 2019
    + title: The "vote" of 2019
    """
    is_claim = page.path.removeprefix("docs/claims/").removesuffix(".md") in register.claims  # of these C002 says more
    for name in ("title", "description"):
        if not page.fields.text(name) and not is_claim:
            yield page.at(0), f"'{name}' is missing in the front matter", "add it"
        elif name in page.fields.typed and not is_claim:
            yield page.fields.at(name), f"'{page.fields[name]}' is not text in YAML", "put it in quotes"
        if '"' in page.fields.text(name):
            yield page.fields.at(name), f"a straight quotation mark would end the page's {name}", "write “ or ”"


_HEADED = {"summary": "register", "cited": "sources", "changes": "verdicts"}  # the ids of headings by directive


@lru_cache(maxsize=1)
def addresses(register: Register) -> dict[str, Place]:
    """Return every `path#id` that the site publishes, with the place of what it leads to."""
    found: dict[str, Place] = {}
    for page in register.pages.values():
        names = {name for name, _ in page.directives()}
        here = Place(page.path)
        ids = {heading.id: page.at(heading.start) for heading in page.headings if heading.id}
        ids |= {match[1]: page.at(match.start()) for match in re.finditer(r"\[\]\{ #([\w:-]+) \}", page.text)}
        if "header" in names:
            ids = {page.path.rpartition("/")[2].removesuffix(".md"): here, "sources": here, "says": here} | ids
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
            ids |= {group: here for group in SOURCE_GROUPS for one in register.sources.values() if one.group == group}
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


def renamed(register: Register, published: Set[str]) -> dict[str, str]:
    """Return each listed address that vanished with the new one of its page that is most like it."""
    listed = set(register.permalinks)
    new: dict[str, list[str]] = {}
    for address in sorted(published - listed):
        new.setdefault(address.partition("#")[0], []).append(address)
    gone = sorted(listed.difference(published, [""])) if new else []
    found = {}
    for address in gone[:MOST_RENAMED]:
        there = new.get(address.partition("#")[0], [])
        if near := difflib.get_close_matches(address, there, 1, 0) if there else []:
            found[address] = near[0]
    return found


@rule("P002")
def permalink_vanished(register: Register) -> Iterator[Fault]:
    """What was published once keeps its address.

    Why: somebody has linked to it, or printed it. An old id is kept by `[]{ #old }` where the reader should arrive.

    @ about/method.md
    - ## Verdicts { #verdicts }
    + ## Verdicts { #the-verdicts }
    """
    published = addresses(register).keys()
    # What was on a page that can't be read is not lost: that page is reported.
    hidden = [page_address(problem.place.path) + "#" for problem in register.problems]
    if any(problem.place.path.startswith(("docs/claims/", "docs/op-ed/")) for problem in register.problems):
        hidden += ["claims/all/#", "op-ed/short/#", "op-ed/whole/#"]
    others = None
    for number, address in enumerate(register.permalinks, start=1):
        if address and address not in published and not address.startswith(tuple(hidden)):
            others = others if others is not None else renamed(register, published)
            hint = f"did you rename it to '{others[address]}'? " if address in others else ""
            advice = f"{hint}bring it back, keep the old id as []{{ #{address.partition('#')[2]} }}, or, "
            yield Place(PERMALINKS, number), f"'{address}' leads nowhere any more", f"{advice}if unpublished, delete it"


@rule("P003")
def permalink_unlisted(register: Register) -> Iterator[Fault]:
    r"""Every address of the site is listed, once.

    Why: the list is the promise; what is not on it could vanish unnoticed.

    @ about/method.md
    - ## Verdicts { #verdicts }
    + ## Evidence { #evidence }\n\n## Verdicts { #verdicts }
    """
    listed = set(register.permalinks)
    for address, place in addresses(register).items():
        if address not in listed:
            yield place, f"'{address}' is not listed", f"add it to {PERMALINKS}, as --fix does"
    seen: set[str] = set()
    for number, address in enumerate(register.permalinks, start=1):
        if address and address in seen:
            yield Place(PERMALINKS, number), f"'{address}' is listed twice", "delete this line"
        seen.add(address)


def with_new_addresses(text: str, register: Register) -> str:
    """Return permalinks.txt with every address of the site in its place.

    Comments at the top and vanished addresses stay: what was published once is never taken out. So an address that
    looks like a vanished one under another name is left to a person.
    """
    lines = text.rstrip("\n").split("\n")
    head = [line for line in lines if line.startswith("# ")]
    published = addresses(register).keys()
    new = published - set(renamed(register, published).values())
    return "\n".join([*head, *sorted({line for line in lines if line and line not in head} | new)]) + "\n"


@rule("P004")
def footnote_label_reused(register: Register) -> Iterator[Fault]:
    r"""A footnote's label is used on one page only, and is no claim's id.

    Why: two notes of one label on one page lose one of the two without a word.

    @ about/method.md
    - ## Verdicts { #verdicts }
    + [^vote-2019]: A note.\n\n## Verdicts { #verdicts }
    """
    seen: dict[str, Place] = {}
    for page in register.pages.values():
        for match in re.finditer(r"^\[\^([^\]\n]+)\]:", page.body, re.MULTILINE):
            place = page.at(page.body_start + match.start())
            if match[1] in register.claims:
                yield place, f"'{match[1]}' is the label of a claim's note", "choose another"
            elif match[1] in seen:
                yield place, f"the label '{match[1]}' is used at {seen[match[1]]}", "choose another"
            seen.setdefault(match[1], place)


@rule("P005", each="paragraphs")
def sentence_accounted_for_once(block: Block, register: Register) -> Iterator[Fault]:
    r"""Every sentence of the op-ed holds a claim or is listed as a passage: one of the two, once.

    Why: the site says that nothing checkable was left out, and this is the proof.

    @ data/passages.yml
    - - {paragraph: p3, begins: The light must, kind: recommendation}
    + # an entry left out
    """
    if block.words != register.recorded(block.id or ""):
        return  # words that are not the op-ed's are reported by another rule
    for sentence, entry in register.passages_of(block):
        marked, first = block.marks_within(sentence.start, sentence.end), " ".join(sentence.words.split()[:5])
        if not marked and entry is None:
            wrong = f"'{first} …' is neither a claim nor a listed passage"
            yield block.at(sentence.start), wrong, "mark a claim, or list it in docs/data/passages.yml"
        elif marked and entry is not None:
            yield entry.place, f"'{first} …' holds a claim and is listed as a passage", "delete one"


@rule("P006")
def passage_fits_no_sentence(register: Register) -> Iterator[Fault]:
    """A passage names its paragraph and the first words of one sentence in it.

    Why: an entry that fits no sentence, or two, accounts for none.

    @ data/passages.yml
    - begins: The light must
    + begins: The lamp must
    """
    seen: dict[tuple[str, str], int] = {}
    for item in register.passages.mappings():
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


@rule("P007", each="paragraphs")
def checkable_in_a_passage(block: Block, register: Register) -> Iterator[Fault]:
    """A passage listed as opinion or recommendation holds no number, date, quotation or absolute.

    Why: whatever can be checked must not hide as an opinion.

    @ op-ed/keepers.md
    - The light must be kept.
    + The light must never be kept.
    """
    for sentence, entry in register.passages_of(block):
        if entry is not None and entry.text("kind") != "connective":
            for match in _CHECKABLE.finditer(sentence.words):
                wrong = f"'{match.group()}' can be checked, but the sentence is listed as {entry.text('kind')}"
                yield block.at(sentence.start + match.start()), wrong, "mark a claim"


@rule("P009")
def file_unknown(register: Register) -> Iterator[Fault]:
    """Below docs are pages, the data, and the site's own style sheets and scripts, and nothing else; no link.

    Why: whatever is there is published, and a file of the theme's name would replace the theme's.

    @ data/notes.txt
    -
    + A file that the site does not know.
    """
    for path, is_link in sorted(register.others.items()):
        if is_link:
            yield Place(path), "this is a link", "put the file itself here"
        elif path not in _KNOWN_FILES:
            yield Place(path), "this is neither a page nor a file that the site knows", "take it out"
