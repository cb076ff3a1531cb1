"""The checker's command line: what it prints, its exit status, and how it handles broken input."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claims import load
from project import ROOT, TODAY, Project
from project import run_checker as run

SCRIPT = ROOT / "scripts" / "check_claims.py"


def run_alone(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the checker as people do, in a process of its own."""
    command = [sys.executable, SCRIPT, "--today", TODAY.isoformat(), *arguments]
    variables = os.environ | environment
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, check=False)


def test_a_clean_project_prints_nothing_but_its_counts() -> None:
    done = run_alone()
    assert (done.returncode, done.stdout) == (0, "")
    register = load(ROOT, TODAY)
    counts = f"{len(register.claims)} claims, {len(register.sources)} sources, {len(register.resolutions)} resolutions"
    assert done.stderr == f"{counts}: 0 errors, 0 warnings\n"


def test_findings_go_to_stdout_and_fail(project: Project) -> None:
    project.edit("op-ed/response.md", "called for Pyongyang", "asked for Pyongyang")
    done = run(project.root)
    assert done.returncode == 1
    assert done.stdout == (
        "docs/op-ed/response.md:9:146: T003 p3: expected 'called', found 'asked'; "
        "restore the words of the text of record\n"
    )
    assert done.stderr.endswith("1 error, 0 warnings\n")


def test_warnings_alone_do_not_fail(project: Project) -> None:
    done = run(project.root, "--today", "2028-01-01")
    assert done.returncode == 0
    assert done.stdout.count("D009 warning:") == 36


def test_only_selected_rules_run(project: Project) -> None:
    project.edit("claims/vote-2014.md", "verdict: contradicted", "verdict: supported")
    assert run(project.root, "--select", "T,D").returncode == 0
    assert run(project.root, "--select", "C004").returncode == 1


