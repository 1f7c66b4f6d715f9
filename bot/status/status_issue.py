"""The status of a translation as an issue in its repository, for people who never run a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from bot.forges import Issues
from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.tables import markdown

TITLE = "Translation status"

LIMIT = 60_000
"""Most code points of its text; GitHub allows 65,536."""

_SAID: Mapping[Literal["opened", "updated", "unchanged", "closed"], str] = {
    "opened": "opened the status issue",
    "updated": "updated the status issue",
    "unchanged": "the status issue says so already",
    "closed": "people closed the status issue, so it is left alone; reopen it to have it updated",
}


def keep(issues: Issues | None, book: BookStatus, language: LanguageStatus, *, shared: bool = False) -> str:
    """Keeps the issue of a language up to date, and says what became of it.

    ``issues`` is None for a repository that has none; ``shared`` is one of several languages, each with its own issue.
    Raises AmtsError if the forge refuses.
    """
    if issues is None:
        return "no status issue, since its repository is a folder"
    text = markdown(replace(book, languages=(language,)), LIMIT, title="")
    title = f"{TITLE}: {language.language}" if shared else TITLE
    kept = issues.keep(f"status {language.language}", title, text)
    return f"{_SAID[kept.state]}: {kept.location}"
