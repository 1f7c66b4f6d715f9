"""Repositories on a git host: cloned bare, fetched, and pushed to without force.

Credentials are passed to git only through its environment: never in an address, an argument, or a file of the clone.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import git
from git.exc import GitCommandError

from bot.clock import SystemClock
from bot.errors import AmtsError
from bot.repositories.refusals import unknown, unpushable, unreachable
from bot.repositories.repository import Repository

LARGE = "200k"
"""Files of this size or more are not fetched: documents are smaller, pictures are not."""

TRIES, PAUSE = 3, 1.0
"""How often a push is tried, and seconds before the second time (guesses)."""

_QUIET = {"GIT_TRACE_REDACT": "1", "GIT_TRACE2_CONFIG_PARAMS": "", "GIT_TRACE2_ENV_VARS": ""}
"""Keeps credentials out of git's trace output."""

Token = Callable[[], str]
"""Returns the current token, or nothing for a public repository: tokens of an App last for only an hour."""


@dataclass(frozen=True)
class Remote:
    """One repository at ``url`` (https://host/owner/name.git), with our credentials.

    ``name`` and ``holder`` are what messages call the repository and our credentials.
    """

    url: str
    token: Token
    name: str
    holder: str

    def clone(self, folder: Path) -> Repository:
        """A bare clone of all branches without large files. Raises AmtsError if it cannot be read."""
        words = ("clone", "--bare", "--quiet", "--template=", "--no-tags", f"--filter=blob:limit={LARGE}")
        try:
            # Use clone: only then does git know that missing objects are on the host.
            git.Git().execute(["git", *words, "--", self.url, str(folder)], env=self._environment())
        except GitCommandError as error:
            raise self._unreadable("cannot be cloned", error) from None
        return self.open(folder)

    def open(self, folder: Path) -> Repository:
        """Opens an existing clone."""
        return Repository.open(folder, self._environment)

    def fetch(self, repository: Repository) -> None:
        """Updates the branches of ``repository`` from the host; branches deleted there are deleted here."""
        self._run(repository, "fetch", "--quiet", "--prune", "--no-tags", "origin", "+refs/heads/*:refs/heads/*")
        output = self._run(repository, "ls-remote", "--symref", "origin", "HEAD")
        if found := re.search(r"^ref: (refs/heads/\S+)\tHEAD$", output, re.MULTILINE):
            self._run(repository, "symbolic-ref", "HEAD", found[1])

    def fetch_requests(self, repository: Repository) -> None:
        """Fetches the heads of all pull requests; GitHub keeps them even after their branch is deleted."""
        self._run(repository, "fetch", "--quiet", "--no-tags", "origin", "+refs/pull/*/head:refs/pull/*/head")

    def fetch_tags(self, repository: Repository) -> None:
        """Fetches all tags."""
        self._run(repository, "fetch", "--quiet", "origin", "+refs/tags/*:refs/tags/*")

    def push(self, repository: Repository, commit: str, branch: str, expected: str | None) -> bool:
        """Moves a branch of the host to ``commit``, if it is still at ``expected``; False if it has moved.

        If the answer is lost, the position of the branch is checked on the host before another try. Raises AmtsError
        if the host refuses the push, or cannot be reached.
        """
        # The lease only compares: git would refuse a commit that does not contain the old one anyway.
        lease = f"--force-with-lease=refs/heads/{branch}:{expected or ''}"
        if expected is not None and not repository.is_ancestor(expected, commit):
            raise AmtsError(f"{branch} was not pushed", why="that would lose commits", fix="report this as a bug")
        words = ("--quiet", "--porcelain", "--no-verify", lease, "origin", f"{commit}:refs/heads/{branch}")
        for tried in range(1, TRIES + 1):
            try:
                self._git(repository, "push", *words)
                return True
            except GitCommandError as error:
                if self._stands_on(repository, branch, commit):
                    return True
                output = f"{error.stdout}\n{error.stderr}"
                if re.search(r"stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref", output):
                    return False
                expired = self._expired("cannot be pushed to", error)
                if expired or tried == TRIES or "[remote rejected]" in output:
                    raise expired or unpushable(self.name, branch, self.holder, error) from None
            SystemClock().sleep(PAUSE * tried)
        raise AssertionError  # the last try returned or raised

    def _stands_on(self, repository: Repository, branch: str, commit: str) -> bool:
        try:
            return self._git(repository, "ls-remote", "origin", f"refs/heads/{branch}").startswith(commit)
        except GitCommandError:
            return False

    def _run(self, repository: Repository, *words: str) -> str:
        try:
            return self._git(repository, *words)
        except GitCommandError as error:
            raise self._unreadable("cannot be read", error) from None

    def _unreadable(self, what: str, error: GitCommandError) -> AmtsError:
        return self._expired(what, error) or unreachable(self.name, what, self.holder, error)

    def _expired(self, what: str, error: GitCommandError) -> AmtsError | None:
        """The error if the host does not know our token; without one, it asks for one."""
        return unknown(self.name, what, self.holder, error) if self.token() else None

    def _git(self, repository: Repository, *words: str) -> str:
        return str(git.Git(str(repository.path)).execute(["git", *words], env=self._environment()))

    def _environment(self) -> Mapping[str, str]:
        """The environment for git: our credentials, no configuration of others, no prompts."""
        configured = {
            "core.hooksPath": os.devnull,
            "credential.helper": "",
            "http.followRedirects": "initial",
        }
        if token := self.token():
            login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
            configured[f"http.{self.url}.extraHeader"] = f"Authorization: Basic {login}"
        settings = {
            f"GIT_CONFIG_{part}_{n}": value
            for n, pair in enumerate(configured.items())
            for part, value in zip(("KEY", "VALUE"), pair, strict=True)
        }
        return {
            **settings,
            "GIT_CONFIG_COUNT": str(len(configured)),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            # This takes precedence over all configuration, which could name programs as protocols.
            "GIT_ALLOW_PROTOCOL": "http:https",
            **_QUIET,
        }
