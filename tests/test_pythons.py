"""The Pythons that are supported: named once, tested at both ends, with one set of locks, and all give the same."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml

from copies import build
from project import LIGHTHOUSE, ROOT, TODAY

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [name.rpartition(" ")[2] for name in SETTINGS["classifiers"] if "Python :: 3." in name]
LOCKS = {
    name: (ROOT / f"scripts/locks/{name}.txt").read_text(encoding="utf-8")
    for name in ("check", "site", "publish", "test", "rehearse")
}
PACKAGE = re.compile(r"^(\S+)==(\S+)( ; [^\\]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n", re.MULTILINE)
OTHER_PYTHON = "no other supported Python that runs this one's packages is at hand"


def versions(lock: str) -> dict[str, str]:
    """Return a lock's packages with their versions."""
    return {package[1]: package[2] for package in PACKAGE.finditer(LOCKS[lock])}


@cache
def others() -> tuple[str, ...]:
    """Return the other supported Pythons at hand that start: those of the PATH, of pyenv and of uv."""
    folders = [*Path.home().glob(".pyenv/versions/*/bin"), *Path.home().glob(".local/share/uv/python/*/bin")]
    path = os.pathsep.join([os.environ["PATH"], *map(str, folders)])
    found = []
    for version in PYTHONS:
        python = shutil.which(f"python{version}", path=os.pathsep.join([*map(str, folders), path]))
        started = python and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
        if python and started and version != ".".join(map(str, sys.version_info[:2])):
            found.append(python)
    return tuple(found)


def by(python: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run another Python with the packages of this one, as far as they are written in Python."""
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), packages]), "SITE_URL": ""}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1", "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run([python, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_supported_pythons_are_named_once_and_tested_at_both_ends() -> None:
    assert SETTINGS["requires-python"].startswith(f">={PYTHONS[0]}.")
    workflows = {path.stem: yaml.safe_load(path.read_text()) for path in (ROOT / ".github/workflows").glob("*.yml")}
    assert workflows["publish"]["jobs"]["test"]["strategy"]["matrix"]["python"] == [PYTHONS[0], PYTHONS[-1]]
    assert workflows["publish"]["jobs"]["build"]["needs"] == "test"
    steps = [step for workflow in workflows.values() for job in workflow["jobs"].values() for step in job["steps"]]
    used = {step["with"]["python-version"] for step in steps if "setup-python" in step.get("uses", "")}
    assert used == {"${{ matrix.python }}", PYTHONS[-1]}
    tried = re.findall(r"python(3\.\d+)", (ROOT / "scripts/install").read_text(encoding="utf-8"))
    assert tried == PYTHONS[::-1]
    least = SETTINGS["requires-python"].removeprefix(">=")
    assert f"< ({least.replace('.', ', ')})" in (ROOT / "scripts/install").read_text(encoding="utf-8")
    assert f"--python-version {least} " in (ROOT / "scripts/lock").read_text(encoding="utf-8")
    assert f"Python {least} or newer" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_rule_is_explained_alike_by_every_python() -> None:
    explained = {}
    for python in (sys.executable, *others()):
        codes = re.findall(r"^[A-Z]\d+", by(python, "scripts/check_claims.py", "--list").stdout, re.MULTILINE)
        done = by(python, "scripts/check_claims.py", "--explain", ",".join(codes))
        assert done.returncode == 0, done.stderr
        explained[python] = done.stdout
    examples = re.findall(r"(?:Wrong, in \S+|Right):\n\n((?:.+\n|\n(?= ))+)", explained[sys.executable])
    assert len(examples) > 50
    assert [example for example in examples if not example.startswith("    ")] == []
    assert len(set(explained.values())) == 1
    if len(explained) == 1:
        pytest.skip(OTHER_PYTHON)


def test_the_example_of_a_rule_keeps_its_own_indent() -> None:
    explained = by(sys.executable, "scripts/check_claims.py", "--explain", "C004").stdout
    assert "\n    verdict: supported\n" in explained


@pytest.mark.parametrize("output", ["text", "json"])
def test_findings_are_told_alike_by_every_python(tmp_path: Path, output: str) -> None:
    shutil.copytree(LIGHTHOUSE / "docs", tmp_path / "docs")
    page = tmp_path / "docs/claims/vote-2019.md"
    page.write_text(page.read_text(encoding="utf-8").replace("checked: 2021", "checked: 2062"), encoding="utf-8")
    (tmp_path / "docs/claims/none.md").write_bytes(b"\xff")
    (tmp_path / "docs/claims/circle.md").symlink_to("circle.md")
    (tmp_path / "docs/data/parties.csv").write_text('party,"', encoding="utf-8")
    (tmp_path / "docs/data/verdicts.csv").write_text("claim,x" * 200_000, encoding="utf-8")
    command = ["scripts/check_claims.py", "--today", TODAY.isoformat(), "--output-format", output, str(tmp_path)]
    told = {by(python, *command).stdout for python in (sys.executable, *others())}
    assert len(told) == 1
    findings = told.pop()
    assert all(name in findings for name in ("none.md", "circle.md", "parties.csv", "verdicts.csv"))
    if not others():
        pytest.skip(OTHER_PYTHON)


def test_every_python_builds_the_same_site(tmp_path: Path, made_up: Path, long: bool) -> None:
    root = ROOT if long else made_up
    done = build(root, "--strict", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    compared = 0
    for python in others():
        settings, folder = str(root / "mkdocs.yml"), str(tmp_path / "other")
        built = by(python, "-m", "mkdocs", "build", "--strict", "--config-file", settings, "--site-dir", folder)
        if "ModuleNotFoundError" in built.stderr or "ImportError" in built.stderr:
            continue  # a package has parts that are compiled for this Python only
        assert built.returncode == 0, built.stderr
        compared += 1
        files = {path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*") if path.is_file()}
        files |= {path.relative_to(tmp_path / "other") for path in (tmp_path / "other").rglob("*") if path.is_file()}
        files -= {path for path in files if path.suffix == ".gz"}  # MkDocs dates its compressed sitemap
        differing = [
            str(path)
            for path in files
            if (tmp_path / "site" / path).read_bytes() != (tmp_path / "other" / path).read_bytes()
        ]
        assert differing == [], python
    if not compared:
        pytest.skip(OTHER_PYTHON)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_packages_with_versions_and_hashes_and_nothing_else(lock: str) -> None:
    assert PACKAGE.sub("", LOCKS[lock]) == ""
    assert len(versions(lock)) == len(PACKAGE.findall(LOCKS[lock]))


def test_the_locks_agree_and_each_holds_the_smaller_ones() -> None:
    together: dict[str, set[str]] = {}
    for name in LOCKS:
        for package in PACKAGE.finditer(LOCKS[name]):
            together.setdefault(package[1], set()).add(package[2] + package[4])
    assert {package: found for package, found in together.items() if len(found) > 1} == {}
    names = [versions(lock).keys() for lock in ("check", "site", "publish", "test")]
    assert names[0] == {"pyyaml"}
    assert names[0] <= names[1] <= names[2] <= names[3]
    assert names[1] <= versions("rehearse").keys()


def test_what_pyproject_asks_for_is_locked() -> None:
    extras = {"": SETTINGS["dependencies"], **SETTINGS["optional-dependencies"]}
    files = {"": "check", "site": "site", "publish": "publish", "test": "test", "rehearse": "rehearse"}
    assert extras.keys() == files.keys()
    for extra, wanted in extras.items():
        named = {re.split(r"[\[<>=]", package)[0] for package in wanted} - {SETTINGS["name"]}
        assert named - versions(files[extra]).keys() == set(), extra
