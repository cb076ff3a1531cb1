"""No number, date, name, quoted word, verdict or piece of evidence can change unnoticed.

The pattern of each kind of file finds its words, and `changed` changes them. A finding has to name the file and line
that were changed.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims import (
    COUNTRY_VOTE_COLUMNS,
    EVENT_COLUMNS,
    PARTY_COLUMNS,
    READING_COLUMNS,
    RESOLUTION_COLUMNS,
    SANCTION_COLUMNS,
    VERDICTS,
)
from op_ed import PARTS
from project import ROOT, Project

# A number, part of a date, a name (a capitalised word), or any word between quotation marks.
TELLING = re.compile(r"\d+|\b[A-Z][\w’]*(?:-\w+)*|(?<=“)[^”]+(?=”)")

_VALUE = re.compile(r"\w+: (?P<value>\"[^\"]+\"|[^,}]+)")


def changed(word: str) -> str:
    """Change the last letter or digit of a word."""
    last = word[-1]
    return word[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "x" if last != "x" else "y")


def words_of_a_page(text: str) -> Iterator[re.Match[str]]:
    """Yield the words to change in an op-ed page's paragraphs, those of a quotation one by one."""
    for match in TELLING.finditer(text, text.index("\n# ")):
        line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        if line.startswith(("#", "{", "<")) or text[match.start() - 1] in "#<":
            continue
        yield from re.compile(r"\w+").finditer(text, match.start(), match.end())


def values_of_a_claim(text: str) -> Iterator[re.Match[str]]:
    """Yield the words to change in a claim's quote, and every word and number in its assertions."""
    front = text[: text.index("\n---\n", 4)]
    quote = front.index("\nquote: ") + len("\nquote: ")
    for match in TELLING.finditer(front, quote, front.index("\nparagraph: ")):
        yield from re.compile(r"\w+").finditer(front, match.start(), match.end())
    for assertion in re.finditer(r"^- \w+: \{(.+)\}$", front, re.MULTILINE):
        for value in _VALUE.finditer(front, assertion.start(1), assertion.end(1)):
            yield from re.compile(r"\w+").finditer(front, value.start("value"), value.end("value"))


def named_lines(findings: list[str], path: str) -> set[int]:
    """Give the lines of a file that findings name."""
    places = [finding.split(":", 3) for finding in findings]
    return {int(place[1]) for place in places if place[0] == f"docs/{path}"}


def at_once(text: str, words: list[re.Match[str]]) -> str:
    """Change all of these words of a text."""
    for word in reversed(words):
        text = text[: word.start()] + changed(word.group()) + text[word.end() :]
    return text


def test_of_the_op_eds_pages_nothing_telling_changes_unnoticed(project: Project) -> None:
    """One word of each line is changed at once, the first of all, then the second, and each line has to be named."""
    texts = {f"op-ed/{part}.md": project.read(f"op-ed/{part}.md") for part in PARTS}
    lines: dict[tuple[str, int], list[re.Match[str]]] = defaultdict(list)
    for path, text in texts.items():
        for word in words_of_a_page(text):
            lines[path, text.count("\n", 0, word.start()) + 1].append(word)
        assert sum(len(words) for (file, _), words in lines.items() if file == path) >= 10
    for number in range(max(map(len, lines.values()))):
        touched = {place: words[number] for place, words in lines.items() if number < len(words)}
        for path, text in texts.items():
            project.write(path, at_once(text, [word for (file, _), word in touched.items() if file == path]))
        findings = project.findings()
        named = {(path, line) for path in texts for line in named_lines(findings, path)}
        assert touched.keys() - named == set(), touched


CLAIMS = sorted(file.stem for file in (ROOT / "docs" / "claims").glob("*.md") if file.stem not in ("index", "all"))


def test_of_a_quote_or_an_assertion_nothing_telling_changes_unnoticed(project: Project) -> None:
    """One word of each claim is changed at once, the first of all, then the second, and each claim has to be named."""
    texts = {f"claims/{claim}.md": project.read(f"claims/{claim}.md") for claim in CLAIMS}
    words = {path: list(values_of_a_claim(text)) for path, text in texts.items()}
    assert sum(map(len, words.values())) > 100
    unnoticed = []
    for number in range(max(map(len, words.values()))):
        touched = {path: found[number] for path, found in words.items() if number < len(found)}
        for path, text in texts.items():
            project.write(path, at_once(text, [touched[path]]) if path in touched else text)
        places = [finding.split(":", 2)[:2] for finding in project.findings()]
        for path, word in touched.items():
            line = texts[path].count("\n", 0, word.start()) + 1
            # A folded value is reported where it begins.
            if not any(place == f"docs/{path}" and abs(int(named) - line) <= 4 for place, named in places):
                unnoticed.append(f"{path}:{line}: {word.group()}")
    assert unnoticed == []


