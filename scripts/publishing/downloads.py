"""Links to the downloads, on pages with a placeholder for them: `<!-- publish/downloads FOLDER -->`."""

import os
import re
from html import escape
from pathlib import Path

PLACE = re.compile(r"<!-- publish/downloads(?: (?P<folder>[\w./-]+))? -->")
DOWNLOADS = {
    "op-ed/whole/op-ed-a4.pdf": "The op-ed, PDF on A4",
    "op-ed/whole/op-ed-letter.pdf": "The op-ed, PDF on US Letter",
    "claims/all/fact-check-a4.pdf": "Every claim, PDF on A4",
    "claims/all/fact-check-letter.pdf": "Every claim, PDF on US Letter",
    "op-ed-offline.zip": "The whole site, to read offline",
}


def offer_downloads(site: Path) -> None:
    """Replace each placeholder by links to the existing downloads, or by nothing.

    A placeholder with a folder gets the files below it, any other gets all.
    """
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        # The 404 page is shown at any depth, where relative links would not work.
        for place in list(PLACE.finditer(html)):
            shown = links(site, page, place["folder"] or "") if page.name != "404.html" else ""
            html = html.replace(place.group(), shown)
        page.write_text(html, encoding="utf-8", newline="")


def links(site: Path, page: Path, folder: str = "") -> str:
    """Return a paragraph of links from `page` to the downloads below `folder`, or an empty string without any."""
    items = [
        f'<a href="{escape(os.path.relpath(site / name, page.parent))}" download>{escape(words)}</a>'
        f" ({(site / name).stat().st_size / 1000:,.0f} kB)"
        for name, words in DOWNLOADS.items()
        if name.startswith(folder) and (site / name).is_file()
    ]
    return f'<p class="downloads">To download: {"; ".join(items)}.</p>' if items else ""
