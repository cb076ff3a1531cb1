"""The pre-commit configuration passes on the project, and stops a commit that changes a word of the op-ed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from project import ROOT

COPIED = ["docs", "scripts", "tests", ".pre-commit-config.yaml", "pyproject.toml", ".gitignore"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a git checkout of the project with its environment."""
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    with (tmp_path / ".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write("/.venv\n")
    for arguments in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    return tmp_path


def hooks(checkout: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """Run a hook, or every one, on every file."""
    environment = {**os.environ, "PRE_COMMIT_HOME": str(checkout / ".git" / "hooks-home")}
    command = [sys.executable, "-m", "pre_commit", "run", *names, "--all-files", "--color", "never"]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def test_the_hooks_pass_on_the_project(checkout: Path, long: bool) -> None:
    """The linters' hooks run what scripts/test runs as well, and are tried with --long."""
    done = hooks(checkout) if long else hooks(checkout, "claims")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == (4 if long else 1)


def test_a_changed_word_stops_the_commit(checkout: Path) -> None:
    page = checkout / "docs" / "op-ed" / "response.md"
    page.write_text(page.read_text(encoding="utf-8").replace("It is incumbent", "It was incumbent"), encoding="utf-8")
    done = hooks(checkout, "claims")
    assert done.returncode == 1
    assert "docs/op-ed/response.md:7:4: T003 p3: expected 'is', found 'was'" in done.stdout
