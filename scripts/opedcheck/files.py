"""Files as text, YAML and CSV, in which every value knows its line and column.

Nothing here knows what a claim is. What is wrong with a file is raised as `UnreadableError`, with its place and a
sentence for a person. YAML is a plain tree: no tags, aliases or duplicate keys, and of bounded depth; scalars are text,
except whole numbers and null, so that `no` and `2014-12-18` stay as they are written.
"""

import csv
import errno
import os
import re
import stat
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

# The C parser where PyYAML was built with it.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_PAGE = 1 << 20  # and YAML, whose nodes take 250 times as much memory
LARGEST_DATA = 8 << 20
DEEPEST_YAML = 8

_CSV_FIELD = re.compile(r'(?:"(?:[^"]|"")*")?[^,]*,?')
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,8})")
_TAGS = _INT, _NULL, _TEXT, *_ = [
    f"tag:yaml.org,2002:{name}"
    for name in ("int", "null", "str", "bool", "float", "map", "merge", "seq", "timestamp", "value")
]
_OF_YAML_1_2 = re.compile(r"0o[0-7]+|[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")  # what YAML 1.1 reads as text

Value: TypeAlias = "str | int | Mapping | Sequence | None"


class Place(NamedTuple):
    """A place in a file: the path from the project's folder with forward slashes, line and column from 1."""

    path: str
    line: int = 1
    col: int = 1

    def __str__(self) -> str:
        """Return `path:line:col`, which terminals and editors turn into a link."""
        return f"{self.path}:{self.line}:{self.col}"


class UnreadableError(Exception):
    """A file, or a piece of one, that can't be read as what it should be."""

    def __init__(self, place: Place, message: str) -> None:
        """Take the place of the fault and a message that says what to do."""
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class Mapping(dict[str, Value]):
    """A YAML mapping with its place and those of its keys and values."""

    def __init__(self, place: Place) -> None:
        """Start empty, at a place."""
        super().__init__()
        self.place = place
        self.typed: set[str] = set()  # the keys of values that YAML does not read as text: `Yes`, `12:30`, `2014`
        self.keys_at: dict[str, Place] = {}
        self.values_at: dict[str, Place] = {}

    def at(self, key: str = "") -> Place:
        """Return the place of a key's value, or of the mapping where it has no such key."""
        return self.values_at.get(key, self.place)

    def text(self, key: str) -> str:
        """Return a field's text, or `""` where it is missing or of another type; a whole number as its digits."""
        value = self.get(key)
        return str(value) if isinstance(value, str | int) else ""

    def mappings(self, key: str) -> list["Mapping"]:
        """Return the items of a field's list that are mappings; none where it is missing or of another type."""
        value = self.get(key)
        return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []


class Sequence(list[Value]):
    """A YAML sequence with the places of its items."""

    items_at: list[Place]


class Row(dict[str, str]):
    """A CSV row by column name."""

    def __init__(self, path: str, line: int, raw: str, fields: list[tuple[str, str]]) -> None:
        """Take the row's text as it is written and its (column name, field) pairs, in order."""
        super().__init__(fields)
        self.path = path
        self.line = line
        self.raw = raw

    def at(self, name: str = "") -> Place:
        """Return the place of a field, or of the row where it has no such column."""
        if name not in self:
            return Place(self.path, self.line)
        # A quotation mark quotes a field only where it begins it, as the csv module reads them.
        starts = [field.start() for field in _CSV_FIELD.finditer(self.raw)]
        return Place(self.path, self.line, starts[list(self).index(name)] + 1)

    def text(self, name: str) -> str:
        """Return a field, or `""` where there is no such column."""
        return self.get(name, "")


@lru_cache(maxsize=8)
def _real_folder(folder: Path | str) -> str:
    return os.path.join(os.path.realpath(folder), "")  # noqa: PTH118


