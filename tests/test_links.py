"""Links that last: every place has an address that is reached, copied, quoted from, and kept when it moves."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page, expect

from claims import load
from pages import page_address
from project import ROOT, TODAY, Project, pages_of

REGISTER = load(ROOT, TODAY)
# Ids that belong to a drawing or to the back and forth between a note and its number: no addresses of places.
INTERNAL = re.compile(r"fn(ref\d*)?:|votes-chart-")


# --- the contract ----------------------------------------------------------------------------------------------------


def ids_of(file: Path) -> list[str]:
    """Give the ids that a built page's article holds, in order."""
    article = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one("article")
    assert article is not None
    return [str(tag["id"]) for tag in article.select("[id]") if not INTERNAL.match(str(tag["id"]))]


def test_the_list_of_addresses_is_that_of_the_built_site(site: Path) -> None:
    built = set()
    for file in pages_of(site):
        path = file.parent.relative_to(site).as_posix()
        ids = ids_of(file)
        assert len(ids) == len(set(ids)), f"{path}: an id twice"
        built |= {f"{path}/#{name}".removeprefix("./") for name in ids}
    listed = {address for address in REGISTER.permalinks if address}
    assert len(listed) > 600
    assert built == listed


# Where ids are written: in braces on pages, in these places of the data.
WRITTEN = {
    ".md": re.compile(r"(?<=\{ #)(?P<id>[\w-]+)(?=[ }])"),
    "sources.yml": re.compile(r"(?<=^- id: )(?P<id>\S+)", re.MULTILINE),
    "events.csv": re.compile(r"(?<=^)(?P<id>[\w-]+)(?=,\d)", re.MULTILINE),
    "resolutions.csv": re.compile(r"(?<=^)(?P<id>(?:GA|HRC|CHR),[^,]+)(?=,)", re.MULTILINE),
}
FILES = [file.relative_to(ROOT / "docs").as_posix() for file in sorted((ROOT / "docs").rglob("*"))
         if file.name.endswith(tuple(WRITTEN))]  # fmt: skip

SHOWN_ON = {"data/sources.yml": "evidence/sources/", "data/events.csv": "evidence/timeline/",
            "data/resolutions.csv": "evidence/votes/"}  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_every_id_that_is_renamed_is_missed(path: str, project: Project) -> None:
    """Every id that a file has is made another; the checker misses every address that had it."""
    pattern = next(pattern for name, pattern in WRITTEN.items() if path.endswith(name))
    text = project.read(path)
    names = {re.sub(r"[^a-z0-9]+", "-", match["id"].partition(",")[2].lower()) or match["id"]
             for match in pattern.finditer(text)}  # fmt: skip
    project.write(path, pattern.sub(r"\g<id>-x", text))
    pages = {SHOWN_ON.get(path, page_address(f"docs/{path}")), *(["op-ed/whole/"] if path.startswith("op-ed/") else [])}
    parted = [address.partition("#") for address in REGISTER.permalinks]
    lost = {f"{page}#{name}" for page, _, name in parted if page in pages and name in names}
    assert len(lost) >= len(names) > 0
    missed = {
        match[1] for finding in project.findings() if (match := re.search(r"P002 '([^']*)' leads nowhere", finding))
    }
    assert lost <= missed


def test_what_a_directive_makes_is_missed_with_it(project: Project) -> None:
    project.edit("evidence/votes.md", "<!-- claims/votes -->", "")
    assert any("P002 'evidence/votes/#a-res-69-188' leads nowhere any more" in line for line in project.findings())


@pytest.mark.parametrize("path", ["claims/vote-2014.md", "about/method.md", "evidence/votes.md"])
def test_a_page_that_is_renamed_is_missed_with_all_its_places(path: str, project: Project) -> None:
    (project.root / "docs" / path).rename(project.root / "docs" / path.replace(".md", "-x.md"))
    page = path.removesuffix(".md") + "/#"
    lost = [address for address in REGISTER.permalinks if address.startswith(page)]
    missed = [finding for finding in project.findings() if "P002" in finding]
    assert len(lost) > 4
    for address in lost:
        assert any(f"'{address}' leads nowhere any more" in finding for finding in missed)


def test_what_moved_and_says_where_to_is_not_missed(project: Project) -> None:
    project.edit("about/method.md", "{ #computed }", "{ #computing }")
    old, new = "about/method/#computed", "about/method/#computing"
    project.edit("data/permalinks.txt", f"{old}\n", f"{old} -> {new}\n{new}\n")
    assert project.findings() == []


