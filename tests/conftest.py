"""What the tests share: a project to break, the built site, a server for it, and a browser."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from project import ROOT, Project


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the switch that writes the golden files anew."""
    parser.addoption("--rewrite", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a copy of the project to break."""
    return Project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site strictly, once for all tests; with --quiet MkDocs would forget to be strict."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site on 127.0.0.1; give the address of its root, without a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that scripts/test found."""
    path = os.environ.get("BROWSER_PATH")
    assert path, "no browser is named: run the tests by scripts/test, or set BROWSER_PATH to Chrome or Chromium"
    # A machine under load takes its time; a page that is really broken fails all the same.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as in containers; the pages under test are our own.
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
        started = playwright.chromium.launch(executable_path=path, args=[*sandbox, *quiet])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page that must not complain: no error in its console, no request beyond the site's own host."""
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else complaints.append(request.url),
    )
    yield opened
    context.close()
    assert complaints == []
