"""What --fix fixes, what it leaves alone, and what it prints."""

import subprocess
from pathlib import Path

import pytest

from project import Project, run_checker


def fix(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the checker with --fix."""
    return run_checker("--fix", *arguments, project.root)


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the changes printed, without the counts at the end."""
    return done.stderr.splitlines()[:-1]


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of the project by its path."""
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_of_a_clean_project_nothing_is_touched(project: Project) -> None:
    before = contents(project.root)
    done = fix(project)
    assert (done.returncode, done.stdout, told(done)) == (0, "", [])
    assert contents(project.root) == before


@pytest.mark.parametrize(
    ("path", "good", "bad", "line"),
    [
        (
            "claims/vote-2014.md",
            "checked: 2026-11-23",
            "checked: 23 November 2026",
            "docs/claims/vote-2014.md:21:10: rewrote '23 November 2026' as 2026-11-23",
        ),
        (
            "claims/vote-2014.md",
            "recheck: 2027-11-23",
            "recheck: November 23, 2027",
            "docs/claims/vote-2014.md:22:10: rewrote 'November 23, 2027' as 2027-11-23",
        ),
        (
            "data/resolutions.csv",
            "A/RES/69/188,2014-12-18,",
            "A/RES/69/188,2014/12/18,",
            "docs/data/resolutions.csv:14:17: rewrote '2014/12/18' as 2014-12-18",
        ),
        (
            "data/parties.csv",
            "Cambodia,Rome Statute,party,2002-04-11,adhoc-2012 khmerlaw-2011\n"
            "Cambodia,UN Charter,party,1955-12-14,khmertimes-un ppp-2021\n",
            "Cambodia,UN Charter,party,1955-12-14,khmertimes-un ppp-2021\n"
            "Cambodia,Rome Statute,party,2002-04-11,adhoc-2012 khmerlaw-2011\n",
            "docs/data/parties.csv: sorted by state and treaty",
        ),
        (
            "op-ed/response.md",
            "benefit citizens directly.\n{ #p5 }\n",
            "benefit citizens directly.\n",
            "docs/op-ed/response.md:16:1: added { #p5 }",
        ),
        ("data/permalinks.txt", "#most\n#parts\n", "#parts\n#most\n", "docs/data/permalinks.txt: sorted"),
        (
            "data/permalinks.txt",
            "#most\n",
            "",
            "docs/data/permalinks.txt: added '#most'",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_needs_no_judgement_is_fixed(
    path: str, good: str, bad: str, line: str, line_end: str, project: Project
) -> None:
    whole = project.read(path).replace("\n", line_end)
    project.edit(path, good, bad)
    project.write(path, project.read(path).replace("\n", line_end))
    assert project.findings() != []
    done = fix(project)
    assert (done.returncode, told(done)) == (0, [line])
    assert (project.root / "docs" / path).read_bytes().decode() == whole


def test_sources_are_ordered_by_id_with_the_comments_above_them(project: Project) -> None:
    text = project.read("data/sources.yml")
    start = text.index("- id: ap-2022")
    end = text.index("- id: ", start + 1)
    project.write("data/sources.yml", text[:start] + text[end:] + "# read twice\n" + text[start:end])
    done = fix(project)
    assert (done.returncode, told(done)) == (0, ["docs/data/sources.yml: sorted by id"])
    assert project.read("data/sources.yml") == text[:start] + "# read twice\n" + text[start:]


def test_new_addresses_are_listed_and_none_is_taken_out(project: Project) -> None:
    project.edit(
        "about/corrections.md",
        "# Corrections { #corrections }",
        "# Corrections { #corrections }\n\n## Older ones { #older }\n\nOlder.",
    )
    project.edit("about/method.md", "{ #limits }", "{ #not-done }")
    before = project.read("data/permalinks.txt").splitlines()
    done = fix(project)
    added = ["about/corrections/#older"]
    assert told(done) == [f"docs/data/permalinks.txt: added '{address}'" for address in added]
    # A new address on a page where one vanished may be the same place under another name.
    assert "P003 'about/method/#not-done' is not listed, and 'about/method/#limits' is gone" in done.stdout
    assert "P002 'about/method/#limits' no longer exists" in done.stdout
    assert sorted(project.read("data/permalinks.txt").splitlines()) == sorted([*before, *added])
    assert told(fix(project)) == []


def test_a_new_piece_of_evidence_is_sealed_and_a_changed_one_is_not(project: Project) -> None:
    row = "second-2023,2023-10,month,,Another report,ap-2022\n"
    project.edit("data/events.csv", "assembly-2023,", row + "assembly-2023,")
    project.edit("data/sanctions.csv", "2017-09-11", "2017-09-12")
    done = fix(project)
    assert "docs/data/seals.txt: sealed 'events/second-2023'" in told(done)
    assert done.stdout.startswith(
        "docs/data/sanctions.csv:10:1: E011 'sanctions/S/RES/2375 (2017)' has changed since it was sealed"
    )
    done = fix(project, "--seal", "sanctions/S/RES/2375 (2017)")
    assert told(done) == ["docs/data/seals.txt: sealed 'sanctions/S/RES/2375 (2017)'"]
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("claims/vote-2014.md", "verdict: contradicted", "verdict: supported"),
        ("claims/vote-2014.md", "checked: 2026-11-26", "checked: 11/12/2026"),  # two days, by two usages
        ("op-ed/response.md", "It is incumbent", "It was incumbent"),
        ("op-ed/response.md", "benefit citizens directly.\n{ #p5 }\n", "benefit all citizens directly.\n"),
        ("data/op-ed.txt", "worst human rights records", "poorest human rights records"),
        ("data/resolutions.csv", "A/RES/69/188,2014-12-18,116,", "A/RES/69/188,2014-12-18,117,"),
        ("data/verdicts.csv", "vote-2014,2026-11-23,contradicted", "vote-2014,2026-11-23,supported"),
        ("data/sources.yml", "references:", "references: {"),
    ],
)
def test_what_needs_judgement_is_left_alone(path: str, good: str, bad: str, project: Project) -> None:
    project.edit(path, good, bad)
    before = contents(project.root)
    done = fix(project)
    assert (done.returncode, told(done)) == (1, [])
    assert contents(project.root) == before


def test_a_file_that_cannot_be_written_stays_and_is_told(project: Project) -> None:
    project.edit("data/permalinks.txt", "#most\n", "")
    (project.root / "docs" / "data" / "permalinks.txt").chmod(0o444)
    done = fix(project)
    assert done.returncode == 2
    assert done.stderr.startswith("check_claims.py: docs/data/permalinks.txt:1:1: can't be written (read-only)")
    assert "#most" not in project.read("data/permalinks.txt").splitlines()


def test_a_claim_is_added_as_the_readme_says(project: Project) -> None:
    """Page, mark, source, ledger; --fix lists its addresses and seals its source."""
    project.write(
        "claims/effective-aid.md",
        """---
title: Aid that benefits citizens
description: A recommendation.
quote: Aid provided to North Korea should be carefully targeted
paragraph: p5
verdict: opinion
asserts: []
sources: [new-source]
checked: 2026-11-26
recheck: 2027-11-26
---
<!-- claims/header effective-aid -->

## What the op-ed says { #says }

It recommends something.

## What the record shows { #record }

A page says so too [@new-source].

## Why this verdict { #why }

A recommendation can't be checked.
""",
    )
    words = "Aid provided to North Korea should be carefully targeted"
    project.edit("op-ed/response.md", words, f"[{words}]{{ #effective-aid .claim }}")
    project.edit("data/passages.yml", "- {paragraph: p5, begins: Aid provided to, kind: recommendation}\n", "")
    source = "- id: new-source\n  type: webpage\n  title: N\n  publisher: N\n  issued: 2020\n"
    source += "  URL: https://example.org/n\n  accessed: 2026-11-26\n"
    project.write("data/sources.yml", project.read("data/sources.yml") + source)
    ledger = project.read("data/verdicts.csv")
    project.write("data/verdicts.csv", ledger + "effective-aid,2026-11-26,opinion,first judged\n")
    done = fix(project)
    assert (done.returncode, done.stdout) == (0, "")
    assert "docs/data/sources.yml: sorted by id" in told(done)
