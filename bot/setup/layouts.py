"""Finds where the translation of each English document is, by counting the documents that pair up under a pattern."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.baselines.layout import WHOLE, Layout
from bot.language_codes import ENGLISH, ENGLISH_SUFFIXES, tag
from bot.languages import base_language
from bot.setup.places import Documents, Place

CLOSE = 0.8
"""Two layouts are alike from this share of the pairs of the better one on (a guess)."""

FEWEST = 0.25
"""Least share of the documents of a translation that have an English document (a guess)."""

BOOKS = ("docs/", "doc/", "documentation/", "content/", "src/", "book/")
"""Folders that are called after the book in them."""

_ENDED = re.compile(r"(?P<stem>.*[^/._-])(?P<end>[._-][A-Za-z]{2,}(?:[-_][A-Za-z]+)?)(?P<ext>\.[^./]+)", re.DOTALL)
"""Matches the path of a file whose name has an ending like the code of a language."""

_PATTERNS, _PREFIXES = 12, 30
"""How many patterns of a place are counted, and how many English folders are considered for one document."""


@dataclass(frozen=True)
class Candidate:
    """One language under one layout: the English documents that are ``paired`` with one of its ``documents``.

    ``likeness`` is 2 where the English path differs in the language code only, 1 where English has no code at the same
    place, else 0.
    """

    language: str
    source: str
    target: str
    paired: tuple[str, ...]
    documents: int
    likeness: int

    @property
    def pairs(self) -> int:
        return len(self.paired)


@dataclass(frozen=True)
class Shape:
    """A layout for all languages of a repository: ``target`` has ``{lang}`` whatever the languages are called there."""

    source: str
    target: str
    candidates: tuple[Candidate, ...]

    @property
    def pairs(self) -> int:
        return sum(c.pairs for c in self.candidates)

    @property
    def likeness(self) -> int:
        return min(c.likeness for c in self.candidates)


def shapes(english: Documents, other: Documents | None = None, language: str = "und") -> list[Shape]:
    """All layouts of a repository of translations, the best first; ``other`` is None if it is the English one.

    ``language`` is what the language of a repository of one is to be called, where no path says so.
    """
    documents, sources = other or english, set(english.english)
    index: defaultdict[str, list[str]] = defaultdict(list)
    for path in english.english:
        for folder, tail in _cuts(path):
            index[tail].append(folder)
    found: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for place, paths in documents.places.items():
        patterns = _by_suffix(place) if place.mark else _by_folder(place, paths, index)
        for source, general, likeness in patterns:
            target = general.replace("{lang}", place.field)
            one = _counted(place.language, source, target, likeness, sources, documents.living)
            if one.pairs and one.pairs >= FEWEST * one.documents:
                found[source, general].append(one)
    if other:
        for source, target, likeness in (*_plain(documents.english, index), *_by_ending(documents.english, sources)):
            one = _counted(language, source, target, likeness, sources, documents.english)
            if one.pairs and one.pairs >= FEWEST * one.documents:
                found[source, target].append(one)
    every = [Shape(source, target, tuple(_one_each(some))) for (source, target), some in found.items()]
    return ranked(every)


def ranked(every: Sequence[Shape]) -> list[Shape]:
    """The shapes, the best first: of those with about the most pairs the one whose paths are most alike."""
    most = max((s.pairs for s in every), default=0)
    return sorted(every, key=lambda s: (s.pairs >= CLOSE * most and s.likeness + 1, s.pairs, s.target), reverse=True)


def rivals(best: Shape, every: Sequence[Shape]) -> list[Shape]:
    """The shapes that could be meant just as well as the best."""
    return [s for s in every if s != best and s.pairs >= CLOSE * best.pairs and s.likeness >= best.likeness]


def renamed(shape: Shape, before: str, language: str) -> Shape:
    """The shape with another name for one language; its documents stay where they are."""
    some = (replace(c, language=language, target=_fixed(c)) if c.language == before else c for c in shape.candidates)
    return replace(shape, candidates=tuple(some))


def only(shape: Shape, languages: Sequence[str]) -> Shape | None:
    """The shape with these languages alone (all, if none is named); None if it has none of them.

    ``zh-CN`` is found in a folder ``zh`` too, and the reverse, and keeps the name it is asked for by.
    """
    if not languages:
        return shape
    found = []
    for wanted in languages:
        base = [c for c in shape.candidates if base_language(c.language) == base_language(wanted)]
        exact = [c for c in base if c.language == wanted]
        if exact:
            found.append(exact[0])
        elif len(base) == 1:
            found.append(replace(base[0], language=wanted, target=_fixed(base[0])))
    return replace(shape, candidates=tuple(found)) if found else None


def forced(english: Documents, other: Documents, languages: Sequence[str], layout: str, source: str) -> Iterator[Shape]:
    """The layout that a person named, for the languages that they named, if any document pairs up under it."""
    counted = (_counted(name, source, layout, 0, set(english.paths), other.paths) for name in languages)
    if found := tuple(c for c in counted if c.pairs):
        yield Shape(source, layout, found)


def left_out(shape: Shape, every: Sequence[Shape]) -> list[str]:
    """What people should know of translations that ``shape`` leaves out, a line for each."""
    inside = {(c.language, path) for c in shape.candidates for path in c.paired}
    lost: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    told: set[tuple[str, str]] = set()
    for other in every:
        more = {(c.language, path) for c in other.candidates for path in c.paired} - inside - told
        # Without a language in its paths it is a chance: every book has more than one index.md.
        if "{lang}" in other.target and other.target != shape.target and more:
            told |= more
            lost[other.target] |= more
    return [
        f"left out: {len(some)} at {target} ({', '.join(sorted({n for n, _ in some}))}); a language has one layout"
        for target, some in lost.items()
    ]


def _fixed(one: Candidate) -> str:
    return one.target.replace("{lang}", one.language)


def _one_each(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidate with most pairs for each language: a repository may have ``zh`` and ``cn``."""
    best: dict[str, Candidate] = {}
    for one in candidates:
        if one.language not in best or best[one.language].pairs < one.pairs:
            best[one.language] = one
    yield from (best[name] for name in sorted(best))


