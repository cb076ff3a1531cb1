"""Addresses last: each is listed, none is lost, and short and mistyped ones lead to the place."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from copies import ADDRESS, serve, window
from opedcheck.citations import Site
from opedcheck.output.downloads import redirects
from opedcheck.register import load
from opedcheck.text import page_address
from project import LIGHTHOUSE, ROOT, TODAY, Project, article_of, pages_of

REGISTER = load(ROOT, TODAY)
MADE_UP = load(LIGHTHOUSE, TODAY)
# Ids for going between a note and its number, or to the block "Cite", and in drawings, are not addresses of places.
INTERNAL = re.compile(r"fn(ref\d*)?:|citation$")
# The reading copies repeat places of other pages; only their claims, paragraphs and parts are promised.
COPIES = ("claims/all/#", "op-ed/short/#", "op-ed/whole/#")


# --- the contract ----------------------------------------------------------------------------------------------------


def ids_of(file: Path) -> list[str]:
    """Return the ids in a built page's article, in order."""
    places = [str(tag["id"]) for tag in article_of(file).select("[id]") if tag.find_parent("svg") is None]
    return [name for name in places if not INTERNAL.match(name)]


def test_the_list_of_addresses_is_that_of_the_built_site(site: Path) -> None:
    built = set()
    for file in pages_of(site):
        path = file.parent.relative_to(site).as_posix()
        ids = ids_of(file)
        assert len(ids) == len(set(ids)), f"{path}: an id twice"
        built |= {f"{path}/#{name}".removeprefix("./") for name in ids}
    listed = {address for address in REGISTER.permalinks if address}
    assert len(listed) > 600
    assert listed <= built
    assert {address for address in built - listed if not address.startswith(COPIES)} == set()


# Where ids are written: in braces on pages, and in these places of the data.
WRITTEN = {
    ".md": re.compile(r"(?<=\{ #)(?P<id>[\w-]+)(?=[ }])"),
    "sources.yml": re.compile(r"(?<=^- id: )(?P<id>\S+)", re.MULTILINE),
    "events.csv": re.compile(r"(?<=^)(?P<id>[\w-]+)(?=,\d)", re.MULTILINE),
    "readings.csv": re.compile(r"(?<=^)(?P<id>[AE]/[^,]+)(?=,)", re.MULTILINE),
}
FILES = [file.relative_to(LIGHTHOUSE / "docs").as_posix() for file in sorted((LIGHTHOUSE / "docs").rglob("*"))
         if file.name.endswith(tuple(WRITTEN))]  # fmt: skip

SHOWN_ON = {"data/sources.yml": "evidence/sources/", "data/events.csv": "evidence/timeline/",
            "data/readings.csv": "evidence/votes/"}  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_every_id_that_is_renamed_is_missed(path: str, project: Project) -> None:
    """Change every id in a file: the checker must report every address that had it as lost."""
    pattern = next(pattern for name, pattern in WRITTEN.items() if path.endswith(name))
    text = project.read(path)
    names = {re.sub(r"[^a-z0-9]+", "-", match["id"].lower()) for match in pattern.finditer(text)}
    project.write(path, pattern.sub(r"\g<id>-x", text))
    pages = {SHOWN_ON.get(path, page_address(f"docs/{path}")), *(["op-ed/whole/"] if path.startswith("op-ed/") else [])}
    parted = [address.partition("#") for address in MADE_UP.permalinks]
    lost = {f"{page}#{name}" for page, _, name in parted if page in pages and name in names}
    assert len(lost) >= len(names) > 0
    missed = {
        match[1] for finding in project.findings() if (match := re.search(r"P002 '([^']*)' leads nowhere", finding))
    }
    assert lost <= missed


def test_what_a_directive_makes_is_missed_with_it(project: Project) -> None:
    project.edit("evidence/votes.md", "<!-- claims/votes -->", "")
    assert any("P002 'evidence/votes/#a-res-74-902' leads nowhere" in line for line in project.findings())


@pytest.mark.parametrize("path", ["claims/vote-2019.md", "about/method.md", "evidence/votes.md"])
def test_a_page_that_is_renamed_is_missed_with_all_its_places(path: str, project: Project) -> None:
    (project.root / "docs" / path).rename(project.root / "docs" / path.replace(".md", "-x.md"))
    page = path.removesuffix(".md") + "/#"
    lost = [address for address in MADE_UP.permalinks if address.startswith(page)]
    missed = [finding for finding in project.findings() if "P002" in finding]
    assert len(lost) > 4
    for address in lost:
        assert any(f"'{address}' leads nowhere" in finding for finding in missed)


