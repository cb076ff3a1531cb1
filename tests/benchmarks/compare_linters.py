"""The checker beside a build and three general linters, at 1, 10, 100 and 1,000 times the real register; run by hand.

Install the linters into any FOLDER outside the project, and name it:

    npm install --prefix FOLDER markdownlint-cli2@0.22.1 textlint@15.8.0 textlint-rule-no-todo@2.0.1
    python3 -m venv FOLDER/prose && FOLDER/prose/bin/pip install proselint==0.16.0
    sh scripts/install test && .venv/bin/python tests/benchmarks/compare_linters.py FOLDER

All commands run in turn over the same Markdown files, each in one process that caches nothing; each figure is the
median of several runs. Processor time is the user's and the system's, of the command and all that it started; the peak
is that of its largest process, and this script's own (about 25 MB) at least. `mkdocs build` runs the checker as well,
by its hook, and has no --quiet, which would hide the warnings from --strict. The ratios are to the checker. A linter
that opens all files at once has no figure where they are more than `ulimit -n` allows; any other crash ends the run.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from compare import ROOT
from register_of_any_size import PAGE, list_what_follows, write_register

from opedcheck.records import VERDICTS  # isort: skip - compare puts the scripts on the path

RUNS = {35: 5, 350: 5, 3_500: 3, 35_000: 1}  # by the number of claims
LIMIT = 300  # seconds
FAULT = "\n\n\nTODO: very unique, [gone](gone.md) [@gone].\n"  # every command finds something in it
CRASHED = re.compile(r"^Traceback|^    at |^Error encountered|^Unrecoverable", re.MULTILINE)
PAGES = {
    "index.md": "# Home\n\n"
    + "\n\n".join(
        f"<!-- claims/{made} -->" for made in ("kicker .", "byline .", "coverage .", "pairs .", "parts .", "carried .")
    )
    + "\n",
    "about/corrections.md": "# Corrections\n\n<!-- claims/changes -->\n",
    "about/method.md": "# Method\n\n<!-- claims/carried -->\n\n<!-- claims/publisher -->\n\n## Verdicts { #verdicts }\n"
    + "".join(f"\n### {verdict} {{ #{verdict} }}\n" for verdict in VERDICTS),
    "claims/index.md": "# Every claim { #register }\n\n<!-- claims/claims-table -->\n",
    "evidence/sources.md": "# Sources { #sources }\n\n<!-- claims/sources -->\n",
}


class Run(NamedTuple):
    """The cost of one run of a command."""

    wall: float  # seconds, as is processor
    processor: float
    peak: float  # MB


def commands(linters: Path) -> dict[str, list[str]]:
    """Return each command by its name in the table, to run in a project folder."""
    node = linters / "node_modules" / ".bin"
    pages = ["docs/index.md", "docs/about", "docs/claims", "docs/evidence", "docs/op-ed"]
    return {
        "checker": [sys.executable, "scripts/check_claims.py"],
        "mkdocs build --strict": [sys.executable, "-m", "mkdocs", "build", "--strict"],
        "markdownlint-cli2": [f"{node}/markdownlint-cli2", "docs/**/*.md"],
        "textlint, no-todo": [f"{node}/textlint", "--no-textlintrc", "--rule", "no-todo", "docs/**/*.md"],
        "proselint": [f"{linters}/prose/bin/proselint", "check", *pages],
    }


def write_project(root: Path, count: int) -> int:
    """Write a project with `count` claims that passes check and build, and return its number of Markdown files."""
    write_register(root, count)
    for page, text in PAGES.items():
        (root / "docs" / page).parent.mkdir(exist_ok=True)
        title = page.removesuffix(".md").replace("/", ", ").capitalize()
        (root / "docs" / page).write_text(PAGE.format(title=title) + text, encoding="utf-8")
    for name in ("scripts", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(config.partition("\nnav:\n")[0] + "\n", encoding="utf-8")
    list_what_follows(root)
    return len(list(root.glob("docs/**/*.md")))


def run(command: list[str], root: Path, clean: bool = True) -> tuple[Run | None, str]:
    """Run a command, and return its cost and output, or None and the reason."""
    environment = {**os.environ, "PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=output, process_group=0)
        timer = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
    if wall >= LIMIT:
        return None, f"over {LIMIT} s"
    if process.returncode and "EMFILE: too many open files" in printed:
        return None, f"too many open files ({wall:.0f} s)"
    # A linter's status is 1 for findings; the project's own commands find none in a clean tree.
    expected = (0,) if clean and command[0] == sys.executable else (0, 1)
    if process.returncode not in expected or CRASHED.search(printed):
        sys.exit(f"{command} failed with status {process.returncode}:\n{printed[-3000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), printed


def check_that_all_is_read(root: Path, linters: Path) -> None:
    """Add a fault to every Markdown file of a project, and fail unless each command names every file."""
    pages = sorted(root.glob("docs/**/*.md"))
    for page in pages:
        page.write_text(page.read_text(encoding="utf-8") + FAULT, encoding="utf-8")
    for name, command in commands(linters).items():
        _, printed = run(command, root, clean=False)
        unread = [page for page in pages if page.relative_to(root / "docs").as_posix() not in printed]
        if unread:
            sys.exit(f"{name} does not read {len(unread)} of {len(pages)} files, as {unread[0]}:\n{printed[-3000:]}")


def measure(root: Path, linters: Path, runs: int) -> dict[str, Run | str]:
    """Run all commands in turn, several times, and return the medians of each, or why there are none."""
    taken: dict[str, list[Run]] = {name: [] for name in commands(linters)}
    failed: dict[str, str] = {}
    for _ in range(runs):
        for name, command in commands(linters).items():
            if name not in failed:
                took, printed = run(command, root)
                if took:
                    taken[name].append(took)
                else:
                    failed[name] = printed
    return {
        name: failed.get(name) or Run(*map(statistics.median, zip(*times, strict=True)))
        for name, times in taken.items()
    }


def main(linters: Path) -> None:
    """Print the table for each size."""
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder, "faulty"), min(RUNS))
        check_that_all_is_read(Path(folder, "faulty"), linters)
        print(f"{'claims':>6} {'files':>6}  {'command':21} {'wall':>18} {'processor':>18} {'peak':>8}", flush=True)
        for count, runs in RUNS.items():
            root = Path(folder, str(count))
            with ProcessPoolExecutor(1) as other:  # or the memory that writing took would count as each command's
                files = other.submit(write_project, root, count).result()
            figures = measure(root, linters, runs)
            base = figures["checker"]
            for name, each in figures.items():
                shown = f"    {each}"
                if isinstance(each, Run) and isinstance(base, Run):
                    times = zip(each[:2], base[:2], strict=True)
                    wall, processor = (f"{a:.2f} s {f'({a / b:.2f})':>9}" for a, b in times)
                    shown = f"{wall:>18} {processor:>18} {each.peak:5.0f} MB"
                print(f"{count:6} {files:6}  {name:21} {shown}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
