"""Find Chrome or Chromium, for printing and for the tests: python -m publishing.browser prints its path.

It is the one that BROWSER_PATH names, else one that is installed, else the one that Playwright downloaded.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome")
APPLICATIONS = ("/Applications", "~/Applications")  # of macOS, which are not among its commands
BUNDLES = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")


def installed_browser() -> str | None:
    """Return the path of the browser that is named or installed, or None where there is only Playwright's or none."""
    if named := os.environ.get("BROWSER_PATH"):
        return named
    bundles = (str(Path(folder, bundle).expanduser()) for folder in APPLICATIONS for bundle in BUNDLES)
    return next(filter(None, map(shutil.which, (*COMMANDS, *bundles))), None)


def main() -> int:
    """Print the browser's path; return 1 where there is none."""
    path = installed_browser()
    if path is None:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    if not Path(path).exists() and shutil.which(path) is None:
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
