"""What belongs to a document and travels with its draft: figures, bibliography entries, tables of contents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.baselines.layout import Layout
from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.messages import Message
from bot.repositories.paths import check_folders, check_path


@dataclass(frozen=True)
class Traveller:
    """A document that a sync writes, moves or deletes.

    ``was`` and ``path`` are its paths in the translation before and after (empty: it is not there then);
    ``source_path`` is that of its English. ``english`` and ``draft`` are the texts now, empty if it is deleted.
    """

    was: str
    path: str
    source_path: str
    english: str = ""
    draft: str = ""


@dataclass(frozen=True)
class Sides:
    """All files of the English commit and of the translation, and how their paths correspond.

    ``together`` if both are in one repository: there, files that are not of the translation are never written.
    """

    english: Tree
    translation: Tree
    layout: Layout
    together: bool

    def counterpart(self, path: str) -> str:
        """The translation's own version of an English file that is no document; empty if it has none."""
        mapped = self.layout.translated(path)
        places = [mapped] if self.together else [mapped, path]
        return next((p for p in places if p in self.translation.files and not (self.together and p == path)), "")

    def problem(self, path: str, taken: Collection[str]) -> str:
        """Why a new file cannot be at ``path``, in words; empty if it can. ``taken`` are paths written besides."""
        if any(part.startswith(".") for part in PurePosixPath(path).parts):
            return Message("a sync writes no hidden files")
        try:
            check_path(path, self.translation.links)
            check_folders({*self.translation.files, *self.translation.links, *taken, path})
        except AmtsError as error:
            return error.reason
        return ""


@dataclass(frozen=True)
class Note:
    """What travelled into a file, or what did not and why."""

    path: str
    text: str


@dataclass(frozen=True)
class Companions:
    """The ``files`` to write beside the drafts, what was ``carried``, and what is ``left`` to people."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    carried: tuple[Note, ...] = ()
    left: tuple[Note, ...] = ()
