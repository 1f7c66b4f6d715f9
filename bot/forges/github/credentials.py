"""How to reach GitHub: addresses, and a token or an App."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.errors import AmtsError

_KINDS = {
    "ghs_": "the token of a workflow or an App",
    "github_pat_": "the fine-grained token",
    "ghp_": "the classic token",
}
"""Kinds of tokens by their prefixes (GitHub, about authentication)."""


@dataclass(frozen=True)
class App:
    """A GitHub App: its id, and its private key in PEM."""

    id: str
    key: str


@dataclass(frozen=True)
class Credentials:
    """``interface`` and ``server`` are addresses; a ``token``, an ``app``, or neither for public repositories only.

    ``secret`` gets every token before it is used, so that no log shows it. ``place`` is where the token was given.
    """

    interface: str
    server: str
    token: str = ""
    app: App | None = None
    secret: Callable[[str], None] = lambda _: None
    place: str = "AMTS_TOKEN"

    @property
    def holder(self) -> str:
        """What messages call these credentials, so that people know which of their tokens was refused."""
        if self.app:
            return f"GitHub App {self.app.id}"
        kind = next((words for prefix, words in _KINDS.items() if self.token.startswith(prefix)), "the token")
        return f"{kind} in {self.place}" if self.token else "no token"

    @classmethod
    def of(cls, environment: Mapping[str, str], secret: Callable[[str], None] = lambda _: None) -> Credentials:
        """Addresses from a workflow's variables; AMTS_APP_ID with AMTS_APP_PRIVATE_KEY, or AMTS_TOKEN, or GITHUB_TOKEN.

        Raises AmtsError for an App without its key, or a key without its App.
        """
        app, key = environment.get("AMTS_APP_ID", ""), environment.get("AMTS_APP_PRIVATE_KEY", "")
        if bool(app) != bool(key):
            raise AmtsError(
                f"the App's {'private key' if app else 'id'} is missing",
                why="a GitHub App needs its ID and its private key",
                fix="give app-id and app-private-key (or AMTS_APP_ID and AMTS_APP_PRIVATE_KEY), or neither",
            )
        return cls(
            environment.get("GITHUB_API_URL") or "https://api.github.com",
            (environment.get("GITHUB_SERVER_URL") or "https://github.com").rstrip("/"),
            "" if app else environment.get("AMTS_TOKEN") or environment.get("GITHUB_TOKEN", ""),
            App(app, key) if app else None,
            secret,
            "AMTS_TOKEN" if environment.get("AMTS_TOKEN") else "GITHUB_TOKEN",
        )
