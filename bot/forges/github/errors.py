"""Turns refusals by GitHub into helpful messages that never contain a secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from github import GithubException
from github.GithubException import UnknownObjectException

from bot.errors import AmtsError


@contextmanager
def explained(repository: str, what: str) -> Iterator[None]:
    """Turns errors of GitHub and the network into an AmtsError: ``what`` is not possible in ``repository``."""
    try:
        yield
    except GithubException as error:
        raise AmtsError(f"{repository}: {what}", why=why_of(error), fix=fix_of(error)) from None
    except requests.RequestException as error:
        raise AmtsError(
            f"{repository}: {what}", why=type(error).__name__, fix="check the network, and run it again"
        ) from None


def why_of(error: GithubException) -> str:
    """The status and its messages."""
    answer: Any = error.data
    message = answer.get("message") if isinstance(answer, dict) else None
    errors = answer.get("errors", []) if isinstance(answer, dict) else []
    details = [str(e.get("message") or e.get("code") or "") if isinstance(e, dict) else str(e) for e in errors]
    return f"GitHub answers {error.status}" + "".join(f": {m}" for m in [message, *details] if m)


def fix_of(error: GithubException) -> str:
    """What people can do about it."""
    if isinstance(error, UnknownObjectException):
        return "check the name of the repository, and that the token may see it"
    if error.status == 401:
        return "check the token: GitHub does not know it, or it has expired"
    if error.status == 403:
        return "let the token write contents and pull requests of that repository, or wait if a limit is reached"
    return "run it again" if error.status >= 500 else "look at the repository's settings, and run it again"
