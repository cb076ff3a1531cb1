"""SHA256SUMS, with which anybody can verify a copy of the site, and a report of the largest files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

SUMS = "SHA256SUMS"
LISTED = 12  # how many of the largest files to list


def files(site: Path) -> list[str]:
    """Return the paths of the site's files except SHA256SUMS, sorted by their bytes."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return sorted(name for name in found if name != SUMS)


def write_sums(site: Path) -> None:
    """Write the sums of all files in the format of `sha256sum --check`."""
    lines = [f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}\n" for name in files(site)]
    (site / SUMS).write_text("".join(lines), encoding="utf-8", newline="")


def report(site: Path) -> Iterator[str]:
    """Yield the largest files and the totals: of pages and what they need, of downloads, and of compressed copies."""
    sizes = {name: (site / name).stat().st_size for name in [*files(site), SUMS]}
    groups = {
        "PDF and zip": {name for name in sizes if name.endswith((".pdf", ".zip"))},
        "compressed beside their originals": {name for name in sizes if name.endswith((".gz", ".br"))},
    }
    plain = [name for name in sizes if not any(name in names for names in groups.values())]
    by_size = sorted(plain, key=lambda name: (-sizes[name], name))
    for name in by_size[:LISTED]:
        yield f"{kilobytes(sizes[name])}  {name}"
    yield f"{kilobytes(sum(sizes[name] for name in by_size[LISTED:]))}  {len(by_size[LISTED:])} smaller files"
    yield f"{kilobytes(sum(sizes[name] for name in plain))}  {len(plain)} files in all"
    for title, names in groups.items():
        if names:
            yield f"{kilobytes(sum(sizes[name] for name in names))}  {len(names)} files: {title}"


def kilobytes(size: int) -> str:
    """Return a size in kB, aligned in a column."""
    return f"{size / 1000:10,.1f} kB"
