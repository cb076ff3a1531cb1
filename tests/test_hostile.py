"""Text in the data files is shown as it is: nothing in it becomes an element, an attribute or a script.

Every field of every data file and of every claim's front matter is filled with hostile strings, a different one in each
row, and every page is rendered. A MkDocs build shows the same for titles and descriptions in the theme's templates.
"""

import csv
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.extensions import Extension

from copies import build, make_buildable
from opedcheck.assertions import typeset
from opedcheck.citations import Site
from opedcheck.output.downloads import downloads
from opedcheck.output.search import documents
from opedcheck.register import load
from opedcheck.render.extension import ClaimsExtension, expand
from project import LIGHTHOUSE, TODAY, Project

HOSTILE = (
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    '"><svg onload=evil()>',
    "' onmouseover='evil()' x='",
    '" onfocus="evil()" autofocus="',
    "</title><script>evil()</script>",
    "</a></td></tr></table><iframe src=//evil.example>",
    "<!-- evil",
    "--><b class=evil>evil",
    "]]><script>evil()</script>",
    "<![CDATA[<b class=evil>]]>",
    "<?evil ?><b class=evil>",
    "[evil](javascript:evil())",
    "![evil](https://evil.example/x.png)",
    "<javascript:evil()>",
    "<https://evil.example>",
    "[evil][evil]",
    "[evil]: javascript:evil()",
    "*[evil]: evil",
    "[^evil]",
    "[^evil]: evil",
    "[evil]{ #evil .evil onclick=evil() }",
    "evil { #evil .evil onclick=evil() }",
    '{: #evil .evil onclick="evil()" }',
    "[evil]{ #vote-2019 .claim }",
    "`evil` **evil** _evil_ ~~evil~~ ==evil== ^evil^ $evil$",
    "# evil",
    "> - evil",
    "| evil | evil | evil |",
    "<!-- claims/header vote-2019 --> evil",
    "[@harbour-post] evil",
    "{{ config.evil }} {% evil %} {# evil #}",
    "&lt;script&gt;evil()&lt;/script&gt;",
    "&#60;script&#62;evil()",
    "&#x3C;b class=evil&#x3E;",
    r"\<b class=evil\> \[evil\](javascript:evil()) \\",
    "javascript:evil()",
    "JaVaScRiPt:evil()",
    "java&#9;script:evil()",
    "data:text/html,<script>evil()</script>",
    "//evil.example/",
    'https://evil.example/" onclick="evil()',
    "https://evil.example/)](javascript:evil())",
    "https://evil.example/><script>evil()</script>",
    "https://evil.example/evil'onclick='evil()",
    "evil\n\n<script>evil()</script>",
    "evil\n\n# evil { #evil }",
    "evil\n{ #evil .evil }",
    "\u202eevil\u202c \u2066evil",
    "evil\u200b\u00a0\u2028evil",
)
SHOWN_IN = {
    "aria-label",
    "title",
    "content",
    "alt",
    "data-name",
    "data-way",
    "data-page-title",
}  # attributes that contain words
ADDRESSES = {"URL", "references.URL", "references.archived"}


class Field(NamedTuple):
    """A field of a data file, and how to fill it: the file's text and a source of values become the new text."""

    file: str
    name: str
    fill: Callable[[str, Iterator[str]], str]


def in_csv(name: str) -> Callable[[str, Iterator[str]], str]:
    """Fill a column of a table, with a different value in each row."""

    def fill(text: str, values: Iterator[str]) -> str:
        rows = list(csv.DictReader(StringIO(text)))
        told = StringIO()
        writer = csv.DictWriter(told, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {name: next(values)} for row in rows)
        return told.getvalue()

    return fill


