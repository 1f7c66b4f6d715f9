"""The set-up files say the same everywhere, allow what the code calls and what is listed here, and no more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.settings.engines import Amazon

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "aws.md").read_text(encoding="utf-8")
POLICIES = sorted(path.stem for path in (ROOT / "aws").glob("*.json"))

WITHOUT_RESOURCE = {
    # These know no resources (Service Authorization Reference of Amazon Translate).
    "translate:DescribeTextTranslationJob",
    "translate:ListTextTranslationJobs",
    "translate:StopTextTranslationJob",
    "translate:ListParallelData",
    "translate:ListTerminologies",
    # These may be about parallel data and terminology, or about neither.
    "translate:StartTextTranslationJob",
    "translate:TranslateText",
}
"""Actions that can only be allowed for all resources."""

FOR_PEOPLE = {"StopTextTranslationJob", "DeleteTerminology"}
"""What AMTS never calls, and people need to stop a job or to tidy up."""

PLACEHOLDERS = {
    "AWS::AccountId": "${Account}",
    "AWS::Partition": "aws",
    "AWS::Region": "${Region}",
    "Bucket": "${Bucket}",
    "Bucket.Arn": "arn:aws:s3:::${Bucket}",
    "DataAccessRole.Arn": "arn:aws:iam::${Account}:role/${DataAccessRole}",
}
"""What stands in the policy files for the variables of the template that have another name there."""


def policy(name: str) -> list[dict[str, Any]]:
    told = json.loads((ROOT / "aws" / f"{name}.json").read_text(encoding="utf-8"))
    assert set(told) == {"Version", "Statement"}
    assert told["Version"] == "2012-10-17"
    return list(told["Statement"])


def listed(value: Any) -> list[Any]:
    """One or several, as policies have them."""
    return value if isinstance(value, list) else [value]


def _variable(name: str) -> str:
    return PLACEHOLDERS.get(name, f"${{{name}}}")


def _tag(loader: Any, tag: str, node: Any) -> Any:
    """A function of CloudFormation in the words of the policy files; of two branches, the one that holds by default."""
    if tag in ("Ref", "GetAtt"):
        return _variable(node.value)
    if tag == "Sub":
        return re.sub(r"\$\{([^}]+)\}", lambda found: _variable(found[1]), node.value)
    if tag == "Condition":
        return {tag: node.value}
    told = loader.construct_sequence(node, deep=True)
    return told[2] if tag == "If" else {tag: told}


def template() -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_multi_constructor("!", _tag)
    return dict(yaml.load((ROOT / "aws" / "template.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", POLICIES)
def test_nothing_is_allowed_wholesale(name: str) -> None:
    for statement in policy(name):
        actions = listed(statement["Action"])
        if statement["Effect"] == "Deny":
            continue
        assert statement["Effect"] == "Allow"
        assert not [action for action in actions if "*" in action]
        assert "NotAction" not in statement and "NotResource" not in statement
        assert "*" not in listed(statement.get("Resource")) or set(actions) <= WITHOUT_RESOURCE
        assert "*" not in str(statement.get("Principal"))


def test_only_what_is_not_encrypted_is_denied() -> None:
    denied = [s for name in POLICIES for s in policy(name) if s["Effect"] == "Deny"]
    assert [s["Condition"] for s in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]


@pytest.mark.parametrize(
    ("name", "resource", "path"),
    [
        ("bucket-policy", "BucketPolicy", ("PolicyDocument",)),
        ("caller-policy", "CallerPolicy", ("PolicyDocument",)),
        ("data-access-policy", "DataAccessRole", ("Policies", 0, "PolicyDocument")),
        ("data-access-trust", "DataAccessRole", ("AssumeRolePolicyDocument",)),
        ("github-trust", "GitHubRole", ("AssumeRolePolicyDocument",)),
    ],
)
def test_the_template_says_what_the_files_say(name: str, resource: str, path: tuple[str | int, ...]) -> None:
    found: Any = template()["Resources"][resource]["Properties"]
    for step in path:
        found = found[step]
    assert found == {"Version": "2012-10-17", "Statement": policy(name)}


def test_every_policy_file_is_in_the_template() -> None:
    assert POLICIES == ["bucket-policy", "caller-policy", "data-access-policy", "data-access-trust", "github-trust"]


def test_roles_are_taken_only_for_this_account_and_this_book() -> None:
    (service,), (workflow,) = policy("data-access-trust"), policy("github-trust")
    assert {key for told in service["Condition"].values() for key in told} == {"aws:SourceAccount", "aws:SourceArn"}
    # Equal, not like: a star in a subject would be a star, and would let nobody in.
    (exactly,) = workflow["Condition"].values()
    assert set(workflow["Condition"]) == {"StringEquals"}
    assert {key.rpartition(":")[2] for key in exactly} == {"aud", "sub"}


def test_the_bucket_is_private_and_forgets() -> None:
    bucket = template()["Resources"]["Bucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["Prefix"], rule["ExpirationInDays"]) == ("Enabled", "${Prefix}/", "${KeepDays}")
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


def test_the_settings_that_the_template_prints_can_be_pasted() -> None:
    example = {"Region": "eu-west-1", "Bucket": "b-1", "Account": "123456789012", "DataAccessRole": "stack-Role-1"}
    defaults = {name: str(told["Default"]) for name, told in template()["Parameters"].items()}
    text = template()["Outputs"]["Settings"]["Value"]
    for name, value in (example | defaults).items():
        text = text.replace(f"${{{name}}}", value)
    told = YAML(typ="safe", pure=True).load(text)
    assert told.pop("engine") == "amazon"
    assert Amazon(**told.pop("amazon")) == Amazon(
        region="eu-west-1", bucket="b-1", role="arn:aws:iam::123456789012:role/stack-Role-1"
    )
    assert not told


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("GitHubRepository", ["", "d2l-ai/d2l-en", "d2l-ai@12/d2l-en@3"], ["d2l-ai", "d2l-ai/*", "repo:a/b", "a@b/c"]),
        ("GitHubSubjects", ["", "repo:a@1/b@2:ref:refs/heads/main", "repo:a/b:environment:x"], ["a/b", "repo:a/*"]),
        ("GitHubBranch", ["main", "release/1.x"], ["", "*"]),
        ("Prefix", ["amts", "books/d2l"], ["", "/amts", "amts/", "*"]),
        ("Name", ["amts", "d2l-2"], ["", "-", "a_b", "*"]),
    ],
)
def test_parameters_take_no_wildcards(name: str, good: list[str], bad: list[str]) -> None:
    allowed = template()["Parameters"][name]["AllowedPattern"]
    assert [text for text in good + bad if re.fullmatch(allowed, text)] == good


def test_the_caller_may_do_what_the_code_calls() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "bot").rglob("*.py"))
    called = set(re.findall(r"\.translate\.([a-z_]+)\(|client\.([a-z_]+)\(|client\.(create_parallel_data)", code))
    names = {"".join(part.title() for part in name.split("_")) for found in called for name in found if name}
    names |= {"UpdateParallelData"}
    wanted = {name for name in names if re.search("Translat|ParallelData|Terminolog", name)}
    actions = [action for s in policy("caller-policy") for action in listed(s["Action"])]
    allowed = {action.partition(":")[2] for action in actions if action.startswith("translate:")}
    assert len(actions) == len(set(actions))
    assert not wanted & FOR_PEOPLE
    assert allowed == wanted | FOR_PEOPLE


def test_the_page_names_every_file_parameter_and_setting() -> None:
    assert [p.name for p in (ROOT / "aws").iterdir() if f"`aws/{p.name}`" not in PAGE] == []
    assert [name for name in template()["Parameters"] if f"`{name}`" not in PAGE] == []
    assert [name for name in Amazon.model_fields if f"  {name}:" not in PAGE] == []


def test_the_settings_of_the_page_are_settings() -> None:
    blocks = re.findall(r"```yaml\n(engine: amazon\n.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) == 1
    told = YAML(typ="safe", pure=True).load(blocks[0])
    assert set(Amazon(**told["amazon"]).model_fields_set) == set(Amazon.model_fields)
