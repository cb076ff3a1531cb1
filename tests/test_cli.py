"""The checker's command line: what it prints, its exit status, what it fixes, and how it takes broken input."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from opedcheck.cli import as_json, main
from opedcheck.files import Place
from opedcheck.register import load
from opedcheck.rules import RULES, Finding
from project import LIGHTHOUSE, ROOT, TODAY, Project, run_checker

SCRIPT = ROOT / "scripts" / "check_claims.py"


def run_alone(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the checker as people do, in a process of its own."""
    command = [sys.executable, SCRIPT, "--today", TODAY.isoformat(), *arguments]
    variables = os.environ | environment
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, check=False)


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of the project by its path."""
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_a_clean_project_prints_nothing_but_its_counts() -> None:
    done = run_alone("--today", "2026-11-26")
    assert (done.returncode, done.stdout) == (0, "")
    register = load(ROOT, TODAY)
    counts = f"{len(register.claims)} claims, {len(register.sources)} sources, {len(register.resolutions)} resolutions"
    assert done.stderr == f"{counts}: 0 errors, 0 warnings\n"


def test_findings_go_to_stdout_and_fail(project: Project) -> None:
    project.edit("op-ed/keepers.md", "Ships still", "Ships often")
    done = run_checker(project.root)
    assert done.returncode == 1
    assert done.stdout == (
        "docs/op-ed/keepers.md:9:8: T003 p3: expected 'still', found 'often'; restore the words of the text of record\n"
    )
    assert done.stderr == "12 claims, 10 sources, 4 resolutions: 1 error, 0 warnings\n"


def test_warnings_alone_do_not_fail() -> None:
    done = run_checker(LIGHTHOUSE, "--today", "2022-06-02")
    assert done.returncode == 0
    assert done.stdout.count("D009 warning:") == 12


def test_only_selected_rules_run(project: Project) -> None:
    project.edit("claims/vote-2019.md", "verdict: contradicted", "verdict: supported")
    assert run_checker(project.root, "--select", "T,d").returncode == 0
    assert run_checker(project.root, "--select", "C004").stdout.count("\n") == 1


def test_whatever_is_selected_a_file_that_can_not_be_read_is_found(project: Project) -> None:
    project.write("data/events.csv", "id,day\n")
    done = run_checker(project.root, "--select", "C004")
    assert done.returncode == 1
    assert "docs/data/events.csv:1:1: P001 CSV: the first line must be" in done.stdout


def test_one_is_not_counted_as_many(project: Project) -> None:
    text = project.read("data/readings.csv").splitlines(keepends=True)
    project.write("data/readings.csv", "".join(text[:2]))
    assert ", 1 resolution: " in run_checker(project.root).stderr


def test_rules_are_listed_and_explained() -> None:
    listed = run_checker("--list").stdout
    assert re.findall(r"^([A-Z]\d{3})  [a-z-]+  (?:error|warning)$", listed, re.MULTILINE) == list(RULES)
    assert (
        run_checker("--explain", "D009").stdout
        == """\
D009  recheck-overdue  warning

A claim is compared with its sources again within a year.

Why: sources move and records are completed; a verdict ages.

Wrong, in docs/claims/vote-2019.md:

    checked: 2020-06-01

Right:

    checked: 2021-06-01
