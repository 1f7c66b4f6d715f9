"""Access to GitHub: its API and its git, with a token, as an App, or without either."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import requests
from github import Auth, Github, GithubException

from bot.errors import AmtsError, Unreachable
from bot.forges.github.connection import connected
from bot.forges.github.credentials import Credentials
from bot.forges.github.errors import explained
from bot.forges.github.installations import Installations
from bot.repositories.remote import Remote

if TYPE_CHECKING:
    from github.Repository import Repository as Hub

_OF_AN_APP = "ghs_"
"""The prefix of tokens of Apps and workflows (GitHub, about authentication)."""


class Access:
    """The repositories on GitHub that these credentials reach."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._known: dict[str, Hosted] = {}
        self._lock = Lock()
        self._installations = Installations(credentials) if credentials.app else None

    def repository(self, name: str) -> Hosted:
        """The repository ``owner/name``, the same object each time; no request is sent yet."""
        with self._lock:
            return self._known.setdefault(name.casefold(), Hosted(self._credentials, name, self._installations))


@dataclass(frozen=True)
class Hosted:
    """One repository on GitHub, through its API (``hub``) and through git (``remote``)."""

    credentials: Credentials
    name: str
    installations: Installations | None = None

    @cached_property
    def hub(self) -> Hub:
        """Raises AmtsError if it does not exist, or we may not see it; Unreachable if that is so for all of them."""
        with_token, holder = self.credentials.token or self.credentials.app, self.credentials.holder
        fix = f"check its name, and let {holder} read it (Contents: read)" if with_token else "set AMTS_TOKEN"
        try:
            return self._client.get_repo(self.name)
        except GithubException as error:
            what = f"{self.name} cannot be read on GitHub with {holder}"
            if error.status == 401:
                fix = "give one that GitHub knows and that has not expired"
                raise Unreachable(what, why="GitHub answers 401: it does not know it", fix=fix) from None
            raise AmtsError(what, why=f"GitHub answers {error.status}", fix=fix) from None
        except TypeError:  # PyGithub raises this when a response is not an object
            raise Unreachable(
                f"{self.name} cannot be read on GitHub",
                why=f"{self.credentials.interface} does not answer as GitHub does",
                fix="check GITHUB_API_URL",
            ) from None
        except requests.RequestException as error:
            raise Unreachable(
                f"{self.name} cannot be read on GitHub", why=type(error).__name__, fix="check the network, run it again"
            ) from None

    @cached_property
    def login(self) -> str:
        """The account that owns the token; empty for Apps and workflows, whose names end in ``[bot]``."""
        if self.credentials.app or self.credentials.token.startswith(_OF_AN_APP):
            return ""
        try:
            return self._client.get_user().login
        except GithubException:
            return ""

    def head_of(self, number: int) -> str:
        """The branch that pull request ``number`` is made from. Raises AmtsError if it cannot be read."""
        with explained(self.name, f"its pull request {number} cannot be read"):
            return self.hub.get_pull(number).head.ref

    def check_writable(self) -> None:
        """Raises AmtsError if it is already certain that a push will fail, before an engine costs money."""
        app = self.credentials.app
        if self._auth is None:
            why = f"the App {app.id} is not installed there" if app else "no token was given"
            fix = "install it on that repository" if app else "give a token that may write there, or an App"
        # Which permissions a repository reports to an App or a workflow is not documented.
        elif self.login and not getattr(self.hub.permissions, "push", True):
            why, fix = f"{self.login} may only read there", "let that account write there, or use another token"
        else:
            return
        raise AmtsError(f"{self.name} cannot be written to", why=why, fix=fix)

    def reports(self) -> bool | None:
        """Whether we may write commit statuses; None where only an attempt shows it.

        GitHub lists what an App may do, and the scopes of a classic token with each answer, but neither for tokens of
        other kinds. Raises AmtsError if the repository cannot be read.
        """
        if self.installations is not None:
            with self._let_in():
                return self.installations.permissions(self.name).get("statuses") == "write"
        _ = self.hub  # an answer has them
        scopes = self._client.oauth_scopes
        return None if scopes is None else any(s in ("repo", "repo:status", "public_repo") for s in scopes)

    @property
    def remote(self) -> Remote:
        address = f"{self.credentials.server}/{self.name}.git"
        return Remote(address, self._current, self.name, self.credentials.holder)

    def _current(self) -> str:
        """The current token: tokens of an App last for an hour and are renewed."""
        auth = self._auth
        with self._let_in():
            token = auth.token if auth else ""
        if token:
            self.credentials.secret(token)
            self.credentials.secret(base64.b64encode(f"x-access-token:{token}".encode()).decode())
        return token

    @cached_property
    def _client(self) -> Github:
        self._current()
        return connected(self.credentials, self._auth)

    @cached_property
    def _auth(self) -> Auth.Auth | None:
        """Raises AmtsError for an App that GitHub does not know. None if it is not installed: we have no access."""
        if self.installations is None:
            return Auth.Token(self.credentials.token) if self.credentials.token else None
        with self._let_in():
            return self.installations.of(self.name)

    @contextmanager
    def _let_in(self) -> Iterator[None]:
        """Raises AmtsError for an App that GitHub does not know, or cannot authenticate now."""
        app, fix = self.credentials.app.id if self.credentials.app else "", "check app-id and app-private-key"
        try:
            yield
        except GithubException as error:
            fix = fix if error.status < 500 else "run it again"
            raise Unreachable(f"GitHub rejected App {app}", why=f"GitHub answers {error.status}", fix=fix) from None
        except requests.RequestException as error:
            fix = "check the network, and run it again"
            raise Unreachable(f"GitHub rejected App {app}", why=type(error).__name__, fix=fix) from None
        except (ValueError, TypeError):
            raise Unreachable(
                f"GitHub rejected App {app}", why="its private key is not in PEM format", fix=fix
            ) from None
