"""Installing: once, anew where what is there no longer fits, one at a time, and whatever a user's environment says."""

import fcntl
import hashlib
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

import installing
from installing import InstallError, install
from project import LIGHTHOUSE, ROOT, TODAY

SHELLS = [[shell] for shell in ("sh", "dash", "bash") if shutil.which(shell)]
SHELLS += [["busybox", "sh"]] if shutil.which("busybox") else []
SCRIPTS = ("build", "check", "install", "lock", "rehearse", "serve", "test", "tool")


class Place:
    """A project's folder in which installing is only recorded."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make the folder, with locks."""
        self.steps: list[str] = []
        self.monkeypatch = monkeypatch
        self.cut_off = False
        (root / "scripts/locks").mkdir(parents=True)
        (root / "scripts/locks/site.txt").write_text("one==1\n", encoding="utf-8")
        self.move_to(root)
        monkeypatch.setattr(installing, "_make_environment", self.make)
        monkeypatch.setattr(installing, "_install_packages", self.fill)

    def move_to(self, root: Path) -> None:
        """Take another folder for the project's."""
        self.root = root
        self.venv = root / ".venv"
        self.monkeypatch.setattr(installing, "ROOT", root)

    def make(self, folder: Path) -> None:
        """Stand for venv."""
        self.steps.append("make")
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin/python").unlink(missing_ok=True)
        (folder / "bin/python").symlink_to(sys.executable)

    def fill(self, _folder: Path, lock: str) -> None:
        """Stand for pip."""
        self.steps.append(lock)
        if self.cut_off:
            raise KeyboardInterrupt


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a folder in which the site's lock is installed."""
    place = Place(tmp_path / "project", monkeypatch)
    install("site")
    assert place.steps == ["make", "site"]
    place.steps.clear()
    return place


def change_a_lock(place: Place) -> None:
    (place.root / "scripts/locks/site.txt").write_text("one==2\n", encoding="utf-8")


def move_the_folder(place: Place) -> None:
    place.move_to(place.root.rename(place.root.parent / "moved"))


def copy_the_folder(place: Place) -> None:
    place.move_to(shutil.copytree(place.root, place.root.parent / "copy", symlinks=True))


def change_the_python(place: Place) -> None:
    place.monkeypatch.setattr(installing, "EXTENSION_SUFFIXES", [".cpython-399-x86_64-linux-gnu.so"])


def take_another_base(place: Place) -> None:
    place.monkeypatch.setattr(sys, "base_prefix", "/elsewhere")


def lose_the_python(place: Place) -> None:
    (place.venv / "bin/python").unlink()
    (place.venv / "bin/python").symlink_to("/nowhere/python3")


def lose_the_stamp(place: Place) -> None:
    (place.venv / "installed").unlink()


def have_a_stamp_of_before(place: Place) -> None:
    (place.venv / "installed").write_text("4208350343 280309 scripts/requirements.txt\n", encoding="utf-8")


def be_cut_off(place: Place) -> None:
    change_a_lock(place)
    place.cut_off = True
    with pytest.raises(KeyboardInterrupt):
        install("site")
    place.cut_off = False
    (place.root / "scripts/locks/site.txt").write_text("one==1\n", encoding="utf-8")
    place.steps.clear()


@pytest.mark.parametrize(
    "change",
    [change_a_lock, move_the_folder, copy_the_folder, change_the_python, take_another_base, lose_the_python,
     lose_the_stamp, have_a_stamp_of_before, be_cut_off],
)  # fmt: skip
def test_what_no_longer_fits_is_installed_anew_and_once(place: Place, change: Callable[[Place], None]) -> None:
    change(place)
    install("site")
    assert place.steps == ["make", "site"]
    install("site")
    assert place.steps == ["make", "site"]


def test_a_larger_lock_is_added_and_a_smaller_one_is_there_already(place: Place) -> None:
    install("check")
    assert place.steps == []
    install("test")
    assert place.steps == ["test"]
    install("publish")
    assert place.steps == ["test"]


def test_what_the_rehearsal_needs_is_apart(place: Place) -> None:
    install("rehearse")
    install("rehearse")
    install("site")
    assert place.steps == ["make", "rehearse"]
    assert json.loads((place.venv / "rehearsal/installed").read_text(encoding="utf-8"))[0] == "rehearse"


def test_an_environment_that_is_linked_to_is_used_where_it_fits_and_never_changed(place: Place) -> None:
    (place.root.parent / "linking").mkdir()
    shutil.copytree(place.root / "scripts", place.root.parent / "linking/scripts")
    venv = place.venv
    place.move_to(place.root.parent / "linking")
    place.venv.symlink_to(venv)
    install("site")
    with pytest.raises(InstallError, match=r"is a link to .*, which lacks what .*; delete the link: rm .venv"):
        install("test")
    assert place.steps == []


