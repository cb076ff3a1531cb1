"""C: pages: a claim's page has all its sections, in Markdown and directives alone, and cites a source for each fact."""

import re
from collections.abc import Iterator

from claims import Register, text_of
from op_ed import DIRECTIVE, DIRECTIVES
from pages import Page
from rules.registry import Fault, rule
from suppressions import without_suppressions

# A tag, a comment or a declaration, except the comments that the site uses: directives and suppressions.
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!!--\s*claims[-/])")
LONGEST_FINDING = 280  # characters: what fits in a note beside the text
_PARTS = ("says", "record", "why", "beyond", "not-known")
_BODY_PARTS = {"says": "What the op-ed says", "record": "What the record shows", "why": "Why this verdict"}


@rule("C011")
def body_part_missing(register: Register) -> Iterator[Fault]:
    """A claim's page starts with its header, then gives what the op-ed says, what the record shows, and why.

    Why: readers find the same three answers in the same place on every claim.

    Bad, in docs/claims/vote-2014.md:
        ## Reasons { #reasons }

    Good:
        ## Why this verdict { #why }
    """
    for claim in register.claims.values():
        page = claim.page
        headers = [match["argument"] for match in DIRECTIVE.finditer(page.body) if match["name"] == "header"]
        if headers != [claim.id]:
            yield (
                page.at(page.body_start),
                f"the claim's header is missing or another claim's; write '<!-- claims/header {claim.id} -->' once",
            )
        for heading in page.headings_of_any_kind():
            if heading.id not in _PARTS:
                message = f"a claim's page has only the sections {', '.join(_PARTS)}"
                yield page.at(heading.start), f"{message}; remove this heading"
        for match in re.finditer(r"\{[^{}\n]*\.(?:verdict|finding)\b", page.body):
            message = "the verdict and the finding belong in the header only"
            yield page.at(page.body_start + match.start()), f"{message}; delete these words"
        for name, title in _BODY_PARTS.items():
            section = page.section(name)
            if section is None:
                yield page.at(page.body_start), f"a section is missing; add '## {title} {{ #{name} }}'"
            elif not page.text[slice(*section)].strip():
                yield page.at(section[0]), f"'{title}' is empty; write it"


@rule("C012")
def finding_too_long(register: Register) -> Iterator[Fault]:
    """A finding is short enough for a note beside the text.

    Why: beside the text there is room for two or three sentences.

    Bad, in docs/claims/published-2024.md:
        Asia News Network’s copy of the text begins with the date January 2, 2024, and so on, and so on, and so on,
          and so on, and so on, and so on, and so on, and so on, and so on, and so on, and so on, and so on, and so on,
          and so on, and so on, and so on, and so on, and so on, and so on, and so on.

    Good:
        Asia News Network’s copy of the text begins with the date January 2, 2024.
    """
    for claim in register.claims.values():
        length = len(claim.text("description"))
        if length > LONGEST_FINDING:
            message = f"the finding has {length} characters, but a note has room for {LONGEST_FINDING}; shorten it"
            yield claim.fields.at("description"), message


@rule("C013")
def sentence_without_source(register: Register) -> Iterator[Fault]:
    """Every sentence under "What the record shows" cites a source.

    Why: without a source, readers have to take a fact on trust.

    Bad, in docs/claims/vote-2014.md:
        The Peterson Institute gives the same tally for 2011.

    Good:
        The Peterson Institute gives the same tally for 2011 [@piie-2012].
    """
    for claim in register.claims.values():
        for sentence, offset in claim.page.record_sentences():
            if not list(claim.page.citations(offset, offset + len(sentence.words))):
                yield claim.page.at(offset), "this sentence cites no source; add [@source-id], or delete it"


# The directives that a page must have, so that it shows the register rather than something written by hand.
_NEEDED = {
    "docs/index.md": ("kicker", "byline", "coverage", "pairs", "parts", "carried"),
    "docs/about/corrections.md": ("changes",),
    "docs/about/method.md": ("carried", "publisher"),
    "docs/about/checks.md": ("checks",),
    "docs/claims/index.md": ("register",),
    "docs/evidence/sources.md": ("sources",),
    "docs/evidence/timeline.md": ("timeline", "parties"),
    "docs/evidence/votes.md": ("record", "votes", "country-votes"),
    "docs/claims/all.md": ("title-page", "every-claim"),
    "docs/op-ed/whole.md": ("byline", "carried", "title-page", "op-ed", "notes", "summary", "cited"),
}


@rule("C014")
def directive_unknown(register: Register) -> Iterator[Fault]:
    """Every directive is one that the site knows, on a line of its own.

    Why: an unknown directive shows nothing, and nobody notices.

    Bad, in docs/claims/index.md:
        <!-- claims/registry -->

    Good:
        <!-- claims/register -->
    """
    for page in register.pages.values():
        names = [match["name"] for match in DIRECTIVE.finditer(page.body)]
        for name in _NEEDED.get(page.path, ()):
            if name not in names:
                message = f"this page needs '<!-- claims/{name} -->'"
                yield page.at(page.body_start), f"{message}; put it back, on a line of its own"
        for name in {name for name in names if names.count(name) > 1 and name != "finding"}:
            yield page.at(page.body_start), f"'<!-- claims/{name} -->' appears here {names.count(name)} times; keep one"
        for line, start in _lines(page):
            known = DIRECTIVE.fullmatch(line.rstrip())
            if not known or known["name"] not in DIRECTIVES:
                for match in re.finditer(r"<!--\s*claims/", line):
                    message = "not a known directive on a line of its own; for NAME in <!-- claims/NAME --> use one of"
                    yield page.at(start + match.start()), f"{message} {', '.join(DIRECTIVES)}"


def _lines(page: Page) -> Iterator[tuple[str, int]]:
    """Yield a page's lines, with suppressions blanked, and the offset of each in the text."""
    start = 0
    for line in without_suppressions(page.text).split("\n"):
        yield line, start
        start += len(line) + 1


@rule("C016", binding=True)
def raw_html(register: Register) -> Iterator[Fault]:
    """Pages contain Markdown and directives, and no raw HTML.

    Why: a tag or a comment could hide or strike out what the checker has read, while every rule still passes.

    Bad, in docs/claims/vote-2014.md:
        <div hidden>
        <!-- claims/header vote-2014 -->

    Good:
        <!-- claims/header vote-2014 -->
    """
    for page in register.pages.values():
        for line, start in _lines(page):
            if "<" in line and not DIRECTIVE.fullmatch(line.rstrip()):
                for match in _HTML.finditer(line):
                    yield page.at(start + match.start()), "raw HTML is not used here; write Markdown, or '<' as &lt;"


@rule("C017")
def title_unquotable(register: Register) -> Iterator[Fault]:
    """A page's title and description contain no straight quotation marks.

    Why: the head of the page puts them between such marks, and the first one inside would end them.

    Bad, in docs/claims/index.md:
        title: Every "claim"

    Good:
        title: Every claim
    """
    for page in register.pages.values():
        for name in ("title", "description"):
            if '"' in text_of(page.fields, name):
                yield page.fields.at(name), f"a straight quotation mark would cut off the page's {name}; use “ or ”"
