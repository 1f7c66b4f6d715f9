"""Serves the commands in the comments of a pull request, one after the other, each once.

Level-triggered like a sync: a run serves all commands that have no answer yet, so nothing is lost if GitHub drops a
run or one is killed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.contracts import REFUSED
from bot.drafting.report import Confirmation, Retranslation
from bot.engines import Pending
from bot.errors import AmtsError
from bot.forges import Comment, Comments
from bot.messages import Message
from bot.reporting import comment_replies
from bot.reporting.wording import Wording
from bot.sync import comment_command
from bot.sync.comment_command import USAGE, Command, Confirm, Misuse
from bot.sync.retranslate import Asked

RECENT = timedelta(days=1)
"""The greatest age of an unanswered command, relative to the newest comment, that is still served (a guess)."""

SEEN, DONE, SORRY = "eyes", "rocket", "confused"
"""GitHub's names of reactions."""


State = Literal["done", "waiting", "refused", "failed", "bug"]
"""``waiting``: for the engine; ``refused``: the author may not give commands."""

_WELL: tuple[State, ...] = ("done", "waiting")


@dataclass(frozen=True)
class Served:
    """How a comment was served; ``problems`` say what went wrong, why, and what to do.

    ``unanswered`` is why it got no answer.
    """

    comment: Comment
    state: State
    retranslation: Retranslation | None = None
    confirmation: Confirmation | None = None
    problems: tuple[str, ...] = ()
    unanswered: str = ""

    @property
    def failed(self) -> bool:
        """Whether the maintainers have to act; an impossible request is not a failure of the run."""
        return self.state == "bug"


def pending(comments: Collection[Comment]) -> list[tuple[Comment, Command | Confirm | Misuse]]:
    """The commands of people that have no answer yet, oldest first, without those that are too old."""
    answered = {c.answers for c in comments if c.answers}
    newest = max((c.created for c in comments), default=None)
    unanswered = [c for c in comments if c.by_person and str(c.id) not in answered]
    found = [(c, comment_command.read(c.body)) for c in unanswered if newest and newest - c.created <= RECENT]
    return [(comment, read) for comment, read in found if read is not None]


def serve(
    comments: Comments,
    may: Callable[[str], bool],
    done: Callable[[Asked], Retranslation | Confirmation],
    report_bug: Callable[[Exception], None],
    words: Callable[[], Wording],
) -> list[Served]:
    """Serves all pending commands of the accounts in ``may``; ``done`` does what one asks for.

    The answers are in the language of ``words``.
    Raises AmtsError if comments cannot be read or answered.
    """
    everything = comments.all()
    refused = {c.answers for c in everything if c.answers.startswith(REFUSED)}
    found = []
    for comment, read in pending(everything):
        if not may(comment.author):
            unanswered = ""
            key = f"{REFUSED} {comment.author.casefold()}"
            # Everyone gets one polite refusal; repeated commands get no further answer.
            if key not in refused:
                comments.react(comment, add=SORRY)
                unanswered = comments.answer(comment, comment_replies.refusal(comment.author, words()), key)
                refused.add(key)
            problems = (f"{comment.author} may not write here",)
            found.append(Served(comment, "refused", problems=problems, unanswered=unanswered))
            continue
        comments.react(comment, add=SEEN)
        served = _served(comment, read, done, report_bug)
        served = replace(served, unanswered=comments.answer(comment, _text(served, words()), str(comment.id)))
        comments.react(comment, add=DONE if served.state in _WELL else SORRY, remove=SEEN)
        found.append(served)
    return found


def _served(
    comment: Comment,
    read: Command | Confirm | Misuse,
    done: Callable[[Asked], Retranslation | Confirmation],
    report_bug: Callable[[Exception], None],
) -> Served:
    if isinstance(read, Misuse):
        return Served(comment, "failed", problems=(read.why, Message("the commands are {usage}", usage=USAGE)))
    if comment.on_line and comment.lines is None:
        gone, fix = Message("the comment is on lines that are gone"), Message("comment on a line of the new text")
        return Served(comment, "failed", problems=(gone, fix))
    try:
        made = done(Asked(read, comment.lines, comment.id))
        if isinstance(made, Confirmation):
            return Served(comment, "done", confirmation=made)
        return Served(comment, "done", made)
    except Pending as problem:
        return Served(comment, "waiting", problems=tuple(str(problem).splitlines()))
    except AmtsError as problem:
        return Served(comment, "failed", problems=(problem.what, problem.why, problem.fix))
    except Exception as problem:
        report_bug(problem)
        fault = Message("this is a fault of the bot; the log of the run has its traceback")
        return Served(comment, "bug", problems=(fault,))


def _text(served: Served, words: Wording) -> str:
    # On a line the answer appears directly below its comment; elsewhere it may be far away.
    to = "" if served.comment.on_line else comment_replies.to(served.comment.author, served.comment.location, words)
    if served.retranslation is not None:
        return to + comment_replies.done(served.retranslation, words)
    if served.confirmation is not None:
        return to + comment_replies.confirmed(served.confirmation, words)
    if served.state == "waiting":
        return to + comment_replies.waiting(words)
    return to + comment_replies.problem(served.problems, words)
