"""Repositories, branches, refs, people and limits."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

from ..asked import Answer, Asked, handles
from ..core import LIMIT
from ..errors import Refusal, not_found
from ..git import ZERO, GitError
from ..life import look
from ..state import Push

_LEGACY = {"maintain": "write", "triage": "read"}
"""Roles that had no name when ``permission`` was made."""


@handles("repos/get")
def _get(asked: Asked) -> Answer:
    level = asked.token.level(asked.repository) if asked.token else ""
    return Answer(200, asked.forms.full_repository(asked.repository, level))


@handles("repos/get-collaborator-permission-level")
def _permission(asked: Asked) -> Answer:
    user = asked.state.users.get(asked.params["username"].lower())
    if user is None:
        raise Refusal(404, f"{asked.params['username']} is not a user")
    # Guess: a stranger in a private repository has the role "none", too.
    level = asked.repository.permission(user.login)
    told = {"permission": _LEGACY.get(level, level), "role_name": level}
    return Answer(200, told | {"user": asked.forms.collaborator(user, level)})


def _branch(asked: Asked, name: str) -> dict[str, Any]:
    """What lists of branches and single ones have in common."""
    is_protected = name in asked.repository.protected
    level = "non_admins" if is_protected else "off"
    url = f"{asked.forms.url(asked.repository)}/branches/{quote(name)}/protection"
    checks: dict[str, Any] = {"enforcement_level": level, "contexts": [], "checks": []}
    return {
        "name": name,
        "protected": is_protected,
        "protection": {"enabled": is_protected, "required_status_checks": checks},
        "protection_url": url,
    }


@handles("repos/get-branch")
def _get_branch(asked: Asked) -> Answer:
    name = asked.params["branch"]
    sha = asked.repository.git.branch(name)
    if not sha:
        raise Refusal(404, "Branch not found")
    url = f"{asked.forms.url(asked.repository)}/branches/{quote(name)}"
    page = f"{asked.forms.web}/{asked.repository.full_name}/tree/{quote(name)}"
    commit = asked.forms.commit(asked.repository, sha)
    return Answer(200, _branch(asked, name) | {"commit": commit, "_links": {"self": url, "html": page}})


@handles("repos/list-branches")
def _list_branches(asked: Asked) -> Answer:
    commits = {ref.removeprefix("refs/heads/"): sha for ref, sha in asked.repository.git.refs().items()}
    names = sorted(commits)
    if "protected" in asked.query:
        wanted = asked.query["protected"] == "true"
        names = [name for name in names if (name in asked.repository.protected) == wanted]
    url = asked.forms.url(asked.repository)

    def shown(name: str) -> dict[str, Any]:
        sha = commits[name]
        return _branch(asked, name) | {"commit": {"sha": sha, "url": f"{url}/commits/{sha}"}}

    return asked.page(names, shown)


@handles("git/get-ref")
def _get_ref(asked: Asked) -> Answer:
    ref = f"refs/{asked.params['ref']}"
    git, url = asked.repository.git, asked.forms.url(asked.repository)
    try:
        sha = git.run("rev-parse", "--verify", "--quiet", "--end-of-options", ref).strip()
    except GitError:
        raise not_found() from None
    kind = git.run("cat-file", "-t", sha).strip()
    told = {"sha": sha, "type": kind, "url": f"{url}/git/{kind}s/{sha}"}
    return Answer(200, {"ref": ref, "node_id": f"REF_{ref}", "url": f"{url}/git/{quote(ref)}", "object": told})


@handles("git/delete-ref")
def _delete_ref(asked: Asked) -> Answer:
    ref, repository = f"refs/{asked.params['ref']}", asked.repository
    sha = repository.git.refs(ref).get(ref)
    if sha is None:
        raise Refusal(422, "Reference does not exist")
    branch = ref.removeprefix("refs/heads/")
    # Guess: GitHub's words for these two are not known.
    if branch in repository.protected:
        raise Refusal(422, "Cannot delete protected branch")
    if branch == repository.default_branch:
        raise Refusal(422, "Cannot delete the default branch")
    repository.git.run("update-ref", "-d", ref, sha)
    repository.pushes.append(Push(ref, sha, ZERO, asked.user, asked.state.clock.tick()))
    look(asked.state, repository, asked.user)
    return Answer(204)


@handles("users/get-authenticated")
def _me(asked: Asked) -> Answer:
    user = asked.user
    if asked.token and asked.token.kind != "user":
        raise Refusal(403, "Resource not accessible by integration")
    return Answer(200, asked.forms.profile(user, "2020-01-01T00:00:00Z"))


@handles("users/get-by-username")
def _somebody(asked: Asked) -> Answer:
    user = asked.state.users.get(asked.params["username"].lower())
    if user is None:
        raise not_found()
    return Answer(200, asked.forms.profile(user, "2020-01-01T00:00:00Z"))


@handles("rate-limit/get")
def _limits(asked: Asked) -> Answer:
    core = {"limit": LIMIT, "used": 1, "remaining": LIMIT - 1, "reset": int(time.time()) + 3600}
    search = core | {"limit": 30, "used": 0, "remaining": 30}
    return Answer(200, {"resources": {"core": core, "search": search, "graphql": core}, "rate": core})
