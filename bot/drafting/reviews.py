"""Makes the reviews of documents, from their texts now and as people merged them last.

Nothing of it is remembered from one sync to the next but the review record: what people settled is no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from rapidfuzz.fuzz import ratio

from bot.contracts import SmallEdits
from bot.document import structure
from bot.document.cells import page_flavour
from bot.document.edits import MENDED, compare, mend, swap_named_links
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import Document
from bot.document.remarks import remarks
from bot.document.sentences import letters, normal
from bot.document.structure import Divergence, Drift
from bot.document.tree import readable
from bot.drafting.document_review import DocumentReview
from bot.drafting.outcomes import Outcome
from bot.drafting.waiting_entries import entries_after
from bot.planning.document_plan import plan_document
from bot.planning.flags import Flag
from bot.planning.lost_words import lines_beside_prose, lost_words, words_beside_prose
from bot.progress import Count, silent
from bot.review.leftovers import prose
from bot.review.record import Entry, by_path
from bot.review.unfinished import Sentences, Unfinished, gone, settled_texts, unfinished_of
from bot.workers import spread

_ALIKE = 50
"""Least likeness, in percent, of a sentence and of what an edit of its marks or numbers makes of it (a guess)."""


@dataclass(frozen=True)
class Texts:
    """A document now, with its entries of the record; ``flags`` and ``drift`` are those of the sync that writes it.

    ``merged`` are the English and the translation as people merged them last, None if it is as it was, or new.
    ``continued``: the open pull request changed it before this sync. ``steps`` are the changes that the bot made to it
    in that, each with the texts before and the one after it: what people removed themselves is not shown to them.
    ``divergences`` are those of its draft, None if that was made of other texts than what people merged.
    ``edited`` are its texts after people worked on them in that, each with the entries of the record then: what was
    shown beside a sentence that they edited is not shown to them again.
    """

    path: str
    english: str
    target: str
    entries: tuple[Entry, ...] = ()
    flags: tuple[Flag, ...] = ()
    drift: Drift = field(default_factory=Drift)
    divergences: tuple[Divergence, ...] | None = None
    merged: tuple[str, str] | None = None
    continued: bool = False
    steps: tuple[tuple[tuple[str, ...], str], ...] = ()
    edited: tuple[tuple[str, tuple[Entry, ...]], ...] = ()


def drafted_texts(
    drafted: Sequence[Outcome], entries: Sequence[Entry], language: str, flavour: Flavour | None
) -> Iterator[tuple[str, Texts]]:
    """The documents that a sync drafts, by path, with the entries of the record that they have then."""
    own = by_path(entries)
    for outcome in drafted:
        change, draft = outcome.change, outcome.draft
        if outcome.status == "failed" or draft is None:
            continue
        text = readable(draft.text.encode(), change.path)
        mine = entries_after(
            change.path,
            own.get(change.was, ()),
            draft,
            old=change.old,
            new=change.new,
            drafted=text,
            language=language,
            flavour=flavour,
        )
        yield change.path, Texts(change.path, change.new, text, mine, draft.plan.flags, draft.plan.drift)


def reviews(
    documents: Sequence[Texts],
    language: str,
    small_edits: SmallEdits = "keep",
    flavour: Flavour | None = None,
    shown: Count = silent,
) -> tuple[DocumentReview, ...]:
    """What people have to look at in ``documents``, with one process per core.

    ``shown`` takes how many are read.
    """
    found = spread(
        partial(_review, language=language, small_edits=small_edits, flavour=flavour), documents, shown=shown
    )
    return tuple(replace(review, texts=texts) for review, texts in zip(found, documents, strict=True))


def _review(texts: Texts, language: str, small_edits: SmallEdits, flavour: Flavour | None) -> DocumentReview:
    flavour = flavour or page_flavour((texts.english, texts.target))
    own = Sentences(texts.target, language, flavour)
    found = unfinished_of(Sentences(texts.english, "en", flavour), own, texts.entries)
    if texts.merged is None:
        return DocumentReview(texts.path, found, texts.flags)
    old, merged = texts.merged
    flags, drift = texts.flags, texts.drift
    if texts.continued and old and old != texts.english:
        # The plan of this sync knows nothing of what earlier ones merged, moved or dropped.
        plan = plan_document(old, texts.english, merged, language=language, small_edits=small_edits, flavour=flavour)
        there = _words(own.document)
        # None of these has a line, so that equal ones would only repeat each other.
        drift = plan.drift
        flags += tuple(f for f in dict.fromkeys(plan.flags) if f not in flags and not _stays(f, there))
    differ = texts.divergences
    if differ is None:
        sides = (parse(t, flavour) for t in (old, texts.english, merged, texts.target))
        differ = structure.divergences(*sides, drift=drift)
    before = Sentences(merged, language, flavour)
    in_code = tuple(lost_words(before.document, own.document, parse(old, flavour)))
    lost = gone(before, own, (one.old_target for one in found), old, in_code)
    if lost:
        kept = [(one, letters(one.text)) for one in found if one.state == "kept"]
        lost = [g for g in lost if not any(_carried_over(g.text, letters(g.text), *one) for one in kept)]
    if lost and texts.steps:
        read = partial(parse, flavour=flavour)
        steps = [([_words(read(t)) for t in before], _words(read(after))) for before, after in texts.steps]
        lost = [g for g in lost if any(g.text not in now and all(g.text in t for t in was) for was, now in steps)]
    if lost and texts.edited:
        seen = [normal(text) for t, entries in texts.edited for text in settled_texts(t, entries, language, flavour)]
        lost = [g for g in lost if not any(g.text in text for text in seen)]
    return DocumentReview(texts.path, found, flags, differ, tuple(lost))


def _carried_over(text: str, own: str, kept: Unfinished, said: str) -> bool:
    """Whether ``text`` is a sentence that is kept, before the edit of its English was carried over into it.

    ``own`` and ``said`` are the letters of both.
    """
    # With other marks, a sentence may be cut at other places; a short one is in many others by chance.
    part = own in said and len(own) * 2 >= len(said)
    if not part and not ratio(text, kept.text, score_cutoff=_ALIKE):
        return False
    edit = (kept.old_source, kept.source)
    kind = compare(*edit).kind
    made = mend(kind, *edit, text) if kind in MENDED else swap_named_links(*edit, text)
    return (made is not None and normal(made) == kept.text) or (kind == "markup" and part)


def _words(document: Document) -> str:
    """All prose of a document, its comments, and its code."""
    in_code = (said for b in document.blocks for said in (*words_beside_prose(b), *lines_beside_prose(b)))
    return "\n".join((prose(document), *(text for *_, text in remarks(document)), *in_code))


def _stays(flag: Flag, there: str) -> bool:
    """Whether text that this plan would drop is still there: people updated it by hand, and the bot kept it."""
    return flag.kind == "previous translation" and normal(flag.text) in there
