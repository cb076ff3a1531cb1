"""P: passages and files: no sentence of the op-ed is left out, and docs/ contains only known files."""

import difflib
import re
from collections.abc import Iterator

from claims import Register, text_of
from op_ed import sentences
from reading import Mapping, Place
from rules.registry import Fault, fields_fault, files_readable, rule

_DATA = ("claims.schema.json", "op-ed.txt", "op-ed.txt.sha256", "sources.yml", "passages.yml", "permalinks.txt",
         "seals.txt", "cambodia-votes.csv", "events.csv", "parties.csv", "readings.csv", "resolutions.csv",
         "sanctions.csv", "verdicts.csv")  # fmt: skip
_ASSETS = ("links.js", "lost.js", "notes.js", "op-ed.css", "print.css", "register.js", "theme.js")
_KNOWN_FILES = {f"docs/data/{name}" for name in _DATA} | {f"docs/assets/{name}" for name in _ASSETS}

files_readable(
    "P001",
    "docs/",  # these two lists, and every file that belongs to no other group
    text="""Every other file can be read and parsed.

    Why: a file that can't be read accounts for nothing.

    Bad, in docs/data/passages.yml:
        passages: "

    Good:
        passages:
    """,
)


@rule("P004")
def footnote_label_reused(register: Register) -> Iterator[Fault]:
    """A footnote's label is used on one page only and is not a claim's id.

    Why: if two notes on a page share a label, one of them silently disappears.

    Bad, in docs/about/method.md:
        This says nothing about whether it is true.

        [^vote-2014]: A note.

    Good:
        This says nothing about whether it is true.
    """
    seen: dict[str, Place] = {}
    for page in register.pages.values():
        for match in re.finditer(r"^\[\^([^\]\n]+)\]:", page.body, re.MULTILINE):
            place = page.at(page.body_start + match.start())
            if match[1] in register.claims:
                yield place, f"'{match[1]}' is the label of a claim's note; choose another"
            elif match[1] in seen:
                yield place, f"the label '{match[1]}' is already used at {seen[match[1]]}; choose another"
            seen.setdefault(match[1], place)


@rule("P005")
def sentence_accounted_for_once(register: Register) -> Iterator[Fault]:
    """Every sentence of the op-ed either contains a claim or is listed as a passage.

    Why: the site says that it skipped nothing checkable, and this is the proof.

    Bad, in docs/data/passages.yml:
        # an entry left out

    Good:
        - {paragraph: p5, begins: Aid provided to, kind: recommendation}
    """
    for block in register.paragraphs():
        if block.words != register.recorded(block.id or ""):
            continue  # words that differ from the op-ed's are reported first
        for sentence, entry in register.passages_of(block):
            marked = block.marks_within(sentence.start, sentence.end)
            if not marked and entry is None:
                message = f"'{_first_words(sentence.words)}' is neither a claim nor a listed passage; mark or list it"
                yield block.at(sentence.start), message
            elif marked and entry is not None:
                message = f"'{_first_words(sentence.words)}' contains a claim and is also listed as a passage"
                yield entry.place, f"{message}; delete one"


def _first_words(words: str) -> str:
    return " ".join(words.split()[:5]) + " …"


@rule("P006")
def passage_ill_formed(register: Register) -> Iterator[Fault]:
    """A passage gives its paragraph, the first words of one sentence in it, and its kind.

    Why: an entry that matches no sentence, or two, accounts for none.

    Bad, in docs/data/passages.yml:
        - {paragraph: p5, begins: Help provided to, kind: recommendation}

    Good:
        - {paragraph: p5, begins: Aid provided to, kind: recommendation}
    """
    kinds = ("opinion", "recommendation", "connective")
    seen: dict[tuple[str, str], int] = {}
    for item, place in zip(register.passages, register.passages.items_at, strict=True):
        if not isinstance(item, Mapping):
            yield place, "a passage needs paragraph, begins and kind; rewrite it that way"
            continue
        yield from fields_fault(item, {"paragraph": str, "begins": str, "kind": str})
        paragraph, begins, kind = (text_of(item, name) for name in ("paragraph", "begins", "kind"))
        if kind and kind not in kinds:
            yield item.at("kind"), f"'{kind}' is not a kind of passage; use one of {', '.join(kinds)}"
        matching = [s.words for s in sentences(register.recorded(paragraph)) if begins and s.words.startswith(begins)]
        if begins and len(matching) != 1:
            starts = [" ".join(s.words.split()[: len(begins.split())]) for s in sentences(register.recorded(paragraph))]
            near = difflib.get_close_matches(begins, starts, 1) if not matching else []
            count = f"{len(matching)} sentences" if matching else "no sentence"
            message = f"{count} of {paragraph or 'no paragraph'} {'begin' if matching else 'begins'} with '{begins}'"
            hint = f"did you mean '{near[0]}'?" if near else "give the first words of one"
            yield item.at("begins"), f"{message}; {hint}"
        elif begins and (paragraph, matching[0]) in seen:
            yield place, f"this sentence is already listed on line {seen[paragraph, matching[0]]}; delete one"
        elif begins:
            seen[paragraph, matching[0]] = place.line


_CHECKABLE = re.compile(
    r"\d+(?:[,.-]\d+)*|[“\"]|\b(?:first-ever|the first|the only|no|none|nobody|nothing|never|always|nonexistent)\b",
    re.IGNORECASE,
)


@rule("P007")
def checkable_in_a_passage(register: Register) -> Iterator[Fault]:
    """A passage filed as opinion or recommendation contains no number, date, quotation or absolute.

    Why: nothing that can be checked may hide as an opinion.

    Bad, in docs/op-ed/response.md:
        to benefit nobody but citizens directly.

    Good:
        to benefit citizens directly.
    """
    for block in register.paragraphs():
        for sentence, entry in register.passages_of(block):
            if entry is not None and text_of(entry, "kind") != "connective":
                for match in _CHECKABLE.finditer(sentence.words):
                    message = f"'{match.group()}' can be checked, but the sentence is filed as {text_of(entry, 'kind')}"
                    yield block.at(sentence.start + match.start()), f"{message}; mark a claim"


@rule("P009", binding=True)
def file_unknown(register: Register) -> Iterator[Fault]:
    """docs/ contains only pages, the data, and the site's own style sheets and scripts, and no symbolic links.

    Why: everything in docs/ is published, and a file could replace one of the theme's with the same name.

    Bad, in docs/assets/extra.css:
        p { display: none }

    Good:
        (no such file)
    """
    for path, is_link in sorted(register.others.items()):
        if is_link:
            yield Place(path), "this is a symbolic link; put the file itself here"
        elif path not in _KNOWN_FILES:
            yield Place(path), "this is not a page, data, or a known style sheet or script; remove it"
