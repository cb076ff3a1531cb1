"""Benchmarks, run by hand: sh scripts/install test, then .venv/bin/python tests/benchmarks/compare.py.

Each figure is the ratio of two commands' processor times, the median of several pairs run in turn, so that it is
comparable between machines:

- the checker against a Python that only imports yaml and markdown: no more than two and a half times;
- the checker against `mkdocs build` on the same tree;
- the checker at 10,000 claims against 1,000: no more than ten times;
- `mkdocs build` with the extension and the hook against the same pages without them: no more than one and a quarter
  times. The hook keeps the theme's compiled templates from one build to the next, which MkDocs alone does not.
"""

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "scripts")]

from opedcheck.register import load  # noqa: E402
from opedcheck.render.extension import expand  # noqa: E402
from register_of_any_size import write_register  # noqa: E402

PAIRS = 15


def seconds(command: list[str], folder: Path) -> float:
    """Run a command, and return the processor time of it and its children, in seconds."""
    environment = {**os.environ, "PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command} failed in {folder}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(title: str, first: tuple[list[str], Path], second: tuple[list[str], Path], pairs: int = PAIRS) -> float:
    """Run two commands in turn, after a warm-up of each; print and return the median ratio."""
    seconds(*first)
    seconds(*second)
    times = [(seconds(*first), seconds(*second)) for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in times)
    a, b = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{title}: {ratio:.2f} ({a:.2f} s to {b:.2f} s)", flush=True)
    return ratio


def copy_project(folder: Path) -> Path:
    """Copy the files that a build needs."""
    for name in ("docs", "scripts", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def without_claims(folder: Path) -> Path:
    """Remove the extension and the hook from a copy of the project."""
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for part in (r"hooks:\n(?:  .*\n)+", r"  - opedcheck\.render\.extension:\n(?:      .*\n)+"):
        text, count = re.subn(part, "", text)
        assert count == 1, f"mkdocs.yml has not one place like {part}"
    config.write_text(text, encoding="utf-8")
    return folder


def with_pages_expanded(folder: Path) -> Path:
    """Expand each page in place with the extension, so that both builds render the same text."""
    register = load(folder, date.today())
    for page in register.pages.values():
        text = page.text[: page.body_start] + expand(page.body, register)
        (folder / page.path).write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Run the comparisons."""
    check = [sys.executable, "scripts/check_claims.py"]
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    bare = [sys.executable, "-c", "import yaml, markdown"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full = copy_project(folder / "full")
        plain = without_claims(with_pages_expanded(copy_project(folder / "plain")))
        compare("checker to a bare import of yaml and markdown", (check, full), (bare, full))
        compare("checker to mkdocs build", (check, full), (build, full))
        compare("build with extension and hook to build of the same pages without", (build, full), (build, plain))
        for count in (1_000, 10_000):
            write_register(folder / str(count), count)
            shutil.copytree(ROOT / "scripts", folder / str(count) / "scripts")
        compare("checker at 10,000 claims to 1,000", (check, folder / "10000"), (check, folder / "1000"), pairs=3)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest memory of a process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
