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
from bot.sync.corpus import covered
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

    def is_document(path: str) -> bool:
        return path.endswith((*DOCUMENTS, NOTEBOOK)) and not planned.edition.records.is_record(path)

    repository, current = planned.edition.repository, planned.current
    files = repository.files(current.commit)
    after = {
        path: partial(repository.read, blob)
        for path, blob in files.items()
        if path not in changes and is_document(path)
    }
    for path, data in changes.items():
        if data is not None and is_document(path):
            after[path] = partial(bytes, data)
    done = [o for o in drafted if o.status != "failed"]
    moved = {o.change.was for o in done if o.draft and o.change.was != o.change.path}
    dropped = {o.change.was for o in done if o.draft is None}
    before = Tree(files, repository.read)
    found = deletions(current.commit, before, planned.baselines.of, after, moved, dropped)
    if current.base == current.commit:
        return found, tuple((o.change.was, o.change.path) for o in made if o.draft and o.change.kind == "rename")
    # What is not in a commit yet has its path for an id.
    there = {path if path in changes else files[path]: read for path, read in after.items()}
    here = Tree({path: path if path in changes else files[path] for path in after}, lambda name: there[name]())
    elsewhere = displaced(merged, known.of, here)
    made = [c for c in history.commits(repository, current.commit, current.base) if c.author == BOT_EMAIL]
    # What people write between two syncs must not hide what the second one moves.
    commits = (current.base, *(name for c in made for name in (*c.parents[:1], c.id)), current.commit)
    trees = [repository.files(commit) for commit in commits]
    at = followed(
        [path for path in known.of if path in merged.files],
        [translated(planned.english, planned.edition, tree) for tree in trees],
    )
    moved = {path for path, now in at.items() if now in moved} | {path for path, now in elsewhere.items() if now}
    gone = {path for path, now in at.items() if not now or now in dropped}
    # English may have restored one since, or people.
    gone -= {
        path
        for path in gone
        if path in here.files and is_likely(*(readable(t.read(t.files[path]), path) for t in (merged, here)))
    }
    dropped = (gone | {path for path, now in elsewhere.items() if not now}) - moved
    lost = deletions(current.base, merged, known.of, after, moved, dropped)
    same = {merged.files[deletion.path] for deletion in lost}
    # Two documents may have had one path, one after the other.
    every = [*(d for d in found if files[d.path] not in same), *lost]
    return tuple(sorted(every, key=lambda deletion: deletion.path))
