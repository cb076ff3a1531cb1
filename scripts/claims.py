"""The model: claims, sources, votes and the register, and how to read them from docs/.

Reading is lenient: a value of the wrong type counts as missing, an unreadable file becomes a problem of the register,
and the rules report what is wrong. So one broken file never hides faults in the others.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import op_ed
from dates import find_dates, in_words
from pages import Page, read_page
from reading import LARGEST_DATA, Mapping, Place, Row, Sequence, UnreadableError, parse_csv, parse_yaml, read_text
from suppressions import Suppression, find_suppressions

# Each verdict with its symbol, from the weakest to the strongest statement; the method page defines them.
VERDICTS = {"opinion": "◇", "unverified": "?", "partly-supported": "◐", "contradicted": "✗", "supported": "✓"}
BODIES = {"GA": "General Assembly", "HRC": "Human Rights Council", "CHR": "Commission on Human Rights"}

# The groups of sources by id, each with its heading and its types of CSL; what has a UN symbol or is a UN body's own
# record is of the first, and what is of no other, of the last.
SOURCE_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "united-nations": ("Documents of the United Nations", ()),
    "press": ("Press", ("article-newspaper", "article-magazine")),
    "studies": ("Reports, studies and data", ("report", "book", "chapter", "article-journal", "dataset")),
    "other-pages": ("Other pages", ()),
}

CAST = ("yes", "no", "abstain", "absent")  # what the data say of a member's vote in a recorded vote
NOT_A_MEMBER = "not-a-member"  # and of a state that had none in the body
OWN_RECORD = "own"  # what a source that is a body's own record of its votes has for `record`
UNDATED = "n.d."  # what a source that carries no date has for `issued`

RESOLUTION_COLUMNS = ("body", "symbol", "date", "yes", "no", "abstain", "adoption", "cambodia", "standing", "sources",
                      "note")  # fmt: skip
READING_COLUMNS = ("symbol", "source", "date", "adoption", "yes", "no", "abstain", "cambodia")
EVENT_COLUMNS = ("id", "date", "precision", "series", "title", "source")
SANCTION_COLUMNS = ("symbol", "date", "grounds", "standing", "source")
COUNTRY_VOTE_COLUMNS = ("symbol", "date", "country", "yes", "no", "abstain", "cambodia", "record_url")
PARTY_COLUMNS = ("state", "treaty", "status", "date", "source")
VERDICT_COLUMNS = ("claim", "date", "verdict", "reason")


def text_of(fields: Mapping, key: str) -> str:
    """Return a field's text, or an empty string if it is missing or of another type."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""


class Excerpt(NamedTuple):
    """Words of a source, exactly; `at` says where in a document they stand, `paragraph 11 (a)`, or is empty."""

    at: str
    words: str
    place: Place


class Claim(NamedTuple):
    """A statement of the op-ed with its verdict; its field `description` is the finding."""

    id: str
    page: Page

    @property
    def fields(self) -> Mapping:
        """Return the page's front matter."""
        return self.page.fields

    def text(self, key: str) -> str:
        """Return a text field."""
        return text_of(self.fields, key)

    @property
    def verdict(self) -> str:
        """Return the editors' verdict."""
        return self.text("verdict")

    @property
    def sources(self) -> list[str]:
        """Return the ids of the sources, in order."""
        value = self.fields.get("sources")
        return [item for item in value if isinstance(item, str)] if isinstance(value, Sequence) else []

    @property
    def assertions(self) -> list[tuple[str, Mapping]]:
        """Return the claim's assertions as (kind, values) pairs."""
        value = self.fields.get("asserts")
        items = value if isinstance(value, Sequence) else []
        pairs = [next(iter(item.items())) for item in items if isinstance(item, Mapping) and len(item) == 1]
        return [(kind, values) for kind, values in pairs if isinstance(values, Mapping)]


class Source(NamedTuple):
    """A source: one reference of sources.yml in CSL-YAML."""

    id: str
    fields: Mapping

    def text(self, key: str) -> str:
        """Return a text field; a year, which YAML reads as a number, becomes text."""
        value = self.fields.get(key)
        return str(value) if isinstance(value, int) else text_of(self.fields, key)

    @property
    def excerpts(self) -> list[Excerpt]:
        """Return the source's words: those of `excerpt`, or each of `excerpts`, a list with the place of each."""
        if words := self.text("excerpt"):
            return [Excerpt("", words, self.fields.at("excerpt"))]
        value = self.fields.get("excerpts")
        items = value if isinstance(value, Sequence) else []
        return [
            Excerpt(text_of(item, "at"), text_of(item, "words"), item.at("words"))
            for item in items
            if isinstance(item, Mapping)
        ]

    @property
    def excerpted(self) -> str:
        """Return all words of the source that are stored, on one line."""
        return " […] ".join(excerpt.words for excerpt in self.excerpts)

    @property
    def is_own_record(self) -> bool:
        """Return whether the source is a body's own record of its votes, which settles what others report."""
        return self.text("record") == OWN_RECORD

    @property
    def short(self) -> str:
        """Return the name used in running text: the document symbol, or the publisher and the year: `Yonhap 2009a`."""
        year = self.text("issued")[:4] + self.text("year-suffix")
        return self.text("number") or f"{re.split(r', | [(]', self.text('publisher'))[0]} {year}".strip()

    @property
    def group(self) -> str:
        """Give the id of the group that it is listed in."""
        if self.text("number") or self.is_own_record:
            return next(iter(SOURCE_GROUPS))
        kind = self.text("type")
        return next((name for name, (_, kinds) in SOURCE_GROUPS.items() if kind in kinds), list(SOURCE_GROUPS)[-1])


