"""Which translated documents a pull request deletes: what people have to know first, since the text is theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.document.tree import Tree, bag, overlap, readable
from bot.planning.successors import RENAMED


@dataclass(frozen=True)
class Deletion:
    """A translated document that a pull request deletes; its text, of so many code points, is in ``commit``."""

    path: str
    commit: str
    characters: int


def deletions(
    commit: str,
    before: Tree,
    documents: Collection[str],
    after: Mapping[str, Callable[[], bytes]],
    moved: Collection[str],
    dropped: Collection[str] = (),
) -> tuple[Deletion, ...]:
    """Those of ``documents`` in ``before``, the tree of ``commit``, that are gone in ``after``.

    ``after`` maps the paths of the documents of the pull request to what reads them; ``moved`` are known to be
    elsewhere now. Others count as moved if enough of their lines are in a file that the pull request adds: then an
    earlier sync moved them. Those that are ``dropped`` are gone even if another document has taken their path.
    """
    taken = after.keys() & set(dropped)
    there = [path for path in sorted(documents) if path in before.files and path not in moved]
    gone = [path for path in there if path not in after or path in taken]
    if not gone:
        return ()
    added = [bag(readable(read(), path)) for path, read in after.items() if path not in before.files]
    out = []
    for path in gone:
        text = readable(before.read(before.files[path]), path)
        lines = bag(text)
        if path in taken or not any(lines & other and overlap(lines, other) > RENAMED for other in added):
            out.append(Deletion(path, commit, len(text)))
    return tuple(out)