def test_rules_are_listed_and_explained() -> None:
    assert "C004  verdict-stronger-than-computed  error\n" in run("--list").stdout
    assert (
        run("--explain", "D009").stdout
        == """\
D009  recheck-overdue  warning

Every claim is compared with its sources again by its recheck date.

Why: sources move and records are completed, so verdicts age.

Bad, in docs/claims/vote-2014.md:

    checked: 2025-11-25
    recheck: 2026-11-25

Good:

    checked: 2026-11-26
    recheck: 2027-11-26

To suppress it for one line, add a comment above the line: claims-ignore D009: the reason
"""
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--today", "yesterday"], "'yesterday' is not a valid date; write YYYY-MM-DD"),
        (["--select", "Y"], "no rule code starts with 'Y'; run --list to see them"),
        (
            ["--seal", "sources/nobody"],
            "no evidence is named 'sources/nobody'; findings of E011 show the names",
        ),
        (["/nowhere"], "/nowhere has no folder docs/data; give the project folder"),
    ],
)
def test_a_call_that_cannot_work_exits_with_2_and_says_why(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.rstrip().endswith(message)


def to_crlf(project: Project, path: str) -> None:
    project.write(path, project.read(path).replace("\n", "\r\n"))


def with_mark(project: Project, path: str) -> None:
    project.write(path, "\ufeff" + project.read(path))


PAGES = ["op-ed/response.md", "claims/vote-2014.md", "data/sources.yml", "data/resolutions.csv", "data/passages.yml",
         "data/permalinks.txt", "about/method.md"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("change", [to_crlf, with_mark])
def test_line_ends_and_byte_order_marks_change_nothing(
    project: Project, path: str, change: Callable[[Project, str], None]
) -> None:
    change(project, path)
    assert project.findings() == []


def test_reflowed_lines_and_reordered_keys_change_nothing(project: Project) -> None:
    project.edit("op-ed/response.md", "international community to tackle", "international\ncommunity to   tackle")
    project.edit("op-ed/response.md", "[a majority vote of", "[a majority vote\nof")
    text = project.read("claims/vote-2014.md")
    project.write(
        "claims/vote-2014.md", text.replace("paragraph: p3\n", "").replace("---\n", "---\nparagraph: p3\n", 1)
    )
    assert project.findings() == []


def break_bytes(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50] + b"\xff\xfe\x00" + file.read_bytes()[50:])


def long_line(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x" * 10_000_000)


def long_line_within_bounds(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\nword " * 100_000)


def remove(file: Path) -> None:
    file.unlink()


def turn_into_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def deep_brackets(file: Path) -> None:
    file.write_text("---\na: " + "[" * 100_000 + "\n---\n" if file.suffix == ".md" else "[" * 100_000, encoding="utf-8")


def bomb(file: Path) -> None:
    lines = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    file.write_text(f"---\n{lines}---\n" if file.suffix == ".md" else lines, encoding="utf-8")


def no_yaml(file: Path) -> None:
    file.write_text("---\n\t{]: :\n---\n" if file.suffix == ".md" else "\t{]: :\n", encoding="utf-8")


def dates_without_end(file: Path) -> None:
    with file.open("a", encoding="utf-8") as appended:
        appended.write("\n\n" + "18 December 2014, " * 50_000)


def citations_without_end(file: Path) -> None:
    with file.open("a", encoding="utf-8") as appended:
        appended.write("\n\n" + " ".join(f"[@source-{number}]" for number in range(50_000)))


def brackets_and_quotes(file: Path) -> None:
    file.write_text(
        file.read_text(encoding="utf-8") + "\n\n" + "[" * 50_000 + '"' * 50_000 + "{ #" * 20_000, encoding="utf-8"
    )


FAULTS = [break_bytes, long_line, remove, turn_into_folder, deep_brackets, bomb, no_yaml]
OVERFLOWS = [long_line_within_bounds, brackets_and_quotes, dates_without_end, citations_without_end]


@pytest.mark.parametrize("path", PAGES[:-1])
@pytest.mark.parametrize("fault", FAULTS)
def test_broken_input_is_reported_without_a_traceback(
    project: Project, path: str, fault: Callable[[Path], None]
) -> None:
    fault(project.root / "docs" / path)
    done = run(project.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"docs/{path}:" in done.stdout or "permalinks" in done.stdout


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("overflow", OVERFLOWS)
def test_large_input_within_bounds_is_checked_in_time(
    project: Project, path: str, overflow: Callable[[Path], None]
) -> None:
    overflow(project.root / "docs" / path)
    done = run(project.root)  # in prose some of it is not a fault
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_a_pipe_a_circular_link_and_an_odd_name_are_reported(project: Project) -> None:
    claims = project.root / "docs" / "claims"
    os.mkfifo(claims / "pipe.md")
    (claims / "circle.md").symlink_to("circle.md")
    (claims / os.fsdecode(b"name-\xff.md")).write_text("---\n---\n", encoding="utf-8")
    done = run_alone(project.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "docs/claims/pipe.md:1:1: C001 is a pipe or a device; put a file here" in done.stdout
    assert "docs/claims/circle.md:1:1: C001 can't be read (" in done.stdout
    assert "C002 a claim's id is lower-case letters, digits and hyphens only; rename the file" in done.stdout


def test_a_reader_that_stops_early_gets_no_traceback() -> None:
    command = f"{sys.executable} {SCRIPT} --list | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=20, check=False)  # noqa: S602
    assert done.stdout.startswith("T001")
    assert done.stderr == ""


def test_a_missing_folder_is_reported(project: Project) -> None:
    (project.root / "docs" / "claims").rename(project.root / "claims")
    done = run(project.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "docs/op-ed/response.md:9:77: C010 'vote-2014' has no page; write docs/claims/vote-2014.md" in done.stdout


def test_findings_come_in_the_same_order_on_every_run(project: Project) -> None:
    project.edit("op-ed/response.md", "called for Pyongyang", "asked for Pyongyang")
    project.edit("claims/vote-2014.md", "paragraph: p3", "paragraph: p33")
    project.edit("data/sources.yml", "number: A/RES/64/175", "number: A/RES/64-175")
    runs = {run_alone(project.root, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(runs) == 1
    (told,) = runs
    places = [line.split(": ")[0].rsplit(":", 2) for line in told.splitlines()]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))
