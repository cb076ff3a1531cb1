"""Leave out of the published site what no page uses, and the white space that templates leave in pages."""

import re
from pathlib import Path

# Where white space counts, and scripts, of which the hash is in the headers.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)


def slim(site: Path) -> None:
    """Take out what `unused` names and what is empty, and fold the white space of every page."""
    for path in unused(site):
        path.unlink()
    for folder in sorted(site.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    for page in sorted(site.rglob("*.html")):
        page.write_text(folded(page.read_text(encoding="utf-8")), encoding="utf-8", newline="")


def unused(site: Path) -> list[Path]:
    """Return the files below assets/ that no page and no style sheet names, a compressed sitemap, and an empty one.

    Of the theme these are the maps of its sources, the stemmers of other languages and the colours that it comes with.
    """
    naming = "".join(path.read_text(encoding="utf-8") for kind in ("*.html", "*.css") for path in site.rglob(kind))
    # A style sheet names the map of its sources, of which only developers of the theme have a use.
    assets = [path for path in sorted((site / "assets").rglob("*")) if path.is_file()]
    left = [path for path in assets if path.suffix == ".map" or path.name not in naming]
    maps = [path for path in (site / "sitemap.xml", site / "sitemap.xml.gz") if path.is_file()]
    # Without the address that the site is published under, there is none to list.
    return left + [path for path in maps if path.suffix == ".gz" or "<loc>" not in path.read_text(encoding="utf-8")]


def folded(html: str) -> str:
    """Make one line end of each run of white space with a line end in it, but where white space counts."""
    parts = _KEPT.split(html)
    # With two groups in the pattern the parts are: text, kept, its tag, text, kept, its tag, …, text.
    parts = [part if index % 3 else re.sub(r"\s*\n\s*", "\n", part) for index, part in enumerate(parts)]
    return "".join(part for index, part in enumerate(parts) if index % 3 != 2)
