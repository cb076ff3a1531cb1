"""The made-up op-ed's site, as published, in Firefox and WebKitGTK: pages, notes, search, keyboard, print, read aloud.

`scripts/test --clients` installs both and runs these tests. What Chromium does is in the other tests.
"""

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from copies import ADDRESS, serve, window
from drivers import Client, Firefox, firefox, webkitgtk
from project import LIGHTHOUSE, addresses_of, one_of_each_kind
from test_keyboard import STOP
from test_notes import COVERED, ODD
from test_print import WHOLE, difference, squeezed, words_of

NUMBER = "#vote-2019 + sup a"
OPEN = "document.querySelector('.note:not([hidden])')"
ROWS = "[...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility()).length"
FOUND = "[...document.querySelectorAll('.md-search-result__link')].filter(e => e.checkVisibility()).map(e => e.href)"


@pytest.fixture(scope="module")
def root(addressed: Path) -> Iterator[str]:
    """Serve the site as published under an address."""
    with serve(addressed, "/fact-check") as address:
        yield address


@pytest.fixture(scope="module", params=[firefox, webkitgtk], ids=["firefox", "webkitgtk"])
def started(request: pytest.FixtureRequest, root: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Start a browser for all tests."""
    with request.param(root, tmp_path_factory.mktemp("client")) as client:
        yield client


@pytest.fixture
def client(started: Client) -> Iterator[Client]:
    """Give the browser with a wide window; Firefox's console must say nothing until the end of the test."""
    started.resize(1280)
    yield started
    assert not isinstance(started, Firefox) or started.complaints() == []


# --- every kind of page, on the screen and on paper -----------------------------------------------------------------

REGISTER = "claims/?verdict=contradicted"


class Tour(NamedTuple):
    """A visit to pages of every kind, to odd addresses, and to the register with a filter."""

    said: list[str]  # each address, by how much its page is too wide for 320 pixels, and what the console said
    # The words on the sheets, with a form feed after each but the last; neither browser prints heads and feet of ours.
    printed: dict[str, str]


@pytest.fixture(scope="module")
def tour(started: Client, root: str, addressed: Path, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """Visit the pages in one of the browsers."""
    folder = tmp_path_factory.mktemp("printed")
    odd = [path + end for path, ends in ODD.items() for end in ends]
    addresses = [f"{root}/{path}" for path in [*one_of_each_kind(addressed), REGISTER, *odd]]
    if isinstance(started, Firefox):
        said = []
        started.resize(1280)
        for number, address in enumerate(addresses):
            started.goto(address.removeprefix(f"{root}/"))
            started.find("h1")
            (folder / f"{number}.pdf").write_bytes(started.print())
            started.within("gBrowser.selectedBrowser.fullZoom = 4")
            started.wait("(e => innerWidth === 320 && e.scrollWidth <= e.clientWidth)(document.documentElement)")
            said += [f"{address} 0", *started.complaints()]
    else:
        command = ["/usr/bin/python3", str(Path(__file__).with_name("webkit_pages.py")), str(folder), *addresses]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=300)
        said = done.stdout.splitlines()
    printed = {}
    for number, address in enumerate(addresses):
        texts = (page.get_textpage().get_text_bounded() for page in PdfDocument(folder / f"{number}.pdf"))
        printed[address.removeprefix(f"{root}/")] = "\f".join(texts).replace("\ufffe", "-").replace("\x02", "-")
    return Tour(said, printed)


def test_every_kind_of_page_opens_without_a_word_in_the_console_and_fits_320_pixels(tour: Tour, root: str) -> None:
    """Firefox shows it at four times the size in a window of 1280."""
    assert len(tour.printed) > 25
    assert tour.said == [f"{root}/{path} 0" for path in tour.printed]


def test_printed_every_kind_of_page_has_exactly_its_words(tour: Tour, addressed: Path) -> None:
    """So the short addresses are whole, with the edition, and each source's address is there once."""
    texts = {path: squeezed(tour.printed[path]) for path in addresses_of(addressed) if path in tour.printed}
    faults = {path: fault for path in texts if (fault := difference(words_of(addressed, path), texts[path]))}
    if WHOLE in faults:  # WebKitGTK draws what is set in columns after the rest of a sheet: so in order or not
        assert Counter(squeezed(words_of(addressed, WHOLE).get_text())) - Counter(texts[WHOLE]) == Counter()
        del faults[WHOLE]
    assert faults == {}
    assert "ThelightatCapeOrrin,checked.Version" in texts[WHOLE]
    assert f"of2June2021.{ADDRESS}" in texts[WHOLE]
    for place in (f"{ADDRESS}c/lit-1887/", "…/c/service-130/"):
        assert f"Checkedon1June2021.See{place}" in texts[WHOLE]


def test_no_sheet_ends_with_a_heading(tour: Tour) -> None:
    sheets = [sheet for path in ("claims/all/", WHOLE, "evidence/votes/") for sheet in tour.printed[path].split("\f")]
    assert len(sheets) > 8
    headings = {"Why this verdict", "What the record shows", "What is not known", "Sources", "General Assembly"}
    assert [lines for sheet in sheets if (lines := sheet.split("\n")) and lines[-1].strip() in headings] == []


def test_a_printed_register_names_its_filter(tour: Tour) -> None:
    text = " ".join(tour.printed[REGISTER].split())
    assert "Verdict: Contradicted ✗. 3 claims of 12." in text
    assert "The vote of 2019" in text
    assert "The finest" not in text


# --- what readers choose --------------------------------------------------------------------------------------------


def test_where_letters_alone_are_enlarged_charts_keep_their_words_at_their_bars_and_dots(client: Client) -> None:
    """As Firefox does on request, and on Android by the system's size of letters."""
    middle = "(e => (r => r.top + r.height / 2)(e.getBoundingClientRect()))"
    apart = f"""[...document.querySelectorAll('figure svg svg:has(> rect:not(.row), > circle)')].map(e =>
        Math.abs({middle}(e.querySelector('rect, circle')) - {middle}(e.querySelector('text'))))"""
    for path in ("evidence/votes/", "evidence/timeline/"):
        client.goto(path)
        plain = client.js(apart)
        if isinstance(client, Firefox):
            size = client.js("parseFloat(getComputedStyle(document.querySelector('figure')).fontSize)")
            client.within("(gBrowser.selectedBrowser.browsingContext.textZoom = a[0])", 1.5)
            client.wait("document.querySelector('figure text').getBoundingClientRect().height > a[0] * 1.4", size)
            plain += client.js(apart)
            client.within("(gBrowser.selectedBrowser.browsingContext.textZoom = 1)")
        assert len(plain) >= 4
        assert max(plain) < 3


@pytest.mark.parametrize("kind", [firefox, webkitgtk])
def test_where_site_data_is_blocked_notes_search_and_colours_work(
    kind: Callable[..., Any], root: str, tmp_path: Path
) -> None:
    with kind(root, tmp_path, *(["--enable-html5-local-storage=false"] if kind == webkitgtk else [])) as client:
        client.resize(1280)
        if isinstance(client, Firefox):
            client.within("Services.prefs.setIntPref('network.cookie.cookieBehavior', 2)")
        client.goto("op-ed/light/")
        assert client.js("Object.getOwnPropertyDescriptor(window, 'localStorage').get") is None
        client.point("button[title='Switch to dark']", click=True)
        client.wait("getComputedStyle(document.body).colorScheme === 'dark'")
        client.point("#vote-2019")
        client.wait(OPEN)
        client.point("input[name=query]", click=True)
        client.press(*"keepers")
        client.wait(f"{FOUND}[0]")
        client.goto("op-ed/light/")
        assert client.js("getComputedStyle(document.body).colorScheme") == "light"


def test_the_colours_that_were_chosen_are_kept_and_where_one_is_is_underlined(client: Client) -> None:
    client.goto("op-ed/light/")
    here = "getComputedStyle(document.querySelector('.md-tabs__item--active .md-tabs__link')).textDecorationLine"
    assert client.js(here) == "underline"
    client.point("button[title='Switch to dark']", click=True)
    client.wait("document.activeElement.title === 'Switch to light'")
    client.goto("claims/vote-2019/")
    assert client.js("getComputedStyle(document.body).colorScheme") == "dark"
    client.point("button[title='Switch to light']", click=True)
    client.wait("getComputedStyle(document.body).colorScheme === 'light'")


# --- notes ----------------------------------------------------------------------------------------------------------


def test_a_note_opens_by_pointing_by_clicks_and_by_the_focus_and_closes_without_moving_it(client: Client) -> None:
    client.goto("op-ed/light/")
    client.point("#vote-2019")
    note = client.wait(OPEN)
    assert "118 votes to 12, with 40 abstentions" in client.js("a[0].innerText", note)
    client.point(".note a")
    client.point("h1")
    client.wait(f"!{OPEN}")
    for place in ("#vote-2019", NUMBER):
        for close in (".note button", "h1", "Escape", place):
            client.point(place, click=True)
            client.wait(f"{OPEN} && document.querySelector(a[0]).ariaExpanded === 'true'", NUMBER)
            focus = client.js("document.activeElement")
            client.press(close) if close == "Escape" else client.point(close, click=True)
            client.wait(f"!{OPEN} && document.querySelector(a[0]).ariaExpanded === 'false'", NUMBER)
            assert close == "h1" or client.js("document.activeElement === a[0]", focus)
    client.js("document.activeElement.blur() ?? document.querySelector(a[0]).focus()", NUMBER)
    client.wait(OPEN)
    client.press("Tab", "Escape")
    client.wait(f"!{OPEN} && document.activeElement.matches(a[0])", NUMBER)
    assert client.js("location.href") == f"{client.root}/op-ed/light/"


@pytest.mark.parametrize("width", [1280, 800, 320])  # 320: as narrow as the window gets
def test_a_note_covers_none_of_its_claims_lines(client: Client, width: int) -> None:
    width = client.resize(width)
    for path in ("op-ed/light/", "op-ed/keepers/"):
        client.goto(path)
        for claim in client.js("[...document.querySelectorAll('p > .claim')]"):
            client.js("a[0].scrollIntoView({ block: 'nearest' })", claim)
            client.point(claim, click=True)
            note = client.wait(OPEN)
            assert client.js(f"({COVERED})(a[0])", note) == 0
            left, right = client.js("(({ left, right }) => [left, right])(a[0].getBoundingClientRect())", note)
            assert left >= 0
            assert right <= width
            client.press("Escape")


def test_a_copied_paragraph_is_the_op_eds_words_alone(client: Client) -> None:
    client.goto("op-ed/light/")
    client.js("getSelection().selectAllChildren(document.getElementById('p2'))")
    client.press("Control+c")
    lines = (LIGHTHOUSE / "docs/data/op-ed.txt").read_text(encoding="utf-8").splitlines()
    assert pasted(client).split() == next(line for line in lines if line.startswith("Since 2018")).split()


def pasted(client: Client) -> str:
    """Paste into the box of the search, and return what came."""
    client.point("input[name=query]", click=True)
    client.press("Control+a", "Control+v")
    return str(client.wait("document.querySelector('input[name=query]').value"))


# --- search, addresses ----------------------------------------------------------------------------------------------


def test_the_search_answers_to_what_is_typed_and_pasted_and_leaves_the_address(client: Client) -> None:
    client.goto("")

    def answers(query: str, *, paste: bool = False) -> Any:
        client.point("input[name=query]", click=True)
        client.press("Control+a", "Control+x")
        client.wait("document.querySelector('.md-search-result__meta').textContent.includes('Type to start')")
        client.press("Control+v") if paste else client.press(*query)
        found = client.wait(f"{FOUND}[0] && {FOUND}")
        for _ in range(20):
            time.sleep(0.3)
            before, found = found, client.js(FOUND)
            if found == before:
                break
        return found[:3]

    for plain, odd in (("vote", "vote:"), ("A/RES/74/902", "A/RES/74/902:"), ("vote", "-vote ~")):
        found = answers(plain)
        assert answers(plain, paste=True) == found
        assert answers(odd) == found, odd
    assert answers("asked states to keep")[0].endswith("#p2")
    client.point(".md-search-result__link", click=True)
    client.wait("location.pathname.endsWith('/op-ed/light/') && document.querySelector('article mark')")
    client.point("#p2 > .headerlink", click=True)
    client.wait("document.querySelector('.address-status').textContent.startsWith('Copied')")
    assert client.js("location.href") == pasted(client) == f"{client.root}/op-ed/light/#p2"
    client.goto("op-ed/light/?h=lights#p2")
    client.wait("document.querySelector('article mark')")
    client.js("document.querySelector('.md-footer__link').click()")
    client.wait("!location.pathname.endsWith('/op-ed/light/')")
    client.send("WebDriver:Back")
    client.wait("location.href === a[0]", f"{client.root}/op-ed/light/#p2")


def test_short_addresses_and_lost_ones_lead_on(client: Client) -> None:
    client.goto("c/vote-2019/#sources")
    client.wait("location.href === a[0]", f"{client.root}/claims/vote-2019/#sources")
    client.goto("op-ed/keeprs/")
    client.point("#likeliest a", click=True)
    client.wait("location.href === a[0]", f"{client.root}/op-ed/keepers/")


def test_the_register_is_filtered_and_its_address_keeps_it(client: Client) -> None:
    client.goto("claims/")
    client.js("document.querySelector('#filter-verdict').focus()")
    client.press("Down", "Down")
    client.wait("location.search === '?verdict=contradicted'")
    assert client.js(ROWS) == 3
    client.goto("claims/?verdict=contradicted")
    client.wait(f"{ROWS} === 3")
    client.point("th:first-child button", click=True)
    client.wait("document.querySelector('th').ariaSort === 'ascending'")


def test_a_reference_is_copied(client: Client) -> None:
    client.goto("claims/vote-2019/")
    client.point(".cite summary", click=True)
    client.point(".cite button", click=True)
    client.wait("document.querySelector('.address-status').textContent.startsWith('Copied: ')")
    assert "The Light at Cape Orrin" in pasted(client)


# --- by keyboard ----------------------------------------------------------------------------------------------------


# Firefox scrolls to nothing that is partly in view.
SEEN = STOP.replace("top + height / 2", "Math.min(top + height / 2, innerHeight - 1)")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["op-ed/light/", "claims/", "claims/vote-2019/"])
def test_tab_reaches_everything_and_the_focus_is_in_view(client: Client, path: str, width: int) -> None:
    client.resize(width)
    client.goto(path)
    stops = 0
    while stops < 300:
        client.press("Tab")
        if client.js("document.activeElement === document.body || 'reached' in document.activeElement.dataset"):
            break
        client.wait(f"({SEEN})()?.[1]")
        stops += client.js("document.activeElement.matches('.note *') || (document.activeElement.dataset.reached = 1)")
    assert stops > 20
    assert (
        client.js("""[...document.querySelectorAll('a[href], button, input, select, summary')].filter(e =>
        e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.tabIndex >= 0
        && !('reached' in e.dataset) && !e.matches('.note *')).map(e => e.outerHTML)""")
        == []
    )


