"""The settings as frozen values; a value that is not allowed is refused when they are made."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.baselines.layout import WHOLE, Layout
from bot.contracts import (
    CLONES,
    DEFAULT_KEY,
    BaselineKind,
    Columns,
    EngineName,
    Engines,
    ForgeName,
    NewDocuments,
    ReviewComments,
    SmallEdits,
    UnfinishedStatus,
)
from bot.errors import AmtsError
from bot.languages import takes_endings
from bot.settings.engines import Amazon, Bedrock, DeepL, LibreTranslate, Neural, OpenAi
from bot.settings.fields import ADDRESS, Account, Branch, Inside, Key, Language, PathPattern, Pattern, Repository, Row
from bot.settings.source import Source
from bot.settings.strict import Strict
from bot.style.preferences import Style

PREFERENCES = (
    "small_edits",
    "new_documents",
    "review_size",
    "repair",
    "translate_code_comments",
    "unfinished",
    "review_comments",
    "style",
    "terminology",
    "instructions",
    "page_language",
    "translators",
    "labels",
    "reviewers",
)
"""What the settings file in a translation's own repository may set, overriding other settings."""


REVIEW_SIZE = 150
"""Sentences in one pull request, 0 for no limit (nine of ten merges of the Chinese Dive into Deep Learning had no more
than 153 new lines)."""


class TermList(Strict):
    """The list of terms in a translation repository, and what it is used for.

    ``engine``: whether engines must use the terms; None means only for languages whose nouns have no endings.
    """

    file: Pattern
    columns: Columns = "auto"
    engine: bool | None = None
    check: bool = True

    def for_engines(self, language: str) -> bool:
        """Whether engines get the terms, in this language."""
        return not takes_endings(language) if self.engine is None else self.engine


class Translation(Strict):
    """One language: where its documents are, how its baselines are recorded, what its translators prefer.

    ``layout`` is where they are in ``repository``, as in ``bot.baselines.layout``; ``baseline_key`` is the key in the
    front matter of each that names its English commit, for the baseline kind ``front-matter``.

    ``instructions`` is a file in ``repository`` with what its translators ask of language models. ``page_language`` is
    the language of pull requests and answers, instead of the translation's.
    ``translators`` (GitHub accounts) may give commands without write permission; ``labels`` and ``reviewers``
    are those of a new pull request.
    """

    language: Language
    repository: Repository
    branch: Branch | None = None
    layout: PathPattern = WHOLE
    baseline: BaselineKind
    baseline_key: Key = DEFAULT_KEY
    engine: Row | None = None
    small_edits: SmallEdits | None = None
    new_documents: NewDocuments | None = None
    review_size: Annotated[int, Field(ge=0)] | None = None
    repair: bool | None = None
    translate_code_comments: bool | None = None
    unfinished: UnfinishedStatus | None = None
    review_comments: ReviewComments | None = None
    style: Style = Style()
    terminology: TermList | None = None
    instructions: Pattern | None = None
    page_language: Language | None = None
    translators: list[Account] = Field(default=[])
    labels: list[Annotated[str, Field(min_length=1, max_length=50)]] = Field(default=[], max_length=100)
    reviewers: list[Account] = Field(default=[], max_length=100)

    def preferring(self, own: Translation) -> Translation:
        """These settings with the preferences from ``own``, the translation's own settings."""
        preferred = {key: getattr(own, key) for key in PREFERENCES if key in own.model_fields_set}
        return self.model_copy(update=preferred)


