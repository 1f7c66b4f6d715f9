"""Reviews of pull requests: several comments on lines at once."""

from __future__ import annotations

from ..asked import Answer, Asked, handles
from ..errors import Refusal, Unsupported
from ..talk import Spot, review
from .review_comments import only_new_lines


@handles("pulls/list-reviews")
def _list(asked: Asked) -> Answer:
    number = asked.pull().number
    found = [one for one in asked.repository.reviews.values() if one.number == number]
    return asked.page(found, lambda one: asked.forms.review(asked.repository, one))


@handles("pulls/create-review")
def _create(asked: Asked) -> Answer:
    pull, told = asked.pull(), asked.body
    if told.get("event") != "COMMENT":
        raise Unsupported("reviews that are pending, approve or request changes")
    if not told.get("body", "").strip():
        # Guess: the words. GitHub asks for a body where a review is a comment.
        raise Refusal(422, "Unprocessable Entity")
    commit = told.get("commit_id") or pull.head_sha
    said = []
    for comment in told.get("comments", []):
        only_new_lines(comment)
        said.append((comment["body"], Spot(commit, comment["path"], comment["line"], comment.get("start_line"))))
    try:
        made = review(asked.state, asked.repository, pull, asked.user, told["body"], commit, said)
    except Refusal as refusal:
        # Its description has plain words for what is wrong with a review.
        if refusal.status == 422:
            refusal.body["errors"] = [error.get("message") or error["code"] for error in refusal.body["errors"]]
        raise
    return Answer(200, asked.forms.review(asked.repository, made))
