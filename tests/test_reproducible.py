"""The same sources give the same bytes, wherever, whenever and by whoever the site is built."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import Shared
from copies import ADDRESS, PLACES, build_elsewhere
from opedcheck.publish.steps import source_date
from project import Project


@pytest.fixture(scope="module")
def two(request: pytest.FixtureRequest, shared: Shared, long: bool) -> list[Path]:
    """Build the made-up op-ed twice; if `long` the real one, to be published under an address, with PDFs and cards."""
    options = ["--offline", "--compress", *(["--pdf"] if long else [])]

    def built(number: int) -> Path:
        umask, environment = PLACES[number]
        told = {"SITE_URL": ADDRESS if long else "", **environment}
        name = f"built-{number}"
        return shared(name, lambda folder: build_elsewhere(folder, umask, told, *options, long=long)) / "site"

    return [built(0) if long else request.getfixturevalue("published"), built(1)]


def contents(site: Path) -> dict[str, str]:
    """Return the hash of every file."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_the_same_byte_for_byte(two: list[Path], long: bool) -> None:
    one, other = map(contents, two)
    with_an_address = {"op-ed/whole/op-ed-a4.pdf", "cards/op-ed-whole.png", "sitemap.xml"}
    assert {"op-ed-offline.zip", "index.html.gz", "index.html.br", "_headers"} <= one.keys()
    assert (with_an_address <= one.keys()) is long
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []


def test_the_sums_are_those_of_every_file_in_order(two: list[Path]) -> None:
    sums = (two[0] / "SHA256SUMS").read_text(encoding="utf-8")
    listed = [line.split("  ", 1) for line in sums.splitlines()]
    assert {name: told for told, name in listed} == {
        name: told for name, told in contents(two[0]).items() if name != "SHA256SUMS"
    }
    assert [name for _, name in listed] == sorted(name for _, name in listed)


def test_a_build_is_dated_by_the_newest_check_verdict_or_correction(project: Project) -> None:
    assert source_date(project.root) == int(datetime(2021, 6, 2, tzinfo=UTC).timestamp())
    project.write("data/verdicts.csv", project.read("data/verdicts.csv") + "author,2021-06-03,unverified,,again\n")
    assert source_date(project.root) == int(datetime(2021, 6, 3, tzinfo=UTC).timestamp())
    project.edit("claims/author.md", "checked: 2021-06-01", "checked: 2021-06-05")
    assert source_date(project.root) == int(datetime(2021, 6, 5, tzinfo=UTC).timestamp())
