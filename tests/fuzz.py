"""Break the project at random for some time: .venv/bin/python tests/fuzz.py SECONDS [SEED].

Each round changes one to three files of docs/ by up to twenty edits, checks the project twice, renders some pages and
applies all fixes. An exception, a check of more than two seconds, or two checks that differ is a fault: it is printed,
and its files are kept.
"""

import random
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from opedcheck.render.extension import expand  # noqa: E402
from opedcheck.rules.pages import new_addresses  # noqa: E402 - after the path is set
from project import Project  # noqa: E402

# Pieces of the files, and strings that are difficult for their formats.
PIECES = [piece.encode() for piece in (
    "---\n",
    "\n---\n", "[", "]", "{", "}", "{ #x .claim }", '"', "'", ":", ": ", "- ", "#", "# ", "\n", "\n\n", "\r", "\0",
    "\u2028", "\u00a0", "\ufeff", "&a", "*a", "!!x", "|", ",", "9" * 21, "-1", "2014-13-45", "<!-- claims/", " -->",
    "<!-- claims/header x -->", "[@", "@x]", "\t", "  ", "%", "?", "~", "null", "0x10", "{}", "[]", "😀", "“", "”",
    '.claim data-claim="', "verdict: opinion\n", "asserts:\n- ", "{a: b}", "A/RES/", "[^1]: ",
)] + [b"\xff"]  # fmt: skip


def broken(content: bytes, chance: random.Random) -> bytes:
    """Return a file's content with a few random edits."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        place = chance.randrange(len(changed) + 1)
        edit = chance.choice(["insert", "insert", "insert", "delete", "copy"])
        if edit == "insert":
            changed[place:place] = chance.choice(PIECES) * chance.choice([1, 1, 1, 3, 50])
        elif edit == "delete":
            del changed[place : place + chance.choice([1, 5, 50, 500])]
        else:
            start = chance.randrange(len(changed) + 1)
            changed[place:place] = changed[start : start + chance.choice([5, 50, 300])]
    return bytes(changed)


def survives(project: Project, chance: random.Random) -> bool:
    """Check the project twice, render some pages and apply all fixes; return whether all went well."""
    begun = time.process_time()
    try:
        first = project.findings()
        taken = time.process_time() - begun
        register = project.register()
        for page in chance.sample(list(register.pages.values()), 5):
            expand(page.body, register)
        new_addresses(register)
        return taken < 2 and first == project.findings()
    except Exception:
        traceback.print_exc()
        return False


def main(seconds: float, seed: int) -> None:
    """Break and check the project until the time is up."""
    chance = random.Random(seed)  # noqa: S311 - not for cryptography
    root = Path(tempfile.mkdtemp())
    project = Project(root)
    files = [file for file in sorted((root / "docs").rglob("*")) if file.suffix in (".md", ".yml", ".csv", ".txt")]
    contents = {file: file.read_bytes() for file in files}
    end = time.monotonic() + seconds
    rounds = faults = 0
    while time.monotonic() < end:
        chosen = chance.sample(files, chance.choice([1, 1, 1, 2, 3]))
        for file in chosen:
            file.write_bytes(broken(contents[file], chance))
        if not survives(project, chance):
            faults += 1
            kept = Path(tempfile.mkdtemp(prefix="fault-"))
            for file in chosen:
                shutil.copy(file, kept)
            print(f"fault in round {rounds} of seed {seed}: {', '.join(file.name for file in chosen)}, kept in {kept}")
        for file in chosen:
            file.write_bytes(contents[file])
        rounds += 1
    shutil.rmtree(root)
    print(f"{rounds} rounds, {faults} faults")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
