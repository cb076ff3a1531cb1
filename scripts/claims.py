"""The model: what a claim, a source, a resolution and the register are, and reading them from docs/.

Reading is lenient: a value of the wrong type is taken as missing, a file that can't be read becomes a problem of the
register, and the rules say what is wrong. So one broken file never hides what the others hold.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import op_ed
from dates import WrittenDate, find_dates, in_words
from reading import LARGEST_DATA, Mapping, Place, Row, Sequence, UnreadableError, parse_csv, parse_yaml, read_text

# Each verdict with its symbol, from the weakest to the strongest statement; the method page defines them.
VERDICTS = {"opinion": "◇", "unverified": "?", "partly-supported": "◐", "contradicted": "✗", "supported": "✓"}
BODIES = {"GA": "General Assembly", "HRC": "Human Rights Council", "CHR": "Commission on Human Rights"}

UNDATED = "n.d."  # what a source that carries no date has for `issued`

RESOLUTION_COLUMNS = ("body", "symbol", "date", "yes", "no", "abstain", "adoption", "cambodia", "standing", "sources",
                      "note")  # fmt: skip
READING_COLUMNS = ("symbol", "source", "date", "adoption", "yes", "no", "abstain", "cambodia")
EVENT_COLUMNS = ("id", "date", "precision", "title", "source")
SANCTION_COLUMNS = ("symbol", "date", "grounds", "standing", "source")

CITATION = re.compile(r"\[(@[\w-]+(?:; @[\w-]+)*)\]")
_HEADING = re.compile(r"^#{1,6} [^\n]*$", re.MULTILINE)
_HEADING_ID = re.compile(r"\{[^{}]*#([\w-]+)[^{}]*\}[ ]*")
# A paragraph or an item of a list, without its marker.
_PROSE = re.compile(r"^(?:[-*] |\d+\. )?(?P<text>\S[^\n]*(?:\n(?![-*] |\d+\. )[^\S\n]*\S[^\n]*)*)", re.MULTILINE)


def page_address(path: str) -> str:
    """Give the address below the site's root of the page at a path: `docs/op-ed/response.md` is `op-ed/response/`."""
    name = path.removeprefix("docs/").removesuffix(".md")
    return f"{name}/" if name.rpartition("/")[2] != "index" else name.removesuffix("index")


class Heading(NamedTuple):
    """A heading that carries an id: the id, and where its line starts and ends in the page's text."""

    id: str
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """A Markdown page under docs: its front matter, if it has any, and its whole text."""

    path: str
    fields: Mapping
    text: str
    body_start: int

    @property
    def address(self) -> str:
        """Give the page's address below the site's root; nothing for the home page."""
        return page_address(self.path)

    @property
    def body(self) -> str:
        """Give the text behind the front matter."""
        return self.text[self.body_start :]

    def at(self, offset: int) -> Place:
        """Give the place of an offset of the whole text."""
        return op_ed.place_in(self.path, op_ed.line_starts(self.text), offset)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """Give the dates that the page writes, front matter included; places are offsets of the text."""
        return tuple(find_dates(self.text))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Give the headings that carry an id, in order."""
        found = []
        for match in _HEADING.finditer(self.text, self.body_start):
            attributes = match.group().rfind("{")
            if attributes >= 0 and (carried := _HEADING_ID.fullmatch(match.group(), attributes)):
                found.append(Heading(carried[1], match.start(), match.end()))
        return tuple(found)

    def section(self, name: str) -> tuple[int, int] | None:
        """Give where the text of the section headed by the id `name` starts and ends, or None without one."""
        for heading in self.headings:
            if heading.id == name:
                following = self.text.find("\n#", heading.end)
                return heading.end, following if following >= 0 else len(self.text)
        return None

    def record_sentences(self) -> Iterator[tuple[op_ed.Sentence, int]]:
        """Give the sentences under "What the record shows" and their offsets in the page."""
        start, end = self.section("record") or (0, 0)
        for item in _PROSE.finditer(self.text[start:end]):
            for sentence in op_ed.sentences(item["text"].replace("\n", " ")):
                yield sentence, start + item.start("text") + sentence.start

    def citations(self, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int]]:
        """Give each source id cited as `[@id]`, and its offset."""
        for match in CITATION.finditer(self.text, max(start, self.body_start), len(self.text) if end is None else end):
            for cited in re.finditer(r"@([\w-]+)", match.group()):
                yield cited[1], match.start() + cited.start()


def text_of(fields: Mapping, key: str) -> str:
    """Give a field's text, or nothing where it is missing or of another type."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the op-ed with its verdict; `description` is the finding in a sentence."""

    id: str
    page: Page

    @property
    def fields(self) -> Mapping:
        """Give the front matter."""
        return self.page.fields

    def text(self, key: str) -> str:
        """Give a text field."""
        return text_of(self.fields, key)

    @property
    def verdict(self) -> str:
        """Give the editor's verdict."""
        return self.text("verdict")

    @property
    def sources(self) -> list[str]:
        """Give the ids of the sources, in order."""
        value = self.fields.get("sources")
        return [item for item in value if isinstance(item, str)] if isinstance(value, Sequence) else []

    @property
    def assertions(self) -> list[tuple[str, Mapping]]:
        """Give what the claim asserts as data: (kind, its values)."""
        value = self.fields.get("asserts")
        items = value if isinstance(value, Sequence) else []
        pairs = [next(iter(item.items())) for item in items if isinstance(item, Mapping) and len(item) == 1]
        return [(kind, values) for kind, values in pairs if isinstance(values, Mapping)]


