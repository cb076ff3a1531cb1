"""Take pictures of five kinds of pages, in both schemes, at three widths: .venv/bin/python tests/screenshots.py FOLDER.

Builds the site, and needs BROWSER_PATH, as scripts/test sets it. A picture is named `op-ed-response-360-dark.png`; the
README's, of a page with an open note, is `site.png`.
"""

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from copies import build, serve

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["", "op-ed/response/", "claims/vote-2014/", "evidence/votes/", "claims/"]
WIDTHS = [360, 768, 1440]


def main(folder: Path) -> None:
    """Build, serve, and take the pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site:
        build(ROOT, "--quiet", "--site-dir", site).check_returncode()
        with serve(Path(site)) as root, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ["BROWSER_PATH"], args=[] if os.getuid() else ["--no-sandbox"]
            )
            for width in WIDTHS:
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
                    )
                    page = context.new_page()
                    for path in PAGES:
                        page.goto(f"{root}/{path}", wait_until="load")
                        page.add_style_tag(
                            content="* { content-visibility: visible !important }"
                        )  # so that all of it is visible
                        name = path.strip("/").replace("/", "-") or "home"
                        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    context.close()
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{root}/op-ed/response/")
            page.locator("#vote-2014").click()
            page.mouse.move(0, 0)  # off the paragraph, which shows its addresses
            page.wait_for_timeout(500)
            page.screenshot(path=folder / "site.png")
            with Image.open(folder / "site.png") as image:
                image.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE).save(folder / "site.png", optimize=True)
            browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2 or "BROWSER_PATH" not in os.environ:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
