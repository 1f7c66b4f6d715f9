"""Reads from git what people changed in a translation since its baselines were recorded, for the planner."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.baselines import comments, front_matter
from bot.baselines.records import Recorded
from bot.contracts import BOT_EMAIL
from bot.document.tree import readable
from bot.errors import AmtsError
from bot.planning.book_plan import Change
from bot.repositories import history
from bot.repositories.history import Revision
from bot.repositories.repository import Repository
from bot.sync.corpus import Book, Edition

if TYPE_CHECKING:
    from bot.planning.by_hand import ByHand, Edit

CUT_OFF = (
    "a clone is shallow, so sentences that people updated by hand earlier are not recognised and may be drafted again: "
    "fetch the whole history (git fetch --unshallow)"
)

Revisions = Mapping[str, tuple[Revision, ...]]


@dataclass
class UpdatedByHand:
    """What people changed in the documents of the translation at ``commit``.

    A baseline counts as recorded by the commit of the branch's own line (first parents) that gave it its present value:
    what people wrote in a pull request is in its merge, merged in whichever way. ``cut_off``: a clone lacks
    the history that would show more.
    """

    english: Book
    edition: Edition
    commit: str
    cut_off: bool = field(default=False, init=False)
    _locks: dict[str, Mapping[str, Recorded]] = field(default_factory=dict, init=False)
    _later: dict[str, Collection[str]] = field(default_factory=dict, init=False)
    _english: dict[str, str] = field(default_factory=dict, init=False)  # the sentences of a document share few versions

    def __call__(self, change: Change, record: Recorded) -> ByHand | None:
        """What people changed in a document whose present baseline is ``record``; None if they left it as it was."""
        path, repository = change.was, self.edition.repository
        self._english.clear()
        own = self._line.get(path, ())
        since = self._recorded(path, record) if own else None
        if since is None:
            return None
        self.cut_off = self.cut_off or self._is_shallow
        blob = next((r.blob for r in own if r.age >= since.age), "")
        if blob == own[0].blob:
            return None
        # Most runs find nothing to do; what reads texts is imported for the others alone.
        from bot.planning.by_hand import by_hand

        later = self._after(since.commit)
        edits = (e for revisions in (self._every, self._line) for e in self._edits(change, record, revisions, later))
        return by_hand(
            _text(repository, blob, path), change.target, edits, self.edition.name, self.english.source.flavour
        )

    @cached_property
    def _line(self) -> Revisions:
        return history.revisions(self.edition.repository, self.commit, first_parent=True)

    @cached_property
    def _every(self) -> Revisions:
        """Commits without merges: when somebody wrote something, not when it was merged."""
        return history.revisions(self.edition.repository, self.commit)

    @cached_property
    def _source(self) -> Revisions:
        return history.revisions(self.english.repository, self.english.commit, first_parent=True)

    @cached_property
    def _is_shallow(self) -> bool:
        return any(map(history.is_shallow, (self.edition.repository, self.english.repository)))

    def _after(self, commit: str) -> Collection[str]:
        """The commits whose work that one lacks: what older ones brought has gone since, or is in the text of then."""
        if commit not in self._later:
            self._later[commit] = history.missing_in(self.edition.repository, commit, self.commit)
        return self._later[commit]

    def _recorded(self, path: str, record: Recorded) -> Revision | None:
        """The commit that recorded the present baseline of a document; None if there is none."""
        records, read = self.edition.records, self.edition.repository.read
        if records.kind == "sibling":
            return next((r for beside in records.beside(path) for r in self._line.get(beside, ())), None)
        if records.kind == "lock":
            return _unchanged(self._line.get(records.lock, ()), lambda blob: self._locked(blob).get(path) == record)
        own = self._line.get(path, ())

        def value(blob: str) -> object:
            text = read(blob).decode("utf-8", "replace")
            return comments.bodies(text) if records.kind == "comments" else front_matter.value(text, records.key)

        now = value(own[0].blob) if own else ""
        return _unchanged(own, lambda blob: value(blob) == now)

    def _locked(self, blob: str) -> Mapping[str, Recorded]:
        """The baselines in a version of the lock; none if it cannot be read."""
        if blob not in self._locks:
            records, repository = self.edition.records, self.edition.repository
            try:
                self._locks[blob] = records.read({records.lock: blob}, repository.read, self.english.blob_at).of
            except AmtsError:
                self._locks[blob] = {}
        return self._locks[blob]

    def _edits(
        self, change: Change, record: Recorded, revisions: Revisions, commits: Collection[str]
    ) -> Iterator[Edit]:
        from bot.planning.by_hand import Edit

        path, repository = change.was, self.edition.repository
        for revision in (r for r in revisions.get(path, ()) if r.commit in commits):
            before, after = (_text(repository, blob, path) for blob in (revision.before, revision.blob))
            english = partial(self._english_at, revision, (change.source_path, record.source_path))
            yield Edit(revision.author == BOT_EMAIL, before, after, english)

    def _english_at(self, made: Revision, paths: tuple[str, ...]) -> str:
        """The English document as it was on its branch when people made a commit; empty if it is not known."""
        for path in paths:
            for revision in self._source.get(path, ()):
                # A commit of a repository with both languages may change both.
                if revision.time < made.time or revision.commit == made.commit:
                    if not (blob := revision.blob):
                        break
                    if blob not in self._english:
                        self._english[blob] = _text(self.english.repository, blob, path)
                    return self._english[blob]
        return ""


def _unchanged(revisions: Sequence[Revision], holds: Callable[[str], bool]) -> Revision | None:
    """The oldest of the newest revisions that all hold; None if the newest one does not."""
    held = list(takewhile(lambda r: bool(r.blob) and holds(r.blob), revisions))
    return held[-1] if held else None


def _text(repository: Repository, blob: str, path: str) -> str:
    """The text of a version; empty if there is none, or it cannot be read."""
    try:
        return readable(repository.read(blob), path) if blob else ""
    except AmtsError:  # a shallow or partial clone lacks it
        return ""