def test_tab_leads_through_the_results_of_the_search_and_escape_back(client: Client) -> None:
    client.goto("")
    button = "[data-md-component=palette] button:not([hidden])"
    listed = "document.querySelectorAll('.md-search-result :is(a, summary)')"
    stops = f"[...{listed}].filter(e => e.checkVisibility())"
    client.js("document.querySelector(a[0]).focus()", button)
    client.press("Tab")
    client.wait("document.querySelector('#__search').checked")
    client.press(*"keepers")
    client.wait(f"{FOUND}[1]")
    for place in (0, 1):
        client.press("Tab")
        client.wait(f"document.activeElement === {stops}[a[0]]", place)
    client.press("Escape")
    client.wait("document.activeElement.matches(a[0]) && !document.querySelector('#__search').checked", button)


# --- read aloud -----------------------------------------------------------------------------------------------------

# Pages, with what opens there what is closed, and some of what has to be said.
ALOUD = {
    "op-ed/light/": (f"document.querySelector('{NUMBER}').focus()", {
        ("link", "Contradicted: claim 7"), ("link", "Link to the claim “The vote of 2019”"),
        ("dialog", "Note. Contradicted: claim 7"), ("button", "Close"),
    }),
    "claims/vote-2019/": ("document.querySelector('.cite details').open = true", {
        ("heading", "The vote of 2019"), ("link", "✗ Contradicted"), ("link", "Contradicted The vote of 2019"),
    }),
    "claims/": ("0", {("status", "")}),
    "evidence/votes/": ("0", set()),
    "evidence/timeline/": ("0", set()),
}  # fmt: skip
# Left out is what each browser names its own way: heads of tables, lists of choices, what folds, and icons.
SAYING = """[...document.querySelectorAll(`:is(article, header, .note, .md-nav--primary) :is(h1, h2, h3, a[href],
  button, input, nav, aside, table, figure, img, form, [role], [aria-label]), .note`)]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest("[aria-hidden]"))"""


def test_what_is_read_aloud_is_the_same_as_in_chromium(client: Client, browser: Browser) -> None:
    for path, (opening, some) in ALOUD.items():
        client.goto(path)
        client.js(opening)
        here = [client.told(element) for element in client.js(SAYING)]
        with window(browser, width=1280, height=700) as page:
            page.goto(f"{client.root}/{path}")
            page.evaluate(opening)
            devtools = page.context.new_cdp_session(page)
            found = devtools.send("Runtime.evaluate", {"expression": SAYING})["result"]["objectId"]
            there = []
            for entry in devtools.send("Runtime.getProperties", {"objectId": found, "ownProperties": True})["result"]:
                if entry["name"].isdigit():
                    asked = {"objectId": entry["value"]["objectId"], "fetchRelatives": False}
                    [node] = devtools.send("Accessibility.getPartialAXTree", asked)["nodes"]
                    name = node.get("name", {"value": ""})["value"]
                    there.append((node["role"]["value"], " ".join(name.split())))
            devtools.detach()
        assert here == there, path
        assert some <= {*here}
