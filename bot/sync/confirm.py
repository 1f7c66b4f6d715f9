"""The steps of ``/reviewed``: people say that they have read all drafts of a document in the open pull request."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.baselines.records import document_of
from bot.contracts import COMMENT_TRAILER
from bot.drafting.report import Confirmation
from bot.errors import AmtsError
from bot.messages import Message
from bot.reporting.quoting import is_plain
from bot.reporting.wording import wording
from bot.review.record import written
from bot.review.unfinished import settled
from bot.sync.checks import report
from bot.sync.corpus import Book, Edition, entries_at
from bot.sync.pipeline import persistent
from bot.sync.retranslate import Asked, opened, served_before
from bot.sync.shown import show
from bot.sync.unfinished import unfinished_at


def confirm(english: Book, edition: Edition, asked: Asked, number: int = 0) -> Confirmation:
    """Settles the sentences of the document that ``asked`` names, or of all, by a commit that changes the record alone.

    The number of the open pull request must be ``number`` (0: any). Raises AmtsError, with a remedy, if no sentence
    waits for review there; then nothing was written.
    """
    edition.check_writable()
    return persistent(edition.name, lambda: _once(english, edition, asked, number))


def _once(english: Book, edition: Edition, asked: Asked, number: int) -> Confirmation:
    current = opened(edition, number)
    if served_before(edition, current, asked):
        return Confirmation({}, before=True)
    path = _path(asked)
    documents = unfinished_at(english, edition, current.commit)
    entries = tuple(one.entry for document in documents for one in document.sentences if one.entry)
    chosen = {document.path for document in documents if path in ("", document.path)}
    done = Counter(e.path for e in entries if e.path in chosen and e.state != "english")
    if not done:
        waiting = sorted({e.path for e in entries if e.state != "english"})
        raise AmtsError(
            Message("no sentence of {path} waits for review", path=path[:200])
            if path
            else Message("no sentence waits for review"),
            why=Message("such sentences are in {documents}", documents=", ".join(waiting[:5]))
            if waiting
            else Message("all are settled, or still English"),
            fix=Message("name one of these documents") if waiting else Message("translate what is still English"),
        )
    name = next(iter(done))
    words = wording(edition.page_language)
    what = name if len(done) == 1 and is_plain(name) else words("documents", number=len(done))
    subject = words("commit.reviewed", what=what)
    trailer = f"\n\n{COMMENT_TRAILER}: {asked.comment}" if asked.comment else ""
    left = written(settled(entries_at(edition, current.commit), done))
    request = edition.forge.extend(current, {edition.records.review: left}, f"{subject}{trailer}\n")
    report(english, edition, current, request)
    show(english, edition, replace(current, pull_request=request))
    english_left = sum(one.state == "english" for d in documents if d.path in chosen for one in d.sentences)
    return Confirmation(dict(sorted(done.items())), english_left, request.head)


def _path(asked: Asked) -> str:
    """The document that is named, or that a comment is on."""
    on = asked.lines.path if asked.lines else ""
    return asked.command.path or document_of(on) or on
