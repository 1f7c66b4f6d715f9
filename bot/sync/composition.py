"""The only place that builds repositories, forges, engines and clients from settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.clock import Clock, SystemClock
from bot.contracts import BRANCH, CONFIG, EngineName
from bot.engines import Engine
from bot.engines.registry import Context, Tell, build
from bot.errors import AmtsError
from bot.forges import Comments, Forge, Issues
from bot.forges.github.credentials import Credentials
from bot.forges.local import LocalForge
from bot.repositories.repository import Repository
from bot.settings import ADDRESS, Settings, Translation, read
from bot.sync.corpus import Book, Edition

if TYPE_CHECKING:
    from bot.forges.github.access import Access


@dataclass(frozen=True)
class Composition:
    """Everything a command needs; ``tell`` shows people what an engine is doing."""

    settings: Settings
    credentials: Credentials
    tell: Tell
    clock: Clock = field(default_factory=SystemClock)
    _lock: Lock = field(default_factory=Lock, compare=False)

    @cached_property
    def _access(self) -> Access:
        # Importing PyGithub takes longer than a whole sync of local repositories.
        from bot.forges.github.access import Access

        return Access(self.credentials)

    @property
    def access(self) -> Access:
        """Access to GitHub, shared by all languages so that an App logs in only once for each repository."""
        with self._lock:
            return self._access

    def english(self, *, fetch: bool = True) -> Book:
        """The English book, up to date with its host unless ``fetch`` is off.

        Languages that are synced at the same time need one book each; only the first needs to fetch.
        """
        source = self.settings.source
        repository = self._repository(source.repository, fetch)
        commit = repository.resolve(source.branch or "HEAD")
        if commit is None:
            raise AmtsError(
                f"the English repository has no {source.branch or 'HEAD'}",
                why=f"{repository.path} knows no such branch",
                fix="correct source.branch",
            )
        return Book(repository, commit, source)

    def language(self, name: str, engine: EngineName) -> Edition:
        """A translation and how it is kept."""
        chosen = self.settings.translation(name)
        hosted = ADDRESS.fullmatch(chosen.repository)
        repository = self._repository(chosen.repository)
        if hosted:
            chosen = self._with_own_settings(chosen, repository)
        return Edition(
            name,
            repository,
            self._forge(chosen, repository),
            chosen.baseline,
            chosen.small_edits or self.settings.small_edits,
            self.access.repository(hosted[1]).check_writable if hosted else partial(repository.check_writable, BRANCH),
            chosen.style,
            chosen.terminology,
            self.settings.amazon.price_of(engine),
        )

    def translators(self, name: str) -> tuple[str, ...]:
        """Who may give commands for a language, besides those who may write."""
        chosen = self.settings.translation(name)
        return tuple(self._with_own_settings(chosen, self._repository(chosen.repository)).translators)

    def comments(self, name: str, number: int) -> Comments:
        """The comments of a pull request in a repository ``owner/name`` on GitHub."""
        from bot.forges.github.comments import HostedComments

        hosted = self.access.repository(name)
        return HostedComments(hosted.hub, number, hosted.login)

    def issues(self, name: str) -> Issues | None:
        """The issues of the repository of a language; None if it is not on GitHub."""
        found = ADDRESS.fullmatch(self.settings.translation(name).repository)
        if found is None:
            return None
        from bot.forges.github.issues import HostedIssues

        hosted = self.access.repository(found[1])
        return HostedIssues(hosted.hub, hosted.login)

    def _forge(self, chosen: Translation, repository: Repository) -> Forge:
        found = ADDRESS.fullmatch(chosen.repository)
        if found is None:
            return LocalForge(repository, chosen.language, chosen.branch, self.settings.resolved(self.settings.pages))
        from bot.forges.github.pull_requests import HostedForge

        hosted = self.access.repository(found[1])
        labels, reviewers = tuple(chosen.labels), tuple(chosen.reviewers)
        return HostedForge(repository, hosted.remote, hosted.hub, chosen.language, chosen.branch, labels, reviewers)

    def _with_own_settings(self, chosen: Translation, repository: Repository) -> Translation:
        """Adds preferences from the settings file in the translation's repository. Raises AmtsError if it is broken."""
        commit = repository.resolve(chosen.branch or "HEAD")
        blob = repository.files(commit).get(CONFIG) if commit else None
        if blob is None:
            return chosen
        place = Path(chosen.repository, CONFIG)
        own = read(repository.read(blob).decode("utf-8", "replace"), place)
        same = [t for t in own.translations if t.language == chosen.language]
        return chosen.preferring(same[0]) if same else chosen

    def _repository(self, address: str, fetch: bool = True) -> Repository:
        """A repository on this machine, or an updated clone of one on GitHub."""
        hosted = ADDRESS.fullmatch(address)
        place = self.settings.place(address)
        if hosted is None:
            return Repository.open(place)
        remote = self.access.repository(hosted[1]).remote
        if not place.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True)
            return remote.clone(place)
        repository = remote.open(place)
        if fetch:
            remote.fetch(repository)
        return repository

    def context(self) -> Context:
        """The values that engines are built from."""
        folder = self.settings.resolved(self.settings.clones)
        return Context(lambda: self.settings, folder, self.tell, self.clock)

    def engine(self, name: EngineName, *, patient: bool = True, for_evaluation: bool = False) -> Engine:
        """The engine with this name. Raises AmtsError if it needs settings that are missing."""
        return build(name, replace(self.context(), patient=patient, for_evaluation=for_evaluation))
