"""Check every built page with the Nu HTML checker: .venv/bin/python tests/html_validity.py VNU.JAR.

Run by hand; needs Java, and the checker's jar, which the npm package vnu-jar carries. The
messages allowed, and why, are in html_messages.txt beside this file. Exits with 1 if there are any others, or if a line
there is no longer needed.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from copies import build

ROOT = Path(__file__).resolve().parent.parent


def allowed() -> list[str]:
    """Return the beginnings of the messages allowed."""
    lines = (ROOT / "tests" / "html_messages.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition(" => ")[0] for line in lines if line and not line.startswith("#")]


def messages(jar: str, site: Path) -> list[tuple[str, str]]:
    """Check every page of a built site, and return each message with the page's path and line."""
    command = ["java", "-jar", jar, "--skip-non-html", "--format", "json", "--exit-zero-always", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stderr)["messages"]
    return [(f"{one['url'].partition(str(site))[2]}:{one.get('lastLine', 1)}", one["message"]) for one in said]


def main(jar: str) -> int:
    """Build the site, check it, print the messages not allowed, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        build(ROOT, "--quiet", "--site-dir", name).check_returncode()
        said = messages(jar, Path(name))
        pages = len(list(Path(name).rglob("*.html")))
    begins = allowed()
    others = [f"{place}: {message}" for place, message in said if not message.startswith(tuple(begins))]
    unneeded = [begin for begin in begins if not any(message.startswith(begin) for _, message in said)]
    print("\n".join([*others, *(f"html_messages.txt: nothing says this any more: {begin}" for begin in unneeded)]))
    print(f"{pages} pages, {len(said)} messages, {len(others)} not allowed")
    return 1 if others or unneeded else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
