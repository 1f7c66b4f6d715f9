"""Who wrote the sentences of a document in an open pull request: the bot, or people in it.

This is derived from git: each commit of the pull request is compared with its parents, sentence by sentence,
since a line of Chinese prose holds a whole paragraph. A human sentence that the bot only carried over (correcting
its code or math) is not a draft; the bot's plan is recomputed to recognize it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contracts import SmallEdits
from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal
from bot.planning.document_plan import plan_document, plan_new


@dataclass(frozen=True)
class Version:
    """A document at one commit: its text, and those at the commit's parents.

    ``english`` are the baselines recorded before and at the commit. ``bot`` means that the bot made the commit.
    """

    bot: bool
    before: tuple[str, ...]
    text: str
    english: tuple[str, str]


@dataclass(frozen=True)
class Authorship:
    """Sentences (white space normalised) that the bot drafted and nobody edited, and sentences that people wrote."""

    drafted: frozenset[str]
    edited: frozenset[str]


def authorship(
    versions: Sequence[Version],
    merged: str,
    language: str,
    small_edits: SmallEdits = "keep",
    flavour: Flavour | None = None,
) -> Authorship:
    """Who wrote what in ``versions`` (oldest first); sentences in ``merged``, the base text, count for neither.

    ``flavour`` is the Markdown flavour of all of them; None detects it from the texts.
    """
    flavour = flavour or page_flavour((*(v.english[1] for v in versions), *(v.text for v in versions), merged))
    drafted: set[str] = set()
    edited: set[str] = set()
    now: set[str] = set()
    for version in versions:
        now = said(version.text, language, flavour)
        new = now.difference(*(said(text, language, flavour) for text in version.before))
        if version.bot:
            drafted |= new - _carried(version, new, language, small_edits, flavour)
        else:
            edited |= new
            drafted -= new
    fresh = now - said(merged, language, flavour)
    return Authorship(frozenset(drafted & fresh), frozenset(edited & fresh))


def said(text: str, language: str, flavour: Flavour | None = None) -> set[str]:
    """The prose sentences of a text; without a given ``flavour``, it is detected from the text."""
    return {normal(s.text) for s in document_sentences(parse(text, flavour), language)}


def _carried(
    version: Version, new: set[str], language: str, small_edits: SmallEdits, flavour: Flavour | None
) -> set[str]:
    """The ``new`` sentences of a commit that were not segments in its plan."""
    old, now = version.english
    if version.before and old != now:
        plan = plan_document(old, now, version.before[0], language=language, small_edits=small_edits, flavour=flavour)
    elif not version.before:
        plan = plan_new(now, language=language, flavour=flavour)
    else:
        return set()
    fixed = normal("".join(part if isinstance(part, str) else "\n" for part in plan.parts))
    return {sentence for sentence in new if sentence in fixed}
