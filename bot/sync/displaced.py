"""Documents that the open pull request has at another path than people merged them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from bot.baselines.records import Recorded
from bot.contracts import DOCUMENTS, NOTEBOOK
from bot.document.tree import Tree
from bot.planning.successors import successors
from bot.sync.corpus import Book, Edition


def translated(english: Book, edition: Edition, files: Mapping[str, str]) -> Tree:
    """The documents of a translation among ``files`` of its repository, recorded or not."""
    records = edition.records
    together = english.repository.path == edition.repository.path

    def is_one(path: str) -> bool:
        named = path.endswith((*DOCUMENTS, NOTEBOOK)) and not records.is_record(path) and records.layout.english(path)
        return bool(named) and not (together and english.covers(path))

    return Tree({path: blob for path, blob in files.items() if is_one(path)}, edition.repository.read)


def displaced(merged: Tree, documents: Collection[str], now: Tree) -> dict[str, str]:
    """Maps those of ``documents`` in ``merged`` to their paths in ``now``; to ``""`` if another took their place there.

    Those that are at their own path, or deleted, are not in it. Nothing records what an earlier sync moved, so they are
    found by their lines.
    """
    before = {path: Recorded(path, merged.files[path]) for path in documents if path in merged.files}
    return successors(now, before, lambda path, record: merged.text(path))


def followed(documents: Collection[str], trees: Sequence[Tree]) -> dict[str, str]:
    """Maps ``documents`` of the first of ``trees`` to their paths in the last one; to ``""`` if they are not there.

    From each tree to the next also what is new shows whose place it takes, which the first tree does not know.
    """
    at = {path: path for path in documents}
    for before, after in pairwise(trees):
        moved = displaced(before, before.files, after)
        at = {path: moved.get(now, now if now in after.files else "") for path, now in at.items()}
    return at


def came_from(before: Tree, now: Tree) -> dict[str, str]:
    """Maps documents of ``now`` that are at another path than in ``before`` to that; to ``""`` if they are new there.

    Those that are at their own path are not in it, nor are new ones at new paths.
    """
    moved = displaced(before, before.files, now)
    return dict.fromkeys(moved, "") | {new: old for old, new in moved.items() if new}
