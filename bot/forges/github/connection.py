"""Connections to GitHub's API: what is repeated, how long is waited, and how fast is written.

A request refused because of a rate limit had no effect and is repeated when GitHub allows it. A request that failed
in another way may have had an effect: only requests that are safe to repeat are repeated here.
"""

from __future__ import annotations

from typing import Any

from github import Auth, Github, GithubRetry

from bot.forges.github.credentials import Credentials

BETWEEN_WRITES = 1.0
"""Seconds (GitHub, best practices for using the REST API)."""

PATIENCE = 30
"""Seconds until an answer counts as lost (a guess: ten are not enough for GitHub on a bad day)."""

TWICE = ("GET", "HEAD", "OPTIONS", "PATCH", "PUT", "DELETE")
"""Methods that are safe to repeat."""

TRIES = 4
"""How often a request that failed is repeated, with pauses of 0, 2, 4 and 8 seconds (a guess)."""

_LIMITED = (403, 429)


class _Retry(GithubRetry):
    """Also repeats a write that was refused because of a rate limit."""

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        if method.upper() not in TWICE:
            return status_code in _LIMITED
        return super().is_retry(method, status_code, has_retry_after) or status_code == 429


def connected(credentials: Credentials, auth: Auth.Auth | None) -> Github:
    """GitHub's API, as seen with ``auth``; no request is sent yet."""
    return Github(auth=auth, base_url=credentials.interface, per_page=100, **manners())


def manners() -> dict[str, Any]:
    """How PyGithub is to behave."""
    retry = _Retry(total=TRIES, backoff_factor=1, allowed_methods=TWICE)
    pauses = {"seconds_between_requests": 0, "seconds_between_writes": BETWEEN_WRITES}
    return {"retry": retry, "timeout": PATIENCE, **pauses}
