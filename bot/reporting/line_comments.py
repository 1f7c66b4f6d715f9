"""Comments on the lines of a pull request: beside a kept sentence a better text, beside a draft what is similar."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.contracts import ReviewComments
from bot.document.sentences import normal
from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import DraftSegment
from bot.drafting.provenance import Provenance
from bot.drafting.report import LanguageReport
from bot.forges import Remark, marker
from bot.parallel_data.translation_memory import Match
from bot.reporting import draft_notes
from bot.reporting.quoting import code, edited, fenced, prose
from bot.reporting.wording import Wording
from bot.review.places import Place, Places
from bot.review.unfinished import Unfinished


def line_comments(
    report: LanguageReport,
    places: Mapping[str, Places],
    which: ReviewComments,
    better: Callable[[Unfinished], str],
    words: Wording,
) -> tuple[Remark, ...]:
    """The comments on the sentences that wait, the most doubtful first; ``places`` are the documents by path.

    ``better`` finds a text for a kept sentence, when its comment is written.
    """
    made = Provenance(report.outcomes)
    times = Counter[str]()
    found: list[tuple[int, Remark]] = []
    for document in report.documents:
        for one in document.sentences:
            place = places[document.path].of(one) if document.path in places else None
            body = _body(one, document, made, place, which, better, words) if place else None
            if place and body:
                level = made.levels.get((document.path, normal(one.source)), 2)
                name = _key(document.path, one)
                times[name] += 1
                name = name if times[name] == 1 else f"{name}-{times[name]}"
                found.append((level, Remark(name, document.path, place.first, place.last, body)))
    return tuple(remark for _, remark in sorted(found, key=lambda pair: pair[0]))


def _key(path: str, one: Unfinished) -> str:
    """What a comment is about: these words of a document, whatever English they are shown with."""
    text = "\0".join((path, one.state, *(one.entry.text if one.entry else ())))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _body(
    one: Unfinished,
    document: DocumentReview,
    made: Provenance,
    place: Place,
    which: ReviewComments,
    better: Callable[[Unfinished], str],
    words: Wording,
) -> Callable[[], str] | None:
    """What makes the comment; None if there is nothing to say that is not plain to see."""
    if one.state == "kept" and one.old_source:
        return partial(_kept, one, place, better, words)
    draft = made.drafts.get((document.path, normal(one.source)))
    if which == "all" and one.state == "draft" and draft and draft.suggestions:
        return partial(_similar, one, draft, draft.suggestions, words)
    return None


def _kept(one: Unfinished, place: Place, better: Callable[[Unfinished], str], words: Wording) -> str:
    # Only what the next sync knows too: the text must not change from run to run.
    text = f"**{words('state.kept')}**<br>\n{words('sentence.english', text=edited(one.old_source, one.source))}\n"
    lines = place.with_text(found) if (found := better(one)) else ""
    if not marker.is_harmless(lines):
        return text  # it would be stored otherwise, and damage the line
    return f"{text}\n{words('remark.suggestion')}\n\n{fenced(lines, 'suggestion')}" if lines else text


def _similar(one: Unfinished, draft: DraftSegment, matches: Sequence[Match], words: Wording) -> str:
    why = draft_notes.origin(draft, words)
    lines = [f"**{words('by', what=why, engine=draft.engine) if draft.engine else why}**"]
    for match in matches:
        document = match.provenance.document
        where = words("place.document", document=code(document)) if document else words("place.here")
        text = edited(match.source, one.source)
        lines.append(words("sentence.similar", percent=words.percent(match.score), place=where, text=text))
        lines.append(words("sentence.there", text=prose(match.target)))
    return "<br>\n".join(lines) + "\n"
