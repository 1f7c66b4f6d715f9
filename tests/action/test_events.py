"""Events, inputs and the log of a workflow: what GitHub hands over, and what it is told."""

from __future__ import annotations

import copy
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from support import runner

from bot.action import run as action
from bot.action.events import CommentRequest, Nothing, SyncRequest, request
from bot.action.workflow_log import WorkflowLog
from bot.errors import AmtsError
from bot.sync.shards import WHOLE


def comment(kind: str = "issue_comment", **more: Any) -> dict[str, Any]:
    """As much of a payload as counts; the whole ones are in the tests of the action."""
    place = {"number": 5, "pull_request": {"url": "x"}} if kind == "issue_comment" else {"number": 5}
    return {
        "action": "created",
        "comment": {"id": 1, "body": "/retranslate", "user": {"login": "ana", "type": "User"}},
        "issue" if kind == "issue_comment" else "pull_request": place,
        "repository": {"full_name": "book/es"},
        **more,
    }


@pytest.mark.parametrize("name", ["push", "schedule", "workflow_dispatch", "repository_dispatch", ""])
def test_all_but_comments_ask_for_a_sync(name: str) -> None:
    assert request(name, {}) == SyncRequest() == request("issue_comment", {}, "sync")
    with pytest.raises(AmtsError, match="mode retranslate cannot"):
        request(name, {}, "retranslate")


@pytest.mark.parametrize("kind", ["issue_comment", "pull_request_review_comment"])
def test_a_command_in_a_comment(kind: str) -> None:
    assert request(kind, comment(kind)) == CommentRequest("book/es", 5) == request(kind, comment(kind), "retranslate")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"action": "edited"}, "edited"),
        ({"action": "deleted"}, "deleted"),
        ({"issue": {"number": 5}}, "an issue"),
        ({"comment": {"body": "/retranslate", "user": {"type": "Bot"}}}, "a bot"),
        ({"comment": {"body": "/retranslate", "user": None}}, "a bot"),
        ({"comment": {"body": "Thanks!", "user": {"type": "User"}}}, "no command"),
        ({"comment": {"body": None, "user": {"type": "User"}}}, "no command"),
    ],
)
def test_other_comments_ask_for_nothing(more: dict[str, Any], why: str) -> None:
    found = request("issue_comment", comment(**more))
    assert isinstance(found, Nothing) and why in found.why


EXAMPLES = json.loads(gzip.decompress((Path(__file__).parents[1] / "fakes/github/webhooks.json.gz").read_bytes()))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['name']} {e['payload'].get('action', '')}".strip())
def test_real_webhooks_are_read(example: dict[str, Any]) -> None:
    name, payload = example["name"], example["payload"]
    if name == "push":
        assert request(name, payload) == SyncRequest()
        return
    # As they are, none is a command on a pull request.
    assert isinstance(request(name, payload), Nothing)
    place = "issue" if name == "issue_comment" else "pull_request"
    asked = copy.deepcopy(payload)
    asked["comment"]["body"] = "/retranslate\r\nThank you!"
    asked[place].setdefault("pull_request", {"url": "x"})
    found = request(name, asked)
    if payload["action"] != "created":
        assert isinstance(found, Nothing) and payload["action"] in found.why
    else:
        assert found == CommentRequest(payload["repository"]["full_name"], payload[place]["number"])


@pytest.mark.parametrize("payload", [{}, {"comment": 3}, {**comment(), "issue": None}, {**comment(), "repository": {}}])
def test_a_broken_payload_is_an_error_that_says_so(payload: dict[str, Any]) -> None:
    with pytest.raises(AmtsError, match="cannot be read"):
        request("issue_comment", payload)


@pytest.mark.parametrize(
    ("name", "value"),
    [("mode", "translate"), ("dry-run", "yes"), ("dry-run", "TRUE"), ("wait", "0"), ("engine", "google")],
)
def test_a_wrong_input_names_what_is_allowed(name: str, value: str) -> None:
    with pytest.raises(AmtsError) as caught:
        action.read_inputs({f"INPUT_{name.upper()}": value})
    assert name in caught.value.what and value in caught.value.why


def test_every_input_of_the_action_is_read_and_no_other(tmp_path: Path) -> None:
    asked: set[str] = set()

    class Asked(dict[str, str]):
        def get(self, key: str, default: Any = None) -> Any:
            asked.add(key)
            return super().get(key, default)

    with pytest.raises(AmtsError):
        action.run(Asked(GITHUB_WORKSPACE=str(tmp_path)), io.StringIO(), lambda _: None)
    names = {name for name in asked if name.startswith("INPUT_")}
    assert names == {f"INPUT_{name.upper()}" for name in runner.action()["inputs"]}


def test_inputs_have_the_defaults_of_the_action_and_hyphens() -> None:
    assert action.read_inputs({}) == action.Inputs("auto", "amts.yml", (), WHOLE, None, False, True)
    given = {"INPUT_DRY-RUN": "true", "INPUT_LANGUAGE": " zh, tr ,", "INPUT_WAIT": "false", "INPUT_ENGINE": "amazon"}
    assert action.read_inputs(given) == action.Inputs("auto", "amts.yml", ("zh", "tr"), WHOLE, "amazon", True, False)


def run(environment: dict[str, str]) -> tuple[int, str]:
    out = io.StringIO()
    return action.run(environment, out, lambda _: None), out.getvalue()


def test_a_comment_that_is_none_of_ours_does_nothing_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "event").write_text(json.dumps(comment(action="edited")), encoding="utf-8")
    status, told = run({"GITHUB_EVENT_NAME": "issue_comment", "GITHUB_EVENT_PATH": str(tmp_path / "event")})
    assert status == 0 and "Nothing to do: the comment was edited" in told


def test_what_fails_as_a_whole_is_an_annotation_and_in_the_summary(tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    out = io.StringIO()
    with pytest.raises(AmtsError):
        action.run({"GITHUB_WORKSPACE": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}, out, lambda _: None)
    assert "::error title=AMTS::" in out.getvalue() and "amts.yml cannot be read" in summary.read_text()


@pytest.mark.parametrize("environment", [{"INPUT_APP-ID": "1"}, {"INPUT_APP-PRIVATE-KEY": "x"}])
def test_half_an_app_is_an_error(environment: dict[str, str]) -> None:
    with pytest.raises(AmtsError, match="is missing"):
        run(environment)


def commands(text: str) -> list[str]:
    """What a runner would obey in a log."""
    found, stopped = [], ""
    for line in text.splitlines():
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif match := re.fullmatch(r"::stop-commands::(.+)", line):
            stopped = match[1]
        elif line.startswith("::"):
            found.append(line)
    return found


def test_only_our_own_commands_reach_the_runner() -> None:
    out = io.StringIO()
    log = WorkflowLog(out)
    print("::error::forged", file=out)
    with log.group("es: 100%"):
        print("::add-mask::e\n::stop-commands::x\n::set-output name=a::b", file=out)
        log.annotate("warning", "a,b: c\nd", "one\r\n::error::two 5%")
    log.mask("secret")
    log.mask("secret")
    print("::error::forged", file=out)
    assert commands(out.getvalue()) == [
        "::group::es: 100%25",
        "::warning title=a%2Cb%3A c%0Ad::one%0D%0A::error::two 5%25",
        "::endgroup::",
        "::add-mask::secret",
    ]
