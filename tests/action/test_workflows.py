"""The action, its documentation and all workflows agree, and no workflow may do more than it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.contracts import COMMAND, REVIEWED
from bot.settings.file import load
from bot.sync import shards

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples/workflows").glob("*.yml"))
WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), *EXAMPLES]
SETTINGS = sorted((ROOT / "examples/settings").glob("*.yml"))

every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def table(heading: str) -> list[list[str]]:
    """The cells of the table below a heading of the README, without its head."""
    section = re.split(r"\n##+ ", (ROOT / "README.md").read_text(encoding="utf-8").split(f"\n### {heading}\n")[1])[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return rows[2:]


def test_there_is_something_to_check() -> None:
    assert len(EXAMPLES) == 6 and len(WORKFLOWS) == 10 and len(SETTINGS) == 2


def test_the_action_is_a_container_without_a_shell() -> None:
    assert read(ROOT / "action.yml")["runs"] == {"using": "docker", "image": "Dockerfile", "args": ["action"]}
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    final = dockerfile[dockerfile.rindex("\nFROM ") :]
    assert 'ENTRYPOINT ["/opt/amts/bin/amts"]' in final
    assert not re.search(r"^(USER|WORKDIR)\b", final, re.MULTILINE)


def test_inputs_and_outputs_are_documented() -> None:
    action = read(ROOT / "action.yml")
    words = {"": {"every one", "as in the settings", "none"}}
    rows = table("Inputs")
    assert [name.strip("`") for name, *_ in rows] == list(action["inputs"])
    for name, default, _ in rows:
        told = action["inputs"][name.strip("`")]["default"]
        assert default in words.get(told, {f"`{told}`"}), name
    assert [name.strip("`") for name, _ in table("Outputs")] == list(action["outputs"])
    for entry in (*action["inputs"].values(), *action["outputs"].values()):
        assert entry["description"].endswith(".")
    # Text, since that is what reaches the program: `false` without quotes would be read as something else.
    assert all(isinstance(entry["default"], str) for entry in action["inputs"].values())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_use_the_action_as_it_is(path: Path) -> None:
    inputs = set(read(ROOT / "action.yml")["inputs"])
    if path.stem == "without-docker":
        (ours,) = [step for step in steps(read(path)) if "INPUT_TOKEN" in step.get("env", {})]
        assert {name.removeprefix("INPUT_").lower() for name in ours["env"]} <= inputs
        assert ours["run"].endswith(f" {read(ROOT / 'action.yml')['runs']['args'][0]}")
    else:
        (ours,) = [step for step in steps(read(path)) if step.get("uses", "").startswith("amts-bot/amts@")]
        assert set(ours.get("with", {})) <= inputs
    assert f"(../examples/workflows/{path.name})" in (ROOT / "docs/action.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["push", "pull", "shared"])
def test_review_pages_are_uploaded_if_there_are_any(name: str) -> None:
    *_, ours, upload = steps(read(ROOT / f"examples/workflows/{name}.yml"))
    place = f"steps.{ours['id']}.outputs.review-pages"
    assert upload["uses"].startswith("actions/upload-artifact@") and upload["with"]["path"] == f"${{{{ {place} }}}}"
    assert place in upload["if"] and "review-pages" in read(ROOT / "action.yml")["outputs"]


@every_workflow
def test_actions_are_pinned_by_commit(path: Path) -> None:
    for step in steps(read(path)):
        assert ("uses" in step) != ("run" in step)
        if step.get("uses", "").startswith("amts-bot/amts@"):
            # Readers copy it; the notes of a release have the commit.
            assert path in EXAMPLES and re.fullmatch(r"amts-bot/amts@v[1-9]\d*", step["uses"])
        elif "uses" in step:
            assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@every_workflow
def test_permissions_are_minimal(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job
        permissions = job.get("permissions", workflow["permissions"])
        assert isinstance(permissions, dict) and permissions, "not write-all, and not nothing"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_app_key_is_in_an_environment(path: Path) -> None:
    for job in read(path)["jobs"].values():
        named = [value for step in job["steps"] for value in step.get("with", {}).values() if "secrets." in str(value)]
        assert not named or job["environment"] == "amts"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_check_out_only_the_settings_of_the_default_branch(path: Path) -> None:
    workflow = read(path)
    assert "pull_request" not in workflow["on"] and "pull_request_target" not in workflow["on"]
    (checkout,) = [step["with"] for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["sparse-checkout"] == "amts.yml" and checkout["sparse-checkout-cone-mode"] is False
    if {"issue_comment", "pull_request_review_comment"} & set(workflow["on"]):
        assert checkout["ref"] == "${{ github.event.repository.default_branch }}"


@every_workflow
def test_no_expression_reaches_a_shell(path: Path) -> None:
    for step in steps(read(path)):
        assert "${{" not in step.get("run", "")


def test_comments_of_others_never_take_the_place_of_a_command() -> None:
    """GitHub may put a job into its concurrency group before it looks at ``if``, and keeps one waiting run a group."""
    workflow = read(ROOT / "examples/workflows/retranslate.yml")
    assert "concurrency" not in workflow
    job = workflow["jobs"]["retranslate"]
    command = " || ".join(f"startsWith(github.event.comment.body, '{name}')" for name in (COMMAND, REVIEWED))
    assert command in job["if"] and command in job["concurrency"]["group"]
    assert job["concurrency"]["group"].endswith("|| github.run_id }}")
    assert job["concurrency"]["cancel-in-progress"] is False


def test_the_jobs_of_the_matrix_have_every_language_once() -> None:
    workflow = read(ROOT / "examples/workflows/matrix.yml")
    (job,) = workflow["jobs"].values()
    parts = [shards.read(text) for text in job["strategy"]["matrix"]["shard"]]
    languages = list("abcdefghij")
    assert sorted(name for part in parts for name in part.languages(languages)) == languages
    assert job["strategy"]["fail-fast"] is False
    (ours,) = [step for step in job["steps"] if step.get("uses", "").startswith("amts-bot/amts@")]
    assert ours["with"]["shard"] == "${{ matrix.shard }}"


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.stem)
def test_examples_of_settings_load(path: Path) -> None:
    assert load(path).forge == "github"
