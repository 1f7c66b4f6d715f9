"""The page of an open pull request, brought up to date after people worked in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from bot.forges import Current, Page
from bot.sync.corpus import Book, Edition


def show(english: Book, edition: Edition, current: Current, settled: Collection[str] = ()) -> None:
    """Rewrites the page if it describes another commit than the head: what people settled since disappears from it.

    ``settled`` are the names of the boxes that this run has settled. A page that does not say what it describes is left
    to the next sync with something to do.
    """
    request = current.pull_request
    if request is None or request.shown in ("", request.head):
        return
    # Most runs find the page as it should be, and read no texts.
    from bot.reporting.pull_request_page import again, title
    from bot.reporting.wording import wording
    from bot.sync.review_pages import report_at

    report = report_at(english, edition, replace(current, commit=request.head))
    words = wording(edition.page_language)
    name = title(words, edition.name, english.commit)
    edition.forge.rewrite(request, Page(name, partial(again, report), words.message, report.review), settled)