"""
    )


def test_help_describes_the_checker_and_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"], "What it is for.")
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "What it is for." in printed
    for option in ("--today", "--select", "--output-format", "--fix", "--seal", "--list", "--explain"):
        assert re.search(rf"^  {option} .*?\S", printed, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--today", "yesterday"], "'yesterday' is not a date; write YYYY-MM-DD"),
        (["--select", "Y"], "no rule's code begins with 'Y'; --list shows them"),
        (["--explain", ""], "no rule's code begins with ''; --list shows them"),
        (
            ["--seal", "nobody.csv", str(LIGHTHOUSE)],
            "'nobody.csv' is not a file of evidence; use one of country-votes.csv, events.csv, op-ed.txt, parties.csv, "
            "readings.csv, sanctions.csv, sources.yml, verdicts.csv",
        ),
        (["/nowhere"], "there is no folder docs/data in /nowhere; name the project's folder"),
    ],
)
def test_a_call_that_cannot_work_exits_with_2_and_says_why(arguments: list[str], message: str) -> None:
    done = run_checker(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.rstrip().endswith(message)


# --- what is printed ---

FAULT = Finding(Place("docs/op-ed/light.md", 2, 8), "T003", "p3: expected 'is', found 'was'; restore it", "error")
WARNING = Finding(Place("docs/claims/a.md", 1, 1), "D009", "overdue; check it", "warning")


def test_a_finding_is_one_line_whatever_its_file_is_called() -> None:
    odd = Finding(Place("docs/a\nb\x1b[31m.md", 1, 2), "P001", "“so”\u00a0it is; fix it", "error")
    assert str(FAULT) == "docs/op-ed/light.md:2:8: T003 p3: expected 'is', found 'was'; restore it"
    assert str(WARNING) == "docs/claims/a.md:1:1: D009 warning: overdue; check it"
    assert str(odd) == r"docs/a\nb\x1b[31m.md:1:2: P001 “so” it is; fix it".replace("so” ", "so”\u00a0")


def test_json_has_a_version_and_the_documented_keys(project: Project) -> None:
    keys = {"path": "docs/op-ed/light.md", "line": 2, "col": 8, "code": "T003", "severity": "error"}
    assert json.loads(as_json([FAULT])) == {"version": 1, "findings": [keys | {"message": FAULT.message}]}
    page = (ROOT / "docs" / "about" / "checks.md").read_text(encoding="utf-8")
    for key in ("version", "findings", "message", *keys):
        assert f"`{key}`" in page
    project.edit("op-ed/keepers.md", "Ships still", "Ships often")
    done = run_checker(project.root, "--output-format", "json")
    assert done.returncode == 1
    assert [(one["code"], one["line"], one["col"]) for one in json.loads(done.stdout)["findings"]] == [("T003", 9, 8)]
    assert json.loads(run_checker(LIGHTHOUSE, "--output-format", "json").stdout)["findings"] == []


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
        ("error", "docs/op-ed/light.md", "2", "8", "T003", FAULT.message),
        ("warning", "docs/claims/a.md", "1", "1", "D009", WARNING.message),
    ]


def test_a_reader_that_stops_early_gets_no_traceback() -> None:
    command = f"{sys.executable} {SCRIPT} --list | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)  # noqa: S602
    assert done.stdout.startswith("T003")
    assert done.stderr == ""


def test_findings_come_in_the_same_order_on_every_run(project: Project) -> None:
    project.edit("op-ed/keepers.md", "Ships still", "Ships often")
    project.edit("claims/vote-2019.md", "yes: 120", "yes: 121")
    project.edit("data/sources.yml", "number: S/RES/9901 (2015)", "number: S/RES/9901")
    runs = {run_alone(project.root, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(runs) == 1
    (printed,) = runs
    places = [line.split(": ")[0].rsplit(":", 2) for line in printed.splitlines()]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))


# --- input that is odd or broken ---

EVIDENCE = ("data/op-ed.txt", "data/sources.yml", "data/readings.csv")
OTHERS = ("op-ed/light.md", "claims/vote-2019.md", "about/method.md", "data/passages.yml", "data/permalinks.txt",
          "data/SHA256SUMS")  # fmt: skip


@pytest.mark.parametrize("path", [*EVIDENCE, *OTHERS])
@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_byte_order_marks_change_nothing_but_a_digest(
    path: str, change: Callable[[str], str], project: Project
) -> None:
    project.write(path, change(project.read(path)))
    codes = [finding.split(" ")[1] for finding in project.findings()]
    assert codes == (["E011"] if path in EVIDENCE else [])


def test_reflowed_lines_and_reordered_keys_change_nothing(project: Project) -> None:
    project.edit("op-ed/light.md", "The lighthouse at Cape", "The\nlighthouse   at Cape")
    project.edit("op-ed/light.md", "[with a vote of", "[with a vote\nof")
    project.edit("claims/vote-2019.md", "verdict: contradicted\n", "")
    project.edit("claims/vote-2019.md", "title: ", "verdict: contradicted\ntitle: ")
    assert project.findings() == []


def break_bytes(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50] + b"\xff\xfe\x00" + file.read_bytes()[50:])


def long_line(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x" * 10_000_000)


def remove(file: Path) -> None:
    file.unlink()


def turn_into_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def as_front_matter(file: Path, yaml: str) -> None:
    file.write_text(f"---\n{yaml}\n---\n" if file.suffix == ".md" else yaml, encoding="utf-8")


def deep_brackets(file: Path) -> None:
    as_front_matter(file, "a: " + "[" * 100_000)


def bomb(file: Path) -> None:
    lines = [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    as_front_matter(file, "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *lines]))


def no_yaml(file: Path) -> None:
    as_front_matter(file, "\t{]: :")


@pytest.mark.parametrize("path", [*EVIDENCE, *OTHERS])
@pytest.mark.parametrize("fault", [break_bytes, long_line, remove, turn_into_folder, deep_brackets, bomb, no_yaml])
def test_broken_input_is_reported(path: str, fault: Callable[[Path], None], project: Project) -> None:
    fault(project.root / "docs" / path)
    done = run_checker(project.root)
    assert done.returncode == 1
    # A page that is gone is missed by its addresses, a table by its digest.
    assert path in done.stdout or path.removesuffix(".md") in done.stdout or Path(path).name in done.stdout


# What costs most: long lines and many, brackets that never close, dates, and sources that nobody knows.
LONG = "\n".join(
    [
        "word " * 5_000 + "\nword " * 5_000,
        "[" * 20_000 + '"' * 20_000 + "{ #" * 10_000,
        "18 December 2014, " * 3_000,
        " ".join(f"[@source-{number}]" for number in range(5_000)),
    ]
)


@pytest.mark.parametrize("path", [*EVIDENCE, *OTHERS])
def test_large_input_within_bounds_is_checked_in_time(path: str, project: Project) -> None:
    project.write(path, project.read(path) + "\n\n" + LONG)
    assert run_checker(project.root).returncode in (0, 1)  # in prose some of it is no fault


def test_a_pipe_a_circular_link_and_an_odd_name_are_reported(project: Project) -> None:
    claims = project.root / "docs" / "claims"
    os.mkfifo(claims / "pipe.md")
    (claims / "circle.md").symlink_to("circle.md")
    (claims / "notes").symlink_to(claims)
    (claims / os.fsdecode(b"name-\xff.md")).write_text("---\n---\n", encoding="utf-8")
    done = run_alone(project.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "docs/claims/pipe.md:1:1: P001 is a pipe or a device; put a file here" in done.stdout
    assert "docs/claims/circle.md:1:1: P001 can't be read (" in done.stdout
    assert "docs/claims/notes:1:1: P009 this is a symbolic link; put the file itself here" in done.stdout
    assert r"P009 'name-\udcff' is not an id; rename the file" in done.stdout


def test_a_missing_folder_is_reported(project: Project) -> None:
    (project.root / "docs" / "claims").rename(project.root / "claims")
    done = run_checker(project.root)
    assert done.returncode == 1
    message = "docs/op-ed/light.md:16:72: C009 'vote-2019' has no page; write docs/claims/vote-2019.md, or "
    assert message in done.stdout


# --- what --fix and --seal write ---


def fix(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_checker(project.root, "--fix", *arguments)


def changes(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the changes printed, without the counts at the end."""
    return done.stderr.splitlines()[:-1]