@pytest.mark.parametrize(
    ("obstacle", "message"),
    [
        (
            lambda venv: venv.symlink_to("/nowhere/venv"),
            "is a link to /nowhere/venv, which is not there; delete the link",
        ),
        (lambda venv: venv.write_text(""), "is not a folder; move it elsewhere"),
    ],
)
def test_what_is_in_the_way_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: Callable[[Path], None], message: str
) -> None:
    place = Place(tmp_path / "project", monkeypatch)
    obstacle(place.venv)
    with pytest.raises(InstallError, match=message):
        install("site")
    assert place.steps == []


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Place(tmp_path / "project", monkeypatch)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(InstallError, match=r"can't write in .*\.venv \(Permission denied\)"):
        install("site")


def test_a_second_install_waits_for_the_first_and_finds_its_work_done(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = io.StringIO()  # of its own: reading what pytest captures takes away what is written meanwhile
    monkeypatch.setattr(sys, "stderr", told)
    stamp = (place.venv / "installed").read_text(encoding="utf-8")
    (place.venv / "installed").unlink()
    first = os.open(place.root, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    second = threading.Thread(target=install, args=("site",), daemon=True)
    second.start()
    while "waiting for it to end" not in told.getvalue() and second.is_alive():
        second.join(0.01)
    assert "another install is running here; waiting for it to end" in told.getvalue()
    assert place.steps == []
    (place.venv / "installed").write_text(stamp, encoding="utf-8")
    os.close(first)
    second.join(20)
    assert not second.is_alive()
    assert place.steps == []


def test_a_lock_ends_with_the_process_that_held_it(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    lose_the_stamp(place)
    holder = (
        "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX); "
        "print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(place.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.wait()
    install("site")
    assert capsys.readouterr().err == ""
    assert place.steps == ["make", "site"]


def test_of_pips_settings_those_are_kept_that_lead_to_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = (
        "[global]\nindex-url = https://mirror.example/simple\nproxy = http://proxy.example\ntarget = /tmp/there\n"
    )
    (tmp_path / "pip.conf").write_text(settings + "[install]\nuser = true\nno-binary = :all:\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    for name, value in {"PYTHON": "/nowhere", "USER": "1", "DRY_RUN": "1", "PROXY": "http://other.example"}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    environment = installing._pip_settings(sys.executable)
    kept = {name: value for name, value in environment.items() if name.startswith("PIP_")}
    assert kept["PIP_INDEX_URL"] == "https://mirror.example/simple"
    assert kept["PIP_PROXY"] == "http://other.example"
    assert kept["PIP_CONFIG_FILE"] == os.devnull
    assert kept.keys() <= installing.PIP_SETTINGS | {"PIP_CONFIG_FILE"}


def copy_scripts(root: Path) -> None:
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))


HOSTILE = {
    "PIP_USER": "1", "PIP_TARGET": "/nowhere/target", "PIP_REQUIRE_HASHES": "0", "PIP_NO_BINARY": ":all:",
    "PYTHONHOME": "/nowhere", "PYTHONOPTIMIZE": "2", "PYTHONSAFEPATH": "1", "PYTHONINSPECT": "1",
    "GREP_OPTIONS": "--color=always", "LC_ALL": "C", "VIRTUAL_ENV": "/nowhere/venv",
}  # fmt: skip


def test_a_lock_is_installed_whatever_the_users_environment_says(tmp_path: Path) -> None:
    """In a folder with a space, from elsewhere, with a wheel made here, by the Python that runs this."""
    project = tmp_path / "a project"
    copy_scripts(project)
    wheel = tmp_path / "wheels/demo-1-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("demo.py", "")
        archive.writestr("demo-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1\n")
        archive.writestr("demo-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("demo-1.dist-info/RECORD", "demo.py,,\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = project / "scripts/locks/check.txt"
    lock.write_text(f"demo==1 --hash=sha256:{digest}\n", encoding="utf-8")
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/zlib.py").write_text("raise SystemExit('not the one of Python')", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environment = (
        kept | HOSTILE | {"PYTHON": sys.executable, "PYTHONPATH": str(tmp_path / "evil"), "CDPATH": f".:{ROOT}"}
    )
    environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_CONFIG_FILE": os.devnull}
    command = ["sh", "a project/scripts/install", "check"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, umask=0o077, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch("Making .venv with .+\nInstalling scripts/locks/check.txt into .venv\n", done.stdout)
    python = [str(project / ".venv/bin/python"), "-c", "import demo, opedcheck; print(opedcheck.__file__)"]
    said = subprocess.run(python, cwd="/", env=kept, capture_output=True, text=True, check=False)
    assert said.stdout.strip() == str(project / "scripts/opedcheck/__init__.py"), said.stderr
    again = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_a_script_runs_its_own_project_in_any_shell_and_prints_nothing_of_its_own(
    tmp_path: Path, shell: list[str]
) -> None:
    for name in ("project", "other"):
        copy_scripts(tmp_path / name)
        (tmp_path / name / "scripts/install").write_text("", encoding="utf-8")
        (tmp_path / name / ".venv").symlink_to(sys.prefix)
    (tmp_path / "other/scripts/check_claims.py").write_text("print('the other one')", encoding="utf-8")
    shutil.copytree(LIGHTHOUSE / "docs", tmp_path / "project/docs")
    environment = os.environ | HOSTILE | {"CDPATH": f"{tmp_path / 'other'}:."}
    done = subprocess.run(
        [*shell, "scripts/check", "--today", TODAY.isoformat(), "--output-format", "json"],
        cwd=tmp_path / "project",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["findings"] == [], done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_goes_to_its_folder_as_nobody_can_change(name: str) -> None:
    text = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    assert 'set -eu\nunset CDPATH\ncd -- "$(dirname -- "$0")/.."\n' in text
    assert name == "lock" or ". scripts/environment.sh\n" in text


@pytest.mark.parametrize("name", ["install", "build"])
def test_help_is_printed_and_an_unknown_word_is_not_installed(name: str) -> None:
    command = ["sh", f"scripts/{name}"]
    for option in ("-h", "--help"):
        done = subprocess.run([*command, option], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Usage: sh scripts/{name} [" in done.stdout
    done = subprocess.run([*command, "--nonsense"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Usage: sh scripts/{name} [" in done.stderr


def test_what_is_opened_gets_no_number_of_a_closed_stream() -> None:
    """A program that is started would take it for its standard input or output."""
    code = "import installing, os, sys; installing._open_streams(); sys.exit(os.open('.', os.O_RDONLY))"
    for closed in ("<&-", ">&-", "<&- >&- 2>&-"):
        command = ["sh", "-c", f'"$@" {closed}', "sh", sys.executable, "-c", code]
        assert subprocess.run(command, cwd=ROOT / "scripts", check=False).returncode > 2, closed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "scripts/install/site"], "scripts/build: can't write in scripts/install/site; name another folder"),
        (["rehearse", "--frob"], "scripts/rehearse takes no arguments"),
        (
            ["serve"],
            "scripts/serve: another program uses 127.0.0.1:8000; name another port: sh scripts/serve -a 127.0.0.1:8001",
        ),
    ],
    ids=lambda value: value[0],
)
def test_what_a_script_can_not_do_is_said_with_what_to_do(arguments: list[str], message: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "scripts/install").write_text("", encoding="utf-8")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    command = ["sh", f"scripts/{arguments[0]}", *arguments[1:]]
    with ExitStack() as stack:
        with suppress(OSError):  # if it is in use already, so much the better
            stack.enter_context(socket.create_server(("127.0.0.1", 8000)))
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (2, "", message)


def test_a_python_that_is_too_old_or_not_there_is_told(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    for python in (str(old), "/nowhere/python3"):
        done = subprocess.run(
            ["sh", "scripts/install"], cwd=ROOT, env=os.environ | {"PYTHON": python}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert (
            f"{python} is missing, fails, or is older than Python 3.11.5; install a newer one, or name it by its path"
            in done.stderr
        )


def test_a_clone_with_other_line_ends_has_scripts_that_run(tmp_path: Path) -> None:
    source = tmp_path / "source"
    copy_scripts(source)
    for name in (".gitattributes", "pyproject.toml", "mkdocs.yml"):
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "docs/data", source / "docs/data")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "All"]):
        subprocess.run(["git", *arguments], cwd=source, check=True)
    clone = [
        "git",
        "clone",
        "-q",
        "-c",
        "core.autocrlf=true",
        "-c",
        "core.eol=crlf",
        str(source),
        str(tmp_path / "clone"),
    ]
    subprocess.run(clone, check=True)
    files = [path for path in (tmp_path / "clone").rglob("*") if path.is_file() and ".git" not in path.parts]
    assert len(files) > 50
    changed = [p.name for p in files if p.read_bytes() != (source / p.relative_to(tmp_path / "clone")).read_bytes()]
    assert changed == []


def test_in_a_linked_worktree_the_hooks_find_the_environment_of_the_main_one(tmp_path: Path) -> None:
    main, linked = tmp_path / "main tree", tmp_path / "linked"
    copy_scripts(main)
    (main / ".gitignore").write_text("/.venv\n", encoding="utf-8")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "All"]):
        subprocess.run(["git", *arguments], cwd=main, check=True)
    subprocess.run(["git", "worktree", "add", "-q", str(linked)], cwd=main, check=True, capture_output=True)
    hook = ["sh", "scripts/tool", "python", "-c", "import sys; print(sys.prefix)"]
    done = subprocess.run(hook, cwd=linked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no python in .venv; install it: sh scripts/install test" in done.stderr
    (main / ".venv").symlink_to(sys.prefix)
    for folder in (main, linked):
        done = subprocess.run(hook, cwd=folder, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert Path(done.stdout.strip()).samefile(sys.prefix)
    entries = re.findall("entry: (.*)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert len(entries) == 4
    assert all(entry.startswith("sh scripts/tool ") for entry in entries)