@dataclass(frozen=True, slots=True)
class Source:
    """A source: one reference of sources.yml in CSL-YAML."""

    id: str
    fields: Mapping

    def text(self, key: str) -> str:
        """Give a text field; a year that YAML takes for a number is text here."""
        value = self.fields.get(key)
        return str(value) if isinstance(value, int) else text_of(self.fields, key)

    @property
    def short(self) -> str:
        """Give the name used in running text: the document symbol, or who published it and the year."""
        year = self.text("issued")[:4]
        return self.text("number") or f"{re.split(r', | [(]', self.text('publisher'))[0]} {year}".strip()


@dataclass(frozen=True, slots=True)
class Tally:
    """A recorded vote: in favour, against, abstaining."""

    yes: int
    no: int
    abstain: int

    def __str__(self) -> str:
        """Give the field's form: 116–20–53."""
        return f"{self.yes}–{self.no}–{self.abstain}"


def tally_of(row: Row) -> Tally | None:
    """Give a row's tally, or None where it is empty or no three whole numbers."""
    figures = [row[name] for name in ("yes", "no", "abstain")]
    return Tally(*map(int, figures)) if all(re.fullmatch(r"\d{1,4}", figure) for figure in figures) else None


def _empty() -> Sequence:
    return Sequence(Place("docs/data"))


@dataclass(slots=True)
class Register:
    """All that docs/ says, read once: the op-ed, its claims, and the evidence."""

    root: Path
    today: date
    record: list[str] = field(default_factory=list)  # the text of record, by line
    digests: tuple[str, str] = ("", "")  # its SHA-256 as it is, and as it should be
    pages: dict[str, Page] = field(default_factory=dict)  # every Markdown page, by path
    parts: dict[str, list[op_ed.Block]] = field(default_factory=dict)  # the op-ed's pages, by part
    claims: dict[str, Claim] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    references: Sequence = field(default_factory=_empty)  # all references as they stand, broken ones too
    http_only: Mapping = field(default_factory=lambda: Mapping(Place("docs/data/sources.yml")))
    resolutions: list[Row] = field(default_factory=list)
    readings: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    sanctions: list[Row] = field(default_factory=list)
    passages: Sequence = field(default_factory=_empty)
    permalinks: list[str] = field(default_factory=list)  # by line; blank lines and comments are empty
    problems: list[UnreadableError] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Tell whether every file of docs/data could be read; without one of them the rest can't be judged."""
        return not any(problem.place.path.startswith("docs/data/") for problem in self.problems)

    def paragraphs(self) -> Iterator[op_ed.Block]:
        """Give the paragraphs of the op-ed's pages, in the order of the parts."""
        for part in op_ed.PARTS:
            for block in self.parts.get(part, []):
                if block.kind == "paragraph":
                    yield block

    def recorded(self, paragraph: str) -> str:
        """Give a paragraph's words in the text of record; nothing for an unknown paragraph."""
        index = op_ed.PARAGRAPHS.index(paragraph) if paragraph in op_ed.PARAGRAPHS else len(self.record)
        return self.record[index] if index < len(self.record) else ""

    def passages_of(self, block: op_ed.Block) -> Iterator[tuple[op_ed.Sentence, Mapping | None]]:
        """Give a paragraph's sentences, each with the passage that lists it."""
        entries = [item for item in self.passages if isinstance(item, Mapping)]
        entries = [item for item in entries if item.get("paragraph") == block.id and text_of(item, "begins")]
        for sentence in op_ed.sentences(block.words):
            begun = (item for item in entries if sentence.words.startswith(text_of(item, "begins")))
            yield sentence, next(begun, None)

    @property
    def op_ed_date(self) -> str:
        """Give the op-ed's own date as YYYY-MM-DD: the first line of the text of record."""
        return next((written.iso for written in find_dates(self.record[0] if self.record else "")), "")

    def resolution(self, symbol: str) -> Row | None:
        """Give the row of a resolution."""
        return next((row for row in self.resolutions if row["symbol"] == symbol), None)


