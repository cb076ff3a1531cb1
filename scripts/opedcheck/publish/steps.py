"""The files of a built site: what is left out, offered, compressed and summed up, and a copy that opens from a disk.

Run as `python -m opedcheck.publish.steps`, it prints the date of a build in seconds since 1970, for SOURCE_DATE_EPOCH:
that of the newest check, verdict or correction, so that the same sources give the same site.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import tinycss2
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace

from opedcheck.output.search import WORKER
from opedcheck.register import load

SCRIPTS = Path(__file__).resolve().parents[2]
OFFLINE = "op-ed-offline"
SUMS = "SHA256SUMS"
TEXT = {".bib", ".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml", ".yml"}
SMALLEST = 1024  # bytes; smaller files fit in one packet, compressed or not

# What is printed, without ending, and on which paper; each with the words that offer it.
COPIES = {
    "op-ed/whole/op-ed": "The whole op-ed",
    "op-ed/short/op-ed-short": "The short edition",
    "claims/all/fact-check": "The whole fact-check",
}
SIZES = {"A4": "A4", "Letter": "US Letter"}
OFFERED = {
    f"{copy}-{size.lower()}.pdf": f"{words}, PDF on {paper}"
    for copy, words in COPIES.items()
    for size, paper in SIZES.items()
} | {f"{OFFLINE}.zip": "The whole site, to read offline"}
# Where pages link to the downloads, and what they say where there are none.
PLACE = re.compile(r'<!-- publish/downloads(?: (?P<folder>[\w./-]+))? -->(?P<none>\s*<p class="no-downloads".*</p>)?')
# Parts of the theme that its script adds only to pages with a sign of them; these names are of no use without it.
THEME_PARTS = {
    "--md-mermaid": "mermaid",
    "columnheader": 'role="columnheader',
    "md-annotation": 'annotate(?!": null)',
    "md-code__": r'content\.code|class="(copy|select)',
    "md-source": "md-source",
    "md-tag": "md-tag",
    "md-tooltip": r'tooltips"|instant\.preview|annotate(?!": null)',
    "md-version": r'"version": \{',
    "rtl": 'dir="?rtl',
    "tabbed-": "tabbed-set",
}
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""")
_NAMED = re.compile(r'^<[\w-]+|\s(?:class|id)="[^"]*"')
# A name that a script gives, not one that it only looks for, which it writes after a dot; and the beginning of one. Of
# one or two letters there are too many in a script made small.
_GIVEN = re.compile(r"(?<![\w.#-])[\w-]{3,}")
_BEGUN = re.compile(r"(?<![\w.#-])[a-z][\w-]*[-_](?=[\"'`$])")
# What a style sheet does without: white space beside these signs, and a zero before a decimal point; not in strings.
_NEEDLESS = re.compile(r"""("[^"]*"|'[^']*')|\s*([>~,])\s*|(?<![\w.])0(?=\.\d)""")
_OWN = re.compile(r'<link rel="stylesheet" href="[^"]*assets/op-ed\.css">\n?')
# A line end with the white space around it; and elements in which that matters, and scripts, whose hashes are in the
# headers.
_FOLDED = re.compile(r"(?P<kept><(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)>)|\s*\n\s*", re.DOTALL)


def source_date(root: Path) -> int:
    """Return the day of a project's newest check, verdict or correction in seconds since 1970; by default, of 1980."""
    day = load(root, date.today()).newest_day or "1980-01-01"
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def write_offline_copy(site: Path) -> None:
    """Build a copy with file names as addresses and a working search, and write it into `site` as a zip.

    Pages opened from a disk can't fetch anything or start a worker. So the copy's search index is a script, as the
    theme expects, and `worker.js` replaces workers. Raise `ValueError` with the output of MkDocs if the build fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, OFFLINE)
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--no-directory-urls", "--site-dir", str(copy)]
        environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise ValueError(f"the offline copy could not be built:\n{done.stdout}{done.stderr}")
        index = copy / "search" / "search_index.json"
        told = f"var __index = {index.read_text(encoding='utf-8')}"
        index.with_suffix(".js").write_text(told, encoding="utf-8", newline="")
        for served in (index, copy / "404.html"):  # only a server needs them
            served.unlink()
        (copy / WORKER).write_bytes(Path(__file__).with_name("worker.js").read_bytes())
        offer_downloads(copy)
        slim(copy)
        write_zip(copy, site / f"{OFFLINE}.zip")


def write_zip(folder: Path, target: Path) -> None:
    """Zip a folder so that the same files always give the same bytes; each is dated 1980, as the format begins."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in files(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{name}")
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)


