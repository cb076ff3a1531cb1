"""Read files safely: bytes as text, and YAML and CSV as values that know their line and column.

Nothing here knows what a claim is. Any fault in a file is raised as `UnreadableError`, with its place and a message for
the user. YAML is read as a plain tree, without tags, anchors, aliases or duplicate keys, and of limited depth; scalars
are text, except whole numbers and null, so that `no` and `2014-12-18` remain the words they are.
"""

import csv
import errno
import re
import stat
import tempfile
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

# The C parser if PyYAML was built with it; only its events are used, which never recurse.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_PAGE = 1 << 20
LARGEST_DATA = 8 << 20
DEEPEST_YAML = 8

_CSV_FIELD = re.compile(r'(?:"(?:[^"]|"")*")?[^,]*')
_WHOLE_NUMBER = re.compile(r"-?\d{1,9}")

Value: TypeAlias = "str | int | Mapping | Sequence | None"


class Place(NamedTuple):
    """A place in a file: a path from the project's root with forward slashes, and line and column from 1."""

    path: str
    line: int = 1
    col: int = 1

    def __str__(self) -> str:
        """Return `path:line:col`, which terminals and editors turn into a link."""
        return f"{self.path}:{self.line}:{self.col}"


class UnreadableError(Exception):
    """A file, or a part of one, that can't be read or parsed."""

    def __init__(self, place: Place, message: str) -> None:
        """Store the place of the fault and a message that says what to do."""
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class Mapping(dict[str, Value]):
    """A YAML mapping that knows its place and those of its keys and values."""

    def __init__(self, place: Place) -> None:
        """Create an empty collection at a place."""
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}
        self.values_at: dict[str, Place] = {}

    def at(self, key: str) -> Place:
        """Return the place of a key's value, or of the mapping if it has no such key."""
        return self.values_at.get(key, self.place)


class Sequence(list[Value]):
    """A YAML sequence that knows its place and those of its items."""

    def __init__(self, place: Place) -> None:
        """Create an empty collection at a place."""
        super().__init__()
        self.place = place
        self.items_at: list[Place] = []


class Row(dict[str, str]):
    """A CSV row by column name that knows the place of each field."""

    def __init__(self, path: str, line: int, raw: str, fields: list[tuple[str, str]]) -> None:
        """Store the row's raw text and its (column name, field) pairs, in order."""
        super().__init__(fields)
        self.path = path
        self.line = line
        self.raw = raw

    def at(self, name: str = "") -> Place:
        """Return the place of a field, or of the row."""
        if name not in self:
            return Place(self.path, self.line)
        # As in the csv module, a quotation mark quotes a field only at its start.
        starts = [0]
        for _ in range(list(self).index(name)):
            field = _CSV_FIELD.match(self.raw, starts[-1])
            starts.append(field.end() + 1 if field else len(self.raw))
        return Place(self.path, self.line, starts[-1] + 1)


def read_text(root: Path, path: str, largest: int = LARGEST_PAGE) -> str:
    """Read a UTF-8 file, with or without a byte order mark; all line ends become line feeds.

    `path` is relative to `root`. Raise `UnreadableError` if the file is missing, is outside `root`, is larger than
    `largest` bytes, or is not UTF-8.
    """
    file = root / path
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            raise UnreadableError(Place(path), "links to a file outside the project; put the file itself here")
        status = file.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise UnreadableError(Place(path), "is a pipe or a device; put a file here")
        if status.st_size > largest:
            message = f"has {status.st_size:,} bytes, but the limit is {largest:,}; split it"
            raise UnreadableError(Place(path), message)
        data = file.read_bytes()
    except (OSError, RuntimeError) as error:  # before Python 3.13, a link that leads to itself is a RuntimeError
        looped = isinstance(error, RuntimeError) or error.errno == errno.ELOOP
        reason = "a link leads to itself" if looped else (getattr(error, "strerror", None) or "unknown").lower()
        raise UnreadableError(Place(path), f"can't be read ({reason}); restore it") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(path, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8"
        raise UnreadableError(place, message) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_text(root: Path, path: str, text: str) -> None:
    """Write a UTF-8 file completely or not at all, keeping its line ends and byte order mark.

    `path` is relative to `root`, and the file exists. Raise `UnreadableError` if it can't be written.
    """
    file = (root / path).resolve()  # the file itself if `path` is a link to it
    new = None
    try:
        before, mode = file.read_bytes(), stat.S_IMODE(file.stat().st_mode)
        if not mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, "read-only")
        if b"\r\n" in before:
            text = text.replace("\n", "\r\n")
        data = text.encode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8")
        # A new name, because other files in the folder are not ours, and one of them might be a link.
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.name + ".", delete=False) as stream:
            new = Path(stream.name)
            stream.write(data)
        new.chmod(mode)
        new.replace(file)
    except (OSError, UnicodeEncodeError) as error:
        if new:
            new.unlink(missing_ok=True)
        reason = (getattr(error, "strerror", None) or "a name is not UTF-8").lower()
        raise UnreadableError(Place(path), f"can't be written ({reason}); it was left unchanged") from error


