"""Install what a lock holds into .venv, or do nothing where that is installed. Run by scripts/install.

The Python that runs this is the one that .venv gets. A stamp records what was installed, where and with which Python:
after a new lock, a new Python, a move of the folder or an install that was cut off, everything is installed
again. While one installs, others wait.
"""

import ast
import fcntl
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("check", "site", "publish", "test")  # each holds all of those before it
# The settings of pip that lead to packages; any other could change what is installed, or where.
PIP_SETTINGS = {
    f"PIP_{name}"
    for name in (
        "CACHE_DIR", "CERT", "CLIENT_CERT", "DEFAULT_TIMEOUT", "EXTRA_INDEX_URL", "FIND_LINKS", "INDEX_URL",
        "KEYRING_PROVIDER", "NO_CACHE_DIR", "NO_INDEX", "PROXY", "RETRIES", "TIMEOUT", "TRUSTED_HOST",
    )
}  # fmt: skip


class InstallError(Exception):
    """The lock can't be installed; the message says why, and what to do."""


def install(lock: str) -> None:
    """Install a lock, unless it is installed. Raises `InstallError` where that can't be done."""
    folder = ROOT / ".venv" / "rehearsal" if lock == "rehearse" else ROOT / ".venv"
    texts = b"".join(path.read_bytes() for path in sorted((ROOT / "scripts/locks").glob("*.txt")))
    python = f"{os.path.realpath(sys.base_prefix)} {EXTENSION_SUFFIXES[0]}"
    stamp = [lock, zlib.crc32(texts), os.path.realpath(folder), python]
    if lock in _installed(folder, stamp):
        return
    with _alone():
        installed = _installed(folder, stamp)  # another install may have ended
        if lock in installed:
            return
        _check_place(folder)
        (folder / "installed").unlink(missing_ok=True)
        if not installed:
            _make_environment(folder)
        _install_packages(folder, lock)
        (folder / "installed").write_text(json.dumps(stamp), encoding="utf-8")


def _installed(folder: Path, wanted: list[object]) -> tuple[str, ...]:
    """Return the locks installed in a folder; none where an install never ended, or a lock, place or Python changed."""
    try:
        lock, *rest = json.loads((folder / "installed").read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return ()
    if rest != wanted[1:] or not os.access(folder / "bin" / "python", os.X_OK):
        return ()
    return LOCKS[: LOCKS.index(lock) + 1] if lock in LOCKS else (lock,)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else installs here. The programs we start hold the lock too, so none of them outlives it."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("scripts/install: another install is running here; waiting for it to end", file=sys.stderr)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        pass  # a network's folder may have no locks
    try:
        yield
    finally:
        os.close(descriptor)


def _check_place(folder: Path) -> None:
    """Raise `InstallError` unless the environment may be made or changed in its place."""
    venv = ROOT / ".venv"
    if venv.is_symlink():
        there = "which lacks what the locks here hold" if venv.exists() else "which is not there"
        raise InstallError(f"{venv} is a link to {venv.readlink()}, {there}; delete the link: rm .venv")
    try:
        folder.mkdir(exist_ok=True)
        (folder / "installed").touch()
    except FileExistsError:
        raise InstallError(f"{folder} is not a folder; move it elsewhere") from None
    except OSError as error:
        advice = "change the permissions of the project's folder, or copy it"
        raise InstallError(f"can't write in {folder} ({error.strerror}); {advice}") from None


def _make_environment(folder: Path) -> None:
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise InstallError("this Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv")
    # That of an environment which is active: it may be the one to be cleared.
    python = getattr(sys, "_base_executable", None) or sys.executable
    print(f"Making {folder.relative_to(ROOT)} with {python}", flush=True)
    if _run(python, "-I", "-m", "venv", "--clear", str(folder)):
        raise InstallError(f"{python} could not make {folder}; see the message above")


def _install_packages(folder: Path, lock: str) -> None:
    python = str(folder / "bin" / "python")
    name = f"scripts/locks/{lock}.txt"
    print(f"Installing {name} into {folder.relative_to(ROOT)}", flush=True)
    if _run(
        python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
        "--only-binary", ":all:", "-r", name, environment=_pip_settings(python),
    ):  # fmt: skip
        raise InstallError(
            f"pip could not install {name}; see the message above. Where a package has no wheel for this system or "
            "this Python, try another Python, or run the checker alone, which needs PyYAML only: sh scripts/check"
        )
    # So that .venv/bin/mkdocs finds the modules that mkdocs.yml names. The path is relative, so that it follows a link.
    for packages in folder.glob("lib/*/site-packages"):
        (packages / "claims.pth").write_text(f"{os.path.relpath(ROOT / 'scripts', packages)}\n", encoding="utf-8")
    # Compiled once, the checker starts in half the time where Python may not write beside its sources.
    _run(python, "-I", "-m", "compileall", "-q", "scripts")


def _pip_settings(python: str) -> dict[str, str]:
    """Return the environment for pip: of the user's settings, in files and variables, those that lead to packages."""
    others = {name: value for name, value in os.environ.items() if name[:4] != "PIP_" or name == "PIP_CONFIG_FILE"}
    command = [python, "-I", "-m", "pip", "config", "list"]
    done = subprocess.run(command, env=others, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    settings = {}
    for line in done.stdout.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section in ("global", "install"):
            settings[f"PIP_{name.upper().replace('-', '_')}"] = str(ast.literal_eval(value))
    settings |= os.environ
    return others | {name: settings[name] for name in PIP_SETTINGS & settings.keys()} | {"PIP_CONFIG_FILE": os.devnull}


def _run(*command: str, environment: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, close_fds=False, check=False).returncode  # noqa: S603


def _open_streams() -> None:
    """Open what is closed of the three streams: the next file opened would get its number, and a program started it."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)


if __name__ == "__main__":
    _open_streams()
    try:
        install(sys.argv[1])
    except InstallError as error:
        print(f"scripts/install: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
