"""The documents that a pull request deletes and moves, whichever of its syncs did it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from bot.contracts import DOCUMENTS, NOTEBOOK
from bot.document.tree import Tree
from bot.drafting.outcomes import Outcome
from bot.planning.deletions import Deletion, deletions
from bot.sync.corpus import Book, Edition, covered
from bot.sync.displaced import displaced
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
        return found, tuple((o.change.was, o.change.path) for o in made if o.draft and o.change.kind == "rename")
    # What is not in a commit yet has its path for an id.
    there = {path if path in changes else files[path]: read for path, read in after.items()}
    here = Tree({path: path if path in changes else files[path] for path in after}, lambda name: there[name]())
    elsewhere = displaced(merged, known.of, here)
    if moved or dropped:  # by the paths that the documents have in the pull request until now
        until = Tree(
            {p: b for p, b in files.items() if p.endswith((*DOCUMENTS, NOTEBOOK)) and not is_record(p)}, before.read
        )
        at = {path: path for path in known.of} | displaced(merged, known.of, until)
        moved = {path for path in known.of if at[path] in moved}
        dropped = {path for path in known.of if at[path] in dropped}
    moved |= {path for path, now in elsewhere.items() if now}
    dropped |= {path for path, now in elsewhere.items() if not now}
    lost = deletions(current.base, merged, known.of, after, moved, dropped)
    same = {merged.files[deletion.path] for deletion in lost}
    every = {deletion.path: deletion for deletion in (*(d for d in found if files[d.path] not in same), *lost)}
    return tuple(every[path] for path in sorted(every)), moves


def deleted_at(english: Book, edition: Edition, base: str, commit: str) -> tuple[tuple[Deletion, ...], Moves]:
    """The documents that people lose if they merge ``commit`` into ``base``, and those that it moves."""
    if base == commit:
        return (), ()
    files = edition.repository.files(commit)
    after = _documents(edition, files)
    return _since(english, edition, base, after, {path: files[path] for path in after})


def _since(
    english: Book,
    edition: Edition,
    base: str,
    after: Mapping[str, Read],
    ids: Mapping[str, str],
    moved: Collection[str] = (),
) -> tuple[tuple[Deletion, ...], Moves]:
    """What of the documents in ``base`` is deleted or moved in ``after``, of which ``ids`` has the blobs."""
    merged = Tree(edition.repository.files(base), edition.repository.read)
    known = covered(edition.records.read(merged.files, merged.read, english.blob_at), english.covers)
    there = {ids[path]: read for path, read in after.items()}
    elsewhere = displaced(merged, known.of, Tree(ids, lambda name: there[name]()))
    gone = {path for path, now in elsewhere.items() if not now}
    moves = tuple(sorted((path, now) for path, now in elsewhere.items() if now))
    return deletions(base, merged, known.of, after, {*moved, *(path for path, _ in moves)}, gone), moves


def _documents(edition: Edition, files: Mapping[str, str]) -> dict[str, Read]:
    read = edition.repository.read
    return {path: partial(read, blob) for path, blob in files.items() if _is_document(edition, path)}


def _is_document(edition: Edition, path: str) -> bool:
    return path.endswith((*DOCUMENTS, NOTEBOOK)) and not edition.records.is_record(path)
