"""What printing needs, a browser and fonts: found in one place, and told before anything is printed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from copies import launch
from opedcheck.publish import paper
from opedcheck.publish.paper import _unshown
from project import ROOT

KOREAN, DEJAVU = "고문, 공개처형, 정치범수용소", Path("/usr/share/fonts/truetype/dejavu")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder which is the only one where commands are found; no application is installed."""
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(paper, "APPLICATIONS", (str(tmp_path / "Applications"),))
    return tmp_path


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_browser_named_is_used_before_any_that_is_installed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paper.installed_browser() is None
    program(bare / "chromium-headless-shell")
    monkeypatch.setenv("BROWSER_PATH", "/named/chrome")
    assert paper.installed_browser() == "/named/chrome"


@pytest.mark.parametrize(
    "place",
    ["chromium-headless-shell", "google-chrome", "chromium", "chromium-browser",
     "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
     "Applications/Chromium.app/Contents/MacOS/Chromium"],
)  # fmt: skip
def test_a_browser_is_found_where_systems_put_it(bare: Path, place: str) -> None:
    found = program(bare / place)
    assert paper.installed_browser() == str(found)


def test_tests_and_printing_ask_the_same_place() -> None:
    assert "-m opedcheck.publish.paper" in (ROOT / "scripts/test").read_text(encoding="utf-8")
    assert "installed_browser()" in (ROOT / "scripts/opedcheck/publish/paper.py").read_text(encoding="utf-8")
    others = [
        path.name
        for path in (ROOT / "scripts").rglob("*")
        if path.suffix in ("", ".py", ".sh")
        and path.is_file()
        and path.name != "paper.py"
        and "google-chrome" in path.read_text(encoding="utf-8")
    ]
    assert others == []


def test_a_build_that_could_not_print_stops_before_it_builds(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "scripts/install").write_text("", encoding="utf-8")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    environment = os.environ | {"BROWSER_PATH": "/nowhere/chromium"}
    command = ["sh", "scripts/build", "--pdf"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "need Chrome or Chromium, and /nowhere/chromium did not start; install one, or name" in done.stderr
    node = program(tmp_path / "node")
    node.write_text("#!/bin/sh\necho 'node: error while loading libatomic.so.1' >&2\nexit 127\n", encoding="utf-8")
    environment = os.environ | {"PLAYWRIGHT_NODEJS_PATH": str(node)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    told, advised = done.stderr.splitlines()
    assert told == "node: error while loading libatomic.so.1"
    assert advised.startswith("Playwright did not start; install what the line above names; a small Debian lacks")
    assert not (tmp_path / "site").exists()


@pytest.mark.browser
@pytest.mark.skipif(not DEJAVU.is_dir(), reason="DejaVu's fonts are not where Debian has them")
def test_letters_that_no_font_shows_are_named_before_printing(browser: Browser, tmp_path: Path) -> None:
    settings = f"<fontconfig><dir>{DEJAVU}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    (tmp_path / "fonts.conf").write_text(settings, encoding="utf-8")
    with launch(browser.browser_type, env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}) as other:
        page = other.new_context().new_page()
        assert _unshown(page, f"Torture, naïve ﬁrst: {KOREAN}") == "".join(sorted(set(KOREAN) - {",", " "}))
        assert _unshown(page, "Torture, naïve ﬁrst") == ""
