"""Pull requests."""

from __future__ import annotations

from typing import Any

from ..asked import Answer, Asked, handles
from ..errors import Refusal, Unsupported, invalid, too_long
from ..life import Wanted, close, look, merge, open_pull, reopen, same, titled
from ..state import Pull, Repository


def _whole(asked: Asked, pull: Pull, status: int = 200) -> Answer:
    return Answer(status, asked.forms.pull(asked.repository, pull, full=True))


@handles("pulls/create")
def _create(asked: Asked) -> Answer:
    told, repository = asked.body, asked.repository
    if "issue" in told:
        raise Unsupported("turning an issue into a pull request")
    source, head = _source(asked, told)
    wanted = Wanted(told.get("title", ""), told.get("body"), told["base"], head, source, told.get("draft", False))
    # Guess: these are the words for people who may not write to the branch that they offer.
    if asked.token is None or not asked.token.may(source, "write"):
        raise invalid("Issue", "data", "unprocessable", "must be a collaborator")
    return _whole(asked, open_pull(asked.state, repository, asked.user, wanted), 201)


def _source(asked: Asked, told: dict[str, Any]) -> tuple[Repository, str]:
    """The repository and branch that a new pull request comes from. Raises Refusal."""
    repository = asked.repository
    owner, _, head = told["head"].rpartition(":")
    name = told.get("head_repo", "")
    if not owner and not name:
        return repository, head
    family = (repository, repository.parent)
    for other in asked.state.repositories.values():
        kin = other in family or other.parent in family[:1] or (other.parent and other.parent is repository.parent)
        fits = name.lower() in (other.name.lower(), other.full_name.lower()) if name else True
        if kin and fits and (not owner or other.owner.login.lower() == owner.lower()):
            return other, head
    raise invalid("PullRequest", "head")


@handles("pulls/list")
def _list(asked: Asked) -> Answer:
    query, repository = asked.query, asked.repository
    state, sort = query.get("state") or "open", query.get("sort") or "created"
    found = [pull for pull in repository.pulls if state in ("all", pull.state)]
    if base := query.get("base"):
        found = [pull for pull in found if pull.base == base]
    if ":" in (head := query.get("head", "")):
        # Guess: without an owner the branch is not looked at, and all are answered.
        found = [pull for pull in found if _label(pull).lower() == head.lower()]
    orders: dict[str, Any] = {
        "updated": lambda pull: pull.updated_at,
        "popularity": lambda pull: sum(c.number == pull.number for c in repository.comments.values()),
    }
    found.sort(key=orders.get(sort, lambda pull: pull.created_at))
    if (query.get("direction") or ("desc" if sort == "created" else "asc")) == "desc":
        found.reverse()
    return asked.page(found, lambda pull: asked.forms.pull(repository, pull))


def _label(pull: Pull) -> str:
    assert pull.head_repository is not None
    return f"{pull.head_repository.owner.login}:{pull.head}"


@handles("pulls/get")
def _get(asked: Asked) -> Answer:
    return _whole(asked, asked.pull())


@handles("pulls/update")
def _update(asked: Asked) -> Answer:
    pull, told = asked.pull(), asked.body
    asked.may("triage" if set(told) <= {"state"} else "write", pull.user)
    if "title" in told:
        titled(told["title"])
    too_long("Issue", told.get("body"))
    if "base" in told:
        _rebase(asked, pull, told["base"])
    if told.get("state") == "open" and pull.state == "closed":
        reopen(asked.state, asked.repository, pull)
        look(asked.state, asked.repository, asked.user)
    elif told.get("state") == "closed" and pull.state == "open":
        close(asked.state, pull, asked.user)
    pull.title, pull.body = told.get("title", pull.title), told.get("body", pull.body)
    pull.updated_at = asked.state.clock.tick()
    return _whole(asked, pull)


def _rebase(asked: Asked, pull: Pull, base: str) -> None:
    """Gives a pull request another base. Raises Refusal."""
    sha = asked.repository.git.branch(base)
    assert pull.head_repository is not None
    if base == pull.base:
        return
    if pull.state != "open" or not sha:
        raise invalid("PullRequest", "base")
    if same(asked.repository, base, pull.head_repository, pull.head):
        told = f"A pull request already exists for base branch '{base}' and head branch '{pull.head}'"
        raise invalid("PullRequest", "base", "invalid", told)
    if not asked.repository.git.between(sha, pull.head_sha):
        told = f"There are no new commits between base branch '{base}' and head branch '{pull.head}'"
        raise invalid("PullRequest", "base", "invalid", told)
    pull.base, pull.base_sha = base, sha


@handles("pulls/list-files")
def _files(asked: Asked) -> Answer:
    pull, git = asked.pull(), asked.repository.git
    changes = git.changes(git.start(pull.base_sha, pull.head_sha), pull.head_sha)
    return asked.page(changes, lambda change: asked.forms.file(asked.repository, change, pull.head_sha))


@handles("pulls/list-commits")
def _commits(asked: Asked) -> Answer:
    pull, git = asked.pull(), asked.repository.git
    commits = git.between(git.start(pull.base_sha, pull.head_sha), pull.head_sha)
    return asked.page(commits, lambda sha: asked.forms.commit(asked.repository, sha))


@handles("pulls/request-reviewers")
def _request_reviewers(asked: Asked) -> Answer:
    pull, repository = asked.pull(), asked.repository
    for login in asked.body.get("reviewers", []):
        if login.lower() == pull.user.login.lower():
            raise Refusal(422, "Review cannot be requested from pull request author.")
        if not repository.collaborates(login):
            raise Refusal(
                422,
                "Reviews may only be requested from collaborators. One or more of the users or teams you specified is "
                f"not a collaborator of the {repository.full_name} repository.",
            )
    if asked.body.get("team_reviewers"):
        # Guess: there are no teams here.
        raise Refusal(422, "Could not resolve to a node with the global id of the team.")
    for login in asked.body.get("reviewers", []):
        if (user := asked.state.user(login)) not in pull.reviewers:
            pull.reviewers.append(user)
    return Answer(201, asked.forms.pull(repository, pull))


@handles("pulls/merge")
def _merge(asked: Asked) -> Answer:
    pull, told = asked.pull(), asked.body
    method = told.get("merge_method", "merge")
    if method == "rebase":
        raise Refusal(405, "Rebase merges are not allowed on this repository.")
    if told.get("sha", pull.head_sha) != pull.head_sha:
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    sha = merge(
        asked.state,
        asked.repository,
        pull,
        asked.user,
        squash=method == "squash",
        title=told.get("commit_title"),
        message=told.get("commit_message"),
    )
    return Answer(200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"})
