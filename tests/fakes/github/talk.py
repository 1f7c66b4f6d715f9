"""Comments: how they come to be, whoever writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .diff import place
from .errors import Refusal, invalid, too_long
from .state import LEVELS, Comment, Issue, Pull, Repository, Review, ReviewComment, State, User

LINE = "PullRequestReviewComment"


@dataclass(frozen=True)
class Spot:
    """Where a comment on lines stands, in the diff of a commit."""

    commit_id: str
    path: str
    line: int
    start_line: int | None = None


def checked(resource: str, body: str) -> str:
    """What somebody wants to say. Raises Refusal."""
    if not body.strip():
        raise invalid(resource, "body", "missing_field")
    too_long(resource, body)
    return body


def unlocked(repository: Repository, issue: Issue, user: User) -> None:
    """Raises Refusal where a conversation is locked, except for people who may write; bots are not people."""
    trusted = user.kind == "User" and LEVELS.index(repository.permission(user.login)) >= LEVELS.index("write")
    if issue.locked and not trusted:
        # Guess: the words for comments on lines and for reactions are those for comments, too.
        raise Refusal(403, "Unable to create comment because issue is locked.")


def say(state: State, repository: Repository, issue: Issue, user: User, body: str) -> Comment:
    """A new comment in the conversation. Raises Refusal."""
    checked("IssueComment", body)
    unlocked(repository, issue, user)
    now = state.clock.tick()
    comment = Comment(state.id(), issue.number, user, body, now, now)
    repository.comments[comment.id] = comment
    issue.updated_at = now
    return comment


def review(
    state: State,
    repository: Repository,
    pull: Pull,
    user: User,
    body: str,
    commit: str,
    said: Sequence[tuple[str, Spot]],
) -> Review:
    """A new review with comments on lines of the diff: all of them, or none. Raises Refusal."""
    checked("PullRequestReview", body)
    unlocked(repository, pull, user)
    for text, spot in said:
        checked(LINE, text)
        placed(repository, pull, spot)
    made = Review(state.id(), pull.number, user, body, "COMMENTED", commit, state.clock.tick())
    repository.reviews[made.id] = made
    for text, spot in said:
        say_at(state, repository, pull, user, text, spot).review_id = made.id
    return made


def say_at(state: State, repository: Repository, pull: Pull, user: User, body: str, spot: Spot) -> ReviewComment:
    """A new comment on lines of the diff. Raises Refusal."""
    checked(LINE, body)
    unlocked(repository, pull, user)
    hunk, position = placed(repository, pull, spot)
    now = state.clock.tick()
    comment = ReviewComment(
        id=state.id(),
        number=pull.number,
        user=user,
        body=body,
        created_at=now,
        updated_at=now,
        path=spot.path,
        line=spot.line,
        start_line=spot.start_line,
        commit_id=repository.git.sha(spot.commit_id),
        diff_hunk=hunk,
        position=position,
        review_id=state.id(),
    )
    repository.review_comments[comment.id] = comment
    pull.updated_at = now
    return comment


def answer(state: State, repository: Repository, user: User, body: str, first: ReviewComment) -> ReviewComment:
    """A new comment below another one. Raises Refusal."""
    checked(LINE, body)
    unlocked(repository, repository.issues[first.number], user)
    now = state.clock.tick()
    comment = replace(
        first,
        id=state.id(),
        user=user,
        body=body,
        created_at=now,
        updated_at=now,
        reactions=[],
        # Guess: an answer to an answer joins the same thread.
        in_reply_to=first.in_reply_to or first.id,
        review_id=state.id(),
    )
    repository.review_comments[comment.id] = comment
    repository.issues[first.number].updated_at = now
    return comment


def placed(repository: Repository, pull: Pull, spot: Spot) -> tuple[str, int]:
    """The part of the diff up to the line, and the line's position in it. Raises Refusal."""
    git = repository.git
    commit = git.sha(spot.commit_id)
    if not commit or not git.contains(pull.head_sha, commit):
        raise _not_there("commit_id", "commit_id is not part of the pull request")
    changes = git.changes(git.start(pull.base_sha, commit), commit)
    for change in changes:
        if change.path == spot.path:
            found = place(change.hunks, spot.line)
            start = spot.start_line
            before = place(change.hunks, start) if start is not None else None
            apart = before and found and before[0].partition("\n")[0] != found[0].partition("\n")[0]
            if start is not None and (start >= spot.line or not before or apart):
                raise _not_there("start_line", "start_line must precede the end line and be part of the diff")
            if found is None:
                raise _not_there("line", "line must be part of the diff")
            return found
    raise _not_there("path", "path could not be resolved")


def _not_there(field: str, told: str) -> Exception:
    # Guess: GitHub says it in these words, where exactly they stand has changed over time.
    return invalid(LINE, f"pull_request_review_thread.{field}", "custom", f"pull_request_review_thread.{told}")
