"""Make a built site ready to publish; `scripts/build` runs this after MkDocs, in the project's folder.

Usage: python -m opedcheck.publish [--pdf] [--offline] [--compress] [FOLDER]
"""

import argparse
import os
import sys
from pathlib import Path

from opedcheck.publish.policy import write_policy
from opedcheck.publish.steps import SUMS, compress, offer_downloads, report, slim, write_offline_copy, write_sums


def main(arguments: list[str]) -> int:
    """Run the steps in order. Return 0, or 1 after printing a message if a step fails."""
    parser = argparse.ArgumentParser(prog="opedcheck.publish", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pdf", action="store_true", help="print the op-ed, a short edition and the check as PDF")
    parser.add_argument("--offline", action="store_true", help="add a zip of the site that opens from a disk")
    parser.add_argument("--compress", action="store_true", help="add a .gz and a .br beside every text file")
    parser.add_argument("folder", nargs="?", default="site", type=Path, help="the built site (site)")
    options = parser.parse_args(arguments)
    site: Path = options.folder
    if not (site / "index.html").is_file():
        print(f"publish: {site} is not a built site; run scripts/build", file=sys.stderr)
        return 1
    if (site / SUMS).exists():
        print(f"publish: {site} was prepared before; build it again with scripts/build", file=sys.stderr)
        return 1
    site_url = os.environ.get("SITE_URL", "")
    try:
        # First what adds files, then what changes pages, then what needs the files as they are served.
        if options.offline:
            write_offline_copy(site)
        if options.pdf or site_url:
            from opedcheck.publish.paper import write_papers  # needs further packages, and a browser

            write_papers(site, site_url, pdf=options.pdf)
        offer_downloads(site)
        slim(site)
        write_policy(site)
        if options.compress:
            compress(site)
        write_sums(site)
    except (ValueError, OSError) as fault:
        print(f"publish: {fault}", file=sys.stderr)
        return 1
    if options.pdf and not site_url:
        print("publish: SITE_URL is not set, so the PDFs have no QR code and no full addresses", file=sys.stderr)
    print(report(site))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
