"""The results of a language sync or a ``/retranslate`` in figures, and JSON reports of drafts and parallel data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.engines import MADE, Origin

if TYPE_CHECKING:  # a report of nothing to do needs none of these
    from bot.companions import Note
    from bot.drafting.document_review import DocumentReview
    from bot.drafting.draft import Draft
    from bot.drafting.estimate import Estimate
    from bot.drafting.outcomes import Outcome, Status
    from bot.drafting.redraft import Redrafted
    from bot.parallel_data.dataset import ParallelData
    from bot.planning.deletions import Deletion
    from bot.planning.slices import Waiting
    from bot.repair.repair import Repair

State = Literal["nothing", "full", "closed", "planned", "waiting", "opened", "continued", "failed", "bug"]
"""How the sync of a language ended.

``full`` if the open pull request has no room for what is left, ``closed`` if people closed the same pull request,
``planned`` in a dry run.
"""

STATES: Mapping[State, str] = {
    "nothing": "up to date",
    "full": "the open pull request is as large as people can review; the rest waits until it is merged",
    "closed": "closed by people; it stays closed until English changes again",
    "planned": "planned (dry run): nothing was sent or written",
    "waiting": "waiting for the engine; a later run collects its answers",
    "opened": "opened a pull request",
    "continued": "continued the open pull request",
    "failed": "FAILED",
    "bug": "FAILED because of a bug; please report the lines above",
}
"""The text shown for each state of a language."""

STATUSES: Mapping[Status, str] = {"drafted": "updated", "unchanged": "unchanged", "failed": "failed"}
"""The text shown for the status of a document."""

ROUGH = "rough machine translation, learned from this book alone"
"""The text shown for a draft whose origin is ``rough``."""

REUSED: tuple[Origin, ...] = ("context", "exact", "mended")
"""Origins of a draft that people wrote elsewhere in the book or in another memory."""


@dataclass(frozen=True)
class LanguageReport:
    """How the sync of one language ended.

    If ``state`` is waiting, failed or bug, ``problem`` describes why; ``location`` is where the pull request is.
    ``documents`` are those that people have to look at, as they are after the sync; if nothing was to do, only the
    number of sentences ``waiting`` is known. ``billed`` is the number of characters that the engine translated,
    ``price`` the price per million of them in USD. ``notes`` describe what could not be done with the pull request.
    ``postponed`` is left to a later pull request, ``gaps`` are English documents (by their paths) that have no
    translation and are not drafted. ``deletions`` are the translated documents that the pull request deletes,
    ``moves`` the paths, before and now, of those that it moves. ``carried`` is what travelled with the drafts,
    ``for_people`` what should have but did not. ``idle`` are the patterns of the run that match no document.
    ``adopting`` is where the open pull request is that records baselines, if documents are ``unrecorded``; ``branch``
    is that of the pull request. Its page is in ``page_language``. ``unreported`` is why its checks could not be
    shown. ``review`` makes its review page (None: nothing was published).
    """

    language: str
    state: State
    english: str = ""
    outcomes: tuple[Outcome, ...] = ()
    unrecorded: tuple[str, ...] = ()
    location: str = ""
    problem: str = ""
    documents: tuple[DocumentReview, ...] = ()
    waiting: int = 0
    billed: int = 0
    price: float = 0.0
    estimate: Estimate | None = None
    notes: tuple[str, ...] = ()
    postponed: tuple[Waiting, ...] = ()
    gaps: tuple[str, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    carried: tuple[Note, ...] = ()
    for_people: tuple[Note, ...] = ()
    idle: tuple[str, ...] = ()
    adopting: str = ""
    branch: str = ""
    page_language: str = "en"
    unreported: str = ""
    review: Callable[[], Iterable[str]] | None = field(default=None, compare=False, repr=False)

    @property
    def cost(self) -> float:
        """What the engine may have cost, in USD."""
        return self.billed * self.price / 1e6

    @property
    def left(self) -> int:
        """How many sentences wait for people after the sync."""
        return sum(len(document.sentences) for document in self.documents) or self.waiting

    @property
    def words(self) -> str:
        """The state in words."""
        if self.state != "nothing" or not self.waiting:
            return STATES[self.state]
        place = " in the open pull request" if self.location else ""
        verb = "waits" if self.waiting == 1 else "wait"
        return f"English is unchanged; {many(self.waiting, 'sentence')} still {verb}{place}"

    @property
    def failed(self) -> bool:
        """Whether people have to act before this language is in sync again."""
        return self.state == "failed" or self.state == "bug" or any(o.status == "failed" for o in self.outcomes)


@dataclass(frozen=True)
class Retranslation:
    """The result of a command, by document of the pull request.

    ``commit`` is what was pushed (empty: nothing new). ``merged`` and ``edited`` are the pairs used for the drafts:
    those that people merged, and those that they wrote in this pull request, which is at ``location``. ``before``
    means that an earlier run already handled the same comment.
    """

    language: str
    documents: Mapping[str, Redrafted]
    merged: ParallelData | None = None
    edited: int = 0
    billed: int = 0
    price: float = 0.0
    commit: str = ""
    before: bool = False
    location: str = ""


@dataclass(frozen=True)
class Confirmation:
    """The result of ``/reviewed``: how many sentences of each document it settled; ``english`` still wait in these.

    ``commit`` is what was pushed. ``before`` means that an earlier run already handled the same comment.
    """

    documents: Mapping[str, int]
    english: int = 0
    commit: str = ""
    before: bool = False


@dataclass(frozen=True)
class Counts:
    """What a sync did, in documents and sentences; ``notes`` are things to decide that are no sentences."""

    drafted: int
    unchanged: int
    failed: int
    untouched_blocks: int
    kept: int
    notes: int
    reused: int
    translated: int
    english: int
    characters: int


def count(outcomes: Iterable[Outcome]) -> Counts:
    """Adds up outcomes; ``characters`` counts the English that was not in any memory."""
    status: Counter[Status] = Counter()
    origin: Counter[Origin] = Counter()
    blocks = kept = notes = characters = 0
    for outcome in outcomes:
        status[outcome.status] += 1
        if outcome.draft:
            blocks += outcome.draft.plan.reused
            kept += len(outcome.draft.plan.kept)
            notes += sum(flag.asks for flag in outcome.draft.plan.flags)
            for segment in outcome.draft.segments:
                origin[segment.origin] += 1
                characters += len(segment.segment.source) if segment.origin not in REUSED else 0
    return Counts(
        status["drafted"],
        status["unchanged"],
        status["failed"],
        blocks,
        kept,
        notes,
        sum(origin[kind] for kind in REUSED),
        sum(origin[kind] for kind in MADE),
        origin["english"],
        characters,
    )


def rough(drafts: Iterable[Draft | None]) -> str:
    """A sentence about the rough drafts among these; empty where there is none."""
    number = sum(s.origin == "rough" for draft in drafts if draft for s in draft.segments)
    return f"{many(number, 'draft')} of these: {ROUGH}." if number else ""


def many(number: int, thing: str) -> str:
    """``3 sentences``, ``1 sentence``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def draft_json(draft: Draft, language: str) -> dict[str, object]:
    """The report of ``amts draft --report``: every segment, every sentence kept despite an edit, every flag."""
    return {
        "language": language,
        "segments": [
            {
                "number": s.segment.number,
                "kind": s.segment.kind,
                "source": s.segment.source,
                "old_source": s.segment.old_source,
                "old_target": s.segment.old_target,
                "similarity": s.segment.similarity,
                "text": s.text,
                "origin": s.origin,
                "engine": s.engine,
                "remark": ROUGH if s.origin == "rough" else "",
                "reason": s.reason,
                "repair": _repair(s.repair),
                "ignored_terms": [{"source": t.source, "targets": t.targets} for t in s.ignored],
                "suggestions": [
                    {
                        "source": m.source,
                        "target": m.target,
                        "similarity": round(m.score, 3),
                        "band": m.band,
                        "document": m.provenance.document,
                    }
                    for m in s.suggestions
                ],
            }
            for s in draft.segments
        ],
        "kept": [
            {
                "kind": k.kind,
                "old_source": k.old,
                "source": k.new,
                "target": k.target,
                "similarity": k.similarity,
                "words": k.words,
                "applied": k.applied,
            }
            for k in draft.plan.kept
        ],
        "flags": [{"kind": f.kind, "text": f.text, "line": f.line} for f in draft.plan.flags],
        "divergences": [
            {"kind": d.kind, "text": d.text, "count": d.count, "missing": d.missing, "kept": d.kept}
            for d in draft.divergences
        ],
        "untouched_blocks": draft.plan.reused,
    }


