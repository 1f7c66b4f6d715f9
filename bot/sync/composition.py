"""The one place that builds repositories, forges, engines and clients, from settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.contracts import BRANCH, CONFIG
from bot.effort.figures import MergedDrafts
from bot.effort.merged_requests import merged_drafts
from bot.engines import Engine
from bot.engines.amazon.batch import Amazon, Place, Tell
from bot.engines.amazon.connection import Connection, connect
from bot.engines.amazon.realtime import AmazonRealtime
from bot.engines.memory_only import MemoryOnly
from bot.engines.smt.engine import Smt
from bot.errors import AmtsError
from bot.forges import Forge
from bot.forges.github.access import Access
from bot.forges.github.comments import HostedComments
from bot.forges.github.pull_requests import HostedForge
from bot.forges.local import LocalForge
from bot.repositories import history
from bot.repositories.repository import Repository
from bot.settings import ADDRESS, EngineName, Settings, Translation, read
from bot.sync.corpus import Book, Language

MODELS = 4
"""Models of the engine smt that evaluations keep for a pair of languages: the same command again need not learn."""


@dataclass(frozen=True)
class Composition:
    """What a command works with; ``access`` lets us in on GitHub, ``tell`` says to people what an engine is at."""

    settings: Settings
    access: Access
    tell: Tell
    clock: Clock | None = None

    def english(self, *, fetch: bool = True) -> Book:
        """The English book, as it is on its host unless ``fetch`` is off.

        Languages that are synced at the same time need one each, of which the first has fetched.
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
        return Book(repository, commit, source.covers)

    def language(self, name: str, engine: EngineName) -> Language:
        """A translation and how it is kept."""
        chosen = self.settings.translation(name)
        hosted = ADDRESS.fullmatch(chosen.repository)
        repository = self._repository(chosen.repository)
        if hosted:
            chosen = self._with_own_settings(chosen, repository)
        return Language(
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

    def merged_drafts(self, name: str, english: Book) -> Iterator[MergedDrafts]:
        """The drafts of a language's merged pull requests. Raises AmtsError where none is merged."""
        language = self.language(name, "memory_only")
        if hosted := ADDRESS.fullmatch(self.settings.translation(name).repository):
            self.access.repository(hosted[1]).remote.fetch_requests(language.repository)
        published = language.forge.published() if isinstance(language.forge, LocalForge) else frozenset()
        heads = history.heads(language.repository, f"refs/heads/{BRANCH}", "refs/pull")
        return merged_drafts(english, language, heads, published)

    def translators(self, name: str) -> tuple[str, ...]:
        """Who may command for a language, beside those who may write."""
        chosen = self.settings.translation(name)
        return tuple(self._with_own_settings(chosen, self._repository(chosen.repository)).translators)

    def comments(self, name: str, number: int) -> HostedComments:
        """The comments of a pull request in a repository ``owner/name`` on GitHub."""
        hosted = self.access.repository(name)
        return HostedComments(hosted.hub, number, hosted.login)

    def _forge(self, chosen: Translation, repository: Repository) -> Forge:
        found = ADDRESS.fullmatch(chosen.repository)
        if found is None:
            return LocalForge(repository, chosen.language, chosen.branch, self.settings.resolved(self.settings.pages))
        hosted = self.access.repository(found[1])
        labels, reviewers = tuple(chosen.labels), tuple(chosen.reviewers)
        return HostedForge(repository, hosted.remote, hosted.hub, chosen.language, chosen.branch, labels, reviewers)

    def _with_own_settings(self, chosen: Translation, repository: Repository) -> Translation:
        """What the settings file in the translation's own repository prefers. Raises AmtsError for a broken one."""
        commit = repository.resolve(chosen.branch or "HEAD")
        blob = repository.files(commit).get(CONFIG) if commit else None
        if blob is None:
            return chosen
        place = Path(chosen.repository, CONFIG)
        own = read(repository.read(blob).decode("utf-8", "replace"), place)
        same = [t for t in own.translations if t.language == chosen.language]
        return chosen.preferring(same[0]) if same else chosen

    def _repository(self, address: str, fetch: bool = True) -> Repository:
        """A repository on this machine, or a clone of one on GitHub that is brought up to date."""
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

    def connection(self) -> Connection:
        """Clients of Amazon's services."""
        return connect(self.settings.amazon.region)

    def engine(self, name: EngineName, *, patient: bool = True) -> Engine:
        """An engine by its name. Raises AmtsError for settings it lacks."""
        if name == "memory_only":
            return MemoryOnly()
        if name == "smt":
            return Smt(self.settings.resolved(self.settings.clones) / "smt", self.tell)
        told = self.settings.amazon
        if name == "amazon-realtime":
            return AmazonRealtime(self.connection(), self.tell, told.name, told.formality or "", told.budget(name))
        return replace(self.amazon(), patience=float(told.timeout) if patient else 0.0)

    def evaluation_engine(self, name: EngineName) -> Engine:
        """An engine for evaluations: what it learns there must not replace what syncs have learned."""
        made = self.engine(name)
        if isinstance(made, Smt):
            return replace(made, folder=made.folder / "evaluation", kept=MODELS)
        if isinstance(made, Amazon):
            return replace(made, place=replace(made.place, name=f"{made.place.name}-evaluation"))
        if isinstance(made, AmazonRealtime):
            return replace(made, resource=f"{made.resource}-evaluation")
        return made

    def amazon(self) -> Amazon:
        """The engine ``amazon``. Raises AmtsError where the bucket or the role is not told."""
        told = self.settings.amazon
        if told.bucket is None or told.role is None:
            missing = "bucket" if told.bucket is None else "role"
            raise AmtsError(
                f"amazon.{missing} is missing",
                why="batch jobs read and write a bucket, through a role of its own",
                fix="set it in amts.yml; docs/aws.md shows how to make both",
            )
        return Amazon(
            self.connection(),
            Place(told.bucket, told.prefix, told.role, told.name),
            self.clock or SystemClock(),
            self.tell,
            float(told.timeout),
            told.parallel_data,
            told.formality or "",
            told.budget("amazon"),
        )
