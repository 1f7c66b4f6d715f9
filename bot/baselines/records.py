"""Reads and writes the English version that each translated document corresponds to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.baselines import comments, front_matter
from bot.baselines.layout import SAME, Layout
from bot.contracts import COMMENTABLE, DEFAULT_KEY, DOCUMENTS, DRIFTED, LOCK, NOTEBOOK, ORIGIN, REVIEW, BaselineKind
from bot.errors import AmtsError

Content = Callable[[str], bytes]
"""Reads a blob by its id."""

BlobAt = Callable[[str, str], str | None]
"""The blob that an English commit has at a path; None if there is no such commit or path."""


@dataclass(frozen=True)
class Recorded:
    """The baseline of one translated document: English path and git blob id."""

    source_path: str
    blob: str


@dataclass(frozen=True)
class Records:
    """How a translation records its baselines.

    ``sibling``: ``x_origin.md`` beside ``x.md``. ``lock``: one file, at the path ``lock``. ``front-matter``: ``key`` in
    the front matter of each document names the English commit; dots separate nested keys. ``comments``: each document
    has the English of a paragraph in a comment before it, and ``Recorded.blob`` is no blob: ``comments:`` and that of
    the translation.
    """

    kind: BaselineKind
    layout: Layout = SAME
    lock: str = LOCK
    key: str = DEFAULT_KEY

    def read(self, files: Mapping[str, str], content: Content, blob_at: BlobAt) -> Baselines:
        """The baselines of a translation; ``files`` maps the paths of its files to blob ids.

        Raises AmtsError for a lock that cannot be read.
        """
        if self.kind == "sibling":
            pairs = ((document_of(path), blob) for path, blob in files.items())
            named = ((document, self.layout.english(document), blob) for document, blob in pairs if document in files)
            return Baselines(self, {document: Recorded(source, blob) for document, source, blob in named if source})
        if self.kind == "front-matter":
            return Baselines(self, dict(self._named(files, content, blob_at)))
        if self.kind == "comments":
            return Baselines(self, dict(self._commented(files, content)))
        return Baselines(self, self._locked(files, content))

    def _named(self, files: Mapping[str, str], content: Content, blob_at: BlobAt) -> Iterable[tuple[str, Recorded]]:
        for path, blob in files.items():
            source = self.layout.english(path) if path.endswith(DOCUMENTS) else ""
            if source and (commit := front_matter.value(content(blob).decode("utf-8", "replace"), self.key)):
                yield path, Recorded(source, blob_at(commit, source) or f"{commit}:{source}")

    def _commented(self, files: Mapping[str, str], content: Content) -> Iterable[tuple[str, Recorded]]:
        for path, blob in files.items():
            source = self.layout.english(path) if path.endswith(COMMENTABLE) else ""
            if source and comments.has_english(content(blob).decode("utf-8", "replace")):
                yield path, Recorded(source, f"comments:{blob}")

    def _locked(self, files: Mapping[str, str], content: Content) -> dict[str, Recorded]:
        if self.lock not in files:
            return {}
        try:
            data = json.loads(content(files[self.lock]))
            return {str(p): Recorded(str(e["source"]), str(e["blob"])) for p, e in data["documents"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise AmtsError(
                f"{self.lock} cannot be read",
                why=f"it is not the JSON that a sync writes ({type(error).__name__}: {error})",
                fix=f"restore {self.lock} from an earlier commit of the translation",
            ) from error

    @property
    def review(self) -> str:
        """The path of the review record (``bot.review.record``), which is beside the lock where there is one."""
        return self.lock.removesuffix(LOCK.rpartition(".")[2]) + REVIEW.rpartition(".")[2]

    def beside(self, path: str) -> tuple[str, ...]:
        """The files that record the baseline of the document at ``path`` alone."""
        return (sibling_path(path),) if self.kind == "sibling" else ()

    def is_record(self, path: str) -> bool:
        """Whether a file records baselines and is no document itself; ``x_origin.md`` may be one beside a lock."""
        return is_lock(path) or (self.kind == "sibling" and bool(document_of(path)))

    def stamped(self, text: str, commit: str) -> str:
        """A document as it is written when it corresponds to the English at ``commit``.

        Raises AmtsError if its front matter cannot name that commit.
        """
        if self.kind != "front-matter":
            return text
        return front_matter.without(front_matter.with_value(text, self.key, commit), DRIFTED)

    def can_name(self, path: str, source_path: str) -> bool:
        """Whether the baseline of the document at ``path`` can be a version of the English ``source_path``."""
        if self.kind in ("front-matter", "comments") and self.layout.english(path) != source_path:
            return False
        return not self.refusal(path)

    def refusal(self, path: str) -> str:
        """Why a document at ``path`` cannot record its baseline, whatever is in it; empty if it can."""
        if self.kind == "front-matter" and path.endswith(NOTEBOOK):
            return "its baseline would be in its front matter, which notebooks do not have"
        if self.kind == "comments" and not path.endswith(COMMENTABLE):
            return "its baseline would be in HTML comments, which notebooks and MDX do not have"
        return ""

    def recording(
        self,
        documents: Mapping[str, tuple[Recorded, str]],
        recorded: Mapping[str, Recorded],
        english: Content,
        target: Content,
    ) -> dict[str, bytes]:
        """The files to write so that ``documents`` get these baselines; all else stays.

        For each document its baseline, which ``can_name`` allows, and an English commit that has it. ``recorded`` are
        the present baselines; ``english`` reads a blob, ``target`` a translated document by its path.
        """
        if self.kind == "lock":
            return {self.lock: lock_text({**recorded, **{path: r for path, (r, _) in documents.items()}}).encode()}
        if self.kind == "sibling":
            return {sibling_path(path): english(record.blob) for path, (record, _) in documents.items()}
        return {
            path: self.stamped(target(path).decode("utf-8"), commit).encode() for path, (_, commit) in documents.items()
        }


@dataclass(frozen=True)
class Baselines:
    """All recorded baselines of a translation, by the path of the translated document."""

    records: Records
    of: Mapping[str, Recorded]


def lock_name(language: str, shared: bool) -> str:
    """The path of the lock of a language; ``shared`` if its repository has other languages too."""
    stem, _, suffix = LOCK.rpartition(".")
    return f"{stem}.{language}.{suffix}" if shared else LOCK


def lock_text(documents: Mapping[str, Recorded]) -> str:
    """``amts.lock`` for these documents: sorted, one value per line, so that merges stay small."""
    entries = {p: {"source": r.source_path, "blob": r.blob} for p, r in sorted(documents.items())}
    return json.dumps({"version": 1, "documents": entries}, indent=1, ensure_ascii=False) + "\n"


def sibling_path(path: str) -> str:
    """The path of the baseline of the translated document ``path``: ``x_origin.md`` for ``x.md``."""
    name, dot, suffix = path.rpartition(".")
    return f"{name}{ORIGIN}{dot}{suffix}"


def document_of(path: str) -> str:
    """The document that has ``path`` as its sibling baseline; empty for any other file."""
    name, dot, suffix = path.rpartition(".")
    known = name.endswith(ORIGIN) and dot + suffix in (*DOCUMENTS, NOTEBOOK)
    return f"{name.removesuffix(ORIGIN)}{dot}{suffix}" if known else ""


def is_lock(path: str) -> bool:
    """Whether a file of a translation is the lock of a language."""
    stem, _, suffix = LOCK.rpartition(".")
    return path == LOCK or (path.startswith(f"{stem}.") and path.endswith(f".{suffix}"))
