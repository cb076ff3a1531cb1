"""A copy of the project's docs/ to break, check or build, without touching the real one."""

import shutil
from datetime import date
from pathlib import Path

from claims import Register, load
from findings import check

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 26)


class Project:
    """A project's folder with its docs/; paths are relative to docs/."""

    def __init__(self, root: Path) -> None:
        """Copy the real docs/ below `root`."""
        self.root = root
        shutil.copytree(ROOT / "docs", root / "docs")

    def read(self, path: str) -> str:
        """Give a file's text."""
        return (self.root / "docs" / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file, keeping its line ends as they are in `text`."""
        (self.root / "docs" / path).write_text(text, encoding="utf-8", newline="")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the one place where a file has `old`."""
        text = self.read(path)
        assert text.count(old) == 1, f"{path} has {text.count(old)} times: {old}"
        self.write(path, text.replace(old, new))

    def make_buildable(self) -> None:
        """Add what a build needs besides docs/."""
        for name in ("scripts", "overrides"):
            shutil.copytree(ROOT / name, self.root / name)
        shutil.copy(ROOT / "mkdocs.yml", self.root)

    def register(self, today: date = TODAY) -> Register:
        """Read the project."""
        return load(self.root, today)

    def findings(self, today: date = TODAY) -> list[str]:
        """Check the project; give each finding as it is printed."""
        return [str(finding) for finding in check(self.register(today))]


def pages_of(site: Path) -> list[Path]:
    """Give every page of a built site, in order; not the one for lost addresses, nor those that only lead on."""
    files = sorted(site.rglob("index.html"))
    return [file for file in files if "data-moved" not in file.read_text(encoding="utf-8")]
