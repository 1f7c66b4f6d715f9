"""A GitHub of one's own, and what people do there without a program."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from github.Auth import TOKEN_REFRESH_THRESHOLD_TIMEDELTA

from . import events, life, talk
from .access import KINDS, App, Scopes
from .core import Core, Request
from .errors import Refusal
from .faults import Faults
from .git import Bare
from .pull_forms import PullForms
from .server import API, Server
from .state import LEVELS, Comment, Pull, Repository, ReviewComment, User


@cache
def _key(slug: str) -> str:
    """A private key in PEM; an app of the same name has the same one, since making one takes long."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class GitHub:
    """A context manager, or ``start`` and ``stop``; its repositories are below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._core = Core(folder)
        self._server: Server | None = None
        (folder / "home").mkdir(parents=True, exist_ok=True)

    def start(self) -> Self:
        """Serves on a free port."""
        self._server = Server(self._core)
        self._core.forms = PullForms(self.url, self.git_url)
        self._server.start()
        return self

    def stop(self) -> None:
        """Ends the server and all of its connections."""
        if self._server:
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def git_url(self) -> str:
        """Where git and pages are: GITHUB_SERVER_URL."""
        assert self._server is not None, "the server was not started"
        return self._server.url

    @property
    def url(self) -> str:
        """Where REST is: GITHUB_API_URL."""
        return self.git_url + API

    @property
    def faults(self) -> Faults:
        """What is still to go wrong."""
        return self._core.faults

    @property
    def requests(self) -> list[Request]:
        """All requests, as they were answered."""
        return self._core.requests

    @property
    def writes(self) -> list[Request]:
        """The requests that changed something, or tried to."""
        return [request for request in self._core.requests if request.writes]

    @property
    def problems(self) -> list[str]:
        """What this server was asked and cannot do, and where it was wrong itself."""
        return self._core.problems

    def repository(
        self,
        full_name: str,
        *,
        private: bool = False,
        default_branch: str = "main",
        parent: Repository | str | None = None,
    ) -> Repository:
        """A repository, which is made when not there yet; a fork has the branches of its ``parent``."""
        state = self._core.state
        with self._core.lock:
            if found := state.find(full_name):
                life.look(state, found)
                return found
            owner, _, name = full_name.partition("/")
            if not owner or not name or "/" in name:
                raise ValueError(f"{full_name} is no name of a repository, which is owner/name.")
            above = self._known(parent) if isinstance(parent, str) else parent
            git = Bare(self._core.folder / owner / f"{name}.git", self._core.folder / "home")
            git.create(above.default_branch if above else default_branch)
            if above:
                git.run("fetch", "--quiet", "--tags", str(above.path), "refs/heads/*:refs/heads/*")
                default_branch = above.default_branch
            person = state.user(owner)
            if person.association == "NONE":
                person.association = "OWNER"
            made = Repository(state.id(), person, name, default_branch, git, private, state.clock.tick(), parent=above)
            state.repositories[full_name.lower()] = made
            return made

    def saved(self) -> object:
        """What is known here now, apart from files, for ``restore``."""
        core = self._core
        with core.lock:
            return deepcopy((core.state, core.access, core.requests, core.asked))

    def restore(self, saved: Any) -> None:
        """Knows again what it knew then, and of no faults; the caller restores the files, afterwards."""
        assert self._server is not None, "the server was not started"
        self._server.settle()
        core = self._core
        with core.lock:
            core.state, core.access, core.requests, core.asked = deepcopy(saved)
            core.faults.clear()
            core.problems.clear()

    def user(self, login: str, kind: str = "User") -> User:
        """Somebody, who is made when not known yet; an Organization must be made before its repositories."""
        with self._core.lock:
            return self._core.state.user(login, kind)

    def token(
        self,
        login: str,
        grants: Mapping[str, str],
        *,
        kind: str = "user",
        scopes: Scopes | None = None,
        oauth: str | None = None,
    ) -> str:
        """A new token for repositories, each at a level; people get at least that level there.

        ``kind``: user, app or actions. ``scopes``: permissions of the token instead of those that go with the level.
        ``oauth``: the scopes of a classic token, such as ``repo, workflow``.
        """
        if kind not in KINDS:
            raise ValueError(f"There is no token of kind {kind}, but {', '.join(KINDS)}.")
        with self._core.lock:
            user = self._core.state.user(login, "User" if kind == "user" else "Bot")
            token = self._core.access.issue(user, kind, grants, scopes, oauth)
            for name, level in grants.items():
                found = self._known(name)
                had = found.permissions.get(login.lower(), "none")
                if kind == "user" and LEVELS.index(level) > LEVELS.index(had):
                    self.permit(name, login, level)
            return token.value

    def app(self, slug: str, grants: Mapping[str, str], key: str | None = None, *, scopes: Scopes | None = None) -> App:
        """A new app, installed once for each owner of the repositories; without a ``key`` in PEM it gets its own."""
        key = key or _key(slug)
        with self._core.lock:
            state = self._core.state
            repositories = {self._known(name): level for name, level in grants.items()}
            owner = next((r.owner for r in repositories), None) or state.user(f"{slug}-owner")
            app = App(state.id(), slug, key, owner, state.user(f"{slug}[bot]", "Bot"), scopes=scopes)
            for own in {repository.owner.login: repository.owner for repository in repositories}:
                number = state.id()
                app.installations[number] = {
                    r.full_name.lower(): level for r, level in repositories.items() if r.owner.login == own
                }
            self._core.access.apps[app.id] = app
            return app

    def expire(self, token: str) -> None:
        """A token is good for nothing any more."""
        self._core.access.tokens[token].revoked = True

    def hurry(self, seconds: float) -> None:
        """From now on tokens of apps are good for ``seconds`` only.

        They are said to be good for longer, by as much as PyGithub renews them ahead of time: so it has all of them.
        """
        # A second is for what is under way.
        self._core.access.life = timedelta(seconds=seconds) + TOKEN_REFRESH_THRESHOLD_TIMEDELTA
        self._core.access.ahead = TOKEN_REFRESH_THRESHOLD_TIMEDELTA - timedelta(seconds=1)

    def permit(self, full_name: str, login: str, level: str) -> None:
        """Gives somebody a role in a repository; ``none`` takes it away."""
        if level not in LEVELS:
            raise ValueError(f"There is no permission {level}, but {', '.join(LEVELS)}.")
        with self._core.lock:
            repository, user = self._known(full_name), self._core.state.user(login)
            repository.permissions.pop(login.lower(), None)
            if level == "none":
                return
            repository.permissions[login.lower()] = level
            if user.association == "NONE":
                # Guess: one association for all repositories will do.
                user.association = "COLLABORATOR"

    def rename(self, full_name: str, new_name: str) -> None:
        """A person renames a repository, or gives it to another owner; whoever had access keeps it."""
        with self._core.lock:
            state, access, repository = self._core.state, self._core.access, self._known(full_name)
            owner, _, repository.name = new_name.partition("/")
            repository.owner = state.user(owner)
            state.repositories[new_name.lower()] = state.repositories.pop(full_name.lower())
            state.former[full_name.lower()] = repository
            apps = (grants for app in access.apps.values() for grants in app.installations.values())
            for grants in (*(token.grants for token in access.tokens.values()), *apps):
                if full_name.lower() in grants:
                    grants[new_name.lower()] = grants.pop(full_name.lower())

    def protect(self, full_name: str, *branches: str) -> None:
        """From now on these branches take no push."""
        with self._core.lock:
            repository = self._known(full_name)
            repository.protected |= set(branches)
            repository.git.protect(repository.protected)

    def rule(self, full_name: str, *branches: str) -> None:
        """From now on a ruleset allows no push to these branches."""
        with self._core.lock:
            self._known(full_name).git.protect(branches, by="ruled")

    def pull(self, full_name: str, number: int) -> Pull:
        """A pull request, as of now."""
        with self._core.lock:
            repository = self._known(full_name)
            life.look(self._core.state, repository)
            found = repository.issues.get(number)
            if not isinstance(found, Pull):
                raise ValueError(f"{full_name} has no pull request {number}.")
            return found

    def open_pull(self, full_name: str, login: str, title: str, head: str) -> Pull:
        """A person opens a pull request for a branch, into the default branch."""
        with self._core.lock:
            repository = self._known(full_name)
            wanted = life.Wanted(title, None, repository.default_branch, head, repository)
            return life.open_pull(self._core.state, repository, self._core.state.user(login), wanted)

    def merge(self, full_name: str, number: int, *, squash: bool = False, login: str = "") -> str:
        """A person merges a pull request, and gets the commit's name; without a ``login`` it is the owner."""
        with self._core.lock:
            pull, repository = self.pull(full_name, number), self._known(full_name)
            try:
                return life.merge(self._core.state, repository, pull, self._person(repository, login), squash=squash)
            except Refusal as refusal:
                raise ValueError(f"{full_name}#{number}: {refusal.body['message']}") from None

    def close(self, full_name: str, number: int, *, login: str = "") -> None:
        """A person closes a pull request."""
        with self._core.lock:
            pull = self.pull(full_name, number)
            if pull.state != "open":
                raise ValueError(f"{full_name}#{number} is not open.")
            life.close(self._core.state, pull, self._person(self._known(full_name), login))

    def reopen(self, full_name: str, number: int) -> None:
        """A person opens a closed pull request again."""
        with self._core.lock:
            pull = self.pull(full_name, number)
            if pull.state == "open":
                raise ValueError(f"{full_name}#{number} is open.")
            try:
                life.reopen(self._core.state, self._known(full_name), pull)
            except Refusal as refusal:
                raise ValueError(f"{full_name}#{number}: {refusal.body['errors'][0]['message']}") from None
            # Commits that came in between belong to it now.
            life.look(self._core.state, self._known(full_name))

    def lock(self, full_name: str, number: int) -> None:
        """A person locks the conversation of an issue or a pull request."""
        with self._core.lock:
            self._known(full_name).issues[number].locked = True

    def comment(self, full_name: str, number: int, login: str, body: str) -> Comment:
        """A person says something in the conversation of a pull request."""
        with self._core.lock:
            repository, pull = self._known(full_name), self.pull(full_name, number)
            try:
                return talk.say(self._core.state, repository, pull, self._core.state.user(login), body)
            except Refusal as refusal:
                raise ValueError(f"{full_name}#{number}: {refusal.body['errors']}") from None

    def review_comment(
        self,
        full_name: str,
        number: int,
        login: str,
        body: str,
        path: str,
        line: int,
        start_line: int | None = None,
    ) -> ReviewComment:
        """A person says something about lines of the diff, as numbered in the new file."""
        with self._core.lock:
            repository, pull = self._known(full_name), self.pull(full_name, number)
            spot = talk.Spot(pull.head_sha, path, line, start_line)
            try:
                return talk.say_at(self._core.state, repository, pull, self._core.state.user(login), body, spot)
            except Refusal as refusal:
                raise ValueError(f"{full_name}#{number}: {refusal.body['errors']}") from None

    def event(self, full_name: str, comment: Comment, action: str = "created") -> dict[str, Any]:
        """The webhook of a comment: of issue_comment, or of pull_request_review_comment."""
        with self._core.lock:
            return events.of_comment(self._core.forms, self._known(full_name), comment, action)

    def push_event(self, full_name: str, ref: str, before: str, after: str, login: str) -> dict[str, Any]:
        """The webhook of a push."""
        with self._core.lock:
            user = self._core.state.user(login)
            return events.of_push(self._core.forms, self._known(full_name), ref, before, after, user)

    def _known(self, full_name: str) -> Repository:
        found = self._core.state.find(full_name)
        if found is None:
            raise ValueError(f"There is no repository {full_name} yet.")
        return found

    def _person(self, repository: Repository, login: str) -> User:
        return self._core.state.user(login) if login else repository.owner