def test_in_a_clean_project_nothing_is_touched(project: Project) -> None:
    before = contents(project.root)
    done = fix(project)
    assert (done.returncode, done.stdout, changes(done)) == (0, "", [])
    assert contents(project.root) == before


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_address_is_listed_in_its_place(line_end: str, project: Project) -> None:
    right = project.read("data/permalinks.txt").replace("\n", line_end)
    project.write("data/permalinks.txt", right.replace(f"#top{line_end}", ""))
    assert project.findings() != []
    done = fix(project)
    assert (done.returncode, changes(done)) == (0, ["docs/data/permalinks.txt: added '#top'"])
    assert (project.root / "docs/data/permalinks.txt").read_bytes().decode() == right


def test_new_addresses_are_listed_and_none_is_taken_out(project: Project) -> None:
    project.edit("about/cite.md", "# Link and cite { #cite }\n", "# Link and cite { #cite }\n\n## Print { #print }\n")
    project.edit("about/method.md", "{ #computed }", "{ #evidence }")
    before = project.read("data/permalinks.txt").splitlines()
    done = fix(project)
    added = ["about/cite/#print"]
    assert changes(done) == [f"docs/data/permalinks.txt: added '{address}'" for address in added]
    # A new address on a page where one vanished may be the same place under another name.
    assert "P002 'about/method/#evidence' is not listed" in done.stdout
    assert "P002 'about/method/#computed' leads nowhere any more; did you mean" in done.stdout
    assert sorted(project.read("data/permalinks.txt").splitlines()) == sorted([*before, *added])
    assert changes(fix(project)) == []


def test_changed_evidence_is_sealed_by_its_name_only(project: Project) -> None:
    project.edit("data/sanctions.csv", "2015-02-10", "2015-02-11")
    project.edit("data/parties.csv", "2001-03-01", "2001-03")
    done = fix(project)
    assert (done.returncode, changes(done)) == (1, [])
    assert [line.split(":")[0] for line in done.stdout.splitlines() if " E011 " in line] == [
        "docs/data/parties.csv",
        "docs/data/sanctions.csv",
    ]
    done = run_checker(project.root, "--seal", "sanctions.csv")
    assert changes(done) == ["docs/data/SHA256SUMS: sealed sanctions.csv"]
    assert [line.split(":")[0] for line in done.stdout.splitlines() if " E011 " in line] == ["docs/data/parties.csv"]


