"""The register: all that docs/ says of the op-ed, its claims and the evidence, read once, and what follows from it.

Each fact is written once. A claim's words and paragraph follow from its mark, its sources from what its page cites, its
number from its place in the op-ed; a resolution follows from its readings. Reading is lenient: a value of the wrong
type counts as missing, a file that can't be read becomes a problem of the register, and the rules say what is wrong. So
one broken file never hides what the others hold.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from opedcheck.dates import a_year_later, calendar_day, find_dates
from opedcheck.files import Mapping, Place, Row, Sequence, UnreadableError, parse_csv, parse_yaml, read_text
from opedcheck.records import OF_STATES, RECORDS, TABLES, VERDICTS, Source
from opedcheck.text import Block, Correction, Mark, Page, Sentence, paragraph_names, read_page, sentence_at, sentences
from opedcheck.votes import Resolution

SUMS, PERMALINKS, SOURCES, PASSAGES = (
    f"docs/data/{name}" for name in ("SHA256SUMS", "permalinks.txt", "sources.yml", "passages.yml")
)
CORRECTIONS = "docs/about/corrections.md"
TEXT_OF_RECORD = "docs/data/op-ed.txt"
SEALED = re.compile(r"([0-9a-f]{64})  (\S+)")  # a line of SHA256SUMS


class Claim:
    """A statement of the op-ed with its verdict: its page, its first mark in the text, and its lines of the ledger."""

    def __init__(self, name: str, page: Page, place: int, mark: Mark | None, ledger: list[Row]) -> None:
        """Take the id, the page, the place among all claims, the first mark, and the lines."""
        self.id = name
        self.page = page
        self.number = place if mark else 0  # from 1 in the order of the op-ed; 0 for a claim that is marked nowhere
        self.mark = mark
        self.block = mark.block if mark else None
        self.history = ledger
        self.fields = page.fields
        self.title = page.title
        self.finding = page.fields.text("description")  # what was found, in a sentence or two
        self.verdict = VERDICTS.get(page.fields.text("verdict"))  # the editors', or None where it is none of the scale
        self.quote = mark.words if mark else ""  # the op-ed's words
        path = self.block.page.path if self.block else ""
        self.part = path.removeprefix("docs/op-ed/").removesuffix(".md")  # the op-ed's page that it is marked on
        self.paragraph = (self.block and self.block.id) or ""  # the id of the paragraph that holds the words
        self.sources = page.cited
        self.checked = page.fields.text("checked")  # the day when a person last compared it with its sources
        self.recheck = a_year_later(self.checked)  # the day by which it is to be compared again
        self.sentence = sentence_at(mark.block.words, mark.start) if mark else None  # that the words begin in
        # What the claim asserts as data: (kind, its values).
        pairs = [next(iter(item.items())) for item in self.fields.mappings("asserts") if len(item) == 1]
        self.assertions = [(kind, values) for kind, values in pairs if isinstance(values, Mapping)]


class Register:
    """All that docs/ says, read by `load`; what is derived from it is computed when it is first asked for."""

    def __init__(self, root: Path, today: date) -> None:
        """Start empty, for a project's folder and the day to check it on."""
        self.root = root
        self.today = today
        self.lines_of_record: list[str] = []  # the text of record, by line
        self.names: list[str] = []  # the id of each line
        self.op_ed_date = ""  # its first line, as YYYY-MM-DD
        self.pages: dict[str, Page] = {}  # every Markdown page, by path
        self.trees: dict[str, Mapping] = {}  # sources.yml and passages.yml, by name
        self.op_ed = Mapping(Place(SOURCES))  # the op-ed as it is cited, and the copy that it was compared with
        self.http_only = Mapping(Place(SOURCES))
        self.references: list[Mapping] = []
        self.passages: list[Mapping] = []
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}  # in order, whatever that of the file
        self.permalinks: list[str] = []  # by line; comments are empty
        self.sums: list[str] = []  # by line
        self.evidence: dict[str, str] = {}  # the text of each file of evidence, by its name in docs/data
        self.digests: dict[str, str] = {}  # the SHA-256 of each
        self.other_files: dict[str, bool] = {}  # every file below docs that is no page, and whether it is a link
        self.problems: list[UnreadableError] = []

    def broken(self, *places: str) -> bool:
        """Tell whether a file of one of these paths, or below one of these folders, can't be read."""
        return any(problem.place.path.startswith(places) for problem in self.problems)

    @property
    def complete(self) -> bool:
        """Tell whether every file of docs/data could be read; without one of them the rest can't be judged."""
        return not self.broken("docs/data/")

    def pages_below(self, folder: str) -> dict[str, Page]:
        """Return the pages of a folder by name."""
        pages = {path: page for path, page in self.pages.items() if path.startswith(folder)}
        return {path.removeprefix(folder).removesuffix(".md"): page for path, page in pages.items()}

    @cached_property
    def parts(self) -> dict[str, Page]:
        """Return the op-ed's pages by name, in the order of their first paragraphs."""
        order = {name: number for number, name in enumerate(self.names)}

        def first(item: tuple[str, Page]) -> tuple[int, str]:
            name, page = item
            return min((order[block.id] for block in page.blocks if block.id in order), default=len(order)), name

        pages = self.pages_below("docs/op-ed/").items()
        return dict(sorted((item for item in pages if "op-ed" not in dict(item[1].directives())), key=first))

    def paragraphs(self) -> Iterator[Block]:
        """Yield the paragraphs of the op-ed's pages, in the order of the parts."""
        for page in self.parts.values():
            yield from (block for block in page.blocks if block.kind == "paragraph")

    @cached_property
    def part_of(self) -> dict[str, str]:
        """Return the name of the part that holds each paragraph, by the paragraph's id."""
        return {block.id: part for part, page in self.parts.items() for block in page.blocks if block.id}

    def recorded(self, paragraph: str) -> str:
        """Return a paragraph's words in the text of record; `""` for an unknown paragraph."""
        return self.lines_of_record[self.names.index(paragraph)] if paragraph in self.names else ""

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Return the claims by id, in the order of the op-ed; those that are marked nowhere last."""
        marked: dict[str, Mark] = {}
        for block in self.paragraphs():
            for mark in block.marks:
                if mark.carries_id:
                    marked.setdefault(mark.claim, mark)
        pages = self.pages_below("docs/claims/")
        pages = {name: pages[name] for name in {**marked, **pages} if name in pages.keys() - {"index", "all"}}
        history: dict[str, list[Row]] = {}
        for row in self.tables["verdicts"]:
            history.setdefault(row["claim"], []).append(row)
        return {
            name: Claim(name, page, place, marked.get(name), history.get(name, []))
            for place, (name, page) in enumerate(pages.items(), start=1)
        }

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Return the sources by id, in the order of their ids."""
        found: dict[str, Source] = {}
        for item in sorted(self.references, key=lambda item: item.text("id")):
            # An id is an address; what can't be one names no source.
            if re.fullmatch(r"[\w-]+", name := item.text("id")):
                found.setdefault(name, Source(name, item))
        return found

    @cached_property
    def resolutions(self) -> dict[str, Resolution]:
        """Return the resolutions by symbol, in the order of body and date."""
        readings: dict[str, list[Row]] = {}
        for row in filter(lambda row: row["symbol"], self.tables["readings"]):
            readings.setdefault(row["symbol"], []).append(row)
        own = {source.id for source in self.sources.values() if source.is_own_record}
        found = [Resolution(symbol, rows, own) for symbol, rows in readings.items()]
        return {one.symbol: one for one in sorted(found, key=lambda one: (one.body, one.date, one.symbol))}

    @cached_property
    def rows_by_source(self) -> dict[str, list[Row]]:
        """Return the rows of all tables that name each source, by the source's id."""
        found: dict[str, list[Row]] = {}
        for row in (row for table in self.tables.values() for row in table):
            for name in row.text("source").split():
                found.setdefault(name, []).append(row)
        return found

    def states(self, table: str) -> list[str]:
        """Return the states whose votes a table tells: its columns after the fixed ones."""
        return list(self.tables[table][0])[len(RECORDS[table].fields) :] if self.tables[table] else []

    @cached_property
    def events(self) -> dict[str, Row]:
        """Return the events by id."""
        return {row["id"]: row for row in self.tables["events"]}

    def passages_of(self, block: Block) -> Iterator[tuple[Sentence, Mapping | None]]:
        """Yield a paragraph's sentences, each with the passage that lists it."""
        entries = [item for item in self.passages if item.text("paragraph") == block.id]
        for sentence in sentences(block.words):
            begun = (item for item in entries if item.text("begins") and sentence.words.startswith(item.text("begins")))
            yield sentence, next(begun, None)

    @cached_property
    def corrections(self) -> list[Correction]:
        """Return the corrections of this site in the order of their page."""
        page = self.pages.get(CORRECTIONS)
        return list(page.corrections()) if page else []

    @cached_property
    def newest_day(self) -> str:
        """Return the date of the site: the day of its newest check, verdict or correction; `""` without any."""
        days = [claim.checked for claim in self.claims.values()] + [row["date"] for row in self.tables["verdicts"]]
        days += [correction.day for correction in self.corrections]
        return max(filter(calendar_day, days), default="")


