"""One request on its way to its handler, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .access import Access, App, Token, forbidden
from .errors import Refusal, not_found
from .pull_forms import PullForms
from .state import Issue, Pull, Repository, State, User


@dataclass
class Answer:
    """``body`` is what becomes JSON; ``None`` is no body."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    """A request: ``params`` are the parts of its path, ``body`` what its JSON says."""

    operation: str
    state: State
    access: Access
    forms: PullForms
    url: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    authorization: str
    token: Token | None
    short_page: bool = False
    found: Repository | None = None

    @property
    def repository(self) -> Repository:
        assert self.found is not None
        return self.found

    @property
    def user(self) -> User:
        """Who asks. Raises Refusal for nobody."""
        if self.token is None:
            raise Refusal(401, "Requires authentication")
        return self.token.user

    @property
    def app(self) -> App:
        """The app that asks, where apps speak for themselves. Raises Refusal."""
        return self.access.app(self.authorization)

    def may(self, role: str, author: User | None = None) -> None:
        """Raises Refusal for anybody without a role who is not the author either."""
        if self.token is None or not (self.token.may(self.repository, role) or author is self.token.user):
            raise forbidden(self.token)

    def issue(self, name: str = "issue_number") -> Issue:
        """The issue or pull request of the path. Raises Refusal."""
        number = self.params[name]
        issue = self.repository.issues.get(int(number)) if number.isdigit() else None
        if issue is None:
            raise not_found()
        return issue

    def pull(self) -> Pull:
        """The pull request of the path. Raises Refusal."""
        pull = self.issue("pull_number")
        if not isinstance(pull, Pull):
            raise not_found()
        return pull

    def number(self, name: str) -> int:
        """A number of the path. Raises Refusal."""
        if not self.params[name].isdigit():
            raise not_found()
        return int(self.params[name])

    def page(self, items: Sequence[Any], shown: Callable[[Any], Any]) -> Answer:
        """A page of a list, with links to the others. Only what is on the page is ``shown``."""
        size = 1 if self.short_page else min(max(_number(self.query.get("per_page"), 30), 1), 100)
        first = (max(_number(self.query.get("page"), 1), 1) - 1) * min(
            max(_number(self.query.get("per_page"), 30), 1), 100
        )
        # A page that was cut short goes on item by item, so that the numbers of pages stay right.
        here, last = first // size + 1, max(-(-len(items) // size), 1)
        links = {"prev": here - 1, "next": here + 1, "last": last, "first": 1}
        if here == 1:
            del links["prev"], links["first"]
        if here >= last:
            del links["next"], links["last"]
        told = ", ".join(f'<{self._page_url(size, number)}>; rel="{name}"' for name, number in links.items())
        body = [shown(item) for item in items[first : first + size]]
        return Answer(200, body, {"Link": told} if told else {})

    def _page_url(self, size: int, number: int) -> str:
        wanted = {name: value for name, value in self.query.items() if name not in ("page", "per_page")}
        if self.short_page or "per_page" in self.query:
            wanted["per_page"] = str(size)
        return f"{self.url}?{urlencode(wanted | {'page': str(number)})}"


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


Handler = Callable[[Asked], Answer]
HANDLERS: dict[str, Handler] = {}
"""What answers each operation."""


def handles(operation: str) -> Callable[[Handler], Handler]:
    """Makes a function answer an operation."""

    def kept(handler: Handler) -> Handler:
        HANDLERS[operation] = handler
        return handler

    return kept
