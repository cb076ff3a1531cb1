"""A copy of the project's docs/ to break, check or build, without touching the real one."""

import shutil
from datetime import date
from pathlib import Path

from claims import Register, load
from findings import check

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 26)


class Project:
    """A project folder with its docs/; paths are relative to docs/."""

    def __init__(self, root: Path) -> None:
        """Copy the real docs/ to `root`."""
        self.root = root
        shutil.copytree(ROOT / "docs", root / "docs")

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