# --- in a browser ----------------------------------------------------------------------------------------------------

REACHED = """async names => {
  const header = document.querySelector(".md-header"), faults = []
  const settled = async () => { for (let i = 0; i < 2; i++) await new Promise(done => setTimeout(done)) }
  for (const name of names) {
    const mark = document.querySelector(`a.headerlink[href="#${name}"]`)
    if (!mark || !mark.getAttribute("aria-label")) { faults.push(`${name}: no mark`); continue }
    window.copied = ""
    mark.click()
    await settled()
    const copied = window.copied
    const said = document.querySelector("[aria-live=polite].address-status").textContent
    if (said !== `Copied: ${copied}`) faults.push(`${name}: says '${said}'`)
    document.activeElement.blur()
    scrollTo(0, document.documentElement.scrollHeight * (faults.length % 2))
    history.replaceState(null, "", location.pathname)
    location.href = copied
    await settled()
    const place = document.getElementById(name), top = place.getClientRects()[0].top
    if (document.activeElement !== place) faults.push(`${name}: no focus, after ${copied}`)
    const hidden = top < header.getBoundingClientRect().bottom || top >= innerHeight
    if (hidden) faults.push(`${name}: at ${top}, after ${copied}`)
  }
  return faults
}"""


@contextmanager
def context(browser: Browser, **options: object) -> Iterator[BrowserContext]:
    made = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
    yield made
    made.close()


def test_every_copied_address_leads_back_to_its_place_in_view_and_focus(browser: Browser, address: str) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for permalink in filter(None, REGISTER.permalinks):
        path, _, name = permalink.partition("#")
        places[path].append(name)
    assert sum(map(len, places.values())) > 600
    faults = []
    with context(browser) as made:
        page = made.new_page()
        page.add_init_script("navigator.clipboard.writeText = async text => { window.copied = text }")
        for path, names in places.items():
            page.goto(f"{address}/{path}")
            faults += [f"{path}: {fault}" for fault in page.evaluate(REACHED, names)]
    assert faults == []


def test_a_mark_shows_on_hover_and_focus_and_copies_to_the_clipboard(browser: Browser, address: str) -> None:
    with context(browser, permissions=["clipboard-read", "clipboard-write"]) as made:
        page = made.new_page()
        page.goto(f"{address}/op-ed/response/")
        mark = page.get_by_role("link", name="Link to paragraph 3", exact=True)
        shown = "e => getComputedStyle(e).opacity"
        assert mark.evaluate(shown) == "0"
        page.locator("#p3").hover(position={"x": 5, "y": 5})
        expect(mark).to_have_css("opacity", "1")
        page.locator("#p6").hover()
        mark.focus()
        expect(mark).to_have_css("opacity", "1")
        mark.press("Enter")
        expect(page.locator("[aria-live=polite]").filter(has_text="Copied")).to_have_text(
            f"Copied: {address}/op-ed/response/#p3"
        )
        assert page.evaluate("navigator.clipboard.readText()") == f"{address}/op-ed/response/#p3"
        assert page.url == f"{address}/op-ed/response/#p3"
        expect(mark).to_be_focused()


