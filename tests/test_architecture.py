"""The package is small, its imports go one way, and it knows nothing of this op-ed."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from opedcheck.register import load
from project import ROOT, TODAY

SCRIPTS = ROOT / "scripts"
FILES = sorted(file for file in SCRIPTS.rglob("*.py") if "__pycache__" not in file.parts)
# In the order in which they build on each other.
LAYERS = ("files", "dates", "text", "records", "votes", "register", "assertions", "citations", "rules", "cli", "render",
          "output", "publish")  # fmt: skip
MOST_FILES, MOST_LINES = 36, 350


def imports(file: Path) -> set[str]:
    """Return the modules of the package that a file imports, below `opedcheck`."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: write the package's name out"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if (SCRIPTS / name.replace(".", "/")).with_suffix(".py").is_file() else str(node.module)
                      for name in inner}  # fmt: skip
    return {name.removeprefix("opedcheck.") for name in found if name.startswith("opedcheck.")}


GRAPH = {
    ".".join(file.relative_to(SCRIPTS / "opedcheck").with_suffix("").parts).removesuffix(".__init__"): imports(file)
    for file in FILES
    if file.is_relative_to(SCRIPTS / "opedcheck") and file != SCRIPTS / "opedcheck" / "__init__.py"
}


def test_imports_go_up_the_list_only() -> None:
    order = {name: number for number, name in enumerate(LAYERS)}
    assert {name.partition(".")[0] for name in GRAPH} == set(LAYERS)
    wrong = [
        f"{module} imports {name}"
        for module, names in GRAPH.items()
        for name in names
        if order[name.partition(".")[0]] > order[module.partition(".")[0]]
    ]
    assert wrong == []


def test_no_modules_import_each_other() -> None:
    order = list(TopologicalSorter(GRAPH).static_order())  # which raises for a circle
    assert set(GRAPH) <= set(order)


def test_there_are_few_files_and_none_is_long() -> None:
    assert len(FILES) <= MOST_FILES
    lengths = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8").count("\n") for file in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def names_of_this_op_ed() -> list[str]:
    """Return what only this op-ed has: its parts' addresses, its claims, its sources, its author and its states."""
    register = load(ROOT, TODAY)
    people = [person.text("given") for person in register.op_ed.mappings("author")]
    parts = [form.format(part) for part in register.parts for form in ("op-ed/{}", "'{}'", '"{}"')]
    return [*parts, *register.claims, *register.sources, *people, *register.states("readings")]


NAMES = names_of_this_op_ed()


def test_there_are_names_to_look_for() -> None:
    assert len(NAMES) > 200
    assert all(NAMES)


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(SCRIPTS)) for file in FILES])
def test_the_code_names_nothing_of_this_op_ed(file: Path) -> None:
    names = "|".join(map(re.escape, NAMES))
    pattern = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])|Cambodia|Korea", re.IGNORECASE)
    text = file.read_text(encoding="utf-8")
    assert [(match.group(), text.count("\n", 0, match.start()) + 1) for match in pattern.finditer(text)] == []
