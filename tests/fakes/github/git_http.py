"""git over HTTP: git's own program for servers, behind GitHub's rules about who may do what."""

from __future__ import annotations

import gzip
import re
import subprocess
import traceback
import zlib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote

from .access import NEEDS, Token
from .core import Call, Core, Reply, break_off
from .errors import ConnectionLost, Refusal
from .git import sealed
from .life import pushed
from .state import Repository

_PATH = re.compile(r"/([^/]+)/([^/]+?)(?:\.git)?/(info/refs|git-upload-pack|git-receive-pack)")
_ASKS = {"WWW-Authenticate": 'Basic realm="GitHub"'}


def reply(core: Core, call: Call) -> Reply:
    """The answer to a request of git. Raises ConnectionLost."""
    found = _PATH.fullmatch(unquote(call.path))
    service = ""
    if found:
        service = parse_qs(call.query).get("service", [""])[0] if found[3] == "info/refs" else found[3]
    if not found or service not in ("git-upload-pack", "git-receive-pack"):
        core.problems.append(f"{call.method} {call.target} is neither REST nor git")
        core.record(call, "", "", "", 404)
        return _said(Refusal(404, "Not Found"))
    operation = service.replace("git-", "git/")
    login, posts = "", call.method == "POST"
    answer = Reply(0)
    commands = _commands(call) if posts and operation == "git/receive-pack" else []
    try:
        if moved := core.state.moved(f"{found[1]}/{found[2]}"):
            place = f"{core.forms.web}/{moved.full_name}.git/{found[3]}"
            answer = Reply(301, b"", {"Location": f"{place}?{call.query}" if call.query else place})
            return answer
        token = _identified(core, call)
        login = token.user.login if token else ""
        repository = _allowed(core, operation, token, f"{found[1]}/{found[2]}")
        # A push or fetch is several requests and one turn: a fault before it meets the first, one after it the last.
        fault = core.faults.take(operation, call.target, after=posts)
        break_off(fault, after=False)
        done = _run(core, call, operation, repository, found[3], token)
        break_off(fault, after=True)
        answer = done
    except Refusal as refusal:
        answer = _said(refusal)
    except ConnectionLost:
        raise
    except Exception:
        core.problems.append(f"{operation} failed: {traceback.format_exc()}")
        answer = _said(Refusal(500, "Server Error"))
    finally:
        core.record(call, operation, login, "\n".join(commands), answer.status)
    return answer


def _identified(core: Core, call: Call) -> Token | None:
    try:
        return core.access.identify(call.authorization)
    except Refusal:
        told = "Invalid username or token. Password authentication is not supported for Git operations."
        raise Refusal(401, told, headers=_ASKS) from None


def _allowed(core: Core, operation: str, token: Token | None, full_name: str) -> Repository:
    """The repository, when it may be used like that. Raises Refusal."""
    repository = core.state.find(full_name)
    writes = operation == "git/receive-pack"
    if token is None:
        # Who says nothing is asked for a token, also where there is nothing.
        if repository is None or repository.private or writes:
            raise Refusal(401, "No anonymous write access." if repository else "Repository not found.", headers=_ASKS)
        return repository
    if repository is None or not token.may(repository, "read"):
        raise Refusal(404, "Repository not found.")
    name, level, role = NEEDS[operation]
    if token.scope(repository, name) not in (level, "write") or not token.may(repository, role):
        if not writes:
            # Guess: a token that may see a repository, but not its contents, is refused like one for a push.
            raise Refusal(403, "Write access to repository not granted.")
        raise Refusal(403, f"Permission to {repository.full_name}.git denied to {token.user.login}.")
    return repository


def _run(core: Core, call: Call, operation: str, repository: Repository, rest: str, token: Token | None) -> Reply:
    if (operation, rest) == ("git/upload-pack", "info/refs") and call.headers.get("git-protocol") == "version=2":
        # In this version git first says what it can do, and no refs: the same whenever it is asked.
        if repository.path not in core.abilities:
            core.abilities[repository.path] = _backend(core, call, repository, rest)
        return core.abilities[repository.path]
    if operation != "git/receive-pack" or call.method != "POST":
        return _backend(core, call, repository, rest)
    with core.lock:
        before = repository.git.refs("refs")
        answer = _backend(core, call, repository, rest)
        assert token is not None
        pushed(core.state, repository, before, token.user)
    return answer


@cache
def _program() -> Path:
    """``git http-backend``, without the ``git`` that would only start it."""
    done = subprocess.run(["git", "--exec-path"], capture_output=True, check=True, text=True)
    return Path(done.stdout.strip(), "git-http-backend")


def _backend(core: Core, call: Call, repository: Repository, rest: str) -> Reply:
    """What ``git http-backend`` answers; it unpacks bodies itself."""
    environment = sealed(core.folder / "home") | {
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_TRANSLATED": f"{repository.path}/{rest}",
        "REQUEST_METHOD": call.method,
        "QUERY_STRING": call.query,
        "CONTENT_TYPE": call.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(call.body)),
        "REMOTE_ADDR": "127.0.0.1",
        "GIT_COMMITTER_NAME": "GitHub",
        "GIT_COMMITTER_EMAIL": "noreply@github.com",
    }
    for name in ("content-encoding", "git-protocol"):
        if name in call.headers:
            environment["HTTP_" + name.upper().replace("-", "_")] = call.headers[name]
    done = subprocess.run([_program()], input=call.body, capture_output=True, env=environment)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    if not head:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    lines = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")]
    headers = dict(line for line in lines if len(line) == 2)
    status = int(headers.pop("Status", "200 OK").split()[0])
    return Reply(status, body, headers)


def _commands(call: Call) -> list[str]:
    """What a push asks for: old commit, new commit and ref."""
    data = call.body
    if call.headers.get("content-encoding") == "gzip":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return []
    found = []
    # What is no length of a line makes no command either; git itself refuses it.
    while re.fullmatch(rb"[0-9a-f]{4}", data[:4]) and (size := int(data[:4], 16)) > 4:
        found.append(data[4:size].split(b"\0")[0].decode("utf-8", "replace").strip())
        data = data[size:]
    return found


def _said(refusal: Refusal) -> Reply:
    """A refusal as git shows it to people."""
    body = f"{refusal.body['message']}\n".encode()
    return Reply(refusal.status, body, {"Content-Type": "text/plain; charset=utf-8", **refusal.headers})
