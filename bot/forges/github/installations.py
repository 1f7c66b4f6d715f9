"""The installations of a GitHub App: each is looked up once a run, and has one token for all of its repositories."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from threading import Lock

from github import Auth, GithubIntegration
from github.GithubException import UnknownObjectException
from github.Installation import Installation

from bot.forges.github.connection import connected, manners
from bot.forges.github.credentials import Credentials


class Installations:
    """Where the App of these credentials is installed, as far as it was asked for."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._known: dict[str, Auth.AppInstallationAuth] = {}
        """By ``owner/name``, or by ``owner/`` where all of an owner's repositories have it, in lower case."""
        self._permissions: dict[str, Mapping[str, str]] = {}
        """What it may do there, by the same names."""
        self._lock = Lock()

    def permissions(self, name: str) -> Mapping[str, str]:
        """What the App may do in ``owner/name``: levels (``read``, ``write``) by name, none if it is not installed.

        Raises what PyGithub raises.
        """
        if self.of(name) is None:
            return {}
        name = name.casefold()
        with self._lock:
            return self._permissions.get(name) or self._permissions[f"{name.partition('/')[0]}/"]

    def of(self, name: str) -> Auth.AppInstallationAuth | None:
        """The access to ``owner/name``; None if the App is not installed there. Raises what PyGithub raises."""
        name = name.casefold()
        owner, _, repository = name.partition("/")
        with self._lock:
            if found := self._known.get(name) or self._known.get(f"{owner}/"):
                return found
            try:
                installation = self._integration.get_repo_installation(owner, repository)
            except UnknownObjectException:
                return None
            return self._kept(name, owner, installation)

    def _kept(self, name: str, owner: str, installation: Installation) -> Auth.AppInstallationAuth:
        found = self._auth.get_installation_auth(installation.id)
        # With this, the token can be renewed.
        connected(self._credentials, found)
        if installation.repository_selection == "all":
            names = {f"{owner}/"}
        else:
            names = {repository.full_name.casefold() for repository in installation.get_repos()}
        # One that was renamed is in the list by its new name.
        for known in (*names, name):
            self._known[known] = found
            self._permissions[known] = installation.permissions
        return found

    @cached_property
    def _auth(self) -> Auth.AppAuth:
        app = self._credentials.app
        assert app is not None
        return Auth.AppAuth(app.id, app.key)

    @cached_property
    def _integration(self) -> GithubIntegration:
        return GithubIntegration(auth=self._auth, base_url=self._credentials.interface, per_page=100, **manners())
