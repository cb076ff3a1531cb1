r"""What the checker says about a project with a fault: tests/findings has the cases, written to be read.

A case is a title with the code it is about, the edits that make the fault, and every finding that follows:

    [T003] a word is another
    @ op-ed/response.md
    - incumbent upon
    + incumbent on
    > docs/op-ed/response.md:7:17: T003 p3: expected 'upon', found 'on'; …

`-` and `+` replace words that the file has once; `+` alone adds lines at its end, `!` deletes the file, `=` alone
empties it. `\n` is a line end. `pytest --rewrite` rewrites the findings; read what changed.
"""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from claims_markdown import expand
from project import Project
from rules import RULES

FOLDER = Path(__file__).parent / "findings"


class Case(NamedTuple):
    """A case from its file."""

    file: Path
    code: str
    title: str
    edits: tuple[str, ...]
    findings: tuple[str, ...]


def cases() -> list[Case]:
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"\n(?=\[)", file.read_text(encoding="utf-8")):
            head, *lines = block.strip("\n").split("\n")
            match = re.fullmatch(r"\[(\w+)\] (.+)", head)
            assert match, f"{file.name}: a case begins with [CODE] and a title, not '{head}'"
            edits = tuple(line for line in lines if line and line[0] != ">")
            found.append(Case(file, match[1], match[2], edits, tuple(line[2:] for line in lines if line[:1] == ">")))
    return found


def apply(project: Project, edits: tuple[str, ...]) -> None:
    """Apply a case's edits, in order."""
    path, old = "", None
    for line in edits:
        sign, words = line[0], line[2:].replace("\\n", "\n")
        if sign == "@":
            path = words
        elif sign == "-":
            old = words
        elif sign == "+" and old is not None:
            project.edit(path, old, words)
            old = None
        elif sign == "+":
            file = project.root / "docs" / path
            file.parent.mkdir(exist_ok=True)
            project.write(path, (project.read(path) if file.exists() else "") + words + "\n")
        elif sign == "!":
            (project.root / "docs" / path).unlink()
        elif sign == "=":
            project.write(path, "")


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}: {case.title}" for case in CASES])
def test_a_fault_is_found(case: Case, project: Project, pytestconfig: pytest.Config) -> None:
    apply(project, case.edits)
    findings = tuple(project.findings())
    if pytestconfig.getoption("--rewrite"):
        told = "".join(f"> {finding}\n" for finding in findings)
        text = case.file.read_text(encoding="utf-8")
        head = f"[{case.code}] {case.title}\n" + "".join(f"{line}\n" for line in case.edits)
        start = text.index(head) + len(head)
        rest = re.sub(r"\A(?:> .*\n)*", "", text[start:])
        case.file.write_text(text[:start] + told + rest, encoding="utf-8")
    else:
        assert findings == case.findings
    assert any(f" {case.code} " in finding for finding in findings)


def test_every_rule_has_a_case() -> None:
    assert {case.code for case in CASES} == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_of_a_rule_is_bad_and_the_good_one_good(code: str, project: Project) -> None:
    """The good example is from the project, which is clean; if the bad one replaces it, the rule finds a fault."""
    why, where, bad, good = RULES[code].explanation
    assert why
    assert RULES[code].statement.endswith(".")
    if good == "(no such file)":
        project.write(where.removeprefix("docs/"), bad)
    else:
        project.edit(where.removeprefix("docs/"), good, bad)
    assert any(f" {code} " in finding for finding in project.findings())


def test_every_message_says_what_to_do() -> None:
    for case in CASES:
        for finding in case.findings:
            assert re.search(r"; \S|\?$|did you mean", finding), finding


def test_the_project_itself_is_clean(project: Project) -> None:
    assert project.findings() == []


def test_an_overdue_check_is_a_warning_on_the_day_after(project: Project) -> None:
    assert project.findings(date(2027, 11, 23)) == []
    overdue = project.findings(date(2027, 11, 27))
    assert len(overdue) == len(project.register().claims)
    assert all("D009 warning:" in finding for finding in overdue)


def test_a_suppression_is_for_one_rule_on_one_line(project: Project) -> None:
    line = "The Peterson Institute gives the same tally for 2011"
    project.edit("claims/vote-2014.md", f"{line} [@piie-2012].", f"{line} [@piie-2012].\nIt is so.")
    assert any("vote-2014.md:42:1: C013" in finding for finding in project.findings())
    project.edit("claims/vote-2014.md", "\nIt is so.", "\n<!-- claims-ignore C013: nobody disputes it -->\nIt is so.")
    assert project.findings() == []
    project.edit(
        "data/sources.yml", "  URL: https://ktar.com", "  # claims-ignore S006: as read\n  URL: http://ktar.com"
    )
    # The address is sealed as well; a suppression applies to its own rule only.
    assert [finding.split(" ")[1] for finding in project.findings()] == ["E011"]


def test_a_suppression_shows_nothing_on_the_page(project: Project) -> None:
    text = project.read("claims/vote-2014.md")
    comment = "<!-- claims-ignore C013: nobody disputes it -->"
    project.write("claims/vote-2014.md", text.replace("The Peterson", f"{comment}\nThe Peterson"))
    page = project.register().pages["docs/claims/vote-2014.md"]
    assert comment in page.body
    assert "claims-ignore" not in expand(page.body, project.register())
