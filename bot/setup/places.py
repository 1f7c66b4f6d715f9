"""The places in a repository that hold documents in another language: folders and file names with a language code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from bot import language_codes
from bot.baselines.records import document_of
from bot.contracts import DOCUMENTS
from bot.document.prose import Reading, reading
from bot.language_codes import ENGLISH_SUFFIXES
from bot.languages import base_language

SAMPLE = 6
"""How many documents of a place are read (a guess: a folder is in one language, apart from some that are left)."""

_FOREIGN = frozenset({"node_modules", "vendor", "third_party", "site-packages"})
"""Folders with what others wrote."""

_PAST = re.compile(r"(?:^|/)(?:[^/]+_)?versioned_docs/|/docusaurus-plugin-content-docs[^/]*/version-[^/]+/")
"""Matches a path in the copies that Docusaurus keeps of the book as it was at each release, and of its translations."""

_TRANSLATIONS = re.compile(r"(?:^|/)(?:i18n|l10n|locales?|translations?)/$")
"""Matches a folder with nothing but translations, one folder for each language."""


@dataclass(frozen=True)
class Documents:
    """The Markdown documents of a repository at one commit, and a function that reads one of them.

    ``named`` are the languages that a person says are there.
    """

    paths: tuple[str, ...]
    text: Callable[[str], str]
    named: tuple[str, ...] = ()

    @classmethod
    def of(cls, files: Collection[str], text: Callable[[str], str]) -> Documents:
        """Those among all files of a repository: no baselines beside documents, nothing hidden, nothing of others."""
        return cls(tuple(sorted(p for p in files if _is_document(p, files))), text)

    @cached_property
    def places(self) -> Mapping[Place, tuple[str, ...]]:
        """The places with documents in another language, with these documents; a folder in English is none of them."""
        return {place: paths for place, paths in self._every.items() if self._is_translated(place, paths)}

    @cached_property
    def doubtful(self) -> tuple[Place, ...]:
        """The places whose names are codes of languages, but whose documents are too short to show one."""
        return tuple(p for p, paths in self._every.items() if set(self._readings(p, paths)) == {"unclear"})

    @cached_property
    def living(self) -> tuple[str, ...]:
        """The documents that people still work on: all but the copies of past versions."""
        return tuple(p for p in self.paths if not _PAST.search(p))

    @cached_property
    def _every(self) -> Mapping[Place, tuple[str, ...]]:
        found: defaultdict[Place, list[str]] = defaultdict(list)
        known = set(self.living)
        for path in self.living:
            for place in _named(path, known):
                found[place].append(path)
        return {place: tuple(paths) for place, paths in found.items()}

    @cached_property
    def english(self) -> tuple[str, ...]:
        """The documents in no such place."""
        elsewhere = {path for paths in self.places.values() for path in paths}
        return tuple(p for p in self.living if p not in elsewhere)

    def sample(self, paths: Iterable[str], size: int = SAMPLE) -> list[str]:
        """The texts of some documents, spread evenly over ``paths``."""
        every = list(paths)
        step = max(1, len(every) // size)
        return [self.text(path) for path in every[::step][:size]]

    def _is_translated(self, place: Place, paths: Sequence[str]) -> bool:
        readings = self._readings(place, paths)
        if base_language(place.language) in map(base_language, self.named):
            # A folder is believed; `what-is.md` in English is no Icelandic all the same.
            return not place.mark or readings.count("English") <= len(readings) / 2
        if _TRANSLATIONS.search(place.folder) and not place.mark:
            # What nobody has translated yet is often there as a copy of English.
            return "translated" in readings
        return readings.count("translated") > readings.count("English")

    def _readings(self, place: Place, paths: Sequence[str]) -> list[Reading]:
        return [reading(text, place.language) for text in self.sample(paths)]


@dataclass(frozen=True)
class Place:
    """A folder (``docs/``, ``zh``, no mark) or an ending of file names (no folder, ``zh-CN``, ``.``)."""

    folder: str
    code: str
    mark: str = ""

    @property
    def language(self) -> str:
        """The tag of its language."""
        return language_codes.tag(self.code)

    @property
    def shown(self) -> str:
        """How a message names it: ``docs/zh/``, or ``*.zh-CN`` for an ending."""
        return f"*{self.mark}{self.code}" if self.mark else f"{self.folder}{self.code}/"

    @property
    def field(self) -> str:
        """The code in a layout: as a field where the language is written the same in the settings."""
        return "{lang}" if self.code == self.language else self.code


def _is_document(path: str, files: Collection[str]) -> bool:
    parts = PurePosixPath(path).parts
    return (
        path.endswith(DOCUMENTS)
        and document_of(path) not in files
        and not re.search(r"[{}\\]", path)
        and path.isprintable()
        and not any(part.startswith(".") or part in _FOREIGN for part in parts)
    )


def _named(path: str, known: Collection[str]) -> Iterable[Place]:
    """The places that the name of a document speaks of; a file name only counts if the English one is there too."""
    *folders, name = path.split("/")
    for n, folder in enumerate(folders):
        if (language := language_codes.tag(folder)) and language not in language_codes.ENGLISH:
            yield Place("".join(f"{f}/" for f in folders[:n]), folder)
    stem, dot, ext = name.rpartition(".")
    bare, mark, code = language_codes.suffixed(stem)
    if bare and language_codes.tag(code) not in language_codes.ENGLISH:
        start = "".join(f"{f}/" for f in folders) + bare
        if any(f"{start}{end}{dot}{ext}" in known for end in ("", *(mark + c for c in ENGLISH_SUFFIXES))):
            yield Place("", code, mark)
