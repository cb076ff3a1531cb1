"""Measure the Lighthouse scores of five kinds of pages on its slow phone, as the median of three runs.

Run by hand, after `sh scripts/install test`, with CHROME_PATH set to Chrome or Chromium and Lighthouse from npm:

    .venv/bin/python tests/benchmarks/page_scores.py NODE_MODULES/.bin/lighthouse

The site is built, made ready to publish and served compressed on 127.0.0.1. Whatever keeps a page from 100 is listed
below its scores.

Lighthouse slows the processor four times, so that a fast desktop is like a telephone of the middle class; for a desktop
whose benchmark index is below 1,500 it recommends a factor of two (its docs/throttling.md, "Calibrating the CPU
slowdown"). A run whose factor does not fit the index that it measured itself is made again. Both are printed.
"""

import http.server
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from compare import copy_project
from compare_pages import Compressed, published

PAGES = ["", "op-ed/response/", "claims/vote-2014/", "evidence/votes/", "claims/"]
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
RUNS = 3
FAST = 1500  # the benchmark index of a fast desktop


def reports(lighthouse: str, address: str) -> list[dict[str, Any]]:
    """Run Lighthouse on a page several times, and return its reports, each with the factor of the machine's speed."""
    # Chromium can't use its sandbox as root, as in containers.
    flags = "--headless=new --disable-background-networking" + ("" if os.getuid() else " --no-sandbox")
    command = [lighthouse, address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    found: list[dict[str, Any]] = []
    factor = 4
    for _ in range(5 * RUNS):
        slowed = [*command, f"--throttling.cpuSlowdownMultiplier={factor}"]
        run = subprocess.run(slowed, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(f"{' '.join(slowed)} failed:\n{run.stderr[-2000:]}")
        report = json.loads(run.stdout)
        fitting = 4 if report["environment"]["benchmarkIndex"] >= FAST else 2
        if fitting == factor:
            found.append(report)
        if len(found) == RUNS:
            return found
        factor = fitting
    sys.exit("the machine's speed changes too often to be measured")


def main(lighthouse: str) -> None:
    """Build, serve, measure and print."""
    with tempfile.TemporaryDirectory() as name:
        handler = type("Handler", (Compressed,), {"folder": published(copy_project(Path(name, "own")))})
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for page in PAGES:
                judged = reports(lighthouse, f"http://127.0.0.1:{server.server_port}/{page}")
                scores = [
                    f"{category} {100 * statistics.median(run['categories'][category]['score'] for run in judged):.0f}"
                    for category in CATEGORIES
                ]
                speeds = [
                    f"{run['configSettings']['throttling']['cpuSlowdownMultiplier']} at "
                    f"{run['environment']['benchmarkIndex']:.0f}"
                    for run in judged
                ]
                print(f"/{page}: {', '.join(scores)} (slowed {', '.join(speeds)})", flush=True)
                counted = {
                    ref["id"] for each in judged[0]["categories"].values() for ref in each["auditRefs"] if ref["weight"]
                }
                for audit in judged[0]["audits"].values():
                    if audit["id"] in counted and audit["score"] is not None and audit["score"] < 1:
                        print(f"    {audit['id']}: {audit['title']} {audit.get('displayValue', '')}", flush=True)
            server.shutdown()


if __name__ == "__main__":
    if len(sys.argv) != 2 or "CHROME_PATH" not in os.environ:
        sys.exit(__doc__)
    main(sys.argv[1])
