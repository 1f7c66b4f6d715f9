"""Finds the English document in which a recorded one goes on, where it is not the one of its path any more.

English may have moved it to another path; and where a chapter is put in before numbered ones, each moves to the path
of the next, so that every path has another document than before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from bot.baselines.records import Recorded
from bot.contracts import NOTEBOOK
from bot.document.tree import Tree, bag, overlap
from bot.errors import AmtsError

RENAMED = 0.2
"""The share of common lines above which an English file counts as the successor of a deleted one (a guess: of thirty
documents that Dive into Deep Learning renamed or rewrote, 23 share more with their successor, the others at most 0.18
with any new file; a wrong guess costs a draft that begins with little, a missed one all of the human text)."""

NAMESAKE = 0.1
"""What the same file name adds to that share (a guess), except names that every folder has."""

SAME_NAME = 0.5
"""The share that a file counts as having if only the ending of its name is new: ``.Rmd`` became ``.qmd``; or if it is
at the path that belongs to the translation, while a former path is recorded (a guess)."""

REPLACED = 0.1
"""The share below which a path has another document than before, if that is elsewhere (a guess: of the histories of
seven books, documents that moved away share at most 0.07 with what came in their place)."""

ELSEWHERE = 0.6
"""The share from which it is there (a guess: those that moved share 0.72 to 0.95, others that were replaced at most
0.28)."""

_SHORT = 5
"""Lines up to which a document says too little for another path to have it (a guess): pages that only announce one.
Two things say enough: another path has the very same bytes, or another document has taken its place."""

_COMMON = 50
"""The documents with a line from which on it says nothing of where a document went (a guess): what every page has. It
also keeps the work in proportion to the book, where English moves or rewrites all of it."""

_EDITION = re.compile(r"v(?:ersion)?[-_.]?\d[\w.-]*|current|next|latest|stable", re.IGNORECASE)
"""Matches the folder of one edition of a book that has several: ``version-2``, ``v1.5``."""

_EVERYWHERE = {"index", "_index", "readme"}


def places(
    english: Tree,
    recorded: Mapping[str, Recorded],
    old_text: Callable[[str, Recorded], str],
    usual: Callable[[str], str] = lambda path: "",
) -> dict[str, str]:
    """Maps recorded documents to the English path at which each goes on; to ``""`` if nowhere.

    ``usual`` returns the English path that belongs to the path of a translation.
    """
    moved = successors(english, recorded, old_text, usual)
    here = {path: r.source_path if r.source_path in english.files else "" for path, r in recorded.items()}
    return here | moved


def successors(
    english: Tree,
    recorded: Mapping[str, Recorded],
    old_text: Callable[[str, Recorded], str],
    usual: Callable[[str], str] = lambda path: "",
) -> dict[str, str]:
    """Maps recorded documents that go on at another English path to that; to ``""`` if another took their place.

    ``usual`` returns the English path that belongs to the path of a translation.
    """
    old = dict(_changed(english, recorded, old_text))
    sources = {path: recorded[path].source_path for path in sorted(old)}
    gone = [path for path, source in sources.items() if source not in english.files]
    left = defaultdict[str, list[str]](list)
    for path, source in sources.items():
        if source in english.files and _is_replaced(english, source, old[path]):
            left[source].append(path)
    replaced = [path for paths in left.values() for path in paths]
    if not gone and not replaced:
        return {}
    claimed = {record.source_path for record in recorded.values()} - left.keys()
    free = [path for path in sorted(english.files) if path not in claimed]
    editions = {folder for path in english.files if (folder := _edition(path))}

    def apart(source: str, new: str) -> bool:
        """Whether English has the edition of ``source`` still, and ``new`` is in another one."""
        return _edition(source) in editions and _edition(source) != _edition(new)

    out = _identical(english, recorded, gone, replaced, free, apart)
    found = _Lines(dict(_bags(english, free)), {path: usual(path) for path in gone})
    lost = set(gone)
    searched = [*gone, *(path for path in replaced if old[path].total() > _SHORT)]
    taken = set(out.values())
    arrived = sorted(taken)

    def held(new: str) -> bool:
        return any(path not in out for path in left.get(new, ()))

    while searched or arrived:
        scores = [
            (-score, not _neighbours(sources[path], new), path, new)
            for path in searched
            if path not in out
            for new, score in found.scores(path, sources[path], old[path], path in lost, held)
            if not apart(sources[path], new)
        ]
        for *_, path, new in sorted(scores):
            if path not in out and new not in taken:
                out[path] = new
                taken.add(new)
                arrived.append(new)
        # What was there is gone from there, however little it says.
        searched = [path for new in arrived for path in left.get(new, ())]
        lost.update(searched)
        arrived = []
    return out | {path: "" for path in replaced if path not in out and sources[path] in taken}


def is_likely(old: str, new: str) -> bool:
    """Whether a text may be a later version of another one, and not that of a document which came to its path."""
    return overlap(bag(old), bag(new)) > RENAMED


@dataclass(frozen=True)
class _Lines:
    """The lines of the English documents in which recorded ones may go on.

    ``usual`` maps recorded documents to the English path that belongs to their own.
    """

    free: Mapping[str, Counter[str]]
    usual: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _having(self) -> Mapping[str, Sequence[str]]:
        """The documents with each line, without lines that are common."""
        found = defaultdict[str, list[str]](list)
        for path, lines in self.free.items():
            for line in lines:
                found[line].append(path)
        return {line: paths for line, paths in found.items() if len(paths) <= _COMMON}

    @cached_property
    def _named(self) -> Mapping[str, Sequence[str]]:
        """The documents with each path, without the ending of its name."""
        found = defaultdict[str, list[str]](list)
        for path in self.free:
            found[_without_ending(path)].append(path)
        return found

    def scores(
        self, path: str, source: str, old: Counter[str], lost: bool, held: Callable[[str], bool]
    ) -> Iterator[tuple[str, float]]:
        """The documents in which one may go on that has the lines ``old``, and how well each fits.

        ``lost``: it is not at its own path any more. A path may still be ``held`` by a document that English rewrote.
        """
        likely = {new for line in old for new in self._having.get(line, ())}
        own = self.usual.get(path, "")
        if own in self.free:
            likely.add(own)
        for new in likely.union(self._named.get(_without_ending(source), ())) - {source}:
            if new.endswith(NOTEBOOK) != path.endswith(NOTEBOOK):
                continue
            score, least = overlap(old, self.free[new]), ELSEWHERE
            if lost and not held(new):
                least = RENAMED
                score += NAMESAKE * _namesakes(source, new)
                if new == own or _without_ending(source) == _without_ending(new):
                    score = max(score, SAME_NAME)
            if score > least:
                yield new, score


def _identical(
    english: Tree,
    recorded: Mapping[str, Recorded],
    gone: Sequence[str],
    replaced: Sequence[str],
    free: Sequence[str],
    apart: Callable[[str, str], bool],
) -> dict[str, str]:
    """Maps recorded documents to English ones with the very same bytes, each to another; none that are ``apart``.

    Of several, documents that are gone prefer one with their name, and all of them one in their own folder.
    """
    out: dict[str, str] = {}
    taken: set[str] = set()
    keys: Sequence[tuple[Sequence[str], Callable[[str], str]]] = (
        (gone, _name),
        ([*gone, *replaced], lambda path: str(PurePosixPath(path).parent)),
        ([*gone, *replaced], lambda path: ""),
    )
    for paths, key in keys:
        there = defaultdict[tuple[str, str], list[str]](list)
        for new in reversed(free):
            if new not in taken:
                there[english.files[new], key(new)].append(new)
        for path in paths:
            record = recorded[path]
            same = there.get((record.blob, key(record.source_path)))
            if not same or apart(record.source_path, same[-1]):
                continue
            if path not in out and same[-1].endswith(NOTEBOOK) == path.endswith(NOTEBOOK):
                out[path] = same.pop()
                taken.add(out[path])
    return out


def _changed(
    english: Tree, recorded: Mapping[str, Recorded], old_text: Callable[[str, Recorded], str]
) -> Iterator[tuple[str, Counter[str]]]:
    """The documents whose English changed, with the lines that it had when it was recorded."""
    for path, record in recorded.items():
        if english.files.get(record.source_path) != record.blob:
            try:
                yield path, bag(old_text(path, record))
            except AmtsError:
                continue  # the plan of the document reports it


def _bags(english: Tree, paths: list[str]) -> Iterator[tuple[str, Counter[str]]]:
    for path in paths:
        try:
            yield path, bag(english.text(path))
        except AmtsError:
            yield path, Counter()


def _is_replaced(english: Tree, source: str, old: Counter[str]) -> bool:
    """Whether English seems to have another document at the path of a recorded one."""
    try:
        return overlap(old, bag(english.text(source))) < REPLACED
    except AmtsError:
        return False


def _edition(path: str) -> str:
    """The path of the folder of the edition that a document is in; empty if the book has one edition only."""
    parts = path.split("/")[:-1]
    found = [n for n, part in enumerate(parts) if _EDITION.fullmatch(part)]
    return "/".join(parts[: found[0] + 1]) if found else ""


def _without_ending(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(""))


def _name(path: str) -> str:
    """The name of a file; the whole path if it is the first page of a folder, whose name tells nothing."""
    pure = PurePosixPath(path)
    return path if pure.stem.casefold() in _EVERYWHERE else pure.name


def _namesakes(one: str, other: str) -> bool:
    """Whether two paths end in the same name, which is not that of the first page of any folder."""
    return one != other and _name(one) == _name(other)


def _neighbours(one: str, other: str) -> bool:
    return PurePosixPath(one).parent == PurePosixPath(other).parent
