"""Drafts one document: turns a plan and the answers of an engine into checked text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.document import structure
from bot.document.markdown import parse
from bot.document.page import Page
from bot.document.segment import Segment
from bot.document.structure import Divergence
from bot.engines import MADE, Answer, Cause, Origin
from bot.parallel_data.translation_memory import Match
from bot.planning.document_plan import DocumentPlan
from bot.planning.notebook_merge import written
from bot.terminology.glossary import Term


@dataclass(frozen=True)
class DraftSegment:
    """The text drafted for one segment.

    ``reason`` and ``cause`` come from the answer if it stays English; ``suggestions`` are fuzzy matches to look at;
    ``ignored`` are terms that the draft does not use; ``line`` is where it starts in the new text, from 1.
    """

    segment: Segment
    text: str
    origin: Origin
    reason: str = ""
    suggestions: tuple[Match, ...] = ()
    ignored: tuple[Term, ...] = ()
    line: int = 0
    cause: Cause = ""


@dataclass(frozen=True)
class Draft:
    """The whole new text of a translated document, as its file has it, and what to report about it."""

    plan: DocumentPlan
    text: str
    segments: tuple[DraftSegment, ...]
    divergences: tuple[Divergence, ...]

    @property
    def english(self) -> int:
        """How many segments stay English."""
        return sum(s.origin == "english" for s in self.segments)


def draft_document(plan: DocumentPlan, answers: Mapping[int, Answer], *, old: str, new: str) -> Draft:
    """Fills ``plan`` with ``answers`` (by segment number); a segment that fails its check stays English.

    ``old`` and ``new`` are the English texts of the plan, for the check of the whole document, and for all of a
    notebook that is not on its page.
    """
    drafted: list[DraftSegment] = []
    text: list[str] = []
    line = 1
    for part in plan.parts:
        if isinstance(part, str):
            text.append(part)
        else:
            found = checked(part, answers.get(part.number, Answer(None, reason="not asked")))
            drafted.append(replace(found, line=line))
            text.append(part.laid_out(found.text))
        line += text[-1].count("\n")
    whole = "".join(text)
    divergences: tuple[Divergence, ...] = ()
    if old != new:
        divergences = structure.divergences(*(parse(t, plan.flavour) for t in (old, new, plan.target, whole)))
    if isinstance(new, Page):
        notebook = written(whole, old, new, plan.target)
        drafted = [replace(s, line=notebook.lines[s.line - 1]) for s in drafted]
        whole = notebook.text
    return Draft(plan, whole, tuple(drafted), divergences)


def checked(segment: Segment, answer: Answer) -> DraftSegment:
    """The text for a segment: the English if there is no answer, or the answer breaks its structure."""
    problem = answer.reason if answer.text is None else structure.segment_problem(segment.asked, answer.text)
    if problem and answer.text is not None and answer.origin == "repaired":
        problem = structure.repair_problem(segment.old_source, segment.asked, segment.old_target, answer.text)
    if problem and answer.text is not None and answer.origin not in MADE:  # people may keep the English references
        problem = structure.segment_problem(segment.source, answer.text)
    if answer.text is None or problem:
        return DraftSegment(segment, segment.source, "english", problem, answer.suggestions, cause=answer.cause)
    return DraftSegment(segment, answer.text, answer.origin, "", answer.suggestions, answer.ignored)