def _counted(
    language: str, source: str, target: str, likeness: int, sources: Iterable[str], paths: Sequence[str]
) -> Candidate:
    layout, known = Layout(language, target, source), set(paths)
    paired = tuple(sorted(p for p in sources if (there := layout.translated(p)) in known and there))
    return Candidate(language, source, target, paired, sum(bool(layout.english(p)) for p in paths), likeness)


def _by_suffix(place: Place) -> Iterator[tuple[str, str, int]]:
    target = f"{{stem}}{place.mark}{{lang}}{{ext}}"
    yield WHOLE, target, 1
    for code in ENGLISH_SUFFIXES:
        yield target.replace("{lang}", "{lang}" if code == "en" else code), target, 2


def _by_folder(place: Place, paths: Sequence[str], index: dict[str, list[str]]) -> Iterator[tuple[str, str, int]]:
    """Patterns for a folder of a language: what follows it ends like an English path."""
    start = f"{place.folder}{place.code}/"
    inside = [p.removeprefix(start) for p in paths]
    book = "/".join([*{p.partition("/")[0] for p in inside}, ""])
    for (inner, outer), _ in _votes(inside, index):
        if book in BOOKS and not inner + outer:
            # i18n/ja/docs/x.md: what English has outside of docs/ is no part of the book.
            inner = outer = book
        mirrored = [f"{place.folder}{code}/{inner}" for code in _english_codes(outer)]
        likeness = 2 if outer in mirrored else 1 if outer in ("", place.folder, place.folder + inner) else 0
        yield _english_pattern(outer), f"{place.folder}{{lang}}/{inner}{WHOLE}", likeness


def _plain(paths: Sequence[str], index: dict[str, list[str]]) -> Iterator[tuple[str, str, int]]:
    """Patterns for a repository of one language, in whose paths no language is named."""
    for (inner, outer), _ in _votes(paths, index):
        likeness = 2 if inner == outer else 1 if _without_english(outer) == inner else 0
        yield _english_pattern(outer), f"{inner}{WHOLE}", likeness


def _by_ending(paths: Iterable[str], sources: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """The pattern of a repository of one language whose file names end alike, in whatever: ``a_vn.md`` for ``a.md``."""
    votes = Counter(
        found["end"] for path in paths if (found := _ENDED.fullmatch(path)) and found["stem"] + found["ext"] in sources
    )
    yield from ((WHOLE, f"{{stem}}{end}{{ext}}", 1) for end, _ in votes.most_common(1))


def _votes(paths: Iterable[str], index: dict[str, list[str]]) -> list[tuple[tuple[str, str], int]]:
    """The pairs of folders before the longest end that a path has in common with an English one, the most frequent
    first."""
    votes: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for folder, tail in _cuts(path):
            if outer := index.get(tail):
                votes.update((folder, one) for one in outer[:_PREFIXES])
                break
    return votes.most_common(_PATTERNS)


def _cuts(path: str) -> Iterator[tuple[str, str]]:
    """A path as folder and rest, the longest rest first: ``a/b.md`` → (``""``, ``a/b.md``), (``a/``, ``b.md``)."""
    parts = path.split("/")
    for n in range(len(parts)):
        yield "".join(f"{p}/" for p in parts[:n]), "/".join(parts[n:])


def _english_codes(folder: str) -> list[str]:
    return [part for part in folder.split("/") if tag(part) in ENGLISH]


def _without_english(folder: str) -> str:
    return "".join(f"{part}/" for part in folder.split("/") if part and tag(part) not in ENGLISH)


def _english_pattern(folder: str) -> str:
    return "".join(f"{'{lang}' if part == 'en' else part}/" for part in folder.split("/")[:-1]) + WHOLE