class Settings(Strict):
    """All settings; paths are relative to ``folder``, where ``amts.yml`` is."""

    source: Source
    translations: list[Translation] = Field(min_length=1)
    engine: Row = ("memory_only",)
    amazon: Amazon = Amazon()
    neural: Neural = Neural()
    openai: OpenAi = OpenAi()
    bedrock: Bedrock = Bedrock()
    deepl: DeepL = DeepL()
    libretranslate: LibreTranslate = LibreTranslate()
    small_edits: SmallEdits = "keep"
    new_documents: NewDocuments = "draft"
    review_size: Annotated[int, Field(ge=0)] = REVIEW_SIZE
    repair: bool = True
    translate_code_comments: bool = False
    page_language: Language | None = None
    unfinished: UnfinishedStatus = "allow"
    review_comments: ReviewComments = "none"
    forge: ForgeName | None = None
    clones: Inside = CLONES
    pages: Inside = "pull-requests"
    folder: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _no_twins(self) -> Settings:
        languages: set[str] = set()
        layouts = {(self.place(self.source.repository), Layout("", self.source.layout).filled("en"))}
        for translation in self.translations:
            name, folder = translation.language, self.place(translation.repository)
            if self.forge and (self.forge == "github") != translation.repository.startswith("github:"):
                other = "a local folder" if self.forge == "github" else "on GitHub"
                values = {"name": name, "forge": self.forge, "other": other}
                raise PydanticCustomError(
                    "forge", "the repository of {name} is {other}, but `forge: {forge}` is set", values
                )
            if name.casefold() in languages:
                raise PydanticCustomError("twins", "language {name} is listed twice", {"name": name})
            layout = folder, self.layout(translation).filled(name)
            if layout in layouts:
                why = "{name} has the same repository and layout as another language; set `layout`, such as {example}"
                raise PydanticCustomError("twins", why, {"name": name, "example": "i18n/{lang}/{path}"})
            languages.add(name.casefold())
            layouts.add(layout)
        return self

    def engine_of(self, language: str) -> tuple[EngineName, ...]:
        """The engines of one language, in a row. Raises AmtsError for a language that is not there."""
        return self.translation(language).engine or self.engine

    @property
    def engines(self) -> tuple[EngineName, ...]:
        """The engines that any language uses, each once."""
        return tuple(dict.fromkeys(name for t in self.translations for name in self.engine_of(t.language)))

    def has_price(self, engine: EngineName) -> bool:
        """Whether what an engine costs is known: of a language model, only where the settings say so."""
        return engine not in ("openai", "bedrock") or self.price_of(engine) > 0

    def price_of(self, engine: Engines) -> float:
        """USD per million characters of English: as configured, else what the engine's settings assume.

        For several engines in a row, that of the most expensive.
        """
        if isinstance(engine, tuple):
            return max(map(self.price_of, engine))
        if engine == "deepl":
            return self.deepl.price
        models = {"openai": self.openai, "bedrock": self.bedrock}
        return models[engine].price() if engine in models else self.amazon.price_of(engine)

    def translation(self, language: str) -> Translation:
        """The settings of one language. Raises AmtsError for one that is not there."""
        for translation in self.translations:
            if translation.language == language:
                return translation
        known = ", ".join(t.language for t in self.translations)
        raise AmtsError(f"no language {language}", why=f"amts.yml knows {known}", fix="name one of these")

    @property
    def only_language(self) -> str:
        """The language of the only translation. Raises AmtsError if there are several."""
        if len(self.translations) == 1:
            return self.translations[0].language
        known = ", ".join(t.language for t in self.translations)
        raise AmtsError(
            "no language is named", why=f"amts.yml has several: {known}", fix="name one of them with --language"
        )

    def layout(self, translation: Translation) -> Layout:
        """Where the documents of a translation are."""
        own = Layout(translation.language, translation.layout, self.source.layout)
        place = self.place(translation.repository)
        others = [Layout(t.language, t.layout) for t in self.translations if self.place(t.repository) == place]
        if self.place(self.source.repository) == place:
            others.append(Layout("en", self.source.layout))
        return replace(own, apart=tuple(other for other in others if other.weight > own.weight))

    def is_shared(self, translation: Translation) -> bool:
        """Whether its repository holds another language too, English included."""
        folder = self.place(translation.repository)
        folders = [self.place(t.repository) for t in self.translations]
        return folders.count(folder) > 1 or folder == self.place(self.source.repository)

    @cached_property
    def beside_english(self) -> tuple[Layout, ...]:
        """The layouts of the translations in the English repository: their documents are none of the book."""
        english = self.place(self.source.repository)
        return tuple(self.layout(t) for t in self.translations if self.place(t.repository) == english)

    def place(self, repository: str) -> Path:
        """Where a repository is on this machine; for a GitHub repository, its local clone."""
        if found := ADDRESS.fullmatch(repository):
            return self.resolved(self.clones) / f"{found[1].lower()}.git"
        return self.resolved(repository)

    def resolved(self, path: str) -> Path:
        """A path from the settings as a path on this machine."""
        return (self.folder / path).resolve()
