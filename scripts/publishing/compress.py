"""Compressed copies of text files, which servers can send instead of compressing at each request."""

import zlib
from pathlib import Path

import brotli

TEXT = {".bib", ".css", ".csv", ".html", ".js", ".json", ".md", ".ris", ".svg", ".txt", ".xml", ".yml"}
SMALLEST = 1024  # bytes; smaller files fit in one packet anyway


def compress(site: Path) -> None:
    """Write a .gz and a .br beside every text file that is not too small, without a name or date inside."""
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXT and path.is_file() and path.stat().st_size >= SMALLEST:
            content = path.read_bytes()
            gzip = zlib.compress(content, level=9, wbits=31)
            path.with_name(f"{path.name}.gz").write_bytes(gzip)
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=11))
