"""SHA256SUMS, by which anybody can tell whether a copy is whole, and the list of what is published by its size."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

SUMS = "SHA256SUMS"
LISTED = 12  # files, the largest


def files(site: Path) -> list[str]:
    """Return the paths of the site's files but that of the sums, in the order of their bytes."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return sorted(name for name in found if name != SUMS)


def write_sums(site: Path) -> None:
    """Write the sums of all files, in the form that `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}\n" for name in files(site)]
    (site / SUMS).write_text("".join(lines), encoding="utf-8", newline="")


def report(site: Path) -> Iterator[str]:
    """List the largest files, and the sum of all: what pages need, what is there to download, what is compressed."""
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
    """Write a size in kB, in a column."""
    return f"{size / 1000:10,.1f} kB"
