"""The workflows: actions are pinned to a commit, and jobs have only the permissions they name."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from project import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def jobs(workflow: Path) -> dict[str, Any]:
    """Return a workflow's jobs."""
    tree: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert tree["permissions"] == {}
    return dict(tree["jobs"])


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_with_their_version_beside(workflow: Path) -> None:
    used = re.findall(r"uses: (.*)", workflow.read_text(encoding="utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_only_the_job_that_deploys_may_write() -> None:
    writing = {
        (workflow.stem, name): sorted(scope for scope, level in job["permissions"].items() if level == "write")
        for workflow in WORKFLOWS
        for name, job in jobs(workflow).items()
    }
    assert {job: scopes for job, scopes in writing.items() if scopes} == {("publish", "deploy"): ["id-token", "pages"]}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_runs_is_there(workflow: Path) -> None:
    lines = [
        line for job in jobs(workflow).values() for step in job["steps"] for line in step.get("run", "").split("\n")
    ]
    named = [name for line in lines for name in re.findall(r"(?:scripts|tests)/[\w.]+", line)]
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
