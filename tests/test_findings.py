r"""What the checker says about a project with a fault: tests/findings has the cases, written to be read.

A case is a title with the code it is about, the edits that make the fault, and every finding that follows:

    [T003] a word is missing
    @ op-ed/light.md
    - the finest on
    + finest on
    > docs/op-ed/light.md:11:10: T003 p1: expected 'the', found nothing; …

`-` and `+` replace words that the file has once; `+` alone adds lines at its end, `!` deletes the file, `=` alone
empties it. `\n` is a line end. A case without edits is the rule's own example. `pytest --rewrite`
rewrites the findings; read what changed.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from opedcheck.rules import RULES
from opedcheck.rules.rule import rule
from project import ROOT, Project

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


def example(code: str) -> tuple[str, ...]:
    """Return the edits that make the fault of a rule's example."""
    _, path, *words = RULES[code].example
    good, bad = (part.replace("\n", "\\n") for part in words)
    return (f"@ {path}", *([f"- {good}"] if good else []), f"+ {bad}")


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}: {case.title}" for case in CASES])
def test_a_fault_is_found(case: Case, project: Project, pytestconfig: pytest.Config) -> None:
    apply(project, case.edits or example(case.code))
    findings = tuple(project.findings())
    if pytestconfig.getoption("--rewrite"):
        printed = "".join(f"> {finding}\n" for finding in findings)
        text = case.file.read_text(encoding="utf-8")
        head = f"[{case.code}] {case.title}\n" + "".join(f"{line}\n" for line in case.edits)
        start = text.index(head) + len(head)
        rest = re.sub(r"\A(?:> .*\n)*", "", text[start:])
        case.file.write_text(text[:start] + printed + rest, encoding="utf-8")
    else:
        assert findings == case.findings
    assert any(f" {case.code} " in finding for finding in findings)


def test_the_example_of_every_rule_is_a_case() -> None:
    assert sorted(case.code for case in CASES if not case.edits) == sorted(RULES)


def test_no_case_is_written_twice() -> None:
    edits = [case.edits or example(case.code) for case in CASES]
    assert len(set(edits)) == len(edits)


def test_no_two_rules_have_one_code() -> None:
    with pytest.raises(ValueError, match="two rules have the code C004"):
        rule("C004")(RULES["C004"].check)


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    examples = tomllib.loads((ROOT / "scripts/opedcheck/rules/examples.toml").read_text(encoding="utf-8"))
    assert list(examples) == list(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_what_must_hold_and_why(code: str) -> None:
    assert RULES[code].statement.endswith(".")
    assert RULES[code].example.why.endswith(".")


def test_every_message_says_what_to_do() -> None:
    for case in CASES:
        for finding in case.findings:
            assert re.search(r"; \S|\?$", finding), finding


def test_the_made_up_op_ed_is_clean(project: Project) -> None:
    assert project.findings() == []


def test_the_real_op_ed_is_clean(tmp_path: Path) -> None:
    assert Project(tmp_path, ROOT).findings(date(2026, 11, 26)) == []


def test_an_overdue_check_is_a_warning_on_the_day_after(project: Project) -> None:
    assert project.findings(date(2022, 6, 1)) == []
    overdue = project.findings(date(2022, 6, 2))
    assert len(overdue) == len(project.register().claims)
    assert all("D009 warning:" in finding for finding in overdue)


@pytest.mark.parametrize(
    ("file", "code", "good", "also_good"),
    [
        ("readings.csv", "E003", "2019-11-29", "2020-09-08"),  # the last days of the Assembly's session
        ("readings.csv", "E008", "gazette-2019,2019-11-29", "gazette-2019,2019-11"),  # less exact, and not another day
        ("sources.yml", "S006", "https://log.example/", "https://логбук.example/"),
    ],
)
def test_what_can_be_right_is_no_fault(file: str, code: str, good: str, also_good: str, project: Project) -> None:
    text = project.read(f"data/{file}")
    assert good in text
    project.write(f"data/{file}", text.replace(good, also_good))
    assert [finding for finding in project.findings() if f": {code} " in finding] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Resolution 74/902 was adopted by 118–12–40, compared with 120–10–40 in 2018",
        "Compared with the vote on 73/901, the tally of 29 November 2019, 118–12–40, was narrower",
        "Resolution 74/902 had 118 votes in favour and 40 abstentions",
        "In 2014/15 it shone 24/7, for two thirds (2/3) of its keepers, with odds of 1:2:3",
        "It says “118 votes […] with 40 abstentions,” and “[b]y 118 votes”",
        "The op-ed’s “plain and steady light” is not in it",
        "Under “Lights Win Again” it gave the same figures",
        "Amb. Ja and Prof. Smith of Orrin Univ. Press agreed, cf. Smith, vol. II",
    ],
)
def test_what_a_careful_editor_writes_is_no_fault(sentence: str, project: Project) -> None:
    project.edit("claims/vote-2019.md", "The Orrin Gazette reported the same figures", sentence)
    assert project.findings() == []


def test_a_correction_quotes_what_was_wrong(project: Project) -> None:
    wrong = "We wrote “Friday, 29 November 2019”, “161–20–53” and “resolution 69/881 of 28 December 2014”."
    project.write("about/corrections.md", f"{project.read('about/corrections.md').rstrip()}\n{wrong}\n")
    assert project.findings() == []
    project.edit("about/corrections.md", "“161–20–53”", "161–20–53")
    assert [finding.split(": ")[1][:4] for finding in project.findings()] == ["E010"]


@pytest.mark.parametrize("odd", ["\u202e", "\u2060", "\x07", "\U000e0041"])
@pytest.mark.parametrize("path", ["about/method.md", "claims/vote-2019.md"])
def test_a_character_that_is_not_shown_and_can_mislead_is_found(odd: str, path: str, project: Project) -> None:
    project.write(path, f"{project.read(path)}\nThese words {odd}are turned.\n")
    assert any(f"C014 the character U+{ord(odd):04X} is not shown" in finding for finding in project.findings())


def test_a_day_has_one_verdict_where_it_is_not_tomorrow_yet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    class Today(date):
        @classmethod
        def today(cls) -> "Today":
            return cls(2021, 6, 1)

    monkeypatch.setattr("opedcheck.rules.claims.date", Today)
    project.edit("claims/vote-2019.md", "verdict: contradicted", "verdict: unverified")
    [given] = [finding for finding in project.findings() if " C015 " in finding]
    assert "make line " in given
    assert "'vote-2019,2021-06-01,unverified,contradicted,the reason'" in given
