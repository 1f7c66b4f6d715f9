"""Finds the English version of every translated document of a language, and records it in a pull request of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from bot.baselines.records import Baselines, Recorded
from bot.contracts import ADOPT_TRAILER, DOCUMENTS, NOTEBOOK
from bot.document.tree import decoded
from bot.drafting.report import many
from bot.errors import AmtsError
from bot.forges import Current, Forge, Page
from bot.messages import Message
from bot.origins import evidence
from bot.origins.answers import Answers
from bot.origins.evidence import Note
from bot.origins.fingerprint import fingerprint, likeness
from bot.origins.places import Places
from bot.origins.scoring import Prints
from bot.origins.verdict import CONFIRMED, Document, Verdict, judge
from bot.progress import Step, counted, silent
from bot.reporting import adoption_page
from bot.reporting.adoption_page import Written
from bot.reporting.wording import wording
from bot.repositories import history, versions
from bot.repositories.versions import Version, Versions
from bot.sync.corpus import Book, Edition

_EDITED = 0.9
"""Share of common features from which a sibling that is no English blob is one that people edited (a guess: those
of d2l-zh have 0.97 or more)."""

_DAY = 86_400
"""Seconds by which clocks of people may differ."""


@dataclass(frozen=True)
class Adoption:
    """The verdicts on all translated documents of a language, and the state of the translation that they are on.

    ``recorded`` are the documents that have a baseline already, right or wrong.
    """

    language: str
    verdicts: tuple[Verdict, ...]
    recorded: frozenset[str]
    current: Current
    forge: Forge

    def to_write(self, replacing: bool) -> tuple[Verdict, ...]:
        """Those to record: certain or likely, and without a baseline unless ``replacing`` ones that fit worse."""
        sure = (v for v in self.verdicts if v.version and v.confidence in ("certain", "likely"))
        return tuple(v for v in sure if v.path not in self.recorded or (replacing and v.version != v.recorded))


def adopt(
    english: Book,
    edition: Edition,
    at: Sequence[str] = (),
    answers: Answers | None = None,
    tell: Callable[[str], None] = print,
    step: Step = silent,
) -> Adoption:
    """The verdicts, from the history of the English branch and its tags; with ``at``, from these revisions alone.

    ``step`` shows how far it is. Raises AmtsError if a revision, or an answer, names what does not exist.
    """
    step("reading the history of English")
    forge = edition.forge.adopting()
    current = forge.current()
    gathered = _Gathered(english, edition, current.commit, _versions(english, at), answers or {})
    found = sum(map(len, gathered.known.values()))
    tell(f"{many(found, 'version')} of {many(len(gathered.known), 'English document')}")
    prints = Prints(english_texts(english, gathered.known))
    places = Places(gathered.known, english.tree().files, prints)
    documents = list(gathered.documents(prints))
    shown = counted(step, "judging", "document")
    verdicts = []
    for document in documents:
        verdicts.append(judge(document, places, prints, edition.name))
        shown(len(verdicts), len(documents))
    recorded = frozenset(_recorded(edition, english, edition.repository.files(current.commit)).of)
    texts = {document.path: document.text for document in documents}
    verdicts = [_recordable(v, edition, texts[v.path]) for v in _apart(documents, verdicts)]
    return Adoption(edition.name, tuple(verdicts), recorded, current, forge)


def record(
    english: Book, edition: Edition, found: Adoption, *, replacing: bool = False
) -> adoption_page.Written | None:
    """Records the baselines in a pull request that changes nothing else; None if there is nothing to record.

    Raises AmtsError where nothing could be written, and ``Moved`` if people pushed to the branch meanwhile.
    """
    edition.check_writable()
    edition.repository.check_free(found.forge.own)
    chosen = found.to_write(replacing)
    files = edition.repository.files(found.current.commit)
    recorded = _recorded(edition, english, files)
    documents = {
        v.path: (Recorded(v.version.path, v.version.blob), v.version.oldest) for v in chosen if v.version is not None
    }
    if edition.records.kind == "comments":
        changes = {
            path: _in_comments(edition.repository.read(files[path]), english.repository.read(record.blob), edition.name)
            for path, (record, _) in documents.items()
        }
    else:
        changes = edition.records.recording(
            documents, recorded.of, english.repository.read, lambda path: edition.repository.read(files[path])
        )
    changes = {p: data for p, data in changes.items() if p not in files or edition.repository.read(files[p]) != data}
    if not documents or not changes:
        return None
    words = wording(edition.page_language)
    title = adoption_page.title(len(documents), words)
    request = found.forge.publish(
        found.current,
        changes,
        Page(title, partial(adoption_page.page, found.language, found.verdicts, chosen, words), words.message),
        message=f"{title}\n\n{ADOPT_TRAILER}: {len(documents)}\n",
        fingerprint="",
    )
    return Written(len(documents), request.location, request.notes)


def _in_comments(target: bytes, english: bytes, language: str) -> bytes:
    """A translation with its English in comments before each part."""
    from bot.planning.comment_edits import first_comments

    return first_comments(target.decode("utf-8"), english.decode("utf-8"), language).encode()


def _apart(documents: Sequence[Document], verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """The verdicts; what was found by content alone is doubted if another document is at the path of that English."""
    own = {document.source_path for document in documents}
    for document, verdict in zip(documents, verdicts, strict=True):
        found = verdict.version
        if found and found.path != document.source_path and found.path in own and verdict.evidence != (CONFIRMED,):
            other = Message("another document is at the path of {path}", path=found.path)
            candidates = tuple(dict.fromkeys((found, *verdict.candidates)))
            yield replace(
                verdict, confidence="unsure", version=None, evidence=(*verdict.evidence, other), candidates=candidates
            )
        else:
            yield verdict


def _recordable(verdict: Verdict, edition: Edition, text: str) -> Verdict:
    """The verdict; in doubt if it cannot be recorded in the document, whose ``text`` is given."""
    if verdict.version is None:
        return verdict
    name = verdict.version.path
    if edition.records.can_name(verdict.path, name):
        try:
            edition.records.stamped(text, verdict.version.oldest)
            return verdict
        except AmtsError as error:
            why = error.advice
    else:
        place = "comments" if edition.records.kind == "comments" else "a commit in its front matter"
        why = edition.records.refusal(verdict.path) or f"{place} cannot name {name}"
        why += ": use `baseline: lock`, or move the document"
    candidates = tuple(dict.fromkeys((verdict.version, *verdict.candidates)))
    return replace(verdict, confidence="unsure", version=None, evidence=(*verdict.evidence, why), candidates=candidates)


def english_texts(english: Book, known: Versions) -> Callable[[str], str]:
    """Reads an English blob as the text of its document; any bytes give some text."""
    paths = {version.blob: path for path, mine in known.items() for version in mine}

    def read(blob: str) -> str:
        data = english.repository.read(blob)
        try:
            return decoded(data, paths.get(blob, ""))
        except AmtsError:
            return data.decode("utf-8", "replace")

    return read


def _versions(english: Book, at: Sequence[str]) -> Versions:
    repository = english.repository
    if not at:
        known = versions.of_history(repository, english.commit, english.covers)
        tags = repository.output("for-each-ref", "--format=%(objectname)", "refs/tags/").split()
        commits = [c for c in map(repository.resolve, tags) if c]
    else:
        known = {}
        commits = [_resolved(english, name) for name in at]
    for commit in dict.fromkeys(commits):
        known = versions.joined(known, versions.of_tree(repository, commit, english.covers))
    return known


def _resolved(english: Book, revision: str) -> str:
    commit = english.repository.resolve(revision)
    if commit is None:
        raise AmtsError(
            f"the English repository has no {revision}",
            why=f"{english.repository.path} knows no such branch, tag or commit",
            fix="name another, or fetch it there first",
        )
    return commit


def _recorded(edition: Edition, english: Book, files: Mapping[str, str]) -> Baselines:
    return edition.records.read(files, edition.repository.read, english.blob_at)


@dataclass(frozen=True)
class _Gathered:
    """What the two repositories say about the documents of one translation at ``commit``."""

    english: Book
    edition: Edition
    commit: str
    known: Versions
    answers: Answers

    def documents(self, prints: Prints) -> Iterator[Document]:
        """The translated documents in the order of their paths, with all evidence about each."""
        files = self._files
        recorded = _recorded(self.edition, self.english, files).of
        records = self.edition.records
        if missing := sorted(set(self.answers) - set(files)):
            raise AmtsError(
                f"the translation has no {missing[0]}",
                why="the list of answers names it",
                fix="correct the list, or write a new one with --list",
            )
        for path, blob in sorted(files.items()):
            source = records.layout.english(path)
            if (
                not source
                or not path.endswith((*DOCUMENTS, NOTEBOOK))
                or records.is_record(path)
                or not path.isprintable()
            ):
                continue
            if path not in recorded and path not in self.answers and not self._may_be(path, source):
                continue
            try:
                text = decoded(self.edition.repository.read(blob), path)
            except AmtsError:
                continue  # a sync names it
            record = recorded.get(path)
            known = self._version(record, prints) if record else None
            changed = self._changes.get(path, (2**62, ()))[0] + _DAY
            yield Document(path, source, text, changed, tuple(self._named(path, source, text)), known)

    def _may_be(self, path: str, source: str) -> bool:
        """Whether a file may be a translation of the English ``source``, and is not English itself."""
        own = self.edition.repository.path == self.english.repository.path and self.english.covers(path)
        return self.english.source.covers(source) and not own

    def _named(self, path: str, source: str, text: str) -> Iterator[tuple[Note, Version]]:
        """What people noted, with the versions that it leads to, the strongest first."""
        if answer := self.answers.get(path):
            commit = _resolved(self.english, answer.commit)
            version = self._at(commit, answer.source_path)
            if version is None:
                raise AmtsError(
                    f"English has no {answer.source_path} at {answer.commit}",
                    why=f"the list of answers names it for {path}",
                    fix="correct the list: ENGLISH-PATH@COMMIT",
                )
            yield Note("confirmed", commit, CONFIRMED), version
        state = evidence.state_path(path, self._text(evidence.STATE_CONFIG))
        notes = [
            *evidence.in_front_matter(text),
            *evidence.in_state(self._text(state), state),
            *self._changes.get(path, (0, ()))[1],
        ]
        if self._fork:
            notes.append(Note("fork", self._fork, Message("the last commit shared with English")))
        for note in notes:
            commit_or_none = self._commit_of(note.commit)
            if commit_or_none and (version := self._at(commit_or_none, source)):
                yield note, version

    @cached_property
    def _files(self) -> Mapping[str, str]:
        return self.edition.repository.files(self.commit)

    def _text(self, path: str) -> str:
        """The text of a file of the translation; empty if there is none."""
        blob = self._files.get(path)
        return self.edition.repository.read(blob).decode("utf-8", "replace") if blob else ""

    def _commit_of(self, name: str) -> str | None:
        """The commit of a full or short id; None for a word that only looks like one."""
        if name not in self._commits:
            found = self.english.repository.resolve(name)
            self._commits[name] = found if found and found.startswith(name) else None
        return self._commits[name]

    @cached_property
    def _commits(self) -> dict[str, str | None]:
        return {}

    def _at(self, commit: str, path: str) -> Version | None:
        """The version that an English commit has at a path."""
        blob = self.english.blob_at(commit, path)
        if blob is None:
            return None
        same = [v for v in self.known.get(path, ()) if v.blob == blob]
        time = int(self.english.repository.output("show", "--no-patch", "--format=%ct", commit))
        return same[0] if same else Version(path, blob, commit, commit, time)

    def _version(self, record: Recorded, prints: Prints) -> Version | None:
        """The version that a baseline records; for a sibling that people have edited, the one that is nearest."""
        mine = self.known.get(record.source_path, ())
        if same := [v for v in mine if v.blob == record.blob]:
            return same[0]
        elsewhere = (v for every in self.known.values() for v in every if v.blob == record.blob)
        if found := next(elsewhere, None):
            return found
        if not mine or not self.edition.repository.has_blob(record.blob):
            return None
        own = fingerprint(self.edition.repository.read(record.blob).decode("utf-8", "replace"))
        share, nearest = max(((likeness(own, prints.of(v.blob)), v) for v in mine), key=lambda pair: pair[0])
        return nearest if share >= _EDITED else None

    @cached_property
    def _changes(self) -> dict[str, tuple[int, tuple[Note, ...]]]:
        """When each file last changed, and the English commits named by the newest message that names any."""
        found: dict[str, tuple[int, tuple[Note, ...]]] = {}
        for commit in history.touching(self.edition.repository, self.commit):
            notes = tuple(n for n in evidence.in_message(commit.message, commit.id) if self._commit_of(n.commit))
            for path in commit.paths:
                time, before = found.get(path, (commit.time, ()))
                found[path] = (time, before or notes)
        return found

    @cached_property
    def _fork(self) -> str:
        """The newest commit of a forked translation that is also in English; empty for no fork."""
        mine, theirs = self.edition.repository, self.english.repository
        if mine.path == theirs.path:
            return ""
        return history.shared(mine, self.commit, theirs, self.english.commit) or ""
