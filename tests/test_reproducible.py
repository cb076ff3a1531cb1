"""The same sources give the same bytes, wherever, whenever and by whoever the site is built."""

import csv
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from project import ROOT
from publishing.source_date import source_date

SOURCES = ("docs", "overrides", "scripts", "mkdocs.yml", "pyproject.toml")


def build(root: Path, umask: int, **environment: str) -> Path:
    """Copy the sources to `root` and build them there as the README says."""
    root.mkdir(parents=True)
    for name in SOURCES:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, root / name)
    (root / ".venv").symlink_to(ROOT / ".venv")
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "LC_ALL", "TZ")}
    done = subprocess.run(
        ["sh", "scripts/build", "--offline", "--compress"],
        cwd=root,
        env=kept | {"SITE_URL": "https://op-ed.example/"} | environment,
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build twice, with different folders, time zones, locales, umasks and hash seeds."""
    folder = tmp_path_factory.mktemp("two")
    one = build(folder / "one", 0o022, TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    other = build(folder / "an other/place", 0o077, TZ="Pacific/Pago_Pago", LC_ALL="C", PYTHONHASHSEED="2")
    return one, other


def contents(site: Path) -> dict[str, str]:
    """Return the hash of every file."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_the_same_byte_for_byte(two: tuple[Path, Path]) -> None:
    one, other = map(contents, two)
    assert {"op-ed-offline.zip", "index.html.gz", "index.html.br", "sitemap.xml", "_headers"} <= one.keys()
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []


def test_the_sums_are_those_of_every_file_in_order(two: tuple[Path, Path]) -> None:
    sums = (two[0] / "SHA256SUMS").read_text(encoding="utf-8")
    listed = [line.split("  ", 1) for line in sums.splitlines()]
    assert {name: told for told, name in listed} == {
        name: told for name, told in contents(two[0]).items() if name != "SHA256SUMS"
    }
    assert [name for _, name in listed] == sorted(name for _, name in listed)


def test_the_build_is_dated_by_the_newest_verdict(two: tuple[Path, Path]) -> None:
    ledger = (ROOT / "docs/data/verdicts.csv").read_text(encoding="utf-8")
    newest = max(row["date"] for row in csv.DictReader(ledger.splitlines()))
    assert source_date("claim,date\na,1970-01-03\nb,1970-01-02\n") == 2 * 24 * 60 * 60
    dates = set(re.findall("<lastmod>(.*)</lastmod>", (two[0] / "sitemap.xml").read_text(encoding="utf-8")))
    assert dates == {newest}
