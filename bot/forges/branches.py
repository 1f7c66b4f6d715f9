"""What git alone can determine about the bot's branch: whether it was merged, and how to continue it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import PurePosixPath

from bot.baselines.records import document_of, is_lock
from bot.contracts import ADOPT, BRANCH
from bot.errors import AmtsError
from bot.forges import Current, PullRequest
from bot.repositories import history
from bot.repositories.repository import Repository


def check_place(repository: Repository, own: str) -> None:
    """Raises AmtsError if the name of another branch rules out ours: git stores branches as files in folders."""
    above = [str(p) for p in PurePosixPath(own).parents if str(p) != "."]
    below = [name for name in repository.branches() if name.startswith(f"{own}/")]
    if found := [name for name in above if repository.branch(name)] + below:
        raise AmtsError(
            f"there cannot be a branch {own}",
            why=f"git keeps no branch beside one that is called {found[0]}",
            fix=f"delete or rename the branch {found[0]}",
        )


def adopting(own: str) -> str:
    """The branch of the pull request that records baselines, by that of the syncs of the same language."""
    return ADOPT + own.removeprefix(BRANCH)


def is_own(branch: str) -> bool:
    """Whether a branch is one of the bot's, of any language."""
    return any(branch == name or branch.startswith(f"{name}-") for name in (BRANCH, ADOPT))


def published(repository: Repository, remembered: Callable[[], Collection[str]] = tuple) -> str:
    """The branch that people publish, where the settings name none: the one that HEAD points to.

    While people have a branch of the bot checked out, it is the one that its pull request was made for (one is
    ``remembered``), or the only other one. Raises AmtsError if that is not clear, and for a detached HEAD.
    """
    branch = repository.head_branch()
    if repository.bare or not is_own(branch):
        return branch
    others = {name for name in repository.branches() if not is_own(name)}
    found = others.intersection(remembered()) or others
    if len(found) == 1:
        return found.pop()
    raise AmtsError(
        f"{repository.path} has the branch {branch} checked out",
        why="that is a pull request, and it cannot be seen which of the other branches people publish: "
        + (", ".join(sorted(found)) or "there is none"),
        fix="check out that branch there, or name it as `branch` in amts.yml (and as source.branch, if English is "
        "there too)",
    )


def into(branch: str, own: str, place: object, fix: str) -> str:
    """Returns ``branch``, where people merge. Raises AmtsError with the given ``fix`` if it is ``own``, the bot's."""
    if branch == own:
        raise AmtsError(
            f"{own} is the default branch of {place}",
            why="that branch is the pull request; there must be another one to merge it into",
            fix=fix,
        )
    return branch


def base_of(repository: Repository, branch: str, place: object) -> str:
    """The commit that people merged last into ``branch``. Raises AmtsError if there is none."""
    base = repository.branch(branch)
    if base is None:
        raise AmtsError(
            f"{place} has no branch {branch}",
            why="a translation needs at least one commit to start from",
            fix="commit something there, or correct `branch` in amts.yml",
        )
    return base


def is_merged(repository: Repository, head: str, base: str) -> bool:
    """Whether it was merged in any way; only the tree shows a squash: the base once had all baselines of the branch.

    Different baselines in the base are not enough: people may record a baseline there while the pull
    request is open, and starting afresh would then discard what they wrote in it.
    """
    fork = repository.merge_base(head, base)
    if fork in (None, base):
        return head == base
    return fork == head or squashed_at(repository, fork, head, base) is not None


def squashed_at(repository: Repository, fork: str, head: str, base: str) -> str | None:
    """The first commit after ``fork`` on the first-parent line of ``base`` with all baselines that ``head`` changed."""
    before, after = repository.files(fork), repository.files(head)
    changed = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    # Where baselines are in the documents, these have to be as they were.
    records = list(filter(is_lock, changed)) or list(filter(document_of, changed)) or changed
    for commit in reversed(history.changing(repository, records, fork, base)) if records else ():
        now = repository.files(commit)
        if all(now.get(path) == after.get(path) for path in records):
            return commit
    return None


def afresh(repository: Repository, base: str, head: str | None) -> Current:
    """Starts from the base; a branch left over from an earlier pull request is continued, never force-pushed."""
    if head is None:
        return Current(base, base, (base,), None, None)
    parents = (base,) if repository.is_ancestor(head, base) else (head, base)
    return Current(base, base, parents, head, None)


def continued(
    repository: Repository, name: str, own: str, base: str, head: str, request: PullRequest | None, language: str
) -> Current:
    """The open pull request, merged with new commits of its base ``name``. Raises AmtsError when they conflict."""
    if repository.is_ancestor(base, head):
        return Current(head, base, (head,), head, request)
    merge = repository.merge_commit(head, base, f"Merge {name} into {own}\n")
    if merge.commit is None:
        raise AmtsError(
            f"{name} and the open pull request of {language} conflict in {', '.join(merge.conflicts)}",
            why="both changed the same lines; a sync decides nothing that people disagree about",
            fix=f"merge {name} into {own} by hand, then run the sync again",
        )
    return Current(merge.commit, base, (merge.commit,), head, request)