def _repair(made: Repair | None) -> dict[str, object] | None:
    if made is None:
        return None
    changes = [
        {
            "kind": c.kind,
            "start": c.start,
            "end": c.end,
            "text": c.text,
            "old": c.old,
            "new": c.new,
            "english": c.english,
        }
        for c in made.changes
    ]
    return {"share": round(made.share, 3), "changes": changes, "left": made.left, "unsaid": made.unsaid}


def parallel_data_json(data: ParallelData) -> str:
    """The report of ``amts parallel-data build --report``: the counts, and where every pair comes from."""
    report = {
        "languages": data.languages,
        "granularity": data.granularity,
        "content_hash": data.content_hash,
        "documents": data.documents,
        "aligned": data.aligned,
        "one_sided": data.one_sided,
        "dropped": dict(sorted(data.dropped.items())),
        "kept": len(data.units),
        "provenance": [[u.provenance.document, u.provenance.block, u.provenance.commit] for u in data.units],
    }
    return json.dumps(report, ensure_ascii=False) + "\n"


def draft_line(done: Draft) -> str:
    """The result for a single document, in a line or two."""
    kept, total = len(done.plan.kept), len(done.segments)
    line = (
        f"{done.plan.reused} blocks untouched, {kept} sentences kept although edited, "
        f"{total - done.english} drafted, {done.english} left in English"
    )
    return "\n".join(filter(None, (line, rough([done]))))
