"""Measure how soon after the last letter the first result of each tested query is shown, in a real browser.

Run by hand, after `sh scripts/install test`, with BROWSER_PATH set to Chrome or Chromium:

    .venv/bin/python tests/benchmarks/search_speed.py

The index is already loaded; the time is from the release of the key to the first change in the list of results.
"""

import os
import statistics
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from compare import ROOT, copy_project
from compare_pages import Compressed, build

QUERIES = [
    line.rpartition(" -> ")[0]
    for line in (ROOT / "tests" / "search_queries.txt").read_text(encoding="utf-8").splitlines()
    if " -> " in line and not line.startswith("# ")
]
# The theme reads the search box when a key is released.
FIRST_RESULT = """query => new Promise(done => {
  const box = document.querySelector("[data-md-component=search-query]")
  const list = document.querySelector(".md-search-result__list")
  box.value = query
  const begun = performance.now()
  new MutationObserver((_, observer) => {
    if (!list.querySelector("a")) return
    observer.disconnect()
    done(performance.now() - begun)
  }).observe(list, { childList: true, subtree: true })
  box.dispatchEvent(new KeyboardEvent("keyup", { key: "e", bubbles: true }))
})"""


def main() -> None:
    """Build, open, type, and print the times."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        handler = type("Handler", (Compressed,), {"folder": build(copy_project(Path(name, "own")))})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=os.environ["BROWSER_PATH"], args=sandbox)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.get_by_role("textbox", name="Search").click()
        page.get_by_text("Type to start searching").wait_for()
        times = {query: float(page.evaluate(FIRST_RESULT, query)) for query in QUERIES}
        browser.close()
        server.shutdown()
    slowest = max(times, key=lambda query: times[query])
    print(f"{len(times)} queries: median {statistics.median(times.values()):.0f} ms, slowest {times[slowest]:.0f} ms")
    print(f"slowest: {slowest}")


if __name__ == "__main__":
    if "BROWSER_PATH" not in os.environ:
        sys.exit(__doc__)
    main()
