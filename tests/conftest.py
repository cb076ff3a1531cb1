"""Fixtures for all tests: a project to break, the built site, a server for it, and a browser."""

import os
import shutil
import signal
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from copies import ADDRESS, PLACES, Copy, build, build_elsewhere, launch, make_buildable, serve, window
from project import LIGHTHOUSE, ROOT, Project

Shared = Callable[[str, Callable[[Path], None]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of these tests."""
    parser.addoption("--rewrite", action="store_true", help="write the golden files anew instead of comparing")
    parser.addoption("--long", action="store_true", help="try everything, not one of each kind; takes half an hour")


def pytest_configure(config: pytest.Config) -> None:
    """Set how many examples each property gets: a few that are the same on every run, or many new ones."""
    long = config.getoption("--long")
    settings.register_profile(
        "project",
        max_examples=200 if long else 10,
        derandomize=not long,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, to be chosen or left out by `-m browser` and `-m "not browser"`, and run it first.

    So the tests that take longest begin first, and no worker ends long after the other.
    """
    for item in items:
        # A site with an address has cards, which a browser draws.
        if isinstance(item, pytest.Function) and {"browser", "addressed"} & {*item.fixturenames}:
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """End a test that hangs: it fails and shows where it waited, instead of holding up all others."""

    def end(*_: object) -> None:
        raise TimeoutError(f"not done after {limit} s")

    limit = 3600 if item.config.getoption("--long") else 300
    signal.signal(signal.SIGALRM, end)
    signal.alarm(limit)
    try:
        return (yield)
    finally:
        signal.alarm(0)


@pytest.fixture(scope="session")
def long(pytestconfig: pytest.Config) -> bool:
    """Return whether everything is to be tried."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Return a function that fills a folder once for all workers: the first to ask fills it, the others wait."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        path, filled = root / name, root / f"{name}.filled"
        with FileLock(root / f"{name}.lock"):
            if not filled.exists():
                shutil.rmtree(path, ignore_errors=True)
                path.mkdir()
                fill(path)
                filled.touch()
        return path

    return folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the made-up op-ed to break."""
    return Project(tmp_path)


def build_strictly(root: Path, address: str = "") -> Callable[[Path], None]:
    """Return a function that builds a project's site into a folder; with --quiet MkDocs would forget to be strict."""

    def fill(folder: Path) -> None:
        done = build(root, "--strict", "--site-dir", str(folder), address=address)
        assert done.returncode == 0, done.stdout + done.stderr

    return fill


@pytest.fixture(scope="session")
def site(shared: Shared) -> Path:
    """Build the site strictly, without an address of its own."""
    return shared("site", build_strictly(ROOT))


@pytest.fixture(scope="session")
def made_up(shared: Shared) -> Path:
    """Copy the made-up op-ed with all that its build needs."""

    def fill(folder: Path) -> None:
        shutil.copytree(LIGHTHOUSE / "docs", folder / "docs")
        make_buildable(folder)

    return shared("made-up", fill)


@pytest.fixture(scope="session")
def lighthouse(shared: Shared, made_up: Path) -> Path:
    """Build the site of the made-up op-ed strictly, without an address of its own."""
    return shared("lighthouse", build_strictly(made_up))


@pytest.fixture(scope="session")
def lighthouse_addressed(shared: Shared, made_up: Path) -> Path:
    """Build the site of the made-up op-ed strictly, to be published under the address of the tests."""
    return shared("lighthouse-addressed", build_strictly(made_up, ADDRESS))


@pytest.fixture(scope="session")
def addressed(shared: Shared) -> Path:
    """Build the made-up op-ed to be published under an address, with cards and PDFs."""
    return shared("addressed", lambda folder: build_elsewhere(folder, 0o022, {"SITE_URL": ADDRESS}, "--pdf")) / "site"


@pytest.fixture(scope="session")
def published(shared: Shared) -> Path:
    """Build the made-up op-ed to be published, with the offline copy and compressed files."""
    return shared("published", lambda folder: build_elsewhere(folder, *PLACES[0], "--offline", "--compress")) / "site"


@pytest.fixture(scope="session")
def unpacked(published: Path, shared: Shared) -> Path:
    """Unpack the offline copy of the published site."""

    def unpack(folder: Path) -> None:
        with zipfile.ZipFile(published / "op-ed-offline.zip") as archive:
            archive.extractall(folder)

    return shared("unpacked", unpack) / "op-ed-offline"


@pytest.fixture(scope="session", params=["from a server", "from a disk"])
def copy(request: pytest.FixtureRequest, published: Path, unpacked: Path) -> Iterator[Copy]:
    """Give the published site below a server's address, under its headers; then the offline copy, unpacked."""
    if request.param == "from a server":
        with serve(published) as root:
            yield Copy(root, offline=False)
    else:
        yield Copy(unpacked.as_uri(), offline=True)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site on 127.0.0.1, and yield the address of its root without a slash at the end."""
    with serve(site) as root:
        yield root


@pytest.fixture(scope="session")
def small(lighthouse: Path) -> Iterator[str]:
    """Serve the made-up op-ed's site, whose pages are short: for what does not depend on the words."""
    with serve(lighthouse) as root:
        yield root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that scripts/test found."""
    # A busy machine is slow; a page that is really broken fails anyway.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright, launch(playwright.chromium) as started:
        yield started


@contextmanager
def uncomplaining(browser: Browser, root: str = "") -> Iterator[Page]:
    """Open a page that must cause no console error and no request outside `root`, by default the host first asked."""
    complaints: list[str] = []
    allowed = [root] if root else []

    def asked(request: Request) -> None:
        if not allowed:
            allowed.append("/".join(request.url.split("/")[:3]) + "/")
        if not request.url.startswith((allowed[0], "data:", "blob:")):
            complaints.append(request.url)

    def written(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{opened.url}: {message.text}")

    def thrown(error: Error) -> None:
        complaints.append(f"{opened.url}: {error}")

    with window(browser, media={"reduced_motion": "no-preference"}) as opened:
        opened.on("request", asked)
        opened.on("console", written)
        opened.on("pageerror", thrown)
        yield opened
        opened.remove_listener("request", asked)
        opened.remove_listener("console", written)
        opened.remove_listener("pageerror", thrown)
    assert complaints == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open such a page on a site as built."""
    with uncomplaining(browser) as opened:
        yield opened


@pytest.fixture
def reader(browser: Browser, copy: Copy) -> Iterator[Page]:
    """Open such a page on the site as published or on its offline copy."""
    with uncomplaining(browser, copy.root) as opened:
        yield opened