def load(root: Path, today: date) -> Register:
    """Read docs/ under `root`, the project's folder, for the day `today`. What a file holds never raises."""
    register = Register(root, today)
    # An op-ed may do without a table; one that was there and is gone is missed by SHA256SUMS.
    tables = [path for name in TABLES if os.path.lexists(root / (path := f"docs/data/{name}.csv"))]
    for path in (TEXT_OF_RECORD, SOURCES, *tables, PASSAGES, PERMALINKS, SUMS, *sorted(_files(register))):
        try:
            text = read_text(root, path)
            _read(register, path, text)
            if path in (TEXT_OF_RECORD, SOURCES, *tables):
                name = path.removeprefix("docs/data/")
                register.evidence[name] = text
                register.digests[name] = hashlib.sha256((root / path).read_bytes()).hexdigest()
        except UnreadableError as error:
            register.problems.append(error)
    return register


def _read(register: Register, path: str, text: str) -> None:
    name = path.removeprefix("docs/data/")
    if path == TEXT_OF_RECORD:
        _read_text_of_record(register, text.rstrip("\n").split("\n"))
    elif path == PERMALINKS:
        register.permalinks = ["" if line.startswith("# ") else line for line in text.split("\n")]
    elif path == SUMS:
        register.sums = text.rstrip("\n").split("\n")
    elif path == SOURCES:
        tree, register.references = _tree_with("references", text, path)
        op_ed, http_only = tree.get("op-ed"), tree.get("http-only")
        register.op_ed = op_ed if isinstance(op_ed, Mapping) else register.op_ed
        register.http_only = http_only if isinstance(http_only, Mapping) else register.http_only
        register.trees[name] = tree
    elif path == PASSAGES:
        register.trees[name], register.passages = _tree_with("passages", text, path)
    elif path.endswith(".md"):
        register.pages[path] = read_page(text, path)
    else:
        name = name.removesuffix(".csv")
        rows = parse_csv(text, path, tuple(RECORDS[name].fields), more=name in OF_STATES)
        register.tables[name] = sorted(rows, key=lambda row: [row[column] for column in RECORDS[name].order])


