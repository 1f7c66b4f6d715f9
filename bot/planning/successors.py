"""Finds the English document in which a recorded one goes on, where it is not the one of its path any more.

English may have moved it to another path; and where a chapter is put in before numbered ones, each moves to the path
of the next, so that every path has another document than before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
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
"""The share that a file counts as having if only the ending of its name is new: ``.Rmd`` became ``.qmd`` (a guess)."""

REPLACED = 0.1
"""The share below which a path has another document than before, if that is elsewhere (a guess: of the histories of
seven books, documents that moved away share at most 0.07 with what came in their place)."""

ELSEWHERE = 0.6
"""The share from which it is there (a guess: those that moved share 0.72 to 0.95, all others at most 0.49)."""

_SHORT = 5
"""Lines up to which a document says too little to be found elsewhere (a guess): pages that only announce one."""

_EVERYWHERE = {"index", "_index", "readme"}


def places(english: Tree, recorded: Mapping[str, Recorded], old_text: Callable[[str, Recorded], str]) -> dict[str, str]:
    """Maps recorded documents to the English path at which each goes on; to ``""`` if nowhere."""
    moved = successors(english, recorded, old_text)
    here = {path: r.source_path if r.source_path in english.files else "" for path, r in recorded.items()}
    return here | moved


def successors(
    english: Tree, recorded: Mapping[str, Recorded], old_text: Callable[[str, Recorded], str]
) -> dict[str, str]:
    """Maps recorded documents that go on at another English path to that; to ``""`` if another took their place."""
    old = dict(_changed(english, recorded, old_text))
    gone = [path for path in sorted(old) if recorded[path].source_path not in english.files]
    replaced = {path for path in old if path not in gone and _is_replaced(english, recorded[path], old[path])}
    if not gone and not replaced:
        return {}
    claimed = {r.source_path for path, r in recorded.items() if path not in replaced}
    free = dict(_bags(english, [path for path in english.files if path not in claimed]))
    left = {recorded[path].source_path for path in replaced}
    scores = []
    for path in (*gone, *sorted(replaced)):
        record = recorded[path]
        for new, other in free.items():
            if new.endswith(NOTEBOOK) != path.endswith(NOTEBOOK) or new == record.source_path:
                continue
            share = 1.0 if english.files[new] == record.blob else overlap(old[path], other)
            if path in replaced or new in left:
                score, least = share, ELSEWHERE
            else:
                score, least = share + NAMESAKE * _namesakes(record.source_path, new), RENAMED
                if _is_same_but_for_ending(record.source_path, new):
                    score = max(score, SAME_NAME)
            if score > least:
                scores.append((-score, path, new))
    out: dict[str, str] = {}
    for _, path, new in sorted(scores):
        if path not in out and new not in out.values():
            out[path] = new
    taken = set(out.values())
    return out | {path: "" for path in sorted(replaced) if path not in out and recorded[path].source_path in taken}


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


def _is_replaced(english: Tree, record: Recorded, old: Counter[str]) -> bool:
    """Whether English has another document at the path of a recorded one."""
    if old.total() <= _SHORT:
        return False
    try:
        return overlap(old, bag(english.text(record.source_path))) < REPLACED
    except AmtsError:
        return False


def _is_same_but_for_ending(one: str, other: str) -> bool:
    return PurePosixPath(one).with_suffix("") == PurePosixPath(other).with_suffix("")


def _namesakes(one: str, other: str) -> bool:
    """Whether two paths end in the same name, which is not that of the first page of any folder."""
    name = PurePosixPath(one).name
    return name == PurePosixPath(other).name and PurePosixPath(one).stem.casefold() not in _EVERYWHERE
