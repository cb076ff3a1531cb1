"""No number, date, name or quoted word can change unnoticed: each is changed in turn, and each must be found.

Where a word stands is told by the pattern of its file; what it is changed to, by `changed`. A finding has to name the
place: the file and line that were changed, or, for a tally, the resolution.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from op_ed import PARTS
from project import ROOT, Project

# A number, a date's part, a name (a word with a capital), or any word between quotation marks.
TELLING = re.compile(r"\d+|\b[A-Z][\w’]*(?:-\w+)*|(?<=“)[^”]+(?=”)")

_VALUE = re.compile(r"\w+: (?P<value>\"[^\"]+\"|[^,}]+)")


def changed(word: str) -> str:
    """Change a word by its last letter or digit."""
    last = word[-1]
    return word[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "x" if last != "x" else "y")


def words_of_a_page(text: str) -> Iterator[re.Match[str]]:
    """Give the telling words of an op-ed page's paragraphs, those of a quotation one by one."""
    for match in TELLING.finditer(text, text.index("\n# ")):
        line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        if line.startswith(("#", "{", "<")) or text[match.start() - 1] in "#<":
            continue
        yield from re.compile(r"\w+").finditer(text, match.start(), match.end())


def values_of_a_claim(text: str) -> Iterator[re.Match[str]]:
    """Give the telling words of a claim's quote, and every word and number that its assertions hold."""
    front = text[: text.index("\n---\n", 4)]
    quote = front.index("\nquote: ") + len("\nquote: ")
    for match in TELLING.finditer(front, quote, front.index("\nparagraph: ")):
        yield from re.compile(r"\w+").finditer(front, match.start(), match.end())
    for assertion in re.finditer(r"^- \w+: \{(.+)\}$", front, re.MULTILINE):
        for value in _VALUE.finditer(front, assertion.start(1), assertion.end(1)):
            yield from re.compile(r"\w+").finditer(front, value.start("value"), value.end("value"))


def survivors(project: Project, path: str, words: list[re.Match[str]]) -> list[str]:
    """Change each word in turn; give those whose change no finding names."""
    text = project.read(path)
    unnoticed = []
    for word in words:
        project.write(path, text[: word.start()] + changed(word.group()) + text[word.end() :])
        line = text.count("\n", 0, word.start()) + 1
        symbol = text.split("\n")[line - 1].split(",")
        named = [finding for finding in project.findings() if finding.startswith(f"docs/{path}:")]
        if path.endswith(".csv"):
            found = any(part in finding for finding in project.findings() for part in symbol[:2] if "RES" in part)
        else:
            # A folded value is reported where it begins.
            found = any(abs(int(finding.split(":")[1]) - line) <= 4 for finding in named)
        if not found:
            unnoticed.append(f"{path}:{line}: {word.group()}")
    project.write(path, text)
    return unnoticed


@pytest.mark.parametrize("part", PARTS)
def test_of_an_op_ed_page_nothing_telling_changes_unnoticed(part: str, project: Project) -> None:
    path = f"op-ed/{part}.md"
    words = list(words_of_a_page(project.read(path)))
    assert len(words) >= 10
    assert survivors(project, path, words) == []


CLAIMS = sorted(file.stem for file in (ROOT / "docs" / "claims").glob("*.md") if file.stem != "index")


@pytest.mark.parametrize("claim", CLAIMS)
def test_of_a_quote_or_an_assertion_nothing_telling_changes_unnoticed(claim: str, project: Project) -> None:
    path = f"claims/{claim}.md"
    assert survivors(project, path, list(values_of_a_claim(project.read(path)))) == []


@pytest.mark.parametrize("table", ["resolutions", "readings"])
def test_of_a_tally_no_figure_changes_unnoticed(table: str, project: Project) -> None:
    path = f"data/{table}.csv"
    figures = list(re.finditer(r"(?<=,)\d+(?=,)", project.read(path)))
    assert len(figures) > 40
    assert survivors(project, path, figures) == []


def test_the_words_to_change_are_those_of_every_kind() -> None:
    page = (ROOT / "docs" / "op-ed" / "response.md").read_text(encoding="utf-8")
    words = {match.group() for match in words_of_a_page(page)}
    assert {"2003", "December", "18", "2014", "123", "16", "51", "UNGA", "Pyongyang", "infringements"} <= words
    claim = Path(ROOT / "docs" / "claims" / "vote-2014.md").read_text(encoding="utf-8")
    assert {"123", "16", "51", "RES", "69", "188"} <= {match.group() for match in values_of_a_claim(claim)}
