"""What one language needs: the plan of its documents, with what the plan was made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from bot.baselines.records import Baselines
from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.forges import Current
from bot.planning import book_plan
from bot.planning.book_plan import BookPlan
from bot.progress import Step, counted, silent
from bot.sync import suspicion
from bot.sync.by_hand import CUT_OFF, UpdatedByHand
from bot.sync.choice import ALL, Choice
from bot.sync.corpus import Book, Edition, OldTexts, check_siblings, covered, of_the_book
from bot.sync.removed import Removed


@dataclass(frozen=True)
class Planned:
    """``recorded`` are all baselines of the translation, ``baselines`` those of documents that the book covers.

    ``notes`` say what people should know about the settings and the baselines; ``idle`` are the patterns of the choice
    that match no document. ``adopting`` is where the open pull request is that records baselines, if some lack theirs.
    """

    english: Book
    edition: Edition
    current: Current
    source: Tree
    recorded: Baselines
    baselines: Baselines
    plan: BookPlan
    notes: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    adopting: str = ""


def planned(english: Book, edition: Edition, current: Current, choice: Choice = ALL, step: Step = silent) -> Planned:
    """Plans the chosen documents of ``edition``, as it is at ``current``, against the English head.

    ``step`` shows how far it is. Raises AmtsError if the settings or the baselines are wrong; a document that cannot be
    planned only has a failure in its change.
    """
    step("planning")
    everything = english.tree()
    files = edition.repository.files(current.commit)
    target = Tree(files, edition.repository.read, edition.repository.symlinks(current.commit))
    recorded = edition.records.read(files, target.read, english.blob_at)
    source = of_the_book(everything, english.source, {r.source_path for r in recorded.of.values()})
    if edition.records.kind == "sibling":
        check_siblings(source)
    baselines = covered(recorded, english.covers)
    by_hand = UpdatedByHand(english, edition, current.commit)
    try:
        plan = book_plan.plan_book(
            source,
            target,
            baselines,
            OldTexts(english, source, target, baselines),
            language=edition.name,
            small_edits=edition.small_edits,
            lines=edition.style.lines or "keep",
            flavour=english.source.flavour,
            former=Removed(english, edition, current.commit),
            gaps=partial(choice.gaps, english, edition, current),
            limits=partial(choice.limits, english, edition, current),
            untranslated=choice.untranslated,
            by_hand=by_hand,
            comments=edition.comments,
            shown=counted(step, "planning", "document"),
        )
    except book_plan.Unrecorded as error:
        if adopting := edition.adopting():
            fix = f"merge the pull request that records them first: {adopting}"
            raise AmtsError(error.what, why=error.why, fix=fix) from error
        raise
    gaps = () if edition.new_documents == "skip" else plan.gaps
    plan = replace(plan, changes=(*plan.changes, *book_plan.unnamed(recorded)), gaps=gaps)
    cut_off = (CUT_OFF,) if by_hand.cut_off else ()
    notes = (*english.notes, *cut_off, *suspicion.notes(english, edition, current, source, target, baselines))
    translated = filter(None, map(edition.records.layout.translated, everything.files))
    adopting = edition.adopting() if plan.unrecorded else ""
    idle = choice.idle({*everything.files, *baselines.of, *translated})
    return Planned(english, edition, current, source, recorded, baselines, plan, notes, idle, adopting)
