"""The outcome of every planned document, and the files that a sync writes for it.

Each change of a plan has exactly one outcome: drafted, unchanged or failed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.baselines.records import Baselines, Recorded, Records, lock_text
from bot.document.page import file_of
from bot.drafting.draft import Draft, draft_document
from bot.engines import Answer, Key
from bot.errors import AmtsError
from bot.planning.book_plan import BookPlan, Change, ChangeKind
from bot.planning.room import blocked, exists_already

Status = Literal["drafted", "unchanged", "failed"]


_NOT_THERE: tuple[ChangeKind, ...] = ("add", "restore")
"""Changes to documents that the translation does not have now."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of one change, with the ``reason`` in words."""

    change: Change
    status: Status
    reason: str
    draft: Draft | None = None


def outcomes(plan: BookPlan, answers: Mapping[Key, Answer], records: Records) -> tuple[Outcome, ...]:
    """Drafts every document of ``plan`` with the ``answers`` of an engine; each must be one that ``records`` allows."""
    own: defaultdict[str, dict[int, Answer]] = defaultdict(dict)
    for (path, number), answer in answers.items():
        own[path][number] = answer
    done = [_outcome(change, own.get(change.path, {}), records) for change in plan.changes]
    # A document that could not be drafted stays where it is, and no other can take its place.
    failed = {id(o.change) for o in done if o.status == "failed" and not o.change.failure}
    kept = [replace(o.change, failure=o.reason) if id(o.change) in failed else o.change for o in done]
    stuck = {id(c) for c in blocked(kept, {o.change.was for o in done if o.change.kind not in _NOT_THERE})}
    return tuple(
        Outcome(o.change, "failed", exists_already(o.change)) if id(c) in stuck else o
        for o, c in zip(done, kept, strict=True)
    )


def _outcome(change: Change, answers: Mapping[int, Answer], records: Records) -> Outcome:
    if change.failure:
        return Outcome(change, "failed", change.failure)
    if change.plan is None:
        return Outcome(change, "drafted", "deleted: English removed this file")
    draft = draft_document(change.plan, answers, old=change.old, new=change.new)
    try:
        records.stamped(draft.text, "0" * 40)
        if records.kind == "comments":
            from bot.drafting.comments import with_comments

            draft = with_comments(draft, change, records.layout.language)
    except AmtsError as error:
        return Outcome(change, "failed", error.advice)
    moved = f"moved from {change.was}" if change.path != change.was else ""
    if draft.text == file_of(change.target) and change.kind not in _NOT_THERE:
        return Outcome(change, "drafted" if moved else "unchanged", moved or _quiet_reason(draft), draft)
    words: Mapping[ChangeKind, str] = {
        "add": "new document",
        "restore": "restored with its English",
        "rename": moved or "changed",
    }
    return Outcome(change, "drafted", words.get(change.kind, "changed"), draft)


def _quiet_reason(draft: Draft) -> str:
    counts = {"English edit": len(draft.plan.kept), "note": sum(flag.asks for flag in draft.plan.flags)}
    look = " and ".join(f"{n} {thing}{'' if n == 1 else 's'}" for thing, n in counts.items() if n)
    return f"the translation still holds ({look} to look at)" if look else "the translation still holds"


def writes(
    done: Sequence[Outcome],
    baselines: Baselines,
    english: Mapping[str, str],
    content: Mapping[str, bytes],
    commit: str,
) -> dict[str, bytes | None]:
    """The files to write (None: to delete) for ``done``, baselines together with drafts.

    ``english`` maps each English path at the head to its blob id, ``content`` to its bytes; ``commit`` is the head.
    """
    records = baselines.records
    files: dict[str, bytes | None] = {}
    recorded: dict[str, Recorded] = dict(baselines.of)
    made = [outcome for outcome in done if outcome.status != "failed"]
    # First what leaves a path, since another document may take it.
    for change in (o.change for o in made if o.change.was != o.change.path or o.draft is None):
        files[change.was] = None
        recorded.pop(change.was, None)
        files.update(dict.fromkeys(records.beside(change.was)))
    for outcome in made:
        change = outcome.change
        if outcome.draft is None:
            continue
        text = records.stamped(outcome.draft.text, commit)
        if text != file_of(change.target) or change.was != change.path or change.kind in _NOT_THERE:
            files[change.path] = text.encode()
        recorded[change.path] = Recorded(change.source_path, english[change.source_path])
        files.update(dict.fromkeys(records.beside(change.path), content[change.source_path]))
    if records.kind == "lock" and recorded != dict(baselines.of):
        files[records.lock] = lock_text(recorded).encode()
    return files
