"""The English history of a document: which commit has the recorded version, and what changed it since."""

from __future__ import annotations

from functools import cached_property

from bot.baselines.records import Recorded
from bot.errors import AmtsError
from bot.repositories import history
from bot.repositories.history import Revision
from bot.status.document_status import Recording
from bot.sync.corpus import Book


class EnglishHistory:
    """The changes of all documents on the English branch; a merge counts as one change."""

    def __init__(self, english: Book) -> None:
        self._repository = english.repository
        self._read: dict[str, frozenset[str]] = {}
        self._revisions = history.revisions(english.repository, english.commit, first_parent=True)

    def recording(self, record: Recorded, now: str, text: str) -> Recording:
        """The version that ``record`` is, whose text is ``text``; ``now`` is the present path, empty if it is gone."""
        base = self._exact(record)
        exact = base is not None
        if base is None and not self._shallow:
            likeness, base = self._nearest(record.source_path, text)
            exact = likeness == 1
        if base is None:
            return Recording()
        paths = {record.source_path, now or record.source_path}
        later = {r.age: r for path in paths for r in self._revisions.get(path, ()) if r.age < base.age}
        return Recording(base.commit, exact, len(later), later[max(later)].time if later else None)

    def _exact(self, record: Recorded) -> Revision | None:
        own = [r for r in self._revisions.get(record.source_path, ()) if r.blob == record.blob]
        return min(own or self._by_blob.get(record.blob, []), key=lambda r: r.age, default=None)

    def _nearest(self, path: str, text: str) -> tuple[float, Revision | None]:
        """The version with the most lines in common, and their share; people correct mistakes in what they record."""
        wanted = _lines(text)
        scores = [(_likeness(wanted, self._lines(r.blob)), -r.age, r) for r in self._revisions.get(path, ()) if r.blob]
        best = max(scores, key=lambda found: found[:2], default=(0.0, 0, None))
        return best[0], best[2]

    def _lines(self, blob: str) -> frozenset[str]:
        if blob not in self._read:
            try:
                self._read[blob] = _lines(self._repository.read(blob).decode("utf-8", "replace"))
            except AmtsError:  # a partial clone
                self._read[blob] = frozenset()
        return self._read[blob]

    @cached_property
    def _by_blob(self) -> dict[str, list[Revision]]:
        found: dict[str, list[Revision]] = {}
        for revisions in self._revisions.values():
            for revision in revisions:
                found.setdefault(revision.blob, []).append(revision)
        return found

    @cached_property
    def _shallow(self) -> bool:
        return history.is_shallow(self._repository)


def _lines(text: str) -> frozenset[str]:
    return frozenset(map(str.strip, text.splitlines()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
