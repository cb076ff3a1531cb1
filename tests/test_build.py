"""The checker inside MkDocs: a finding makes a strict build fail, but no other."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from copies import build, make_buildable
from opedcheck.output.hooks import on_pre_build
from opedcheck.render.extension import current_register
from project import LIGHTHOUSE, ROOT, TODAY, Project


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


def test_a_publisher_is_named_everywhere_and_the_build_of_an_address_says_what_is_missing(whole: Project) -> None:
    settings = whole.root / "mkdocs.yml"
    publisher = "publisher: &publisher {name: Hale & Daughters}"
    text = settings.read_text(encoding="utf-8").replace("\nhooks:", f"\nextra:\n  {publisher}\n\nhooks:")
    text = text.replace("      site_name: *name\n", "      site_name: *name\n      publisher: *publisher\n")
    settings.write_text(text, encoding="utf-8")
    done = build(whole.root, "--strict", address="https://op-ed.example/")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "INFO    -  claims: this copy has an address, but no contact; see extra: publisher in mkdocs.yml" in done.stderr
    )
    for path in ("about/method", "claims/vote-2019", "claims/all", "op-ed/light"):
        html = BeautifulSoup((whole.root / f"site/{path}/index.html").read_text(encoding="utf-8"), "html.parser")
        report = html.select_one("article > p.report:last-child")
        assert report is not None
        words = " ".join(report.get_text().split())
        way = "" if path == "about/method" else " · Who made this site, and how to report an error"
        assert words == f"Published by Hale & Daughters{way}"
        names = {str(tag["data-editors"]) for tag in html.select(".edition")}
        assert names == ({"Hale & Daughters"} if path == "claims/all" else set())
    claim = (whole.root / "site/claims/vote-2019/index.html").read_text(encoding="utf-8")
    assert '<meta name="citation_publisher" content="Hale &amp; Daughters">' in claim
    assert '{"@type": "Organization", "name": "Hale \\u0026 Daughters"' in claim
    assert "Hale &amp; Daughters, “The vote of 2019: contradicted,”" in claim
    assert "<name>Hale &amp; Daughters</name>" in (whole.root / "site/feed.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "contact", "words", "address"),
    [
        ("", "", "Who made this site, and how to report an error", None),
        ("", "https://a.example/?a&b", "Report an error · Who made this site", "https://a.example/?a&b"),
        ("<H>", "a@b.example", "Published by <H> · Report an error · Who made this site", "mailto:a@b.example"),
    ],
)
def test_every_page_ends_with_the_way_to_report_an_error(
    name: str, contact: str, words: str, address: str | None
) -> None:
    templates = Environment(loader=FileSystemLoader(ROOT / "overrides/partials"), autoescape=False)  # noqa: S701
    templates.filters["url"] = lambda path: f"../{path}"
    for folders, method in ((True, "../about/method/#publisher"), (False, "../about/method.html#publisher")):
        config = {"extra": {"publisher": {"name": name, "contact": contact}}, "use_directory_urls": folders}
        html = BeautifulSoup(templates.get_template("report.html").render(config=config), "html.parser")
        assert " ".join(html.get_text().split()) == words
        assert [link["href"] for link in html.select("a")] == [*filter(None, [address]), method]


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


@pytest.mark.parametrize(("address", "told"), [("http://127.0.0.1:8000/", False), ("https://op-ed.example/", True)])
def test_only_of_a_site_that_is_published_somebody_is_to_be_named(
    address: str, told: bool, project: Project, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`mkdocs serve` makes its own address that of the site."""
    monkeypatch.setenv("SITE_URL", address)
    caplog.set_level("INFO")
    config = load_config(str(LIGHTHOUSE / "mkdocs.yml"), docs_dir=str(project.root / "docs"))
    config.plugins.run_event("files", Files([]), config=config)
    assert ("but no publisher and no contact" in caplog.text) is told


def test_a_build_reads_the_project_once_and_the_next_one_again(
    project: Project, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opedcheck.render.extension.today", lambda: TODAY)
    config = MkDocsConfig()
    config.load_dict({"site_name": "The light", "docs_dir": str(project.root / "docs")})
    on_pre_build(config)
    register = current_register(project.root)
    assert caplog.messages == []
    project.edit("op-ed/keepers.md", "Ships still", "Ships often")
    assert current_register(project.root) is register
    on_pre_build(config)
    assert [message for message in caplog.messages if "T003 p3: expected 'still', found 'often'" in message]
    assert current_register(project.root) is not register
