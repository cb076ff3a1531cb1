"""Whatever is in the files, the checker ends properly, reports the same each time, and fixes nothing twice."""

import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from fuzz import PIECES
from opedcheck.cli import main
from opedcheck.records import TABLES
from opedcheck.register import load
from opedcheck.render.extension import expand
from opedcheck.rules import check
from opedcheck.rules.pages import new_addresses
from project import TODAY, Project

FINDING = re.compile(r"docs/\S*?:\d+:\d+: [A-Z]\d{3} (?:warning: )?\S.*(?:; \S|\?).*")
MADE_OF_DIRECTIVES = (
    "docs/index.md", "docs/claims/all.md", "docs/op-ed/whole.md", "docs/evidence/votes.md", "docs/evidence/timeline.md",
    "docs/evidence/sources.md", "docs/about/corrections.md",
)  # fmt: skip

# Text made of pieces of the formats, and of strings that are difficult for them.
prose = st.lists(
    st.sampled_from([piece.decode("utf-8", "replace") for piece in PIECES]) | st.text(max_size=8), max_size=25
).map("".join)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | prose | st.dates().map(str)
NAMES = ["title", "description", "verdict", "asserts", "counts", "checked", "tally", "resolution", "yes", "date",
         "event", "references", "op-ed", "author", "id", "URL", "excerpt", "passages", "begins"]  # fmt: skip
trees = st.recursive(
    scalars, lambda tree: st.lists(tree, max_size=4) | st.dictionaries(st.sampled_from(NAMES), tree, max_size=5)
)
fields = st.sampled_from(["", "2019-11-29", "A/RES/74/902", "118", "log", "yes", "GA", "-1", '"', "x y"]) | prose


def as_yaml(tree: Any) -> str:
    return str(yaml.safe_dump(tree, allow_unicode=True))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that every example breaks and restores."""
    project = Project(tmp_path_factory.mktemp("properties"))
    assert project.findings() == []
    return project.root


def broken(root: Path, path: str, text: str) -> None:
    (root / "docs" / path).write_bytes(text.encode("utf-8", "surrogatepass"))


def ends_in_order(root: Path, path: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Break a file; check, render and fix the project; restore the file."""
    before = {file: file.read_bytes() for file in (root / "docs").rglob("*") if file.is_file()}
    try:
        broken(root, path, text)
        capsys.readouterr()
        status = main([str(root), "--today", TODAY.isoformat()])
        printed = capsys.readouterr().out.split("\n")[:-1]
        assert status == (1 if printed else 0)
        for line in printed:
            assert FINDING.fullmatch(line), line
        register = load(root, TODAY)
        for name in {f"docs/{path}", *MADE_OF_DIRECTIVES} & register.pages.keys():
            expand(register.pages[name].body, register)
        main([str(root), "--fix"])
        fixed = load(root, TODAY)
        assert not fixed.complete or new_addresses(fixed) == [], "--fix fixes the same thing twice"
        record = root / "docs/data/op-ed.txt"
        assert record.read_bytes() == before[record] or path == "data/op-ed.txt"
    finally:
        for file, content in before.items():
            file.write_bytes(content)


@given(tree=trees | st.dictionaries(st.sampled_from(NAMES), trees), body=prose)
@example(tree={"verdict": "supported", "asserts": [{"tally": {"resolution": []}}]}, body="<!-- claims/header -->")
def test_any_front_matter(root: Path, tree: Any, body: str, capsys: pytest.CaptureFixture[str]) -> None:
    ends_in_order(root, "claims/vote-2019.md", f"---\n{as_yaml(tree)}---\n{body}", capsys)


@given(text=prose)
@example(text="{ #p1 }")
@example(text="[a]{ #vote-2019 .claim }[a]{ #vote-2019 .claim }")
def test_any_op_ed_page(root: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    ends_in_order(root, "op-ed/keepers.md", text, capsys)


@given(text=prose, path=st.sampled_from(["claims/log-words.md", "about/corrections.md", "op-ed/whole.md"]))
def test_any_page(root: Path, text: str, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    ends_in_order(root, path, text, capsys)


@given(table=st.sampled_from(TABLES), rows=st.lists(st.lists(fields, min_size=4, max_size=9), max_size=5))
def test_any_table(root: Path, table: str, rows: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    path = f"data/{table}.csv"
    header = (root / "docs" / path).read_text(encoding="utf-8").partition("\n")[0]
    width = header.count(",") + 1
    lines = [",".join(f'"{field}"' if "," in field else field for field in (row * 3)[:width]) for row in rows]
    ends_in_order(root, path, "\n".join([header, *lines]) + "\n", capsys)


@given(name=st.sampled_from(["sources.yml", "passages.yml"]), tree=st.lists(trees, max_size=5), rest=prose)
def test_any_list(root: Path, name: str, tree: list[Any], rest: str, capsys: pytest.CaptureFixture[str]) -> None:
    key = {"sources.yml": "references", "passages.yml": "passages"}[name]
    ends_in_order(root, f"data/{name}", as_yaml({key: tree}) + rest, capsys)


@given(name=st.sampled_from(["permalinks.txt", "SHA256SUMS", "op-ed.txt"]), text=prose)
def test_any_text(root: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    ends_in_order(root, f"data/{name}", text, capsys)


@given(seed=st.integers(), text=prose)
def test_the_order_of_files_changes_nothing(root: Path, seed: int, text: str) -> None:
    found = []
    listed = os.scandir

    @contextmanager
    def shuffled(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
        with listed(folder) as entries:
            found = list(entries)
            random.Random(seed).shuffle(found)  # noqa: S311 - not for cryptography
            yield iter(found)

    whole = (root / "docs" / "claims" / "log-words.md").read_bytes()
    try:
        broken(root, "claims/log-words.md", text)
        with pytest.MonkeyPatch.context() as patch:
            found.append(check(load(root, TODAY)))
            patch.setattr(os, "scandir", shuffled)
            found.append(check(load(root, TODAY)))
    finally:
        (root / "docs" / "claims" / "log-words.md").write_bytes(whole)
    assert found[0] == found[1]
    assert found[0] == sorted(found[0])
