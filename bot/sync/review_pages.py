"""Review pages: of a pull request, or of what waits in a translation without one, with the figures of the book."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bot.companions.figures import inside, plain
from bot.drafting.report import LanguageReport
from bot.errors import AmtsError
from bot.forges import Current
from bot.repositories.repository import Repository
from bot.sync.corpus import Book, Edition
from bot.sync.deleted import deleted_at
from bot.sync.unfinished import after_sync

LARGEST = 150_000
"""Bytes of the largest figure on a page (a guess: a page is one file, and should open at once)."""

ALL = 4_000_000
"""Bytes of all figures of a page (a guess); those that come later are named instead."""

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""Kinds of pictures that every browser shows; in an image no script of an SVG runs."""


def report_now(english: Book, edition: Edition) -> LanguageReport:
    """What waits in a translation now: in its open pull request, or else in what people merged."""
    return report_at(english, edition, edition.forge.current())


def report_at(english: Book, edition: Edition, current: Current) -> LanguageReport:
    """What waits in a translation at a state of it, with its review page."""
    documents = after_sync(english, edition, current).documents
    gone, moves = deleted_at(english, edition, current.base, current.commit)
    report = LanguageReport(
        edition.name,
        "nothing",
        english.commit,
        location=current.pull_request.location if current.pull_request else "",
        documents=documents,
        waiting=sum(len(document.sentences) for document in documents),
        deletions=gone,
        moves=moves,
        branch=edition.forge.own if current.pull_request else "",
        page_language=edition.page_language,
    )
    return replace(report, review=partial(review_page, english, edition, report, current.commit, report.location))


def review_page(english: Book, edition: Edition, report: LanguageReport, commit: str, location: str) -> Iterator[str]:
    """The review page of a report, in pieces.

    ``commit`` has the figures of the translation, ``location`` is the pull request.
    """
    # Only those who get a page wait for the libraries that make it.
    from bot.reporting.review_page.page import page

    address = location if location.startswith(("https://", "http://")) else ""
    return page(report, address, pictures(english, edition, commit), english.source.flavour)


def pictures(english: Book, edition: Edition, commit: str) -> Callable[[str, str], str]:
    """Finds the ``data:`` address of a figure that a document at ``commit`` refers to, as long as there is room."""
    room = ALL
    found: dict[tuple[Repository, str], str] = {}

    def picture(path: str, name: str) -> str:
        nonlocal room
        import base64

        kind = _TYPES.get(posixpath.splitext(plain(name).lower())[1])
        for repository, blob in _places(english, edition, commit, path, name) if kind else ():
            if (repository, blob) in found:
                return found[repository, blob]
            try:
                data = repository.read(blob)
            except AmtsError:
                continue  # a clone without large files
            if len(data) <= min(room, LARGEST):
                room -= len(data)
                found[repository, blob] = f"data:{kind};base64,{base64.b64encode(data).decode()}"
                return found[repository, blob]
        return ""

    return picture


def _places(english: Book, edition: Edition, commit: str, path: str, name: str) -> Iterator[tuple[Repository, str]]:
    """The blobs that may be the figure ``name`` of the document at ``path``, those of the translation first."""
    sides = (
        (edition.repository, commit, path),
        (english.repository, english.commit, edition.records.layout.english(path) or path),
    )
    for repository, at, document in sides:
        files = repository.files(at)
        for reference in dict.fromkeys((name, plain(name))):
            if blob := files.get(inside(posixpath.dirname(document), reference)):
                yield repository, blob
