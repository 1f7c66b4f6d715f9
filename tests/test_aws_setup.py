"""The set-up files say the same everywhere, allow what the code calls, and no more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.settings import Amazon

ROOT = Path(__file__).parent.parent
WITHOUT_RESOURCES = "JobsAndTexts", "ParallelDataAndTerminology"
"""Statements whose actions know no resources, or none before they have made one."""


def policy(name: str) -> list[dict[str, Any]]:
    told = json.loads((ROOT / "aws" / f"{name}.json").read_text(encoding="utf-8"))
    assert told["Version"] == "2012-10-17"
    return list(told["Statement"])


def actions(statements: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The actions of each statement by its name."""
    return {s["Sid"]: sorted([s["Action"]] if isinstance(s["Action"], str) else s["Action"]) for s in statements}


def template() -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_multi_constructor("!", lambda loader, tag, node: str(node.value))
    return dict(yaml.load((ROOT / "aws" / "template.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["caller-policy", "data-access-policy", "data-access-trust"])
def test_nothing_is_allowed_wholesale(name: str) -> None:
    for statement in policy(name):
        assert statement["Effect"] == "Allow"
        assert not any("*" in action for found in actions([statement]).values() for action in found)
        assert statement.get("Resource") != "*" or statement["Sid"] in WITHOUT_RESOURCES


@pytest.mark.parametrize(
    ("name", "resource", "path"),
    [
        ("caller-policy", "CallerPolicy", ("PolicyDocument",)),
        ("data-access-policy", "DataAccessRole", ("Policies", 0, "PolicyDocument")),
        ("data-access-trust", "DataAccessRole", ("AssumeRolePolicyDocument",)),
        ("bucket-policy", "BucketPolicy", ("PolicyDocument",)),
    ],
)
def test_the_template_says_what_the_files_say(name: str, resource: str, path: tuple[Any, ...]) -> None:
    found: Any = template()["Resources"][resource]["Properties"]
    for step in path:
        found = found[step]
    assert actions(found["Statement"]) == actions(policy(name))


def test_the_caller_may_do_what_the_code_calls_and_no_more() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "bot").rglob("*.py"))
    called = set(re.findall(r"\.translate\.([a-z_]+)\(|client\.([a-z_]+)\(|client\.(create_parallel_data)", code))
    names = {"".join(part.title() for part in name.split("_")) for found in called for name in found if name}
    names |= {"UpdateParallelData"}
    allowed = {a.partition(":")[2] for found in actions(policy("caller-policy")).values() for a in found if a[0] == "t"}
    assert allowed == {n for n in names if re.search("Translat|ParallelData|Terminology", n)}


def test_the_page_names_every_file_and_every_setting() -> None:
    page = (ROOT / "docs" / "aws.md").read_text(encoding="utf-8")
    assert all(f"aws/{path.name}" in page for path in (ROOT / "aws").iterdir())
    assert all(f"  {name}:" in page for name in Amazon.model_fields)
