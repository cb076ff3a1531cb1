"""Fixtures for all tests: a project to break, the built site, a server for it, and a browser."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from copies import Copy, build, launch, serve
from project import ROOT, Project


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the golden files."""
    parser.addoption("--rewrite", action="store_true", help="rewrite the golden files instead of comparing")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the project to break."""
    return Project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site strictly, once for all tests; with --quiet MkDocs would not be strict."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the built site ready to publish, with the offline copy and compressed files."""
    folder = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(site, folder)
    command = [sys.executable, "scripts/publish.py", "--offline", "--compress", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session", params=["from a server", "from a disk"])
def copy(request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """Yield the published site from a server with its headers, then the unpacked offline copy."""
    if request.param == "from a server":
        with serve(published) as root:
            yield Copy(root, offline=False)
    else:
        folder = tmp_path_factory.mktemp("disk")
        with zipfile.ZipFile(published / "op-ed-offline.zip") as archive:
            archive.extractall(folder)
        yield Copy((folder / "op-ed-offline").as_uri(), offline=True)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site on 127.0.0.1, and yield the address of its root without a slash at the end."""
    with serve(site) as root:
        yield root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that scripts/test found."""
    # A busy machine is slow; a page that is really broken fails anyway.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright, launch(playwright.chromium) as started:
        yield started


@contextmanager
def uncomplaining(browser: Browser, root: str) -> Iterator[Page]:
    """Open a page that must cause no console error and no request outside `root`."""
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    opened.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective}: ${e.blockedURI}`))"
    )
    opened.on(
        "console",
        lambda message: complaints.append(f"{opened.url}: {message.text}") if message.type == "error" else None,
    )
    opened.on("pageerror", lambda error: complaints.append(f"{opened.url}: {error}"))
    opened.on(
        "request",
        lambda request: None if request.url.startswith((root, "data:", "blob:")) else complaints.append(request.url),
    )
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open such a page on the site as built."""
    with uncomplaining(browser, address) as opened:
        yield opened


@pytest.fixture
def reader(browser: Browser, copy: Copy) -> Iterator[Page]:
    """Open such a page on the site as published or on its offline copy."""
    with uncomplaining(browser, copy.root) as opened:
        yield opened
