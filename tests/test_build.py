"""The checker inside MkDocs: a finding makes a strict build fail, but no other."""

import pytest
from bs4 import BeautifulSoup

from copies import build
from project import Project, pages_of


@pytest.fixture
def whole(project: Project) -> Project:
    """Return a copy of the project with everything a build needs."""
    project.make_buildable()
    return project


FINDING = "docs/op-ed/response.md:9:146: T003 p3: expected 'called', found 'asked'"


def test_a_finding_and_a_page_outside_the_navigation_fail_the_strict_build_but_are_built(whole: Project) -> None:
    whole.edit("op-ed/response.md", "called for Pyongyang", "asked for Pyongyang")
    whole.write("about/more.md", "---\ntitle: More\ndescription: More.\n---\n# More\n")
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert f"WARNING -  claims: {FINDING}" in done.stderr
    assert "about/more.md" in done.stderr
    assert "Aborted with 2 warnings in strict mode" in done.stdout
    assert "asked for Pyongyang" in (whole.root / "site/op-ed/response/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["claims/vote-2014.md", "data/sources.yml", "data/resolutions.csv"])
def test_a_broken_file_fails_the_build_with_its_place_and_no_traceback(whole: Project, path: str) -> None:
    whole.write(path, '---\nopen: "\n---\n' if path.endswith(".md") else 'open: "\n')
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert f"docs/{path}:" in done.stderr
    assert "Traceback" not in done.stderr