def load(root: Path, today: date) -> Register:
    """Read docs/ under `root`, the project's folder, for the day `today`. What a file holds never raises."""
    register = Register(root, today)

    def attempt(path: str, read: Callable[[str], None], largest: int = LARGEST_DATA) -> None:
        try:
            read(read_text(root, path, largest))
        except UnreadableError as error:
            register.problems.append(error)

    def read_record(text: str) -> None:
        register.record = text.rstrip("\n").split("\n")

    def read_digest(text: str) -> None:
        found = hashlib.sha256((root / "docs/data/op-ed.txt").read_bytes()).hexdigest()
        register.digests = (found, (text.split() or [""])[0])

    def read_sources(text: str) -> None:
        tree = _mapping(parse_yaml(text, "docs/data/sources.yml"), "docs/data/sources.yml")
        http_only = tree.get("http-only")
        register.http_only = http_only if isinstance(http_only, Mapping) else register.http_only
        register.references = _list(tree, "references")
        for item in register.references:
            if isinstance(item, Mapping) and (name := text_of(item, "id")):
                register.sources.setdefault(name, Source(name, item))

    def read_passages(text: str) -> None:
        tree = _mapping(parse_yaml(text, "docs/data/passages.yml"), "docs/data/passages.yml")
        register.passages = _list(tree, "passages")

    def read_permalinks(text: str) -> None:
        register.permalinks = [line.partition(" ")[0] if line[:2] != "# " else "" for line in text.split("\n")]

    def read_rows(name: str, columns: tuple[str, ...]) -> None:
        path = f"docs/data/{name}.csv"
        attempt(path, lambda text: setattr(register, name, parse_csv(text, path, columns)))

    attempt("docs/data/op-ed.txt", read_record)
    if register.record:
        attempt("docs/data/op-ed.txt.sha256", read_digest)
    attempt("docs/data/sources.yml", read_sources)
    attempt("docs/data/passages.yml", read_passages)
    attempt("docs/data/permalinks.txt", read_permalinks)
    read_rows("resolutions", RESOLUTION_COLUMNS)
    read_rows("readings", READING_COLUMNS)
    read_rows("events", EVENT_COLUMNS)
    read_rows("sanctions", SANCTION_COLUMNS)
    _read_pages(register)
    return register


def _mapping(tree: object, path: str) -> Mapping:
    if not isinstance(tree, Mapping):
        raise UnreadableError(Place(path), "YAML: the file must hold keys with values; write 'key: value'")
    return tree


def _list(tree: Mapping, name: str) -> Sequence:
    value = tree.get(name)
    if not isinstance(value, Sequence):
        raise UnreadableError(tree.at(name), f"there is no list '{name}:'; add it")
    return value


def _read_pages(register: Register) -> None:
    docs = register.root / "docs"
    names = sorted(file.relative_to(register.root).as_posix() for file in docs.rglob("*.md"))
    missing = [f"docs/op-ed/{part}.md" for part in op_ed.PARTS if f"docs/op-ed/{part}.md" not in names]
    for path in [*names, *missing]:
        try:
            page = read_page(read_text(register.root, path), path)
        except UnreadableError as error:
            register.problems.append(error)
            continue
        register.pages[path] = page
        folder, _, name = path.removeprefix("docs/").removesuffix(".md").rpartition("/")
        if folder == "op-ed" and name in op_ed.PARTS:
            register.parts[name] = op_ed.read_blocks(page.text, path, page.body_start)
        elif folder == "claims" and name != "index":
            register.claims[name] = Claim(name, page)


def read_page(text: str, path: str) -> Page:
    """Read a page's front matter. Raises `UnreadableError` where it is no YAML mapping or is never closed."""
    if not text.startswith("---\n"):
        return Page(path, Mapping(Place(path)), text, 0)
    end = re.compile(r"^---[ \t]*$\n?", re.MULTILINE).search(text, 4)
    if end is None:
        raise UnreadableError(Place(path), "the front matter is never closed; end it with a line '---'")
    tree = parse_yaml(text[4 : end.start()], path, first_line=2)
    if tree is not None and not isinstance(tree, Mapping):
        raise UnreadableError(Place(path, 2), "YAML: the front matter must hold keys with values; write 'key: value'")
    return Page(path, tree if tree is not None else Mapping(Place(path)), text, end.end())


def dated(iso: str) -> str:
    """Write a date of the data for readers; an approximate one (EDTF `2016~`) as `about 2016`, none as `undated`."""
    if iso == UNDATED:
        return "undated"
    return f"about {in_words(iso[:-1])}" if iso.endswith("~") else in_words(iso)