def offer_downloads(site: Path) -> None:
    """Replace each `<!-- publish/downloads FOLDER -->` by links to the existing downloads.

    A placeholder with a folder gets the files below it, any other gets all. A paragraph `.no-downloads` after it stays
    only where there are none.
    """
    for page in sorted(site.rglob("*.html")):
        html = PLACE.sub(partial(_offered, site, page), page.read_text(encoding="utf-8"))
        page.write_text(html, encoding="utf-8", newline="")


def _offered(site: Path, page: Path, place: re.Match[str]) -> str:
    items = [
        f'<a href="{escape(os.path.relpath(site / name, page.parent))}" download>{escape(words)}</a>'
        f" ({(site / name).stat().st_size / 1000:,.0f} kB)"
        for name, words in OFFERED.items()
        if name.startswith(place["folder"] or "") and (site / name).is_file()
    ]
    # The 404 page is shown at any depth, where relative links would not work.
    if not items or page.name == "404.html":
        return place["none"] or ""
    return f'<p class="downloads">To download: {"; ".join(items)}.</p>'


def slim(site: Path) -> None:
    """Delete unused files, empty folders, styles that match nothing, comments of scripts and white space of pages."""
    for path in unused(site):
        path.unlink()
    for folder in sorted(site.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    pages = {page: folded(page.read_text(encoding="utf-8")) for page in sorted(site.rglob("*.html"))}
    index = "".join(path.read_text(encoding="utf-8") for path in (site / "search").glob("*.js*"))
    old, new = slim_styles(site, "".join(pages.values()) + index)
    for script in sorted((site / "assets").glob("*.js")):
        script.write_text(uncommented(script.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    for page, html in pages.items():
        page.write_text(_OWN.sub("", html).replace(old, new), encoding="utf-8", newline="")


def slim_styles(site: Path, html: str) -> tuple[str, str]:
    """Drop from the style sheets what can match nothing in `html`, of pages and search, nor anything that scripts add.

    The site's own sheet joins the theme's, whose name contains a hash of its content. Return its old and its new name.
    """
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((site / "assets").rglob("*.js")))
    named = " ".join(part for tag in set(_TAG.findall(html)) for part in _NAMED.findall(tag))
    names = {"js", *re.findall(r"[\w-]+", named), *_GIVEN.findall(scripts)}  # `js` takes the place of `no-js`
    begun = tuple({*_BEGUN.findall(scripts)})
    absent = tuple(name for name, sign in THEME_PARTS.items() if not re.search(sign, html))
    sheets = {path: path.read_text(encoding="utf-8") for path in sorted((site / "assets").rglob("*.css"))}
    theme = next(path for path in sheets if path.name.startswith("main."))
    sheets[theme] += sheets.pop(site / "assets/op-ed.css")
    before: dict[Path, str] = {}
    while sheets != before:  # a property may be needed only by one that is not
        before = sheets
        asked = {*re.findall(r"--[\w-]+", scripts), *re.findall(r"var\(\s*(--[\w-]+)", "".join(sheets.values()))}

        def known(name: str, asked: set[str] = asked) -> bool:
            if name.startswith("--"):
                return name in asked and not name.startswith(absent)
            return (name in names or name.startswith(begun)) and not name.startswith(absent)

        sheets = {path: "".join(lean(tinycss2.parse_stylesheet(sheet), known)) for path, sheet in sheets.items()}
    for path, sheet in sheets.items():
        path.write_text(sheet, encoding="utf-8", newline="")
    (site / "assets/op-ed.css").unlink()
    digest = hashlib.sha256(sheets[theme].encode()).hexdigest()[:8]
    return theme.name, theme.rename(theme.with_name(f"main.{digest}.min.css")).name


def uncommented(script: str) -> str:
    """Return a script without its comments and indents."""
    tokens = [(kind, text) for kind, text in JavascriptLexer().get_tokens(script) if kind not in Comment]
    return "".join(re.sub(r"\s*\n\s*", "\n", text) if kind in Whitespace else text for kind, text in tokens)


def lean(nodes: list[Any], known: Callable[[str], bool]) -> Iterator[str]:
    """Yield the rules and declarations whose names are all known, without comments.

    Of a mask that is written with and without a prefix the prefixed one is left: older browsers know no other, and all
    others know it as well (https://compat.spec.whatwg.org/#css-prefix-aliases).
    """
    prefixed = (node.name for node in nodes if node.type == "declaration" and node.name.startswith("-webkit-mask"))
    twice = {name.removeprefix("-webkit-") for name in prefixed}
    for node in nodes:
        if node.type == "qualified-rule":
            listed = "".join("\0" if part == "," else part.serialize() for part in node.prelude).split("\0")
            kept = [tight(one) for one in listed if all(map(known, needed(one)))]
            body = "".join(lean(tinycss2.parse_blocks_contents(node.content), known))
            if kept and body:
                yield f"{','.join(kept)}{{{body.rstrip(';')}}}"
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports"):
            body = "".join(lean(tinycss2.parse_blocks_contents(node.content), known))
            if body:
                yield f"@{node.lower_at_keyword}{tinycss2.serialize(node.prelude)}{{{body}}}"
        elif node.type == "declaration":
            if node.name not in twice and (not node.name.startswith("--") or known(node.name)):
                yield f"{node.name}:{tight(tinycss2.serialize(node.value))}{'!important' * node.important};"
        elif node.type not in ("comment", "error", "whitespace"):
            yield node.serialize()


def tight(words: str) -> str:
    """Return a selector or a value without what is needless in it."""
    return _NEEDLESS.sub(lambda match: match[1] or match[2] or "", words).strip()


def needed(selector: str) -> Iterator[str]:
    """Yield the elements, classes and ids that a selector needs, and the values of its attributes that are parts."""
    before = None
    for part in tinycss2.parse_component_value_list(selector):
        if part.type == "hash" or (part.type == "ident" and before != ":"):
            yield part.value
        elif part.type == "[] block":
            yield from (value.value for value in part.content if value.type == "ident" and value.value in THEME_PARTS)
        before = part.value if part.type == "literal" else None


def unused(site: Path) -> list[Path]:
    """Return the files in assets/ that no page or style sheet names, and a compressed or empty sitemap.

    From the theme these are its source maps, the stemmers of other languages and its colour palettes.
    """
    naming = "".join(path.read_text(encoding="utf-8") for kind in ("*.html", "*.css") for path in site.rglob(kind))
    # Style sheets name their source maps, which only developers of the theme need.
    assets = [path for path in sorted((site / "assets").rglob("*")) if path.is_file()]
    left = [path for path in assets if path.suffix == ".map" or path.name not in naming]
    # A site without an address has none to list.
    maps = site.glob("sitemap.xml*")
    return left + [path for path in maps if path.suffix == ".gz" or "<loc>" not in path.read_text(encoding="utf-8")]


def folded(html: str) -> str:
    """Replace each run of white space that contains a line end by one line end, except where white space matters."""
    return _FOLDED.sub(lambda found: found["kept"] or "\n", html)


def compress(site: Path) -> None:
    """Write a .gz and a .br beside every text file that is not too small, for servers to send, without name or date."""
    import brotli  # which only this step needs

    for path in [site / name for name in files(site)]:
        if path.suffix in TEXT and path.stat().st_size >= SMALLEST:
            content = path.read_bytes()
            path.with_name(f"{path.name}.gz").write_bytes(zlib.compress(content, level=9, wbits=31))
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=11))


def files(site: Path) -> list[str]:
    """Return the paths of the site's files except SHA256SUMS, sorted by their bytes."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return sorted(name for name in found if name != SUMS)


def write_sums(site: Path) -> None:
    """Write the sums of all files, with which anybody can verify a copy by `sha256sum --check`."""
    lines = [f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}\n" for name in files(site)]
    (site / SUMS).write_text("".join(lines), encoding="utf-8", newline="")


def report(site: Path) -> str:
    """Return how many files the site has and how large they are, without the compressed copies of some."""
    sizes = [(site / name).stat().st_size for name in files(site) if not name.endswith((".gz", ".br"))]
    return f"{site}: {len(sizes)} files, {sum(sizes) / 1000:,.0f} kB"


if __name__ == "__main__":
    print(source_date(Path()))
