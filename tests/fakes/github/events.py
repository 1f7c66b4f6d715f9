"""Webhooks: what GitHub tells about a comment or a push."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .description import event_problems
from .git import ZERO, Bare
from .pull_forms import EMPTY_TREE, PullForms
from .state import Comment, Pull, Repository, ReviewComment, User


def of_comment(forms: PullForms, repository: Repository, comment: Comment, action: str) -> dict[str, Any]:
    """The payload of ``issue_comment`` or ``pull_request_review_comment``. Raises AssertionError if it is not valid."""
    issue = repository.issues[comment.number]
    payload = {"action": action, "repository": forms.repository(repository), "sender": forms.user(comment.user)}
    if action == "edited":
        payload["changes"] = {"body": {"from": ""}}
    if isinstance(comment, ReviewComment):
        assert isinstance(issue, Pull)
        payload["comment"] = forms.review_comment(repository, comment)
        # Guess: a webhook's pull request is one of a list; the description of webhooks does not ask for more.
        payload["pull_request"] = forms.pull(repository, issue)
        return _checked("pull-request-review-comment-created", payload)
    payload |= {"comment": forms.comment(repository, comment), "issue": forms.issue(repository, issue)}
    return _checked("issue-comment-created", payload)


def of_push(forms: PullForms, repository: Repository, ref: str, before: str, after: str, user: User) -> dict[str, Any]:
    """The payload of ``push``; no commit is ``ZERO``. Raises AssertionError if it is not valid."""
    git = repository.git
    commits = _commits(git, before, after)
    told = [_commit(forms, repository, sha) for sha in commits]
    page = f"{forms.web}/{repository.full_name}"
    payload = {
        "ref": ref,
        "before": before,
        "after": after,
        "repository": _repository(forms, repository),
        "pusher": {"name": user.login, "email": f"{user.login}@users.noreply.github.com"},
        "sender": forms.user(user),
        "created": before == ZERO,
        "deleted": after == ZERO,
        "forced": ZERO not in (before, after) and not git.contains(after, before),
        "base_ref": None,
        "compare": f"{page}/compare/{before[:12]}...{after[:12]}",
        "commits": told,
        "head_commit": None if after == ZERO else _commit(forms, repository, after),
    }
    return _checked("push", payload)


def _commits(git: Bare, before: str, after: str) -> list[str]:
    """The commits that a push has brought, oldest first."""
    if after == ZERO:
        return []
    if before == ZERO:
        # Guess: only what no other branch has is new.
        others = [sha for sha in git.refs().values() if sha != after]
        return git.known("rev-list", "--reverse", "--topo-order", after, "--not", *others).split()
    return git.between(before, after)


def _commit(forms: PullForms, repository: Repository, sha: str) -> dict[str, Any]:
    shown = forms.commit(repository, sha)
    parents = [parent["sha"] for parent in shown["parents"]]
    changes = repository.git.changes(parents[0] if parents else EMPTY_TREE, sha)
    people = {}
    for role in ("author", "committer"):
        person = shown["commit"][role]
        people[role] = {"name": person["name"], "email": person["email"], "date": person["date"]}
    return {
        "id": sha,
        "tree_id": shown["commit"]["tree"]["sha"],
        "distinct": True,
        "message": shown["commit"]["message"],
        "timestamp": shown["commit"]["committer"]["date"],
        "url": shown["html_url"],
        **people,
        "added": [c.path for c in changes if c.status in "ARC"],
        "removed": [c.old_path for c in changes if c.status in "DR"],
        "modified": [c.path for c in changes if c.status in "MT"],
    }


def _repository(forms: PullForms, repository: Repository) -> dict[str, Any]:
    """A repository as webhooks of pushes have it: times are numbers there, and its address is the page's."""
    found = forms.repository(repository)
    times = {name: int(datetime.fromisoformat(found[name]).timestamp()) for name in ("created_at", "pushed_at")}
    owner = {**found["owner"], "name": repository.owner.login, "email": None}
    more = {"stargazers": 0, "master_branch": repository.default_branch, "url": found["html_url"], "owner": owner}
    return {**found, **times, **more}


def _checked(event: str, payload: dict[str, Any]) -> dict[str, Any]:
    # Only what is told of a new comment is described here; other actions have another name and maybe what was before.
    told = {name: value for name, value in payload.items() if name != "changes"}
    problems = event_problems(event, told | ({"action": "created"} if "action" in payload else {}))
    assert not problems, f"webhook {event}: {problems}"
    return payload
