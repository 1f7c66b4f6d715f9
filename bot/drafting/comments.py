"""The English in the comments of a draft, brought up to date with it: for translations that record it there."""

from __future__ import annotations

from dataclasses import replace

from bot.drafting.draft import Draft
from bot.errors import AmtsError
from bot.planning.book_plan import Change
from bot.planning.comment_edits import applied, comment_edits, is_idle
from bot.planning.commented import old_english
from bot.planning.document_plan import plan_document


def with_comments(draft: Draft, change: Change, language: str) -> Draft:
    """The draft of ``change`` with comments that say its new English, and with the lines where things are then.

    Raises AmtsError if the next sync would find another English there.
    """
    if change.old == change.new:
        return draft
    edits = comment_edits(draft.text, change.target, change.old, change.new, draft.places)
    text = applied(draft.text, edits)
    said = old_english(text, change.new, lambda: (change.old,))
    if said != change.new:
        again = plan_document(said, change.new, text, language=language, flavour=draft.plan.flavour)
        if not is_idle(again, said, change.new):
            raise AmtsError(
                "its comments cannot be brought up to date",
                why="the next sync would read another English in them than that of this draft",
                fix="update this document by hand: comment by comment, each before what translates it",
            )

    def moved(line: int) -> int:
        return line + sum(edit.lines for edit in edits if edit.line <= line) if line else 0

    segments = tuple(replace(s, line=moved(s.line)) for s in draft.segments)
    flags = tuple(replace(flag, line=moved(flag.line)) for flag in draft.plan.flags)
    return replace(draft, text=text, segments=segments, plan=replace(draft.plan, flags=flags))