def in_yaml(path: tuple[str, ...]) -> Callable[[str, Iterator[str]], str]:
    """Fill the value at a path in YAML, in every item of the lists on the way."""

    def put(tree: Any, steps: tuple[str, ...], values: Iterator[str]) -> None:
        if isinstance(tree, list):
            for item in tree:
                put(item, steps, values)
        elif isinstance(tree, dict) and steps[0] in tree:
            if len(steps) > 1:
                put(tree[steps[0]], steps[1:], values)
            elif isinstance(tree[steps[0]], list):
                tree[steps[0]] = [next(values) for _ in tree[steps[0]]]
            else:
                tree[steps[0]] = next(values)

    def fill(text: str, values: Iterator[str]) -> str:
        tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - this loader only makes text
        put(tree, path, values)
        told: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        return re.sub(r"'(\d+)'", r"\1", told)

    return fill


def in_front_matter(path: tuple[str, ...]) -> Callable[[str, Iterator[str]], str]:
    """Fill the value at a path in a page's front matter."""

    def fill(text: str, values: Iterator[str]) -> str:
        _, front, body = text.split("---\n", 2)
        return f"---\n{in_yaml(path)(front, values)}---\n{body}"

    return fill


def in_lines(text: str, values: Iterator[str]) -> str:
    """Fill every line but the first."""
    return "\n".join(" ".join(next(values).split()) for _ in text.splitlines()) + "\n"


def leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path to every text in YAML."""
    if isinstance(tree, list):
        for item in tree:
            yield from leaves(item, path)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
    else:
        yield path


def fields() -> Iterator[Field]:
    """Yield every field of every data file and of the claims' front matter."""
    for file in sorted((LIGHTHOUSE / "docs/data").glob("*.csv")):
        for name in next(csv.reader(StringIO(file.read_text(encoding="utf-8")))):
            yield Field(f"data/{file.name}", name, in_csv(name))
    for name in ("data/sources.yml", "data/passages.yml"):
        tree = yaml.load((LIGHTHOUSE / "docs" / name).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
        paths = {path for path in leaves(tree) if path[0] != "http-only"}  # which is for the checker alone
        for path in sorted(paths):
            yield Field(name, ".".join(path), in_yaml(path))
    found = set()
    for file in (LIGHTHOUSE / "docs/claims").glob("*.md"):
        front = file.read_text(encoding="utf-8").split("---\n", 2)[1]
        found |= set(leaves(yaml.load(front, yaml.BaseLoader)))  # noqa: S506
    for path in sorted(found):
        yield Field("claims/*.md", ".".join(path), in_front_matter(path))
    yield Field("data/op-ed.txt", "line", in_lines)


FIELDS = list(fields())
# Fields that say which record it is, or of what kind: nonsense in them hides what stands in the others. They are not
# shown themselves, but for those that are filled alone.
HIDING = {"id", "source", "type", "series", "adoption", "verdict", "claim", "kind", "record", "counts", "issued"}
ALONE = {"date", "symbol", "paragraph"}


def at_once() -> dict[str, list[Field]]:
    """Give the fields in groups by name: those of the tables, or of a file, that can be filled at once.

    They do not hide each other.
    """
    groups: dict[str, list[Field]] = defaultdict(list)
    for field in FIELDS:
        hiding = field.name.rpartition(".")[2] in HIDING
        kind = field.name if field.name in ALONE else "names and kinds" if hiding else "words"
        file = "data/*.csv" if field.file.endswith(".csv") else field.file
        groups[f"{file}: {kind}"].append(field)
    return groups


GROUPS = at_once()
EXTENSIONS = ("attr_list", "def_list", "footnotes", "tables", "fenced_code", "pymdownx.bracketspan", "toc")


def rendered(root: Path, but: Mapping[str, str] = MappingProxyType({})) -> dict[str, BeautifulSoup]:
    """Render every readable page as the site does, except those whose Markdown `but` already has."""
    extensions: list[str | Extension] = [*EXTENSIONS, ClaimsExtension(root=str(root))]
    converter = Markdown(extensions=extensions, extension_configs={"toc": {"permalink": "#"}})
    pages = {}
    register = load(root, TODAY)
    for path, text in expanded(root).items():
        if but.get(path) != text:
            html = converter.reset().convert(register.pages[path].body)
            pages[path] = BeautifulSoup(html, "html.parser")
    return pages


def expanded(root: Path) -> dict[str, str]:
    """Return the Markdown of every page with its directives, marks and citations expanded."""
    register = load(root, TODAY)
    return {path: expand(page.body, register) for path, page in register.pages.items()}


Kinds = set[tuple[str, str]]


def kinds(pages: Iterable[BeautifulSoup]) -> Kinds:
    """Return every kind of element with all attributes it has anywhere."""
    return {(tag.name, name) for page in pages for tag in page(True) for name in ("", *tag.attrs)}


@pytest.fixture(scope="module")
def known() -> Kinds:
    """Return the kinds of elements and attributes on the unchanged pages."""
    return kinds(rendered(LIGHTHOUSE).values())


def intrusions(page: BeautifulSoup, known: Kinds, fields: set[str]) -> Iterator[str]:
    """Give what hostile words have become: an element or attribute of a kind not known, an address, a name."""
    for tag in page(True):
        if kinds_of := {(tag.name, name) for name in ("", *tag.attrs)} - known:
            yield f"{kinds_of}: {str(tag)[:200]}"
        for name, value in tag.attrs.items():
            text = value if isinstance(value, str) else " ".join(value)
            if name in ("href", "src") and not re.match(r"https?://|(?!//)[\w./-]*(?:[?#]|$)", text):
                yield f"{name}: {str(tag)[:200]}"
            outside = name == "href" and text.startswith(("http://", "https://")) and not fields.isdisjoint(ADDRESSES)
            # The id of a resolution is made of its symbol, of letters, digits and hyphens alone.
            made = name in ("id", "href") and bool(re.fullmatch(r"[\w./]*#?(?!evil$)[a-z0-9-]+", text))
            # A permalink leads to the id of its own element, which is checked separately.
            made = made or (name == "href" and tag.find_parent(id=text.removeprefix("#")) is not None)
            if "evil" in text and name not in SHOWN_IN and not outside and not made:
                yield f"{name}: {str(tag)[:200]}"


def fill(root: Path, field: Field) -> list[str]:
    """Fill a field in all its places with the hostile strings, and return those used.

    If there are fewer places than strings, a place gets several.
    """
    counted = itertools.count()
    files = [path for path in sorted((root / "docs").glob(field.file)) if path.name not in ("index.md", "all.md")]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    for text in texts.values():
        field.fill(text, (str(number) for number in counted))
    places = next(counted) or 1
    values = [" ".join(HOSTILE[start::places]) for start in range(min(places, len(HOSTILE)))]
    if field.file.endswith((".csv", ".txt")):  # where a value is one line
        values = [" ".join(value.split()) for value in values]
    source = itertools.cycle(values)
    for path, text in texts.items():
        path.write_text(field.fill(text, source), encoding="utf-8", newline="")
    return values


@pytest.fixture(scope="module")
def as_they_are() -> dict[str, str]:
    """Return the unchanged Markdown of every page."""
    return expanded(LIGHTHOUSE)


@pytest.mark.parametrize("group", GROUPS)
def test_hostile_words_stay_words(
    tmp_path: Path, known: Kinds, as_they_are: dict[str, str], group: str, long: bool
) -> None:
    """Fields are filled at once where none hides the others; with --long each field alone as well."""
    singly = [[field] for field in GROUPS[group]] if long and len(GROUPS[group]) > 1 else []
    for number, filled in enumerate([GROUPS[group], *singly]):
        project = Project(tmp_path / str(number))
        for field in filled:
            fill(project.root, field)
        for path, page in rendered(project.root, but=as_they_are).items():
            assert list(intrusions(page, known, {field.name for field in filled})) == [], (path, filled)


# Fields whose words readers see, and the page that always shows them.
SHOWN = {
    ("claims/*.md", "title"): "claims/index.md",
    ("claims/*.md", "description"): "claims/index.md",
    ("data/sources.yml", "references.title"): "evidence/sources.md",
    ("data/sources.yml", "references.publisher"): "evidence/sources.md",
    ("data/sources.yml", "references.excerpt"): "evidence/sources.md",
    ("data/sources.yml", "references.note"): "evidence/sources.md",
    ("data/readings.csv", "symbol"): "evidence/votes.md",
    ("data/readings.csv", "note"): "evidence/votes.md",
    ("data/events.csv", "title"): "evidence/timeline.md",
}


@pytest.mark.parametrize(("field", "page"), SHOWN.items(), ids=lambda item: str(item))
def test_hostile_words_are_shown_as_they_are(project: Project, field: tuple[str, str], page: str) -> None:
    filling = next(known for known in FIELDS if (known.file, known.name) == field)
    used = fill(project.root, filling)
    others = {path: text for path, text in expanded(project.root).items() if path != f"docs/{page}"}
    shown = " ".join(rendered(project.root, but=others)[f"docs/{page}"].get_text().split())
    if field[1] == "references.excerpt":  # which is shown between quotation marks
        used = [typeset(value) for value in used]
    assert [value for value in used if " ".join(literal_words(value).split()) not in shown] == []


def literal_words(text: str) -> str:
    """Return a text as readers see it, without changes of writing direction."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)


def test_hostile_words_are_escaped_in_the_search_index(project: Project) -> None:
    for field in FIELDS:
        if (field.file, field.name) in SHOWN:
            fill(project.root, field)
    for document in documents(project.register(), []):
        html = BeautifulSoup(document.get("title", "") + document.get("text", ""), "html.parser")
        assert {tag.name for tag in html(True)} <= {"p", "small"}, document


@pytest.mark.parametrize("name", ["data/sources.bib", "data/sources.json", "feed.xml", "llms.txt"])
def test_a_download_to_be_read_holds_nothing_that_is_not_shown(project: Project, name: str) -> None:
    for field in FIELDS:
        if (field.file, field.name) in SHOWN:
            fill(project.root, field)
    project.edit("index.md", "A made-up op-ed of 4 May", "A \u202emade-up\u202c op-ed of 4 May")
    download = downloads(project.register(), Site("The light", "https://op-ed.example/"))[name]
    assert "evil" in download
    assert re.findall("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\x7f]", download) == []


def test_a_page_built_by_mkdocs_has_nothing_that_is_new(project: Project, lighthouse: Path) -> None:
    make_buildable(project.root)
    for field in FIELDS:
        if (field.file, field.name) in SHOWN or field.name in ("references.URL", "references.archived"):
            fill(project.root, field)
    done = build(project.root)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "WARNING -  claims: docs/" in done.stderr  # what is found fails a strict build alone
    before = sorted(lighthouse.rglob("*.html"))
    as_it_is = [BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in before]
    known = kinds(as_it_is)
    scripts = {script.get_text() for page in as_it_is for script in page("script")}
    built = sorted((project.root / "site").rglob("*.html"))
    assert len(built) == len(as_it_is)
    for path in built:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert list(intrusions(page, known, {"URL"})) == [], path
        told = [script.get_text() for script in page("script", type="application/ld+json")]
        assert {script.get_text() for script in page("script")} - set(told) <= scripts, path
        assert all(isinstance(json.loads(data), dict) for data in told), path
    index = json.loads((project.root / "site/search/search_index.json").read_text(encoding="utf-8"))
    for document in index["docs"]:
        html = BeautifulSoup(document.get("title", "") + document.get("text", ""), "html.parser")
        assert "script" not in {tag.name for tag in html(True)}, document


def test_each_of_many_unknown_fields_is_found(project: Project) -> None:
    project.edit("claims/vote-2019.md", "title:", "".join(f"k{number}: 1\n" for number in range(20_000)) + "title:")
    findings = project.findings()
    assert len(findings) == 20_000
    assert all("is not a field here; delete it" in finding for finding in findings)


def test_numbers_of_any_length_are_read(project: Project) -> None:
    for path, words in {
        "data/readings.csv": f"A/RES/{'9' * 5000}/1,log,2019-11-29,,118,12,40,,\n",
        "claims/convention.md": f"\nIt cast {'9' * 5000} yes votes from 2018 to 2019.\n",
    }.items():
        project.write(path, project.read(path) + words)
    assert any("is not the symbol of a resolution" in finding for finding in project.findings())
