"""Measure an op-ed page's weight and largest contentful paint, compared with other themes with the same words.

Run by hand, after `sh scripts/install test`, with BROWSER_PATH set to Chrome or Chromium:

    .venv/bin/python tests/benchmarks/compare_pages.py [NAME=FOLDER …]

This site is built here and made ready to publish; the plain theme, with and without its search, and MkDocs's own are
built from the pages as the extension expands them. The plain theme asks for no fonts from elsewhere, which here would
fail at once. Further sites, built by other tools from the same pages, are named with their folder. All are served
alike, compressed, on 127.0.0.1, and opened in turn in a browser that knows none of them, on a slow line and a processor
slowed four times.
Bytes are those transferred until the page has been quiet for two seconds.
"""

import gzip
import http.server
import mimetypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from compare import ROOT, copy_project, with_pages_expanded, without_claims

PAGE = "op-ed/response/"
RUNS = 7
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}  # bytes/s
PLAIN = """site_name: An op-ed, checked
theme:
  name: {theme}
  font: false
plugins: [{plugins}]
markdown_extensions: [attr_list, def_list, footnotes, tables, pymdownx.bracketspan]
"""
LARGEST = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({type: "largest-contentful-paint", buffered: true}))"""


class Load(NamedTuple):
    """The cost of opening a page: seconds to the largest paint, and bytes transferred."""

    painted: float
    transferred: int


def build(folder: Path) -> Path:
    """Build the project in a folder, and return the built site."""
    environment = {**os.environ, "PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "site"


def published(folder: Path) -> Path:
    """Build the project in a folder, and return the site, ready to publish."""
    site = build(folder)
    environment = {**os.environ, "PYTHONPATH": "scripts", "SITE_URL": ""}
    command = [sys.executable, "-m", "opedcheck.publish", str(site)]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return site


def plain(folder: Path, theme: str, plugins: str = "search") -> Path:
    """Return the site with the same words in an unmodified theme."""
    without_claims(with_pages_expanded(copy_project(folder)))
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    (folder / "mkdocs.yml").write_text(f"{PLAIN.format(theme=theme, plugins=plugins)}nav:\n{nav}", encoding="utf-8")
    shutil.rmtree(folder / "overrides")
    return build(folder)


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serve a folder with compressed text."""

    folder: Path

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it overrides
        """Log nothing."""

    def do_GET(self) -> None:
        """Send the file, or 404."""
        file = self.folder / self.path.partition("?")[0].lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        content = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def load(browser: Browser, address: str) -> Load:
    """Open a page once, with nothing cached."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    transferred = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal transferred
        transferred += int(event["encodedDataLength"])

    protocol.on("Network.loadingFinished", count)
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", SLOW_LINE)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(2000)
    painted = float(page.evaluate(LARGEST)) / 1000
    context.close()
    return Load(painted, transferred)


def main(others: dict[str, Path]) -> None:
    """Build, serve and open the sites in turn, and print medians with their ratio to this site's."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        sites = {"this site": published(copy_project(folder / "own"))}
        sites["Material"] = plain(folder / "material", "material")
        sites["Material without search"] = plain(folder / "searchless", "material", plugins="")
        sites["readthedocs theme"] = plain(folder / "readthedocs", "readthedocs")
        sites.update(others)
        addresses = {}
        for title, site in sites.items():
            handler = type("Handler", (Compressed,), {"folder": site})
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            addresses[title] = f"http://127.0.0.1:{server.server_port}/{PAGE}"
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=os.environ["BROWSER_PATH"], args=sandbox)
        loads: dict[str, list[Load]] = {title: [] for title in sites}
        for _ in range(RUNS):
            for title, address in addresses.items():
                loads[title].append(load(browser, address))
        browser.close()
    own = [statistics.median(column) for column in zip(*loads["this site"], strict=True)]
    for title, each in loads.items():
        painted, transferred = (statistics.median(column) for column in zip(*each, strict=True))
        ratios = f"({painted / own[0]:.2f}) ({transferred / own[1]:.2f})"
        print(f"{title:24} largest paint {painted:.2f} s, {transferred / 1000:.1f} kB  {ratios}")


if __name__ == "__main__":
    main({title: Path(folder) for title, _, folder in (argument.partition("=") for argument in sys.argv[1:])})
