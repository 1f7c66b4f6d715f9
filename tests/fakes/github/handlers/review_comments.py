"""Comments on lines of a pull request."""

from __future__ import annotations

from typing import Any

from ..asked import Answer, Asked, handles
from ..errors import Unsupported, invalid, not_found
from ..state import ReviewComment
from ..talk import LINE, Spot, answer, checked, say_at


def _comment(asked: Asked, number: int) -> ReviewComment:
    """A comment by its id. Raises Refusal."""
    comment = asked.repository.review_comments.get(number)
    if comment is None:
        raise not_found()
    return comment


def _shown(asked: Asked, comment: ReviewComment, status: int = 200) -> Answer:
    return Answer(status, asked.forms.review_comment(asked.repository, comment))


@handles("pulls/list-review-comments")
def _list(asked: Asked) -> Answer:
    number, since = asked.pull().number, asked.query.get("since", "")
    found = [c for c in asked.repository.review_comments.values() if c.number == number and c.updated_at >= since]
    if asked.query.get("sort") == "updated":
        found.sort(key=lambda comment: comment.updated_at)
    if "sort" in asked.query and asked.query.get("direction") == "desc":
        found.reverse()
    return asked.page(found, lambda comment: asked.forms.review_comment(asked.repository, comment))


@handles("pulls/get-review-comment")
def _get(asked: Asked) -> Answer:
    return _shown(asked, _comment(asked, asked.number("comment_id")))


@handles("pulls/update-review-comment")
def _update(asked: Asked) -> Answer:
    comment = _comment(asked, asked.number("comment_id"))
    asked.may("write", comment.user)
    comment.body = checked(LINE, asked.body["body"])
    comment.updated_at = asked.state.clock.tick()
    return _shown(asked, comment)


@handles("pulls/create-review-comment")
def _create(asked: Asked) -> Answer:
    pull, told = asked.pull(), asked.body
    if "in_reply_to" in told:
        first = asked.repository.review_comments.get(told["in_reply_to"])
        if first is None or first.number != pull.number:
            raise invalid(LINE, "in_reply_to")
        return _shown(asked, answer(asked.state, asked.repository, asked.user, told["body"], first), 201)
    only_new_lines(told)
    spot = Spot(told["commit_id"], told["path"], told["line"], told.get("start_line"))
    return _shown(asked, say_at(asked.state, asked.repository, pull, asked.user, told["body"], spot), 201)


def only_new_lines(told: dict[str, Any]) -> None:
    """Raises Refusal for no place, and Unsupported for one that GitHub knows and this server does not."""
    left = "LEFT" in (told.get("side"), told.get("start_side"))
    if left or told.get("subject_type") == "file" or ("position" in told and "line" not in told):
        raise Unsupported("comments on old lines, positions and whole files")
    if "line" not in told:
        raise invalid(LINE, "line", "missing_field")


@handles("pulls/create-reply-for-review-comment")
def _reply(asked: Asked) -> Answer:
    first = _comment(asked, asked.number("comment_id"))
    if first.number != asked.pull().number:
        raise not_found()
    return _shown(asked, answer(asked.state, asked.repository, asked.user, asked.body["body"], first), 201)
