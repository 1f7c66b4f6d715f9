"""The documents that a pull request deletes and moves, whichever of its syncs did it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from bot.contracts import BOT_EMAIL, DOCUMENTS, NOTEBOOK
from bot.document.tree import Tree, readable
from bot.drafting.outcomes import Outcome
from bot.planning.deletions import Deletion, deletions
from bot.planning.successors import is_likely
from bot.repositories import history
from bot.sync.corpus import Book, Edition, covered
from bot.sync.displaced import displaced, followed, translated
from bot.sync.planned import Planned

Read = Callable[[], bytes]

Moves = tuple[tuple[str, str], ...]
"""Documents that are at another path: where people merged them, and where they are in the pull request."""


def deleted(
    planned: Planned, drafted: Sequence[Outcome], changes: Mapping[str, bytes | None]
) -> tuple[tuple[Deletion, ...], Moves]:
    """The documents that people lose if they merge ``changes`` on top of the pull request, by their paths, and moves.

    The commit of each has it as people merged it, or else as it was in the pull request until now. What an earlier sync
    only moved is one document.
    """
    repository, current = planned.edition.repository, planned.current
    files = repository.files(current.commit)
    after = _documents(planned.edition, {path: blob for path, blob in files.items() if path not in changes})
    for path, data in changes.items():
        if data is not None and _is_document(planned.edition, path):
            after[path] = partial(bytes, data)
    made = [o for o in drafted if o.status != "failed"]
    moved = {o.change.was for o in made if o.draft and o.change.was != o.change.path}
    dropped = {o.change.was for o in made if o.draft is None}
    found = deletions(current.commit, Tree(files, repository.read), planned.baselines.of, after, moved, dropped)
    if current.base == current.commit:
        renamed = [o.change for o in made if o.draft and o.change.kind == "rename"]
        return found, tuple((change.was, change.path) for change in renamed if change.was != change.path)
    # What is not in a commit yet has its path for an id.
    ids = {path: path if path in changes else files[path] for path in after}
    lost, moves = _since(planned.english, planned.edition, current.base, current.commit, after, ids, moved, dropped)
    merged = repository.files(current.base)
    same = {merged[deletion.path] for deletion in lost}
    # Two documents may have had one path, one after the other.
    every = [*(d for d in found if files[d.path] not in same), *lost]
    return tuple(sorted(every, key=lambda deletion: deletion.path)), moves


def deleted_at(english: Book, edition: Edition, base: str, commit: str) -> tuple[tuple[Deletion, ...], Moves]:
    """The documents that people lose if they merge ``commit`` into ``base``, and those that it moves."""
    if base == commit:
        return (), ()
    files = edition.repository.files(commit)
    after = _documents(edition, files)
    return _since(english, edition, base, commit, after, {path: files[path] for path in after})


def _since(
    english: Book,
    edition: Edition,
    base: str,
    commit: str,
    after: Mapping[str, Read],
    ids: Mapping[str, str],
    moved: Collection[str] = (),
    dropped: Collection[str] = (),
) -> tuple[tuple[Deletion, ...], Moves]:
    """What of the documents in ``base`` is deleted or moved in ``after``, of which ``ids`` has the blobs.

    ``moved`` and ``dropped`` are the paths in ``commit``, the head of the pull request, of what the sync itself moves
    and deletes.
    """
    repository = edition.repository
    merged = Tree(repository.files(base), repository.read)
    known = covered(edition.records.read(merged.files, merged.read, english.blob_at), english.covers)
    there = {ids[path]: read for path, read in after.items()}
    here = Tree(ids, lambda name: there[name]())
    elsewhere = displaced(merged, known.of, here)
    made = [c for c in history.commits(repository, commit, base) if c.author == BOT_EMAIL]
    # What people write between two syncs must not hide what the second one moves.
    commits = (base, *(name for c in made for name in (*c.parents[:1], c.id)), commit)
    trees = [translated(english, edition, repository.files(name)) for name in commits]
    at = followed([path for path in known.of if path in merged.files], trees)
    moves = tuple(sorted((path, now) for path, now in elsewhere.items() if now))
    away = {path for path, now in at.items() if now in moved} | {path for path, _ in moves}
    gone = {path for path, now in at.items() if not now or now in dropped}
    # English may have restored one since, or people.
    back = {
        path
        for path in gone & ids.keys()
        if is_likely(*(readable(t.read(t.files[path]), path) for t in (merged, here)))
    }
    gone = (gone - back) | {path for path, now in elsewhere.items() if not now}
    return deletions(base, merged, known.of, after, away, gone - away), moves


def _documents(edition: Edition, files: Mapping[str, str]) -> dict[str, Read]:
    read = edition.repository.read
    return {path: partial(read, blob) for path, blob in files.items() if _is_document(edition, path)}


def _is_document(edition: Edition, path: str) -> bool:
    return path.endswith((*DOCUMENTS, NOTEBOOK)) and not edition.records.is_record(path)
