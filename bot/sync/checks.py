"""What the bot reports on the head of an open pull request: whether it has the structure of English, and what waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.contracts import BOT_EMAIL, LEFT, STRUCTURE, WAITING_TRAILER
from bot.forges import Check, Current, PullRequest
from bot.repositories import history
from bot.sync.corpus import Book, Edition
from bot.sync.unfinished import After, after_sync


def report(
    english: Book,
    edition: Edition,
    current: Current,
    request: PullRequest,
    after: After | None = None,
    missing: Callable[[], None] = lambda: None,
) -> str:
    """Reports the checks of an open pull request, for which the forge has none yet; returns why it could not.

    ``after`` is what waits in it, if that is known; else its documents are read. ``missing`` is called if the
    forge has not all of them.
    """

    def checks() -> list[Check]:
        missing()
        here = replace(current, commit=request.head)
        known = after or after_sync(english, edition, here)
        return [_structure(known), *([_left(edition, here, known)] if edition.unfinished != "allow" else [])]

    names = [STRUCTURE, *([LEFT] if edition.unfinished != "allow" else [])]
    return edition.forge.report(request, names, checks)


def _structure(after: After) -> Check:
    """What was kept although English changed waits for people: it is no fault of the structure."""
    broken = (any(not d.kept for d in document.divergences) for document in after.documents)
    sound = after.total - sum(broken)
    words = f"structure: {sound:,} of {after.total:,} document{'' if after.total == 1 else 's'}"
    return Check(STRUCTURE, "success" if sound == after.total else "failure", words)


def _left(edition: Edition, current: Current, after: After) -> Check:
    left = sum(len(document.sentences) for document in after.documents)
    state = edition.unfinished if left and edition.unfinished != "allow" else "success"
    most = max(left, *_waited(edition, current), 0)
    return Check(LEFT, state, f"{left:,} of {most:,} sentence{'' if most == 1 else 's'} left")


def _waited(edition: Edition, current: Current) -> list[int]:
    """How many sentences waited after each commit of the bot in the pull request."""
    commits = history.line(edition.repository, current.commit, current.base)
    texts = [commit.message for commit in commits if commit.author == BOT_EMAIL]
    return [int(n) for text in texts for n in re.findall(rf"(?m)^{WAITING_TRAILER}: ([0-9]{{1,9}})$", text)]
