"""The only place that builds repositories, forges, engines and clients from settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.baselines.records import Records, lock_name
from bot.clock import Clock, SystemClock
from bot.contracts import BRANCH, CONFIG, Engines
from bot.engines import Engine
from bot.engines.registry import Context, Tell, build
from bot.errors import AmtsError
from bot.forges import Comments, Forge, Issues
from bot.forges.branches import is_own, published
from bot.forges.github.credentials import Credentials
from bot.forges.local import LocalForge
from bot.progress import Progress, Step, silent
from bot.repositories.repository import Repository
from bot.settings.fields import ADDRESS
from bot.settings.file import read
from bot.settings.values import Settings, Translation
from bot.sync.corpus import Book, Edition

if TYPE_CHECKING:
    from bot.forges.github.access import Access


@dataclass(frozen=True)
class Composition:
    """Everything a command needs; ``tell`` shows people what an engine is doing, ``progress`` how far everything is."""

    settings: Settings
    credentials: Credentials
    tell: Tell
    clock: Clock = field(default_factory=SystemClock)
    progress: Progress = silent
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

    def english(self, *, fetch: bool = True, tags: bool = False) -> Book:
        """The English book, up to date with its host unless ``fetch`` is off; its tags too if ``tags`` are needed.

        Languages that are synced at the same time need one book each; only the first needs to fetch.
        """
        source = self.settings.source
        repository = self._repository(source.repository, fetch, partial(self.progress, "English"))
        if tags and (hosted := ADDRESS.fullmatch(source.repository)):
            self.access.repository(hosted[1]).remote.fetch_tags(repository)
        self.progress("English", "")
        commit = repository.resolve(source.branch or self._published(repository))
        if commit is None:
            raise AmtsError(
                f"the English repository has no {source.branch or 'HEAD'}",
                why=f"{repository.path} knows no such branch",
                fix="correct source.branch",
            )
        return Book(repository, commit, source, self.settings.beside_english)

    def _published(self, english: Repository) -> str:
        """What people publish of English where the settings name no branch.

        Where translations are in the same repository, one of their pull requests may be checked out.
        """
        same = [t for t in self.settings.translations if self.settings.place(t.repository) == english.path]
        if not same or english.bare or not is_own(english.checked_out()):
            return "HEAD"
        return published(english, self._local(same[0], english).remembered)

    def language(self, name: str, engine: Engines) -> Edition:
        """A translation and how it is kept."""
        chosen = self.settings.translation(name)
        hosted = ADDRESS.fullmatch(chosen.repository)
        repository = self._repository(chosen.repository, step=partial(self.progress, name))
        own = self.branch(chosen)
        if hosted:
            chosen = self._with_own_settings(chosen, repository)
        return Edition(
            name,
            repository,
            self._forge(chosen, repository),
            self._records(chosen),
            chosen.small_edits or self.settings.small_edits,
            self.access.repository(hosted[1]).check_writable if hosted else partial(repository.check_writable, own),
            chosen.style,
            chosen.terminology,
            self.settings.price_of(engine),
            chosen.new_documents or self.settings.new_documents,
            self.settings.review_size if chosen.review_size is None else chosen.review_size,
            self.settings.repair if chosen.repair is None else chosen.repair,
            chosen.instructions or "",
            self.settings.translate_code_comments
            if chosen.translate_code_comments is None
            else chosen.translate_code_comments,
            self.page_language(chosen),
            chosen.unfinished or self.settings.unfinished,
            chosen.review_comments or self.settings.review_comments,
        )

    def branch(self, chosen: Translation) -> str:
        """The bot's branch for a translation: of its own where several are in one repository."""
        return f"{BRANCH}-{chosen.language}" if self.settings.is_shared(chosen) else BRANCH

    def _records(self, chosen: Translation) -> Records:
        lock = lock_name(chosen.language, self.settings.is_shared(chosen))
        return Records(chosen.baseline, self.settings.layout(chosen), lock, chosen.baseline_key)

    def language_of(self, name: str, number: int) -> str:
        """The language of pull request ``number`` in the repository ``owner/name`` on GitHub.

        Raises AmtsError if no translation is kept there, or if several are and the request is of none of them.
        """
        kept = [t for t in self.settings.translations if t.repository.casefold() == f"github:{name}".casefold()]
        kept = kept or [t for t in self.settings.translations if self._now(t.repository) == name.casefold()]
        if not kept:
            raise AmtsError(
                f"no translation is kept in {name}",
                why="the settings file names other repositories",
                fix=f"add it there as `repository: github:{name}`",
            )
        if len(kept) == 1 and not self.settings.is_shared(kept[0]):
            return kept[0].language
        head = self.access.repository(name).head_of(number)
        for translation in kept:
            if self.branch(translation) == head:
                return translation.language
        raise AmtsError(
            f"pull request {number} of {name} is not one of the bot",
            why=f"its branch is {head}; those of the bot are {', '.join(map(self.branch, kept))}",
            fix="comment on a pull request of the bot",
        )

    def _now(self, address: str) -> str:
        """What GitHub calls a repository today, which follows those that were renamed; empty for one that is gone."""
        hosted = ADDRESS.fullmatch(address)
        try:
            return self.access.repository(hosted[1]).hub.full_name.casefold() if hosted else ""
        except AmtsError:
            return ""

    def translation(self, name: str) -> Translation:
        """The settings of a language, with those in its own repository, which is fetched."""
        chosen = self.settings.translation(name)
        return self._with_own_settings(chosen, self._repository(chosen.repository))

    def page_language(self, chosen: Translation) -> str:
        """The language of the pull requests of a translation, and of answers to comments on them."""
        return chosen.page_language or self.settings.page_language or chosen.language

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
        found, own = ADDRESS.fullmatch(chosen.repository), self.branch(chosen)
        if found is None:
            return self._local(chosen, repository)
        from bot.forges.github.pull_requests import HostedForge

        hosted = self.access.repository(found[1])
        labels, reviewers = tuple(chosen.labels), tuple(chosen.reviewers)
        return HostedForge(
            repository, hosted.remote, hosted.hub, chosen.language, chosen.branch, labels, reviewers, own
        )

    def _local(self, chosen: Translation, repository: Repository) -> LocalForge:
        pages = self.settings.resolved(self.settings.pages)
        place = self.settings.place
        same = [t.language for t in self.settings.translations if place(t.repository) == place(chosen.repository)]
        own = self.branch(chosen)
        return LocalForge(repository, chosen.language, chosen.branch, pages, own, languages=tuple(same))

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

    def _repository(self, address: str, fetch: bool = True, step: Step = silent) -> Repository:
        """A repository on this machine, or an updated clone of one on GitHub."""
        hosted = ADDRESS.fullmatch(address)
        place = self.settings.place(address)
        if hosted is None:
            return Repository.open(place)
        remote = self.access.repository(hosted[1]).remote
        if not place.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True)
            step("cloning")
            return remote.clone(place)
        repository = remote.open(place)
        if fetch:
            step("fetching")
            remote.fetch(repository)
        return repository

    def context(self) -> Context:
        """The values that engines are built from."""
        folder = self.settings.resolved(self.settings.clones)
        return Context(lambda: self.settings, folder, self.tell, self.clock, progress=self.progress)

    def engine(self, name: Engines, *, patient: bool = True, for_evaluation: bool = False) -> Engine:
        """The engine with this name, or several in a row. Raises AmtsError if one needs settings that are missing."""
        context = replace(self.context(), patient=patient, for_evaluation=for_evaluation)
        if isinstance(name, str):
            return build(name, context)
        if len(name) == 1:
            return build(name[0], context)
        from bot.engines.in_a_row import InARow

        paid = frozenset(one for one in name if self.settings.price_of(one))
        return InARow([build(one, context) for one in name], self.tell, paid)
