"""Who asks, and what a token may do."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from .errors import Refusal, not_found
from .state import LEVELS, Repository, User

Scopes = Mapping[str, str]
KINDS = ("user", "app", "actions")

_TALK = "issues pull_requests"
NEEDS: dict[str, tuple[str, str, str]] = {
    "git/delete-ref": ("contents", "write", "write"),
    "git/get-ref": ("contents", "read", "read"),
    "issues/add-labels": (_TALK, "write", "triage"),
    "issues/create": ("issues", "write", "read"),
    "issues/create-comment": (_TALK, "write", "read"),
    "issues/create-label": (_TALK, "write", "write"),
    "issues/delete-comment": (_TALK, "write", "read"),
    "issues/get": (_TALK, "read", "read"),
    "issues/get-comment": (_TALK, "read", "read"),
    "issues/get-label": (_TALK, "read", "read"),
    "issues/list-comments": (_TALK, "read", "read"),
    "issues/list-for-repo": ("issues", "read", "read"),
    "issues/list-labels-for-repo": (_TALK, "read", "read"),
    "issues/list-labels-on-issue": (_TALK, "read", "read"),
    "issues/remove-label": (_TALK, "write", "triage"),
    "issues/update": (_TALK, "write", "read"),
    "issues/update-comment": (_TALK, "write", "read"),
    "pulls/create": ("pull_requests", "write", "read"),
    "pulls/create-reply-for-review-comment": ("pull_requests", "write", "read"),
    "pulls/create-review": ("pull_requests", "write", "read"),
    "pulls/create-review-comment": ("pull_requests", "write", "read"),
    "pulls/get": ("pull_requests", "read", "read"),
    "pulls/get-review-comment": ("pull_requests", "read", "read"),
    "pulls/list": ("pull_requests", "read", "read"),
    "pulls/list-commits": ("pull_requests", "read", "read"),
    "pulls/list-files": ("pull_requests", "read", "read"),
    "pulls/list-review-comments": ("pull_requests", "read", "read"),
    "pulls/list-reviews": ("pull_requests", "read", "read"),
    "pulls/merge": ("contents", "write", "write"),
    "pulls/request-reviewers": ("pull_requests", "write", "triage"),
    "pulls/update": ("pull_requests", "write", "read"),
    "pulls/update-review-comment": ("pull_requests", "write", "read"),
    "reactions/create-for-issue-comment": (_TALK, "write", "read"),
    "reactions/create-for-pull-request-review-comment": ("pull_requests", "write", "read"),
    "reactions/delete-for-issue-comment": (_TALK, "write", "read"),
    "reactions/delete-for-pull-request-comment": ("pull_requests", "write", "read"),
    "reactions/list-for-issue-comment": (_TALK, "read", "read"),
    "reactions/list-for-pull-request-review-comment": ("pull_requests", "read", "read"),
    "repos/create-commit-status": ("statuses", "write", "write"),
    "repos/get": ("metadata", "read", "read"),
    "repos/get-branch": ("contents", "read", "read"),
    "repos/get-collaborator-permission-level": ("metadata", "read", "read"),
    "repos/get-combined-status-for-ref": ("statuses", "read", "read"),
    "repos/get-commit": ("contents", "read", "read"),
    "repos/get-content": ("contents", "read", "read"),
    "repos/list-branches": ("contents", "read", "read"),
    "git/upload-pack": ("contents", "read", "read"),
    "git/receive-pack": ("contents", "write", "write"),
}
"""What a request needs: one of these permissions of the token, at this level, and this role in the repository."""


def usual_scopes(level: str, kind: str) -> Scopes:
    """The permissions of a token whose holder has a role; people may talk wherever they may read."""
    writes = LEVELS.index(level) >= LEVELS.index("write")
    talks = writes or level == "triage" or (kind == "user" and level == "read")
    own, talk = ("write" if may else "read" for may in (writes, talks))
    return {"metadata": "read", "contents": own, "issues": talk, "pull_requests": talk, "statuses": own}


@dataclass(eq=False)
class Token:
    """``grants``: a level for each repository. ``scopes`` instead of those that go with the level."""

    value: str
    user: User
    kind: str
    grants: dict[str, str]
    scopes: Scopes | None = None
    expires: datetime | None = None
    """When it is said to end."""
    ahead: timedelta = timedelta()
    """How much earlier it does."""
    revoked: bool = False
    oauth: str | None = None
    """The scopes of a classic token, which every answer lists; they are not enforced."""

    @property
    def dead(self) -> bool:
        return self.revoked or (self.expires is not None and self.expires <= datetime.now(UTC) + self.ahead)

    def level(self, repository: Repository) -> str:
        """What may be done in a repository; a public one may be read by anybody."""
        granted = self.grants.get(repository.full_name.lower(), "none" if repository.private else "read")
        if self.kind != "user":
            return granted
        return min(granted, repository.permission(self.user.login), key=LEVELS.index)

    def may(self, repository: Repository, role: str) -> bool:
        return LEVELS.index(self.level(repository)) >= LEVELS.index(role)

    def scope(self, repository: Repository, name: str) -> str:
        """The level of one permission: ``read``, ``write`` or nothing."""
        if repository.full_name.lower() not in self.grants:
            return "" if repository.private else "read"
        if name == "metadata":
            # Every token may read what a repository is called, whatever else it may.
            return "read"
        return (self.scopes or usual_scopes(self.level(repository), self.kind)).get(name, "")


@dataclass(eq=False)
class App:
    """A GitHub App, whose private ``key`` is PEM; ``installations`` has for each id the level in each repository."""

    id: int
    slug: str
    key: str
    owner: User
    user: User
    installations: dict[int, dict[str, str]] = field(default_factory=dict)
    scopes: Scopes | None = None

    @property
    def public_key(self) -> RSAPublicKey:
        """What its signatures are held against."""
        found = load_pem_private_key(self.key.encode(), None, unsafe_skip_rsa_key_validation=True).public_key()
        assert isinstance(found, RSAPublicKey)
        return found


class Access:
    """The tokens and apps that are known."""

    def __init__(self) -> None:
        self.tokens: dict[str, Token] = {}
        self.apps: dict[int, App] = {}
        self.life, self.ahead = timedelta(hours=1), timedelta()

    def issue(
        self, user: User, kind: str, grants: Mapping[str, str], scopes: Scopes | None, oauth: str | None = None
    ) -> Token:
        """A new token, which looks like one of its kind."""
        if wrong := [level for level in grants.values() if level not in LEVELS]:
            raise ValueError(f"There is no permission {wrong[0]}, but {', '.join(LEVELS)}.")
        prefix = {"user": "github_pat_", "app": "ghs_", "actions": "ghs_"}[kind]
        prefix = prefix if oauth is None else "ghp_"
        own = {name.lower(): level for name, level in grants.items()}
        token = Token(prefix + secrets.token_hex(18), user, kind, own, scopes, oauth=oauth)
        if kind != "user":
            token.expires, token.ahead = datetime.now(UTC) + self.life, self.ahead
        self.tokens[token.value] = token
        return token

    def identify(self, header: str) -> Token | None:
        """Whose token a header has, if there is a header. Raises Refusal for one that is not good."""
        scheme, _, value = header.partition(" ")
        if scheme.lower() == "basic":
            try:
                name, _, value = base64.b64decode(value, validate=True).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                raise Refusal(401, "Bad credentials") from None
            # A token may also stand where the name would.
            value = value if value and value != "x-oauth-basic" else name
        elif not header:
            return None
        token = self.tokens.get(value.strip())
        if token is None or token.dead:
            raise Refusal(401, "Bad credentials")
        return token

    def app(self, header: str) -> App:
        """The app that has signed a request with its key. Raises Refusal."""
        scheme, _, value = header.partition(" ")
        broken = Refusal(401, "A JSON web token could not be decoded")
        try:
            told: dict[str, Any] = jwt.decode(value, options={"verify_signature": False})
            app = self.apps.get(int(told["iss"]))
        except (jwt.InvalidTokenError, KeyError, ValueError):
            raise broken from None
        if scheme.lower() != "bearer":
            raise broken
        if app is None:
            raise Refusal(404, "Integration not found")
        try:
            needed: jwt.types.Options = {"require": ["exp", "iat"]}
            told = jwt.decode(value, app.public_key, algorithms=["RS256"], options=needed, leeway=5)
        except jwt.ExpiredSignatureError:
            words = "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the "
            raise Refusal(401, f"{words}assertion expires") from None
        except jwt.InvalidTokenError:
            raise broken from None
        if told["exp"] - datetime.now(UTC).timestamp() > 605:
            raise Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
        return app


def allow(operation: str, token: Token | None, repository: Repository | None, *, writes: bool) -> Repository:
    """The repository, when it may be used like that. Raises Refusal."""
    if repository is None:
        raise not_found()
    if token is None:
        if repository.private:
            raise not_found()
        if writes or operation == "repos/get-collaborator-permission-level":
            raise Refusal(401, "Requires authentication")
        return repository
    if not token.may(repository, "read"):
        raise not_found()
    names, level, role = NEEDS[operation]
    had = [token.scope(repository, name) for name in names.split()]
    enough = any(scope == "write" or (scope and scope == level) for scope in had)
    if operation == "repos/get-collaborator-permission-level" and token.kind == "user":
        # Guess: the words are GitHub's, where they come is not documented.
        if not token.may(repository, "write"):
            raise Refusal(403, "Must have push access to view collaborator permission.")
    elif not enough or not token.may(repository, role):
        raise forbidden(token)
    return repository


def forbidden(token: Token | None) -> Refusal:
    """The token may not do that."""
    holder = "personal access token" if token and token.kind == "user" else "integration"
    return Refusal(403, f"Resource not accessible by {holder}")