def read_text(root: Path, path: str) -> str:
    r"""Return the text of a UTF-8 file, with or without a byte order mark; every kind of line end becomes `\n`.

    `path` is relative to `root`. Raises `UnreadableError` when the file is missing, outside `root`, too large for what
    it is, or not UTF-8.
    """
    file, largest = root / path, LARGEST_DATA if path.endswith((".csv", ".txt")) else LARGEST_PAGE
    try:
        folder, name = os.path.split(file)
        real = os.path.realpath(file) if file.is_symlink() else _real_folder(folder) + name
        if not real.startswith(_real_folder(root)):
            raise UnreadableError(Place(path), "links to a file outside the project; replace the link with the file")
        status = file.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise UnreadableError(Place(path), "is a pipe or a device; put a file here")
        if status.st_size > largest:
            raise UnreadableError(Place(path), f"has {status.st_size:,} bytes, the limit is {largest:,}; split it")
        data = file.read_bytes()
    except OSError as error:
        reason = "a link leads to itself" if error.errno == errno.ELOOP else (error.strerror or "unknown").lower()
        raise UnreadableError(Place(path), f"can't be read ({reason}); restore it") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(path, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise UnreadableError(place, f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_text(root: Path, path: str, text: str) -> None:
    """Write a UTF-8 file that exists, whole or not at all, with the line ends and the byte order mark that it had.

    `path` is relative to `root`. Raises `UnreadableError` when it can't be written, or is a link to another file.
    """
    file = root / path
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        before = file.read_bytes()
        if file.is_symlink():
            raise UnreadableError(Place(path), "is a link; put the file itself here")
        if not file.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, "read-only")
        if b"\r\n" in before:
            text = text.replace("\n", "\r\n")
        data = text.encode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8")
        new.touch(exist_ok=False)  # which neither follows a link nor takes the place of a file
        try:
            new.write_bytes(data)
            new.chmod(file.stat().st_mode)
            new.replace(file)
        except OSError:
            new.unlink()
            raise
    except (OSError, UnicodeEncodeError) as error:
        reason = (getattr(error, "strerror", None) or "a name is not UTF-8").lower()
        advice = "make it writable" if isinstance(error, PermissionError) else "put that right; the file is as it was"
        raise UnreadableError(Place(path), f"can't be written ({reason}); {advice}") from error


def parse_yaml(text: str, path: str, first_line: int = 1) -> Value:
    """Return the tree of one YAML document.

    `first_line` is the line of `path` on which `text` begins. Raises `UnreadableError` for anything but a plain tree.
    """
    try:
        return _YamlTree(path, first_line).value(yaml.compose(text, Loader=Loader), 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path, mark.line + first_line, mark.column + 1) if mark else Place(path, first_line)
        more = error.context if isinstance(error, yaml.composer.ComposerError) else None
        problem = " ".join(filter(None, [more, error.problem])) or str(error)
        raise UnreadableError(place, f"YAML: {problem}; fix the syntax") from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + first_line
        raise UnreadableError(Place(path, line), "YAML: a character that YAML does not allow; delete it") from error
    except RecursionError as error:  # of the parser in Python; the one in C counts the levels
        raise UnreadableError(Place(path, first_line), "YAML: nested too deeply; make it flatter") from error


class _YamlTree:
    """Turns nodes into values; no closures, which would be garbage in a circle for each of many pages."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.seen: set[int] = set()  # the nodes, to one of which an alias would lead

    def place(self, node: Any) -> Place:
        return Place(self.path, node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def value(self, node: Any, depth: int) -> Value:
        if node is None or node.tag == _NULL:
            return None
        if id(node) in self.seen:
            raise UnreadableError(self.place(node), "YAML: an alias leads here, which is not allowed; write it out")
        self.seen.add(id(node))
        if node.tag not in _TAGS:
            raise UnreadableError(self.place(node), f"YAML: the tag '{node.tag}' is not allowed; write a plain value")
        if isinstance(node, yaml.ScalarNode):
            return int(node.value) if node.tag == _INT and _WHOLE_NUMBER.fullmatch(node.value) else str(node.value)
        if depth == DEEPEST_YAML:
            message = f"YAML: nested deeper than {DEEPEST_YAML} levels; make it flatter"
            raise UnreadableError(self.place(node), message)
        return self.items(node, depth + 1) if isinstance(node, yaml.SequenceNode) else self.fields(node, depth + 1)

    def items(self, node: Any, depth: int) -> Sequence:
        found = Sequence(self.value(item, depth) for item in node.value)
        found.items_at = [self.place(item) for item in node.value]
        return found

    def fields(self, node: Any, depth: int) -> Mapping:
        found = Mapping(self.place(node))
        for key, value in node.value:
            name, at = key.value, self.place(key)
            if not isinstance(name, str):
                raise UnreadableError(at, "YAML: a key must be a word; write one")
            if name in found:
                first = found.keys_at[name].line
                raise UnreadableError(at, f"YAML: the key '{name}' is repeated (first on line {first}); keep one")
            found.keys_at[name], found.values_at[name] = at, self.place(value)
            found[name] = self.value(value, depth)
            # Read by YAML 1.1 or 1.2 as something other than text.
            is_plain = isinstance(value, yaml.ScalarNode) and not value.style
            if value.tag not in (_NULL, _TEXT) or (is_plain and _OF_YAML_1_2.fullmatch(value.value)):
                found.typed.add(name)
        return found


def parse_csv(text: str, path: str, columns: tuple[str, ...], *, more: bool = False) -> list[Row]:
    """Return the rows of a CSV file with a header, one a line; blank lines are ignored.

    The header is `columns`; with `more`, further columns may follow. Raises `UnreadableError` when the header is
    another, or a row does not have as many fields.
    """
    rows: list[Row] = []
    header: list[str] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if number > 1 and not raw.strip():
            continue
        try:
            fields = next(csv.reader([raw], strict=True), [])
        except csv.Error as error:
            raise UnreadableError(Place(path, number), f"CSV: {error}; write a row on one line") from error
        if number == 1:
            header = fields
            if tuple(fields[: len(columns)] if more else fields) != columns or len(set(fields)) < len(fields):
                raise UnreadableError(Place(path), f"CSV: the first line must be '{','.join(columns)}'; restore it")
        elif len(fields) != len(header):
            message = f"CSV: this row has {len(fields)} fields, the header has {len(header)}"
            raise UnreadableError(Place(path, number), f"{message}; quote a field that holds a comma")
        else:
            rows.append(Row(path, number, raw, list(zip(header, fields, strict=True))))
    return rows