def test_on_touch_the_marks_are_there_and_a_tap_on_a_claim_shows_its_own(browser: Browser, address: str) -> None:
    with context(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as made:
        page = made.new_page()
        page.goto(f"{address}/op-ed/response/")
        assert float(page.locator("#p4 > .headerlink").evaluate("e => getComputedStyle(e).opacity")) > 0.5
        page.locator("#vote-2014").tap()
        expect(page.locator("#vote-2014 > .headerlink")).to_have_css("opacity", "1")


def test_without_scripts_the_addresses_lead_to_their_places(browser: Browser, address: str) -> None:
    with context(browser, java_script_enabled=False) as made:
        page = made.new_page()
        for place in ("op-ed/conclusion/#p20", "op-ed/whole/#embassy-2014", "claims/vote-2014/#not-known",
                      "evidence/sources/#voeten-unvotes", "evidence/votes/#a-res-69-188",
                      "evidence/timeline/#case-002-02", "about/method/#limits"):  # fmt: skip
            page.goto(f"{address}/{place}")
            expect(page.locator(f"#{place.partition('#')[2]}")).to_be_in_viewport()
        page.goto(f"{address}/op-ed/response/")
        page.get_by_role("link", name="Link to paragraph 6", exact=True).click()
        expect(page).to_have_url(f"{address}/op-ed/response/#p6")


def test_marks_are_no_words_and_are_not_printed(site: Path, page: Page, address: str) -> None:
    for file in pages_of(site):
        for tag in BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("article a.headerlink"):
            assert tag.get_text() == ""
            assert str(tag["aria-label"]).startswith("Link to ")
    page.goto(f"{address}/op-ed/response/")
    page.emulate_media(media="print")
    for mark in page.locator("a.headerlink").all():
        expect(mark).to_be_hidden()


SELECT = """([from, start, to, end]) => {
  const node = selector => {
    const texts = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT)
    return texts.nextNode()
  }
  getSelection().setBaseAndExtent(node(from), start, node(to), end)
}"""


@pytest.mark.parametrize(
    ("path", "selected", "expected"),
    [
        ("op-ed/response/", ["#vote-2014", 2, "#vote-2014", 10], "#p3:~:text=majority"),
        # Whole words, over the number of a note, which is no word of the op-ed.
        ("op-ed/response/", ["#adopted-2014", 6, "#quote-2014", 30],
         "#p3:~:text=resolution adopted on December 18, 2014,cease its “systematic, widespread and severe"),
        ("op-ed/whole/", ["#p4", 0, "#p5", 20],
         "#p4:~:text=However, concrete action by member states,Those states should link"),
    ],
    ids=["a word", "over a note", "over two paragraphs"],
)  # fmt: skip
def test_selected_words_are_linked_to(
    browser: Browser, address: str, path: str, selected: list[object], expected: str
) -> None:
    with context(browser, permissions=["clipboard-read", "clipboard-write"]) as made:
        page = made.new_page()
        page.goto(f"{address}/{path}")
        page.evaluate(SELECT, selected)
        page.get_by_role("button", name="Copy a link to these words").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        fragment = copied.removeprefix(f"{address}/{path}")
        # Where the words come up twice, those before them go ahead.
        assert unquote(re.sub(r"text=[^,]*-,", "text=", fragment)) == expected
        elsewhere = made.new_page()
        elsewhere.set_viewport_size({"width": 500, "height": 300})
        elsewhere.goto(copied)
        name = expected[1:].partition(":")[0]
        expect(elsewhere.locator(f"#{name}")).to_be_focused()
        expect(elsewhere.locator(str(selected[0]))).to_be_in_viewport()


def test_where_text_fragments_are_unknown_the_paragraph_is_reached(browser: Browser, address: str) -> None:
    """Such a browser leaves the fragment in the address; encoded, one that knows it does so, too."""
    with context(browser) as made:
        page = made.new_page()
        page.goto(f"{address}/op-ed/whole/#p20%3A~%3Atext=The%20recent%20seminar")
        expect(page.locator("#p20")).to_be_focused()
        expect(page.locator("#p20")).to_be_in_viewport()
        assert page.url == f"{address}/op-ed/whole/#p20"


# --- short addresses, moved ones, lost ones --------------------------------------------------------------------------


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves a site below a folder, as a host does: what is not there is answered by 404.html."""

    below = "/"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """Take the folder away."""
        return super().translate_path("/" + path.removeprefix(self.below))

    def send_error(self, code: int, message: str | None = None, *_: object) -> None:
        """Answer with the page for lost addresses."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted(site: Path, below: str = "/") -> Iterator[str]:
    """Serve a site on 127.0.0.1 below a folder; give the address of its root, with a slash at the end."""
    handler = functools.partial(type("Host", (_Host,), {"below": below}), directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{below}"
        server.shutdown()


SHORT = {
    "p3/": "op-ed/response/#p3",
    "p21/": "op-ed/conclusion/#p21",
    "c/vote-2014/": "claims/vote-2014/",
    "c/vote-2014/#record": "claims/vote-2014/#record",
}


@pytest.mark.parametrize("below", ["/", "/checks/op-ed/"])
def test_a_short_address_leads_to_its_place_and_keeps_the_fragment(browser: Browser, site: Path, below: str) -> None:
    with hosted(site, below) as root, context(browser) as made:
        page = made.new_page()
        for short, target in SHORT.items():
            page.goto(root + short)
            expect(page).to_have_url(root + target)


def test_a_short_address_leads_to_its_place_without_scripts(browser: Browser, site: Path) -> None:
    with hosted(site, "/below/") as root, context(browser, java_script_enabled=False) as made:
        page = made.new_page()
        for short, target in list(SHORT.items())[:3]:
            page.goto(root + short)
            expect(page).to_have_url(root + target)


def test_every_paragraph_and_claim_has_a_short_address(site: Path) -> None:
    found = {}
    for file in site.rglob("index.html"):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        if link := page.select_one("a[data-moved]"):
            path = file.parent.relative_to(site).as_posix()
            found[path] = os.path.normpath(Path(path, str(link["href"]).partition("#")[0]))
            canonical, robots = page.select_one("link[rel=canonical]"), page.select_one("meta[name=robots]")
            assert canonical is not None
            assert canonical["href"] == str(link["href"]).partition("#")[0]
            assert robots is not None
            assert robots["content"] == "noindex"
    paragraphs = {f"p{number}" for number in range(1, 22)}
    assert set(found) == paragraphs | {f"c/{claim}" for claim in REGISTER.claims}
    assert all((site / target / "index.html").is_file() for target in found.values())
    assert found["p3"] == "op-ed/response"


def build(root: Path, address: str = "") -> Path:
    """Build a project that need not be without findings; give the folder of the site."""
    environment = {**os.environ, "PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(root / "site")]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return root / "site"


def test_what_moved_leads_on(browser: Browser, project: Project) -> None:
    for name in ("scripts", "overrides"):
        shutil.copytree(ROOT / name, project.root / name)
    plan = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("about/cite.md", "about/citing.md")
    (project.root / "mkdocs.yml").write_text(plan, encoding="utf-8")
    (project.root / "docs/about/cite.md").rename(project.root / "docs/about/citing.md")
    project.edit("about/method.md", "{ #computed }", "{ #calculated }")
    project.edit("about/method.md", "## What is not done { #limits }", "## What is not done { #undone }")
    project.edit("about/corrections.md", "None so far.", "None so far.\n\n## What is not done { #limits }\n\nNothing.")
    moved = {
        "about/method/#computed": "about/method/#calculated",
        "about/method/#limits": "about/corrections/#limits",
        "about/cite/#cite": "about/citing/#cite",
        "about/cite/#addresses": "about/citing/#addresses",
        "about/cite/#check": "about/method/#undone",
    }
    for old, new in moved.items():
        project.edit("data/permalinks.txt", f"\n{old}\n", f"\n{old} -> {new}\n")
    site = build(project.root)
    anchor = BeautifulSoup((site / "about/method/index.html").read_text(encoding="utf-8"), "html.parser").find(
        id="computed"
    )
    assert anchor is not None
    assert anchor.get_text() == ""
    with hosted(site, "/below/") as root:
        with context(browser) as made:
            page = made.new_page()
            for old, new in moved.items():
                page.goto(root + old)
                name = (old if new.startswith("about/method/#calc") else new).partition("#")[2]
                expect(page.locator(f"#{name}")).to_be_in_viewport()
                expect(page).to_have_url(root + (old if name == "computed" else new))
        with context(browser, java_script_enabled=False) as made:
            page = made.new_page()
            page.goto(f"{root}about/method/#limits")
            page.locator("#limits").get_by_role("link", name="about/corrections/#limits").click()
            expect(page).to_have_url(f"{root}about/corrections/#limits")
            page.goto(f"{root}about/cite/")
            expect(page).to_have_url(f"{root}about/citing/")


LOST = {
    "op-ed/respons/": "op-ed/response/",
    "claims/vote-2104": "claims/vote-2014/",
    "vote-2014": "claims/vote-2014/",
    "op-ed/response.html#p3": "op-ed/response/#p3",
    "sources/": "evidence/sources/",
    "claim/embassy-2014/index.html": "claims/embassy-2014/",
}


def test_a_lost_address_is_offered_the_likeliest(browser: Browser, project: Project) -> None:
    for name in ("scripts", "overrides"):
        shutil.copytree(ROOT / name, project.root / name)
    shutil.copy(ROOT / "mkdocs.yml", project.root)
    site = build(project.root, "https://op-ed.example/below/")
    with hosted(site, "/below/") as root, context(browser) as made:
        page = made.new_page()
        for lost, likeliest in LOST.items():
            page.goto(root + lost)
            first = page.locator("#likeliest a").first
            expect(first).to_have_text(likeliest)
            first.click()
            expect(page).to_have_url(root + likeliest)
        page.goto(f"{root}zzzz/qqqqqqqqqqqq")
        page.wait_for_load_state("networkidle")
        assert page.locator("#likeliest a").count() == 0
        page.get_by_role("link", name="every claim").click()
        expect(page).to_have_url(f"{root}claims/")
