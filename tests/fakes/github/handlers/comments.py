"""Comments in the conversation."""

from __future__ import annotations

from ..asked import Answer, Asked, handles
from ..errors import invalid, not_found
from ..state import Comment
from ..talk import checked, say


def _comment(asked: Asked) -> Comment:
    """The comment of the path. Raises Refusal."""
    comment = asked.repository.comments.get(asked.number("comment_id"))
    if comment is None:
        raise not_found()
    return comment


@handles("issues/list-comments")
def _list(asked: Asked) -> Answer:
    number, since = asked.issue().number, asked.query.get("since", "")
    found = [c for c in asked.repository.comments.values() if c.number == number and c.updated_at >= since]
    return asked.page(found, lambda comment: asked.forms.comment(asked.repository, comment))


@handles("issues/create-comment")
def _create(asked: Asked) -> Answer:
    comment = say(asked.state, asked.repository, asked.issue(), asked.user, asked.body["body"])
    return Answer(201, asked.forms.comment(asked.repository, comment))


@handles("issues/get-comment")
def _get(asked: Asked) -> Answer:
    return Answer(200, asked.forms.comment(asked.repository, _comment(asked)))


@handles("issues/update-comment")
def _update(asked: Asked) -> Answer:
    comment = _comment(asked)
    asked.may("write", comment.user)
    if not asked.body["body"].strip():
        raise invalid("IssueComment", "body", "missing_field")
    comment.body = checked("IssueComment", asked.body["body"])
    comment.updated_at = asked.state.clock.tick()
    return Answer(200, asked.forms.comment(asked.repository, comment))


@handles("issues/delete-comment")
def _delete(asked: Asked) -> Answer:
    comment = _comment(asked)
    asked.may("write", comment.user)
    del asked.repository.comments[comment.id]
    return Answer(204)
