"""A zipped copy of the site that opens from a disk, built with file names as addresses and a working search.

Pages opened from a disk can't fetch anything or start a worker. So the copy's search index is a script, as the theme
expects, and `worker.js` replaces workers.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from publishing.downloads import offer_downloads
from publishing.weight import slim

NAME = "op-ed-offline"
ROOT = Path(__file__).resolve().parents[2]
DATE = (1980, 1, 1, 0, 0, 0)  # of every file in the zip; the earliest that the format allows
_BUNDLE = re.compile(r'<script defer src="(?P<root>[./]*)assets/javascripts/bundle')


def write_offline_copy(site: Path) -> None:
    """Build the copy with the search index of `site`, and write it there as a zip.

    Raise `ValueError` with the output of MkDocs if the build fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, NAME)
        build(copy)
        index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
        make_offline(copy, index)
        offer_downloads(copy)
        slim(copy)
        write_zip(copy, site / f"{NAME}.zip")


def build(folder: Path) -> None:
    """Build the site with file names as addresses, and without the address where it is published."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--no-directory-urls", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ValueError(f"the offline copy could not be built:\n{done.stdout}{done.stderr}")


def make_offline(copy: Path, index: dict[str, object]) -> None:
    """Make the search work in a copy, and remove files that only a server needs."""
    documents = index["docs"]
    assert isinstance(documents, list)
    moved = [document | {"location": location(document["location"], copy)} for document in documents]
    told = json.dumps(index | {"docs": moved}, ensure_ascii=False, separators=(",", ":"))
    (copy / "search" / "search_index.js").write_text(f"var __index = {told}", encoding="utf-8", newline="")
    for name in ("404.html", "sitemap.xml", "search/search_index.json"):
        (copy / name).unlink()
    worker = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")
    (copy / "assets" / "worker.js").write_text(worker, encoding="utf-8", newline="")
    for page in sorted(copy.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if "data-moved" in html:
            continue  # a redirect page has no search
        html, count = _BUNDLE.subn(r'<script defer src="\g<root>assets/worker.js"></script>\n\g<0>', html)
        if count != 1:
            raise ValueError(f"{page.relative_to(copy)}: the theme's script is missing; the search goes before it")
        page.write_text(html, encoding="utf-8", newline="")


def location(address: str, copy: Path) -> str:
    """Return the address of a search document in a copy.

    The part before `/../` is the detour by which `search_index.py` makes each place a page of its own.
    """
    detour, way, rest = address.rpartition("/../")
    path, mark, name = rest.partition("#")
    if not path.endswith(".html"):
        whole = f"{path.rstrip('/')}.html"
        path = whole if (copy / whole).is_file() else f"{path}index.html"
    return f"{detour}{way}{path}{mark}{name}"


def write_zip(folder: Path, target: Path) -> None:
    """Zip a folder so that the same files always give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, path.read_bytes())
