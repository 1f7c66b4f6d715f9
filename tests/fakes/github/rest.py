"""REST: from a request to the handler of its operation, with everything held against GitHub's description."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote

from . import handlers  # noqa: F401 - this is where the handlers come from
from .access import NEEDS, Token, allow
from .asked import HANDLERS, Answer, Asked
from .core import Call, Core, Reply, break_off
from .description import Operation, answer_problems, find, request_problems
from .errors import DOCUMENTATION, ConnectionLost, Refusal
from .faults import Fault
from .life import look

BY_APPS = (
    "apps/create-installation-access-token",
    "apps/get-authenticated",
    "apps/get-installation",
    "apps/get-repo-installation",
)
"""Operations that are asked for with a JSON web token."""

_OTHER_MEDIA = re.compile(r"vnd\.github\.(v3\.)?(diff|full|html|object|patch|raw|sha|text)\b")


def reply(core: Core, call: Call, path: str) -> Reply:
    """The answer to a request; ``path`` is that below the interface. Raises ConnectionLost."""
    path, elsewhere = _followed(core, path)
    if elsewhere:
        core.record(call, "", "", _text(call), elsewhere.status if call.method == "GET" else 307)
        return finished(core, elsewhere if call.method == "GET" else replace(elsewhere, status=307))
    found = find(call.method, path)
    if found is None:
        core.problems.append(f"{call.method} {call.target} is no operation of this server")
        core.record(call, "", "", _text(call), 404)
        return finished(core, refused(Refusal(404, "Not Found")))
    operation, params = found
    if _OTHER_MEDIA.search(call.headers.get("accept", "")):
        core.problems.append(f"{operation.id} is asked for as {call.headers['accept']}, and only knows JSON")
        core.record(call, operation.id, "", _text(call), 415)
        return finished(core, refused(Refusal(415, "Unsupported 'Accept' header")))
    login, answer = "", Answer(500)
    try:
        token = None if operation.id in BY_APPS else core.access.identify(call.authorization)
        if operation.id in BY_APPS:
            login = core.access.app(call.authorization).user.login
        elif token:
            login = token.user.login
        fault = core.faults.take(operation.id, f"{call.target} {_text(call)}")
        break_off(fault, after=False)
        answer = _carried_out(core, call, operation, params, token, fault)
        if token and token.oauth is not None:
            answer = replace(answer, headers={**answer.headers, "X-OAuth-Scopes": token.oauth})
        break_off(fault, after=True)
    except Refusal as refusal:
        # A fault's answer, or bad credentials: neither is one of the operation's own.
        answer = refused(refusal)
    except ConnectionLost:
        answer = Answer(0)
        raise
    finally:
        core.record(call, operation.id, login, _text(call), answer.status)
    return finished(core, answer)


def _followed(core: Core, path: str) -> tuple[str, Answer | None]:
    """The path by the name that a repository has now, or where one is that was renamed (GitHub, best practices)."""
    parts = path.split("/")
    if parts[1:2] == ["repositories"] and len(parts) > 2:
        found = [r for r in core.state.repositories.values() if str(r.id) == parts[2]]
        return "/".join(["/repos", *(r.full_name for r in found), *parts[3:]]), None
    moved = core.state.moved(unquote("/".join(parts[2:4]))) if parts[1:2] == ["repos"] else None
    if moved is None:
        return path, None
    url = "/".join([core.forms.api, "repositories", str(moved.id), *parts[4:]])
    # Guess: whoever may not see it is told that it has moved all the same.
    body = {"message": "Moved Permanently", "url": url, "documentation_url": DOCUMENTATION}
    return path, Answer(301, body, {"Location": url})


def refused(refusal: Refusal) -> Answer:
    return Answer(refusal.status, refusal.body, refusal.headers)


def finished(core: Core, answer: Answer) -> Reply:
    """An answer as it goes over the wire."""
    headers = {"Content-Type": "application/json; charset=utf-8", **core.limits(), **answer.headers}
    body = b"" if answer.body is None else json.dumps(answer.body).encode()
    return Reply(answer.status, body, headers)


def _carried_out(
    core: Core, call: Call, operation: Operation, params: dict[str, str], token: Token | None, fault: Fault | None
) -> Answer:
    """What the operation's handler answers, if that is an answer that GitHub could give."""
    with core.lock:
        try:
            answer = _handled(core, call, operation, params, token, fault)
        except Refusal as refusal:
            answer = refused(refusal)
        except Exception:
            core.problems.append(f"{operation.id} failed: {traceback.format_exc()}")
            return refused(Refusal(500, "Server Error"))
        if wrong := answer_problems(operation.id, answer.status, answer.body):
            core.problems.extend(f"{operation.id} answers {answer.status}: {problem}" for problem in wrong)
            return refused(Refusal(500, "Server Error"))
    return answer


def _handled(
    core: Core, call: Call, operation: Operation, params: dict[str, str], token: Token | None, fault: Fault | None
) -> Answer:
    host = call.headers.get("host", "")
    asked = Asked(
        operation=operation.id,
        state=core.state,
        access=core.access,
        forms=core.forms,
        url=f"http://{host}{call.path}",
        params=params,
        query=dict(parse_qsl(call.query, keep_blank_values=True)),
        body=None,
        authorization=call.authorization,
        token=token,
        short_page=fault is not None and fault.kind == "truncated",
    )
    if "repo" in params:
        repository = core.state.find(f"{params['owner']}/{params['repo']}")
        if operation.id in NEEDS:
            repository = allow(operation.id, token, repository, writes=operation.writes)
        if repository is not None:
            look(core.state, repository)
        asked.found = repository
    asked.body = _body(call, operation)
    return HANDLERS[operation.id](asked)


def _body(call: Call, operation: Operation) -> Any:
    """What the JSON of a request says. Raises Refusal."""
    if not operation.writes:
        return None
    try:
        body = json.loads(call.body) if call.body.strip() else {}
    except ValueError:
        raise Refusal(400, "Problems parsing JSON") from None
    if wrong := request_problems(operation.id, body):
        raise Refusal(422, "Invalid request.\n\n" + "\n".join(wrong))
    # The whole body may be null where everything in it is optional.
    return {} if body is None else body


def _text(call: Call) -> str:
    return call.body.decode("utf-8", "replace")
