"""The status of a book as JSON, for programs; docs/status.md describes every field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import STATES, Amount, DocumentStatus

VERSION = 1
"""The version of the format: it grows when a field changes its meaning or goes away, not when one is added."""


def json_text(book: BookStatus) -> str:
    """The whole status."""
    fields = {
        "version": VERSION,
        "english": {"commit": book.commit, "documents": len(book.english), **_amount(book.total)},
        "languages": [_language(book, language) for language in book.languages],
    }
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


def _language(book: BookStatus, language: LanguageStatus) -> Mapping[str, object]:
    if language.problem:
        return {"language": language.language, "problem": language.problem}
    documents, total = len(book.english), book.total
    return {
        "language": language.language,
        "commit": language.commit,
        "states": {state: language.counts[state] for state in reversed(STATES)},
        "translated": {"documents": language.translated, **_amount(language.done)},
        "up_to_date": {"documents": language.current},
        "to_translate": _amount(language.todo),
        "coverage": {
            "documents": _share(language.current, documents),
            "sentences": None if language.unknown else _share(language.done.sentences, total.sentences),
            "characters": None if language.unknown else _share(language.done.characters, total.characters),
        },
        "behind_since": _time(language.since),
        "cost_usd": {engine: round(cost, 4) for engine, cost in book.costs(language).items()},
        "documents": [_document(document) for document in language.documents],
    }


def _document(document: DocumentStatus) -> Mapping[str, object]:
    recording = document.recording
    return {
        "path": document.path,
        "source_path": document.source_path,
        "moved": document.moved,
        "title": document.title,
        "translated_title": document.translated_title,
        "state": document.state,
        "english": _amount(document.english),
        "changed": _amount(document.changed),
        "english_left": _amount(document.left),
        "to_translate": _amount(document.todo),
        "recorded": {
            "commit": recording.commit or None,
            "exact": recording.exact,
            "commits_since": recording.commits,
            "behind_since": _time(recording.since),
        },
        "drift": list(document.drift),
        "machine_draft": document.drafted,
        "unreviewed": document.unreviewed,
        "problem": document.problem or None,
    }


def _amount(amount: Amount) -> Mapping[str, int]:
    return {"sentences": amount.sentences, "characters": amount.characters}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _time(seconds: int | None) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z") if seconds is not None else None
