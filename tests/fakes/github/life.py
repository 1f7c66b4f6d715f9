"""The life of a pull request: it is opened, follows its branches, is merged or closed."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Refusal, invalid, too_long
from .git import ZERO
from .state import Pull, Push, Repository, State, User

TITLE_LIMIT = 256


@dataclass(frozen=True)
class Wanted:
    """A pull request that somebody asks for; ``source`` is where the branch ``head`` is."""

    title: str
    body: str | None
    base: str
    head: str
    source: Repository
    draft: bool = False


def look(state: State, repository: Repository, by: User | None = None) -> None:
    """Makes open pull requests follow their branches, whoever has changed these; ``by`` is who did it, if known."""
    for target in list(state.repositories.values()):
        for pull in target.pulls:
            if pull.state == "open" and (target is repository or pull.head_repository is repository):
                _follow(state, target, pull, by or target.owner)


def _follow(state: State, repository: Repository, pull: Pull, by: User) -> None:
    assert pull.head_repository is not None
    base, head = repository.git.branch(pull.base), pull.head_repository.git.branch(pull.head)
    if not base or not head:
        close(state, pull, by)
        return
    if (base, head) == (pull.base_sha, pull.head_sha):
        return
    based, pull.updated_at = base != pull.base_sha, state.clock.tick()
    if head != pull.head_sha:
        pull.head_sha = head
        _keep(repository, pull)
    if not repository.git.contains(base, head):
        pull.base_sha = base
    elif based:
        # The old base stays, so that the diff does.
        # Guess: the newest commit of the base stands for the merge.
        _merged(state, pull, base, by)
    else:
        # Guess: a branch that was set back to its base has nothing to offer any more, and is not merged.
        close(state, pull, by)


def _keep(repository: Repository, pull: Pull) -> None:
    """Brings the commits of a pull request to the repository that it is for, under a name of their own."""
    assert pull.head_repository is not None
    name = f"refs/pull/{pull.number}/head"
    if pull.head_repository is not repository:
        repository.git.run("fetch", "--quiet", "--no-tags", str(pull.head_repository.path), pull.head_sha)
    repository.git.run("update-ref", name, pull.head_sha)


def open_pull(state: State, repository: Repository, user: User, wanted: Wanted) -> Pull:
    """A new pull request. Raises Refusal."""
    source, git = wanted.source, repository.git
    titled(wanted.title)
    too_long("Issue", wanted.body)
    base, head = git.branch(wanted.base), source.git.branch(wanted.head)
    for name, sha in (("base", base), ("head", head)):
        if not sha:
            raise invalid("PullRequest", name)
    label = f"{source.owner.login}:{wanted.head}"
    if same(repository, wanted.base, source, wanted.head):
        raise _custom(f"A pull request already exists for {label}.")
    if source is not repository:
        git.run("fetch", "--quiet", "--no-tags", str(source.path), head)
    shown = wanted.head if source is repository else label
    if not git.merge_base(base, head):
        raise _custom(f"The {shown} branch has no history in common with {wanted.base}")
    if not git.between(base, head):
        raise _custom(f"No commits between {wanted.base} and {shown}")
    now = state.clock.tick()
    pull = Pull(
        id=state.id(),
        number=max(repository.issues, default=0) + 1,
        user=user,
        title=wanted.title,
        body=wanted.body,
        created_at=now,
        updated_at=now,
        base=wanted.base,
        head=wanted.head,
        head_repository=source,
        head_sha=head,
        base_sha=base,
        draft=wanted.draft,
    )
    repository.issues[pull.number] = pull
    _keep(repository, pull)
    return pull


def titled(title: str) -> None:
    """Raises Refusal for what is no title."""
    if not title.strip():
        raise invalid("Issue", "title", "missing_field")
    if len(title) > TITLE_LIMIT:
        raise invalid("Issue", "title", "custom", f"title is too long (maximum is {TITLE_LIMIT} characters)")


def same(repository: Repository, base: str, source: Repository, head: str) -> Pull | None:
    """The open pull request between two branches."""
    for pull in repository.pulls:
        if pull.state == "open" and (pull.base, pull.head, pull.head_repository) == (base, head, source):
            return pull
    return None


def _custom(message: str) -> Refusal:
    return Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom", "message": message}])


def close(state: State, pull: Pull, by: User) -> None:
    pull.state, pull.closed_by = "closed", by
    pull.closed_at = pull.updated_at = state.clock.tick()


def reopen(state: State, repository: Repository, pull: Pull) -> None:
    """Opens a closed pull request again. Raises Refusal."""
    assert pull.head_repository is not None
    told = ""
    head, base = pull.head_repository.git.branch(pull.head), repository.git.branch(pull.base)
    if pull.merged_at:
        # Guess: GitHub's words for this are not known.
        told = "The pull request has been merged."
    elif not head or not base:
        told = f"The {pull.base if head else pull.head} branch has been deleted."
    elif not repository.git.contains(head, pull.head_sha):
        told = f"The {pull.head} branch was force-pushed or recreated."
    elif same(repository, pull.base, pull.head_repository, pull.head):
        told = f"There is already an open pull request from {pull.head} to {pull.base}."
    if told:
        raise invalid("PullRequest", "state", "invalid", f"state cannot be changed. {told}")
    pull.state, pull.closed_at, pull.closed_by = "open", None, None
    pull.updated_at = state.clock.tick()


def merge(
    state: State,
    repository: Repository,
    pull: Pull,
    by: User,
    *,
    squash: bool = False,
    title: str | None = None,
    message: str | None = None,
) -> str:
    """Merges a pull request, and says with which commit. Raises Refusal."""
    git = repository.git
    tree = git.merged_tree(pull.base_sha, pull.head_sha)
    if pull.draft:
        raise Refusal(405, "Pull Request is still a draft")
    if pull.state != "open" or not tree:
        raise Refusal(405, "Pull Request is not mergeable")
    assert pull.head_repository is not None
    parents = [pull.base_sha] if squash else [pull.base_sha, pull.head_sha]
    if squash:
        commits = git.between(pull.base_sha, pull.head_sha)
        texts = [git.known("show", "-s", "--format=%B", sha).strip() for sha in commits]
        first = texts[0].partition("\n")
        usual = f"{first[0] if len(texts) == 1 else pull.title} (#{pull.number})"
        body = first[2].strip() if len(texts) == 1 else "\n\n".join(f"* {text}" for text in texts)
    else:
        owner = pull.head_repository.owner.login
        usual, body = f"Merge pull request #{pull.number} from {owner}/{pull.head}", pull.title
    text = f"{title or usual}\n\n{body if message is None else message}".strip() + "\n"
    who = (by.login, f"{by.id}+{by.login}@users.noreply.github.com")
    when = state.clock.tick()
    marks = [word for parent in parents for word in ("-p", parent)]
    sha = git.run("commit-tree", tree, *marks, text=text, who=who, when=when).strip()
    git.run("update-ref", f"refs/heads/{pull.base}", sha, pull.base_sha)
    repository.pushes.append(Push(f"refs/heads/{pull.base}", pull.base_sha, sha, by, when))
    _merged(state, pull, sha, by)
    look(state, repository, by)
    return sha


def _merged(state: State, pull: Pull, sha: str, by: User) -> None:
    close(state, pull, by)
    pull.merged_at, pull.merged_by, pull.merge_commit_sha = pull.closed_at, by, sha


def pushed(state: State, repository: Repository, before: dict[str, str], by: User) -> None:
    """Writes down what a push has changed, and lets pull requests follow; ``before`` are the refs that were."""
    after = repository.git.refs("refs")
    for ref in sorted(before.keys() | after.keys()):
        old, new = before.get(ref, ZERO), after.get(ref, ZERO)
        if old != new:
            repository.pushes.append(Push(ref, old, new, by, state.clock.tick()))
    look(state, repository, by)
