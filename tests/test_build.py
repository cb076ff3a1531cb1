"""The checker inside MkDocs: a finding makes a strict build fail, but no other."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from copies import build, make_buildable
from project import LIGHTHOUSE, Project


@pytest.fixture
def whole(project: Project) -> Project:
    """Return a copy of the made-up op-ed with the settings that a build needs."""
    make_buildable(project.root)
    return project


FINDING = "docs/op-ed/light.md:16:137: T003 p2: expected 'asked', found 'begged'"


def test_the_made_up_op_ed_is_built_strictly_by_its_own_settings(tmp_path: Path) -> None:
    done = build(LIGHTHOUSE.parent.parent, "--strict", "-f", "tests/lighthouse/mkdocs.yml", "--site-dir", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "op-ed/light/index.html").is_file()


def test_a_finding_and_a_page_outside_the_navigation_fail_the_strict_build_but_are_built(whole: Project) -> None:
    whole.edit("op-ed/light.md", "asked states", "begged states")
    whole.write("about/more.md", "---\ntitle: More\ndescription: More.\n---\n# More\n")
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert f"WARNING -  claims: {FINDING}" in done.stderr
    assert "about/more.md" in done.stderr
    assert "Aborted with 2 warnings in strict mode" in done.stdout
    assert "begged states" in (whole.root / "site/op-ed/light/index.html").read_text(encoding="utf-8")


def test_an_old_id_is_an_anchor_of_its_page_and_its_address_is_kept(whole: Project) -> None:
    heading = "## Computed verdicts { #computed }"
    whole.edit("about/method.md", heading, "[]{ #computed }\n\n## Computing { #computing }")
    listed = whole.read("data/permalinks.txt")
    whole.write("data/permalinks.txt", listed.replace("#computed\n", "#computed\nabout/method/#computing\n"))
    assert whole.findings() == []
    done = build(whole.root, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    html = (whole.root / "site/about/method/index.html").read_text(encoding="utf-8")
    anchor = BeautifulSoup(html, "html.parser").find(id="computed")
    assert anchor is not None
    assert anchor.get_text() == ""
    whole.edit("about/method.md", "[]{ #computed }\n\n", "")
    assert any("P002" in finding and "'about/method/#computed'" in finding for finding in whole.findings())


def test_broken_files_fail_the_build_with_their_places_and_no_traceback(whole: Project) -> None:
    paths = ["claims/vote-2019.md", "data/sources.yml", "data/readings.csv"]
    for path in paths:
        whole.write(path, '---\nopen: "\n---\n' if path.endswith(".md") else 'open: "\n')
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert [path for path in paths if f"docs/{path}:" not in done.stderr] == []
    assert "Traceback" not in done.stderr
