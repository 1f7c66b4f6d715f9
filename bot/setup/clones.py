"""Opens repositories before there are settings: folders on this machine, and clones of those on GitHub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AmtsError
from bot.forges.branches import published
from bot.repositories import clone_facts
from bot.repositories.repository import Repository
from bot.settings.source import Source
from bot.settings.values import Settings, Translation
from bot.setup import addresses
from bot.sync.composition import Composition


@dataclass(frozen=True)
class Clones:
    """Repositories by their addresses in a settings file in ``folder``; ``compose`` joins settings and environment."""

    folder: Path
    compose: Callable[[Settings], Composition]

    def opened(self, address: str) -> tuple[Repository, str]:
        """A repository and the commit of its default branch. Raises AmtsError if it is not there, or empty."""
        one = Translation(language="und", repository=address, layout="{lang}/{path}", baseline="lock")
        settings = Settings(source=Source(repository=address), translations=[one], folder=self.folder)
        try:
            book = self.compose(settings).english()
        except AmtsError as error:
            if "HEAD" not in error.what:
                raise
            raise AmtsError(f"{address} is empty", why="it has no commit yet", fix="commit the documents") from error
        return book.repository, book.commit

    def hosted(self, address: str) -> str:
        """Where a repository is on GitHub. Raises AmtsError if its clone does not tell."""
        if address.startswith("github:"):
            return address
        origin = clone_facts.origin(self.opened(address)[0])
        if found := addresses.hosted(origin):
            return found
        raise AmtsError(
            f"{address} is not known to be on GitHub",
            why="a workflow fetches repositories from there, and the remote `origin` of this one is "
            + (origin or "not set"),
            fix="give the repository as github:owner/name, or leave --workflow out",
        )

    def here(self) -> str:
        """Where the repository at ``folder`` itself is on GitHub; empty if there is none."""
        return self.hosted(".") if (self.folder / ".git").exists() else ""

    def branch(self) -> str:
        """The branch that people publish in ``folder``."""
        return published(self.opened(".")[0])
