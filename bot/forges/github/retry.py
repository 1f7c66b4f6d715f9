"""Writes on GitHub that happen once, whatever the network does."""

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
    """Writes; where that fails, what may have happened in spite of it is looked for before it is tried again.

    Raises what the last try raises, and at once what GitHub refuses for a reason that will stay.
    """
    for tried in range(1, TRIES + 1):
        try:
            return write()
        except (GithubException, requests.RequestException) as error:
            refused = isinstance(error, GithubException) and error.status < 500
            # What is late may still happen, so the look comes after the pause.
            SystemClock().sleep(0.0 if refused else PAUSE * tried)
            if (found := look()) is not None:
                return found
            if refused or tried == TRIES:
                raise
    raise AssertionError  # the last try returned or raised
