"""The merged pull requests of the bot, and their drafts, as recorded in git.

The bot's commits are ancestors of a merge commit. After a squash they are only on the branch ``amts/sync``, which
continues from there, or at the head that GitHub keeps of each pull request. A fast-forward puts them on the default
branch.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from bot.baselines.records import Baselines, Recorded, sibling_path
from bot.contracts import BOT_EMAIL, TRAILER
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import PROSE
from bot.document.tree import Tree, readable
from bot.effort.figures import DRAFTS, MergedDrafts
from bot.effort.post_editing import PostEdit, Step, post_edits, said, words
from bot.errors import AmtsError
from bot.forges.branches import squashed_at
from bot.repositories import history
from bot.repositories.history import Logged
from bot.repositories.repository import Repository
from bot.review.record import Entry, by_path, key
from bot.review.unfinished import unfinished, unwritten
from bot.sync.corpus import Book, Edition, OldTexts, entries_at
from bot.sync.displaced import came_from

_DRAFTED = re.compile(rf"^\W*{TRAILER}: ([0-9a-f]+)$", re.MULTILINE)
"""The trailer of a draft; in the message of a squash it may be anywhere, perhaps indented."""


@dataclass(frozen=True)
class Line:
    """The commits of one pull request, newest first, and where the default branch was when the next one began."""

    commits: tuple[Logged, ...]
    until: str

    @property
    def fork(self) -> str:
        """The commit of the default branch that it started from."""
        return self.commits[-1].parents[-1]


@dataclass(frozen=True)
class MergedRequest:
    """A pull request (its commits newest first) and the commit of the default branch that it was merged with."""

    line: Line
    merge: Logged


def merged_drafts(english: Book, edition: Edition) -> Iterator[MergedDrafts]:
    """The drafts of each merged pull request of a translation, beside what people merged.

    Raises AmtsError where nothing of the bot has been merged yet.
    """
    past = edition.forge.past()
    found, lost = merged_requests(edition.repository, edition.forge.base(), past.heads, past.published)
    if not found and not lost:
        raise AmtsError(
            f"nothing can be measured for {edition.name} yet",
            why="no pull request of the bot has been merged into its default branch",
            fix="merge one first; in a shallow clone, fetch the whole history",
        )
    texts = _Texts(english, edition)
    for request in sorted(found, key=lambda r: r.merge.time):
        yield MergedDrafts(request.merge.month, tuple(texts.edits(request)), texts.ratio(request.line.fork))
    for commit in lost:
        yield MergedDrafts(commit.month, None)


def merged_requests(
    repository: Repository, base: str, heads: Collection[str], published: Collection[str] = ()
) -> tuple[list[MergedRequest], list[Logged]]:
    """The pull requests that were merged into ``base``, and the commits of squashes whose drafts are lost.

    ``published`` are the last syncs of pull requests, as far as a forge records them: after a fast-forward git alone
    does not show where one ends and the next begins.
    """
    trunk = history.line(repository, base)
    found: dict[str, MergedRequest] = {}
    others: dict[str, Line] = {}
    for commit in trunk:
        for parent in commit.parents[1:]:
            for n, line in enumerate(_lines(history.line(repository, parent, commit.parents[0]), commit.id)):
                if n == 0:
                    found.setdefault(line.commits[-1].id, MergedRequest(line, commit))
                else:
                    _longest(others, line)
    for head in heads:
        for line in _lines(history.line(repository, head, base), base):
            _longest(others, line)
    taken = {request.merge.id for request in found.values()}
    places = {commit.id: n for n, commit in enumerate(trunk)}
    # Newest start first: the baselines of a rejected one may be merged with the next, but not the reverse.
    for start, line in sorted(others.items(), key=lambda item: -item[1].commits[-1].time):
        at = squashed_at(repository, line.fork, line.commits[0].id, line.until) if start not in found else None
        if at is None or at in taken or at not in places or _is_own(trunk[places[at]]):
            continue
        taken.add(at)
        if merge := _finished(repository, line, trunk, places[at]):
            found[start] = MergedRequest(line, merge)
    forwarded = _forwarded(trunk, {*taken, *(r.merge.id for r in found.values())}, published, heads)
    requests = [*found.values(), *forwarded]
    known = {name for r in requests for c in r.line.commits for name in _DRAFTED.findall(c.message)}
    lost = [
        c
        for c in trunk
        if len(c.parents) == 1 and not _is_own(c) and (made := set(_DRAFTED.findall(c.message))) and not made & known
    ]
    return requests, lost


def _is_own(commit: Logged) -> bool:
    """Whether the bot itself made a commit: a squash or rebase keeps the author but not the committer."""
    return commit.author == commit.committer == BOT_EMAIL


def _is_draft(commit: Logged) -> bool:
    return _is_own(commit) and bool(_DRAFTED.search(commit.message))


def _lines(commits: Sequence[Logged], until: str) -> Iterator[Line]:
    """A branch (newest first) cut into its pull requests: one starts with a draft that merges the default branch.

    People's commits before the first draft are left out.
    """
    own: list[Logged] = []
    for commit in commits:
        own.append(commit)
        if _is_draft(commit) and len(commit.parents) == 2:
            yield Line(tuple(own), until)
            own, until = [], commit.parents[1]
    while own and not _is_draft(own[-1]):
        own.pop()
    if own:
        yield Line(tuple(own), until)


def _longest(lines: dict[str, Line], line: Line) -> None:
    start = line.commits[-1].id
    if start not in lines or len(lines[start].commits) < len(line.commits):
        lines[start] = line


def _finished(repository: Repository, line: Line, trunk: Sequence[Logged], place: int) -> Logged | None:
    """The last commit of a squash or rebase: the first one whose documents equal those of the head.

    Otherwise the one at ``place``; None where that is a copy of the bot's own commit, without people's edits.
    """
    changed = _changed(repository, line)
    wanted = repository.files(line.commits[0].id)
    for n in range(place, max(-1, place - len(line.commits)), -1):
        now = repository.files(trunk[n].id)
        if all(now.get(path) == wanted.get(path) for path in changed):
            return trunk[n]
    return None if trunk[place].author == BOT_EMAIL else trunk[place]


def _changed(repository: Repository, line: Line) -> set[str]:
    before, after = repository.files(line.fork), repository.files(line.commits[0].id)
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def _forwarded(
    trunk: Sequence[Logged], merges: Collection[str], published: Collection[str], heads: Collection[str]
) -> list[MergedRequest]:
    """Pull requests whose commits are on the default branch itself; commits up to the next one count as theirs."""
    out: list[MergedRequest] = []
    own: list[Logged] = []
    ended = False

    def close() -> None:
        if own:
            stop = next((n for n in range(len(own), 0, -1) if own[n - 1].id in heads), len(own))
            drafts = [n for n, c in enumerate(own) if _is_draft(c)]
            last = own[max(stop, drafts[-1] + 1) - 1]
            out.append(MergedRequest(Line(tuple(own[::-1]), last.id), last))
            own.clear()

    for commit in reversed(trunk):
        if commit.id in merges or (ended and _is_draft(commit)):
            close()
            ended = False
        if _is_draft(commit) or own:
            own.append(commit)
        ended = ended or commit.id in published
    close()
    return out


def _prose(text: str, flavour: Flavour | None) -> int:
    """The number of characters of prose in a text."""
    return sum(
        len(content) for block in parse(text, flavour).blocks if block.kind in PROSE for content in block.contents
    )


class _Texts:
    """Reads the documents of pull requests in a translation repository."""

    def __init__(self, english: Book, edition: Edition) -> None:
        self.english, self.edition, self.repository = english, edition, edition.repository
        self.sentences = cache(self._sentences)
        self.prose = cache(partial(_prose, flavour=english.source.flavour))

    def edits(self, request: MergedRequest) -> Iterator[PostEdit]:
        """The drafts of all documents that people merged."""
        drafts = [c for c in reversed(request.line.commits) if _is_own(c) and (len(c.parents) == 1 or _is_draft(c))]
        merged = self._files(request.merge.id)
        final = merged.files
        steps: dict[str, list[Step]] = {}
        for commit in drafts:
            for path, step in self._steps(commit):
                steps.setdefault(path, []).append(step)
        known = self._known(request.line.fork)
        for path, found in sorted(steps.items()):
            if path in final:
                edits = post_edits(
                    found,
                    self._text(final, path),
                    self.edition.name,
                    reusable=known.__contains__,
                    small_edits=self.edition.small_edits,
                    flavour=self.english.source.flavour,
                )
                # A draft that nobody reviewed says nothing about what people made of it.
                unreviewed = self._unwritten(path, merged)
                yield from (e for e in edits if e.origin not in DRAFTS or key(e.final) not in unreviewed)

    def ratio(self, commit: str) -> float:
        """Characters of prose in the translation per character in its English; 1 where there is none yet."""
        merged = self._files(commit)
        english = sum(self.prose(self._english(path, merged)) for path in merged.known)
        target = sum(self.prose(self._text(merged.files, path)) for path in merged.known)
        return target / english if english and target else 1.0

    def _steps(self, commit: Logged) -> Iterator[tuple[str, Step]]:
        """The documents that a commit of the bot wrote, or whose baseline it updated."""
        before, after = (self._files(name) for name in (commit.parents[-1], commit.id))
        removed = [path for path in before.known if path not in after.known]
        moved = came_from(*(Tree({p: s.files[p] for p in s.known}, self.repository.read) for s in (before, after)))
        for path in after.known:
            was = moved.get(path, path)
            was = was if was in before.files or path in moved else self._was(path, after, removed, before)
            recorded = before.known[was].blob if was in before.known else ""
            if (after.files[path], after.known[path].blob) != (before.files.get(was), recorded):
                english = self._english(was, before), self._english(path, after)
                repaired = {name for e in after.entries.get(path, ()) if e.repaired for name in e.text}
                yield path, Step(self._text(before.files, was), self._text(after.files, path), english, repaired)

    def _was(self, path: str, after: _Snapshot, removed: Sequence[str], before: _Snapshot) -> str:
        """The previous path of a new document: of the removed ones, the one with the most sentences in common."""
        own = self.sentences(path, after.files[path])
        alike = {was: len(own & self.sentences(was, before.files[was])) for was in removed}
        best = max(alike, key=lambda was: alike[was], default="")
        return best if alike.get(best) else ""

    def _known(self, commit: str) -> set[str]:
        """The sentences that people had already written in the book, as ``words``."""
        merged = self._files(commit)
        found = set()
        for path in merged.known:
            drafts = self._unwritten(path, merged)
            said = self.sentences(path, merged.files[path])
            found |= {words(s) for s in said if not drafts or key(s) not in drafts}
        return found

    def _unwritten(self, path: str, snapshot: _Snapshot) -> frozenset[str]:
        """The keys of the sentences of a document that no person wrote, by the review record."""
        entries = snapshot.entries.get(path, ())
        if not entries or path not in snapshot.known:
            return frozenset()
        texts = self._english(path, snapshot), self._text(snapshot.files, path)
        return unwritten(unfinished(*texts, entries, self.edition.name, self.english.source.flavour))

    def _sentences(self, path: str, blob: str) -> frozenset[str]:
        text = readable(self.repository.read(blob), path)
        return frozenset(said(text, self.edition.name, self.english.source.flavour))

    def _files(self, commit: str) -> _Snapshot:
        files = self.repository.files(commit)
        known = self.edition.records.read(files, self.repository.read, self.english.blob_at).of
        known = {p: r for p, r in known.items() if p in files and self.english.covers(r.source_path)}
        return _Snapshot(files, known, by_path(entries_at(self.edition, commit)))

    def _text(self, files: Mapping[str, str], path: str) -> str:
        return readable(self.repository.read(files[path]), path) if path in files else ""

    def _english(self, path: str, snapshot: _Snapshot) -> str:
        """The baseline of a document; empty where there is none."""
        record = snapshot.known.get(path)
        if record is None:
            return ""
        if self.edition.records.kind == "sibling":
            return self._text(snapshot.files, sibling_path(path))
        if self.edition.records.kind == "comments":
            tree = Tree(snapshot.files, self.repository.read)
            try:
                texts = OldTexts(
                    self.english, self.english.tree(), tree, Baselines(self.edition.records, snapshot.known)
                )
                return texts(path, record)
            except AmtsError:
                return ""
        source = self.english.repository
        return readable(source.read(record.blob), record.source_path) if source.has_blob(record.blob) else ""


@dataclass(frozen=True)
class _Snapshot:
    """The translation at one commit: the blob ids, baselines and review records of documents, by path."""

    files: Mapping[str, str]
    known: Mapping[str, Recorded]
    entries: Mapping[str, tuple[Entry, ...]]
