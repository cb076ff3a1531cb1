"""Print the reading copy and the fact-check of a built site as PDF, and photograph cards, with headless Chromium.

Cards are the pictures shown with links to a page. What is printed, and in which sizes, is in steps.py.
SOURCE_DATE_EPOCH sets the date in the PDFs; without it, that is the date of the site's newest check.
`python -m opedcheck.publish.paper` starts what that needs, and prints the path of the browser: the one that
BROWSER_PATH names, else one that is installed, else the one that Playwright downloaded.
"""

import hashlib
import io
import logging
import os
import posixpath
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import segno
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject

from opedcheck.publish.steps import COPIES, SIZES
from opedcheck.records import VERDICTS
from opedcheck.render.head import CARD_SIZE
from opedcheck.text import series

# The headless shell comes first: it draws and prints the same in two thirds of the time.
COMMANDS = (
    "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"
)  # fmt: skip
APPLICATIONS = ("/Applications", "~/Applications")  # of macOS, which are not among its commands
BUNDLES = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
log = logging.getLogger(__name__)
NOWHERE = "https://site.invalid/"  # stands for the address of a site without one; never requested

OLDER_TAGS = {"Strong": "Span", "Em": "Span", "Aside": "Div", "Title": "P", "FENote": "Note", "Sub": "Span"}
TAG = re.compile(rb"\(node\d{8}\)")

_META = re.compile(r'<meta property="([\w:]+)" content="([^"]*)">')
_CARD = Template(Path(__file__).with_name("card.html").read_text(encoding="utf-8"))


def installed_browser() -> str | None:
    """Return the path of the browser that is named or installed, or None where there is only Playwright's or none."""
    if named := os.environ.get("BROWSER_PATH"):
        return named
    bundles = (str(Path(folder, bundle).expanduser()) for folder in APPLICATIONS for bundle in BUNDLES)
    return next(filter(None, map(shutil.which, (*COMMANDS, *bundles))), None)


def write_papers(site: Path, site_url: str, *, pdf: bool) -> None:
    """Write the PDFs, if they are wanted, and cards, if the site has an address, into a built site's folder.

    The same site gives the same bytes. Raise `ValueError` if there is no browser, or if a page is missing.
    """
    site_url = f"{site_url.rstrip('/')}/" if site_url else ""
    with _browser() as browser:
        if site_url:
            write_cards(browser, site, site_url)
        if pdf:
            write_pdfs(browser, site, site_url)


@contextmanager
def _browser() -> Iterator[Browser]:
    named = installed_browser()
    with ExitStack() as ending:
        try:
            playwright = ending.enter_context(sync_playwright())
        except Exception as error:  # Playwright has no class of its own for this
            advice = "install what the line above names; a small Debian lacks libatomic1"
            raise ValueError(f"Playwright did not start; {advice} ({str(error).splitlines()[0]})") from error
        try:
            # Playwright starts it without its sandbox, which can't be used as root; it only opens our own pages.
            started = ending.enter_context(playwright.chromium.launch(executable_path=named))
        except Error as error:
            told = f"{named} did not start" if named else "none was found"
            needed = f"PDFs, and the cards of a site with an address, need Chrome or Chromium, and {told}"
            why = str(error).splitlines()[0]
            raise ValueError(f"{needed}; install one, or name one: BROWSER_PATH=/path/to/chromium ({why})") from error
        yield started