def parse_yaml(text: str, path: str, first_line: int = 1) -> Value:
    """Parse one YAML document into a tree whose collections know their places.

    `first_line` is the line of `path` on which `text` begins. Raise `UnreadableError` for anything but a plain tree.
    """

    def place(mark: Any) -> Place:
        return Place(path, mark.line + first_line, mark.column + 1)

    root: Value = None
    open_collections: list[Mapping | Sequence] = []
    keys: list[str | None] = []  # for each open mapping the key whose value comes next
    documents = 0

    def add(value: Value, at: Place) -> None:
        nonlocal root
        if not open_collections:
            root = value
            return
        parent = open_collections[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.items_at.append(at)
        elif (key := keys[-1]) is None:
            if not isinstance(value, (str, int)):
                raise UnreadableError(at, "YAML: a key must be a word; write one")
            name = str(value)
            if name in parent.keys_at:
                message = f"YAML: the key '{name}' appears twice (first on line {parent.keys_at[name].line})"
                raise UnreadableError(at, f"{message}; keep one")
            parent.keys_at[name] = at
            keys[-1] = name
        else:
            parent[key] = value
            parent.values_at[key] = at
            keys[-1] = None

    def close(event: Any) -> None:
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            done = open_collections.pop()
            if isinstance(done, Mapping):
                keys.pop()

    try:
        for event in yaml.parse(text, Loader=Loader):
            at = place(event.start_mark)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise UnreadableError(at, "YAML: a second document starts here; keep one per file")
            elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise UnreadableError(at, "YAML: anchors and aliases are not used here; write the value out")
            elif (tag := getattr(event, "tag", None)) and tag != "!":
                raise UnreadableError(at, f"YAML: the tag '{tag}' is not used here; write a plain value")
            elif isinstance(event, yaml.ScalarEvent):
                add(_scalar(event), at)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(open_collections) == DEEPEST_YAML:
                    raise UnreadableError(at, f"YAML: nested more than {DEEPEST_YAML} levels deep; flatten it")
                new: Mapping | Sequence
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                new = Mapping(at) if is_mapping else Sequence(at)
                add(new, at)
                open_collections.append(new)
                if is_mapping:
                    keys.append(None)
            close(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fault = place(mark) if mark else Place(path, first_line)
        raise UnreadableError(fault, f"YAML: {error.problem or error}; fix the syntax") from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + first_line
        raise UnreadableError(Place(path, line), "YAML: a character is not allowed in YAML; delete it") from error
    return root


def _scalar(event: Any) -> str | int | None:
    """Return a scalar as a whole number, null or text. Quoted scalars are always text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in ("", "~", "null"):
        return None
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def parse_csv(text: str, path: str, columns: tuple[str, ...]) -> list[Row]:
    """Parse CSV with a header into rows, one per line; skip blank lines.

    Raise `UnreadableError` if the header is not `columns`, or a row has a different number of fields.
    """
    rows: list[Row] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if number > 1 and not raw.strip():
            continue
        try:
            fields = next(csv.reader([raw], strict=True), [])
        except csv.Error as error:
            raise UnreadableError(Place(path, number), f"CSV: {error}; write each row on one line") from error
        if number == 1:
            if tuple(fields) != columns:
                raise UnreadableError(Place(path), f"CSV: the first line must be '{','.join(columns)}'; restore it")
        elif len(fields) != len(columns):
            message = f"CSV: this row has {len(fields)} fields, but the header has {len(columns)}"
            raise UnreadableError(Place(path, number), f"{message}; quote any field that contains a comma")
        else:
            rows.append(Row(path, number, raw, list(zip(columns, fields, strict=True))))
    return rows
