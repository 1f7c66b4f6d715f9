"""Writes on GitHub that happen exactly once, even if the network fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import requests
from github import GithubException

from bot.clock import SystemClock

TRIES, PAUSE = 3, 1.0
"""How often a write is tried, and seconds before the second time (guesses)."""

Written = TypeVar("Written")


def once(look: Callable[[], Written | None], write: Callable[[], Written]) -> Written:
    """Writes; after a failure, checks whether the write happened anyway before it tries again.

    Raises what the last try raises; a permanent refusal by GitHub is raised at once.
    """
    for tried in range(1, TRIES + 1):
        try:
            return write()
        except (GithubException, requests.RequestException) as error:
            refused = isinstance(error, GithubException) and error.status < 500
            # A delayed write may still happen, so check after the pause.
            SystemClock().sleep(0.0 if refused else PAUSE * tried)
            if (found := look()) is not None:
                return found
            if refused or tried == TRIES:
                raise
    raise AssertionError  # the last try returned or raised
