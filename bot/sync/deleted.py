"""The documents that a pull request deletes, whichever of its syncs did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from bot.contracts import DOCUMENTS, NOTEBOOK
from bot.document.tree import Tree
from bot.drafting.outcomes import Outcome
from bot.planning.deletions import Deletion, deletions
from bot.sync.corpus import covered
from bot.sync.displaced import displaced
from bot.sync.planned import Planned


def deleted(planned: Planned, drafted: Sequence[Outcome], changes: Mapping[str, bytes | None]) -> tuple[Deletion, ...]:
    """The documents that people lose if they merge ``changes`` on top of the pull request, by their paths.

    The commit of each has it as people merged it, or else as it was in the pull request until now. What an earlier sync
    only moved is one document.
    """
    is_record = planned.edition.records.is_record
    repository, current = planned.edition.repository, planned.current
    files = repository.files(current.commit)
    after = {
        path: partial(repository.read, blob)
        for path, blob in files.items()
        if path.endswith((*DOCUMENTS, NOTEBOOK)) and path not in changes and not is_record(path)
    }
    for path, data in changes.items():
        if data is not None and path.endswith((*DOCUMENTS, NOTEBOOK)) and not is_record(path):
            after[path] = partial(bytes, data)
    made = [o for o in drafted if o.status != "failed"]
    moved = {o.change.was for o in made if o.draft and o.change.was != o.change.path}
    dropped = {o.change.was for o in made if o.draft is None}
    before = Tree(files, repository.read)
    found = deletions(current.commit, before, planned.baselines.of, after, moved, dropped)
    if current.base == current.commit:
        return found
    merged = Tree(repository.files(current.base), repository.read)
    known = covered(
        planned.edition.records.read(merged.files, merged.read, planned.english.blob_at), planned.english.covers
    )
    # What is not in a commit yet has its path for an id.
    there = {path if path in changes else files[path]: read for path, read in after.items()}
    here = Tree({path: path if path in changes else files[path] for path in after}, lambda name: there[name]())
    elsewhere = displaced(merged, known.of, here)
    moved |= {path for path, now in elsewhere.items() if now}
    dropped = {path for path, now in elsewhere.items() if not now}
    lost = deletions(current.base, merged, known.of, after, moved, dropped)
    same = {merged.files[deletion.path] for deletion in lost}
    every = {deletion.path: deletion for deletion in (*(d for d in found if files[d.path] not in same), *lost)}
    return tuple(every[path] for path in sorted(every))
