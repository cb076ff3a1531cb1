"""What the checker prints for people, for programs and for GitHub."""

import json
import re
import subprocess
import sys

import pytest

import report
from findings import Finding
from project import ROOT, Project
from reading import Place

FAULT = Finding(Place("docs/op-ed/response.md", 2, 8), "T003", "p3: expected 'is', found 'was'; restore it", "error")
WARNING = Finding(Place("docs/claims/a.md", 1, 1), "D009", "overdue; check it", "warning")


def line_at(place: Place) -> str:
    return {2: "It was incumbent", 1: "---"}[place.line]


def test_plain_text_has_a_line_for_each_finding() -> None:
    assert report.as_text([FAULT, WARNING]) == (
        "docs/op-ed/response.md:2:8: T003 p3: expected 'is', found 'was'; restore it\n"
        "docs/claims/a.md:1:1: D009 warning: overdue; check it"
    )


def test_on_a_terminal_the_line_of_the_file_follows_with_a_caret() -> None:
    assert report.as_text_for_eyes([FAULT], line_at, 80, colour=False) == (
        "docs/op-ed/response.md:2:8: T003 p3: expected 'is', found 'was'; restore it\n"
        "    It was incumbent\n"
        "           ^"
    )


def test_colour_sets_off_place_and_code_and_nothing_else() -> None:
    told = report.as_text_for_eyes([FAULT, WARNING], line_at, 80, colour=True)
    assert "\033[1mdocs/op-ed/response.md:2:8\033[0m: \033[31mT003\033[0m p3: expected" in told
    assert "\033[33mD009\033[0m warning: overdue" in told
    assert re.sub(r"\033\[\d+m", "", told) == report.as_text_for_eyes([FAULT, WARNING], line_at, 80, colour=False)


@pytest.mark.parametrize(
    ("line", "col", "shown", "caret"),
    [
        ("short", 1, "short", "^"),
        ("short", 5, "short", "    ^"),
        ("short", 9, "short", "     ^"),  # after the end
        ("", 1, "", "^"),
        ("a" * 30, 30, "…" + "a" * 19, " " * 19 + "^"),
        ("a" * 30, 2, "a" * 19 + "…", " ^"),
        ("漢字の文", 3, "漢字の文", "    ^"),  # each of these takes two columns
        ("a\tb\x1b[31mc", 3, "a b [31mc", "  ^"),  # what a terminal would obey is shown as a space
    ],
)
def test_the_caret_stands_under_the_fault(line: str, col: int, shown: str, caret: str) -> None:
    assert report.excerpt(line, col, 20) == (shown, caret)


@pytest.mark.parametrize(
    ("settings", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
    ],
)
def test_colour_is_wanted_or_not(
    settings: dict[str, str], terminal: bool, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert report.wants_colour(terminal) is colour


def test_json_has_a_version_and_the_documented_keys() -> None:
    assert json.loads(report.as_json([FAULT])) == {
        "version": 1,
        "findings": [
            {
                "path": "docs/op-ed/response.md",
                "line": 2,
                "col": 8,
                "code": "T003",
                "severity": "error",
                "message": "p3: expected 'is', found 'was'; restore it",
            }
        ],
    }
    page = (ROOT / "docs" / "about" / "checks.md").read_text(encoding="utf-8")
    for key in ("version", "findings", "path", "line", "col", "code", "severity", "message"):
        assert f"`{key}`" in page


def test_annotations_of_github_are_escaped() -> None:
    odd = Finding(Place("docs/a,b:c.md", 1, 2), "C001", "100%\nsure", "warning")
    assert report.as_github([odd]) == "::warning file=docs/a%2Cb%3Ac.md,line=1,col=2,title=C001::100%25%0Asure"


def test_the_problem_matcher_of_github_reads_the_text() -> None:
    matchers = json.loads((ROOT / ".github" / "claims-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
    read = []
    for finding in (FAULT, WARNING):
        for matcher in matchers:
            (pattern,) = matcher["pattern"]
            if match := re.search(pattern["regexp"], str(finding)):
                names = ("file", "line", "column", "code", "message")
                read.append((matcher["severity"], *(match[pattern[name]] for name in names)))
    assert read == [
        ("error", "docs/op-ed/response.md", "2", "8", "T003", FAULT.message),
        ("warning", "docs/claims/a.md", "1", "1", "D009", WARNING.message),
    ]


def test_a_real_terminal_gets_the_caret(project: Project) -> None:
    project.edit("op-ed/response.md", "It is incumbent", "It was incumbent")
    command = [sys.executable, "scripts/check_claims.py", str(project.root)]
    code = (
        "import os, pty, sys\n"
        "told = []\n"
        "def read(descriptor):\n"
        "    told.append(os.read(descriptor, 4096)); return told[-1]\n"
        "status = pty.spawn(sys.argv[1:], read)\n"
        "sys.exit(os.waitstatus_to_exitcode(status))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    lines = re.sub(r"\x1b\[\d+m", "", done.stdout.decode()).splitlines()
    assert lines[0].startswith("docs/op-ed/response.md:7:4: T003 p3: expected 'is', found 'was'")
    assert lines[1].startswith("    It was incumbent upon")
    assert lines[2] == "       ^"
    assert done.returncode == 1