# Columns that follow from others, or are the editors' own words.
UNBOUND = {("resolutions", "standing"), ("resolutions", "sources"), ("resolutions", "note")}
COLUMNS = [
    (table, number, column)
    for table, columns in (
        ("resolutions", RESOLUTION_COLUMNS),
        ("readings", READING_COLUMNS),
        ("cambodia-votes", COUNTRY_VOTE_COLUMNS),
        ("events", EVENT_COLUMNS),
        ("sanctions", SANCTION_COLUMNS),
        ("parties", PARTY_COLUMNS),
    )
    for number, column in enumerate(columns)
    if (table, column) not in UNBOUND
]


@pytest.mark.parametrize(("table", "number", "column"), COLUMNS)
def test_of_a_table_no_field_changes_unnoticed(table: str, number: int, column: str, project: Project) -> None:
    """Change every field of a column at once: a finding must name every row."""
    path = f"data/{table}.csv"
    header, *rows = csv.reader(project.read(path).splitlines())
    assert header[number] == column
    touched = {line for line, row in enumerate(rows, start=2) if row[number]}
    assert touched
    for row in rows:
        row[number] = changed(row[number]) if row[number] else ""
    with (project.root / "docs" / path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    assert touched - named_lines(project.findings(), path) == set()


LONGEST_EXCERPT_AND_SIGN = 31


@pytest.mark.parametrize("number", range(LONGEST_EXCERPT_AND_SIGN))
def test_of_an_excerpt_no_word_changes_unnoticed(number: int, project: Project) -> None:
    """Change the word with this number in every excerpt: a finding must name every source."""
    sources = project.register().sources.values()
    text = project.read("data/sources.yml")
    lines = text.split("\n")
    touched = set()
    for source, excerpt in [(each, excerpt) for each in sources for excerpt in each.excerpts]:
        words = excerpt.words.split()
        if number >= len(words) or not re.search(r"\w", words[number]):
            continue
        seen, line = 0, excerpt.place.line  # the excerpt is folded: its words are on the lines below
        while seen + len(lines[line].split()) <= number:
            seen += len(lines[line].split())
            line += 1
        indent = len(lines[line]) - len(lines[line].lstrip())
        row = lines[line].split()
        row[number - seen] = re.sub(r"\w(?=\W*$)", lambda last: changed(last.group()), row[number - seen])
        lines[line] = " " * indent + " ".join(row)
        touched.add(source.fields.place.line)
    assert touched or number > LONGEST_EXCERPT_AND_SIGN - 3
    project.write("data/sources.yml", "\n".join(lines))
    assert touched - named_lines(project.findings(), "data/sources.yml") == set()


@pytest.mark.parametrize("field", ["title", "publisher", "issued", "URL", "number"])
def test_of_a_source_no_field_changes_unnoticed(field: str, project: Project) -> None:
    lines = project.read("data/sources.yml").split("\n")
    touched = set()
    for source in project.register().sources.values():
        if source.text(field):
            place = source.fields.at(field)
            line = place.line if lines[place.line - 1].endswith(">-") else place.line - 1
            lines[line] = re.sub(r"\w(?=\W*$)", lambda last: changed(last.group()), lines[line])
            touched.add(source.fields.place.line)
    assert len(touched) > 10
    project.write("data/sources.yml", "\n".join(lines))
    assert touched - named_lines(project.findings(), "data/sources.yml") == set()


@pytest.mark.parametrize("verdict", VERDICTS)
def test_no_verdict_changes_unnoticed(verdict: str, project: Project) -> None:
    """Change every other verdict to this one: a finding must name every claim."""
    touched = [claim for claim in project.register().claims.values() if claim.verdict != verdict]
    for claim in touched:
        project.edit(f"claims/{claim.id}.md", f"\nverdict: {claim.verdict}\n", f"\nverdict: {verdict}\n")
    named = {finding.split(":")[0] for finding in project.findings() if " C015 " in finding or " C004 " in finding}
    assert {claim.page.path for claim in touched} == named


@pytest.mark.parametrize("column", [0, 1, 2])
def test_of_the_ledger_no_word_changes_unnoticed(column: int, project: Project) -> None:
    header, *rows = [line.split(",", 3) for line in project.read("data/verdicts.csv").splitlines()]
    for row in rows:
        row[column] = changed(row[column]) if column != 1 else "2026-11-27"
    project.write("data/verdicts.csv", "\n".join(",".join(row) for row in [header, *rows]) + "\n")
    named = {finding.split(":")[0] for finding in project.findings()}
    assert {claim.page.path for claim in project.register().claims.values()} <= named


def test_the_words_to_change_are_those_of_every_kind() -> None:
    page = (ROOT / "docs" / "op-ed" / "response.md").read_text(encoding="utf-8")
    words = {match.group() for match in words_of_a_page(page)}
    assert {"2003", "December", "18", "2014", "123", "16", "51", "UNGA", "Pyongyang", "infringements"} <= words
    claim = Path(ROOT / "docs" / "claims" / "vote-2014.md").read_text(encoding="utf-8")
    assert {"123", "16", "51", "RES", "69", "188"} <= {match.group() for match in values_of_a_claim(claim)}
