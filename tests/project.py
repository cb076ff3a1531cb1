"""A copy of a project's docs/ to break, check or build, without touching the original."""

import gc
import io
import re
import shutil
import subprocess
import time
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from opedcheck.cli import main
from opedcheck.register import Register, load
from opedcheck.rules import check

ROOT = Path(__file__).resolve().parent.parent
# The small made-up op-ed that most tests run on, and the day on which it is checked.
LIGHTHOUSE = ROOT / "tests" / "lighthouse"
TODAY = date(2021, 6, 2)


class Project:
    """A project folder with its docs/; paths are relative to docs/."""

    def __init__(self, root: Path, original: Path = LIGHTHOUSE) -> None:
        """Copy the docs/ of the made-up op-ed, or of `original`, to `root`."""
        self.root = root
        shutil.copytree(original / "docs", root / "docs")

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / "docs" / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file with the line ends that `text` has."""
        (self.root / "docs" / path).write_text(text, encoding="utf-8", newline="")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the only occurrence of `old` in a file."""
        text = self.read(path)
        assert text.count(old) == 1, f"{path} has {text.count(old)} times: {old}"
        self.write(path, text.replace(old, new))

    def make_buildable(self) -> None:
        """Add the other files that a build needs."""
        for name in ("scripts", "overrides"):
            shutil.copytree(ROOT / name, self.root / name)
        shutil.copy(ROOT / "mkdocs.yml", self.root)

    def register(self, today: date = TODAY) -> Register:
        """Read the project."""
        return load(self.root, today)

    def findings(self, today: date = TODAY) -> list[str]:
        """Check the project, and return each finding as printed."""
        return [str(finding) for finding in check(self.register(today))]


def pages_of(site: Path) -> list[Path]:
    """Return every page of a built site in order, except the 404 page and redirects."""
    files = sorted(site.rglob("index.html"))
    return [file for file in files if "data-moved" not in file.read_text(encoding="utf-8")]


def addresses_of(site: Path) -> list[str]:
    """Return the address below the root of every page of a built site, in order."""
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in pages_of(site)]


def article_of(file: Path) -> Tag:
    """Parse a built page's article alone, which is much quicker than the whole page."""
    article = file.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    found = BeautifulSoup(f"<article{article}</article>", "html.parser").article
    assert found is not None
    return found


def head_of(file: Path) -> Tag:
    """Parse a built page's head alone."""
    found = BeautifulSoup(file.read_text(encoding="utf-8").partition("</head>")[0] + "</head>", "html.parser").head
    assert found is not None
    return found


def one_of_each_kind(site: Path) -> list[str]:
    """Return the addresses of pages that together have every kind of element of each part of the site.

    A kind of element is a tag with a class. Chosen are the pages that have the most of what is missing for their size.
    """
    kinds: dict[str, set[tuple[str, ...]]] = {}
    size: dict[str, int] = {}
    for name in [*addresses_of(site), "404.html"]:
        file = site / name
        html = (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")
        size[name] = len(html)
        html = html.partition("<article")[2].partition("</article")[0]
        tags = ((tag, cell[1] if (cell := re.search(r'class="([^"]*)"', rest)) else "")
                for tag, rest in re.findall(r"<(\w+)([^>]*)>", html))  # fmt: skip
        part = name.partition("/")[0] if name.count("/") > 1 else name
        kinds[name] = {(part, tag, each) for tag, classes in tags for each in classes.split() or [""]}
    chosen = []
    missing = set().union(*kinds.values())
    while missing:
        chosen.append(max(kinds, key=lambda name: len(kinds[name] & missing) / size[name]))
        missing -= kinds[chosen[-1]]
    return chosen


def run_checker(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the checker's command line within this process, for a fixed day; it has to end within a few seconds."""
    out, err = io.StringIO(), io.StringIO()
    begun = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(["--today", TODAY.isoformat(), *map(str, arguments)])
        except SystemExit as ended:  # by which the parser of options ends
            status = int(ended.code or 0)
        finally:
            gc.enable()  # which `main` turns off for the short time that a process lives
    assert time.process_time() - begun < 20
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())
