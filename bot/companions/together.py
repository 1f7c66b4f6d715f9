"""Everything that travels with the drafts of one sync."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.companions import Companions, Note, Sides, Traveller
from bot.companions.bibliography import bibliography
from bot.companions.contents import contents
from bot.companions.figures import figures


def companions(
    documents: Sequence[Traveller], sides: Sides, taken: Collection[str], places: Mapping[str, str]
) -> Companions:
    """What to write beside the drafts of ``documents``.

    ``taken`` are the paths that the sync writes or deletes. ``places`` maps English paths of documents to those of
    their translations, before the sync.
    """
    drafts = [d for d in documents if d.draft]
    files: dict[str, bytes] = {}
    carried: list[Note] = []
    left: list[Note] = []
    for part in (figures(drafts, sides, taken), bibliography(drafts, sides), contents(documents, sides, places)):
        files.update(part.files)
        carried += part.carried
        left += part.left
    return Companions(files, tuple(carried), tuple(left))
