"""Drafts one document: turns a plan and the answers of an engine into checked text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.document import structure
from bot.document.markdown import parse
from bot.document.page import Page
from bot.document.segment import Segment
from bot.document.structure import Divergence
from bot.engines import MADE, Answer, Cause, Origin
from bot.languages import is_wide
from bot.messages import Message
from bot.parallel_data.translation_memory import Match
from bot.planning.document_plan import DocumentPlan
from bot.planning.layout import Place
from bot.planning.notebook_merge import written
from bot.terminology.glossary import Term

if TYPE_CHECKING:
    from bot.repair.repair import Repair


@dataclass(frozen=True)
class DraftSegment:
    """The text drafted for one segment.

    ``reason`` and ``cause`` come from the answer if it stays English; ``suggestions`` are fuzzy matches to look at;
    ``ignored`` are terms that the draft does not use; ``repair`` is how a repaired text was made; ``engine`` is the
    one that wrote it, where there are several; ``line`` is where it starts in the new text, from 1.
    """

    segment: Segment
    text: str
    origin: Origin
    reason: str = ""
    suggestions: tuple[Match, ...] = ()
    ignored: tuple[Term, ...] = ()
    line: int = 0
    cause: Cause = ""
    repair: Repair | None = None
    engine: str = ""


@dataclass(frozen=True)
class Draft:
    """The whole new text of a translated document, as its file has it, and what to report about it.

    ``places`` is where the translation of each block of the new English starts (but not in a notebook).
    """

    plan: DocumentPlan
    text: str
    segments: tuple[DraftSegment, ...]
    divergences: tuple[Divergence, ...]
    places: Mapping[int, int] = field(default_factory=dict)

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
    length = 0
    ends = [0]  # where each segment ends
    was = ""
    apart = False  # English that stays is set off where sentences touch, as in Chinese
    for part in plan.parts:
        if isinstance(part, str):
            said, left = closed_up(part, was, text[-1] if text else ""), False
            ends[-1] -= len(part) - len(said)
            was = ""
        else:
            found = checked(part, answers.get(part.number, Answer(None, reason=Message("not asked"))))
            left = found.origin == "english"
            was = part.present
            said = part.present if left and part.present else part.laid_out(found.text)
            apart |= left and part.touches_before
        before = next((t[-1] for t in reversed(text) if t), "\n")
        if apart and said and not (before.isspace() or said[0].isspace() or is_wide(before)):
            text.append(" ")
            length += 1
            ends[-1] += isinstance(part, str)
        if not isinstance(part, str):
            drafted.append(replace(found, line=line))
        text.append(said)
        length += len(said)
        if not isinstance(part, str):
            ends.append(length)
        apart = (apart and not said) or (left and not isinstance(part, str) and part.touches_after)
        line += said.count("\n")
    whole = "".join(text)
    plan = replace(plan, flags=tuple(replace(f, line=_line(whole, ends, f.place)) for f in plan.flags))
    divergences: tuple[Divergence, ...] = ()
    if old != new or drafted:
        sides = (parse(t, plan.flavour) for t in (old, new, plan.target, whole))
        divergences = structure.divergences(*sides, drift=plan.drift)
    if isinstance(new, Page):
        notebook = written(whole, old, new, plan.target)
        drafted = [replace(s, line=notebook.lines[s.line - 1]) for s in drafted]
        flags = tuple(replace(f, line=notebook.lines[f.line - 1] if f.line else 0) for f in plan.flags)
        plan = replace(plan, flags=flags)
        whole = notebook.text
    places = {} if isinstance(new, Page) else {j: ends[p[0]] + p[1] for j, p in plan.places.items() if j >= 0}
    return Draft(plan, whole, tuple(drafted), divergences, places)


def closed_up(text: str, was: str, draft: str) -> str:
    """``text``, which follows a draft, without the space that set off the English ``was`` in its place.

    A full-width mark includes its own space.
    """
    spaced = text.startswith(" ") and not text[1:2].isspace()
    return text[1:] if spaced and was and not is_wide(was[-1]) and is_wide(draft[-1:] or " ") else text


def _line(text: str, ends: Sequence[int], place: Place | None) -> int:
    """The line of a place in the parts of a plan, from 1, where ``ends`` are the ends of its segments; 0 for none."""
    return text.count("\n", 0, ends[place[0]] + place[1]) + 1 if place else 0


def checked(segment: Segment, answer: Answer) -> DraftSegment:
    """The text for a segment: the English if there is no answer, or the answer breaks its structure."""
    problem = answer.reason if answer.text is None else structure.segment_problem(segment.asked, answer.text)
    if problem and answer.text is not None and answer.origin == "repaired":
        problem = structure.repair_problem(segment.old_source, segment.asked, segment.old_target, answer.text)
    if problem and answer.text is not None and answer.origin not in MADE:  # people may keep the English references
        problem = structure.segment_problem(segment.source, answer.text)
    if not problem and answer.text is not None and segment.kind == "code":
        problem = structure.comment_problem(segment.source, answer.text)
    if answer.text is None or problem:
        return DraftSegment(segment, segment.source, "english", problem, answer.suggestions, cause=answer.cause)
    return DraftSegment(
        segment,
        answer.text,
        answer.origin,
        "",
        answer.suggestions,
        answer.ignored,
        repair=answer.repair,
        engine=answer.engine,
    )
