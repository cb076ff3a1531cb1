"""What --fix fixes: order, the form of dates, paragraph ids, new addresses and new seals.

Nothing here touches a verdict or a word of the op-ed. Each fix takes the register and yields the files to change: path,
new text, and a message for each change.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from claims import Register, table_path, text_of
from dates import iso_of
from op_ed import PARAGRAPHS
from orders import ORDERS, order_of
from permalinks import with_new_addresses
from reading import LARGEST_DATA, Mapping, Place, Row, Sequence, UnreadableError, parse_yaml, read_text
from rules import RULES
from rules.d_dates import dated_fields
from seals import with_seals

Change = tuple[str, str, list[str]]
SOURCES, PERMALINKS, SEALS = (f"docs/data/{name}" for name in ("sources.yml", "permalinks.txt", "seals.txt"))


def dates_in_iso_form(register: Register) -> Iterator[Change]:
    """Rewrite complete dates in the data as YYYY-MM-DD."""
    edits: dict[str, list[tuple[Place, str, str]]] = {}
    for owner, name, value in dated_fields(register):
        iso = iso_of(value)
        if iso and iso != value:
            place = owner.at(name)
            edits.setdefault(place.path, []).append((place, value, iso))
    for path, changes in edits.items():
        lines = _read(register, path).split("\n")
        messages = []
        for place, value, iso in sorted(changes, reverse=True):
            line, begin = lines[place.line - 1], place.col - 1
            begin += line[begin : begin + 1] in ("'", '"')
            if line.startswith(value, begin):
                lines[place.line - 1] = line[:begin] + iso + line[begin + len(value) :]
                messages.append(f"{place}: rewrote '{value}' as {iso}")
        if messages:
            yield path, "\n".join(lines), messages[::-1]


def tables_in_order(register: Register) -> Iterator[Change]:
    """Sort the rows of each table, moving whole lines."""
    for table, words in ORDERS.items():
        rows: list[Row] = getattr(register, table)
        ordered = sorted(rows, key=order_of(table, register))
        if ordered != rows:
            path = table_path(table)
            header = _read(register, path).partition("\n")[0]
            yield path, "\n".join([header, *(row.raw for row in ordered)]) + "\n", [f"{path}: sorted by {words}"]


def sources_in_order(register: Register) -> Iterator[Change]:
    """Sort the references in sources.yml by id, moving whole entries with the comments directly above them."""
    items = [item for item in register.references if isinstance(item, Mapping) and text_of(item, "id")]
    ids = [text_of(item, "id") for item in items]
    if len(ids) != len(register.references) or ids == sorted(ids):
        return
    lines = _read(register, SOURCES).rstrip("\n").split("\n")
    starts = []
    for item in items:
        start = item.place.line - 1
        while lines[start - 1].lstrip().startswith("#"):
            start -= 1
        starts.append(start)
    entries = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    ordered = [entry for _, entry in sorted(zip(ids, entries, strict=True), key=lambda pair: pair[0])]
    text = "\n".join([*lines[: starts[0]], *(line for entry in ordered for line in entry)]) + "\n"
    if _says_the_same(text, register):
        yield SOURCES, text, [f"{SOURCES}: sorted by id"]


def _says_the_same(text: str, register: Register) -> bool:
    """Return whether sources.yml still says the same after lines were moved; if not, the user has to sort it."""
    try:
        tree = parse_yaml(text, SOURCES)
    except UnreadableError:
        return False
    if not isinstance(tree, Mapping) or tree.get("http-only", register.http_only) != register.http_only:
        return False
    moved = tree.get("references")
    return isinstance(moved, Sequence) and sorted(map(repr, moved)) == sorted(map(repr, register.references))


def paragraph_ids(register: Register) -> Iterator[Change]:
    """Add the missing id below each paragraph whose words match the text of record."""
    present = {block.id for block in register.paragraphs()}
    names = {words: name for name, words in zip(PARAGRAPHS, register.record, strict=False)}
    for part, blocks in register.parts.items():
        path = f"docs/op-ed/{part}.md"
        text, messages = register.pages[path].text, []
        for block in reversed(blocks):
            name = names.get(block.words)
            if block.kind == "paragraph" and block.id is None and name and name not in present:
                text = text[: block.end] + f"\n{{ #{name} }}" + text[block.end :]
                messages.append(f"{block.place}: added {{ #{name} }}")
        if messages:
            yield path, text, messages[::-1]


def addresses_listed(register: Register) -> Iterator[Change]:
    """List new addresses in permalinks.txt and sort it, without ever removing an address."""
    before = _read(register, PERMALINKS)
    lines, new = with_new_addresses(before.rstrip("\n").split("\n"), register, RULES)
    text = "\n".join(lines) + "\n"
    if text != before:
        yield PERMALINKS, text, [f"{PERMALINKS}: added '{address}'" for address in new] or [f"{PERMALINKS}: sorted"]


def evidence_sealed(register: Register, anew: tuple[str, ...] = ()) -> Iterator[Change]:
    """Seal new evidence, and reseal what `anew` names; any other seal that no longer matches is left to the user."""
    lines, changed = with_seals(register, anew)
    if changed:
        yield SEALS, "\n".join(lines) + "\n", [f"{SEALS}: sealed '{name}'" for name in changed]


# Order matters: each sees what the earlier ones wrote.
FIXES: tuple[Callable[[Register], Iterator[Change]], ...] = (
    dates_in_iso_form,
    tables_in_order,
    sources_in_order,
    paragraph_ids,
    addresses_listed,
    evidence_sealed,
)


def _read(register: Register, path: str) -> str:
    return read_text(register.root, path, LARGEST_DATA)
