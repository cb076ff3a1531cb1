"""Compressed copies of text files, which servers send as they are instead of compressing at each request."""

import zlib
from pathlib import Path

import brotli

TEXT = {".bib", ".css", ".csv", ".html", ".js", ".json", ".md", ".ris", ".svg", ".txt", ".xml", ".yml"}
SMALLEST = 1024  # bytes; what is smaller fits a packet anyway


def compress(site: Path) -> None:
    """Lay a .gz and a .br beside every text file that is not too small; with no name and no date in it."""
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXT and path.is_file() and path.stat().st_size >= SMALLEST:
            content = path.read_bytes()
            gzip = zlib.compress(content, level=9, wbits=31)
            path.with_name(f"{path.name}.gz").write_bytes(gzip)
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=11))