class Tally(NamedTuple):
    """A recorded vote: in favour, against, abstaining."""

    yes: int
    no: int
    abstain: int

    def __str__(self) -> str:
        """Return the tally as usually written: 116–20–53."""
        return f"{self.yes}–{self.no}–{self.abstain}"


def tally_of(row: Row) -> Tally | None:
    """Return a row's tally, or None unless it has three whole numbers."""
    figures = [row[name] for name in ("yes", "no", "abstain")]
    return Tally(*map(int, figures)) if all(re.fullmatch(r"\d{1,4}", figure) for figure in figures) else None


class Register:
    """Everything in docs/, read once: the op-ed, its claims, and the evidence."""

    def __init__(self, root: Path, today: date) -> None:
        """Create an empty register for a project folder and the date to check it on."""
        self.root = root
        self.today = today
        self.record: list[str] = []  # the text of record, by line
        self.digests = ("", "")  # its actual and its expected SHA-256
        self.pages: dict[str, Page] = {}  # every Markdown page, by path
        self.parts: dict[str, list[op_ed.Block]] = {}  # the op-ed's pages, by part
        self.claims: dict[str, Claim] = {}
        self.sources: dict[str, Source] = {}
        self.references = Sequence(Place("docs/data"))  # all references, including broken ones
        self.http_only = Mapping(Place("docs/data/sources.yml"))
        self.op_ed = Mapping(Place("docs/data/sources.yml"))  # the op-ed as it is cited, and what it was compared with
        self.resolutions: list[Row] = []
        self.readings: list[Row] = []
        self.cambodia_votes: list[Row] = []  # on the human rights situation in one country, by date
        self.events: list[Row] = []
        self.sanctions: list[Row] = []
        self.parties: list[Row] = []
        self.verdicts: list[Row] = []  # every verdict ever given, in order
        self.passages = Sequence(Place("docs/data"))
        self.permalinks: list[str] = []  # by line; blank lines and comments are empty
        self.moved: dict[str, str] = {}  # the new address of each that moved; empty if its line is ill-formed
        self.seals: list[str] = []  # of the evidence, by line
        self.others: dict[str, bool] = {}  # every file in docs/ that is not a page, and whether it is a link
        self.suppressions: list[Suppression] = []
        self.problems: list[UnreadableError] = []

    @property
    def complete(self) -> bool:
        """Return whether every file in docs/data could be read; if not, nothing else can be judged."""
        return not any(problem.place.path.startswith("docs/data/") for problem in self.problems)

    def paragraphs(self) -> Iterator[op_ed.Block]:
        """Yield the paragraphs of the op-ed's pages, in the order of the parts."""
        for part in op_ed.PARTS:
            for block in self.parts.get(part, []):
                if block.kind == "paragraph":
                    yield block

    def recorded(self, paragraph: str) -> str:
        """Return a paragraph's words in the text of record; an empty string for an unknown paragraph."""
        index = op_ed.PARAGRAPHS.index(paragraph) if paragraph in op_ed.PARAGRAPHS else len(self.record)
        return self.record[index] if index < len(self.record) else ""

    def passages_of(self, block: op_ed.Block) -> Iterator[tuple[op_ed.Sentence, Mapping | None]]:
        """Yield a paragraph's sentences, each with the passage that lists it."""
        entries = [item for item in self.passages if isinstance(item, Mapping)]
        entries = [item for item in entries if item.get("paragraph") == block.id and text_of(item, "begins")]
        for sentence in op_ed.sentences(block.words):
            begun = (item for item in entries if sentence.words.startswith(text_of(item, "begins")))
            yield sentence, next(begun, None)

    @property
    def op_ed_date(self) -> str:
        """Return the op-ed's own date, the first line of the text of record, as YYYY-MM-DD."""
        return next((written.iso for written in find_dates(self.record[0] if self.record else "")), "")

    def resolution(self, symbol: str) -> Row | None:
        """Return a resolution's row, or None."""
        return next((row for row in self.resolutions if row["symbol"] == symbol), None)


def table_path(name: str) -> str:
    """Return the file of a table of the register: `cambodia_votes` is docs/data/cambodia-votes.csv."""
    return f"docs/data/{name.replace('_', '-')}.csv"


