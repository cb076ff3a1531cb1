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


def test_a_finding_fails_the_strict_build_and_is_shown(whole: Project) -> None:
    whole.edit("op-ed/response.md", "called for Pyongyang", "asked for Pyongyang")
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert FINDING in done.stderr


def test_a_finding_is_shown_and_the_page_is_built_all_the_same(whole: Project) -> None:
    whole.edit("op-ed/response.md", "called for Pyongyang", "asked for Pyongyang")
    done = build(whole.root)
    assert done.returncode == 0
    assert f"WARNING -  claims: {FINDING}" in done.stderr
    assert "asked for Pyongyang" in (whole.root / "site/op-ed/response/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["claims/vote-2014.md", "data/sources.yml", "data/resolutions.csv"])
def test_a_broken_file_fails_the_build_with_its_place_and_no_traceback(whole: Project, path: str) -> None:
    whole.write(path, '---\nopen: "\n---\n' if path.endswith(".md") else 'open: "\n')
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert f"docs/{path}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_outside_the_navigation_fails_the_build(whole: Project) -> None:
    whole.write("about/more.md", "---\ntitle: More\ndescription: More.\n---\n# More\n")
    done = build(whole.root, "--strict")
    assert done.returncode == 1
    assert "about/more.md" in done.stderr


def words_of(whole: Project, page: str) -> str:
    """Give the words of a built page's article."""
    html = (whole.root / "site" / page / "index.html").read_text(encoding="utf-8")
    article = BeautifulSoup(html, "html.parser").select_one("article")
    assert article is not None
    return " ".join(article.get_text().split())


@pytest.mark.parametrize("contact", ["corrections@paper.example", "https://paper.example/errors?from=op-ed&to=desk"])
def test_a_publisher_with_a_contact_is_named_and_every_page_ends_with_it(whole: Project, contact: str) -> None:
    plan = (whole.root / "mkdocs.yml").read_text(encoding="utf-8")
    named = plan.replace('name: ""', 'name: "The <Phnom Penh> Paper"').replace('contact: ""', f'contact: "{contact}"')
    (whole.root / "mkdocs.yml").write_text(named, encoding="utf-8")
    build(whole.root, "--strict").check_returncode()
    address = contact if contact.startswith("https:") else f"mailto:{contact}"
    for file in [*pages_of(whole.root / "site"), whole.root / "site/404.html"]:
        article = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one("article")
        assert article is not None
        last = article.find_all(recursive=False)[-1]
        assert last.get_text().strip() == "Report an error", file
        assert [link["href"] for link in last.select("a")] == [address]
    method = words_of(whole, "about/method")
    told = f"The <Phnom Penh> Paper publishes this copy of the site. To report an error, write to {contact}."
    assert told in method


def test_without_a_publisher_no_page_names_one_or_offers_to_report(whole: Project) -> None:
    build(whole.root, "--strict").check_returncode()
    for file in [*pages_of(whole.root / "site"), whole.root / "site/404.html"]:
        assert 'class="report"' not in file.read_text(encoding="utf-8"), file
    assert "This copy of the site names no publisher and no address for errors." in words_of(whole, "about/method")