def test_an_old_id_is_kept_where_the_page_has_it_as_an_anchor(project: Project) -> None:
    project.edit("about/method.md", "## Computed verdicts { #computed }", "## Computing { #computing }")
    listed = project.read("data/permalinks.txt")
    project.write("data/permalinks.txt", listed.replace("#computed\n", "#computed\nabout/method/#computing\n"))
    [finding] = project.findings()
    assert "P002 'about/method/#computed' leads nowhere any more" in finding
    assert "keep the old id as []{ #computed }" in finding
    project.edit("about/method.md", "Each build computes", "[]{ #computed }Each build computes")
    assert project.findings() == []


# --- short addresses, lost ones --------------------------------------------------------------------------

SHORT = {
    "p3/": "op-ed/response/#p3",
    "p21/": "op-ed/conclusion/#p21",
    "c/vote-2014/": "claims/vote-2014/",
    "c/vote-2014/#record": "claims/vote-2014/#record",
}


@pytest.mark.parametrize("below", ["", "/checks/op-ed"])
def test_a_short_address_leads_to_its_place_and_keeps_the_fragment(browser: Browser, site: Path, below: str) -> None:
    with serve(site, below) as root, window(browser) as page:
        for short, target in SHORT.items():
            page.goto(f"{root}/{short}")
            expect(page).to_have_url(f"{root}/{target}")


def test_a_short_address_leads_to_its_place_without_scripts(browser: Browser, site: Path) -> None:
    with serve(site, "/below") as root, window(browser, java_script_enabled=False) as page:
        for short, target in list(SHORT.items())[:3]:
            page.goto(f"{root}/{short}")
            expect(page).to_have_url(f"{root}/{target}")


def test_every_paragraph_and_claim_has_a_short_address(site: Path) -> None:
    found = {}
    for file in site.rglob("index.html"):
        html = file.read_text(encoding="utf-8")
        if "data-moved" in html:
            page = BeautifulSoup(html, "html.parser")
            [link] = page.select("a[data-moved]")
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


def test_with_an_address_the_canonical_link_of_a_redirect_is_absolute() -> None:
    made = redirects(MADE_UP, Site("The light", "https://op-ed.example/"))
    assert {"p2/index.html", "c/vote-2019/index.html"} <= made.keys()
    page = BeautifulSoup(made["c/vote-2019/index.html"], "html.parser")
    link, canonical = page.select_one("a[data-moved]"), page.select_one("link[rel=canonical]")
    assert link is not None
    assert link["href"] == "../../claims/vote-2019/"
    assert canonical is not None
    assert canonical["href"] == "https://op-ed.example/claims/vote-2019/"
    assert page.title is not None
    assert page.title.get_text() == "The vote of 2019"
    card = {str(tag["property"]): tag["content"] for tag in page.select("meta[property]")}
    assert card["og:title"] == "Contradicted: The vote of 2019"
    assert card["og:url"] == "https://op-ed.example/claims/vote-2019/"
    assert card["og:image"] == "https://op-ed.example/cards/claims-vote-2019.png"
    assert 'content="https://op-ed.example/cards/op-ed-light.png"' in made["p2/index.html"]


def test_in_a_copy_for_a_disk_short_addresses_lead_to_files() -> None:
    made = redirects(MADE_UP, Site("The light"), folders=False)
    page = BeautifulSoup(made["p3/index.html"], "html.parser")
    link = page.select_one("a[data-moved]")
    assert link is not None
    assert (link["href"], link.get_text()) == ("../op-ed/keepers.html#p3", "op-ed/keepers/#p3")


LOST = {
    "op-ed/keeprs/": "op-ed/keepers/",
    "claims/vote-2109": "claims/vote-2019/",
    "vote-2019": "claims/vote-2019/",
    "op-ed/light.html#p2": "op-ed/light/#p2",
    "sources/": "evidence/sources/",
    "claim/meeting-2020/index.html": "claims/meeting-2020/",
}


def test_a_lost_address_is_offered_the_likeliest(browser: Browser, lighthouse_addressed: Path) -> None:
    with serve(lighthouse_addressed, urlsplit(ADDRESS).path.rstrip("/")) as root, window(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for lost, likeliest in LOST.items():
            page.goto(f"{root}/{lost}")
            first = page.locator("#likeliest a").first
            expect(first).to_have_text(likeliest)
            first.click()
            expect(page).to_have_url(f"{root}/{likeliest}")
        with page.expect_request_finished(lambda request: request.url.endswith("permalinks.txt")):
            page.goto(f"{root}/zzzz/qqqqqqqqqqqq")
        expect(page.locator("h1").last).to_be_visible()
        assert page.locator("#likeliest a").count() == 0
        page.get_by_role("link", name="all claims").click()
        expect(page).to_have_url(f"{root}/claims/")
        expect(page.locator("link[rel=alternate]")).to_have_count(1)  # the feed, whose sitemap the theme would ask for
        assert [address for address in asked if "sitemap" in address] == []