def load(root: Path, today: date) -> Register:
    """Read docs/ in the project folder `root`, as of `today`. Never raises because of a file's content."""
    register = Register(root, today)

    def attempt(path: str, read: Callable[[str], None], largest: int = LARGEST_DATA) -> None:
        try:
            text = read_text(root, path, largest)
            register.suppressions += find_suppressions(text, path) if not path.endswith(".csv") else ()
            read(text)
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
        op_ed_cited = tree.get("op-ed")
        register.op_ed = op_ed_cited if isinstance(op_ed_cited, Mapping) else register.op_ed
        register.references = _list(tree, "references")
        for item in register.references:
            # An id is part of an address, so anything that can't be one names no source.
            if isinstance(item, Mapping) and re.fullmatch(r"[\w-]+", name := text_of(item, "id")):
                register.sources.setdefault(name, Source(name, item))

    def read_passages(text: str) -> None:
        tree = _mapping(parse_yaml(text, "docs/data/passages.yml"), "docs/data/passages.yml")
        register.passages = _list(tree, "passages")

    def read_seals(text: str) -> None:
        register.seals = text.rstrip("\n").split("\n") if text.strip() else []

    def read_permalinks(text: str) -> None:
        lines = ["" if line[:2] == "# " else line for line in text.split("\n")]
        register.permalinks = [line.partition(" ")[0] for line in lines]
        for old, gap, rest in (line.partition(" ") for line in lines):
            if gap:
                # An address is a path below the site's root and an id; a redirect page may be written at the old path.
                moved = re.fullmatch(r"-> (\S+)", rest) if re.fullmatch(r"(?:[\w-]+/)*#[\w:-]+", old) else None
                register.moved[old] = moved[1] if moved else ""

    def read_rows(name: str, columns: tuple[str, ...]) -> None:
        path = table_path(name)
        attempt(path, lambda text: setattr(register, name, parse_csv(text, path, columns)))

    attempt("docs/data/op-ed.txt", read_record)
    if register.record:
        attempt("docs/data/op-ed.txt.sha256", read_digest)
    attempt("docs/data/sources.yml", read_sources)
    attempt("docs/data/passages.yml", read_passages)
    attempt("docs/data/permalinks.txt", read_permalinks)
    read_rows("resolutions", RESOLUTION_COLUMNS)
    read_rows("readings", READING_COLUMNS)
    read_rows("cambodia_votes", COUNTRY_VOTE_COLUMNS)
    read_rows("events", EVENT_COLUMNS)
    read_rows("sanctions", SANCTION_COLUMNS)
    read_rows("parties", PARTY_COLUMNS)
    read_rows("verdicts", VERDICT_COLUMNS)
    attempt("docs/data/seals.txt", read_seals)
    _read_pages(register)
    return register


def _mapping(tree: object, path: str) -> Mapping:
    if not isinstance(tree, Mapping):
        raise UnreadableError(Place(path), "YAML: the file needs keys with values; write 'key: value'")
    return tree


def _list(tree: Mapping, name: str) -> Sequence:
    value = tree.get(name)
    if not isinstance(value, Sequence):
        raise UnreadableError(tree.at(name), f"the list '{name}:' is missing; add it")
    return value


def _read_pages(register: Register) -> None:
    docs = register.root / "docs"
    names, folders = [], [docs]
    while folders:  # rglob and os.walk recurse
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    path = Path(entry.path).relative_to(register.root).as_posix()
                    if entry.name.endswith(".md"):
                        names.append(path)
                    elif entry.is_symlink() or not entry.is_dir():
                        register.others[path] = entry.is_symlink()
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(Path(entry.path))
        except OSError as error:
            path = Path(error.filename or docs).relative_to(register.root).as_posix()
            reason = (error.strerror or "unknown").lower()
            register.problems.append(UnreadableError(Place(path), f"can't be read ({reason}); restore it"))
    names.sort()
    missing = [f"docs/op-ed/{part}.md" for part in op_ed.PARTS if f"docs/op-ed/{part}.md" not in names]
    for path in [*names, *missing]:
        try:
            page = read_page(read_text(register.root, path), path)
        except UnreadableError as error:
            register.problems.append(error)
            continue
        register.pages[path] = page
        register.suppressions += find_suppressions(page.text, path)
        folder, _, name = path.removeprefix("docs/").removesuffix(".md").rpartition("/")
        if folder == "op-ed" and name in op_ed.PARTS:
            register.parts[name] = op_ed.read_blocks(page.text, path, page.body_start)
        elif folder == "claims" and name not in ("index", "all"):
            register.claims[name] = Claim(name, page)


def dated(iso: str) -> str:
    """Return a date as readers see it: an approximate one (EDTF `2016~`) as `about 2016`, `n.d.` as `undated`."""
    if iso == UNDATED:
        return "undated"
    return f"about {in_words(iso[:-1])}" if iso.endswith("~") else in_words(iso)