def _tree_with(name: str, text: str, path: str) -> tuple[Mapping, list[Mapping]]:
    """Return the tree of a YAML file, and the records of the list `name` in it."""
    tree = parse_yaml(text, path)
    if not isinstance(tree, Mapping) or not isinstance(tree.get(name), Sequence):
        keys = tree.keys_at if isinstance(tree, Mapping) else {}
        place = next((keys[key] for key in keys if key not in RECORDS[Path(path).name].fields), Place(path))
        raise UnreadableError(place, f"there is no list '{name}:'; add it")
    return tree, tree.mappings(name)


def _read_text_of_record(register: Register, lines: list[str]) -> None:
    day = next((written.iso for written in find_dates(lines[0]) if len(written.iso) == 10), "")
    empty = next((number for number, line in enumerate(lines, start=1) if not line.strip()), 0)
    if not day:
        number, message = 1, "the first line is not a date; write the day, for example 4 May 2021"
    elif empty:
        number, message = empty, "this line is empty; put each paragraph on the line after the one before it"
    elif len(lines) < 3:
        number, message = 1, "the text has no paragraph; write the date, each paragraph and the byline on a line each"
    else:
        register.lines_of_record, register.names, register.op_ed_date = lines, paragraph_names(lines), day
        return
    raise UnreadableError(Place(TEXT_OF_RECORD, number), message)


def _files(register: Register) -> list[str]:
    """Return the paths of the pages, and enter every other file below docs into `other_files`."""
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
                        register.other_files[path] = entry.is_symlink()
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(Path(entry.path))
        except OSError as error:
            path = Path(error.filename or docs).relative_to(register.root).as_posix()
            reason = (error.strerror or "unknown").lower()
            register.problems.append(UnreadableError(Place(path), f"can't be read ({reason}); restore it"))
    return names
