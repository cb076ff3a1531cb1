"""The same sources give the same bytes, wherever, whenever and by whoever the site is built."""

import csv
import hashlib
import re
from pathlib import Path

import pytest

from copies import build_elsewhere
from project import ROOT
from publishing.source_date import source_date


@pytest.fixture(scope="module")
def two(addressed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build again: in another folder, time zone, locale and umask, and with another order of whatever Python hashes."""
    folder = tmp_path_factory.mktemp("two") / "an other" / "place"
    folder.mkdir(parents=True)
    build_elsewhere(folder, 0o077, TZ="Pacific/Pago_Pago", LC_ALL="C", PYTHONHASHSEED="2")
    return addressed, folder / "site"


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
