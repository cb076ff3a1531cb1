"""Remove files that no page uses, and surplus white space in pages, from the published site."""

import re
from pathlib import Path

# Elements in which white space matters, and scripts, whose hashes are in the headers.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)


def slim(site: Path) -> None:
    """Delete unused files and empty folders, and collapse the white space of every page."""
    for path in unused(site):
        path.unlink()
    for folder in sorted(site.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    for page in sorted(site.rglob("*.html")):
        page.write_text(folded(page.read_text(encoding="utf-8")), encoding="utf-8", newline="")


def unused(site: Path) -> list[Path]:
    """Return the files in assets/ that no page or style sheet names, and a compressed or empty sitemap.

    From the theme these are its source maps, the stemmers of other languages and its colour palettes.
    """
    naming = "".join(path.read_text(encoding="utf-8") for kind in ("*.html", "*.css") for path in site.rglob(kind))
    # Style sheets name their source maps, which only developers of the theme need.
    assets = [path for path in sorted((site / "assets").rglob("*")) if path.is_file()]
    left = [path for path in assets if path.suffix == ".map" or path.name not in naming]
    maps = [path for path in (site / "sitemap.xml", site / "sitemap.xml.gz") if path.is_file()]
    # A site without an address has none to list.
    return left + [path for path in maps if path.suffix == ".gz" or "<loc>" not in path.read_text(encoding="utf-8")]


def folded(html: str) -> str:
    """Replace each run of white space that contains a line end by one line end, except where white space matters."""
    parts = _KEPT.split(html)
    # With two groups in the pattern the parts are: text, kept, its tag, text, kept, its tag, …, text.
    parts = [part if index % 3 else re.sub(r"\s*\n\s*", "\n", part) for index, part in enumerate(parts)]
    return "".join(part for index, part in enumerate(parts) if index % 3 != 2)
