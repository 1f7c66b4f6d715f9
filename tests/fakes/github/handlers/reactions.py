"""Reactions to comments."""

from __future__ import annotations

from ..access import forbidden
from ..asked import Answer, Asked, handles
from ..errors import not_found
from ..state import Comment, Reaction
from ..talk import unlocked


def _comment(asked: Asked) -> Comment:
    """The comment of the path, of the kind that the operation is about. Raises Refusal."""
    about_issues = asked.operation.endswith("for-issue-comment")
    known = asked.repository.comments if about_issues else asked.repository.review_comments
    comment = known.get(asked.number("comment_id"))
    if comment is None:
        raise not_found()
    return comment


@handles("reactions/list-for-issue-comment")
@handles("reactions/list-for-pull-request-review-comment")
def _list(asked: Asked) -> Answer:
    wanted = asked.query.get("content")
    found = [r for r in _comment(asked).reactions if wanted in (None, r.content)]
    return asked.page(found, asked.forms.reaction)


@handles("reactions/create-for-issue-comment")
@handles("reactions/create-for-pull-request-review-comment")
def _create(asked: Asked) -> Answer:
    comment, content = _comment(asked), asked.body["content"]
    for reaction in comment.reactions:
        if reaction.user is asked.user and reaction.content == content:
            return Answer(200, asked.forms.reaction(reaction))
    unlocked(asked.repository, asked.repository.issues[comment.number], asked.user)
    reaction = Reaction(asked.state.id(), asked.user, content, asked.state.clock.tick())
    comment.reactions.append(reaction)
    return Answer(201, asked.forms.reaction(reaction))


@handles("reactions/delete-for-issue-comment")
@handles("reactions/delete-for-pull-request-comment")
def _delete(asked: Asked) -> Answer:
    comment, number = _comment(asked), asked.number("reaction_id")
    for reaction in comment.reactions:
        if reaction.id == number:
            if reaction.user is not asked.user:
                # Guess: nobody may take back what somebody else feels.
                raise forbidden(asked.token)
            comment.reactions.remove(reaction)
            return Answer(204)
    raise not_found()