@contextmanager
def _opened(browser: Browser, site: Path, root: str) -> Iterator[Page]:
    """Open a page that gets only the site's files, under `root`; with a QR code of its address, if that is one."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": CARD_SIZE[0], "height": CARD_SIZE[1]})
    page = context.new_page()
    page.route("**/*", lambda route: _answer(route, site, root))
    yield page
    page.unroute_all(behavior="ignoreErrors")  # for late requests by the browser, such as the site's icon
    context.close()


def _answer(route: Route, site: Path, root: str) -> None:
    path = unquote(urlsplit(route.request.url).path)
    below = posixpath.relpath(path, urlsplit(root).path)
    file = site / below / "index.html" if (site / below).is_dir() else site / below
    if not route.request.url.startswith(root) or below.startswith("..") or not file.is_file():
        route.abort()
    elif file.suffix == ".html" and root != NOWHERE:
        html = file.read_text(encoding="utf-8").replace("<h1", f"{_code(route.request.url)}<h1", 1)
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(path=file)


# --- Cards -----------------------------------------------------------------------------------------------------------


def write_cards(browser: Browser, site: Path, site_url: str) -> None:
    """Photograph a card for every page of a built site that names one as `og:image`.

    The card shows what the page says about itself: its title, a claim's verdict, and the site's name.
    """
    with _opened(browser, site, site_url) as page:
        for file in sorted(site.rglob("index.html")):
            text = file.read_text(encoding="utf-8")
            said = {name: unescape(content) for name, content in _META.findall(text)}
            if "og:image" not in said or "data-moved" in text:  # a redirect shows the card of its target
                continue
            page.set_content(card(site_url, said.get("og:title", ""), said.get("og:site_name", "")))
            path = site / said["og:image"].removeprefix(site_url)
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path)


def card(root: str, title: str, site_name: str) -> str:
    """Return the card of a page as HTML: its title, a claim's verdict, which begins the title, and the site's name."""
    told = ""
    for name, verdict in VERDICTS.items():
        if title.startswith(f"{verdict.name}: "):
            title = title.removeprefix(f"{verdict.name}: ")
            told = f'<p class="{name}"><svg><use href="#{name}"/></svg>{verdict.name}</p>'
    return _CARD.substitute(root=escape(root), title=escape(title), verdict=told, site=escape(site_name))


# --- PDFs ------------------------------------------------------------------------------------------------------------


def write_pdfs(browser: Browser, site: Path, site_url: str) -> None:
    """Print every copy in every size into the built site's folder.

    `site_url` is the site's address; if it is empty, links between pages are relative, and there is no QR code.
    """
    root = site_url or NOWHERE
    with _opened(browser, site, root) as page:
        for copy in COPIES:
            address = copy.rpartition("/")[0] + "/"
            if not (site / address / "index.html").is_file():
                raise ValueError(f"{site} has no page {address}; build the site first: sh scripts/build")
            try:
                page.goto(root + address)
                if letters := _unshown(page, page.locator("article").inner_text()):
                    scripts = series(sorted({unicodedata.name(letter, "other").split()[0] for letter in letters}))
                    some = letters[:12] + "…" * (len(letters) > 12)
                    told = "no installed font has these letters (%s): %s; install one, such as fonts-noto-cjk"
                    log.warning(f"%s: {told}", address, scripts, some)
                for size in SIZES:
                    (site / f"{copy}-{size.lower()}.pdf").write_bytes(_printed(page, size))
            except Error as error:
                told = str(error).splitlines()[0]
                raise ValueError(f"{address} could not be printed; open it in a browser ({told})") from error


def _printed(page: Page, size: str) -> bytes:
    """Print a page in a size, with title and author, and without what differs from one printing to the next."""
    writer = PdfWriter(clone_from=io.BytesIO(page.pdf(tagged=True, outline=True, format=size)))
    author, edition = page.locator("meta[name=author]"), page.locator(".edition").first
    by = author.get_attribute("content") if author.count() else edition.get_attribute("data-editors")
    epoch, day = os.environ.get("SOURCE_DATE_EPOCH"), edition.locator("time").get_attribute("datetime")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.fromisoformat(day or "").replace(tzinfo=UTC)
    stamp = moment.strftime("D:%Y%m%d%H%M%SZ")
    writer.metadata = {
        "/Title": page.title(),
        "/Author": by or "",
        "/Producer": (writer.metadata and writer.metadata.producer) or "Chromium",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    # The browser's tags are those of PDF 2.0, which few readers know, so the new ones are mapped to those of PDF 1.7.
    writer.pdf_header = "%PDF-1.7"
    tags = {NameObject(f"/{new}"): NameObject(f"/{known}") for new, known in OLDER_TAGS.items()}
    cast(Any, writer.root_object["/StructTreeRoot"])[NameObject("/RoleMap")] = DictionaryObject(tags)
    # In the outline, the browser joins the words of a heading where it continues on a second line.
    headings = [text.removesuffix("#").split() for text in page.locator("article :is(h1, h2, h3)").all_text_contents()]
    words = {"".join(heading): " ".join(heading) for heading in headings}
    for item in _items(writer.root_object["/Outlines"]):
        named = str(item["/Title"])
        item[NameObject("/Title")] = TextStringObject(words.get("".join(named.split()), named))
    for sheet in writer.pages:
        for annotation in sheet.get("/Annots", ArrayObject()):
            _make_relative(annotation.get_object(), page.url)
    writer._ID = None
    digest = ByteStringObject(hashlib.md5(_bytes(writer), usedforsecurity=False).digest())
    writer._ID = ArrayObject([digest, digest])
    return _bytes(writer)


def _code(address: str) -> str:
    """Return the QR code of an address as HTML."""
    drawn = segno.make(address, error="m").svg_inline(border=0, omitsize=True)
    return f'<div class="qr" role="img" aria-label="QR code of {escape(address)}">{drawn}</div>'


def _unshown(page: Page, text: str) -> str:
    """Return the letters of a text that the fonts at hand do not show, by printing each once on a page beside `page`.

    What a font lacks has its glyph 0, which stands for no letter.
    """
    letters = sorted({letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha()})
    other = page.context.new_page()
    other.set_content(f"<p>{escape(' '.join(letters))}")
    printed = other.pdf()
    other.close()
    shown = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages)
    return "".join(sorted({*letters} - {*unicodedata.normalize("NFKC", shown)}))


def _items(parent: Any) -> Iterator[Any]:
    """Yield the items of an outline below one of them, in order."""
    item = parent.get("/First")
    while item is not None:
        item = item.get_object()
        yield item
        yield from _items(item)
        item = item.get("/Next")


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    # The browser numbers tags on from the last page it printed, so they are renumbered in order.
    ids = sorted(set(TAG.findall(out.getvalue())))
    number = {found: b"(node%08d)" % place for place, found in enumerate(ids, start=1)}
    return TAG.sub(lambda match: number[match.group()], out.getvalue())


def _make_relative(annotation: Any, base: str) -> None:
    """Make a link within a site without an address relative to `base`, the address of its page."""
    action = annotation.get("/A")
    address = str(action["/URI"]) if action and "/URI" in action else ""
    if address.startswith(NOWHERE):
        parts = urlsplit(address)
        way = posixpath.relpath(parts.path, urlsplit(base).path) + ("/" if parts.path.endswith("/") else "")
        action[NameObject("/URI")] = TextStringObject(way + (f"#{parts.fragment}" if parts.fragment else ""))


def main() -> int:
    """Print the browser's path; where it can't be started, write what to do to standard error and return 1."""
    try:
        with _browser() as browser:
            print(installed_browser() or browser.browser_type.executable_path)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
