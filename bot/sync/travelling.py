"""What travels with the drafts of a sync, read from the two repositories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.companions import Companions, Sides, Traveller
from bot.companions.together import companions
from bot.document.tree import Tree
from bot.drafting.outcomes import Outcome
from bot.sync.planned import Planned


def travelling(planned: Planned, drafted: Sequence[Outcome], changes: Mapping[str, bytes | None]) -> Companions:
    """The files to write beside ``changes``, the drafts of a sync."""
    documents = [_traveller(outcome, changes) for outcome in drafted if outcome.status == "drafted"]
    if not documents:
        return Companions()
    english, edition = planned.english, planned.edition
    commit = planned.current.commit
    return companions(
        documents,
        Sides(
            Tree(english.repository.files(english.commit), english.repository.read),
            Tree(edition.repository.files(commit), edition.repository.read, edition.repository.symlinks(commit)),
            edition.records.layout,
            english.repository.path == edition.repository.path,
        ),
        changes,
        {record.source_path: path for path, record in planned.recorded.of.items()},
    )


def _traveller(outcome: Outcome, changes: Mapping[str, bytes | None]) -> Traveller:
    change = outcome.change
    was = "" if change.kind in ("add", "restore") else change.was
    if outcome.draft is None:
        return Traveller(was, "", change.source_path)
    return Traveller(was, change.path, change.source_path, change.new, outcome.draft.text)
