"""A copy of the site that opens from a disk: built anew with names of files as addresses, zipped, search included.

Pages that are opened from a disk may fetch nothing and start no worker. So the index of the search is a script there,
as the theme expects it, and `worker.js` takes the place of workers.
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
DATE = (1980, 1, 1, 0, 0, 0)  # of every file in the zip; the earliest that its format knows
_BUNDLE = re.compile(r'<script defer src="(?P<root>[./]*)assets/javascripts/bundle')


def write_offline_copy(site: Path) -> None:
    """Build the copy, with the search index of `site`, and put it there as a zip.

    Raises `ValueError` with what MkDocs says where it can't be built.
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
    """Build the site with an address for each file, without those that it is published under."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--no-directory-urls", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ValueError(f"the offline copy could not be built:\n{done.stdout}{done.stderr}")


def make_offline(copy: Path, index: dict[str, object]) -> None:
    """Put the search into a copy, and leave out what only a server has a use for."""
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
            continue  # it leads on, and has no search
        html, count = _BUNDLE.subn(r'<script defer src="\g<root>assets/worker.js"></script>\n\g<0>', html)
        if count != 1:
            raise ValueError(f"{page.relative_to(copy)}: no script of the theme's, before which the search is prepared")
        page.write_text(html, encoding="utf-8", newline="")


def location(address: str, copy: Path) -> str:
    """Return the address that a document of the search index has in a copy.

    What stands before `/../` is the detour by which `search_index.py` makes each place a page of its own.
    """
    detour, way, rest = address.rpartition("/../")
    path, mark, name = rest.partition("#")
    if not path.endswith(".html"):
        whole = f"{path.rstrip('/')}.html"
        path = whole if (copy / whole).is_file() else f"{path}index.html"
    return f"{detour}{way}{path}{mark}{name}"


def write_zip(folder: Path, target: Path) -> None:
    """Zip a folder: the same files give the same bytes, whenever and by whomever they were written."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, path.read_bytes())
