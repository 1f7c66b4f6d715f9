"""Looks at the repositories of a book and proposes settings; asks for what cannot be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from bot import language_codes
from bot.baselines.layout import WHOLE, Layout, problem
from bot.contracts import BaselineKind
from bot.document import prose
from bot.drafting.report import many
from bot.errors import AmtsError
from bot.origins.evidence import STATE
from bot.repositories.repository import Repository
from bot.setup import addresses, evidence, layouts
from bot.setup.layouts import Shape
from bot.setup.places import Documents
from bot.setup.proposal import Language, Proposal


class Ask(Protocol):
    """Asks a person a question, whose answer may be one of some choices; raises ``error`` where nobody can answer.

    ``check`` turns an answer into the result; if it raises AmtsError, that is shown and the question asked again.
    """

    def __call__(
        self, question: str, error: AmtsError, choices: Sequence[str] = (), check: Callable[[str], str] = str
    ) -> str: ...


@dataclass(frozen=True)
class Wanted:
    """What was given: ``translations`` as pairs of language (may be empty) and address; empty for what is to be found.

    ``layout`` is that of the translations, ``source_layout`` that of English.
    """

    source: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    layout: str = ""
    source_layout: str = ""
    baseline: BaselineKind | None = None


@dataclass(frozen=True)
class Opened:
    """A repository as it is now: all its files, and its documents."""

    address: str
    files: dict[str, str]
    documents: Documents


@dataclass(frozen=True)
class Survey:
    """Looks at repositories; addresses are relative to ``folder``, where the settings will be."""

    wanted: Wanted
    folder: Path
    find: Callable[[str], tuple[Repository, str]]
    ask: Ask
    tell: Callable[[str], None]

    def proposal(self) -> Proposal:
        """The settings that fit. Raises AmtsError for a repository or a translation that is not there."""
        for pattern in filter(None, (self.wanted.layout, self.wanted.source_layout)):
            if fault := problem(pattern):
                raise AmtsError(f"the layout {pattern} cannot be used", why=f"it {fault}", fix="see docs/settings.md")
        english = self._open(self._source())
        own = tuple(name for name, at in self.wanted.translations if name and self._address(at) == english.address)
        english = replace(english, documents=replace(english.documents, named=own))
        if not english.documents.paths:
            why = f"none of its {many(len(english.files), 'file')} is one" if english.files else "it has no commit yet"
            fix = "give the repository with the English documents as --source"
            raise AmtsError(f"{english.address} has no Markdown document", why=why, fix=fix)
        others = self._others(english)
        found = {other.address: (other, self._shapes(english, other, languages)) for other, languages in others}
        chosen = self._chosen(found)
        source = next(iter(chosen.values())).source
        parts: list[Language] = []
        for address, shape in chosen.items():
            other, every = found[address]
            parts += self._languages(english, other, shape, layouts.left_out(shape, every))
        twice = [one.language for n, one in enumerate(parts) if one.language in {p.language for p in parts[:n]}]
        if twice:
            fix = "name the repositories to use, such as --translation zh=book-zh"
            raise AmtsError(f"the language {twice[0]} was found twice", why="it may have one place only", fix=fix)
        return self._assembled(english, source, parts)

    def _source(self) -> str:
        if self.wanted.source:
            return self.wanted.source
        if (self.folder / ".git").exists():
            self.tell("English is taken to be in this folder; --source names another place")
            return "."
        missing = AmtsError(
            "the English book is not named",
            why="the folder of the settings is not a git repository itself",
            fix="name it: amts init ENGLISH [TRANSLATION …], or --source ENGLISH",
        )
        question = "Where is the English book? (folder or github:owner/name)"
        return self.ask(question, missing, check=self._address)

    def _others(self, english: Opened) -> list[tuple[Opened, tuple[str, ...]]]:
        """The repositories to look for translations in, each with the languages wanted from it (empty: any)."""
        given = [(language, self._address(place)) for language, place in self.wanted.translations]
        if not given and not layouts.shapes(english.documents) and not self.wanted.layout:
            missing = _too_short(english) or AmtsError(
                f"no translation can be recognised in {english.address}",
                why="none of its documents is at a path like docs/zh/page.md or page.zh.md and in that language",
                fix="name its repository, such as --translation zh=book-zh, or its place with --layout",
            )
            question = "Where is a translation? (folder or github:owner/name)"
            given = [("", self.ask(question, missing, check=self._address))]
        given = given or [("", english.address)]
        wanted: dict[str, list[str]] = {}
        for language, place in given:
            wanted.setdefault(place, []).extend([language] if language else [])
        return [(english if p == english.address else self._open(p), tuple(some)) for p, some in wanted.items()]

    def _address(self, given: str) -> str:
        return addresses.address(given, self.folder)

    def _open(self, address: str) -> Opened:
        self.tell(f"looking at {address}")
        repository, commit = self.find(address)
        files = repository.files(commit) if commit else {}

        def text(path: str) -> str:
            return repository.read(files[path]).decode("utf-8", "replace")

        return Opened(address, files, Documents.of(files, text))

    def _shapes(self, english: Opened, other: Opened, languages: tuple[str, ...]) -> list[Shape]:
        """The layouts under which ``other`` has translations, as far as the flags allow them."""
        same = other is english
        every = layouts.shapes(english.documents, None if same else other.documents, "und")
        plain = [s for s in every if not same and any(c.language == "und" for c in s.candidates)]
        if plain and not languages and _is_english(other):
            every = [s for s in every if s not in plain]
        elif plain:
            language = languages[0] if len(languages) == 1 else self._language(other)
            every = [layouts.renamed(s, "und", language) for s in every]
        every = [kept for s in every if (kept := layouts.only(s, languages))]
        if layout := self.wanted.layout:
            named = [s for s in every if layout in (s.target, *(c.target for c in s.candidates))]
            source = self.wanted.source_layout
            every = [s for s in named if source in ("", s.source)] or list(
                layouts.forced(english.documents, other.documents, languages, layout, source or WHOLE)
            )
        elif self.wanted.source_layout:
            every = [s for s in every if s.source == self.wanted.source_layout]
        if not every:
            short = None if languages else _too_short(other)
            raise short or AmtsError(
                f"no translation was found in {other.address}",
                why=f"of its {many(len(other.documents.paths), 'document')} none pairs up with one of the "
                f"{len(english.documents.english):,} English ones"
                + (f" as {', '.join(languages)}" if languages else "")
                + (f" under {self.wanted.layout}" if self.wanted.layout else ""),
                fix="name language and layout, and --source-layout if English is at another one: "
                "--translation zh=ADDRESS --layout 'docs/{lang}/{path}'",
            )
        return layouts.ranked(every)

    def _language(self, other: Opened) -> str:
        """The language of a repository of one language: by its name, by the script of its documents, or by asking."""
        texts = other.documents.sample(other.documents.english)
        named = language_codes.in_name(addresses.name(other.address, self.folder))
        readings = [prose.reading(text, named) for text in texts] if named else []
        if named and readings.count("English") <= len(readings) / 2:
            return named
        if by_script := prose.language_by_script(texts):
            return by_script
        missing = AmtsError(
            f"cannot see the language of {other.address}",
            why="neither its name nor the script of its documents shows it",
            fix=f"name it: --translation LANG={other.address}",
        )
        question = f"Which language is {other.address} in? (a code such as es or pt-BR)"
        return self.ask(question, missing, check=_language_tag)

    def _chosen(self, found: dict[str, tuple[Opened, list[Shape]]]) -> dict[str, Shape]:
        """A shape for each repository, all with the same English layout, which the settings have only once."""
        totals: dict[str, tuple[int, int]] = {}
        for source in {s.source for _, every in found.values() for s in every}:
            best = [next((s for s in every if s.source == source), None) for _, every in found.values()]
            there = [s for s in best if s]
            totals[source] = sum(s.pairs for s in there), min(s.likeness for s in there)
        most = max(pairs for pairs, _ in totals.values())
        source = max(totals, key=lambda s: (totals[s][0] >= layouts.CLOSE * most and totals[s][1] + 1, totals[s][0], s))
        chosen: dict[str, Shape] = {}
        for address, (_, every) in found.items():
            some = every if len(found) == 1 else [s for s in every if s.source == source]
            if not some:
                raise AmtsError(
                    f"no translation was found in {address}",
                    why=f"the other repositories translate English at {source}, this one does not",
                    fix="set up one amts.yml for each of the two",
                )
            chosen[address] = self._one_of(address, some)
        return chosen

    def _one_of(self, address: str, every: list[Shape]) -> Shape:
        best = every[0]
        alike = [best, *layouts.rivals(best, every)]
        if len(alike) == 1:
            return best
        words = {f"{s.source} → {s.target} ({many(s.pairs, 'pair')})": s for s in alike}
        own = len({s.target for s in alike}) == len(alike)
        flag = f"--layout '{best.target}'" if own else f"--source-layout '{best.source}'"
        unclear = AmtsError(
            f"{len(alike)} layouts of {address} fit about equally well",
            why="; ".join(words),
            fix=f"choose one, such as {flag}; a language has one layout. If documents have other names than in "
            "English: --layout '{path}', and amts adopt finds their English by what they say",
        )
        return words[self.ask(f"Where are the translations in {address}?", unclear, tuple(words))]

    def _languages(self, english: Opened, other: Opened, shape: Shape, left: Sequence[str]) -> list[Language]:
        parts = []
        shared = other is english or len(shape.candidates) > 1
        for one in shape.candidates:
            layout = Layout(one.language, one.target, one.source)
            recorded = evidence.baseline(other.files, other.documents, layout, one.language, shared=shared)
            if self.wanted.baseline and self.wanted.baseline != recorded.kind:
                recorded = evidence.BaselineFound(self.wanted.baseline)
            parts.append(Language(other.address, one, recorded))
        notes = [*left]
        if any(path.startswith(STATE) for path in other.files):
            notes.append(f"{STATE} names English commits: amts adopt --write takes them over")
        if parts and notes:
            parts[-1] = replace(parts[-1], notes=tuple(notes))
        return parts

    def _assembled(self, english: Opened, source: str, parts: list[Language]) -> Proposal:
        book = Layout(source=source)
        paths = [p for p in english.documents.english if book.covers_english(p)]
        translated = {path for one in parts for path in one.found.paired}
        pages = evidence.project_pages(english.documents, source, translated)
        kept = [p for p in paths if p not in pages]
        found = evidence.flavour(english.documents, kept)
        return Proposal(english.address, source, len(kept), found, pages, tuple(parts))


def _too_short(other: Opened) -> AmtsError | None:
    """What to do where a place has the name of a language, but too little text; None if there is no such place."""
    if not other.documents.doubtful:
        return None
    place = other.documents.doubtful[0]
    path = place.shown
    return AmtsError(
        f"no translation can be recognised in {other.address}",
        why=f"{path} looks like one, but its text is too short to be sure that it is in {place.language}",
        fix=f"if it is, name the language: --translation {place.language}={other.address}",
    )


def _is_english(other: Opened) -> bool:
    """Whether the documents of a repository, except those in folders of languages, are not translated at all."""
    readings = [prose.reading(text, "und") for text in other.documents.sample(other.documents.english)]
    return readings.count("English") > len(readings) / 2


def _language_tag(answer: str) -> str:
    if found := language_codes.tag(answer):
        return found
    raise AmtsError(f"{answer} is not the code of a language", why="codes are such as es or pt-BR", fix="give its code")