def test_without_a_name_all_is_sealed_but_the_text_of_record(project: Project) -> None:
    project.edit("data/sanctions.csv", "2015-02-10", "2015-02-11")
    project.edit("data/op-ed.txt", "must be kept", "may be kept")
    done = run_checker(project.root, "--seal")
    assert re.findall("docs/data/(.*):1:1: E011", done.stdout) == ["op-ed.txt"]
    assert "E011" not in run_checker(project.root, "--seal", "op-ed.txt").stdout


def test_what_is_no_seal_is_not_lost(project: Project) -> None:
    project.edit("data/sanctions.csv", "2015-02-10", "2015-02-11")
    project.write("data/SHA256SUMS", f"# By hand\n{project.read('data/SHA256SUMS')}")
    done = run_checker(project.root, "--seal")
    assert (done.returncode, done.stdout) == (2, "")
    assert "docs/data/SHA256SUMS:1: this line is not a seal and would be lost; delete it" in done.stderr
    assert project.read("data/SHA256SUMS").startswith("# By hand\n")


def test_all_and_the_text_of_record_are_sealed_at_once(project: Project) -> None:
    project.edit("data/sanctions.csv", "2015-02-10", "2015-02-11")
    project.edit("data/op-ed.txt", "must be kept", "may be kept")
    assert "E011" not in run_checker(project.root, "--seal", "--seal", "op-ed.txt").stdout


def test_the_digests_are_those_of_sha256sum(project: Project) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=project.root / "docs" / "data", check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("claims/vote-2019.md", "verdict: contradicted", "verdict: supported"),
        ("claims/vote-2019.md", "checked: 2021-06-01", "checked: 1 June 2021"),
        ("op-ed/keepers.md", "Ships still", "Ships often"),
        ("op-ed/light.md", "\n{ #date }", ""),
        ("data/op-ed.txt", "must be kept", "may be kept"),
        ("data/readings.csv", "A/RES/74/902,un-votes,2019-11-29,,118", "A/RES/74/902,un-votes,2019-11-29,,119"),
        ("data/verdicts.csv", "vote-2019,2021-06-01,contradicted", "vote-2019,2021-06-01,supported"),
        ("data/sources.yml", "references:", "references: {"),
    ],
)
def test_what_needs_judgement_is_left_alone(path: str, good: str, bad: str, project: Project) -> None:
    project.edit(path, good, bad)
    before = contents(project.root)
    done = fix(project)
    assert (done.returncode, changes(done)) == (1, [])
    assert contents(project.root) == before


def test_nothing_is_sealed_while_a_file_can_not_be_read(project: Project) -> None:
    project.edit("data/sources.yml", "references:", "references: {")
    done = run_checker(project.root, "--seal")
    assert done.returncode == 2
    sealed = "check_claims.py: nothing is sealed while a file of docs/data can't be read: docs/data/sources.yml:"
    assert done.stderr.startswith(sealed)


def test_a_file_that_can_not_be_written_stays_as_it_is(project: Project) -> None:
    project.edit("data/permalinks.txt", "#top\n", "")
    (project.root / "docs" / "data" / "permalinks.txt").chmod(0o444)
    done = fix(project)
    assert done.returncode == 2
    assert done.stderr.startswith("check_claims.py: docs/data/permalinks.txt:1:1: can't be written (read-only)")
    assert "#top" not in project.read("data/permalinks.txt").splitlines()


def test_a_claim_is_added_in_three_steps(project: Project) -> None:
    """Its page, its mark and its line of the ledger; --fix and --seal do the rest."""
    words = "asked states to keep their lights"
    page = project.read("claims/ships-pass.md").replace("ships-pass", "asked").replace("Ships at night", "What it asks")
    project.write("claims/asked.md", page)
    project.edit("op-ed/light.md", words, f"[{words}]{{ #asked .claim }}")
    ledger = project.read("data/verdicts.csv")
    project.write("data/verdicts.csv", ledger + "asked,2021-06-01,unverified,,first judged\n")
    done = fix(project, "--seal", "verdicts.csv")
    assert (done.returncode, done.stdout) == (0, "")
    claim = project.register().claims["asked"]
    assert (claim.number, claim.paragraph, claim.quote) == (8, "p2", words)
