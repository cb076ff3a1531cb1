"""No number, date, name, quoted word, verdict or piece of evidence can change unnoticed.

One word of each paragraph, claim or row is changed at once, the first of all, then the second, and so on. A finding has
to name each file and line that was changed; of a table, whose digest is of the whole file, the file.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from opedcheck.records import RECORDS, TABLES, VERDICTS
from project import Project

# A number, part of a date, a name (a capitalised word), or any word between quotation marks.
TELLING = re.compile(r"\d+|\b[A-Z][\w’]*(?:-\w+)*|(?<=“)[^”]+(?=”)")
_WORD = re.compile(r"\w+")
_VALUE = re.compile(r"\w+: (?P<value>[^,}]+)")


def changed(word: str) -> str:
    """Change the last letter or digit of a word."""
    last = word[-1]
    return word[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "x" if last != "x" else "y")


def words_of_a_page(text: str) -> Iterator[re.Match[str]]:
    """Yield the words to change in an op-ed page's paragraphs, those of a quotation one by one."""
    for match in TELLING.finditer(text, text.index("\n# ")):
        line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        if line.startswith(("#", "{", "<")) or re.search(r"#[\w-]*$", text[: match.start()]):
            continue
        yield from _WORD.finditer(text, match.start(), match.end())


def words_of_a_claim(text: str) -> Iterator[re.Match[str]]:
    """Yield every word and number of a claim's assertions."""
    front = text[: text.index("\n---\n", 4)]
    for assertion in re.finditer(r"^- \w+: \{(.+)\}$", front, re.MULTILINE):
        for value in _VALUE.finditer(front, assertion.start(1), assertion.end(1)):
            yield from _WORD.finditer(front, value.start("value"), value.end("value"))


def named(project: Project) -> set[tuple[str, int]]:
    """Return the files and lines that findings name."""
    places = [finding.split(":", 3) for finding in project.findings()]
    return {(path.removeprefix("docs/"), int(line)) for path, line, *_ in places}


def unnoticed(project: Project, words: dict[str, list[re.Match[str]]]) -> set[tuple[str, int]]:
    """Change one word of each line of these files at once, and return the places that no finding names."""
    texts = {path: project.read(path) for path in words}
    lines: dict[tuple[str, int], list[re.Match[str]]] = defaultdict(list)
    for path, found in words.items():
        for word in found:
            lines[path, texts[path].count("\n", 0, word.start()) + 1].append(word)
    missed = set()
    for number in range(max(map(len, lines.values()))):
        touched = {place: found[number] for place, found in lines.items() if number < len(found)}
        for path, text in texts.items():
            for word in reversed([word for (file, _), word in touched.items() if file == path]):
                text = text[: word.start()] + changed(word.group()) + text[word.end() :]
            project.write(path, text)
        missed |= touched.keys() - named(project)
    return missed


def test_of_the_op_eds_pages_nothing_telling_changes_unnoticed(project: Project) -> None:
    paths = [f"op-ed/{part}.md" for part in project.register().parts]
    words = {path: list(words_of_a_page(project.read(path))) for path in paths}
    found = {word.group() for each in words.values() for word in each}
    assert {"1887", "130", "120", "2019", "Orrin", "UN", "steady"} <= found
    assert unnoticed(project, words) == set()


def test_of_an_assertion_nothing_changes_unnoticed(project: Project) -> None:
    paths = [claim.page.path.removeprefix("docs/") for claim in project.register().claims.values()]
    words = {path: list(words_of_a_claim(project.read(path))) for path in paths}
    found = {word.group() for each in words.values() for word in each}
    assert {"RES", "902", "120", "steady", "130", "Esteria", "wrecking"} <= found
    assert unnoticed(project, words) == set()


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table in TABLES for column in (*RECORDS[table].fields, "Esteria")],
)
def test_of_a_table_no_field_changes_unnoticed(table: str, column: str, project: Project) -> None:
    path = f"data/{table}.csv"
    header, *rows = csv.reader(project.read(path).splitlines())
    touched = [row for row in rows if column in header and row[header.index(column)]]
    assert touched or column in ("Esteria", "computed")
    for row in touched:
        row[header.index(column)] = changed(row[header.index(column)])
    with (project.root / "docs" / path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    assert not touched or path in {file for file, _ in named(project)}


def test_of_a_source_no_word_changes_unnoticed(project: Project) -> None:
    text = project.read("data/sources.yml")
    words = list(_WORD.finditer(text, text.index("references:")))
    assert len(words) > 300
    for word in words[::20]:
        project.write("data/sources.yml", text[: word.start()] + changed(word.group()) + text[word.end() :])
        assert "data/sources.yml" in {file for file, _ in named(project)}, word.group()


def test_a_slip_that_is_sealed_is_found_by_the_sources_that_agree(project: Project) -> None:
    """Where two sources give the figures of a vote, one of them can't change alone, sealed or not."""
    text = project.read("data/readings.csv")
    rows = [line for line in text.split("\n") if line.startswith("A/RES/74/902")]
    assert len(rows) == 2
    for row in rows:
        for word in list(_WORD.finditer(row, row.index(",2019")))[:6]:
            slip = row[: word.start()] + changed(word.group()) + row[word.end() :]
            project.write("data/readings.csv", text.replace(row, slip))
            codes = {finding.split(" ")[1] for finding in project.findings()}
            assert codes & {"E002", "E003", "E008"}, slip


@pytest.mark.parametrize("verdict", VERDICTS)
def test_no_verdict_changes_unnoticed(verdict: str, project: Project) -> None:
    """Change every other verdict to this one: a finding must name every claim."""
    touched = {claim.page.path: claim for claim in project.register().claims.values()}
    touched = {path: claim for path, claim in touched.items() if claim.verdict != VERDICTS[verdict]}
    for path, claim in touched.items():
        old = claim.fields.text("verdict")
        project.edit(path.removeprefix("docs/"), f"\nverdict: {old}\n", f"\nverdict: {verdict}\n")
    assert {f.split(":")[0] for f in project.findings() if " C015 " in f} == touched.keys()


@pytest.mark.parametrize("column", [0, 2, 3])
def test_of_the_ledger_no_word_changes_unnoticed(column: int, project: Project) -> None:
    """Change the claim, the verdict or the computed verdict of every row: a finding must name every claim."""
    header, *rows = [line.split(",", 4) for line in project.read("data/verdicts.csv").splitlines()]
    for row in rows:
        row[column] = changed(row[column]) if row[column] else "supported"
    project.write("data/verdicts.csv", "\n".join(",".join(row) for row in [header, *rows]) + "\n")
    found = {finding.split(":")[0] for finding in project.findings() if " C015 " in finding}
    assert {claim.page.path for claim in project.register().claims.values()} <= found
