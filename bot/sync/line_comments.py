"""Comments on the lines of a pull request after a sync has pushed: on lines that its diff shows, and on no others."""

from __future__ import annotations

from collections.abc import Callable

from bot.document.cells import page_flavour
from bot.document.tree import readable
from bot.drafting.better_texts import BetterTexts
from bot.drafting.report import LanguageReport
from bot.engines.resources import Resources
from bot.forges import Current, PullRequest, Remark
from bot.reporting.line_comments import line_comments
from bot.reporting.wording import wording
from bot.repositories.shown import shown
from bot.review.places import Places
from bot.sync.corpus import Book, Edition


def comment(
    english: Book,
    edition: Edition,
    current: Current,
    request: PullRequest,
    report: LanguageReport,
    resources: Callable[[], Resources],
) -> str:
    """Makes the comments that the settings ask for; returns why that was not possible, else nothing."""
    if edition.review_comments == "none":
        return ""
    words = wording(edition.page_language)

    def remarks() -> list[Remark]:
        hunks = shown(edition.repository, current.base, request.head)
        places = dict[str, Places]()
        for document in report.documents:
            blob = edition.repository.blob_at(request.head, document.path) if document.path in hunks else None
            if blob and document.texts:
                text = readable(edition.repository.read(blob), document.path)
                flavour = english.source.flavour or page_flavour((document.texts.english, text))
                places[document.path] = Places(text, edition.name, flavour)
        sentences = tuple(one for d in report.documents if d.path in places for one in d.sentences)
        better = BetterTexts(sentences, resources)
        found = line_comments(report, places, edition.review_comments, better, words)
        # GitHub refuses a whole review for one comment on lines that are not in one hunk.
        return [one for one in found if any(one.first in hunk and one.last in hunk for hunk in hunks[one.path])]

    return edition.forge.remark(request, remarks, lambda number: words("remark.review", number=number))
