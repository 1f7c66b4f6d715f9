"""How the status of documents and languages is put into words, the same in every output."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import STATES, DocumentStatus, State

SIGNS: Mapping[State, str] = {
    "up to date": "✓",
    "behind": "▲",
    "English left": "E",
    "drifted": "≠",
    "unreviewed": "U",
    "machine draft": "M",
    "never translated": "○",
    "no baseline": "?",
    "orphan": "†",
    "unreadable": "✗",
}
"""A sign for each state, since a colour alone says nothing to many people."""

MEANINGS: Mapping[State, str] = {
    "up to date": "nothing to do",
    "behind": "English changed since it was translated",
    "English left": "its English did not change, but some sentences are still English",
    "drifted": "its structure is not that of the English recorded for it",
    "unreviewed": "some of its sentences wait for review",
    "machine draft": "only the bot ever wrote it",
    "never translated": "English that has no translation",
    "no baseline": "a translation of an unknown English version",
    "orphan": "its English is gone",
    "unreadable": "it or its English cannot be read",
}
"""What each state means."""


def day(seconds: int | None) -> str:
    """A date such as 2024-05-31 (UTC); empty for none."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds is not None else ""


UNKNOWN = "–"
"""In place of a figure that is not known."""


def percent(share: float | None) -> str:
    """A share in whole percent, rounded down: only what is complete is 100%."""
    if share is None:
        return UNKNOWN
    return f"{int(share * 100 + 1e-9)}%"


def many(number: int, thing: str) -> str:
    """A number of things."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def usd(cost: float) -> str:
    """An amount of money."""
    return "less than 0.01 USD" if 0 < cost < 0.01 else f"{cost:,.2f} USD"


def costs(book: BookStatus, language: LanguageStatus) -> list[tuple[str, str]]:
    """What catching up costs at most: engines of one price, as it is written, and the price."""
    by_price: dict[str, list[str]] = {}
    for engine, cost in book.costs(language).items():
        by_price.setdefault(usd(cost) if cost else "free", []).append(engine)
    return [(", ".join(engines), price) for price, engines in by_price.items()]


def summary(book: BookStatus, language: LanguageStatus) -> str:
    """One language in a sentence, with what is to do first where no English is recorded."""
    remedies: dict[State, str] = {"no baseline": f" (run amts adopt --language {language.language})"}
    counts = [f"{language.counts[s]:,} {s}{remedies.get(s, '')}" for s in reversed(STATES) if language.counts[s]]
    share = book.share(language)
    translated = "how much is translated is not known" if share is None else f"{percent(share)} translated"
    return f"{translated}; {many(len(language.documents), 'document')}: {', '.join(counts)}"


def notes(document: DocumentStatus) -> tuple[str, ...]:
    """What else is to be said about a document, besides its state and its figures."""
    found = [document.problem] if document.problem else []
    if document.state == "behind" and not document.todo:
        found.append("only code, markup or punctuation changed")
    if document.moved:
        found.append(f"English is now {document.source_path}")
    if not document.recording.exact:
        found.append("the recorded English is no exact version")
    found += document.drift
    if document.unreviewed:
        verb = "waits" if document.unreviewed == 1 else "wait"
        found.append(f"{many(document.unreviewed, 'sentence')} {verb} for review")
    if document.drafted and document.state != "machine draft":
        found.append("machine draft")
    return tuple(found)
